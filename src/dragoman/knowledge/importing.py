"""In: a TSV of a user's own. Out: the same facts in a folder that ``load(addition)`` reads, every line checked and filled in.

Which table it is tell its columns. Of holders person, country, since and title or office are needed, of organisations name and country, of
names text, country and kind. A line that cannot be used is left out and reported; the rest is kept.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import TypeAlias

from dragoman import codebook
from dragoman.errors import DataError
from dragoman.knowledge.base import Knowledge
from dragoman.knowledge.facts import checked_date
from dragoman.knowledge.loading import ADDED_NAMES, ADDED_ORGANISATIONS, HOLDER_COLUMNS, KINDS, NAME_COLUMNS, ORGANISATION_COLUMNS, load
from dragoman.tables import entries, lines

DUMP = re.compile(r"\.json(\.gz|\.bz2)?", re.IGNORECASE)
CODE = re.compile(r"[A-Z]{3}")
Fields: TypeAlias = dict[str, str]


@dataclass(slots=True)
class Imported:
    """What came of an import; ``problems`` say file, line and why something was left out."""

    file: Path
    kept: int = 0
    problems: list[str] = field(default_factory=list)


def is_dump(source: Path) -> bool:
    """Whether a file's name is that of a Wikidata dump."""
    return any(DUMP.fullmatch("".join(source.suffixes[-n:])) for n in (1, 2))


def import_table(source: Path, into: Path) -> Imported:
    """Check a table and write it into a folder. DataError where its columns are of no table that is known, or it cannot be read."""
    read = entries(source.parent, source.name)
    columns = set(lines(source.parent, source.name)[0][1])
    file, wanted, filled = _table(source, columns)
    knowledge, kept, problems = load(), [], []
    for entry in read:
        try:
            kept.append(
                filled({column: str(entry.fields.get(column, "")).strip() for column in wanted}, entry.where, knowledge, source.stem)
            )
        except DataError as error:
            problems.append(str(error))
    return Imported(write(into / file, wanted, kept), len(kept), problems)


def write(file: Path, columns: tuple[str, ...], filled: Iterable[Mapping[str, str]]) -> Path:
    """Write the lines of a table, whole or not at all; what an organisations.tsv or names.tsv of the folder holds already stays there."""
    file.parent.mkdir(parents=True, exist_ok=True)
    before = file.read_text(encoding="utf-8").splitlines()[1:] if file.name in (ADDED_NAMES, ADDED_ORGANISATIONS) and file.exists() else []
    texts = dict.fromkeys([*before, *("\t".join(line[column] for column in columns) for line in filled)])
    unfinished = file.with_name(f"{file.name}.part")
    unfinished.write_text("".join(f"{line}\n" for line in ("\t".join(columns), *texts)), encoding="utf-8")
    unfinished.replace(file)
    return file


Fill: TypeAlias = Callable[[Fields, str, Knowledge, str], Fields]


def _table(source: Path, columns: set[str]) -> tuple[str, tuple[str, ...], Fill]:
    if {"person", "country", "since"} <= columns and columns & {"title", "office"}:
        return f"holders-{source.stem.removeprefix('holders-')}.tsv", HOLDER_COLUMNS, _holder
    if {"name", "country"} <= columns:
        return ADDED_ORGANISATIONS, ORGANISATION_COLUMNS, _organisation
    if {"text", "country", "kind"} <= columns:
        return ADDED_NAMES, NAME_COLUMNS, _name
    needed = "person, country, title, since (holders), name, country (organisations) or text, country, kind (names)"
    raise DataError(source.name, f"the header must have {needed}, with tabs between them; it has {', '.join(sorted(columns))}")


def _holder(fields: Fields, where: str, knowledge: Knowledge, source: str) -> Fields:
    _checked(fields, where, knowledge, "person")
    title, office = fields["title"].lower(), fields["office"]
    known = next((role.title for role in knowledge.roles.get(title) if role.title is not None), None) if title else None
    if not title and not office:
        raise DataError(where, f"{fields['person']}: neither title nor office")
    if " " not in fields["person"] and not fields["aliases"]:
        raise DataError(where, f"{fields['person']}: a full name is needed, so that the surname is not taken for everybody's")
    filled = {
        "title": fields["title"] or office.replace("_", " "),
        "office": office or (known.office if known is not None and known.office else "other"),
        "sector": fields["sector"] or (known.sector if known is not None and known.sector else "GOV"),
        "source": fields["source"] or source,
    }
    return {**fields, **filled}


def _organisation(fields: Fields, where: str, knowledge: Knowledge, source: str) -> Fields:
    return _checked(fields, where, knowledge, "name")


def _name(fields: Fields, where: str, knowledge: Knowledge, source: str) -> Fields:
    if fields["kind"] not in KINDS:
        raise DataError(where, f"{fields['kind']!r} is no kind of name; it is one of {', '.join(sorted(KINDS))}")
    return _checked(fields, where, knowledge, "text")


def _checked(fields: Fields, where: str, knowledge: Knowledge, first: str) -> Fields:
    """The fields, their country as a code. DataError for a country, sector or date that is none."""
    if not fields[first]:
        raise DataError(where, f"{first} is empty")
    since, until = checked_date(fields["since"], where), checked_date(fields["until"], where)
    if since and until and until < since[: len(until)]:
        raise DataError(where, f"{fields[first]}: ends ({until}) before it begins ({since})")
    sectors = codebook.load().sectors
    if fields["sector"] and fields["sector"] not in sectors:
        raise DataError(where, f"{fields['sector']!r} is no sector; dragoman codebook sectors lists them")
    if not CODE.fullmatch(fields["country"]):
        code = knowledge.place_country(fields["country"]) if fields["country"] else None
        if code is None:
            raise DataError(where, f"{fields['country']!r} is neither a country code of three letters nor a name of a country")
        fields["country"] = code
    return fields
