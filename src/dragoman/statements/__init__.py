"""Who said what: Annotated -> statements with source, cue and content, and the quotations with who speaks in them."""

from dragoman.statements.finding import find

__all__ = ["find"]
