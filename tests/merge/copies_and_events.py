"""How well copies and events are found: precision, recall and F1 over pairs, on the two sets beside this file.

python tests/merge/copies_and_events.py              # copies of seed 1, and the 200 pairs of events that the weights were learned from
python tests/merge/copies_and_events.py --held-out   # copies of seed 2, and the 100 pairs that nothing was fitted to
python tests/merge/copies_and_events.py --events     # without the copies, in either case
"""

from __future__ import annotations

import sys
import tempfile
import time
from collections import Counter, defaultdict
from collections.abc import Hashable, Iterable
from itertools import combinations
from pathlib import Path

from copying import Printed, printings
from pairing import REACH, Judged, Side, apart, codings, event_at, pairs

from dragoman.merging import merge
from dragoman.schema import ArticleRecord, Coding, Published, sha256_of
from dragoman.store import Store


class Scores:
    """Right, said and true pairs."""

    def __init__(self, right: int, said: int, true: int) -> None:
        self.right, self.said, self.true = right, said, true

    @property
    def precision(self) -> float:
        return self.right / self.said if self.said else 0.0

    @property
    def recall(self) -> float:
        return self.right / self.true if self.true else 0.0

    @property
    def f1(self) -> float:
        return 2 * self.right / (self.said + self.true) if self.said + self.true else 0.0

    def __str__(self) -> str:
        counts = f"({self.right} right of {self.said} said, {self.true} true)"
        return f"precision {self.precision:.3f}  recall {self.recall:.3f}  F1 {self.f1:.3f}  {counts}"


def pairs_in(groups: Iterable[list[str]]) -> set[tuple[str, str]]:
    return {pair for group in groups for pair in combinations(sorted(group), 2)}


def by(keys: dict[str, Hashable]) -> list[list[str]]:
    found: dict[Hashable, list[str]] = defaultdict(list)
    for name, key in keys.items():
        found[key].append(name)
    return list(found.values())


def article_of(printed: Printed) -> tuple[Coding, str]:
    published = Published(value=printed.published, source="given" if printed.published else "none")
    headline = printed.text.split("\n", 1)[0]
    record = ArticleRecord(
        id=printed.id,
        headline=headline,
        publication=printed.publication,
        agency=printed.publication if printed.by_source else None,
        published=published,
        sha256=sha256_of(printed.text),
    )
    return Coding(article=record), printed.text


def copies_score(printed: list[Printed]) -> tuple[Scores, float, float]:
    """Scores over pairs, the share of stories of which the source's latest version stands, and seconds."""
    with tempfile.TemporaryDirectory() as folder, Store(Path(folder) / "copies.duckdb") as store:
        store.add(map(article_of, printed))
        began = time.monotonic()
        merge(store)
        seconds = time.monotonic() - began
        rows = store.connection.execute("SELECT article_id, story, role FROM copies").fetchall()
    truth, said = pairs_in(by({p.id: p.story for p in printed})), pairs_in(by({article: story for article, story, _ in rows}))
    standing = {article for article, _, role in rows if role == "stands"}
    latest = {max((p.version, p.id) for p in printed if p.story == story and p.by_source)[1] for story in {p.story for p in printed}}
    return Scores(len(truth & said), len(said), len(truth)), len(latest & standing) / len(latest), seconds


def events_score(judged: list[Judged], wanted: list[bool]) -> tuple[Scores, Scores, Counter[tuple[str, bool]]]:
    """Scores of the pairs that are wanted, all in one store: of all, and of those whose two events the coder found; and what was wrong."""
    coded = codings(judged)
    events = [(event_at(one, pair.one), event_at(other, pair.other)) for pair, (one, other) in zip(judged, coded, strict=True)]
    with tempfile.TemporaryDirectory() as folder, Store(Path(folder) / "pairs.duckdb") as store:
        texts = [side.article.text for pair in judged for side in (pair.one, pair.other)]
        store.add(zip((coding for both in coded for coding in both), texts, strict=True))
        merge(store)
        cluster = dict(store.connection.execute("SELECT event_id, merged_id FROM merge_members").fetchall())
        retold = store.connection.execute('SELECT merged_id, article_id, start, "end" FROM retold').fetchall()

    def is_retold(merged_id: str | None, side: Side) -> bool:
        marked = (name for name, article, start, end in retold if article == side.article.id and apart(start, end, side) <= REACH)
        return merged_id is not None and merged_id in marked

    counts: dict[bool, list[int]] = {False: [0, 0, 0], True: [0, 0, 0]}
    wrong: Counter[tuple[str, bool]] = Counter()
    for pair, (one, other), asked in zip(judged, events, wanted, strict=True):
        if not asked:
            continue
        names = [cluster.get(event.id, event.id) if event else None for event in (one, other)]
        together = (names[0] is not None and names[0] == names[1]) or is_retold(names[0], pair.other) or is_retold(names[1], pair.one)
        wrong[pair.kind, pair.same] += together != pair.same
        for only_coded in (False, True) if one and other else (False,):
            for place, holds in enumerate((together and pair.same, together, pair.same)):
                counts[only_coded][place] += holds
    return Scores(*counts[False]), Scores(*counts[True]), wrong


def report(held_out: bool, with_copies: bool) -> None:
    """Prints the figures."""
    if with_copies:
        report_copies(printings(2 if held_out else 1))
    judged = pairs()
    everything, coded, wrong = events_score(judged, [pair.held_out == held_out for pair in judged])
    sys.stdout.write(f"events: {'100 pairs held out' if held_out else '200 pairs'}\n  {everything}\n  where both were coded: {coded}\n")
    for (kind, same), count in sorted(wrong.items()):
        if count:
            sys.stdout.write(f"  wrong: {count} {kind} ({'same' if same else 'another'})\n")


def report_copies(printed: list[Printed]) -> None:
    scores, standing, seconds = copies_score(printed)
    line = f"copies: {len(printed):,} texts of {len({p.story for p in printed})} stories in {seconds:.0f} s\n  {scores}\n"
    sys.stdout.write(f"{line}  the source's latest version stands in {standing:.3f} of the stories\n")


if __name__ == "__main__":
    report("--held-out" in sys.argv, "--events" not in sys.argv)
