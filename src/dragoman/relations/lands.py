"""In: a verb or noun of holding land. Out: who occupies whose land."""

from __future__ import annotations

from collections.abc import Iterator

from spacy.tokens import Token

from dragoman.drafts import Side
from dragoman.language.en import grammar
from dragoman.relations.parties import Pair, is_state
from dragoman.relations.reality import is_denied, is_former, is_lasting, is_so, is_told
from dragoman.relations.roles import doers, done_to
from dragoman.relations.scene import DASHES, Scene, key_of, state_of
from dragoman.relations.words import cues

INSIDE = ("in", "on", "at", "inside", "across", "of", "near", "around")
ON_LAND = ("in", "on", "at", "inside", "across")
ROUGHLY = ("about", "around", "over", "nearly")
SOIL_OF = ("of", "from")


def occupation(scene: Scene, verb: Token) -> Iterator[Pair]:
    """ "has occupied since 1974", "holds a fifth of", "annexed in 2014", "its soldiers have been stationed in B since"."""
    lemma, words = verb.lemma_.lower(), cues()
    if verb.dep_ == "amod" and verb.lower_ == "occupied":
        yield from _by_nobody(scene, verb)
    if verb.dep_ == "amod" or not is_told(verb):
        return
    if lemma in words["seizing"]:
        if not (scene.is_old(scene.beginning(verb)) or scene.dates(verb)[0]):
            return
    elif not is_lasting(verb):
        return
    if lemma in words["occupying"] | words["seizing"]:
        yield from occupied(scene, scene.sides(doers(verb)), done_to(verb) or scene.after(verb, *ROUGHLY), verb)
    elif lemma in words["holding"]:
        yield from occupied(scene, scene.sides(doers(verb)), done_to(verb) or scene.after(verb, *ROUGHLY), verb, only_foreign=True)
    if lemma in words["holding"] and _is_army(scene, doers(verb)) and not any(land(scene, t) for t in done_to(verb)):
        inside = [p for t in done_to(verb) for p in scene.after(t, *ON_LAND)] or scene.after(verb, *ON_LAND)
        yield from occupied(scene, scene.sides(doers(verb)), inside, verb, only_foreign=True)
    if lemma in words["standing"] and (scene.dates(verb)[0] is not None or any(c.lower_ == "still" for c in verb.children)):
        soldiers = [s for s in scene.sides([*doers(verb), *done_to(verb)]) if s.identity is not None and s.identity.sector == "MIL"]
        soldiers = soldiers or (scene.sides(doers(verb)) if any(t.lemma_ in words["soldiers"] for t in done_to(verb)) else [])
        where = any(c.lower_ == "where" for c in verb.children) and verb.dep_ == "relcl"
        yield from occupied(
            scene, soldiers or _senders(scene, verb), [verb.head] if where else _inside(scene, verb), verb, only_foreign=True
        )


def _inside(scene: Scene, verb: Token) -> list[Token]:
    """Where somebody is, or has soldiers: also "has soldiers in its north", where the parser hung it on the soldiers."""
    return scene.after(verb, *ON_LAND) or [t for o in done_to(verb) for t in scene.after(o, *ON_LAND)]


def _is_army(scene: Scene, tokens: list[Token]) -> bool:
    return any(s.identity is not None and s.identity.sector == "MIL" for s in scene.sides(tokens))


def _by_nobody(scene: Scene, word: Token) -> Iterator[Pair]:
    """ "the occupied West Bank", by the only other state of the sentence."""
    place = land(scene, word.head)
    if place is None or place.identity is None or scene.tree.straight[word.i - 1] in DASHES:
        return
    sentence = (scene.token(t) for t in range(*scene.sentence(word)))
    others = {state_of(s.identity): s for t in sentence for s in scene.sides_at(t) if s.identity is not None and state_of(s.identity)}
    others.pop(state_of(place.identity), None)
    if len(others) == 1:
        yield Pair("occupation", next(iter(others.values())), place, (word,))


def _senders(scene: Scene, verb: Token) -> list[Side]:
    """Whose soldiers stand there, where they are only described."""
    return [s for t in (*grammar.surface_subjects(verb),) if t.lemma_ in cues()["soldiers"] for s in scene.owners(t)]


def possession(scene: Scene, noun: Token) -> Iterator[Pair]:
    """ "the Russian occupation of Crimea", "has been in possession of", "under Turkish occupation since"."""
    if noun.lemma_ not in cues()["possessing"] or is_denied(noun) or is_former(noun):
        return
    above = noun.head.head if noun.dep_ == "pobj" else noun.head
    is_ended = grammar.is_verbal(above) and above.lemma_ in cues()["ending"] and noun.dep_ in ("dobj", "nsubjpass") and is_so(above)
    if is_ended and scene.beginning(above, *([above.head] if above.tag_ == "VBG" else [])) is None:
        return
    lands = scene.after(noun, "of")
    if noun.lemma_ == "occupation":
        owners = (
            scene.sides(c for c in noun.children if c.dep_ == "poss")
            or scene.sides(scene.before(noun))
            or scene.sides(scene.after(noun, "by"))
        )
    elif noun.dep_ == "pobj" and noun.head.lower_ in ("in", "under") and scene.before(noun) and noun.lemma_ in ("hand", "control"):
        is_told_so = not grammar.is_verbal(above) or (is_told(above) and is_lasting(above))
        owners = scene.sides(scene.before(noun)) if is_told_so else []
        lands = grammar.surface_subjects(above) if grammar.is_verbal(above) else [above]
    elif noun.dep_ == "pobj" and noun.head.lower_ == "in" and grammar.is_verbal(above) and is_told(above) and is_lasting(above):
        owners = scene.sides(grammar.surface_subjects(above))
    else:
        return
    if not lands and noun.dep_ == "pobj" and noun.head.lower_ == "under":
        lands = grammar.surface_subjects(above) if grammar.is_verbal(above) else [above]
    begun = [c for c in noun.children if c.dep_ in ("relcl", "acl")]
    yield from (pair._replace(anchors=(noun, above, *begun)) for pair in occupied(scene, owners, lands, noun))


def occupied(scene: Scene, makers: list[Side], objects: list[Token], word: Token, only_foreign: bool = False) -> Iterator[Pair]:
    """Pairs of an occupier and the country whose land it is; ``only_foreign`` where the verb is used of one's own land as well."""
    states = [s for s in makers if s.identity is not None and (state_of(s.identity) or _is_armed(s))]
    for token in objects:
        place = land(scene, token, word if only_foreign else None)
        if place is not None and place.identity is None:
            place = (_of_other(scene, token, states) if _is_of_long(scene, word) else None) or place
        if place is None:
            continue
        for state in states:
            is_known = place.identity is not None or not (only_foreign or _is_armed(state))
            if is_known and not _is_own(place, state):
                yield Pair("occupation", state, place, (word,))


def _is_of_long(scene: Scene, word: Token) -> bool:
    """ "districts that its forces have held", "has held since": not of a clause that only describes who holds it, or claims it."""
    is_since = any(c.dep_ == "advcl" and any(k.lower_ == "since" for k in c.children) for c in word.children)
    is_since = is_since or scene.dates(word)[0] is not None
    if word.dep_ == "relcl":
        is_of_holder = any(c.dep_ == "nsubj" and grammar.is_relative(c) for c in word.children)
        return not is_of_holder and (is_since or word.lemma_.lower() in cues()["occupying"] | cues()["seizing"])
    return is_since


def _is_armed(side: Side) -> bool:
    """A rebel or militant group, which may hold land of its own country."""
    return side.identity is not None and side.identity.sector in cues()["group_sectors"] - {"PTY", "OPP"}


def _of_other(scene: Scene, token: Token, makers: list[Side]) -> Side | None:
    """Whose land it is where the words do not say: the only other state of the sentence."""
    own, inside = {key_of(m) for m in makers}, {t.i for t in token.subtree if t.i <= token.i}
    others = (s for t in range(*scene.sentence(token)) if t not in inside for s in scene.sides_at(scene.token(t)) if is_state(s))
    found = {key_of(s): s for s in others if key_of(s) not in own}
    return next(iter(found.values())) if len(found) == 1 and own else None


def _is_own(place: Side, state: Side) -> bool:
    """The land of a state is its own; a breakaway region that it holds is not."""
    is_apart = place.identity is not None and place.identity.sector == "PRE"
    return key_of(place) == key_of(state) and not is_apart and not _is_armed(state)


def land(scene: Scene, token: Token, verb: Token | None = None) -> Side | None:
    """The country that a place belongs to; the words, where the text leaves it open; None for what is no land ("a building")."""
    if token.lemma_ in cues()["shares"]:
        parts = scene.after(token, *SOIL_OF)
        found = [place for part in parts for place in [land(scene, part)] if place is not None]
        if found:
            return found[0]
    found_here = scene.sides([token])
    if found_here and (is_state(found_here[0]) or (found_here[0].identity is not None and found_here[0].identity.sector == "PRE")):
        return found_here[0]
    place = scene.place(token)
    if place is not None:
        return place
    if token.lemma_ in cues()["territory"]:
        owners = [s for s in _owners(scene, token) if is_state(s)] or _owned_by_relative(scene, token) or _around(scene, token, verb)
        return owners[0] if owners else scene.bare(token)
    return None


def _owners(scene: Scene, token: Token) -> list[Side]:
    """Whose land it is now; not the one of "the former Portuguese colony"."""
    return [] if any(c.lower_ == "former" for c in token.children) else scene.owners(token)


def _around(scene: Scene, token: Token, verb: Token | None) -> list[Side]:
    """The country in which it lies: "a camp at Bashiqa, in northern Iraq"."""
    tokens = [*scene.after(token, *INSIDE), *(scene.after(verb, *ON_LAND) if verb is not None else [])]
    found = scene.sides(tokens) or [s for t in tokens for s in [scene.place(t)] if s is not None]
    return [s for s in found if is_state(s)]


def _owned_by_relative(scene: Scene, token: Token) -> list[Side]:
    """ "Cyprus, whose northern third"."""
    whose = [c for c in token.children if c.dep_ == "poss" and grammar.is_relative(c)]
    for above in grammar.ancestors(token):
        if whose and above.dep_ == "relcl":
            return [s for s in scene.sides([above.head]) if is_state(s)]
    return []
