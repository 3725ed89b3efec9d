"""In: a stream that may be packed (gzip, bzip2, xz, zstd). Out: the stream of its content, as far as it is whole, and never without bound.

A packed file that grows beyond what any text does is a bomb: ``Bomb``. Of a damaged one, what stands before the damage is handed on
first; of a gzip file in many parts, as WARC files are, the parts behind it can be read on (``resume``).
"""

from __future__ import annotations

import bz2
import io
import lzma
import zlib
from collections.abc import Callable
from typing import Any, BinaryIO

CHUNK = 65_536
FREE_BYTES = 64 * 2**20  # that may be unpacked whatever the ratio
MAX_RATIO = 200  # bytes of text a packed byte: news has 3 to 5, a table of 200,000 like rows 21 (bzip2: 48), a gzip bomb 1,029
MAX_DICTIONARY = 256 * 2**20  # bytes of memory that xz may ask for; xz -9 needs 65 MiB
GZIP = b"\x1f\x8b\x08"
BZIP2, XZ, ZSTD = b"BZh", b"\xfd7zXZ\x00", b"\x28\xb5\x2f\xfd"


class Bomb(OSError):
    """What is unpacked is out of all proportion to what was packed."""

    def __init__(self, allowed: int) -> None:
        super().__init__(
            f"it unpacks to more than {allowed:,} bytes, {MAX_RATIO} times its own size, as no text does; if it is sound, unpack it first"
        )


class Budget:
    """How many bytes may be unpacked, of a file and of all that is packed in it.

    What lies in an archive is on the account of the ``outer`` one: what it unpacks counts there, its own size allows nothing more.
    """

    def __init__(self, outer: Budget | None = None) -> None:
        self.outer = outer
        self.packed = self.unpacked = 0

    @property
    def allowed(self) -> int:
        return max(FREE_BYTES, MAX_RATIO * self.packed)

    @property
    def is_spent(self) -> bool:
        return self.outer.is_spent if self.outer is not None else self.unpacked > self.allowed

    def spend(self, count: int) -> None:
        if self.outer is not None:
            self.outer.spend(count)
            return
        self.unpacked += count
        if self.is_spent:
            raise Bomb(self.allowed)


IN_GZIP, BARE = 31, -15  # what zlib calls wbits: with the head and tail of gzip, and without any


class Inflating:
    """zlib's decompressor with the interface of those of bz2 and lzma."""

    def __init__(self, wbits: int = IN_GZIP) -> None:
        self.inner = zlib.decompressobj(wbits=wbits)

    def decompress(self, data: bytes, max_length: int) -> bytes:
        return self.inner.decompress(self.inner.unconsumed_tail + data, max_length)

    @property
    def needs_input(self) -> bool:
        return not self.inner.unconsumed_tail and not self.inner.eof

    @property
    def eof(self) -> bool:
        return self.inner.eof

    @property
    def unused_data(self) -> bytes:
        return self.inner.unused_data


class Unpacked(io.RawIOBase):
    """The content of a packed stream, all its parts one behind the other."""

    def __init__(self, stream: io.BufferedIOBase, part: Callable[[], Any], magic: bytes, budget: Budget) -> None:
        self.stream = stream
        self.new_part = part
        self.magic = magic
        self.budget = budget
        self.part: Any = part()
        self.at_start = True
        self.chunk = self.rest = b""
        self.failure: Exception | None = None

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: bytearray | memoryview) -> int:  # type: ignore[override]
        """Fills the buffer as far as it can, so that who looks at the beginning of a stream sees much of it."""
        filled = 0
        while filled < len(buffer) and self.failure is None:
            try:
                piece = self._piece(len(buffer) - filled)
            except (OSError, EOFError, zlib.error, lzma.LZMAError, ValueError) as error:
                self.failure = error
                break
            if not piece:
                break
            buffer[filled : filled + len(piece)] = piece
            filled += len(piece)
        if self.failure is not None and not filled:
            raise self.failure
        return filled

    def _piece(self, size: int) -> bytes:
        """At most ``size`` bytes; none at the end."""
        while True:
            if self.part.eof:
                self.rest, self.part, self.at_start = self.part.unused_data, self.new_part(), True
            data = b""
            if self.part.needs_input:
                data = self._packed()
                if not data:
                    if self.at_start:
                        return b""
                    raise EOFError
                if self.at_start:
                    data = data.lstrip(b"\0")  # tapes fill up with zeros behind the last part
                    if not data:
                        continue
                self.at_start = False
            piece: bytes = self.part.decompress(data, size)
            if piece:
                self.budget.spend(len(piece))
                return piece

    def _packed(self) -> bytes:
        data, self.rest = self.rest, b""
        if not data:
            data = self.stream.read1(CHUNK)
            self.budget.packed += len(data)
        self.chunk = data
        return data

    def resume(self) -> bool:
        """Goes on at the next part behind a damage; False where there is none, or nothing was damaged."""
        if self.failure is None or isinstance(self.failure, EOFError | Bomb):
            return False
        window = self.chunk[1:]
        while (at := window.find(self.magic)) < 0:
            more = self.stream.read1(CHUNK)
            if not more:
                return False
            self.budget.packed += len(more)
            window = window[-len(self.magic) + 1 :] + more
        self.part, self.rest, self.at_start, self.failure = self.new_part(), window[at:], True, None
        return True


class _Zstd(io.RawIOBase):
    """The same for zstd, which pyarrow unpacks."""

    def __init__(self, stream: io.BufferedIOBase, budget: Budget) -> None:
        import pyarrow as pa

        self.counted = _Feeding(stream, budget)
        self.unpacked = pa.CompressedInputStream(pa.PythonFile(self.counted, mode="r"), "zstd")
        self.budget = budget

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: bytearray | memoryview) -> int:  # type: ignore[override]
        try:
            piece = self.unpacked.read(len(buffer))
        except OSError as error:
            raise EOFError if "end" in str(error).lower() or "truncated" in str(error).lower() else zlib.error(str(error)) from error
        self.budget.spend(len(piece))
        buffer[: len(piece)] = piece
        return len(piece)


class _Feeding(io.RawIOBase):
    def __init__(self, stream: io.BufferedIOBase, budget: Budget) -> None:
        self.stream = stream
        self.budget = budget

    def readable(self) -> bool:
        return True

    def read(self, size: int = -1) -> bytes:
        data = self.stream.read(size)
        self.budget.packed += len(data)
        return data


def unpacked(stream: io.BufferedReader, budget: Budget) -> io.BufferedReader:
    """The content of a packed stream, or the stream itself."""
    head = stream.peek(8)[:8]
    if head.startswith(GZIP[:2]):
        return io.BufferedReader(Unpacked(stream, Inflating, GZIP, budget), CHUNK)
    if head.startswith(BZIP2) and head[3:4].isdigit():
        return io.BufferedReader(Unpacked(stream, bz2.BZ2Decompressor, BZIP2, budget), CHUNK)
    if head.startswith(XZ):
        return io.BufferedReader(Unpacked(stream, lambda: lzma.LZMADecompressor(memlimit=MAX_DICTIONARY), XZ, budget), CHUNK)
    if head.startswith(ZSTD):
        return io.BufferedReader(_Zstd(stream, budget), CHUNK)
    return stream


def resume(stream: BinaryIO | io.BufferedReader) -> io.BufferedReader | None:
    """A stream that goes on behind the damage that ended ``stream``; None where nothing is left."""
    raw = getattr(stream, "raw", None)
    return io.BufferedReader(raw, CHUNK) if isinstance(raw, Unpacked) and raw.resume() else None
