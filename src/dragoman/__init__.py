"""dragoman: an open political event coder.

>>> import dragoman
>>> coding = dragoman.Coder().code("PARIS - France condemned Iran on Tuesday.", published="2024-11-06")
>>> coding.events[0].type
'ACCUSE'
"""

from __future__ import annotations

from importlib.metadata import version
from typing import TYPE_CHECKING, Any

from dragoman.schema import Article, Coding

if TYPE_CHECKING:
    from dragoman.coder import Coder

__version__ = version("dragoman")
__all__ = ["Article", "Coder", "Coding", "__version__"]


def _as_html(coding: Coding) -> str:
    from dragoman.write import html_of

    return html_of(coding.records())


# A notebook asks a value for this name; the records themselves import no writer.
setattr(Coding, "_repr_html_", _as_html)  # noqa: B010


def __getattr__(name: str) -> Any:
    """Loads the coder, and with it the parser, only when somebody asks for it: ``dragoman --help`` need not wait."""
    if name == "Coder":
        from dragoman.coder import Coder

        return Coder
    raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
