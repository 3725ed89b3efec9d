"""In: the events of an article and who said what. Out: which claims are denied, by whom and in which words.

A denial may point back ("denied it", "rejected the accusation") or say what was not ("nobody has been expelled", "denied that any boxes
had been tampered with"); the second kind counts where it speaks of what an event before it is about.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence

from dragoman.drafts import Contradiction, Happening, Mention, Range, Said, is_among
from dragoman.events.lexicon import load
from dragoman.events.merging import STEM
from dragoman.events.siding import is_on_side, same_side, share_country
from dragoman.events.status import DENYING
from dragoman.language.annotated import Annotated
from dragoman.language.en import grammar
from dragoman.language.tree import Tree, tree

ACCUSING = "ACCUSE"
NEAR = 120  # tokens between a claim and "denied it"
SENTENCES = 3  # between a claim and what says that it was not so
NEGATING = frozenset({"no", "nobody", "nothing", "none", "never", "neither"})
SourceOf = Callable[[Said], Mention | None]


def note(happening: Happening, who: Mention, words: Range) -> None:
    """Notes in place that somebody denies an event; once for each side that does."""
    if not any(known.by is not None and same_side(known.by, who) for known in happening.disputed):
        happening.disputed.append(Contradiction(who, words))


def link(
    annotated: Annotated, happenings: Sequence[Happening], said: Sequence[Said], by_head: dict[int, Mention], source_of: SourceOf
) -> None:
    """Turns claims into denied ones, in place, where the side that is said to have acted denies them.

    What the paper itself reports stays reported, and is disputed; so is the accusation where the act is no event of its own.
    """
    words = tree(annotated)
    for at, who in _pointing(annotated, by_head):
        before = [h for h in happenings if 0 < at - h.head <= NEAR and (h.status != "reported" or h.said is None)]
        meant = [h for h in before if is_on_side(who, h.actors)] or [h for h in before[-1:] if _is_from_abroad(who, h)]
        for happening in meant or _accusing(happenings, who, at)[-1:]:
            _deny(happening, who, Range(at, at + 1))
    for one in said:
        speaker = source_of(one) if one.is_statement and _says_no(words, one) else None
        if speaker is None or any(_is_negated_in(h, one) for h in happenings):
            continue
        contents = _stems(words, one.content)
        told = [h for h in happenings if h.head != one.cue_head and _is_told_shortly_before(words, h, one)]
        meant = [h for h in told if _is_about(words, h, contents) and _is_party(speaker, h)]
        for happening in meant[-1:]:
            _deny(happening, speaker, one.cue if one.manner == DENYING and one.cue is not None else one.content[0])


def _deny(happening: Happening, who: Mention, words: Range) -> None:
    if happening.status == "claimed":
        happening.status = "denied"
    note(happening, who, words)
    happening.because.append(f"{who.identities[0].country or 'the other side' if who.identities else 'somebody'} denies it")


def _pointing(annotated: Annotated, by_head: dict[int, Mention]) -> list[tuple[int, Mention]]:
    """(position, who) of denials that name no act: "denied it", "rejected the accusation", "denies any role"."""
    classes = load().classes
    found: list[tuple[int, Mention]] = []
    for token in annotated.doc:
        if token.pos_ != "VERB" or token.lemma_ not in classes["denying"]:
            continue
        objects = grammar.patients(token)
        if any(o.lemma_.lower() in classes["denied"] or o.lower_ in classes["denied"] for o in objects):
            found.extend((token.i, by_head[s.i]) for s in grammar.agents(token) if s.i in by_head)
    return found


def _is_from_abroad(who: Mention, happening: Happening) -> bool:
    """Whether a state denies what another one's source says of its people, whatever they are."""
    by = happening.speaker
    return share_country([who], happening.actors) and (by is None or not share_country([who], [by]))


def _accusing(happenings: Sequence[Happening], who: Mention, at: int) -> list[Happening]:
    return [h for h in happenings if 0 < at - h.head <= NEAR and h.type == ACCUSING and is_on_side(who, h.recipients)]


def _says_no(words: Tree, said: Said) -> bool:
    """Whether somebody denies something, or says that it was not: a negation that is the content's own."""
    if said.manner == DENYING:
        return said.polarity == "affirmed"
    return any(
        words.dep[t] == "neg" or words.lower[t] in NEGATING
        for piece in said.content
        for t in range(*piece)
        if _is_asserted(words, t, piece)
    )


def _is_negated_in(happening: Happening, said: Said) -> bool:
    """Whether what is said not to be is an event of its own, which says so itself."""
    return is_among(happening.head, said.content) and (happening.status == "denied" or "negation" in happening.aux)


def _is_asserted(words: Tree, token: int, piece: Range) -> bool:
    """Under no verb deeper than the second of a content: "no evidence that", "who did not come" deny nothing."""
    verbs = [t for t in words.path(token) if piece.start <= t < piece.end and words.is_verb(t)]
    return len(verbs) <= 2 and not any(words.dep[t] in ("relcl", "acl") for t in verbs)


def _is_told_shortly_before(words: Tree, happening: Happening, said: Said) -> bool:
    start = said.content[0].start
    return happening.head < start and words.sentence[start] - happening.order <= SENTENCES


def _stems(words: Tree, pieces: Sequence[Range]) -> set[str]:
    return {
        words.lemma[t].lower()[:STEM]
        for piece in pieces
        for t in range(*piece)
        if words.pos[t] in ("NOUN", "VERB") and words.lemma[t] not in load().classes["light"]
    }


def _is_about(words: Tree, happening: Happening, contents: set[str]) -> bool:
    """Whether the words that name the event, or of an accusation what somebody is accused of, are taken up."""
    named = {act[:STEM] for act in happening.acts} | {words.lemma[t].lower()[:STEM] for t in happening.named if words.pos[t] == "NOUN"}
    if happening.type == ACCUSING:
        named |= _stems(words, [Range(happening.trigger.end, words.sentences[happening.order].end)])
    return not named.isdisjoint(contents)


def _is_party(who: Mention, happening: Happening) -> bool:
    """Who acted, or whom it was done to, but not who tells it."""
    if happening.speaker is not None and same_side(who, happening.speaker):
        return False
    sides = happening.recipients if happening.type == ACCUSING else [*happening.actors, *happening.recipients]
    if is_on_side(who, sides):
        return True
    # a minister whose country the text leaves open speaks for the government that is spoken of
    return any(i.sector == "GOV" and i.country is None for i in who.identities) and any(
        i.sector == "GOV" for m in sides for i in m.identities
    )
