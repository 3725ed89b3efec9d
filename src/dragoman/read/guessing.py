"""In: bytes of a text. Out: the text and, where its encoding had to be guessed, a note that says so.

The order: UTF-8, then the encoding that the file declares, then a guess among those that news was written in. A text that is UTF-8 for
the most part is damaged, not in another encoding: it is refused, as no guess would read it rightly.
"""

from __future__ import annotations

import codecs
import re
from typing import Any

from dragoman.read.streams import decoded

NOT_ASCII = re.compile(rb"[\x80-\xff]")
GUESSED_FROM = 16_384  # bytes that a guess rests on
FEW = 12  # bytes outside of ASCII, below which any table fits, so that the commonest is taken
COMMONEST = "cp1252"
WESTERN = "cp1252 iso8859_15 cp1250 iso8859_2 cp1254 cp1257 mac_roman"
OTHERS = "cp1251 koi8_r koi8_u cp1253 cp1255 cp1256 gb18030 big5 cp932 euc_jp cp949"
CANDIDATES = [*WESTERN.split(), *OTHERS.split()]
NOTE = "encoding"  # the key in an article's ``extra``


def text_and_note(data: bytes, declared: str | None = None) -> tuple[str, dict[str, Any]]:
    """The text, and what its article's ``extra`` has to say of the encoding. ValueError names byte and line where no encoding fits."""
    try:
        return decoded(data), {}
    except ValueError:
        encoding = known(declared)
        if encoding is not None:
            return data.decode(encoding, "replace"), {}
        guess = guessed(data)
        if guess is None:
            raise
        return data.decode(guess, "replace"), {NOTE: f"{guess} (guessed)"}


def known(name: str | None) -> str | None:
    """The name that Python has for an encoding of text, whose bytes below 128 are ASCII; None where it has none."""
    try:
        info = codecs.lookup((name or "").strip())
        return info.name if b"<a:".decode(info.name) == "<a:" and info.name != "idna" else None
    except (LookupError, ValueError, TypeError):
        return None


def guessed(data: bytes) -> str | None:
    """The likeliest encoding of what is no UTF-8; None where it is damaged UTF-8, or nothing fits."""
    first = NOT_ASCII.search(data)
    if first is None:
        return None
    sample = data[max(0, first.start() - 200) :][:GUESSED_FROM]
    read = sample.decode("utf-8", "replace")
    broken = read.count("\ufffd")
    if sum(1 for char in read if char > "\x7f") >= 2 * broken:  # as many characters that are whole
        return None
    if len(NOT_ASCII.findall(sample)) < FEW:
        return COMMONEST if fits(data, COMMONEST) else None
    from charset_normalizer import from_bytes  # 0.1 s to load, and few texts need it

    best = from_bytes(sample, cp_isolation=CANDIDATES).best()
    return best.encoding if best is not None and fits(data, best.encoding) else None


def fits(data: bytes, encoding: str) -> bool:
    try:
        data.decode(encoding)
    except UnicodeDecodeError:
        return False
    return True
