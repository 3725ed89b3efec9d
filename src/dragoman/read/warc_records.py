"""In: a stream of WARC, as crawlers write it. Out: its records as bytes, one at a time; ``Broken`` for one that is none.

A record is as long as it says, unless another begins before; then, or where nothing begins behind it, the next beginning is looked for.
"""

from __future__ import annotations

import io
import lzma
import re
import zlib
from collections.abc import Iterator
from typing import NamedTuple

from dragoman.read.unpacking import Bomb, resume

MAX_RECORD = 32 * 2**20  # bytes; a page of more is no article
MAX_HEADER = 65_536
CHUNK = 65_536
BEGINS = b"WARC/1."
BETWEEN = b"\r\n\r\n"
LENGTH = re.compile(rb"^content-length:[ \t]*(\d{1,15})[ \t]*\r?$", re.IGNORECASE | re.MULTILINE)


class Broken(NamedTuple):
    """What is wrong with what should be a record."""

    message: str


class Records:
    """The records of a stream, whole, each with its header; those longer than ``MAX_RECORD`` are passed over.

    ``begins`` is the byte at which the last one begins, in what was unpacked; None behind a damage, where nobody knows how much is missing.
    """

    def __init__(self, stream: io.BufferedReader) -> None:
        self.stream: io.BufferedReader | None = stream
        self.pushed = b""
        self.in_junk = False
        self.taken: int | None = 0  # bytes from the stream
        self.begins: int | None = 0

    def __iter__(self) -> Iterator[bytes | Broken]:
        while self.stream is not None:
            try:
                self.begins = None if self.taken is None else self.taken - len(self.pushed)
                line = self._line()
                if not line:
                    return
                found = self._record(line) if line.startswith(BEGINS) else self._junk(line)
            except Bomb:
                raise
            except EOFError:
                yield Broken("the packed file ends too early, so the rest of it is lost; fetch it again")
                return
            except (OSError, zlib.error, lzma.LZMAError) as error:
                self.pushed, self.in_junk = b"", False
                self.taken = self.begins = None
                self.stream = resume(self.stream)
                found = Broken(f"the packed file is damaged here ({error}); fetch it again if the record matters")
            if found is not None:
                yield found

    def _junk(self, line: bytes) -> Broken | None:
        """Lines between records are told once."""
        if not line.strip() or self.in_junk:
            return None
        self.in_junk = True
        return Broken("no record begins here; what stands before the next one is passed over")

    def _record(self, first: bytes) -> bytes | Broken | None:
        header = first
        while (line := self._line()).strip():
            header += line
            if len(header) > MAX_HEADER:
                self.in_junk = True
                return Broken(f"a record's header of more than {MAX_HEADER:,} bytes; fetch the file again")
        length = LENGTH.search(header)
        self.in_junk = length is None
        if length is None:
            return Broken("a record that does not say how long it is; fetch the file again")
        block, whole = self._block(int(length[1]))
        if not whole:
            self.in_junk = True
            return Broken("a record that is not as long as it says; fetch the file again if it matters")
        return None if block is None else header + line + block + BETWEEN

    def _block(self, length: int) -> tuple[bytes | None, bool]:
        """The block of a record and what must follow it, and whether it is whole; None for one too long to be kept."""
        kept: list[bytes] = []
        tail = b""
        left = length
        while left:
            chunk = self._read(min(left, CHUNK))
            if not chunk:
                return None, False
            at = (tail + chunk).find(BETWEEN + BEGINS)
            if at >= 0:
                self.pushed = (tail + chunk)[at + len(BETWEEN) :] + self.pushed
                return None, False
            left -= len(chunk)
            tail = (tail + chunk)[-len(BETWEEN + BEGINS) :]
            if length <= MAX_RECORD:
                kept.append(chunk)
        behind = self._read(len(BETWEEN))
        if behind not in (BETWEEN, b""):
            self.pushed = behind + self.pushed
            return None, False
        return (b"".join(kept) if length <= MAX_RECORD else None), True

    def _read(self, size: int) -> bytes:
        assert self.stream is not None
        if self.pushed:
            data, self.pushed = self.pushed[:size], self.pushed[size:]
            return data if len(data) == size else data + self._counted(self.stream.read(size - len(data)))
        return self._counted(self.stream.read(size))

    def _counted(self, data: bytes) -> bytes:
        self.taken = None if self.taken is None else self.taken + len(data)
        return data

    def _line(self) -> bytes:
        assert self.stream is not None
        if not self.pushed:
            return self._counted(self.stream.readline(MAX_HEADER))
        line, end, self.pushed = self.pushed.partition(b"\n")
        return line + end if end else line + self._counted(self.stream.readline(MAX_HEADER))
