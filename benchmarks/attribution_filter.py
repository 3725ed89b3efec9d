"""Would a learned filter of attributions pay? A logistic model over what the finder knows of each, beside keeping all of them.

    python benchmarks/attribution_filter.py ../shared/gold/polnear

In: a folder with ``train`` and ``dev`` as ``dragoman eval statements`` reads them. Out: for each bar on the chance that an attribution is
right, how many of dev's are kept and the F1 of attributions with the right source (AR-head). The answer stands in docs/decisions.md.
"""

from __future__ import annotations

import sys
from collections import Counter, defaultdict
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import numpy as np

from dragoman.drafts import Said
from dragoman.language import annotate, load
from dragoman.language.tree import Tree, tree
from dragoman.learn import statements
from dragoman.learn.attributions import Gold, attribution, gold_of
from dragoman.learn.pairing import paired
from dragoman.statements import find

TRAINED_ON = 400  # articles of train
RAREST = 5  # a feature that fewer attributions have is left out
PENALTY, STEPS = 3.0, 30
BARS = (0.0, 0.1, 0.2, 0.3, 0.4, 0.5)
BATCH = 32
Row = dict[str, Any]


def features(words: Tree, said: Said) -> Iterator[str]:
    cue, top, length = said.cue_head, words.top(*said.content[0]), sum(p.end - p.start for p in said.content)
    source = "none" if said.source_head is None else words.pos[said.source_head]
    word, pos, dep = ("", "", "") if cue is None else (words.lemma[cue], words.pos[cue], words.dep[cue])
    yield from (f"manner {said.manner}", f"kind {said.kind}", f"speech {said.speech}", f"attitude {said.attitude} {said.polarity}")
    yield from (f"cue {word}", f"cue {pos} {dep}", f"source {source}", f"length {min(length // 4, 8)}", f"infinitive {words.lower[top]}")
    yield from (f"content {words.dep[top]} {words.pos[top]}", f"{said.manner} of {source}", f"{pos} with {words.pos[top]}")


def attributions(gold: Gold) -> tuple[list[Row], list[set[str]]]:
    nlp, rows, seen = load(), [], []
    stems = list(gold)
    for first in range(0, len(stems), BATCH):
        batch = stems[first : first + BATCH]
        for stem, article in zip(batch, annotate(nlp, [(gold[s][0].text, statements.layout(gold[s][0].text)) for s in batch]), strict=True):
            for said in find(article)[0]:
                if said.within is None:
                    rows.append(statements.row(stem, article, said))
                    seen.append(set(features(tree(article), said)))
    return rows, seen


def rightness(gold: Gold, rows: list[Row]) -> np.ndarray:
    """Of each row the share of annotators by whom it is right."""
    by_article: dict[str, list[int]] = defaultdict(list)
    for n, row in enumerate(rows):
        by_article[row["doc"]].append(n)
    right = np.zeros(len(rows))
    for stem, numbers in by_article.items():
        text, annotators = gold[stem]
        found = [(n, attribution(text, rows[n])) for n in numbers]
        found = [(n, one) for n, one in found if one.content]
        for annotated in annotators:
            for g, p in dict(paired(annotated, [one for _, one in found])).items():
                n, one = found[p]
                right[n] += ("head" in statements.measures(text, annotated[g], one)) / len(annotators)
    return right


def fitted(rows: np.ndarray, right: np.ndarray) -> np.ndarray:
    """Weights of a logistic model, by Newton's method."""
    weights = np.zeros(rows.shape[1])
    for _ in range(STEPS):
        chance = 1 / (1 + np.exp(-rows @ weights))
        slope = rows.T @ (right - chance) - PENALTY * weights
        weights += np.linalg.solve((rows * (chance * (1 - chance))[:, None]).T @ rows + PENALTY * np.eye(len(weights)), slope)
    return weights


def table(seen: list[set[str]], known: dict[str, int]) -> np.ndarray:
    found = np.zeros((len(seen), len(known) + 1))
    found[:, -1] = 1
    for n, names in enumerate(seen):
        found[n, [known[name] for name in names if name in known]] = 1
    return found


def main(folder: Path) -> None:
    train = dict(list(gold_of(folder / "train").items())[:TRAINED_ON])
    rows, seen = attributions(train)
    counts = Counter(name for names in seen for name in names)
    known = {name: n for n, name in enumerate(sorted(name for name, count in counts.items() if count >= RAREST))}
    weights = fitted(table(seen, known), rightness(train, rows))
    gold = gold_of(folder / "dev")
    rows, seen = attributions(gold)
    chances = 1 / (1 + np.exp(-table(seen, known) @ weights))
    print(f"{'bar':>5}{'kept':>7}  " + "".join(f"{kind:>10}" for kind in statements.KINDS))
    for bar in BARS:
        kept = [row for row, chance in zip(rows, chances, strict=True) if chance >= bar]
        figures, _ = statements.score(gold, kept)
        print(f"{bar:5.1f}{len(kept):7}  " + "".join(f"{100 * figures.rates(kind, 'head').f1:10.1f}" for kind in statements.KINDS))


if __name__ == "__main__":
    main(Path(sys.argv[1]))
