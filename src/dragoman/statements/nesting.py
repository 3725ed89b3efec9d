"""In: drafts. Out: those that are no part of what another one attributes."""

from __future__ import annotations

from collections.abc import Sequence

from dragoman.drafts import Range
from dragoman.statements.drafting import Draft
from dragoman.statements.tree import FINITE, Tree


def parted(tree: Tree, drafts: Sequence[Draft]) -> None:
    """Take "and says so" out of the content of "he noted that it rained and says so": its tense is that of the outer verb."""
    by_head = {draft.head: draft for draft in drafts}
    for draft in drafts:
        outer = _outer(tree, draft.head)
        above = by_head.get(outer) if outer is not None else None
        if above is None or tree.first(draft.head, "nsubj", "nsubjpass") is not None:
            continue
        start = draft.head - 1 if tree.dep[draft.head - 1] in ("cc", "advmod") else draft.head
        above.content = [Range(p.start, min(p.end, start)) for p in above.content if p.start < start]
        draft.source = above.source


def _outer(tree: Tree, verb: int) -> int | None:
    """The verb that a coordinated one belongs to, where the parser put it into that one's content."""
    inner = verb
    while tree.dep[inner] == "conj" and tree.is_verb(inner):
        inner = tree.head[inner]
    if inner == verb or tree.tag[verb] not in FINITE:
        return None
    outer = tree.head[inner]
    if not tree.is_verb(inner):  # "called it shameful and said": no adjective or noun is coordinated with a finite verb
        return outer if tree.is_verb(outer) and outer < inner else None
    apart = tree.dep[inner] == "ccomp" and outer < inner and tree.tag[outer] == tree.tag[verb] != tree.tag[inner]
    return outer if apart else None


def outermost(drafts: Sequence[Draft], length: int) -> list[Draft]:
    """Drafts in text order of their cues, without those whose cue stands in the content of a larger one."""
    taken = bytearray(length)
    kept: list[Draft] = []
    for draft in sorted(drafts, key=lambda d: (-sum(p.end - p.start for p in d.content), d.head)):
        if taken[draft.head]:
            continue
        for piece in draft.content:
            taken[piece.start : piece.end] = b"\1" * (piece.end - piece.start)
        kept.append(draft)
    return sorted(kept, key=lambda d: d.head)
