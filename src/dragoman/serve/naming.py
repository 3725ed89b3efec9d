"""What codes are called, in the reading room and in reports. In: codes. Out: names, as the knowledge and the codebook have them."""

from __future__ import annotations

from functools import cache
from importlib.resources import files

from pydantic import BaseModel, Field

from dragoman import codebook, knowledge
from dragoman.tables import rows


class Names(BaseModel):
    """How codes are put into words."""

    countries: dict[str, str] = Field(description="by code; also what stands in the place of a country, such as UNO")
    sectors: dict[str, str]
    with_the: list[str] = Field(description="codes of names that have an article within a sentence")


@cache
def names_of_codes() -> Names:
    book = codebook.load()
    bodies = {code: body.name if body.name[0].isupper() else plural(body.name) for code, body in book.international.items()}
    countries = dict(sorted({**bodies, **knowledge.country_names()}.items()))
    with_the = [code for _, (code, _) in rows(files("dragoman.serve"), "with_the.tsv", ("code", "name"))]
    return Names(countries=countries, sectors={code: sector.name for code, sector in book.sectors.items()}, with_the=with_the)


def called(code: str) -> str:
    """JPN is Japan, RUS MIL Russia (military); a code without a name stays a code."""
    names = names_of_codes()
    country, *sectors = code.split(" ")
    known = names.countries.get(country, country)
    return f"{known} ({', '.join(names.sectors.get(sector, sector) for sector in sectors)})" if sectors else known


def within_text(code: str) -> str:
    """With the article that a name has within a sentence: the United States."""
    return f"the {called(code)}" if code.split(" ")[0] in names_of_codes().with_the else called(code)


def capital(words: str) -> str:
    return words[:1].upper() + words[1:]


def plural(noun: str) -> str:
    """Of what is no name: companies, social movements."""
    return f"{noun[:-1]}ies" if noun.endswith("y") else f"{noun}s"
