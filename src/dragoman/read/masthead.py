"""In: an article's paragraphs as blocks. Out: what stands above the report (headline, publication, day) and the blocks of the report.

The report begins at its dateline, else at the first paragraph that is neither a headline nor one of the lines around one.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field

from dragoman.drafts import Stretch
from dragoman.read import dateline, glue
from dragoman.read.blocks import FINISHED, Block
from dragoman.read.furniture import is_byline, kind_of
from dragoman.read.places import PlaceCountry
from dragoman.read.told import NAME_WORDS, Told
from dragoman.schema import Article

DEEPEST = 12  # paragraphs in which the beginning of the report is looked for
PARAGRAPH = 250  # characters from which a paragraph is no line of a masthead
TITLE = 200  # characters that a headline may have
MOST_TITLES = 5
KICKER_WORDS = 5
OVER_REPORT = ("byline", "date", "label")
BULLET = re.compile(r"(?:\A|\s)[·•|]\s+")
GLUED = re.compile(r"(?<=[a-z.!0-9’')])(?=[A-Z]{2})")
SUFFIX = re.compile(r"\s+(?P<mark>[|·•–—-])\s+(?P<name>[^|·•]{2,60})\Z")
INNER_END = re.compile(r"[a-z]{3}[.!?][\"'”’)]*\s+[A-Z\"“]")
LONG_WORD = re.compile(r"[^\W\d_]{4,}")
NOTE = re.compile(r"\([^()]{3,200}\)\s*")
CAPITALS = re.compile(r"(?<=\s)(?=[A-Z]{3})")


@dataclass(frozen=True, slots=True)
class Opening:
    """How a report begins in a block: ``title`` characters of headline before a publication, and the position of its first word."""

    body: int
    title: int = 0
    found: dateline.Found | None = None
    publication: str | None = None


@dataclass(slots=True)
class Top:
    headline: Stretch | None = None
    found: dateline.Found | None = None
    line_start: int = 0
    body: list[Block] = field(default_factory=list)
    told: Told = field(default_factory=Told)


def top_of(article: Article, blocks: list[Block], place_country: PlaceCountry) -> Top:
    """The masthead of an article and the blocks after it."""
    top = Top()
    blocks = without_given_headline(article, blocks, top, place_country)
    first, opening = beginning(blocks, place_country, top.headline is not None)
    titles = titles_of(blocks[:first], top.told)
    if opening is not None:
        block = blocks[first]
        top.found, top.line_start = opening.found, block.start
        if opening.publication:
            top.told.publication = opening.publication
            top.told.agency = glue.load().agency(opening.publication)
        if top.found and top.found.publication:
            top.told.publication = top.told.publication or top.found.publication
        if opening.title:
            titles.append(Block(block.start, block.start + opening.title, block.text[: opening.title]))
        blocks = [*blocks[:first], cut(block, opening.body), *blocks[first + 1 :]]
    if top.headline is None and titles:
        top.headline = headline_of(titles, top.told)
    top.body = [block for block in blocks[first:] if block.text]
    return top


def cut(block: Block, start: int) -> Block:
    """The block from a position on, without the space there."""
    start += len(block.text[start:]) - len(block.text[start:].lstrip())
    return Block(block.start + start, block.end, block.text[start:])


def without_given_headline(article: Article, blocks: list[Block], top: Top, place_country: PlaceCountry) -> list[Block]:
    """Take the headline that came with the article from the front of its text, if the text repeats it there."""
    words = (article.headline or "").split()
    if not words or not blocks or len(words) > TITLE:
        return blocks
    match = re.compile(r"\s+".join(map(re.escape, words)), re.IGNORECASE).match(article.text, blocks[0].start)
    if match is None or match.end() >= blocks[-1].end:
        return blocks
    end = match.end()
    inside = next((block for block in blocks if block.start < end < block.end), None)
    if inside is not None and opening_of(cut(inside, end - inside.start).text, place_country) is None:
        return blocks
    top.headline = Stretch(blocks[0].start, end)
    return [cut(b, end - b.start) if b is inside else b for b in blocks if b.end > end]


def beginning(blocks: Sequence[Block], place_country: PlaceCountry, has_headline: bool) -> tuple[int, Opening | None]:
    """The block in which the report begins, and how."""
    sentences = 0
    for i, block in enumerate(blocks[:DEEPEST]):
        opening = opening_of(block.text, place_country)
        if opening is not None and not is_kicker_like(blocks, i, opening):
            return i, opening
        sentences += is_sentence(block, kind_of(block.text))
        if len(block.text) > PARAGRAPH or sentences > 1:
            break
    first = below_byline(blocks)
    return first + first_paragraph(blocks[first : DEEPEST + 1], has_headline or first > 0), None


def below_byline(blocks: Sequence[Block]) -> int:
    """The block after the last byline or day at the top, if at most one sentence (that sums up) is above it; else 0."""
    after = sentences = 0
    for i, block in enumerate(blocks[: DEEPEST - 1]):
        kind = kind_of(block.text)
        if kind in ("byline", "date"):
            after = i + 1
        sentences += is_sentence(block, kind)
        if len(block.text) > PARAGRAPH or sentences > 1:
            break
    return after if after < len(blocks) else 0


def is_sentence(block: Block, kind: str | None) -> bool:
    return kind is None and FINISHED.search(block.text[-8:]) is not None


def is_kicker_like(blocks: Sequence[Block], i: int, opening: Opening) -> bool:
    """Whether what may be a dateline stands in a headline ("UKRAINE: What we know") or is a line over one ("UKRAINE")."""
    found = opening.found
    if found is None or not found.place_only or i + 1 == len(blocks):
        return False
    if found.mark == "colon":
        return is_title(blocks[i].text)
    return found.mark == "end" and (i == 0 or is_title(blocks[i + 1].text))


def first_paragraph(blocks: Sequence[Block], has_headline: bool) -> int:
    """The first block that is no line of a masthead; 0 where none of the first is."""
    titles = 0
    for i, block in enumerate(blocks):
        if kind_of(block.text) is not None:
            continue
        if not (is_title(block.text) or is_over_byline(blocks, i)) or (has_headline and titles):
            return i if titles <= MOST_TITLES else 0
        titles += 1
    return 0


def is_over_byline(blocks: Sequence[Block], i: int) -> bool:
    """Whether a first line that reads like a sentence stands over a byline, a day or a label."""
    text = blocks[i].text
    return i == 0 and len(blocks) > 2 and len(text) <= TITLE and not INNER_END.search(text) and kind_of(blocks[1].text) in OVER_REPORT


def is_title(text: str) -> bool:
    """Whether a paragraph at the top reads like a headline: short, one sentence, without its full stop unless in title case."""
    if len(text) > TITLE or INNER_END.search(text):
        return False
    if not FINISHED.search(text[-8:]):
        return True
    words = LONG_WORD.findall(text)
    return len(words) >= 3 and sum(word[0].isupper() for word in words) >= 0.8 * len(words)


def titles_of(blocks: Sequence[Block], told: Told) -> list[Block]:
    """What is left of a masthead without bylines, days, labels and the name of the paper."""
    titles = []
    for block in blocks:
        kind = kind_of(block.text)
        if kind is None:
            titles.append(block)
        else:
            told.line(kind, block.text)
    for block in titles[:]:
        if len(titles) > 1 and len(block.text.split()) <= NAME_WORDS and (told.name(block.text) or told.desk(block.text)):
            titles.remove(block)
    return titles


def headline_of(titles: Sequence[Block], told: Told) -> Stretch:
    """The headline's characters: not the kicker over it, not the paper's name behind it."""
    chosen = titles[0]
    if len(titles) > 1 and is_kicker(chosen.text, titles[1].text):
        chosen = titles[1]
    match = SUFFIX.search(chosen.text)
    if match is not None and is_source(match["name"], match["mark"]):
        named = match["name"].strip()
        told.publication = told.publication or named
        told.agency = told.agency or glue.load().agency(named)
        return chosen.stretch(0, match.start())
    return chosen.stretch()


def is_kicker(text: str, under: str) -> bool:
    words = text.split()
    return len(words) <= KICKER_WORDS and len(under.split()) > len(words) and (text.isupper() and not under.isupper())


def is_source(name: str, mark: str) -> bool:
    words = glue.load()
    if words.is_publication(name) or words.agency(name):
        return True
    return mark in "|·•" and len(name.split()) <= NAME_WORDS and words.sounds_like("publication", name)


def opening_of(text: str, place_country: PlaceCountry) -> Opening | None:
    """The dateline with which a block begins, also behind a note, a byline, a headline or the name of a publication."""
    found = dateline.find(text, 0, place_country)
    if found is not None:
        return Opening(found.body, found=found)
    if (note := NOTE.match(text)) and note.end() < len(text) and kind_of(note.group().strip()) == "note":
        found = dateline.find(text, note.end(), place_country)
        return Opening(found.body, found=found) if found else Opening(note.end())
    for position in list(CAPITALS.finditer(text[:TITLE]))[:10]:
        found = dateline.find(text, position.start(), place_country)
        if found is not None and found.place and found.agency:
            before = text[: position.start()].rstrip()
            return Opening(found.body, 0 if is_byline(before) else len(before), found)
    for bullet in list(BULLET.finditer(text[: TITLE + 50]))[:3]:
        opening = glued(text, bullet.end(), bullet.start(), place_country)
        if opening is not None:
            return opening
    opening = glued(text, 0, 0, place_country)
    found = opening.found if opening else None
    return opening if found and (found.country or found.agency or found.day) else None


def glued(text: str, start: int, title: int, place_country: PlaceCountry) -> Opening | None:
    """ "Japan TodayTOKYO — ...": a publication and the dateline that follows it without a space, or the text behind a known one."""
    known = longest_publication(text, start)
    places = [match.start() for match in GLUED.finditer(text, start, start + 80)][:4]
    for place in sorted({*places, *([known] if known else [])}):
        found = dateline.find(text, place, place_country)
        name = text[start:place].strip()
        if found is not None and name and name[0].isupper():
            return Opening(found.body, title, found, name)
    if known and text[known : known + 1].isupper():
        return Opening(known, title, None, text[start:known])
    return None


def longest_publication(text: str, start: int) -> int | None:
    """Where a known publication's name ends that begins at ``start`` and runs into the next word."""
    words = glue.load()
    ends = [
        end
        for end in range(start + 2, min(start + 40, len(text) - 1))
        if text[end].isalpha() and not text[end - 1].isspace() and words.is_publication(text[start:end])
    ]
    return max(ends, default=None)
