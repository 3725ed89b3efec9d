"""In: a draft with its content. Out: whether it reports words: a quotation, or a clause that hangs on a word of speaking; or a stance."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import takewhile

from dragoman.drafts import Range
from dragoman.language.tree import NOMINAL, Tree
from dragoman.statements.contents import is_uttered
from dragoman.statements.cues import english, is_claim, is_speech
from dragoman.statements.drafting import Draft
from dragoman.statements.quotes import ENDS_SPEECH
from dragoman.statements.spoken import DESCRIBE

FEWEST_QUOTED = 3
ESTIMATE = "estimate"
DENY, REJECT, OWN = "deny", "reject", "own"
DENIED = frozenset({"wrongdoing", "account", "version", "story", "knowledge"})
OF_THINGS = frozenset({"promise", "threaten", "want", "expect", "fear", "exclude"})  # also without a clause: "promised help", "wants peace"
STANCES = frozenset({"promises", "threatens", "believes", "wishes", "plans"})
OBJECTS = frozenset({"dobj", "obj", "dative", "nsubjpass"})
ASKED = frozenset({"acl", "relcl", "xcomp", "advcl", "ccomp"})


def reports_words(tree: Tree, draft: Draft, content: Sequence[Range], quoted: Sequence[int]) -> bool:
    """Whether an attribution is a statement; ``quoted`` are the words of its content between quotation marks.

    "Praised the plan" and "ordered them to leave" are acts, and stay so with the name of a play or one doubtful word between marks.
    """
    speaks = is_speech(draft.manner)
    if speaks and _has_clause(tree, draft, content):
        return True
    title = all(tree.words[t][0].isupper() for t in quoted) and not any(tree.words[p.end - 2] in ENDS_SPEECH for p in content)
    return bool(quoted) and not title and (speaks or (draft.quotes and len(quoted) >= FEWEST_QUOTED))


def is_stance(tree: Tree, draft: Draft, content: Sequence[Range], withholds: bool) -> bool:
    """Whether it tells, without reporting words, what a source denies, promises, threatens, believes, wishes or plans, or ``withholds``."""
    if draft.source is None:
        return False
    if draft.manner in (DENY, REJECT):
        return _is_denial(tree, draft, content)
    if draft.manner == OWN or is_uttered(tree, draft.head):
        return True
    attitude = english().manners[draft.manner].attitude
    return draft.manner in OF_THINGS or ((withholds or attitude in STANCES) and _has_clause(tree, draft, content))


def _is_denial(tree: Tree, draft: Draft, content: Sequence[Range]) -> bool:
    """ "Denied it", "denied that ...", "rejected suggestions that ...", not "denied entry to" and "rejected the offer"."""
    head = tree.top(*content[0])
    if tree.pos[head] in ("NOUN", "PROPN"):
        known = english().nouns.get(tree.lemma[head])
        return tree.lemma[head] in DENIED | english().parts or (known is not None and is_claim(known.manner))
    return draft.manner == DENY


def _has_clause(tree: Tree, draft: Draft, content: Sequence[Range]) -> bool:
    """A sentence, or what stands for one, as "the vote a farce" and "the toll at 61"."""
    inside = {t for piece in content for t in range(piece.start, piece.end)}
    verbs = [t for t in sorted(inside) if tree.is_verb(t)]
    under = tree.span(draft.head)
    if draft.manner == ESTIMATE or (draft.manner == DESCRIBE and _is_named(tree, draft.head)):
        return True
    return any(not under.start <= t < under.end or _is_said(tree, t, draft, inside) for t in verbs)


def _is_named(tree: Tree, verb: int) -> bool:
    """Whether something is called something; who "called himself a colonel" only goes by a name."""
    thing = tree.first(verb, "dobj")
    return tree.first(verb, "oprd") is not None and not (thing is not None and tree.lower[thing].endswith(("self", "selves")))


def _is_said(tree: Tree, verb: int, draft: Draft, inside: set[int]) -> bool:
    """Whether a verb makes the content a clause, and does not only describe a noun in it: "the release of those held" is none."""
    path = list(takewhile(inside.__contains__, tree.path(verb)))
    nouns = [t for t in path[1:] if tree.pos[t] in NOMINAL]
    return not nouns or (nouns == path[-1:] and _is_done_by(tree, path[-2], nouns[0], draft.head))


def _is_done_by(tree: Tree, below: int, noun: int, cue: int) -> bool:
    """Whether what hangs on a noun says what it does: "accused them of lying", "the importance of holding talks", "for him to go"."""
    if tree.pos[below] == "ADP":
        return tree.first(below, "pcomp") is not None and tree.dep[noun] in OBJECTS and tree.head[noun] == cue
    infinitive = any(tree.dep[k] == "aux" and tree.lower[k] == "to" for k in tree.kids[below])
    return infinitive and tree.dep[below] in ASKED and (tree.head[noun] == cue or tree.head[tree.head[noun]] == cue)
