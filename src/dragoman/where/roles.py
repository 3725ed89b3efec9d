"""In: a candidate and the tree. Out: whether the grammar around it tells of a place, or of somebody who acts under its name."""

from __future__ import annotations

from typing import Literal

from dragoman.language.tree import Tree
from dragoman.where.candidates import Candidate
from dragoman.where.words import Words

Role = Literal["at", "modifier", "owner", "dateline"]
MAX_STEPS = 12
MODIFIERS = frozenset({"compound", "nmod", "amod"})
SURELY = frozenset({"in", "near", "outside"})
BUILT = ("facility", "site")
JOINING = frozenset({",", "(", "and", "or", "&", "the", ";"})
LOOSE = frozenset({"ROOT", "dep", "nmod", "nsubj", "npadvmod", "compound", "appos", "conj"})


class Roles:
    """Roles of the candidates of one article, asked for in text order."""

    def __init__(self, tree: Tree, words: Words, states: frozenset[int], grounds: frozenset[int], contained: frozenset[int]) -> None:
        """``states`` are the starts of candidates that may be states, which act as well as they are places; ``grounds`` those of what one
        is on: islands, seas, borders; ``contained`` those of names that stand before the region that they lie in: "Austin, Texas".
        """
        self.tree = tree
        self.words = words
        self.states = states
        self.grounds = grounds
        self.contained = contained
        self.by_start: dict[int, Role | None] = {}
        self.last: Candidate | None = None

    def of(self, candidate: Candidate) -> Role | None:
        """None where it is no place: a subject, a recipient, a part of another name."""
        if candidate.start in self.contained:
            role: Role | None = "dateline" if self._is_dateline(candidate) else "at"
            self.by_start[candidate.start], self.last = role, candidate
            return role
        role = self.by_start[self.last.start] if self.last is not None and self._follows(candidate) else None
        if role is None and (candidate.sort != "shortened" or self.last is None or self.last.end != candidate.start - 1):
            role = self._alone(candidate)
        self.by_start[candidate.start] = role
        self.last = candidate
        return role

    def _follows(self, candidate: Candidate) -> bool:
        """ "Lexington, Massachusetts" or "Idaho, Utah and Ohio": a name behind the last one and a comma or "and"."""
        tree, last = self.tree, self.last
        if last is None or not 1 <= candidate.start - last.end <= 3 or tree.sentence[last.start] != tree.sentence[candidate.start]:
            return False
        between = tree.lower[last.end : candidate.start]
        if not set(between) <= JOINING or ("," not in between and tree.dep[candidate.head] != "conj"):
            return False
        return tree.dep[candidate.head] not in ("nsubj", "nsubjpass") or self._goes_on(candidate)

    def _goes_on(self, candidate: Candidate) -> bool:
        """A name that the parser took for the subject, though a comma follows at once."""
        return candidate.end < len(self.tree) and self.tree.straight[candidate.end] in (",", ".")

    def _alone(self, candidate: Candidate) -> Role | None:
        tree, words = self.tree, self.words
        after = candidate.end
        if after + 1 < len(tree) and tree.straight[after] == "-" and tree.lower[after + 1] in words.based:
            return None
        if after < len(tree) and tree.lower[after] == "'s" and tree.head[after] == candidate.head:
            return "owner"
        if self._is_dateline(candidate):
            return "dateline"
        if self._is_bracketed(candidate):
            return "at"
        if candidate.person and not (candidate.start and tree.lower[candidate.start - 1] in SURELY):
            return None
        return self._role(candidate.head, candidate, 0)

    def _is_dateline(self, candidate: Candidate) -> bool:
        """ "LONDON (AP) -" in the middle of a text, or "Muscat:" at its head."""
        tree, start, end = self.tree, candidate.start, candidate.end
        if end >= len(tree) or candidate.sort in ("unlisted", "perhaps"):
            return False
        opens = start == 0 or tree.sentence[start - 1] != tree.sentence[start] or tree.straight[start - 1] in ("(", ".", '"', "”")
        if not opens:
            return False
        shouted = all(w.isupper() for w in tree.straight[start:end] if w.isalpha()) and len(tree.straight[start]) > 2
        after = tree.straight[end]
        if shouted and not after.isupper() and (candidate.start not in self.states or len(tree.straight[start]) > 4):
            return True
        if start == 0 and after == "," and end + 1 < len(tree) and tree.straight[end + 1][0].isupper():
            return True
        is_agency = (
            after == "(" and end + 2 < len(tree) and tree.straight[end + 2] == ")" and sum(map(str.isupper, tree.straight[end + 1])) > 1
        )
        return is_agency or (start == 0 and after == ":")

    def _is_bracketed(self, candidate: Candidate) -> bool:
        """A state or region in brackets behind a name."""
        tree, before, after = self.tree, candidate.start - 1, candidate.end
        inside = before >= 0 and after < len(tree) and tree.straight[before] == "(" and tree.straight[after] == ")"
        return inside and candidate.start in self.states and not tree.straight[candidate.start].isupper()

    def _role(self, token: int, candidate: Candidate, steps: int) -> Role | None:
        """What the relation of a word to the one above it tells; of joined words that of the first."""
        tree, dep, above = self.tree, self.tree.dep[token], self.tree.head[token]
        if steps > MAX_STEPS:
            return None
        if dep == "conj" and not tree.is_verb(above):
            return self._role(above, candidate, steps + 1)
        if dep == "appos":
            return "at" if tree.lower[above] in self.words.parts | self.words.lists else self._role(above, candidate, steps + 1)
        if dep == "pobj":
            return self._after_preposition(token, above, candidate)
        if dep in ("dobj", "nsubjpass") and (role := self._of_verb(above, candidate)):
            return role
        is_named = candidate.sort in BUILT and (dep == "dobj" or candidate.noun not in self.words.bodies)
        if (is_named and dep in ("nsubj", "nsubjpass", "attr", "dobj")) or (candidate.start in self.grounds and dep == "nsubj"):
            return "at"
        if dep in MODIFIERS and above >= candidate.end:
            return "modifier" if tree.pos[above] == "NOUN" and above - candidate.end <= 3 else None
        if dep in MODIFIERS and tree.lower[above] in self.words.parts:
            return "at"
        return None

    def _of_verb(self, verb: int, candidate: Candidate) -> Role | None:
        lemma = self.tree.lemma[verb]
        if lemma in self.words.entering:
            return "at"
        return "at" if lemma in self.words.acting and candidate.start not in self.states else None

    def _after_preposition(self, token: int, preposition: int, candidate: Candidate) -> Role | None:
        tree, words = self.tree, self.words
        word, above = tree.lower[preposition], tree.head[preposition]
        moves = tree.lemma[above] in words.moving or tree.lower[above] in words.parts
        if word in words.at:
            return "at"
        if word == "on":
            is_struck = tree.lemma[above] in words.upon and not self.is_state(candidate)
            return "at" if candidate.sort in (*BUILT, "perhaps") or candidate.start in self.grounds or is_struck else None
        if word == "than":
            return "at" if candidate.sort == "listed" else None
        if word in words.listing:
            return "at" if words.lists & {tree.lower[above], tree.lower[tree.head[above]]} else None
        if word == "of":
            return self._after_of(above, candidate)
        if word == "to":
            is_given = bool(words.given & {tree.lemma[above], tree.lower[above]})
            return "at" if moves or candidate.sort in BUILT or not (is_given or candidate.sort in ("unlisted", "perhaps")) else None
        if word == "for":
            return "at" if moves or candidate.start in self.grounds else None
        if word == "with":
            return "at" if tree.lemma[above] == "border" else None
        if word == "from":
            return None if words.unmoved & {tree.lemma[above], tree.lower[above]} and self.is_state(candidate) else "at"
        if word == "between":
            return "at" if moves or not (self.is_state(candidate) or tree.pos[above] == "NOUN") else None
        if word in ("over", "towards", "toward", "behind", "under"):
            return "at" if not self.is_state(candidate) and (moves or candidate.sort in BUILT) else None
        return "at" if word in words.also else None

    def _after_of(self, above: int, candidate: Candidate) -> Role | None:
        tree, words = self.tree, self.words
        if tree.lower[above] in (words.towns if tree.straight[above].istitle() and not self._opens(above) else words.parts):
            return "at"
        if candidate.sort in BUILT and tree.pos[above] != "PROPN":
            return "at"
        return "modifier" if tree.pos[above] == "NOUN" else None

    def _opens(self, token: int) -> bool:
        return token == 0 or self.tree.sentence[token - 1] != self.tree.sentence[token]

    def is_state(self, candidate: Candidate) -> bool:
        return candidate.start in self.states
