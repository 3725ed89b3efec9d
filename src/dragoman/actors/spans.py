"""In: a scene and the hits that are persons. Out: spans of tokens that look like the name of a person."""

from __future__ import annotations

from collections.abc import Container, Iterator
from dataclasses import dataclass

from dragoman.actors.names import Hit
from dragoman.actors.scene import Scene
from dragoman.knowledge import Person
from dragoman.language.tree import PROPER_TAGS


@dataclass(frozen=True, slots=True)
class NameSpan:
    """Tokens that look like a person's name; ``known`` are persons of the tables with that full name."""

    start: int
    end: int
    top: int
    known: tuple[Person, ...] = ()


def name_spans(scene: Scene, person_hits: list[Hit]) -> list[NameSpan]:
    """Names of known persons, and runs of proper nouns that are nothing else."""
    tree = scene.tree
    known = {hit.start: hit for hit in person_hits}
    inside = {token for hit in person_hits for token in range(hit.start, hit.end)}
    blocked = (scene.taken - inside) | {t for hit in scene.role_at.values() for t in range(hit.start, hit.end)}
    found: list[NameSpan] = []
    token = 0
    while token < len(tree):
        if token in known:
            hit = known[token]
            end = _end_of_run(scene, hit.end, blocked) if hit.end < len(tree) and tree.lower[hit.end] in scene.words.suffixes else hit.end
            found.append(NameSpan(token, end, tree.top(token, end), hit.people if end == hit.end else ()))
            token = end
        elif token not in blocked and (
            _begins_name(scene, token) or (token - 1 in scene.title_at and _is_mistaken_first_name(scene, token))
        ):
            end = _end_of_run(scene, token + 1, blocked | set(known))
            found.append(NameSpan(token, end, tree.top(token, end), _spelled_otherwise(scene, token, end)))
            token = end
        else:
            token += 1
    return found


def _spelled_otherwise(scene: Scene, start: int, end: int) -> tuple[Person, ...]:
    """The persons of the tables whose full name stands here in another spelling or order ("Abe Shinzo", "Moammar Kadhafi"), or who alone
    of all have a surname of several words ("Rodriguez Zapatero")."""
    if end - start == 1:
        return ()
    name = text_of(scene, start, end)
    full = scene.knowledge.alike.of_full_name(name)
    surname = [] if full else scene.knowledge.alike.of_surname(name)
    return tuple(full or (surname if len(surname) == 1 else ()))


def _begins_name(scene: Scene, token: int) -> bool:
    tree = scene.tree
    word = tree.straight[token]
    return (
        tree.tag[token] in PROPER_TAGS
        and tree.lower[token] not in scene.words.calendar
        and word[0].isupper()
        and any(c.isalpha() for c in word)
        and word.rstrip(".").isalpha()
    )


def _is_mistaken_first_name(scene: Scene, token: int) -> bool:
    """ "lawmaker Kees Vermeer": between a title and a name, and written like one, whatever the parser took it for."""
    tree = scene.tree
    above, title = tree.head[token], scene.title_at[token - 1]
    if title.role.plural or above <= token or tree.tag[above] not in PROPER_TAGS:
        return False
    is_written_so = tree.straight[token].istitle() and tree.straight[token].isalpha() and tree.straight[token - 1].islower()
    return is_written_so and tree.dep[token] in ("compound", "nmod", "amod")


def _end_of_run(scene: Scene, token: int, blocked: set[int]) -> int:
    tree, end = scene.tree, token
    while token < len(tree) and token not in blocked and tree.sentence[token] == tree.sentence[end - 1]:
        if _begins_name(scene, token) or tree.lower[token] in scene.words.suffixes:
            token += 1
            end = token
        elif _is_second_half(scene, token + 1):
            token += 2
            end = token
        elif tree.straight[token] in ("-", "'") or (tree.lower[token] in scene.words.particles and tree.straight[token].islower()):
            token += 1
        else:
            break
    return end


def _is_second_half(scene: Scene, token: int) -> bool:
    """The "ri" of "Tae-ri"."""
    tree = scene.tree
    if token >= len(tree) or tree.straight[token - 1] != "-" or tree.spaced[token - 1] or tree.spaced[token - 2]:
        return False
    return tree.tag[token] in PROPER_TAGS and tree.straight[token].isalpha() and tree.straight[token].islower()


def text_of(scene: Scene, start: int, end: int) -> str:
    """The words of a name with single spaces; hyphens and "'s" that are written apart closed up."""
    return scene.tree.text(start, end).replace(" - ", "-").replace(" 's", "'s")


def overlooked(scene: Scene, surnames: Container[str]) -> list[NameSpan]:
    """Surnames of the article that the parser did not take for names, as it may in headlines."""
    tree = scene.tree
    return [
        NameSpan(token, token + 1, token)
        for token, word in enumerate(tree.straight)
        if word in surnames
        and word[0].isupper()
        and token not in scene.taken
        and token not in scene.title_at
        and token not in scene.by_head
        and tree.tag[token] not in PROPER_TAGS
        and tree.pos[token] in ("NOUN", "ADJ", "INTJ", "X", "VERB")
        and tree.lower[token] not in scene.words.calendar
    ]


def opening(scene: Scene) -> Iterator[NameSpan]:
    """Subjects that open a sentence, bare and in the singular, which the parser took for common nouns: "Demirel said"."""
    tree = scene.tree
    for start, _ in tree.sentences:
        is_bare = tree.dep[start] in ("nsubj", "nsubjpass", "poss") and not any(k < start for k in tree.kids[start])
        is_free = start not in scene.taken and start not in scene.title_at and start not in scene.by_head
        if is_bare and is_free and tree.tag[start] in ("NN", "NNS", "JJ", "VB", "FW", "UH") and tree.straight[start].istitle():
            yield NameSpan(start, start + 1, start)
