"""In: verbs and nouns of an article. Out: changes of office told as news (appointed, elected, resigned, died), and terms of office."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from spacy.tokens import Token

from dragoman.drafts import Range, Side, Standing
from dragoman.knowledge import Holding
from dragoman.language.en import grammar
from dragoman.relations.office_words import title_of_noun
from dragoman.relations.offices import as_what, title_text
from dragoman.relations.owners import of_person, owner_of, to_whom
from dragoman.relations.persons import persons
from dragoman.relations.reality import is_so
from dragoman.relations.scene import Scene
from dragoman.relations.words import titles
from dragoman.schema import Change

BEGINS = frozenset({"appointed", "elected", "began"})
THEMSELVES = frozenset({"himself", "herself"})  # "proclaimed himself president"
PASSIVE = frozenset({"appointed", "elected", "removed"})


def changes(scene: Scene, known: Iterable[Standing]) -> Iterator[Standing]:
    """Who takes up an office, or leaves it, by a verb; of whom the text names an office elsewhere, that one where the verb names none."""
    held = list(known)
    for token in _tokens(scene, titles()["changes"] | titles()["stepping"]):
        change = change_of(token)
        if change is None or not is_told_as_news(token):
            continue
        who = _whose(scene, token, change)
        for person in who:
            yield from _changed(scene, token, change, person, held)


def _tokens(scene: Scene, lemmas: frozenset[str]) -> Iterator[Token]:
    return (scene.token(number) for number, lemma in enumerate(scene.tree.lemma) if lemma.lower() in lemmas)


def change_of(verb: Token) -> Change | None:
    """The change that a verb tells."""
    if not grammar.is_verbal(verb):
        return None
    if verb.lemma_ in titles()["stepping"]:
        return "resigned" if any(c.lower_ in titles()["down"] for c in verb.children) else None
    found = titles().maps["changes"].get(verb.lemma_.lower())
    return found if found is None else CHANGES[found]


CHANGES: dict[str, Change] = {"appointed": "appointed", "elected": "elected", "resigned": "resigned", "removed": "removed", "died": "died"}


def is_told_as_news(verb: Token) -> bool:
    """A clause that says that it came about; no infinitive, plan or denial."""
    if any(c.dep_ == "aux" and c.lower_ == "to" for c in verb.children):
        return False
    if verb.tag_ == "VBN" and verb.dep_ in ("ccomp", "xcomp") and verb.head.lemma_ == "have":  # "will have himself proclaimed"
        return False
    if verb.tag_ in ("VB", "VBG") and not any(c.dep_ == "aux" and c.lemma_ == "have" for c in verb.children):
        return False
    return is_so(verb)


def _whose(scene: Scene, verb: Token, change: Change) -> list[Side]:
    """The persons whose office changes: the object of the appointing verb, the subject of the one by which somebody leaves."""
    is_own = any(c.lower_ in THEMSELVES for c in verb.subtree)
    tokens = grammar.patients(verb) if change in PASSIVE and not is_own else grammar.surface_subjects(verb)
    if change == "died" and grammar.is_passive(verb):
        tokens = grammar.patients(verb)
    if verb.lemma_ == "replace" or verb.lemma_ == "succeed":
        tokens = grammar.agents(verb)
    sides = [s for t in tokens for s in scene.sides_at(t) if t.i in scene.by_head and scene.by_head[t.i].person]
    return [s for s in sides if s.identity is not None and s.identity.name]


def _changed(scene: Scene, verb: Token, change: Change, person: Side, held: list[Standing]) -> Iterator[Standing]:
    date = scene.beginning(verb)
    nouns = [*(c for c in verb.children if c.dep_ in ("oprd", "attr")), *as_what(verb)]
    nouns += [c for c in verb.children if c.dep_ == "ccomp" and c.pos_ == "NOUN" and any(k.lower_ in THEMSELVES for k in c.children)]
    nouns += [c for c in verb.children if c.dep_ == "dobj" and change in ("elected", "appointed") and verb.lemma_ != "succeed"]
    nouns += [
        o for x in verb.children if x.dep_ in ("xcomp", "ccomp") and x.lemma_ in ("be", "become") for o in x.children if o.dep_ == "attr"
    ]
    found = [t for n in nouns for t in [title_of_noun(scene, n)] if t is not None]
    for title in found:
        owner, place = owner_of(scene, title, scene.token(title.head))
        text = title_text(scene, title, place)
        yield _made(scene, verb, change, person, to_whom(scene, person, owner, title), Range(title.start, title.end), text, date)
    heads = [x for x in verb.children if x.dep_ in ("xcomp", "advcl") and x.lemma_ in titles()["heading"] and change == "appointed"]
    for infinitive in heads:
        bodies = scene.sides(grammar.patients(infinitive))
        trigger = Range(infinitive.i, infinitive.i + 1)
        yield _made(scene, verb, change, person, bodies[0] if bodies else None, trigger, titles().maps["heading"][infinitive.lemma_], date)
    if (
        not found
        and not heads
        and (verb.lemma_ not in titles()["titled"] or verb.dep_ == "acl")
        and verb.lemma_ not in ("replace", "succeed")
    ):
        yield from _of_held(scene, verb, change, person, held, date)


def _of_held(scene: Scene, verb: Token, change: Change, person: Side, held: list[Standing], date: str | None) -> Iterator[Standing]:
    """ "Prime Minister X resigned": the office that the text names for X."""
    assert person.identity is not None
    own = [s for s in held if s.subject.identity is not None and s.subject.identity.name == person.identity.name and not s.past and s.title]
    for standing in own[:1]:
        yield _made(scene, verb, change, standing.subject, standing.object, standing.trigger, standing.title or "", date)


def _made(
    scene: Scene, verb: Token, change: Change, person: Side, to: Side | None, trigger: Range, title: str, date: str | None
) -> Standing:
    begins = change in BEGINS
    standing = Standing(
        "office",
        person,
        to,
        trigger,
        sentences=[scene.sentence(verb)],
        title=title,
        since=date if begins else None,
        until=None if begins else date,
        past=not begins,
        change=change if not scene.is_old(date) or date is None else None,
        because=[f"'{verb.text}' tells that it changes"],
    )
    scene.attribute(standing, verb)
    return standing


def terms(scene: Scene) -> Iterator[Standing]:
    """ "after his first term between 2017 and 2021", "her presidency from 1994 to 2005": the office is that of the words or tables."""
    people = {who.name: (mention, who) for mention, who in persons(scene)}
    for token in _tokens(scene, titles()["terms"]):
        if token.pos_ not in ("NOUN", "PROPN"):
            continue
        since, until = scene.dates(token)
        owners = [s for s in scene.owners(token) if s.identity is not None and s.identity.name in people]
        if len(owners) != 1 or (since is None and until is None):
            continue
        mention, who = people[owners[0].identity.name]  # type: ignore[union-attr]
        person = Side(mention.range, who, mention.kind)
        holding = holding_within(scene, who.name or "", since, until)
        title = titles().maps["told_by_term"].get(token.lemma_.lower()) or (holding.title if holding is not None else None)
        if title is None:
            continue
        to = of_person(scene, Range(token.i, token.i + 1), who)
        why = (
            f"'{token.text}' with its dates; the office is the one that the tables have for them"
            if holding
            else f"'{token.text}' with its dates"
        )
        past = until is not None and scene.is_old(until)
        yield Standing("office", person, to, Range(token.i, token.i + 1), [scene.sentence(token)], title, since, until, past, because=[why])


def holding_within(scene: Scene, name: str, since: str | None, until: str | None) -> Holding | None:
    """The office that the tables have for a person in exactly these years."""
    known = scene.knowledge.people.get(name)
    found = [
        h
        for h in (known.holdings if known is not None else [])
        if (since is None or h.since[:4] == since[:4]) and (until is None or h.until[:4] == until[:4])
    ]
    return found[0] if len({h.title for h in found}) == 1 else None
