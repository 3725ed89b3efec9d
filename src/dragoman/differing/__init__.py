"""Two codings of the same articles, record by record. In: two stores or files of JSON lines. Out: what differs, and counts of it."""

from dragoman.differing.comparing import Comparison, Difference, known_fields
from dragoman.differing.sources import codings_by_id

__all__ = ["Comparison", "Difference", "codings_by_id", "known_fields"]
