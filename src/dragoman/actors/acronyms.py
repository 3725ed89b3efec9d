"""In: a scene with what the tables know of it. Out: bodies that the article introduces with a short form in brackets, as mentions
wherever the name or the short form stands: "the Teachers' Union of Malawi (TUM)"."""

from __future__ import annotations

from collections.abc import Iterator

from dragoman.actors import roles
from dragoman.actors.referents import Found, Referent
from dragoman.actors.scene import Scene

SHORTEST, LONGEST = 2, 6
SMALL = frozenset({"of", "the", "for", "and", "in", "on", "to", "de", "des", "la", "le", "du", "'s", "'", "-", "&", "a"})


def add(scene: Scene) -> None:
    """Add every body so introduced. Where the name before the brackets is known or a person's, the short form means the same."""
    tree = scene.tree
    for bracket in range(1, len(tree) - 2):
        short = tree.straight[bracket + 1]
        is_short = tree.straight[bracket] == "(" and tree.straight[bracket + 2] == ")" and short.isalpha() and short.isupper()
        if not is_short or not SHORTEST <= len(short) <= LONGEST:
            continue
        start = _start_of_name(scene, bracket, short)
        if start is None or any(tree.sentence[t] != tree.sentence[bracket] for t in range(start, bracket)):
            continue
        body = _body(scene, start, bracket)
        if body is not None:
            for token in _standing(scene, short):
                scene.add(Found(token, token + 1, token, "name", [body], [f"'{short}' is {body.name}"]))
                scene.taken.add(token)


def _start_of_name(scene: Scene, end: int, short: str) -> int | None:
    """Where the words before a bracket begin whose initials are the short form; None where they are not."""
    tree, left, token = scene.tree, list(short), end - 1
    while token >= 0 and left:
        word = tree.straight[token]
        if word[0].isupper() and word[0] == left[-1]:
            left.pop()
        elif tree.lower[token] not in SMALL:
            return None
        token -= 1
    return token + 1 if not left else None


def _body(scene: Scene, start: int, end: int) -> Referent | None:
    tree = scene.tree
    known = [scene.by_head[h] for h in scene.heads_in(tree.sentence[end], end) if start <= h < end]
    whole = next((f for f in known if f.start <= start and f.end >= end and len(f.referents) == 1), None)
    if whole is not None:
        return whole.referents[0] if whole.referents[0].sort == "body" else None
    role = _role(scene, start, end)
    if role is None:
        return None
    top = tree.top(start, end)
    body = scene.registry.body(tree.text(start, end), None, role[1])
    body.roles.add(role[0])
    countries = {r.country for f in known for r in f.referents if r.sort == "state"}
    body.country = countries.pop() if len(countries) == 1 else None
    scene.add(Found(start, end + 3, top, "name", [body], [f"'{body.name}' is named here, but not known"]))
    scene.taken.update(range(start, end + 3))
    return body


def _role(scene: Scene, start: int, end: int) -> tuple[str, str | None] | None:
    """The last role noun of a name that says what body it is: "union", "front"; its sector."""
    for token in range(end - 1, start - 1, -1):
        match = scene.knowledge.roles.at(scene.tree.lower, token, end)
        for role in match[1] if match is not None else ():
            if roles.is_institution(scene, role):
                return role.text, roles.sector_of(scene, role)
    return None


def _standing(scene: Scene, short: str) -> Iterator[int]:
    return (t for t, word in enumerate(scene.tree.straight) if word == short and t not in scene.taken)
