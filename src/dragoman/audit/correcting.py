"""Counts that account for the coder's errors. In: a panel of a store, and an audit of it. Out: the same rows with corrected counts.

Prediction-powered inference (Angelopoulos, Bates, Fannjiang, Jordan & Zrnic, Science 382 (2023) 669) corrects a mean of predictions by
the mean error on a sample that is judged; with the weight of the predictions tuned to the least variance (Angelopoulos, Duchi & Zrnic,
PPI++, arXiv:2311.01453, 2023). Whether an event is counted in a group is true or false, and of such a prediction the tuned estimate of
the mean is the post-stratified one: the share of right ones among those counted there times their number, and the share among all others
that belong there times theirs. Both shares are of the weighted sample with Wilson's intervals, and their sum has the interval of Zou and
Donner: these hold where the normal interval of the papers does not, in groups of which few were judged.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from typing import Any, NamedTuple, TypeAlias

from dragoman.audit.cells import Cell, cells_of, corrected, facts_of, needed_of
from dragoman.audit.figures import by_item, truth_of, weights
from dragoman.audit.files import Audit
from dragoman.audit.lines import FIELDS, Judged, Judgement, Verdict
from dragoman.audit.sampling import absent
from dragoman.audit.statistics import interval_of_sum, share_of
from dragoman.errors import DragomanError
from dragoman.store import Store
from dragoman.store.panel import COUNT, Panel

Row: TypeAlias = dict[str, Any]
COLUMNS = ("events", "judged", "right", "right_low", "right_high", "corrected", "corrected_low", "corrected_high")


class Sampled(NamedTuple):
    """A judged event: in which groups the coder counts it, and in which it belongs."""

    weight: float
    coded: frozenset[Cell]
    true: frozenset[Cell]


class Estimate(NamedTuple):
    """Of one group. ``right``: of the events counted in it, how many belong there. ``corrected``: with those that are counted elsewhere."""

    judged: int
    right: float | None
    right_low: float | None
    right_high: float | None
    corrected: float | None
    corrected_low: float | None
    corrected_high: float | None


def corrected_panel(store: Store, audit: Audit, panel: Panel) -> list[Row]:
    """The rows of a panel of the events that the sample was drawn from. DragomanError where nothing is judged, or the store has changed."""
    query = audit.sample.query
    total = store.count(query)
    if total != sum(stratum.events for stratum in audit.sample.strata.values()) or absent(store, audit):
        raise DragomanError(f"{audit.path} was drawn from another state of {store.path}: draw a new sample, or name the store as it was")
    sample = sampled(audit, panel)
    if not sample:
        raise DragomanError(f"no event of {audit.path} has judgements of {', '.join(needed_of(panel))}: judge some first")
    return [with_estimate(row, panel, sample, total) for batch in store.panel_batches(panel, query) for row in batch.to_pylist()]


def with_estimate(row: Row, panel: Panel, sample: Sequence[Sampled], total: int) -> Row:
    cell = tuple(row[column] for column in panel.columns)
    return {**row, **estimate(((one.weight, cell in one.coded, cell in one.true) for one in sample), row[COUNT], total)._asdict()}


def estimate(sample: Iterable[tuple[float, bool, bool]], counted: int, total: int) -> Estimate:
    """Of a group that ``counted`` of ``total`` events are counted in; the sample is (weight, counted in it, belongs in it)."""
    pairs = list(sample)
    inside = [(true, weight) for weight, coded, true in pairs if coded]
    right, moved = share_of(inside, counted), share_of(((true, weight) for weight, coded, true in pairs if not coded), total - counted)
    if right.value is None:
        return Estimate(0, None, None, None, None, None, None)
    parts = [(float(counted), right.value, right.low, right.high)]
    if moved.value is not None:
        parts.append((float(total - counted), moved.value, moved.low, moved.high))
    whole = sum(factor * value for factor, value, _, _ in parts)
    low, high = interval_of_sum(parts)
    judged = [counted * bound for bound in (right.value, right.low, right.high)]
    return Estimate(len(inside), *(round(number, 2) for number in (*judged, whole, max(0.0, low), min(float(total), high))))


def sampled(audit: Audit, panel: Panel) -> list[Sampled]:
    """The events of which everything is judged that the panel needs."""
    needed = needed_of(panel)
    found: dict[str, tuple[frozenset[Cell], frozenset[Cell]]] = {}
    for id, judgements in by_item(audit).items():
        event = audit.items[id].event
        try:
            facts = corrected(event, settled(judgements), needed)
        except LookupError:
            continue
        found[id] = frozenset(cells_of(facts_of(event), panel)), frozenset(cells_of(facts, panel) if facts else ())
    weight = weights(audit, found)
    return [Sampled(weight[id], coded, true) for id, (coded, true) in found.items()]


def settled(judgements: Sequence[Judgement]) -> dict[Judged, Verdict]:
    """One verdict a field: the one of most judges; where they are equally many, unsure."""
    return {name: verdict for name in FIELDS for verdict in settled_field(judgements, name)}


def settled_field(judgements: Sequence[Judgement], name: Judged) -> Iterator[Verdict]:
    said = [one.fields[name] for one in judgements if name in one.fields and truth_of(one, name) is not None]
    right = [verdict for verdict in said if verdict.verdict == "right"]
    wrong = [verdict for verdict in said if verdict.verdict == "wrong"]
    if len(right) > len(wrong):
        yield right[0]
    elif len(wrong) > len(right):
        yield next((verdict for verdict in wrong if verdict.should is not None), wrong[0])
    elif any(name in one.fields for one in judgements):
        yield Verdict(verdict="unsure")
