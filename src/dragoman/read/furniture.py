"""In: a paragraph. Out: whether it is running text or a byline, credit, caption, copyright line, note ...

A credit behind the last sentence of a paragraph is cut off; only short paragraphs and the ends of long ones are looked at.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from dragoman.drafts import Stretch
from dragoman.read import glue
from dragoman.read.blocks import Block
from dragoman.read.days import WEEKDAY, dated_spans
from dragoman.read.told import BYLINE, COPYRIGHT, Told, source_name

LONGEST = {"note": 500, "photo": 500, "caption": 500, "credit": 400, "more": 200, "label": 40, "end": 40}
LONGEST_COPYRIGHT = 900
LINE = 160  # characters that a byline or a line with a day may have
TAIL = 400  # characters at the end of a paragraph in which a credit is looked for
FEW = 2  # words in lower case that a line of names may hold beside particles
DATE_LINE_WORDS = 8
CUT_OFF = ("end", "credit", "copyright", "more", "photo", "source")
INITIALS = re.compile(r"\(?[a-z]{2,4}(?:[/-][a-z]{2,4}){1,4}\)?(?:\s+\([^()]{2,60}\))?\Z")
TIME = re.compile(r"\d{1,2}(?:[:.]\d\d)?\s*(?:[ap]\.?m\.?|hrs|h)?(?:\s*\(?[A-Z]{2,4}\)?)?[.:]?\Z", re.IGNORECASE)
ADDRESS = re.compile(r"\W*(?:[\w.+-]+@[\w-]+\.\S+|https?://\S+|www\.\S+|@\w+)\W*\Z")
CLOCK = re.compile(r"\b\d{1,2}(?:[:.]\d\d){1,2}(?:\s*[ap]\.?m\b\.?)?|\b\d{1,2}\s*[ap]\.?m\b\.?", re.IGNORECASE)
SENTENCE_END = re.compile(r"[.!?][\"'”’)]*\s+(?=[(\[—–-]{0,2}\s?[A-Z©])")
ABBREVIATED_END = re.compile(r"\b[A-Z]\w{0,2}\.\Z")


def kind_of(text: str) -> str | None:
    """What a paragraph is that is no running text; None for running text (and for headlines, which only their place shows)."""
    if len(text) > LONGEST_COPYRIGHT:
        return None
    if not any(c.isalnum() for c in text):
        return "rule"
    if INITIALS.match(text) or TIME.match(text) or ADDRESS.match(text):
        return "label"
    if is_source(text):
        return "source"
    kinds = glue.load().kinds
    for kind, longest in LONGEST.items():
        if len(text) <= longest and kinds[kind].show(text) and really(kind, text):
            return kind
    if is_copyright(text):
        return "copyright"
    if is_byline(text):
        return "byline"
    return "date" if is_date_line(text) else None


def really(kind: str, text: str) -> bool:
    """Second look at what may be a sentence: "Reporting by the paper showed that ...", "sued Getty Images."."""
    if kind == "credit":
        return glue.load().kinds["credit"].end(text) or len(lower_words(text)) <= FEW
    return not (kind == "caption" and text.endswith("."))


def lower_words(text: str) -> list[str]:
    """Words in lower case that are neither parts of names nor of the phrases by which credits are known."""
    kinds = glue.load().kinds
    known = kinds["credit"].words | kinds["particle"].texts
    return [word for word in glue.WORD.findall(text) if word[0].islower() and word.rstrip(".") not in known]


def is_copyright(text: str) -> bool:
    """A line that begins with the mark, or with a name and one of the phrases by which copyright is claimed."""
    if COPYRIGHT.match(text):
        return True
    phrases = glue.load().kinds["copyright"]
    claim = phrases.has.search(text)
    return phrases.starts.match(text) is not None or (claim is not None and len(lower_words(text[: claim.start()])) <= FEW)


def is_source(text: str) -> bool:
    """A known agency or publication and nothing else, as "— AFP" or "(Reuters)"; a single word that is no agency is not enough."""
    name = source_name(text)
    words = glue.load()
    return bool(words.agency(name)) or (words.is_publication(name) and (" " in name or name != text.rstrip(". ")))


def is_byline(text: str) -> bool:
    """Whether it is like "By Jane Doe and John Roe, The Daily Star", not like "By Wednesday noon the guns were silent"."""
    match = BYLINE.match(text)
    if match is None or len(text) > LINE or (text.endswith((".", "!", "?")) and not ABBREVIATED_END.search(text)):
        return False
    names = glue.WORD.findall(text[match.end() :])
    return bool(names) and names[0][0].isupper() and not WEEKDAY.match(names[0]) and not lower_words(text[match.end() :])


def is_date_line(text: str) -> bool:
    """Whether a line gives a day with its year and hardly anything else, as "Published: 6 November 2024 10:30 GMT"."""
    if len(text) > LINE:
        return False
    found = dated_spans(text)
    if not found:
        return False
    kinds = glue.load().kinds
    known = kinds["published"].words | kinds["updated"].words | kinds["particle"].texts
    around = text[: found[0][0]] + " " + text[found[-1][1] :]
    words = [word for word in glue.WORD.findall(CLOCK.sub(" ", WEEKDAY.sub(" ", around))) if word.casefold().rstrip(".") not in known]
    return len(words) <= DATE_LINE_WORDS and not any(word[0].islower() for word in words)


def is_imprint(text: str) -> bool:
    """Whether a line with a day, below the masthead, says that it is the day of the report ("The Courier · filed 11 March 2024")."""
    kinds = glue.load().kinds
    before = text[: dated_spans(text)[0][0]]
    return kinds["published"].inside(before) or kinds["updated"].inside(before)


def running_text(block: Block, told: Told) -> Iterator[Stretch]:
    """The part of a paragraph that is running text, if any; what the rest tells goes into ``told``."""
    kind = kind_of(block.text)
    if kind is not None and (kind != "date" or is_imprint(block.text)):
        told.line(kind, block.text)
        return
    for match in SENTENCE_END.finditer(block.text, max(0, len(block.text) - TAIL)):
        kind = kind_of(block.text[match.end() :])
        if kind in CUT_OFF:
            told.line(kind, block.text[match.end() :])
            if kind == "photo" and len(block.text) <= LONGEST["photo"]:
                return  # it is the picture that is described
            yield block.stretch(0, match.start() + len(match.group().rstrip()))
            return
    yield block.stretch()
