"""How many of the relations that readers labelled in stories are found, and how many of those found were labelled.

python tests/relations/standing.py [FILE.yaml ...] [--errors]

Without files those of the blind stories, a.yaml and b.yaml, counted as odd half, even half and both; other files are a part each. --errors
shows what is missing and what is too much, of the odd half and of files of development stories only. "bonds" are all kinds but offices.

A match is the same kind with the same sides: a country by its code, a body or person by name; either order for the kinds that are alike
both ways. Of two offices of one person in one body the one with the same title matches first. since and until are counted apart, of the
matches that have one on either side.
"""

from __future__ import annotations

import argparse
import sys
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import yaml

from dragoman import Coder
from dragoman.schema import Entity, Relation

STORIES = Path(__file__).resolve().parents[1] / "stories"
sys.path.insert(0, str(STORIES))

from labelled import is_side, words  # noqa: E402

FILES = ("a.yaml", "b.yaml")
ALIKE = frozenset({"alliance", "partner", "treaty", "rivalry", "dispute", "ties_cut"})


@dataclass
class Score:
    """Labelled, found and matched, of a kind or of all; dates of the matches, and how many of them are right."""

    labelled: int = 0
    found: int = 0
    matched: int = 0
    dated: int = 0
    dates_right: int = 0
    titles: int = 0
    titles_right: int = 0

    @property
    def precision(self) -> float:
        return self.matched / self.found if self.found else 1.0

    @property
    def recall(self) -> float:
        return self.matched / self.labelled if self.labelled else 1.0


@dataclass
class Report:
    scores: dict[tuple[str, str], Score] = field(default_factory=dict)
    errors: list[str] = field(default_factory=list)

    def of(self, part: str, kind: str = "all") -> Score:
        return self.scores.setdefault((part, kind), Score())


def stories(files: Iterable[Path] = ()) -> Iterator[dict[str, Any]]:
    """Of some files, or of the blind ones; each with its parts."""
    for file in list(files) or [STORIES / name for name in FILES if (STORIES / name).exists()]:
        for story in yaml.safe_load(file.read_text(encoding="utf-8")):
            yield {**story, "parts": parts(file, story["id"])}


def parts(file: Path, number: str) -> tuple[str, ...]:
    """The parts in which a story counts, the one that says whether it may be read first."""
    return ("odd" if int(number[1:]) % 2 else "even", "both") if file.name in FILES else (file.stem,)


def may_be_read(part: str) -> bool:
    return part == "odd" or part.startswith("dev")


def is_person(label: str, entity: Entity) -> bool:
    """The same surname, or all words of the shorter name in the longer one: spellings of the tables differ from the story's."""
    wanted, own = words(label), words(f"{entity.name or ''} {entity.text}")
    return wanted[-1] in own or all(w in wanted for w in words(entity.name or entity.text))


def is_match(label: dict[str, Any], relation: Relation) -> bool:
    if label["kind"] != relation.kind:
        return False
    one, other = label.get("from"), label.get("to")
    if relation.kind == "office":
        return is_person(one, relation.from_) and is_side(other, relation.to)
    straight = is_side(one, relation.from_) and is_side(other, relation.to)
    if straight or relation.kind not in ALIKE or relation.to is None:
        return straight
    return is_side(one, relation.to) and is_side(other, relation.from_)


def same_title(label: dict[str, Any], relation: Relation) -> bool:
    return words(str(label.get("title") or "")) == words(relation.title or "")


def paired(labels: list[dict[str, Any]], found: list[Relation]) -> list[tuple[dict[str, Any], Relation]]:
    """One to one, the same title first."""
    pairs: list[tuple[dict[str, Any], Relation]] = []
    used: set[int] = set()
    for strict in (True, False):
        for label in labels:
            if any(label is a for a, _ in pairs):
                continue
            for number, relation in enumerate(found):
                if number not in used and is_match(label, relation) and (not strict or same_title(label, relation)):
                    pairs.append((label, relation))
                    used.add(number)
                    break
    return pairs


def score(coder: Coder, told: Iterable[dict[str, Any]]) -> Report:
    report = Report()
    for story in told:
        found = coder.code(story["text"], str(story["published"])).relations
        labels = story.get("relations") or []
        pairs = paired(labels, found)
        for part in story["parts"]:
            _count(report, part, labels, found, pairs)
        if may_be_read(story["parts"][0]):
            matched = [id(x) for pair in pairs for x in pair]
            report.errors += [f"{story['id']} missing {_label(x)}" for x in labels if id(x) not in matched]
            report.errors += [f"{story['id']} surplus {_relation(x)}" for x in found if id(x) not in matched]
            report.errors += [f"{story['id']} dates   {_label(a)} | {b.since} {b.until}" for a, b in pairs if not _same_dates(a, b)]
    return report


def _count(
    report: Report, part: str, labels: list[dict[str, Any]], found: list[Relation], pairs: list[tuple[dict[str, Any], Relation]]
) -> None:
    for label in labels:
        for kind in _rows(label["kind"]):
            report.of(part, kind).labelled += 1
    for relation in found:
        for kind in _rows(relation.kind):
            report.of(part, kind).found += 1
    for label, relation in pairs:
        for one in (report.of(part, kind) for kind in _rows(relation.kind)):
            one.matched += 1
            if relation.kind == "office":
                one.titles += 1
                one.titles_right += same_title(label, relation)
            if any((label.get("since"), label.get("until"), relation.since, relation.until)):
                one.dated += 1
                one.dates_right += _same_dates(label, relation)


def _rows(kind: str) -> tuple[str, ...]:
    """The rows in which a relation counts."""
    return (kind, "all") if kind == "office" else (kind, "all", "bonds")


def _same_dates(label: dict[str, Any], relation: Relation) -> bool:
    return all(str(label.get(k) or "") == (getattr(relation, k) or "") for k in ("since", "until"))


def _label(label: dict[str, Any]) -> str:
    return " ".join(str(label.get(k)) for k in ("kind", "from", "to", "title", "since", "until", "words") if label.get(k) is not None)


def _relation(relation: Relation) -> str:
    to = relation.to
    sides = [f"{e.name or e.text} ({e.country})" for e in (relation.from_, to) if e is not None]
    return f"{relation.kind} {' -> '.join(sides)} {relation.title or ''} | {relation.evidence[0].text[:140]}"


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("files", nargs="*", type=Path)
    parser.add_argument("--errors", action="store_true", help="of what may be read")
    asked = parser.parse_args()
    report = score(Coder(), stories(asked.files))
    print(f"{'part':6} {'kind':18} {'labelled':>8} {'found':>6} {'right':>6} {'precision':>9} {'recall':>7} {'dates':>9} {'titles':>9}")
    for (part, kind), one in sorted(report.scores.items(), key=lambda kv: (kv[0][0], kv[0][1] != "all", kv[0][1] != "bonds", kv[0][1])):
        dates, told = f"{one.dates_right}/{one.dated}", f"{one.titles_right}/{one.titles}"
        print(
            f"{part:6} {kind:18} {one.labelled:8} {one.found:6} {one.matched:6} {one.precision:9.2f} {one.recall:7.2f} {dates:>9} {told:>9}"
        )
    if asked.errors:
        print("\n".join(report.errors))


if __name__ == "__main__":
    sys.exit(main())
