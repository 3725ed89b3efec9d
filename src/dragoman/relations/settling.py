"""In: relations as they were found one by one. Out: each once an article, with all its sentences and what each of its places tells."""

from __future__ import annotations

from dragoman.drafts import Standing
from dragoman.knowledge import title_key
from dragoman.relations.scene import ALIKE, Scene, key_of


def settled(scene: Scene, found: list[Standing]) -> list[Standing]:
    """In the order of the text."""
    kept: dict[tuple[str, ...], Standing] = {}
    for standing in sorted(found, key=lambda s: (s.trigger.start, -len(s.title or ""))):
        key = _key(scene, standing)
        same = kept.get(key) or (_same_office(scene, standing, list(kept.values())) if standing.kind == "office" else None)
        if same is None:
            kept[key] = standing
        else:
            _join(same, standing)
    return sorted(kept.values(), key=lambda s: s.trigger.start)


def _key(scene: Scene, standing: Standing) -> tuple[str, ...]:
    """What makes it the same relation again."""
    sides = [key_of(side, _words(scene, standing, number)) for number, side in enumerate((standing.subject, standing.object))]
    if standing.kind == "office":
        return (
            standing.kind,
            sides[0] if standing.subject.identity is None else standing.subject.identity.name or "",
            sides[1],
            title_key(standing.title or ""),
        )
    return (standing.kind, *(sorted(sides) if standing.kind in ALIKE else sides))


def _words(scene: Scene, standing: Standing, number: int) -> str:
    side = (standing.subject, standing.object)[number]
    return "" if side is None else scene.tree.text(*side.range).lower()


def _same_office(scene: Scene, standing: Standing, kept: list[Standing]) -> Standing | None:
    """The same person in what may be the same office in shorter words ("the minister"), or of a body that one place leaves open."""
    for other in kept:
        if other.kind != "office" or other.subject.identity is None or standing.subject.identity is None:
            continue
        if other.subject.identity.name != standing.subject.identity.name:
            continue
        one, two = title_key(other.title or ""), title_key(standing.title or "")
        sides = {key_of(other.object), key_of(standing.object)}
        if len(sides) > 1 and "" not in sides:
            continue
        if (one == two or one.endswith(f" {two}") or two.endswith(f" {one}")) and not _apart(other, standing):
            return other
    return None


def _apart(one: Standing, other: Standing) -> bool:
    """Dates that cannot be of one term."""
    return any(a and b and a[:4] != b[:4] for a, b in ((one.since, other.since), (one.until, other.until)))


def _join(kept: Standing, other: Standing) -> None:
    kept.sentences += [s for s in other.sentences if s not in kept.sentences]
    kept.because += [b for b in other.because if b not in kept.because]
    kept.since, kept.until = kept.since or other.since, kept.until or other.until
    kept.change, kept.past = kept.change or other.change, kept.past or other.past
    kept.object = kept.object or other.object
    if len(other.title or "") > len(kept.title or ""):
        kept.title = other.title
    if other.status == "reported":
        kept.status, kept.speaker = "reported", None
