"""One page on two actors: all that is told of them, as text, with nothing from elsewhere."""

from __future__ import annotations

import re
from html import unescape
from html.parser import HTMLParser
from pathlib import Path

import pytest

from commands import Run
from dragoman.schema import Coding, Content, Due, Expectation, Statement
from dragoman.store import Store
from handmade import article, entity, event, span, summit

SCRIPT = "<script>alert(1)</script>"


def statement(id: str, speaker: str, addressee: str, words: str) -> Statement:
    content, voice = Content(text=words, spans=[(0, len(words))]), entity(speaker, f"A voice {SCRIPT}")
    return Statement(id=f"{id}:s", article_id=id, kind="direct", speaker=voice, addressee=entity(addressee), content=content)


def odd() -> Coding:
    """An event, a word to the other side, and a word to somebody else, all with a tag in them."""
    sentence = f"Tokyo {SCRIPT} sanctioned Washington."
    found = event("o", 30, "SANCTION", [], date="2024-12-01", score=-5.0, evidence=[span(sentence, 20)], trigger=span("sanctioned", 30))
    found = found.model_copy(update={"actor": [entity("JPN", f"Tokyo {SCRIPT}")], "recipient": [entity("USA")]})
    said = [statement("o", "JPN GOV", "USA", f"Stop it {SCRIPT}"), statement("o", "JPN GOV", "FRA", "To Paris only")]
    return Coding(
        article=article("o", published="2024-12-01", headline=SCRIPT, publication="The <b>Times</b>"),
        events=[found],
        statements=[one.model_copy(update={"id": f"o:{place}"}) for place, one in enumerate(said)],
    )


def promised() -> Coding:
    """On 6 December Japan promises the United States aid by the 20th, and threatens it; neither has an end in this article."""
    due = Due(text="by December 20", value="2024-12-20")
    words = [span(f"Japan promised aid {SCRIPT}.")]
    aid = Expectation(id="p:a", article_id="p", from_=entity("JPN", name="Japan"), to=entity("USA"), type="AID", kind="commitment", due=due,
                      trigger=span("promised"), evidence=words)  # fmt: skip
    threat = aid.model_copy(update={"id": "p:b", "type": "SANCTION", "kind": "threat"})
    return Coding(article=article("p", published="2024-12-06"), expectations=[aid, threat])


def kept() -> Coding:
    done = event("k", 5, "AID", ["JPN"], ["USA"], date="2024-12-15", evidence=[span("Japan sent aid.")], trigger=span("sent", 5))
    reply = statement("k", "USA GOV", "JPN", "Thank you")
    return Coding(article=article("k", published="2024-12-16", publication="Wire"), events=[done], statements=[reply])


@pytest.fixture(scope="module")
def store(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("reported") / "events.duckdb"
    late = Coding(article=article("z", published="2025-06-01"))
    with Store(path) as made:
        made.add([(coding, None) for coding in (summit(), odd(), promised(), kept(), late)])
    return path


class Page(HTMLParser):
    """Tags and links of a page, and the text of its sections."""

    def __init__(self, file: Path) -> None:
        super().__init__()
        self.html = file.read_text(encoding="utf-8")
        self.tags: set[str] = set()
        self.links: list[str] = []
        self.anchors: set[str] = set()
        self.feed(self.html)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.add(tag)
        self.links += [value or "" for name, value in attrs if name in ("src", "href", "style") or name.startswith("on")]
        self.anchors |= {value or "" for name, value in attrs if name == "id"}

    def section(self, heading: str) -> str:
        """The words below a heading."""
        (found,) = [part for part in self.html.split("<section")[1:] if re.search(rf"<h2>{re.escape(heading)}", part)]
        return " ".join(unescape(re.sub("<[^>]*>", " ", found.split("</section>")[0])).split())


def reported(run: Run, store: Path, folder: Path, *arguments: str) -> Page:
    result = run("report", store, *arguments, "-o", folder / "report.html")
    assert result.status == 0, result.err
    return Page(folder / "report.html")


def test_a_page_needs_nothing_else(store: Path, run: Run, tmp_path: Path) -> None:
    page = reported(run, store, tmp_path, "--between", "JPN,USA")
    assert {"svg", "table", "h1", "nav"} <= page.tags
    assert not {"script", "link", "img", "iframe", "object", "b" + "ase"} & page.tags
    assert page.links
    assert {link.removeprefix("#") for link in page.links} <= page.anchors, "links stay on the page, and lead somewhere"
    assert not re.search(r"url\(|@import|https?://(?!www\.w3\.org/2000/svg)", page.html)


def test_names_stand_in_the_headings(store: Path, run: Run, tmp_path: Path) -> None:
    page = reported(run, store, tmp_path, "--between", "Japan,USA")
    assert "<h1>Japan and the United States</h1>" in page.html
    assert "3 events from 2024-11-06 to 2024-12-15" in page.html
    assert "Japan and the United States: cooperation and conflict" in page.html


def test_the_two_on_each_other_and_nobody_else(store: Path, run: Run, tmp_path: Path) -> None:
    page = reported(run, store, tmp_path, "--between", "JPN,USA")
    assert f"A voice {SCRIPT} (JPN GOV) said to USA (USA) Stop it {SCRIPT}" in page.section("Japan on the United States (1)")
    assert "Thank you" in page.section("The United States on Japan (1)")
    assert "To Paris only" not in page.html
    assert "The &lt;b&gt;Times&lt;/b&gt;" in page.html


def test_promises_have_their_outcomes(store: Path, run: Run, tmp_path: Path) -> None:
    page = reported(run, store, tmp_path, "--between", "JPN,USA")
    told = page.section("Promises, plans and threats")
    assert "met on 2024-12-15 Japan (JPN) → USA (USA) commitment: AID, due 2024-12-20" in told
    assert "lapsed Japan (JPN) → USA (USA) threat: SANCTION, due 2024-12-20" in told
    (link,) = [link for link in page.links if link.startswith("#e")]
    assert "Japan sent aid." in page.html.split(f'<li id="{link[1:]}">')[1].split("</li>")[0]


def test_types_are_counted_each_way(store: Path, run: Run, tmp_path: Path) -> None:
    told = reported(run, store, tmp_path, "--between", "USA,JPN").section("Events by type")
    assert "United States → Japan Japan → United States all" in told
    assert "SANCTION material conflict 0 1 1 −5.0" in told


def test_what_stands_between_them(store: Path, run: Run, tmp_path: Path) -> None:
    told = reported(run, store, tmp_path, "--between", "JPN,USA").section("Standing relations (1)")
    assert "alliance: Japan → United States" in told
    assert "the alliance" in told


def test_one_and_all_others(store: Path, run: Run, tmp_path: Path) -> None:
    page = reported(run, store, tmp_path, "--between", "Japan")
    assert "<h1>Japan and all others</h1>" in page.html
    assert "To Paris only" in page.section("What Japan says")
    assert "Thank you" in page.section("What others say to Japan")
    assert "by Japan upon Japan" in page.section("Events by type")


def test_a_period_holds_for_all_of_it(store: Path, run: Run, tmp_path: Path) -> None:
    page = reported(run, store, tmp_path, "--between", "JPN,USA", "--during", "2024-12-02..2024-12-31")
    assert "1 events from 2024-12-15 to 2024-12-15, within 2024-12-02..2024-12-31" in page.html
    assert "Nothing that was coded." in page.section("Japan on the United States (0)")
    assert "Thank you" in page.section("The United States on Japan (1)")
    before = reported(run, store, tmp_path, "--between", "JPN,USA", "--during", "2024-12-01")
    assert "Promises" not in before.html
    assert "Stop it" in before.html


def test_what_is_not_there(store: Path, run: Run, tmp_path: Path) -> None:
    page = reported(run, store, tmp_path, "--between", "FRA,DEU")
    assert "<h1>France and Germany</h1>" in page.html
    assert "No events." in page.html


def test_a_long_list_says_so(store: Path, run: Run, tmp_path: Path) -> None:
    page = reported(run, store, tmp_path, "--between", "JPN,USA", "--limit", "1")
    assert "The first 1 by date are listed." in page.section("Events (3)")


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (("--between", "A,B,C"), "one actor or two"),
        (("--between", ","), "one actor or two"),
        (("--between", "Nowhere"), "Nowhere"),
        (("--between", "JPN,USA", "--during", "spring"), "spring"),
    ],
)
def test_what_cannot_be_told(store: Path, run: Run, tmp_path: Path, arguments: tuple[str, ...], words: str) -> None:
    result = run("report", store, *arguments, "-o", tmp_path / "report.html")
    assert result.status == 101
    assert words in result.err
    assert list(tmp_path.iterdir()) == []
