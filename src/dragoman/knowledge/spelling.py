"""In: names, and the table of spellings. Out: a key that the spellings of a name in other transliterations share.

Keys are for names that are not known as they are written: "Zelenskiy" and "Zelenskyy" have one, and so have "Kadhafi" and "Gaddafi".
"""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass, field

from dragoman.errors import DataError
from dragoman.tables import Folder, rows

WHERE = ("word", "start", "end", "any")
ARTICLE = re.compile(r"\b(?:al|el|as|ar|ad|an|at|ash|ul)-")
MARKS = re.compile(r"[^a-z]")
VOWELS = str.maketrans("eo", "iu")
DOUBLED = re.compile(r"(.)\1+")


@dataclass(frozen=True, slots=True)
class Spellings:
    """The rules of the table by where in a word they hold; those of ``anywhere`` in their order."""

    words: dict[str, str]
    starts: Rules
    ends: Rules
    anywhere: tuple[tuple[str, str], ...]
    _keys: dict[str, str] = field(default_factory=dict)

    def key(self, name: str) -> str:
        """The key of a name of any number of words."""
        letters = bare(name)
        if "-" in letters:
            letters = ARTICLE.sub("", letters.replace("-al-", " al-"))
        return " ".join([self._keys.get(word) or self._word(word) for word in letters.split(" ")])

    def _word(self, written: str) -> str:
        letters = MARKS.sub("", written)
        word = self.ends.applied(self.starts.applied(self.words.get(letters, letters)))
        for old, new in self.anywhere:
            if old in word:
                word = word.replace(old, new)
        self._keys[written] = word = DOUBLED.sub(r"\1", word)
        return word


class Rules:
    """Rules for one end of a word, the first of which that holds is applied."""

    def __init__(self, rules: dict[str, str], pattern: str) -> None:
        self.rules = rules
        self.pattern = re.compile(pattern.format("|".join(map(re.escape, rules))))

    def applied(self, word: str) -> str:
        """The word after the first rule that leaves more of it than what the rule is about."""
        if not self.rules:
            return word
        return self.pattern.sub(lambda match: self.rules[match[0]], word, count=1)


def loosened(key: str) -> str:
    """A key that is shared even where vowels are heard differently, "Husni" and "Hosni": for names of several words."""
    return key.translate(VOWELS)


def bare(name: str) -> str:
    """A name in lower case without accents."""
    if name.isascii():
        return name.lower()
    decomposed = unicodedata.normalize("NFKD", name.replace("ı", "i").replace("ł", "l").replace("ø", "o").replace("đ", "d"))
    return "".join(c for c in decomposed if not unicodedata.combining(c)).lower().replace("’", "'")


def load_spellings(folder: Folder) -> Spellings:
    """The rules of a folder's spellings.tsv. DataError for a place in a word that is none."""
    found: dict[str, dict[str, str]] = {where: {} for where in WHERE}
    for at, (old, new, where) in rows(folder, "spellings.tsv", ("from", "to", "where")):
        if where not in found:
            raise DataError(at, f"{where!r} is none of {', '.join(WHERE)}")
        found[where][old] = new
    starts, ends = Rules(found["start"], r"^(?:{})(?=.)"), Rules(found["end"], r"(?<=.)(?:{})$")
    return Spellings(found["word"], starts, ends, tuple(found["any"].items()))
