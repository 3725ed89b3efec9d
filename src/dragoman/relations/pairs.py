"""In: a scene. Out: the relations between two sides that its nouns and verbs tell, each with dates and on whose word it stands."""

from __future__ import annotations

from collections.abc import Iterator

from spacy.tokens import Token

from dragoman.drafts import Range, Standing
from dragoman.relations import barring, bonds, claims, compounds, frames, lands, near, parties, sponsors, threats, ties
from dragoman.relations.parties import Pair
from dragoman.relations.reality import is_aside, is_so
from dragoman.relations.sanctions import sanctions
from dragoman.relations.scene import Scene, key_of
from dragoman.relations.words import beside, cues
from dragoman.relations.words import frames as frames_of_verbs


def standing_pairs(scene: Scene) -> Iterator[Standing]:
    """In the order of the text."""
    for pair in _pairs(scene):
        standing = _standing(scene, pair)
        head = pair.anchors[0]
        if key_of(pair.subject) == key_of(pair.object) or _are_persons(scene, pair):
            continue
        if scene.attribute(standing, head) or is_aside(head):
            yield standing


def _are_persons(scene: Scene, pair: Pair) -> bool:
    """Two persons are no parties to a relation of states, unless both lead one."""
    sides = [scene.mention_at(side) for side in (pair.subject, pair.object) if side is not None]
    leading = all(
        s is not None and s.identity is not None and s.identity.sector == "GOV" and s.identity.name for s in (pair.subject, pair.object)
    )
    return len(sides) == 2 and all(m is not None and m.person for m in sides) and not leading


def _pairs(scene: Scene) -> Iterator[Pair]:
    tree, triggers = scene.tree, cues().every | frames_of_verbs().keys()
    for number, written in enumerate(tree.lemma):
        if tree.lower[number] == "in":
            yield from ties.named_in_body(scene, scene.token(number))
        if written.lower() not in triggers and tree.lower[number] not in triggers:
            continue
        token = scene.token(number)
        if tree.lower[number] in cues()["theirs"]:
            yield from claims.said_to_be_theirs(scene, token)
        if token.pos_ in ("NOUN", "PROPN", "PRON") or (token.pos_ == "ADJ" and written.lower() in cues().maps["who"]):
            yield from _of_noun(scene, token)
        if token.pos_ in ("VERB", "AUX", "ADJ") or token.tag_ in ("VBN", "VBD"):
            yield from _of_verb(scene, token)


def _of_noun(scene: Scene, noun: Token) -> Iterator[Pair]:
    who, what = cues().maps["who"], cues().maps["what"]
    lemma = noun.lower_ if noun.lower_ in cues()["at"] else noun.lemma_.lower()
    kind = who.get(lemma) or ("rivalry" if lemma in cues()["arch_who"] and noun.i and noun.nbor(-1).lower_ == "-" else None)
    found = list(_of_cue(scene, noun, kind, what.get(lemma)))
    yield from found
    if not found and (kind or what.get(lemma)):
        yield from near.pairs_nearby(scene, noun, kind or what[lemma])  # type: ignore[arg-type]
    yield from parties.part_of(scene, noun)
    yield from threats.threats(scene, noun)
    yield from threats.fears(scene, noun)
    yield from lands.possession(scene, noun)
    yield from sponsors.support(scene, noun)
    yield from ties.ties_cut(scene, noun)
    yield from ties.entries(scene, noun)
    yield from claims.rival_claims(scene, noun)


def _of_cue(scene: Scene, noun: Token, who: str | None, what: str | None) -> Iterator[Pair]:
    """By a noun for one of two sides, or for what is between them."""
    if who is not None:
        for pair in parties.pairs_of_noun(scene, noun, who):  # type: ignore[arg-type]
            yield pair
            yield from bonds.under_treaty(scene, pair)
    yield from parties.body_members(scene, noun)
    if what is not None:
        yield from sanctions(scene, noun) if what == "sanctions" else bonds.pairs_of_bond(scene, noun, what)  # type: ignore[arg-type]


def _of_verb(scene: Scene, verb: Token) -> Iterator[Pair]:
    yield from compounds.pairs_of_compound(scene, verb)
    yield from frames.pairs_of_frames(scene, verb)
    yield from lands.occupation(scene, verb)
    yield from barring.barred(scene, verb)
    yield from ties.unrecognised(scene, verb)
    yield from ties.closed_missions(scene, verb)
    yield from claims.claimants(scene, verb)
    yield from claims.not_agreed(scene, verb)
    yield from bonds.disputed_land(scene, verb)
    lemma = verb.lemma_.lower()
    if lemma in cues()["breaking"]:
        yield from ties.breaks(scene, verb)
    if lemma in cues()["leaving"] or (lemma == "withdraw" and scene.after(verb, "from")):
        yield from ties.leavers(scene, verb)
    if lemma == "be":
        yield from ties.in_body(scene, verb)
    if verb.lower_ in cues()["allied"]:
        yield from bonds.allied(scene, verb)
    yield from bonds.bound_by(scene, verb)
    yield from threats.feelings(scene, verb)


def _since_clause(scene: Scene, anchors: tuple[Token, ...]) -> str | None:
    """ "since it drove off the navy in 2012"."""
    clauses = (c for a in anchors if a.pos_ in ("VERB", "AUX") for c in a.children if c.dep_ == "advcl")
    return next((d for c in clauses if any(k.lower_ == "since" for k in c.children) for d in [scene.beginning(c)] if d is not None), None)


def is_over(until: str, day: str | None) -> bool:
    """Whether a day has passed by the day of the article."""
    return day is not None and until < day[: len(until)]


def _standing(scene: Scene, pair: Pair) -> Standing:
    since, until = scene.dates(*pair.anchors)
    starts = [a for a in pair.anchors if a.lemma_ in beside()["starting"] | cues()["entering"]]
    if since is None and starts:
        since = scene.beginning(*starts) or next((d for a in starts for d in [scene.beginning_within(a)] if d is not None), None)
    since = since or _since_clause(scene, pair.anchors)
    if since is None and pair.kind == "treaty":
        since = bonds.since_of_treaty(scene, pair)
    head = pair.anchors[0]
    if head.lemma_ in cues()["leaving"] | {"withdraw"}:
        since, until = None, until or scene.beginning(head)
    ended = [a for a in pair.anchors[1:] if a.lemma_ in cues()["ending"] and is_so(a)]
    if ended and pair.kind in ("treaty", "dispute", "alliance", "occupation"):
        until = until or scene.beginning(*ended, *(a.head for a in ended if a.tag_ == "VBG"))
        since = None if since == until else since
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
