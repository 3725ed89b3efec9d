"""In: a folder of articles with brat annotations of source, cue and content (PolNeAR's shape). Out: how many attributions dragoman finds.

``text/STEM.txt`` and ``attributions/STEM_ANNOTATOR.ann``; offsets are code points of the file as it is. An attribution is right (AR-head)
when half of the words of its content agree with the gold's and the heads of both sources lie in each other.
"""

from __future__ import annotations

import json
import re
from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import NamedTuple

from dragoman.drafts import Layout, Range, Said, Stretch
from dragoman.errors import DragomanError
from dragoman.language import Annotated, annotate, load
from dragoman.statements import find
from dragoman.statements.sources import relative_subject

Spans = list[tuple[int, int]]
Words = frozenset[int]
KINDS = ("all", "direct", "mixed", "indirect")
CONTENT_AGREES = 0.5
MOSTLY_QUOTED = 0.9
BATCH = 32

TOKEN = re.compile(r"\w+(?:[.'’\-]\w+)*|[^\w\s]")
PARAGRAPH = re.compile(r"[^\n]+")
DOUBLE_MARKS = re.compile(r"“|”|\"|''|``|«|»")
SINGLE_QUOTED = re.compile(r"(?:(?<=^)|(?<=[\s(—]))[‘'](?=\w)(.{2,300}?[\w.,?!])[’'](?!\w)")
SPAN_LINE = re.compile(r"(T\d+)\t[\w-]+ (\d+ \d+(?:;\d+ \d+)*)(?:\t|$)")
EVENT_LINE = re.compile(r"E\d+\t(.*)")
BREAKS_NAME = re.compile(r"[,(;:—–\[\n]")
AFTER_HEAD = frozenset(
    "of for in at from with who which that whose to on by about as inside within among near close familiar involved including like "
    "because whom where when while after before during under over against into".split()
)
BEFORE_HEAD = frozenset(
    "the a an some many most several all no any one two three four five each every this those these both few more other another "
    "his her their its my our your".split()
)


class FolderError(DragomanError):
    """A folder that is not of the shape that the evaluation reads; the message says what is missing."""


class Text:
    """An article and its words, with which of its characters stand between quotation marks."""

    def __init__(self, stem: str, text: str) -> None:
        self.stem, self.text = stem, text
        self.tokens = [m.span() for m in TOKEN.finditer(text)]
        self.quoted = _quoted(text)

    def words(self, spans: Sequence[Sequence[int]], punctuation: bool = False) -> Words:
        """Tokens of which at least half the characters lie within one of the spans."""
        starts = [start for start, _ in self.tokens]
        found: set[int] = set()
        for start, end in spans:
            for token in range(*_overlapping(self.tokens, starts, start, end)):
                a, b = self.tokens[token]
                if 2 * (min(b, end) - max(a, start)) >= b - a and (punctuation or self.text[a].isalnum() or self.text[a] == "_"):
                    found.add(token)
        return frozenset(found)

    def word(self, token: int) -> str:
        start, end = self.tokens[token]
        return self.text[start:end]

    def kind(self, words: Words) -> str:
        within = sum(self.quoted[self.tokens[t][0]] for t in words)
        return "indirect" if not within else "direct" if within >= MOSTLY_QUOTED * len(words) else "mixed"

    def head(self, words: Words) -> int | None:
        """Last word of a source before its first comma, bracket, preposition or relative word."""
        head: int | None = None
        before: int | None = None
        for token in sorted(words):
            word, start = self.word(token).lower(), self.tokens[token][0]
            if head is not None and before is not None and (BREAKS_NAME.search(self.text[before:start]) or word in AFTER_HEAD):
                break
            if head is None or word not in BEFORE_HEAD | AFTER_HEAD:
                head = token
            before = self.tokens[token][1]
        return head


class Attribution(NamedTuple):
    """Source, cue and content as sets of tokens of the article."""

    source: Words
    cue: Words
    content: Words
    kind: str


@dataclass(frozen=True, slots=True)
class Miss:
    """An error and its class: missed, content, source or spurious."""

    why: str
    article: str
    gold: Attribution | None
    predicted: Attribution | None


@dataclass(frozen=True, slots=True)
class Rates:
    """Precision and recall, 0 to 1."""

    precision: float
    recall: float

    @property
    def f1(self) -> float:
        total = self.precision + self.recall
        return 2 * self.precision * self.recall / total if total else 0.0

    def __str__(self) -> str:
        return f"{100 * self.precision:5.1f} {100 * self.recall:5.1f} {100 * self.f1:5.1f}"


@dataclass(slots=True)
class Figures:
    """Weighted counts by (kind, what); articles with several annotators count once in all."""

    articles: int
    counts: Counter[tuple[str, str]] = field(default_factory=Counter)

    def rates(self, kind: str, measure: str) -> Rates:
        """``measure`` is ``content`` (half of the words agree), ``exact`` or ``head`` (content and source: AR-head)."""
        found, wanted = self.counts[kind, "predicted"], self.counts[kind, "gold"]
        return Rates(
            self.counts[kind, f"{measure} of predicted"] / found if found else 0.0,
            self.counts[kind, f"{measure} of gold"] / wanted if wanted else 0.0,
        )

    def lines(self) -> Iterator[str]:
        yield f"{self.articles} articles; an article's annotators share its weight"
        yield f"{'kind':9}{'gold':>6}{'found':>6} | content P/R/F1    | AR-head P/R/F1    | exact content"
        for kind in KINDS:
            gold, found = self.counts[kind, "gold"], self.counts[kind, "predicted"]
            measures = " | ".join(str(self.rates(kind, m)) for m in ("content", "head", "exact"))
            yield f"{kind:9}{gold:6.0f}{found:6.0f} | {measures}"


def evaluate(folder: Path, predictions: Path | None = None, errors: Path | None = None) -> Figures:
    """Find the statements of every article of ``folder`` and score them; write what was found, and the errors by class, where asked.

    FolderError where ``folder`` has no texts or no annotations.
    """
    gold = gold_of(folder)
    rows = predict({stem: text.text for stem, (text, _) in gold.items()})
    if predictions is not None:
        predictions.write_text("".join(json.dumps(r, ensure_ascii=False) + "\n" for r in rows), encoding="utf-8")
    figures, misses = score(gold, rows)
    if errors is not None:
        _write_errors(errors, gold, misses)
    return figures


# ---- gold


Gold = dict[str, tuple[Text, list[list[Attribution]]]]


def gold_of(folder: Path) -> Gold:
    """Per article its text and the attributions of each of its annotators. FolderError where there are none."""
    texts, annotations = sorted(folder.glob("text/*.txt")), sorted(folder.glob("attributions/*.ann"))
    if not texts or not annotations:
        raise FolderError(f"{folder}: text/*.txt and attributions/*.ann were expected")
    found: Gold = {}
    for path in texts:
        with path.open(encoding="utf-8", newline="") as stream:
            found[path.stem] = Text(path.stem, stream.read()), []
    for path in annotations:
        stem = path.stem.rsplit("_", 1)[0]
        if stem not in found:
            raise FolderError(f"{path}: no text/{stem}.txt")
        text, annotators = found[stem]
        annotators.append([a for a in (_attribution(text, roles) for roles in annotated(path)) if a.content])
    return {stem: value for stem, value in found.items() if value[1]}


def annotated(path: Path) -> Iterator[dict[str, Spans]]:
    """The spans of source, cue and content of each attribution in a brat file."""
    spans: dict[str, Spans] = {}
    events: list[list[list[str]]] = []
    for line in path.read_text(encoding="utf-8").split("\n"):
        if match := SPAN_LINE.match(line):
            spans[match[1]] = [(int(a), int(b)) for a, b in (piece.split() for piece in match[2].split(";"))]
        elif match := EVENT_LINE.match(line):
            events.append([part.split(":") for part in match[1].split()])
    for event in events:
        roles: dict[str, Spans] = defaultdict(list)
        for role, name in event:
            roles[role.rstrip("0123456789").lower()] += spans.get(name, [])
        if roles["content"]:
            yield {role: sorted(roles[role]) for role in ("source", "cue", "content")}


def _attribution(text: Text, roles: Mapping[str, Sequence[Sequence[int]]]) -> Attribution:
    content = text.words(roles.get("content") or [])
    return Attribution(text.words(roles.get("source") or []), text.words(roles.get("cue") or [], True), content, text.kind(content))


def _quoted(text: str) -> bytearray:
    """1 for each character between quotation marks; a mark that is never closed reaches to the end of its paragraph."""
    inside = bytearray(len(text) + 1)
    for paragraph in PARAGRAPH.finditer(text):
        base, words = paragraph.start(), paragraph.group()
        start: int | None = None
        for mark in DOUBLE_MARKS.finditer(words):
            if start is None:
                start = mark.end() if mark.group() not in "”»" else None
            elif mark.group() not in ("“", "«", "``"):
                inside[base + start : base + mark.start()] = b"\1" * (mark.start() - start)
                start = None
        if start is not None:
            inside[base + start : base + len(words)] = b"\1" * (len(words) - start)
        for single in SINGLE_QUOTED.finditer(words):
            inside[base + single.start(1) : base + single.end(1)] = b"\1" * (single.end(1) - single.start(1))
    return inside


def _overlapping(tokens: Sequence[tuple[int, int]], starts: Sequence[int], start: int, end: int) -> tuple[int, int]:
    from bisect import bisect_left, bisect_right

    first = max(bisect_right(starts, start) - 1, 0)
    if first < len(tokens) and tokens[first][1] <= start:
        first += 1
    return first, max(first, bisect_left(starts, end))


# ---- predictions


def layout(text: str) -> Layout:
    """Every line that holds anything is a paragraph, so that offsets are those of the file."""
    found = []
    for line in PARAGRAPH.finditer(text):
        left = len(line.group()) - len(line.group().lstrip())
        if line.group().strip():
            found.append(Stretch(line.start() + left, line.start() + len(line.group().rstrip())))
    return Layout(paragraphs=tuple(found))


def predict(texts: Mapping[str, str]) -> list[dict[str, object]]:
    """One row for each attribution found, in the acceptance script's format: doc, source, cue, content, kind; offsets in characters."""
    stems, nlp = list(texts), load()
    rows: list[dict[str, object]] = []
    for first in range(0, len(stems), BATCH):
        batch = stems[first : first + BATCH]
        parsed = annotate(nlp, [(texts[s], layout(texts[s])) for s in batch])
        for stem, article in zip(batch, parsed, strict=True):
            rows += [_row(stem, article, said) for said in find(article)[0]]
    return rows


def _row(stem: str, article: Annotated, said: Said) -> dict[str, object]:
    def spans(ranges: Sequence[Range | None]) -> list[list[int]]:
        return [list(article.chars(r)) for r in ranges if r is not None]

    return {"doc": stem, "source": spans([_source_as_annotated(article, said)]), "cue": spans([said.cue]), "content": spans(said.content), "kind": said.kind}


def _source_as_annotated(article: Annotated, said: Said) -> Range | None:
    """The gold marks the "who" of a relative clause, where dragoman names whom it stands for."""
    if said.source is None or said.cue_head is None:
        return said.source
    pronoun = relative_subject(article[said.cue_head])
    return said.source if pronoun is None else Range(pronoun, pronoun + 1)


# ---- scores


def score(gold: Gold, rows: Sequence[Mapping[str, object]]) -> tuple[Figures, list[Miss]]:
    """Figures and errors of predictions as ``predict`` gives them. FolderError for an article that is not in the gold."""
    predicted: dict[str, list[Attribution]] = defaultdict(list)
    for row in rows:
        stem = str(row["doc"])
        if stem not in gold:
            raise FolderError(f"predictions: unknown article {stem}")
        found = _attribution(gold[stem][0], row)  # type: ignore[arg-type]
        if found.content:
            predicted[stem].append(found)
    figures, misses = Figures(len(gold)), list[Miss]()
    for stem, (text, annotators) in gold.items():
        for annotations in annotators:
            _count(figures.counts, text, annotations, predicted[stem], 1 / len(annotators), misses)
    return figures, misses


def _count(counts: Counter[tuple[str, str]], text: Text, gold: list[Attribution], found: list[Attribution], weight: float, misses: list[Miss]) -> None:
    pairs = dict(paired(gold, found))
    for kind, one in ((k, a) for a in gold for k in ("all", a.kind)):
        counts[kind, "gold"] += weight  # type: ignore[assignment]
        del one
    for kind, one in ((k, a) for a in found for k in ("all", a.kind)):
        counts[kind, "predicted"] += weight  # type: ignore[assignment]
        del one
    for g, p in pairs.items():
        for measure in _measures(text, gold[g], found[p]):
            for side, kind in (("gold", gold[g].kind), ("predicted", found[p].kind)):
                for k in ("all", kind):
                    counts[k, f"{measure} of {side}"] += weight  # type: ignore[assignment]
    for g, one in enumerate(gold):
        right = _measures(text, one, found[pairs[g]]) if g in pairs else []
        if "head" not in right:
            misses.append(Miss("missed" if g not in pairs else "source" if "content" in right else "content", text.stem, one, found[pairs[g]] if g in pairs else None))
    misses += [Miss("spurious", text.stem, None, one) for p, one in enumerate(found) if p not in set(pairs.values())]


def _measures(text: Text, gold: Attribution, found: Attribution) -> list[str]:
    """Which of content, exact and head are right."""
    right = []
    if _agreement(gold.content, found.content) >= CONTENT_AGREES:
        right.append("content")
        if _same_source(text, gold.source, found.source):
            right.append("head")
    if gold.content == found.content:
        right.append("exact")
    return right


def _same_source(text: Text, gold: Words, found: Words) -> bool:
    if not gold or not found:
        return not gold and not found
    return text.head(gold) in found and text.head(found) in gold


def _agreement(one: Words, other: Words) -> float:
    return 2 * len(one & other) / (len(one) + len(other)) if one and other else 0.0


def paired(gold: Sequence[Attribution], found: Sequence[Attribution]) -> list[tuple[int, int]]:
    """The one-to-one pairs with the greatest sum of agreement between contents; cues and sources break ties."""
    worth: dict[tuple[int, int], float] = {}
    by_word: dict[int, list[int]] = defaultdict(list)
    for p, one in enumerate(found):
        for word in one.content:
            by_word[word].append(p)
    for g, one in enumerate(gold):
        for p in sorted({p for word in one.content for p in by_word[word]}):
            other = found[p]
            ties = 1e-4 * _agreement(one.cue, other.cue) + 1e-5 * _agreement(one.source, other.source)
            worth[g, p] = _agreement(one.content, other.content) + ties
    return [pair for group in _groups(worth) for pair in _best(group, worth)]


def _groups(worth: Mapping[tuple[int, int], float]) -> list[list[tuple[int, int]]]:
    """Pairs that share a member, directly or through others."""
    group_of: dict[tuple[str, int], list[tuple[int, int]]] = {}
    for g, p in worth:
        left, right = group_of.get(("gold", g), []), group_of.get(("found", p), [])
        merged = left + [pair for pair in right if left is not right] + [(g, p)]
        for a, b in merged:
            group_of["gold", a] = group_of["found", b] = merged
    unique: dict[int, list[tuple[int, int]]] = {id(group): group for group in group_of.values()}
    return list(unique.values())


def _best(group: Sequence[tuple[int, int]], worth: Mapping[tuple[int, int], float]) -> list[tuple[int, int]]:
    """The best assignment by augmenting paths: each gold in turn takes the place that costs the others least (Kuhn and Munkres)."""
    golds, founds = sorted({g for g, _ in group}), sorted({p for _, p in group})
    # one empty place for each gold, so that going without a partner is possible
    cost = [[-worth.get((g, p), 0.0) for p in founds] + [0.0] * len(golds) for g in golds]
    holder = _assignment(cost)
    return [(golds[row], founds[place]) for place, row in holder.items() if place < len(founds) and (golds[row], founds[place]) in worth]


def _assignment(cost: Sequence[Sequence[float]]) -> dict[int, int]:
    """Column to row of the cheapest assignment of every row to a column of its own; not more rows than columns."""
    price, holder = [0.0] * len(cost[0]), dict[int, int]()
    relief = [0.0] * len(cost)
    for row in range(len(cost)):
        distance, came_from, done, current = {}, {}, dict[int, float](), row
        least, last = 0.0, -1
        while True:
            for column in range(len(price)):
                if column in done:
                    continue
                through = least + cost[current][column] - relief[current] - price[column]
                if column not in distance or through < distance[column]:
                    distance[column], came_from[column] = through, last
            nearest = min((c for c in distance if c not in done), key=lambda c: (distance[c], c))
            least = done[nearest] = distance[nearest]
            last = nearest
            if nearest not in holder:
                break
            current = holder[nearest]
        for column, at in done.items():
            price[column] -= least - at
            if column in holder:
                relief[holder[column]] += least - at
        relief[row] += least
        while last != -1:
            before = came_from[last]
            holder[last] = row if before == -1 else holder[before]
            last = before
    return holder


# ---- errors


def _write_errors(path: Path, gold: Gold, misses: Sequence[Miss]) -> None:
    """A tab-separated line for each error, sorted by class: class, kind, article, then source, cue and content of both sides."""
    header = ["class", "kind", "article", *(f"{side} {part}" for side in ("gold", "predicted") for part in ("source", "cue", "content"))]
    lines = [header]
    for miss in sorted(misses, key=lambda m: (m.why, m.article)):
        text = gold[miss.article][0]
        sides = [_written(text, part) for one in (miss.gold, miss.predicted) for part in ((one.source, one.cue, one.content) if one else (frozenset(),) * 3)]
        lines.append([miss.why, (miss.gold or miss.predicted).kind, miss.article, *sides])  # type: ignore[union-attr]
    path.write_text("".join("\t".join(line) + "\n" for line in lines), encoding="utf-8")


def _written(text: Text, words: Words) -> str:
    """The words in text order, " … " where some are left out."""
    found, before = "", None
    for token in sorted(words):
        gap = "" if before is None else " " if token - before == 1 else " … "
        found, before = found + gap + text.word(token), token
    return found
