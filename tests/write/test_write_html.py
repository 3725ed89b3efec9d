"""Tables in notebooks: everything that was found, nothing that a browser would act on."""

from __future__ import annotations

from html.parser import HTMLParser

from hypothesis import given
from hypothesis import strategies as st

from dragoman.schema import Due, Expectation, Problem
from dragoman.write import html_of
from handmade import entity, summit


class Tags(HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.open: list[str] = []
        self.seen: set[str] = set()
        self.cells: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.open.append(tag)
        self.seen.add(tag)
        if tag in ("td", "th"):
            self.cells.append("")

    def handle_endtag(self, tag: str) -> None:
        assert self.open.pop() == tag

    def handle_data(self, data: str) -> None:
        self.cells[-1] += data


def read(html: str) -> Tags:
    tags = Tags()
    tags.feed(html)
    tags.close()
    assert tags.open == []
    return tags


def test_a_table_for_each_kind() -> None:
    html = html_of(summit().records())
    assert html.count("<table") == 6
    cells = read(html).cells
    for cell in ("Shigeru Ishiba (JPN GOV)", "ASSAULT heavy-weapons destroy", "claimed by Kyiv", "alliance", "two readings of 05/03/2024"):
        assert cell in cells


def test_events_alone() -> None:
    cells = read(html_of(summit().events)).cells
    assert cells[:6] == ["date", "who", "what", "whom", "on whose word", "text"]
    assert cells[6:12] == [
        "2024-11-06",
        "Shigeru Ishiba (JPN GOV)",
        "SUPPORT",
        "Donald Trump (USA ELI)",
        "",
        "Ishiba congratulated Trump; others waited.",
    ]


def test_an_expectation_with_a_day() -> None:
    due = Due(text="next Tuesday", value="2024-11-12")
    expected = Expectation(id="x", article_id="a", from_=entity("FRA"), type="AID", due=due)
    assert read(html_of([expected])).cells[5:] == ["FRA (FRA)", "AID", "–", "2024-11-12", "open"]


@given(
    st.text(st.characters(), max_size=20) | st.sampled_from(["<script>alert(1)</script>", "&amp;", '"><img src=x onerror=y>', "\x1b[0m"])
)
def test_text_of_the_article_is_escaped(message: str) -> None:
    tags = read(html_of([Problem(stage="read", message=message)]))
    assert tags.seen == {"table", "thead", "tbody", "tr", "th", "td"}


def test_nothing() -> None:
    assert html_of([]) == "<p>no records</p>"
