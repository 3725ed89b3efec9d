"""In: the heads that fill a verdict's slots, and the mentions of the article. Out: the mentions that act and that are acted upon."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping

from spacy.tokens import Doc, Token

from dragoman import knowledge
from dragoman.drafts import Identity, Mention
from dragoman.events import lexicon
from dragoman.language.en import grammar

MAX_NESTING = 3
REACHING = frozenset(
    {"to", "in", "on", "against", "into", "at", "across", "around", "near", "toward", "towards", "throughout", "inside", "over"}
)
OWNING = ("poss", "amod", "compound", "nmod", "nummod")
OF_ACTORS = ("by", "of", "between", "from", "among")
OF_RECIPIENTS = ("of", "by", "against", "on", "from", "to", "with", "in", "at", "for", "near")


class Arguments:
    """Looks up mentions under the heads of slots; whoever is named inside a phrase stands for it where its head is no actor."""

    def __init__(self, doc: Doc, mentions: Iterable[Mention]) -> None:
        self.doc = doc
        self.taken_identities: set[tuple[Identity, ...]] = set()
        self.country_of: Callable[[str], str | None] | None = None
        self.by_head: Mapping[int, Mention] = {m.head: m for m in mentions}

    def actors(self, slots: list[list[int]]) -> list[Mention]:
        self.country_of, self.taken_identities = None, set()
        return self._first(slots, OF_ACTORS)

    def recipients(self, slots: list[list[int]], but: Iterable[Mention], suffer: bool = False) -> list[Mention]:
        """The mentions of the first slot that names somebody other than ``but``. With ``suffer``, a place stands for its country."""
        taken = {m.head for m in but}
        self.taken_identities = {m.identities for m in but if m.identities}
        self.country_of = knowledge.load().place_country if suffer else None
        return self._first(slots, OF_RECIPIENTS, taken)

    def sufferers(self, trigger: Token, but: Iterable[Mention]) -> list[Mention]:
        """The first actor or place under a preposition in the clause of ``trigger``: who an act without an object reaches."""
        taken = {m.head for m in but}
        self.country_of = knowledge.load().place_country
        self.taken_identities = {m.identities for m in but if m.identities}
        for token in trigger.subtree:
            if token.dep_ == "pobj" and token.head.lower_ in REACHING and not _leaves_clause(token, trigger):
                found = [m for m in self.under(token, OF_RECIPIENTS) if m.head not in taken and not self._is_same(m)]
                if found:
                    return found
        return []

    def _first(
        self, slots: list[list[int]], prepositions: tuple[str, ...], taken: frozenset[int] | set[int] = frozenset()
    ) -> list[Mention]:
        for heads in slots:
            found: dict[int, Mention] = {}
            for head in heads:
                found.update((m.head, m) for m in self.under(self.doc[head], prepositions) if m.head not in taken and not self._is_same(m))
            if found:
                return [found[head] for head in sorted(found)]
        return []

    def _is_same(self, mention: Mention) -> bool:
        """Whether a mention points back at the actors ("its troops", "himself"); "they killed each other" is no such case."""
        word = self.doc[mention.head]
        if mention.identities in self.taken_identities and (word.pos_ == "PRON" or word.tag_ == "PRP$"):
            return True
        return word.lower_.endswith(("self", "selves"))

    def under(self, token: Token, prepositions: tuple[str, ...], depth: int = MAX_NESTING) -> list[Mention]:
        """The mention at a token or, where it is none, the ones inside its phrase: whose it is before what it is of."""
        if token.i in self.by_head:
            return [self.by_head[token.i]]
        if self.country_of is not None and depth == MAX_NESTING and str(token.lemma_).lower() in lexicon.load().classes["persons"]:
            return [self._unnamed_person(token)]
        if depth == 0 or token.pos_ not in grammar.NOMINAL:
            return []
        for label in OWNING:
            found = [
                m for c in token.children if c.dep_ == label for t in grammar.conjuncts(c) for m in self._owner(t, prepositions, depth)
            ]
            if found:
                return found
        makers = [t for c in token.children if c.dep_ == "acl" and c.tag_ == "VBN" for t in grammar.agents(c)]
        found = [m for t in makers for m in self.under(t, prepositions, depth - 1)]
        if found:
            return found
        inside = grammar.prepositional(token)
        for preposition in prepositions:
            found = [m for t in inside.get(preposition, ()) for m in self.under(t, prepositions, depth - 1)]
            if found:
                return found
        if not is_name(token):
            return []
        unknown = self._unknown_name(token)
        return [unknown] if depth == MAX_NESTING or unknown.identities[0].country else []

    def _unnamed_person(self, token: Token) -> Mention:
        tokens = grammar.phrase(token, with_of=False)
        return Mention(tokens, token.i, "description", (Identity(sector="CVL"),), (f"{token.text!r} is nobody in particular",), person=True)

    def _unknown_name(self, token: Token) -> Mention:
        """A place that stands for its country, or somebody or something of which only the name is known."""
        tokens = grammar.phrase(token, with_of=False)
        name = self.doc[tokens.start : tokens.end].text
        country = self.country_of(name) if self.country_of else None
        if country is not None:
            return Mention(tokens, token.i, "name", (Identity(country=country),), (f"{name!r} is a place in {country}",))
        return Mention(tokens, token.i, "name", (Identity(name=name),), (f"nothing is known of {name!r}",))

    def _owner(self, token: Token, prepositions: tuple[str, ...], depth: int) -> list[Mention]:
        if token.i in self.by_head:
            mention = self.by_head[token.i]
            return [mention] if mention.identities or token.tag_ != "PRP$" else []
        return self.under(token, prepositions, depth - 1) if token.dep_ == "poss" else []


def is_name(token: Token) -> bool:
    """A proper noun that is neither a day nor written like an acronym of an agreement or a thing."""
    return token.tag_ == "NNP" and token.text[:1].isupper() and token.lower_ not in lexicon.load().classes["day"]


def _leaves_clause(token: Token, trigger: Token) -> bool:
    """Whether a verb stands between a word and the trigger above it."""
    while token.i != trigger.i:
        if token.dep_ in ("relcl", "acl", "advcl", "ccomp", "conj", "parataxis") and token.pos_ in ("VERB", "AUX"):
            return True
        token = token.head
    return False
