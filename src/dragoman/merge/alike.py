"""Whether two reports tell the same event. In: two reports. Out: the probability that they do, by what they share and where they differ."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from functools import cache
from importlib.resources import files

import yaml

from dragoman.errors import DataError
from dragoman.merge.frequencies import weights
from dragoman.merge.reports import Report
from dragoman.tables import Folder, rows, text_of

CONSTANT = "constant"
REACH = 31  # days between the first days of two reports at the most, so that a window of a month holds all that may be the same
NAMED = 8.0  # what one rare word is worth: sums of weights are given in these


def features(one: Report, other: Report) -> dict[str, float]:
    """What speaks for and against, by name; those that do not hold are missing or 0."""
    found = {CONSTANT: 1.0}
    found.update(in_time(one, other))
    found.update(in_sides(one, other))
    found.update(in_words(one, other))
    if one.type != other.type:
        found["other_type"] = 1.0
    if one.unreal != other.unreal:
        found["one_unreal"] = 1.0
    return found


def in_time(one: Report, other: Report) -> dict[str, float]:
    assert one.first is not None
    assert other.first is not None
    if one.dated and other.dated:
        apart = abs(one.first - other.first)
        return {"same_day": 1.0} if not apart else {"next_day": 1.0} if apart == 1 else {"other_day": 1.0}
    if one.dated or other.dated:
        return {"one_undated": 1.0}
    return {"undated": 1.0}


def in_sides(one: Report, other: Report) -> dict[str, float]:
    """Sides that are not known speak neither way; an actor who is no side of the other at all tells another act, as of allies."""
    found = {}
    for name, ours, theirs in (("actors", one.actors, other.actors), ("recipients", one.recipients, other.recipients)):
        if ours and theirs:
            found[f"same_{name}" if ours & theirs else f"other_{name}"] = 1.0
    if one.actors and other.actors and (one.actors | other.actors).isdisjoint(one.sides & other.sides):
        found["foreign_actors"] = 1.0
    turned = one.actors & other.recipients and one.recipients & other.actors and not one.actors & other.actors
    if turned:
        found["turned"] = 1.0
    if one.sectors and other.sectors and one.sectors.isdisjoint(other.sectors):
        found["other_sectors"] = 1.0
    return found


def in_words(one: Report, other: Report) -> dict[str, float]:
    """Shared words by their worth: around the triggers, in all sentences, names, targets, numbers."""
    found = {
        "near": overlap(one.near, other.near),
        "all": overlap(one.all, other.all),
        "names": min(weights(one.names & other.names) / NAMED, 3.0),
    }
    if one.trigger == other.trigger:
        found["same_trigger"] = 1.0
    for name, ours, theirs in (("names", one.names, other.names), ("places", one.places, other.places)):
        if ours and theirs and ours.isdisjoint(theirs):
            found[f"other_{name}"] = 1.0
    if one.target and other.target:
        found["target"] = overlap(one.target, other.target)
        if not found["target"]:
            found["other_target"] = 1.0
    if not one.places.isdisjoint(other.places):
        found["same_places"] = 1.0
    if one.numbers and other.numbers:
        found["same_numbers" if one.numbers & other.numbers else "other_numbers"] = 1.0
    return found


def overlap(ours: frozenset[str], theirs: frozenset[str]) -> float:
    """The worth of what both have, as a share of what the one that says less has."""
    less = min(weights(ours), weights(theirs))
    return weights(ours & theirs) / less if less else 0.0


def probability(one: Report, other: Report) -> float:
    """Of the two being reports of the same event."""
    return logistic(sum(learned()[name] * value for name, value in features(one, other).items()))


def logistic(value: float) -> float:
    return 1.0 / (1.0 + math.exp(-value)) if value > -500 else 0.0


def may_be_same(one: Report, other: Report) -> bool:
    """Whether it is worth asking: types that tell the same act, days that touch, a side in
    common or unknown, or a name; a word in common."""
    if one.type != other.type and (one.type, other.type) not in alike_types():
        return False
    if one.first is None or other.first is None or not touching(one, other):
        return False
    if one.sides and other.sides and one.sides.isdisjoint(other.sides):
        return not one.names.isdisjoint(other.names)
    return not one.all.isdisjoint(other.all)


def touching(one: Report, other: Report) -> bool:
    """Whether the days may be the same, or one paper has the day before; a year touches only what begins within a month of it."""
    assert one.first is not None
    assert other.first is not None
    assert one.last is not None
    assert other.last is not None
    return one.first <= other.last + 1 and other.first <= one.last + 1 and abs(one.first - other.first) <= REACH


@cache
def learned() -> Mapping[str, float]:
    """The weight of each feature, as tests/merge/fit.py writes them."""
    return read_weights(files("dragoman.merge"))


def read_weights(folder: Folder) -> Mapping[str, float]:
    """DataError where the file is no mapping of names to numbers."""
    found = yaml.safe_load(text_of(folder, "weights.yaml"))
    if not isinstance(found, dict) or not all(isinstance(value, float) for value in found.values()):
        raise DataError("weights.yaml", "feature: weight was expected on every line")
    return found


@cache
def alike_types() -> frozenset[tuple[str, str]]:
    return read_types(files("dragoman.merge"))


def read_types(folder: Folder) -> frozenset[tuple[str, str]]:
    """Pairs of different types under which the same act may be coded, both ways round."""
    pairs: Sequence[list[str]] = [fields for _, fields in rows(folder, "types.tsv", ("one", "other", "because"))]
    return frozenset(pair for one, other, _ in pairs for pair in ((one, other), (other, one)))
