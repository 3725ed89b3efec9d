"""The published PLOVER layout: what ../shared/reference/plover.md says of it, checked against events made by hand."""

from __future__ import annotations

import io
import json
from typing import Any

from dragoman.schema import Coding, Entity, Place, Quantity
from dragoman.write import formats
from handmade import article, event, span, summit

KEYS = {
    *("id", "date", "actor", "event", "enddate", "time", "recipient", "quad_code", "event_scale", "mode", "context", "event_loc"),
    *("event_text", "size", "text", "text_info", "cite_info", "coder", "coded_date", "comment"),
}
ENTITY_KEYS = {"code", "sector", "entity_text", "identifier_id", "identifier_text", "office", "religion", "ethnicity", "gender"}
CITE_KEYS = {"corpus", "url", "title", "language", "publication", "licence", "codebook", "version"}


def records(coding: Coding) -> list[dict[str, Any]]:
    stream = io.StringIO()
    writer = formats()["plover"](stream)
    writer.write(coding)
    writer.close()
    return [json.loads(line) for line in stream.getvalue().splitlines()]


def test_one_line_an_event_with_published_keys_only() -> None:
    found = records(summit())
    assert [one["event"] for one in found] == ["SUPPORT", "ASSAULT"]
    for one in found:
        assert {"id", "date", "actor", "event"} <= one.keys() <= KEYS
        assert one["cite_info"].keys() <= CITE_KEYS
        for party in [*one["actor"], *one["recipient"]]:
            assert {"code", "sector", "entity_text"} <= party.keys() <= ENTITY_KEYS


def test_an_event_in_full() -> None:
    support = records(summit())[0]
    assert support.pop("coder").startswith("dragoman")
    assert support == {
        "id": "s:30",
        "date": "2024-11-06",
        "actor": [
            {
                "code": "JPN",
                "sector": "GOV",
                "entity_text": "Ishiba",
                "identifier_text": "Shigeru Ishiba",
                "office": "prime minister",
            }
        ],
        "recipient": [{"code": "USA", "sector": "ELI", "entity_text": "Trump", "identifier_text": "Donald Trump"}],
        "event": "SUPPORT",
        "quad_code": 1,
        "event_scale": 5.0,
        "event_text": "congratulated",
        "text": "Ishiba congratulated Trump; others waited.",
        "text_info": {"start": 8, "end": 50},
        "cite_info": {"title": "JAPAN'S ISHIBA CONGRATULATES TRUMP", "codebook": "PLOVER"},
    }


def test_whose_word_it_is_stands_in_the_comment() -> None:
    assault = records(summit())[1]
    assert assault["comment"] == "claimed by Kyiv"
    assert assault["date"] is None
    assert assault["mode"] == ["heavy-weapons", "destroy"]


def test_auxiliary_modes_are_modes_and_the_place_has_no_offsets() -> None:
    place = Place(text="Lyon", start=5, end=9, name="Lyon", country="FRA", lat=45.75, lon=4.85, geonameid=2996944)
    strike = event(
        "a", 3, "PROTEST", ["FRA LAB"], mode=["strike"], aux=["future"], date="2024-12-02..2024-12-04", place=place, status="denied"
    )
    (found,) = records(Coding(article=article("a", url="https://example.org/1"), events=[strike]))
    assert found["mode"] == ["strike", "future"]
    assert (found["date"], found["enddate"]) == ("2024-12-02", "2024-12-04")
    assert found["event_loc"] == {"text": "Lyon", "name": "Lyon", "country": "FRA", "lat": 45.75, "lon": 4.85, "geonameid": 2996944}
    assert found["text_info"] == {"start": 3, "end": 6}
    assert found["cite_info"] == {"url": "https://example.org/1", "codebook": "PLOVER"}
    assert found["comment"] == "denied"
    assert "recipient" not in found


def test_zero_is_known() -> None:
    (found,) = records(Coding(article=article("a"), events=[event("a", 0, "PROTEST", ["FRA"], trigger=span("x", 0), score=0.0)]))
    assert found["event_scale"] == 0.0
    assert found["text_info"] == {"start": 0, "end": 1}


def test_sizes_are_sums_of_one_source_and_the_highest_of_several() -> None:
    police = Entity(text="police", start=0, end=6)

    def many(kind: Any, low: float | None, high: float | None, by: Entity | None = None) -> Quantity:
        return Quantity(text="x", start=0, end=1, kind=kind, low=low, high=high, by=by)

    numbers = [many("killed", 12, 12, police), many("killed", 3, None, police), many("killed", 5, 5), many("arrested", None, 200)]
    strike = event("a", 3, "ASSAULT", ["FRA"], quantities=[*numbers, many("injured", None, None), many("troops", 900, 900)])
    (found,) = records(Coding(article=article("a"), events=[strike]))
    assert found["size"] == {"dead": 15, "arrested": 200}


def test_statements_and_problems_have_no_place() -> None:
    assert records(Coding(article=article("a"), statements=summit().statements, problems=summit().problems)) == []
    assert records(Coding(problems=summit().problems)) == []
