"""A store in which many deal with many, for the network: a few countries with most events, as in the news."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import combinations
from pathlib import Path

from dragoman.schema import Coding
from dragoman.store import Store
from handmade import article, event

NAMED = """USA RUS CHN UKR ISR GBR FRA IRN DEU JPN PSE TUR IND KOR PRK SAU SYR EUR UNO PAK EGY POL ITA CAN AUS BRA MEX ZAF NGA COD
SDN ETH VEN COL LBN YEM IRQ AFG TWN PHL VNM IDN MYS THA ARE QAT JOR GRC SWE NOR FIN ESP NLD BEL CHE GEO ARM AZE CAF TTO"""
CODES = NAMED.split()
SECTORS = ("GOV", "MIL", "REB", "CVL")
TYPES = (("CONSULT", 1.0), ("AGREE", 4.5), ("AID", 6.0), ("ACCUSE", -2.0), ("ASSAULT", -9.0), ("SUPPORT", 2.5), ("SANCTION", -6.0))


def pairs() -> Iterator[tuple[str, str, int]]:
    """350 pairs, with the number of their events: the earlier both stand in the list, the more."""
    places = sorted(combinations(range(len(CODES)), 2), key=lambda pair: ((pair[0] + 1) * (pair[1] + 2), pair))
    for one, other in places[:350]:
        yield CODES[one], CODES[other], max(1, 120 // ((one + 1) * (other + 1)))


def codings() -> Iterator[tuple[Coding, str]]:
    for number, (one, other, events) in enumerate(pairs()):
        name = f"{one}-{other}"
        made = []
        for place in range(events):
            type_, score = TYPES[(number * 3 + place % 2) % len(TYPES)]
            day = f"{2021 + (number + place) % 4}-{1 + (number * 5 + place) % 12:02d}-{1 + place % 28:02d}"
            sector = SECTORS[(number + place) % len(SECTORS)] if place % 3 == 2 else "GOV"
            made.append(event(name, 3 * place, type_, [f"{one} {sector}"], [f"{other} GOV"], date=day, score=score))
        yield Coding(article=article(name, headline=f"{one} and {other}", publication="Wire"), events=made), ""


def busy_store(path: Path) -> Path:
    with Store(path) as store:
        store.add(codings())
    return path
