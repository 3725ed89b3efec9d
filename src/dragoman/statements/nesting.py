"""In: drafts. Out: those that are no part of what another one attributes."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Mapping, Sequence

from dragoman.drafts import Range, is_among
from dragoman.language.tree import FINITE_TAGS, SUBJECTS, Tree
from dragoman.statements.drafting import Draft
from dragoman.statements.quotes import Marked
from dragoman.statements.sources import MAX_CLIMB

ASK = "ask"
DEEPEST_TOLD = 3  # "A said B had told C that D said ...": nobody writes more
CONTRASTING = frozenset({"while", "whereas"})


def parted(tree: Tree, drafts: Sequence[Draft]) -> None:
    """Take out of a content what belongs beside it: "noted that it rained and says so", "said it rained, citing a report"."""
    by_head = {draft.head: draft for draft in drafts}
    for draft in drafts:
        if draft.phrase:
            continue
        if tree.first(draft.head, *SUBJECTS) is not None:
            _cut(by_head.get(_outer_of_contrast(tree, draft.head)), tree.left[draft.head])
            _cut(*_outer_of_company(tree, draft.head, by_head))
            _take_in(tree, draft, by_head)
            continue
        if _is_stray(tree, draft.head):
            _unite(tree, draft, by_head)
            continue
        outer = _outer(tree, draft.head)
        start = draft.head - 1 if tree.dep[draft.head - 1] in ("cc", "advmod") else draft.head
        if outer is None:
            outer, start = _outer_of_participle(tree, draft.head), tree.left[draft.head]
        above = by_head.get(outer) if outer is not None else None
        if above is not None:
            _cut(above, start)
            draft.source = above.source


def _is_stray(tree: Tree, verb: int) -> bool:
    """The "replied" of "a guard, asked who it was, replied" and "a guard, who was said to sleep, replied": whose subject comes before."""
    finite = tree.tag[verb] in FINITE_TAGS and tree.dep[verb] in ("ccomp", "advcl") and tree.head[verb] < verb
    return finite and tree.words[verb - 1] == "," and tree.first(verb, "mark", "aux", "auxpass") is None


def _unite(tree: Tree, draft: Draft, by_head: Mapping[int, Draft]) -> None:
    """Give a verb its subject, and take it out of the contents of the verbs between."""
    source = None
    for above in tree.path(tree.head[draft.head]):
        outer = by_head.get(above)
        if outer is not None and above < draft.head:
            _cut(outer, draft.head)
            source = outer.source if source is None else source
            if outer.manner == ASK and tree.words[above - 1] == ",":
                outer.source, outer.quotes = None, False  # nobody says who asked
        if tree.dep[above] == "relcl":
            source = tree.head[above]
            break
    draft.source = draft.source if source is None else source


def _cut(draft: Draft | None, end: int) -> None:
    if draft is not None:
        draft.content = [Range(p.start, min(p.end, end)) for p in draft.content if p.start < end]


def _outer_of_contrast(tree: Tree, verb: int) -> int:
    """The "says" of "Rome says it rained, while Bern insists that it was dry", where the parser put Bern's part into Rome's; -1 if none."""
    clause, mark = tree.head[verb], tree.first(verb, "mark")
    outer = tree.head[clause]
    contrasts = mark is not None and tree.lower[mark] in CONTRASTING and tree.dep[verb] == "advcl"
    apart = tree.dep[clause] == "ccomp" and outer < clause < verb and tree.tag[outer] == tree.tag[verb]
    return outer if contrasts and apart else -1


def _take_in(tree: Tree, draft: Draft, by_head: Mapping[int, Draft]) -> None:
    """Give a verb of saying the clause into which it is put: "He hoped, he told the press, that it would rain" is what he told."""
    above, subject = tree.head[draft.head], tree.first(draft.head, "nsubj")
    put_in = tree.dep[draft.head] == "ccomp" and subject is not None and tree.left[subject] == above + 2 and tree.words[above + 1] == ","
    if put_in and draft.quotes and draft.content and draft.content[0].start > draft.head:
        draft.content.insert(0, Range(tree.left[above], above + 1))
        _cut(by_head.get(above), draft.head - 1)


def _outer_of_company(tree: Tree, verb: int, drafts: Mapping[int, Draft]) -> tuple[Draft | None, int]:
    """The attribution to which "..., with his spokesman saying it rained" is added, and where that begins."""
    prep = tree.head[verb]
    if tree.dep[verb] != "pcomp" or tree.lower[prep] != "with" or tree.words[prep - 1] != ",":
        return None, prep
    return next((drafts[above] for above in tree.path(prep) if above in drafts and above < prep), None), prep


def _outer_of_participle(tree: Tree, verb: int) -> int | None:
    """The verb of saying whose subject also does what a participle after a comma says, where the parser put that into the content."""
    if tree.tag[verb] != "VBG" or tree.dep[verb] not in ("advcl", "prep") or tree.words[tree.left[verb] - 1] != ",":
        return None
    clause = tree.head[verb]
    outer = tree.head[clause]
    return outer if tree.dep[clause] == "ccomp" and outer < clause < verb else None


def _outer(tree: Tree, verb: int) -> int | None:
    """The verb that a coordinated one belongs to, where the parser put it into that one's content."""
    inner = verb
    for _ in range(MAX_CLIMB):
        if tree.dep[inner] != "conj" or not tree.is_verb(inner):
            break
        inner = tree.head[inner]
    if inner == verb or tree.tag[verb] not in FINITE_TAGS:
        return None
    outer = tree.head[inner]
    if not tree.is_verb(inner):  # "called it shameful and said": no adjective or noun is coordinated with a finite verb
        return outer if tree.is_verb(outer) and outer < inner else None
    apart = tree.dep[inner] == "ccomp" and outer < inner and tree.tag[outer] == tree.tag[verb] != tree.tag[inner]
    return outer if apart else None


def unquoted(drafts: Sequence[Draft], quotes: Sequence[Marked]) -> None:
    """Take out of a content a quotation that has a cue of its own: ""It rained," he said, but "we stayed," said Lee"."""
    starts = [quote.start for quote in quotes]
    ends = {quote.start: quote.end for quote in quotes}
    own = sorted((d for d in drafts if d.quotes and d.content and d.content[0].start in ends and _is_outside(d.head, quotes)), key=_head)
    heads = [draft.head for draft in own]
    for draft in drafts:
        if not draft.quotes:
            continue
        for piece in draft.content:
            among = own[bisect_right(heads, piece.start) : bisect_left(heads, min(piece.end, draft.head))]
            inner = next((d for d in among if d.content[0].start == piece.start and ends[piece.start] <= d.head), None)
            if inner is not None:
                after = bisect_right(starts, inner.head)
                start = quotes[after].start if after < len(quotes) else draft.head
                draft.content = [Range(max(p.start, start), p.end) for p in draft.content if p.end > start]
                break


def _head(draft: Draft) -> int:
    return draft.head


def _is_outside(token: int, quotes: Sequence[Marked]) -> bool:
    before = bisect_right(quotes, token, key=lambda quote: quote.start) - 1
    return before < 0 or token >= quotes[before].end


def outermost(drafts: Sequence[Draft], length: int) -> list[Draft]:
    """Drafts in text order of their cues, without those whose cue stands in the content of a larger one."""
    taken = bytearray(length)
    kept: list[Draft] = []
    for draft in sorted(drafts, key=lambda d: (-_length(d), d.head)):
        if taken[draft.head]:
            continue
        for piece in draft.content:
            taken[piece.start : piece.end] = b"\1" * (piece.end - piece.start)
        kept.append(draft)
    return sorted(kept, key=lambda d: d.head)


def told_within(drafts: Sequence[Draft], kept: Sequence[Draft]) -> list[tuple[Draft, Draft]]:
    """Drafts that another one tells, each with the nearest that does: "he said" of "Lee said he said that it rained"; sources are named."""
    depth = {draft.head: 0 for draft in kept}
    nested: list[tuple[Draft, Draft]] = []
    around: dict[int, Draft] = {}
    for draft in sorted((*kept, *(d for d in drafts if d.head not in depth)), key=_length, reverse=True):
        outer = around.get(draft.head)
        if draft.head not in depth:
            if outer is None or depth[outer.head] == DEEPEST_TOLD or draft.source is None or not _is_told_in(draft, draft.source, outer):
                continue
            nested.append((draft, outer))
            depth[draft.head] = depth[outer.head] + 1
        for piece in draft.content:
            around.update(dict.fromkeys(range(piece.start, piece.end), draft))
    return nested


def _length(draft: Draft) -> int:
    return sum(piece.end - piece.start for piece in draft.content)


def _is_told_in(draft: Draft, source: int, outer: Draft) -> bool:
    """Whether cue, source and content all stand in what the other one tells."""
    edges = (t for piece in draft.content for t in (piece.start, piece.end - 1))
    return all(is_among(token, outer.content) for token in (draft.head, source, *edges))
