"""In: the bytes of an RTF file. Out: its text, a line a paragraph. One pass, whatever is wrong with the groups."""

from __future__ import annotations

import re
from functools import cache
from importlib import resources

from dragoman import tables
from dragoman.read.guessing import known

TOKEN = re.compile(rb"\\([a-zA-Z]{1,32})(-?\d{1,10})? ?|\\'([0-9a-fA-F]{2})|\\([^a-zA-Z])|([{}])|([^\\{}\r\n]+)|[\r\n]+|\\")
DEFAULT = "cp1252"


@cache
def words() -> dict[str, str]:
    """What a control word means: the characters that it stands for, or "" where its group is no text of the document."""
    rows = tables.rows(resources.files(__package__), "rtf.tsv", ("word", "means"))
    return {word: "" if means == "skip" else means.encode().decode("unicode_escape") for _, (word, means) in rows}


def text_of(data: bytes) -> str:
    """The text between the marks; characters that the code page lacks become U+FFFD."""
    out: list[str] = []
    held = bytearray()  # bytes of the code page, which may need more than one for a character
    encoding = DEFAULT
    stack: list[tuple[bool, int]] = []
    skipping, replaced = False, 1  # replaced: how many characters follow \u for readers that do not know it
    to_skip = 0
    at = 0
    high = ""

    def flush() -> None:
        if held:
            out.append(held.decode(encoding, "replace"))
            held.clear()

    while token := TOKEN.match(data, at):
        at = token.end()
        word, number, byte, symbol, brace, plain = token.groups()
        if brace == b"{":
            stack.append((skipping, replaced))
            to_skip = 0
        elif brace == b"}":
            skipping, replaced = stack.pop() if stack else (False, 1)
            to_skip = 0
        elif byte:
            if to_skip:
                to_skip -= 1
            elif not skipping:
                held += bytes.fromhex(byte.decode())
        elif plain:
            plain, to_skip = plain[to_skip:], max(0, to_skip - len(plain))
            if not skipping:
                held += plain
        elif symbol:
            if to_skip:
                to_skip -= 1
            elif symbol == b"*":
                skipping = True
            elif not skipping:
                flush()
                out.append({b"~": "\u00a0", b"_": "\u2011", b"-": "", b"\n": "\n", b"\r": "\n"}.get(symbol, symbol.decode("latin-1")))
        elif word:
            name = word.decode()
            value = int(number) if number else None
            if name == "ansicpg":
                encoding = known(f"cp{value}") or DEFAULT
            elif name == "uc":
                replaced = min(max(value or 0, 0), 8)
            elif name == "bin":
                at += max(value or 0, 0)  # bytes of a picture, whatever they look like
            elif name == "u" and value is not None:
                to_skip = replaced
                if not skipping:
                    flush()
                    high = character(value, high, out)
            elif name in words():
                flush()
                meaning = words()[name]
                skipping = skipping or not meaning
                if not skipping:
                    out.append(meaning)
    flush()
    return "".join(out)


def character(value: int, high: str, out: list[str]) -> str:
    """Adds the character of \\u, and returns the first half of one that needs two."""
    code = value % 0x10000
    if 0xD800 <= code < 0xDC00:
        return chr(code)
    if 0xDC00 <= code < 0xE000:
        out.append((high + chr(code)).encode("utf-16", "surrogatepass").decode("utf-16", "replace") if high else "\ufffd")
    else:
        out.append(chr(code))
    return ""
