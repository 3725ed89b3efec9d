"""How far two people who labelled the same stories agree: a.yaml and b.yaml against the second labels, which were made blind.

Usage: python tests/stories/agreement.py

Printed: how many labels each made, how many are the same, and F1 of one against the other; it bounds what a coder can reach. The same are
relations of a kind between the same sides, in either order where the kind is alike both ways; expectations over the same words by
the same side; quantities over the same words with the same kind and bounds; places with the same name and country.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any, NamedTuple

import yaml

HERE = Path(__file__).parent
PARTS = ("a", "b")
ALIKE = frozenset({"alliance", "partner", "treaty", "rivalry", "dispute", "ties_cut"})
Label = dict[str, Any]


class Both(NamedTuple):
    """A story as the first and as the second labelled it."""

    text: str
    first: Label
    second: Label


def stories() -> Iterator[Both]:
    for part in PARTS:
        first = yaml.safe_load((HERE / f"{part}.yaml").read_text(encoding="utf-8"))
        second = {s["id"]: s for s in yaml.safe_load((HERE / f"{part}-second.yaml").read_text(encoding="utf-8"))}
        yield from (Both(story["text"], story, second[story["id"]]) for story in first)


def side(value: Any) -> str:
    return str(value or "").casefold()


def overlap(text: str, one: Label, other: Label) -> bool:
    first, second = text.find(one["words"]), text.find(other["words"])
    return first >= 0 and second >= 0 and first < second + len(other["words"]) and second < first + len(one["words"])


def same_relation(text: str, one: Label, other: Label) -> bool:
    pairs = [(side(label["from"]), side(label.get("to"))) for label in (one, other)]
    if one["kind"] != other["kind"]:
        return False
    return pairs[0] == pairs[1] or (one["kind"] in ALIKE and pairs[0] == pairs[1][::-1])


def same_expectation(text: str, one: Label, other: Label) -> bool:
    return overlap(text, one, other) and side(one["from"]) == side(other["from"])


def same_quantity(text: str, one: Label, other: Label) -> bool:
    bounds = [(label["kind"], label["low"], label["high"]) for label in (one, other)]
    return overlap(text, one, other) and bounds[0] == bounds[1]


def same_place(text: str, one: Label, other: Label) -> bool:
    return bool(one["place"]) and (side(one["place"]), one.get("country")) == (side(other["place"]), other.get("country"))


LISTS: dict[str, Callable[[str, Label, Label], bool]] = {
    "relations": same_relation,
    "expectations": same_expectation,
    "quantities": same_quantity,
    "places": same_place,
}


COMPARED = {"relations": ("to", "title", "since"), "expectations": ("type", "kind", "to", "due")}


def same(text: str, first: list[Label], second: list[Label], is_same: Callable[[str, Label, Label], bool]) -> list[tuple[Label, Label]]:
    """Pairs of labels that say the same; each label in one pair at most."""
    left, found = list(second), []
    for one in first:
        match = next((other for other in left if is_same(text, one, other)), None)
        if match is not None:
            left.remove(match)
            found.append((one, match))
    return found


def main() -> None:
    told = list(stories())
    for name, is_same in LISTS.items():
        count = {"first": 0, "second": 0}
        pairs: list[tuple[Label, Label]] = []
        for text, one, other in told:
            lists = {who: [x for x in story[name] if name != "places" or x["place"]] for who, story in (("first", one), ("second", other))}
            count = {who: count[who] + len(some) for who, some in lists.items()}
            pairs += same(text, lists["first"], lists["second"], is_same)
        f1 = 2 * len(pairs) / sum(count.values())
        also = [
            key
            for key in ("type", "kind", "to", "due", "title")
            if name in ("expectations", "relations") and any(key in a for a, _ in pairs)
        ]
        agreed = ", ".join(f"{key} {sum(side(a.get(key)) == side(b.get(key)) for a, b in pairs) / len(pairs):.2f}" for key in also)
        print(f"{name:<13} {count['first']:>4} {count['second']:>4} same {len(pairs):>4}  F1 {f1:.3f}  {agreed}")


if __name__ == "__main__":
    main()
