"""In: a paragraph. Out: whether it is running text or a byline, credit, caption, copyright line, note ..., and what such a line tells.

A credit behind the last sentence of a paragraph is cut off; everything here looks at short paragraphs or at their ends only.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from dragoman.drafts import Stretch
from dragoman.read import glue
from dragoman.read.blocks import FINISHED, Block
from dragoman.read.days import WEEKDAY, days_in, value_of

LONGEST = {"note": 500, "photo": 500, "caption": 500, "copyright": 900, "credit": 400, "more": 200, "label": 40}
TAIL = 400  # characters at the end of a paragraph in which a credit is looked for
FEW = 2  # words in lower case that a line of names may hold beside particles
INITIALS = re.compile(r"\(?[a-z]{2,4}(?:[/-][a-z]{2,4}){1,4}\)?\Z")
TIME = re.compile(r"\d{1,2}(?:[:.]\d\d)?\s*(?:[ap]\.?m\.?|hrs|h)?(?:\s*\(?[A-Z]{2,4}\)?)?[.:]?\Z", re.IGNORECASE)
BYLINE = re.compile(r"\s*by:?\s+", re.IGNORECASE)
COPYRIGHT = re.compile(r"(?:\A|[\s(.])(?:©|\(c\)|copyright\b)(?P<whose>.*)", re.IGNORECASE | re.DOTALL)
YEARS = re.compile(r"\b(?:19|20)\d\d(?:\s*[-–]\s*(?:19|20)?\d\d)?\b")
SEPARATOR = re.compile(r"\s+[|·•¦]\s+|\s+[–—-]\s+")
CLOCK = re.compile(r"\b\d{1,2}[:.]\d\d(?::\d\d)?\b|\b\d{1,2}\s*[ap]\.?m\b\.?", re.IGNORECASE)
WORD = re.compile(r"[^\W\d_][\w'’.-]*")
SENTENCE_END = re.compile(r"[.!?][\"'”’)]*\s+(?=\(?[A-Z])")


@dataclass(slots=True)
class Told:
    """What the lines around a report tell: whose it is and of which day."""

    publication: str | None = None
    agency: str | None = None
    published: str | None = None

    def name(self, text: str, unknown_is: str | None = None) -> bool:
        """Keep a name as agency or publication, the first of each; ``unknown_is`` says what one is that does not tell itself."""
        words = glue.load()
        known = words.agency(text)
        if known:
            self.agency = self.agency or known
        elif words.is_publication(text):
            self.publication = self.publication or text
        elif words.sounds_like("agency", text):
            self.agency = self.agency or text
        elif words.sounds_like("publication", text) or unknown_is == "publication":
            self.publication = self.publication or text
        else:
            return False
        return True


def kind_of(text: str) -> str | None:
    """What a paragraph is that is no running text; None for running text (and for headlines, which only their place shows)."""
    if not any(c.isalnum() for c in text):
        return "rule"
    if INITIALS.match(text) or TIME.match(text):
        return "label"
    words = glue.load()
    for kind, longest in LONGEST.items():
        if len(text) <= longest and words.is_(kind, text) and really(kind, text):
            return kind
    if len(text) <= LONGEST["copyright"] and copyright_owner(text) is not None:
        return "copyright"
    if is_byline(text):
        return "byline"
    return "date" if is_date_line(text) else None


def really(kind: str, text: str) -> bool:
    """Second look at paragraphs that may be sentences: "Reporting by the paper showed that ..."."""
    if kind == "credit" and not FINISHED.search(text[-3:]):
        return len(lower_words(text)) <= FEW
    if kind == "credit":
        return glue.load().ends("credit", text) or len(lower_words(text)) <= FEW
    return not (kind == "caption" and text.endswith("."))


def lower_words(text: str) -> list[str]:
    """Words in lower case that are neither parts of names nor of the phrases by which credits are known."""
    known = glue.load().vocabulary("credit") | glue.load().words["particle"]
    return [word for word in WORD.findall(text) if word[0].islower() and word.rstrip(".") not in known]


def is_byline(text: str) -> bool:
    """ "By Jane Doe and John Roe, The Daily Star", but not "By Wednesday noon the guns were silent"."""
    match = BYLINE.match(text)
    if match is None or len(text) > 160:
        return False
    names = WORD.findall(text[match.end() :])
    return (
        bool(names)
        and names[0][0].isupper()
        and not WEEKDAY.match(names[0])
        and not lower_words(text[match.end() :])
        and not_sentence(text)
    )


def not_sentence(text: str) -> bool:
    return not text.endswith((".", "!", "?")) or bool(re.search(r"\b[A-Z]\w{0,2}\.\Z", text))


def is_date_line(text: str) -> bool:
    """A line that gives a day with its year and hardly anything else: "Published: 6 November 2024 10:30 GMT"."""
    if len(text) > 160 or (text.endswith(".") and len(text) > 30):
        return False
    found = [day for day in days_in(text) if day.year]
    if not found:
        return False
    rest = CLOCK.sub(" ", WEEKDAY.sub(" ", text[: found[0].start] + text[found[-1].end :]))
    stamps = glue.load().vocabulary("published") | glue.load().vocabulary("updated")
    words = [word for word in WORD.findall(rest) if word.casefold() not in stamps]
    return len(words) <= 8 and not any(word[0].islower() and word not in glue.load().words["particle"] for word in words)


def tell(told: Told, kind: str, text: str) -> None:
    """Add what a line of that kind says to what is told already."""
    if kind == "byline":
        for part in re.split(
            r"\s*[,|/•·]\s*|\s+[–—-]\s+|\s+(?:of|for|at)\s+", text[BYLINE.match(text).end() :] if BYLINE.match(text) else text
        ):
            told.name(without_trade(part)) if not is_first(part, text) or glue.load().agency(without_trade(part)) else None
    elif kind == "copyright":
        owner = copyright_owner(text)
        if owner:
            told.name(owner, unknown_is="publication")
    if kind in ("byline", "date"):
        told.published = told.published or published_in(text)
    if kind == "date":
        for part in SEPARATOR.split(text):
            if not any(True for _ in days_in(part)):
                told.name(part.strip())


def is_first(part: str, byline: str) -> bool:
    match = BYLINE.match(byline)
    return match is not None and byline[match.end() :].startswith(part)


def without_trade(part: str) -> str:
    """ "Associated Press writer" -> "Associated Press"."""
    words = part.strip(" .").split()
    while words and words[-1].casefold() in glue.load().words["particle"]:
        words.pop()
    return " ".join(words)


def copyright_owner(text: str) -> str | None:
    """The name on a copyright line; "" where it has none, None where the text is no such line."""
    match = COPYRIGHT.search(text)
    if match is None:
        if not glue.load().is_("copyright", text):
            return None
        whose = text
    else:
        whose = match["whose"]
        named = "©" in match.group()[:3] or bool(YEARS.search(whose[:80])) or glue.load().is_("copyright", text)
        if not named:
            return None
    whose = YEARS.sub(" ", whose.replace("©", " ").replace("(c)", " ").replace("(C)", " "))
    name = re.split(
        r"[.;|(]\s|\.\Z|\s[-–—]\s|,\s+(?=[a-z])|\ball rights\b", whose.strip(" ,.:|)-–—") + " ", maxsplit=1, flags=re.IGNORECASE
    )[0]
    name = re.sub(r"\s+", " ", re.sub(r"\A(?:by|copyright)\s+", "", name.strip(" ,.)"), flags=re.IGNORECASE))
    return name if name and len(name.split()) <= 6 and name[0].isupper() or glue.load().agency(name) else ""


def published_in(text: str) -> str | None:
    """The day of publication in a masthead line: the one so labelled, else the only one that is not one of an update."""
    words = glue.load()
    plain: set[str] = set()
    start = 0
    for day in days_in(text):
        label = text[start : day.start]
        start = day.end
        value = value_of(day, None)
        if value is None:
            continue
        if words.has("published", label) and not words.has("updated", label):
            return value
        if not words.has("updated", label):
            plain.add(value)
    return plain.pop() if len(plain) == 1 else None


def running_text(block: Block, told: Told) -> Iterator[Stretch]:
    """The part of a paragraph that is running text, if any; what the rest tells goes into ``told``."""
    kind = kind_of(block.text)
    if kind is not None:
        tell(told, kind, block.text)
        return
    end = len(block.text)
    for match in SENTENCE_END.finditer(block.text, max(0, end - TAIL)):
        tail = block.text[match.end() :]
        kind = kind_of(tail)
        if kind in ("credit", "copyright", "more", "photo"):
            tell(told, kind, tail)
            end = match.start() + len(match.group().rstrip())
            break
    yield block.stretch(0, end)
