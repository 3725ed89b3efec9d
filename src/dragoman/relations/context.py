"""In: a scene. Out: which states its words for two, for a neighbour or for "the island" stand for, by what the story has said so far."""

from __future__ import annotations

from bisect import bisect_left
from collections import Counter

from spacy.tokens import Token

from dragoman.drafts import Identity, Range, Side
from dragoman.knowledge.borders import borders
from dragoman.language.en import grammar
from dragoman.relations.scene import Scene, key_of, state_of
from dragoman.relations.words import cues

THIRD = frozenset({"it", "its", "they", "their", "he", "his", "she", "her"})
BOTH = frozenset({"both", "two", "either", "neither", "each"})
BEFORE_TWO = frozenset({"between", "of", "among", "on", "with", "for", "against", "to"})
THEM = frozenset({"them", "themselves"})
OF_NOUN = frozenset({"both", "two", "the", "these", "neither", "either"})
PAIR = 2


def meanings(scene: Scene) -> dict[int, list[Side]]:
    """By token. The words that the stage before has understood are left out, but for words for two, which are asked of the story again."""
    found: dict[int, list[Side]] = {}
    words, tree = cues(), scene.tree
    for number, lower in enumerate(tree.lower):
        lemma = tree.lemma[number]
        if (
            lower in BOTH | THEM
            or lemma in words["pair_nouns"] | words["colonies"]
            or lower in words["epithets"]
            or lower in words["state_nouns"]
        ):
            sides = _meaning(scene, scene.token(number))
            if sides:
                found[number] = sides
        if lower in THIRD:
            sides = _pronoun(scene, scene.token(number))
            if sides:
                found[number] = sides
        if lower == "two" and number > 1 and tree.lower[number - 1] == "the" and tree.lower[number - 2] in BEFORE_TWO:
            sides = pair_before(scene, scene.token(number))
            above = tree.head[number]
            if sides and tree.head[above] == number - 2:  # also where the parser took the verb behind it for a noun: "between the two bars"
                found[above] = sides
    return found


def _meaning(scene: Scene, token: Token) -> list[Side]:
    lower, lemma = token.lower_, token.lemma_
    if lemma in cues()["neighbours"] | cues()["colonies"] and token.tag_ == "NN":
        return _neighbour(scene, token)
    if lower in cues()["epithets"]:
        return _epithet(scene, token)
    if lower in cues()["state_nouns"]:
        return _topic(scene, token)
    if _is_word_for_two(scene, token):
        return pair_before(scene, token)
    return []


def _is_word_for_two(scene: Scene, token: Token) -> bool:
    if token.lower_ in THEM:
        return not _understood(scene, token) and token.head.lower_ in ("between", "among")
    if token.lower_ in BOTH:
        is_alone = token.pos_ in ("PRON", "NUM") or (token.pos_ == "DET" and token.dep_ not in ("det", "predet", "preconj", "cc"))
        is_of = any(c.dep_ == "prep" and c.lower_ == "of" for c in token.children)
        is_two = token.lower_ != "two" or any(c.lower_ in ("the", "these") for c in token.children) or _after_article(token)
        return is_alone and is_two and not is_of and token.dep_ not in ("nummod", "preconj", "advmod")
    if token.tag_ != "NNS" or token.dep_ in ("compound", "amod"):
        return False
    before = {c.lower_ for c in token.children if c.dep_ in ("det", "nummod", "predet", "preconj", "quantmod")}
    is_narrowed = any(c.dep_ == "poss" for c in token.children)
    is_example = any(c.dep_ == "appos" and c.i in scene.by_head for c in token.children)
    has_number = bool(before & {"both", "two", "neither", "either"})
    return bool(before & OF_NOUN) and (has_number or token.lemma_ in cues()["neighbours"]) and not is_narrowed and not is_example


def _after_article(token: Token) -> bool:
    """ "the two", where the parser hung the article elsewhere."""
    return token.i > 0 and token.nbor(-1).lower_ in ("the", "these")


def _understood(scene: Scene, token: Token) -> bool:
    mention = scene.by_head.get(token.i)
    return mention is not None and len({state_of(i) for i in mention.identities} - {None}) >= PAIR


def pair_before(scene: Scene, token: Token) -> list[Side]:
    """The two states in question: the only two of the sentence so far, of the sentences before it, else the two most spoken of."""
    paragraph = scene.annotated.paragraph_of(token.i)
    sentence = scene.tree.sentence[token.i]
    while sentence >= 0 and scene.tree.sentences[sentence].start >= paragraph.start:
        states = dict.fromkeys(state for _, state in _states(scene, scene.tree.sentences[sentence].start, token.i))
        if len(states) >= PAIR:
            if len(states) == PAIR:
                return _sides(scene, token, list(states))
            break
        sentence -= 1
    counted = Counter(state for _, state in _states(scene, 0, token.i)).most_common(PAIR + 1)
    is_clear = len(counted) == PAIR or (len(counted) > PAIR and counted[PAIR - 1][1] > counted[PAIR][1])
    return _sides(scene, token, [state for state, _ in counted[:PAIR]]) if is_clear else []


def _states(scene: Scene, start: int, end: int) -> list[tuple[int, str]]:
    """States as they are named in a stretch, by themselves or by their people and officials: token and state."""
    if scene.named_states is None:
        scene.named_states = [(n, state) for n in sorted(scene.by_head) for state in _state_named_at(scene, n)]
    first, last = (bisect_left(scene.named_states, (number, "")) for number in (start, end))
    return scene.named_states[first:last]


def _state_named_at(scene: Scene, number: int) -> list[str]:
    """The state that a mention names, if it names one; "Turkey's parliament" of which no country is known names Turkey."""
    mention = scene.by_head[number]
    if mention.kind == "pronoun":
        return []
    states = {state_of(i) for i in mention.identities} - {None}
    if not states and mention.kind == "description":
        owners = [scene.state_named(c.text) for c in scene.token(number).children if c.dep_ == "poss"]
        states = {o.identity.country for o in owners if o is not None and o.identity is not None}
    return [state for state in states if state is not None] if len(states) == 1 else []


def _sides(scene: Scene, token: Token, states: list[str]) -> list[Side]:
    words = Range(token.i, token.i + 1)
    return [Side(words, Identity(scene.knowledge.country_name(s), s), "pronoun") for s in sorted(states)]


def _pronoun(scene: Scene, token: Token) -> list[Side]:
    """Who a pronoun means that cannot mean the name which its words explain: "Qatar, its ally", "Peru, with which it quarrels"."""
    if token.lower_ == "it" and token.dep_ in ("pobj", "dobj") and not _is_known(scene, token):
        besides = _doers_to(scene, token)
        other = _in_focus(scene, token, besides) if besides else None
        return [] if other is None else _sides(scene, token, [other])
    named = _named_by(scene, token)
    own = {key_of(s) for s in scene.named_sides(token)}
    if not named or (own and not own & named):
        return []
    other = _in_focus(scene, token, named)
    return [] if other is None else _sides(scene, token, [other])


def _is_known(scene: Scene, token: Token) -> bool:
    """Whether the stage before has understood a word."""
    return token.i in scene.by_head and any(i.country or i.name for i in scene.by_head[token.i].identities)


def _named_by(scene: Scene, token: Token) -> set[str]:
    """The names that a possessive's noun explains, or that the relative clause of a pronoun describes."""
    noun = token.head
    if token.dep_ == "poss":
        tokens = [o for c in noun.children if c.dep_ == "appos" for o in grammar.conjuncts(c)]
        tokens += [noun.head] if noun.dep_ in ("appos", "compound", "nmod") or (noun.dep_ == "conj" and noun.head.dep_ == "appos") else []
        tokens += [noun.head.head] if noun.dep_ == "conj" and noun.head.dep_ == "appos" else []
        return {key_of(s) for t in tokens for s in scene.named_sides(t)}
    clause = next((t for t in grammar.ancestors(token) if t.dep_ == "relcl"), None)
    if clause is None or clause.head.i > token.i:
        return set()
    return {key_of(s) for s in scene.named_sides(clause.head)}


def _in_focus(scene: Scene, token: Token, besides: set[str]) -> str | None:
    """The state that a story is about at a word: the subject of its sentence, else that of the dateline, else the one most spoken of."""
    start = scene.tree.sentences[scene.tree.sentence[token.i]].start
    subjects = [state for number, state in _states(scene, start, token.i) if state not in besides and _is_of_subject(scene, number)]
    return subjects[0] if subjects else _story_of(scene, token, besides)


def _story_of(scene: Scene, token: Token, besides: set[str]) -> str | None:
    """The state of the dateline, if the story has named it, else the one most spoken of, but for some."""
    states = [state for _, state in _states(scene, 0, token.i) if state not in besides]
    return scene.home if scene.home in states else _most_frequent(states)


def _most_frequent(states: list[str]) -> str | None:
    """None where two are named as often."""
    counted = Counter(states).most_common(PAIR)
    is_clear = len(counted) == 1 or (len(counted) == PAIR and counted[0][1] > counted[1][1])
    return counted[0][0] if is_clear else None


def focused(scene: Scene, token: Token, named: list[Side]) -> list[Side]:
    """The same as sides, with whom somebody is spoken of: "China, a partner in mining"."""
    other = _in_focus(scene, token, {key_of(s) for s in named})
    return [] if other is None else _sides(scene, token, [other])


def _is_of_subject(scene: Scene, number: int) -> bool:
    """Whether a mention is the subject of its clause, or whose it is."""
    token = scene.token(number)
    while token.dep_ in ("poss", "compound", "nmod", "amod") and token.head != token:
        token = token.head
    return token.dep_ in ("nsubj", "nsubjpass") and token.head.dep_ in ("ROOT", "ccomp", "conj", "advcl", "parataxis")


def _neighbour(scene: Scene, token: Token) -> list[Side]:
    """ "its small neighbour", "its former colony": the other one of the two; of neighbours one that borders on it, if there is one."""
    owners = {key_of(s) for c in token.children if c.dep_ == "poss" for s in scene.named_sides(c)}
    is_named = any(c.dep_ == "appos" for c in token.children) or token.dep_ in ("appos", "compound", "nmod")
    behind = token.i + 1
    is_named = is_named or behind in scene.by_head or any(m.range.start == behind for m in scene.by_head.values())
    if len(owners) != 1 or is_named:
        return []
    near = borders().get(next(iter(owners)), frozenset()) if token.lemma_ in cues()["neighbours"] else frozenset()
    other = _other_of(scene, token, owners | _doers_to(scene, token), near)
    return [] if other is None else _sides(scene, token, [other])


def _doers_to(scene: Scene, token: Token) -> set[str]:
    """The states that do something to or with a word: what is done to it is done by others."""
    if token.dep_ not in ("pobj", "dobj"):
        return set()
    clause = grammar.clause_head(token)
    return {key_of(s) for t in grammar.surface_subjects(clause) for s in scene.sides_of_list(t)}


def _other_of(scene: Scene, token: Token, own: set[str], near: frozenset[str]) -> str | None:
    """The state with which a story has one deal: of those ``near`` it, if it names any, that of the dateline or the one most spoken of."""
    states = [state for _, state in _states(scene, 0, token.i) if state not in own]
    states = [s for s in states if s in near] or states
    return scene.home if scene.home in states and not near else _most_frequent(states)


def _is_bare(scene: Scene, token: Token) -> bool:
    """With "the" and nothing that says which one: no name before it, no phrase behind it."""
    inside = [c for c in token.children if c.dep_ in ("prep", "appos", "poss", "relcl") or (c.i in scene.by_head and c.i < token.i)]
    has_article = any(c.lower_ in ("the", "this") for c in token.children)
    return has_article and not inside and not _is_known(scene, token) and token.dep_ != "compound"


def _topic(scene: Scene, token: Token) -> list[Side]:
    """ "the country", "the junta": the state of the dateline, if the story names it, else the one most spoken of."""
    if not _is_bare(scene, token):
        return []
    topic = _story_of(scene, token, _doers_to(scene, token))
    return [] if topic is None else _sides(scene, token, [topic])


def _epithet(scene: Scene, token: Token) -> list[Side]:
    """ "the island", "the kingdom": the only state of that sort which the story has named."""
    if not _is_bare(scene, token):
        return []
    sort = set(cues().maps["epithets"][token.lower_].split(" "))
    besides = _doers_to(scene, token)
    states = dict.fromkeys(state for _, state in _states(scene, 0, token.i) if state in sort and state not in besides)
    return _sides(scene, token, list(states)) if len(states) == 1 else []
