"""In: entries of the codebook. Out: the panel or table that shows each on a terminal of any width.

``explain`` decides which are shown.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from rich.box import ROUNDED, SIMPLE_HEAD
from rich.console import Group, RenderableType
from rich.constrain import Constrain
from rich.padding import Padding
from rich.panel import Panel
from rich.table import Table
from rich.text import Text

from dragoman.codebook.model import (
    ActorClass,
    AuxiliaryMode,
    CameoEntry,
    Codebook,
    Context,
    EventType,
    Example,
    Mode,
    OlderName,
    QuadClass,
)

WIDEST = 112  # columns; longer lines of prose are hard to read


def type_panel(book: Codebook, event_type: EventType) -> RenderableType:
    recipient = "recipient required" if event_type.recipient_required else "recipient optional"
    score = Text.assemble("score ", score_text(event_type.score))
    facts: list[str | Text] = [quad_text(book, event_type), score, recipient, f"CAMEO {book.cameo(event_type.name)}"]
    parts: list[RenderableType] = [facts_line(facts), Text(event_type.definition)]
    if event_type.modes:
        parts.append(modes_table(book, event_type))
    parts += [look_alikes_table(event_type), type_example(event_type.name, event_type.example)]
    return panel(event_type.name, "event type", parts)


def modes_table(book: Codebook, event_type: EventType) -> RenderableType:
    rows = [
        (bold(mode.name), score_text(mode.score), Text(book.codes[event_type.name][mode.name], "dim"), mode.definition)
        for mode in event_type.modes.values()
    ]
    return table_of(("mode", "score", "CAMEO", "meaning"), rows)


def look_alikes_table(event_type: EventType) -> RenderableType:
    return table_of(("look-alike", "how to tell"), [(bold(other.type), other.tell) for other in event_type.look_alikes])


def type_example(name: str, example: Example) -> RenderableType:
    actors, recipients = ", ".join(example.actor), ", ".join(example.recipient)
    coded = f"{actors} → {recipients}" if recipients else actors
    return Group(example_line(example.text), Text(f"{coded}: {' '.join([name, *example.mode])}", "cyan"))


def mode_panel(book: Codebook, event_type: EventType, mode: Mode) -> RenderableType:
    score = Text.assemble("score ", score_text(event_type.mode_score(mode.name)))
    if mode.score is None:
        score.append(", the type's")
    facts: list[str | Text] = [quad_text(book, event_type), score, f"CAMEO {book.codes[event_type.name][mode.name]}"]
    if mode.context:
        facts.append(f"brings the context {mode.context}")
    parts = [facts_line(facts), Text(mode.definition), example_line(mode.example)]
    return panel(f"{event_type.name} {mode.name}", f"mode of {event_type.name}", parts)


def context_panel(context: Context) -> RenderableType:
    cues = Text.assemble(("cues: ", "bold"), (", ".join(context.words), "dim"))
    return panel(context.name, "context", [Text(context.definition), cues, example_line(context.example)])


def auxiliary_panel(book: Codebook, auxiliary: AuxiliaryMode) -> RenderableType:
    parts: list[RenderableType] = [Text(auxiliary.definition)]
    reasons = [rule.reason for rule in book.reductions if auxiliary.name in rule.when.aux]
    if reasons:
        parts.append(bullets("Where one type says it all:", reasons))
    return panel(auxiliary.name, "auxiliary mode", [*parts, example_line(auxiliary.example)])


def quad_panel(book: Codebook, quad: QuadClass) -> RenderableType:
    rows = [(bold(t.name), score_text(t.score), first_sentence(t.definition)) for t in book.types.values() if t.quad == quad.number]
    return panel(quad.name, f"quad class {quad.number}", [Text(quad.definition), table_of(("type", "score", "meaning"), rows)])


def actor_class_panel(kind: str, actor_class: ActorClass) -> RenderableType:
    return panel(f"{actor_class.code}  {actor_class.name}", kind, [Text(actor_class.definition)])


def older_panel(book: Codebook, older: OlderName) -> RenderableType:
    became = Text.assemble("Today ", bold(" or ".join(older.types)), f": {older.note}.")
    if len(older.types) == 1:
        return Group(panel(older.older, "older type name", [became]), type_panel(book, book.types[older.types[0]]))
    rows = [(bold(name), first_sentence(book.types[name].definition)) for name in older.types]
    return panel(older.older, "older type name", [became, table_of(("type", "meaning"), rows)])


def cameo_panel(book: Codebook, entry: CameoEntry) -> RenderableType:
    grid = Table.grid(padding=(0, 2))
    for label, value in (("PLOVER type", entry.type), ("modes", ", ".join(entry.modes)), ("contexts", ", ".join(entry.contexts))):
        grid.add_row(Text(label, "dim"), Text(value) if value else Text("none", "dim"))
    grid.add_row(Text("score", "dim"), score_text(book.score(entry.type, entry.modes)))
    return panel(f"{entry.code}  {entry.label}", "CAMEO code", [grid])


def overview(book: Codebook) -> RenderableType:
    """All types, a line each, and where to read on."""
    rows = [(bold(t.name), quad_text(book, t), score_text(t.score), Text(", ".join(t.modes) or "none", "dim")) for t in book.types.values()]
    table = table_of(("type", "quad class", "score", "modes"), rows)
    more = "Any name here can be looked up, and the lists: quads, contexts, auxiliary, sectors, international, cameo."
    return Constrain(Group(table, Text(), Text(more, "dim")), WIDEST)


def quads_table(book: Codebook) -> RenderableType:
    rows = [(bold(str(quad.number)), quad.name, quad.definition) for quad in book.quads.values()]
    return Constrain(table_of(("quad", "name", "meaning"), rows), WIDEST)


def contexts_table(book: Codebook) -> RenderableType:
    return named_table("context", ((context.name, context.definition) for context in book.contexts.values()))


def auxiliary_table(book: Codebook) -> RenderableType:
    return named_table("auxiliary mode", ((auxiliary.name, auxiliary.definition) for auxiliary in book.auxiliary.values()))


def sectors_table(book: Codebook) -> RenderableType:
    return named_table("sector", ((sector.code, sector.definition) for sector in book.sectors.values()))


def international_table(book: Codebook) -> RenderableType:
    return named_table("code", ((actor.code, actor.definition) for actor in book.international.values()))


def cameo_table(book: Codebook) -> RenderableType:
    rows = [(bold(entry.code), " ".join([entry.type, *entry.modes]), entry.label) for entry in book.crosswalk.values()]
    return Constrain(table_of(("CAMEO", "PLOVER", "meaning"), rows), WIDEST)


def named_table(header: str, rows: Iterable[tuple[str, str]]) -> RenderableType:
    return Constrain(table_of((header, "meaning"), [(bold(name), meaning) for name, meaning in rows]), WIDEST)


def panel(title: str, kind: str, parts: Sequence[RenderableType]) -> RenderableType:
    """The parts in a frame, a blank line between them."""
    spaced = [Padding(part, (1 if number else 0, 0, 0, 0)) for number, part in enumerate(parts)]
    framed = Panel(
        Group(*spaced),
        title=Text(f" {title} ", "bold"),
        title_align="left",
        subtitle=Text(f" {kind} ", "dim"),
        subtitle_align="right",
        box=ROUNDED,
        padding=(1, 2),
    )
    return Constrain(framed, WIDEST)


def table_of(headers: Sequence[str], rows: Iterable[Sequence[str | Text]]) -> Table:
    """A table whose last column wraps and whose others do not."""
    table = Table(box=SIMPLE_HEAD, show_edge=False, expand=True, padding=(0, 1), header_style="dim", pad_edge=False)
    for header in headers:
        last = header == headers[-1]
        table.add_column(header, no_wrap=not last, ratio=1 if last else None, justify="right" if header == "score" else "left")
    for row in rows:
        table.add_row(*row)
    return table


def facts_line(facts: Sequence[str | Text]) -> Text:
    return Text(" · ", "dim").join([Text(fact) if isinstance(fact, str) else fact for fact in facts])


def bullets(heading: str, lines: Iterable[str]) -> RenderableType:
    grid = Table.grid(padding=(0, 1))
    for line in lines:
        grid.add_row("•", Text(line))
    return Group(Text(heading), grid)


def quad_text(book: Codebook, event_type: EventType) -> str:
    return book.quads[event_type.quad].name


def example_line(text: str) -> Text:
    return Text(f"“{text}”", "italic")


def first_sentence(text: str) -> str:
    return text.split(". ")[0].rstrip(".") + "."


def bold(text: str) -> Text:
    return Text(text, "bold")


def score_text(score: float | None) -> Text:
    """The score coloured by its sign; None is a mode without one."""
    if score is None:
        return Text("as type", "dim")
    return Text(f"{score:g}", "green" if score > 0 else "red" if score < 0 else "")
