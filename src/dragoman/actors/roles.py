"""In: a scene with names. Out: titles and role nouns ("soldiers", "the foreign minister of Japan") as mentions, with whose they are."""

from __future__ import annotations

from collections.abc import Iterator

from dragoman.actors.phrases import phrase
from dragoman.actors.referents import Found, Referent
from dragoman.actors.scene import RoleHit, Scene
from dragoman.actors.words import Words
from dragoman.knowledge import Role
from dragoman.language.tree import NOUN_TAGS, PROPER_TAGS

LONGEST = 9
INNER = frozenset({"amod", "compound", "nmod", "poss", "flat", "case", "nummod", "conj", "npadvmod", "appos"})
OWNING = ("of", "for", "from", "with", "at")
LOCATING = ("in", "at", "on", "near", "across", "throughout", "from", "of")
BEFORE_NOUN = ("compound", "amod", "nmod")
COLLECTIVE = frozenset({"MIL", "COP", "OPP", "LAB"})
ATTACKERS = frozenset({"GOV", "MIL", "COP", "LEG", "JUD", "SPY", "OPP", "REB", "PRM", "PTY", "UAF", "LAB"})
CIVILIANS = "CVL"
PARTIES = frozenset({"REB", "OPP", "PTY", "LAB", "SOC", "REL", "BUS"})
PRIVATE = frozenset({"CVL", "UNK", "BUS", "EDU", "LAB"})
FIRMS = frozenset({"BUS", "MNC"})
FORMER = "ELI"  # those who held power, and the families of those who do
LEADING = frozenset({"GOV", "BUS"})  # sectors of titles that lead any body: "president", "chairman"
POWERFUL = frozenset({"GOV", "ELI"})
NAMELIKE = frozenset({"religious_leader", "royal", "head_of_state"})
STATE_BODIES = frozenset({"GOV", "MIL", "COP", "LEG", "JUD", "SPY"})
ARMED_STATE = "MIL"


def role_hits(scene: Scene) -> list[RoleHit]:
    """Titles and role nouns outside of names, longest first."""
    tree, table = scene.tree, scene.knowledge.roles
    found: list[RoleHit] = []
    start, size = 0, len(tree)
    while start < size:
        hit = None
        if start not in scene.taken and tree.lower[start] in table.longest:
            hit = _role_hit(scene, start, _stop(scene, start, size))
        if hit is not None:
            found.append(hit)
            start = hit.end
        else:
            start += 1
    return found


def _stop(scene: Scene, start: int, size: int) -> int:
    stop = start + 1
    while stop < min(size, start + LONGEST) and stop not in scene.taken:
        stop += 1
    return stop


def _role_hit(scene: Scene, start: int, stop: int) -> RoleHit | None:
    tree = scene.tree
    while stop > start:
        match = scene.knowledge.roles.at(tree.lower, start, stop)
        if match is None:
            return None
        end, roles = match
        top = tree.first_top(start, end) if tree.tag[start] in NOUN_TAGS and "IN" in tree.tag[start:end] else tree.top(start, end)
        if _ends_name(scene, start, end, roles[0]):
            return None
        if is_modifier(roles[0]) or tree.tag[end - 1] in NOUN_TAGS or tree.tag[top] in NOUN_TAGS:
            return RoleHit(start, end, top, roles[0])
        stop = end - 1
    return None


def _ends_name(scene: Scene, start: int, end: int, role: Role) -> bool:
    """ "Abdul Hafeez Shaikh", "Stephen King": a title that is somebody's last name."""
    tree = scene.tree
    if end - start > 1 or role.title is None or role.title.office not in NAMELIKE or start == 0 or start - 1 in scene.taken:
        return False
    is_name_before = (
        tree.tag[start - 1] in PROPER_TAGS and tree.head[start - 1] == start and tree.lower[start - 1] not in scene.knowledge.roles.longest
    )
    return is_name_before and tree.tag[start] in PROPER_TAGS and not (end < len(tree) and tree.tag[end] in PROPER_TAGS)


def is_modifier(role: Role) -> bool:
    """ "former", "acting": no title of its own."""
    return role.title is not None and role.title.kind == "modifier" and role.agent is None


def is_title(role: Role) -> bool:
    return role.title is not None and role.title.kind == "title"


def is_weak(role: Role) -> bool:
    return role.agent is not None and role.agent.weak


def is_somebody(scene: Scene, hit: RoleHit) -> bool:
    """One private person: "a man", "his wife"."""
    role = hit.role
    return (
        role.agent is not None
        and not role.plural
        and role.agent.number == "both"
        and role.agent.sector in PRIVATE
        and not is_institution(scene, role)
    )


def is_human(scene: Scene, role: Role) -> bool:
    """A noun that in the singular names one human being, whom "he" or "she" can mean."""
    agent, last, words = role.agent, role.text.rsplit(" ", 1)[-1], scene.words
    if is_title(role):
        return True
    if agent is None or agent.number != "both" or agent.instrument or agent.sector in FIRMS or is_institution(scene, role):
        return False
    return last in words.humans or (last.endswith(words.human_endings) and last not in words.things)


def is_institution(scene: Scene, role: Role) -> bool:
    """A body, not a person: "ministry", "student union"."""
    last = role.text.rsplit(" ", 1)[-1]
    return last in scene.words.institutions or last in scene.words.groups


def sector_of(scene: Scene, role: Role) -> str | None:
    """What the word usually means; of two meanings ("officer") the one that other words of the article share."""
    agent = role.agent.sector if role.agent else None
    title = role.title.sector if role.title else None
    if agent is None or title is None or agent == title:
        return agent or title
    first, second = scene.agent_sectors[agent] - scene.agent_sectors[role.text], scene.agent_sectors[title]
    return title if second and not first else agent


def found_role(scene: Scene, hit: RoleHit) -> Found | None:
    """The mention of a role noun without a name; None where the noun is no actor here."""
    tree, role = scene.tree, hit.role
    if (not is_title(role) and role.agent is None) or is_inside_other_role(scene, hit):
        return None
    if is_predicate(scene, hit) or is_uncounted(scene, hit):
        return None
    if role.agent is not None and role.agent.instrument and not _acts(scene, hit):
        return None
    if tree.dep[hit.top] == "dobj" and tree.lemma[tree.head[hit.top]] in scene.words.idioms.get(role.text, ()):
        return None
    if role.text in scene.words.states and any(n not in scene.by_head for n in complements(scene, hit, ("of",))):
        return None
    start, end = phrase(tree, hit.top, hit.start, hit.end)
    found = Found(start, end, hit.top, "title" if is_title(role) and not role.plural else "description", plural=role.plural)
    found.modifier = tree.dep[hit.top] in BEFORE_NOUN and tree.head[hit.top] > hit.top
    return None if found.modifier and sector_of(scene, role) not in ATTACKERS else found


def is_predicate(scene: Scene, hit: RoleHit) -> bool:
    """What somebody is said to be, not somebody: "served as minister", "took them hostage"."""
    tree = scene.tree
    dep, above = tree.dep[hit.top], tree.head[hit.top]
    if dep == "attr":
        return tree.lemma[above] != "be"
    return dep == "oprd" or (dep == "pobj" and tree.lower[above] == "as")


def is_uncounted(scene: Scene, hit: RoleHit) -> bool:
    """ "doing business": a singular that needs an article and has none is no one."""
    tree, role = scene.tree, hit.role
    if (
        is_title(role)
        or role.plural
        or role.agent is None
        or role.agent.number != "both"
        or role.agent.instrument
        or is_institution(scene, role)
    ):
        return False
    if tree.dep[hit.top] == "appos" and tree.tag[tree.head[hit.top]] in PROPER_TAGS:
        return False  # "Bello, chief of the army": beside a name no article is needed
    return hit.end - hit.start == 1 and not any(kid < hit.start for kid in tree.kids[hit.top])


def _acts(scene: Scene, hit: RoleHit) -> bool:
    tree = scene.tree
    dep = tree.dep[hit.top]
    return (
        dep == "nsubj"
        or (dep == "pobj" and tree.lower[tree.head[hit.top]] == "by")
        or (dep == "conj" and tree.dep[tree.head[hit.top]] == "nsubj")
    )


def is_inside_other_role(scene: Scene, hit: RoleHit) -> bool:
    """ "student" in "student protesters": described by the noun that follows."""
    tree = scene.tree
    above = tree.head[hit.top]
    return tree.dep[hit.top] in BEFORE_NOUN and above in scene.role_at and scene.role_at[above] is not hit and above >= hit.end


def owners(scene: Scene, hit: RoleHit, name: int | None = None) -> list[Found]:
    """Whose the role is: states and bodies before the noun, else after "of" and "for", else those of the place where it is.

    ``name`` is the top token of the name that follows a title: "Foreign Minister X of Y".
    """
    before = _narrowest(list(_before(scene, hit)))
    return (
        before
        or list(_after(scene, hit, OWNING))
        or ([] if hit.role.text.rsplit(" ", 1)[-1] in scene.words.posted else list(_after(scene, hit, LOCATING)))
        or (list(owners_of_name(scene, name)) if name is not None else [])
    )


def _narrowest(founds: list[Found]) -> list[Found]:
    """Of a state and a body of it before one noun ("Syrian opposition fighters") only the body."""
    countries = {r.country for f in founds for r in f.referents}
    bodies = [f for f in founds if any(r.sort != "state" for r in f.referents)]
    return bodies[-1:] if len(founds) > 1 and len(countries - {None}) == 1 and bodies else founds


def _before(scene: Scene, hit: RoleHit) -> Iterator[Found]:
    tree = scene.tree
    for token in range(tree.left[hit.top], hit.start):
        found = scene.by_head.get(token)
        if found is not None and found.end <= hit.start and found.head != hit.top and _belongs(scene, found, hit):
            yield found
        elif token in scene.setting.places and found is None and tree.dep[token] in BEFORE_NOUN:
            yield _place(scene, token)


def _place(scene: Scene, token: int) -> Found:
    return Found(token, token + 1, token, "name", [scene.registry.state(scene.setting.places[token])])


def _belongs(scene: Scene, found: Found, hit: RoleHit) -> bool:
    """Whether a mention before the noun describes it, not a participle between them ("Russian-backed rebels")."""
    tree = scene.tree
    if (found.end < len(tree) and tree.straight[found.end] == "-") or (found.start and tree.straight[found.start - 1] == "-"):
        return False
    token = found.head
    while token != hit.top:
        if tree.dep[token] not in INNER or tree.tag[token] in ("VBN", "VBG", "VBD") or tree.head[token] == token:
            return hit.start <= token < hit.end
        token = tree.head[token]
    return True


def _after(scene: Scene, hit: RoleHit, prepositions: tuple[str, ...]) -> Iterator[Found]:
    for noun in complements(scene, hit, prepositions):
        found = scene.by_head.get(noun)
        if found is not None:
            yield found
        elif noun in scene.setting.places:
            yield _place(scene, noun)
        elif scene.tree.lower[noun] in scene.words.localities:
            yield from (scene.by_head[k] for k in scene.tree.labelled(noun, "amod", "compound", "nmod") if k in scene.by_head)


def owners_of_name(scene: Scene, name: int) -> Iterator[Found]:
    """ "of Austria" after the name of a person."""
    tree = scene.tree
    for prep in tree.labelled(name, "prep"):
        if tree.lower[prep] == "of":
            yield from (scene.by_head[noun] for noun in tree.labelled(prep, "pobj") if noun in scene.by_head)


def complements(scene: Scene, hit: RoleHit, prepositions: tuple[str, ...] = OWNING) -> Iterator[int]:
    """Nouns after the prepositions of a role, coordination included."""
    tree = scene.tree
    for token in range(hit.start, hit.end):
        for prep in tree.labelled(token, "prep"):
            if prep >= hit.end and tree.lower[prep] in prepositions:
                for noun in tree.labelled(prep, "pobj"):
                    yield from tree.coordinated(noun)


def modifiers(scene: Scene, hit: RoleHit) -> list[str]:
    """What qualifies the title: "former", "acting", "-elect"."""
    tree = scene.tree
    found = [
        other.role.text
        for token in range(max(tree.left[hit.top], hit.start - 4), hit.start)
        if (other := scene.role_at.get(token)) is not None and other.role.title is not None and other.role.title.kind == "modifier"
    ]
    if hit.end + 1 < len(tree) and tree.straight[hit.end] == "-" and tree.lower[hit.end + 1] in ("elect", "designate"):
        found.append("-" + tree.lower[hit.end + 1])
    return found


def referents(scene: Scene, hit: RoleHit, owned_by: list[Found]) -> list[Referent]:
    """Who the role noun means: one referent for each state or body that it belongs to, else one of no country."""
    bases = list(dict.fromkeys(r for owner in owned_by for r in owner.referents))
    return [referent_of(scene, hit, base) for base in bases] or [referent_of(scene, hit, None)]


def referent_of(scene: Scene, hit: RoleHit, base: Referent | None) -> Referent:
    """A new referent for a role that belongs to a state, body or person."""
    role = hit.role
    referent = Referent("person" if is_human(scene, role) and not role.plural else "people", plural=role.plural)
    referent.sector = sector_of(scene, role)
    referent.collective = (role.agent is not None and role.agent.number in ("sg", "mass")) or referent.sector in COLLECTIVE
    referent.roles.add(role.text)
    referent.gender = scene.words.gender_of(role.text, role.text.rsplit(" ", 1)[-1])
    if is_title(role) and role.title is not None and role.title.office:
        referent.office, referent.office_code = role.text, role.title.office
    if base is not None:
        referent.silent = base.silent
        _take_over(referent, role, base, scene.words)
    marks = modifiers(scene, hit)
    if any(mark in scene.words.former_after for mark in marks) and scene.words.sides.get(role.text, "person") == "person":
        referent.sector, referent.office = FORMER, f"former {role.text}"
    for mark in marks:
        if mark.startswith("-"):
            referent.office = role.text + mark
    return referent


def _take_over(referent: Referent, role: Role, base: Referent, words: Words) -> None:
    """What a role has from whom it belongs to: the country, and the sector where its own says little ("a Hamas official")."""
    referent.country = base.country
    if role.text in words.family and base.sort == "person" and base.sector in POWERFUL:
        referent.sector = FORMER
    elif role.agent is not None and role.agent.arms and base.sort == "state":
        referent.sector = ARMED_STATE
    elif base.sector and _is_like_owner(role, referent.sector, base, words):
        referent.sector, referent.other_sectors = base.sector, base.other_sectors


def _is_like_owner(role: Role, sector: str | None, base: Referent, words: Words) -> bool:
    """Whether a role is of the sector of its owner: "his deputy", "a group of churches", "an official of the party"."""
    is_body = role.text.rsplit(" ", 1)[-1] in words.institutions
    if base.sort == "state":
        return False
    if base.sort == "person":
        return is_weak(role) and (base.sector in PARTIES if is_body else sector != CIVILIANS)
    is_quantity = role.text in words.any_body or (role.agent is not None and role.agent.number == "pl")
    return (sector in LEADING and not is_body) or (is_weak(role) and (not is_body or (is_quantity and base.plural)))
