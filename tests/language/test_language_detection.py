"""Which language a text is in: ours are told apart, English of any kind is never taken for another, and what is given is believed."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
import yaml

from dragoman import Coder
from dragoman.language.detection import common_words, detected, language_of, names
from dragoman.read import article_of
from dragoman.schema import Coding

ROOT = Path(__file__).resolve().parents[2]
SAMPLES: dict[str, Any] = yaml.safe_load((Path(__file__).parent / "languages.yaml").read_text(encoding="utf-8"))
ENGLISH: list[str] = SAMPLES.pop("en")
SISTERS = {"nb": {"no", "nb"}, "id": {"id", "ms"}}  # whom the detector need not tell apart
STORIES = sorted((ROOT / "samples").glob("*.txt"))
FRENCH = SAMPLES["fr"]


@pytest.mark.parametrize("code", SAMPLES)
def test_other_languages(code: str) -> None:
    assert detected(SAMPLES[code]) in SISTERS.get(code, {code})


@pytest.mark.parametrize("code", [code for code in SAMPLES if code not in ("zh", "ja")])
def test_a_sentence_of_them_is_not_english(code: str) -> None:
    assert detected(" ".join(SAMPLES[code].split()[:12])) != "en"


@pytest.mark.parametrize("text", ENGLISH)
def test_english_that_looks_foreign_is_coded(text: str) -> None:
    assert language_of(None, text).is_english


@pytest.mark.parametrize("story", STORIES, ids=lambda story: story.stem)
def test_english_stories(story: Path) -> None:
    text = story.read_text(encoding="utf-8")
    assert detected(text) == "en"
    assert detected(text.upper()) == "en"


@pytest.mark.parametrize("text", ["", "...", "12 345", "OK", "a\nb\nc", "\ud800", "😀" * 50, "x" * 10_000, "- - -\n" * 500])
def test_what_cannot_be_told(text: str) -> None:
    assert language_of(None, text).is_english


@pytest.mark.parametrize("given", ["en", "EN", "eng", "en-US", "en_GB", "English", "english (US)", " en "])
def test_english_that_is_given(given: str) -> None:
    assert language_of(given, FRENCH) == ("en", True)


@pytest.mark.parametrize("given", ["fr", "fra", "French", "enm", "Klingon"])
def test_another_that_is_given(given: str) -> None:
    told = language_of(given, "The ministers of the two countries said that they had met.")
    assert (told.code, told.given, told.is_english) == (given, True, False)


@pytest.mark.parametrize("given", [None, "", " ", "und", "unknown"])
def test_nothing_that_is_given(given: str | None) -> None:
    assert language_of(given, FRENCH) == ("fr", False)


def test_names_of_languages() -> None:
    assert names()["fr"] == "French"
    assert language_of("Klingon", "").name == "Klingon"


def test_common_words_are_words_in_lower_case() -> None:
    assert all(word.isalpha() and word.islower() for word in common_words())


@pytest.fixture(scope="module")
def coder() -> Coder:
    return Coder()


class TestCoding:
    @staticmethod
    def problem_of(coding: Coding) -> str:
        [problem] = coding.problems
        assert (problem.stage, coding.events, coding.statements) == ("language", [], [])
        return problem.message

    def test_another_language_is_a_problem(self, coder: Coder) -> None:
        coding = coder.code(FRENCH)
        assert coding.article
        assert coding.article.language == "fr"
        assert "its language is French" in self.problem_of(coding)

    def test_neighbours_are_coded(self, coder: Coder) -> None:
        codings = list(coder.pipe([FRENCH, "France condemned Iran on Tuesday.", SAMPLES["ja"], "Iran condemned France on Tuesday."]))
        assert [(len(c.events), len(c.problems)) for c in codings] == [(0, 1), (1, 0), (0, 1), (1, 0)]

    def test_the_language_of_the_record(self, coder: Coder) -> None:
        story = STORIES[0].read_text(encoding="utf-8")
        coded = [coder.code({"text": story, "language": given}) for given in (None, "eng", "en-GB")]
        assert [c.article.language for c in coded if c.article] == ["en", "en", "en"]

    def test_what_is_given_is_believed(self, coder: Coder) -> None:
        assert coder.code({"text": FRENCH, "language": "English"}).problems == []
        assert "is given as German" in self.problem_of(coder.code({"text": "France condemned Iran on Tuesday.", "language": "de"}))

    def test_any_language(self) -> None:
        coding = Coder(any_language=True).code(article_of({"text": FRENCH}))
        assert coding.problems == []
        assert coding.article
        assert coding.article.language == "fr"
