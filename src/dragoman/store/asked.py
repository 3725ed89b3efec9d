"""What is asked of articles, statements, relations and expectations. In: words, codes of countries and actors. Out: conditions in SQL."""

from __future__ import annotations

import re

from dragoman.store.conditions import Condition, Party, all_of, any_of, takes_part

ACTOR = re.compile(r"[A-Z]{3}( [A-Z]{3})?")


def contains(column: str, words: str) -> Condition:
    """Whether a text has some words in it, in small letters or capitals."""
    return Condition(f"coalesce(contains(lower({column}), ?), false)", (words.casefold(),))


def headlined(words: str) -> Condition:
    """Articles with all the words in their headline."""
    return all_of([contains("headline", word) for word in words.split()])


def said(speaker: str, about: str, attitude: str, towards: str) -> Condition:
    """Statements by whom and with the words that are asked for; ``towards`` a country or actor, which is spoken to or told of."""
    asked = [*spoken_by(speaker), *([contains("content.text", about)] if about else []), *([spoken_of(towards)] if towards else [])]
    return all_of([*asked, Condition("attitude = ?", (attitude,))] if attitude else asked)


def spoken_by(speaker: str) -> list[Condition]:
    """Codes of country and sector, or a part of the name or of the words of the text."""
    if not speaker:
        return []
    if ACTOR.fullmatch(speaker):
        return [is_side("speaker", speaker)]
    name, text = contains("speaker.name", speaker), contains("speaker.text", speaker)
    return [Condition(f"({name.sql} OR {text.sql})", (*name.parameters, *text.parameters))]


def spoken_of(actor: str) -> Condition:
    """Said to a country or actor, or telling an event that it takes part in."""
    country, _, sector = actor.partition(" ")
    told, to = takes_part(Party(country, sector or None)), is_side("addressee", actor)
    sql = f"({to.sql} OR id IN (SELECT statement_id FROM events WHERE statement_id IS NOT NULL AND {told.sql}))"
    return Condition(sql, (*to.parameters, *told.parameters))


def between(one: str, other: str, kind: str) -> Condition:
    """With both countries or actors on its sides, in either order; one alone on any side."""
    asked = [Condition("kind = ?", (kind,))] if kind else []
    if one and other:
        ways = [all_of([is_side('"from"', first), is_side('"to"', second)]) for first, second in ((one, other), (other, one))]
        asked.append(any_of(ways))
    elif one or other:
        asked.append(any_of([is_side(side, one or other) for side in ('"from"', '"to"')]))
    return all_of(asked)


def is_side(side: str, actor: str) -> Condition:
    """Whether an entity is of a country (JPN), or of its sector (JPN GOV)."""
    country, _, sector = actor.partition(" ")
    tests = [Condition(f"coalesce({side}.country = ?, false)", (country,))]
    if sector:
        among = f"coalesce({side}.sector = ? OR list_contains({side}.other_sectors, ?), false)"
        tests.append(Condition(among, (sector, sector)))
    return all_of(tests)
