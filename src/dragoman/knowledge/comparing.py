"""In: the knowledge, and a folder with lists of leaders that others keep. Out: where these name another head of state or government.

The lists: reign_leaders_*.csv (effective leaders, months), heads_*_wikidata.csv (heads, years), cia_world_leaders_*.tsv (offices as of a
month) and g20_asean_heads_*.json (heads on a day). A claim is compared on a day in the middle of its time; names count as the same where a
word of one is a word of the other, in any spelling.
"""

from __future__ import annotations

import csv
import json
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

from dragoman.errors import DataError
from dragoman.knowledge.base import Knowledge, held

HEADS = ("head_of_state", "head_of_government")
RULERS = (*HEADS, "other")
SHORTEST = 3
WORD = re.compile(r"[^\W\d_]+")
FIRST_YEAR = 1945
CIA_OFFICES = re.compile(r"(Pres\.|President|Prime Min\.|Prime Minister|King|Queen|Emir|Sultan|Chancellor)")
CIA_DAY = "2019-03-15"  # the file is of October 2019 by its name, but of early 2019 by what it says
EARLIER_STATES = {"GFR": "DEU", "GDR": "DEU", "RVN": "VNM", "DRV": "VNM", "YAR": "YEM", "YPR": "YEM", "CZE": "CZE"}


@dataclass(frozen=True, slots=True)
class Claim:
    """That somebody led a country on a day, by one of the lists."""

    source: str
    country: str
    day: str
    name: str


@dataclass(frozen=True, slots=True)
class Difference:
    """A claim with those who by our tables led the country on that day; nobody where ``ours`` is empty."""

    claim: Claim
    ours: tuple[str, ...]


def compare(folder: Path, knowledge: Knowledge) -> tuple[list[Claim], list[Difference]]:
    """All claims of the lists in a folder, and those that differ from ours. DataError where the folder has none of the lists."""
    claims = list(_claims(folder, knowledge))
    if not claims:
        raise DataError(str(folder), "none of the lists of leaders that dragoman knows is there")
    return claims, [difference for claim in claims if (difference := _difference(claim, knowledge)) is not None]


def _difference(claim: Claim, knowledge: Knowledge) -> Difference | None:
    ruling = [h.person for office in RULERS for h in held(knowledge.by_office.get((claim.country, office), []), claim.day)]
    words = set(_words(claim.name, knowledge))
    forms = {form for person in ruling for form in knowledge.people[person].forms}
    if any(words & set(_words(form, knowledge)) for form in forms):
        return None
    heads = [h.person for office in HEADS for h in held(knowledge.by_office.get((claim.country, office), []), claim.day)]
    return Difference(claim, tuple(dict.fromkeys(heads)))


def _words(name: str, knowledge: Knowledge) -> Iterable[str]:
    return (knowledge.spellings.key(word) for word in WORD.findall(name) if len(word) >= SHORTEST)


def _claims(folder: Path, knowledge: Knowledge) -> Iterator[Claim]:
    for file in sorted(folder.glob("reign_leaders_*.csv")):
        yield from _of_reign(file, folder, knowledge)
    for file in sorted(folder.glob("heads_*_wikidata.csv")):
        for row in _rows(file):
            code = knowledge.place_country(row["country"])
            start, end = row["start_year"], row["end_year"]
            if code is not None and start:
                yield Claim("wikidata", code, f"{end or 2022}-01-01" if end != start else f"{start}-12-31", row["officeholderLabel"])
    for file in sorted(folder.glob("cia_world_leaders_*.tsv")):
        for row in _rows(file, "\t"):
            code = knowledge.place_country(" ".join(reversed(row["country"].split(", "))))
            if code is not None and CIA_OFFICES.fullmatch(row["office"]):
                yield Claim("cia", code, CIA_DAY, row["name"].title())
    for file in sorted(folder.glob("g20_*.json")):
        yield from _of_g20(file, knowledge)


def _rows(file: Path, delimiter: str = ",") -> list[dict[str, str]]:
    text = file.read_bytes()
    try:
        lines = text.decode("utf-8").splitlines()
    except UnicodeDecodeError:
        lines = text.decode("latin-1").splitlines()
    return list(csv.DictReader(lines, delimiter=delimiter))


def _of_reign(file: Path, folder: Path, knowledge: Knowledge) -> Iterator[Claim]:
    """Leaders by months; countries by the numbers that the elections file names."""
    names = {row["ccode"]: row["country"] for election in folder.glob("reign_elections_*.csv") for row in _rows(election)}
    for row in _rows(file):
        code = EARLIER_STATES.get(row["stateabb"]) or knowledge.place_country(names.get(row["ccode"], "").strip())
        try:
            first, last = (int(row[f"{which}year"]) * 12 + int(row[f"{which}month"]) - 1 for which in ("s", "e"))
        except ValueError:
            continue
        middle = (first + last) // 2
        if code is not None and last - first > 1 and middle // 12 >= FIRST_YEAR:
            yield Claim("reign", code, f"{middle // 12}-{middle % 12 + 1:02}-15", row["leader"])


def _of_g20(file: Path, knowledge: Knowledge) -> Iterator[Claim]:
    read = json.loads(file.read_text(encoding="utf-8"))
    for country in read["countries"].values():
        code = knowledge.place_country(country["country"]["name_en"])
        for position in country["positions"].values():
            holder = (position or {}).get("current_holder")
            if code is not None and holder:
                yield Claim("g20", code, read["snapshot_date"], holder["name_en"])
