"""Counts which words tell which acts, in what is labelled: writes src/dragoman/merge/acts.tsv from corpus/train.

python tests/merge/merge_acts.py     # after new sentences came into corpus/train, and before fit.py
"""

from __future__ import annotations

import re
import sys
from collections import Counter, defaultdict
from collections.abc import Iterator
from pathlib import Path

from dragoman.merge.frequencies import stem, synonyms
from dragoman.merge.naming import TOKEN

ROOT = Path(__file__).resolve().parents[2]
FILE = ROOT / "src" / "dragoman" / "merge" / "acts.tsv"
MARKED = re.compile(r"\[([^|\]]+)\|([^\]]*)\]")
TRIGGER = re.compile(r"(?:\d+:)?([A-Z]{2,})")
NONE = "NONE"
SAYING = synonyms()[stem("said")]  # stands before most acts and tells none
SELDOM = 3  # triggers, below which a word is left out
TELLING = 0.2  # of its places in the corpus that are triggers, below which a word is one by chance ("the army", "tear gas")
HEAD = """\
# Words without their endings, and how many triggers they are of each type in corpus/train; of synonyms (synonyms.tsv) all together.
# Kept is what tells an act at least {seldom} times and in a fifth of its places. Made by tests/merge/merge_acts.py.
stem\ttypes
"""


def sentences() -> Iterator[str]:
    for file in sorted((ROOT / "corpus" / "train").glob("*.txt")):
        yield from (line for line in file.read_text(encoding="utf-8").splitlines() if line and not line.startswith("#"))


def counted() -> tuple[dict[str, Counter[str]], Counter[str]]:
    """The types of each stem that is a trigger of one word, and how often each stem stands anywhere; the same of what has synonyms."""
    types: dict[str, Counter[str]] = defaultdict(Counter)
    places: Counter[str] = Counter()
    for line in sentences():
        for words, label in MARKED.findall(line):
            kind = TRIGGER.match(label)
            if kind and kind[1] != NONE and " " not in words:
                for word in names_of(words):
                    types[word][kind[1]] += 1
        for token in TOKEN.findall(MARKED.sub(r"\1", line)):
            places.update(names_of(token))
    return types, places


def names_of(word: str) -> set[str]:
    plain = stem(word.casefold())
    return {plain, synonyms().get(plain, plain)}


def lines() -> list[str]:
    types, places = counted()
    telling = {name for name, kinds in types.items() if sum(kinds.values()) >= max(SELDOM, TELLING * places[name])}
    shared = {word: same for word, same in synonyms().items() if same in telling and same != SAYING}
    kept = {word: types[shared.get(word, word)] for word in (telling | set(shared)) - set(synonyms().values())}
    return [
        f"{word}\t{' '.join(f'{kind}:{count}' for kind, count in sorted(kinds.items(), key=lambda item: (-item[1], item[0])))}\n"
        for word, kinds in sorted(kept.items())
    ]


if __name__ == "__main__":
    found = lines()
    FILE.write_text(HEAD.format(seldom=SELDOM) + "".join(found), encoding="utf-8")
    sys.stdout.write(f"{len(found)} words -> {FILE}\n")
