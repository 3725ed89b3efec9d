"""Who did what to whom: candidates from grammar, types from a classifier, arguments, auxiliary modes, status."""

from __future__ import annotations

from pathlib import Path

from dragoman.events import custom, encoder
from dragoman.events.ahead import acts
from dragoman.events.find import find
from dragoman.events.modelling import ModelClassifier

__all__ = ["acts", "classifier", "find"]


def classifier(types: str | Path | None = None) -> ModelClassifier:
    """The trained model with the rules and, from a YAML file, types of the user's own. DataError for what is wrong in the file."""
    model = encoder.load()
    if types is None:
        return ModelClassifier(model)
    states, _ = model.background()
    return ModelClassifier(model, custom=[custom.fit(one, states) for one in custom.read(Path(types), model)])
