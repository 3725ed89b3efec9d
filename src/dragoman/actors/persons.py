"""In: a scene with names and role hits. Out: persons: titles with names, full names, lone surnames, each with who it is on the day."""

from __future__ import annotations

from dataclasses import dataclass, field

from dragoman.actors import home, roles
from dragoman.actors.likely import body_role, is_body, is_firm, is_person, title_before
from dragoman.actors.offices import is_courtesy, person_on
from dragoman.actors.phrases import phrase, phrase_end
from dragoman.actors.referents import Found, Referent
from dragoman.actors.scene import RoleHit, Scene
from dragoman.actors.spans import NameSpan, opening, overlooked, text_of
from dragoman.actors.surnames import famous, is_known_surname, is_namesake, one_of_several
from dragoman.knowledge import Person, held

OF = frozenset({"of"})
FORMER = "ELI"
SHORTEST = 3


@dataclass(slots=True)
class People:
    """The persons of one article: by full name, and by the parts that may stand alone for it."""

    by_name: dict[str, Referent] = field(default_factory=dict)
    by_part: dict[str, list[Referent]] = field(default_factory=dict)

    def learn(self, name: str, referent: Referent) -> None:
        self.by_name[name] = referent
        parts = name.split(" ")
        for start in range(1, len(parts)):
            self._add(" ".join(parts[start:]), referent)
        for part in parts[:-1]:
            if len(part) >= SHORTEST or part == parts[0]:
                self._add(part, referent)

    def _add(self, part: str, referent: Referent) -> None:
        known = self.by_part.setdefault(part, [])
        if referent not in known:
            known.append(referent)


def full_names(scene: Scene, spans: list[NameSpan], people: People) -> None:
    """Pass one: names of two words and more, and known ones."""
    for span in spans:
        if span.end - span.start > 1 or span.known:
            _find_full(scene, span, people)


def lone_names(scene: Scene, spans: list[NameSpan], people: People) -> None:
    """Pass two: single words, by the full names of the article, else by the tables."""
    for span in spans:
        if span.end - span.start == 1 and not span.known:
            _find_lone(scene, span, people)
    for span in overlooked(scene, people.by_part):
        _find_lone(scene, span, people)
    for span in opening(scene):
        if famous(scene, span, text_of(scene, span.start, span.end), None) is not None:
            _find_lone(scene, span, people)


def _find_full(scene: Scene, span: NameSpan, people: People) -> None:
    name = text_of(scene, span.start, span.end)
    title = title_before(scene, span)
    referent = people.by_name.get(name)
    because: list[str] = []
    if referent is None:
        candidates = people.by_part.get(name, [])
        if len(candidates) == 1:
            referent = candidates[0]
            because.append(f"'{name}' is the surname of {referent.name}")
    if referent is None:
        if not span.known and title is None and is_body(scene, span):
            _add_body(scene, span, name)
            return
        if not span.known and not is_person(scene, span, title):
            return
        referent, because = _new_person(scene, span, name, title)
        referent.gender = referent.gender or _gender(scene, referent, scene.tree.straight[span.start])
        people.learn(name, referent)
        if referent.name and referent.name != name:
            people.learn(referent.name, referent)
    _keep(scene, span, title, referent, because)


def _add_body(scene: Scene, span: NameSpan, name: str) -> None:
    """A body that the tables don't know, of the sector that the firm or institution beside its name is."""
    role = body_role(scene, span)
    firm = role if role is not None and is_firm(role) else None
    body = scene.registry.body(name, None, roles.sector_of(scene, firm.role) if firm is not None else None)
    if firm is not None:
        owners = {r.country for owner in roles.owners(scene, firm) for r in owner.referents}
        body.country = owners.pop() if len(owners) == 1 else home.country_of_setting(scene, firm)[0]
    scene.add(Found(span.start, span.end, span.top, "name", [body], [f"'{name}' is named here, but not known"]))


def _find_lone(scene: Scene, span: NameSpan, people: People) -> None:
    name = text_of(scene, span.start, span.end)
    title = title_before(scene, span)
    candidates = people.by_part.get(name, [])
    if len(candidates) > 1 and title is not None:
        candidates = [c for c in candidates if title.role.text in c.roles] or candidates
    if len(candidates) == 1:
        _keep(scene, span, title, candidates[0], [f"'{name}' is the surname of {candidates[0].name}"])
    elif candidates:
        found = _keep(scene, span, title, None, [f"'{name}' may be {' or '.join(sorted(c.name or '' for c in candidates))}"])
        found.kind = "name"
    else:
        _find_famous(scene, span, name, title, people)


def _find_famous(scene: Scene, span: NameSpan, name: str, title: RoleHit | None, people: People) -> None:
    person = famous(scene, span, name, title)
    if person is not None:
        referent, why = _known_person(scene, span, person, title)
        referent.gender = referent.gender or _gender(scene, referent, person.name.split(" ")[0])
        people.learn(person.name, referent)
        _keep(scene, span, title, referent, [f"'{name}' is the surname of {person.name}", why])
    elif title is None and body_role(scene, span) is not None:
        _add_body(scene, span, name)
    elif is_known_surname(scene, span, name):
        referent = people.by_name[name] = one_of_several(scene, span, name, title)
        people.by_part[name] = [referent]
        _keep(scene, span, title, referent, [f"'{name}' is the name of several known persons"])
    elif is_person(scene, span, title) and (title is not None or scene.tree.dep[span.top] == "nsubj"):
        referent, because = _new_person(scene, span, name, title)
        people.by_name[name] = referent
        people.by_part[name] = [referent]
        _keep(scene, span, title, referent, because)


def _gender(scene: Scene, referent: Referent, first: str) -> str | None:
    """What the first name says, where first names come first."""
    return None if referent.country in scene.knowledge.family_first else scene.words.given_names.get(first)


def _new_person(scene: Scene, span: NameSpan, name: str, title: RoleHit | None) -> tuple[Referent, list[str]]:
    known = _of_country(scene, span, title)
    if len(known) == 1:
        referent, why = _known_person(scene, span, known[0], title)
        return referent, [why]
    if len(known) > 1:
        return Referent("person", name), [f"'{name}' is the name of several known persons"]
    if title is None:
        return Referent("person", name), [f"'{name}' is named here, but not known"]
    tree, owned_by = scene.tree, roles.owners(scene, title, span.top)
    referent = roles.referents(scene, title, owned_by)[0]
    referent.sort, referent.name = "person", name
    because = [f"'{scene.tree.text(title.start, title.end)}' before the name"]
    if not owned_by and roles.is_title(title.role):
        referent.country, why = home.country_of_setting(scene, title)
        because += [why] if why else []
    if referent.country is None and not owned_by and referent.sector in home.LOCAL and not home.is_from_anywhere(scene, title):
        referent.country = scene.setting.only(len(tree))
        because += [f"the article names no other country than {referent.country}"] if referent.country else []
    return referent, because


def _of_country(scene: Scene, span: NameSpan, title: RoleHit | None) -> list[Person]:
    """The known persons of that name; only those of the country that the text gives, and of several those who hold an office on the day."""
    if is_namesake(scene, span.top, span.known):
        return []
    owned_by = roles.owners(scene, title, span.top) if title is not None else list(roles.owners_of_name(scene, span.top))
    countries = {r.country for owner in owned_by for r in owner.referents if r.country}
    people = [p for p in span.known if not countries or countries & {h.country for h in p.holdings}]
    if len(people) > 1 and scene.day is not None:
        day = scene.day
        people = [p for p in people if held(p.holdings, day)] or people
    return people


def _known_person(scene: Scene, span: NameSpan, person: Person, title: RoleHit | None) -> tuple[Referent, str]:
    referent, why = person_on(person, scene.day)
    if title is None:
        return referent, why
    said = roles.referents(scene, title, roles.owners(scene, title, span.top))[0]
    referent.roles |= said.roles
    referent.gender = said.gender
    stands = scene.day is not None or said.country is not None or said.sector == FORMER or title.role.text not in scene.words.courtesy
    if said.sector == FORMER:
        referent.sector, referent.office, referent.office_code = FORMER, said.office, said.office_code
    elif said.sector and referent.sector in (None, FORMER) and not is_courtesy(referent, title.role) and stands:
        referent.sector, referent.office = said.sector, said.office
        referent.country = said.country or referent.country
        why = f"the text calls {person.name} {said.office or title.role.text}"
    return referent, why


def _is_other_person(scene: Scene, token: int) -> bool:
    """ "Lee and opposition leader Park": whom "and" joins to the title of another one."""
    found = scene.by_head.get(token)
    return found is not None and found.person and scene.tree.dep[token + 1] == "cc"


def _keep(scene: Scene, span: NameSpan, title: RoleHit | None, referent: Referent | None, because: list[str]) -> Found:
    """Put the mention of a name, with its title if it has one, into the scene."""
    tree = scene.tree
    start = title.start if title is not None else span.start
    head = tree.top(start, span.end)
    first, _ = phrase(tree, head, start, span.end)
    first = max([first, *(t + 2 for t in range(first, start - 1) if _is_other_person(scene, t))])
    end = phrase_end(tree, head, start, span.end, OF)
    referents = [referent] if referent is not None else []
    found = Found(first if title is not None else start, end, head, "name", referents, because)
    if title is not None and referent is not None:
        referent.roles.add(title.role.text)
        referent.gender = referent.gender or scene.words.gender_of(title.role.text, title.role.text.rsplit(" ", 1)[-1])
    if title is not None and title.top != head and not start <= tree.head[title.top] < span.end:
        scene.add(Found(first, end, title.top, "name", list(referents), list(because)))  # the parser has put the title apart from the name
    if head != span.top:
        scene.add(Found(span.start, phrase_end(tree, span.top, span.start, span.end, OF), span.top, "name", list(referents), list(because)))
    return scene.add(found)
