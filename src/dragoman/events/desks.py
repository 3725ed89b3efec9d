"""In: a parsed article. Out: whether it reports a game; in sport countries attack, defend and surrender without any politics."""

from __future__ import annotations

from functools import cache
from importlib import resources

import yaml
from spacy.tokens import Doc

# Measured on 300 articles of PolNeAR, of which only one on golf courses has as many: no political report comes near both.
DISTINCT_CUES = 5
CUES_A_WORD = 0.02


@cache
def _cues() -> frozenset[str]:
    file = resources.files(__package__) / "tables" / "desks.yaml"
    return frozenset(map(str, yaml.safe_load(file.read_text("utf-8"))["sport"]))


def is_sport(doc: Doc) -> bool:
    cues = _cues()
    words = [t for t in doc if t.is_alpha]
    found = [t.lower_ if t.lower_ in cues else t.lemma_ for t in words if t.lower_ in cues or t.lemma_ in cues]
    return len(set(found)) >= DISTINCT_CUES and len(found) >= CUES_A_WORD * len(words)
