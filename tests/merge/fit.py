"""Learns how much each feature counts of two reports (dragoman/merge/weights.yaml) and of a report and a telling (retelling.yaml).

python tests/merge/fit.py     # codes stories.yaml and what is not held out of pairs.yaml and full.yaml, cross-validates, writes both
"""

from __future__ import annotations

import random
import sys
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from itertools import chain
from pathlib import Path

import numpy as np
from copies_and_events import Scores  # beside this file
from full_length import KIND, pairs_told, storylines
from full_length import coded as coded_in_full
from pairing import Pair, coded, pairs, stories

from dragoman.merge import alike, retelling
from dragoman.merge.reports import Report

HERE = Path(__file__).resolve().parent
sys.path.insert(0, str(HERE.parent))

import regression  # noqa: E402
from regression import Example, Row  # noqa: E402

FOLDER = HERE.parents[1] / "src" / "dragoman" / "merge"
SHRINK = 0.6  # of L2; the same within a point from 0.3 to 2
SHRINK_IN_BODY = 0.3  # of what counts more or less in the body of an article, so that what holds of single sentences is left as it is
ANOTHER = (
    0.25  # weight of a pair that tells two events, as stories have more of them than of the others; F1 0.86 at 0.25, 0.85 at 0.4, 0.82 at 1
)
TWISTED = 0.3  # weight of a pair in which one thing that decides was changed; F1 of pairs.yaml 0.82 at 0, 0.84 from 0.15 to 0.8
STRANGE = 0.02  # weight of reports of different stories; F1 0.84, as at 0, and 0.82 at 0.1
STRANGERS = 2  # for each report so many
ANOTHER_RECALLED = 0.5  # weight of a telling that recalls another event
ANOTHER_RECALLED_IN_FULL = 1.0  # the same in full-length articles
FOLDS = 8
STEPS = 6_000
RATE = 1.0
FREE = (alike.CONSTANT, "undated")
AGAINST = ("other", "strange", "foreign", "turned", "unnamed", "one_unreal", "next_day", "more_places")

WHICH = {"story": "stories", KIND: KIND}  # of what cross-validation tells apart


def fitted(examples: Sequence[Example]) -> Row:
    """Weights of a logistic regression, the constant not shrunk.

    What speaks for or against keeps its sign: those who write hard pairs use the same words for different events and others for the same,
    so that a free fit would hold shared words against a pair. What it counts more or less in the body of an article is free.
    """
    return {name: round(weight, 2) for name, weight in regression.fitted(examples, bounds, shrink, STEPS, RATE).items()}


def bounds(name: str) -> tuple[float, float]:
    if is_free(name):
        return -np.inf, np.inf
    return (-np.inf, 0.0) if name.startswith(AGAINST) else (0.0, np.inf)


def shrink(name: str) -> float:
    if name == alike.CONSTANT:
        return 0.0
    return SHRINK_IN_BODY if name.endswith(alike.IN_BODY) else SHRINK


def is_free(name: str) -> bool:
    return name in FREE or name.endswith(alike.IN_BODY)


def examples(found: Sequence[Pair]) -> list[Example]:
    """Pairs that are worth asking about and of which both events are told by the marked words, and others made of them.

    Two that tell another act than what was marked are no example of the same event.
    """
    asked = [(pair, row) for pair in found if (row := row_of(pair)) is not None and (pair.at_marks or not pair.same)]
    real: list[Example] = [(row, pair.same, 1.0 if pair.same else ANOTHER) for pair, row in asked]
    written = [pair for pair in found if is_written(pair)]
    twisted: list[Example] = [(other, False, TWISTED) for pair, row in asked if pair.same and is_written(pair) for other in twists(row)]
    return real + twisted + [(row, False, STRANGE) for row in strangers(written)]


def is_written(pair: Pair) -> bool:
    """Whether somebody wrote a pair as one; articles have acts enough that are like others, so that none need be made of them."""
    return pair.judged.kind != KIND


def row_of(pair: Pair) -> Row | None:
    one, other = pair.one.report, pair.other.report
    return alike.features(one, other) if one and other and alike.may_be_same(one, other) else None


def twists(row: Row) -> Iterator[Row]:
    """The same act, had somebody else done it, or to somebody else, or elsewhere."""

    def changed(*without: str, **others: float) -> Row:
        return {**{name: value for name, value in row.items() if name not in without}, **others}

    if row.get("same_actors"):
        yield changed("same_actors", other_actors=1.0, foreign_actors=1.0, strange_actors=1.0)
        if row.get("same_recipients"):
            yield changed("same_actors", "same_recipients", other_actors=1.0, other_recipients=1.0, turned=1.0)
    if row.get("same_recipients"):
        yield changed("same_recipients", "same_people", "named_people", other_recipients=1.0, strange_recipients=1.0)
    if row.get("towns"):
        yield changed("towns", other_places=1.0)
    if row.get("same_people"):
        yield changed("same_people", other_people=1.0)
    elif row.get("named_people"):
        yield changed("named_people", other_people=1.0)
    elif row.get("same_sector"):
        yield changed("same_sector", "heads", other_class=1.0, other_heads=1.0)


def strangers(found: Iterable[Pair]) -> list[Row]:
    """Features of reports of the same type from different stories, as if sides and day were the same: a war has many acts a day."""
    rng = random.Random(0)
    by_type: dict[str, dict[str, tuple[str, Report]]] = defaultdict(dict)
    for pair in found:
        for report in (pair.one.report, pair.other.report):
            if report:
                by_type[report.type][report.id] = (pair.judged.group, report)
    rows = []
    for _, reports in sorted(by_type.items()):
        for group, one in reports.values():
            others = [report for elsewhere, report in reports.values() if elsewhere != group]
            rows += [as_if_of_one_day(one, other) for other in rng.sample(others, min(STRANGERS, len(others)))]
    return rows


def as_if_of_one_day(one: Report, other: Report) -> Row:
    parts = (alike.in_recipients, alike.in_acts, alike.in_numbers, alike.in_names, alike.in_words)
    row = dict(chain.from_iterable(part(one, other).items() for part in parts))
    return {**row, alike.CONSTANT: 1.0, "same_day": 1.0, "same_actors": 1.0, "same_recipients": 1.0}


def recalled(pair: Pair, only_uncoded: bool) -> Iterator[Row]:
    """The marked words of either side as a telling of the other's event."""
    for coded_one, other in ((pair.one, pair.other), (pair.other, pair.one)):
        report, telling = coded_one.report, other.telling
        if report and telling and not (only_uncoded and other.at_mark) and retelling.may_be_recalled(report, telling):
            yield retelling.features(report, telling)


def recalled_examples(found: Sequence[Pair]) -> list[Example]:
    """All marked words as tellings, also those of which the coder made events; others are made of them as of reports."""
    clear = [pair for pair in found if not (pair.same and pair.of_other_words)]
    asked = [(pair, row) for pair in clear for row in recalled(pair, only_uncoded=False)]
    real: list[Example] = [(row, pair.same, 1.0 if pair.same else another_recalled(pair)) for pair, row in asked]
    same = [row for pair, row in asked if pair.same and is_written(pair)]
    twisted: list[Example] = [(other, False, TWISTED) for row in same for other in told_of_others(row)]
    return real + twisted


def another_recalled(pair: Pair) -> float:
    return ANOTHER_RECALLED if is_written(pair) else ANOTHER_RECALLED_IN_FULL


def told_of_others(row: Row) -> Iterator[Row]:
    """The same act, had the sentence named another actor, recipient or place."""
    for side in ("actors", "recipients"):
        if row.get(f"named_{side}"):
            without = (f"named_{side}", f"people_{side}", f"heads_{side}")
            yield {**{name: value for name, value in row.items() if name not in without}, f"unnamed_{side}": 1.0}
    if row.get("towns"):
        yield {**row, "towns": 0.0, "other_places": 1.0}


def cross_validated(found: Sequence[Pair]) -> dict[str, Scores]:
    """Scores of stories and pairs, by reports alone and with tellings, each part judged by weights from the others.

    Without both events none is the same, or unless one recalls the other.
    """
    groups = sorted({pair.judged.group for pair in found})
    random.Random(0).shuffle(groups)
    counts: dict[str, list[int]] = defaultdict(lambda: [0, 0, 0])
    for fold in range(FOLDS):
        out = set(groups[fold::FOLDS])
        rest = [pair for pair in found if pair.judged.group not in out]
        alone, told = fitted(examples(rest)), fitted(recalled_examples(rest))
        for pair in found:
            if pair.judged.group in out:
                row, which = row_of(pair), WHICH.get(pair.judged.kind, "pairs")
                said = row is not None and holds(alone, row)
                retold = said or any(holds(told, row) for row in recalled(pair, only_uncoded=True))
                for name, answer in ((which, said), (f"{which} with tellings", retold)):
                    for place, is_so in enumerate((answer and pair.same, answer, pair.same)):
                        counts[name][place] += is_so
    return {name: Scores(*three) for name, three in sorted(counts.items())}


def holds(weights: Row, row: Row) -> bool:
    return sum(weights.get(name, 0.0) * value for name, value in row.items()) >= 0


def write(file: str, about: str, weights: Row) -> None:
    head = f"# How much each feature {about} counts; made by tests/merge/fit.py from what is not held out.\n"
    (FOLDER / file).write_text(head + "".join(f"{name}: {weight}\n" for name, weight in weights.items()), encoding="utf-8")
    sys.stdout.write(f"{file}\n" + "".join(f"{weight:6.2f}  {name}\n" for name, weight in weights.items()))


if __name__ == "__main__":
    told = [one for one in storylines() if not one.is_measured_only]
    learning = coded([pair for pair in (*pairs(), *stories()) if not pair.held_out]) + pairs_told(told, coded_in_full(told))
    for name, scores in cross_validated(learning).items():
        sys.stdout.write(f"cross-validated, {name}: {scores}\n")
    write("weights.yaml", "of two reports (alike.py)", fitted(examples(learning)))
    write(retelling.WEIGHTS, "of a report and a telling (retelling.py)", fitted(recalled_examples(learning)))
