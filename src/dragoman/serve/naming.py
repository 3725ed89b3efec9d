"""What codes are called. In: nothing. Out: names of countries and sectors, as the knowledge and the codebook have them."""

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


def plural(noun: str) -> str:
    """Of what is no name: companies, social movements."""
    return f"{noun[:-1]}ies" if noun.endswith("y") else f"{noun}s"
