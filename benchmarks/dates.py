"""In: a file like gold/dates_dev.jsonl (text, published, timexes with TIMEX3 values). Out: how many are found, how many right.

Usage: python benchmarks/dates.py FILE [--errors OUT.tsv]

TIMEX3 values are compared in our terms: a week is its Monday, "199X" the decade, XX what is not said. Durations, repeated times and
"now" are no dates here; a gold date without a usable value (P1W, 1998-FA) counts for the spans only.
"""

from __future__ import annotations

import argparse
import json
import re
import sys
from collections import Counter
from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import Any

from dragoman import when
from dragoman.drafts import Layout, Stretch, TimeMention
from dragoman.language import Annotated, annotate, load

PARAGRAPH = re.compile(r"\S(?:.*?\S)??(?=\s*\n\s*\n|\s*\Z)", re.DOTALL)
CLASSES = (
    ("weekday", re.compile(r"(?:mon|tues|wednes|thurs|fri|satur|sun)day(?: \w+)?(?:'s)?")),
    ("day and month", re.compile(r"(?:\w+day, )?[a-z]{3,9}\.? \d{1,2}(?:st|nd|rd|th)?\.?|\d{1,2} [a-z]{3,9}|\d{1,2}")),
    ("full date", re.compile(r".*\d{1,2}, \d{4}")),
    ("year", re.compile(r"\d{4}")),
    (
        "month",
        re.compile(r"(?:early |late |mid|last |next |this )?[- ]?(?:jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)[a-z.]*(?: \d{4})?"),
    ),
    ("day word", re.compile(r"today|tonight|tomorrow|yesterday")),
    ("relative", re.compile(r"(?:the |early |late |earlier |later )?(?:last|this|next|past) \w+.?")),
    ("ago", re.compile(r".* ago")),
    ("decade", re.compile(r".*\d0s")),
)


def class_of(text: str) -> str:
    return next((name for name, pattern in CLASSES if pattern.fullmatch(text.lower())), "other")


def in_our_terms(value: str) -> str | None:
    """A TIMEX3 value as a record would give it, or None where it has no such form."""
    value = re.sub(r"(?:T.*|(?:-XX)+)$", "", value)
    if week := re.fullmatch(r"(\d{4})-W(\d{1,2})", value):
        return date.fromisocalendar(int(week[1]), int(week[2]), 1).isoformat()
    if decade := re.fullmatch(r"(\d{3})X", value):
        return f"{decade[1]}0"
    return value if re.fullmatch(r"\d{4}(?:-\d\d){0,2}", value) else None


def wanted(row: dict[str, Any]) -> list[dict[str, Any]]:
    return [t for t in row["timexes"] if t["type"] in ("DATE", "TIME") and not t["value"].endswith("_REF")]


def parsed(rows: list[dict[str, Any]]) -> list[Annotated]:
    layouts = [Layout(paragraphs=tuple(Stretch(*match.span()) for match in PARAGRAPH.finditer(row["text"]))) for row in rows]
    return annotate(load(), [(row["text"], layout) for row, layout in zip(rows, layouts, strict=True)])


def judged(row: dict[str, Any], annotated: Annotated, mentions: list[TimeMention]) -> Iterator[tuple[str, str, str, str]]:
    """Class, verdict, what was wanted and what was found, for each date of the gold and for each that it does not have."""
    spans = [annotated.chars(mention.range) for mention in mentions]
    used: set[int] = set()
    for timex in wanted(row):
        place = next((i for i, (start, end) in enumerate(spans) if start < timex["end"] and timex["start"] < end), None)
        context = row["text"][max(0, timex["start"] - 60) : timex["end"] + 30].replace("\n", " ")
        name, gold = class_of(timex["text"]), in_our_terms(timex["value"])
        shown = f"{timex['text']!r} {timex['value']} in {row['published']}: {context}"
        if place is None:
            yield name, "missed", shown, ""
            continue
        used.add(place)
        mention = mentions[place]
        found = annotated.span(mention.range).text
        yield name, "exact" if found == timex["text"].strip(" .,") else "overlap", shown, found
        if gold is not None:
            ends = mention.value, mention.until
            verdict = "right" if gold in ends else "unknown" if mention.value is None else "wrong"
            yield name, verdict, shown, f"{found!r} {mention.value}"
    anything = [(t["start"], t["end"]) for t in row["timexes"]]
    for place, (start, end) in enumerate(spans):
        if place not in used and not any(start < b and a < end for a, b in anything):
            yield "spurious", "extra", "", row["text"][max(0, start - 30) : end + 30].replace("\n", " ")


def table(judgements: list[tuple[str, str, str, str]]) -> Iterator[str]:
    counts = Counter((name, verdict) for name, verdict, _, _ in judgements)
    names = [name for name, _ in CLASSES] + ["other"]
    yield f"{'class':14} {'dates':>6} {'found':>6} {'exact':>6} {'valued':>7} {'right':>6} {'null':>6} {'wrong':>6}"
    for name in [*names, "all"]:
        of = Counter({v: sum(counts[n, v] for n in (names if name == "all" else [name])) for _, v in counts})
        found, valued = of["exact"] + of["overlap"], of["right"] + of["unknown"] + of["wrong"]
        figures = f"{found + of['missed']:6} {found:6} {of['exact']:6} {valued:7} {of['right']:6} {of['unknown']:6} {of['wrong']:6}"
        yield f"{name:14} {figures}"
    found = sum(n for (_, v), n in counts.items() if v in ("exact", "overlap"))
    gold, extra = found + sum(n for (_, v), n in counts.items() if v == "missed"), counts["spurious", "extra"]
    right, valued = (sum(n for (_, v), n in counts.items() if v in verdicts) for verdicts in (("right",), ("right", "wrong", "unknown")))
    yield f"spans: recall {found / max(gold, 1):.3f}, precision {found / max(found + extra, 1):.3f}"
    yield f"values of dates found: {right / max(valued, 1):.3f} right"


def main() -> None:
    options = argparse.ArgumentParser(description="How well dates are found and valued.")
    options.add_argument("file", type=Path)
    options.add_argument("--errors", type=Path, help="write what is not exact or not right, one a line")
    given = options.parse_args()
    if not given.file.is_file():
        sys.exit(f"{given.file}: no such file; give one like gold/dates_dev.jsonl")
    rows = [json.loads(line) for line in given.file.read_text(encoding="utf-8").splitlines() if line.strip()]
    judgements = [j for row, text in zip(rows, parsed(rows), strict=True) for j in judged(row, text, when.find(text, row["published"]))]
    print("\n".join(table(judgements)))
    if given.errors:
        lines = ["\t".join(j) for j in judgements if j[1] not in ("exact", "right")]
        given.errors.write_text("\n".join(sorted(lines)) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
