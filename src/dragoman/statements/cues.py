"""In: the tables in ``cues/``, one cue a line. Out: the cues by lemma, each with its manner and what may stand for its content.

Tables are checked when they are read; a ``DataError`` names file and line.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache
from importlib import resources
from typing import get_args

from dragoman.errors import DataError
from dragoman.schema import Attitude, Polarity
from dragoman.tables import Entry, Folder, entries

FORMS = frozenset({"quote", "that", "to", "ing", "obj", "obj-to", "obj-as", "obj-at", "part", "raise", "whom"})
PREPOSITIONS = frozenset(["about", "against", "at", "by", "for", "in", "into", "of", "on", "over", "regarding", "to+", "up", "with"])
OCCASIONS = ("occasion", "journey", "beside")
YES_OR_NO = {"yes": True, "no": False}


@dataclass(frozen=True, slots=True)
class Manner:
    """What a kind of cue tells: ``speech`` reports words, ``claim`` governs what is so on the source's word only.

    ``attitude`` is what the source does by it, ``polarity`` whether the word itself negates that.
    """

    name: str
    speech: bool
    claim: bool
    attitude: Attitude | None
    polarity: Polarity
    meaning: str


@dataclass(frozen=True, slots=True)
class Cue:
    """A word that attributes. ``forms`` and ``prepositions`` say what may stand for the content; see ``cues/verbs.tsv``."""

    word: str
    manner: str
    forms: frozenset[str]
    prepositions: frozenset[str]
    particle: str = ""

    @property
    def frames(self) -> frozenset[str]:
        return self.forms | self.prepositions


@dataclass(frozen=True, slots=True)
class Cues:
    """All cues of a language, by lemma (phrases by their first word)."""

    manners: dict[str, Manner]
    verbs: dict[str, tuple[Cue, ...]]
    nouns: dict[str, Cue]
    adjectives: dict[str, Cue]
    phrases: dict[str, tuple[tuple[str, ...], str]]
    adverbs: dict[str, str]
    documents: frozenset[str]
    owning: frozenset[str]
    uttering: frozenset[str]
    parts: frozenset[str]
    unsigned: frozenset[str]
    withholding: frozenset[str]
    venues: frozenset[str]
    occasions: dict[str, str]
    speaking: frozenset[str]
    dialogues: frozenset[str]
    harms: frozenset[str]


def read(folder: Folder) -> Cues:
    """The tables of a folder. DataError where a line is wrong or a cue is there twice."""
    manners = {m.name: m for m in map(_manner, entries(folder, "manners.tsv"))}
    verbs: dict[str, tuple[Cue, ...]] = {}
    for entry, cue in _cues(entries(folder, "verbs.tsv"), "verb", manners):
        if any(cue.particle == other.particle and not cue.frames.isdisjoint(other.frames) for other in verbs.get(cue.word, ())):
            raise DataError(entry.where, f"{cue.word!r} is there twice with the same frames")
        verbs[cue.word] = (*verbs.get(cue.word, ()), cue)
    nouns = _by_word(_cues(entries(folder, "nouns.tsv"), "noun", manners))
    adjectives = _by_word(_cues(entries(folder, "adjectives.tsv"), "adjective", manners))
    phrases = dict(_phrase(entry, manners) for entry in entries(folder, "phrases.tsv"))
    adverbs = dict(_adverb(entry, manners) for entry in entries(folder, "adverbs.tsv"))
    return Cues(
        manners,
        verbs,
        nouns,
        adjectives,
        phrases,
        adverbs,
        documents=_words(folder, "documents.tsv", "noun"),
        owning=_words(folder, "owning.tsv", "verb"),
        uttering=_words(folder, "uttering.tsv", "verb"),
        parts=_words(folder, "parts.tsv", "noun"),
        unsigned=_words(folder, "unsigned.tsv", "word"),
        withholding=_words(folder, "withholding.tsv", "word"),
        venues=_words(folder, "venues.tsv", "noun"),
        occasions=dict(_occasion(entry) for entry in entries(folder, "occasions.tsv")),
        speaking=_words(folder, "speaking.tsv", "verb"),
        dialogues=_words(folder, "dialogues.tsv", "noun"),
        harms=_words(folder, "harms.tsv", "verb"),
    )


@cache
def english() -> Cues:
    return read(resources.files("dragoman.statements") / "cues")


def is_speech(manner: str) -> bool:
    """Whether cues of a manner report words, and do not only tell a stance or a state of mind."""
    return english().manners[manner].speech


def is_claim(manner: str) -> bool:
    """Whether what cues of a manner govern is so on the source's word only."""
    return english().manners[manner].claim


def _words(folder: Folder, file: str, column: str) -> frozenset[str]:
    return frozenset(entry.fields[column] for entry in entries(folder, file))


def _occasion(entry: Entry) -> tuple[str, str]:
    if entry.fields["kind"] not in OCCASIONS:
        raise DataError(entry.where, f"unknown kind {entry.fields['kind']!r}; known: {', '.join(OCCASIONS)}")
    return entry.fields["word"], entry.fields["kind"]


def _manner(entry: Entry) -> Manner:
    fields = entry.fields
    for flag in ("speech", "claim"):
        if fields[flag] not in YES_OR_NO:
            raise DataError(entry.where, f"{flag} is {fields[flag]!r}, not yes or no")
    if fields["attitude"] not in ("", *get_args(Attitude)):
        raise DataError(entry.where, f"unknown attitude {fields['attitude']!r}; known: {', '.join(get_args(Attitude))}")
    if fields["polarity"] not in get_args(Polarity):
        raise DataError(entry.where, f"polarity is {fields['polarity']!r}, not {' or '.join(get_args(Polarity))}")
    return Manner(
        fields["manner"],
        YES_OR_NO[fields["speech"]],
        YES_OR_NO[fields["claim"]],
        fields["attitude"] or None,
        fields["polarity"],
        fields["meaning"],
    )


def _cues(lines: Iterable[Entry], column: str, manners: dict[str, Manner]) -> Iterable[tuple[Entry, Cue]]:
    for entry in lines:
        word, frames = entry.fields[column], entry.fields["frames"].split()
        if not word or not frames:
            raise DataError(entry.where, f"a {column} and its frames were expected")
        _check_manner(entry, manners)
        unknown = [f for f in frames if f not in FORMS | PREPOSITIONS and not (f == "to" and column != "verb")]
        if unknown:
            raise DataError(entry.where, f"unknown frame {unknown[0]!r}")
        forms = frozenset(f for f in frames if f in FORMS)
        prepositions = frozenset("to" if f == "to+" else f for f in frames if f not in FORMS)
        yield entry, Cue(word, entry.fields["manner"], forms, prepositions, entry.fields.get("particle", ""))


def _by_word(found: Iterable[tuple[Entry, Cue]]) -> dict[str, Cue]:
    cues: dict[str, Cue] = {}
    for entry, cue in found:
        if cue.word in cues:
            raise DataError(entry.where, f"{cue.word!r} is there twice")
        cues[cue.word] = cue
    return cues


def _phrase(entry: Entry, manners: dict[str, Manner]) -> tuple[str, tuple[tuple[str, ...], str]]:
    _check_manner(entry, manners)
    words = tuple(entry.fields["phrase"].split())
    if not words:
        raise DataError(entry.where, "a phrase was expected")
    return words[0], (words[1:], entry.fields["manner"])


def _adverb(entry: Entry, manners: dict[str, Manner]) -> tuple[str, str]:
    _check_manner(entry, manners)
    return entry.fields["adverb"], entry.fields["manner"]


def _check_manner(entry: Entry, manners: dict[str, Manner]) -> None:
    if entry.fields["manner"] not in manners:
        raise DataError(entry.where, f"unknown manner {entry.fields['manner']!r}; known: {', '.join(manners)}")
