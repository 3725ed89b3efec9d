"""What an audit file holds, one JSON object a line. In: what is drawn and judged. Out: models, checked before they are written.

Everything that a report needs is in the file: the events as they were coded, and how many there were in each stratum.
"""

from __future__ import annotations

import re
from typing import Annotated, Literal, TypeAlias, get_args

from pydantic import Field, model_validator

from dragoman import codebook
from dragoman.schema import Auxiliary, Event, Model, Status

Judged: TypeAlias = Literal["type", "mode", "aux", "actor", "recipient", "date", "place", "status"]
FIELDS: tuple[Judged, ...] = get_args(Judged)
NONE = "none"  # what there should be where there should be nothing; of the type: no event at all
DATE = re.compile(r"\d{4}(-\d{2}(-\d{2})?)?(\.\.\d{4}(-\d{2}(-\d{2})?)?)?")
LONGEST_NAME = 100  # of a judge
NAMES = re.compile(r"\s*[,;]\s*")


class Stratum(Model):
    """How many events of the store are alike in what the sample is stratified by, and how many of them were drawn."""

    events: int
    drawn: int


class Drawn(Model):
    """The first line: what was drawn from where. The same store, query, size, seed and strata give the same sample."""

    line: Literal["drawn"] = "drawn"
    dragoman: str
    store: str
    query: str = ""
    by: str
    seed: int
    strata: dict[str, Stratum]
    articles: int = Field(description="in the store, of which some may be read whole")


class Item(Model):
    """An event to be judged, as it was coded."""

    line: Literal["item"] = "item"
    event: Event
    stratum: str
    published: str | None = None
    publication: str | None = None
    beside: list[str] = Field(default=[], description="ids of the other events of its sentence")


class Story(Model):
    """An article to be read whole, for what was missed."""

    line: Literal["story"] = "story"
    article_id: str
    headline: str | None = None
    events: list[str] = Field(default=[], description="ids of the events that were coded in it")


class Verdict(Model):
    """What a judge says of one field."""

    verdict: Literal["right", "wrong", "unsure"]
    should: str | None = Field(default=None, max_length=500, description="what it should be, where it is wrong and that is known")


class Judgement(Model):
    """What a judge says of an event. A later one of the same judge takes its place."""

    line: Literal["judgement"] = "judgement"
    judge: str = Field(min_length=1, max_length=LONGEST_NAME)
    item: str
    fields: dict[Judged, Verdict]
    note: str = Field(default="", max_length=2000)

    @model_validator(mode="after")
    def _is_understood(self) -> Judgement:
        if not self.fields:
            raise ValueError("no field is judged")
        for name, verdict in self.fields.items():
            if verdict.should is not None and verdict.verdict != "wrong":
                raise ValueError(f"{name} is {verdict.verdict}, so nothing can be put in its place")
            if verdict.should is not None and (problem := problem_with(name, verdict.should)):
                raise ValueError(f"{name} cannot be {verdict.should!r}: {problem}")
        return self


class Missed(Model):
    """An event of an article that is no record."""

    text: str = Field(min_length=1, max_length=2000, description="the words that tell it")
    type: str | None = None
    note: str = Field(default="", max_length=2000)


class Reading(Model):
    """What a judge says of a whole article: which of its events are right (type and sides), and which are missing."""

    line: Literal["reading"] = "reading"
    judge: str = Field(min_length=1, max_length=LONGEST_NAME)
    article_id: str
    right: list[str] = Field(default=[])
    wrong: list[str] = Field(default=[])
    missed: list[Missed] = Field(default=[], max_length=500)


class Withdrawn(Model):
    """A judge takes back what was said of an event or article."""

    line: Literal["withdrawn"] = "withdrawn"
    judge: str
    about: str


Line: TypeAlias = Annotated[Drawn | Item | Story | Judgement | Reading | Withdrawn, Field(discriminator="line")]


def problem_with(field: Judged, should: str) -> str | None:
    """What is wrong with a correction; None if it can be used."""
    if should == NONE:
        return None
    known = known_of(field)
    if field == "date":
        return None if DATE.fullmatch(should) else "write 2024, 2024-11, 2024-11-06, 2024-11-04..2024-11-06 or none"
    if known is None:
        return None if should.strip() else "write none where there is none"
    strange = [name for name in NAMES.split(should) if name not in known]
    return f"no {field} {', '.join(strange)}" if strange else None


def known_of(field: Judged) -> tuple[str, ...] | None:
    """The names that a field can take; None where it can take any."""
    book = codebook.load()
    match field:
        case "type":
            return tuple(book.types)
        case "mode":
            return tuple(dict.fromkeys(mode for one in book.types.values() for mode in one.modes))
        case "aux":
            return get_args(Auxiliary)
        case "status":
            return get_args(Status)
    return None
