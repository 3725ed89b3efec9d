"""In: a parsed article with its mentions, attributions and dates. Out: ``Scene``, which says who a word means and when a clause holds."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field

from spacy.tokens import Token

from dragoman.drafts import Identity, Mention, Range, Said, Side, Standing, TimeMention
from dragoman.knowledge import Knowledge, Name
from dragoman.language import Annotated
from dragoman.language.en import grammar
from dragoman.language.tree import Tree, tree
from dragoman.relations.words import cues

BODIES = {"UNO": "United Nations", "EUR": "European Union"}
NO_STATE = frozenset({*BODIES, "IGO", "NGO", "IMG", "MNC", "ISM"})
GROUPS = frozenset({"REB", "UAF", "PTY", "OPP", "PRM", "PRE", "SEP", "LAB", "REL", "SOC", "BUS", "JRN", "EDU", "MED"})
ARMED = frozenset({"REB", "UAF"})
ALIKE = frozenset({"alliance", "partner", "treaty", "rivalry", "dispute", "ties_cut"})
SINCE, UNTIL = frozenset({"since"}), frozenset({"until", "till", "til"})
AT = frozenset({"in", "on", "during", "after", "from", "by"})
MODIFIERS = frozenset({"amod", "compound", "nmod", "poss", "npadvmod", "case", "punct", "nummod", "conj", "cc", "flat"})
THROUGH = frozenset({"ADP", "SCONJ", "ADV", "PART", "NUM", "DET"})
DASHES = ("-", "–")
PARTS = frozenset({"end", "beginning", "start", "early", "late", "mid", "ago", "least"})


def state_of(identity: Identity) -> str | None:
    """The state that somebody is or acts for; None for a body or group, and for a private person."""
    if identity.country in NO_STATE or identity.sector in GROUPS:
        return None
    return identity.country


def is_of_state(side: Side) -> bool:
    """A state, or somebody who acts for one."""
    return side.identity is not None and state_of(side.identity) is not None


def key_of(side: Side | None, text: str = "") -> str:
    """What makes a side the same one again: its state, else its name, else its words."""
    if side is None:
        return ""
    who = side.identity
    if who is None:
        return text
    if who.name is None and who.sector in ARMED:  # "the rebels" are not the state in which they are
        return text or f"{who.sector} {who.country}"
    return state_of(who) or BODIES.get(who.country or "") or who.name or who.country or text


@dataclass(slots=True)
class Scene:
    """One article. ``by_head`` has mentions by their head, ``said_of`` the attributions by each token of their content, shortest first,
    ``meant`` who words for two or for a neighbour stand for."""

    annotated: Annotated
    tree: Tree
    by_head: dict[int, Mention]
    times: list[TimeMention]
    knowledge: Knowledge
    day: str | None
    home: str | None = None
    said_of: dict[int, list[Said]] = field(default_factory=dict)
    meant: dict[int, list[Side]] = field(default_factory=dict)
    named_states: list[tuple[int, str]] | None = None

    def token(self, number: int) -> Token:
        return self.annotated.doc[number]

    def sides(self, tokens: Iterable[Token]) -> list[Side]:
        """Who the words mean, each once; nothing for a word that is no mention and that the story does not explain."""
        found: dict[tuple[object, ...], Side] = {}
        for token in tokens:
            for one in (token, *self._listed(token)):
                for side in self.sides_at(one):
                    found.setdefault((key_of(side, str(side.range)),), side)
        return list(found.values())

    def sides_of_list(self, token: Token) -> list[Side]:
        """Who a name means, and the names that follow it in a list, by the stage before alone."""
        return [side for one in (token, *self._listed(token)) for side in self.named_sides(one)]

    def _listed(self, token: Token) -> list[Token]:
        """ "Egypt" and "Jordan" of "Iraq, Egypt and Jordan": a state that seems to explain another one is the next of a list."""
        if token.pos_ != "PROPN" or token.i not in self.by_head:
            return []
        own = {state_of(i) for i in self.by_head[token.i].identities}
        named = [c for c in token.children if c.dep_ == "appos" and c.pos_ == "PROPN" and c.i in self.by_head]
        others = [c for c in named if {state_of(i) for i in self.by_head[c.i].identities}.isdisjoint(own | {None})]
        return [t for c in others for o in grammar.conjuncts(c) for t in (o, *self._listed(o))]

    def sides_at(self, token: Token) -> list[Side]:
        if token.i in self.meant:
            return self.meant[token.i]
        owned = [s for c in token.children if c.dep_ == "poss" and c.i in self.meant for s in self.meant[c.i]]
        return owned if owned and token.i in self.by_head else self.named_sides(token)

    def states(self, tokens: Iterable[Token]) -> list[Side]:
        """Who the words mean, or the states in which the places lie that they name."""
        found = list(tokens)
        return self.sides(found) or [s for t in found for s in [self.place(t)] if s is not None]

    def state_named(self, text: str) -> Side | None:
        """The only state of a name or capital, for words that are no mention: "Tehran" of "Tehran-backed"."""
        countries = {n.country for n in self.knowledge.cased.get(text) if isinstance(n, Name) and n.country and not n.until}
        if len(countries) != 1:
            return None
        state = countries.pop()
        return Side(Range(0, 0), Identity(self.knowledge.country_name(state), state, "GOV"), "name")

    def named_sides(self, token: Token) -> list[Side]:
        """Who a word means by the mentions of the stage before alone."""
        mention = self._before_relative(token) or self.by_head.get(token.i)
        if mention is None:
            return self.body_meant(token) or self._explained(token)
        if not mention.identities:
            return self._explained(token)
        return [Side(mention.range, self.named(self._of_group(token, i)), mention.kind) for i in mention.identities if i.country or i.name]

    def _of_group(self, token: Token, who: Identity) -> Identity:
        """ "the rebels of LURD": LURD, also where no table has it."""
        if who.name is not None or who.sector not in ARMED:
            return who
        for name in self.after(token, "of"):
            named = [i for m in [self.by_head.get(name.i)] if m is not None and m.kind == "name" for i in m.identities]
            if named and named[0].name and state_of(named[0]) is None:
                return named[0]
            if not named and name.pos_ == "PROPN":
                return Identity(self.annotated.span(self.name_of(name)).text, who.country, who.sector)
        return who

    def _before_relative(self, token: Token) -> Mention | None:
        """The name right before "with which" or ", whose"; the parser may hang the clause on another word."""
        if not grammar.is_relative(token):
            return None
        number = token.i - 1
        while number > 0 and (self.tree.straight[number] == "," or self.tree.pos[number] in ("ADP", "PART")):
            number -= 1
        found = [self.by_head[number]] if number in self.by_head and self.by_head[number].kind == "name" else []
        if not found and token.i not in self.by_head:
            found = [self.by_head[a.head.i] for a in grammar.ancestors(token) if a.dep_ == "relcl" and a.head.i in self.by_head]
        return found[0] if found else None

    def _explained(self, token: Token) -> list[Side]:
        """ "the two countries, Sudan and Egypt": who the names behind a noun are."""
        if token.pos_ != "NOUN":
            return []
        named = [o for c in token.children if c.dep_ == "appos" for o in grammar.conjuncts(c) if o.i in self.by_head]
        return [side for one in named for side in self.sides_at(one)]

    def name_of(self, token: Token) -> Range:
        """A proper name without what stands before it that is none: "Crimea" of "Russian-occupied Crimea"."""
        start = token.i
        while (
            start > 0
            and self.tree.tag[start - 1] in ("NNP", "NNPS")
            and self.tree.head[start - 1] == token.i
            and start - 1 not in self.by_head
        ):
            start -= 1
        return Range(start, token.i + 1)

    def place(self, token: Token) -> Side | None:
        """The state in which a place lies that is no mention."""
        if token.pos_ != "PROPN":
            return None
        words = self.name_of(token)
        country = self.knowledge.place_country(self.annotated.span(words).text)
        return None if country is None else Side(words, Identity(self.knowledge.country_name(country), country, "GOV"), "name")

    def region(self, token: Token) -> Side | None:
        """A part of a state that has a government of its own: "Catalonia"."""
        words = self.name_of(token)
        text = self.annotated.span(words).text
        countries = {n.country for n in self.knowledge.cased.get(text) if isinstance(n, Name) and n.kind == "region" and not n.until}
        return Side(words, Identity(text, countries.pop(), "GOV"), "name") if len(countries) == 1 and token.pos_ == "PROPN" else None

    def joined_names(self, token: Token) -> list[Side]:
        """The two states of "U.S.-Philippine", where the tokeniser left it whole."""
        parts = self.tree.straight[token.i].split("-")
        if len(parts) != 2:
            return []
        found = [{n.country for n in self.knowledge.cased.get(p) if isinstance(n, Name) and n.country and not n.until} for p in parts]
        if not all(len(countries) == 1 for countries in found):
            return []
        states = [countries.pop() for countries in found]
        return [Side(Range(token.i, token.i + 1), Identity(self.knowledge.country_name(s), s), "name") for s in states]

    def body_meant(self, token: Token) -> list[Side]:
        """ "the alliance", "the bloc": the only body of which the story has spoken so far."""
        if token.lemma_ not in cues()["body_nouns"] or any(c.dep_ in ("amod", "nmod", "poss", "prep") for c in token.children):
            return []
        before = [m for m in self.by_head.values() if m.head < token.i and m.kind == "name" and len(m.identities) == 1]
        bodies = {
            m.identities[0].name: m.identities[0] for m in before if m.identities[0].country in ("IGO", "EUR") and m.identities[0].name
        }
        return [Side(Range(token.i, token.i + 1), next(iter(bodies.values())))] if len(bodies) == 1 else []

    def named(self, who: Identity) -> Identity:
        """ "the rebels" of a story that names one armed group only: that one."""
        if who.name is not None or who.sector not in ARMED:
            return who
        groups = {i.name: i for m in self.by_head.values() for i in m.identities if m.kind == "name" and not m.person and i.sector in ARMED}
        of_country = [i for i in groups.values() if who.country is None or i.country == who.country]
        return of_country[0] if len(groups) == 1 and of_country else who

    def subjects_above(self, verb: Token) -> list[Side]:
        """The subjects of a verb; of an infinitive that only hangs on an object those of the verb above it."""
        found = self.sides(grammar.surface_subjects(verb))
        while not found and verb.dep_ in ("xcomp", "advcl", "acl", "conj", "relcl") and verb.head != verb:
            verb = verb.head
            found = self.sides(grammar.surface_subjects(verb)) if grammar.is_verbal(verb) else []
        return found

    def owners(self, noun: Token) -> list[Side]:
        """Whose a noun is: a possessor, else states and bodies before it, else those after "of"."""
        poss = [o for child in noun.children if child.dep_ == "poss" for o in grammar.conjuncts(child)]
        return self.sides(poss) or self.sides(self.before(noun)) or self.sides(self.after(noun, "of"))

    def before(self, noun: Token) -> list[Token]:
        """Heads of the mentions that stand before a noun in its phrase ("U.S. ally"), not as part of another word there ("U.S.-led")."""
        found = []
        for number in range(self.tree.left[noun.i], noun.i):
            if number not in self.by_head or self._is_bound(number):
                continue
            token = self.token(number)
            while token != noun and token.dep_ in MODIFIERS and token.tag_ not in ("VBN", "VBD", "VBG") and token.head != token:
                token = token.head
            if token == noun:
                found.append(self.token(number))
        return found

    def _is_bound(self, number: int) -> bool:
        """ "U.S." of "U.S.-led"."""
        after = number + 2
        if after >= len(self.tree) or self.tree.straight[number + 1] != "-":
            return False
        return self.tree.tag[after] in ("VBN", "VBD", "VBG") or (self.tree.tag[after] == "JJ" and after not in self.by_head)

    def after(self, noun: Token, *prepositions: str) -> list[Token]:
        found = grammar.prepositional(noun)
        return [token for prep in prepositions for token in found.get(prep, [])]

    def mention_at(self, side: Side) -> Mention | None:
        return next((m for t in range(*side.range) for m in [self.by_head.get(t)] if m is not None and m.range == side.range), None)

    def sentence(self, token: Token) -> Range:
        return self.annotated.sentence_of(token.i)

    def phrase(self, token: Token) -> Range:
        """A noun phrase without its determiner."""
        found = grammar.phrase(token, with_of=False)
        start = found.start
        while start < token.i and self.token(start).dep_ in ("det", "poss", "predet", "case", "punct"):
            start += 1
        return Range(start, found.end)

    def bare(self, token: Token) -> Side:
        """The words of somebody or something that is no mention."""
        return Side(self.phrase(token))

    def dates(self, *anchors: Token) -> tuple[str | None, str | None]:
        """Since when and until when, as the words under these tell: "since 2017", "until May", "from 1992 to 1999"."""
        return self._bounds(self.times_under(anchors))

    def dates_behind(self, end: int) -> tuple[str | None, str | None]:
        """The same of the dates that follow right behind some words, wherever the parser hangs them."""
        behind = (t for t in self.times if end <= t.range.start <= end + 3)
        return self._bounds(t for t in behind if all(self.tree.pos[n] in THROUGH for n in range(end, t.range.start)))

    def _bounds(self, times: Iterable[TimeMention]) -> tuple[str | None, str | None]:
        since = until = None
        for time in times:
            before = self.preposition(time)
            if time.value is None:
                continue
            if before in SINCE:
                since = since or time.value
            elif before in UNTIL:
                until = until or time.value
            elif time.until and self.tree.lower[time.range.start] in ("from", "between"):
                since, until = since or time.value, until or time.until
        return since, until

    def beginning(self, *anchors: Token) -> str | None:
        """When something was done, as the words under these tell: "in 2014"."""
        times = [t for t in self.times_under(anchors) if t.value is not None and self.preposition(t) not in (SINCE | UNTIL)]
        return next((t.value for t in times), None)

    def beginning_within(self, verb: Token) -> str | None:
        """The same for a date that the parser hung on another word of the verb's own clause: "imposed on Russia in 2022"."""
        for time in self.times:
            path = [t for t in self.tree.path(time.head) if t != time.head]
            is_within = verb.i in path and not any(self.tree.pos[t] == "VERB" for t in path[: path.index(verb.i)])
            if is_within and time.value is not None and time.range.start > verb.i and self.preposition(time) in AT | {"last"}:
                return time.value
        return None

    def times_under(self, anchors: Iterable[Token]) -> Iterator[TimeMention]:
        """Dates that hang on one of the words, by prepositions alone, not on another noun or clause below it."""
        wanted = {a.i for a in anchors}
        for time in self.times:
            for token in self.tree.path(time.head):
                if token in wanted:
                    yield time
                    break
                if token in range(*time.range) or self.tree.pos[token] in THROUGH or self.tree.lower[token] in PARTS:
                    continue
                if not self._is_occasion(token):
                    break

    def _is_occasion(self, token: int) -> bool:
        """ "the war" of "since the 1967 war", "the vote" of "since the vote of 2020": its date is that of what is told."""
        above = self.tree.head[token]
        return self.tree.dep[token] == "pobj" and self.tree.lower[above] in SINCE | UNTIL | {"after", "from"}

    def preposition(self, time: TimeMention) -> str:
        """The word that leads to a date: "since" of "since late 2017", "since the war of 1967"; "at least until the end of 2020"."""
        number = time.range.start - 1
        while number > 0 and (
            self.tree.pos[number] in ("DET", "ADV", "ADJ") or self.tree.lower[number] in ("end", "of", "beginning", "start")
        ):
            number -= 1
        above = next((t for t in self.tree.path(time.head) if self._is_occasion(t)), None)
        if above is not None and self.tree.sentence[above] == self.tree.sentence[time.head]:
            return self.tree.lower[self.tree.head[above]]
        return self.tree.lower[number] if number >= 0 else ""

    def is_old(self, value: str | None) -> bool:
        """Whether a day lies so far back that it is no news any more."""
        if value is None or self.day is None:
            return False
        return value[:4] < self.day[:4] if len(value) == 4 else value[:7] < self.day[:7]

    def attribute(self, standing: Standing, token: Token, presupposed: bool = False) -> bool:
        """Sets on whose word something stands; False where it is said not to be so."""
        for said in self.said_of.get(token.i, []):
            if said.manner == "deny":
                return presupposed
            if presupposed or not said.claim or said.attitude in ("asks", "wishes", "plans", "promises", "threatens"):
                continue
            speaker = None if said.source_head is None else self.by_head.get(said.source_head)
            if speaker is None and said.source is not None and said.source_head is not None:
                speaker = Mention(said.source, said.source_head, "description")
            sides = {key_of(standing.subject), key_of(standing.object)} - {""}
            if speaker is None or not {key_of(Side(speaker.range, i)) for i in speaker.identities} & sides:
                standing.status, standing.speaker = "claimed", speaker
            return True
        return True


def scene_of(
    annotated: Annotated,
    mentions: list[Mention],
    said: list[Said],
    times: list[TimeMention],
    knowledge: Knowledge,
    day: str | None,
    home: str | None,
) -> Scene:
    scene = Scene(annotated, tree(annotated), {m.head: m for m in mentions}, times, knowledge, day, home)
    for one in sorted(said, key=lambda s: sum(r.end - r.start for r in s.content)):
        for token in {t for r in one.content for t in range(r.start, r.end)}:
            scene.said_of.setdefault(token, []).append(one)
    return scene
