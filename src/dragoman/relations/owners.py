"""In: a title beside a name. Out: whose office it is: a state, or a body that is none, as the words say, else the state of the person."""

from __future__ import annotations

from spacy.tokens import Token

from dragoman.drafts import Identity, Mention, Range, Side
from dragoman.knowledge import Organisation
from dragoman.relations.office_words import PREPOSITIONS, TitleFound, is_acronym, title_of
from dragoman.relations.parties import is_body
from dragoman.relations.scene import BODIES, NO_STATE, Scene, state_of
from dragoman.relations.whose import body_in_text, meant_by
from dragoman.relations.words import titles

POSTED_AT = frozenset({"to", "in", "at", "on", "for"})
POSSESSIVE = ("'s", "’s", "'")
BROAD = frozenset({"GOV", "LEG", "JUD", "MIL", "COP", "SPY", None})


def owner_of(scene: Scene, title: TitleFound, anchor: Token) -> tuple[Side | None, int | None]:
    """Whose office it is, by the words: a possessor, a nationality or body before the title, else one after it; and the token of that."""
    noun = scene.token(title.head)
    top = noun
    while top.dep_ in ("compound", "nmod", "amod") and top.head.i > top.i:
        top = top.head
    before = [t for t in range(scene.tree.left[top.i], title.start) if t in scene.by_head and t != top.i]
    after_all = _owner_after(scene, noun, top, anchor, title)
    if after_all[0] is not None and title.end - title.start == 1 and noun.lower_ in titles()["of_body"]:
        return after_all
    end = title.start - (scene.tree.lower[title.start - 1] in POSSESSIVE)
    if after_all[0] is not None and noun.lower_ in titles()["of_any_body"] and is_body(after_all[0]):
        return after_all  # "the Ghanaian commander of the U.N. force"
    adjacent = [t for t, m in scene.by_head.items() if m.range.end == end and m.kind == "name" and not m.person and t not in before]
    heads = dict.fromkeys([*(scene.token(t) for t in range(title.start, title.end)), noun, top])
    possessors = [c for t in heads for c in t.children if c.dep_ == "poss" and c.i < title.start]
    meant = [m for c in possessors for m in [meant_by(scene, c)] if m is not None] if _is_of_any_body(noun) else []
    if meant:
        return meant[0]._replace(kind="pronoun"), possessors[0].i
    for token in (*reversed(before), *adjacent):
        mention = scene.by_head[token]
        if _is_ministry_of_labour(mention, title):
            continue
        if not _is_apart(scene, mention, title.start) and mention.identities:
            found = _side_of_owner(scene, mention)
            if found is not None:
                return found, token
    acronym = scene.token(title.start - 1) if title.start else noun
    if is_acronym(acronym) and acronym.i not in scene.by_head and acronym.head.i > acronym.i:
        return Side(Range(acronym.i, acronym.i + 1), Identity(acronym.text), "name"), acronym.i
    inner = [s for t in range(title.start, title.head) for s in scene.body_meant(scene.token(t))]
    if inner:
        return inner[0], title.start
    place = _of_place(scene, possessors)
    return (place, None) if place is not None else after_all


def _owner_after(scene: Scene, noun: Token, top: Token, anchor: Token, title: TitleFound) -> tuple[Side | None, int | None]:
    """Whose the words behind the title say that it is: "of the European Council", "for the U.N. rights office"."""
    after = [
        c
        for n in dict.fromkeys((anchor, noun, top))
        for p in n.children
        if p.dep_ == "prep" and p.lower_ in (PREPOSITIONS if n != anchor or n == noun else ("of",)) and scene.tree.straight[p.i - 1] != ","
        for c in p.children
        if c.dep_ == "pobj"
    ]
    after += [o for c in after for p in c.children if p.dep_ == "prep" and p.lower_ in ("of", "in") for o in p.children if o.dep_ == "pobj"]
    after = [c for c in after if c.i > title.start and not (noun.lower_ in titles()["posted"] and c.head.lower_ in POSTED_AT)]
    for child in after:
        mentioned = scene.by_head.get(child.i)
        if mentioned is not None and mentioned.identities:
            found = _side_of_owner(scene, mentioned)
            if found is not None:
                return found, child.i
        named = body_in_text(scene, noun, child)
        if named is not None:
            return named, child.i
        inner = [scene.by_head[t] for t in range(scene.tree.left[child.i], child.i) if t in scene.by_head and scene.by_head[t].identities]
        for one in inner:
            found = _side_of_owner(scene, one)
            if found is not None:
                return found, None
    return _of_place(scene, after), None


def _is_of_any_body(noun: Token) -> bool:
    """A title such as parties, groups and bodies have; or of an envoy, whom a state or body sends."""
    return noun.lower_ in titles()["of_any_body"] | titles()["posted"]


def _is_ministry_of_labour(mention: Mention, title: TitleFound) -> bool:
    """ "Labour Minister", where the party of that name is no owner."""
    return any(i.sector == "PTY" for i in mention.identities) and title.text.split(" ")[-1] in ("minister", "secretary")


def _of_place(scene: Scene, tokens: list[Token]) -> Side | None:
    """ "Catalonia's leader", "Miami's mayor", "Governor X of Mandera": the region, or the state in which a place lies."""
    for token in tokens:
        found = scene.region(token) or scene.place(token)
        if found is not None:
            return found
    return None


def _is_apart(scene: Scene, mention: Mention, start: int) -> bool:
    """Whether more than words of the title's own phrase stand between an owner and the title: a comma, a verb."""
    return any(
        scene.tree.straight[t] in (",", ";", ":") or (scene.tree.pos[t] in ("VERB", "AUX", "ADP") and scene.tree.tag[t] != "VBN")
        for t in range(mention.range.end, start)
    )


def _side_of_owner(scene: Scene, mention: Mention) -> Side | None:
    """The state or body that a mention stands for; of a person the state he or she acts for."""
    who = mention.identities[0]
    if mention.person:
        return of_person(scene, mention.range, who)
    if who.country in BODIES and who.name is None:
        who = Identity(BODIES[who.country], who.country, who.sector)
    if who.name is None and who.country is None:
        return None
    return Side(mention.range, scene.named(who), mention.kind)


def of_person(scene: Scene, words: Range, who: Identity) -> Side | None:
    """The state, or the United Nations or European Union, for which somebody acts."""
    state = state_of(who)
    if state is not None:
        return Side(words, Identity(scene.knowledge.country_name(state), state, "GOV"), "description")
    if who.country in BODIES:
        return Side(words, Identity(BODIES[who.country], who.country, "GOV"), "description")
    return body_of_office(scene, words, who)


def body_of_office(scene: Scene, words: Range, who: Identity) -> Side | None:
    """The body that the tables name in the office of its official ("NATO secretary-general")."""
    parts = (who.office or "").split(" ") if who.country in NO_STATE else []
    for end in range(len(parts) - 1, 0, -1):
        bodies = [o for o in scene.knowledge.cased.get(" ".join(parts[:end])) if isinstance(o, Organisation)]
        if len({o.name for o in bodies}) == 1:
            return Side(words, Identity(bodies[0].name, bodies[0].country, bodies[0].sector), "description")
    return None


def to_whom(scene: Scene, person: Side, owner: Side | None, title: TitleFound) -> Side | None:
    """Whose office it is: whoever the words name, else the state of the person, whose word is then the title itself."""
    words, who = Range(title.start, title.end), person.identity
    if owner is not None and not (_is_part_of_state(owner) and who is not None and who.country not in NO_STATE and who.country):
        return owner
    if who is None:
        return owner
    if who.country is None and owner is None:
        return _of_title(scene, title)
    known = title_of(scene.knowledge, title.text)
    is_of_state = "opposition" in title.text or (known is not None and known.sector in BROAD)
    if is_of_state and who.country is not None and who.country not in NO_STATE:
        return Side(words, Identity(scene.knowledge.country_name(who.country), who.country, "GOV"), "description")
    return of_person(scene, words, who) or owner


def _of_title(scene: Scene, title: TitleFound) -> Side | None:
    """The state for which the holder of a title acts, as the stage before has understood the title alone."""
    mention = scene.by_head.get(title.head)
    of = None if mention is None or mention.kind != "title" or len(mention.identities) != 1 else mention.identities[0]
    return None if of is None or of.name is not None else of_person(scene, Range(title.start, title.end), of)


def _is_part_of_state(owner: Side) -> bool:
    """ "the Senate Foreign Relations Committee", of which no country is known."""
    who = owner.identity if owner.kind != "pronoun" else None  # "whose chairman": the words say whose
    return who is not None and who.country is None and who.sector in BROAD - {None}
