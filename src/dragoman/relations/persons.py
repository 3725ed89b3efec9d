"""In: a scene. Out: its named persons, also those that the stage before has not taken for any, and where their names begin."""

from __future__ import annotations

from collections.abc import Iterator

from spacy.tokens import Token

from dragoman.drafts import Identity, Mention, Range
from dragoman.relations.office_words import PREPOSITIONS, title_before, title_of_noun
from dragoman.relations.scene import Scene
from dragoman.relations.words import cues, titles

LETTERS = frozenset({"NNP", "NNPS", "HYPH", "FW", "NN", "JJ"})
SHORTEST = 2
WHOSE = frozenset({"the", "its", "their", "his", "her", "whose", "'s", "’s"})


def persons(scene: Scene) -> Iterator[tuple[Mention, Identity]]:
    """Named persons where the text names them."""
    for mention in scene.by_head.values():
        if mention.kind != "name" or not mention.person or len(mention.identities) != 1:
            continue
        who = mention.identities[0]
        if any(c.islower() for c in who.name or "") and not _is_of_thing(scene, mention, who):
            yield mention, who


def _is_of_thing(scene: Scene, mention: Mention, who: Identity) -> bool:
    """ "the King Fahd causeway", "the Sultan Murad brigade"."""
    name, first = scene.token(mention.head), max(0, mention.range.start - 1)
    words = {(who.name or "").split(" ")[0].lower(), scene.tree.lower[mention.range.start], scene.tree.lower[first]}
    is_within = name.dep_ == "compound" and name.head.i > name.i and any(c.lower_ == "the" for c in name.head.children)
    return is_within and bool(words & titles()["regnal"])


def add_persons(scene: Scene) -> None:
    """Makes persons of the names in apposition to a title that no stage before has understood: "the EU ambassador, Aidan O'Hara"."""
    for token in scene.annotated.doc:
        if token.pos_ != "PROPN" or not _is_unknown(scene, token):
            continue
        explained = [c for c in token.children if c.dep_ == "appos" and c.i > token.i and scene.tree.straight[token.i + 1] == ","]
        if token.dep_ == "appos" and token.head.i < token.i:
            explained.append(token.head)
        name = _full_name(scene, token)
        if name is not None and any(n.pos_ == "NOUN" and title_of_noun(scene, n) is not None for n in explained):
            words = scene.annotated.span(name).text
            scene.by_head[token.i] = Mention(name, token.i, "name", (Identity(words),), person=True)


def _is_unknown(scene: Scene, token: Token) -> bool:
    """No mention, or one of which only the words are known."""
    mention = scene.by_head.get(token.i)
    if mention is None:
        return True
    bare = all(i.country is None and i.sector is None for i in mention.identities)
    return mention.kind == "name" and not mention.person and bare


def _full_name(scene: Scene, token: Token) -> Range | None:
    """First name and surname; None for a single word, and for what ends as names of bodies do."""
    words = scene.name_of(token) if token.i not in scene.by_head else scene.by_head[token.i].range
    letters = [scene.tree.straight[t] for t in range(*words)]
    if len(letters) < SHORTEST or token.lower_ in cues()["bodies"] or not all(w[0].isalpha() or w == "-" for w in letters):
        return None
    return words if letters[0][0].isupper() and any(c.islower() for c in letters[-1]) else None


def name_start(scene: Scene, mention: Mention, who: Identity) -> int:
    """The first token of a name, behind title and rank."""
    tree, head = scene.tree, mention.head
    first = _first_word(who.name or "")
    for token in range(max(mention.range.start, head - 6), head):
        if tree.lower[token] == first:
            return token
    start = head
    while start > mention.range.start and tree.tag[start - 1] in LETTERS and title_before(scene, start) is None:
        start -= 1
    if title_before(scene, start) is None:
        return head if title_before(scene, head) is not None else start
    return start


def _first_word(name: str) -> str:
    """ "hassan" of "King Hassan II", which the tables have with the title."""
    given = name.lower().split(" ")
    while len(given) > 1 and given[0] in titles()["regnal"]:
        given = given[1:]
    return given[0]


def before_comma(scene: Scene, name: Token, start: int) -> Iterator[Token]:
    """The noun of "the prime minister, X,", of "the commander of KFOR, Italian General X." where the parser did not join the two."""
    tree, end = scene.tree, scene.by_head[name.i].range.end
    first = tree.sentences[tree.sentence[name.i]].start
    comma = min(start, scene.by_head[name.i].range.start) - 1
    is_closed = end >= len(tree) or tree.straight[end] in (",", ".", ";", ")")
    if comma <= first or tree.straight[comma] != "," or not is_closed:
        return
    noun = scene.token(comma - 1)
    while noun.dep_ == "pobj" and noun.head.dep_ == "prep" and noun.head.lower_ in PREPOSITIONS and noun.head.i > first:
        noun = noun.head.head
    found = title_of_noun(scene, noun)
    if found is not None and found.start > first and _is_named_after(scene, found.start):
        yield noun


def _is_named_after(scene: Scene, start: int) -> bool:
    """Whether a title is somebody's of whom there is one: "the", "its", "NATO's" or a nationality stand before it."""
    return any(scene.tree.lower[t] in WHOSE for t in range(max(start - 3, scene.tree.sentences[scene.tree.sentence[start]].start), start))
