"""Bad inputs, one by one: refused or passed over with a message, in bounded memory, and without a neighbour lost."""

from __future__ import annotations

import bz2
import gzip
import io
import itertools
import json
import lzma
import tracemalloc
import zipfile
import zlib
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any, BinaryIO, cast

import pytest

import made
from dragoman.read import read, registry
from dragoman.read.streams import HEAD
from dragoman.read.unpacking import FREE_BYTES
from dragoman.schema import Article, Problem

MEGABYTE = 2**20
BLANK_LINE = b" " * 4_095 + b"\n"


def found_in(data: bytes | BinaryIO, **options: Any) -> list[Article | Problem]:
    return list(read(["-"], stdin=io.BytesIO(data) if isinstance(data, bytes) else data, **options))


def texts(data: bytes | BinaryIO, **options: Any) -> list[str]:
    return [item.text for item in found_in(data, **options) if isinstance(item, Article)]


def messages(data: bytes | BinaryIO, **options: Any) -> list[str]:
    return [item.message for item in found_in(data, **options) if isinstance(item, Problem)]


@contextmanager
def memory_below(most: int) -> Iterator[None]:
    tracemalloc.start()
    try:
        yield
        _, peak = tracemalloc.get_traced_memory()
    finally:
        tracemalloc.stop()
    assert peak < most


class Repeated(io.RawIOBase):
    """A stream of one piece over and over, that lies nowhere, between a beginning and an end."""

    def __init__(self, before: bytes, piece: bytes, times: int, after: bytes) -> None:
        self.parts = itertools.chain([before], itertools.repeat(piece, times), [after])
        self.rest = b""
        self.given = 0

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: Any) -> int:
        while not self.rest:
            part = next(self.parts, None)
            if part is None:
                return 0
            self.rest = part
        part, self.rest = self.rest[: len(buffer)], self.rest[len(buffer) :]
        buffer[: len(part)] = part
        self.given += len(part)
        return len(part)


def stream(before: bytes, piece: bytes, times: int, after: bytes) -> BinaryIO:
    return cast(BinaryIO, io.BufferedReader(Repeated(before, piece, times, after)))


class TestBombs:
    @pytest.mark.parametrize("packed", [gzip.compress, bz2.compress, lzma.compress], ids=["gzip", "bzip2", "xz"])
    def test_packed_lines(self, packed: Any) -> None:
        bomb = packed(BLANK_LINE * (FREE_BYTES // 4096 + 5_000))
        with memory_below(20 * MEGABYTE):
            [message] = messages(bomb, kind="jsonl")
        assert "times its own size, as no text does" in message

    def test_packed_with_zstd(self) -> None:
        import pyarrow as pa

        bomb = pa.compress(BLANK_LINE * (FREE_BYTES // 4096 + 5_000), codec="zstd", asbytes=True)
        assert "times its own size" in messages(bomb, kind="jsonl")[0]

    @pytest.mark.parametrize("make", [made.zipped, lambda members: gzip.compress(made.tarred(members))], ids=["zip", "tar.gz"])
    def test_members_are_counted_together(self, make: Any) -> None:
        part = BLANK_LINE * (FREE_BYTES // 4096 // 4)
        bomb = make({f"{n}.jsonl": part for n in range(9)})
        with memory_below(100 * MEGABYTE):
            found = messages(bomb)
        assert "times its own size" in found[-1]
        assert len(found) < 8

    def test_what_is_packed_in_an_archive_allows_nothing_more(self) -> None:
        inner = gzip.compress(BLANK_LINE * (FREE_BYTES // 4096 // 3))
        bomb = made.zipped({f"{n}.jsonl.gz": inner for n in range(9)})
        assert "times its own size" in messages(bomb)[-1]

    def test_a_bomb_in_a_zip_leaves_what_stood_before(self) -> None:
        members = {"a.txt": made.GRAIN.encode(), "b.jsonl": BLANK_LINE * (FREE_BYTES // 4096 + 300)}
        assert texts(made.zipped(members)) == [made.GRAIN]

    def test_archives_in_archives(self) -> None:
        data = made.zipped({"a.txt": made.GRAIN.encode()})
        for depth in range(3):
            data = made.zipped({f"{depth}.zip": data})
        assert messages(data) == ["an archive in 3 others; unpack the outer ones first"]

    def test_entities(self) -> None:
        laughs = "".join(f'<!ENTITY l{n} "{f"&l{n - 1};" * 10 if n else "lol"}">' for n in range(10))
        for root, body in (
            ("nitf", "<body><body.content><p>&l9;</p></body.content></body>"),
            ("newsItem", "<contentSet>&l9;</contentSet>"),
        ):
            bomb = f'<?xml version="1.0"?><!DOCTYPE {root} [{laughs}]><{root}>{body}</{root}>'.encode()
            with memory_below(MEGABYTE):
                assert messages(bomb) == ["it declares entities, which can make a small file endless; take the DTD out of it"] * 1

    def test_entities_of_files(self) -> None:
        data = b'<!DOCTYPE nitf [<!ENTITY f SYSTEM "file:///etc/passwd">]><nitf><body><body.content><p>&f;</p></body.content></body></nitf>'
        assert "it declares entities" in messages(data)[0]

    def test_entities_in_word(self) -> None:
        laughs = "".join(f'<!ENTITY l{n} "{f"&l{n - 1};" * 10 if n else "lol"}">' for n in range(10))
        body = f'<?xml version="1.0"?><!DOCTYPE d [{laughs}]><d xmlns:w="w"><w:p><w:t>&l9;</w:t></w:p></d>'.encode()
        with memory_below(20 * MEGABYTE):
            assert texts(made.zipped({"[Content_Types].xml": b"", "word/document.xml": body}), kind="docx") == []


class TestArchives:
    @pytest.mark.parametrize("make", [made.zipped, made.tarred], ids=["zip", "tar"])
    @pytest.mark.parametrize("name", ["../../etc/a.txt", "/etc/a.txt", "a/../../b.txt", "C:\\a.txt", "..\\a.txt"])
    def test_names_that_lead_out(self, make: Any, name: str) -> None:
        data = make({name: b"harm", "b.txt": made.GRAIN.encode()})
        assert texts(data) == [made.GRAIN]
        assert messages(data) == ["its name leads out of the archive, so it is not read; ask where the archive comes from"]

    def test_a_damaged_member_costs_itself(self) -> None:
        stream = io.BytesIO()
        with zipfile.ZipFile(stream, "w") as packed:
            for name, text in zip(("a.txt", "b.txt", "c.txt"), made.TEXTS, strict=True):
                packed.writestr(name, text)
        data = stream.getvalue().replace(made.OIL.encode(), made.OIL.upper().encode())
        assert texts(data) == [made.GRAIN, made.GAS]
        assert "damaged" in messages(data)[0]

    def test_a_password(self) -> None:
        data = bytearray(made.zipped({"a.txt": b"x", "b.txt": made.GRAIN.encode()}))
        data[6] |= 1  # the flag, in the member's own header and in the directory
        data[data.index(b"PK\x01\x02") + 8] |= 1
        assert texts(bytes(data)) == [made.GRAIN]
        assert messages(bytes(data)) == ["it is packed with a password; unpack it first"]

    def test_a_zip_that_is_none(self) -> None:
        assert "no usable zip archive" in messages(made.ZIP[:20])[0]

    def test_a_damaged_header_of_tar_is_passed_over(self) -> None:
        data = bytearray(made.tarred({"a.txt": made.GRAIN.encode(), "b.txt": made.OIL.encode(), "c.txt": made.GAS.encode()}))
        data[1024:1100] = b"\xff" * 76
        assert texts(bytes(data)) == [made.GRAIN, made.GAS]

    def test_a_tar_that_is_cut_off(self) -> None:
        packed = gzip.compress(made.tarred({"a.txt": made.GRAIN.encode(), "b.txt": bytes(range(32, 127)) * 9000}))
        data = packed[: len(packed) // 2]
        assert texts(data) == [made.GRAIN]
        assert messages(data)


class TestLongAndDeep:
    @pytest.mark.parametrize(
        ("kind", "before", "piece", "after"),
        [
            ("jsonl", b'{"text": "', b"x" * 65_536, b'"}\n{"text": "after"}\n'),
            ("csv", b"id,text\n1,", b"x" * 65_536, b"\n2,after\n"),
            ("csv", b'id,text\n1,"', b"x" * 65_535 + b"\n", b"\n2,after\n"),
            (
                "newsml",
                b"<newsMessage><newsItem>",
                b"x" * 65_536,
                b"</newsItem>" + made.newsml_item(1, made.XHTML.format(text="after")).encode(),
            ),
            (
                "mbox",
                b"From a@b Tue Mar  5 23:30:00 2024\nSubject: x\n\n",
                b"x" * 65_535 + b"\n",
                b"\nFrom a@b Tue Mar  5 23:30:00 2024\n" + made.mail("x", "after").as_bytes(),
            ),
            ("warc", made.warc_record(1, "x", length=100 * MEGABYTE), b"x" * 65_536, b"\r\n\r\n" + made.warc_record(2, "after")),
        ],
        ids=["jsonl", "csv line", "csv quotation mark", "newsml", "mbox", "warc"],
    )
    def test_100_megabytes_in_one_piece(self, kind: str, before: bytes, piece: bytes, after: bytes) -> None:
        with memory_below(90 * MEGABYTE):
            found = found_in(stream(before, piece, 1_600, after), kind=kind)
        assert isinstance(found[0], Problem)
        last = found[-1]
        assert isinstance(last, Article)
        assert last.text.startswith("after")

    @pytest.mark.parametrize("kind", ["text", "json", "eml", "rtf", "export"])
    def test_a_file_that_must_be_read_whole_is_refused_in_time(self, kind: str) -> None:
        endless = Repeated({"rtf": b"{\\rtf1 ", "json": b"[\n"}.get(kind, b"x"), b"x" * 65_536, 10**9, b"")
        with memory_below(150 * MEGABYTE):
            found = found_in(cast(BinaryIO, io.BufferedReader(endless)), kind=kind)
        assert [type(item) for item in found] == [Problem]
        assert endless.given < 100 * MEGABYTE

    @pytest.mark.parametrize("opening", ["[", '{"a":'])
    def test_json_of_100_000_levels(self, opening: str) -> None:
        row = '{"text": "x", "a": ' + opening * 100_000
        for kind in ("jsonl", "json", "ninjs"):
            assert any(word in messages(row.encode(), kind=kind)[0] for word in ("nested too deeply", "no valid JSON"))

    def test_xml_of_100_000_levels(self) -> None:
        deep = "<p>" * 100_000 + "x" + "</p>" * 100_000
        data = made.newsml(made.newsml_item(1, made.XHTML.format(text=deep)), made.newsml_item(2, made.XHTML.format(text=made.OIL)))
        assert len(texts(data)) == 1
        assert "no well-formed XML" in messages(data)[0]

    def test_rtf_of_100_000_groups(self) -> None:
        assert texts(b"{\\rtf1 " + b"{" * 100_000 + made.GRAIN.encode() + b"}" * 100_000) == [made.GRAIN]


class TestCharacters:
    def test_nul_bytes(self) -> None:
        assert texts(made.jsonl({"text": "a"}) + b'{"text": "a\0b"}\n' + made.jsonl({"text": "c"})) == ["a", "c"]
        assert "binary" in messages(b"a\0b", kind="csv")[0]

    def test_lone_surrogates(self) -> None:
        row = json.dumps({"uri": "u", "type": "text", "body_text": "half \ud83d", "versioncreated": "2024-03-05"})
        data = (row + "\n").encode() + made.NINJS
        assert "half a character" in messages(data)[0]
        assert len(texts(data)) == 2

    def test_bytes_that_belong_to_no_encoding(self) -> None:
        rows = f"id,text\n1,{made.GRAIN} Zürich\n2,".encode() + b"\xff\xfe\xfd" + f"\n3,{made.OIL}\n".encode()
        assert texts(rows) == [f"{made.GRAIN} Zürich", made.OIL]


class TestDays:
    @pytest.mark.parametrize("day", ["0000-01-01", "2024-02-30", "99999-01-01", "06/07/2024", "yesterday", "1709600000"])
    def test_what_is_no_day(self, day: str) -> None:
        rows = f"id,text,date\n1,a,{day}\n2,b,2024-03-05\n".encode()
        assert texts(rows) == ["b"]
        assert "no certain date" in messages(rows)[0]

    @pytest.mark.parametrize("day", ["9999-12-31", "0001-01-01"])
    def test_the_ends_of_the_calendar(self, day: str) -> None:
        [article] = found_in(f"id,text,date\n1,a,{day}\n".encode())
        assert isinstance(article, Article)
        assert article.published == day

    @pytest.mark.parametrize(
        ("written", "day"),
        [
            ("20240305T235900-0500", "2024-03-05"),
            ("2024/03/05", "2024-03-05"),
            ("Tue, 5 Mar 2024 23:59:00 -0500", "2024-03-05"),
            ("March 5, 2024 Tuesday 11:59 PM EST", "2024-03-05"),
            ("31.12.2024", "2024-12-31"),
        ],
    )
    def test_as_they_are_written(self, written: str, day: str) -> None:
        [article] = found_in(f'id,text,date\n1,a,"{written}"\n'.encode())
        assert isinstance(article, Article)
        assert article.published == day


@pytest.mark.parametrize(
    "piece", [b"<!---->", b"<", b"<a ", b"From a ", b"a: ", b"Document 1 of ", b"{", b"\\'", b'"', b",", b"WARC/1.0\r\n", b"--x\n"]
)
def test_no_beginning_takes_long_to_tell(piece: bytes) -> None:
    """A pattern that tries all ways to read it would not come to an end."""
    head = (piece * (HEAD // len(piece)))[:HEAD]
    for reader in registry.readers():
        assert reader.looks_like(head) in (True, False)


def test_parts_in_parts() -> None:
    nested = b"".join(b"Content-Type: multipart/mixed; boundary=b%d\n\n--b%d\n" % (n, n) for n in range(900))
    data = b"Subject: x\nFrom: a@b\nDate: Tue, 5 Mar 2024 10:00:00 +0000\n" + nested + b"line\n" * 100_000
    assert "parts that have parts" in messages(data)[0]


def test_ids_twice_are_both_handed_on() -> None:
    """Which of two texts with one id is kept is for the store to say."""
    assert texts(b"id,text\n1,a\n1,b\n") == ["a", "b"]


def test_a_packed_warc_that_is_cut_off() -> None:
    data = made.WARC_GZ[:-40]
    assert texts(data) == [made.GRAIN, made.OIL]
    assert "ends too early" in messages(data)[0]


def test_a_page_that_unpacks_without_end() -> None:
    page = zlib.compress(b"x" * (40 * MEGABYTE))
    head = b"HTTP/1.1 200 OK\r\nContent-Type: text/plain\r\nContent-Encoding: deflate\r\n\r\n"
    record = made.warc_record(1, "x", length=len(head) + len(page)).partition(b"HTTP/1.1")[0] + head + page + b"\r\n\r\n"
    assert texts(record + made.WARC_RECORDS[1]) == [made.OIL]
    assert "which no article has" in messages(record)[0]


def test_a_member_of_a_zip_without_a_name_costs_nothing_else() -> None:
    data = made.zipped({"a.txt": b"Nobody came.", "b.txt": b"France condemned Iran."}).replace(b"a.txt", b"\0.txt")
    found = list(read(["-"], stdin=io.BytesIO(data)))
    assert "France condemned Iran." in [item.text for item in found if isinstance(item, Article)]
