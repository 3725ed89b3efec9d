"""In: the tree and a cue. Out: what the source does by it (says, believes, plans ...), and whether it is said to do so or not to.

"Did not say" and "no longer believes" are negated; "refused to promise" is a promise that is not made, no plan.
"""

from __future__ import annotations

from collections.abc import Sequence

from dragoman.drafts import Range
from dragoman.language.tree import SUBJECTS, Tree
from dragoman.schema import Attitude, Polarity
from dragoman.statements.cues import english
from dragoman.statements.sources import MAX_CLIMB, is_passive

MAY_THREATEN = frozenset({"promise", "warn", "say", "announce"})
AHEAD = frozenset({"to", "will", "would", "shall", "'ll", "'d"})
OWN = frozenset({"i", "we", "he", "she", "it", "they"})
NOT = frozenset({"never", "hardly", "neither", "nor", "nobody", "none"})
NO_LONGER = ("no", "longer")
CONTROLLED = frozenset({"xcomp", "ccomp", "pcomp", "prep"})


def stance(tree: Tree, cue: int, manner: str, content: Sequence[Range], done: int | None) -> tuple[Attitude | None, Polarity]:
    """Attitude and polarity, by the cue's own meaning, the words beside it and the verbs that govern it; ``done`` is what is withheld."""
    cues = english()
    if done is not None:
        return cues.manners[cues.verbs[tree.lemma[done]][0].manner].attitude, "affirmed" if _is_negated(tree, cue) else "negated"
    kind = cues.manners[manner]
    attitude = "threatens" if manner in MAY_THREATEN and _is_harm(tree, content) else kind.attitude
    return attitude, _polarity(tree, cue, kind.polarity == "negated")


def withheld(tree: Tree, cue: int) -> int | None:
    """The verb of what the source refuses to do, where that is an attitude: "refused to promise", "declined to say whether"."""
    cues = english()
    if tree.lemma[cue] not in cues.withholding:
        return None
    done = tree.first(cue, "xcomp", "acl")
    return done if done is not None and tree.lemma[done] in cues.verbs else None


def _is_harm(tree: Tree, content: Sequence[Range]) -> bool:
    """Whether the source says that it will do harm itself: "vowed to strike back", "warned that it would bomb"."""
    for piece in content:
        verb = tree.top(*piece)
        if tree.lemma[verb] not in english().harms:
            continue
        subject = tree.first(verb, *SUBJECTS)
        ahead = any(tree.dep[k] == "aux" and tree.lower[k] in AHEAD for k in tree.kids[verb])
        if ahead and (subject is None or (tree.lower[subject] in OWN and tree.dep[subject] == "nsubj")):
            return True
    return False


def _polarity(tree: Tree, cue: int, negated: bool) -> Polarity:
    for above in _governing(tree, cue):
        negated ^= _is_negated(tree, above)
        if above != cue:
            negated ^= tree.lemma[above] in english().withholding
    return "negated" if negated else "affirmed"


def _governing(tree: Tree, cue: int) -> list[int]:
    """The cue, and the verbs of "stopped short of saying", "refused to say" whose subject it shares; of a noun the verb it is held with."""
    found = [cue]
    for _ in range(MAX_CLIMB):
        token = found[-1]
        above = tree.head[token]
        if tree.dep[token] in ("dobj", "attr", "acomp", "oprd") and not tree.is_verb(token) and tree.is_verb(above):
            found.append(above)
        elif above == token or tree.dep[token] not in CONTROLLED or tree.first(token, "nsubj", "nsubjpass", "mark") is not None:
            break
        else:
            found.append(above)
    return [token for token in found if token == cue or tree.is_verb(token) or tree.pos[token] in ("NOUN", "ADJ")]


def _is_negated(tree: Tree, word: int) -> bool:
    """ "did not say", "made no promise", "no longer believes", "nobody said"."""
    if tree.dep[word] == "conj" and any(tree.lower[kid] == "neither" for kid in tree.kids[tree.head[word]]):
        return True
    for kid in tree.kids[word]:
        if tree.dep[kid] == "neg" or tree.lower[kid] in NOT:
            return True
        if tree.lower[kid] == "no" and tree.dep[kid] == "det":
            return True
        if tree.lower[kid] == NO_LONGER[1] and tree.lower[kid - 1] == NO_LONGER[0]:
            return True
        if (
            tree.dep[kid] in ("nsubj", "agent")
            and not is_passive(tree, word)
            and any(tree.lower[k] in ("no", "neither") for k in tree.kids[kid])
        ):
            return True
    return False
