"""In: a tree and the knowledge tables. Out: hits, the stretches of text that the tables know as a name, longest first, none overlapping."""

from __future__ import annotations

from dataclasses import dataclass

from dragoman.actors.words import Words
from dragoman.knowledge import Knowledge, Name, Organisation, Person, current
from dragoman.language.tree import NOUN_TAGS, PROPER_TAGS, Tree

LONGEST = 14
ACRONYM = 3
FEW = 2
COUNTRY_LIKE = ("name", "capital", "city", "region", "former")
PLACES = ("capital", "city", "region")
NOBODY = {"waters"}


@dataclass(frozen=True, slots=True)
class Hit:
    """Tokens start .. end - 1 and what they may mean on the day; all meanings are of one class."""

    start: int
    end: int
    top: int
    names: tuple[Name, ...] = ()
    organisations: tuple[Organisation, ...] = ()
    people: tuple[Person, ...] = ()

    def kinds(self) -> set[str]:
        return {n.kind for n in self.names}


def hits(tree: Tree, knowledge: Knowledge, words: Words, day: str | None) -> list[Hit]:
    """All hits of an article in text order."""
    found: list[Hit] = []
    start, size = 0, len(tree)
    longest = knowledge.cased.longest
    shouted = shouting(tree)
    texts = (
        [word.title() if token in shouted and len(word) > ACRONYM else word for token, word in enumerate(tree.straight)]
        if shouted
        else tree.straight
    )
    while start < size:
        if texts[start] in longest:
            hit = _hit(tree, texts, start, min(size, start + LONGEST), knowledge, words, day)
            if hit is not None:
                if hit.kinds() != NOBODY:
                    found.append(hit)
                start = hit.end
                continue
        start += 1
    return found


def shouting(tree: Tree) -> set[int]:
    """Tokens of sentences in capital letters, as some headlines are."""
    found: set[int] = set()
    for start, end in tree.sentences:
        long = [w for w in tree.straight[start:end] if len(w) > ACRONYM and w.isalpha()]
        if len(long) >= FEW and all(w.isupper() for w in long):
            found.update(range(start, end))
    return found


def _hit(tree: Tree, texts: list[str], start: int, stop: int, knowledge: Knowledge, words: Words, day: str | None) -> Hit | None:
    while stop > start:
        match = knowledge.cased.at(texts, start, stop)
        if match is None:
            return None
        end, meanings = match
        names = tuple(current([m for m in meanings if isinstance(m, Name)], day))
        organisations = tuple(current([m for m in meanings if isinstance(m, Organisation)], day))
        people = tuple(m for m in meanings if isinstance(m, Person))
        hit = Hit(start, end, tree.top(start, end), names, organisations, people)
        if (names or organisations or people) and (hit.kinds() == NOBODY or _is_name(tree, hit, words)):
            return hit
        stop = end - 1
    return None


def _is_name(tree: Tree, hit: Hit, words: Words) -> bool:
    """Not a common word, not a part of somebody's name, and not of more than one state."""
    if hit.kinds() and hit.kinds() <= {"adjective", "people"} and _is_beyond(tree, hit, words):
        return False
    if hit.end - hit.start > 1:
        return True
    token, word = hit.start, tree.straight[hit.start]
    if word in words.words_first:
        return (
            tree.tag[token] in PROPER_TAGS
            and (token == 0 or tree.sentence[token - 1] == tree.sentence[token])
            and not _in_longer_name(tree, token, words)
        )
    if tree.tag[token] not in NOUN_TAGS and tree.tag[token] not in ("JJ", "FW") and not (len(word) > 1 and word.isupper()):
        return word[0].isupper() and not hit.names and tree.tag[token] == "CD"
    return not (hit.kinds() & set(COUNTRY_LIKE) and (_in_longer_name(tree, token, words) or _is_ship(tree, token, hit, words)))


def _is_ship(tree: Tree, token: int, hit: Hit, words: Words) -> bool:
    """ "The Estonia sank": a state's name with an article and nothing beside it."""
    alone = [k for k in tree.kids[token] if tree.dep[k] not in ("det", "punct", "appos", "prep", "cc", "conj", "relcl", "case")]
    is_plain = hit.kinds() == {"name"} and tree.straight[token] not in words.with_the and not alone
    has_article = token > 0 and tree.lower[token - 1] == "the" and tree.head[token - 1] == token
    return is_plain and has_article and not any(tree.dep[k] in ("prep", "relcl") for k in tree.kids[token])


def _is_beyond(tree: Tree, hit: Hit, words: Words) -> bool:
    """ "Latin American", "Pan-American", "pro-Russian", "former Soviet republics": an adjective that is not of the one state alone."""
    if tree.lower[hit.end - 1] in words.unions and hit.end < len(tree) and tree.lower[hit.end] in words.union_parts:
        return True
    before = hit.start - 1
    hyphen = before > 0 and tree.straight[before] == "-"
    if hyphen:
        before -= 1
    if before < 0:
        return False
    prefix = tree.lower[before]
    return prefix in words.beyond.get(tree.lower[hit.end - 1], ()) or (hyphen and prefix in words.beyond["any"])


def _in_longer_name(tree: Tree, token: int, words: Words) -> bool:
    """ "Michael Jordan", "Chad Smith": the country's name belongs to a person or firm."""
    before, after = token - 1, token + 1
    if (
        before >= 0
        and tree.tag[before] == "NNP"
        and tree.dep[before] == "compound"
        and tree.lower[before] not in words.calendar  # "on Thursday Poland agreed"
        and (tree.head[before] == token or _is_middle_name(tree, before, token))
        and _is_part_of_name(tree, before, words)
    ):
        return True
    if before >= 0 and tree.straight[token] in words.first_names and tree.lower[before] in words.family:
        return True
    return (
        tree.straight[token] in words.first_names
        and after < len(tree)
        and tree.tag[after] == "NNP"
        and tree.head[token] in (after, tree.head[after])
        and tree.straight[after][0].isupper()
    )


def _is_middle_name(tree: Tree, before: int, token: int) -> bool:
    """Whether both are parts of one name that ends later: "Mahmoud Ahmadi-Nejad"."""
    last = tree.head[token]
    return tree.head[before] == last and tree.dep[token] == "compound" and last > token and tree.tag[last] == "NNP"


def _is_part_of_name(tree: Tree, token: int, words: Words) -> bool:
    word = tree.straight[token]
    return word[0].isupper() and word.isalpha() and not word.isupper() and tree.lower[token] not in words.directions


def after_acronym(tree: Tree, end: int) -> int:
    """Where a phrase ends if its short form follows in brackets."""
    straight = tree.straight
    has_short_form = end + 2 < len(tree) and straight[end] == "(" and straight[end + 2] == ")" and straight[end + 1].isupper()
    return end + 3 if has_short_form else end
