"""Whether two reports tell the same event. In: two reports. Out: the probability that they do, by what they share and where they differ."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from functools import cache
from importlib.resources import files
from typing import Any

import yaml

from dragoman.errors import DataError
from dragoman.merge.frequencies import sense, weights
from dragoman.merge.reports import Report, Side, Told
from dragoman.tables import Folder, rows, text_of

CONSTANT = "constant"
IN_BODY = "_in_body"  # behind the name of a feature: what it counts more or less there
REACH = 31  # days between the first days of two reports at the most, so that a window of a month holds all that may be the same
ANYBODY = "CVL"  # people of whom no paper says more may be any others
LARGE = 10  # numbers that two acts seldom have in common
NAMED = 8.0  # what one rare word is worth: sums of weights are given in these


def features(one: Report, other: Report) -> dict[str, float]:
    """What speaks for and against, by name; those that do not hold are missing or 0."""
    found = {CONSTANT: 1.0, "other_words_of_one_text": float(one.article == other.article)}
    for part in (in_time, in_sides, in_recipients, in_acts, in_numbers, in_names, in_words):
        found.update(part(one, other))
    return with_body(found, one, other)


def with_body(found: dict[str, float], one: Told, other: Told) -> dict[str, float]:
    """All features a second time where either stands in the body of a text: there much is alike in acts that are not the same."""
    if one.in_body or other.in_body:
        found.update([(name + IN_BODY, value) for name, value in found.items()])
    return found


def in_time(one: Told, other: Told) -> dict[str, float]:
    if one.likely is None or other.likely is None:
        return {"undated": 1.0}
    apart = abs(one.likely - other.likely)
    day = "same_day" if not apart else "next_day" if apart == 1 else "other_day"
    return {day if one.dated and other.dated else f"{day}_likely": 1.0}


def in_sides(one: Report, other: Report) -> dict[str, float]:
    """Countries that are not known speak neither way; an actor who is no side of the other at all tells another act, as of allies."""
    found = {}
    for name, ours, theirs in (("actors", one.actor, other.actor), ("recipients", one.recipient, other.recipient)):
        if ours.countries and theirs.countries:
            found[f"{'same' if ours.countries & theirs.countries else 'other'}_{name}"] = 1.0
        if are_strangers(ours, theirs, one, other):
            found[f"strange_{name}"] = 1.0
    actors = one.actor.countries, other.actor.countries
    if all(actors) and actors[0].isdisjoint(actors[1]):
        found["foreign_actors"] = float((actors[0] | actors[1]).isdisjoint(one.sides & other.sides))
        found["turned"] = float(bool(actors[0] & other.recipient.countries and actors[1] & one.recipient.countries))
    if one.actor.people and other.actor.people:
        found["same_doers" if one.actor.people & other.actor.people else "other_doers"] = 1.0
    if are_apart(one.actor.classes, other.actor.classes):
        found["other_actor_class"] = 1.0
        found["turned_class"] = float(bool(one.actor.classes & other.recipient.classes and other.actor.classes & one.recipient.classes))
    return found


def are_strangers(ours: Side, theirs: Side, one: Report, other: Report) -> bool:
    """Whether each is called by the name of a country that the other's report does not name at all."""
    known = bool(ours.named and theirs.named)
    return known and ours.named.isdisjoint(other.mentioned | theirs.countries) and theirs.named.isdisjoint(one.mentioned | ours.countries)


def are_apart(ours: frozenset[Any], theirs: frozenset[Any]) -> bool:
    """Whether both are known and share nothing."""
    return bool(ours and theirs) and ours.isdisjoint(theirs)


def in_recipients(one: Report, other: Report) -> dict[str, float]:
    """Whom it was done to: what they are called tells more than what they are."""
    ours, theirs = one.recipient, other.recipient
    if ours.people & theirs.people:
        return {"same_people": 1.0}
    found = {"named_people": float(are_near(ours.people, other) or are_near(theirs.people, one))}
    if are_apart(ours.people, theirs.people):
        found["other_people"] = 1.0
    if are_apart(ours.classes, theirs.classes) and ours.heads.isdisjoint(theirs.heads):
        found["other_class"] = 1.0
    elif ours.sectors & theirs.sectors:
        found["same_sector"] = 1.0
    elif ours.sectors and theirs.sectors and ANYBODY not in ours.sectors | theirs.sectors:
        found["other_sector"] = 1.0
    if ours.counts and theirs.counts:
        found["same_count" if ours.counts & theirs.counts else "other_count"] = 1.0
    if ours.heads and theirs.heads:
        found["heads"] = overlap(ours.heads, theirs.heads)
        found["other_heads"] = float(not found["heads"])
    return found


def are_near(people: frozenset[str], told: Told) -> bool:
    """Whether one of them is named near the words that tell the act, and not for something else in the same sentence."""
    return not told.near.isdisjoint(map(sense, people))


def in_acts(one: Report, other: Report) -> dict[str, float]:
    found = {"same_trigger": float(one.trigger == other.trigger), "one_unreal": float(one.unreal != other.unreal)}
    if one.type != other.type:
        found["other_type"] = 1.0
        found["other_quad"] = float(one.quad != other.quad)
    elif one.modes and other.modes:
        found["same_mode" if one.modes & other.modes else "other_mode"] = 1.0
    return found


def in_numbers(one: Told, other: Told) -> dict[str, float]:
    """Tolls where both count the same, else any numbers: the toll rises from report to report, and two acts seldom have the same."""
    both = {about for about, _ in one.tolls} & {about for about, _ in other.tolls}
    if both:
        return {"same_toll" if one.tolls & other.tolls else "other_toll": 1.0}
    if one.numbers and other.numbers:
        large = {number for number in one.numbers & other.numbers if number >= LARGE}
        return {"same_numbers": float(bool(large)), "other_numbers": float(one.numbers.isdisjoint(other.numbers))}
    return {}


def in_names(one: Told, other: Told) -> dict[str, float]:
    towns = one.places & other.places
    found = {
        "towns": min(weights(towns) / NAMED, 2.0),
        "names": min(weights((one.names & other.names) - towns - one.people - other.people) / NAMED, 3.0),
        "other_places": float(are_apart(one.places, other.places)),
    }
    if one.land and other.land and one.land != other.land:
        found["other_land"] = 1.0
    if towns and one.places - towns and other.places - towns:
        found["more_places"] = 1.0
    return found


def in_words(one: Told, other: Told) -> dict[str, float]:
    """Shared words by their worth: around the triggers, and those that say something in the sentence."""
    shared = weights(one.content & other.content)
    least, most = sorted((weights(one.content), weights(other.content)))
    return {
        "near": overlap(one.near, other.near),
        "content": shared / least if least else 0.0,
        "content_both": shared / most if most else 0.0,
        "other_content": float(bool(least) and not shared),
    }


def overlap(ours: frozenset[str], theirs: frozenset[str]) -> float:
    """The worth of what both have, as a share of what the one that says less has."""
    less = min(weights(ours), weights(theirs))
    return weights(ours & theirs) / less if less else 0.0


def probability(one: Report, other: Report) -> float:
    """Of the two being reports of the same event."""
    return logistic(sum(learned().get(name, 0.0) * value for name, value in features(one, other).items()))


def logistic(value: float) -> float:
    return 1.0 / (1.0 + math.exp(-value)) if value > -500 else 0.0


def may_be_same(one: Report, other: Report) -> bool:
    """Whether it is worth asking: types that tell the same act, days that touch, a side in common or unknown, or a name.

    Two reports of one article share its words; they must be of one type and may not differ in anything that is known of the sides.
    """
    if one.first is None or other.first is None or not touching(one, other):
        return False
    if one.article == other.article:
        return one.type == other.type and not (are_other(one.actor, other.actor) or are_other(one.recipient, other.recipient))
    if one.type != other.type and (one.type, other.type) not in alike_types():
        return False
    return not are_apart(one.sides, other.sides) or not one.names.isdisjoint(other.names)


def are_other(ours: Side, theirs: Side) -> bool:
    return any(
        are_apart(a, b) for a, b in ((ours.countries, theirs.countries), (ours.classes, theirs.classes), (ours.people, theirs.people))
    )


def touching(one: Told, other: Told) -> bool:
    """Whether the days may be the same, or one paper has the day before; a year touches only what begins within a month of it."""
    assert one.first is not None
    assert other.first is not None
    assert one.last is not None
    assert other.last is not None
    return one.first <= other.last + 1 and other.first <= one.last + 1 and abs(one.first - other.first) <= REACH


@cache
def learned(file: str = "weights.yaml") -> Mapping[str, float]:
    """The weight of each feature, as tests/merge/fit.py writes them."""
    return read_weights(files("dragoman.merge"), file)


def read_weights(folder: Folder, file: str) -> Mapping[str, float]:
    """DataError where the file is no mapping of names to numbers."""
    found = yaml.safe_load(text_of(folder, file))
    if not isinstance(found, dict) or not all(isinstance(value, float) for value in found.values()):
        raise DataError(file, "feature: weight was expected on every line")
    return found


@cache
def alike_types() -> frozenset[tuple[str, str]]:
    return read_types(files("dragoman.merge"))


def read_types(folder: Folder) -> frozenset[tuple[str, str]]:
    """Pairs of different types under which the same act may be coded, both ways round."""
    pairs: Sequence[list[str]] = [fields for _, fields in rows(folder, "types.tsv", ("one", "other", "because"))]
    return frozenset(pair for one, other, _ in pairs for pair in ((one, other), (other, one)))
