"""Scores the dates in the sentences of expressions.yaml, which were written by somebody who does not see what the coder finds.

    python tests/when/expressions.py           # value and precision right, by class and for both halves
    python tests/when/expressions.py --show    # and what is wrong among the odd numbers: the even ones are held out, never read them

In: expressions.yaml. Out: the figures. An expression is right if the date that overlaps it has its value and precision, and an expression
without a value if no date is made of it.
"""

from __future__ import annotations

import sys
from collections import defaultdict
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any, NamedTuple

import yaml

from dragoman import when
from dragoman.drafts import Layout, Stretch
from dragoman.language import annotate, load

FILE = Path(__file__).parent / "expressions.yaml"
FIELDS = ("value", "until", "precision")
Item = dict[str, Any]


class Scored(NamedTuple):
    """An expression with what was found for it: value, until and precision."""

    item: Item
    found: tuple[str | None, ...]

    @property
    def wanted(self) -> tuple[str | None, ...]:
        return tuple(None if self.item[name] is None else str(self.item[name]) for name in FIELDS)

    @property
    def is_right(self) -> bool:
        return self.found[::2] == self.wanted[::2]

    @property
    def is_whole(self) -> bool:
        """Whether its last day is right as well; that of a week goes without saying."""
        return self.is_right and (self.found[1] == self.wanted[1] or self.wanted[2] == "week")

    @property
    def is_invented(self) -> bool:
        return self.wanted[0] is None and self.found[0] is not None

    @property
    def is_odd(self) -> bool:
        return bool(self.item["id"] % 2)


def items() -> list[Item]:
    loaded: list[Item] = yaml.safe_load(FILE.read_text(encoding="utf-8"))
    return loaded


def scored(given: Sequence[Item]) -> list[Scored]:
    texts = [item["sentence"] for item in given]
    parsed = annotate(load(), [(text, Layout(paragraphs=tuple(paragraphs(text)))) for text in texts])
    result = []
    for item, annotated in zip(given, parsed, strict=True):
        start, end = place(item)
        times = when.find(annotated, None if item["published"] is None else str(item["published"]))
        spans = [annotated.chars(time.range) for time in times]
        over = [
            (min(end, last) - max(start, first), time)
            for (first, last), time in zip(spans, times, strict=True)
            if first < end and start < last
        ]
        best = max(over, key=lambda pair: (pair[1].value is not None, pair[0]), default=(0, None))[1]
        result.append(Scored(item, (best.value, best.until, best.precision) if best else (None, None, None)))
    return result


def place(item: Item) -> tuple[int, int]:
    """Where the expression stands; the whole sentence, where it has none."""
    if item["expression"] is None:
        return 0, len(item["sentence"])
    start = item["sentence"].index(str(item["expression"]))
    return start, start + len(str(item["expression"]))


def paragraphs(text: str) -> Iterator[Stretch]:
    start = 0
    for line in text.splitlines(keepends=True):
        if line.strip():
            yield Stretch(start, start + len(line.rstrip()))
        start += len(line)


def share(of: Sequence[Scored]) -> float:
    return sum(one.is_right for one in of) / len(of) if of else 0.0


def lines(results: Sequence[Scored]) -> Iterator[str]:
    groups: dict[str, list[Scored]] = defaultdict(list)
    for one in results:
        groups[one.item["class"]].append(one)
    halves = [("all", list(results))]
    halves += [(name, [one for one in results if one.is_odd == odd]) for name, odd in (("odd", True), ("even", False))]
    for name, of in [*groups.items(), *halves]:
        yield f"{name:24} {sum(one.is_right for one in of):4} of {len(of):4} right ({share(of):.3f})"
    yield f"until right as well: {sum(one.is_whole for one in results)} of {len(results)}"
    yield f"invented: {sum(one.is_invented for one in results)} of {sum(one.wanted[0] is None for one in results)} without a value"


def main() -> None:
    results = scored(items())
    if "--show" in sys.argv[1:]:
        for one in results:
            if one.is_odd and not one.is_whole:
                item = one.item
                print(f"{item['id']} {item['class']} {item['published']}: {item['sentence']!r} [{item['expression']}]")
                print(f"    wanted {one.wanted}, found {one.found}{'' if one.is_right else '  WRONG'}")
    print("\n".join(lines(results)))


if __name__ == "__main__":
    main()
