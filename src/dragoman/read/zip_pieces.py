"""In: a zip archive whose directory is lost. Out: its members, found by the headers that stand before each, in one pass.

Sizes in a header are believed where they are told; else packed data tell where they end. Behind a damage the next header is looked for.
"""

from __future__ import annotations

import bz2
import io
import struct
import zlib
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import partial
from typing import IO, Any

from dragoman.read.unpacking import BARE, Inflating

HEADER = struct.Struct("<4s5H3I2H")
MAGIC, DESCRIPTOR = b"PK\x03\x04", b"PK\x07\x08"
DESCRIPTOR_SIZE = 16
CHUNK = 65_536
STORED, DEFLATED, BZIP2 = 0, 8, 12
SIZES_BEHIND, IN_UTF8 = 0x8, 0x800
IN_EXTRA = 0xFFFFFFFF  # in place of a size that stands in the extra field, since it is too large for the header
ZIP64 = 1


class Tape:
    """A stream that is read forwards, of which bytes may be put back."""

    def __init__(self, stream: IO[bytes]) -> None:
        self.stream = stream
        self.held = b""

    def read(self, size: int) -> bytes:
        if not self.held:
            self.held = self.stream.read(CHUNK)
        data, self.held = self.held[:size], self.held[size:]
        return data

    def read_whole(self, size: int) -> bytes:
        """So many bytes, or fewer at the end."""
        data = b""
        while len(data) < size and (more := self.read(size - len(data))):
            data += more
        return data

    def put_back(self, data: bytes) -> None:
        self.held = data + self.held

    def pass_over(self, size: int) -> None:
        while size and (passed := len(self.read(size))):
            size -= passed

    def find(self, magic: bytes) -> bool:
        """Goes on to where ``magic`` stands; False where it does not stand any more."""
        window = self.read(CHUNK)
        while (at := window.find(magic)) < 0:
            more = self.read(CHUNK)
            if not more:
                return False
            window = window[-len(magic) + 1 :] + more
        self.put_back(window[at:])
        return True


@dataclass(frozen=True, slots=True)
class Header:
    """What stands before a member: its size is None where it is told behind it only."""

    name: str
    flags: int
    method: int
    crc: int | None
    size: int | None


class Piece(io.RawIOBase):
    """The content of a member. Reading raises EOFError where it ends too early, zlib.error or OSError where it is damaged."""

    def __init__(self, tape: Tape, header: Header) -> None:
        self.tape = tape
        self.header = header
        self.left = header.size
        self.crc = 0
        self.is_read = False
        unpackers: dict[int, Callable[[], Any]] = {DEFLATED: partial(Inflating, BARE), BZIP2: bz2.BZ2Decompressor}
        self.unpacker = unpackers.get(header.method, _Stored)()

    @property
    def is_readable(self) -> bool:
        return self.header.method in (DEFLATED, BZIP2) or (self.header.method == STORED and self.header.size is not None)

    def readable(self) -> bool:
        return True

    def read(self, size: int = CHUNK) -> bytes:
        while not self.is_read:
            if self.unpacker.eof:
                return self._ended()
            packed = self._packed() if self.unpacker.needs_input else b""
            if self.unpacker.needs_input and not packed:
                if self.header.method != STORED or self.left:
                    raise EOFError
                return self._ended()
            data: bytes = self.unpacker.decompress(packed, size)
            self.crc = zlib.crc32(data, self.crc)
            if data:
                return data
        return b""

    def _packed(self) -> bytes:
        data = self.tape.read(CHUNK if self.left is None else min(CHUNK, self.left))
        self.left = None if self.left is None else self.left - len(data)
        return data

    def _ended(self) -> bytes:
        """The end of the content, after a look at its checksum."""
        self.is_read = True
        rest = self.unpacker.unused_data
        self.tape.put_back(rest)
        self.left = None if self.left is None else self.left + len(rest)
        wanted = self.header.crc
        if wanted is None:
            behind = self.tape.read_whole(DESCRIPTOR_SIZE)
            self.tape.put_back(behind)
            wanted = int.from_bytes(behind.removeprefix(DESCRIPTOR)[:4], "little")
        if wanted != self.crc:
            raise zlib.error("wrong checksum")
        return b""

    def leave(self) -> None:
        """Goes on behind it, as far as its size is known."""
        self.tape.pass_over(self.left or 0)


class _Stored:
    """What is not packed, with the interface of those that unpack."""

    def __init__(self) -> None:
        self.unread = self.unused_data = b""
        self.eof = False

    @property
    def needs_input(self) -> bool:
        return not self.unread

    def decompress(self, data: bytes, size: int) -> bytes:
        self.unread += data
        piece, self.unread = self.unread[:size], self.unread[size:]
        return piece


def pieces(stream: IO[bytes]) -> Iterator[Piece]:
    """The members whose headers are there, to be read one after the other; what is not read of one is passed over."""
    tape = Tape(stream)
    while tape.find(MAGIC):
        header = header_on(tape)
        if header is None:
            return
        piece = Piece(tape, header)
        yield piece
        piece.leave()


def header_on(tape: Tape) -> Header | None:
    """The header at which the tape stands; None where it ends within."""
    fixed = tape.read_whole(HEADER.size)
    if len(fixed) < HEADER.size:
        return None
    _, _, flags, method, _, _, crc, size, full, name_length, extra_length = HEADER.unpack(fixed)
    name, extra = tape.read_whole(name_length), tape.read_whole(extra_length)
    if len(extra) < extra_length or len(name) < name_length:
        return None
    if size == IN_EXTRA:
        size = large_size(extra, full)
    told_behind = bool(flags & SIZES_BEHIND)
    text = name.decode("utf-8" if flags & IN_UTF8 else "cp437", "replace")
    return Header(text, flags, method, None if told_behind else crc, None if told_behind and not size else size)


def large_size(extra: bytes, full: int) -> int | None:
    """The packed size in the field of zip64, which stands behind the unpacked one where that is too large, too."""
    while len(extra) >= 4:
        kind, length = struct.unpack("<HH", extra[:4])
        value, extra = extra[4 : 4 + length], extra[4 + length :]
        if kind == ZIP64:
            at = 8 if full == IN_EXTRA else 0
            return int.from_bytes(value[at : at + 8], "little") or None
    return None
