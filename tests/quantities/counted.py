"""How many of the numbers of people and sums of money in the blind stories are found, and how many of those found are right.

Usage: python tests/quantities/counted.py [--show]

A label is found by a quantity over the same words; right means kind, bounds and unit as labelled. Numbers of what is no event for PLOVER
(an earthquake's dead) are labelled too, so recall has a ceiling: "with an event" counts only labels in a sentence in which some event
was coded. Stories with odd numbers may be read by whoever works on the coder (``--show`` shows those only), the others not.
"""

from __future__ import annotations

import sys
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from typing import Any, NamedTuple

import yaml

from dragoman import Coder
from dragoman.schema import Coding, Quantity

STORIES = Path(__file__).parents[1] / "stories"
PARTS = ("a", "b")


class Found(NamedTuple):
    """One story with what is wanted and what was found in it."""

    story: dict[str, Any]
    coding: Coding

    @property
    def is_odd(self) -> bool:
        return int(self.story["id"][1:]) % 2 == 1


def coded() -> list[Found]:
    """All blind stories that are there, with their codings."""
    files = [STORIES / f"{part}.yaml" for part in PARTS]
    stories = [s for file in files if file.exists() for s in yaml.safe_load(file.read_text(encoding="utf-8"))]
    codings = Coder().pipe({"id": s["id"], "text": s["text"], "published": str(s["published"])} for s in stories)
    return [Found(*pair) for pair in zip(stories, codings, strict=True)]


def scored(found: Found) -> Counter[str]:
    counts: Counter[str] = Counter()
    text, wanted = found.story["text"], found.story["quantities"]
    got = list(quantities(found.coding))
    used: set[int] = set()
    for want in wanted:
        start = text.find(want["words"])
        end = start + len(want["words"])
        near = [q for q in got if q.start < end and start < q.end]
        counts["wanted"] += 1
        counts["wanted with an event"] += any(s.start <= start < s.end for e in found.coding.events for s in e.evidence)
        counts["found"] += bool(near)
        same = [q for q in near if is_same(q, want)]
        counts["right"] += bool(same)
        used |= {id(q) for q in near}
        if found.is_odd and "--show" in sys.argv and not same:
            evented = "  " if any(s.start <= start < s.end for e in found.coding.events for s in e.evidence) else "no event:"
            print(evented, found.story["id"], "wanted", want, "got", [(q.text, q.kind, q.low, q.high) for q in near])
    counts["extra"] += sum(id(q) not in used for q in got)
    if found.is_odd and "--show" in sys.argv:
        for q in got:
            if id(q) not in used:
                print(found.story["id"], "extra", q.kind, q.low, q.high, text[max(q.start - 40, 0) : q.end + 40].replace("\n", " "))
    return counts


def quantities(coding: Coding) -> Iterator[Quantity]:
    return (q for event in coding.events for q in event.quantities)


def is_same(got: Quantity, want: dict[str, Any]) -> bool:
    return (got.kind, got.low, got.high, got.unit) == (want["kind"], want["low"], want["high"], want.get("unit"))


def figures(counts: Counter[str]) -> dict[str, float]:
    got = counts["found"] + counts["extra"]
    return {
        "precision": counts["right"] / got if got else 0.0,
        "recall": counts["right"] / counts["wanted"],
        "recall with an event": counts["right"] / counts["wanted with an event"],
    }


def main() -> None:
    scores: dict[int, list[Counter[str]]] = {0: [], 1: []}
    for found in coded():
        scores[found.is_odd].append(scored(found))
    for name, some in (("odd", scores[1]), ("even", scores[0]), ("all", scores[0] + scores[1])):
        counts = sum(some, Counter[str]())
        shown = ", ".join(f"{key} {value:.3f}" for key, value in figures(counts).items())
        print(f"{name:<5} {dict(counts)}\n      {shown}")


if __name__ == "__main__":
    main()
