"""In: a paragraph and a position where a dateline may begin. Out: place, day and agency of the dateline, and where the report begins.

Forms: "TOKYO —", "KYIV, Ukraine (AP) —", "Paris, 3 March 2024 (AFP) –", "New Delhi, Mar 5 (PTI) The ...", "MOSCOW, March 5. /TASS/.",
"ISLAMABAD: The ...", "(Reuters) -". The less the form says (capitals, agency, day), the more must be known of the place.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass

from dragoman.read import days, glue

PlaceCountry = Callable[[str], str | None]
LONGEST = 160
MAX_PARTS = 4
MAX_WORDS = 6
SURE_LETTERS = 5  # a shorter word in capitals that nobody knows as a place is taken for an acronym
DASH = re.compile(r"\s*(?:—|–|―|‒|−|--+)\s*|\s+-(?:\s+|\Z)|(?<=[)/])\s*-\s*")
COLON = re.compile(r"\s*:\s+")
AFTER_AGENCY = re.compile(r"(?<=\))\s+(?=[A-Z\"“'‘])|(?<=/)\.\s+")
AGENCY = re.compile(r"\s*(?:\((?P<round>[^()]{2,60})\)|\[(?P<square>[^\[\]]{2,60})\]|/(?P<slashed>[^/()]{2,20})/)\s*\.?\Z")
BARE = re.compile(r"[^\W\d_][\w.'’´`/ -]*(?:\s*\([^()]{2,40}\))?\Z")
SMALL = frozenset(
    {"and", "of", "the", "de", "la", "le", "el", "al", "in", "sur", "am", "near", "upon", "du", "da", "do", "e", "y", "es", "ed"}
)
OPEN = "\"“'‘"


@dataclass(frozen=True, slots=True)
class Found:
    """Characters start, ..., end - 1 are the dateline without its dash; the report begins at ``body``.

    There is no place where only the agency is given.
    """

    start: int
    end: int
    body: int
    place: str | None
    regions: tuple[str, ...]
    country: str | None
    agency: str | None
    day: days.Found | None


@dataclass(frozen=True, slots=True)
class Parts:
    """A dateline taken apart, not yet believed."""

    place: str
    regions: tuple[str, ...]
    agency: str | None
    agency_known: bool
    day: days.Found | None


def find(text: str, start: int, place_country: PlaceCountry) -> Found | None:
    """The dateline that begins at ``start``, or None."""
    while start < len(text) and text[start] in OPEN:
        start += 1
    head = text[start : start + LONGEST]
    for end, body, mark in endings(head):
        parts = taken_apart(head[:end])
        if parts is None:
            continue
        country = country_of(parts, place_country)
        if believed(parts, country, mark, head[body:]):
            return Found(
                start,
                start + len(head[:end].rstrip(" .,")),
                start + body,
                parts.place or None,
                parts.regions,
                country,
                parts.agency,
                parts.day,
            )
    return None


def endings(head: str) -> Iterator[tuple[int, int, str]]:
    """Where a dateline may end and the report begin, with the mark between them: "-", ":", "" (nothing) or "." (end of the paragraph)."""
    for match in list(DASH.finditer(head))[:3]:
        yield match.start(), match.end(), "-"
    for match in list(AFTER_AGENCY.finditer(head))[:2]:
        yield match.start(), match.end(), ""
    for match in list(COLON.finditer(head))[:1]:
        yield match.start(), match.end(), ":"
    if len(head) < LONGEST:
        yield len(head), len(head), "."


def taken_apart(head: str) -> Parts | None:
    """The parts of "PLACE, REGION, DAY (AGENCY)" in nearly any order after the place; None where something else stands between."""
    rest, agency, day = head.strip(), None, None
    if match := AGENCY.search(rest):
        inside = match["round"] or match["square"] or match["slashed"]
        day = next(days.days_in(inside), None)
        if day is None:
            agency, rest = inside.strip(), rest[: match.start()]
        else:
            rest = rest[: match.start()]
    for found in days.days_in(rest):
        if rest[: found.start].strip() and not rest[found.end :].strip(" ,.)("):
            day, rest = found, rest[: found.start]
    rest = days.WEEKDAY.sub("", rest).strip(" ,.;|(") if day else rest.rstrip(" ,")
    if not rest:
        known = glue.load().agency(agency) if agency else None
        return Parts("", (), known, True, None) if known else None
    place, *regions = [part.strip() for part in rest.split(",")]
    if match := re.search(r"\s*[(\[]([^()\[\]]+)[)\]]?\Z", place):
        regions.insert(0, match[1].strip())
        place = place[: match.start()]
    if regions and agency is None and (named := glue.load().agency(regions[-1])):
        agency = named
        regions.pop()
    if len(regions) > MAX_PARTS or not all(map(is_name, (place, *regions))):
        return None
    known = glue.load().agency(agency) if agency else None
    return Parts(place, tuple(regions), known or agency, known is not None, day)


def is_name(part: str) -> bool:
    """Whether all words begin with a capital, apart from small ones within."""
    words = re.split(r"[\s/]+", part)
    if not BARE.match(part) or len(words) > MAX_WORDS or not words[-1][:1].isupper():
        return False
    return all(word[:1].isupper() or word in SMALL or word[:3] in ("al-", "el-") or word[:2] in ("d'", "l'") for word in words if word)


def country_of(parts: Parts, place_country: PlaceCountry) -> str | None:
    """The country of the place, as the region behind it says; None where neither is known or the two say different things."""
    place = first_place(parts.place)
    own = place_country(place) or (place_country(place.title()) if place.isupper() else None)
    if not parts.regions:
        return own
    region = parts.regions[-1]
    state = glue.load().regions.get(region.casefold())
    possible = {country for country in (state, place_country(region)) if country}
    if own in possible or not possible:
        return own
    return possible.pop() if len(possible) == 1 else None


def first_place(place: str) -> str:
    """ "Yerevan/Baku" and "BEIRUT and JERUSALEM" name two: the report is filed from the first."""
    return re.split(r"/| and ", place, maxsplit=1)[0].strip()


def is_capitals(place: str) -> bool:
    letters = [c for c in place if c.isalpha()]
    return len(letters) > 1 and sum(c.isupper() for c in letters) >= 0.8 * len(letters)


def believed(parts: Parts, country: str | None, mark: str, report: str) -> bool:
    """Whether the parts make a dateline rather than the beginning of a sentence."""
    if not parts.place:
        return mark in ("-", "")
    words = glue.load()
    capitals = is_capitals(parts.place)
    if words.is_kind("flag", parts.place) or words.agency(parts.place):
        return False
    if parts.agency_known and (capitals or parts.day is not None or country is not None or mark == "-"):
        return True
    opens_sentence = bool(re.match(r"[\[(\"“”'‘’«]*[^\W_]", report)) and not re.match(r"[\[(\"“'‘«]*[a-zà-ÿ]", report)
    if mark == "-":
        if parts.day is not None:
            return capitals or country is not None or parts.agency is not None
        if capitals and parts.agency is not None:
            return True
        if words.is_kind("body", parts.place):
            return False
        if capitals and opens_sentence:
            return bool(parts.regions) or country is not None or len(parts.place) >= SURE_LETTERS
        return capitals_or_city(parts, country) and opens_sentence and not DASH.search(first_sentence(report))
    if mark == ":":
        return opens_sentence and (country is not None or parts.day is not None) and (capitals or parts.day is not None)
    if mark == "." and not report:
        return capitals and (parts.day is not None or country is not None)
    return False


def capitals_or_city(parts: Parts, country: str | None) -> bool:
    return country is not None and not parts.agency


def first_sentence(report: str) -> str:
    return re.split(r"(?<=[a-z]{2}[.!?])\s", report, maxsplit=1)[0]
