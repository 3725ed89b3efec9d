"""What the check of the corpus finds: repetitions, text from elsewhere, what is missing."""

from __future__ import annotations

from collections import Counter
from pathlib import Path

import pytest

from dragoman.errors import DataError
from dragoman.learn import checks, corpus

ROOT = Path(__file__).parents[2]
GOLD = ROOT.parent / "shared" / "gold"
LINES = [
    "[Chile|a] [signed|SUPPORT] a trade agreement with [Singapore|r] in Santiago on Wednesday afternoon.",
    "~ [Chile|a] will [sign|AGREE] a trade agreement with [Singapore|r] in Santiago on Wednesday afternoon.",
    "[Police|a] [arrested|COERCE.arrest+negation] nobody at the stadium, the mayor's office said late on Sunday.",
    "The bill was [killed|NONE] in committee. {legislative}",
]
EXAMPLES = [corpus.example_of(line, f"here:{n}") for n, line in enumerate(LINES, 1)]


def test_counts() -> None:
    counts = checks.counts_of(EXAMPLES)
    assert counts["examples"] == Counter(all=4, without_event=1, pairs=1)
    assert (counts["type"]["SUPPORT"], counts["type"]["COERCE"], counts["type"]["ASSAULT"]) == (1, 1, 0)
    assert (counts["mode"]["COERCE.arrest"], counts["mode"]["COERCE.deport"]) == (1, 0)
    assert (counts["auxiliary"]["negation"], counts["context"]["legislative"]) == (1, 1)


def test_a_sentence_that_is_nearly_another_is_found_but_a_pair_is_not() -> None:
    twin = corpus.example_of("[Chile|a] [signed|SUPPORT] a trade agreement with [Singapore|r] in Santiago on Wednesday evening.", "here:9")
    assert checks.near_duplicates(EXAMPLES, 0.6) == []
    assert checks.near_duplicates([*EXAMPLES, twin], 0.6) == [("here:1", "here:9")]


def test_a_sentence_from_elsewhere_is_found() -> None:
    sentence = "Police arrested nobody at the stadium, the mayor's office said late on Sunday night."
    assert checks.taken_from(EXAMPLES, [sentence, "Rain fell on Lima."], 0.6) == [("here:3", sentence)]


def test_a_sentence_that_is_another_in_other_words_is_found() -> None:
    sentence = "At Santiago on Wednesday, Singapore and Chile put an agreement on trade into force and signed it."
    assert checks.reworded_from(EXAMPLES[:1], [sentence, "Heavy rain fell on Lima."], 0.5) == [("here:1", sentence)]


def test_what_is_missing_is_a_failure(tmp_path: Path) -> None:
    for part in (corpus.TRAIN, corpus.TEST):
        (tmp_path / part).mkdir()
        (tmp_path / part / "a.txt").write_text("\n".join(LINES) if part == corpus.TRAIN else "Rain fell.", encoding="utf-8")
    (tmp_path / checks.MINIMA).write_text(
        "examples: 5\nwithout_event: 1\npairs: 1\nmode: 0\ntype: 0\nauxiliary: 0\ncontext: 0\n"
        "distinct_triggers: 0.1\nalike: 0.6\nnear_duplicates: 0.0\ngold_alike: 0.6\ngold_stems: 0.5\n",
        encoding="utf-8",
    )
    assert checks.check(tmp_path).failures == ["4 examples (all), of 5"]


def test_a_folder_without_minima_is_no_corpus(tmp_path: Path) -> None:
    with pytest.raises(DataError, match="no corpus"):
        checks.check(tmp_path)


def test_sentences_are_read_from_tables_json_lines_and_text(tmp_path: Path) -> None:
    (tmp_path / "a.tsv").write_text("France condemned Iran on Tuesday in a short note.\tFrance\tACCUSE\n", encoding="utf-8")
    tokens = '{"tokens": ["Rain", "fell", "on", "Lima", "and", "Quito", "again", "."]}\n'
    (tmp_path / "b.jsonl").write_text(tokens + '{"text": "It rained in Lima. It was wet on that day in Peru."}\n', encoding="utf-8")
    (tmp_path / "c.txt").write_text("One two three four five six seven eight.\n\nShort.\n", encoding="utf-8")
    assert list(checks.sentences_in(tmp_path)) == [
        "France condemned Iran on Tuesday in a short note.",
        "Rain fell on Lima and Quito again .",
        "It was wet on that day in Peru.",
        "One two three four five six seven eight.",
    ]


def test_the_corpus_of_the_repository_holds_what_it_must_and_nothing_of_the_gold() -> None:
    forbidden = checks.sentences_in(GOLD) if GOLD.is_dir() else ()
    assert checks.check(ROOT / "corpus", forbidden).failures == []


def test_agreement_with_a_second_reader(tmp_path: Path) -> None:
    assert checks.agreement(EXAMPLES, tmp_path) is None
    lines = ["text\tstart\tlabel", f"{EXAMPLES[0].text}\t6\tSUPPORT", f"{EXAMPLES[2].text}\t7\tCOERCE.deport", "Unknown.\t0\tNONE"]
    (tmp_path / "second-reader.tsv").write_text("\n".join([*lines, f"{EXAMPLES[3].text}\t13\tREJECT", ""]), encoding="utf-8")
    found = checks.agreement(EXAMPLES, tmp_path)
    assert found is not None
    # SUPPORT and COERCE agree, NONE and REJECT do not; by chance two of nine would
    assert (found.words, found.types) == (3, pytest.approx(2 / 3))
    assert found.kappa == pytest.approx((2 / 3 - 2 / 9) / (1 - 2 / 9))
    assert (found.modes, found.aux) == (1 / 2, 1 / 2)
