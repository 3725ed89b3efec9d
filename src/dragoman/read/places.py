"""In: the names between the commas of a dateline. Out: whether they are names, and the country of the first place."""

from __future__ import annotations

import re
from collections.abc import Callable

from dragoman.read import glue

PlaceCountry = Callable[[str], str | None]
MAX_WORDS = 6
SHOUTED = 4  # letters from which a word in capitals is none of a name in mixed case
CAPITALS = 0.8  # share of capitals in "McLEAN" and "SAO PAULO and RIO"
BARE = re.compile(r"[^\W\d_][\w.'’´`/ -]*\Z")
ELIDED = ("al-", "el-", "d'", "d’", "l'", "l’")
SEVERAL = re.compile(r"\s*/\s*|\s+and\s+")


def is_name(part: str) -> bool:
    """Whether all words begin with a capital, apart from small ones within."""
    words = re.split(r"[\s/]+", part)
    if not BARE.match(part) or len(words) > MAX_WORDS or not words[-1][:1].isupper():
        return False
    small = glue.load().kinds["place"].texts
    return all(word[:1].isupper() or word in small or word.startswith(ELIDED) for word in words if word)


def is_place(part: str) -> bool:
    """A name that is not put together of mixed case and capitals, as "By Jane Doe LONDON" is."""
    return is_name(part) and (is_capitals(part) or not any(is_shouted(word) for word in part.split()))


def is_shouted(word: str) -> bool:
    return word.isupper() and sum(c.isalpha() for c in word) >= SHOUTED


def is_capitals(place: str) -> bool:
    letters = [c for c in place if c.isalpha()]
    return len(letters) > 1 and sum(c.isupper() for c in letters) >= CAPITALS * len(letters)


def first_place(place: str) -> str:
    """Of several ("Yerevan/Baku", "BEIRUT and JERUSALEM") the one that the report is filed from."""
    return SEVERAL.split(place, maxsplit=1)[0].strip()


def own_country(place: str, place_country: PlaceCountry) -> str | None:
    """The country of a place as it is written, in title case, or without its article."""
    written = place.title() if place.isupper() else place
    forms = dict.fromkeys((place, written, written.removeprefix("The ")))
    return next((country for form in forms if (country := place_country(form))), None)


def country_of(place: str, regions: tuple[str, ...], place_country: PlaceCountry) -> str | None:
    """The country of the first place, as the region behind it says; None where neither is known."""
    own = own_country(first_place(place), place_country)
    if not regions:
        return own
    possible = {country for country in (glue.load().region(regions[-1]), place_country(regions[-1])) if country}
    if own in possible or not possible:
        return own
    return possible.pop() if len(possible) == 1 else None


def all_known(place: str, place_country: PlaceCountry) -> bool:
    return all(own_country(one, place_country) for one in SEVERAL.split(place))
