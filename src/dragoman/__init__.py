"""dragoman: an open political event coder.

>>> import dragoman
>>> coding = dragoman.Coder().code("PARIS - France condemned Iran on Tuesday.", published="2024-11-06")
>>> coding.events[0].type
'ACCUSE'
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from dragoman.coder import Coder
    from dragoman.dataset import Dataset as open
    from dragoman.schema import Article, Coding

    __version__: str

__all__ = ["Article", "Coder", "Coding", "__version__", "open"]


def __getattr__(name: str) -> Any:
    """Loads the records, and the coder with its parser, only when somebody asks for them: ``dragoman --help`` need not wait."""
    if name == "Coder":
        from dragoman.coder import Coder

        return Coder
    if name == "open":
        from dragoman.dataset import Dataset

        return Dataset
    if name in ("Article", "Coding"):
        from dragoman import schema

        return getattr(schema, name)
    if name == "__version__":
        from dragoman.version import dragoman_version

        return dragoman_version()
    raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
