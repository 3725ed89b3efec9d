"""In: a paragraph and a position where a dateline may begin. Out: place, day and agency of the dateline, and where the report begins.

Forms: "TOKYO —", "KYIV, Ukraine (AP) —", "Paris, 3 March 2024 (AFP) –", "New Delhi, Mar 5 (PTI) The ...", "Seoul (CNN)The ...",
"MOSCOW, March 5. /TASS/.", "ISLAMABAD: The ...", "March 5 (UPI) --", "March 5, 2024 (KHARTOUM) –", "(Reuters) -". The less the form
says (capitals, agency, day), the more must be known of the place.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace

from dragoman.read import days, glue
from dragoman.read.places import PlaceCountry, all_known, country_of, is_capitals, is_name, is_place

LONGEST = 160
MAX_REGIONS = 3
SURE_LETTERS = 5  # a shorter word in capitals that nobody knows as a place is taken for an acronym
DASH = re.compile(r"\s*(?:—|–|―|‒|−|--+)\s*|\s+-(?:\s+|\Z)|(?<=[)/])\s*[-_]\s*")
COLON = re.compile(r"\s*:\s+|(?<=\))\s*[:;]\s*")
AFTER_AGENCY = re.compile(r"(?<=\))\s*(?=[A-Z\"“'‘])|(?<=/)\.\s+")
AGENCY = re.compile(r"\s*(?:\((?P<round>[^()]{2,60})\)|\[(?P<square>[^\[\]]{2,60})\]|/(?P<slashed>[^/()]{2,20})/)\s*\.?\Z")
BARE_AGENCY = re.compile(r"(?<=\w)[.,]*\s+(?P<name>[A-Z][\w-]+)\Z")
BRACKETED = re.compile(r"\s*[(\[]([^()\[\]]+)[)\]]?\Z")
SENTENCE = re.compile(r"[\[(\"“”'‘’«]*[^\W_]")
LOWER = re.compile(r"[\[(\"“'‘«]*[a-zà-ÿ]")
SENTENCE_END = re.compile(r"(?<=[a-z]{2}[.!?])\s")
FULL_STOP = re.compile(r"(?<=\w{4})\.\Z")
OPEN = "\"“'‘"


@dataclass(frozen=True, slots=True)
class Found:
    """Characters start, ..., end - 1 are the dateline without its dash; the report begins at ``body``.

    There is no place where only the agency is given. A broadcaster in the agency's place is the publication.
    """

    start: int
    end: int
    body: int
    place: str | None
    regions: tuple[str, ...]
    country: str | None
    agency: str | None
    publication: str | None
    day: days.Found | None
    mark: str

    @property
    def place_only(self) -> bool:
        """Whether neither region nor day nor agency shows that this is a dateline."""
        return not self.regions and self.day is None and self.agency is None and self.publication is None


@dataclass(frozen=True, slots=True)
class Parts:
    """A dateline taken apart, not yet believed; ``bare``: the agency stands without brackets."""

    place: str
    regions: tuple[str, ...]
    source: str | None
    source_known: bool
    day: days.Found | None
    bare: bool = False

    def with_region(self, place_country: PlaceCountry) -> Parts:
        """The same where what stands in brackets is no agency, but where the place lies: "LIMA (Peru) -"."""
        if self.source is None or self.source_known or place_country(self.source) is None:
            return self
        return replace(self, regions=(*self.regions, self.source), source=None)


def find(text: str, start: int, place_country: PlaceCountry) -> Found | None:
    """The dateline that begins at ``start`` (or behind a quotation mark there), or None."""
    while start < len(text) and text[start] in OPEN:
        start += 1
    head = text[start : start + LONGEST]
    for end, body, mark in endings(head):
        parts = taken_apart(head[:end])
        parts = parts and parts.with_region(place_country)
        if parts is not None and believed(parts, mark, head[body:], place_country):
            country = country_of(parts.place, parts.regions, place_country) if parts.place else None
            last = start + len(head[:end].rstrip(" .,"))
            agency, publication = agency_and_publication(parts.source)
            return Found(start, last, start + body, parts.place or None, parts.regions, country, agency, publication, parts.day, mark)
    return None


def agency_and_publication(source: str | None) -> tuple[str | None, str | None]:
    words = glue.load()
    if source is not None and words.agency(source) is None and words.is_publication(source):
        return None, source
    return (words.agency(source) or source) if source else None, None


def endings(head: str) -> Iterator[tuple[int, int, str]]:
    """Where a dateline may end and the report begin, and the mark between: a dash, a colon, nothing, or the end of the paragraph."""
    for match in list(DASH.finditer(head))[:3]:
        yield match.start(), match.end(), "dash"
    for match in list(AFTER_AGENCY.finditer(head))[:2]:
        yield match.start(), match.end(), "nothing"
    for match in list(COLON.finditer(head))[:1]:
        yield match.start(), match.end(), "colon"
    if len(head) < LONGEST:
        yield len(head), len(head), "end"


def taken_apart(head: str) -> Parts | None:
    """The parts of "PLACE, REGION, DAY (AGENCY)"; None where something else stands between."""
    rest, source = without_source(head.strip())
    rest, bare = (rest, None) if source else without_bare_agency(rest)
    rest, day = without_day(rest)
    source = source or bare
    if source is not None and day is None and (day := next(days.days_in(source), None)):
        source = None
    if is_source(rest) and source is None and is_capitals(rest):
        rest, source = "", rest
    if not rest and day is not None and source is not None and not is_source(source):
        rest, source = source, None
    if not rest:
        return Parts("", (), source, True, day) if is_source(source) else None
    place, *regions = (part.strip() for part in rest.split(","))
    while match := BRACKETED.search(place):
        regions.insert(0, match[1].strip())
        place = place[: match.start()]
    if regions and source is None and is_source(regions[-1]):
        source = regions.pop()
    if len(regions) > MAX_REGIONS or not is_place(place) or not all(map(is_name, regions)):
        return None
    return Parts(place, tuple(regions), source, is_source(source), day, bare is not None)


def is_source(name: str | None) -> bool:
    """Whether a name is that of a known agency or publication."""
    words = glue.load()
    return name is not None and (words.agency(name) is not None or words.is_publication(name))


def without_source(head: str) -> tuple[str, str | None]:
    match = AGENCY.search(head)
    if match is None:
        return head, None
    return head[: match.start()], (match["round"] or match["square"] or match["slashed"]).strip()


def without_bare_agency(head: str) -> tuple[str, str | None]:
    """What stands before an agency that follows without brackets: "LIMA AP", "TOKYO, June 9, Kyodo", "Jerusalem CNN"."""
    match = BARE_AGENCY.search(head)
    if match is None or is_source(head):
        return head, None
    name, words = match["name"], glue.load()
    acronym = name.isupper() and len(name) < SURE_LETTERS and words.is_publication(name)
    return (head[: match.start()], name) if words.agency(name) or acronym else (head, None)


def without_day(head: str) -> tuple[str, days.Found | None]:
    """What stands before the day at the end, without weekday and commas, and the day."""
    for found in days.days_in(head):
        if not head[found.end :].strip(" ,.)("):
            return FULL_STOP.sub("", days.WEEKDAY.sub("", head[: found.start]).strip(" ,;|(")), found
    return head.rstrip(" ,"), None


def believed(parts: Parts, mark: str, report: str, place_country: PlaceCountry) -> bool:
    """Whether the parts make a dateline rather than the beginning of a sentence."""
    words = glue.load()
    opens = bool(SENTENCE.match(report)) and not LOWER.match(report)
    if not parts.place:
        return opens and mark in ("dash", "nothing")
    if words.is_kind("flag", parts.place):
        return False
    capitals = is_capitals(parts.place)
    country = country_of(parts.place, parts.regions, place_country)
    dated = parts.day is not None
    if country is None and (parts.bare or words.sounds_like("publication", parts.place)):
        return False
    if parts.source_known and (capitals or dated or country is not None or mark == "dash"):
        return True
    if mark == "dash":
        return (capitals or dated or parts.source is None) and believed_before_dash(parts, capitals, country, opens, report)
    if mark == "colon":
        return opens and (dated or (capitals and all_known(parts.place, place_country)))
    return mark == "end" and capitals and (dated or all_known(parts.place, place_country))


def believed_before_dash(parts: Parts, capitals: bool, country: str | None, opens: bool, report: str) -> bool:
    if parts.day is not None:
        return capitals or country is not None or parts.source is not None
    if capitals and parts.source is not None:
        return True
    if not opens or glue.load().is_kind("body", parts.place):
        return False
    if capitals:
        return bool(parts.regions) or country is not None or len(parts.place) >= SURE_LETTERS
    return country is not None and not DASH.search(SENTENCE_END.split(report, maxsplit=1)[0])
