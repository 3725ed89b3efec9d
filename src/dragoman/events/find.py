"""In: a parsed article, the actors in it and who said what. Out: its events, in text order, with actors, status and reasons.

The classifier says what a candidate is; this module says who takes part, what the codebook makes of it, and what is no event.
"""

from __future__ import annotations

from spacy.tokens import Token

from dragoman import codebook, knowledge
from dragoman.drafts import Happening, Identity, Mention, Said
from dragoman.events import anaphora, lexicon, status
from dragoman.events.arguments import Arguments
from dragoman.events.candidates import candidates
from dragoman.events.classify import Classifier, Verdict
from dragoman.events.contexts import contexts_of
from dragoman.events.desks import is_sport
from dragoman.events.merging import merged
from dragoman.events.modes import modes_of
from dragoman.events.settling import settle
from dragoman.language import Annotated
from dragoman.language.en import grammar

UNIDENTIFIED = "UNK"
PUBLIC_SECTORS = frozenset({"GOV", "LEG", "JUD", "MIL", "COP", "SPY", "PRM", "PTY", "REB", "UAF", "OPP", "ELI", "PRE", "LAB", "REF", "SOC"})
COLLECTIVE = frozenset({"PROTEST"})
SUFFERED = frozenset({"ASSAULT", "COERCE", "MOBILIZE", "AID", "RETREAT", "CONCEDE", "SANCTION", "CONSULT", "THREATEN"})
SERVING = frozenset({"AID", "AGREE"})
VIOLENT = frozenset({"ASSAULT", "COERCE"})
UNFULFILLED = frozenset({"advcl", "acl", "relcl", "xcomp", "ccomp", "ROOT"})
RAISING = frozenset(
    {"seem", "appear", "be", "have", "use", "tend", "happen", "continue", "go", "set", "due", "scheduled", "likely", "expected"}
)
VERBAL = (1, 3)
DENIAL_DISTANCE = 120
WITHOUT = frozenset({"without", "instead", "against", "before", "rather", "about", "than"})
FORECASTS = frozenset({"believe", "expect", "fear", "hope", "predict", "think"})


def find(annotated: Annotated, mentions: list[Mention], said: list[Said], classifier: Classifier) -> list[Happening]:
    """Events in text order; several mentions of one event are one, with all their sentences. A report of a game has none."""
    if is_sport(annotated.doc):
        return []
    political = [m for m in mentions if is_political(m) or m.kind == "pronoun"]
    arguments = Arguments(annotated.doc, political)
    verdicts = classifier.classify(annotated, list(candidates(annotated)), set(arguments.by_head))
    found = []
    for verdict in map(settle, verdicts):
        if is_unfulfilled(verdict.candidate.token):
            continue
        happening = _happening(annotated, verdict, arguments)
        if happening is None:
            continue
        _attribute(happening, said, arguments)
        if not _is_foretold(happening):
            found.append(happening)
    anaphora.link(annotated.doc, found)
    status.deny(found, status.deniers(annotated.doc, dict(arguments.by_head)), DENIAL_DISTANCE)
    return merged(annotated.doc, found)


def is_political(mention: Mention) -> bool:
    """Somebody whose acts are politics; what is of no known country and sector (a missile, a bomb) acts for somebody unnamed."""
    return any(i.country or (i.sector and i.sector != UNIDENTIFIED) for i in mention.identities)


def is_anchored(mention: Mention) -> bool:
    """Of a known country, or of a sector that is political wherever it is: traders and fans are not."""
    return any(i.country or i.sector in PUBLIC_SECTORS for i in mention.identities)


def is_unfulfilled(token: Token) -> bool:
    """An act that is a purpose or a wish of something that is no event itself ("came to discuss", "a bid to end"; not "is to meet"),
    or a habit by which somebody is described ("firms that supply")."""
    if token.pos_ not in ("VERB", "AUX"):
        return False
    verb = token
    while verb.dep_ == "conj" and grammar.is_verbal(verb.head):
        verb = verb.head
    if verb.dep_ == "pcomp" and verb.head.lower_ in WITHOUT:
        return True
    if verb.dep_ == "relcl" and verb.tag_ in ("VBP", "VBZ") and not any(c.dep_ in ("aux", "auxpass") for c in verb.children):
        return True
    if verb.tag_ == "VBG" and verb.dep_ in ("xcomp", "ccomp", "dobj", "csubj") and not grammar.is_finite(verb):
        return str(verb.head.lemma_) not in lexicon.load().classes["factive"]
    if verb.tag_ != "VB" or verb.dep_ not in UNFULFILLED or not any(c.lower_ == "to" and c.dep_ == "aux" for c in verb.children):
        return False
    return str(verb.head.lemma_).lower() not in RAISING and verb.head.lower_ not in RAISING


def _happening(annotated: Annotated, verdict: Verdict, arguments: Arguments) -> Happening | None:
    actors = arguments.actors(verdict.actors)
    recipients = arguments.recipients(verdict.recipients, actors, suffered=verdict.type in SUFFERED)
    if not recipients and verdict.recipients_wanted and verdict.type in SUFFERED and verdict.type != "CONSULT" and not verdict.reciprocal:
        recipients = arguments.reached(verdict.candidate.token, actors)
    if not recipients and verdict.recipients_wanted and verdict.type in SERVING:
        recipients = arguments.served(verdict.candidate.token, actors)
    if not recipients and verdict.recipients_wanted and verdict.type in COLLECTIVE:
        recipients = arguments.served(verdict.candidate.token, actors, lexicon.load().classes["opposing"])
    if not recipients and verdict.recipients_wanted and quad_of(verdict.type) in VERBAL:
        recipients = arguments.addressed(verdict.candidate.token, actors)
    aux = sorted(verdict.aux)
    if _is_of_nobody(verdict.candidate.token) or ("hypothetical" in aux and _is_conditional(verdict.candidate.token)):
        return None
    if verdict.promised and verdict.type == "AGREE" and recipients and not any(map(is_anchored, recipients)):
        return None
    if verdict.reciprocal:
        actors, recipients = _all_sides(actors, recipients), []
    if not _takes_part(verdict.type, verdict.reciprocal, actors, recipients):
        return None
    sentence = annotated.sentence_of(verdict.candidate.head)
    return Happening(
        trigger=(verdict.told_by or verdict.candidate).range,
        head=verdict.candidate.head,
        type=verdict.type,
        mode=modes_of(verdict, [*actors, *recipients], knowledge.load().place_country),
        aux=[*aux],
        actors=actors,
        recipients=recipients,
        sentences=[sentence],
        dated_by=None if verdict.promised else verdict.candidate.head,
        acts=verdict.acts,
        named=(*(head for heads in verdict.recipients for head in heads), *sorted(verdict.content)),
        promised=verdict.promised,
        context=contexts_of(annotated.doc, annotated.paragraph_of(verdict.candidate.head)),
        confidence=verdict.confidence,
        because=verdict.because,
    )


def _is_of_nobody(token: Token) -> bool:
    """Done by or to nobody: "accused nobody", "sent no ship", "neither side replied"."""
    arguments = [c for c in token.children if c.dep_ in ("nsubj", "nsubjpass", "dobj", "pobj")]
    return any(
        a.lower_ in grammar.NONE or any(g.lower_ in grammar.NONE and g.dep_ in ("det", "preconj") for g in a.children) for a in arguments
    )


def _is_conditional(token: Token) -> bool:
    return any(c.dep_ == "mark" and c.lower_ in ("if", "unless", "whether", "lest") for c in grammar.clause_head(token).children)


def _takes_part(event_type: str, reciprocal: bool, actors: list[Mention], recipients: list[Mention]) -> bool:
    """Whether enough is known of who takes part: somebody political acts, or has violence done to them by persons unknown."""
    sides = [m for m in (*actors, *recipients) if is_political(m)]
    if not any(map(is_anchored, sides)) and not (sides and event_type in COLLECTIVE):
        return False
    if not actors:
        return event_type in VIOLENT
    if reciprocal:
        return len(identities_of([*actors, *recipients])) > 1 or any(m.plural and m.kind != "pronoun" for m in actors)
    return bool(recipients) or not codebook.load().type(event_type).recipient_required


def _all_sides(actors: list[Mention], recipients: list[Mention]) -> list[Mention]:
    """Both sides of a two-sided event, without whoever is there already ("Lavrov met his counterpart")."""
    there = identities_of(actors)
    return [*actors, *(m for m in recipients if not identities_of([m]) <= there)]


def identities_of(mentions: list[Mention]) -> set[Identity | int]:
    """Who is meant, each once; whoever is not known counts as one."""
    return {i for m in mentions for i in (m.identities or (m.head,))}


def _attribute(happening: Happening, said: list[Said], arguments: Arguments) -> None:
    """Finds on whose word an event rests: the closest attribution around it; who denies what others did says nothing of that."""
    for attribution in status.around(said, happening.head):
        speaker = None if attribution.source_head is None else arguments.by_head.get(attribution.source_head)
        own = speaker is not None and any(status.same_side(speaker, a) for a in happening.actors)
        if not attribution.claim or (attribution.manner == status.DENYING and not own):
            continue
        happening.said, happening.speaker = attribution, speaker
        if own and (happening.dated_by is None or quad_of(happening.type) in VERBAL):
            happening.dated_by = attribution.cue_head
        status.judge(happening, own)
        return


def _is_foretold(happening: Happening) -> bool:
    """Whether what lies ahead is no promise or threat of the actors but the forecast or fear of somebody else."""
    if not happening.promised or happening.said is None or happening.status == "reported":
        return False
    return happening.type == "THREATEN" or happening.said.manner in FORECASTS


def quad_of(event_type: str) -> int:
    return codebook.load().type(event_type).quad
