"""In: a scene with names. Out: titles and role nouns ("soldiers", "the foreign minister of Japan") as mentions, with whose they are."""

from __future__ import annotations

from collections.abc import Iterator

from dragoman.actors.referents import Found, Referent
from dragoman.actors.scene import RoleHit, Scene, phrase
from dragoman.actors.tree import NOUN_TAGS
from dragoman.knowledge import Role

LONGEST = 9
INNER = frozenset({"amod", "compound", "nmod", "poss", "flat", "case", "nummod", "conj", "npadvmod", "appos"})
OWNING = ("of", "for", "from", "with", "at")
LOCATING = ("in", "at", "on", "near", "across", "throughout")
WITHOUT_OWNER = frozenset({"CVL", "UAF", "UNK"})
COLLECTIVE = frozenset({"MIL", "COP", "OPP", "LAB"})
MODIFIERS = ("modifier", "honorific")
FORMER = "ELI"


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
        role = roles[0]
        top = tree.top(start, end)
        if role.title is not None and role.title.kind in MODIFIERS:
            return RoleHit(start, end, top, role)
        if tree.tag[end - 1] in NOUN_TAGS or tree.tag[top] in NOUN_TAGS:
            return RoleHit(start, end, top, role)
        stop = end - 1
    return None


def is_title(role: Role) -> bool:
    return role.title is not None and role.title.kind == "title"


def sector_of(role: Role) -> str | None:
    if role.agent is not None and not role.agent.weak:
        return role.agent.sector
    if role.title is not None and role.title.sector:
        return role.title.sector
    return role.agent.sector if role.agent else None


def is_modifier(role: Role) -> bool:
    """"former", "acting": no title of its own."""
    return role.title is not None and role.title.kind == "modifier" and role.agent is None


def is_weak(role: Role) -> bool:
    return role.agent is not None and role.agent.weak


def found_role(scene: Scene, hit: RoleHit) -> Found | None:
    """The mention of a role noun without a name; None where the noun is no actor here."""
    tree, role = scene.tree, hit.role
    if not is_title(role) and role.agent is None:
        return None
    if is_inside_other_role(scene, hit):
        return None
    if role.agent is not None and role.agent.instrument and tree.dep[hit.top] not in ("nsubj", "pobj"):
        return None
    start, end = phrase(tree, hit.top, hit.start, hit.end)
    found = Found(start, end, hit.top, "title" if is_title(role) and not role.plural else "description", plural=role.plural)
    found.modifier = tree.dep[hit.top] in ("compound", "amod", "nmod") and tree.head[hit.top] > hit.top
    return found


def is_inside_other_role(scene: Scene, hit: RoleHit) -> bool:
    """"student" in "student protesters": described by the noun that follows."""
    tree = scene.tree
    above = tree.head[hit.top]
    return tree.dep[hit.top] in ("compound", "amod", "nmod") and above in scene.role_at and scene.role_at[above] is not hit and above >= hit.end


def owners(scene: Scene, hit: RoleHit) -> list[Found]:
    """Whose the role is: states and bodies before the noun, else after "of" and "for", else those of the place where it is."""
    before = list(_before(scene, hit))
    if before:
        return before
    return list(_after(scene, hit, OWNING)) or list(_after(scene, hit, LOCATING))


def _before(scene: Scene, hit: RoleHit) -> Iterator[Found]:
    tree = scene.tree
    for token in range(tree.left[hit.top], hit.start):
        found = scene.by_head.get(token)
        if found is not None and found.end <= hit.start and found.head != hit.top and _belongs(scene, found, hit):
            yield found


def _belongs(scene: Scene, found: Found, hit: RoleHit) -> bool:
    tree = scene.tree
    if found.end < len(tree) and tree.words[found.end] == "-":
        return False
    if found.start and tree.words[found.start - 1] == "-":
        return False
    token = found.head
    while token != hit.top:
        if tree.dep[token] not in INNER or tree.tag[token] in ("VBN", "VBG", "VBD") or tree.head[token] == token:
            return hit.start <= token < hit.end
        token = tree.head[token]
    return True


def _after(scene: Scene, hit: RoleHit, prepositions: tuple[str, ...]) -> Iterator[Found]:
    tree = scene.tree
    for token in range(hit.start, hit.end):
        for prep in tree.labelled(token, "prep"):
            if prep < hit.end or tree.lower[prep] not in prepositions:
                continue
            for noun in tree.labelled(prep, "pobj"):
                for one in tree.coordinated(noun):
                    found = scene.by_head.get(one)
                    if found is not None:
                        yield found
                    elif one in scene.places and tree.lower[prep] in LOCATING:
                        yield Found(one, one + 1, one, "name", [scene.registry.state(scene.places[one])])


def modifiers(scene: Scene, hit: RoleHit) -> list[str]:
    """What qualifies the title: "former", "acting", "-elect"."""
    tree, found = scene.tree, []
    for token in range(max(tree.left[hit.top], hit.start - 4), hit.start):
        other = scene.role_at.get(token)
        if other is not None and other.role.title is not None and other.role.title.kind == "modifier":
            found.append(other.role.text)
    if hit.end + 1 < len(tree) and tree.words[hit.end] == "-" and tree.lower[hit.end + 1] in ("elect", "designate"):
        found.append("-" + tree.lower[hit.end + 1])
    return found


def referents(scene: Scene, hit: RoleHit, owned_by: list[Found]) -> list[Referent]:
    """Who the role noun means: one referent for each state or body that it belongs to, else one of no country."""
    bases = list(dict.fromkeys(r for owner in owned_by for r in owner.referents))
    if any(not owner.referents for owner in owned_by) and not bases:
        return [referent_of(scene, hit, None)]
    return [referent_of(scene, hit, base) for base in bases] or [referent_of(scene, hit, None)]


def referent_of(scene: Scene, hit: RoleHit, base: Referent | None) -> Referent:
    role = hit.role
    referent = Referent("person" if is_title(role) and not role.plural else "people", plural=role.plural)
    referent.sector = sector_of(role)
    referent.collective = role.agent is not None and role.agent.number in ("sg", "mass") or referent.sector in COLLECTIVE
    referent.roles.add(role.text)
    referent.gender = scene.words.gender_of(role.text, role.text.rsplit(" ", 1)[-1])
    if is_title(role) and role.title is not None and role.title.office:
        referent.office, referent.office_code = role.text, role.title.office
    if base is not None:
        referent.country = base.country
        if base.sector and base.sort != "state" and (is_weak(role) or referent.sector == "GOV"):
            referent.sector = base.sector
            referent.other_sectors = base.other_sectors
    marks = modifiers(scene, hit)
    if any(mark in scene.words.former_after for mark in marks):
        referent.sector, referent.office = FORMER, f"former {role.text}"
    for mark in marks:
        if mark.startswith("-"):
            referent.office = role.text + mark
    return referent
