"""In: the persons of an article. Out: the offices that the text itself names for them, each with whose it is and its dates."""

from __future__ import annotations

from collections.abc import Iterator

from spacy.tokens import Token

from dragoman.drafts import Identity, Mention, Range, Side, Standing
from dragoman.knowledge import Organisation
from dragoman.language.en import grammar
from dragoman.relations.office_words import PREPOSITIONS, TitleFound, complement, title_before, title_of, title_of_noun
from dragoman.relations.reality import is_lasting, is_so
from dragoman.relations.scene import BODIES, NO_STATE, Scene, state_of
from dragoman.relations.words import cues, titles

AS = "as"
LETTERS = frozenset({"NNP", "NNPS", "HYPH", "FW", "NN", "JJ"})
POSTED = frozenset({"ambassador", "envoy", "consul", "emissary", "attache", "attaché"})  # what is in or to a country, and not its own
POSTED_AT = frozenset({"to", "in", "at", "on", "for"})
BROAD = frozenset({"GOV", "LEG", "JUD", "MIL", "COP", "SPY", None})
PRIVATE = frozenset({"BUS", "JRN", "EDU", "MED", "MNC"})


def persons(scene: Scene) -> Iterator[tuple[Mention, Identity]]:
    """Named persons where the text names them."""
    for mention in scene.by_head.values():
        is_one = mention.kind == "name" and mention.person and len(mention.identities) == 1
        if is_one and any(c.islower() for c in mention.identities[0].name or ""):
            yield mention, mention.identities[0]


def offices(scene: Scene) -> Iterator[Standing]:
    """Offices by title before the name, apposition, "is" and "served as"."""
    people = list(persons(scene))
    before = {m.head: title_before(scene, name_start(scene, m, who)) for m, who in people}
    taken = {t for title in before.values() if title is not None for t in range(title.start, title.end)}
    for mention, who in people:
        person, name = Side(mention.range, who, mention.kind), scene.token(mention.head)
        title = before[mention.head]
        if title is not None:
            yield from _standing(scene, person, title, name, "title before the name")
        for noun in beside(scene, name):
            found = title_of_noun(scene, noun)
            if found is not None and found.head not in taken:
                taken.update(range(found.start, found.end))
                yield from _standing(scene, person, found, noun, "beside the name")
        yield from _leading(scene, person, name)


def _leading(scene: Scene, person: Side, name: Token) -> Iterator[Standing]:
    """ "who commands the Rapid Support Forces", "who has ruled Uzbekistan since 1991"."""
    for verb in name.children:
        title = titles().maps["heading"].get(verb.lemma_)
        if verb.dep_ != "relcl" or title is None or not is_lasting(verb) or not is_so(verb) or name not in grammar.agents(verb):
            continue
        objects = grammar.patients(verb)
        bodies = [s for o in objects for s in scene.sides([o]) or scene.owners(o)]
        if not objects or not (bodies or objects[0].lemma_ in cues()["led"]):
            continue
        since, until = scene.dates(verb)
        where = Range(verb.i, verb.i + 1)
        yield Standing(
            "office", person, bodies[0] if bodies else None, where, [scene.sentence(verb)], title, since, until, because=[f"'{verb.text}'"]
        )


def name_start(scene: Scene, mention: Mention, who: Identity) -> int:
    """The first token of a name, behind title and rank."""
    tree, head = scene.tree, mention.head
    first = (who.name or "").split(" ")[0].lower()
    for token in range(max(mention.range.start, head - 6), head):
        if tree.lower[token] == first:
            return token
    start = head
    while start > mention.range.start and tree.tag[start - 1] in LETTERS and title_before(scene, start) is None:
        start -= 1
    if title_before(scene, start) is None:
        return head if title_before(scene, head) is not None else start
    return start


def beside(scene: Scene, name: Token) -> Iterator[Token]:
    """Nouns that explain a name: in apposition on either side, or said of it by "is" or "served as"."""
    for child in name.children:
        if child.dep_ == "appos":
            yield from grammar.conjuncts(child)
        elif child.dep_ == "relcl":
            yield from _told(child)
    if name.dep_ == "appos":
        noun = name.head
        yield noun
        above = noun.head.head if noun.dep_ == "pobj" and noun.head.dep_ == "prep" else None
        if above is not None and above.pos_ in grammar.NOMINAL:
            yield above
            if above.dep_ == "pobj" and above.head.dep_ == "prep" and above.head.head.pos_ in grammar.NOMINAL:
                yield above.head.head
    if name.dep_ in ("nsubj", "nsubjpass") and grammar.is_verbal(name.head):
        yield from _told(name.head)
    if name.dep_ == "attr" and name.head.lemma_ == "be":
        yield from (c for c in name.head.children if c.dep_ == "nsubj")
    yield from _behind_comma(scene, name)


def _told(verb: Token) -> Iterator[Token]:
    """What a verb says that its subject is: "is president", "has served as minister"."""
    if grammar.is_negated(verb) or any(c.dep_ == "aux" and c.tag_ == "MD" for c in verb.children):
        return
    if verb.lemma_ == "be" or verb.lemma_ in titles()["held"]:
        yield from (o for c in verb.children if c.dep_ == "attr" for o in grammar.conjuncts(c))
    if verb.lemma_ in titles()["held"] or (verb.lemma_ in titles()["taken"] and any(c.lower_ == "office" for c in verb.children)):
        yield from as_what(verb)


def as_what(verb: Token) -> Iterator[Token]:
    below = [verb, *(c for c in verb.children if c.dep_ == "dobj")]
    yield from (
        o for v in below for p in v.children if p.lower_ == AS for c in p.children if c.dep_ == "pobj" for o in grammar.conjuncts(c)
    )


def _behind_comma(scene: Scene, name: Token) -> Iterator[Token]:
    """A title between commas right behind a name, or right before it, that the parser hung elsewhere."""
    tree = scene.tree
    mention = scene.by_head[name.i]
    after = mention.range.end
    if after + 1 < len(tree) and tree.straight[after] == "," and tree.sentence[after] == tree.sentence[name.i]:
        for token in range(after + 1, min(len(tree), after + 9)):
            if tree.straight[token] in (",", ".", ";", ")") or (
                token in scene.by_head and scene.by_head[token].kind == "name" and scene.by_head[token].person
            ):
                break
            is_near = tree.left[token] <= after + 2
            if (
                tree.pos[token] in ("NOUN", "PROPN")
                and is_near
                and tree.dep[token] not in ("nsubj", "nsubjpass", "compound", "poss", "dobj")
            ):
                yield scene.token(token)
                break
            if tree.pos[token] in ("VERB", "AUX"):
                break


def _standing(scene: Scene, person: Side, title: TitleFound, anchor: Token, why: str) -> Iterator[Standing]:
    """The office, unless it is private, not yet held, or said of somebody whose own it is not."""
    if title.not_yet:
        return
    owner, place = owner_of(scene, title, anchor)
    needs_body = scene.tree.lower[title.head] in titles()["of_body"] and title.end - title.start == 1
    if needs_body and owner is None and complement(scene, title) is None and why != "title before the name":
        return
    if (
        owner is not None
        and owner.identity is not None
        and owner.identity.sector in PRIVATE
        and owner.identity.country not in ("EUR", "UNO")
    ):
        return
    if person.identity is not None and person.identity.sector in PRIVATE and owner is None:
        return
    to = to_whom(scene, person, owner, title)
    since, until = dates_of(scene, title, anchor)
    verb = grammar.clause_head(scene.token(title.head))
    past = title.past or _is_past(scene, verb, scene.token(title.head), until)
    standing = Standing(
        "office",
        person,
        to,
        Range(title.start, title.end),
        sentences=[scene.sentence(scene.token(title.head))],
        title=title_text(scene, title, place),
        since=since,
        until=until,
        past=past,
        because=[f"'{scene.tree.text(title.start, title.end)}': {why}"],
    )
    if past:
        standing.because.append("it is over by the words of the text")
    if scene.attribute(standing, scene.token(title.head), presupposed=True):
        yield standing


def _is_past(scene: Scene, verb: Token, noun: Token, until: str | None) -> bool:
    """ "served as", "was minister", "until 2021"."""
    if until is not None and scene.is_old(until):
        return True
    adverbs = {c.lower_ for c in (*verb.children, *noun.children) if c.dep_ in ("advmod", "amod")}
    if adverbs & titles()["over"] and noun.dep_ in ("attr", "pobj", "appos"):
        return True
    return (
        noun.dep_ in ("attr", "pobj")
        and verb.lemma_ in ("be", "serve")
        and verb.tag_ == "VBD"
        and (noun.dep_ == "attr" or noun.head.lower_ == AS)
    )


def dates_of(scene: Scene, title: TitleFound, anchor: Token) -> tuple[str | None, str | None]:
    """Since and until when: the dates in the words that explain the name, or of the clause that says it."""
    noun = scene.token(title.head)
    anchors = [noun]
    if noun.dep_ == "attr" or (noun.dep_ == "pobj" and noun.head.lower_ == AS):
        anchors.append(grammar.clause_head(noun))
    since, until = scene.dates(*anchors)
    verb = anchors[-1]
    if since is None and verb.lemma_ in titles()["taken"] and grammar.is_verbal(verb):
        since = scene.beginning(verb)
    return since, until


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
    for token in reversed(before):
        mention = scene.by_head[token]
        if not _is_apart(scene, mention, title.start) and mention.identities:
            found = _side_of_owner(scene, mention)
            if found is not None:
                return found, token
    inner = [s for t in range(title.start, title.head) for s in scene.body_meant(scene.token(t))]
    if inner:
        return inner[0], title.start
    possessors = [c for c in top.children if c.dep_ == "poss" and c.i < title.start]
    place = _of_place(scene, possessors)
    return (place, None) if place is not None else after_all


def _owner_after(scene: Scene, noun: Token, top: Token, anchor: Token, title: TitleFound) -> tuple[Side | None, int | None]:
    """Whose the words behind the title say that it is: "of the European Council", "for the U.N. rights office"."""
    after = [
        c
        for n in (noun, top, anchor)
        for p in n.children
        if p.dep_ == "prep" and p.lower_ in PREPOSITIONS
        for c in p.children
        if c.dep_ == "pobj"
    ]
    after += [o for c in after for p in c.children if p.dep_ == "prep" and p.lower_ in ("of", "in") for o in p.children if o.dep_ == "pobj"]
    after = [c for c in after if c.i > title.start and not (noun.lower_ in POSTED and c.head.lower_ in POSTED_AT)]
    for child in after:
        mentioned = scene.by_head.get(child.i)
        if mentioned is not None and mentioned.identities:
            found = _side_of_owner(scene, mentioned)
            if found is not None:
                return found, child.i
        inner = [scene.by_head[t] for t in range(scene.tree.left[child.i], child.i) if t in scene.by_head and scene.by_head[t].identities]
        for one in inner:
            found = _side_of_owner(scene, one)
            if found is not None:
                return found, None
    return _of_place(scene, after), None


def _of_place(scene: Scene, tokens: list[Token]) -> Side | None:
    """ "Miami's mayor", "Governor X of Mandera": the state in which a place lies."""
    for token in tokens:
        found = scene.place(token)
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
    known = title_of(scene.knowledge, title.text)
    is_of_state = "opposition" in title.text or (known is not None and known.sector in BROAD)
    if is_of_state and who.country is not None and who.country not in NO_STATE:
        return Side(words, Identity(scene.knowledge.country_name(who.country), who.country, "GOV"), "description")
    return of_person(scene, words, who) or owner


def _is_part_of_state(owner: Side) -> bool:
    """ "the Senate Foreign Relations Committee", of which no country is known."""
    return owner.identity is not None and owner.identity.country is None and owner.identity.sector in BROAD - {None}


def title_text(scene: Scene, title: TitleFound, place: int | None) -> str:
    """The title as the text has it, in lower case; with what it is of, unless that is the country or body itself."""
    inner = complement(scene, title)
    if inner is None or inner == place or scene.tree.pos[inner] == "NUM":
        return title.text
    if inner in scene.by_head and place is not None and scene.by_head[inner].person:
        return title.text
    end = scene.phrase(scene.token(inner)).end
    return scene.tree.text(title.start, end).lower().split(" and ")[0]
