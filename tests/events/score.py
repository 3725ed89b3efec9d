"""Compares what the coder finds in the hand-judged cases with what they expect.

python tests/events/score.py             # differences and figures
python tests/events/score.py --gaps      # also writes them to gaps.txt, which test_events_cases.py holds them to: read it, then commit it
python tests/events/score.py --heldout   # figures, and figures only, on sentences that nobody has looked at since they were written
"""

from __future__ import annotations

import sys
from collections import Counter
from pathlib import Path
from typing import Any

import yaml

from dragoman import Coder
from dragoman.schema import Entity, Event

CASES = Path(__file__).parent / "cases"
GAPS = Path(__file__).parent / "gaps.txt"
HELDOUT = Path(__file__).parent / "heldout.yaml"


def cases(file: Path) -> list[dict[str, Any]]:
    loaded: list[dict[str, Any]] = yaml.safe_load(file.read_text(encoding="utf-8"))
    return loaded


def files() -> list[Path]:
    return sorted(CASES.glob("*.yaml"))


def texts_with_gaps() -> frozenset[str]:
    """The texts that gaps.txt names; the lines below each, indented, say what is wrong."""
    lines = GAPS.read_text(encoding="utf-8").splitlines()
    return frozenset(line.split(": ", 1)[1] for line in lines if line and not line.startswith(("#", " ")))


def codes(entities: list[Entity]) -> set[str]:
    return {f"{e.country or '-'} {e.sector or ''}".strip() for e in entities}


def countries(codes: set[str]) -> set[str]:
    return {code.split()[0] for code in codes}


def differences(case: dict[str, Any], events: list[Event]) -> list[str]:
    """What is not as expected: events missed, spurious, or with another type, countries, mode, auxiliary mode or status."""
    found, left = [], list(events)
    for want in case["events"]:
        start = case["text"].index(want["at"])
        near = [e for e in left if e.type == want["type"] and e.trigger.start < start + len(want["at"]) and start < e.trigger.end]
        if not near:
            found.append(f"missed {want['type']} “{want['at']}”")
            continue
        event = near[0]
        left.remove(event)
        for name, entities in (("actor", event.actor), ("recipient", event.recipient)):
            wanted = countries(set(want.get(name) or []))
            if wanted != countries(codes(entities)):
                found.append(f"{name} of {want['type']} “{want['at']}”: {sorted(wanted)}, found {sorted(codes(entities))}")
        for name, got in (("mode", event.mode), ("aux", event.aux)):
            if set(want.get(name) or []) != set(got):
                found.append(f"{name} of {want['type']} “{want['at']}”: {want.get(name)}, found {got}")
        if want.get("status", "reported") != event.status:
            found.append(f"status of {want['type']} “{want['at']}”: {want.get('status', 'reported')}, found {event.status}")
    return found + [f"spurious {e.type} “{e.trigger.text}” {sorted(codes(e.actor))} -> {sorted(codes(e.recipient))}" for e in left]


def _at(difference: str) -> str:
    """The words of the text that a difference is about."""
    return difference.split("“")[1].split("”")[0]


def figures(of: list[Path]) -> tuple[Counter[str], list[str]]:
    """Counts over all cases of some files, and what differs, a line each under its text."""
    coder, counts, lines = Coder(), Counter[str](), []
    for file in of:
        for case in cases(file):
            events = coder.code(case["text"], case.get("published") and str(case["published"])).events
            wrong = differences(case, events)
            spoiled = {_at(w) for w in wrong if w.startswith(("actor", "recipient", "missed"))}
            counts.update({"texts": 1, "texts right": not wrong, "events wanted": len(case["events"]), "events found": len(events)})
            counts["type and countries right"] += sum(event["at"] not in spoiled for event in case["events"])
            counts.update(w.split()[0] + " wrong" * (w.split()[0] not in ("missed", "spurious")) for w in wrong)
            if wrong:
                lines += [f"{file.stem}: {case['text']}", *(f"      {w}" for w in wrong)]
    return counts, lines


def main() -> None:
    held_out = "--heldout" in sys.argv
    counts, lines = figures([HELDOUT] if held_out else files())
    if "--gaps" in sys.argv and not held_out:
        GAPS.write_text("\n".join(["# What the coder does not get right yet, written by score.py --gaps.", *lines, ""]), encoding="utf-8")
    if not held_out:
        print("\n".join(lines))
    print(", ".join(f"{name} {count}" for name, count in counts.items()))


if __name__ == "__main__":
    main()
