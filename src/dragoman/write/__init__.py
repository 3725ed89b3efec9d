"""Records in the formats of others. In: codings. Out: files in a format, one module each, all used in the same way.

``formats()["jsonl"](stream)`` makes a writer; give it codings with ``write(coding)`` and end with ``close()``. Some want a binary stream or
a folder: ``Format.target`` says which. ``opened`` does so for a file, a folder or the standard output.
"""

from dragoman.write.base import Writer
from dragoman.write.formats import formats
from dragoman.write.html import coding_html, html_of
from dragoman.write.opening import opened

__all__ = ["Writer", "coding_html", "formats", "html_of", "opened"]
