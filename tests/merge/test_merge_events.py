"""Reports of events: when they may have been, what they name and count, which make one event, and what that says as a whole."""

from __future__ import annotations

import random
from datetime import date
from itertools import combinations
from pathlib import Path
from typing import Any

import pytest
import yaml

from dragoman.errors import DataError
from dragoman.merge import alike
from dragoman.merge.alike import may_be_same, probability
from dragoman.merge.frequencies import read_synonyms, sense, weight
from dragoman.merge.grouping import Groups, Roots, clusters, clusters_over
from dragoman.merge.hints import EPOCH, SAYS_WHEN, hinted, weekday
from dragoman.merge.naming import names_in
from dragoman.merge.reports import NEWS_DAYS, Report, ordinal, read_classes, report_of
from dragoman.merge.summing import Member, merged
from dragoman.merge.tolls import tolls
from dragoman.merge.window import LINKED, Dated, Window
from dragoman.schema import Entity, Event, Source, Span, When

CASES: dict[str, list[Any]] = yaml.safe_load(Path(__file__).with_name("cases.yaml").read_text(encoding="utf-8"))
SENTENCE = "Gunmen killed 7 soldiers near Konna on Monday."


def event(name: str = "e", sentence: str = SENTENCE, trigger: str = "killed", day: str | None = "2020-03-02", **fields: Any) -> Event:
    start = sentence.index(trigger)
    values: dict[str, Any] = {
        "id": name,
        "article_id": f"article-{name}",
        "type": "ASSAULT",
        "quad": 4,
        "score": -9.0,
        "actor": [Entity(text="Gunmen", start=0, end=6, mention="description")],
        "recipient": [Entity(text="soldiers", start=16, end=24, country="MLI", sector="MIL", mention="description")],
        "date": day and When(text="Monday", start=0, end=6, value=day, precision="day"),
        "trigger": Span(text=trigger, start=start, end=start + len(trigger)),
        "evidence": [Span(text=sentence, start=0, end=len(sentence))],
    }
    return Event(**{**values, **fields})


def report(*arguments: Any, published: str | None = "2020-03-03", **fields: Any) -> Report:
    return report_of(event(*arguments, **fields), published)


@pytest.mark.parametrize(("marked", "published", "first", "last"), CASES["hints"])
def test_hints(marked: str, published: str, first: str | None, last: str | None) -> None:
    before, trigger, after = marked.split("*")
    found = hinted(before + trigger + after, len(before), ordinal(published) or 0)
    assert found == (None if first is None else (ordinal(first), ordinal(last)))
    assert found is None or SAYS_WHEN.search(before + trigger + after)


@pytest.mark.parametrize(("sentence", "counted"), CASES["tolls"])
def test_tolls(sentence: str, counted: dict[str, int]) -> None:
    assert tolls([sentence]) == counted


@pytest.mark.parametrize(("sentence", "names", "places"), CASES["names"])
def test_names(sentence: str, names: list[str], places: list[str]) -> None:
    assert names_in([sentence]) == (frozenset(names), frozenset(places))


def test_days_count_from_1970() -> None:
    assert ordinal("1970-01-02") == 1
    assert ordinal("2020-02") == date(2020, 2, 1).toordinal() - EPOCH
    assert ordinal("someday") is None


@pytest.mark.parametrize(("value", "first", "last"), [("2020-03", "2020-03-01", "2020-03-31"), ("2020", "2020-01-01", "2020-12-31")])
def test_a_date_of_a_month_or_year_is_all_of_it(value: str, first: str, last: str) -> None:
    found = report(day=value)
    assert (found.first, found.last, found.dated) == (ordinal(first), ordinal(last), False)


def test_without_a_date_it_was_in_the_days_before_publication() -> None:
    found = report(day=None)
    assert (found.first, found.last) == ((ordinal("2020-03-03") or 0) - NEWS_DAYS, ordinal("2020-03-03"))
    assert report(day=None, published=None).first is None
    assert report(day=None, aux=["historical"]).first is None


def test_words_of_one_meaning_are_one() -> None:
    assert sense("jets") == sense("warplane") != sense("ship")
    assert weight(sense("the")) < 1 < weight(sense("Konna"))


def test_a_word_in_two_lines_of_synonyms_is_named(tmp_path: Path) -> None:
    (tmp_path / "synonyms.tsv").write_text("same\twords\nboat\tboat ship\nvessel\tvessel ships\n", encoding="utf-8")
    with pytest.raises(DataError, match=r"synonyms\.tsv:3"):
        read_synonyms(tmp_path)


@pytest.mark.parametrize(
    "other",
    [
        report("o", "Seven soldiers died when militants attacked a post near Konna on Monday.", "attacked"),
        report("o", "The army denied that gunmen had killed soldiers near Konna.", day=None),
        report("o", status="denied"),
    ],
)
def test_reports_of_the_same(other: Report) -> None:
    assert may_be_same(report(), other)
    assert probability(report(), other) > 0.5


@pytest.mark.parametrize(
    "other",
    [
        report("o", "Gunmen killed two teachers near Djibo on Monday.", recipient=[]),
        report("o", day="2020-03-03", sentence="Gunmen killed 7 soldiers near Timbuktu on Tuesday."),
        report("o", day="2020-03-09"),
        report("o", type="CONSULT"),
    ],
)
def test_reports_of_something_else(other: Report) -> None:
    assert not may_be_same(report(), other) or probability(report(), other) < 0.5


def of(country: str, text: str) -> list[Entity]:
    return [Entity(text=text, start=0, end=len(text), country=country, mention="description")]


def test_an_actor_whom_the_other_report_does_not_know_tells_another_act() -> None:
    [one, other] = [
        report(name, f"{name} closed its airspace to Russian airlines on Sunday.", "closed", type="COERCE", actor=of(code, name))
        for name, code in (("Canada", "CAN"), ("Germany", "DEU"))
    ]
    assert alike.features(one, other)["strange_actors"] == 1.0
    assert probability(one, other) < 0.5 < probability(one, one)


def test_towns_and_sectors_keep_acts_of_one_day_apart() -> None:
    sides = {"actor": of("RUS", "Russian missiles"), "recipient": [Entity(text="hospital", start=0, end=8, country="UKR", sector="MED")]}
    lviv, dnipro = (report(town, f"Russian missiles hit a hospital in {town} on Monday.", "hit", **sides) for town in ("Lviv", "Dnipro"))
    barracks = report("b", "Russian missiles hit a barracks in Lviv on Monday.", "hit", actor=sides["actor"])
    assert probability(lviv, dnipro) < 0.5
    assert probability(lviv, barracks) < probability(lviv, lviv)


def test_two_words_of_one_article_need_one_type_and_the_same_sides() -> None:
    hit, killed = (report(name, article_id="a") for name in "ab")
    assert may_be_same(hit, killed)
    assert not may_be_same(hit, report("c", article_id="a", type="COERCE"))
    assert not may_be_same(hit, report("d", article_id="a", recipient=of("NER", "traders")))


def test_a_weekday_is_the_last_before_publication() -> None:
    assert weekday("Troops entered on Tuesday.", ordinal("2020-03-04")) == ordinal("2020-03-03")
    assert weekday("Troops entered on Wednesday.", ordinal("2020-03-04")) == ordinal("2020-03-04")
    assert weekday("Troops entered on Thursday.", ordinal("2020-03-04")) == ordinal("2020-02-27")
    assert weekday("On Monday police said that troops entered on Sunday.", ordinal("2020-03-04")) is None
    assert weekday("Troops entered.", ordinal("2020-03-04")) is None


def test_a_sector_in_two_classes_is_named(tmp_path: Path) -> None:
    (tmp_path / "classes.tsv").write_text("class\tsectors\narmed\tMIL COP\npeople\tCVL COP\n", encoding="utf-8")
    with pytest.raises(DataError, match=r"classes\.tsv:3"):
        read_classes(tmp_path)


def test_likeness_is_the_same_both_ways() -> None:
    one, other = report(), report("o", "Militants attacked soldiers near Konna.", "attacked", day=None)
    assert list(alike.features(one, other).items()) == list(alike.features(other, one).items())  # sums depend on the order to the last bit
    assert probability(one, other) == probability(other, one)


def test_the_window_pairs_what_touches_and_forgets_the_rest() -> None:
    window, found = Window(), []
    for number, day in enumerate(("2020-03-01", "2020-03-02", "2020-05-01", "2020-05-01")):
        found += window.linked(Dated(number, report(f"e{number}", day=day), is_new=number != 2))
    assert {(one, other) for one, other, _ in found} <= {(0, 1), (2, 3)}
    assert (2, 3) in {(one, other) for one, other, _ in found}


def test_the_window_does_not_keep_names_that_never_come_again() -> None:
    window = Window()
    for number in range(40):
        day = f"20{number // 12 + 10}-{number % 12 + 1:02}-02"
        list(window.linked(Dated(number, report(f"e{number}", f"Gunmen killed 7 soldiers near Village{number}.", day=day), is_new=True)))
    assert len(window.reports) < 6


def test_two_reports_that_were_compared_before_are_not_again() -> None:
    window = Window()
    assert not [link for number in (0, 1) for link in window.linked(Dated(number, report(f"e{number}"), is_new=False))]


def test_what_copies_say_is_linked_as_if_each_was_compared() -> None:
    told = [
        report("wire"),
        report("herald"),  # prints it
        report("again", article_id="article-wire"),  # in the same article
        report("rival", "Seven soldiers died when militants attacked a post near Konna on Monday.", "attacked"),
        report("rival-printed", "Seven soldiers died when militants attacked a post near Konna on Monday.", "attacked"),
        report("other", day="2020-03-09"),
    ]
    dated = [Dated(number, one, is_new=number != 1) for number, one in enumerate(told)]
    window = Window()
    found = {(one, other): strength for each in dated for one, other, strength in window.linked(each)}
    alone = {
        (one.number, other.number): round(probability(one.told, other.told), 6)
        for one, other in combinations(dated, 2)
        if may_be_same(one.told, other.told) and (one.is_new or other.is_new) and probability(one.told, other.told) >= LINKED
    }
    assert found == alone
    assert {(0, 1), (0, 2), (1, 2), (0, 3), (3, 4)} <= found.keys()


LINKS = [("a", "b", 0.9), ("b", "c", 0.8), ("a", "c", 0.7), ("c", "d", 0.6), ("e", "f", 0.4)]


def test_a_chain_does_not_pull_in_what_is_unlike_the_rest() -> None:
    assert clusters(LINKS, 0.5) == [["a", "b", "c"], ["d"], ["e"], ["f"]]


def test_clusters_do_not_depend_on_the_order() -> None:
    rng = random.Random(0)
    for _ in range(50):
        mixed = [(*rng.sample(link[:2], 2), link[2]) for link in rng.sample(LINKS, len(LINKS))]
        assert clusters(mixed, 0.5) == clusters(LINKS, 0.5)


def test_a_weaker_word_of_an_article_does_not_part_it_from_another() -> None:
    article = {"hit": "1", "killed": "1", "destroyed": "2", "arrested": "1"}
    links = [("hit", "killed", 0.9), ("hit", "destroyed", 0.7), ("killed", "destroyed", 0.2)]
    assert clusters(links, 0.5) == [["destroyed"], ["hit", "killed"]]
    assert clusters_over(links, 0.5, article) == [["destroyed", "hit", "killed"]]
    assert clusters_over(links[:1], 0.5, article) == [["hit", "killed"]]


def test_clusters_over_articles_do_not_depend_on_the_order() -> None:
    article = {"a": "1", "b": "2", "c": "1", "d": "3", "e": "2", "f": "3"}
    rng = random.Random(0)
    for _ in range(50):
        mixed = [(*rng.sample(link[:2], 2), link[2]) for link in rng.sample(LINKS, len(LINKS))]
        assert clusters_over(mixed, 0.5, article) == clusters_over(LINKS, 0.5, article)


def test_roots_are_the_smallest_of_a_group() -> None:
    links = [(7, 3), (3, 5), (1, 2), (5, 1)]
    for mixed in (links, links[::-1]):
        roots = Roots(9)
        for one, other in mixed:
            roots.link(one, other)
        assert roots.all().tolist() == [0, 1, 1, 1, 4, 1, 6, 1, 8]


def test_groups_hang_together_by_any_chain() -> None:
    groups: Groups[int] = Groups()
    for one, other in ((1, 2), (3, 4), (2, 3), (5, 5)):
        groups.link(one, other)
    assert sorted(map(sorted, groups.all())) == [[1, 2, 3, 4], [5]]


def member(name: str, publication: str, published: str, story: str | None = None, stands: bool = True, **fields: Any) -> Member:
    return Member(
        event(name, **fields), Source(article_id=f"article-{name}", publication=publication, published=published), story or name, stands
    )


def test_what_all_reports_say() -> None:
    members = [
        member("a", "Wire", "2020-03-02", day=None),
        member("b", "Herald", "2020-03-03"),
        member("c", "Post", "2020-03-04", sentence="Gunmen killed 9 soldiers near Konna.", status="claimed"),
        member("d", "Star", "2020-03-03", story="b", stands=False, sentence="Gunmen killed 5 soldiers near Konna."),
    ]
    found = merged(members)
    assert found == merged(members[::-1])
    assert (found.reports, found.stories) == (4, 3)
    assert found.publications == ["Herald", "Post", "Star", "Wire"]
    assert found.earliest == Source(article_id="article-a", publication="Wire", published="2020-03-02")
    assert found.event.id == "b"  # the one with a day and on the paper's own word
    assert [(d.about, d.value, d.publications) for d in found.disagreements] == [
        ("killed", "7", ["Herald", "Wire"]),
        ("killed", "9", ["Post"]),
        ("status", "claimed", ["Post"]),
        ("status", "reported", ["Herald", "Wire"]),
    ]


def test_last_names_are_compared_and_whom_a_pronoun_means() -> None:
    def fought(name: str, full: str) -> Report:
        who = Entity(text="he", start=0, end=2, mention="pronoun", name=full)
        return report_of(event(name, sentence="On Monday he attacked Konna.", trigger="attacked", actor=[who]), "2020-03-03")

    one, again, namesake = fought("a", "Ruben Dravic"), fought("b", "R. Dravic"), fought("c", "Ruben Salazko")
    assert one.actor.people == {"dravic"}
    assert alike.features(one, again)["same_doers"]
    assert alike.features(one, namesake)["other_doers"]


def test_who_is_named_for_something_else_in_the_sentence_is_no_victim() -> None:
    far = "Gunmen killed a guard near the gate of the old mill that stands on the hill above the sea, and Dravic fled."
    victim = report_of(event("a", recipient=[Entity(text="Dravic", start=0, end=6, mention="name")]), "2020-03-03")
    assert not alike.features(victim, report_of(event("b", sentence=far, recipient=[]), "2020-03-03"))["named_people"]
    near = "Gunmen killed Dravic near the mill."
    assert alike.features(victim, report_of(event("c", sentence=near, recipient=[]), "2020-03-03"))["named_people"]


def test_what_is_told_in_passing_may_be_older_than_the_news() -> None:
    news = report_of(event(sentence="Gunmen killed 7 soldiers.", day=None), "2020-03-30")
    passing = report_of(event(sentence="He visited the camp where gunmen had killed 7 soldiers.", day=None), "2020-03-30")
    assert news.first is not None
    assert passing.first is not None
    assert passing.first < news.first


def test_in_the_body_of_a_text_features_count_a_second_time() -> None:
    lead = report_of(event("a"), "2020-03-03")
    body = report_of(event("b", trigger="killed").model_copy(update={"trigger": Span(text="killed", start=900, end=906)}), "2020-03-03")
    assert not any(name.endswith(alike.IN_BODY) for name in alike.features(lead, lead))
    assert alike.features(lead, body)["same_day"] == alike.features(lead, body)["same_day" + alike.IN_BODY]
