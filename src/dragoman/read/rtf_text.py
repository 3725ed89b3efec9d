"""In: the bytes of an RTF file. Out: its text, a line a paragraph. One pass, whatever is wrong with the groups."""

from __future__ import annotations

import re
from functools import cache
from importlib import resources

from dragoman import tables
from dragoman.read.guessing import known

TOKEN = re.compile(rb"\\([a-zA-Z]{1,32})(-?\d{1,10})? ?|\\'([0-9a-fA-F]{2})|\\([^a-zA-Z])|([{}])|([^\\{}\r\n]+)|[\r\n]+|\\")
DEFAULT = "cp1252"
MOST_REPLACED = 8
SYMBOLS = {b"~": "\u00a0", b"_": "\u2011", b"-": "", b"\n": "\n", b"\r": "\n"}


@cache
def words() -> dict[str, str]:
    """What a control word means: the characters that it stands for, or "" where its group is no text of the document."""
    rows = tables.rows(resources.files(__package__), "rtf.tsv", ("word", "means"))
    return {word: "" if means == "skip" else means.encode().decode("unicode_escape") for _, (word, means) in rows}


def text_of(data: bytes) -> str:
    """The text between the marks; characters that the code page lacks become U+FFFD."""
    reading = Reading()
    at = 0
    while token := TOKEN.match(data, at):
        word, number, byte, symbol, brace, plain = token.groups()
        at = token.end()
        if brace:
            reading.group(brace == b"{")
        elif byte:
            reading.bytes_of_code_page(bytes.fromhex(byte.decode()))
        elif plain:
            reading.bytes_of_code_page(plain)
        elif symbol:
            reading.symbol(symbol)
        elif word:
            at += reading.word(word.decode(), int(number) if number else None)
    reading.flush()
    return "".join(reading.out)


class Reading:
    """What has been read, and the state that groups set and give back."""

    def __init__(self) -> None:
        self.out: list[str] = []
        self.held = bytearray()  # bytes of the code page, which may need more than one for a character
        self.encoding = DEFAULT
        self.stack: list[tuple[bool, int]] = []
        self.skipping = False
        self.replaced = 1  # characters behind \u for readers that do not know it
        self.to_skip = 0
        self.high = ""  # the first half of a character that takes two \u

    def group(self, begins: bool) -> None:
        self.to_skip = 0
        if begins:
            self.stack.append((self.skipping, self.replaced))
        else:
            self.skipping, self.replaced = self.stack.pop() if self.stack else (False, 1)

    def bytes_of_code_page(self, data: bytes) -> None:
        left = data[self.to_skip :]
        self.to_skip = max(0, self.to_skip - len(data))
        if not self.skipping:
            self.held += left

    def symbol(self, symbol: bytes) -> None:
        if self.to_skip:
            self.to_skip -= 1
        elif symbol == b"*":
            self.skipping = True
        else:
            self.add(SYMBOLS.get(symbol, symbol.decode("latin-1")))

    def word(self, name: str, value: int | None) -> int:
        """Heeds a control word, and returns how many bytes behind it are no text."""
        if name == "bin":
            return max(value or 0, 0)
        if name == "ansicpg":
            self.encoding = known(f"cp{value}") or DEFAULT
        elif name == "uc":
            self.replaced = min(max(value or 0, 0), MOST_REPLACED)
        elif name == "u" and value is not None:
            self.to_skip = self.replaced
            self.character(value % 0x10000)
        elif name in words():
            self.skipping = self.skipping or not words()[name]
            self.add(words()[name])
        return 0

    def character(self, code: int) -> None:
        high, self.high = self.high, ""
        if 0xD800 <= code < 0xDC00:
            self.high = chr(code)
        elif 0xDC00 <= code < 0xE000:
            self.add((high + chr(code)).encode("utf-16", "surrogatepass").decode("utf-16", "replace") if high else "\ufffd")
        else:
            self.add(chr(code))

    def add(self, text: str) -> None:
        self.flush()
        if not self.skipping:
            self.out.append(text)

    def flush(self) -> None:
        if self.held:
            self.out.append(self.held.decode(self.encoding, "replace"))
            self.held.clear()
