"""What ``dragoman codebook NAME`` prints, at the widths of a small and a large terminal."""

from __future__ import annotations

import pytest
from rich.console import Console

from dragoman.codebook import Codebook, UnknownName
from dragoman.codebook.explain import everything, explain

WIDTHS = (80, 140)


def printed(name: str | None, width: int = 80) -> str:
    console = Console(width=width, color_system=None)
    with console.capture() as capture:
        console.print(explain(name))
    return capture.get()


def words(text: str) -> str:
    """The text without frame and line ends."""
    return " ".join(text.translate({ord(mark): " " for mark in "│╭╮╰╯─"}).split())


def test_a_type_with_its_modes_look_alikes_and_example() -> None:
    shown = words(printed("THREATEN"))
    assert "verbal conflict · score -3.5 · recipient optional · CAMEO 130" in shown
    for mode in ("restrict", "arrest", "relations", "expel", "territory", "violence"):
        assert f" {mode} -" in shown
    for look_alike in ("REQUEST", "ACCUSE", "MOBILIZE", "SANCTION", "ASSAULT", "COERCE"):
        assert f" {look_alike} " in shown
    assert "“Iran warned Pakistan that it would strike militant camps across the border if the raids went on.”" in shown
    assert "IRN GOV → PAK GOV: THREATEN violence" in shown


def test_a_type_without_modes_and_one_that_needs_a_recipient() -> None:
    shown = words(printed("aid"))
    assert "material cooperation · score 10 · recipient required · CAMEO 070" in shown
    assert "mode score" not in shown
    assert "TUR GOV → MOZ CVL: AID" in shown


@pytest.mark.parametrize("name", ["THREATEN", "threaten", " Threaten "])
def test_case_does_not_matter(name: str) -> None:
    assert printed(name) == printed("THREATEN")


@pytest.mark.parametrize("name", ["martial-law", "martial law", "MARTIAL_LAW", "COERCE martial-law", "coerce/martial-law"])
def test_a_mode_however_its_words_are_joined(name: str) -> None:
    assert "COERCE martial-law" in printed(name)


def test_a_mode_of_two_types_shows_both_and_after_its_type_one() -> None:
    both, one = printed("withdraw"), printed("SANCTION withdraw")
    assert "RETREAT withdraw" in both
    assert "SANCTION withdraw" in both
    assert "RETREAT" not in one


def test_a_name_that_is_a_mode_and_a_context_shows_both() -> None:
    shown = words(printed("cyber"))
    assert "mode of COERCE" in shown
    assert "brings the context cyber" in shown
    assert "Attacks on computers and networks" in shown


@pytest.mark.parametrize(
    ("name", "fact"),
    [
        ("human_rights", "cues: human right, rights group"),
        ("future", "a RETREAT announced but not begun counts as CONCEDE"),
        ("material cooperation", "COOPERATE 9.5"),
        ("quad 3", "THREATEN -3.5"),
        ("vandalize", "score -5, the type's"),
        ("GOV", "heads of state and government"),
        ("uno", "The United Nations, its organs"),
        ("1053", "PLOVER type REQUEST modes yield contexts legal score -1"),
        ("DEMAND", "Today REQUEST: renamed."),
        ("YIELD", "Today CONCEDE or RETREAT: CONCEDE if in words, RETREAT if carried out."),
        ("contexts", "illegal_drugs Illegal drugs, those who make"),
        ("auxiliary", "hypothetical The event is imagined"),
        ("quads", "2 material cooperation Friendly deeds"),
        ("sectors", "AGR Farmers"),
        ("international", "MNC A company"),
        ("cameo", "041 CONSULT phone talk by telephone"),
    ],
)
def test_every_kind_of_name(name: str, fact: str) -> None:
    assert fact in words(printed(name))


@pytest.mark.parametrize("name", [None, "", "  ", "list", "types"])
def test_without_a_name_all_types_are_listed(name: str | None, book: Codebook) -> None:
    shown = printed(name)
    assert all(f"{type_name} " in shown for type_name in book.types)
    assert "contexts, auxiliary" in words(shown)


@pytest.mark.parametrize("width", WIDTHS)
def test_nothing_is_cut_or_runs_over_the_edge(book: Codebook, width: int) -> None:
    for name, _ in everything(book):
        shown = printed(name, width)
        assert "…" not in shown, name
        assert all(len(line.rstrip()) <= min(width, 112) for line in shown.splitlines()), name


@pytest.mark.parametrize(
    ("name", "message"),
    [
        ("THRAETEN", "unknown name 'THRAETEN'; did you mean THREATEN"),
        ("arests", "unknown name 'arests'; did you mean arrest"),
        ("martial", "unknown name 'martial'; did you mean martial-law"),
        ("threaten violance", "unknown name 'threaten violance'; did you mean THREATEN violence"),
        ("0315", "unknown name '0315'; did you mean 031, 0311 or 0312?"),
        ("zzzz", "unknown name 'zzzz'; 'dragoman codebook list' shows what there is"),
        ("[bold]", "unknown name '[bold]'"),
    ],
)
def test_an_unknown_name_says_what_to_do_next(name: str, message: str) -> None:
    with pytest.raises(UnknownName) as caught:
        explain(name)
    assert str(caught.value).startswith(message)
