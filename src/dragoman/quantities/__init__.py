"""How many, how much. In: a parsed article, its events and who said what. Out: the numbers of people and sums of money of each event."""

from dragoman.quantities.find import find

__all__ = ["find"]
