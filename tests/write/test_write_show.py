"""The story on a terminal and in a notebook: every mark where its record says, numbers that match, nothing of the text acts or is lost."""

from __future__ import annotations

import io
import re
from html import unescape

import pytest
from hypothesis import HealthCheck, given, settings

from dragoman.schema import Coding, Content, Entity, Problem, Span, Statement, When
from dragoman.write.marked import marked_html
from dragoman.write.marks import marks_of, pieces_of
from dragoman.write.show import ShowWriter
from handmade import article, codings, entity, event

TEXT = 'PARIS - France condemned Iran on Tuesday.\n\nIran said: "We <b>know</b> France."\n'
ESCAPES = re.compile(r"\x1b\[[0-9;]*m")
TAGS = re.compile(r"<sup>.*?</sup>|<[^>]*>")


def at(words: str, after: int = 0) -> dict[str, object]:
    start = TEXT.index(words, after)
    return {"text": words, "start": start, "end": start + len(words)}


def coding() -> Coding:
    france = Entity.model_validate({**at("France"), "name": "France", "country": "FRA"})
    iran = Entity.model_validate({**at("Iran"), "name": "Iran", "country": "IRN"})
    again = Entity.model_validate({**at("Iran", 42), "country": "IRN"})
    said = at('"We <b>know</b> France."')
    condemned = event("a", 0, "ACCUSE", []).model_copy(
        update={
            "actor": [france],
            "recipient": [iran],
            "trigger": Span.model_validate(at("condemned")),
            "evidence": [Span.model_validate(at("France condemned Iran on Tuesday."))],
            "date": When.model_validate({**at("Tuesday"), "value": "2024-11-05"}),
            "because": ["“condemned” is ACCUSE"],
        }
    )
    content = Content(text=str(said["text"]), spans=[(int(str(said["start"])), int(str(said["end"])))])
    statement = Statement(id="s", article_id="a", kind="direct", speaker=again, content=content, manner="say")
    return Coding(article=article("a", TEXT, "2024-11-06", headline="Quarrel"), events=[condemned], statements=[statement])


class Terminal(io.StringIO):
    def isatty(self) -> bool:
        return True


def shown(given: Coding, text: str | None, width: int = 80, stream: io.StringIO | None = None) -> str:
    stream = stream or io.StringIO()
    writer = ShowWriter(stream, width)
    writer.write(given, text)
    writer.close()
    return stream.getvalue()


def test_marks_without_colour() -> None:
    lines = [line.rstrip() for line in shown(coding(), TEXT).splitlines()]
    assert lines[0] == "Quarrel"
    assert "PARIS - ‹France› [condemned](E1) ‹Iran› on ~Tuesday~." in lines
    assert 'Iran› said: {"We <b>know</b> France."}(S1)' in "\n".join(lines)
    assert "marked: [event](E1)  ‹actor›  ~date~  {statement}(S1)" in lines
    i = lines.index("E1  ACCUSE  France (FRA) → Iran (IRN)")
    assert lines[i + 1].strip() == "2024-11-05 · “condemned” is ACCUSE"
    assert lines[i + 2] == "S1  Iran (IRN) · say, direct"


def test_colour_stands_for_brackets(monkeypatch: pytest.MonkeyPatch) -> None:
    for name, value in {"TERM": "xterm-256color", "COLORTERM": "truecolor"}.items():
        monkeypatch.setenv(name, value)
    monkeypatch.delenv("NO_COLOR", raising=False)
    text = shown(coding(), TEXT, stream=Terminal())
    assert re.search(r"\x1b\[[0-9;]*7[0-9;]*mcondemned\x1b\[0m\(E1\)", text)  # in reverse, the number behind it is not
    assert "PARIS - France condemned(E1) Iran on Tuesday." in ESCAPES.sub("", text)
    assert "‹" not in text


def test_without_the_text_the_sentences_are_shown() -> None:
    text = shown(coding(), None)
    assert "‹France› [condemned](E1) ‹Iran› on ~Tuesday~." in text
    assert "PARIS" not in text
    assert "…" in text
    assert [piece.text for piece in pieces_of(coding(), None)] == [
        *("France condemned Iran on Tuesday.", "Iran", '"We <b>know</b> France."')
    ]


@pytest.mark.parametrize("width", [40, 80, 140])
def test_no_line_is_wider_than_the_page(width: int) -> None:
    long = coding().model_copy(update={"problems": [Problem(stage="read", message="a word " * 40)]})
    assert max(map(len, shown(long, TEXT * 20, width).splitlines())) <= width


def test_short_lines_of_a_paragraph_are_broken_anew_and_paragraphs_stay() -> None:
    wrapped = "A headline\n\n" + "many words that go on until the edge of the page here\n" * 3
    assert "here many words" in shown(Coding(article=article("a")), wrapped, 140)
    headline, long = "A headline that is of fifty characters or some more", "The paragraph has many words " + "and more " * 20
    lines = shown(Coding(article=article("a")), f"{headline}\n{long}\n{long}\n", 140).splitlines()
    assert headline in [line.strip() for line in lines]
    assert sum(line.startswith("The paragraph has") for line in lines) == 2


def test_nested_marks_close_in_order() -> None:
    outer = entity("FRA", "the French army")
    inner = event("a", 4, "AID", []).model_copy(update={"actor": [outer], "trigger": Span(text="French army", start=4, end=15)})
    assert "‹the [French army](E1)›" in shown(Coding(events=[inner]), "the French army went")


def test_a_story_about_nothing() -> None:
    assert "no events" in shown(Coding(article=article("a")), "Rain.\n")


def test_marked_text_in_a_notebook() -> None:
    page = marked_html(coding(), TEXT)
    assert "<b>" not in page
    assert unescape(TAGS.sub("", page)) == TEXT
    assert re.search(r'<span class="event" style="[^"]*" title="ACCUSE">condemned</span><sup>E1</sup>', page)
    assert re.search(r'<span class="actor" style="[^"]*" title="Iran \(IRN\)">Iran</span>', page)
    assert marked_html(Coding(article=article("a"))) == ""


def test_a_coding_shows_its_sentences_in_a_notebook() -> None:
    import dragoman.coder  # gives codings their display

    assert dragoman.coder
    page = coding()._repr_html_()  # type: ignore[operator]
    assert "<sup>E1</sup>" in page
    assert '<table class="dragoman event">' in page
    assert "<b>" not in page


@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(given=codings("a"))
def test_any_records_any_text(given: Coding) -> None:
    for text in (None, TEXT):
        page = marked_html(given, text)
        page.encode("utf-8")
        assert not re.search(r"<(?!/?(div|p|span|sup)\b)", page)
        printed = shown(given, text)
        printed.encode("utf-8")
        assert "\x1b" not in printed
    assert all(mark.start < mark.end for mark in marks_of(given))
