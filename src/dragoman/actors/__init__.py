"""Who acts: mentions of political actors with their identity on the day. In: a parsed article. Out: ``find(...) -> list[Mention]``."""

from dragoman.actors.find import find

__all__ = ["find"]
