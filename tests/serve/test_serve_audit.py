"""Judging over HTTP: only where an audit is served, only from its own page, only into its file."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from fastapi.testclient import TestClient

from commands import Run
from dragoman import asking
from dragoman.audit import Audit, draw
from dragoman.schema import Coding
from dragoman.serve import app_of
from dragoman.serve.auditing import AROUND, Desk, around
from dragoman.store import Store
from handmade import article, event, span

HERE = {"Origin": "http://testserver"}
TEXT = "𝔄 <script>alert(1)</script> France condemned Iran. It was Tuesday."
RIGHT = {"verdict": "right"}


@pytest.fixture(scope="module")
def store(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("judged") / "events.duckdb"
    with Store(path) as made:
        for n in range(5):
            id = f"odd/{n}?#ü"
            at = TEXT.index("condemned")
            found = event(id, at, "ACCUSE", ["FRA"], ["IRN"], trigger=span("condemned", at), evidence=[span(TEXT)])
            made.add([(Coding(article=article(id, TEXT, "2024-11-06", headline="A <b>headline</b>"), events=[found]), TEXT)])
    return path


@pytest.fixture
def file(store: Path, tmp_path: Path) -> Path:
    with asking.opened(store) as there:
        draw(there, tmp_path / "audit.jsonl", size=3, stories=2)
    return tmp_path / "audit.jsonl"


@pytest.fixture
def client(store: Path, file: Path) -> Iterator[TestClient]:
    with TestClient(app_of(store, desk=Desk(file, "anna"))) as client:
        yield client


def quoted(id: str) -> str:
    return id.replace("?", "%3F").replace("#", "%23").replace("/", "%2F")


def test_without_an_audit_nothing_is_written(store: Path) -> None:
    before = store.read_bytes()
    with TestClient(app_of(store)) as client:
        assert client.get("/api/audit").status_code == 404
        assert "--audit" in client.get("/api/audit").json()["detail"]
        assert client.get("/audit").status_code == 200, "the page says how to begin"
        answer = client.post("/api/audit/judgements", json={"item": "x", "fields": {"type": RIGHT}}, headers=HERE)
        assert answer.status_code == 404
    assert store.read_bytes() == before


def test_a_judgement_goes_into_the_file_at_once(client: TestClient, file: Path, store: Path) -> None:
    before = store.read_bytes()
    progress = client.get("/api/audit").json()
    assert (progress["judge"], len(progress["items"]), progress["judged"], len(progress["stories"])) == ("anna", 3, [], 2)
    first = progress["items"][0]
    shown = client.get(f"/api/audit/items/{quoted(first)}").json()
    assert shown["item"]["event"]["id"] == first
    assert shown["mine"] is None
    assert TEXT.startswith(shown["text"])
    said = {"item": first, "fields": {"type": {"verdict": "wrong", "should": "ASSAULT"}, "actor": RIGHT}, "note": "odd"}
    after = client.post("/api/audit/judgements", json=said, headers=HERE)
    assert after.status_code == 200, after.text
    assert after.json()["judged"] == [first]
    assert client.get("/api/audit").json()["judged"] == [first], "no answer of before is given again"
    (written,) = Audit(file).judgements
    assert (written.judge, written.item, written.note, written.fields["type"].should) == ("anna", first, "odd", "ASSAULT")
    assert client.get(f"/api/audit/items/{quoted(first)}").json()["mine"]["fields"]["type"]["should"] == "ASSAULT"
    assert client.post("/api/audit/withdrawn", json={"about": first}, headers=HERE).json()["judged"] == []
    assert Audit(file).judgements == []
    assert store.read_bytes() == before


def test_an_article_is_read(client: TestClient, file: Path) -> None:
    first = client.get("/api/audit").json()["stories"][0]
    shown = client.get(f"/api/audit/stories/{quoted(first)}").json()
    assert shown["text"] == TEXT
    ids = [one["id"] for one in shown["events"]]
    said = {"article_id": first, "right": ids, "missed": [{"text": "It was Tuesday", "type": "CONSULT"}]}
    assert client.post("/api/audit/readings", json=said, headers=HERE).json()["read"] == [first]
    assert Audit(file).readings[0].missed[0].text == "It was Tuesday"


def test_who_comes_back_goes_on(store: Path, file: Path) -> None:
    for n in range(2):
        with TestClient(app_of(store, desk=Desk(file, "anna"))) as client:
            progress = client.get("/api/audit").json()
            assert len(progress["judged"]) == n
            said = {"item": progress["items"][n], "fields": {"type": RIGHT}}
            assert client.post("/api/audit/judgements", json=said, headers=HERE).status_code == 200
    assert Desk(file, "ben").audit.judged_by("ben") == {}


@pytest.mark.parametrize(
    ("headers", "status"),
    [
        ({}, 403),
        ({"Origin": "http://evil.example"}, 403),
        ({"Origin": "http://testserver.evil.example"}, 403),
        ({"Origin": "https://testserver"}, 403),
        ({"Origin": "null"}, 403),
        ({"Sec-Fetch-Site": "cross-site"}, 403),
        ({"Sec-Fetch-Site": "same-site"}, 403),
        ({"Origin": "http://testserver"}, 200),
        ({"Sec-Fetch-Site": "same-origin"}, 200),
    ],
)
@pytest.mark.parametrize("path", ["judgements", "readings", "withdrawn"])
def test_only_its_own_page_may_judge(client: TestClient, file: Path, path: str, headers: dict[str, str], status: int) -> None:
    audit = Audit(file)
    item, story = next(iter(audit.items)), next(iter(audit.stories))
    body = {"judgements": {"item": item, "fields": {"type": RIGHT}}, "readings": {"article_id": story}, "withdrawn": {"about": item}}
    before = file.read_bytes()
    assert client.post(f"/api/audit/{path}", json=body[path], headers=headers).status_code == status
    assert (file.read_bytes() == before) is (status != 200)


@pytest.mark.parametrize(
    ("path", "body", "status", "words"),
    [
        ("judgements", {"item": "none", "fields": {"type": RIGHT}}, 400, "not in this sample"),
        ("judgements", {"item": "none", "fields": {}}, 400, "no field"),
        ("judgements", {"item": "none", "fields": {"type": {"verdict": "wrong", "should": "HELP"}}}, 400, "no type HELP"),
        ("judgements", {"item": "none", "fields": {"colour": RIGHT}}, 422, "colour"),
        ("readings", {"article_id": "none"}, 400, "not in this sample"),
        ("readings", {"article_id": "none", "missed": [{"text": ""}]}, 422, "missed"),
    ],
)
def test_what_cannot_be_judged_is_not_written(client: TestClient, file: Path, path: str, body: object, status: int, words: str) -> None:
    before = file.read_bytes()
    answer = client.post(f"/api/audit/{path}", json=body, headers=HERE)
    assert answer.status_code == status
    assert words in answer.text
    assert file.read_bytes() == before


def test_what_was_not_drawn_is_not_shown(client: TestClient) -> None:
    assert client.get("/api/audit/items/none").status_code == 404
    assert client.get("/api/audit/stories/none").status_code == 404


def test_file_and_judge_are_both_named(store: Path, file: Path, run: Run) -> None:
    assert "name both" in run("serve", store, "--audit", file).err
    assert "name both" in run("serve", store, "--judge", "anna").err
    assert "name both" in run("serve", store, "--audit", file, "--judge", " ").err


@pytest.mark.parametrize(("first", "last"), [(0, 4), (2500, 2504), (4995, 4999), (0, 5000)])
def test_the_words_around_are_whole(first: int, last: int) -> None:
    text = "word " * 1000
    start, end = around(text, first, last)
    assert start <= first < last <= end
    assert set(text[start:end].split()) == {"word"}
    assert (start == 0) is (first < AROUND)


def test_a_text_that_took_the_place_of_another_is_not_marked(store: Path, file: Path, tmp_path: Path) -> None:
    changed = tmp_path / "changed.duckdb"
    with Store(store, readonly=True) as there, Store(changed) as other:
        other.add([(coding, "x" + (text or "")) for coding, text in there.with_texts()])
    with TestClient(app_of(changed, desk=Desk(file, "anna"))) as client:
        first = client.get("/api/audit").json()["items"][0]
        assert client.get(f"/api/audit/items/{quoted(first)}").json()["text"] is None
