"""In: pairs of stories, one with an expectation and a later one. Out: of how many dragoman says rightly what became of it.

python tests/expectations/outcomes.py [PAIRS.yaml] [--half odd|even|dev|all] [--errors]

An outcome is right where the expectation of the pair is found in the first story and has the labelled outcome as of the labelled day. The
second figure takes those that are not found for found, with the labelled sides and type, so that it tells of the matching alone. --errors
prints no even-numbered pairs. Pairs made while the rules were ("dp01") are a part of their own.
"""

from __future__ import annotations

import argparse
from collections import Counter
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import Any

import yaml
from expected_scores import fit, half

from dragoman import Coder
from dragoman.expectations.matter import Matter, matter_of
from dragoman.expectations.outcomes import Deeds, Settled, settled
from dragoman.expectations.promises import Promise, deeds_of, promise_of, words_of
from dragoman.expectations.stories import Story, story_in
from dragoman.expectations.telling import Told
from dragoman.expectations.telling import told as told_of
from dragoman.schema import Coding, Expectation

PAIRS = Path(__file__).with_name("pairs.yaml")
HALVES = ("odd", "even", "dev")


def coding_of(coder: Coder, id: str, story: dict[str, Any]) -> Coding:
    return coder.code({"id": id, "text": story["text"]}, published=str(story["published"]))


def found_in(pair: dict[str, Any], coding: Coding) -> Expectation | None:
    """The expectation of the pair as it was found, if it was."""
    text = pair["first"]["text"]
    scored = [
        (fit(text, {"from": None, "type": None, "kind": None, **pair["expectation"]}, one), -n) for n, one in enumerate(coding.expectations)
    ]
    best, place = max(scored, default=(0, 0))
    return coding.expectations[-place] if best else None


@dataclass(frozen=True)
class Case:
    """A pair as it was coded: ``found`` is its expectation where it was found, ``promise`` that or what is taken for found."""

    pair: dict[str, Any]
    codings: list[Coding]
    found: Expectation | None
    promise: Promise
    promises: list[Promise]
    deeds: Deeds
    story: Story

    @cached_property
    def matter(self) -> Matter:
        return matter_of(self.promise)

    def settled(self, told: Told | None) -> Settled:
        """What became of it if the later story tells this."""
        said, read = {self.promise.id: [told] if told else []}, {self.story.article_id}
        (one,) = settled(self.promises, self.deeds, str(self.pair["as_of"]), said, read, {self.promise.id})
        return one


def case_of(pair: dict[str, Any], coder: Coder) -> Case:
    codings = [coding_of(coder, f"{pair['id']}-{part}", pair[part]) for part in ("first", "later")]
    published = {coding.article.id: coding.article.published.value or "" for coding in codings if coding.article}
    found = found_in(pair, codings[0])
    promises = [promise_of(one, published[coding.article.id]) for coding in codings if coding.article for one in coding.expectations]
    if found is None:
        promises.append(given(pair, codings[0]))
    deeds = [deed for coding in codings for event in coding.events for deed in deeds_of(event, published[event.article_id])]
    (promise,) = [p for p in promises if p.id == (found.id if found is not None else "given")]
    return Case(pair, codings, found, promise, promises, Deeds.among(deeds), story_in(codings[1], pair["later"]["text"]))


def outcome(pair: dict[str, Any], coder: Coder) -> tuple[Settled | None, Settled, list[Coding]]:
    """What became of it where it was found, and what where it was taken for found."""
    case = case_of(pair, coder)
    one = case.settled(told_of(case.matter, case.story))
    return (one if case.found is not None else None), one, case.codings


def given(pair: dict[str, Any], coding: Coding) -> Promise:
    label, text = pair["expectation"], pair["first"]["text"]
    start = text.find(label["words"])
    paragraph = next(p for p in text.split("\n") if label["words"] in p) if start >= 0 else label["words"]
    sides = [label.get("from"), label.get("to")]
    names = [None if s is None else s if len(s) == 3 and s.isupper() else s.lower() for s in sides]
    base = Promise(
        "given",
        f"{pair['id']}-first",
        label["type"],
        label.get("kind"),
        None,
        names[0] or "",
        names[1],
        str(pair["first"]["published"]),
        None,
        "",
        "",
        (sides[0] or "", sides[1]),
    )
    place = max(0, paragraph.find(label["words"]))
    return base._replace(text=paragraph, words=words_of(paragraph), trigger=place, due=str(label["due"]) if label.get("due") else None)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("file", nargs="?", type=Path, default=PAIRS)
    parser.add_argument("--half", choices=(*HALVES, "all"), default="all")
    parser.add_argument("--errors", action="store_true")
    options = parser.parse_args()
    pairs, coder = yaml.safe_load(options.file.read_text(encoding="utf-8")), Coder()
    for part in HALVES if options.half == "all" else (options.half,):
        if some := [p for p in pairs if half(p) == part]:
            report(part, some, coder, options.errors and part != "even")


def report(part: str, pairs: list[dict[str, Any]], coder: Coder, errors: bool = False) -> tuple[int, int]:
    right, matched, seen = 0, 0, Counter[str]()
    for pair in pairs:
        own, one, codings = outcome(pair, coder)
        right += own is not None and own.outcome == pair["outcome"]
        matched += one.outcome == pair["outcome"]
        seen[f"{pair['outcome']} seen as {one.outcome}" + (" (not found)" if own is None else "")] += 1
        if errors and (own is None or one.outcome != pair["outcome"]):
            print(
                pair["id"],
                "NOT FOUND" if own is None else "",
                pair["outcome"],
                "seen as",
                one.outcome,
                pair["expectation"],
                "due",
                one.due,
                "|",
                pair["words"],
            )
            print(
                "    first:",
                [(e.type, e.kind, e.from_.country or e.from_.name, e.trigger and e.trigger.text) for e in codings[0].expectations],
            )
            print(
                "    later:",
                [
                    (e.type, e.aux, [a.country or a.name for a in e.actor], [a.country or a.name for a in e.recipient], e.trigger.text)
                    for e in codings[1].events
                ],
            )
    print(f"{part}: {right} of {len(pairs)} right, {matched} if every expectation is taken for found")
    for name, count in sorted(seen.items()):
        print(f"  {name}: {count}")
    return right, matched


if __name__ == "__main__":
    main()
