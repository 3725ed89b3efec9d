"""In: a line around a report, and its kind. Out: what it tells: the publication, the agency, the day of publication."""

from __future__ import annotations

import re
from dataclasses import dataclass

from dragoman.read import glue
from dragoman.read.days import days_in, value_of

NAME_WORDS = 6
BYLINE = re.compile(r"\s*by:?\s+", re.IGNORECASE)
YEAR = r"(?:19|20)\d\d(?:\s*[-–]\s*(?:(?:19|20)?\d\d))?"
NAMED_YEAR = r"(?:by\s+)?(?:19|20)\d\d|(?:[A-Z][\w'’.-]*,?\s+){1,6}(?:19|20)\d\d"
MARK = rf"©|\([cC]\)(?=\s*(?:19|20)\d\d)|(?:Copyright|COPYRIGHT)(?=\s*(?:©|\([cC]\)|{NAMED_YEAR}))"
COPYRIGHT = re.compile(rf"[\s(*]*(?:[A-Z]\w+\s+){{0,3}}(?:{MARK})")
OWNED = re.compile(rf"(?:{MARK})(?P<owner>.*)", re.DOTALL)
YEARS = re.compile(rf"\b{YEAR}\b")
MARKS = re.compile(r"©|\([cC]\)|\b(?:copyright|all rights reserved|by)\b", re.IGNORECASE)
OWNER_END = re.compile(r"[.;|)]\s|[.;|)]\Z|\s[-–—]\s|,\s+(?=[a-z])")
AROUND_SOURCE = " \t\n()[]—–-."
BYLINE_PARTS = re.compile(r"\s*[,|/•·]\s*|\s+[–—-]\s+|\s+(?:of|for|at)\s+")
SEPARATOR = re.compile(r"\s*[|·•¦]\s*|\s+[–—/-]\s+")


@dataclass(slots=True)
class Told:
    """What the lines around a report tell: whose it is and of which day. The first line that tells it counts."""

    publication: str | None = None
    agency: str | None = None
    published: str | None = None

    def line(self, kind: str, text: str) -> None:
        """Take over what a line of that kind (byline, date, copyright, credit) says."""
        if kind == "byline":
            self.byline(text)
        elif kind == "date":
            self.parts(SEPARATOR.split(text))
        elif kind == "source":
            self.source(text)
        elif kind in ("copyright", "credit") and (owner := owner_of(text)):
            self.name(owner, or_publication=True)
        if kind in ("byline", "date"):
            self.published = self.published or published_in(text)

    def byline(self, text: str) -> None:
        """ "By Jane Doe, The Daily Star", "By Agence France-Presse": the first part is a person unless it is a known name."""
        match = BYLINE.match(text)
        first, *others = BYLINE_PARTS.split(text[match.end() if match else 0 :])
        known = without_trade(first)
        if glue.load().agency(known) or glue.load().is_publication(known):
            self.name(known)
        self.parts([without_trade(part) for part in others])

    def source(self, text: str) -> None:
        """A name on a line of its own; that of a paper may be a picture's or an excerpt's credit unless set off ("— Dawn")."""
        name = source_name(text)
        if glue.load().agency(name) or name != text.rstrip(". "):
            self.name(name)

    def desk(self, text: str) -> bool:
        """ "BBC News, Nairobi": a known name and where its reporter is."""
        name = text.split(",", 1)[0]
        known = glue.load().agency(name) is not None or glue.load().is_publication(name)
        return name != text and known and self.name(name)

    def parts(self, parts: list[str]) -> None:
        for part in parts:
            if part and next(days_in(part), None) is None:
                self.name(part.strip())

    def name(self, text: str, or_publication: bool = False) -> bool:
        """Keep a name as agency or publication; of one that does not tell which it is, nothing unless ``or_publication``."""
        words = glue.load()
        if known := words.agency(text):
            self.agency = self.agency or known
        elif words.is_publication(text):
            self.publication = self.publication or text
        elif words.sounds_like("agency", text):
            self.agency = self.agency or text
        elif or_publication or words.sounds_like("publication", text):
            self.publication = self.publication or text
        else:
            return False
        return True


def source_name(text: str) -> str:
    return text.strip(AROUND_SOURCE)


def without_trade(part: str) -> str:
    """The name without what somebody is there: "Associated Press writer" -> "Associated Press"."""
    words = part.strip(" .").split()
    while words and glue.load().is_kind("particle", words[-1]):
        words.pop()
    return " ".join(words)


def owner_of(text: str) -> str | None:
    """The name on a copyright line: "© 2023 The Northern Courier. All rights reserved." -> "The Northern Courier"."""
    match = OWNED.search(text)
    if match is None and not glue.load().kinds["copyright"].show(text):
        return None
    plain = MARKS.sub(" ", YEARS.sub(" ", match["owner"] if match else text)).strip(" ,.:|-–—")
    name = " ".join(OWNER_END.split(plain, maxsplit=1)[0].split()).strip(" ,.)")
    if glue.load().agency(name):
        return name
    return name if name[:1].isupper() and len(name.split()) <= NAME_WORDS else None


def published_in(text: str) -> str | None:
    """The day of publication in a masthead line: the one so labelled, else the only one that is not one of an update."""
    kinds = glue.load().kinds
    plain: set[str] = set()
    start = 0
    for day in days_in(text):
        label, start = text[start : day.start], day.end
        value = value_of(day, None)
        if value is None or kinds["updated"].inside(label):
            continue
        if kinds["published"].inside(label):
            return value
        plain.add(value)
    return plain.pop() if len(plain) == 1 else None
