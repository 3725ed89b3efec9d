"""In: a file or stream of bytes. Out: a buffered stream of its content in UTF-8, unpacked if it was gzip, recoded if it was UTF-16;
and, for what is no text at all, what to do about it.
"""

from __future__ import annotations

import codecs
import io
import tempfile
from collections.abc import Callable
from typing import IO, BinaryIO

from dragoman.read.base import Spot
from dragoman.read.unpacking import Budget, unpacked

HEAD = 65_536  # bytes that are looked at to tell what a stream holds
NULS_WITHIN = 8_192  # bytes at the beginning in which no text has a NUL
RECODED_AT_ONCE = 8_192
UTF16 = (codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)
UTF32 = (codecs.BOM_UTF32_LE, codecs.BOM_UTF32_BE)
FOREIGN = (
    (b"%PDF", "a PDF file; take out its text first"),
    (b"PK\x03\x04", "a zip or Office file; unpack it or save it as plain text"),
    (b"\xd0\xcf\x11\xe0", "an older Office file; save it as .docx or plain text"),
    (b"Rar!", "packed with RAR; unpack it first"),
    (b"7z\xbc\xaf", "packed with 7-Zip; unpack it first"),
)
IN_MEMORY = 16 * 2**20  # bytes of a stream that are kept in memory where it must be read back and forth; the rest goes to a temporary file
MAX_SPOOLED = 8 * 2**30  # bytes of such a file


class Counted(io.RawIOBase):
    """A stream that tells how many bytes are read from it, never more than it has although parts of archives are read twice."""

    def __init__(self, raw: BinaryIO, on_bytes: Callable[[int], None]) -> None:
        self.raw = raw
        self.on_bytes = on_bytes
        self.at = self.furthest = self.told = 0

    def readable(self) -> bool:
        return True

    def seekable(self) -> bool:
        return self.raw.seekable()

    def seek(self, offset: int, whence: int = io.SEEK_SET) -> int:
        self.at = self.raw.seek(offset, whence)
        return self.at

    def tell(self) -> int:
        return self.at

    def readinto(self, buffer: bytearray | memoryview) -> int:  # type: ignore[override]
        chunk = self.raw.read(len(buffer))
        buffer[: len(chunk)] = chunk
        self.at += len(chunk)
        self.furthest = max(self.furthest, self.at)
        news = min(len(chunk), self.furthest - self.told)
        if news:
            self.told += news
            self.on_bytes(news)
        return len(chunk)


class Recoded(io.RawIOBase):
    """UTF-16 or UTF-32 with its mark, read as UTF-8."""

    def __init__(self, stream: io.BufferedIOBase, encoding: str) -> None:
        self.stream = stream
        self.decoder = codecs.getincrementaldecoder(encoding)()
        self.ready = b""

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: bytearray | memoryview) -> int:  # type: ignore[override]
        while not self.ready:
            chunk = self.stream.read(RECODED_AT_ONCE)
            self.ready = self.decoder.decode(chunk, final=not chunk).encode("utf-8")
            if not chunk:
                break
        part, self.ready = self.ready[: len(buffer)], self.ready[len(buffer) :]
        buffer[: len(part)] = part
        return len(part)


def content(
    raw: BinaryIO, on_bytes: Callable[[int], None] | None = None, budget: Budget | None = None, spot: Spot | None = None
) -> io.BufferedReader:
    """The content of a stream as UTF-8, or as it is where it is no text. Reading on may raise OSError, EOFError, zlib.error or lzma's.

    ``spot`` is told where it starts in what was unpacked.
    """
    spot = spot or Spot()
    spot.start = 0
    packed: io.BufferedReader = io.BufferedReader(Counted(raw, on_bytes or (lambda count: None)), HEAD)
    stream = unpacked(packed, budget or Budget())
    head = stream.peek(4)[:4]
    if head in UTF32 or head[:2] in UTF16:
        spot.start = None
    if head in UTF32:
        return io.BufferedReader(Recoded(stream, "utf-32"), HEAD)
    if head[:2] in UTF16:
        return io.BufferedReader(Recoded(stream, "utf-16"), HEAD)
    if head[:3] == codecs.BOM_UTF8:
        spot.start = len(stream.read(3))
    return stream


def back_and_forth(stream: io.BufferedReader) -> IO[bytes]:
    """The same content such that one may seek in it. OSError where that would take a file of more than ``MAX_SPOOLED`` bytes."""
    if stream.seekable():
        return stream
    spooled = tempfile.SpooledTemporaryFile(IN_MEMORY)  # noqa: SIM115  (closed when nobody holds it any more)
    while chunk := stream.read(HEAD):
        spooled.write(chunk)
        if spooled.tell() > MAX_SPOOLED:
            raise OSError(f"more than {MAX_SPOOLED:,} bytes that must be unpacked before they can be read; unpack it first")
    spooled.seek(0)
    return spooled


def refusal(head: bytes) -> str | None:
    """Why what begins so is no text and what to do about it; None of what may be one."""
    for magic, what in FOREIGN:
        if head.startswith(magic):
            return f"this is {what}"
    if b"\0" in head[:NULS_WITHIN]:
        return "this is binary data, not text (or UTF-16 without its mark); save it as text in UTF-8"
    return None


def decoded(data: bytes, first_line: int = 1) -> str:
    """Bytes as text. ValueError names byte and line where they are no UTF-8."""
    try:
        return data.decode("utf-8")
    except UnicodeDecodeError as error:
        line = first_line + data.count(b"\n", 0, error.start)
        where = f"byte {error.start + 1:,}" + (f", line {line:,}" if line != first_line or first_line == 1 else "")
        raise ValueError(
            f"no valid UTF-8 at {where} (0x{data[error.start]:02X}); convert it, as with: iconv -f WINDOWS-1252 -t UTF-8"
        ) from error
