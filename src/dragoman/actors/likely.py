"""In: a scene and a name. Out: whether the text speaks of it as of a person, or as of a body, and the title before it."""

from __future__ import annotations

from dragoman.actors import roles
from dragoman.actors.appositions import noun_explained
from dragoman.actors.scene import RoleHit, Scene
from dragoman.actors.spans import NameSpan
from dragoman.language.tree import SUBJECTS

LONGEST = 4


def title_before(scene: Scene, span: NameSpan) -> RoleHit | None:
    """The title that stands directly before a name, or that the name ends ("Deputy Minister of Fisheries X")."""
    tree, before = scene.tree, span.start - 1
    while before >= 0 and tree.straight[before] in ("-", "elect", "designate"):
        before -= 1
    hit = scene.title_at.get(before)
    if hit is None:
        ended = (scene.role_at[k] for k in tree.labelled(span.top, "nmod", "compound") if k < before and k in scene.role_at)
        hit = next((h for h in ended if roles.is_title(h.role) and tree.right[h.top] == before), None)
    if hit is None or hit.role.plural or roles.is_modifier(hit.role) or roles.is_institution(scene, hit.role) or is_firm(hit):
        return None
    is_rank = hit.end == span.start and tree.straight[before].endswith(".")  # after which the parser may see a new sentence
    return hit if is_rank or tree.sentence[hit.top] == tree.sentence[span.top] else None


def is_firm(hit: RoleHit) -> bool:
    """ "steelmaker", "airline": what a firm does, no title of a person."""
    return hit.role.agent is not None and hit.role.agent.sector in roles.FIRMS and not roles.is_title(hit.role)


def body_role(scene: Scene, span: NameSpan) -> RoleHit | None:
    """The institution or firm that explains a name: "Lusa, a news agency", "the union SNEP", "steelmaker Acme"."""
    tree = scene.tree
    explaining = [*tree.labelled(span.top, "appos", "compound", "nmod"), *([tree.head[span.top]] if tree.dep[span.top] == "appos" else [])]
    hits = (scene.role_at[kid] for kid in explaining if kid in scene.role_at)
    return next((hit for hit in hits if roles.is_institution(scene, hit.role) or (is_firm(hit) and hit.end == span.start)), None)


def is_body(scene: Scene, span: NameSpan) -> bool:
    """A name that ends like a body's ("Noor Trust"), or that an institution or firm explains."""
    last = scene.tree.lower[span.end - 1]
    return last in scene.words.institutions or last in scene.words.groups or body_role(scene, span) is not None


def is_person(scene: Scene, span: NameSpan, title: RoleHit | None) -> bool:
    """A name that has a title, does what people do, or is explained by a role or an age."""
    tree = scene.tree
    if title is not None:
        return True
    if does_what_people_do(scene, span.top) or _has_first_name(scene, span):
        return True
    for kid in tree.labelled(span.top, "appos", "npadvmod", "nummod", "amod"):
        if kid in scene.role_at or (kid > span.top and tree.tag[kid] == "CD"):
            return True
    if tree.dep[span.top] != "appos":
        return False
    explained = {tree.head[span.top], noun_explained(scene, span.top)}
    is_name_of_speaker = span.end - span.start > 1 and _explains_speaker(scene, span.top)
    return not explained.isdisjoint(scene.role_at) or is_name_of_speaker


def _explains_speaker(scene: Scene, token: int) -> bool:
    """ "said its winner, the novelist Ana Ruiz": in apposition to the subject of a verb of saying."""
    tree = scene.tree
    while tree.dep[token] == "appos" and tree.head[token] != token:
        token = tree.head[token]
    return tree.dep[token] == "nsubj" and tree.lemma[tree.head[token]].lower() in scene.words.saying


def _has_first_name(scene: Scene, span: NameSpan) -> bool:
    """ "Paul Kern was arrested": a first name before another, where an actor stands in a clause."""
    tree, top = scene.tree, span.top
    while tree.dep[top] == "conj" and tree.head[top] < top:
        top = tree.head[top]
    is_actor = tree.dep[top] in ("nsubj", "nsubjpass", "dobj", "poss") or tree.lower[tree.head[top]] == "by"
    first = tree.straight[span.start]
    is_first_name = first in scene.words.given_names and first not in scene.words.first_names  # "Carolina Panthers"
    return is_first_name and is_actor and 1 < span.end - span.start <= LONGEST


def does_what_people_do(scene: Scene, token: int) -> bool:
    """Subject of "said", object of "met", alone or joined by "and"."""
    tree = scene.tree
    while tree.dep[token] == "conj" and tree.head[token] != token:
        token = tree.head[token]
    verb = tree.lemma[tree.head[token]].lower()
    if tree.dep[token] in SUBJECTS:
        return verb in scene.words.human_verbs
    return tree.dep[token] in ("dobj", "dative") and verb in scene.words.human_objects
