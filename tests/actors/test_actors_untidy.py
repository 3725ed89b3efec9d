"""Untidy text: nothing raises, every mention is well formed, and the articles of samples/ are covered."""

from __future__ import annotations

import random
from collections.abc import Callable
from pathlib import Path

import pytest
import yaml

from dragoman import knowledge
from dragoman.actors import find
from dragoman.drafts import Layout, Mention, Quote, Range
from dragoman.language import Annotated

SAMPLES = Path(__file__).resolve().parents[2] / "samples"
Parse = Callable[[str], Annotated]
ODD = [
    "",
    "\n",
    "-",
    "’s",
    "his",
    "The",
    "both leaders",
    "U.S.-",
    "(((",
    "President",
    "former",
    "of of of",
    "“I” “we”",
    "\u200b 😀 é",
    "KYIV",
    "the two",
    "- - -",
    "said said said",
]
COVERED = 0.9  # of the actors that samples/ name in the sentence of their event; 0.94 when this was written


def well_formed(annotated: Annotated, mentions: list[Mention]) -> bool:
    heads = [m.head for m in mentions]
    return heads == sorted(set(heads)) and all(m.range.start <= m.head < m.range.end <= len(annotated.doc) for m in mentions)


@pytest.mark.parametrize("text", ODD)
def test_odd_text(text: str, parse: Parse) -> None:
    annotated = parse(text)
    assert well_formed(annotated, find(annotated, Layout(), None, [], knowledge.load()))


def test_words_in_any_order(parse: Parse) -> None:
    chance = random.Random(4)
    words = [w for path in sorted(SAMPLES.glob("*.txt"))[:6] for w in path.read_text(encoding="utf-8").split()] + ODD[2:]
    for _ in range(40):
        annotated = parse(" ".join(chance.choice(words) for _ in range(40)))
        quotes = [Quote(Range(0, len(annotated.doc) // 2), chance.randrange(len(annotated.doc)))]
        assert well_formed(annotated, find(annotated, Layout(), chance.choice([None, "2020-01-01"]), quotes, knowledge.load()))


def test_the_same_text_gives_the_same_mentions(parse: Parse) -> None:
    annotated = parse((SAMPLES / "summit.txt").read_text(encoding="utf-8"))
    first, second = (find(annotated, Layout(), "2023-11-14", [], knowledge.load()) for _ in range(2))
    assert first == second


def test_actors_of_the_samples_are_mentions(parse: Parse) -> None:
    named = [covered for path in sorted(SAMPLES.glob("*.yaml")) for covered in _covered(path.stem, parse)]
    assert sum(named) / len(named) >= COVERED


def _covered(sample: str, parse: Parse) -> list[bool]:
    expected = yaml.safe_load((SAMPLES / f"{sample}.yaml").read_text(encoding="utf-8"))
    annotated = parse((SAMPLES / f"{sample}.txt").read_text(encoding="utf-8"))
    mentions = find(annotated, Layout(), str(expected["published"]), [], knowledge.load())
    found = []
    for event in expected.get("events") or []:
        start = annotated.text.index(event["at"])
        tokens = annotated.tokens_within(start, start + 1)
        assert tokens is not None
        sentence = annotated.sentence_of(tokens.start)
        texts = [annotated.span(m.range).text for m in mentions if sentence.start <= m.head < sentence.end]
        names = [e["name"] for e in event["actor"] + event["recipient"] if e.get("name", "\n") in annotated.span(sentence).text]
        found.extend(any(name in text for text in texts) for name in names)
    return found
