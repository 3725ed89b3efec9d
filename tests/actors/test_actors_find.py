"""Cases of cases.yaml: whom a text mentions, and who that is on the day."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
import yaml

from dragoman import knowledge
from dragoman.actors import find
from dragoman.drafts import DatelineDraft, Layout, Mention, Quote, Stretch
from dragoman.language import Annotated

CASES = yaml.safe_load(Path(__file__).with_name("cases.yaml").read_text(encoding="utf-8"))
COMPARED = ("country", "sector", "name", "office")
Parse = Callable[[str], Annotated]


def params() -> list[Any]:
    return [
        pytest.param(c, id=f"{n}-{c['text'][:40]}", marks=[pytest.mark.xfail(strict=True, reason=c["gap"])] if "gap" in c else [])
        for n, c in enumerate(CASES)
    ]


def quotes_of(annotated: Annotated, case: dict[str, Any]) -> list[Quote]:
    found = []
    for inside, speaker in case.get("quotes", []):
        start, head = case["text"].index(inside), case["text"].index(speaker)
        tokens, heads = annotated.tokens_within(start, start + len(inside)), annotated.tokens_within(head, head + len(speaker))
        assert tokens is not None
        assert heads is not None
        found.append(Quote(tokens, heads.start))
    return found


def layout_of(case: dict[str, Any]) -> Layout:
    """A layout whose dateline names a place in the case's country, or none."""
    if "dateline" not in case:
        return Layout()
    return Layout(dateline=DatelineDraft(Stretch(0, 0), case.get("place", "HERE"), case["dateline"]))


def mentioned(annotated: Annotated, mentions: list[Mention], text: str) -> Mention | None:
    text, _, number = text.partition("#")
    found = [m for m in mentions if annotated.span(m.range).text == text]
    return found[int(number or 1) - 1] if len(found) >= int(number or 1) else None


def check(mention: Mention, wanted: dict[str, Any]) -> None:
    if wanted.get("unresolved"):
        assert mention.identities == ()
        assert mention.because
        return
    if "countries" in wanted:
        assert [i.country for i in mention.identities] == wanted["countries"]
        assert mention.plural
        return
    assert len(mention.identities) == 1, mention.because
    for field in COMPARED:
        if field in wanted:
            assert getattr(mention.identities[0], field) == wanted[field], (field, mention)
    if "kind" in wanted:
        assert mention.kind == wanted["kind"]
    if "person" in wanted:
        assert mention.person is wanted["person"]


@pytest.mark.parametrize("case", params())
def test_case(case: dict[str, Any], parse: Parse) -> None:
    annotated = parse(case["text"])
    day = str(case["day"]) if "day" in case else None
    mentions = find(annotated, layout_of(case), day, quotes_of(annotated, case), knowledge.load())
    for wanted in case.get("mentions", []):
        mention = mentioned(annotated, mentions, wanted["text"])
        assert mention is not None, (wanted["text"], [annotated.span(m.range).text for m in mentions])
        check(mention, wanted)
    for text in case.get("absent", []):
        assert mentioned(annotated, mentions, text) is None
