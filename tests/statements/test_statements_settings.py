"""Attitude, polarity, place, occasion and addressee of statements, each from one sentence of our own."""

from __future__ import annotations

import pytest

from dragoman import Coder
from dragoman.schema import Statement

# text, cue, attitude, polarity
ATTITUDES = [
    ("The minister said the road was open.", "said", "says", "affirmed"),
    ("The minister did not say when the road would open.", "say", "says", "negated"),
    ("The minister refused to say when the road would open.", "refused to say", "says", "negated"),
    ("Lima declined to promise that the miners would be paid.", "declined to promise", "promises", "negated"),
    ("Paris has never promised that the base would be closed.", "promised", "promises", "negated"),
    ("The general no longer believes that the town can be held.", "believes", "believes", "negated"),
    ("Oslo wants the ships to leave.", "wants", "wishes", "affirmed"),
    ("Ankara plans to reopen its consulate in Basra.", "plans", "plans", "affirmed"),
    ("Kigali denied that its soldiers had crossed the border.", "denied", "denies", "affirmed"),
    ("Kigali denied it.", "denied", "denies", "affirmed"),
    ("Chad promised 200 soldiers for the mission.", "promised", "promises", "affirmed"),
    ("The rebels vowed to bomb the pipeline.", "vowed", "threatens", "affirmed"),
    ("The rebels vowed to protect the pipeline.", "vowed", "promises", "affirmed"),
    ("Envoys urged the general to release the captives.", "urged", "asks", "affirmed"),
    ("Tunis ruled out a new loan.", "ruled out", "plans", "negated"),
    ("The rebels claimed responsibility for the raid on Tarin.", "claimed", "says", "affirmed"),
    ("The bank voiced optimism on Friday that prices would fall.", "optimism", "believes", "affirmed"),
    ("The queen sent her condolences to the people of Peru.", "condolences", None, "affirmed"),
    ("Oslo expressed surprise at the vote.", "surprise", None, "affirmed"),
]


def statement(coder: Coder, text: str, cue: str) -> Statement:
    found = [s for s in coder.code(text).statements if s.cue is not None and s.cue.text == cue]
    assert len(found) == 1, [s.cue for s in found]
    return found[0]


@pytest.mark.parametrize(("text", "cue", "attitude", "polarity"), ATTITUDES)
def test_attitude_and_polarity(text: str, cue: str, attitude: str | None, polarity: str, coder: Coder) -> None:
    said = statement(coder, text, cue)
    assert (said.attitude, said.polarity) == (attitude, polarity)


ACTS = [
    "Sudan denied entry to three observers.",
    "The union rejected the offer.",
    "The goalkeeper defended his net like a fortress.",
    "The flood claimed the lives of twenty villagers.",
    "The queen felt surprise at the vote.",
]


@pytest.mark.parametrize("text", ACTS)
def test_acts_without_words_are_no_statements(text: str, coder: Coder) -> None:
    assert coder.code(text).statements == []


# text, cue, addressee, whom or what it is about
ABOUT = [
    ("The envoy said the Peruvian army had crossed the river.", "said", None, "Peruvian army"),
    ("The envoy said he was sceptical of the government's plan.", "said", None, "the government's plan"),
    ("The envoy said they agreed with Chile that the river was closed.", "said", None, "Chile"),
    ("Kigali hopes that the rebels will leave Goma.", "hopes", None, "rebels"),
    ("Kigali denied charges by the Congolese army that it had crossed the border.", "denied", None, "Congolese army"),
    ("Kigali rejected accusations from Uganda that it had crossed the border.", "rejected", None, "Uganda"),
    ("The rebels claimed responsibility for the raid on a camp in Mali.", "claimed", None, "the raid on a camp in Mali"),
    ("Peru expressed concern to the council over the truce.", "concern", "the council", "the truce"),
    ("The envoy conveyed his concern to Peru that the truce was failing.", "concern", "Peru", "the truce"),
    ("The queen offered condolences to Peru over the floods.", "condolences", "Peru", "the floods"),
    ("The queen offered her condolences to the people of Peru.", "condolences", "people of Peru", None),
    ("The envoy said it would rain.", "said", None, None),
]


@pytest.mark.parametrize(("text", "cue", "addressee", "about"), ABOUT)
def test_whom_it_is_said_to_and_about(text: str, cue: str, addressee: str | None, about: str | None, coder: Coder) -> None:
    said = statement(coder, text, cue)
    assert [s and s.text for s in (said.addressee, said.about)] == [addressee, about]


# text, cue, addressee, place, occasion
SETTINGS = [
    ("The envoy told reporters in Geneva that the talks had failed.", "told", "reporters", "Geneva", None),
    ("The envoy said at a press conference in Doha that the talks had failed.", "said", None, "Doha", "a press conference"),
    ("Speaking during a visit to Kigali, the envoy said the talks had failed.", "said", None, "Kigali", "a visit"),
    ("In a letter to the Senate, the judge said the vote was void.", "said", "Senate", None, "a letter"),
    ("In a phone call with the Chilean president, the king said he was sorry.", "said", "Chilean president", None, "a phone call"),
    ("In an interview with Radio Lusaka, the bishop said the vote was void.", "said", "Radio Lusaka", None, "an interview"),
    ("The bishop said the vote in Lusaka was void.", "said", None, None, None),
    ("The bishop said on Monday that a briefing in Lusaka had been put off.", "said", None, None, None),
    ("The mayor, in a speech outside the courthouse, said the vote was void.", "said", None, "the courthouse", "a speech"),
    ("LUSAKA - The bishop said the vote was void.", "said", None, None, None),
]


@pytest.mark.parametrize(("text", "cue", "addressee", "place", "occasion"), SETTINGS)
def test_setting(text: str, cue: str, addressee: str | None, place: str | None, occasion: str | None, coder: Coder) -> None:
    said = statement(coder, text, cue)
    assert [s and s.text for s in (said.addressee, said.place, said.occasion)] == [addressee, place, occasion]


def test_a_place_has_its_country(coder: Coder) -> None:
    place = statement(coder, "The envoy told reporters in Ottawa that the talks had failed.", "told").place
    assert place is not None
    assert place.country == "CAN"


def test_a_statement_within_another_names_it(coder: Coder) -> None:
    text = "The lawyer said the guard had told the judge that the door was locked."
    outer, inner = coder.code(text).statements
    assert [inner.within, outer.within] == [outer.id, None]
    assert inner.speaker is not None
    assert inner.speaker.text == "the guard"
