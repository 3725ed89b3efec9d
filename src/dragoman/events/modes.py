"""In: a verdict and the parties of the event. Out: the modes that circumstances tell: a weapon, the number of parties, whose ground it is.

The lexicon gives a word's own modes; what is said beside the word ("with machetes", "in Geneva") adds to them or replaces them.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import cache
from importlib import resources

from spacy.tokens import Token

from dragoman import codebook
from dragoman.drafts import Mention
from dragoman.errors import DataError
from dragoman.events.classify import Verdict
from dragoman.events.lexicon import lemma_of
from dragoman.language.en import grammar
from dragoman.tables import rows

MEANS = ("subj", "with", "by", "from", "mod")
MANY = 3


@cache
def instruments() -> dict[str, str]:
    """The mode of ASSAULT by the word for a weapon. DataError names the line of a mode that is none."""
    found = {}
    for where, (word, mode) in rows(resources.files(__package__) / "tables", "instruments.tsv", ("word", "mode")):
        if mode not in codebook.load().type("ASSAULT").modes:
            raise DataError(where, f"ASSAULT has no mode {mode!r}")
        found[word] = mode
    return found


def modes_of(verdict: Verdict, parties: list[Mention], country_of: Callable[[str], str | None]) -> list[str]:
    """The modes of the event, the lexicon's first."""
    if verdict.type == "ASSAULT":
        return _armed(verdict)
    if verdict.type == "CONSULT":
        return [*verdict.mode, *(m for m in _meeting(verdict, parties, country_of) if m not in verdict.mode)]
    return verdict.mode


def _armed(verdict: Verdict) -> list[str]:
    """A weapon that is named takes the place of the one that the verb is usually done with: "warplanes bombed" is aerial."""
    candidate, by_word = verdict.told_by or verdict.candidate, instruments()
    words = [w for slot in MEANS for t in candidate.slot(slot) for w in (t, *t.lefts)]
    weapons = list(dict.fromkeys(by_word[lemma] for lemma in map(lemma_of, words) if lemma in by_word))
    if not weapons or "suicide-attack" in verdict.mode:
        return verdict.mode
    usual = set(by_word.values()) - {"crowd-control"}
    return [*(m for m in verdict.mode if m not in usual), *(w for w in weapons if w not in verdict.mode or w in usual)]


def _meeting(verdict: Verdict, parties: list[Mention], country_of: Callable[[str], str | None]) -> list[str]:
    countries = {i.country for m in parties for i in m.identities if i.country is not None}
    if not verdict.reciprocal or verdict.mode:
        return []
    if len(countries) >= MANY:
        return ["multilateral"]
    place = _place(verdict.candidate.token, country_of)
    return ["third-party"] if len(countries) == 2 and place is not None and place not in countries else []


def _place(trigger: Token, country_of: Callable[[str], str | None]) -> str | None:
    """The country of the place in which the clause sets a meeting."""
    for token in grammar.prepositional(trigger).get("in", []):
        found = country_of(token.doc[slice(*grammar.phrase(token, with_of=False))].text)
        if found is not None:
            return found
    return None
