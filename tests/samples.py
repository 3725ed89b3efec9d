"""Compares codings with the records that samples/*.yaml expect. Used by test_samples.py; run it to see the figures and the differences.

python tests/samples.py [NAME ...]
"""

from __future__ import annotations

import re
import sys
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import yaml

from dragoman import Coder, Coding
from dragoman.schema import Entity, Event, Statement

SAMPLES = Path(__file__).resolve().parents[1] / "samples"
BEFORE_CONTENT = re.compile(r"\W*(?:(?:only )?that )?\W*")
GAPS = Path(__file__).with_name("samples_gaps.txt")


@dataclass
class Comparison:
    """What of one sample was found: expected event with ours, expected without, ours without."""

    name: str
    text: str
    paired: list[tuple[dict[str, Any], Event]] = field(default_factory=list)
    missed: list[dict[str, Any]] = field(default_factory=list)
    spurious: list[Event] = field(default_factory=list)
    statements_missed: list[dict[str, Any]] = field(default_factory=list)
    statements_paired: list[tuple[dict[str, Any], Statement]] = field(default_factory=list)
    statements_spurious: list[Statement] = field(default_factory=list)


def names() -> list[str]:
    return sorted(file.stem for file in SAMPLES.glob("*.yaml"))


def expected_of(name: str) -> dict[str, Any]:
    loaded: dict[str, Any] = yaml.safe_load((SAMPLES / f"{name}.yaml").read_text(encoding="utf-8"))
    return loaded


def code(coder: Coder, name: str) -> tuple[str, Coding]:
    text = (SAMPLES / f"{name}.txt").read_text(encoding="utf-8")
    return text, coder.code(text, str(expected_of(name)["published"]))


def compare(name: str, text: str, coding: Coding) -> Comparison:
    expected = expected_of(name)
    found = Comparison(name, text)
    left = list(coding.events)
    for want in expected.get("events") or []:
        twin = next((e for e in left if e.type == want["type"] and _at(text, want["at"], e)), None)
        if twin is None:
            found.missed.append(want)
        else:
            left.remove(twin)
            found.paired.append((want, twin))
    found.spurious = left
    others = list(coding.statements)
    for want in expected.get("statements") or []:
        said = next((s for s in others if _begin(text, beginnings_of(want), s.content.spans)), None)
        if said is None:
            found.statements_missed.append(want)
        else:
            others.remove(said)
            found.statements_paired.append((want, said))
    found.statements_spurious = others
    return found


def _at(text: str, words: str, event: Event) -> bool:
    """Whether the event's word, or its evidence where it was told again, covers where the sample points."""
    start = text.index(words)
    return start < event.trigger.end and event.trigger.start < start + len(words)


def beginnings_of(want: dict[str, Any]) -> list[str]:
    """How an expected statement begins, and where the report interrupts it, how each further piece does."""
    content = want["content"]
    return content if isinstance(content, list) else [content]


def _begin(text: str, beginnings: list[str], spans: list[tuple[int, int]]) -> bool:
    """Whether each of them is the beginning of a piece: nothing but marks and a "that" stands before it."""
    starts = [text.index(words) for words in beginnings]
    return all(any(a - 1 <= start < b and BEFORE_CONTENT.fullmatch(text[a:start]) for a, b in spans) for start in starts)


def side(entities: list[Entity]) -> set[str | None]:
    return {e.country for e in entities}


def side_wanted(entities: list[dict[str, Any]]) -> set[str | None]:
    return {e.get("country") for e in entities}


def mode_ok(want: dict[str, Any], event: Event) -> bool:
    return set(want.get("mode") or []) == set(event.mode)


def differences(want: dict[str, Any], event: Event) -> Iterator[str]:
    """What of a paired event is not as expected."""
    for name, entities in (("actor", event.actor), ("recipient", event.recipient)):
        wanted = side_wanted(want.get(name) or [])
        if wanted != side(entities):
            yield f"{name} {sorted(map(str, wanted))} got {[f'{e.text} {e.country}' for e in entities]}"
        for entity in want.get(name) or []:
            sectors = {e.sector for e in entities if e.country == entity.get("country")}
            if sectors and "sector" in entity and entity["sector"] not in sectors:
                yield f"sector of {name} {entity.get('name')} {entity['sector']} got {sorted(map(str, sectors))}"
    if not mode_ok(want, event):
        yield f"mode {want.get('mode')} got {event.mode}"
    if set(want.get("aux") or []) != set(event.aux):
        yield f"aux {want.get('aux')} got {event.aux}"
    if want.get("status", "reported") != event.status:
        yield f"status {want.get('status')} got {event.status}"
    source = event.attributed_to
    told_by = None if source is None else f"{source.name or ''} {source.text}"
    if want.get("attributed_to") and (told_by is None or want["attributed_to"]["name"].split()[-1].lower() not in told_by.lower()):
        yield f"attributed to {want['attributed_to']['name']} got {told_by}"
    if "date" in want and (None if want["date"] is None else str(want["date"])) != (event.date.value if event.date else None):
        yield f"date {want['date']} got {event.date}"


def lines_of(found: Comparison) -> list[str]:
    """Everything of a sample that is not as expected, a line each."""
    lines = [f"missed {w['type']} {w.get('mode')} “{w['at']}”" for w in found.missed]
    for event in found.spurious:
        sides = " -> ".join(str([f"{e.text} {e.country}" for e in entities]) for entities in (event.actor, event.recipient))
        lines.append(f"spurious {event.type} {event.mode} “{event.trigger.text}” {sides}")
    for want, event in found.paired:
        lines += [f"{event.type} “{event.trigger.text}” (“{want['at']}”): {wrong}" for wrong in differences(want, event)]
    lines += [f"statement missed: {w['speaker']}: {' … '.join(beginnings_of(w))}" for w in found.statements_missed]
    lines += [f"statement spurious: {s.speaker.text if s.speaker else None}: {s.content.text}" for s in found.statements_spurious]
    for want, said in found.statements_paired:
        speaker = f"{said.speaker.name} {said.speaker.text}" if said.speaker else "None"
        if str(want.get("speaker")).split()[-1] not in speaker or want["kind"] != said.kind:
            lines.append(f"statement “{' … '.join(beginnings_of(want))}”: {want['speaker']}, {want['kind']}, got {speaker}, {said.kind}")
        if (want.get("attitude", said.attitude), want.get("polarity", "affirmed")) != (said.attitude, said.polarity):
            lines.append(f"statement “{' … '.join(beginnings_of(want))}”: {want.get('attitude')}, got {said.attitude} {said.polarity}")
    return lines


def main() -> None:
    coder, counts, lines = (
        Coder(),
        Counter[str](),
        ["# What the coder does not get right in the samples yet, written by samples.py --gaps."],
    )
    for name in names():
        found = compare(name, *code(coder, name))
        lines += [f"== {name}", *lines_of(found)]
        wrong = [list(differences(want, event)) for want, event in found.paired]
        counts["events expected"] += len(found.paired) + len(found.missed)
        counts["events found"] += len(found.paired) + len(found.spurious)
        counts["type and place right"] += len(found.paired)
        counts["countries right too"] += sum(not any(w.startswith(("actor", "recipient")) for w in w_) for w_ in wrong)
        counts["wholly right"] += sum(not w_ for w_ in wrong)
        counts["statements expected"] += len(found.statements_paired) + len(found.statements_missed)
        counts["statements found"] += len(found.statements_paired) + len(found.statements_spurious)
        counts["statements right"] += len(found.statements_paired)
    if "--gaps" in sys.argv:
        GAPS.write_text("\n".join([*lines, ""]), encoding="utf-8")
    print("\n".join(lines[1:]))
    print("\n".join(f"{name:<22} {count}" for name, count in counts.items()))


if __name__ == "__main__":
    main()
