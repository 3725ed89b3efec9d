"""CSV: one event a row, columns from the schema, lists that can be taken apart again."""

from __future__ import annotations

import csv
import io

from dragoman.schema import Coding
from dragoman.write import formats
from dragoman.write.csv import columns
from handmade import article, entity, event, span, summit


def rows(*given_codings: Coding) -> list[dict[str, str]]:
    stream = io.StringIO(newline="")
    writer = formats()["csv"](stream)
    for coding in given_codings:
        writer.write(coding)
    writer.close()
    return list(csv.DictReader(io.StringIO(stream.getvalue(), newline="")))


def test_columns_are_named_after_the_schema() -> None:
    assert list(columns())[:6] == ["id", "article_id", "type", "mode", "context", "aux"]
    assert {"actor_country", "actor_other_sectors", "date_value", "date_until", "place_lat", "trigger_start", "evidence_text"} <= set(
        columns()
    )
    assert {"article_headline", "article_published_value", "article_dateline_place", "article_sha256"} <= set(columns())
    assert len(set(columns())) == len(list(columns()))


def test_every_column_is_described() -> None:
    described = columns()
    assert all(described.values())
    assert described["score"] == "event.score: -10 (conflict) to 10 (cooperation)"
    assert described["actor_country"].startswith("event.actor[].country: ISO 3166 alpha-3")
    assert described["mode"] == "event.mode[]"
    assert described["article_dateline_place"] == "article.dateline.place"


def test_an_event() -> None:
    first, second = rows(summit())
    assert list(first) == list(columns())
    assert (first["id"], first["type"], first["quad"], first["score"]) == ("s:30", "SUPPORT", "1", "5.0")
    assert (first["actor_name"], first["actor_country"], first["recipient_name"]) == ("Shigeru Ishiba", "JPN", "Donald Trump")
    assert (first["date_value"], first["date_until"], first["status"]) == ("2024-11-06", "", "reported")
    assert (first["article_headline"], first["article_dateline_country"]) == ("JAPAN'S ISHIBA CONGRATULATES TRUMP", "JPN")
    assert (second["mode"], second["actor_country"], second["actor_name"]) == ("heavy-weapons;destroy", "RUS;PRK", ";")
    assert (second["attributed_to_text"], second["date_value"], second["place_lat"]) == ("Kyiv", "", "")


def test_separators_in_the_text_are_escaped() -> None:
    actors = [entity("FRA", "a;b|c\\d", other_sectors=["GOV", "MIL"]), entity("DEU", "e", other_sectors=["X|Y"])]
    odd = event("a", 1, "AID", []).model_copy(update={"actor": actors, "trigger": span("x;y", 1), "because": ["one; two", "three"]})
    (row,) = rows(Coding(article=article("a"), events=[odd]))
    assert row["actor_text"] == r"a\;b\|c\\d;e"
    assert row["actor_other_sectors"] == r"GOV|MIL;X\|Y"
    assert row["because"] == r"one\; two;three"
    assert row["trigger_text"] == "x;y"


def test_line_ends_quotes_and_controls() -> None:
    odd = event("a", 1, "AID", []).model_copy(update={"trigger": span('he\n"said",\x1b[0m\x00\ud83d', 1)})
    (row,) = rows(Coding(article=article("a", extra={"ü": [1]}), events=[odd]))
    assert row["trigger_text"] == 'he\n"said",\ufffd[0m\ufffd\ufffd'
    assert row["article_extra"] == '{"ü": [1]}'


def test_only_the_head_without_events() -> None:
    assert rows(Coding(article=article("a")), Coding(problems=summit().problems)) == []
