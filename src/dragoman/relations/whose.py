"""In: "its", "whose", "the group" before a title. Out: the body or state that is meant; bodies that only the text names."""

from __future__ import annotations

from spacy.tokens import Token

from dragoman.drafts import Identity, Mention, Range, Side
from dragoman.language.en import grammar
from dragoman.relations.office_words import is_acronym
from dragoman.relations.scene import GROUPS, NO_STATE, Scene, state_of
from dragoman.relations.words import cues, titles

OF_BODIES = frozenset({"its", "their", "whose"})


def meant_by(scene: Scene, possessor: Token) -> Side | None:
    """Whose "its spokesman" or "the group's leader" is: None where the words before it do not say, words alone where no name does."""
    if possessor.lower_ == "whose":
        clause = next((a for a in grammar.ancestors(possessor) if a.dep_ == "relcl"), None)
        return None if clause is None else _body_at(scene, clause.head) or scene.bare(clause.head)
    if possessor.lower_ in OF_BODIES:
        return _topic_before(scene, possessor)
    if possessor.lemma_ in titles()["led_by"]:
        return _body_at(scene, possessor) or _named_before(scene, possessor) or scene.bare(possessor)
    return None


def _topic_before(scene: Scene, pronoun: Token) -> Side | None:
    """The body of whose doings the clause before tells: the last subject, or the only body, of this sentence, else of the one before."""
    number = scene.tree.sentence[pronoun.i]
    for sentence in (number, number - 1):
        if sentence < 0:
            break
        start, end = scene.tree.sentences[sentence]
        tokens = [scene.token(t) for t in range(start, min(end, pronoun.i))]
        subjects = [t for t in tokens if t.dep_ in ("nsubj", "nsubjpass") and t.pos_ != "PRON"]
        for subject in sorted(subjects, key=lambda t: (t.head.dep_ != "ROOT", -t.i)):
            found = _body_at(scene, subject) or _state_at(scene, subject)
            if found is not None:
                return found
        bodies = {s.identity.name: s for t in tokens for s in [_body_at(scene, t)] if s is not None and s.identity is not None}
        if len(bodies) == 1:
            return next(iter(bodies.values()))
    return None


def _state_at(scene: Scene, token: Token) -> Side | None:
    """ "Norway protested. Its ambassador": a state; nobody who acts for one."""
    mention = scene.by_head.get(token.i)
    if mention is None or mention.kind != "name" or mention.person or len(mention.identities) != 1:
        return None
    state = state_of(mention.identities[0])
    return None if state is None else Side(mention.range, Identity(scene.knowledge.country_name(state), state, "GOV"), mention.kind)


def _body_at(scene: Scene, token: Token) -> Side | None:
    """The body that a word or its apposition names: "the main bloc, Wefaq,", "the rebels of LURD"."""
    below = [o for c in token.children if c.dep_ in ("appos", "prep") for o in ([c] if c.dep_ == "appos" else _of(c))]
    for one in (token, *below):
        mention = scene.by_head.get(one.i)
        if mention is not None and is_body_named(mention):
            return Side(mention.range, mention.identities[0], mention.kind)
        if one.dep_ == "appos" and one.pos_ == "PROPN" and mention is None and token.pos_ == "NOUN" and token.lemma_ in titles()["led_by"]:
            words = scene.name_of(one)
            return Side(words, Identity(scene.annotated.span(words).text), "name")
    return None


def _of(preposition: Token) -> list[Token]:
    return [c for c in preposition.children if c.dep_ == "pobj"] if preposition.lower_ == "of" else []


def is_body_named(mention: Mention) -> bool:
    """A party, group, union or international body with a name; no state, no person."""
    if mention.person or len(mention.identities) != 1 or mention.identities[0].name is None:
        return False
    who = mention.identities[0]
    is_other = who.country is None and mention.kind == "name"
    return who.sector in GROUPS or who.country in NO_STATE or is_other


def _named_before(scene: Scene, noun: Token) -> Side | None:
    """The last body named before "the party": a political or armed one for a noun of those."""
    is_group = noun.lemma_ in cues()["groups"]
    for head in sorted((h for h in scene.by_head if h < noun.i), reverse=True):
        mention = scene.by_head[head]
        if mention.kind == "name" and is_body_named(mention) and (not is_group or mention.identities[0].sector in GROUPS):
            return Side(mention.range, mention.identities[0], mention.kind)
    return None


def body_in_text(scene: Scene, noun: Token, complement: Token) -> Side | None:
    """ "secretary of Communist Refoundation": a body that no table has, by the name that stands after the title."""
    if noun.lower_ not in titles()["of_any_body"] or complement.pos_ != "PROPN":
        return None
    mention = scene.by_head.get(complement.i)
    if mention is not None and (mention.identities and (mention.identities[0].country or mention.identities[0].office)):
        return None
    words = Range(scene.tree.left[complement.i], complement.i + 1)
    while words.start < complement.i and scene.tree.tag[words.start] not in ("NNP", "NNPS"):
        words = Range(words.start + 1, words.end)
    text = scene.tree.text(*words).lower()
    is_of_state = bool(scene.knowledge.roles.get(text)) or (noun.lower_ in titles()["of_body"] and not _is_name_of_body(scene, words))
    return None if is_of_state else Side(words, Identity(scene.annotated.span(words).text), "name")


def _is_name_of_body(scene: Scene, words: Range) -> bool:
    """An acronym, or a name that ends as names of bodies do; not "Civil Defence"."""
    last = scene.token(words.end - 1)
    return is_acronym(last) or last.lower_ in cues()["bodies"] | titles()["led_by"]
