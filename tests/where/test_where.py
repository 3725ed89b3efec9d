"""Places against cases.yaml: what is found, which place it is, and where an event was."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
import yaml

from dragoman import actors, knowledge, statements, where
from dragoman.drafts import Happening, Layout, PlaceMention, Range
from dragoman.knowledge import gazetteer
from dragoman.language import Annotated
from dragoman.where import words

CASES = yaml.safe_load((Path(__file__).parent / "cases.yaml").read_text(encoding="utf-8"))
Parse = Callable[[str], Annotated]


def places(annotated: Annotated) -> list[PlaceMention]:
    known = knowledge.load()
    _, quotes = statements.find(annotated)
    layout = Layout(paragraphs=())
    mentions = actors.find(annotated, layout, "2024-11-06", quotes, known)
    return where.find(annotated, layout, mentions, known, gazetteer.load())


def told(annotated: Annotated) -> list[PlaceMention]:
    return [p for p in places(annotated) if p.role in ("at", "dateline") and p.named]


@pytest.mark.parametrize("case", CASES["find"], ids=lambda case: case["text"][:40])
def test_places_are_found_and_known(parse: Parse, case: dict[str, Any]) -> None:
    annotated = parse(case["text"])
    found = [[annotated.span(p.range).text, p.name, p.country] for p in told(annotated)]
    assert found == case["places"]


@pytest.mark.parametrize("text", CASES["nobody"])
def test_an_actor_or_a_part_of_a_name_is_no_place(parse: Parse, text: str) -> None:
    annotated = parse(text)
    assert [annotated.span(p.range).text for p in told(annotated)] == []


@pytest.mark.parametrize("case", CASES["event"], ids=lambda case: case["text"][:40])
def test_an_event_has_the_place_that_grammar_gives_it(parse: Parse, case: dict[str, Any]) -> None:
    annotated = parse(case["text"])
    token = next(t.i for t in annotated.doc if t.text == case["trigger"])
    kind = {"condemned": "ACCUSE", "rejected": "REJECT", "Talks": "CONSULT", "met": "CONSULT", "withdrew": "RETREAT", "arrested": "COERCE"}
    event = Happening(Range(token, token + 1), token, kind.get(case["trigger"], "ASSAULT"))
    attack = [Happening(Range(t.i, t.i + 1), t.i, "ASSAULT") for t in annotated.doc if t.text == "attack"]
    found = where.of_events(annotated, [event, *attack], places(annotated))[0]
    assert (annotated.span(found.range).text if found else None) == case["place"]


def test_what_is_known_of_a_place(parse: Parse) -> None:
    (town,) = told(parse("Two people died in Kharkiv."))
    assert (town.kind, town.region, town.geonameid) == ("city", "Kharkivska oblast", 706483)
    assert town.lat == pytest.approx(49.98, abs=0.01)
    assert town.lon == pytest.approx(36.25, abs=0.01)
    assert town.uncertainty is not None
    assert 5 < town.uncertainty < 30
    (state,) = told(parse("Two people died in Chad."))
    assert (state.kind, state.region) == ("country", None)
    assert state.uncertainty is not None
    assert state.uncertainty > 400


def test_a_building_has_the_coordinates_of_its_town(parse: Parse) -> None:
    street, town = told(parse("The march ended on Khreshchatyk Street in Kyiv."))
    assert (street.kind, street.geonameid) == ("facility", None)
    assert (street.lat, street.lon) == (town.lat, town.lon)
    assert street.uncertainty is not None
    assert street.uncertainty >= 10


def test_the_countries_of_the_story_decide(parse: Parse) -> None:
    ours = told(parse("Britain sent police. British officers searched houses in Salisbury."))
    assert ours[-1].country == "GBR"
    theirs = told(parse("Maryland police searched houses in Salisbury, Maryland. A shop in Salisbury burned."))
    assert theirs[-1].region == "Maryland"


@pytest.mark.parametrize(
    "text", ["", "\n", "in", "In", "(", "near .", "of of of", "in U", "St.", "in St. St. St.", "al-", "in al-", "½ in ²"]
)
def test_no_text_raises(parse: Parse, text: str) -> None:
    annotated = parse(text)
    found = places(annotated)
    events = [Happening(Range(t.i, t.i + 1), t.i, "ASSAULT") for t in annotated.doc]
    assert len(where.of_events(annotated, events, found)) == len(events)


def test_words_are_checked(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    lists = words.load()
    assert "in" in lists.at
    assert lists.shortened["N.J."] == ("New Jersey", "USA")
    assert not {word for group in (lists.at, lists.facilities, lists.moving) for word in group if word != word.lower()}
