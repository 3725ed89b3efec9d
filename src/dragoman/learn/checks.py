"""In: the labelled corpus, its minima, and sentences that must not be in it. Out: how much there is of what, and what is wrong with it.

Near duplicates are found with MinHash over triples of words (datasketch); a minimal pair is alike by intent and does not count.
"""

from __future__ import annotations

import json
import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import yaml
from datasketch import MinHash, MinHashLSH

from dragoman.errors import DataError
from dragoman.learn.corpus import NONE, TEST, TRAIN, Example, Labels, Trigger, example_of, read
from dragoman.learn.examples import Sentence, sentences_of
from dragoman.tables import rows

MINIMA, SECOND_READER = "minima.yaml", "second-reader.tsv"
PERMUTATIONS = 64
SHINGLE = 3
LONG, STEM, FEWEST_SHARED, COMMON = 5, 6, 5, 0.01
WORDS_OF_A_SENTENCE = 7
SENTENCE_END = re.compile(r"(?<=[.!?])\s+|\n+")
WORD = re.compile(r"\w+")


@dataclass(frozen=True, slots=True)
class Agreement:
    """How far a second reader, who labelled blind, agrees: ``kappa`` is Cohen's, ``modes`` and ``aux`` are shares where the type agrees."""

    words: int
    types: float
    kappa: float
    modes: float
    aux: float

    def line(self) -> str:
        return (
            f"second reader: the same type for {self.types:.3f} of {self.words} words (kappa {self.kappa:.3f}), "
            f"of these the same modes {self.modes:.3f}, the same auxiliary modes {self.aux:.3f}"
        )


@dataclass(slots=True)
class Report:
    """``counts`` by what is counted; ``failures`` are sentences that say what is missing or wrong."""

    counts: dict[str, Counter[str]] = field(default_factory=dict)
    failures: list[str] = field(default_factory=list)
    agreement: Agreement | None = None

    def lines(self) -> Iterator[str]:
        for name, counter in self.counts.items():
            yield f"{name}: " + "  ".join(f"{key} {n}" for key, n in counter.items())
        if self.agreement is not None:
            yield self.agreement.line()
        yield from (f"FAILS: {failure}" for failure in self.failures)


def check(folder: Path, forbidden: Iterable[str] = ()) -> Report:
    """Check the corpus in a folder with the parts train and test. DataError for the first line that cannot be read."""
    minima = _minima(folder)
    train, test = read(folder / TRAIN), read(folder / TEST)
    report = Report(counts_of(train))
    report.agreement = agreement(train, folder)
    report.counts["test part"] = Counter({"examples": len(test)})
    report.failures += list(_lacking(report.counts, minima))
    report.failures += list(_monotonous(sentences_of(train), minima["distinct_triggers"]))
    alike = near_duplicates([*train, *test], minima["alike"])
    report.counts["near duplicates"] = Counter({"examples": len(alike)})
    if len(alike) > minima["near_duplicates"] * (len(train) + len(test)):
        report.failures.append(f"{len(alike)} near duplicates, among them " + "; ".join(f"{a} and {b}" for a, b in alike[:20]))
    sentences = list(dict.fromkeys(forbidden))
    taken = taken_from([*train, *test], sentences, minima["gold_alike"]) + reworded_from([*train, *test], sentences, minima["gold_stems"])
    report.failures += [f"{where} is like a sentence that must not be in the corpus: {sentence[:80]}" for where, sentence in taken]
    return report


def agreement(examples: Sequence[Example], folder: Path) -> Agreement | None:
    """The corpus against second-reader.tsv of its folder; None where there is none, or where none of its texts is in the corpus."""
    if not (folder / SECOND_READER).is_file():
        return None
    first = {(e.text, t.start): t for e in examples for t in e.triggers}
    pairs = [
        (first[text, int(start)], label_of(label, where))
        for where, (text, start, label) in rows(folder, SECOND_READER, ("text", "start", "label"))
        if (text, int(start)) in first
    ]
    if not pairs:
        return None
    same = [(a, b) for a, b in pairs if a.type == b.type]
    ours, theirs = Counter(a.type for a, _ in pairs), Counter(b.type for _, b in pairs)
    share, chance = len(same) / len(pairs), sum(ours[t] * theirs[t] for t in ours) / len(pairs) ** 2
    modes = sum(set(a.modes) == set(b.modes) for a, b in same) / max(1, len(same))
    aux = sum(set(a.aux) == set(b.aux) for a, b in same) / max(1, len(same))
    return Agreement(len(pairs), share, (share - chance) / (1 - chance) if chance < 1 else 1.0, modes, aux)


def label_of(label: str, where: str) -> Trigger:
    """A label as it stands behind the bar of a mark. DataError for one that is none."""
    (trigger,) = example_of(f"[x|{label}]", where).triggers
    return trigger


def sentences_in(folder: Path) -> Iterator[str]:
    """The sentences and paragraphs of all data in a folder: fields of tables and JSON lines with several words, lines of text."""
    for file in sorted(f for f in folder.rglob("*") if f.suffix in (".tsv", ".jsonl", ".txt")):
        for line in file.read_text(encoding="utf-8", errors="replace").splitlines():
            yield from (field for field in _fields(line, file.suffix) if field.count(" ") >= WORDS_OF_A_SENTENCE)


def _fields(line: str, suffix: str) -> list[str]:
    if suffix == ".jsonl":
        record = json.loads(line)
        texts = [record["text"]] if "text" in record else [" ".join(record.get("tokens", []))]
        return [sentence for text in texts for sentence in SENTENCE_END.split(text)]
    return line.split("\t") if suffix == ".tsv" else SENTENCE_END.split(line)


def _minima(folder: Path) -> dict[str, Any]:
    try:
        found: dict[str, Any] = yaml.safe_load((folder / MINIMA).read_text(encoding="utf-8"))
    except OSError as error:
        raise DataError(str(folder), f"no {MINIMA}, so no corpus") from error
    return found


def counts_of(examples: Sequence[Example]) -> dict[str, Counter[str]]:
    """How many examples, triggers by type, by mode, by auxiliary mode, and paragraphs by context."""
    triggers = [t for e in examples for t in e.triggers if t.type != NONE]
    labels = Labels()
    return {
        "examples": Counter(
            all=len({e.text for e in examples}),
            without_event=sum(all(t.type == NONE for t in e.triggers) for e in examples),
            pairs=sum(e.pair for e in examples),
        ),
        "type": _counted(labels.types[1:], (t.type for t in triggers)),
        "mode": _counted(labels.modes, (f"{t.type}.{m}" for t in triggers for m in t.modes)),
        "auxiliary": _counted(labels.aux, (a for t in triggers for a in t.aux)),
        "context": _counted(labels.contexts, (c for e in examples for c in e.contexts or ())),
    }


def _counted(labels: Iterable[str], found: Iterable[str]) -> Counter[str]:
    """How often each label was found, 0 for those that never were."""
    counts = Counter(found)
    return Counter({label: counts[label] for label in labels})


def _lacking(counts: dict[str, Counter[str]], minima: dict[str, Any]) -> Iterator[str]:
    wanted = {"all": minima["examples"], "without_event": minima["without_event"], "pairs": minima["pairs"]}
    for name, least in wanted.items():
        if counts["examples"][name] < least:
            yield f"{counts['examples'][name]} examples ({name}), of {least}"
    for kind in ("type", "mode", "auxiliary", "context"):
        yield from (f"{kind} {name}: {n} of {minima[kind]}" for name, n in counts[kind].items() if n < minima[kind])


def _monotonous(sentences: Sequence[Sentence], least: float) -> Iterator[str]:
    """Types whose triggers are too few words over and over."""
    words: dict[str, list[str]] = defaultdict(list)
    for sentence in sentences:
        for judged in sentence.judged:
            if judged.type != NONE:
                words[judged.type].append(judged.lemma)
    for name, lemmas in words.items():
        share = len(set(lemmas)) / len(lemmas)
        if share < least:
            yield f"{name}: {len(set(lemmas))} different trigger words in {len(lemmas)} triggers, {share:.2f} of {least}"


def near_duplicates(examples: Sequence[Example], alike: float) -> list[tuple[str, str]]:
    """Where examples stand that are nearly the same, each with the first like it; pairs are compared with no one."""
    index, texts = MinHashLSH(threshold=alike, num_perm=PERMUTATIONS), dict[str, str]()
    found = []
    for example in examples:
        if example.pair:
            continue
        sketch = _sketch(example.text)
        twins = [str(where) for where in index.query(sketch) if jaccard(texts[str(where)], example.text) >= alike]
        if twins:
            found.append((twins[0], example.where))
        index.insert(example.where, sketch)
        texts[example.where] = example.text
    return found


def taken_from(examples: Sequence[Example], sentences: Sequence[str], alike: float) -> list[tuple[str, str]]:
    """Examples, by where they stand, that are like one of the sentences."""
    index = MinHashLSH(threshold=alike, num_perm=PERMUTATIONS)
    distinct = list(dict.fromkeys(sentences))
    for number, sentence in enumerate(distinct):
        index.insert(number, _sketch(sentence))
    near = ((e, distinct[int(n)]) for e in examples for n in index.query(_sketch(e.text)))
    return [(e.where, sentence) for e, sentence in near if jaccard(e.text, sentence) >= alike]


def reworded_from(examples: Sequence[Example], sentences: Sequence[str], alike: float) -> list[tuple[str, str]]:
    """Examples, by where they stand, that share most of their content words with one of the sentences, in whatever order.

    Words that are in many of the sentences ("president") tell nothing.
    """
    of_stem: dict[str, list[int]] = defaultdict(list)
    contents = [stems(s) for s in sentences]
    seen = Counter(stem for content in contents for stem in content)
    common = {stem for stem, count in seen.items() if count > COMMON * len(sentences) + 1}
    contents = [content - common for content in contents]
    for number, content in enumerate(contents):
        for stem in content:
            of_stem[stem].append(number)
    found = []
    for example in examples:
        own = stems(example.text) - common
        shared = Counter(number for stem in own for number in of_stem.get(stem, ()))
        near = [n for n, count in shared.items() if count >= FEWEST_SHARED and count / len(own | contents[n]) >= alike]
        found += [(example.where, sentences[n]) for n in near[:1]]
    return found


def stems(text: str) -> set[str]:
    """The beginnings of the longer words of a text; the short ones are mostly grammar."""
    return {word[:STEM] for word in WORD.findall(text.lower()) if len(word) >= LONG}


def shingles(text: str) -> set[str]:
    words = WORD.findall(text.lower())
    return {" ".join(words[n : n + SHINGLE]) for n in range(max(1, len(words) - SHINGLE + 1))}


def jaccard(one: str, other: str) -> float:
    """How alike two texts are: triples of words that both have, by those that either has."""
    some, others = shingles(one), shingles(other)
    return len(some & others) / len(some | others)


def _sketch(text: str) -> MinHash:
    """Finds candidates; how alike two really are, ``jaccard`` says."""
    sketch = MinHash(num_perm=PERMUTATIONS, seed=1)
    sketch.update_batch([shingle.encode() for shingle in shingles(text)])
    return sketch
