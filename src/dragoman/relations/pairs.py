"""In: a scene. Out: the relations between two sides that its nouns and verbs tell, each with dates and on whose word it stands."""

from __future__ import annotations

from collections.abc import Iterator

from dragoman.drafts import Range, Standing
from dragoman.relations import bonds, deeds, parties, threats
from dragoman.relations.parties import Pair
from dragoman.relations.sanctions import sanctioned, sanctions
from dragoman.relations.scene import Scene, key_of
from dragoman.relations.words import cues

STARTS = (
    "join",
    "enter",
    "cut",
    "sever",
    "break",
    "suspend",
    "impose",
    "place",
    "sign",
    "conclude",
    "annex",
    "occupy",
    "form",
    "forge",
    "rupture",
    "admit",
    "readmit",
    "become",
    "take",
    "seize",
    "sanction",
)


def standing_pairs(scene: Scene) -> Iterator[Standing]:
    """In the order of the text."""
    for pair in _pairs(scene):
        standing = _standing(scene, pair)
        if key_of(pair.subject) != key_of(pair.object) and scene.attribute(standing, pair.anchors[0]):
            yield standing


def _pairs(scene: Scene) -> Iterator[Pair]:
    who, what = cues().maps["who"], cues().maps["what"]
    for token in scene.annotated.doc:
        lemma = token.lemma_.lower()
        if token.pos_ in ("NOUN", "PROPN"):
            lemma = "odds" if token.lower_ == "odds" else lemma
            kind = who.get(lemma) or ("rivalry" if lemma in cues()["arch_who"] and token.i and token.nbor(-1).lower_ == "-" else None)
            if kind is not None:
                for pair in parties.pairs_of_noun(scene, token, kind):  # type: ignore[arg-type]
                    yield pair
                    yield from bonds.under_treaty(scene, pair)
            yield from parties.body_members(scene, token)
            if lemma in what:
                found = sanctions(scene, token) if what[lemma] == "sanctions" else bonds.pairs_of_bond(scene, token, what[lemma])  # type: ignore[arg-type]
                yield from found
            yield from threats.threats(scene, token)
            yield from deeds.occupation(scene, token)
            yield from deeds.support(scene, token)
            yield from deeds.ties_cut(scene, token)
        if token.pos_ in ("VERB", "AUX", "ADJ") or token.tag_ in ("VBN", "VBD"):
            yield from deeds.pairs_of_verb(scene, token)
            yield from bonds.bound_by(scene, token)
            yield from sanctioned(scene, token)
            yield from threats.feelings(scene, token)


def is_over(until: str, day: str | None) -> bool:
    """Whether a day has passed by the day of the article."""
    return day is not None and until < day[: len(until)]


def _standing(scene: Scene, pair: Pair) -> Standing:
    since, until = scene.dates(*pair.anchors)
    starts = [a for a in pair.anchors if a.lemma_ in STARTS]
    if since is None and starts:
        since = scene.beginning(*starts)
    if since is None and pair.kind == "treaty":
        since = bonds.year_of(pair.anchors[0])
    head = pair.anchors[0]
    if head.lemma_ in cues()["leaving"] | {"withdraw"}:
        since, until = None, until or scene.beginning(head)
    return Standing(
        pair.kind,
        pair.subject,
        pair.object,
        Range(head.i, head.i + 1),
        sentences=[scene.sentence(head)],
        since=since,
        until=until,
        title=bonds.title_of(scene, pair),
        past=until is not None and is_over(until, scene.day),
        because=[f"'{head.text}' says so"],
    )
