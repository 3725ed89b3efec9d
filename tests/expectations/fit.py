"""Learns how much each thing counts that speaks for a sentence's telling what became of a promise (dragoman/expectations/weights.yaml).

python tests/expectations/fit.py            # codes the pairs that may be read, cross-validates, writes and prints the weights
python tests/expectations/fit.py --usual    # counts anew which words are usual in the sentences of corpus/ (usual.tsv)

An example is a sentence of a later story held against a promise: of what decides a pair (its "words") that it tells of it, of the
sentences of pairs with another outcome that it does not. Others are made of these: as if somebody or something else were named, and
sentences held against promises of other deeds.
"""

from __future__ import annotations

import argparse
import random
import re
import sys
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from functools import cache
from pathlib import Path
from unittest.mock import patch

import numpy as np
import yaml
from expected_scores import half
from outcomes import Case, case_of
from test_telling import CASES, promise

from dragoman import Coder
from dragoman.expectations import telling, wording
from dragoman.expectations.evidence import CONSTANT, Background, Evidence, Row
from dragoman.expectations.matter import matter_of
from dragoman.expectations.stories import story_of
from dragoman.expectations.telling import COMING, ENDING

HERE = Path(__file__).resolve().parent
sys.path.insert(0, str(HERE.parent))

import regression  # noqa: E402
from regression import Example  # noqa: E402

ROOT = HERE.parents[1]
DATA = ROOT / "src" / "dragoman" / "expectations"
PAIRS = ("pairs.yaml", "dev-pairs.yaml", "dev-pairs-2.yaml")
SHRINK = 0.4  # of L2
TWISTED = 0.2  # weight of a sentence in which one thing that decides was changed
STRANGE = 0.1  # weight of a sentence that is held against a promise of another deed
OWN = 3.0  # weight of a sentence of our own, which are few and plain
STRANGERS = 8  # promises against which the story of each pair is held
UNREAD, FIELD_UNREAD = (
    0.3,
    0.7,
)  # of the sentences that tell of a coming the lists knew 12 to 29 % before these were read, and 70 to 100 % since
GENEROUS = {COMING: 0.5, ENDING: 0.0}  # what is added to the constant, since most examples are no outcome
FOLDS = 11
STEPS = 3_000
RATE = 1.0
AGAINST = {
    COMING: (
        "contrary",
        "contrary_beside",
        "doer_absent",
        "elsewhere",
        "more_absent",
        "moved",
        "name_absent",
        "only_ahead",
        "other_absent",
        "other_first",
        "other_person",
        "partial",
        "reaches_another",
        "stranger",
        "thing_absent",
        "undone",
    ),
    ENDING: ("doer_absent", "elsewhere", "more_absent", "name_absent", "other_absent", "other_person", "stranger", "thing_absent"),
}
FREE = (CONSTANT, "bare", "doer_none", "early", "other_none", "timely")
LEAST = 0.25  # of 1,000 sentences that have a word which is called usual
MARK = re.compile(r"\[([^\[\]|]+)\|[^\[\]|]+\]")

Weights = dict[str, dict[str, float]]


def readable() -> list[dict[str, object]]:
    pairs = [pair for name in PAIRS for pair in yaml.safe_load((HERE / name).read_text(encoding="utf-8"))]
    return [pair for pair in pairs if half(pair) != "even"]


def rows(background: Background, what: str) -> Iterator[tuple[int, Row]]:
    """What speaks for and against, of each sentence that may tell of the promise."""
    for place in range(len(background.story.clauses)):
        if (row := getattr(Evidence(background, place), what)()) is not None:
            yield place, row


def tells(case: Case, what: str) -> bool:
    outcome = case.pair["outcome"]
    if what == COMING:
        return bool(outcome == "met")
    return bool(outcome == "broken" or (outcome == "open" and case.pair["words"]))


def deciding(case: Case) -> set[int]:
    """The sentences in which the words stand that decide a pair."""
    words = case.pair["words"]
    if not words:
        return set()
    start = case.pair["later"]["text"].index(words)
    return {place for place, clause in enumerate(case.story.clauses) if start < clause.end and start + len(words) > clause.start}


def examples(cases: Sequence[Case], what: str) -> list[Example]:
    found: list[Example] = []
    for case in cases:
        if case.matter.refused:
            continue
        is_told, places = tells(case, what), deciding(case)
        for place, row in rows(Background(case.matter, case.story), what):
            if not is_told:
                found.append((row, False, 1.0))
            elif place in places:
                found += [*((other, True, weight) for other, weight in as_unread(row)), *((other, False, TWISTED) for other in twists(row))]
    return found + own(what) + [(row, False, STRANGE) for row in strangers(cases, what)]


@cache
def own(what: str) -> list[Example]:
    """Sentences of our own (told.yaml)."""
    says = ("met",) if what == COMING else ("broken", "moved")
    found: list[Example] = []
    for case in CASES:
        for wanted, text in case["stories"]:
            background = Background(matter_of(promise(case)), story_of("later", "2024-04-20", text))
            found += [(row, wanted in says, OWN) for _, row in rows(background, what)]
    return found


def as_unread(row: Row) -> Iterator[tuple[Row, float]]:
    """The same sentence, and what would be left of it if the lists did not have its words, as is so of most stories."""
    if row.get("any_told"):
        yield row, 1 - UNREAD
        yield {**row, "told": 0.0, "any_told": 0.0, "more_told": 0.0, "field": row["field"] * FIELD_UNREAD}, UNREAD
    else:
        yield row, 1.0


def twists(row: Row) -> Iterator[Row]:
    """The same sentence, had it told of another side, thing or name, or of what lies ahead."""
    for side in ("doer", "other"):
        if row[f"{side}_here"]:
            yield {**row, f"{side}_here": 0.0, f"{side}_absent": 1.0, "stranger": 1.0, "elsewhere": float(side == "other")}
    if row["thing"]:
        yield {**row, "thing": 0.0, "thing_absent": 1.0, "own": 0.0}
    if row["name"]:
        yield {**row, "name": 0.0, "name_absent": 1.0}
    if row.get("act") or row.get("any_told") or row.get("vague_act"):
        yield {**row, "act": 0.0, "vague_act": 0.0, "told": 0.0, "any_told": 0.0, "only_ahead": 1.0}


def strangers(cases: Sequence[Case], what: str) -> Iterator[Row]:
    """Sentences held against promises of other deeds, as if these were of the same sides."""
    rng = random.Random(0)
    for case in cases:
        for other in rng.sample(list(cases), min(STRANGERS, len(cases))):
            ours, theirs = case.matter, other.matter
            if not ours.deeds & theirs.deeds:
                matter = replace(ours, doers=theirs.doers, others=theirs.others, sides=theirs.sides, more=theirs.more)
                yield from (row for _, row in rows(Background(matter, other.story), what))


def fitted(examples: Sequence[Example], what: str) -> dict[str, float]:
    """Weights of a logistic regression, the constant not shrunk. What speaks for or against keeps its sign."""

    def bounds(name: str) -> tuple[float, float]:
        against = name in AGAINST[what]
        return -np.inf if against or name in FREE else 0.0, 0.0 if against else np.inf

    found = regression.fitted(examples, bounds, lambda name: 0.0 if name == CONSTANT else SHRINK, STEPS, RATE)
    return {**found, CONSTANT: found[CONSTANT] + GENEROUS[what]}


def learned(cases: Sequence[Case]) -> Weights:
    found = {what: fitted(examples(cases, what), what) for what in (COMING, ENDING)}
    return {what: {name: round(weight, 2) for name, weight in some.items() if abs(weight) >= 0.05} for what, some in found.items()}


def right(cases: Iterable[Case], weights: Weights) -> Iterator[tuple[Case, str]]:
    """Each case with the outcome that it is given by those weights."""
    with patch.object(telling, "load", lambda: weights):
        for case in cases:
            yield case, case.settled(telling.told(case.matter, case.story)).outcome


def cross_validated(cases: Sequence[Case], show: bool = False) -> Counter[str]:
    """How many of each set have the right outcome by weights from the others, and which outcomes were wrong."""
    order = sorted(cases, key=lambda case: case.pair["id"])
    random.Random(1).shuffle(order)
    counts = Counter[str]()
    for fold in range(FOLDS):
        out = order[fold::FOLDS]
        for case, outcome in right(out, learned([case for case in order if case not in out])):
            wanted, name = case.pair["outcome"], case.pair["id"].rstrip("0123456789")
            counts[f"{name} of"] += 1
            counts[f"{name} right"] += outcome == wanted and case.found is not None
            counts[f"{name} right if found"] += outcome == wanted
            if outcome != wanted:
                counts[f"{wanted} seen as {outcome}"] += 1
                if show:
                    sys.stdout.write(f"{case.pair['id']} {wanted} seen as {outcome}\n")
    return counts


def write_usual() -> None:
    lines = [line for path in sorted((ROOT / "corpus").glob("*/*.txt")) for line in path.read_text(encoding="utf-8").splitlines()]
    sentences = [MARK.sub(r"\1", line.lstrip("~ ")) for line in lines if line and not line.startswith("#")]
    counts = Counter[str]()
    for words in map(wording.words_in, sentences):
        stems = [wording.stem_of(word) for word in words]
        listed = {" ".join(stems[hit.start : hit.end]) for hit in wording.load().hits(stems) if hit.sense.part in wording.PARTS}
        counts.update(
            listed | {stem for stem, word in zip(stems, words, strict=True) if word.isalpha() and word[0].islower() and len(stem) > 2}
        )
    rates = {words: 1000 * count / len(sentences) for words, count in counts.items()}
    kept = sorted((words for words, rate in rates.items() if rate >= LEAST), key=lambda words: (-rates[words], words))
    head = "words\trate\n# How many of 1,000 sentences of corpus/ have words; made by tests/expectations/fit.py --usual.\n"
    (DATA / wording.USUAL).write_text(head + "".join(f"{words}\t{rates[words]:.1f}\n" for words in kept), encoding="utf-8")


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--usual", action="store_true")
    parser.add_argument("--errors", action="store_true")
    options = parser.parse_args()
    if options.usual:
        write_usual()
        return
    coder = Coder()
    cases = [case_of(pair, coder) for pair in readable()]
    for name, count in sorted(cross_validated(cases, options.errors).items()):
        sys.stdout.write(f"cross-validated: {name} {count}\n")
    weights = learned(cases)
    head = (
        "# How much each feature of a sentence (evidence.py) counts; made by tests/expectations/fit.py from the pairs that may be read.\n"
    )
    text = head + yaml.safe_dump(weights, sort_keys=True)
    (DATA / telling.WEIGHTS).write_text(text, encoding="utf-8")
    sys.stdout.write(text)


if __name__ == "__main__":
    main()
