"""In: Chinese and Korean names in Latin letters, and the table of romanisations. Out: a coarse key that usual ways to write one share.

"Teng Hsiao-ping" and "Deng Xiaoping", "Kim Chong-il" and "Kim Jong Il", "Pak Kun-hye" and "Park Geun-hye" have one key each. It is so
coarse that it only serves for whole names of three syllables, where one person alone has it.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field

from dragoman.errors import DataError
from dragoman.knowledge.spelling import Rules, bare
from dragoman.tables import Folder, rows

LANGUAGES = {"CHN": "zh", "TWN": "zh", "HKG": "zh", "SGP": "zh", "KOR": "ko", "PRK": "ko"}
WHERE = ("name", "start", "end", "any")
SYLLABLE = {
    "zh": re.compile(
        r"(?:zh|ch|sh|hs|ts|tz|[bpmfdtnlgkhjqxrzcsyw])?(?:[iu]?[aeo]+[iu]?|[iu]+)(?:ng|n(?![aeiou])|r(?![aeiou])|h(?![aeiou]))?"
    ),
    "ko": re.compile(r"(?:ch|sh|kk|tt|pp|jj|[bpmdtnlgkhjrsyw])?[yw]?[aeiou]+(?:ng|[nmlkptbgdr](?![aeiou]))?h?(?![aeiou])"),
}
SYLLABLES = 3


@dataclass(frozen=True, slots=True)
class Romanisations:
    """The rules of one language by where in a syllable they hold."""

    language: str
    names: dict[str, str]
    starts: Rules
    ends: Rules
    anywhere: tuple[tuple[str, str], ...]
    _keys: dict[str, str] = field(default_factory=dict)

    def key(self, name: str) -> str | None:
        """The key of a name of three syllables, its family name first; None for any other."""
        first, *rest = bare(name).replace("'", "").replace("-", " ").split(" ")
        given = "".join(rest)
        parts = SYLLABLE[self.language].findall(given)
        if not given.isalpha() or len(parts) != SYLLABLES - 1 or "".join(parts) != given or not first.isalpha():
            return None
        return " ".join((self._sound(self.names.get(first, first)), *(self._sound(part) for part in parts)))

    def _sound(self, syllable: str) -> str:
        sound = self.ends.applied(self.starts.applied(syllable))
        for old, new in self.anywhere:
            sound = sound.replace(old, new)
        return sound


def load_romanisations(folder: Folder) -> dict[str, Romanisations]:
    """The rules of a folder's romanisations.tsv by language. DataError for a language or place that there is not."""
    found: dict[tuple[str, str], dict[str, str]] = {(one, where): {} for one in set(LANGUAGES.values()) for where in WHERE}
    for at, (language, old, new, where) in rows(folder, "romanisations.tsv", ("language", "from", "to", "where")):
        if (language, where) not in found:
            raise DataError(
                at, f"{language!r} and {where!r} are not among {', '.join(sorted(set(LANGUAGES.values())))} and {', '.join(WHERE)}"
            )
        found[language, where][old] = new
    return {
        one: Romanisations(
            one,
            found[one, "name"],
            Rules(found[one, "start"], r"^(?:{})(?=.)"),
            Rules(found[one, "end"], r"(?<=.)(?:{})$"),
            tuple(found[one, "any"].items()),
        )
        for one in set(LANGUAGES.values())
    }
