"""What an audit finds. In: an audit. Out: rows of figures: precision by field, type and confidence, recall, agreement of the judges.

Where several judged an event, the majority counts; a tie is unsure. What is unsure counts neither as right nor as wrong, and is told.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Iterator, Sequence
from typing import Literal, NamedTuple, TypeAlias

from dragoman.audit.files import Audit
from dragoman.audit.lines import FIELDS, NONE, Item, Judged, Judgement
from dragoman.audit.statistics import Share, alpha, clustered_share, share_of

RECORD = "record"  # type, actor and recipient are all right: who did what to whom
SIDES: tuple[Judged, ...] = ("type", "actor", "recipient")
Truth: TypeAlias = bool | None
Measure: TypeAlias = Literal["precision", "recall", "agreement"]


class Figure(NamedTuple):
    """A row of the report. ``group`` is such as type, confidence or all, ``name`` which of them; of alpha there is no interval yet."""

    measure: Measure
    field: str
    group: str
    name: str
    judged: int
    unsure: int
    value: float | None
    low: float | None
    high: float | None


def truth_of(judgement: Judgement, field: str) -> Truth:
    """Whether a judge finds a field right; None where that is not said. Of what is no event, no other field is judged."""
    if field == RECORD:
        parts = [truth_of(judgement, name) for name in SIDES]
        return False if False in parts else None if None in parts else True
    verdict = judgement.fields.get(field)  # type: ignore[call-overload]
    return {"right": True, "wrong": False}.get(verdict.verdict) if verdict else None


def is_no_event(judgement: Judgement) -> bool:
    kind = judgement.fields.get("type")
    return kind is not None and kind.should == NONE


def by_item(audit: Audit) -> dict[str, list[Judgement]]:
    """What was judged of each event, in the order of the judges' names, so that nothing depends on who was first."""
    found: dict[str, list[Judgement]] = defaultdict(list)
    for judgement in sorted(audit.judgements, key=lambda one: one.judge):
        found[judgement.item].append(judgement)
    return dict(found)


def agreed(judgements: Sequence[Judgement], field: str) -> Truth:
    """What most judges say."""
    counts = Counter(truth for one in judgements if (truth := truth_of(one, field)) is not None)
    return None if counts[True] == counts[False] else counts[True] > counts[False]


def weights(audit: Audit, ids: Iterable[str]) -> dict[str, float]:
    """How many events of the store each of some judged ones stands for: those of its stratum by those of it that are judged."""
    chosen = list(ids)
    judged = Counter(audit.items[id].stratum for id in chosen)
    strata = audit.sample.strata
    return {id: strata[name].events / judged[name] for id in chosen for name in [audit.items[id].stratum]}


def figures(audit: Audit) -> list[Figure]:
    """All rows, in the order of the report."""
    return [*precisions(audit), *recalls(audit), *agreements(audit)]


GROUPS: dict[str, Callable[[Item], str]] = {
    "all": lambda item: "all",
    "type": lambda item: item.event.type,
    "confidence": lambda item: band_of(item.event.confidence),
    "publication": lambda item: item.publication or NONE,
}


def band_of(confidence: float | None) -> str:
    """0.6, 0.7 ...: the first digit."""
    return NONE if confidence is None else f"{int(confidence * 10 + 1e-9) / 10:.1f}+"


def precisions(audit: Audit) -> Iterator[Figure]:
    """Of all events every field; by type, confidence and publication the whole record and its type."""
    judged = by_item(audit)
    for group, name_of in GROUPS.items():
        names = sorted({name_of(audit.items[id]) for id in judged})
        if group == "publication" and names == [NONE]:
            continue
        for name in names:
            ids = [id for id in judged if name_of(audit.items[id]) == name]
            for field in (RECORD, *FIELDS) if group == "all" else (RECORD, "type"):
                yield precision(audit, judged, ids, field, group, name)


def precision(audit: Audit, judged: dict[str, list[Judgement]], ids: Sequence[str], field: str, group: str, name: str) -> Figure:
    truths = {id: agreed(judged[id], field) for id in judged}
    said = [id for id in truths if truths[id] is not None]
    weight = weights(audit, said)
    among = [id for id in ids if truths[id] is not None]
    share = share_of((bool(truths[id]), weight[id]) for id in among)
    return figure("precision", field, group, name, share, sum(is_open(judged[id], field) for id in ids if truths[id] is None))


def is_open(judgements: Sequence[Judgement], field: str) -> bool:
    """Whether a field was judged, but not decided."""
    names = SIDES if field == RECORD else (field,)
    return not all(is_no_event(one) for one in judgements) and any(name in one.fields for one in judgements for name in names)


def figure(measure: Measure, field: str, group: str, name: str, share: Share, unsure: int = 0) -> Figure:
    known = share.value is not None
    return Figure(
        measure, field, group, name, share.count, unsure, share.value, share.low if known else None, share.high if known else None
    )


def recalls(audit: Audit) -> Iterator[Figure]:
    """Of the events that articles tell, the share that is a right record; articles read by several count as often."""
    readings = audit.readings
    if readings:
        clusters = [(len(one.right), len(one.right) + len(one.missed)) for one in readings]
        yield figure("recall", RECORD, "articles", str(len({one.article_id for one in readings})), clustered_share(clusters))
        found = [(len(one.right), len(one.right) + len(one.wrong)) for one in readings]
        yield figure("precision", RECORD, "articles", str(len({one.article_id for one in readings})), clustered_share(found))


def agreements(audit: Audit) -> Iterator[Figure]:
    """Krippendorff's alpha of what the judges say, right or wrong, of the events that two or more judged."""
    judged = [found for found in by_item(audit).values() if len(found) > 1]
    for field in (RECORD, *FIELDS):
        units = [[truth_of(one, field) for one in found] for found in judged]
        compared = sum(len([value for value in unit if value is not None]) > 1 for unit in units)
        if compared:
            yield Figure("agreement", field, "judges", ", ".join(audit.judges), compared, 0, alpha(units), None, None)
