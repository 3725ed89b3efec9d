"""How many events of the blind stories get the right place: ``python tests/where/placed.py [STORIES.yaml ...]``.

In: tests/stories/*.yaml, or the files named; their lists ``places`` as tests/stories/conventions.md describes them. Out: the shares, and
with ``--errors`` what is wrong, of odd-numbered stories only. An event is right where its place has the name and country of the label, or
where both have none. Labels of which no event is coded are counted apart.
"""

from __future__ import annotations

import re
import sys
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import yaml

from dragoman import Coder
from dragoman.knowledge.gazetteer import folded
from dragoman.schema import Coding, Event, Place

CODES = {"XKX": "KOS"}  # as the knowledge of actors has it
STORIES = Path(__file__).parents[1] / "stories"


@dataclass(frozen=True, slots=True)
class Judged:
    """One label: right, other (another place), invented (should have none), missing (has none), country, or uncoded."""

    story: str
    words: str
    wanted: str | None
    found: str | None
    verdict: str

    @property
    def is_readable(self) -> bool:
        """Whether the story may be read by whoever works on the coder: the odd-numbered."""
        return int(re.sub(r"\D", "", self.story) or 0) % 2 == 1


def judged(story: dict[str, Any], coding: Coding) -> Iterator[Judged]:
    for label in story.get("places") or []:
        events = [e for e in coding.events if overlaps(story["text"], str(label["event"]), e)]
        wanted = label.get("place")
        if not events:
            yield Judged(story["id"], label["event"], wanted, None, "uncoded")
            continue
        verdicts = [(verdict(wanted, label.get("country"), e.place), e.place.text if e.place else None) for e in events]
        best = next((v for v in verdicts if v[0] == "right"), verdicts[0])
        yield Judged(story["id"], label["event"], wanted, best[1], best[0])


def overlaps(text: str, words: str, event: Event) -> bool:
    return any(
        m.start() < event.trigger.end and event.trigger.start < m.end() for m in re.finditer(rf"(?<!\w){re.escape(words)}(?!\w)", text)
    )


def verdict(wanted: str | None, country: str | None, place: Place | None) -> str:
    if wanted is None or place is None:
        return "right" if wanted is None and place is None else "invented" if wanted is None else "missing"
    names = [folded(name) for name in (place.text, place.name) if name]
    if not any(is_alike(folded(wanted), name) for name in names):
        return "other"
    return "right" if place.country in (None, CODES.get(country or "", country)) or country is None else "country"


def is_alike(wanted: str, name: str) -> bool:
    """One name within the other, at the bounds of words: "Saudi desert" is no "Saudi Arabia", "Aleppo" is "Aleppo province"."""
    return f" {name} " in f" {wanted} " or f" {wanted} " in f" {name} "


def results(files: list[Path]) -> list[Judged]:
    coder = Coder()
    stories = [story for file in files for story in yaml.safe_load(file.read_text(encoding="utf-8"))]
    codings = coder.pipe({"id": s["id"], "text": s["text"], "published": str(s.get("published") or "") or None} for s in stories)
    return [one for story, coding in zip(stories, codings, strict=True) for one in judged(story, coding)]


def share(found: list[Judged]) -> tuple[int, int]:
    coded = [one for one in found if one.verdict != "uncoded"]
    return sum(one.verdict == "right" for one in coded), len(coded)


def main() -> None:
    names = [argument for argument in sys.argv[1:] if not argument.startswith("--")]
    found = results([Path(name) for name in names] or sorted(STORIES.glob("?.yaml")))
    groups = (("all", found), ("odd", [f for f in found if f.is_readable]), ("even", [f for f in found if not f.is_readable]))
    for name, group in groups:
        for kind, part in (
            ("", group),
            (" with a place", [g for g in group if g.wanted]),
            (" without", [g for g in group if not g.wanted]),
        ):
            right, coded = share(part)
            verdicts = ", ".join(f"{n} {v}" for v, n in sorted(Counter(g.verdict for g in part).items()))
            print(f"{name + kind:<20} {right} of {coded} events right ({right / max(1, coded):.1%}); {verdicts}")
    if "--errors" in sys.argv:
        for one in found:
            if one.is_readable and one.verdict not in ("right", "uncoded"):
                print(f"{one.verdict}\t{one.story}\t{one.words}\twanted {one.wanted}\tfound {one.found}")


if __name__ == "__main__":
    main()
