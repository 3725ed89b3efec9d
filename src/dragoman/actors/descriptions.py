"""In: a role noun without a name ("the minister", "police", "his Chinese counterpart"). Out: whom it means, if that can be known."""

from __future__ import annotations

from collections.abc import Callable, Iterator

from dragoman.actors import bodies, groups, home, neighbours, roles
from dragoman.actors.coreference import described
from dragoman.actors.counterparts import Counterparts
from dragoman.actors.epithets import Epithets
from dragoman.actors.offices import person_on
from dragoman.actors.pairs import BILATERAL
from dragoman.actors.persons import People
from dragoman.actors.referents import Found, Referent
from dragoman.actors.scene import RoleHit, Scene
from dragoman.knowledge import Holding, title_key
from dragoman.language.tree import PROPER_TAGS

WINDOW = 5
MEMORY = 60
INDEFINITE = frozenset({"a", "an", "another", "any", "no", "some"})
PLAIN = frozenset({"compound", "poss", "det", "case", "prep", "appos", "punct", "relcl"})
BETWEEN = ("with", "between")
CIVILIANS = "CVL"
REBELS = "REB"
FORMER = "ELI"
ALIKE = frozenset({"REB", "MIL", "COP", "OPP"})
Answer = tuple[list[Referent], str]


class Descriptions:
    """Whom the role nouns of one article mean."""

    def __init__(self, scene: Scene, people: People) -> None:
        self.scene = scene
        self.tree = scene.tree
        self.people = people
        self.epithets = Epithets(scene)
        self.counterparts = Counterparts(scene, self._holder)

    def resolve(self, hit: RoleHit, found: Found) -> bool:
        """Fill in whom the mention means and why; False where the noun is no actor here."""
        if self._is_bond(hit):
            return False
        owned_by = [o for o in roles.owners(self.scene, hit) if not roles.is_weak(hit.role) or self._says_whose(o)]
        if self.counterparts.is_one(hit):
            self.counterparts.resolve(hit, found, owned_by)
        elif (owner := neighbours.of_state(self.scene, hit)) is not None:
            self._related(hit, found, owner)
        elif any(owner.referents for owner in owned_by):
            self._owned(hit, found, owned_by)
        else:
            answer = self._named_before(hit) or self._called_otherwise(hit)
            if answer is not None:
                found.referents, because = answer
                found.because.append(because)
            else:
                self._bare(hit, found, bool(owned_by))
        return bool(found.referents or found.because)

    def _is_bond(self, hit: RoleHit) -> bool:
        """ "The alliance with Seoul", "the bilateral alliance": what is between two, and no body."""
        bilateral = any(self.tree.lower[k] == BILATERAL for k in self.tree.kids[hit.top])
        between = bilateral or any(True for _ in roles.complements(self.scene, hit, BETWEEN))
        return between and hit.role.text.rsplit(" ", 1)[-1] in self.scene.words.bonds

    def _says_whose(self, owner: Found) -> bool:
        """ "53 million people" does not say whose "the nation of 53 million people" is."""
        return not owner.referents or any(r.country or r.sector != CIVILIANS or r.silent for r in owner.referents)

    def _related(self, hit: RoleHit, found: Found, owner: Referent) -> None:
        found.referents = neighbours.meant(self.scene, hit, owner)
        who = described(found.referents) if found.referents else "not said"
        found.because.append(f"{self._text(hit)} of {owner.country}: {who}")

    def _owned(self, hit: RoleHit, found: Found, owned_by: list[Found]) -> None:
        body = bodies.beside(self.scene, hit, owned_by)
        if body is not None:
            found.referents = [body]
            found.because.append(f"{self._text(hit)} beside its name")
            return
        found.referents = roles.referents(self.scene, hit, owned_by)
        if len(found.referents) > 1 and any(o.end == found.end for o in owned_by):
            found.end = max(found.end, *(o.end for o in owned_by))  # "leaders of Serbia and Kosovo"
        found.because.append(f"{self._text(hit)} with {', '.join(self._words(o) for o in owned_by)}")
        bodies.name(self.scene, hit, found, owned_by, self._is_one_of_several(hit))
        self._name_holder(hit, found)
        self._person_meant(hit, found)

    def _person_meant(self, hit: RoleHit, found: Found) -> None:
        """ "the Turkish leader" after a Turkish politician's name, "the Japanese minister" after "Foreign Minister X" of Japan."""
        role = found.referents[0]
        if len(found.referents) != 1 or role.name or role.sort != "person" or not self._is_definite(hit):
            return
        if role.sector == FORMER:
            self._once_in_office(hit, found)
            return
        same_role, busy = self._is_same_role(hit), self._same_clause(hit)
        loose = hit.role.text in self.scene.words.epithets

        def fits(referent: Referent) -> bool:
            named = referent.sort == "person" and referent.name is not None and referent.country == role.country
            return named and referent not in busy and (loose or same_role(referent))

        answer = self._nearest(hit, groups.WINDOW, fits)
        if answer is not None:
            found.referents = answer[0]
            found.because.append(answer[1])

    def _once_in_office(self, hit: RoleHit, found: Found) -> None:
        """ "the former secretary of state": the one named person of that country who the tables say held the office."""
        role, title = found.referents[0], hit.role.title
        keys = {title_key(hit.role.text), title.office if title is not None else None}
        once = [r for r in self._all_before(hit) if r.sort == "person" and r.past & keys and role.country in (None, r.country)]
        if len(set(once)) == 1:
            found.referents = [once[0]]
            found.because.append(f"{self._text(hit)} is {described(found.referents)}, named before")

    def _name_holder(self, hit: RoleHit, found: Found) -> None:
        """The person who holds the office on the day, where it is one that only one person holds."""
        if len(found.referents) != 1 or not self._is_unique_office(hit):
            return
        role = found.referents[0]
        known, country = self.scene.knowledge, role.country or ""
        whole = self.tree.text(found.start, found.end)
        holding = known.holder_titled(whole, country, self.scene.day) or known.holder_titled(hit.role.text, country, self.scene.day)
        if holding is None:
            return
        person = self._holder(holding)
        person.roles.add(hit.role.text)
        found.referents = [person]
        found.because.append(f"{holding.title} of {holding.country} on {self.scene.day} (holders)")

    def _holder(self, holding: Holding) -> Referent:
        known = self.people.by_name.get(holding.person)
        if known is not None:
            return known
        person, _ = person_on(self.scene.knowledge.people[holding.person], self.scene.day)
        self.people.learn(holding.person, person)
        return person

    def _is_unique_office(self, hit: RoleHit) -> bool:
        title = hit.role.title
        if title is None or title.office is None or hit.role.plural or roles.modifiers(self.scene, hit) or self._is_one_of_several(hit):
            return False
        return all(
            self.tree.dep[kid] in PLAIN or kid in self.scene.by_head or hit.start <= kid
            for kid in self.tree.kids[hit.top]
            if kid < hit.start
        )

    def _named_before(self, hit: RoleHit) -> Answer | None:
        """Somebody whom the article named before, meant by "the two leaders", "the minister", "the group", "the men"."""
        if self._is_told_apart(hit):
            return None
        if hit.role.plural:
            return self._numbered(hit) or self._same_people(hit)
        if not self._is_definite(hit):
            return None
        return self._nearest(hit, WINDOW, self._is_same_role(hit)) or self._nearest(hit, groups.WINDOW, self._is_same_sort(hit))

    def _called_otherwise(self, hit: RoleHit) -> Answer | None:
        """Somebody named before, meant by another word: "the premier", "the rebels"."""
        if not self._is_definite(hit) or any(hit.role.text in r.roles for r in self._all_before(hit)):
            return None
        found = self.epithets.meant(hit)
        return None if found is None else ([found], f"{self._text(hit)} can only be {described([found])}")

    def _is_told_apart(self, hit: RoleHit) -> bool:
        """ "the shadow government": an adjective or noun says that it is another one."""
        return any(
            kid < hit.start and self.tree.dep[kid] in ("amod", "compound", "nmod") and self.tree.lower[kid] not in self.scene.words.same
            for kid in self.tree.kids[hit.top]
        )

    def _nearest(self, hit: RoleHit, window: int, fits: Callable[[Referent], bool]) -> Answer | None:
        """The referent that fits in the nearest sentence that has any; None if it has two."""
        here = self.tree.sentence[hit.top]
        for sentence in range(here, max(-1, here - window - 1), -1):
            founds = [self.scene.by_head[h] for h in self.scene.heads_in(sentence, hit.start)]
            same = list(dict.fromkeys(r for f in founds for r in f.referents if fits(r)))
            if len(same) == 1:
                return same, f"{self._text(hit)} is {described(same)}, named before"
            if same:
                return None
        return None

    def _is_same_role(self, hit: RoleHit) -> Callable[[Referent], bool]:
        text, last = hit.role.text, hit.role.text.rsplit(" ", 1)[-1]
        sort = "person" if roles.is_human(self.scene, hit.role) else "body"

        def fits(referent: Referent) -> bool:
            return referent.sort == sort and any(role == text or (last == text and role.endswith(" " + last)) for role in referent.roles)

        return fits

    def _is_same_sort(self, hit: RoleHit) -> Callable[[Referent], bool]:
        words, text = self.scene.words, hit.role.text
        sort = "state" if text in words.states else "body" if text in words.groups else None
        busy = self._same_clause(hit)

        def fits(referent: Referent) -> bool:
            if referent.sort != sort or referent in busy:
                return False
            if sort == "state":
                return referent.sector is None
            called = (referent.name or "").lower().split(" ")
            return text in called or (text in words.any_body and referent.sector != groups.MEDIA)

        return fits

    def _same_clause(self, hit: RoleHit) -> list[Referent]:
        """Whom the clause of a noun names as its subject or object: somebody else than the noun."""
        verb = self.tree.clause(hit.top)
        heads = [k for k in self.tree.labelled(verb, "nsubj", "nsubjpass", "dobj") if k != hit.top]
        return [r for k in heads if k in self.scene.by_head for r in self.scene.by_head[k].referents]

    def _numbered(self, hit: RoleHit) -> Answer | None:
        """ "the two leaders", "both sides": as many parties, named together or last."""
        sort, number = self.scene.words.sides.get(hit.role.text), groups.number(self.scene.tree, hit) or self._pair(hit)
        if number is None or sort is None or any(True for _ in roles.complements(self.scene, hit, ("of",))):
            return None
        for everyone in groups.in_question(self.scene, hit.start, groups.WINDOW):
            parties = self._parties(everyone, sort)
            if len(parties) == number:
                if sort == "state" and not roles.is_weak(hit.role):
                    parties = [roles.referent_of(self.scene, hit, party) for party in parties]
                return parties, f"{self._text(hit)} are {described(parties)}, named before"
        return None

    def _pair(self, hit: RoleHit) -> int | None:
        """ "the leaders", "the rivals": two, where two were just named together and nobody was called so before."""
        if not self._is_definite(hit) or any(hit.role.text in r.roles for r in self._all_before(hit)):
            return None
        here = self.tree.sentence[hit.top]
        near = [h for s in (here - 1, here) if s >= 0 for h in self.scene.heads_in(s, hit.start)]
        together = (r for h in near if self.tree.dep[h] != "conj" for r in [groups.joined(self.scene, h)] if len(r) > 1)
        return 2 if any(len(group) == 2 for group in together) else None

    def _parties(self, referents: list[Referent], sort: str) -> list[Referent]:
        if sort == "person":
            return [r for r in referents if r.sort == "person" and r.name] or _officials_of_different_states(referents)
        if sort == "group":
            return [r for r in referents if r.sort == "body"]
        parties = groups.sides(referents)
        if sort == "state":
            return [self.scene.registry.state(r.country) for r in parties.values() if r.country]
        return list(parties.values())

    def _same_people(self, hit: RoleHit) -> Answer | None:
        """ "the men" after "48 Indian fishermen": the people named last, if they are the only ones."""
        if not (roles.is_weak(hit.role) and roles.sector_of(self.scene, hit.role) == CIVILIANS and self._is_definite(hit)):
            return None
        return self._nearest(hit, groups.WINDOW, lambda r: r.sort == "people" and r.plural)

    def _bare(self, hit: RoleHit, found: Found, with_owner: bool) -> None:
        """A noun with nothing beside it: the country of the same noun before, else of the only country the article speaks of."""
        if self._is_proper(hit):
            self._proper(hit, found)
            return
        if roles.is_weak(hit.role) and not self._is_spoken_for(hit) and not self._is_local_body(hit):
            if groups.number(self.scene.tree, hit) is not None and hit.role.text in self.scene.words.sides:
                found.because.append(f"{self._text(hit)}: who is meant is not clear")
            return
        if self._is_quantity_of_things(hit):
            return
        found.referents = roles.referents(self.scene, hit, [])
        country, because = (None, "") if with_owner else self.country_of(hit)
        found.referents[0].country = country
        found.because.append(because or f"{self._text(hit)}: of which country is not said")
        if country is not None and self._is_definite(hit):
            self._name_holder(hit, found)
        if (
            country is not None
            and found.referents[0].name is None
            and (self._is_definite(hit) or (hit.role.agent is not None and hit.role.agent.number != "both"))
        ):
            bodies.name(self.scene, hit, found, [], self._is_one_of_several(hit))

    def _is_quantity_of_things(self, hit: RoleHit) -> bool:
        """ "thousands of jobs"."""
        agent = hit.role.agent
        return agent is not None and agent.weak and agent.number == "pl" and any(True for _ in roles.complements(self.scene, hit, ("of",)))

    def _is_local_body(self, hit: RoleHit) -> bool:
        """ "In Minsk, the border committee": an institution whose clause opens with a place."""
        last = hit.role.text.rsplit(" ", 1)[-1]
        return last in self.scene.words.institutions and self.scene.setting.opening(self.tree, hit.top, self.scene.words) is not None

    def _is_proper(self, hit: RoleHit) -> bool:
        """ "the Green Party", "the Department of Education": a name, though made of common words."""
        if hit.role.plural or not roles.is_institution(self.scene, hit.role) or self.tree.tag[hit.top] not in PROPER_TAGS:
            return False
        more = [
            k
            for k in self.tree.kids[hit.top]
            if k < hit.start and self.tree.dep[k] in ("compound", "nmod") and self.tree.tag[k] in PROPER_TAGS
        ]
        more += [n for n in roles.complements(self.scene, hit) if self.tree.tag[n] in PROPER_TAGS]
        return bool(more) and self.tree.straight[hit.top][0].isupper()

    def _proper(self, hit: RoleHit, found: Found) -> None:
        name = self.tree.text(found.start, found.end)
        sector = roles.sector_of(self.scene, hit.role)
        body = self.scene.registry.body(name, None, sector if sector != REBELS else None)
        body.roles.add(hit.role.text)
        inside = {r.country for head, f in self.scene.by_head.items() if found.start <= head < found.end for r in f.referents}
        body.country = body.country or (inside.pop() if len(inside) == 1 else None)
        found.kind, found.referents = "name", [body]
        found.because.append(f"'{name}' is named here, but not known")

    def _is_spoken_for(self, hit: RoleHit) -> bool:
        sector = roles.sector_of(self.scene, hit.role)
        return hit.role.text in self.scene.words.spoken_for or (hit.role.plural and sector == CIVILIANS)

    def country_of(self, hit: RoleHit) -> tuple[str | None, str]:
        """Country of a bare role noun, and why: that of the same noun before, of a place that opens its clause, or the only one named."""
        if home.is_of_many(self.scene, hit):
            return None, ""
        before = {r.country for r in self._with_role(hit)}
        if len(before) == 1:
            country = before.pop()
            return country, f"{self._text(hit)} of {country}, as before"
        if not before and (self._is_definite(hit) or self._is_generic(hit)):
            alike = {r.country for r in self._with_sector(hit)}
            if len(alike) == 1:
                country = alike.pop()
                return country, f"{self._text(hit)}: of {country} like others of their kind before"
        return home.country_of_setting(self.scene, hit) if not before else (None, "")

    def _with_role(self, hit: RoleHit) -> Iterator[Referent]:
        return (r for r in self._all_before(hit) if hit.role.text in r.roles and r.country)

    def _is_generic(self, hit: RoleHit) -> bool:
        """ "Troops", with nothing before it."""
        return hit.role.plural and self.tree.left[hit.top] == hit.start

    def _with_sector(self, hit: RoleHit) -> Iterator[Referent]:
        sector = roles.sector_of(self.scene, hit.role)
        return (r for r in self._all_before(hit) if sector in ALIKE and r.sector == sector and r.country)

    def _all_before(self, hit: RoleHit) -> Iterator[Referent]:
        here = self.tree.sentence[hit.top]
        for sentence in range(max(0, here - MEMORY), here + 1):
            for head in self.scene.heads_in(sentence, hit.start):
                yield from self.scene.by_head[head].referents

    def _determiner(self, hit: RoleHit) -> str | None:
        """The determiner of a noun; where the parser gives it to another one, the word before its phrase."""
        kid = self.tree.first(hit.top, "det", "predet", "poss")
        before = self.tree.left[hit.top] - 1
        if kid is None and before >= 0 and self.tree.dep[before] == "det" and self.tree.sentence[before] == self.tree.sentence[hit.top]:
            kid = before
        return self.tree.lower[kid] if kid is not None else None

    def _is_one_of_several(self, hit: RoleHit) -> bool:
        return self._determiner(hit) in INDEFINITE

    def _is_definite(self, hit: RoleHit) -> bool:
        return self._determiner(hit) in self.scene.words.definite

    def _text(self, hit: RoleHit) -> str:
        return f"'{self.tree.text(hit.start, hit.end)}'"

    def _words(self, found: Found) -> str:
        return f"'{self.tree.text(found.start, found.end)}'"


def _officials_of_different_states(referents: list[Referent]) -> list[Referent]:
    """ "the Fijian and Tongan prime ministers": nobody is named, but each holds an office of a state of his or her own."""
    found = [r for r in referents if r.office and r.country]
    return found if len({r.country for r in found}) == len(found) == len(referents) else []
