"""Copies as papers make them. In: a seed. Out: 500 different stories, each printed 1 to 40 times with the edits below, and which is which.

The stories are the samples, the rivals and follow-ups of rivals.yaml (about the same events, by other hands) and sentences of corpus/train,
each used once, put together as reports. Every tenth of those tells again two paragraphs of the one before, as follow-ups do.

Edits of a copy, each by its own chance:
    dateline      dropped, or in another paper's form          cut         ends after 30 to 95 % of its paragraphs
    credit        by-line, agency's line, copyright, none      headline    the paper's own
    house style   spelling, per cent, figures, quotation marks, U.N. as UN, titles
    local         a paragraph of the paper's own               subediting  a sentence left out, words exchanged, "on Monday" dropped
    joined        two paragraphs become one                    chrome      what a web page puts around a story
    reordered     two paragraphs change places
An update is a version of the source's own: a mark (UPDATE 2-, Adds quote), a new first paragraph, one to four new ones, one left out.
Papers print any version. The half of the papers gives no day of publication nor name.
"""

from __future__ import annotations

import random
import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date, timedelta
from pathlib import Path

import yaml

ROOT = Path(__file__).resolve().parents[2]
STORIES, MOST_COPIES = 500, 40
MARKUP = re.compile(r"\[([^|\]]*)\|[^\]]*\]")
PLACES = ("PARIS", "LAGOS", "DELHI", "LIMA", "CAIRO", "OSLO", "QUITO", "SEOUL", "ROME", "ACCRA", "HANOI", "RABAT", "RIGA", "TUNIS", "SOFIA")
AGENCIES = ("Meridian News", "Transworld Press", "Eurowire", "Pacific Wire", "Globe Service")
SPELLINGS = (
    ("labour", "labor"), ("organis", "organiz"), ("percent", "per cent"), ("defence", "defense"), ("centre", "center"),
    ("neighbour", "neighbor"),
    ("criticis", "criticiz"), ("programme", "program"), ("travell", "travel"), ("U.N.", "UN"), ("U.S.", "US"), ("towards", "toward"),
)  # fmt: skip
FIGURES = tuple(
    zip(("two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven"), map(str, range(2, 12)), strict=True)
)
EXCHANGED = (("said", "told reporters"), ("about", "some"), ("killed", "left dead"),
             ("government", "authorities"), ("officials", "sources"),
             ("also", "in addition"), ("began", "started"), ("after", "following"), ("large", "big"), ("more than", "over"))  # fmt: skip
DAYS = re.compile(r" on (?:Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)day")
SENTENCE = re.compile(r"(?<=[.!?][”\"]) +(?=[A-Z])|(?<=[a-z0-9)][.!?]) +(?=[A-Z“\"])")
CHROME = (
    "Share this article\nPrint\nEmail", "Click here to get the morning briefing in your inbox every day.",
    "READ MORE: What to know this week",
    "Subscribe now and never miss a story from our newsroom.", "This story was first published on our website. All rights reserved.",
    "Photo: file picture from the agency's archive", "Our journalism is supported by readers like you.",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Printed:
    """One printing: which story it is of, by whom, when, which version, and its text with the headline as first line."""

    id: str
    story: int
    text: str
    publication: str | None
    published: str | None
    version: int
    by_source: bool


@dataclass(frozen=True, slots=True)
class Story:
    """What the source sends: headline, paragraphs, place and agency."""

    headline: str
    paragraphs: tuple[str, ...]
    place: str
    agency: str


def printings(seed: int = 1) -> list[Printed]:
    """Every printing of every story, mixed."""
    rng = random.Random(seed)
    sentences = corpus_sentences()
    rng.shuffle(sentences)
    supply = iter(sentences)
    found = []
    for number, story in enumerate(base_stories(rng, supply)):
        found += of_story(number, story, rng, supply)
    rng.shuffle(found)
    return [replace(one, id=f"{place:05}") for place, one in enumerate(found)]


def corpus_sentences() -> list[str]:
    lines = [line for file in sorted((ROOT / "corpus" / "train").glob("*.txt")) for line in file.read_text(encoding="utf-8").splitlines()]
    plain = [MARKUP.sub(r"\1", re.sub(r"\s*\{[^}]*\}\s*$", "", line)).strip() for line in lines if line.strip() and line[0] not in "#~"]
    return list(dict.fromkeys(line for line in plain if len(line.split()) > 8))


def base_stories(rng: random.Random, supply: Iterator[str]) -> Iterator[Story]:
    """Stories by hand first, then of the corpus, every tenth of which tells part of the one before again."""
    written = [file.read_text(encoding="utf-8") for file in sorted((ROOT / "samples").glob("*.txt"))]
    written += [entry["text"] for entry in yaml.safe_load((Path(__file__).parent / "rivals.yaml").read_text(encoding="utf-8"))]
    for text in written:
        headline, *paragraphs = [line for line in text.split("\n") if line.strip()]
        yield Story(headline, tuple(paragraphs), rng.choice(PLACES), rng.choice(AGENCIES))
    before: list[str] = []
    for number in range(STORIES - len(written)):
        paragraphs = [" ".join(next(supply) for _ in range(rng.choice((1, 1, 2)))) for _ in range(rng.randint(5, 14))]
        if number % 10 == 9:
            paragraphs += before[-2:]
        before = paragraphs
        headline = " ".join(paragraphs[0].split()[:9]).rstrip(",.")
        yield Story(headline, tuple(paragraphs), rng.choice(PLACES), rng.choice(AGENCIES))


def of_story(number: int, story: Story, rng: random.Random, supply: Iterator[str]) -> list[Printed]:
    day = date(2020, 1, 1) + timedelta(days=rng.randrange(700))
    versions = [story]
    for _ in range(rng.choice((0, 0, 0, 1, 1, 2, 3))):
        versions.append(updated(versions[-1], len(versions), rng, supply))
    found = []
    for version, sent in enumerate(versions):
        text = f"{sent.headline}\n\n{sent.place}, {day:%b} {day.day} ({sent.agency}) - " + "\n\n".join(sent.paragraphs)
        found.append(Printed("", number, text, sent.agency, (day + timedelta(days=version // 2)).isoformat(), version, True))
    for _ in range(rng.randint(1, MOST_COPIES)):
        version = rng.randrange(len(versions))
        named = rng.random() < 0.5
        paper = f"{rng.choice(PLACES).title()} {rng.choice(('Post', 'Herald', 'Tribune', 'Times', 'Star'))} {rng.randrange(99)}"
        printed = (day + timedelta(days=version // 2 + rng.choice((0, 0, 1, 1, 2, 6)))).isoformat()
        text = edited(versions[version], rng, supply)
        found.append(Printed("", number, text, paper if named else None, printed if named else None, version, False))
    return found


def updated(story: Story, version: int, rng: random.Random, supply: Iterator[str]) -> Story:
    """The next version by the same source; what was first becomes second."""
    mark = rng.choice((f"UPDATE {version}-{{}}", "{} (Adds quote, background)", f"{{}} ({version + 1}th update)", "CORRECTED-{}"))
    headline = re.sub(r"^UPDATE \d-|^CORRECTED-| \(.*\)$", "", story.headline)
    kept = list(story.paragraphs)
    if len(kept) > 6:
        kept.pop(rng.randrange(1, len(kept)))
    new = [next(supply) for _ in range(min(rng.randint(1, 4), max(1, len(kept) // 3)))]
    for paragraph in new[1:]:
        kept.insert(rng.randrange(1, len(kept) + 1), paragraph)
    return replace(story, headline=mark.format(headline), paragraphs=(new[0], *kept))


def edited(story: Story, rng: random.Random, supply: Iterator[str]) -> str:
    """What a paper makes of a story."""
    paragraphs = list(story.paragraphs)
    words = sum(len(paragraph.split()) for paragraph in paragraphs)
    if rng.random() < 0.5 and words > 120:
        paragraphs = paragraphs[: max(3, round(len(paragraphs) * rng.uniform(0.3, 0.95)))]
    if rng.random() < 0.3:
        paragraphs = [subedited(paragraph, rng) for paragraph in paragraphs]
    if rng.random() < 0.2 and len(paragraphs) > 3:
        place = rng.randrange(1, len(paragraphs) - 1)
        paragraphs[place], paragraphs[place + 1] = paragraphs[place + 1], paragraphs[place]
    if rng.random() < 0.2 and len(paragraphs) > 3:
        place = rng.randrange(1, len(paragraphs) - 1)
        paragraphs[place : place + 2] = [" ".join(paragraphs[place : place + 2])]
    if rng.random() < 0.15:
        paragraphs.insert(rng.randrange(1, len(paragraphs) + 1), next(supply))
    paragraphs[0] = rng.choice(dateline(story)) + paragraphs[0]
    body = "\n\n".join(paragraphs)
    if rng.random() < 0.5:
        body = in_house_style(body, rng)
    headline = story.headline if rng.random() < 0.5 else " ".join(rng.sample(body.split(), 6)).capitalize()
    credit = rng.choice(("", f"By {story.agency}", f"{story.agency} | Foreign desk", "From our correspondents and agencies"))
    end = rng.choice(("", f"© {story.agency}", f"({story.agency})", "Additional reporting by the foreign desk"))
    chrome = rng.sample(CHROME, rng.choice((0, 0, 1, 2)))
    return "\n\n".join(part for part in (headline, credit, *chrome[:1], body, end, *chrome[1:]) if part)


def dateline(story: Story) -> tuple[str, ...]:
    place = story.place.title()
    return "", f"{story.place} — ", f"{story.place} ({story.agency}) - ", f"{place}: ", f"{place}, {story.agency} — "


def subedited(paragraph: str, rng: random.Random) -> str:
    sentences = SENTENCE.split(paragraph)
    if len(sentences) > 2 and rng.random() < 0.3:
        sentences.pop(rng.randrange(1, len(sentences)))
    text = " ".join(sentences)
    for word, other in rng.sample(EXCHANGED, 3):
        text = re.sub(rf"\b{word}\b", other, text, count=1)
    return DAYS.sub("", text) if rng.random() < 0.3 else text


def in_house_style(body: str, rng: random.Random) -> str:
    one_way = rng.random() < 0.5
    for british, american in SPELLINGS:
        body = body.replace(*((british, american) if one_way else (american, british)))
    if rng.random() < 0.3:
        for word, figure in FIGURES:
            body = re.sub(rf"\b{word}\b", figure, body)
    quotes = rng.choice(("“”", "‘’", '""', "''"))
    body = re.sub(r'["“]([^"“”\n]*)["”]', lambda m: quotes[0] + m[1] + quotes[1], body)
    return body.replace("'s ", "’s ") if rng.random() < 0.5 else body
