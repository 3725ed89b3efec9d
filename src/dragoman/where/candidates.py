"""In: the tree, the names that the list of places knows, who is a person or body. Out: whole names that may be places, in text order.

A name is whole where no other capitalised word belongs to it: "Washington" of "the Washington Post" is none, "Royal Street" is one.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from typing import Literal

from dragoman.drafts import Range
from dragoman.knowledge.gazetteer import Gazetteer, folded
from dragoman.language.tree import PROPER_TAGS, Tree
from dragoman.where.spotting import Named, Rows, is_capitalised
from dragoman.where.words import Words

Sort = Literal["listed", "facility", "site", "unlisted", "perhaps", "shortened", "adjective"]
NEAR = frozenset({"in", "near", "outside", "around"})
ACRONYM = 4
LAND = "land"
MOST_BETWEEN = 3
OF_NOUN = frozenset({"compound", "amod", "nmod"})
LOOSELY = frozenset({"at", "around", "on", "along", "toward", "towards"})
ROAD = re.compile(r"[ABM]\d{1,4}|I-\d{1,3}")


@dataclass(frozen=True, slots=True)
class Candidate:
    """``head`` is the token on which the others hang, ``person`` says that it was taken for the name of one.

    A site is a building told by a noun in lower case ("Kabul airport"); ``perhaps`` a name that the list lacks, where only the act that it
    is told with could say whether it is a place ("set up a base at Puerto Barima"). Of a building ``rows`` are of what it is called after.
    """

    start: int
    end: int
    head: int
    sort: Sort
    rows: Rows = ()
    noun: str = ""
    person: bool = False

    @property
    def range(self) -> Range:
        return Range(self.start, self.end)


@dataclass(frozen=True, slots=True)
class Taken:
    """Tokens that other things are called by: ``names`` those of persons, ``adjectives`` those of states and peoples ("Syrian")."""

    gazetteer: Gazetteer
    names: frozenset[int] = frozenset()
    adjectives: frozenset[int] = frozenset()


def candidates(tree: Tree, words: Words, taken: Taken, names: Sequence[Named]) -> list[Candidate]:
    """``names`` are those that the list knows."""
    gazetteer = taken.gazetteer
    known = {one.start: one for one in names if not _is_plain_word(tree, one, words)}
    found: list[Candidate] = []
    token = 0
    while token < len(tree):
        short = _shortened(tree, token, gazetteer, words, found)
        candidate = short or _at(tree, token, known, words, taken)
        if candidate is None:
            token += 1
            continue
        candidate = _site(tree, candidate, words) or candidate
        if candidate.sort == "unlisted":
            found += _told_as_place(tree, candidate, words)
        elif candidate.sort != "adjective":
            found.append(candidate)
        token = max(candidate.end, token + 1)
    return found


def _site(tree: Tree, candidate: Candidate, words: Words) -> Candidate | None:
    """The building or land that a name and a noun behind it tell of: "Kabul airport", "the Argentine consulate", "Palawan island"."""
    for noun in range(candidate.end, min(len(tree), candidate.end + MOST_BETWEEN)):
        word = tree.straight[noun]
        if tree.dep[candidate.head] in OF_NOUN and tree.head[candidate.head] == noun and (sort := _sort_of(candidate, word, words)):
            if word in words.towns and noun + 1 < len(tree) and tree.lower[noun + 1] == "of":
                return None
            return Candidate(candidate.start, noun + 1, noun, sort, candidate.rows, LAND if sort == "listed" else word)
        if not word.islower():
            return None
    return None


def _sort_of(candidate: Candidate, noun: str, words: Words) -> Sort | None:
    """What a name is with a noun behind it; None where the noun is of no place."""
    if candidate.sort == "adjective":
        return "site" if noun in words.missions else None
    if noun in words.sites:
        return "site"
    if noun not in words.lands:
        return None
    return "listed" if candidate.sort == "listed" else "perhaps"


def _is_plain_word(tree: Tree, one: Named, words: Words) -> bool:
    """A single word that is seldom a place, or letters that stand for a body; "US" and "UAE" are states."""
    if one.end - one.start > 1:
        return False
    word, lower = tree.straight[one.start], tree.lower[one.start]
    if _is_acronym(word) and "country" not in one.kinds:
        return True
    return lower in words.alone or lower in words.bodies or lower in words.calendar


def _is_acronym(word: str) -> bool:
    return word.isupper() and len(word) <= ACRONYM


def _shortened(tree: Tree, token: int, gazetteer: Gazetteer, words: Words, found: Sequence[Candidate]) -> Candidate | None:
    """ "Ill." behind "Springfield," or alone in brackets."""
    full = words.shortened.get(tree.straight[token])
    if full is None:
        return None
    is_behind = bool(found) and found[-1].end == token - 1 and tree.straight[token - 1] in (",", "(")
    if not is_behind and not (tree.straight[token].count(".") > 1 and tree.dep[token] == "pobj"):
        return None
    name, country = full
    rows = [(row, main) for row, main in gazetteer.rows([folded(name)])[0] if _is_region(gazetteer, row, country)]
    return Candidate(token, token + 1, token, "shortened", tuple(rows)) if rows else None


def _is_region(gazetteer: Gazetteer, row: int, country: str) -> bool:
    spot = gazetteer.spot(row)
    return spot.kind == "region" and spot.level == 1 and spot.country == country


def _at(tree: Tree, token: int, known: dict[int, Named], words: Words, taken: Taken) -> Candidate | None:
    """The name that begins at a token, whatever it is of; a candidate of no rows and no place's noun is not listed."""
    hit = known.get(token)
    if token in taken.adjectives and (hit is None or hit.end == token + 1):
        return Candidate(token, token + 1, token, "adjective")
    if not (hit or _is_in_name(tree, token, words)) or _is_second_part(tree, token, words):
        return None
    if ROAD.fullmatch(tree.straight[token]) and tree.dep[token] == "pobj":
        return Candidate(token, token + 1, token, "facility", (), "road")
    end = _end_of_name(tree, token, hit.end if hit else token + 1, words)
    if hit is not None and hit.end < end and tree.lower[hit.end] == "'s" and not tree.lower[token].startswith("st"):
        return _listed(tree, hit, token, words, token in taken.names)
    if hit is not None and hit.end == end:
        return _listed(tree, hit, token, words, token in taken.names)
    if hit is not None and (beside := known.get(hit.end)) is not None and beside.end >= end - 1 and _is_larger(taken.gazetteer, beside):
        return _listed(tree, hit, token, words)
    if hit is not None and hit.end + 1 == end and tree.lower[hit.end] in words.regions and not _is_body(tree, hit, taken.gazetteer):
        return Candidate(token, end, tree.top(token, end), "listed", hit.rows, tree.lower[hit.end])
    facility = _facility_end(tree, token, end, words)
    if facility is not None and facility >= (hit.end if hit else 0):
        noun = tree.lower[facility - 1]
        is_unknown_state = noun in words.states and (hit is None or (hit.end == facility - 1 and _is_body(tree, hit, taken.gazetteer)))
        return Candidate(
            token, facility, tree.top(token, facility), "unlisted" if is_unknown_state else "facility", hit.rows if hit else (), noun
        )
    if token in taken.names:
        return Candidate(token, end, tree.top(token, end), "unlisted", person=True)
    inner = _after_direction(tree, token, end, known, words)
    if inner is not None:
        return Candidate(token, end, tree.top(token, end), "listed", inner.rows, "part")
    sort: Sort = "facility" if tree.lower[token] in words.prefixes and end > token + 1 else "unlisted"
    return Candidate(token, end, tree.top(token, end), sort, (), tree.lower[token])


def _is_body(tree: Tree, hit: Named, gazetteer: Gazetteer) -> bool:
    """Whether name and noun make a club, a university or an authority: "Norwich City", "Ohio State", "Illinois Department of"."""
    noun, after = tree.straight[hit.end], hit.end + 1
    if noun == "City" or (noun == "State" and gazetteer.spot(hit.rows[0][0]).country == "USA"):
        return True
    return noun[0].isupper() and after < len(tree) and tree.lower[after] == "of"


def _is_larger(gazetteer: Gazetteer, beside: Named) -> bool:
    """Whether what stands behind a name is a state or region: "Maiduguri Borno State"."""
    spot = gazetteer.spot(beside.rows[0][0])
    return spot.kind == "country" or (spot.kind == "region" and spot.level == 1)


def _is_second_part(tree: Tree, token: int, words: Words) -> bool:
    """ "Mike de Kock"."""
    before = token - 1
    is_particle = before > 0 and tree.straight[before] in words.particles and tree.sentence[before] == tree.sentence[token]
    return is_particle and is_capitalised(tree.straight[before - 1])


def _listed(tree: Tree, hit: Named, start: int, words: Words, person: bool = False) -> Candidate:
    """A name of the list, with the noun of a region behind it: "Benue state"."""
    end = hit.end
    has_noun = end < len(tree) and tree.lower[end] in words.regions and tree.sentence[end] == tree.sentence[start]
    if has_noun and tree.head[tree.top(start, end)] == end and tree.tag[end] in ("NN", "NNP"):
        return Candidate(start, end + 1, tree.top(start, end + 1), "listed", hit.rows, tree.lower[end])
    is_street = end - start > 1 and tree.lower[end - 1] in words.streets and hit.kinds == {"city"}
    sort: Sort = "facility" if is_street else "listed"
    return Candidate(start, end, tree.top(start, end), sort, hit.rows, tree.lower[end - 1] if is_street else "", person)


def _after_direction(tree: Tree, token: int, end: int, known: dict[int, Named], words: Words) -> Named | None:
    """ "South Venezuela": a direction and a place."""
    inner = known.get(token + 1)
    return inner if tree.lower[token] in words.directions and inner is not None and inner.end == end else None


def _is_in_name(tree: Tree, token: int, words: Words) -> bool:
    word = tree.straight[token]
    return is_capitalised(word) and tree.lower[token] not in words.never and tree.tag[token] in PROPER_TAGS and word[-1].isalnum()


def _end_of_name(tree: Tree, start: int, end: int, words: Words) -> int:
    """Where the capitalised words end that go on behind a name."""
    size, sentence = len(tree), tree.sentence[start]
    while end < size and tree.sentence[end] == sentence:
        word = tree.straight[end]
        if is_capitalised(word) and word[0].isalpha() and tree.lower[end] not in words.never and tree.lower[end] not in words.calendar:
            end += 1
        elif _is_hyphenated(tree, end) or (word == "'s" and end + 1 < size and _ends_in_facility(tree, end + 1, words)):
            end += 2
        else:
            break
    return end


def _is_hyphenated(tree: Tree, hyphen: int) -> bool:
    """The hyphen of "Guinea-Bissau" or "Il-sung", with nothing but a name around it; "Moscow-based" has none."""
    if tree.straight[hyphen] != "-" or hyphen + 1 >= len(tree) or tree.spaced[hyphen] or tree.spaced[hyphen - 1]:
        return False
    after = hyphen + 1
    return is_capitalised(tree.straight[after]) or (tree.tag[after] in PROPER_TAGS and tree.straight[after].isalpha())


def _ends_in_facility(tree: Tree, start: int, words: Words) -> bool:
    """ "Children's Hospital", "St. Peter's Basilica"."""
    if start >= len(tree) or not is_capitalised(tree.straight[start]):
        return False
    end = start
    while end < len(tree) and is_capitalised(tree.straight[end]) and tree.sentence[end] == tree.sentence[start]:
        end += 1
    return tree.lower[end - 1] in words.facilities or (
        end < len(tree) and tree.straight[end] == "'s" and _ends_in_facility(tree, end + 1, words)
    )


def _facility_end(tree: Tree, start: int, end: int, words: Words) -> int | None:
    """The end of the longest part of a name that ends in the noun of a place, which may be in lower case behind it."""
    last = None
    for token in range(start + 1, end):
        if tree.lower[token] in words.facilities:
            last = token + 1
    if last is not None:
        return last if last == end or tree.lower[last] in words.directions else None
    return None


def _told_as_place(tree: Tree, candidate: Candidate, words: Words) -> Iterator[Candidate]:
    """A name that the list lacks where the words in front say that it is of a place: "in Makeen", "the village of Torkula"."""
    before = candidate.start - 1
    if before < 0 or candidate.person or tree.dep[candidate.head] != "pobj":
        return
    first = tree.straight[candidate.start]
    if _is_acronym(first) or all(word in words.alone or word in words.calendar for word in tree.lower[candidate.start : candidate.end]):
        return
    if _in_letters_and_figures(first):
        return
    word = tree.lower[before]
    moves = word in ("to", "from") and tree.is_verb(tree.head[before]) and tree.lemma[tree.head[before]] in words.moving
    if word in NEAR or moves or (word == "of" and before > 0 and tree.lower[before - 1] in words.towns | words.sites | words.lands):
        yield candidate
    elif word in LOOSELY:
        yield replace(candidate, sort="perhaps")


def _in_letters_and_figures(word: str) -> bool:
    return any(c.isdigit() for c in word) or not word[-1].isalpha()
