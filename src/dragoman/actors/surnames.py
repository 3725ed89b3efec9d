"""In: a lone surname, the title before it and the day. Out: the one person of the tables who is meant, or what all who may be share."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TypeAlias

from dragoman.actors import roles
from dragoman.actors.likely import does_what_people_do, is_person
from dragoman.actors.referents import Referent
from dragoman.actors.scene import RoleHit, Scene
from dragoman.actors.spans import NameSpan
from dragoman.knowledge import Holding, Person, common, held, title_key
from dragoman.language.tree import PROPER_TAGS

FOREMOST = frozenset({"head_of_state", "head_of_government"})
PROMINENT = frozenset(
    {*FOREMOST, "foreign_minister", "defence_minister", "opposition_leader", "president_elect", "vice_president", "speaker"}
)
PRIVATE = frozenset({*roles.PRIVATE, "AGR", "MED", "CRM"})
MEMORY = 12  # years for which a former leader is known by the surname alone
RANKS = frozenset({"military_officer", "religious_leader"})  # titles that say what somebody is, not which office he or she holds
Held: TypeAlias = tuple[Person, Holding]


def famous(scene: Scene, span: NameSpan, surname: str, title: RoleHit | None) -> Person | None:
    """The one person of the tables whom a lone surname can mean, by the title before it or by being the only holder on the day."""
    people = _surnamed(scene, surname)
    if title is not None and roles.is_title(title.role):
        return _titled(scene, people, title, span)
    if _is_somebody_else(scene, span, people):
        return None
    if scene.day is not None:
        now = _foremost_of(scene, [(p, h) for p in people for h in held(p.holdings, scene.day)])
        if len({p.name for p, _ in now}) == 1 and (any(h.office in FOREMOST for _, h in now) or _is_actor(scene, span)):
            return now[0][0]
        if now:
            return None
    return people[0] if len(people) == 1 and _is_remembered(scene, people[0]) else None


def _is_remembered(scene: Scene, person: Person) -> bool:
    """A head of state or government, who left office not long ago if the article does not name the country."""
    led = [h for h in person.holdings if h.office in FOREMOST]
    if scene.day is None or any(h.country in scene.setting.countries for h in led):
        return bool(led)
    years = int(scene.day[:4])
    return any(not h.until or years - int(h.until[:4]) <= MEMORY for h in led)


def _surnamed(scene: Scene, surname: str) -> list[Person]:
    return scene.knowledge.by_surname.get(surname) or scene.knowledge.alike.of_surname(surname)


def _foremost_of(scene: Scene, now: list[Held]) -> list[Held]:
    """Of several holders those of the countries that the article names, and of these a head of state or government, unless another one has
    an office of which the news speaks as often."""
    here = [one for one in now if one[1].country in scene.setting.countries] or now
    rivals = {p.name for p, h in here if h.office in PROMINENT or "minister" in h.title}
    heads = [one for one in here if one[1].office in FOREMOST]
    return heads if heads and rivals <= {p.name for p, _ in heads} else here


def is_namesake(scene: Scene, top: int, people: Sequence[Person]) -> bool:
    """ "Tony Blair, a roofer from Perth": introduced by a trade, which is none that the known people of that name were in."""
    tree = scene.tree
    introduced = [k for k in tree.labelled(top, "appos") if k > top and any(tree.lower[d] in ("a", "an") for d in tree.labelled(k, "det"))]
    told = [scene.role_at[k] for k in introduced if k in scene.role_at and _is_private(scene, scene.role_at[k])]
    trades = {roles.sector_of(scene, hit.role) for hit in told}
    return bool(trades) and trades.isdisjoint(h.sector for person in people for h in person.holdings)


def _is_somebody_else(scene: Scene, span: NameSpan, people: Sequence[Person]) -> bool:
    """ "Obama, a fish trader", "Bush fires": introduced as somebody new, or no name of a person at all."""
    tree, top = scene.tree, span.top
    is_first = top == tree.sentences[tree.sentence[top]].start
    is_common = is_first and tree.dep[top] == "compound" and tree.tag[tree.head[top]] in ("NN", "NNS")
    above = tree.head[top]
    is_in_name = tree.dep[top] in ("compound", "amod", "nmod") and above > top and tree.tag[above] in PROPER_TAGS
    is_word = is_first and tree.straight[top] in scene.words.surname_words and not _is_bare_subject(scene, top)
    return is_namesake(scene, top, people) or is_common or is_in_name or is_word


def _is_private(scene: Scene, hit: RoleHit) -> bool:
    """A trade or station in life: no office, nothing that people in politics are."""
    has_office = hit.role.title is not None and hit.role.title.office is not None
    return not has_office and roles.sector_of(scene, hit.role) in PRIVATE


def _is_bare_subject(scene: Scene, top: int) -> bool:
    """ "Bush gave ...", "Rice said", not "Rice and oil rose", "Gates at the crossing were opened"."""
    tree = scene.tree
    alone = not any(tree.dep[k] in ("prep", "cc", "conj", "det", "amod") for k in tree.kids[top])
    return does_what_people_do(scene, top) or (alone and tree.dep[top] == "nsubj" and tree.tag[top] == "NNP")


def _is_actor(scene: Scene, span: NameSpan) -> bool:
    """A name that has the place of an actor in a clause."""
    tree, top = scene.tree, span.top
    while tree.dep[top] == "conj" and tree.head[top] < top:
        top = tree.head[top]
    is_in_place = tree.dep[top] in ("nsubj", "nsubjpass", "poss", "dobj") or tree.lower[tree.head[top]] == "by"
    return is_person(scene, span, None) or is_in_place


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
    if not fitting and office in RANKS:
        sector = title.role.title.sector if title.role.title else None
        alike = ((p, h) for p in people for h in p.holdings if h.sector == sector)
        fitting = [(p, h) for p, h in alike if not countries or h.country in countries]
    if scene.day is not None:
        day = scene.day
        fitting = [(p, h) for p, h in fitting if held([h], day)] or [(p, h) for p, h in fitting if h.since <= day]
    fitting = [(p, h) for p, h in fitting if title_key(h.title) == key] or fitting
    fitting = _foremost_of(scene, fitting)
    return fitting[0][0] if len({p.name for p, _ in fitting}) == 1 else None


def one_of_several(scene: Scene, span: NameSpan, name: str, title: RoleHit | None) -> Referent:
    """Somebody of whom is known only what all have in common who hold an office on the day and have that name, or what the title says."""
    referent = Referent("person", name)
    if title is not None:
        said = roles.referents(scene, title, roles.owners(scene, title, span.top))[0]
        referent.sector, referent.office, referent.office_code = said.sector, said.office, said.office_code
    now = [h for p in _surnamed(scene, name) for h in (held(p.holdings, scene.day) if scene.day else [])]
    referent.country = common(h.country for h in now)
    referent.sector = referent.sector or common(h.sector for h in now)
    return referent


def is_known_surname(scene: Scene, span: NameSpan, name: str) -> bool:
    """A surname that several have who lead a state, did so, or hold an office on the day, where an actor stands in a clause."""
    people, day = _surnamed(scene, name), scene.day
    known = [p for p in people if any(h.office in FOREMOST for h in p.holdings) or (day is not None and held(p.holdings, day))]
    return len(known) > 1 and scene.tree.dep[span.top] in ("nsubj", "nsubjpass", "dobj", "poss", "pobj", "conj")
