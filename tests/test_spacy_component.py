"""dragoman as spaCy users load it: on a blank pipeline or another, one doc or many, with and without a day, written and read again."""

from __future__ import annotations

import tomllib
from importlib import import_module
from pathlib import Path

import pytest
import spacy
from spacy.language import Language
from spacy.tokens import Doc, DocBin

import dragoman
from commands import OTHER, STORY
from dragoman.language.en.pipeline import MODEL
from dragoman.spacy_component import NAME, make

ROOT = Path(__file__).resolve().parents[1]
DAY = "2024-11-06"


def blank(**config: str) -> Language:
    nlp = spacy.blank("en")
    nlp.add_pipe(NAME, config=config)
    return nlp


@pytest.fixture(scope="module")
def nlp() -> Language:
    return blank(published=DAY)


def test_the_records_are_those_of_the_coder(nlp: Language) -> None:
    doc = nlp(STORY)
    assert doc._.dragoman == dragoman.Coder().code(STORY, DAY)
    assert [e.type for e in doc._.events] == ["ACCUSE"]
    assert doc._.events[0].date.value == "2024-11-05"


def test_offsets_are_those_of_the_doc(nlp: Language) -> None:
    text = "\n\n  OSLO - \u201cWe know,\u201d Norway said.\n\n\tNorway praised Sweden\u00a0on Tuesday.  \n"
    doc = nlp(text)
    assert doc.text == text
    spans = [e.trigger for e in doc._.events] + [e.actor[0] for e in doc._.events] + [s.speaker for s in doc._.statements if s.speaker]
    assert spans
    assert all(doc.text[span.start : span.end] == span.text for span in spans)
    assert doc._.span_of(doc._.events[0].trigger).text == doc._.events[0].trigger.text


def test_spans_for_displacy(nlp: Language) -> None:
    doc = nlp(STORY)
    assert [(span.text, span.label_) for span in doc.spans[NAME]] == [("France", "ACTOR"), ("condemned", "ACCUSE"), ("Iran", "RECIPIENT")]


def test_after_another_pipeline_tokens_and_entities_stay() -> None:
    nlp = spacy.load(MODEL)
    before = [(token.text, token.dep_, token.ent_type_) for token in nlp(STORY)]
    nlp.add_pipe(NAME)
    doc = nlp(STORY)
    assert [(token.text, token.dep_, token.ent_type_) for token in doc] == before
    assert [e.type for e in doc._.events] == ["ACCUSE"]
    assert doc._.events[0].date.value is None  # no day, no guess


def test_contexts_of_tuples_tell_the_day() -> None:
    nlp = blank(published="2020-01-08")
    contexts = [DAY, {"published": DAY, "id": "x", "headline": "H", "other": 1}, None, 7]
    found = list(nlp.pipe([(STORY, context) for context in contexts], as_tuples=True))
    assert [context for _, context in found] == contexts
    assert [doc._.events[0].date.value for doc, _ in found] == ["2024-11-05", "2024-11-05", "2020-01-07", "2020-01-07"]
    article = found[1][0]._.dragoman.article
    assert (article.id, article.headline, article.extra) == ("x", "H", {})


def test_a_doc_may_bring_its_day(nlp: Language) -> None:
    doc = nlp.make_doc(STORY)
    doc._.published = "2020-01-08"
    assert nlp(doc)._.events[0].date.value == "2020-01-07"


def test_many_docs_in_order(nlp: Language) -> None:
    texts = [STORY, OTHER, "", "Rain fell."] * 3
    docs = list(nlp.pipe(texts, batch_size=5))
    assert [doc.text for doc in docs] == texts
    assert [[e.type for e in doc._.events] for doc in docs] == [["ACCUSE"], ["SUPPORT"], [], []] * 3


def test_what_cannot_be_coded_is_a_problem(nlp: Language) -> None:
    for text in ("", "   ", "<html><body>France condemned Iran.</body></html>"):
        doc = nlp(text)
        assert doc._.events == []
        assert doc._.dragoman.problems
    (doc, _), (after, _) = nlp.pipe([(STORY, "the day before"), (STORY, None)], as_tuples=True)
    assert "the day before" in doc._.dragoman.problems[0].message
    assert after._.events


def test_a_doc_that_was_not_coded(nlp: Language) -> None:
    doc = nlp.make_doc(STORY)
    assert (doc._.dragoman, doc._.events, doc._.statements) == (None, [], [])


def test_docs_can_be_written_and_read(nlp: Language, tmp_path: Path) -> None:
    doc = nlp(STORY)
    assert Doc(nlp.vocab).from_bytes(doc.to_bytes())._.dragoman == doc._.dragoman
    packed = DocBin(docs=[doc], store_user_data=True).to_bytes()
    (read,) = DocBin(store_user_data=True).from_bytes(packed).get_docs(nlp.vocab)
    assert read._.events == doc._.events
    nlp.to_disk(tmp_path)
    assert spacy.load(tmp_path)(STORY)._.dragoman == doc._.dragoman


def test_several_processes(nlp: Language) -> None:
    docs = list(nlp.pipe([STORY, OTHER], n_process=2, batch_size=1))
    assert [doc._.events[0].type for doc in docs] == ["ACCUSE", "SUPPORT"]


def test_types_of_ones_own() -> None:
    nlp = blank(types=str(ROOT / "samples" / "types" / "expropriation.yaml"))
    assert "EXPROPRIATION" in [e.type for e in nlp("Venezuela expropriated the oil fields of a French company.")._.events]


def test_the_entry_point_leads_to_the_factory() -> None:
    config = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
    module, _, name = config["project"]["entry-points"]["spacy_factories"][NAME].partition(":")
    assert getattr(import_module(module), name) is make
