"""Words of a text that recall an event of another report: where they stand, when it was, and whose it is."""

from __future__ import annotations

from pathlib import Path

import pytest

from dragoman.errors import DataError
from dragoman.merge.alike import read_weights
from dragoman.merge.reports import Report, ordinal, report_of
from dragoman.merge.retelling import may_be_recalled, probability
from dragoman.merge.tellings import Telling, places_in, read, telling_of
from dragoman.merge.window import Dated, Window
from dragoman.schema import Entity, Event, Span, When

SENTENCE = "Russia withdrew from the grain agreement with Ukraine on Monday."
RECALLED = "ODESSA - Ukraine opened a corridor for ships on Tuesday, three weeks after Russia left the grain agreement on July 17."


def withdrawal() -> Report:
    event = Event(
        id="e",
        article_id="wire",
        type="SANCTION",
        mode=["withdraw"],
        quad=4,
        score=-7.0,
        actor=[Entity(text="Russia", start=0, end=6, country="RUS", mention="name")],
        recipient=[Entity(text="Ukraine", start=46, end=53, country="UKR", mention="name")],
        date=When(text="Monday", start=57, end=63, value="2023-07-17", precision="day"),
        trigger=Span(text="withdrew", start=7, end=15),
        evidence=[Span(text=SENTENCE, start=0, end=len(SENTENCE))],
    )
    return report_of(event, "2023-07-17")


def tellings(text: str, published: str = "2023-08-08") -> dict[str, Telling]:
    found = places_in(text, ordinal(published))
    return {text[place.start : place.end]: telling_of("article", text[slice(*place.sentence)], place) for place in found}


def test_a_telling_has_the_day_that_stands_next_behind_it() -> None:
    found = tellings("Police freed a man on Tuesday whom troops had seized on Sunday.", "2023-08-09")
    assert {word: telling.likely for word, telling in found.items()} == {"freed": ordinal("2023-08-08"), "seized": ordinal("2023-08-06")}
    assert tellings(RECALLED)["left"].likely == ordinal("2023-07-17")


@pytest.mark.parametrize(
    "text",
    [
        "Russia left the grain agreement.",  # does not say when
        "Russia will leave, and may have left, if it is not heard by Monday.",
        "The army said on Monday that its soldiers had bread.",
        "",
    ],
)
def test_what_recalls_nothing(text: str) -> None:
    assert not tellings(text)


def test_offsets_are_of_the_text() -> None:
    text = "It rained.\n\n“It did,” he said. Troops invaded Kuwait on Thursday.\nIt rained."
    [place] = places_in(text, ordinal("1990-08-02"))
    assert text[place.start : place.end] == "invaded"
    assert text[slice(*place.sentence)] == "Troops invaded Kuwait on Thursday."


def test_a_text_without_a_day_recalls_nothing() -> None:
    assert not list(places_in(RECALLED, None))


def test_the_event_that_is_recalled() -> None:
    telling = tellings(RECALLED)["left"]
    assert may_be_recalled(withdrawal(), telling)
    assert probability(withdrawal(), telling) > 0.5


@pytest.mark.parametrize(
    "text",
    [
        RECALLED.replace("July 17", "June 2"),
        RECALLED.replace("Russia left", "Iran left").replace("Ukraine", "Qatar").replace("ODESSA", "DOHA"),
        "LIMA - Peru's dockers went home on Tuesday, three weeks after Russia praised Ukraine on July 17.",
    ],
)
def test_another_event(text: str) -> None:
    found = [telling for telling in tellings(text).values() if may_be_recalled(withdrawal(), telling)]
    assert not [telling for telling in found if probability(withdrawal(), telling) > 0.5]


@pytest.mark.parametrize("telling_first", [True, False])
def test_the_window_pairs_a_telling_with_a_report_in_either_order(telling_first: bool) -> None:
    window, report, telling = Window(), Dated(3, withdrawal(), True), Dated(5, tellings(RECALLED)["left"], False)
    found = list(window.recalled(telling)) if telling_first else list(window.linked(report))
    found += window.recalling(report) if telling_first else window.recalled(telling)
    assert [pair[:2] for pair in found] == [(3, 5)]


def test_a_bad_line_of_acts_is_named(tmp_path: Path) -> None:
    (tmp_path / "acts.tsv").write_text("stem\ttypes\nkill\tASSAULT\n", encoding="utf-8")
    with pytest.raises(DataError, match=r"acts\.tsv:2"):
        read(tmp_path)


def test_bad_weights_are_named(tmp_path: Path) -> None:
    (tmp_path / "retelling.yaml").write_text("- 1\n", encoding="utf-8")
    with pytest.raises(DataError, match=r"retelling\.yaml"):
        read_weights(tmp_path, "retelling.yaml")
