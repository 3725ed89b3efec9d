"""In: a scene with names and role hits. Out: persons: titles with names, full names, lone surnames, each with who it is on the day."""

from __future__ import annotations

from dataclasses import dataclass, field

from dragoman.actors import home, roles
from dragoman.actors.appositions import noun_explained
from dragoman.actors.names import Hit
from dragoman.actors.offices import is_courtesy, person_on
from dragoman.actors.phrases import phrase, phrase_end
from dragoman.actors.referents import Found, Referent
from dragoman.actors.scene import RoleHit, Scene
from dragoman.knowledge import Person, held, title_key
from dragoman.language.tree import PROPER_TAGS, SUBJECTS

FOREMOST = frozenset({"head_of_state", "head_of_government"})
OF = frozenset({"of"})
FORMER = "ELI"
SHORTEST = 3
LONGEST = 4


@dataclass(frozen=True, slots=True)
class NameSpan:
    """Tokens that look like a person's name; ``known`` are persons of the tables with that full name."""

    start: int
    end: int
    top: int
    known: tuple[Person, ...] = ()


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


def name_spans(scene: Scene, person_hits: list[Hit]) -> list[NameSpan]:
    """Names of known persons, and runs of proper nouns that are nothing else."""
    tree = scene.tree
    known = {hit.start: hit for hit in person_hits}
    inside = {token for hit in person_hits for token in range(hit.start, hit.end)}
    blocked = (scene.taken - inside) | {t for hit in scene.role_at.values() for t in range(hit.start, hit.end)}
    found: list[NameSpan] = []
    token = 0
    while token < len(tree):
        if token in known:
            hit = known[token]
            end = _end_of_run(scene, hit.end, blocked) if hit.end < len(tree) and tree.lower[hit.end] in scene.words.suffixes else hit.end
            found.append(NameSpan(token, end, tree.top(token, end), hit.people if end == hit.end else ()))
            token = end
        elif token not in blocked and (
            _begins_name(scene, token) or (token - 1 in scene.title_at and _is_mistaken_first_name(scene, token))
        ):
            end = _end_of_run(scene, token + 1, blocked | set(known))
            found.append(NameSpan(token, end, tree.top(token, end)))
            token = end
        else:
            token += 1
    return found


def _begins_name(scene: Scene, token: int) -> bool:
    tree = scene.tree
    word = tree.straight[token]
    return (
        tree.tag[token] in PROPER_TAGS
        and tree.lower[token] not in scene.words.calendar
        and word[0].isupper()
        and any(c.isalpha() for c in word)
        and word.rstrip(".").isalpha()
    )


def _is_mistaken_first_name(scene: Scene, token: int) -> bool:
    """ "lawmaker Kees Vermeer": between a title and a name, and written like one, whatever the parser took it for."""
    tree = scene.tree
    above, title = tree.head[token], scene.title_at[token - 1]
    if title.role.plural or above <= token or tree.tag[above] not in PROPER_TAGS:
        return False
    is_written_so = tree.straight[token].istitle() and tree.straight[token].isalpha() and tree.straight[token - 1].islower()
    return is_written_so and tree.dep[token] in ("compound", "nmod", "amod")


def _end_of_run(scene: Scene, token: int, blocked: set[int]) -> int:
    tree, end = scene.tree, token
    while token < len(tree) and token not in blocked and tree.sentence[token] == tree.sentence[end - 1]:
        if _begins_name(scene, token) or tree.lower[token] in scene.words.suffixes:
            token += 1
            end = token
        elif _is_second_half(scene, token + 1):
            token += 2
            end = token
        elif tree.straight[token] in ("-", "'") or (tree.lower[token] in scene.words.particles and tree.straight[token].islower()):
            token += 1
        else:
            break
    return end


def _is_second_half(scene: Scene, token: int) -> bool:
    """The "ri" of "Tae-ri"."""
    tree = scene.tree
    if token >= len(tree) or tree.straight[token - 1] != "-" or tree.spaced[token - 1] or tree.spaced[token - 2]:
        return False
    return tree.tag[token] in PROPER_TAGS and tree.straight[token].isalpha() and tree.straight[token].islower()


def text_of(scene: Scene, start: int, end: int) -> str:
    """The words of a name with single spaces; hyphens and "'s" that are written apart closed up."""
    return scene.tree.text(start, end).replace(" - ", "-").replace(" 's", "'s")


def title_before(scene: Scene, span: NameSpan) -> RoleHit | None:
    """The title that stands directly before a name."""
    tree, before = scene.tree, span.start - 1
    while before >= 0 and tree.straight[before] in ("-", "elect", "designate"):
        before -= 1
    hit = scene.title_at.get(before)
    if hit is None or hit.role.plural or roles.is_modifier(hit.role) or roles.is_institution(scene, hit.role):
        return None
    return hit if tree.sentence[hit.top] == tree.sentence[span.top] else None


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
    for span in _overlooked(scene, people):
        _find_lone(scene, span, people)


def _overlooked(scene: Scene, people: People) -> list[NameSpan]:
    """Surnames of the article that the parser did not take for names, as it may in headlines."""
    tree = scene.tree
    return [
        NameSpan(token, token + 1, token)
        for token, word in enumerate(tree.straight)
        if word in people.by_part
        and word[0].isupper()
        and token not in scene.taken
        and token not in scene.title_at
        and token not in scene.by_head
        and tree.tag[token] not in PROPER_TAGS
        and tree.pos[token] in ("NOUN", "ADJ", "INTJ", "X", "VERB")
        and tree.lower[token] not in scene.words.calendar
    ]


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
        if not span.known and title is None and _is_body(scene, span):
            found = Found(
                span.start, span.end, span.top, "name", [scene.registry.body(name, None, None)], [f"'{name}' is named here, but not known"]
            )
            scene.add(found)
            return
        if not span.known and not _is_person(scene, span, title):
            return
        referent, because = _new_person(scene, span, name, title)
        referent.gender = referent.gender or _gender(scene, referent, scene.tree.straight[span.start])
        people.learn(name, referent)
        if referent.name and referent.name != name:
            people.learn(referent.name, referent)
    _keep(scene, span, title, referent, because)


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
    elif _is_known_surname(scene, span, name):
        referent = people.by_name[name] = Referent("person", name)
        people.by_part[name] = [referent]
        _keep(scene, span, title, referent, [f"'{name}' is the name of several known persons"])
    elif _is_person(scene, span, title) and (title is not None or scene.tree.dep[span.top] == "nsubj"):
        referent, because = _new_person(scene, span, name, title)
        people.by_name[name] = referent
        people.by_part[name] = [referent]
        _keep(scene, span, title, referent, because)


def _is_known_surname(scene: Scene, span: NameSpan, name: str) -> bool:
    """A surname that several heads of state or government had, where an actor stands in a clause."""
    known = [p for p in scene.knowledge.by_surname.get(name, []) if any(h.office in FOREMOST for h in p.holdings)]
    return len(known) > 1 and scene.tree.dep[span.top] in ("nsubj", "nsubjpass", "dobj", "poss", "pobj", "conj")


def _gender(scene: Scene, referent: Referent, first: str) -> str | None:
    """What the first name says, where first names come first."""
    return None if referent.country in scene.knowledge.family_first else scene.words.given_names.get(first)


def famous(scene: Scene, span: NameSpan, surname: str, title: RoleHit | None) -> Person | None:
    """The one person of the tables whom a lone surname can mean, by the title before it or by being the only holder on the day."""
    people = scene.knowledge.by_surname.get(surname, [])
    if title is not None and roles.is_title(title.role):
        return _titled(scene, people, title, span)
    if scene.day is not None:
        now = [(p, h) for p in people for h in held(p.holdings, scene.day)]
        if len({p.name for p, _ in now}) == 1 and (any(h.office in FOREMOST for _, h in now) or _is_person(scene, span, title)):
            return now[0][0]
        if now:
            return None
    return people[0] if len(people) == 1 and any(h.office in FOREMOST for h in people[0].holdings) else None


def _titled(scene: Scene, people: list[Person], title: RoleHit, span: NameSpan) -> Person | None:
    """The one who holds what the title says on the day, else the one who held it before; without a day the only one who ever did."""
    office = title.role.title.office if title.role.title else None
    key = title_key(title.role.text)
    countries = {r.country for owner in roles.owners(scene, title, span.top) for r in owner.referents if r.country}
    fitting = [
        (p, h)
        for p in people
        for h in p.holdings
        if (h.office == office or title_key(h.title) == key) and (not countries or h.country in countries)
    ]
    if scene.day is not None:
        day = scene.day
        fitting = [(p, h) for p, h in fitting if held([h], day)] or [(p, h) for p, h in fitting if h.since <= day]
    return fitting[0][0] if len({p.name for p, _ in fitting}) == 1 else None


def _is_body(scene: Scene, span: NameSpan) -> bool:
    """A name that ends like a body's ("Noor Trust"), or that an institution explains ("Lusa, a news agency", "the union SNEP")."""
    tree = scene.tree
    if tree.lower[span.end - 1] in scene.words.institutions or tree.lower[span.end - 1] in scene.words.groups:
        return True
    explaining = [*tree.labelled(span.top, "appos", "compound", "nmod"), *([tree.head[span.top]] if tree.dep[span.top] == "appos" else [])]
    return any(kid in scene.role_at and roles.is_institution(scene, scene.role_at[kid].role) for kid in explaining)


def _is_person(scene: Scene, span: NameSpan, title: RoleHit | None) -> bool:
    """A name that has a title, does what people do, or is explained by a role or an age."""
    tree = scene.tree
    if title is not None:
        return True
    if _does_what_people_do(scene, span.top) or _has_first_name(scene, span):
        return True
    for kid in tree.labelled(span.top, "appos", "npadvmod", "nummod", "amod"):
        if kid in scene.role_at or (kid > span.top and tree.tag[kid] == "CD"):
            return True
    if tree.dep[span.top] != "appos":
        return False
    explained = {tree.head[span.top], noun_explained(scene, span.top)}
    is_name_of_speaker = span.end - span.start > 1 and _explains_speaker(scene, span.top)
    return not explained.isdisjoint(scene.role_at) or is_name_of_speaker


def _explains_speaker(scene: Scene, token: int) -> bool:
    """ "said its winner, the novelist Ana Ruiz": in apposition to the subject of a verb of saying."""
    tree = scene.tree
    while tree.dep[token] == "appos" and tree.head[token] != token:
        token = tree.head[token]
    return tree.dep[token] == "nsubj" and tree.lemma[tree.head[token]].lower() in scene.words.saying


def _has_first_name(scene: Scene, span: NameSpan) -> bool:
    """ "Paul Kern was arrested": a first name before another, where an actor stands in a clause."""
    tree, top = scene.tree, span.top
    while tree.dep[top] == "conj" and tree.head[top] < top:
        top = tree.head[top]
    is_actor = tree.dep[top] in ("nsubj", "nsubjpass", "dobj", "poss") or tree.lower[tree.head[top]] == "by"
    first = tree.straight[span.start]
    is_first_name = first in scene.words.given_names and first not in scene.words.first_names  # "Carolina Panthers"
    return is_first_name and is_actor and 1 < span.end - span.start <= LONGEST


def _does_what_people_do(scene: Scene, token: int) -> bool:
    """Subject of "said", object of "met", alone or joined by "and"."""
    tree = scene.tree
    while tree.dep[token] == "conj" and tree.head[token] != token:
        token = tree.head[token]
    verb = tree.lemma[tree.head[token]].lower()
    if tree.dep[token] in SUBJECTS:
        return verb in scene.words.human_verbs
    return tree.dep[token] in ("dobj", "dative") and verb in scene.words.human_objects


def _new_person(scene: Scene, span: NameSpan, name: str, title: RoleHit | None) -> tuple[Referent, list[str]]:
    known = _of_country(scene, span, title)
    if len(known) == 1:
        referent, why = _known_person(scene, span, known[0], title)
        return referent, [why]
    if len(known) > 1:
        return Referent("person", name), [f"'{name}' is the name of several known persons"]
    if title is None:
        return Referent("person", name), [f"'{name}' is named here, but not known"]
    owned_by = roles.owners(scene, title, span.top)
    referent = roles.referents(scene, title, owned_by)[0]
    referent.sort, referent.name = "person", name
    because = [f"'{scene.tree.text(title.start, title.end)}' before the name"]
    if not owned_by and roles.is_title(title.role):
        referent.country, why = home.country_of_setting(scene, title)
        because += [why] if why else []
    return referent, because


def _of_country(scene: Scene, span: NameSpan, title: RoleHit | None) -> list[Person]:
    """The known persons of that name; only those of the country that the text gives, and of several those who hold an office on the day."""
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
    if said.sector and referent.sector in (None, FORMER) and not is_courtesy(referent, title.role) and stands:
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
    if head != span.top:
        scene.add(Found(span.start, phrase_end(tree, span.top, span.start, span.end, OF), span.top, "name", list(referents), list(because)))
    return scene.add(found)
