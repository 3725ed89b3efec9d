"""How records are put to people. In: parts of records. Out: short texts, safe to show on one line."""

from __future__ import annotations

from dragoman.schema import ArticleRecord, Dispute, Entity, Event, Expectation, Quantity, Relation, Statement, When
from dragoman.write.plain import one_line

UNKNOWN = "–"
ATTITUDES = {
    "says": "said",
    "asks": "asked",
    "promises": "promised",
    "threatens": "threatened",
    "denies": "denied",
    "believes": "believed",
    "wishes": "wished",
    "plans": "planned",
}


def who(entity: Entity | None) -> str:
    """The full name where it is known, else the words of the text."""
    return one_line(entity.name or entity.text) if entity else UNKNOWN


def code(entity: Entity) -> str:
    """Country and sector, such as ``JPN GOV``; empty where neither is known."""
    return one_line(" ".join(part for part in (entity.country, entity.sector) if part))


def party(entity: Entity | None) -> str:
    """Name and code, such as ``Shigeru Ishiba (JPN GOV)``."""
    if entity is None:
        return UNKNOWN
    return f"{who(entity)} ({code(entity)})" if code(entity) else who(entity)


def what(event: Event) -> list[str]:
    """Type, modes, auxiliary modes in brackets, then numbers, such as ``ASSAULT``, ``aerial``, ``(historical)``, ``37+ killed``."""
    numbers = dict.fromkeys(map(number, event.quantities))
    return [one_line(word) for word in (event.type, *event.mode, *(f"({name})" for name in event.aux), *numbers)]


def number(quantity: Quantity) -> str:
    """Such as ``37 killed``, ``37+ killed``, ``up to 200 captured``, ``30–40 arrested``, ``500,000,000 USD``."""
    low, high = (None if bound is None else f"{bound:,.0f}" for bound in (quantity.low, quantity.high))
    if low is None:
        shown = "many" if high is None else f"up to {high}"
    else:
        shown = f"{low}+" if high is None else low if low == high else f"{low}–{high}"
    return f"{shown} {quantity.unit or quantity.kind}"


def on_whose_word(event: Event) -> str:
    """Such as ``claimed by Kyiv, denied by Moscow``; empty where the reporter says so and nobody contradicts."""
    claimed = f"claimed by {who(event.attributed_to)}" if event.attributed_to else "claimed" if event.status == "claimed" else ""
    denied = _by("denied", [d for d in event.disputed if d.event_id is None]) or ("denied" if event.status == "denied" else "")
    return ", ".join(filter(None, (claimed, denied, _by("disputed", [d for d in event.disputed if d.event_id is not None]))))


def _by(done: str, disputes: list[Dispute]) -> str:
    names = dict.fromkeys(who(dispute.by) for dispute in disputes)
    return f"{done} by {', '.join(names)}" if names else ""


def attitude(statement: Statement) -> str:
    """Such as ``said``, ``denied`` or, negated, ``not said``."""
    done = ATTITUDES.get(statement.attitude or "says", "said")
    return f"not {done}" if statement.polarity == "negated" else done


def days(date: When | None) -> list[str]:
    """The date, and the last day where it is an interval; empty where the text gives none."""
    return [one_line(day) for day in (date.value, date.until) if day] if date else []


def origin(article: ArticleRecord) -> str:
    """Where and when an article was written and who published it, as far as it is known."""
    place = article.dateline.place if article.dateline else None
    parts = (place, article.published.value, article.agency, article.publication)
    return one_line(" · ".join(part for part in parts if part))


def said(statement: Statement) -> str:
    """What was said and by whom; a quotation has the marks of the text."""
    addressee = f" to {who(statement.addressee)}" if statement.addressee else ""
    return f"{party(statement.speaker)}{addressee}: {one_line(statement.content.text)}"


def standing(relation: Relation) -> str:
    """Such as ``prime minister: Shigeru Ishiba, Japan`` or ``alliance: Japan, United States, since 1951``."""
    sides = ", ".join(who(side) for side in (relation.from_, relation.to) if side is not None)
    name = relation.title if relation.kind == "office" and relation.title else relation.kind.replace("_", " ")
    dates = [f"{word} {day}" for word, day in (("since", relation.since), ("until", relation.until)) if day]
    told = [*dates, *(["past"] if relation.past and not relation.until else []), *([relation.change] if relation.change else [])]
    claimed = [f"claimed by {who(relation.attributed_to)}"] if relation.status == "claimed" else []
    return one_line(", ".join([f"{name}: {sides}", *told, *claimed]))


def sentence(event: Event) -> str:
    """The sentence that the trigger stands in, else the trigger alone."""
    holding = (span.text for span in event.evidence if span.start <= event.trigger.start < span.end)
    return one_line(next(holding, event.trigger.text))


def expectation(one: Expectation) -> str:
    """Such as ``Kenya (KEN) to Haiti (HTI): AID by 2024-04-30, if gang violence eases``."""
    towards = f" to {party(one.to)}" if one.to else ""
    day = one.due and (one.due.until or one.due.value or one.due.text)
    due = f" by {one_line(day)}" if day else ""
    condition = f", {one_line(one.condition.text)}" if one.condition else ""
    return f"{party(one.from_)}{towards}: {one.type}{due}{condition}"
