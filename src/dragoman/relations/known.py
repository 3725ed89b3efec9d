"""In: a standing relation. Out: whether the tables hold it on the day of the article; None where they have no such facts."""

from __future__ import annotations

from dragoman.drafts import Side, Standing
from dragoman.knowledge import Holding, Knowledge, title_key
from dragoman.knowledge.facts import is_in_force
from dragoman.relations.scene import state_of


def known(standing: Standing, knowledge: Knowledge, day: str | None) -> bool | None:
    """Whether the tables hold it; of an office that is over, whether they hold that it was so."""
    if standing.kind == "member_of":
        return _is_member(standing, knowledge, standing.since if standing.past else day)
    if standing.kind == "office":
        return _is_holder(standing, knowledge, day)
    return None


def _is_member(standing: Standing, knowledge: Knowledge, day: str | None) -> bool | None:
    body = standing.object.identity if standing.object is not None else None
    state = _state(standing.subject)
    if body is None or body.name not in knowledge.members or state is None or day is None:
        return None
    whole = day + "-12-31"[: 10 - len(day)] if len(day) < 10 else day
    return any(m.country == state and is_in_force(m.since, m.until, whole) for m in knowledge.members[body.name])


def _is_holder(standing: Standing, knowledge: Knowledge, day: str | None) -> bool | None:
    """None for persons that the tables don't know, and for offices of which they have no holders at all."""
    who = standing.subject.identity
    person = knowledge.people.get(who.name) if who is not None and who.name else None
    offices = offices_of(knowledge, standing.title or "")
    state = _state(standing.object)
    if person is None:
        return None if state is None or not any((state, office) in knowledge.by_office for office in offices) else False
    same = [h for h in person.holdings if is_same_office(h, standing.title or "", offices) and state in (None, h.country)]
    if standing.past:
        return bool(same)
    if day is None:
        return None
    return any(is_in_force(h.since, h.until, day) for h in same)


def is_same_office(holding: Holding, title: str, offices: set[str]) -> bool:
    """The same title, or one of the same office ("premier", "prime minister")."""
    key, own = title_key(title), title_key(holding.title)
    if key == own or (holding.office in offices and holding.office != "other"):
        return True
    return key in own.split(" ") or own.endswith(f" {key}") or key.endswith(f" {own}")


def offices_of(knowledge: Knowledge, title: str) -> set[str]:
    """The offices that a title may name ("head_of_state")."""
    key = title.lower().replace("defense", "defence")
    found = {r.title.office for text in (title.lower(), key) for r in knowledge.roles.get(text) if r.title is not None and r.title.office}
    return {office for office in found if office is not None}


def _state(side: Side | None) -> str | None:
    return None if side is None or side.identity is None else state_of(side.identity)
