"""In: a word beside a name. Out: the title that it ends or opens: its words, whether it is over or not yet there, and whose it is."""

from __future__ import annotations

from dataclasses import dataclass

from spacy.tokens import Token

from dragoman.knowledge import Knowledge, Title
from dragoman.relations.scene import Scene
from dragoman.relations.words import titles

LONGEST = 9
SHORTEST_ACRONYM = 3
JOINING = frozenset({"of", "for", "to", "and", "the", "&", ","})
INNER_TAGS = frozenset({"NN", "NNS", "NNP", "NNPS", "JJ", "JJR", "JJS", "VBG", "CD", "HYPH", "VBN", "POS", "RB", "AFX", "FW"})
PLURAL_TAGS = frozenset({"NNS", "NNPS"})
PREPOSITIONS = ("of", "for", "at", "in", "to", "on")


@dataclass(frozen=True, slots=True)
class TitleFound:
    """A title: tokens start .. end - 1 without what is no part of it, its head, and what the words before and after it say."""

    start: int
    end: int
    head: int
    text: str
    past: bool = False
    not_yet: bool = False


def is_office(scene: Scene, start: int, end: int) -> bool:
    """Whether tokens are a title of the tables, or end with a noun that makes one, and are no rank or trade."""
    words, lower = titles(), scene.tree.lower
    last = lower[end - 1]
    text = scene.tree.text(start, end).lower()
    known = title_of(scene.knowledge, text)
    if text in words["public_too"] or last in words["public_too"]:
        return True
    if known is not None:
        return known.office not in words["kinds_out"] and known.sector not in words["sectors_out"] and last not in words["no_office"]
    if last in words["no_office"]:
        return False
    return last in words["nouns"] or scene.tree.lemma[end - 1].lower() in words["nouns"]


def title_of(knowledge: Knowledge, text: str) -> Title | None:
    return next((r.title for r in knowledge.roles.get(text) if r.title is not None and r.title.kind == "title" and not r.plural), None)


def title_before(scene: Scene, name: int) -> TitleFound | None:
    """The title whose last word stands right before token ``name``, the first of a name; ranks and honorifics between are left out."""
    tree, end = scene.tree, name
    first = tree.sentences[tree.sentence[name]].start
    while end > first and _is_passed(scene, end - 1):
        end -= 1
    not_yet = False
    while end > first and tree.lower[end - 1] in (*titles()["not_yet"], "-"):
        not_yet = not_yet or tree.lower[end - 1] in titles()["not_yet"]
        end -= 1
    longest = _known_before(scene, first, end)
    head = end - 1
    if longest is None and not (end > first and is_office(scene, end - 1, end)):
        return None
    if tree.tag[head] in PLURAL_TAGS and longest is None:
        return None
    start = longest if longest is not None else end - 1
    return _grown(scene, first, start, end, head, not_yet)


def title_joined(scene: Scene, title: TitleFound) -> TitleFound | None:
    """The first of two titles before a name: "Deputy Prime Minister and Defence Minister X"."""
    number = title.start - 1
    if number < 1 or scene.tree.lower[number] not in ("and", "&") or scene.tree.tag[title.head] in PLURAL_TAGS:
        return None
    first = title_before(scene, number)
    if first is None or scene.tree.tag[first.head] in PLURAL_TAGS:
        return None
    is_capital, is_next = (scene.tree.straight[one.start][:1].isupper() for one in (first, title))
    return first if is_capital == is_next else None


def _is_passed(scene: Scene, token: int) -> bool:
    """A rank, a form of address: between the title and the name; not "general" of "secretary-general"."""
    if token and scene.tree.straight[token - 1] == "-":
        return False
    meanings = scene.knowledge.roles.get(scene.tree.lower[token])
    passed = [r.title for r in meanings if r.title is not None]
    return any(t.kind == "honorific" or t.office in ("military_officer", "religious_leader") for t in passed) or scene.tree.straight[
        token
    ] in (
        "Ratu",
        "Sir",
    )


def _known_before(scene: Scene, first: int, end: int) -> int | None:
    """Where the longest title of the tables begins that ends at ``end``."""
    for start in range(max(first, end - LONGEST), end):
        match = scene.knowledge.roles.at(scene.tree.lower, start, end)
        if match is not None and match[0] == end and is_office(scene, start, end) and not _holds_owner(scene, start, end):
            return start
    return None


def _holds_owner(scene: Scene, start: int, end: int) -> bool:
    """Whether a title of the tables begins with the state or body whose it is: "U.N. secretary-general"."""
    inside = [
        i for t in range(start, end - 1) if t in scene.by_head and scene.by_head[t].kind == "name" for i in scene.by_head[t].identities
    ]
    is_ministry = scene.tree.lower[end - 1] in ("minister", "secretary")  # "labour minister", where the party of that name is no owner
    return any(not (is_ministry and i.sector == "PTY") and i.sector != "LEG" for i in inside)


def _grown(scene: Scene, first: int, start: int, end: int, head: int, not_yet: bool) -> TitleFound | None:
    """The title with what narrows it before it ("deputy", "interior"), up to whose it is; what is no part of it is told apart."""
    tree, words = scene.tree, titles()
    past = False
    lowest = start
    while lowest > first:
        token = lowest - 1
        low = tree.lower[token]
        if token in scene.by_head or tree.tag[token] not in INNER_TAGS or tree.straight[token] in ("'s", "'"):
            break
        if is_acronym(scene.token(token)) and not scene.token(head).is_upper:
            break
        if tree.dep[token] in ("nsubj", "dobj", "ROOT", "pobj", "advmod") and low not in words["over"] and tree.pos[token] != "PROPN":
            break
        lowest -= 1
    kept = list(range(lowest, start))
    while kept and (
        tree.lower[kept[0]] in words["dropped"] | words["over"] | words["not_yet_before"] or tree.straight[kept[0]] in ("-", "'s")
    ):
        low = tree.lower[kept.pop(0)]
        past = past or low in words["over"]
        not_yet = not_yet or low in words["not_yet_before"]
    if kept and tree.tag[kept[0]] in ("VBN", "CD", "RB"):
        kept = []
    while not kept and start < head and tree.lower[start] in words["over"] | {"-"}:  # "former president" is a title of the tables
        past, start = True, start + 1
    begin = kept[0] if kept else start
    for token in range(max(first, begin - 4), begin):
        past = past or (tree.lower[token] in words["over"] and token not in scene.by_head and _leads_to(scene, token, begin))
    if not is_office(scene, start, end):
        return None
    return TitleFound(begin, end, head, tree.text(begin, end).lower(), past, not_yet)


def is_acronym(token: Token) -> bool:
    """ "COSEP", which before or after a title is a body."""
    return token.is_alpha and token.is_upper and len(token) >= SHORTEST_ACRONYM and token.tag_ in ("NNP", "NNPS")


def _leads_to(scene: Scene, token: int, begin: int) -> bool:
    """Whether only a nationality stands between "former" and the title."""
    return all(t in scene.by_head or scene.tree.tag[t] in ("NNP", "JJ", "HYPH", "POS", "NNPS", "NN") for t in range(token + 1, begin))


def title_of_noun(scene: Scene, noun: Token) -> TitleFound | None:
    """The title that a noun beside a name is: "the foreign minister", "deputy chief of the general staff"."""
    if noun.tag_ in PLURAL_TAGS or noun.pos_ not in ("NOUN", "PROPN", "ADJ"):
        return None
    tree, first = scene.tree, scene.tree.left[noun.i]
    end = noun.i + 1
    for start in range(max(first, end - LONGEST), end):  # a known title may go on behind the noun: "secretary of state"
        match = scene.knowledge.roles.at(tree.lower, start, min(len(tree), end + 5))
        if match is not None and match[0] > end and match[0] - 1 <= tree.right[noun.i] and is_office(scene, start, match[0]):
            return _grown(scene, first, start, match[0], noun.i, False)
    if end + 1 < len(tree) and tree.straight[end] == "-" and tree.tag[end + 1] in ("NN", "JJ", "NNP"):
        if tree.lower[end + 1] in titles()["not_yet"]:
            return None
        if is_office(scene, end + 1, end + 2):
            end += 2
    longest = _known_before(scene, first, end)
    start = longest if longest is not None else end - 1
    if not is_office(scene, start, end):
        return None
    found = _grown(scene, first, start, end, noun.i, False)
    if found is not None and end < len(tree) and tree.lower[end] in titles()["not_yet"]:
        return None
    return found


def complement(scene: Scene, title: TitleFound) -> int | None:
    """The token of what a title is of, where no mention stands for it: "chief of naval operations"."""
    noun = scene.token(title.head)
    for prep in noun.children:
        if prep.dep_ == "prep" and prep.i == title.end and prep.lower_ in ("of", "for"):
            return next((c.i for c in prep.children if c.dep_ == "pobj"), None)
    return None
