"""In: a file or stream of bytes. Out: a buffered stream of its content in UTF-8, unpacked if it was gzip, recoded if it was UTF-16;
and, for what is no text at all, what to do about it.
"""

from __future__ import annotations

import codecs
import gzip
import io
from collections.abc import Callable
from typing import BinaryIO

HEAD = 8_192  # bytes that are looked at to tell what a stream holds
GZIP = b"\x1f\x8b"
UTF16 = (codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)
UTF32 = (codecs.BOM_UTF32_LE, codecs.BOM_UTF32_BE)
PACKED = (
    (b"%PDF", "a PDF file; take out its text first"),
    (b"PK\x03\x04", "a zip or Office file; unpack it or save it as plain text"),
    (b"PAR1", "a Parquet file; write it as JSON lines first"),
    (b"BZh", "packed with bzip2; unpack it first"),
    (b"\xfd7zXZ", "packed with xz; unpack it first"),
    (b"\x28\xb5\x2f\xfd", "packed with zstd; unpack it first"),
)


class Counted(io.RawIOBase):
    """A stream that tells how many bytes are read from it."""

    def __init__(self, raw: BinaryIO, on_bytes: Callable[[int], None]) -> None:
        self.raw = raw
        self.on_bytes = on_bytes

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: bytearray | memoryview) -> int:  # type: ignore[override]
        chunk = self.raw.read(len(buffer))
        buffer[: len(chunk)] = chunk
        if chunk:
            self.on_bytes(len(chunk))
        return len(chunk)


class Unpacked(io.RawIOBase):
    """The content of a gzip stream. What stands before a damage is handed on first: only the rest is lost."""

    def __init__(self, stream: io.BufferedIOBase) -> None:
        self.packed = gzip.GzipFile(fileobj=stream)

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: bytearray | memoryview) -> int:  # type: ignore[override]
        chunk = self.packed.read1(len(buffer))
        buffer[: len(chunk)] = chunk
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
            chunk = self.stream.read(HEAD)
            self.ready = self.decoder.decode(chunk, final=not chunk).encode("utf-8")
            if not chunk:
                break
        part, self.ready = self.ready[: len(buffer)], self.ready[len(buffer) :]
        buffer[: len(part)] = part
        return len(part)


def content(raw: BinaryIO, on_bytes: Callable[[int], None] | None = None) -> io.BufferedReader:
    """The content of a stream as UTF-8, or as it is where it is no text. Reading on may raise OSError, EOFError or zlib.error."""
    stream: io.BufferedReader = io.BufferedReader(Counted(raw, on_bytes or (lambda count: None)), HEAD * 8)
    if stream.peek(2)[:2] == GZIP:
        stream = io.BufferedReader(Unpacked(stream), HEAD * 8)
    head = stream.peek(HEAD)[:HEAD]
    if head[:4] in UTF32:
        return io.BufferedReader(Recoded(stream, "utf-32"))
    if head[:2] in UTF16:
        return io.BufferedReader(Recoded(stream, "utf-16"))
    if head[:3] == codecs.BOM_UTF8:
        stream.read(3)
    return stream


def refusal(head: bytes) -> str | None:
    """Why what begins so is no text and what to do about it; None of what may be one."""
    for magic, what in PACKED:
        if head.startswith(magic):
            return f"this is {what}"
    if b"\0" in head[:HEAD]:
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
