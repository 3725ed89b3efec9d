"""The codebook says what the manual says: types, modes, scores, contexts, reductions, names."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
import yaml

from dragoman.codebook import AmbiguousName, Codebook, UnknownName
from dragoman.errors import DataError

CASES: dict[str, Any] = yaml.safe_load((Path(__file__).parent / "cases.yaml").read_text(encoding="utf-8"))


def test_there_are_16_types_in_the_order_of_the_manual(book: Codebook) -> None:
    assert len(book.types) == 16
    assert list(book.types) == list(CASES["types"])


@pytest.mark.parametrize("name", CASES["types"])
def test_a_type_has_the_quad_score_recipient_and_modes_of_the_manual(book: Codebook, name: str) -> None:
    found = book.type(name)
    modes = {mode.name: mode.score for mode in found.modes.values()}
    assert [found.quad, found.score, found.recipient_required, modes] == CASES["types"][name]


def test_all_modes_keep_the_order_of_the_manual(book: Codebook) -> None:
    for name, (_, _, _, modes) in CASES["types"].items():
        assert list(book.type(name).modes) == list(modes)


def test_there_are_37_contexts(book: Codebook) -> None:
    assert len(book.contexts) == 37
    assert list(book.contexts) == CASES["contexts"]


def test_there_are_four_auxiliary_modes_and_quad_classes(book: Codebook) -> None:
    assert list(book.auxiliary) == ["historical", "future", "hypothetical", "negation"]
    assert [quad.name for quad in book.quads.values()] == [
        "verbal cooperation",
        "material cooperation",
        "verbal conflict",
        "material conflict",
    ]


def test_sectors_and_codes_in_place_of_a_country(book: Codebook) -> None:
    sectors = "GOV LEG JUD MIL COP SPY PRM PTY REB UAF UNK OPP CVL ELI BUS AGR LAB EDU JRN MED REL REF CRM SOC PRE"
    assert list(book.sectors) == sectors.split()
    assert sorted(book.international) == ["EUR", "IGO", "IMG", "ISM", "MNC", "NGO", "UNO"]


def test_two_modes_of_coerce_bring_their_context(book: Codebook) -> None:
    brought = {f"{t.name} {m.name}": m.context for t in book.types.values() for m in t.modes.values() if m.context}
    assert brought == {"COERCE misinformation": "misinformation", "COERCE cyber": "cyber"}


def test_cues_are_words_that_can_be_met(book: Codebook) -> None:
    for context in book.contexts.values():
        assert all(cue == cue.lower() and "  " not in cue for cue in context.words), context.name


@pytest.mark.parametrize("case", CASES["scores"], ids=lambda c: " ".join([c["type"], *c["modes"]]))
def test_score(book: Codebook, case: dict[str, Any]) -> None:
    assert book.score(case["type"], case["modes"]) == case["score"]


@pytest.mark.parametrize("case", CASES["reductions"], ids=lambda c: f"{c['type']}: {c['text']}")
def test_reduction(book: Codebook, case: dict[str, Any]) -> None:
    reduced = book.reduce(case["type"], case["modes"], case["aux"], menace=case.get("menace", False))
    becomes = [reduced.type, list(reduced.modes), list(reduced.aux)]
    assert becomes == case["becomes"]
    unchanged = becomes == [case["type"], case["modes"], case["aux"]]
    assert (reduced.reason is None) == unchanged


@pytest.mark.parametrize(("given", "today"), CASES["canonical"].items())
def test_canonical_name(book: Codebook, given: str, today: str) -> None:
    assert book.canonical(given) == today


@pytest.mark.parametrize(("given", "types"), CASES["ambiguous"].items())
def test_an_older_name_of_several_types_is_not_guessed(book: Codebook, given: str, types: list[str]) -> None:
    with pytest.raises(AmbiguousName) as caught:
        book.canonical(given)
    assert caught.value.nearest == types
    assert " and ".join(types) in str(caught.value)


@pytest.mark.parametrize(("given", "nearest"), CASES["unknown"].items())
def test_an_unknown_name_suggests_the_nearest(book: Codebook, given: str, nearest: str) -> None:
    with pytest.raises(UnknownName, match=f"did you mean {nearest}") as caught:
        book.canonical(given)
    assert caught.value.nearest[0] == nearest


def test_names_of_the_wrong_kind_are_errors(book: Codebook) -> None:
    with pytest.raises(UnknownName, match="unknown event type 'threaten'; did you mean THREATEN"):
        book.type("threaten")
    with pytest.raises(UnknownName, match="unknown mode of THREATEN 'arest'; did you mean arrest"):
        book.score("THREATEN", ["arest"])
    with pytest.raises(UnknownName, match="unknown mode of AID 'visit'"):
        book.cameo("AID", ["visit"])
    with pytest.raises(UnknownName, match="unknown mode of CONSULT"):
        book.reduce("CONSULT", ["violence"], ["future"])
    with pytest.raises(UnknownName, match="unknown auxiliary mode 'futur'; did you mean future"):
        book.reduce("CONSULT", [], ["futur"])  # type: ignore[list-item]


def test_broken_data_and_unknown_names_are_different_errors() -> None:
    assert not issubclass(UnknownName, DataError)
    assert issubclass(UnknownName, KeyError)
