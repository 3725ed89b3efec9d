"""The seam between grammar and judgement: what a classifier is asked and what it answers.

In: the candidates of an article. Out: a verdict for each that is an event. The rules in ``rules.py`` fill it now; a trained
model can take their place without any other module knowing.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Protocol

from dragoman.drafts import CustomLabel
from dragoman.events.candidates import Candidate
from dragoman.language import Annotated
from dragoman.schema import Auxiliary


@dataclass(slots=True)
class Verdict:
    """The type a candidate has, and the heads of the phrases that take part. Heads are token positions, best first.

    ``actors`` and ``recipients`` are lists of slots: the first slot with a political actor in it counts, all its heads together.
    ``content`` holds the candidates that are part of this one (what is promised, refused, demanded) and no events of their own.
    ``links`` are the chances, by token that heads an actor, that it acts in the event and that it suffers it, where a model says so.
    ``eventful`` is the chance that it is an event at all, whatever its type.
    ``is_sure`` tells that it stands whatever a model says: a frame of the lexicon that demands enough, or what is said without a word
    of its own that names it ("said that Oslo must pay").
    ``label`` is a type of the user's own, of which ``type`` is the nearest of PLOVER.
    ``told_by`` is the word that tells what is done where the candidate's own does not: "held *talks*", "began to *withdraw*".
    """

    candidate: Candidate
    type: str
    mode: list[str] = field(default_factory=list)
    aux: set[Auxiliary] = field(default_factory=set)
    actors: list[list[int]] = field(default_factory=list)
    recipients: list[list[int]] = field(default_factory=list)
    reciprocal: bool = False
    promised: bool = False
    recipients_wanted: bool = True
    content: set[int] = field(default_factory=set)
    acts: tuple[str, ...] = ()
    confidence: float = 0.5
    eventful: float = 1.0
    because: list[str] = field(default_factory=list)
    told_by: Candidate | None = None
    is_sure: bool = False
    label: CustomLabel | None = None
    contexts: list[str] = field(default_factory=list)
    links: dict[int, tuple[float, float]] = field(default_factory=dict)

    @property
    def word(self) -> int:
        """The token that tells what was done."""
        return (self.told_by or self.candidate).head


class Classifier(Protocol):
    """Judges the candidates of one article together; the answer holds no verdict for what is no event."""

    def classify(self, annotated: Annotated, candidates: list[Candidate], actors: set[int]) -> list[Verdict]:
        """``actors`` are the token positions that head a mention of a political actor."""
        ...
