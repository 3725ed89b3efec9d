"""In: a folder of articles with brat annotations of source, cue and content. Out: the attributions as sets of words of their article.

``text/STEM.txt`` and ``attributions/STEM_ANNOTATOR.ann``; offsets are code points of the file as it is.
"""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from functools import cache
from importlib import resources
from pathlib import Path
from typing import NamedTuple

from dragoman.learn.errors import EvaluationError
from dragoman.tables import rows

Spans = list[tuple[int, int]]
Words = frozenset[int]
MOSTLY_QUOTED = 0.9

TOKEN = re.compile(r"\w+(?:[.'’\-]\w+)*|[^\w\s]")
PARAGRAPH = re.compile(r"[^\n]+")
DOUBLE_MARKS = re.compile(r"“|”|\"|''|``|«|»")
SINGLE_QUOTED = re.compile(r"(?:(?<=^)|(?<=[\s(—]))[‘'](?=\w)(.{2,300}?[\w.,?!])[’'](?!\w)")
SPAN_LINE = re.compile(r"(T\d+)\t[\w-]+ (\d+ \d+(?:;\d+ \d+)*)(?:\t|$)")
EVENT_LINE = re.compile(r"E\d+\t(.*)")
BREAKS_NAME = re.compile(r"[,(;:—–\[\n]")


@cache
def _head_words() -> tuple[frozenset[str], frozenset[str]]:
    """Words that end the part of a source in which its head stands, and words that are never a head."""
    places = {word: place for _, (word, place) in rows(resources.files("dragoman.learn"), "source_heads.tsv", ("word", "place"))}
    after = frozenset(word for word, place in places.items() if place == "after")
    return after, frozenset(places)


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
        after, never = _head_words()
        head: int | None = None
        before: int | None = None
        for token in sorted(words):
            word, start = self.word(token).lower(), self.tokens[token][0]
            if head is not None and before is not None and (BREAKS_NAME.search(self.text[before:start]) or word in after):
                break
            if head is None or word not in never:
                head = token
            before = self.tokens[token][1]
        return head


class Attribution(NamedTuple):
    """Source, cue and content as sets of tokens of the article."""

    source: Words
    cue: Words
    content: Words
    kind: str


Gold = dict[str, tuple[Text, list[list[Attribution]]]]


def gold_of(folder: Path) -> Gold:
    """Per article its text and the attributions of each of its annotators. EvaluationError where there are none, or a file is broken."""
    texts, annotations = sorted(folder.glob("text/*.txt")), sorted(folder.glob("attributions/*.ann"))
    if not texts or not annotations:
        raise EvaluationError(f"{folder}: text/*.txt and attributions/*.ann were expected")
    found: Gold = {}
    for path in texts:
        found[path.stem] = Text(path.stem, _read(path)), []
    for path in annotations:
        stem = path.stem.rsplit("_", 1)[0]
        if stem not in found:
            raise EvaluationError(f"{path}: no text/{stem}.txt")
        text, annotators = found[stem]
        annotators.append([a for a in (attribution(text, roles) for roles in annotated(path)) if a.content])
    return {stem: value for stem, value in found.items() if value[1]}


def _read(path: Path) -> str:
    """The text with its line ends as they are, because offsets count them."""
    try:
        return path.read_bytes().decode("utf-8")
    except (OSError, UnicodeDecodeError) as error:
        raise EvaluationError(f"{path}: cannot be read: {error}") from error


def annotated(path: Path) -> Iterator[dict[str, Spans]]:
    """The spans of source, cue and content of each attribution in a brat file. EvaluationError names the line that is broken."""
    spans: dict[str, Spans] = {}
    events: list[list[list[str]]] = []
    for number, line in enumerate(_read(path).split("\n"), 1):
        if match := SPAN_LINE.match(line):
            spans[match[1]] = [(int(a), int(b)) for a, b in (piece.split() for piece in match[2].split(";"))]
        elif match := EVENT_LINE.match(line):
            events.append([part.split(":") for part in match[1].split()])
            if any(len(part) != 2 for part in events[-1]):
                raise EvaluationError(f"{path}:{number}: pairs as Source:T1 were expected")
    for event in events:
        roles: dict[str, Spans] = defaultdict(list)
        for role, name in event:
            roles[role.rstrip("0123456789").lower()] += spans.get(name, [])
        if roles["content"]:
            yield {role: sorted(roles[role]) for role in ("source", "cue", "content")}


def attribution(text: Text, roles: Mapping[str, Sequence[Sequence[int]]]) -> Attribution:
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
    first = max(bisect_right(starts, start) - 1, 0)
    if first < len(tokens) and tokens[first][1] <= start:
        first += 1
    return first, max(first, bisect_left(starts, end))
