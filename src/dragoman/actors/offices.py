"""In: a person of the tables or the words of a title, and the day. Out: office and sector on that day, and why."""

from __future__ import annotations

from dragoman.actors.referents import Referent
from dragoman.knowledge import Holding, Person, Role, common, ended, held, title_key

FORMER = "ELI"


def person_on(person: Person, day: str | None) -> tuple[Referent, str]:
    """A known person as of a day. Without a day: name, and country if it is the same in all entries."""
    wikidata = common(h.wikidata for h in person.holdings if h.wikidata)
    referent = Referent("person", person.name, common(h.country for h in person.holdings), wikidata=wikidata)
    if day is None:
        return referent, f"{person.name} is known; what he or she was needs a date"
    now, past = held(person.holdings, day), ended(person.holdings, day)
    referent.past = frozenset(key for h in past for key in (h.office, title_key(h.title))) - {
        key for h in now for key in (h.office, title_key(h.title))
    }
    if now:
        first = _foremost(now)
        referent.country, referent.sector, referent.office, referent.office_code = first.country, first.sector, first.title, first.office
        referent.other_sectors = tuple(dict.fromkeys(h.sector for h in now if h.sector and h.sector != first.sector))
        return referent, f"{first.title} of {first.country} on {day} (holders)"
    if past:
        last = max(past, key=lambda h: h.until)
        referent.country, referent.sector = last.country, FORMER
        return referent, f"{last.title} of {last.country} until {last.until} (holders)"
    return referent, f"{person.name} holds no known office on {day}"


def _foremost(holdings: list[Holding]) -> Holding:
    """Of several offices the one of a state, and there the one that the tables name first."""
    return next((h for h in holdings if h.sector), holdings[0])


def is_courtesy(referent: Referent, role: Role) -> bool:
    """Whether a title is one that the person only once held: "President Trump" in 2022."""
    office = role.title.office if role.title else None
    return office in referent.past or title_key(role.text) in referent.past
