"""The table for people: readable in 80 columns, coloured only on a terminal, and nothing of an article acts on it."""

from __future__ import annotations

import io
import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dragoman.schema import Coding, Content, Problem, Statement
from dragoman.write import formats
from dragoman.write.table import TableWriter
from handmade import article, entity, event, span, summit

HARMFUL = re.compile("[\x00-\x09\x0b-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069\ud800-\udfff]")


class Terminal(io.StringIO):
    def isatty(self) -> bool:
        return True


def shown(coding: Coding, width: int = 80, stream: io.StringIO | None = None) -> str:
    stream = stream or io.StringIO()
    writer = TableWriter(stream, width=width)
    writer.write(coding)
    writer.close()
    return stream.getvalue()


def words(text: str) -> list[list[str]]:
    """The cells' words line by line, without the space between."""
    return [line.split() for line in text.splitlines() if line.strip()]


def test_a_page_in_80_columns() -> None:
    text = shown(summit())
    assert max(map(len, text.splitlines())) <= 80
    lines = words(text)
    assert lines[0] == ["JAPAN'S", "ISHIBA", "CONGRATULATES", "TRUMP"]
    assert lines[1] == ["TOKYO", "·", "2024-11-06", "·", "Example", "News"]
    assert lines[2] == ["date", "who", "what", "whom", "on", "whose", "word", "text"]
    for cell in ("2024-11-06", "SUPPORT", "congratulated", "ASSAULT", "heavy-weapons", "destroy", "shelled", "claimed by"):
        assert cell in text
    assert "JPN GOV" in text
    assert "PRK MIL" in text


def test_statements_and_problems_come_below_on_one_line_each() -> None:
    *_, said, expected, problem = [line for line in shown(summit(), width=60).splitlines() if line.strip()]
    assert len(said) == 60
    assert said == "said  Yoshimasa Hayashi (JPN GOV): We will keep “the allian…"
    assert expected == "expected  Shigeru Ishiba (JPN GOV) to Donald Trump (USA ELI…"
    assert problem == "problem  two readings of 05/03/2024 (when)"


def test_a_wide_page_shows_the_sentence() -> None:
    assert "Ishiba congratulated Trump; others waited." in shown(summit(), width=160)
    assert "others waited" not in shown(summit(), width=100)


def test_columns_that_say_nothing_are_left_out() -> None:
    text = shown(Coding(article=article("a"), events=[event("a", 1, "AID", ["FRA"], ["LBN"])]))
    assert words(text)[1] == ["who", "what", "whom", "text"]


def test_an_interval_and_auxiliary_modes() -> None:
    text = shown(Coding(article=article("a"), events=[event("a", 1, "AID", ["FRA"], date="2024-11-04..2024-11-06", aux=["future"])]))
    assert "2024-11-04" in text
    assert "–2024-11-06" in text
    assert "(future)" in text


def test_an_article_without_events_says_so() -> None:
    assert words(shown(Coding(article=article("a7")))) == [["article", "a7"], ["no", "events"]]


def test_what_could_not_be_read_is_shown() -> None:
    unread = Coding(problems=[Problem(source="feed.jsonl:7", stage="read", message="no JSON")])
    assert shown(unread).strip() == "problem  feed.jsonl:7: no JSON (read)"


def test_colour_only_on_a_terminal(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("NO_COLOR", "FORCE_COLOR", "TTY_COMPATIBLE"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setenv("TERM", "xterm-256color")
    assert "\x1b[" not in shown(summit())
    assert "\x1b[32mSUPPORT" in shown(summit(), stream=Terminal())
    assert "\x1b[1;31mASSAULT" in shown(summit(), stream=Terminal())


ANYTHING = st.text(st.characters(), max_size=12) | st.sampled_from(
    ["\x1b[31mred", "[bold red]x[/]", "[/oops]", ":smile:", "\x9b2J", "\u202e", "a\nb\r"]
)


@given(ANYTHING, ANYTHING)
def test_nothing_of_an_article_acts_on_the_terminal(text: str, other: str) -> None:
    actor = entity("FRA", text, name=other)
    done = event("a", 1, "AID", [], mode=[text], status="claimed").model_copy(
        update={"actor": [actor], "trigger": span(text, 1), "attributed_to": actor, "evidence": [span(other, 1)]}
    )
    said = Statement(id="s", article_id="a", kind="direct", speaker=actor, content=Content(text=other, spans=[]))
    problem = Problem(article_id="a", source=text, stage=other, message=text)
    coding = Coding(article=article("a", headline=text, agency=other), statements=[said], events=[done], problems=[problem])
    for width in (20, 80, 160):
        assert not HARMFUL.search(shown(coding, width))


def test_markup_is_text() -> None:
    assert "[bold]not bold[/bold] :smile:" in shown(Coding(article=article("a", headline="[bold]not bold[/bold] :smile:")))


def test_what_is_unknown_is_a_dash() -> None:
    undated = Coding(events=[event("a", 1, "AID", ["FRA"], date="2024"), event("a", 9, "ACCUSE", [], ["LBN"])])
    *_, second, code = words(shown(undated))
    assert second == ["–", "–", "ACCUSE", "LBN", "did"]
    assert code == ["LBN"]


def test_every_format_takes_a_stream() -> None:
    assert list(formats())[:4] == ["table", "jsonl", "plover", "csv"]
    for made in (one for one in formats().values() if one.target == "text"):
        stream = io.StringIO()
        writer = made(stream)
        writer.write(summit())
        writer.close()
        assert not stream.closed
        assert "2024" in stream.getvalue()
