"""What is still to come: what was promised, planned, threatened, scheduled or forecast in one story, and whether later ones tell of it."""

from dragoman.expectations.find import find

__all__ = ["find"]
