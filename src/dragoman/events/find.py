"""In: a parsed article, the actors in it and who said what. Out: its events, in text order, with actors, status and reasons.

The classifier says what a candidate is, ``participants`` who takes part.
"""

from __future__ import annotations

from functools import partial

from dragoman import knowledge
from dragoman.drafts import Happening, Mention, Said
from dragoman.events import anaphora, denials, disputes, status
from dragoman.events.arguments import Arguments
from dragoman.events.candidates import candidates
from dragoman.events.classify import Classifier, Verdict
from dragoman.events.desks import is_sport
from dragoman.events.merging import merged
from dragoman.events.modes import modes_of
from dragoman.events.participants import VERBAL, is_political, quad_of, sides_of
from dragoman.events.siding import is_on_side
from dragoman.events.types import facts
from dragoman.events.unreal import (
    is_conditional,
    is_of_nature,
    is_of_nobody,
    is_of_ones_own,
    is_opinion,
    is_pointed_back_at,
    is_unfulfilled,
)
from dragoman.language import Annotated
from dragoman.language.tree import tree

FORECASTS = frozenset({"believe", "expect", "fear", "hope", "predict", "think"})


def find(annotated: Annotated, mentions: list[Mention], said: list[Said], classifier: Classifier) -> list[Happening]:
    """Events in text order; several mentions of one event are one, with all their sentences. A report of a game has none."""
    if is_sport(annotated.doc):
        return []
    political = [m for m in mentions if is_political(m) or m.kind == "pronoun"]
    arguments = Arguments(annotated.doc, political)
    verdicts = classifier.classify(annotated, list(candidates(annotated)), set(arguments.by_head))
    attributions = status.Attributions(said)
    found = []
    for verdict in verdicts:
        happening = _happening(annotated, verdict, arguments)
        if happening is None:
            continue
        _attribute(annotated, happening, attributions, arguments)
        if not _is_foretold(happening):
            found.append(happening)
    anaphora.link(annotated.doc, found)
    denials.link(annotated, found, said, dict(arguments.by_head), partial(status.source_of, annotated.doc, by_head=arguments.by_head))
    told = merged(annotated.doc, found)
    disputes.link(annotated.doc, told)
    return told


def _happening(annotated: Annotated, verdict: Verdict, arguments: Arguments) -> Happening | None:
    token = verdict.candidate.token
    if is_pointed_back_at(annotated.doc[verdict.word]) or is_opinion(token):
        return None
    if is_unfulfilled(token) or is_of_nobody(token) or ("hypothetical" in verdict.aux and is_conditional(token)):
        return None
    if verdict.type in facts()["violent"] and is_of_nature(token):
        return None
    sides = sides_of(verdict, arguments)
    if sides is None or (verdict.type == "SUPPORT" and not sides.recipients and is_of_ones_own(token, verdict.content)):
        return None
    return Happening(
        trigger=(verdict.told_by or verdict.candidate).range,
        head=verdict.candidate.head,
        type=verdict.type,
        label=verdict.label,
        mode=modes_of(verdict, [*sides.actors, *sides.recipients], knowledge.load().place_country),
        aux=sorted(verdict.aux),
        actors=sides.actors,
        recipients=sides.recipients,
        sentences=[annotated.sentence_of(verdict.candidate.head)],
        order=tree(annotated).sentence[verdict.candidate.head],
        dated_by=dated_by(verdict),
        acts=verdict.acts,
        named=(*(head for heads in verdict.recipients for head in heads), *sorted(verdict.content)),
        promised=verdict.promised,
        context=verdict.contexts,
        confidence=verdict.confidence,
        because=verdict.because,
    )


def dated_by(verdict: Verdict) -> int | None:
    """The word whose clause tells the date; of a promise the one with which it was made: "agreed on Tuesday", not "will meet on Friday"."""
    if not verdict.promised:
        return verdict.candidate.head
    told = verdict.told_by or verdict.candidate
    return told.head if told.token.tag_ == "VBD" else None


def _attribute(annotated: Annotated, happening: Happening, attributions: status.Attributions, arguments: Arguments) -> None:
    """Finds on whose word an event rests: the closest attribution around it; who denies what others did says nothing of that."""
    for attribution in attributions.around(happening.head):
        speaker = status.source_of(annotated.doc, attribution, arguments.by_head)
        own = speaker is not None and is_on_side(speaker, happening.actors)
        if not attribution.claim or (attribution.manner == status.DENYING and not own):
            continue
        happening.said, happening.speaker = attribution, speaker
        if own and happening.dated_by is not None and annotated[happening.dated_by].tag_ == "VBD":
            happening.said_at = attribution.cue_head if quad_of(happening.type) in VERBAL else None
        elif own and (happening.dated_by is None or quad_of(happening.type) in VERBAL):
            happening.dated_by = attribution.cue_head
        status.judge(happening, own)
        return


def _is_foretold(happening: Happening) -> bool:
    """Whether what lies ahead is no promise or threat of the actors but the forecast or fear of somebody else."""
    if not happening.promised or happening.said is None or happening.status == "reported":
        return False
    return happening.type == "THREATEN" or happening.said.manner in FORECASTS
