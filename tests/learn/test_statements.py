"""Figures of attributions: counted by hand on a small folder, and the same as the acceptance script's on the development data."""

from __future__ import annotations

import importlib.util
import itertools
import json
import random
import shutil
from pathlib import Path
from types import ModuleType
from typing import Any

import pytest

from dragoman.learn.errors import EvaluationError
from dragoman.learn.pairing import _assignment
from dragoman.learn.statements import evaluate, gold_of, predict, score

SCRIPT = Path(__file__).resolve().parents[3] / "shared" / "accept" / "polnear_score.py"
TEXT = 'The miller said that the wheel was broken.\n"We grind by hand," his wife added.\nAccording to the priest, the bread is good.\n'


def _spans(*pieces: str) -> list[list[int]]:
    return [[TEXT.index(p), TEXT.index(p) + len(p)] for p in pieces]


def _row(source: str, cue: str, content: str) -> dict[str, object]:
    return {"doc": "mill", "source": _spans(source), "cue": _spans(cue), "content": _spans(content)}


GOLD = [
    ("The miller", "said", "that the wheel was broken"),
    ("his wife", "added", '"We grind by hand,"'),
    ("the priest", "According to", "the bread is good"),
]


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    (tmp_path / "text").mkdir()
    (tmp_path / "attributions").mkdir()
    (tmp_path / "text" / "mill.txt").write_text(TEXT, encoding="utf-8")
    (tmp_path / "attributions" / "mill_ab12.ann").write_text(_brat(), encoding="utf-8")
    return tmp_path


def _brat() -> str:
    lines, number = [], 0
    for event, parts in enumerate(GOLD, 1):
        roles = []
        for role, text in zip(("Source", "Cue", "Content"), parts, strict=True):
            number += 1
            start = TEXT.index(text)
            lines.append(f"T{number}\t{role} {start} {start + len(text)}\t{text}")
            roles.append(f"{role}:T{number}")
        lines.append(f"E{event}\t{' '.join(roles)}")
    return "\n".join(lines) + "\n"


def test_all_three_are_found(folder: Path) -> None:
    figures = evaluate(folder)
    assert figures.counts["all", "gold"] == figures.counts["all", "predicted"] == 3
    assert figures.rates("all", "head").f1 == 1.0
    assert figures.rates("direct", "head").recall == 1.0
    assert any(line.startswith("all") for line in figures.lines())


def test_right_content_with_the_wrong_source_counts_as_content_only(folder: Path) -> None:
    rows = [_row("his wife", "said", "that the wheel was broken"), _row("his wife", "added", '"We grind by hand,"')]
    figures, misses = score(gold_of(folder), rows)
    assert (figures.rates("all", "content").precision, figures.rates("all", "content").recall) == (1.0, 2 / 3)
    assert (figures.rates("all", "head").precision, figures.rates("all", "head").recall) == (1 / 2, 1 / 3)
    assert [(m.why, m.gold.kind if m.gold else None) for m in misses] == [("source", "indirect"), ("missed", "indirect")]


def test_half_of_the_words_are_enough_and_less_is_not(folder: Path) -> None:
    half = [_row("The miller", "said", "the wheel")]  # 2 of 2 and of 5 words: F1 4/7
    less = [_row("The miller", "said", "broken")]  # 1 of 1 and of 5: F1 2/6
    assert score(gold_of(folder), half)[0].rates("all", "head").precision == 1.0
    figures, misses = score(gold_of(folder), less)
    assert figures.rates("all", "content").precision == 0.0
    assert misses[0].why == "content"


def test_soft_counts_the_share_of_words_and_every_attribution(folder: Path) -> None:
    short_and_long = [_row("The miller", "said", "the wheel"), _row("his wife", "added", 'broken.\n"We grind by hand,"')]
    soft = score(gold_of(folder), short_and_long)[0].rates("all", "soft")
    assert soft.precision == pytest.approx((2 / 2 + 4 / 5) / 2)
    assert soft.recall == pytest.approx((2 / 5 + 4 / 4 + 0) / 3)


def test_a_source_is_right_or_wrong_only_where_contents_agree(folder: Path) -> None:
    rows = [
        _row("The miller", "said", "that the wheel was broken"),
        _row("the priest", "added", '"We grind by hand,"'),
        _row("the priest", "According to", "the"),
    ]
    figures, _ = score(gold_of(folder), rows)
    assert figures.source_right("all") == 1 / 2
    assert (figures.source_right("indirect"), figures.source_right("direct")) == (1.0, 0.0)


def test_what_meets_no_gold_is_spurious(folder: Path) -> None:
    _, misses = score(gold_of(folder), [_row("The miller", "said", "The miller said")])
    assert [m.why for m in misses] == ["missed", "missed", "missed", "spurious"]


def test_predictions_and_errors_are_written(folder: Path, tmp_path: Path) -> None:
    evaluate(folder, tmp_path / "found.jsonl", tmp_path / "errors.tsv")
    rows = [json.loads(line) for line in (tmp_path / "found.jsonl").read_text(encoding="utf-8").splitlines()]
    assert [[TEXT[a:b] for a, b in row["source"]] for row in rows] == [["The miller"], ["his wife"], ["the priest"]]
    assert [row["kind"] for row in rows] == ["indirect", "direct", "indirect"]
    assert {row["doc"] for row in rows} == {"mill"}
    assert (tmp_path / "errors.tsv").read_text(encoding="utf-8").split("\t")[:3] == ["class", "kind", "article"]


def test_the_pronoun_of_a_relative_clause_is_the_source_as_the_annotation_has_it() -> None:
    text = "The guard, who said he saw nothing, went home."
    (row,) = predict({"gate": text})
    assert row["source"] == [[text.index("who"), text.index("who") + 3]]


def test_a_folder_of_another_shape_is_named(tmp_path: Path) -> None:
    with pytest.raises(EvaluationError, match=r"text/\*\.txt and attributions/\*\.ann were expected"):
        evaluate(tmp_path)


def test_an_article_without_annotations_counts_for_nothing(folder: Path, tmp_path: Path) -> None:
    (folder / "text" / "barn.txt").write_text("The owl said that it was late.\n", encoding="utf-8")
    figures = evaluate(folder, tmp_path / "found.jsonl")
    assert (figures.articles, figures.counts["all", "predicted"]) == (1, 3)
    assert "barn" not in (tmp_path / "found.jsonl").read_text(encoding="utf-8")


def test_an_annotator_who_found_nothing_counts(folder: Path) -> None:
    (folder / "attributions" / "mill_cd34.ann").write_text("", encoding="utf-8")
    figures = evaluate(folder)
    assert figures.counts["all", "gold"] == 1.5
    assert figures.rates("all", "head").precision == 0.5


def test_a_missing_text_is_named(folder: Path) -> None:
    (folder / "attributions" / "barn_ab12.ann").write_text(_brat(), encoding="utf-8")
    with pytest.raises(EvaluationError, match=r"barn_ab12\.ann: no text/barn\.txt"):
        evaluate(folder)


def test_a_text_that_is_no_text_is_named(folder: Path) -> None:
    (folder / "text" / "mill.txt").write_bytes(b"The miller \xff said.")
    with pytest.raises(EvaluationError, match=r"mill\.txt: cannot be read: .*invalid start byte"):
        evaluate(folder)


def test_a_broken_line_of_an_annotation_is_named(folder: Path) -> None:
    (folder / "attributions" / "mill_ab12.ann").write_text(_brat() + "E4\tSource\n", encoding="utf-8")
    with pytest.raises(EvaluationError, match=r"mill_ab12\.ann:13: pairs as Source:T1 were expected"):
        evaluate(folder)


def test_spans_beyond_the_text_and_of_nothing_are_left_out(folder: Path) -> None:
    (folder / "attributions" / "mill_ab12.ann").write_text("T1\tContent 900 950\tx\nE1\tContent:T1\nE2\tCue:T9\n", encoding="utf-8")
    assert evaluate(folder).counts["all", "gold"] == 0


def test_a_prediction_for_an_unknown_article_is_an_error(folder: Path) -> None:
    with pytest.raises(EvaluationError, match="unknown article barn"):
        score(gold_of(folder), [{"doc": "barn", "content": [[0, 3]]}])


def test_the_assignment_is_the_cheapest() -> None:
    chance = random.Random(5)
    for _ in range(100):
        rows = chance.randint(1, 4)
        columns = rows + chance.randint(0, 2)
        cost = [[-chance.random() for _ in range(columns)] for _ in range(rows)]
        held = _assignment(cost)
        ours = sum(cost[row][column] for column, row in held.items())
        assert sorted(held.values()) == list(range(rows))
        best = min(sum(cost[r][c] for r, c in enumerate(order)) for order in itertools.permutations(range(columns), rows))
        assert ours == pytest.approx(best)


@pytest.fixture
def script() -> ModuleType:
    if not SCRIPT.is_file():
        pytest.skip("no acceptance script beside this checkout")
    spec = importlib.util.spec_from_file_location("polnear_score", SCRIPT)
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def test_figures_are_those_of_the_acceptance_script(gold: Path, script: Any, tmp_path: Path) -> None:
    articles = sorted((gold / "polnear" / "dev" / "text").glob("*.txt"))[::6]
    several = [p for p in articles if len(list((gold / "polnear" / "dev" / "attributions").glob(f"{p.stem}_*.ann"))) > 1]
    (tmp_path / "text").mkdir()
    (tmp_path / "attributions").mkdir()
    for article in articles:
        shutil.copy(article, tmp_path / "text")
        for annotation in (gold / "polnear" / "dev" / "attributions").glob(f"{article.stem}_*.ann"):
            shutil.copy(annotation, tmp_path / "attributions")
    assert several, "an article with several annotators belongs in the sample"
    figures = evaluate(tmp_path, tmp_path / "found.jsonl")
    theirs = script.load_gold(str(tmp_path))
    summary = script.summary(script.total(script.evaluate(theirs, script.load_pred(str(tmp_path / "found.jsonl"), theirs), "all")))
    for kind in ("all", "direct", "mixed", "indirect"):
        for ours, name in (("content", "match50"), ("head", "arhead"), ("exact", "exact"), ("soft", "soft")):
            rates = figures.rates(kind, ours)
            assert (rates.precision, rates.recall, rates.f1) == pytest.approx(summary[kind][name]), (kind, name)
        assert figures.source_right(kind) == pytest.approx(summary[kind]["src_head"]), kind
