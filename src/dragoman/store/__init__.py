"""Records in a DuckDB file. In: codings. Out: the same records, chosen by a query such as ``JPN -> USA, SUPPORT, 2024``, and counts.

``query`` describes the query language, ``panel`` what is counted. ``articles``, ``events`` ... are tables that any DuckDB reads.
"""

from dragoman.store.checks import Fault
from dragoman.store.database import is_store
from dragoman.store.errors import QueryError, StoreError
from dragoman.store.manifest import RunRecord
from dragoman.store.store import Store
from dragoman.store.writing import Added

__all__ = ["Added", "Fault", "QueryError", "RunRecord", "Store", "StoreError", "is_store"]
