"""In: stories with the expectations that a reader found (tests/stories). Out: how many of them dragoman finds, and what it adds.

python tests/expectations/expected_scores.py [FILE.yaml ...] [--half odd|even|dev|all] [--errors]

The parts are the odd and the even half of the blind stories and the development stories (dev.yaml, dev-2.yaml), which everyone may read.

Two are the same where the words of the one overlap with the trigger, the act or (weakly) stand in one sentence with it and `from` is the
same country or name. Of these type, to, kind, due and condition are counted apart. --errors prints none of the even half.
"""

from __future__ import annotations

import argparse
import datetime
import sys
from collections import Counter
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import yaml

from dragoman import Coder
from dragoman.days import last_day
from dragoman.schema import Expectation

STORIES = Path(__file__).resolve().parents[1] / "stories"
sys.path.insert(0, str(STORIES))

from labelled import is_side  # noqa: E402

DEVELOPMENT = {"d": "dev", "e": "dev-2"}  # by the first letter of a story's id
PARTS = ("odd", "even", "dev", "dev-2")
FIELDS = ("type", "to", "kind", "due", "condition")


@dataclass
class Score:
    found: int = 0
    labelled: int = 0
    right: int = 0
    fields: Counter[str] = field(default_factory=Counter)
    kinds: dict[str, Counter[str]] = field(default_factory=dict)

    @property
    def precision(self) -> float:
        return self.right / self.found if self.found else 0.0

    @property
    def recall(self) -> float:
        return self.right / self.labelled if self.labelled else 0.0


def all_files() -> list[Path]:
    return [*sorted(STORIES.glob("?.yaml")), *STORIES.glob("dev.yaml"), *STORIES.glob("dev-2.yaml")]


def stories(files: list[Path]) -> list[dict[str, Any]]:
    return [story for file in files for story in yaml.safe_load(file.read_text(encoding="utf-8"))]


def half(story: dict[str, Any]) -> str:
    if part := DEVELOPMENT.get(story["id"][0]):
        return part
    return "odd" if int("".join(c for c in story["id"] if c.isdigit())) % 2 else "even"


def day_of(label: Any) -> datetime.date | None:
    return label if isinstance(label, datetime.date) else None if label is None else last_day(str(label))


def due_of(one: Expectation) -> datetime.date | None:
    value = one.due and (one.due.until or one.due.value)
    return last_day(value) if value else None


def sentence_of(one: Expectation, start: int) -> bool:
    return any(e.start <= start < e.end for e in one.evidence)


def fit(text: str, label: dict[str, Any], one: Expectation) -> int:
    """0 for another expectation; more the better the words fit."""
    start = text.find(label["words"])
    assert start >= 0, label
    end = start + len(label["words"])
    if not is_side(label["from"], one.from_) or not sentence_of(one, start):
        return 0
    trigger = one.trigger
    overlaps = trigger is not None and trigger.start < end and start < trigger.end
    return 1 + 4 * overlaps + 2 * (label["type"] == one.type) + (label["kind"] == one.kind)


def pairs(text: str, labels: list[dict[str, Any]], found: list[Expectation]) -> list[tuple[dict[str, Any], Expectation]]:
    """Each label with the expectation that fits best, each of these once."""
    scored = sorted(((fit(text, label, one), -m, -n) for m, label in enumerate(labels) for n, one in enumerate(found)), reverse=True)
    taken: list[tuple[int, int]] = []
    for score, m, n in scored:
        if score and all(m != a and n != b for a, b in taken):
            taken.append((m, n))
    return [(labels[-m], found[-n]) for m, n in sorted(taken, reverse=True)]


def agreement(label: dict[str, Any], one: Expectation) -> set[str]:
    condition = label.get("condition")
    right = {
        "type": label["type"] == one.type,
        "to": is_side(label.get("to"), one.to),
        "kind": label["kind"] == one.kind,
        "due": day_of(label.get("due")) == due_of(one),
        "condition": (condition is None) == (one.condition is None)
        and (one.condition is None or bool(set(condition.casefold().split()) & set(one.condition.text.casefold().split()))),
    }
    return {name for name, holds in right.items() if holds}


def score(told: list[dict[str, Any]], coder: Coder, errors: bool = False) -> Score:
    total = Score(kinds={})
    for story in told:
        labels, text = story.get("expectations") or [], story["text"]
        coding = coder.code({"id": story["id"], "text": text}, published=str(story["published"]))
        matched = pairs(text, labels, coding.expectations)
        total.labelled += len(labels)
        total.found += len(coding.expectations)
        total.right += len(matched)
        for label, one in matched:
            total.fields.update(agreement(label, one))
            total.kinds.setdefault(label["kind"], Counter())["right"] += 1
        for label in labels:
            total.kinds.setdefault(label["kind"], Counter())["labelled"] += 1
        for one in coding.expectations:
            total.kinds.setdefault(str(one.kind), Counter())["found"] += 1
        if errors and half(story) != "even":
            show(story["id"], labels, coding.expectations, matched)
    return total


def show(name: str, labels: list[dict[str, Any]], found: list[Expectation], matched: list[tuple[dict[str, Any], Expectation]]) -> None:
    for label in labels:
        if not any(label is m for m, _ in matched):
            print(f"{name} missed: {label}")
    for label, one in matched:
        if wrong := set(FIELDS) - agreement(label, one):
            print(f"{name} differs in {', '.join(sorted(wrong))}: {label}\n     {line(one)}")
    for one in found:
        if not any(one is n for _, n in matched):
            print(f"{name} extra: {line(one)}\n     {one.evidence[0].text[:200]}")


def line(one: Expectation) -> str:
    sides = [e and f"{e.text}|{e.name}|{e.country}" for e in (one.from_, one.to)]
    condition = one.condition and one.condition.text
    return f"{one.kind} {one.type} {sides} due={due_of(one)} if={condition} cue={one.trigger and one.trigger.text} {one.because[1:2]}"


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("files", nargs="*", type=Path)
    parser.add_argument("--half", choices=(*PARTS, "all"), default="all")
    parser.add_argument("--errors", action="store_true")
    options = parser.parse_args()
    told = stories(options.files or all_files())
    coder = Coder()
    for part in PARTS if options.half == "all" else (options.half,):
        if some := [s for s in told if half(s) == part]:
            report(part, score(some, coder, options.errors))


def report(part: str, total: Score) -> None:
    print(f"{part}: precision {total.precision:.3f} ({total.right} of {total.found}), recall {total.recall:.3f} of {total.labelled}")
    for kind, counts in sorted(total.kinds.items()):
        print(f"  {kind:12} labelled {counts['labelled']:3}, found {counts['found']:3}, right {counts['right']:3}")
    print("  of these right in " + ", ".join(f"{name} {total.fields[name] / (total.right or 1):.2f}" for name in FIELDS))


if __name__ == "__main__":
    main()
