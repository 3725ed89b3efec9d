"""Full text over a store, offline. In: a store. Out: an index beside it (SQLite's FTS5), and what it finds, ranked, with facets."""

from dragoman.searching.finding import Found, Hit, Piece, find
from dragoman.searching.index import Index, SearchError

__all__ = ["Found", "Hit", "Index", "Piece", "SearchError", "find"]
