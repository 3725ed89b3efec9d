"""Who did what to whom: candidates from grammar, types from a classifier, arguments, auxiliary modes, status."""

from dragoman.events.find import find

__all__ = ["find"]
