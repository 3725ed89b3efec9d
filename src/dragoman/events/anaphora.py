"""In: the events of an article in text order. Out: recipients for those whose object names an earlier event ("criticised the arrest").

anaphora.tsv says which nouns can stand for which types. Who did that earlier event is whom the later one is aimed at.
"""

from __future__ import annotations

import csv
from functools import cache
from importlib import resources

from spacy.tokens import Doc, Token

from dragoman import codebook
from dragoman.drafts import Happening, Mention
from dragoman.events.status import same_side

AIMED = frozenset({"ACCUSE", "SUPPORT", "REJECT", "CONCEDE", "AGREE"})
DEFINITE = frozenset({"the", "this", "that", "these", "those"})
POINTING = frozenset({"that", "it", "this"})
COLUMNS = ["noun", "types"]


@cache
def _types_of_nouns() -> dict[str, frozenset[str]]:
    """The types that a noun can stand for. ValueError names the line of a type that is none."""
    file = resources.files(__package__) / "lexicon" / "anaphora" / "nouns.tsv"
    found = {}
    with file.open(encoding="utf-8") as stream:
        for number, row in enumerate(csv.reader(stream, delimiter="\t"), 1):
            if not row or row[0].startswith("#") or row == COLUMNS:
                continue
            if len(row) != 2:
                raise ValueError(f"{file.name}:{number}: a noun and its types, separated by a tab, expected")
            found[row[0]] = frozenset(codebook.load().type(name).name for name in row[1].split(";"))
    return found


def link(doc: Doc, happenings: list[Happening]) -> None:
    """Fills in recipients, in place."""
    for at, happening in enumerate(happenings):
        if happening.recipients or happening.type not in AIMED:
            continue
        for earlier in reversed(happenings[:at]):
            others = [m for m in earlier.actors if not any(same_side(m, a) for a in happening.actors)]
            word = _pointer(doc, happening, earlier)
            if word is not None and others:
                happening.recipients = others
                happening.because.append(f"“{word.text}” is what {_who(doc, others)} did: “{doc[earlier.head].text}”")
                break


def _pointer(doc: Doc, happening: Happening, earlier: Happening) -> Token | None:
    """The word by which one event points at an earlier one."""
    for head in happening.named:
        token = doc[head]
        if token.i <= earlier.head:
            continue
        types = _types_of_nouns().get(str(token.lemma_).lower())
        if types is not None and earlier.type in types and any(c.lower_ in DEFINITE for c in token.children):
            return token
        if token.lower_ in POINTING and happening.type == "REJECT" and earlier.type in ("REQUEST", "ACCUSE", "AGREE"):
            return token
    return None


def _who(doc: Doc, mentions: list[Mention]) -> str:
    return ", ".join(doc[m.range.start : m.range.end].text for m in mentions)
