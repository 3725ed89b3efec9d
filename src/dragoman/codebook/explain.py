"""In: a name of the codebook. Out: something that Rich prints, which says what the name means and what it is easily confused with.

A name may be a type (also an older one), a mode, a context, an auxiliary mode, a sector, an international code or a CAMEO code;
where it is several of these, all are shown.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence

from rich.box import ROUNDED, SIMPLE_HEAD
from rich.console import Group, RenderableType
from rich.constrain import Constrain
from rich.padding import Padding
from rich.panel import Panel
from rich.table import Table
from rich.text import Text

from dragoman.codebook.errors import AmbiguousName, UnknownName
from dragoman.codebook.loading import load
from dragoman.codebook.model import QUAD_NAMES, ActorClass, AuxiliaryMode, CameoEntry, Codebook, Context, EventType

WIDEST = 112  # columns; longer lines of prose are hard to read


def explain(name: str, codebook: Codebook | None = None) -> RenderableType:
    """What ``name`` means, whatever its case. UnknownName with the nearest names, AmbiguousName for an older name that became several."""
    book = codebook or load()
    asked = name.strip().casefold()
    panels = [panel for finder in FINDERS for panel in finder(book, asked)]
    if not panels:
        panels = [older_type_panel(book, name)]
    return Group(*panels)


def overview(codebook: Codebook | None = None) -> RenderableType:
    """All types, a line each: quad class, score and modes."""
    book = codebook or load()
    table = table_of("type", "quad class", "score", "modes")
    for event_type in book.types.values():
        modes = ", ".join(event_type.modes) or "none"
        table.add_row(Text(event_type.name, "bold"), QUAD_NAMES[event_type.quad], score_text(event_type.score), Text(modes, "dim"))
    return Constrain(table, WIDEST)


def older_type_panel(book: Codebook, name: str) -> RenderableType:
    try:
        today = book.canonical(name)
    except AmbiguousName:
        raise
    except UnknownName:
        raise UnknownName("name", name, all_names(book)) from None
    note = book.older[name.strip().upper()]
    return Group(Text(f"{note.older} is an older name of {today}: {note.note}.", "italic"), type_panel(book, book.types[today]))


def all_names(book: Codebook) -> Iterator[str]:
    """Every name that ``explain`` takes, without CAMEO codes' labels."""
    for names in (book.types, book.contexts, book.auxiliary, book.sectors, book.international, book.older, book.crosswalk):
        yield from names
    for event_type in book.types.values():
        yield from event_type.modes


def types_named(book: Codebook, asked: str) -> Iterator[RenderableType]:
    return (type_panel(book, event_type) for name, event_type in book.types.items() if name.casefold() == asked)


def modes_named(book: Codebook, asked: str) -> Iterator[RenderableType]:
    return (mode_panel(book, event_type, asked) for event_type in book.types.values() if asked in event_type.modes)


def contexts_named(book: Codebook, asked: str) -> Iterator[RenderableType]:
    return (context_panel(book.contexts[name]) for name in [asked.replace("-", "_").replace(" ", "_")] if name in book.contexts)


def auxiliaries_named(book: Codebook, asked: str) -> Iterator[RenderableType]:
    return (auxiliary_panel(book, book.auxiliary[name]) for name in [asked] if name in book.auxiliary)


def actor_classes_named(book: Codebook, asked: str) -> Iterator[RenderableType]:
    for kind, classes in (("sector", book.sectors), ("in place of a country", book.international)):
        if asked.upper() in classes:
            yield actor_class_panel(kind, classes[asked.upper()])


def cameo_codes_named(book: Codebook, asked: str) -> Iterator[RenderableType]:
    return (cameo_panel(book, book.crosswalk[code]) for code in [asked] if code in book.crosswalk)


FINDERS: Sequence[Callable[[Codebook, str], Iterator[RenderableType]]] = (
    types_named,
    modes_named,
    contexts_named,
    auxiliaries_named,
    actor_classes_named,
    cameo_codes_named,
)


def type_panel(book: Codebook, event_type: EventType) -> RenderableType:
    recipient = "recipient required" if event_type.recipient_required else "recipient optional"
    facts = [QUAD_NAMES[event_type.quad], "score ", recipient, f"CAMEO {book.cameo(event_type.name)}"]
    parts: list[RenderableType] = [facts_line(facts, event_type.score), paragraph(event_type.definition)]
    if event_type.modes:
        parts.append(modes_table(book, event_type))
    parts.append(look_alikes_table(event_type))
    parts.extend(type_example(event_type))
    return panel(event_type.name, f"event type, quad {event_type.quad}", parts)


def modes_table(book: Codebook, event_type: EventType) -> RenderableType:
    table = table_of("mode", "score", "CAMEO", "meaning")
    for mode in event_type.modes.values():
        code = book.codes[event_type.name][mode.name]
        table.add_row(Text(mode.name, "bold"), score_text(mode.score), Text(code, "dim"), mode.definition)
    return table


def look_alikes_table(event_type: EventType) -> RenderableType:
    table = table_of("not to be confused with", "how to tell")
    for look_alike in event_type.look_alikes:
        table.add_row(Text(look_alike.type, "bold"), look_alike.tell)
    table.columns[0].header = "look-alike"
    return table


def type_example(event_type: EventType) -> list[RenderableType]:
    example = event_type.example
    actors, recipients = ", ".join(example.actor), ", ".join(example.recipient)
    coded = f"{actors} → {recipients}" if recipients else actors
    modes = " ".join([event_type.name, *example.mode])
    return [example_line(example.text), Text(f"{coded}: {modes}", "cyan")]


def mode_panel(book: Codebook, event_type: EventType, name: str) -> RenderableType:
    mode = event_type.mode(name)
    score = event_type.mode_score(name)
    facts = [QUAD_NAMES[event_type.quad], "score " if mode.score is not None else "score of the type ", f"CAMEO {book.codes[event_type.name][name]}"]
    if mode.context:
        facts.append(f"brings the context {mode.context}")
    return panel(f"{event_type.name} {name}", f"mode of {event_type.name}", [facts_line(facts, score), paragraph(mode.definition), example_line(mode.example)])


def context_panel(context: Context) -> RenderableType:
    cues = Text("cues: ", "bold").append(", ".join(context.words), "not bold dim")
    return panel(context.name, "context", [paragraph(context.definition), Padding(cues, (0, 0, 1, 0)), example_line(context.example)])


def auxiliary_panel(book: Codebook, auxiliary: AuxiliaryMode) -> RenderableType:
    parts: list[RenderableType] = [paragraph(auxiliary.definition)]
    reasons = [rule.reason for rule in book.reductions if auxiliary.name in rule.when.aux]
    if reasons:
        parts.append(Padding(Text("\n".join(f"• {reason}" for reason in reasons)), (0, 0, 1, 0)))
    return panel(auxiliary.name, "auxiliary mode", [*parts, example_line(auxiliary.example)])


def actor_class_panel(kind: str, actor_class: ActorClass) -> RenderableType:
    return panel(f"{actor_class.code}  {actor_class.name}", kind, [Text(actor_class.definition)])


def cameo_panel(book: Codebook, entry: CameoEntry) -> RenderableType:
    table = Table.grid(padding=(0, 2))
    rows = [("PLOVER type", entry.type), ("modes", ", ".join(entry.modes)), ("contexts", ", ".join(entry.contexts))]
    for label, value in rows:
        table.add_row(Text(label, "dim"), Text(value) if value else Text("none", "dim"))
    table.add_row(Text("score", "dim"), score_text(book.score(entry.type, entry.modes)))
    return panel(f"{entry.code}  {entry.label}", "CAMEO code", [table])


def panel(title: str, kind: str, parts: Sequence[RenderableType]) -> RenderableType:
    framed = Panel(
        Group(*parts),
        title=Text.assemble((f" {title} ", "bold")),
        title_align="left",
        subtitle=Text(f" {kind} ", "dim"),
        subtitle_align="right",
        box=ROUNDED,
        padding=(1, 2),
    )
    return Constrain(framed, WIDEST)


def table_of(*headers: str) -> Table:
    """A table whose last column wraps and whose others do not."""
    table = Table(box=SIMPLE_HEAD, expand=True, padding=(0, 1), header_style="dim", pad_edge=False)
    for header in headers:
        last = header == headers[-1]
        table.add_column(header, no_wrap=not last, ratio=1 if last else None, justify="right" if header == "score" else "left")
    return table


def facts_line(facts: Sequence[str], score: float) -> Text:
    """Facts with dots between them; a fact that begins with "score" is followed by the number."""
    line = Text()
    for number, fact in enumerate(facts):
        line.append(" · " if number else "", "dim").append(fact)
        if fact.startswith("score"):
            line.append_text(score_text(score))
    return line


def paragraph(text: str) -> RenderableType:
    return Padding(Text(text), (1, 0))


def example_line(text: str) -> Text:
    return Text(f"“{text}”", "italic")


def score_text(score: float | None) -> Text:
    if score is None:
        return Text("as type", "dim")
    return Text(f"{score:g}", "green" if score > 0 else "red" if score < 0 else "")
