"""In: the heads that fill a verdict's slots, and the mentions of the article. Out: the mentions that act and that are acted upon."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, replace

from spacy.tokens import Doc, Token

from dragoman import codebook, knowledge
from dragoman.drafts import Identity, Mention, Range
from dragoman.events import lexicon
from dragoman.events.written import is_accused
from dragoman.language.en import grammar

MAX_NESTING = 3
OWNING = ("poss", "amod", "compound", "nmod", "nummod")
ARTICLES = frozenset({"a", "an", "the"})
OF_ACTORS = ("by", "of", "between", "from", "among")
OF_RECIPIENTS = ("of", "by", "against", "on", "from", "to", "in", "at", "for", "near")
REACHING = frozenset(
    {"to", "in", "on", "against", "into", "at", "across", "around", "near", "toward", "towards", "throughout", "inside", "over"}
)
PLACING = frozenset({"from", "over", "off", "along"})
CLAUSES = frozenset({"relcl", "acl", "advcl", "ccomp", "conj", "parataxis"})


@dataclass(frozen=True, slots=True)
class Search:
    """What may be found inside a phrase: under which prepositions, and nobody who is there already.

    ``country_of`` is there where the act is suffered: then a place stands for its country, and anybody may be struck.
    """

    prepositions: tuple[str, ...]
    heads: frozenset[int] = frozenset()
    everybody: frozenset[Identity] = frozenset()
    country_of: Callable[[str], str | None] | None = None

    def wants(self, mention: Mention, word: Token) -> bool:
        """False for those who act and for words that point back at them ("its troops", "himself")."""
        points_back = (
            bool(mention.identities) and self.everybody.issuperset(mention.identities) and (word.pos_ == "PRON" or word.tag_ == "PRP$")
        )
        return mention.head not in self.heads and not points_back and not word.lower_.endswith(("self", "selves"))


class Arguments:
    """Looks up mentions under the heads of slots; whoever is named inside a phrase stands for it where its head is no actor."""

    def __init__(self, doc: Doc, mentions: Iterable[Mention]) -> None:
        self.doc = doc
        self.by_head: Mapping[int, Mention] = {m.head: m for m in mentions}

    def actors(self, slots: list[list[int]]) -> list[Mention]:
        return self._first(slots, Search(OF_ACTORS))

    def recipients(self, slots: list[list[int]], but: list[Mention], suffered: bool = False) -> list[Mention]:
        """The mentions of the first slot that names somebody other than ``but``."""
        return self._first(slots, _search_beside(but, suffered))

    def reached(self, trigger: Token, but: list[Mention]) -> list[Mention]:
        """The first actor or place under a preposition in the clause of ``trigger``: whom an act without an object reaches."""
        search = _search_beside(but, suffered=True)
        for token in trigger.subtree:
            if token.i > trigger.i and token.dep_ == "pobj" and token.head.lower_ in REACHING and not _leaves_clause(token, trigger):
                found = self._under(token, search)
                if found:
                    return found
        return []

    def served(self, trigger: Token, but: list[Mention], purposes: frozenset[str] | None = None) -> list[Mention]:
        """Whom the purpose of an act names ("sent tents to shelter Syrian refugees"), where its verb is one of ``purposes``."""
        search = _search_beside(but, suffered=True)
        for purpose in grammar.purposes(trigger):
            if purposes is not None and lexicon.lemma_of(purpose) not in purposes:
                continue
            objects = grammar.patients(purpose)
            others = [t for t in purpose.subtree if t.dep_ == "pobj" and not _leaves_clause(t, purpose)]
            for token in (*objects, *others):
                found = self._under(token, search, MAX_NESTING - 1)
                if found:
                    return found
        return []

    def addressed(self, trigger: Token, but: list[Mention]) -> list[Mention]:
        """Whom the verb reaches that an act is the purpose or manner of: "called Ankara to apologise", "wrote to Oslo, demanding"."""
        verb = trigger.head
        if trigger.dep_ not in ("advcl", "xcomp") or not grammar.is_verbal(verb) or trigger.tag_ not in ("VB", "VBG"):
            return []
        prepositional = grammar.prepositional(verb)
        for nouns in (grammar.patients(verb), prepositional.get("to", []), prepositional.get("with", [])):
            found = [m for noun in nouns for m in self._under(noun, _search_beside(but, suffered=False))]
            if found:
                return found
        return []

    def within(self, heads: list[int], trigger: Token, but: list[Mention], owners: list[Mention]) -> list[Mention]:
        """The mentions at those heads that stand in the clause of ``trigger``, and in no phrase that one of ``owners`` owns."""
        owned = [self.doc[m.head].head for m in owners if self.doc[m.head].dep_ in OWNING]
        tokens = [self.doc[h] for h in heads if trigger.is_ancestor(self.doc[h]) and not _leaves_clause(self.doc[h], trigger)]
        return self.recipients([[t.i for t in tokens if not any(noun.is_ancestor(t) for noun in owned)]], but)

    def guests(self, trigger: Token, but: list[Mention]) -> list[Mention]:
        """Who holds the talks that somebody else hosts: the subjects of the clause around "talks hosted by Qatar"."""
        word = trigger.head
        if trigger.dep_ != "acl" or trigger.tag_ != "VBN":
            return []
        while word.dep_ in ("dobj", "pobj", "prep", "pcomp") and not grammar.is_verbal(word):
            word = word.head
        subjects = grammar.surface_subjects(word) if grammar.is_verbal(word) else []
        return [m for noun in subjects for m in self._under(noun, _search_beside(but, suffered=False))]

    def counterpart(self, trigger: Token, but: list[Mention]) -> list[Mention]:
        """The only other state that the text names just before, else behind: where a mere "its envoy" is posted."""
        own = {*(i.country for m in but for i in m.identities), *codebook.load().international, None}
        first, last = trigger.sent.start, trigger.sent.end
        before = self.doc[first - 1].sent.start if first else first
        named = [(head, m) for head, m in sorted(self.by_head.items()) if m.kind == "name" and len(m.identities) == 1]
        for start, stop in ((first, trigger.i), (before, first), (trigger.i, last)):
            states = {m.identities[0].country: m for head, m in named if start <= head < stop and m.identities[0].country not in own}
            if states:
                return list(states.values()) if len(states) == 1 else []
        return []

    def joined(self, found: list[Mention], but: list[Mention]) -> list[Mention]:
        """The mentions with what is coordinated with them, whoever that is: "X and four members of his family"."""
        there = [m.range for m in (*found, *but)]
        others = dict.fromkeys(t for m in found for t in grammar.conjuncts(self.doc[m.head])[1:] if t.pos_ in ("NOUN", "PROPN"))
        more = [t for t in others if not any(r.start <= t.i < r.end for r in there)]
        return sorted([*found, *(Mention(grammar.phrase(t), t.i, "description") for t in more)], key=lambda m: m.head)

    def _first(self, slots: list[list[int]], search: Search) -> list[Mention]:
        for heads in slots:
            found = {m.head: self._by_name(m) for head in heads for m in self._under(self.doc[head], search)}
            if found:
                return [found[head] for head in sorted(found)]
        return []

    def _by_name(self, mention: Mention) -> Mention:
        """The name in the same sentence that a pronoun stands for ("Fiji said it would sign"), else the mention itself."""
        if mention.kind != "pronoun" or len(mention.identities) != 1:
            return mention
        before = range(mention.head - 1, self.doc[mention.head].sent.start - 1, -1)
        named = (self.by_head[head] for head in before if head in self.by_head)
        return next((m for m in named if m.kind != "pronoun" and m.identities == mention.identities), mention)

    def _under(self, token: Token, search: Search, depth: int = MAX_NESTING) -> list[Mention]:
        """The mention at a token or, where it is none, the ones inside its phrase: whose it is before what it is of."""
        if _is_no_part(token) or _is_no_part(token.head.head if token.dep_ == "pobj" else token.head):
            return []
        if token.i in self.by_head:
            mention = self.by_head[token.i]
            return [_as_written(mention, token)] if search.wants(mention, token) else []
        if depth == 0 or token.pos_ not in grammar.NOMINAL:
            return []
        if search.country_of is not None and depth == MAX_NESTING and lexicon.lemma_of(token) in lexicon.load().classes["persons"]:
            return [self._unnamed_person(token)]
        return self._inside(token, search, depth) or self._unknown_name(token, search, depth)

    def _inside(self, token: Token, search: Search, depth: int) -> list[Mention]:
        for label in OWNING:
            owners = [t for c in token.children if c.dep_ == label for t in grammar.conjuncts(c)]
            found = [m for t in owners for m in self._owner(t, search, depth)]
            if len(found) == 1:
                return [_as_written(found[0], token)]
            if found:
                return found
        makers = [t for c in token.children if c.dep_ in ("acl", "relcl") for t in _makers(c)]
        places = grammar.prepositional(token)
        deeper = depth if lexicon.lemma_of(token) in lexicon.load().classes["quantity"] else depth - 1
        for tokens in (makers, *(places.get(p, ()) for p in search.prepositions)):
            found = [m for t in tokens for m in self._under(t, search, deeper)]
            if found:
                return found
        return []

    def _owner(self, token: Token, search: Search, depth: int) -> list[Mention]:
        if token.i not in self.by_head:
            return self._under(token, search, depth - 1) if token.dep_ == "poss" else []
        mention = self.by_head[token.i]
        is_known = bool(mention.identities) or token.tag_ != "PRP$"
        return [mention] if is_known and search.wants(mention, token) else []

    def _unnamed_person(self, token: Token) -> Mention:
        tokens = grammar.phrase(token, with_of=False)
        return Mention(tokens, token.i, "description", (Identity(sector="CVL"),), (f"{token.text!r} is nobody in particular",), person=True)

    def _unknown_name(self, token: Token, search: Search, depth: int) -> list[Mention]:
        """A place that stands for its country or, as the head of a slot, somebody or something of whom only the name is known."""
        if token.tag_ != "NNP" or not token.text[:1].isupper() or token.lower_ in lexicon.load().classes["day"]:
            return []
        tokens = grammar.phrase(token, with_of=False)
        name = self.doc[tokens.start : tokens.end].text
        beside = [c.text for c in token.children if c.dep_ == "appos"]  # "Venafro, Italy"
        country = next(filter(None, map(search.country_of, (name, *beside))), None) if search.country_of else None
        if country is not None:
            return [Mention(tokens, token.i, "name", (Identity(country=country),), (f"{name!r} is a place in {country}",))]
        if depth < MAX_NESTING or (token.dep_ == "pobj" and token.head.lower_ in PLACING):
            return []
        return [Mention(tokens, token.i, "name", (Identity(name=name),), (f"nothing is known of {name!r}",))]


def _as_written(mention: Mention, head: Token) -> Mention:
    """The mention with all that belongs to the phrase around it, without an article: "at least 40 Kenyan nurses", "Iranian websites"."""
    if mention.kind == "pronoun" or (mention.kind == "name" and mention.head == head.i):
        return mention
    start, end = grammar.phrase(head, with_of=not is_accused(head))
    start, end = min(start, mention.range.start), max(end, mention.range.end)
    if start < mention.range.start and head.doc[start].lower_ in ARTICLES:
        start += 1
    kind = mention.kind if mention.head == head.i else "description"
    return replace(mention, range=Range(start, end), kind=kind)


def _search_beside(actors: list[Mention], suffered: bool) -> Search:
    return Search(
        OF_RECIPIENTS,
        frozenset(m.head for m in actors),
        frozenset(i for m in actors for i in m.identities),
        knowledge.load().place_country if suffered else None,
    )


def _makers(clause: Token) -> list[Token]:
    """Who did what a noun's clause tells of it: "a bridge built by China", "the debt that Zambia owed"."""
    if clause.dep_ == "acl":
        return grammar.agents(clause) if clause.tag_ == "VBN" else []
    return [c for c in clause.children if c.dep_ == "nsubj" and not grammar.is_relative(c)]


def _is_no_part(noun: Token) -> bool:
    """ "Met at the request of Kenya", "killed since May, by Lima's count", "tied by a police pact": no side of what is done."""
    if noun.dep_ != "pobj":
        return False
    classes, prep, lemma = lexicon.load().classes, noun.head.lower_, lexicon.lemma_of(noun)
    return (prep in ("at", "on") and lemma in classes["behest"]) or (prep == "by" and lemma in classes["reckoning"] | classes["agreement"])


def _leaves_clause(token: Token, trigger: Token) -> bool:
    """Whether a verb stands between a word and the trigger above it."""
    while token.i != trigger.i:
        if token.dep_ in CLAUSES and grammar.is_verbal(token):
            return True
        token = token.head
    return False
