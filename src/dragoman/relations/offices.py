"""In: the persons of an article. Out: the offices that the text itself names for them, each with whose it is and its dates."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from spacy.tokens import Token

from dragoman.drafts import Identity, Mention, Range, Side, Standing
from dragoman.language.en import grammar
from dragoman.relations.office_words import PLURAL_TAGS, TitleFound, complement, title_before, title_joined, title_of, title_of_noun
from dragoman.relations.owners import BROAD, of_person, owner_of, to_whom
from dragoman.relations.persons import before_comma, name_start, persons
from dragoman.relations.reality import is_lasting, is_so
from dragoman.relations.scene import NO_STATE, Scene, is_of_state, key_of, state_of
from dragoman.relations.words import cues, titles

AS = "as"
PRIVATE = frozenset({"BUS", "JRN", "EDU", "MED", "MNC"})


def offices(scene: Scene) -> Iterator[Standing]:
    """Offices by title before the name, apposition, "is" and "served as"."""
    people = list(persons(scene))
    before = _titles_before(scene, people)
    taken = {t for title in before.values() if title is not None for t in range(title.start, title.end)}
    for mention, who in people:
        person, name = Side(mention.range, who, mention.kind), scene.token(mention.head)
        title = before[mention.head]
        if title is not None:
            yield from _standing(scene, person, title, name, "title before the name")
            joined = title_joined(scene, title)
            if joined is not None:
                yield from _standing(scene, person, joined, name, "title before the name")
        for noun in (*beside(scene, name), *before_comma(scene, name, name_start(scene, mention, who))):
            found = title_of_noun(scene, noun)
            if found is not None and found.head not in taken:
                taken.update(range(found.start, found.end))
                yield from _standing(scene, person, found, noun, "beside the name")
        yield from _leading(scene, person, name)


def _titles_before(scene: Scene, people: list[tuple[Mention, Identity]]) -> dict[int, TitleFound | None]:
    """The title before each name; "Presidents A and B" is that of both."""
    found = {m.head: title_before(scene, name_start(scene, m, who)) for m, who in people}
    for number, title in list(found.items()):
        if title is not None and scene.tree.tag[title.head] in PLURAL_TAGS:
            single = replace(title, text=" ".join([*title.text.split(" ")[:-1], scene.tree.lemma[title.head].lower()]))
            found |= {t.i: found[t.i] or single for t in grammar.conjuncts(scene.token(number)) if t.i in found}
            found[number] = single
    return found


def at_home(scene: Scene, named: list[Standing]) -> None:
    """Gives an office of a government that the words leave open to the state whose doings its holder announces, else to the country of
    the dateline, if the story names it."""
    states = {key_of(s) for m in scene.by_head.values() if m.kind == "name" for s in scene.named_sides(scene.token(m.head))}
    for standing in named:
        if not _is_open(scene, standing):
            continue
        announced = _announced(scene, standing)
        if announced is not None:
            standing.object = announced
            standing.because.append("it is the state whose doings the clause announces")
        elif scene.home in states and (standing.title or "").split(" ")[-1] not in titles()["of_forces"]:
            standing.object = Side(standing.trigger, Identity(scene.knowledge.country_name(scene.home or ""), scene.home, "GOV"))
            standing.because.append(f"the dateline is of {scene.home}, which the story names")


def _is_open(scene: Scene, standing: Standing) -> bool:
    """An office of some government, of whose nothing is known, and the words name no owner ("her minister")."""
    who, words = standing.subject.identity, (standing.title or "").split(" ")
    known = title_of(scene.knowledge, standing.title or "") or title_of(scene.knowledge, words[-1])
    is_open = standing.object is None and who is not None and who.country is None and who.sector in BROAD
    noun = scene.token(standing.trigger.end - 1)
    is_owned = any(c.dep_ == "poss" and c.pos_ != "NOUN" for t in (noun, noun.head) for c in t.children)
    return is_open and known is not None and known.sector in BROAD - {None} and not is_owned


def _announced(scene: Scene, standing: Standing) -> Side | None:
    """ "Iraq will fly them home, Transport Minister X said": the state that will do it, or that has told somebody to."""
    name, noun = scene.token(standing.subject.range.end - 1), scene.token(standing.trigger.end - 1)
    verbs = [t.head for t in (name, noun, name.head, noun.head) if t.dep_ == "nsubj" and grammar.is_verbal(t.head)]
    for told in (c for verb in verbs for c in verb.children if c.dep_ == "ccomp"):
        is_planned = any(c.dep_ == "aux" and c.lower_ in ("will", "would") for c in told.children)
        sides = [s for s in scene.sides(grammar.own_subjects(told)) if is_of_state(s)]
        if len(sides) == 1 and (is_planned or told.lemma_ in titles()["telling"]):
            return sides[0]
    return None


def counterparts(scene: Scene, named: list[Standing]) -> Iterator[Standing]:
    """ "his Finnish counterpart Sauli Niinisto": the office of whose counterpart it is, of the state named."""
    for mention, who in persons(scene):
        name = scene.token(mention.head)
        nouns = [
            t
            for t in (name.head, *name.children)
            if t.lemma_ in titles()["counterparts"] and (t.dep_ in ("appos", "compound") or (name.dep_ == "appos" and t == name.head))
        ]
        for noun in nouns[:1]:
            others = [s.identity for c in noun.children if c.dep_ == "poss" for s in scene.named_sides(c) if s.identity is not None]
            same = [
                s for s in named if s.subject.identity is not None and s.subject.identity.name in {o.name for o in others} and not s.past
            ]
            before = [s for t in scene.before(noun) for s in scene.named_sides(t)]
            states = [s for s in before if s.identity is not None and state_of(s.identity) and s.identity.name]
            own = [s for s in states if s.identity is not None and s.identity.name not in {o.name for o in others}]
            words = Range(noun.i, noun.i + 1)
            to = own[0] if own else of_person(scene, words, who)
            if same and to is not None and key_of(to) != key_of(same[0].object):
                because = [f"'{noun.text}' of {others[0].name}, {same[0].title}"]
                yield Standing(
                    "office", Side(mention.range, who, mention.kind), to, words, [scene.sentence(noun)], same[0].title, because=because
                )


def _leading(scene: Scene, person: Side, name: Token) -> Iterator[Standing]:
    """ "who commands the Rapid Support Forces", "who has ruled Uzbekistan since 1991"; "X heads the council"."""
    for verb in (*(c for c in name.children if c.dep_ == "relcl"), *([name.head] if name.dep_ == "nsubj" else [])):
        title = titles().maps["heading"].get(verb.lemma_)
        if title is None or not is_lasting(verb) or not is_so(verb) or name not in grammar.agents(verb):
            continue
        objects = grammar.patients(verb)
        bodies = [s for o in objects for s in scene.sides([o]) or scene.owners(o)]
        if not objects or not (bodies or (verb.dep_ == "relcl" and objects[0].lemma_ in cues()["led"])):
            continue
        since, until = scene.dates(verb)
        where = Range(verb.i, verb.i + 1)
        to = bodies[0] if bodies else None if person.identity is None else of_person(scene, where, person.identity)
        yield Standing("office", person, to, where, [scene.sentence(verb)], title, since, until, because=[f"'{verb.text}'"])


def beside(scene: Scene, name: Token) -> Iterator[Token]:
    """Nouns that explain a name: in apposition on either side, or said of it by "is" or "served as"."""
    for child in name.children:
        if child.dep_ == "appos":
            yield from grammar.conjuncts(child)
        elif child.dep_ == "relcl":
            yield from (noun for verb in grammar.conjuncts(child) if grammar.is_verbal(verb) for noun in _told(verb))
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
            if (
                tree.straight[token] in (",", ".", ";", ")")
                or tree.tag[token] == "CC"
                or (token in scene.by_head and scene.by_head[token].kind == "name" and scene.by_head[token].person)
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
    person = _without_party(person, title)
    owner, place = owner_of(scene, title, anchor)
    needs_body = scene.tree.lower[title.head] in titles()["of_body"] and title.end - title.start == 1
    if needs_body and owner is None and complement(scene, title) is None and why != "title before the name":
        return
    if (
        owner is not None
        and owner.identity is not None
        and owner.identity.sector in PRIVATE
        and owner.identity.country not in NO_STATE - {"MNC"}
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


def _without_party(person: Side, title: TitleFound) -> Side:
    """ "Labour Minister X", whom the stage before took for one of the party of that name."""
    who = person.identity
    is_taken = who is not None and who.sector == "PTY" and title.text.startswith("labour ")
    return person._replace(identity=replace(who, country=None, sector="GOV")) if is_taken and who is not None else person


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
    anchors = [*(scene.token(t) for t in range(title.start, title.end)), noun]
    if noun.dep_ == "attr" or (noun.dep_ == "pobj" and noun.head.lower_ == AS):
        anchors.append(grammar.clause_head(noun))
    since, until = scene.dates(*anchors)
    if since is None and until is None:
        since, until = scene.dates_behind(title.end)
    verb = anchors[-1]
    if since is None and verb.lemma_ in titles()["taken"] and grammar.is_verbal(verb):
        since = scene.beginning(verb)
    return since, until


def _is_common_body(scene: Scene, token: int) -> bool:
    """ "the Chilean general staff", of a state, without a name of its own."""
    mention = scene.by_head.get(token)
    return (
        mention is not None and mention.kind == "description" and all(i.country and i.country not in NO_STATE for i in mention.identities)
    )


def _without_names(scene: Scene, start: int, end: int) -> str:
    kept = [t for t in range(start, end) if not (t in scene.by_head and scene.by_head[t].kind == "name")]
    return " ".join(scene.tree.lower[t] for t in kept)


def title_text(scene: Scene, title: TitleFound, place: int | None) -> str:
    """The title as the text has it, in lower case; with what it is of, unless that is the country or body itself."""
    inner = complement(scene, title)
    if inner is None or scene.tree.pos[inner] == "NUM":
        return title.text
    is_led = scene.tree.lower[title.end - 1] in titles()["of_body"] | {"chairman", "commander"}
    if inner == place:
        return f"{title.text} {_without_names(scene, title.end, inner + 1)}" if is_led and _is_common_body(scene, inner) else title.text
    if inner in scene.by_head and place is not None and scene.by_head[inner].person:
        return title.text
    end = scene.phrase(scene.token(inner)).end
    return scene.tree.text(title.start, end).lower().split(" and ")[0]
