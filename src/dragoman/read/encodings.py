"""In: the bytes of a page, and the encoding that its server names. Out: its text, with U+FFFD for what cannot be read.

The order: what is UTF-8 to the last byte is UTF-8 whatever it says of itself; else what the server or the page names; else a guess.
A byte order mark was heeded before (``streams.content``).
"""

from __future__ import annotations

import codecs
import re

from dragoman.read.guessing import COMMONEST, FEW, GUESSED_FROM, NOT_ASCII

NAMED_IN = 4_096  # bytes in which a page must name its encoding
NAME = re.compile(rb"""<(?:meta\b[^>]{0,512}?\bcharset|\?xml\b[^>]{0,256}?\bencoding)\s*=\s*["']?\s*([\w.:-]{2,40})""", re.IGNORECASE)
TAGS = re.compile(rb"<[^<>]{0,2000}>")
# Browsers read these names as the larger table that pages so named are in fact written in.
LARGER = {
    "ascii": "cp1252",
    "iso8859-1": "cp1252",
    "iso8859-9": "cp1254",
    "gb2312": "gb18030",
    "gbk": "gb18030",
    "shift_jis": "cp932",
    "euc_kr": "cp949",
    "tis-620": "cp874",
}


def text_of(data: bytes, served_as: str | None = None) -> str:
    """The text of a page; raises nothing."""
    named = known(served_as) or known(named_in(data))
    if b"\x1b" in data and named is not None and named.startswith("iso2022"):
        return data.decode(named, "replace")
    if is_utf8(data):
        return data.decode("utf-8", "replace")
    return data.decode(named or guessed(data), "replace")


def is_utf8(data: bytes) -> bool:
    """Whether all of it is; the last character may be cut off."""
    try:
        codecs.getincrementaldecoder("utf-8")().decode(data)
    except UnicodeDecodeError:
        return False
    return True


def named_in(data: bytes) -> str | None:
    match = NAME.search(data[:NAMED_IN])
    return match[1].decode("ascii", "replace") if match else None


def known(name: str | None) -> str | None:
    """The name under which Python has an encoding of text; None where it has none."""
    try:
        info = codecs.lookup((name or "").strip("\"' "))
    except (LookupError, ValueError):
        return None
    if not info._is_text_encoding or info.name in ("idna", "punycode", "undefined", "unicode_escape", "raw_unicode_escape"):
        return None
    # a page whose own line could be read is not written in units of two bytes
    return "utf-8" if info.name.startswith(("utf-16", "utf-32")) else LARGER.get(info.name, info.name)


def guessed(data: bytes) -> str:
    text = TAGS.sub(b" ", data[: GUESSED_FROM * 16])
    first = NOT_ASCII.search(text)
    sample = text[max(0, first.start() - 200) :][:GUESSED_FROM] if first else b""
    if len(NOT_ASCII.findall(sample)) < FEW:
        return COMMONEST
    from charset_normalizer import from_bytes  # 0.1 s to load, and few pages need it

    best = from_bytes(sample).best()
    return best.encoding if best else COMMONEST
