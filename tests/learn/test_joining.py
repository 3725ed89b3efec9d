"""Sentences whose tokens are finer than words."""

from __future__ import annotations

import pytest

from dragoman.learn.joining import joined

SENTENCES = [  # tokens, as a newspaper writes it
    ("The Saudi - led force took 1 , 250 men on May 4 , 2010 .", "The Saudi-led force took 1,250 men on May 4, 2010."),
    ("Nicol á s P é rez , the U . N . envoy , left at 06 : 30 .", "Nicolás Pérez, the U.N. envoy, left at 06:30."),
    ("The country ’ s “ front - line ” talks wo n't end .", "The country’s “front-line” talks won't end."),
    ("Rome paid € 56 million ( 60 % ) and said it ' d go on", "Rome paid €56 million (60%) and said it'd go on"),
    ("The guards - - all of them - left", "The guards - - all of them-left"),
]


@pytest.mark.parametrize(("words", "text"), SENTENCES)
def test_a_sentence_is_written_as_a_newspaper_does(words: str, text: str) -> None:
    tokens = words.split()
    found, starts = joined(tokens)
    assert found == text
    assert [found[start : start + len(token)] for start, token in zip(starts, tokens, strict=True)] == tokens
