"""In: a scene with everything that is named. Out: pronouns as mentions, each with whom it means where only one can be meant.

Candidates are looked for in steps, the nearest first: the subject of the same clause (for possessives), the subject of the verb
whose content the clause is, the sentence so far, then each sentence before. The first step with candidates decides;
if it has two, nobody does.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from dragoman.actors.referents import Found, Referent
from dragoman.actors.scene import Scene
from dragoman.actors.words import Pronoun
from dragoman.drafts import Quote
from dragoman.language import Annotated
from dragoman.language.en import grammar
from dragoman.language.tree import SUBJECTS

WINDOW = 5
FEMININE = "f"
MEMBERS = frozenset({"REB", "PRM", "OPP", "PRE"})
Group = tuple[Referent, ...]


class Coreference:
    """Who the pronouns of one article mean."""

    def __init__(self, scene: Scene, annotated: Annotated, quotes: list[Quote]) -> None:
        self.scene = scene
        self.tree = scene.tree
        self.annotated = annotated
        self.quote_at = {token: quote for quote in quotes for token in range(quote.range.start, quote.range.end)}

    def pronoun(self, token: int) -> Pronoun | None:
        """The pronoun that stands at a token, unless the token is taken or a mere "there is" word."""
        pronoun = self.scene.words.pronouns.get(self.tree.lower[token])
        if (
            pronoun is None
            or token in self.scene.by_head
            or not self.tree.tag[token].startswith(("PRP", "WP", "WDT"))
            or self.tree.dep[token] == "expl"
        ):
            return None
        return None if pronoun.gender == "n" and self._is_subject_of_be(token) else pronoun

    def _is_subject_of_be(self, token: int) -> bool:
        """ "It is time to ...": a thing or nothing, no actor."""
        return self.tree.dep[token] in SUBJECTS and self.tree.lemma[self.tree.head[token]] == "be"

    def resolve(self, token: int, pronoun: Pronoun) -> None:
        """Add the mention of a pronoun of the third person or a relative one."""
        if pronoun.person == 0:
            self._relative(token)
        else:
            self._third(token, pronoun)

    def speaker(self, token: int, pronoun: Pronoun) -> None:
        """Add the mention of "I" or "we" in a quotation."""
        quote = self.quote_at.get(token)
        if quote is None:
            return
        speaker = self.scene.by_head.get(quote.speaker_head) if quote.speaker_head is not None else None
        word = self.tree.straight[token]
        if speaker is not None and speaker.referents:
            self._add(token, pronoun, speaker.referents, f"'{word}' in a quotation is its speaker")
        else:
            self._add(token, pronoun, (), f"'{word}' is the speaker, who is not known")

    def _add(self, token: int, pronoun: Pronoun, referents: Iterable[Referent], because: str) -> None:
        self.scene.add(Found(token, token + 1, token, "pronoun", list(referents), [because], plural=pronoun.number == "pl"))

    def _relative(self, token: int) -> None:
        verb = self.tree.clause(token)
        while self.tree.dep[verb] == "conj" and self.tree.is_verb(self.tree.head[verb]):
            verb = self.tree.head[verb]
        noun = self.scene.by_head.get(self.tree.head[verb]) if self.tree.dep[verb] == "relcl" else None
        if noun is not None and noun.referents:
            because = f"'{self.tree.straight[token]}' stands for the noun before it"
            self.scene.add(Found(token, token + 1, token, "pronoun", list(noun.referents), [because], plural=noun.plural))

    def _third(self, token: int, pronoun: Pronoun) -> None:
        word = self.tree.straight[token]
        speakers, subjects = self._speakers(token), self._subjects_of_own_clause(token)
        for step in self._steps(token, pronoun):
            if step is None:
                break
            possible = [g for g in _distinct(step) if not any(r in speakers for r in g)]
            groups = _surest([g for g in possible if not any(r in subjects for r in g)], pronoun)
            if len(possible) > 1 and self._is_participle(self._own_verb(token)) and self._trailing(token) is None:
                groups = possible  # the parser is often wrong about whose participle it is
            if len(groups) == 1 or (groups and _are_same_parties(groups)):
                if pronoun.gender in ("m", "f"):
                    groups[0][0].gender = pronoun.gender
                return self._add(token, pronoun, groups[0], f"'{word}' can only be {described(groups[0])}")
            if groups:
                return self._add(token, pronoun, _shared(groups), f"'{word}' may be {' or '.join(sorted({described(g) for g in groups}))}")
        if pronoun.gender != "n":
            self._add(token, pronoun, (), f"nobody is named before '{word}' whom it surely means")

    def _speakers(self, token: int) -> list[Referent]:
        """Who speaks the quotation around a token: "he" in it is somebody else."""
        quote = self.quote_at.get(token)
        speaker = self.scene.by_head.get(quote.speaker_head) if quote is not None and quote.speaker_head is not None else None
        return speaker.referents if speaker is not None else []

    def _subjects_of_own_clause(self, token: int) -> list[Referent]:
        """Who it cannot be, if it is an object: the subject of its own clause, understood or said. Nor does one say that one is dead."""
        if self._is_dead(token):
            matrix = self.tree.head[self.tree.head[token]]
            return [r for h in self._subjects(matrix) if h in self.scene.by_head for r in self.scene.by_head[h].referents]
        if self._is_asked_for(token):
            return [r for h in self._own_subjects(token) if h in self.scene.by_head for r in self.scene.by_head[h].referents]
        if self.tree.dep[token] == "poss" or self.tree.lower[token].endswith(("self", "selves")):
            return []
        heads = [h for h in self._own_subjects(token) if h != token and h in self.scene.by_head]
        return [r for h in heads for r in self.scene.by_head[h].referents]

    def _is_dead(self, token: int) -> bool:
        """ "said he had been killed", "said she had died"."""
        verb = self.tree.head[token]
        told = "nsubj" if self.tree.lemma[verb] == "die" else "nsubjpass"
        return self.tree.dep[token] == told and self.tree.lemma[verb] in self.scene.words.deaths and self.tree.dep[verb] == "ccomp"

    def _is_asked_for(self, token: int) -> bool:
        """The "his" of "demanded his release": somebody else's than the subject's."""
        noun = self.tree.head[token]
        if self.tree.dep[token] != "poss" or self.tree.lemma[noun] not in self.scene.words.asked:
            return False
        above = self.tree.head[noun]
        verb = self.tree.head[above] if self.tree.dep[noun] == "pobj" else above
        return self.tree.lemma[verb] in self.scene.words.asking

    def _own_subjects(self, token: int) -> list[int]:
        """Heads of the subjects of the clause around a token; of ", expressing ..." at the end of a sentence those of its main verb."""
        trailing = self._trailing(token)
        return self._subjects(self._own_verb(token) if trailing is None else trailing)

    def _own_verb(self, token: int) -> int:
        verb = self.tree.clause(token)
        return self.tree.head[verb] if self._is_allowed_to(token) else verb

    def _trailing(self, token: int) -> int | None:
        """The main verb of the sentence, if the token is in a participle clause that a comma sets off after it."""
        path = list(self.tree.path(self._own_verb(token)))
        for verb in path:
            if self.tree.first(verb, *SUBJECTS) is not None:
                return None
            opens = self.tree.left[verb]
            if self.tree.tag[verb] == "VBG" and self.tree.dep[verb] in ("advcl", "acl") and opens and self.tree.straight[opens - 1] == ",":
                return path[-1] if path[-1] < verb else None
        return None

    def _is_allowed_to(self, token: int) -> bool:
        """The "him" of "allowing him to go": subject of an infinitive, so not the subject of the verb above."""
        verb = self.tree.head[token]
        if self.tree.dep[token] not in SUBJECTS or self.tree.tag[verb] != "VB" or self.tree.dep[verb] != "ccomp":
            return False
        return all(self.tree.lower[aux] == "to" for aux in self.tree.labelled(verb, "aux"))

    def _is_participle(self, verb: int) -> bool:
        """ "..., thanking him": a clause without a subject of its own that hangs on another one."""
        return self.tree.dep[verb] in ("advcl", "acl") and self.tree.first(verb, *SUBJECTS) is None

    def _subjects(self, verb: int) -> list[int]:
        """Heads of the subjects of a verb, said or understood."""
        return [t.i for t in grammar.surface_subjects(self.annotated.doc[self._joined_to(verb)])]

    def _joined_to(self, verb: int) -> int:
        """The verb whose subject a verb shares: a finite one is not joined to an infinitive, but to the verb above."""
        above = self.tree.head[verb]
        has_subject = self.tree.first(verb, *SUBJECTS) is not None
        if has_subject or self.tree.dep[verb] != "conj" or self.tree.tag[verb] not in ("VBD", "VBZ") or self.tree.tag[above] != "VB":
            return verb
        return self.tree.clause(above)

    def _steps(self, token: int, pronoun: Pronoun) -> Iterator[list[Group] | None]:
        if self.tree.dep[token] == "poss" or self.tree.lower[token].endswith(("self", "selves")):
            yield self._fitting(self._own_subjects(token), token, pronoun)
        yield self._of_content(token, pronoun)
        yield self._of_speakers(token, pronoun)
        if pronoun.gender == "n" and self._is_told_by_unknown(token):
            yield None
        here = self.tree.sentence[token]
        if pronoun.gender != "n":
            yield self._fitting([h for h in self.scene.heads_in(here, token) if not self._is_told_about(h, token)], token, pronoun)
        else:
            yield from self._of_clauses_above(token, pronoun)
            if self.tree.dep[token] not in SUBJECTS and not self._opens_subject(token):
                if self.tree.dep[token] in ("dobj", "pobj"):
                    yield self._fitting(self.scene.heads_in(here, token), token, pronoun)
                return
        for sentence in range(here - 1, max(-1, here - WINDOW - 1), -1):
            far = self._far_subjects(sentence, token, pronoun) if sentence < here - 1 and pronoun.number == "sg" else []
            nearest = self._of_sentence(sentence, token, pronoun)
            yield [*nearest, *far] if nearest else []

    def _far_subjects(self, before: int, token: int, pronoun: Pronoun) -> list[Group]:
        """Subjects of sentences before one that is not next to the pronoun's: as likely as whoever is named there."""
        sentences = range(max(0, self.tree.sentence[token] - WINDOW), before)
        heads = [h for s in sentences for h in self.scene.heads_in(s, token) if self.tree.is_main_subject(h)]
        return self._fitting(heads, token, pronoun)

    def _of_content(self, token: int, pronoun: Pronoun) -> list[Group]:
        """ "Ishiba said he ...": the subject of the verb whose content the pronoun's clause is, unless somebody else is told."""
        if self.tree.dep[token] not in SUBJECTS or self._is_allowed_to(token):
            return []
        verb = self.tree.head[token]
        while self.tree.dep[verb] == "conj" and self.tree.is_verb(self.tree.head[verb]):
            verb = self.tree.head[verb]
        matrix = self.tree.head[verb]
        if self.tree.dep[verb] not in ("ccomp", "advcl") or matrix == verb or (self.tree.dep[verb] == "advcl" and pronoun.gender != "n"):
            return []
        told = [kid for kid in self.tree.labelled(matrix, "dobj", "dative") if kid < token]
        return self._fitting([*self._subjects(matrix), *told], token, pronoun)

    def _of_speakers(self, token: int, pronoun: Pronoun) -> list[Group]:
        """ "..., they said" at the end: whoever spoke last in this sentence or the one before, not whom they speak of."""
        verb = self.tree.head[token]
        if self.tree.dep[token] not in SUBJECTS or not self._is_saying(verb) or not self._follows_content(verb, token):
            return []
        start = self.tree.sentences[max(0, self.tree.sentence[token] - 1)].start
        spoke = [h for h in range(start, token) if self.tree.dep[h] == "nsubj" and self._is_saying(self.tree.head[h])]
        fitting = [g for head in spoke for g in self._fitting([head], token, pronoun)]
        return fitting[-1:]

    def _is_told_about(self, head: int, token: int) -> bool:
        """ "Dozens of people were missing, they said": the people do not say so."""
        verb = self.tree.head[token]
        if self.tree.dep[token] not in SUBJECTS or self.scene.by_head[head].kind != "description" or not self._is_saying(verb):
            return False
        return any(self.tree.left[kid] <= head <= self.tree.right[kid] for kid in self.tree.labelled(verb, "ccomp") if kid < token)

    def _is_saying(self, verb: int) -> bool:
        return self.tree.lemma[verb] in self.scene.words.saying

    def _follows_content(self, verb: int, token: int) -> bool:
        return any(kid < token for kid in self.tree.labelled(verb, "ccomp"))

    def _is_told_by_unknown(self, token: int) -> bool:
        """ "the study said that it ...": the verb above has a subject that is nobody we know, and "it" may be that."""
        verb = self.tree.head[token] if self.tree.dep[token] in SUBJECTS else token
        matrix = self.tree.head[verb]
        if self.tree.dep[verb] != "ccomp" or matrix == verb:
            return False
        return any(s not in self.scene.by_head for s in self.tree.labelled(matrix, *SUBJECTS) if s < token)

    def _of_clauses_above(self, token: int, pronoun: Pronoun) -> Iterator[list[Group]]:
        """Subjects of the clauses in which the clause of a subject or possessive stands, from the inside out."""
        if self.tree.dep[token] not in (*SUBJECTS, "poss"):
            return
        for above in self.tree.path(self.tree.clause(token)):
            if self.tree.is_verb(above):
                yield self._fitting([h for h in self.tree.labelled(above, *SUBJECTS) if h < token], token, pronoun)

    def _opens_subject(self, token: int) -> bool:
        """ "Its observers counted ...": owns a subject and is the first word of the sentence or quotation."""
        if self.tree.dep[token] != "poss" or self.tree.dep[self.tree.head[token]] not in SUBJECTS:
            return False
        quote = self.quote_at.get(token)
        return token == self.tree.sentences[self.tree.sentence[token]].start or (quote is not None and token == quote.range.start)

    def _of_sentence(self, sentence: int, token: int, pronoun: Pronoun) -> list[Group]:
        """Candidates of an earlier sentence; its subject alone, where the pronoun is a subject and no other is near to it."""
        heads = self.scene.heads_in(sentence, token)
        subjects = [h for h in heads if self.tree.is_main_subject(h)]
        leading = self._fitting(subjects, token, pronoun)
        if pronoun.gender == "n":
            return leading
        everyone = self._fitting(heads, token, pronoun)
        if len(_distinct(leading)) == 1 and pronoun.gender in ("m", "f") and _is_the_only_sure_one(leading[0], everyone, pronoun):
            return leading
        if self.tree.dep[token] in SUBJECTS and len(_distinct(leading)) == 1 and len(_distinct(everyone)) > 1:
            rivals = self._fitting([h for h in heads if self.tree.dep[h] in ("dobj", "dative", "agent", *SUBJECTS, "conj")], token, pronoun)
            if len(_distinct(rivals)) == 1:
                return leading
        return everyone

    def _fitting(self, heads: Iterable[int], token: int, pronoun: Pronoun) -> list[Group]:
        """What the mentions with these heads mean, where it can be meant by the pronoun; for a plural one also what is joined by "and"."""
        found: list[Group] = []
        heads = list(heads)
        for head in heads:
            mention = self.scene.by_head.get(head)
            if mention is None or head >= token or not mention.referents or self._is_only_quoted(mention, token):
                continue
            if pronoun.number == "pl":
                found.extend(self._plural(head, mention, token))
            elif len(mention.referents) == 1 and fits(mention, pronoun):
                found.append((mention.referents[0],))
        return found or self._side_by_side(heads, token, pronoun)

    def _side_by_side(self, heads: list[int], token: int, pronoun: Pronoun) -> list[Group]:
        """Two subjects of one verb, as the parser may leave what "and" joins."""
        founds = [self.scene.by_head[h] for h in heads if h < token and h in self.scene.by_head and self.tree.dep[h] == "nsubj"]
        group = tuple(dict.fromkeys(r for f in founds for r in f.referents))
        one_verb = len({self.tree.head[f.head] for f in founds}) == 1
        return [group] if pronoun.number == "pl" and len(founds) > 1 and one_verb and len(group) > 1 else []

    def _is_only_quoted(self, mention: Found, token: int) -> bool:
        """Described inside a quotation in which the pronoun does not stand."""
        quote = self.quote_at.get(mention.head)
        return quote is not None and mention.kind != "name" and self.quote_at.get(token) is not quote

    def _plural(self, head: int, mention: Found, token: int) -> Iterator[Group]:
        joined = self.tree.coordinated(head)
        if len(joined) > 1 and self.tree.dep[head] != "conj":
            group = tuple(dict.fromkeys(r for t in joined if t in self.scene.by_head for r in self.scene.by_head[t].referents))
            if len(group) > 1:
                yield group
        elif self.tree.dep[head] != "conj" and not mention.modifier and (mention.plural or self._is_collective(mention, token)):
            yield tuple(mention.referents)

    def _is_collective(self, mention: Found, token: int) -> bool:
        """An army or a union near by can be "they", but not what somebody else speaks of in a quotation."""
        sentences_before = self.tree.sentence[token] - self.tree.sentence[mention.head]
        near = sentences_before == 0 or (sentences_before == 1 and self.tree.dep[mention.head] in SUBJECTS)
        return near and token not in self.quote_at and any(r.collective or _is_band(r) for r in mention.referents)


def _is_band(referent: Referent) -> bool:
    """A body that is spoken of as its members: "the Houthis said they ..."."""
    return referent.sort == "body" and referent.sector in MEMBERS


def fits(mention: Found, pronoun: Pronoun) -> bool:
    """Whether number, gender and sort allow that a pronoun in the singular means a mention."""
    referent = mention.referents[0]
    if mention.plural:
        return False
    if pronoun.gender == "n":
        return referent.sort != "person" and not mention.modifier
    return referent.sort == "person" and referent.gender in (None, pronoun.gender)


def _are_same_parties(groups: list[Group]) -> bool:
    """ "the two leaders" and "their ministries": whichever is meant, it is the same countries."""
    countries = {frozenset(r.country for r in group) for group in groups}
    return len(countries) == 1 and len(groups[0]) > 1 and None not in next(iter(countries))


def _is_the_only_sure_one(leading: Group, everyone: list[Group], pronoun: Pronoun) -> bool:
    """Whether of a subject alone it is known that the pronoun fits."""
    sure = [g for g in _distinct(everyone) if g[0].gender == pronoun.gender]
    return len(sure) == 1 and sure[0][0] is leading[0]


def _surest(groups: list[Group], pronoun: Pronoun) -> list[Group]:
    """Of several the one who is known to be a woman, for "she": of most politicians of whom nothing is known it is "he"."""
    sure: list[Group] = [g for g in groups if len(g) == 1 and g[0].gender == FEMININE]
    return sure if pronoun.gender == FEMININE and len(sure) == 1 else groups


def _shared(groups: list[Group]) -> list[Referent]:
    """Somebody unknown of the one country of which all are who can be meant."""
    countries = {r.country for group in groups for r in group}
    country = countries.pop() if len(countries) == 1 else None
    return [Referent(groups[0][0].sort, country=country)] if country is not None else []


def _distinct(groups: Iterable[Group]) -> list[Group]:
    found: dict[frozenset[int], Group] = {}
    for group in groups:
        found.setdefault(frozenset(id(r) for r in group), group)
    return list(found.values())


def described(group: Iterable[Referent]) -> str:
    return " and ".join(r.name or " ".join(filter(None, [r.country, *sorted(r.roles)])) or "somebody" for r in group)
