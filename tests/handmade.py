"""Records made by hand, without the coder, and Hypothesis strategies for any record that the schema allows."""

from __future__ import annotations

from types import NoneType, UnionType
from typing import Annotated, Any, Literal, Union, get_args, get_origin

from hypothesis import strategies as st
from pydantic import BaseModel

from dragoman.schema import (
    ArticleRecord,
    Coding,
    Content,
    Dateline,
    Entity,
    Event,
    Expectation,
    Model,
    Problem,
    Published,
    Relation,
    Span,
    Statement,
    When,
    sha256_of,
)

QUAD_OF = {"SUPPORT": 1, "AGREE": 1, "CONSULT": 1, "AID": 2, "COOPERATE": 2, "ACCUSE": 3, "SANCTION": 4, "ASSAULT": 4, "PROTEST": 4}
JSON_VALUES = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False, allow_infinity=False) | st.text(max_size=5),
    lambda inner: st.lists(inner, max_size=2) | st.dictionaries(st.text(max_size=3), inner, max_size=2),
    max_leaves=4,
)


def entity(code: str, text: str = "", **more: Any) -> Entity:
    """``code`` is a country and perhaps a sector, ``JPN GOV``; ``-`` stands for an unknown country."""
    country, _, sector = code.partition(" ")
    text = text or code
    return Entity(text=text, start=0, end=len(text), country=None if country == "-" else country, sector=sector or None, **more)


def span(text: str, start: int = 0) -> Span:
    return Span(text=text, start=start, end=start + len(text))


def event(article_id: str, start: int, type: str, actor: list[str], recipient: list[str] | None = None, **more: Any) -> Event:
    """An event whose id is article and place in the text, ``a:10``; ``date`` may be a string, ``2024-11`` or ``2024-11-04..2024-11-06``."""
    given = dict(more)
    if isinstance(given.get("date"), str):
        value, _, until = given["date"].partition("..")
        given["date"] = When(text="then", start=0, end=4, value=value or None, until=until or None)
    given.setdefault("score", 0.0)
    return Event(
        id=f"{article_id}:{start}",
        article_id=article_id,
        type=type,
        quad=given.pop("quad", None) or QUAD_OF[type],
        actor=[entity(code) for code in actor],
        recipient=[entity(code) for code in recipient or []],
        trigger=given.pop("trigger", span("did", start)),
        **given,
    )


def article(article_id: str, text: str = "a text", published: str | None = None, **more: Any) -> ArticleRecord:
    day = Published(value=published, source="given" if published else "none")
    return ArticleRecord(id=article_id, sha256=sha256_of(text), published=day, **more)


def summit() -> Coding:
    """A coding with at least one record of every kind."""
    tokyo = Dateline(text="TOKYO", start=0, end=5, place="TOKYO", country="JPN")
    ishiba = entity("JPN GOV", "Ishiba", name="Shigeru Ishiba", office="prime minister")
    trump = entity("USA ELI", "Trump", name="Donald Trump", other_sectors=["PTY"])
    hayashi = entity("JPN GOV", "Hayashi", name="Yoshimasa Hayashi")
    said = Statement(
        id="s:80",
        article_id="s",
        kind="direct",
        speaker=hayashi,
        cue=span("said", 140),
        content=Content(text="We will keep “the alliance”\nstrong", spans=[(100, 112), (120, 130)]),
        date=When(text="Wednesday", start=145, end=154, value="2024-11-06", precision="day"),
    )
    congratulated = event("s", 30, "SUPPORT", [], score=5.0, date="2024-11-06", cameo="051", because=["congratulate is SUPPORT"])
    congratulated = congratulated.model_copy(
        update={
            "actor": [ishiba],
            "recipient": [trump],
            "trigger": span("congratulated", 30),
            "evidence": [span("Ishiba congratulated Trump; others waited.", 8)],
        }
    )
    shelled = event("s", 200, "ASSAULT", ["RUS MIL", "PRK MIL"], ["UKR"], mode=["heavy-weapons", "destroy"], score=-9.5, status="claimed")
    shelled = shelled.model_copy(
        update={"attributed_to": entity("UKR GOV", "Kyiv"), "statement_id": "s:80", "trigger": span("shelled", 200)}
    )
    return Coding(
        article=article("s", published="2024-11-06", headline="JAPAN'S ISHIBA CONGRATULATES TRUMP", agency="Example News", dateline=tokyo),
        statements=[said],
        events=[congratulated, shelled],
        relations=[
            Relation(id="s:r", article_id="s", kind="alliance", from_=entity("JPN"), to=entity("USA"), evidence=[span("the alliance", 110)])
        ],
        expectations=[Expectation(id="s:x", article_id="s", from_=ishiba, to=trump, type="CONSULT")],
        problems=[Problem(article_id="s", stage="when", message="two readings of 05/03/2024")],
    )


def strategy_of(annotation: Any) -> st.SearchStrategy[Any]:
    """Any value of a field's type."""
    origin, arguments = get_origin(annotation), get_args(annotation)
    if origin is Annotated:
        return strategy_of(arguments[0])
    if origin in (Union, UnionType):
        return st.one_of([strategy_of(argument) for argument in arguments])
    if origin is Literal:
        return st.sampled_from(arguments)
    if origin is list:
        return st.lists(strategy_of(arguments[0]), max_size=2)
    if origin is tuple:
        return st.tuples(*map(strategy_of, arguments))
    if origin is dict:
        return st.dictionaries(st.text(max_size=4), JSON_VALUES, max_size=2)
    if isinstance(annotation, type) and issubclass(annotation, BaseModel):
        return records_of(annotation)
    return {
        NoneType: st.none(),
        str: st.text(max_size=8),
        bool: st.booleans(),
        int: st.integers(min_value=-(2**63), max_value=2**63 - 1),
        float: st.floats(allow_nan=False, allow_infinity=False),
    }[annotation]


def records_of(model: type[BaseModel], **fixed: Any) -> st.SearchStrategy[Any]:
    """Any record of a model, with some fields fixed."""
    free = {field.alias or name: strategy_of(field.annotation) for name, field in model.model_fields.items() if name not in fixed}
    return st.fixed_dictionaries(free).map(lambda values: model.model_validate({**values, **fixed}))


@st.composite
def codings(draw: st.DrawFn, article_id: str) -> Coding:
    """Any coding of the article with that id."""
    parts: dict[str, type[Model]] = {
        "statements": Statement,
        "events": Event,
        "relations": Relation,
        "expectations": Expectation,
        "problems": Problem,
    }
    records = {name: draw(st.lists(records_of(model, article_id=article_id), max_size=2)) for name, model in parts.items()}
    return Coding(article=draw(records_of(ArticleRecord, id=article_id)), **records)
