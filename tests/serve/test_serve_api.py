"""The reading room's API: records as in the JSON lines, page by page; and who is let in."""

from __future__ import annotations

import csv
import io
import json
import shutil
import time
from collections.abc import Iterator
from importlib.resources import files
from pathlib import Path
from threading import Event as Signal

import pyarrow.parquet as pq
import pytest
from fastapi.testclient import TestClient

from dragoman import knowledge
from dragoman.schema import Coding, Due, Event, Expectation
from dragoman.searching import Index
from dragoman.searching.index import version_of
from dragoman.serve import app_of, indexing
from dragoman.serve.answering import Answers
from dragoman.store import Store
from dragoman.tables import rows
from handmade import article, entity, event, span, summit

DAYS = 7


@pytest.fixture(scope="module")
def store(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("served") / "events.duckdb"
    with Store(path) as made:
        made.add([(summit(), "a text")])
        for n in range(DAYS):
            dated = event(f"a{n}", 3, "CONSULT", ["FRA GOV"], ["DEU GOV"], date=f"2024-05-0{n + 1}")
            undated = event(f"a{n}", 9, "ACCUSE", ["FRA GOV"], ["DEU GOV"])
            made.add([(Coding(article=article(f"a{n}"), events=[dated, undated]), f"text {n}")])
    return path


@pytest.fixture(scope="module")
def client(store: Path) -> Iterator[TestClient]:
    with TestClient(app_of(store)) as client:
        yield client


def pages(client: TestClient, path: str, **asked: object) -> list[dict[str, object]]:
    """All records, a page after the other."""
    found: list[dict[str, object]] = []
    cursor = None
    while True:
        answer = client.get(path, params={**asked, **({"cursor": cursor} if cursor else {})})
        assert answer.status_code == 200, answer.text
        found += answer.json()["records"]
        cursor = answer.json()["next"]
        if cursor is None:
            return found


def test_what_is_served(client: TestClient) -> None:
    about = client.get("/api/about").json()
    assert about["counts"]["articles"] == DAYS + 1
    assert about["counts"]["events"] == 2 * DAYS + len(summit().events)
    assert about["store"] == "events.duckdb"
    assert about["note"] is None


@pytest.mark.parametrize("limit", [1, 2, 3, 500])
def test_pages_hold_every_event_once_in_order(client: TestClient, store: Path, limit: int) -> None:
    found = pages(client, "/api/events", limit=limit)
    with Store(store, readonly=True) as there:
        wanted = {one.id for one in there.events()}
    assert [Event.model_validate(one).id for one in found] == list(dict.fromkeys(one["id"] for one in found))
    assert {one["id"] for one in found} == wanted
    days = [(one["date"] or {}).get("value") or "~" for one in found]  # type: ignore[attr-defined]
    assert days == sorted(days)


def test_a_query_chooses(client: TestClient) -> None:
    assert len(pages(client, "/api/events", query="FRA -> DEU, CONSULT, 2024-05-03..2024-05-05", limit=2)) == 3
    assert client.get("/api/events/count", params={"query": "FRA -> DEU"}).json() == 2 * DAYS


def test_other_records(client: TestClient) -> None:
    said = pages(client, "/api/statements", limit=1)
    assert len(said) == len(summit().statements)
    speaker = summit().statements[0].speaker
    assert speaker is not None
    assert pages(client, "/api/statements", speaker=speaker.text[:5])
    assert pages(client, "/api/statements", about="no such words") == []
    assert len(pages(client, "/api/relations", one="USA", other="JPN", kind="alliance")) == 1
    assert pages(client, "/api/relations", one="USA", other="FRA") == []
    assert len(pages(client, "/api/expectations", one="JPN")) == 1
    assert [one["id"] for one in pages(client, "/api/articles", q="ishiba TRUMP")] == ["s"]
    assert client.get("/api/entities", params={"q": "Ishiba"}).json()[0]["country"] == "JPN"


def test_a_story_has_its_text_and_marks(client: TestClient) -> None:
    story = client.get("/api/articles/s").json()
    assert story["text"] == "a text"
    assert Coding.model_validate(story["coding"]) == summit()
    assert {"event", "statement", "actor"} <= {mark["kind"] for mark in story["marks"]}


def test_panels(client: TestClient) -> None:
    rows = client.get("/api/panel", params={"by": "dyad,month", "query": "FRA -> DEU", "wide": "quad"}).json()["rows"]
    assert {"actor": "FRA", "recipient": "DEU", "month": "2024-05", "events": DAYS, "Q1": DAYS, "Q2": 0, "Q3": 0, "Q4": 0} in rows


def test_exports(client: TestClient) -> None:
    lines = client.get("/api/export", params={"query": "FRA -> DEU", "format": "jsonl"})
    assert lines.headers["X-Dragoman-Data"] == client.get("/api/about").json()["version"]
    assert sum(json.loads(line)["record"] == "event" for line in lines.text.splitlines()) == 2 * DAYS
    parquet = client.get("/api/export", params={"query": "FRA -> DEU", "format": "parquet"})
    assert pq.read_table(io.BytesIO(parquet.content)).num_rows == 2 * DAYS


def test_a_text_is_coded(client: TestClient) -> None:
    story = client.post("/api/code", json={"text": "PARIS (AP) - France condemned Iran on Tuesday.", "published": "2024-11-06"}).json()
    assert [(one["type"], one["date"]["value"]) for one in story["coding"]["events"]] == [("ACCUSE", "2024-11-05")]
    assert client.post("/api/code", json={"text": "France.", "published": "2024-13-45"}).status_code == 400
    assert client.post("/api/code", json={"text": ""}).status_code == 422


@pytest.mark.parametrize(
    ("path", "status", "words"),
    [
        ("/api/events?query=nonsense", 400, "nonsense"),
        ("/api/events?cursor=x", 400, "cursor"),
        ("/api/events?cursor=WzFd", 400, "cursor"),
        ("/api/events?limit=0", 422, "limit"),
        ("/api/articles/none", 404, "none"),
        ("/api/panel?by=nothing", 400, "nothing"),
        ("/api/export?query=nonsense", 400, "nonsense"),
        ("/static/nothing.js", 404, ""),
        ("/static/..%2f__init__.py", 404, ""),
    ],
)
def test_errors_say_what_is_wrong(client: TestClient, path: str, status: int, words: str) -> None:
    answer = client.get(path)
    assert answer.status_code == status
    assert words in answer.text


def test_what_has_not_changed_is_not_sent_again(client: TestClient) -> None:
    tag = client.get("/api/events").headers["ETag"]
    again = client.get("/api/events", headers={"If-None-Match": tag})
    assert (again.status_code, again.content) == (304, b"")


@pytest.mark.parametrize("path", ["/", "/story/s", "/between/JPN/USA", "/world", "/search", "/try"])
def test_pages_may_load_nothing_from_elsewhere(client: TestClient, path: str) -> None:
    answer = client.get(path)
    assert answer.status_code == 200
    assert "<script" in answer.text
    assert "default-src 'none'" in answer.headers["Content-Security-Policy"]
    assert "unsafe" not in answer.headers["Content-Security-Policy"]
    assert "http://" not in answer.text
    assert "https://" not in answer.text


@pytest.mark.parametrize(("host", "status"), [("127.0.0.1:8000", 200), ("localhost", 200), ("[::1]:80", 200), ("evil.example", 421)])
def test_another_name_for_this_machine_is_refused(client: TestClient, host: str, status: int) -> None:
    assert client.get("/api/about", headers={"Host": host}).status_code == status


def test_a_token_is_wanted_where_there_is_one(store: Path) -> None:
    with TestClient(app_of(store, token="secret"), base_url="http://events.example") as client:
        assert client.get("/api/about").status_code == 401
        assert client.get("/").status_code == 401
        assert client.get("/api/about", headers={"Authorization": "Bearer wrong"}).status_code == 401
        assert client.get("/api/about", headers={"Authorization": "Bearer secret"}).status_code == 200
        assert client.get("/?token=secret").status_code == 200
        assert client.get("/api/about").status_code == 200, "the cookie remembers it"


def test_a_writer_is_refused_while_it_is_read(client: TestClient, store: Path) -> None:
    assert client.get("/api/about").status_code == 200
    with pytest.raises(Exception, match="open"):
        Store(store)


def test_search_finds_words_of_texts_headlines_and_statements(client: TestClient) -> None:
    for _ in range(100):
        if client.get("/api/search").json()["waiting"] == 0:
            break
        time.sleep(0.05)
    found = client.get("/api/search", params={"q": "text", "facet": ["type:CONSULT", "country:FRA"], "limit": 3}).json()
    assert found["count"] == DAYS
    assert {"text": "text", "hit": True} in found["records"][0]["snippet"]
    assert found["facets"]["type"] == [{"value": "ACCUSE", "count": DAYS}, {"value": "CONSULT", "count": DAYS}]
    first = pages(client, "/api/search", q="text", limit=3)
    assert len({one["id"] for one in first}) == len(first) == DAYS + 1
    (said,) = client.get("/api/search", params={"q": "alliance", "kind": "statement"}).json()["records"]
    assert (said["id"], said["article_id"]) == ("s:80", "s")


@pytest.mark.parametrize("asked", [{"facet": "nothing:x"}, {"facet": "speaker:x"}, {"cursor": "x"}, {"facet": ""}])
def test_what_cannot_be_searched_is_said(client: TestClient, asked: dict[str, str]) -> None:
    assert client.get("/api/search", params=asked).status_code == 400


def test_search_does_not_stumble_over_syntax(client: TestClient) -> None:
    for words in ('"', "NEAR(", "a AND", "title:", "-", "*"):
        assert client.get("/api/search", params={"q": words}).status_code == 200


def test_what_is_shown_is_saved_with_query_and_version(client: TestClient) -> None:
    version = client.get("/api/about").json()["version"]
    counts = client.get("/api/panel", params={"by": "dyad", "query": "FRA -> DEU", "format": "csv"})
    assert counts.headers["Content-Disposition"] == f'attachment; filename="counts-dyad-fra-deu_{version}.csv"'
    assert counts.text.splitlines() == ["actor,recipient,events", f"FRA,DEU,{2 * DAYS}"]
    for path, asked in (("panel", {"query": "FRA"}), ("export", {"query": "FRA"}), ("search", {"q": "text"})):
        answer = client.get(f"/api/{path}", params={"format": "parquet", **asked})
        metadata = pq.read_table(io.BytesIO(answer.content)).schema.metadata
        assert metadata[b"dragoman.data"].decode() == version
        assert metadata[b"dragoman.query"].decode() in asked.values()
    hits = client.get("/api/search", params={"q": "text", "facet": "type:CONSULT", "format": "csv"})
    assert len(hits.text.splitlines()) == 1 + DAYS


def test_the_world_is_cells_of_countries_and_pairs(client: TestClient) -> None:
    world = client.get("/api/world", params={"query": "FRA -> DEU", "by": "month"}).json()
    assert world["periods"] == ["2024-05"]
    assert world["pairs"] == [{"one": "DEU", "other": "FRA", "cells": [[0, DAYS, 0, 0.0], [None, 0, DAYS, 0.0]]}]
    assert [one["code"] for one in world["nodes"]] == ["DEU", "FRA"]
    assert client.get("/api/world", params={"query": "nonsense"}).status_code == 400


def test_the_world_of_actors_tells_sectors_apart(client: TestClient) -> None:
    """Two of the same country with different sectors are two; who has no country is nobody's node."""
    world = client.get("/api/world", params={"query": "FRA -> DEU", "by": "month", "of": "actor"}).json()
    assert world["pairs"] == [{"one": "DEU GOV", "other": "FRA GOV", "cells": [[0, DAYS, 0, 0.0], [None, 0, DAYS, 0.0]]}]
    assert [one["code"] for one in world["nodes"]] == ["DEU GOV", "FRA GOV"]


def test_codes_have_names(client: TestClient) -> None:
    names = client.get("/api/codebook/names").json()
    assert (names["countries"]["JPN"], names["countries"]["UNO"], names["sectors"]["GOV"]) == ("Japan", "United Nations", "government")
    assert knowledge.load().names.items() <= names["countries"].items()
    assert "USA" in names["with_the"]
    assert "JPN" not in names["with_the"]
    listed = {code: name for _, (code, name) in rows(files("dragoman.serve"), "with_the.tsv", ("code", "name"))}
    assert listed == {code: names["countries"][code] for code in listed}, "the names beside the codes are those of the knowledge"


@pytest.mark.parametrize(
    ("path", "asked", "said"),
    [
        ("statements", {"speaker": "JPN"}, "JPN"),
        ("relations", {"one": "USA", "other": "JPN"}, "USA <-> JPN"),
    ],
)
def test_lists_of_records_are_saved_whole(client: TestClient, path: str, asked: dict[str, str], said: str) -> None:
    """All records, not a page of them; Parquet as the store has them, CSV with a column for each field."""
    shown = pages(client, f"/api/{path}", **asked)
    version = client.get("/api/about").json()["version"]
    for format in ("csv", "parquet", "jsonl"):
        answer = client.get(f"/api/{path}", params={**asked, "format": format, "limit": 1})
        assert answer.headers["Content-Disposition"].startswith(f'attachment; filename="{path}-')
        assert f"{version}.{format}" in answer.headers["Content-Disposition"]
        if format == "csv":
            found = list(csv.DictReader(io.StringIO(answer.text)))
        elif format == "jsonl":
            found = [json.loads(line) for line in answer.text.splitlines()]
            assert found == shown
        else:
            table = pq.read_table(io.BytesIO(answer.content))
            assert table.schema.metadata[b"dragoman.query"].decode() == said
            assert table.schema.metadata[b"dragoman.data"].decode() == version
            found = table.to_pylist()
        assert [one["id"] for one in found] == [one["id"] for one in shown]
    assert shown


def test_an_article_without_a_headline_is_found_under_its_first_words(tmp_path: Path) -> None:
    text = "LONDON -  Talks   on grain " + "went on and on " * 20
    with Store(tmp_path / "bare.duckdb") as store:
        store.add(
            [(Coding(article=article("bare", text, "2024-03-01")), text), (Coding(article=article("own", headline="Grain")), "Grain talks")]
        )
    with TestClient(app_of(tmp_path / "bare.duckdb"), base_url="http://127.0.0.1") as client:
        while client.get("/api/search").json()["waiting"] != 0:
            time.sleep(0.05)
        hits = {hit["id"]: "".join(piece["text"] for piece in hit["title"]) for hit in client.get("/api/search?q=talks").json()["records"]}
    assert hits["own"] == "Grain"
    assert hits["bare"].startswith("LONDON - Talks on grain went on")
    assert hits["bare"].endswith(" …")
    assert len(hits["bare"]) <= 92


def test_promises_have_what_became_of_them(tmp_path: Path) -> None:
    """As ``dragoman expectations`` says, though the coder left them open; one page or a file of all."""
    with TestClient(app_of(promised_store(tmp_path / "promised.duckdb")), base_url="http://127.0.0.1") as client:
        answer = client.get("/api/expectations", params={"one": "JPN", "other": "USA"}).json()
        assert answer["as_of"] == "2024-06-01"
        shown = {one["id"]: (one["outcome"], one["decided"], one["met_by"], one["told_in"]) for one in answer["records"]}
        assert shown == {"p:a": ("met", "2024-03-10", "k:e", "k"), "p:b": ("lapsed", None, None, None)}
        for format in ("csv", "jsonl", "parquet"):
            saved = client.get("/api/expectations", params={"one": "JPN", "format": format}).content
            table = pq.read_table(io.BytesIO(saved)).to_pylist() if format == "parquet" else []
            lines = saved.decode().splitlines() if format != "parquet" else []
            found = table or (list(csv.DictReader(lines)) if format == "csv" else [json.loads(line) for line in lines])
            assert {row["id"]: row["outcome"] for row in found} == {"p:a": "met", "p:b": "lapsed", "p:c": "open"}


def promised_store(path: Path) -> Path:
    """On 1 March Japan promises the United States aid by the 20th, and threatens it; it sends the aid on the 10th.

    France is promised it, too.
    """
    words = [span("Japan promised aid.")]
    due = Due(text="by March 20", value="2024-03-20")
    aid = Expectation(id="p:a", article_id="p", from_=entity("JPN", name="Japan"), to=entity("USA"), type="AID", kind="commitment", due=due,
                      trigger=span("promised", 6), evidence=words)  # fmt: skip
    threat = aid.model_copy(update={"id": "p:b", "type": "SANCTION", "kind": "threat"})
    other = aid.model_copy(update={"id": "p:c", "to": entity("FRA"), "due": None})
    sent = event("k", 5, "AID", ["JPN"], ["USA"], date="2024-03-10", evidence=[span("Japan sent aid.")], trigger=span("sent", 6))
    sent = sent.model_copy(update={"id": "k:e"})
    with Store(path) as store:
        store.add([
            (Coding(article=article("p", published="2024-03-01"), expectations=[aid, threat, other]), None),
            (Coding(article=article("k", published="2024-03-10"), events=[sent]), None),
            (Coding(article=article("z", published="2024-06-01")), None),
        ])  # fmt: skip
    return path


def test_a_csv_of_relations_has_the_fields_of_both_sides(client: TestClient) -> None:
    answer = client.get("/api/relations", params={"one": "USA", "other": "JPN", "kind": "alliance", "format": "csv"})
    (row,) = csv.DictReader(io.StringIO(answer.text))
    assert {row["from_country"], row["to_country"]} == {"USA", "JPN"}
    assert row["kind"] == "alliance"


def test_records_between_actors(client: TestClient) -> None:
    """JPN GOV is a part of JPN."""
    (promise,) = pages(client, "/api/expectations", one="JPN")
    sector = promise["from"]["sector"]  # type: ignore[index]
    assert pages(client, "/api/expectations", one=f"JPN {sector}") == [promise]
    assert pages(client, "/api/expectations", one="JPN REB") == []


def test_pages_of_records_are_described_by_their_own_names(client: TestClient) -> None:
    described = client.get("/api/openapi.json").json()["components"]["schemas"]
    assert {"Articles", "Events", "Statements", "Relations", "Expectations"} <= described.keys()
    assert not [name for name in described if "Records" in name]
    assert described["Events"]["properties"]["records"]["items"] == {"$ref": "#/components/schemas/Event"}


def test_statements_towards_a_country(client: TestClient) -> None:
    """Hayashi's is told by no event but the shelling of Ukraine."""
    assert [one["id"] for one in pages(client, "/api/statements", speaker="JPN", towards="UKR")] == ["s:80"]
    assert pages(client, "/api/statements", speaker="JPN", towards="FRA") == []


def test_an_answer_that_was_given_is_given_again(client: TestClient) -> None:
    first = client.get("/api/events", params={"query": "FRA -> DEU", "limit": 3})
    again = client.get("/api/events", params={"query": "FRA -> DEU", "limit": 3})
    assert (again.status_code, again.content, again.headers["ETag"]) == (200, first.content, first.headers["ETag"])
    assert "default-src 'none'" in again.headers["Content-Security-Policy"]


def test_only_so_much_is_kept_and_nothing_of_older_data() -> None:
    answers = Answers(most=10)
    answers.keep("a", "1", b"123456")
    answers.keep("b", "1", b"1234")
    assert answers.get("a", "1") == b"123456"
    assert answers.get("a", "2") is None
    answers.keep("c", "1", b"12")
    assert answers.get("b", "1") is None, "the one that was asked for longest ago goes first"
    assert answers.get("a", "1") == b"123456"
    answers.keep("a", "2", b"1")
    assert answers.get("a", "2") == b"1"
    assert answers.get("c", "1") == b"12"


def test_much_is_indexed_by_a_process_of_its_own(store: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    copy = tmp_path / "copy.duckdb"
    shutil.copy(store, copy)
    monkeypatch.setattr(indexing, "FEW", 0)
    with Store(copy, readonly=True) as opened:
        index = Index(copy)
        left = list(indexing.brought_up_to_date(opened, index, Signal()))
        assert all(one > 0 for one in left)
        assert index.state() == (version_of(copy), DAYS + 1)
        assert list(indexing.brought_up_to_date(opened, index, Signal())) == []
