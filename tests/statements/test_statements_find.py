"""Who said what: cases by hand, broken text, and time that grows with the length of the text only."""

from __future__ import annotations

import time
from collections.abc import Callable
from itertools import pairwise
from pathlib import Path
from typing import Any

import pytest
import yaml
from spacy.tokens import Doc
from spacy.vocab import Vocab

from dragoman.drafts import Range, Said
from dragoman.language import Annotated
from dragoman.language.tree import tree
from dragoman.statements import find
from dragoman.statements.quotes import marked

CASES = yaml.safe_load((Path(__file__).parent / "cases.yaml").read_text(encoding="utf-8"))
Parse = Callable[[str], Annotated]


def _marks(case: dict[str, Any]) -> list[pytest.MarkDecorator]:
    return [pytest.mark.xfail(strict=True, reason=case["gap"])] if "gap" in case else []


def _plain(text: str) -> str:
    return text.rstrip(".")


@pytest.mark.parametrize("case", [pytest.param(c, id=c["name"], marks=_marks(c)) for c in CASES])
def test_case(case: dict[str, Any], parse: Parse) -> None:
    article = parse(case["text"])
    said, quotes = find(article)

    def written(tokens: Range | None) -> str | None:
        return None if tokens is None else article.span(tokens).text

    def row(one: Said) -> list[str | None]:
        return [one.kind, one.manner, written(one.source), written(one.cue), *(_plain(article.span(p).text) for p in one.content)]

    assert [row(one) for one in said] == [[*expected[:4], *map(_plain, expected[4:])] for expected in case["said"]]
    addressees = {written(one.cue): written(one.addressee) for one in said if one.addressee is not None}
    assert addressees == case.get("addressees", {})
    assert {written(one.cue): written(one.within.cue) for one in said if one.within is not None} == case.get("within", {})
    speakers = [None if q.speaker_head is None else article[q.speaker_head].text for q in quotes]
    assert speakers == case.get("speakers", [])


WORDS_OR_ACTS = [
    ("The union condemned the killing of two nuns.", False),
    ("The court ordered him to pay a fine.", False),
    ("Prosecutors charged him with inciting a revolt.", False),
    ("The league called for the release of all those held.", False),
    ("The group asked for help in finding its men.", False),
    ("The union opposes the “illegal” plan.", False),
    ("She praised the film “Northern Lights”.", False),
    ("He called himself a colonel.", False),
    ("The rebels threatened to attack the capital.", False),
    ("The pope urged both sides to lay down their arms.", True),
    ("The opposition called for the minister to resign.", True),
    ("Seoul accused Pyongyang of jamming radio signals.", True),
    ("He stressed the importance of holding talks.", True),
    ("Analysts called the deal a failure.", True),
    ("The ministry put the toll at 61.", True),
    ("He vowed to “fight to the last man”.", True),
    ("“No,” he said.", True),
]


@pytest.mark.parametrize(("text", "reports"), WORDS_OR_ACTS)
def test_words_are_told_from_acts(text: str, reports: bool, parse: Parse) -> None:
    (said,), _ = find(parse(text))
    assert said.speech is reports


def test_every_range_lies_in_the_article_and_holds_its_head(parse: Parse) -> None:
    article = parse("\n".join(case["text"] for case in CASES))
    said, quotes = find(article)
    for one in said:
        assert one.content
        assert all(before.end <= after.start for before, after in pairwise(one.content))
        for tokens in (*one.content, one.source, one.cue, one.addressee):
            assert tokens is None or 0 <= tokens.start < tokens.end <= len(article.doc)
        for tokens, head in ((one.source, one.source_head), (one.cue, one.cue_head), (one.addressee, one.addressee_head)):
            assert (tokens is None) == (head is None)
            assert tokens is None or head is None or tokens.start <= head < tokens.end
    assert all(q.range.start < q.range.end for q in quotes)


UNTIDY = [
    "",
    '"',
    '""',
    "“",
    "” “",
    "said",
    "said said said",
    '"said," said "said',
    "According to",
    "according to according to according to",
    ":",
    "A:",
    ": :",
    '"A:"',
    "—",
    "'' `` '' ``",
    "''''''",
    "He said",
    'He said "',
    '" he said',
    "It that who which that said that that.",
    "\u200b\ufeff said\u00a0\u2028“x”",
    "X" * 3000 + ": no",
    "🙂 said “🙂”",
    "“a” “b” said “c” said “d”",
    "is added saying . ''. \n told in a letter to '' « confident `` claimed by was Lee » think Lee `` as , was think “ it said",
]


@pytest.mark.parametrize("text", UNTIDY)
def test_untidy_text_raises_nothing(text: str, parse: Parse) -> None:
    find(parse(text))
    find(parse(f"{text}\n{text}\n{text}"))


def test_many_quotation_marks_take_linear_time(nlp: Any) -> None:
    def seconds(count: int) -> float:
        article = _unparsed(nlp.vocab, ['"', "yes", ",", '"', "he", "said", "."] * (count // 2))
        started = time.process_time()
        find(article)
        return time.process_time() - started

    few, many = seconds(10_000), seconds(100_000)
    assert many < 30 * few + 0.5


def test_deep_nesting_of_cues_takes_linear_time(nlp: Any) -> None:
    def seconds(depth: int) -> float:
        words = ["he", "says"] * depth
        heads = [i + 1 if i % 2 == 0 else max(i - 2, 1) for i in range(2 * depth)]
        deps = ["nsubj" if i % 2 == 0 else "ccomp" if i > 1 else "ROOT" for i in range(2 * depth)]
        pos = ["PRON", "VERB"] * depth
        doc = Doc(nlp.vocab, words=words, heads=heads, deps=deps, pos=pos, tags=["PRP", "VBZ"] * depth, lemmas=["he", "say"] * depth)
        started = time.process_time()
        find(_annotated(doc))
        return time.process_time() - started

    few, many = seconds(300), seconds(3_000)
    assert many < 30 * few + 0.5


def test_an_unclosed_mark_reaches_no_further_than_its_paragraph(nlp: Any) -> None:
    article = _unparsed(nlp.vocab, ["“", "We", "wait", ".", "Rain", "fell", "."])
    stretches = marked(tree(article), [Range(0, 4), Range(4, 7)])
    assert [(s.start, s.end, s.closed) for s in stretches] == [(0, 4, False)]


def _unparsed(vocab: Vocab, words: list[str]) -> Annotated:
    """Words that no parser has seen: every one is its own head."""
    tags = {"said": ("VERB", "VBD", "say"), "he": ("PRON", "PRP", "he")}
    known = [tags.get(word, ("NOUN", "NN", word)) for word in words]
    spaces = [not (word == '"' and i % 7 == 0) and words[min(i + 1, len(words) - 1)] not in ",." for i, word in enumerate(words)]
    doc = Doc(
        vocab,
        words=words,
        spaces=spaces,
        heads=list(range(len(words))),
        deps=["ROOT"] * len(words),
        pos=[k[0] for k in known],
        tags=[k[1] for k in known],
        lemmas=[k[2] for k in known],
    )
    return _annotated(doc)


def _annotated(doc: Doc) -> Annotated:
    starts = [token.idx for token in doc]
    ends = [token.idx + len(token) for token in doc]
    return Annotated(doc.text, doc, starts, ends, [Range(0, len(doc))], [Range(0, len(doc))])
