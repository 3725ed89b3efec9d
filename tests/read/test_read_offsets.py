"""At which byte an item begins: what stands there in the unpacked content is the item."""

from __future__ import annotations

import codecs
import gzip
import io

import pytest

import made
from dragoman.read import read
from dragoman.read.base import Spot

LONG = b'{"text": "' + b"x" * 400_000 + b'"}\n'  # longer than a line may be with the 1,000 characters that are allowed here
TABLE = f'id,text\n1,"{made.GRAIN}\n\n{made.OIL}"\n2,{made.GAS}\n3,"a stray {made.OIL}\n4,{made.GRAIN}\n'.encode()
CASES = {  # content, and how each item in it begins
    "lines": (b"\n" + made.LINES, [b'{"id": "a"', b'{"id": "b"', b'{"id": "c"']),
    "a broken line": (b'{"text": "One."}\n{broken\n{"text": "Two."}\n', [b'{"text": "One', b"{broken", b'{"text": "Two']),
    "a long line": (LONG + made.LINES, [LONG[:20], b'{"id": "a"', b'{"id": "b"', b'{"id": "c"']),
    "a mark": (codecs.BOM_UTF8 + made.LINES, [b'{"id": "a"', b'{"id": "b"', b'{"id": "c"']),
    "a table": (TABLE, [b'1,"Kenya', b"2,Poland", b'3,"a stray', b"4,Kenya"]),
    "e-mails": (made.MBOX, [b"From "] * made.MBOX.count(b"\nSubject:")),
    "pages": (made.WARC, [b"WARC/1.0"] * 3),
    "a broken record": (made.WARC_RECORDS[0] + b"junk\n" + made.WARC_RECORDS[1], [b"WARC/1.0", b"junk", b"WARC/1.0"]),
    "a text": (made.GRAIN.encode(), [b"Kenya"]),
}


def offsets(data: bytes) -> list[int | None]:
    spot = Spot()
    return [spot.take() for _ in read(["-"], stdin=io.BytesIO(data), spot=spot, max_chars=1_000)]


@pytest.mark.parametrize("case", CASES)
@pytest.mark.parametrize("is_packed", [False, True])
def test_an_item_begins_where_it_is_said_to(case: str, is_packed: bool) -> None:
    content, beginnings = CASES[case]
    found = offsets(gzip.compress(content) if is_packed else content)
    assert None not in found
    assert len(set(found)) == len(beginnings)
    assert [content[offset : offset + len(start)] for offset, start in zip(found, beginnings, strict=True)] == beginnings


def test_where_nobody_knows() -> None:
    assert offsets(made.DOCUMENT) == [None, None]
    assert offsets(made.GRAIN.encode("utf-16")) == [None]


def test_in_an_archive_a_member_begins_anew() -> None:
    assert offsets(made.zipped({"a.jsonl": made.LINES, "b.txt": made.GRAIN.encode(), "c.jsonl": made.LINES})) == [
        *(starts := [0, made.LINES.index(b'{"id": "b"'), made.LINES.index(b'{"id": "c"')]),
        0,
        *starts,
    ]


def test_behind_a_damage_nobody_knows() -> None:
    whole = made.WARC_GZ
    second = gzip.compress(made.WARC_RECORDS[1], mtime=0)
    at = whole.index(second) + len(second) // 2
    found = offsets(whole[:at] + bytes(byte ^ 0xFF for byte in whole[at : at + 20]) + whole[at + 20 :])
    assert found[0] == 0
    assert found[-1] is None
