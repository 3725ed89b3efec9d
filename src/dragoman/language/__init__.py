"""Article -> Annotated: sentences, parts of speech, lemmas and the dependency tree. One folder a language."""

from dragoman.language.annotated import Annotated, annotate
from dragoman.language.detection import Language, language_of
from dragoman.language.en.pipeline import load

__all__ = ["Annotated", "Language", "annotate", "language_of", "load"]
