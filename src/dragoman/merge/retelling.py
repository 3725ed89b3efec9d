"""Whether a telling recalls the event of a report. In: a report and a telling. Out: the probability that it does.

The same evidence as between two reports (``alike``), as far as a telling has it: who did it is not told apart from whom, but the sentence
should name both.
"""

from __future__ import annotations

from dragoman.merge.alike import (
    CONSTANT,
    alike_types,
    are_near,
    in_names,
    in_numbers,
    in_time,
    in_words,
    learned,
    logistic,
    overlap,
    touching,
    with_body,
)
from dragoman.merge.reports import Report
from dragoman.merge.tellings import Telling, acts

WEIGHTS = "retelling.yaml"
ENOUGH = 0.5  # of probability


def features(report: Report, telling: Telling) -> dict[str, float]:
    """What speaks for and against, by name; those that do not hold are missing or 0."""
    found = {CONSTANT: 1.0, "same_trigger": float(report.trigger == telling.trigger)}
    for part in (in_time, in_numbers, in_names, in_words):
        found.update(part(report, telling))
    found["of_type"], found["of_alike_type"] = of_types(report, telling)
    for name, side in (("actors", report.actor), ("recipients", report.recipient)):
        if side.countries:
            found[f"unnamed_{name}" if side.countries.isdisjoint(telling.mentioned) else f"named_{name}"] = 1.0
        found[f"people_{name}"] = float(are_near(side.people, telling))
        found[f"heads_{name}"] = overlap(side.heads, telling.content)
    return with_body(found, report, telling)


def of_types(report: Report, telling: Telling) -> tuple[float, float]:
    """How often the word of a telling tells the type of a report, and how often one that is taken for it."""
    shares = acts().get(telling.word, {})
    alike = sum(share for kind, share in shares.items() if (kind, report.type) in alike_types())
    return shares.get(report.type, 0.0), alike


def probability(report: Report, telling: Telling) -> float:
    """Of the telling recalling what is reported."""
    return logistic(sum(learned(WEIGHTS).get(name, 0.0) * value for name, value in features(report, telling).items()))


def may_be_recalled(report: Report, telling: Telling) -> bool:
    """Whether it is worth asking: another article, days that touch, a word for such acts, a side or a name in common."""
    if report.article == telling.article or report.first is None or not touching(report, telling) or report.unreal:
        return False
    if report.sides and report.sides.isdisjoint(telling.mentioned) and report.names.isdisjoint(telling.names):
        return False
    return report.trigger == telling.trigger or any(of_types(report, telling))
