"""A recipient is written as the phrase that fills its place, whoever of it is known; the country stays that of whom it is done to."""

from __future__ import annotations

import pytest

from dragoman import Coder
from dragoman.schema import Event


@pytest.fixture(scope="module")
def coder() -> Coder:
    return Coder()


def event(coder: Coder, text: str, kind: str) -> Event:
    return next(e for e in coder.code(text).events if e.type == kind)


@pytest.mark.parametrize(
    ("text", "kind", "written", "country"),
    [
        ("Norway condemned a decision by the Kenyan parliament to close two camps.", "ACCUSE", "decision by the Kenyan parliament", "KEN"),
        ("Denmark rejected the Ghanaian government's proposal.", "REJECT", "Ghanaian government's proposal", "GHA"),
        ("Turkish jets bombed a fuel depot of the Syrian army on Sunday.", "ASSAULT", "fuel depot of the Syrian army", "SYR"),
        ("Sweden imposed sanctions on the Belarusian defence ministry.", "SANCTION", "Belarusian defence ministry", "BLR"),
        ("Chile sent relief supplies to villagers in Honduras.", "AID", "villagers in Honduras", "HND"),
        ("Nigerian police detained dozens of protesters on Tuesday.", "COERCE", "dozens of protesters", "NGA"),
        ("Portugal criticised the Angolan president, Paulo Zamba, over the arrests.", "ACCUSE", "Angolan president, Paulo Zamba", "AGO"),
    ],
)
def test_the_phrase_is_written(coder: Coder, text: str, kind: str, written: str, country: str) -> None:
    recipient = event(coder, text, kind).recipient[0]
    assert (recipient.text, recipient.country) == (written, country)
    assert text[recipient.start : recipient.end] == written


@pytest.mark.parametrize(
    ("text", "kind", "written"),
    [
        ("Iran lifted its ban on imports of Turkish steel.", "CONCEDE", "Turkish steel"),
        ("Fiji condemned Tonga on Monday.", "ACCUSE", "Tonga"),
        ("Kenya sent doctors to Malawi, its first mission there.", "AID", "Malawi"),
        ("Amnesty International accused the Malian army of mass killings.", "ACCUSE", "Malian army"),
        ("Slovakia praised Namibian President Hage Geingob in Windhoek on Monday.", "SUPPORT", "Namibian President Hage Geingob"),
    ],
)
def test_no_act_day_or_remark_is_part_of_it(coder: Coder, text: str, kind: str, written: str) -> None:
    assert [r.text for r in event(coder, text, kind).recipient] == [written]


def test_whoever_is_joined_with_a_recipient_is_one(coder: Coder) -> None:
    found = event(coder, "Gunmen killed Haitian Senator Paul Desrosiers and two motorcyclists.", "ASSAULT").recipient
    assert [(r.text, r.country) for r in found] == [("Haitian Senator Paul Desrosiers", "HTI"), ("two motorcyclists", None)]


def test_who_decided_is_the_recipient_not_whom_the_decision_names(coder: Coder) -> None:
    found = event(coder, "Church leaders in Malta have rejected President Donald Trump's decision to recognise Kosovo.", "REJECT").recipient
    assert [r.text for r in found] == ["President Donald Trump's decision"]


@pytest.mark.parametrize(
    ("text", "written"),
    [
        ("Uganda's envoy, Rose Akello, condemned Chad on Monday.", "Uganda's envoy, Rose Akello"),
        ("Rose Akello, the Ugandan envoy in Nairobi, condemned Chad on Monday.", "Rose Akello, the Ugandan envoy in Nairobi"),
        ("Rose Akello, a Ugandan diplomat, condemned Chad on Monday.", "Rose Akello"),
        ("Uganda, the largest donor, condemned Chad on Monday.", "Uganda"),
    ],
)
def test_who_acts_is_written_with_name_and_office(coder: Coder, text: str, written: str) -> None:
    assert [a.text for a in event(coder, text, "ACCUSE").actor] == [written]


@pytest.mark.parametrize(
    ("text", "recipients"),
    [
        ("Germany agreed with Chile to build a port in Hamburg.", ["Chile"]),
        ("The Catalan government has agreed to set up an institute for comics and gaming in Barcelona.", []),
        ("Nigerian and British forces have agreed to hold a joint exercise next year.", []),
    ],
)
def test_nobody_agrees_with_the_own_side(coder: Coder, text: str, recipients: list[str]) -> None:
    assert [r.text for r in event(coder, text, "AGREE").recipient] == recipients
