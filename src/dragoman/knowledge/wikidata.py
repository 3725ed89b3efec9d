"""In: a Wikidata dump in JSON, one entity a line. Out: a holders table of everybody in it who held an office that titles.tsv knows.

The dump is read twice: people come before the positions they held and the countries these belong to. Of each person label, aliases
and positions held (P39) with start (P580) and end (P582) are taken; of a position label and country (P1001, P17); of a country its code
(P298).
"""

from __future__ import annotations

import bz2
import gzip
import json
from collections.abc import Iterator
from contextlib import closing
from dataclasses import dataclass, field
from pathlib import Path
from typing import IO, Any

from rich.console import Console
from rich.progress import wrap_file

from dragoman.errors import DataError
from dragoman.knowledge.base import Knowledge
from dragoman.knowledge.facts import Title
from dragoman.knowledge.importing import Imported, write
from dragoman.knowledge.loading import HOLDER_COLUMNS, load

HELD, START, END, OF_COUNTRY, COUNTRY, CODE, HUMAN, INSTANCE = "P39", "P580", "P582", "P1001", "P17", "P298", "Q5", "P31"
PRECISION = {9: 4, 10: 7, 11: 10}
ALIASES = 8
LINKING = (" of ", " for ")


@dataclass(slots=True)
class Dump:
    """What is kept of a dump: holdings by position, and what the positions and countries are."""

    holdings: list[tuple[dict[str, str], str]] = field(default_factory=list)
    positions: dict[str, tuple[str, list[str]]] = field(default_factory=dict)
    codes: dict[str, str] = field(default_factory=dict)
    broken: list[str] = field(default_factory=list)


def import_dump(source: Path, into: Path, since: str = "1945", progress: bool = False) -> Imported:
    """Write holders-wikidata.tsv of a dump into a folder; offices that ended before the year ``since`` are left out.

    Positions that no title of the tables fits, and lines that are no JSON, are counted as problems, each once.
    """
    dump = Dump()
    for entity in _entities(source, dump, progress):
        _note_person(entity, since, dump)
    wanted = {position for _, position in dump.holdings}
    for entity in _entities(source, None, progress):
        _note_position(entity, wanted, dump)
    knowledge = load()
    titles = {q: _title(label, knowledge) for q, (label, _) in dump.positions.items()}
    kept: list[dict[str, str]] = []
    unfit: dict[str, None] = {}
    for person, position in dump.holdings:
        label, countries = dump.positions.get(position, ("", []))
        title = titles.get(position)
        code = next((dump.codes[c] for c in countries if c in dump.codes), None)
        if title is None or code is None:
            unfit[f"{position} ({label or 'not in the dump'}): {'no country' if title else 'no title of ours'}"] = None
            continue
        filled = {"country": code, "office": title.office or "other", "sector": title.sector or "GOV", "title": title.text}
        kept.append({**person, **filled, "source": "wikidata-dump"})
    ordered = sorted(kept, key=lambda line: (line["country"], line["office"], line["since"], line["person"]))
    return Imported(write(into / "holders-wikidata.tsv", HOLDER_COLUMNS, ordered), len(ordered), [*dump.broken, *unfit])


def _entities(source: Path, dump: Dump | None, progress: bool) -> Iterator[dict[str, Any]]:
    """The entities of a dump, which is one list with one entity a line; lines that are none are noted in ``dump``. DataError for a file
    that is not packed as its name says, or cut off."""
    try:
        with closing(_opened(source, progress)) as lines:
            for number, line in enumerate(lines, 1):
                text = line.strip().rstrip(b",")
                if text not in (b"", b"[", b"]"):
                    entity = _entity(text)
                    if entity is not None:
                        yield entity
                    elif dump is not None:
                        dump.broken.append(f"{source.name}:{number}: no entity of Wikidata")
    except (OSError, EOFError) as error:
        raise DataError(source.name, f"cannot be unpacked ({error}); is it whole?") from error


def _entity(text: bytes) -> dict[str, Any] | None:
    try:
        entity = json.loads(text)
        return entity if isinstance(entity["id"], str) else None
    except (ValueError, TypeError, KeyError):
        return None


def _opened(source: Path, progress: bool) -> IO[bytes]:
    raw: Any = source.open("rb")
    if progress:
        raw = wrap_file(raw, total=source.stat().st_size, description=source.name, console=Console(stderr=True), transient=True).__enter__()
    if source.suffix == ".gz":
        return gzip.GzipFile(fileobj=raw)  # type: ignore[return-value]
    return bz2.BZ2File(raw) if source.suffix == ".bz2" else raw


def _note_person(entity: dict[str, Any], since: str, dump: Dump) -> None:
    if HUMAN not in _items(entity, INSTANCE):
        return
    name = _label(entity)
    for claim in _claims(entity, HELD):
        position = _item(claim.get("mainsnak"))
        start, end = (_day(claim, which) for which in (START, END))
        if name and position and start and not (end and end[:4] < since[:4]):
            aliases = [a["value"] for a in entity.get("aliases", {}).get("en", []) if " " in a["value"] and ";" not in a["value"]]
            person = {"person": name, "aliases": ";".join(aliases[:ALIASES]), "since": start, "until": end, "wikidata": entity["id"]}
            dump.holdings.append((person, position))


def _note_position(entity: dict[str, Any], wanted: set[str], dump: Dump) -> None:
    if entity["id"] in wanted:
        dump.positions[entity["id"]] = (_label(entity), [*_items(entity, OF_COUNTRY), *_items(entity, COUNTRY)])
    codes = [c["mainsnak"]["datavalue"]["value"] for c in _claims(entity, CODE) if "datavalue" in c.get("mainsnak", {})]
    if codes and isinstance(codes[0], str):
        dump.codes[entity["id"]] = codes[0]


def _title(label: str, knowledge: Knowledge) -> Title | None:
    """The title of the tables with which a position's label begins, or which stands after its country ("Japanese foreign minister")."""
    text = label.lower()
    heads = [text, *(text.split(link)[0] for link in LINKING), *(link.join(text.split(link)[:2]) for link in LINKING)]
    words = text.split(" ")
    for form in [*sorted(heads, key=len, reverse=True), *(" ".join(words[n:]) for n in range(1, len(words)))]:
        for role in knowledge.roles.get(form):
            if role.title is not None and role.title.kind == "title":
                return role.title
    return None


def _label(entity: dict[str, Any]) -> str:
    return str(entity.get("labels", {}).get("en", {}).get("value", "")).replace("\t", " ")


def _claims(entity: dict[str, Any], which: str) -> list[dict[str, Any]]:
    found = entity.get("claims", {})
    claims = found.get(which, []) if isinstance(found, dict) else []
    return [c for c in claims if isinstance(c, dict) and c.get("rank") != "deprecated"]


def _items(entity: dict[str, Any], which: str) -> list[str]:
    return [item for claim in _claims(entity, which) if (item := _item(claim.get("mainsnak")))]


def _item(snak: Any) -> str:
    value = snak.get("datavalue", {}).get("value", {}) if isinstance(snak, dict) else {}
    return str(value.get("id", "")) if isinstance(value, dict) else ""


def _day(claim: dict[str, Any], which: str) -> str:
    """A date of a claim as precise as it is given: "+2024-10-01T00:00:00Z" of precision 9 is a year."""
    for snak in claim.get("qualifiers", {}).get(which, []):
        value = snak.get("datavalue", {}).get("value", {})
        if isinstance(value, dict) and str(value.get("time", "")).startswith("+"):
            return str(value["time"])[1 : 1 + PRECISION.get(int(value.get("precision") or 0), 0)]
    return ""
