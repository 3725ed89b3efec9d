"""In: a role noun without a name or owner of its own ("the minister", "the two leaders", "police", "his Chinese counterpart").
Out: whom it means, by what the article said before; unknown stays unknown.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from dragoman.actors import roles
from dragoman.actors.coreference import described
from dragoman.actors.offices import person_on
from dragoman.actors.persons import People
from dragoman.actors.referents import Found, Referent
from dragoman.actors.scene import RoleHit, Scene

WINDOW = 5
PAIR_WINDOW = 3
INTERNATIONAL = frozenset({"IGO", "UNO", "EUR", "NGO", "ISM", "IMG", "MNC"})
NUMBERS = {"both": 2, "two": 2, "three": 3, "four": 4, "five": 5}


class Descriptions:
    """Whom the role nouns of one article mean."""

    def __init__(self, scene: Scene, people: People) -> None:
        self.scene = scene
        self.tree = scene.tree
        self.people = people
        self.dateline: str | None = None

    def resolve(self, hit: RoleHit, found: Found) -> bool:
        """Fill in whom the mention means and why; False where the noun is no actor here."""
        owned_by = roles.owners(self.scene, hit)
        if self._is_counterpart(hit):
            self._counterpart(hit, found, owned_by)
        elif any(owner.referents for owner in owned_by):
            self._owned(hit, found, owned_by)
        else:
            answer = self._numbered(hit) or self._same_person(hit) or self._same_body(hit)
            if answer is not None:
                found.referents, because = answer
                found.because.append(because)
                return True
            self._bare(hit, found, bool(owned_by))
        return bool(found.referents or found.because)

    def _owned(self, hit: RoleHit, found: Found, owned_by: list[Found]) -> None:
        found.referents = roles.referents(self.scene, hit, owned_by)
        found.because.append(f"{self._text(hit)} with {', '.join(self._words(o) for o in owned_by)}")
        self._name_holder(hit, found)

    def _name_holder(self, hit: RoleHit, found: Found) -> None:
        """The person who holds the office on the day, where it is one that only one person holds."""
        if len(found.referents) != 1 or not self._is_unique_office(hit):
            return
        role = found.referents[0]
        holding = self.scene.knowledge.holder_of(role.office_code or "", role.country or "", self.scene.day)
        if holding is None or holding.title != hit.role.text:
            return
        person = self.people.by_name.get(holding.person)
        if person is None:
            person, _ = person_on(self.scene.knowledge.people[holding.person], self.scene.day)
            self.people.learn(holding.person, person)
        person.roles.add(hit.role.text)
        found.referents = [person]
        found.because.append(f"{holding.title} of {holding.country} on {self.scene.day} (holders)")

    def _is_unique_office(self, hit: RoleHit) -> bool:
        title = hit.role.title
        if title is None or title.office is None or hit.role.plural or roles.modifiers(self.scene, hit) or self._determiner(hit) in ("a", "an", "another"):
            return False
        plain = {"compound", "poss", "det", "case", "prep", "appos", "punct", "relcl"}
        return all(self.tree.dep[kid] in plain or kid in self.scene.by_head or hit.start <= kid for kid in self.tree.kids[hit.top] if kid < hit.start)

    def _is_counterpart(self, hit: RoleHit) -> bool:
        return hit.role.text in self.scene.words.counterparts and self.tree.first(hit.top, "poss") is not None

    def _counterpart(self, hit: RoleHit, found: Found, owned_by: list[Found]) -> None:
        """The one in the same office elsewhere: "his Chinese counterpart"."""
        owner = self.scene.by_head.get(self.tree.first(hit.top, "poss") or -1)
        own = owner.referents[0] if owner is not None and len(owner.referents) == 1 else None
        states = [r for o in owned_by if o is not owner for r in o.referents]
        if not states and hit.role.plural:
            number = self._number(hit)
            others = self._states_before(hit.start, own.country if own else None)
            states = others if number is not None and len(others) == number else []
        if not states:
            found.because.append(f"{self._text(hit)}: of which state is not said")
        for state in states:
            found.referents.append(self._in_same_office(state, own))
            found.because.append(f"{self._text(hit)} of {own.name or own.country if own else 'somebody'} in {state.country}")

    def _in_same_office(self, state: Referent, own: Referent | None) -> Referent:
        referent = Referent("person", country=state.country)
        if own is not None:
            referent.sector, referent.office, referent.office_code, referent.roles = own.sector, own.office, own.office_code, set(own.roles)
        holding = self.scene.knowledge.holder_of(referent.office_code or "", state.country or "", self.scene.day)
        if holding is None:
            return referent
        person = self.people.by_name.get(holding.person)
        if person is None:
            person, _ = person_on(self.scene.knowledge.people[holding.person], self.scene.day)
            self.people.learn(holding.person, person)
        return person

    def _numbered(self, hit: RoleHit) -> tuple[list[Referent], str] | None:
        """"the two leaders", "both sides": the parties named last, where they are just as many."""
        sort = self.scene.words.sides.get(hit.role.text)
        number = self._number(hit)
        if sort is None or number is None or not hit.role.plural:
            return None
        for start in range(self.tree.sentence[hit.top], max(-1, self.tree.sentence[hit.top] - PAIR_WINDOW - 1), -1):
            parties = self._parties(start, self.tree.sentence[hit.top], hit.start, sort)
            if len(parties) == number:
                parties = parties if sort in ("person", "any", "group") or roles.is_weak(hit.role) else self._each(hit, parties)
                return parties, f"{self._text(hit)} are {described(parties)}, named before"
            if len(parties) > number:
                return None
        return None

    def _parties(self, first: int, last: int, before: int, sort: str) -> list[Referent]:
        heads = [h for s in range(first, last + 1) for h in self.scene.heads_in(s, before) if not self.scene.by_head[h].modifier]
        everyone = list(dict.fromkeys(r for h in heads for r in self.scene.by_head[h].referents))
        if sort == "person":
            return [r for r in everyone if r.sort == "person" and r.name]
        if sort == "group":
            return [r for r in everyone if r.sort == "body"]
        sides: dict[str, Referent] = {}
        for referent in everyone:
            if referent.country is not None:
                side = self.scene.registry.state(referent.country) if sort == "state" else referent
                sides.setdefault(referent.country + (referent.sector or "" if referent.sector in ("REB", "OPP") else ""), side)
        return list(sides.values())

    def _each(self, hit: RoleHit, parties: Iterable[Referent]) -> list[Referent]:
        return [roles.referent_of(self.scene, hit, party) for party in parties]

    def _states_before(self, token: int, own: str | None) -> list[Referent]:
        found = dict.fromkeys(
            r.country for s in range(self.tree.sentence[token] + 1) for h in self.scene.heads_in(s, token) for r in self.scene.by_head[h].referents if r.country
        )
        return [self.scene.registry.state(c) for c in found if c != own and c not in INTERNATIONAL]

    def _same_person(self, hit: RoleHit) -> tuple[list[Referent], str] | None:
        """"the minister" after "Foreign Minister X": the nearest persons with that role, if only one."""
        if hit.role.plural or not roles.is_title(hit.role) or not self._is_definite(hit):
            return None
        last = hit.role.text.rsplit(" ", 1)[-1]
        here = self.tree.sentence[hit.top]
        for sentence in range(here, max(-1, here - WINDOW - 1), -1):
            people = [r for h in self.scene.heads_in(sentence, hit.start) for r in self.scene.by_head[h].referents if r.sort == "person"]
            same = list(dict.fromkeys(r for r in people if any(role == hit.role.text or (role.endswith(" " + last) and hit.role.text == last) for role in r.roles)))
            if len(same) == 1:
                return same, f"{self._text(hit)} is {described(same)}, named before"
            if same:
                return None
        return None

    def _same_body(self, hit: RoleHit) -> tuple[list[Referent], str] | None:
        """"the group", "the country": the body or state named last, if only one is."""
        if hit.role.plural or not self._is_definite(hit):
            return None
        words, text = self.scene.words, hit.role.text
        sorts = ("state",) if text in words.states else ("body",) if text in words.groups else ()
        here = self.tree.sentence[hit.top]
        for sentence in range(here, max(-1, here - PAIR_WINDOW - 1), -1) if sorts else ():
            founds = [self.scene.by_head[h] for h in self.scene.heads_in(sentence, hit.start)]
            same = list(dict.fromkeys(r for f in founds if not f.modifier or sorts == ("state",) for r in f.referents if r.sort in sorts))
            if len(same) == 1:
                return same, f"{self._text(hit)} is {described(same)}, named before"
            if same:
                return None
        return None

    def _bare(self, hit: RoleHit, found: Found, with_owner: bool) -> None:
        """A noun with nothing beside it: the country of the same noun before, else of the only country the article speaks of."""
        weak = roles.is_weak(hit.role)
        if weak and not (hit.role.plural and roles.sector_of(hit.role) == "CVL"):
            if self._is_definite(hit) and hit.role.text in self.scene.words.sides:
                found.because.append(f"{self._text(hit)}: who is meant is not clear")
            return
        found.referents = roles.referents(self.scene, hit, [])
        country, because = (None, "") if with_owner else self._country_of(hit)
        found.referents[0].country = country
        found.because.append(because if country else f"{self._text(hit)}: of which country is not said")

    def _country_of(self, hit: RoleHit) -> tuple[str | None, str]:
        before = {r.country for r in self._with_role(hit)}
        if len(before) == 1 and None not in before:
            country = before.pop()
            return country, f"{self._text(hit)} of {country}, as before"
        if hit.role.agent is not None and roles.sector_of(hit.role) in self.scene.words.body_sectors and len(before) == 0:
            spoken = {c for c in self.scene.registry.counts if c not in INTERNATIONAL}
            if len(spoken) == 1:
                country = spoken.pop()
                return country, f"{self._text(hit)}: the article speaks of one country only, {country}"
        return None, ""

    def _with_role(self, hit: RoleHit) -> Iterator[Referent]:
        for sentence in range(self.tree.sentence[hit.top] + 1):
            for head in self.scene.heads_in(sentence, hit.start):
                yield from (r for r in self.scene.by_head[head].referents if hit.role.text in r.roles and r.country)

    def _determiner(self, hit: RoleHit) -> str | None:
        kid = self.tree.first(hit.top, "det", "predet")
        return self.tree.lower[kid] if kid is not None else None

    def _is_definite(self, hit: RoleHit) -> bool:
        return self._determiner(hit) in self.scene.words.definite

    def _number(self, hit: RoleHit) -> int | None:
        for kid in self.tree.kids[hit.top]:
            if kid < hit.start and self.tree.lower[kid] in NUMBERS:
                return NUMBERS[self.tree.lower[kid]]
        return None

    def _text(self, hit: RoleHit) -> str:
        return f"'{' '.join(self.tree.words[hit.start : hit.end])}'"

    def _words(self, found: Found) -> str:
        return f"'{' '.join(self.tree.words[found.start : found.end])}'"
