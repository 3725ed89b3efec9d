"""In: a noun for what stands between two sides ("alliance", "treaty", "dispute"). Out: pairs of sides."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from itertools import combinations, product

from spacy.tokens import Token

from dragoman.drafts import Side
from dragoman.language.en import grammar
from dragoman.relations.context import pair_before
from dragoman.relations.in_force import governing_verb, is_definite, is_treaty_in_force, participles, stands, year_of
from dragoman.relations.parties import Pair, is_body, is_state, who_is
from dragoman.relations.reality import is_denied, is_former, is_only_talked_of, is_so
from dragoman.relations.roles import done_to, is_done
from dragoman.relations.scene import Scene, key_of
from dragoman.relations.words import cues
from dragoman.schema import RelationKind

WITH = ("with", "against")
BINDING: dict[str, RelationKind] = {"treaty": "treaty", "alliance": "alliance", "partner": "partner"}
AROUND = frozenset({"treaty", "dispute"})


def pairs_of_bond(scene: Scene, noun: Token, kind: RelationKind) -> Iterator[Pair]:
    """ "the Japan-U.S. alliance", "a pact between A and B", "its dispute with Skopje over the name", "their treaty of 1992"."""
    if is_denied(noun) or is_former(noun) or is_only_talked_of(noun) or _is_name_of_body(scene, noun):
        return
    guarantees = list(guaranteed(scene, noun)) if kind == "treaty" else []
    if guarantees:
        yield from guarantees
        return
    verb = governing_verb(noun)
    included = _included(scene, noun)
    if included:
        yield from (Pair(kind, a, b, (noun,)) for a, b in product(_subjects(scene, noun), included))
        return
    sides, firm = sides_of_bond(scene, noun)
    if len(sides) < 2 and kind in AROUND:
        sides, firm = sides_around(scene, noun, sides)
    if len(sides) < 2 or not stands(scene, noun, verb, kind, firm):
        return
    anchors = tuple(dict.fromkeys([noun, *participles(noun), *([verb] if verb is not None else [])]))
    if kind == "member_of":
        yield from (Pair(kind, a, b, anchors) for a, b in product(sides, sides) if is_state(a) and is_body(b))
    else:
        kind = _kind_of(noun, kind)
        yield from (Pair(kind, a, b, anchors) for a, b in combinations(sides, 2))


def _is_name_of_body(scene: Scene, noun: Token) -> bool:
    """ "the European Union", "the alliance" of a story about NATO: no bond of two."""
    return any(is_body(s) for s in scene.sides_at(noun)) if noun.lemma_ in cues()["body_nouns"] else False


def _kind_of(noun: Token, kind: RelationKind) -> RelationKind:
    """A feud about nothing named is a rivalry."""
    is_about = bool(set(grammar.prepositional(noun)) & cues()["about"]) or any(c.dep_ in ("compound", "amod") for c in noun.children)
    return "rivalry" if noun.lemma_ in cues()["feuds"] and not is_about else kind


def sides_of_bond(scene: Scene, noun: Token) -> tuple[list[Side], bool]:
    """The sides, and whether the words themselves take it for granted that it stands ("their alliance"), so that no verb must say so."""
    between = scene.sides(scene.after(noun, "between", "among"))
    if len(between) > 1:
        return between, is_definite(noun)
    owners = scene.sides(o for c in noun.children if c.dep_ == "poss" for o in _all_whose(c))
    before = scene.sides(scene.before(noun))
    other = scene.sides(scene.after(noun, *WITH))
    if not other and (owners or before):
        of = scene.sides(scene.after(noun, "in", "to", "of"))
        other = [s for s in of if is_body(s)]
    own = owners or before
    if other:
        found = own or _subjects(scene, noun)
        return [*[s for s in found if key_of(s) not in {key_of(o) for o in other}], *other], bool(own)
    whole = [s for c in noun.children if c.dep_ in ("compound", "amod", "nmod") for s in scene.joined_names(c)]
    if whole:
        return whole, True
    joined = [*owners, *(b for b in before if key_of(b) not in {key_of(o) for o in owners})]
    if len(joined) > 1:
        return joined, True
    of = scene.sides(scene.after(noun, "of"))
    if len(of) > 1:
        return of, is_definite(noun)
    subjects = _subjects(scene, noun)
    verb = governing_verb(noun)
    if len(subjects) > 1 and noun.dep_ == "pobj" and noun.head.lower_ == "under":  # "trade under a pact of 2020"
        return subjects, True
    is_had = verb is not None and (verb.lemma_ in cues()["having"] | cues()["declaring"] or noun.head.lower_ in ("in", "at"))
    if len(subjects) == 2 and is_had:
        return subjects, False
    return joined, False


def _all_whose(token: Token) -> list[Token]:
    """Of "A and B, whose enmity" both."""
    if not grammar.is_relative(token):
        return grammar.conjuncts(token)
    noun = next((a.head for a in grammar.ancestors(token) if a.dep_ == "relcl"), None)
    while noun is not None and noun.dep_ == "conj":
        noun = noun.head
    together = [] if noun is None else grammar.conjuncts(noun)
    return together if len(together) > 1 else [token]


def sides_around(scene: Scene, noun: Token, known: list[Side]) -> tuple[list[Side], bool]:
    """The only two states of the clause that describes a bond, or of the clause in which it stands, else of its sentence."""
    clause = grammar.clause_head(noun)
    sentence = [scene.token(t) for t in range(*scene.sentence(noun))]
    for tokens in (list(noun.subtree), _core(clause), list(clause.subtree), sentence):
        found = _states_among(scene, tokens, known)
        if len(found) == 2:
            return found, is_definite(noun)
        if len(found) > 2 and tokens is not sentence:
            continue
    return [], False


def _core(clause: Token) -> list[Token]:
    """The words of a clause without what only explains or compares: subjects, objects, places, each with what is before it."""
    heads = [*grammar.surface_subjects(clause), *grammar.patients(clause)]
    heads += [t for prep in ("in", "with", "to", "from", "by", "at") for t in grammar.prepositional(clause).get(prep, [])]
    inner = [t for h in heads for t in grammar.prepositional(h).get("in", []) + grammar.prepositional(h).get("of", [])]
    return [
        t for h in (*heads, *inner) for t in (h, *(c for c in h.children if c.i < h.i and c.dep_ in ("poss", "amod", "compound", "nmod")))
    ]


def _states_among(scene: Scene, tokens: Iterable[Token], known: list[Side]) -> list[Side]:
    """Each state once; of somebody who only tells of it no state."""
    sides = [*known, *(s for t in tokens for s in scene.sides_at(t) if t.i in scene.meant or t.i in scene.by_head)]
    found = {
        key_of(s): s
        for s in reversed(sides)
        if is_state(s) or (s.identity is not None and s.identity.sector == "MIL" and s.identity.country)
    }
    return list(reversed(found.values()))


def _included(scene: Scene, noun: Token) -> list[Side]:
    """ "extending partnerships to include countries such as C and D": those whom it is extended to."""
    verb = noun.head
    if noun.dep_ != "dobj" or not grammar.is_verbal(verb):
        return []
    included = [o for p in grammar.purposes(verb) if p.lemma_ == "include" for o in grammar.patients(p)]
    included += scene.after(verb, "to") if verb.lemma_ in ("extend", "offer") else []
    return [s for o in included for s in (who_is(scene, o) or scene.sides([o]))]


def _subjects(scene: Scene, noun: Token) -> list[Side]:
    """Those of the verb whose object or complement a noun is ("A has a treaty with B"), also of a clause that describes it."""
    for child in noun.children:
        if child.dep_ == "relcl" and child.lemma_ in cues()["having"] | cues()["signing"]:
            return scene.sides(c for c in grammar.agents(child) if c != noun)
    verb = governing_verb(noun)
    above = noun.head.head if noun.dep_ == "pobj" else None
    if above is not None and above.pos_ in grammar.NOMINAL and noun.head.lower_ in ("at", "in"):  # "Nepal, at odds with India"
        return who_is(scene, above) if above.pos_ == "NOUN" else scene.sides([above])
    if verb is None:
        return []
    return [s for s in scene.sides(t for t in grammar.surface_subjects(verb) if t != noun) if s.identity is not None]


def title_of(scene: Scene, pair: Pair) -> str | None:
    """What a treaty is called ("mutual defense treaty"), and what a dispute is over."""
    nouns = [a for a in pair.anchors if a.pos_ == "NOUN"]
    if not nouns or pair.kind not in ("treaty", "dispute"):
        return None
    noun = nouns[-1] if pair.kind == "treaty" else nouns[0]
    if pair.kind == "dispute":
        about = scene.after(noun, *cues()["about"])
        return scene.annotated.span(scene.phrase(about[0])).text.lower() if about else None
    before = [c for c in noun.children if c.i < noun.i and c.dep_ in ("amod", "compound", "nmod") and c.i not in scene.by_head]
    words = [t.text for c in before for t in c.subtree if not t.text.isdigit()]
    return " ".join([*words, noun.text]).lower().replace(" - ", "-")


def since_of_treaty(scene: Scene, pair: Pair) -> str | None:
    """Of which year it is, or when it was signed: "a 1974 pact", "a treaty of 1960", "signed in 1988"."""
    noun = next((a for a in pair.anchors if a.pos_ in ("NOUN", "PROPN")), None)
    if noun is None:
        return None
    dated = [noun, *participles(noun), *(a for a in pair.anchors if a.lemma_ in cues()["signing"] | {"date"})]
    return year_of(noun) or scene.beginning(*dated)


def bound_by(scene: Scene, verb: Token) -> Iterator[Pair]:
    """ "Moscow is bound to Yerevan by a defence pact", "a pact still ties Damascus to Beirut", "obliges A to defend B"."""
    if (verb.lemma_ not in cues()["binding"] and verb.lower_ != "bound") or not is_so(verb):
        return
    after = grammar.prepositional(verb)
    if is_done(verb):
        nouns = [
            *after.get("by", []),
            *[o for p in verb.children if p.dep_ == "agent" for c in p.children if c.dep_ == "pobj" for o in grammar.conjuncts(c)],
        ]
        ones = scene.sides(done_to(verb))
    else:
        nouns, ones = (
            grammar.surface_subjects(verb),
            scene.sides(grammar.patients(verb) or [c for c in verb.children if c.i in scene.meant]),
        )
        ones = ones or scene.sides(o for x in verb.children if x.dep_ in ("ccomp", "xcomp") for o in grammar.own_subjects(x))
    others = scene.sides(after.get("to", []))
    others = others or scene.sides(o for x in grammar.complements(verb) if x.lemma_ in cues()["protecting"] for o in grammar.patients(x))
    others = [s for s in others if key_of(s) not in {key_of(o) for o in ones}]
    for noun in nouns:
        kind = cues().maps["what"].get(noun.lemma_)
        if kind in BINDING:
            for one, other in product(ones, others) if others else combinations(ones, 2):
                yield Pair(BINDING[kind], one, other, (noun, verb))


def guaranteed(scene: Scene, noun: Token) -> Iterator[Pair]:
    """ "Under a treaty of 1960, Britain, Greece and Turkey guarantee the island's independence": each with the island."""
    verb = governing_verb(noun)
    if noun.dep_ != "pobj" or noun.head.lower_ != "under" or verb is None or verb.lemma_ not in cues()["protecting"] or not is_so(verb):
        return
    objects = grammar.patients(verb)
    others = scene.sides(objects) or [s for o in objects for s in scene.owners(o) or scene.sides(scene.after(o, "of"))]
    ones = scene.sides(grammar.surface_subjects(verb) or [o for c in noun.children if c.dep_ == "appos" for o in grammar.conjuncts(c)])
    for one, other in product(ones, others):
        if is_state(one) and is_state(other) and key_of(one) != key_of(other):
            yield Pair("treaty", one, other, (noun, verb))


def under_treaty(scene: Scene, pair: Pair) -> Iterator[Pair]:
    """ "a partner of Kinshasa under a defence accord in force since August": the accord stands between the same two."""
    for anchor in pair.anchors:
        for noun in scene.after(anchor, "under"):
            if cues().maps["what"].get(noun.lemma_) == "treaty" and is_treaty_in_force(scene, noun, None, set()):
                yield Pair("treaty", pair.subject, pair.object, (noun,))


def allied(scene: Scene, word: Token) -> Iterator[Pair]:
    """ "militias allied to Iran", "is allied with"."""
    others = scene.sides(scene.after(word, "to", "with"))
    own = scene.sides(grammar.patients(word)) if grammar.is_verbal(word) else scene.sides([word.head])
    if is_former(word) or (grammar.is_verbal(word) and not is_so(word)):
        return
    yield from (Pair("alliance", a, b, (word,)) for a, b in product(own, others) if key_of(a) != key_of(b))


def disputed_land(scene: Scene, word: Token) -> Iterator[Pair]:
    """ "the disputed Bakassi peninsula", "on their contested border": of the only two of the sentence, else the two in question."""
    noun = word.head
    if word.dep_ != "amod" or word.lower_ not in cues()["unsettled"] or not (noun.pos_ == "PROPN" or noun.lemma_ in cues()["territory"]):
        return
    found = _states_among(scene, (scene.token(t) for t in range(*scene.sentence(noun))), [])
    if len(found) < 2:
        found = pair_before(scene, noun)
    if len(found) == 2:
        yield Pair("dispute", found[0], found[1], (noun,))
