"""An SVG as PNG, without a browser. In: the SVG, and what is to be said of it. Out: the bytes of a PNG that says so in its ``iTXt``.

Text is set in Source Sans, which comes with the extra, so a picture is the same on every machine, also on one without fonts; of the
machine's own fonts only letters are taken that Source Sans has not.
"""

from __future__ import annotations

import struct
import zlib
from collections.abc import Iterator, Mapping

from dragoman.errors import DragomanError

SHARP = 2  # pixels for one of the SVG
DOTS_A_METRE = round(96 * SHARP / 0.0254)  # so that a page sets it as large as the SVG
NAME_LENGTH = 79
FAMILY = "Source Sans Pro"
FACES = ("SourceSansPro", "SourceSansProSemibold")  # weights 400 and 600, as write/svg.py has them
HEADER_END = 8 + 25  # signature and IHDR
MISSING = 'PNG is drawn by two packages that are not installed: pip install "resvg-py>=0.5" font-source-sans-pro; or write .svg'


def png_of(svg: str, told: Mapping[str, str]) -> bytes:
    """``told`` has keywords, of at most 79 characters of Latin-1, and their texts. DragomanError where the packages are missing."""
    try:
        from font_source_sans_pro import font_files_ttf
        from resvg_py import svg_to_bytes
    except ImportError as error:
        raise DragomanError(MISSING) from error
    drawn = svg_to_bytes(
        svg_string=svg,
        zoom=SHARP,
        font_files=[font_files_ttf[face] for face in FACES],
        style_sheet=f'svg, text {{ font-family: "{FAMILY}" }}',
    )
    return drawn[:HEADER_END] + b"".join(chunks(told)) + drawn[HEADER_END:]


def chunks(told: Mapping[str, str]) -> Iterator[bytes]:
    """The size that is meant, and a text each; chunks before the pixels, as PNG 1.2 has them (4.2.3, 4.2.4)."""
    yield chunk(b"pHYs", struct.pack(">IIB", DOTS_A_METRE, DOTS_A_METRE, 1))
    for name, text in told.items():
        yield chunk(b"iTXt", name.encode("latin-1")[:NAME_LENGTH] + b"\0\0\0\0\0" + text.replace("\0", "").encode("utf-8"))


def chunk(kind: bytes, data: bytes) -> bytes:
    return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))
