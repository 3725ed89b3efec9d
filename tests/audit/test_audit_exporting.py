"""Judgements as lines of the corpus: read again by what reads the corpus, and only of what was judged right or put right."""

from __future__ import annotations

from pathlib import Path

from audited import judgement, no_event

from commands import Run
from dragoman import asking
from dragoman.audit import Audit, draw
from dragoman.audit.exporting import Exported, corpus_lines
from dragoman.audit.lines import Judgement
from dragoman.learn.corpus import Example, example_of
from dragoman.schema import Coding, Entity, Event, Span
from dragoman.store import Store
from handmade import article, event

SENTENCES = {
    "one": "Turkish warplanes bombed Kurdish positions near Afrin on Monday.",
    "two": "Ankara recalled its envoy from Athens and sent two frigates to the strait.",
    "odd": "The [sic] ministry condemned Iran.",
    "tag": "#Paris: the ministry condemned Iran.",
}


def found(id: str, type: str, trigger: str, actor: str, recipient: str = "", **more: object) -> Event:
    text = SENTENCES[id]

    def at(words: str) -> Span:
        return Span(text=words, start=text.index(words), end=text.index(words) + len(words))

    made = event(id, text.index(trigger), type, [], trigger=at(trigger), evidence=[Span(text=text, start=0, end=len(text))], quad=4, **more)
    sides = {"actor": actor, "recipient": recipient}
    return made.model_copy(update={side: [Entity(**at(words).model_dump())] if words else [] for side, words in sides.items()})


def judged(tmp_path: Path, *judgements: Judgement) -> Audit:
    events = {
        "one": [found("one", "ASSAULT", "bombed", "Turkish warplanes", "Kurdish positions", mode=["aerial"])],
        "two": [found("two", "SANCTION", "recalled", "Ankara", "Athens", mode=["withdraw"]), found("two", "AID", "sent", "Ankara")],
        "odd": [found("odd", "ACCUSE", "condemned", "ministry", "Iran")],
        "tag": [found("tag", "ACCUSE", "condemned", "ministry", "Iran")],
    }
    with Store(tmp_path / "events.duckdb") as store:
        store.add([(Coding(article=article(id, SENTENCES[id]), events=made), SENTENCES[id]) for id, made in events.items()])
    with asking.opened(tmp_path / "events.duckdb") as there:
        draw(there, tmp_path / "audit.jsonl", size=9)
    audit = Audit(tmp_path / "audit.jsonl")
    for one in judgements:
        audit.add(one)
    return audit


def id_of(id: str, trigger: str) -> str:
    return f"{id}:{SENTENCES[id].index(trigger)}"


def examples(exported: Exported) -> list[Example]:
    return [example_of(line, "exported:1") for line in exported.lines if not line.startswith("#")]


def test_what_is_right_becomes_a_line(tmp_path: Path) -> None:
    exported = corpus_lines(judged(tmp_path, judgement(id_of("one", "bombed"))))
    assert exported.lines == [
        f"# {id_of('one', 'bombed')}",
        "[Turkish warplanes|a] [bombed|ASSAULT.aerial] [Kurdish positions|r] near Afrin on Monday.",
    ]
    assert exported.left_out == {}
    assert examples(exported)[0].text == SENTENCES["one"]


def test_what_is_put_right_is_written_as_it_should_be(tmp_path: Path) -> None:
    wrong = {"type": "COERCE", "mode": "none", "aux": "negation", "actor": "Turkish warplanes (TUR MIL)", "recipient": "positions; Afrin"}
    exported = corpus_lines(judged(tmp_path, judgement(id_of("one", "bombed"), **wrong)))
    assert exported.lines[1] == "[Turkish warplanes|a] [bombed|COERCE+negation] Kurdish [positions|r] near [Afrin|r] on Monday."


def test_all_events_of_a_sentence_are_on_its_line(tmp_path: Path) -> None:
    first = judgement(id_of("two", "recalled"))
    second = judgement(id_of("two", "sent"), type="MOBILIZE", mode="weapons")
    alone = corpus_lines(judged(tmp_path, first))
    assert alone == Exported([], {"another event of the sentence is not judged": 1})
    (tmp_path / "both").mkdir()
    both = corpus_lines(judged(tmp_path / "both", first, second))
    assert both.lines[1] == (
        "[Ankara|a,a2] [recalled|SANCTION.withdraw] its envoy from [Athens|r] and [sent|2:MOBILIZE.weapons] two frigates to the strait."
    )
    assert {trigger.event for trigger in examples(both)[0].triggers} == {1, 2}


def test_what_is_no_event_is_marked_as_none(tmp_path: Path) -> None:
    exported = corpus_lines(judged(tmp_path, judgement(id_of("two", "recalled")), no_event(id_of("two", "sent"))))
    assert exported.lines[1].count("[sent|NONE]") == 1
    assert "a2" not in exported.lines[1]


def test_what_cannot_be_a_line_is_counted(tmp_path: Path) -> None:
    one, odd, tag = id_of("one", "bombed"), id_of("odd", "condemned"), id_of("tag", "condemned")
    cases = [
        (judgement(odd), "the sentence has signs of the notation in it"),
        (judgement(tag), "the sentence has signs of the notation in it"),
        (judgement(one, type="-"), "type is not judged, or unsure"),
        (judgement(one, type=None), "type is wrong and not put right"),
        (judgement(one, type="ACCUSE"), "the type is not of the codebook, or has no such mode"),
        (judgement(one, actor="the rebels"), "actor is put right in words that are not once in the sentence"),
        (judgement(one, actor="Turkish warplanes bombed"), "marks overlap"),
    ]
    for number, (said, reason) in enumerate(cases):
        (tmp_path / str(number)).mkdir()
        assert corpus_lines(judged(tmp_path / str(number), said)) == Exported([], {reason: 1})


def test_the_command_says_what_it_left_out(tmp_path: Path, run: Run) -> None:
    audit = judged(tmp_path, judgement(id_of("one", "bombed")), judgement(id_of("odd", "condemned")))
    result = run("audit", "export", audit.path)
    assert "[bombed|ASSAULT.aerial]" in result.out
    assert "1 sentences" in result.err
    assert "left out 1: the sentence has signs" in result.err
