"""Records in the formats of others. In: codings. Out: text on a stream, one module a format, all used in the same way.

``formats()["jsonl"](stream)`` makes a writer; give it codings with ``write(coding)`` and end with ``close()``. ``opened`` does so for a
file or the standard output.
"""

from dragoman.write.base import Writer
from dragoman.write.formats import formats
from dragoman.write.html import html_of
from dragoman.write.opening import opened

__all__ = ["Writer", "formats", "html_of", "opened"]
