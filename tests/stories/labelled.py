"""In: a side as a reader wrote it (conventions.md) and one of ours. Out: whether they are the same."""

from __future__ import annotations

from dragoman import knowledge
from dragoman.knowledge import Organisation
from dragoman.schema import Entity

OLD_CODES = {"SUN": "RUS", "YUG": "SRB", "XKX": "KOS", "CSK": "CZE", "DDR": "DEU"}
BODIES = {"UNO": "United Nations", "EUR": "European Union"}
GROUPS = frozenset({"REB", "UAF", "PTY", "OPP", "PRM", "SEP"})


def words(text: str) -> list[str]:
    return [w for w in text.lower().replace("-", " ").replace(".", " ").replace("’", "'").split() if w not in ("the", "of", "al")]


def is_side(label: str | None, entity: Entity | None) -> bool:
    """Whether an entity is what a reader named; null stands for nobody, and for people who are neither state nor body nor group."""
    if label is None:
        return entity is None or entity.name is None
    if entity is None:
        return False
    known, code = knowledge.load(), OLD_CODES.get(label, label)
    if len(label) == 3 and label.isupper() and known.country_name(code):
        is_group = entity.sector in GROUPS and entity.name is not None
        return entity.country == code and not is_group
    names = {o.name for o in known.cased.get(label) if isinstance(o, Organisation)}
    if entity.name in names or BODIES.get(entity.country or "") == label:
        return True
    own, wanted = words(f"{entity.name or ''} {entity.text}"), words(label)
    return bool(wanted) and all(any(o.startswith(w) or w.startswith(o) for o in own) for w in wanted)
