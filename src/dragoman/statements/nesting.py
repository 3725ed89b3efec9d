"""In: drafts. Out: those that are no part of what another one attributes."""

from __future__ import annotations

from collections.abc import Sequence

from dragoman.statements.drafting import Draft


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
