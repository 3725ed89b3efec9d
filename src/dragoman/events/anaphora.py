"""In: the events of an article in text order. Out: recipients for those whose object names an earlier event ("criticised the arrest").

anaphora.tsv says which nouns can stand for which types. Who did that earlier event is whom the later one is aimed at.
"""

from __future__ import annotations

from functools import cache
from importlib import resources

from spacy.tokens import Doc, Token

from dragoman import codebook
from dragoman.drafts import Happening, Mention
from dragoman.events.siding import same_side
from dragoman.events.types import facts
from dragoman.language.en import grammar
from dragoman.tables import rows

DEFINITE = frozenset({"the", "this", "that", "these", "those"})
POINTING = frozenset({"that", "it", "this"})


@cache
def _types_of_nouns() -> dict[str, frozenset[str]]:
    """The types that a noun can stand for."""
    table = rows(resources.files(__package__) / "tables", "anaphora.tsv", ("noun", "types"))
    return {noun: frozenset(codebook.load().type(name).name for name in types.split(";")) for _, (noun, types) in table}


def link(doc: Doc, happenings: list[Happening]) -> None:
    """Fills in recipients, and of what is rejected also the modes, in place."""
    for at, happening in enumerate(happenings):
        if happening.type not in facts()["aimed"] or (happening.recipients and not _wants_mode(happening)):
            continue
        for earlier in reversed(happenings[:at]):
            word = _pointer(doc, happening, earlier)
            others = [] if word is None else _aimed_at(happening, earlier)
            if word is not None and (others or happening.recipients):
                _fill(happening, earlier, others)
                happening.because.append(f"“{word.text}” is what {_who(doc, earlier.actors)} did: “{doc[earlier.head].text}”")
                break


def _wants_mode(happening: Happening) -> bool:
    return happening.type == "REJECT" and not happening.mode


def _aimed_at(happening: Happening, earlier: Happening) -> list[Mention]:
    """Who did the earlier act or, of one's own act ("dropped its demand"), to whom it was done."""
    others = [m for m in earlier.actors if not any(same_side(m, a) for a in happening.actors)]
    return others or (earlier.recipients if happening.type == "CONCEDE" else [])


def _fill(happening: Happening, earlier: Happening, others: list[Mention]) -> None:
    happening.recipients = happening.recipients or others
    if _wants_mode(happening) and earlier.type == "REQUEST":
        happening.mode = list(earlier.mode)


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
    return doc[happening.head] if _answers(doc, happening, earlier) else None


def _answers(doc: Doc, happening: Happening, earlier: Happening) -> bool:
    """A refusal that names nothing ("but Ankara refused") answers what was asked of whoever refuses, in this sentence or the one before."""
    verb = doc[happening.head]
    if happening.type != "REJECT" or earlier.type not in facts()["answered"] or happening.named or not grammar.is_verbal(verb):
        return False
    if grammar.complements(verb) or grammar.patients(verb) or doc[earlier.head].sent.end < verb.sent.start:
        return False
    return any(same_side(asked, a) for asked in earlier.recipients for a in happening.actors)


def _who(doc: Doc, mentions: list[Mention]) -> str:
    return ", ".join(doc[m.range.start : m.range.end].text for m in mentions)
