"""Compares on whose word events rest with what somebody wrote down who had not seen the coder work.

python tests/statements/claims.py     # claims.yaml: differences and figures

An act of the speaker's own side may be reported, as docs/records.md has it, or claimed. Of a denied event the claimant or the denier may be
named. Events that are not found count apart: only those that are found can have a status.
"""

from __future__ import annotations

from collections import Counter
from pathlib import Path
from typing import Any

import yaml

from dragoman import Coder
from dragoman.schema import Coding, Event

CLAIMS = Path(__file__).with_name("claims.yaml")


def found_at(events: list[Event], start: int, end: int) -> Event | None:
    """The event whose trigger stands at some words; of several the surest."""
    near = [e for e in events if e.trigger.start < end and start < e.trigger.end]
    return max(near, key=lambda e: e.confidence or 0.0, default=None)


def is_own_act(coding: Coding, event: Event, source: tuple[int, int] | None) -> bool:
    """Whether the source is an actor of the event, or of the actors' country: a general of his army's withdrawal."""
    if source is None:
        return False
    speakers = [s.speaker for s in coding.statements if s.speaker is not None and s.speaker.start < source[1] and source[0] < s.speaker.end]
    countries = {speaker.country for speaker in speakers if speaker.country}
    return any((a.start < source[1] and source[0] < a.end) or a.country in countries for a in event.actor)


def differences(case: dict[str, Any], coding: Coding) -> tuple[list[str], Counter[str]]:
    text, wrong, counts = case["text"], [], Counter[str]()
    for want in case["events"]:
        start = text.index(want["at"])
        event = found_at(coding.events, start, start + len(want["at"]))
        counts["events"] += 1
        if event is None:
            counts["missed"] += 1
            continue
        by = want.get("by")
        source = (text.index(by), text.index(by) + len(by)) if by else None
        status = event.status == want["status"] or (
            want["status"] == "claimed" and event.status == "reported" and is_own_act(coding, event, source)
        )
        named = event.attributed_to
        rightly = named is not None and source is not None and named.start < source[1] and source[0] < named.end
        whose = event.status == "reported" or want["status"] == "denied" or (named is None if source is None else rightly)
        counts["found"] += 1
        counts["status right"] += status
        counts["status and source right"] += status and whose
        counts[f"{want['status']} found"] += 1
        counts[f"{want['status']} right"] += status and whose
        if not (status and whose):
            shown = f"{event.status} by {named.text if named else '-'}"
            wrong.append(f"“{want['at']}”: {want['status']} by {by or '-'}, found {shown}")
    return wrong, counts


def main() -> None:
    coder, total = Coder(), Counter[str]()
    for case in yaml.safe_load(CLAIMS.read_text(encoding="utf-8")):
        wrong, counts = differences(case, coder.code(case["text"]))
        total += counts
        if wrong:
            print(case["text"], *(f"      {line}" for line in wrong), sep="\n")
    print(", ".join(f"{name} {count}" for name, count in total.items()))
    print(f"status and source right in {total['status and source right'] / total['found']:.3f} of the events found")


if __name__ == "__main__":
    main()
