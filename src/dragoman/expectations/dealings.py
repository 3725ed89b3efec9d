"""In: a prospect and the act that it would be. Out: whether it is a dealing between political sides, of which kind and type."""

from __future__ import annotations

from collections.abc import Mapping

from spacy.tokens import Token

from dragoman import codebook
from dragoman.drafts import Act, Mention
from dragoman.expectations.cues import Words
from dragoman.expectations.prospects import Prospect
from dragoman.language.en import grammar
from dragoman.schema import ExpectationKind

NAMED = 0.99  # as good as the lexicon where a cue says that it lies ahead; a tense alone does not
POSSIBLE = 0.08  # the same where it has a day or a condition
LIKELY = 0.3  # the least chance that a word which only a tense puts ahead, and which the lexicon does not know, is a political act
CONFLICT = 4
CLEAR = frozenset({"RETREAT", "CONCEDE", "AID", "CONSULT", "COOPERATE"})  # what is no menace where it is only hinted at
SCHEDULED = frozenset({"CONSULT"})  # what a verb in the present with a day ahead may tell: "meets him on Sunday"
SPOKEN = frozenset({"AGREE", "THREATEN"})  # types of the promise itself, not of what is promised


class Dealings:
    """Judges prospects of one article; ``by_head`` are its mentions."""

    def __init__(self, by_head: Mapping[int, Mention], words: Words) -> None:
        self.by_head, self.words = by_head, words

    def is_one(self, prospect: Prospect, act: Act, head: Token, is_due: bool, is_conditional: bool, told_by_public: bool) -> bool:
        """Whether it is a political act of which a later story can tell."""
        cue, lists = prospect.cue, self.words.lists
        if self._is_domestic(head):
            return False
        if prospect.is_else:
            return True
        if prospect.is_refused:
            is_plain = cue is None and grammar.is_verbal(head)
            return head.lemma_ not in lists["unpolitical"] and (is_plain or act.chance >= LIKELY or self.others(head, act))
        if prospect.kind == "schedule" and head.pos_ == "NOUN" and prospect.needs_due:
            return act.chance >= LIKELY
        if prospect.kind == "schedule" and cue is None:
            happens = head.lemma_ in lists["happening"] and act.chance == 1.0
            return happens or (act.chance == 1.0 and act.type in SCHEDULED) or head.lemma_ in lists["appointed"]
        if act.chance == 1.0 and act.type not in SPOKEN:
            return True
        if prospect.kind == "deadline":
            return True
        helps = bool(_nouns(head) & self._helping())
        if (cue is not None and act.chance == NAMED) or (cue is None and is_conditional and told_by_public):
            return True
        if not grammar.is_verbal(head):
            menaces = prospect.kind == "threat" and head.lemma_.lower() in lists["menaces"]
            if cue is not None and cue.lemma_ == "warn":
                return menaces  # "warned of countermeasures"; of "chaos" one warns who will not bring it about
            return (
                act.chance >= LIKELY
                or menaces
                or (prospect.kind == "commitment" and helps)
                or (prospect.kind in ("threat", "plan") and not prospect.needs_due)
            )
        if head.lemma_ in lists["unpolitical"] and not (is_due and cue is not None and self._is_pledged_state(prospect, head)):
            return False
        if is_due:
            return True
        if cue is None and prospect.kind == "commitment":
            return True
        if cue is None:
            return act.chance >= (POSSIBLE if is_conditional else LIKELY) and (act.chance < NAMED or self.others(head, act))
        is_wish = cue.lemma_ in lists["wishing"] and prospect.kind not in ("threat", "commitment", "schedule")
        return not is_wish or act.chance >= LIKELY or helps

    def _is_pledged_state(self, prospect: Prospect, head: Token) -> bool:
        """Whether somebody binds himself that something will be so: "pledged to be out of Dili", "vowed to have 700 beds ready"."""
        return head.lemma_ in self.words.lists["states"] and prospect.kind in ("commitment", "plan")

    def _is_domestic(self, head: Token) -> bool:
        """Elections and what else is no dealing between sides."""
        words = self.words.lists["domestic"]
        return head.lemma_.lower() in words or any(c.dep_ in grammar.OBJECT and c.lemma_.lower() in words for c in head.children)

    def _helping(self) -> frozenset[str]:
        return self.words.lists["aid"] | self.words.lists["money"]

    def others(self, head: Token, act: Act | None) -> bool:
        """Whether somebody political stands under a word, or on its other side."""
        below = (self.by_head[t.i] for t in head.subtree if t.i > head.i and t.i in self.by_head and t.tag_ not in ("PRP", "PRP$"))
        return any(map(is_political, below)) or (act is not None and any(map(is_political, act.recipients)))

    def kind(self, prospect: Prospect, act: Act, is_due: bool) -> ExpectationKind:
        kind, tense = prospect.kind, prospect.cue is None or prospect.cue.lemma_ in ("be", "go")
        is_conflict = codebook.load().type(act.type).quad == CONFLICT or (act.type == "THREATEN" and act.chance >= LIKELY)
        if kind == "commitment" and is_conflict and act.type != "MOBILIZE":
            return "plan" if tense and act.type == "PROTEST" else "threat"
        if kind == "threat" and prospect.strength == "possible" and act.type in CLEAR:
            return "plan"
        if tense and is_due and prospect.strength == "firm" and (act.type in SCHEDULED or kind == "plan"):
            return "schedule"
        return "schedule" if kind == "forecast" and is_due and act.type == "CONSULT" else kind

    def type(self, kind: str, act: Act, head: Token) -> str:
        """The type of what is to come; where only the promise or threat has one, what it most often is."""
        if kind == "threat" and act.type == "RETREAT":
            return "SANCTION"  # "threatened to leave the deal": what is withdrawn is withheld
        if act.type not in SPOKEN:
            return act.type
        if kind == "threat":
            return "COERCE"
        if kind == "deadline":
            return "CONCEDE"
        return "AID" if _nouns(head) & self._helping() else "COOPERATE"


def is_political(mention: Mention) -> bool:
    return any(i.country or i.sector for i in mention.identities)


def _nouns(head: Token) -> set[str]:
    return {t.lemma_.lower() for t in head.subtree}
