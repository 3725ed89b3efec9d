"""Judgements as labelled text. In: an audit. Out: lines as corpus/README.md explains them, of what was judged right or put right.

A line must hold every event of its sentence, so a sentence is left out where an event beside it is not judged as well, and where a
correction gives no words of the sentence. Nobody asked the judges what the sentence tells besides: read the lines before you train on them.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Mapping
from typing import NamedTuple

from dragoman import codebook
from dragoman.audit.correcting import settled
from dragoman.audit.figures import by_item
from dragoman.audit.files import Audit
from dragoman.audit.lines import NAMES, NONE, Item, Judged, Verdict
from dragoman.schema import Entity, Event, Span

NOTATION = re.compile(r"[\[\]|{}\n]|^\s*[#~]")  # signs of marks and contexts; of a remark or a pair, where a line begins with them
IN_BRACKETS = re.compile(r"\s*\([A-Z]{3}(?: [A-Z]{3})?\)$")
LABELS: tuple[Judged, ...] = ("type", "mode", "aux")
LETTERS: dict[Judged, str] = {"actor": "a", "recipient": "r"}


class LeftOut(Exception):
    """Why a sentence becomes no line."""


class Exported(NamedTuple):
    lines: list[str]
    left_out: dict[str, int]


def corpus_lines(audit: Audit) -> Exported:
    """The lines in the order of the sample, each with the ids of its events above, and how many sentences were left out for what."""
    verdicts = {id: settled(judgements) for id, judgements in by_item(audit).items()}
    lines: list[str] = []
    left_out: Counter[str] = Counter()
    done: set[str] = set()
    for id in audit.items:
        if id not in verdicts or id in done:
            continue
        together = [id, *audit.items[id].beside]
        done.update(together)
        try:
            line = line_of(audit.items, verdicts, together)
        except LeftOut as reason:
            left_out[str(reason)] += 1
        else:
            lines += [f"# {' '.join(together)}", line]
    return Exported(lines, dict(sorted(left_out.items())))


def line_of(items: Mapping[str, Item], verdicts: Mapping[str, Mapping[Judged, Verdict]], together: list[str]) -> str:
    """A sentence with its events marked."""
    if not all(id in items and id in verdicts for id in together):
        raise LeftOut("another event of the sentence is not judged")
    events = sorted((items[id].event for id in together), key=lambda event: event.trigger.start)
    sentence = sentence_of(events[0])
    if NOTATION.search(sentence.text):
        raise LeftOut("the sentence has signs of the notation in it")
    marks: dict[tuple[int, int], list[str]] = {}
    number = 0
    for event in events:
        verdict = verdicts[event.id]
        if verdict.get("type", Verdict(verdict="unsure")).should == NONE:
            add(marks, sentence, event.trigger, NONE.upper())
            continue
        number += 1
        add(marks, sentence, event.trigger, ("" if number == 1 else f"{number}:") + label_of(event, verdict))
        for side, letter in LETTERS.items():
            for words in side_of(event, verdict, sentence, side):
                add(marks, sentence, words, letter if number == 1 else f"{letter}{number}")
    if number > 9:
        raise LeftOut("the sentence has more than nine events")
    return marked(sentence, marks)


def sentence_of(event: Event) -> Span:
    for span in event.evidence:
        if span.start <= event.trigger.start and event.trigger.end <= span.end:
            return span
    raise LeftOut("the sentence is not in the record")


def label_of(event: Event, verdict: Mapping[Judged, Verdict]) -> str:
    """Type, modes and auxiliary modes, as they are or as they should be."""
    coded = {"type": event.type, "mode": ",".join(event.mode) or NONE, "aux": ",".join(event.aux) or NONE}
    should = {name: value_of(verdict, name, coded[name]) for name in LABELS}
    modes, aux = ([] if should[name] == NONE else NAMES.split(should[name]) for name in LABELS[1:])
    book = codebook.load().types
    if should["type"] not in book or set(modes) - set(book[should["type"]].modes):
        raise LeftOut("the type is not of the codebook, or has no such mode")
    return "".join((should["type"], *(f".{mode}" for mode in modes), *(f"+{one}" for one in aux)))


def value_of(verdict: Mapping[Judged, Verdict], name: Judged, coded: str) -> str:
    if name not in verdict or verdict[name].verdict == "unsure":
        raise LeftOut(f"{name} is not judged, or unsure")
    if verdict[name].verdict == "right":
        return coded
    should = verdict[name].should
    if should is None:
        raise LeftOut(f"{name} is wrong and not put right")
    return should


def side_of(event: Event, verdict: Mapping[Judged, Verdict], sentence: Span, side: Judged) -> list[Span]:
    """The phrases of a side that stand in the sentence; those of the records, or words that a judge gives."""
    entities: list[Entity] = event.actor if side == "actor" else event.recipient
    should = value_of(verdict, side, "")
    if not should:
        there = {(one.start, one.end): one for one in entities if sentence.start <= one.start and one.end <= sentence.end}
        return list(there.values())
    if should == NONE:
        return []
    return [span_of(IN_BRACKETS.sub("", words), sentence, side) for words in NAMES.split(should)]


def span_of(words: str, sentence: Span, side: str) -> Span:
    at = sentence.text.find(words)
    if at < 0 or sentence.text.find(words, at + 1) >= 0:
        raise LeftOut(f"{side} is put right in words that are not once in the sentence")
    return Span(text=words, start=sentence.start + at, end=sentence.start + at + len(words))


def add(marks: dict[tuple[int, int], list[str]], sentence: Span, span: Span | Entity, label: str) -> None:
    if not sentence.start <= span.start < span.end <= sentence.end:
        raise LeftOut("a word of the event is outside its sentence")
    labels = marks.setdefault((span.start - sentence.start, span.end - sentence.start), [])
    if label not in labels:
        labels.append(label)
    if len(labels) > 1 and not all(one[0] in "ar" for one in labels):
        raise LeftOut("marks overlap")


def marked(sentence: Span, marks: Mapping[tuple[int, int], list[str]]) -> str:
    """The sentence with its marks; LeftOut where one would stand in another."""
    text, at = "", 0
    for (start, end), labels in sorted(marks.items()):
        if start < at:
            raise LeftOut("marks overlap")
        text += f"{sentence.text[at:start]}[{sentence.text[start:end]}|{','.join(labels)}]"
        at = end
    return " ".join((text + sentence.text[at:]).split())
