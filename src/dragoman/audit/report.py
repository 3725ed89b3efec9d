"""The report of an audit, for a paper's appendix. In: an audit. Out: one HTML file that needs nothing else, or rows of figures."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from html import escape

import pyarrow as pa

from dragoman.audit.figures import Figure, figures
from dragoman.audit.files import Audit
from dragoman.audit.lines import Drawn
from dragoman.write.page import bar, document, number, table
from dragoman.write.plain import one_line

SECTIONS = {
    ("precision", "all"): ("Precision by field", "Of all events of the store. A record is right where type, actor and recipient are."),
    ("precision", "type"): ("Precision by type", "Of the whole record and of the type alone, by the type that was coded."),
    ("precision", "confidence"): ("Precision by confidence", "By the confidence that the coder gave, to the first digit."),
    ("precision", "publication"): ("Precision by publication", ""),
    ("recall", "articles"): ("Recall", "Articles read whole: of the events that they tell, the share that is a right record."),
    ("precision", "articles"): ("Precision in these articles", "Of the records of the articles that were read whole."),
    ("agreement", "judges"): ("Agreement", "Krippendorff's alpha, nominal: right or wrong. None where all say the same of everything."),
}  # fmt: skip


def html_report(audit: Audit) -> str:
    """One page; all that comes from the store is text."""
    rows = figures(audit)
    found = [(title, note, [row for row in rows if (row.measure, row.group) == key]) for key, (title, note) in SECTIONS.items()]
    body = "".join(section(title, note, among) for title, note, among in found if among)
    title = f"Audit of {audit.sample.store}"
    nothing = "<p>Nothing is judged yet.</p>" if not rows else ""
    return document(title, f"{about(audit)}{nothing}{body}{strata(audit.sample)}{methods()}")


def about(audit: Audit) -> str:
    sample = audit.sample
    judged = len({one.item for one in audit.judgements})
    query = f" that “{one_line(sample.query)}” finds" if sample.query else ""
    how = "at random" if sample.by == "none" else f"at random within each {sample.by}"
    total = sum(stratum.events for stratum in sample.strata.values())
    said = (
        f"{len(audit.items):,} of {total:,} events{query}, drawn {how} with seed {sample.seed} by dragoman {sample.dragoman}",
        f"{judged:,} of them judged",
        f"{len({one.article_id for one in audit.readings}):,} of {len(audit.stories):,} articles read whole",
        f"judges: {', '.join(map(one_line, audit.judges)) or 'none'}",
    )
    return f'<p class="quiet">{escape("; ".join(said))}.</p>'


def section(title: str, note: str, rows: Sequence[Figure]) -> str:
    shown = "".join(row_of(row) for row in rows)
    interval = "" if rows[0].measure == "agreement" else '<th class="number">95 % interval</th><th></th>'
    value = "alpha" if rows[0].measure == "agreement" else "share"
    unsure = '<th class="number">unsure</th>' if rows[0].measure == "precision" else ""
    head = f'<th></th><th>field</th><th class="number">judged</th>{unsure}<th class="number">{value}</th>{interval}'
    return f'<h2>{title}</h2><p class="quiet">{note}</p>{table(head, shown, title)}'


def row_of(row: Figure) -> str:
    cells = [f"<td>{escape(one_line(row.name))}</td><td>{row.field}</td>", number(f"{row.judged:,}")]
    if row.measure == "precision":
        cells.append(number(str(row.unsure)))
    cells.append(number(digits(row.value)))
    if row.measure != "agreement":
        cells += [number(f"{digits(row.low)}–{digits(row.high)}" if row.value is not None else "–"), f"<td>{bar_of(row)}</td>"]
    return f"<tr>{''.join(cells)}</tr>"


def digits(value: float | None) -> str:
    return "–" if value is None else f"{value:.3f}"


def bar_of(row: Figure) -> str:
    """The share as a bar with its interval as a line."""
    return "" if row.value is None or row.low is None or row.high is None else bar(row.value, (row.low, row.high))


def strata(sample: Drawn) -> str:
    if sample.by == "none":
        return ""
    rows = "".join(
        f"<tr><td>{escape(one_line(name))}</td>{number(f'{one.events:,}')}{number(f'{one.drawn:,}')}</tr>"
        for name, one in sample.strata.items()
    )
    head = f'<th>{sample.by}</th><th class="number">events</th><th class="number">drawn</th>'
    return f"<h2>Strata</h2>{table(head, rows, 'Strata')}"


def methods() -> str:
    return (
        '<h2>Methods</h2><p class="quiet">Shares are weighted by the events that each judged one stands for; intervals are Wilson’s with '
        "the effective size of the weighted sample (Kish), those of articles with the variance between articles. Where several judged an "
        "event the majority counts; ties and what is unsure are left out of the share and counted beside it.</p>"
    )


def rows_of(audit: Audit) -> pa.RecordBatchReader:
    """The same figures as Arrow batches."""
    return batches([row._asdict() for row in figures(audit)], FIGURE)


FIGURE = pa.schema(
    [(name, pa.string()) for name in ("measure", "field", "group", "name")]
    + [(name, pa.int64()) for name in ("judged", "unsure")]
    + [(name, pa.float64()) for name in ("value", "low", "high")]
)


def batches(rows: Iterable[dict[str, object]], schema: pa.Schema | None = None) -> pa.RecordBatchReader:
    """Rows with the same columns as Arrow batches."""
    table = pa.Table.from_pylist(list(rows), schema)
    return table.to_reader()
