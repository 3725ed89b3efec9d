"""Compares statements and disputes with what somebody wrote down who had not seen the program work.

python tests/statements/blind.py                   # the figures of disputes.yaml, occasions.yaml and attitudes.yaml
python tests/statements/blind.py disputes --show   # and what is wrong in every second case; the others are kept unread

A dispute is found when an event at one version is disputed in the words of another. Words agree when they overlap in the text. What is
denied without having been claimed by anybody is no dispute.
"""

from __future__ import annotations

import sys
from collections import Counter
from collections.abc import Callable, Iterable
from pathlib import Path
from typing import Any

import yaml

from dragoman import Coder
from dragoman.schema import Coding, Dispute, Event, Statement

HERE = Path(__file__).parent
Case = dict[str, Any]
Lines = list[str]


def span_of(text: str, words: str, nth: int = 1) -> tuple[int, int]:
    start = -1
    for _ in range(nth):
        start = text.index(words, start + 1)
    return start, start + len(words)


def overlap(span: Any, words: tuple[int, int]) -> bool:
    return bool(span.start < words[1] and words[0] < span.end)


def attitudes(case: Case, coding: Coding) -> tuple[Counter[str], Lines]:
    counts, wrong = Counter[str](), Lines()
    for want in case["attitudes"]:
        counts["wanted"] += 1
        said = statement_at(coding, span_of(case["text"], want["cue"]))
        if said is None:
            wrong.append(f"missed {want['kind']} “{want['cue']}”")
            continue
        right = {"kind": said.attitude == want["kind"], "polarity": said.polarity == want["polarity"]}
        counts["found"] += 1
        counts.update(name for name, value in right.items() if value)
        counts["both"] += all(right.values())
        if not all(right.values()):
            wrong.append(f"“{want['cue']}” is {want['kind']} {want['polarity']}, found {said.attitude} {said.polarity}")
    return counts, wrong


def statement_at(coding: Coding, cue: tuple[int, int]) -> Statement | None:
    return next((s for s in coding.statements if s.cue is not None and overlap(s.cue, cue)), None)


def occasions(case: Case, coding: Coding) -> tuple[Counter[str], Lines]:
    counts, wrong = Counter[str](), Lines()
    for want in case["said"]:
        said = statement_at(coding, span_of(case["text"], want["cue"], want.get("nth", 1)))
        counts["statements"] += 1
        if said is None:
            counts["statements missed"] += 1
            wrong.append(f"missed statement “{want['cue']}”")
        for name, found in (("to", said and said.addressee), ("place", said and said.place), ("occasion", said and said.occasion)):
            words = want[name]
            counts[f"{name} wanted"] += words is not None
            counts[f"{name} found"] += found is not None
            counts[f"{name} right"] += words is not None and found is not None and overlap(found, span_of(case["text"], words))
            if (found is None) != (words is None) or (found and not overlap(found, span_of(case["text"], words))):
                wrong.append(f"{name} {words}, found {found and found.text}")
    return counts, wrong


def disputes(case: Case, coding: Coding) -> tuple[Counter[str], Lines]:
    text, counts, wrong, right = case["text"], Counter[str](), Lines(), set[int]()
    noted = [(e, d) for e in coding.events for d in e.disputed if not (e.status == "denied" and e.attributed_to is None)]
    for want in case["disputes"]:
        versions = [(span_of(text, v["at"]), v) for v in want["versions"]]
        found = [n for n, (event, dispute) in enumerate(noted) if _is_between(text, event, dispute, versions)]
        right.update(found)
        counts["wanted"] += 1
        counts["found"] += bool(found)
        if not found:
            wrong.append(f"missed, over {want['over']}: {[v['at'] for _, v in versions]}")
    counts["noted"] += len(noted)
    counts["noted rightly"] += len(right)
    wrong += [f"spurious: “{e.trigger.text}” disputed in “{d.text}”" for n, (e, d) in enumerate(noted) if n not in right]
    return counts, wrong


def _is_between(text: str, event: Event, dispute: Dispute, versions: list[tuple[tuple[int, int], Case]]) -> bool:
    """Whether the event stands in the sentence of one version, and the dispute in the words of another or with it on the same word."""
    if any(v.get("each") and overlap(dispute, at) for at, v in versions):
        return True
    of = {n for n, (at, _) in enumerate(versions) if any(overlap(sentence, at) for sentence in event.evidence)}
    against = {n for n, (at, v) in enumerate(versions) if overlap(dispute, at) or _is_by(text, dispute, v, at)}
    return any(m != n for m in of for n in against)


def _is_by(text: str, dispute: Dispute, version: Case, at: tuple[int, int]) -> bool:
    """Whether it is in the paragraph of a version and by the one whose it is."""
    if dispute.by is None or version["by"] is None or "\n" in text[min(dispute.start, at[0]) : max(dispute.end, at[1])]:
        return False
    return dispute.by.text in version["by"] or version["by"] in dispute.by.text


def ratio(part: int, whole: int) -> str:
    return f"{part} of {whole} ({part / whole:.3f})" if whole else f"{part} of 0"


def summary_of_attitudes(c: Counter[str]) -> Iterable[str]:
    yield f"attitudes found {ratio(c['found'], c['wanted'])}; of these kind {ratio(c['kind'], c['found'])}, "
    yield f"polarity {ratio(c['polarity'], c['found'])}, both {ratio(c['both'], c['found'])}"


def summary_of_occasions(c: Counter[str]) -> Iterable[str]:
    yield f"statements missed {ratio(c['statements missed'], c['statements'])}"
    for name in ("to", "place", "occasion"):
        yield f"{name}: precision {ratio(c[f'{name} right'], c[f'{name} found'])}, recall {ratio(c[f'{name} right'], c[f'{name} wanted'])}"


def summary_of_disputes(c: Counter[str]) -> Iterable[str]:
    yield f"disputes: precision {ratio(c['noted rightly'], c['noted'])}, recall {ratio(c['found'], c['wanted'])}"


SETS: dict[str, tuple[Callable[[Case, Coding], tuple[Counter[str], Lines]], Callable[[Counter[str]], Iterable[str]]]] = {
    "disputes": (disputes, summary_of_disputes),
    "occasions": (occasions, summary_of_occasions),
    "attitudes": (attitudes, summary_of_attitudes),
}


def main(arguments: list[str]) -> None:
    coder = Coder()
    for name in [n for n in arguments if n in SETS] or list(SETS):
        compare, summary = SETS[name]
        total, unread = Counter[str](), Counter[str]()
        for number, case in enumerate(yaml.safe_load((HERE / f"{name}.yaml").read_text(encoding="utf-8"))):
            counts, wrong = compare(case, coder.code(case["text"], published="2024-06-12"))
            total += counts
            unread += counts if number % 2 else Counter()
            if "--show" in arguments and wrong and number % 2 == 0:
                print(case["text"], *(f"      {line}" for line in wrong), sep="\n")
        print(*summary(total), sep="\n")
        print("   of those never read:", "; ".join(summary(unread)))


if __name__ == "__main__":
    main(sys.argv[1:])
