"""The trained model in the coder: what it was made from, that it judges a sentence alike in any company, and how it and the rules weigh."""

from __future__ import annotations

import pickle
from pathlib import Path

import numpy as np
import pytest
import yaml

from dragoman import Coder
from dragoman.errors import DragomanError
from dragoman.events import encoder
from dragoman.events.judging import Judge, Weights
from dragoman.events.lexicon import NONE
from dragoman.events.pieces import LONGEST, Pieces
from dragoman.learn.provenance import made_from

ROOT = Path(__file__).parents[2]
SENTENCES = [
    "France condemned Iran on Tuesday.",
    "Turkish warplanes bombed Kurdish positions near Afrin, and Ankara's foreign minister met his Russian counterpart in Sochi.",
    "Kenya will send nurses to Haiti, officials said.",
]
SCORES = Path(__file__).with_name("scores.yaml")
ROUNDING = 0.05  # of a score: kernels of different processors add in another order, and int8 rounds what they add to


@pytest.fixture(scope="module")
def model() -> encoder.Encoder:
    return encoder.load()


def test_the_model_was_made_from_the_corpus_and_the_code_that_are_here(model: encoder.Encoder) -> None:
    made = made_from(ROOT / "corpus")
    assert {key: model.labels[key] for key in made} == made, "the corpus or the training changed: make train, then commit the model"


def test_scores_are_those_of_the_machine_that_made_it(model: encoder.Encoder) -> None:
    for text, expected in yaml.safe_load(SCORES.read_text(encoding="utf-8")).items():
        words = text.split()
        scores = model.scores("types", model.states(words))
        assert scores.shape == (len(words), len(model.labels["types"]))
        found = {word: model.labels["types"][n] for word, n in zip(words, scores.argmax(axis=1), strict=True) if n}
        assert found == {word: kind for word, (kind, _) in expected.items()}
        for word, (_, score) in expected.items():
            assert scores[words.index(word)].max() == pytest.approx(score, abs=ROUNDING)


def test_a_sentence_is_judged_alike_in_any_company() -> None:
    coder = Coder()
    alone = [coder.code(text).events for text in SENTENCES]
    assert [c.events for c in coder.pipe(SENTENCES)] == alone
    assert [c.events for c in coder.pipe(SENTENCES[::-1])] == alone[::-1]
    assert [c.events for c in coder.pipe(SENTENCES, workers=2)] == alone
    together = coder.code("\n\n".join(SENTENCES)).events
    assert [(e.type, e.confidence) for e in together] == [(e.type, e.confidence) for events in alone for e in events]


def test_a_worker_gets_a_model_by_its_folder(model: encoder.Encoder) -> None:
    copy = pickle.loads(pickle.dumps(model))
    words = SENTENCES[0].split()
    assert np.array_equal(copy.states(words), model.states(words))


def test_a_folder_without_a_model_is_an_error(tmp_path: Path) -> None:
    with pytest.raises(DragomanError, match="make train"):
        encoder.Encoder(tmp_path)


def test_what_the_rules_say_counts(model: encoder.Encoder) -> None:
    states = model.states(["Rain", "fell"])
    unknown = ["", ""]
    judge = Judge(model, Weights(agreed=0.0, unsaid=0.0))
    neutral = judge.chances(judge.scores(states, unknown, [(), ()]), unknown)
    ruled = ["", "ASSAULT"]
    judge = Judge(model, Weights(agreed=2.0, unsaid=1.0))
    chances = judge.chances(judge.scores(states, ruled, [(), ()]), ruled)
    assert np.allclose(chances.sum(axis=1), 1, atol=1e-5)
    assert judge.chance(chances[0], NONE) > judge.chance(neutral[0], NONE)
    assert judge.chance(chances[1], "ASSAULT") > judge.chance(neutral[1], "ASSAULT")


def test_a_reason_names_the_score_and_the_runner_up() -> None:
    (event,) = Coder().code(SENTENCES[0]).events
    (reason,) = [r for r in event.because if r.startswith("the model: ")]
    assert reason.startswith(f"the model: ACCUSE {event.confidence:.2f}, then ")


def test_words_past_the_longest_sentence_have_no_state(model: encoder.Encoder) -> None:
    pieces = Pieces(Path(str(encoder.PATH)) / "vocabulary.txt")
    ids, ranges = pieces.of(["rain"] * 1000)
    assert (len(ids), len(ranges)) == (LONGEST, LONGEST - 2)
    assert len(model.states(["rain"] * 1000)) == LONGEST - 2
    assert ranges[:2] == [(1, 2), (2, 3)]


def test_a_word_that_has_no_piece_is_unknown_and_still_a_word() -> None:
    pieces = Pieces(Path(str(encoder.PATH)) / "vocabulary.txt")
    _, ranges = pieces.of(["Rain", "\u200b", "fell"])
    assert len(ranges) == 3
