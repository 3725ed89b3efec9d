"""Zip archives that were cut off, and so have lost their directory: what is there of them is read, in bounded memory."""

from __future__ import annotations

import io
import tracemalloc
import zipfile
from typing import Any

import pytest

import made
from dragoman.read import read
from dragoman.schema import Article

DIRECTORY = b"PK\x01\x02"
NAMES = ("a.txt", "wire/b.txt", "ça.txt")
WAYS = [zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED, zipfile.ZIP_BZIP2]


class Forwards(io.BytesIO):
    """A stream in which nobody goes back, so that sizes are told behind the members."""

    def seekable(self) -> bool:
        return False

    def tell(self) -> int:
        raise OSError("nobody knows")


def archive(way: int, into: io.BytesIO | None = None, is_large: bool = False, texts: tuple[str, ...] = made.TEXTS) -> bytes:
    stream = into or io.BytesIO()
    with zipfile.ZipFile(stream, "w", way) as packed:
        for name, text in zip(NAMES, texts, strict=True):
            with packed.open(zipfile.ZipInfo(name) if way == zipfile.ZIP_STORED else named(name, way), "w", force_zip64=is_large) as member:
                member.write(text.encode())
    return stream.getvalue()


def named(name: str, way: int) -> zipfile.ZipInfo:
    info = zipfile.ZipInfo(name)
    info.compress_type = way
    return info


def found_in(data: bytes, **options: Any) -> tuple[list[tuple[str | None, str]], list[str]]:
    """Sources and texts, and what was wrong."""
    items = list(read(["-"], stdin=io.BytesIO(data), **options))
    good = [(item.source, item.text) for item in items if isinstance(item, Article)]
    return good, [item.message for item in items if not isinstance(item, Article)]


ALL = list(zip((f"-!{name}" for name in NAMES), made.TEXTS, strict=True))


@pytest.mark.parametrize("is_large", [False, True])
@pytest.mark.parametrize("way", WAYS)
def test_only_the_directory_is_gone(way: int, is_large: bool) -> None:
    data = archive(way, is_large=is_large)
    good, wrong = found_in(data[: data.index(DIRECTORY) + 9])
    assert good == ALL
    assert len(wrong) == 1
    assert "its directory is lost" in wrong[0]


@pytest.mark.parametrize("way", WAYS[1:])
def test_sizes_that_are_told_behind(way: int) -> None:
    data = archive(way, Forwards())
    assert data[6] & 8
    good, wrong = found_in(data[: data.index(DIRECTORY)])
    assert good == ALL
    assert len(wrong) == 1


def test_what_is_not_packed_and_does_not_say_how_long_it_is() -> None:
    data = archive(zipfile.ZIP_STORED, Forwards())
    good, wrong = found_in(data[: data.index(DIRECTORY)])
    assert good == []
    assert ["cannot be unpacked without" in message for message in wrong] == [True, True, True, False]


@pytest.mark.parametrize("way", WAYS)
def test_the_member_that_is_cut_is_a_problem(way: int) -> None:
    data = archive(way)
    good, wrong = found_in(data[: data.rindex(b"PK\x03\x04") + 50])
    assert good == ALL[:2]
    assert "ends too early" in wrong[0]
    assert "its directory is lost" in wrong[1]


@pytest.mark.parametrize("cut", range(25))
def test_wherever_it_is_cut_nothing_is_made_up(cut: int) -> None:
    data = archive(zipfile.ZIP_DEFLATED)
    good, wrong = found_in(data[: 4 + cut * (len(data) - 5) // 25])
    assert good == ALL[: len(good)]
    assert wrong


def test_a_damaged_member_costs_itself() -> None:
    data = archive(zipfile.ZIP_STORED).replace(made.OIL.encode(), made.OIL.upper().encode())
    good, wrong = found_in(data[: data.index(DIRECTORY)])
    assert good == [ALL[0], ALL[2]]
    assert "damaged" in wrong[0]


def test_a_damaged_header_costs_its_member() -> None:
    data = bytearray(archive(zipfile.ZIP_DEFLATED))
    at = data.index(b"PK\x03\x04", 10)
    data[at : at + 4] = b"XXXX"
    assert found_in(bytes(data[: data.index(DIRECTORY)]))[0] == [ALL[0], ALL[2]]


def test_names_and_passwords() -> None:
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w") as packed:
        for name in ("../../etc/a.txt", "secret.txt", ".hidden.txt", "folder/", "picture.jpg", "b.txt"):
            packed.writestr(name, "" if name.endswith("/") else made.GRAIN)
    data = bytearray(stream.getvalue())
    data[data.index(b"secret.txt") - 24] |= 1
    good, wrong = found_in(bytes(data[: data.index(DIRECTORY)]))
    assert good == [("-!b.txt", made.GRAIN)]
    assert ["leads out" in wrong[0], "password" in wrong[1], "directory" in wrong[2]] == [True, True, True]


def test_archives_in_it() -> None:
    inner = archive(zipfile.ZIP_DEFLATED)
    data = made.zipped({"day.zip": inner, "b.txt": made.GRAIN.encode()})
    good, _ = found_in(data[: data.rindex(DIRECTORY)])
    assert good == [*((f"-!day.zip{source[1:]}", text) for source, text in ALL if source), ("-!b.txt", made.GRAIN)]


def test_memory_is_bounded_and_bombs_are_refused() -> None:
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as packed:
        for number in range(3):
            packed.writestr(f"{number}.jsonl", (b" " * 4_095 + b"\n") * 10_000)
    data = stream.getvalue()
    tracemalloc.start()
    try:
        _, wrong = found_in(data[: data.index(DIRECTORY)], kind="jsonl")
        _, peak = tracemalloc.get_traced_memory()
    finally:
        tracemalloc.stop()
    assert "times its own size" in wrong[-1]
    assert peak < 16 * 2**20
