"""Text of an article made fit for where it goes. In: any string. Out: one that a terminal, a file or a page takes without harm."""

from __future__ import annotations

import re

SURROGATE = re.compile("[\ud800-\udfff]")
# what moves the cursor, colours, hides or turns round: C0, DEL, C1, invisible and bidirectional marks, soft hyphen, byte order mark
HARMFUL = re.compile("[\x00-\x08\x0e-\x1b\x7f-\x84\x86-\x9f\xad\u061c\u200b-\u200f\u202a-\u202e\u2060-\u206f\ufeff\ufff9-\ufffb]")
REPLACEMENT = "\ufffd"


def encodable(text: str) -> str:
    """The text with U+FFFD for lone surrogates, which UTF-8 cannot write."""
    return SURROGATE.sub(REPLACEMENT, text)


def one_line(text: str) -> str:
    """The text on one line, every run of white space a space, and U+FFFD for what a terminal would act on instead of showing."""
    return encodable(HARMFUL.sub(REPLACEMENT, " ".join(text.split())))


def clipped(text: str, width: int) -> str:
    """At most ``width`` characters, the last an ellipsis where something was cut."""
    return text if len(text) <= width else text[: max(width - 1, 0)].rstrip() + "…"
