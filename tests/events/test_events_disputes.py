"""Who contradicts an event: denials, other versions, and what both sides put on each other."""

from __future__ import annotations

import pytest

from dragoman import Coder

# text, the trigger of the event, who disputes it and in which words
DISPUTED = [
    ("Bogota said Venezuelan jets had bombed a village. Caracas denied it.", "bombed", "Caracas", "denied"),
    ("Bogota accused Caracas of hiding rebels. Caracas rejected the accusation.", "accused", "Caracas", "rejected"),
    (
        "Bogota said Venezuelan troops had shelled the bridge. Caracas said Colombian troops had shelled it.",
        "shelled",
        "Caracas",
        "shelled",
    ),
    ("Thai troops clashed with Cambodian soldiers on Friday. The two countries blamed each other.", "clashed", "two countries", "blamed"),
    ("Madrid said Morocco had expelled two envoys. Morocco said it had not expelled anybody.", "expelled", "Morocco", "expelled"),
    ("Niger said French soldiers had shot dead a shepherd. Paris denied that its soldiers had shot anybody.", "shot", "Paris", "denied"),
]


@pytest.mark.parametrize(("text", "trigger", "by", "words"), DISPUTED)
def test_disputed(text: str, trigger: str, by: str, words: str, coder: Coder) -> None:
    event = next(e for e in coder.code(text).events if e.trigger.text == trigger)
    assert (by, words) in [(d.by and d.by.text, d.text) for d in event.disputed]


UNDISPUTED = [
    "Bogota said Venezuelan jets had bombed a village. Caracas condemned the bombing.",
    "Bogota said Venezuelan jets had bombed a village. Lima denied that it had recalled its envoy.",
    "Bogota said Venezuelan jets had bombed a village. Washington said Venezuelan jets had bombed it.",
    "Police arrested two students in Kano, the union said. Police said they had arrested a banker in Lagos.",
]


@pytest.mark.parametrize("text", UNDISPUTED)
def test_not_disputed(text: str, coder: Coder) -> None:
    events = coder.code(text).events
    assert events
    assert not [d for e in events for d in e.disputed if e.status != "denied"]


def test_both_versions_name_each_other(coder: Coder) -> None:
    text = "Bogota said Venezuelan troops had shelled the bridge. Caracas said Colombian troops had shelled it."
    first, second = coder.code(text).events
    assert [d.event_id for d in first.disputed] == [second.id]
    assert [d.event_id for d in second.disputed] == [first.id]


def test_what_is_denied_and_claimed_is_one_event(coder: Coder) -> None:
    text = "Tehran denied that it had supplied drones to Russia. The United States says Iran supplied drones to Moscow."
    (event,) = coder.code(text).events
    assert event.status == "denied"
    assert event.attributed_to is not None
    assert (event.attributed_to.country, event.aux) == ("USA", [])
    assert [d.by and d.by.country for d in event.disputed] == ["IRN"]
