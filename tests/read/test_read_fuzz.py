"""No bytes make a reader raise or hang, whatever the reader; whole neighbours of a damaged piece are kept."""

from __future__ import annotations

import io
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

import made
from dragoman.read import read, registry
from dragoman.read.base import Options
from dragoman.read.streams import HEAD
from dragoman.schema import Article, Problem

SAMPLES: dict[str, bytes] = {
    "text": made.GRAIN.encode(),
    "jsonl": made.LINES,
    "json": made.DOCUMENT,
    "csv": made.CSV,
    "parquet": made.PARQUET,
    "newsml": made.NEWSML,
    "nitf": made.NITF,
    "ninjs": made.NINJS,
    "export": made.NEXIS.encode(),
    "rtf": made.rtf(made.FACTIVA),
    "docx": made.docx(made.FACTIVA),
    "eml": made.EML,
    "mbox": made.MBOX,
    "zip": made.ZIP,
    "tar": made.TAR,
    "warc": made.WARC,
}
OPTIONS = Options(max_chars=5_000)
EXAMPLES = settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.too_slow])


def directly(kind: str, data: bytes) -> list[Article | Problem]:
    """What a reader gives by itself, without what ``read_stream`` catches around it."""
    reader = registry.by_name(kind)
    assert reader is not None
    return list(reader.read(io.BufferedReader(io.BytesIO(data), HEAD), "-", OPTIONS))  # type: ignore[arg-type]


def is_sound(found: list[Article | Problem]) -> bool:
    return all(item.text.strip() if isinstance(item, Article) else item.message and item.stage == "read" for item in found)


damages = st.lists(
    st.tuples(st.integers(0, 2**16), st.sampled_from(["flip", "cut", "insert", "drop"]), st.binary(max_size=12)), min_size=1, max_size=6
)


def damaged(data: bytes, changes: list[tuple[int, str, bytes]]) -> bytes:
    for at, how, piece in changes:
        at %= len(data) + 1
        if how == "flip":
            data = data[:at] + piece + data[at + len(piece) :]
        elif how == "insert":
            data = data[:at] + piece + data[at:]
        else:
            data = data[:at] + (b"" if how == "cut" and at else data[at + 7 :])
    return data


def test_every_reader_is_tried() -> None:
    assert set(SAMPLES) >= set(registry.names()) - {"html", "feed"}


@pytest.mark.parametrize("kind", SAMPLES)
def test_the_samples_are_sound(kind: str) -> None:
    assert any(isinstance(item, Article) for item in directly(kind, SAMPLES[kind]))
    assert kind == registry.detected(SAMPLES[kind][:HEAD]).NAME


@pytest.mark.parametrize("kind", SAMPLES)
@EXAMPLES
@given(data=st.binary(max_size=400))
def test_any_bytes(kind: str, data: bytes) -> None:
    found = directly(kind, data)
    assert found
    assert is_sound(found)


@pytest.mark.parametrize("kind", SAMPLES)
@EXAMPLES
@given(changes=damages)
def test_any_damage(kind: str, changes: Any) -> None:
    data = damaged(SAMPLES[kind], changes)
    for reader in registry.readers():
        assert reader.looks_like(data[:HEAD]) in (True, False)
    assert is_sound(directly(kind, data))


@pytest.mark.parametrize("kind", SAMPLES)
@EXAMPLES
@given(data=st.binary(max_size=200))
def test_any_end(kind: str, data: bytes) -> None:
    """Whatever follows the beginning of a file."""
    sample = SAMPLES[kind]
    assert is_sound(directly(kind, sample[: len(sample) // 2] + data))


FIRST_AND_LAST = {
    "jsonl": (made.jsonl({"text": made.GRAIN}), made.jsonl({"text": made.GAS}), b"\n"),
    "csv": (f"id,text\n1,{made.GRAIN}\n".encode(), f"3,{made.GAS}\n".encode(), b'\n"'),
    "mbox": (
        b"From a@b Tue Mar  5 23:30:00 2024\n" + made.mail("a", made.GRAIN).as_bytes(),
        b"\n\nFrom a@b Tue Mar  5 23:30:00 2024\n" + made.mail("c", made.GAS).as_bytes(),
        b"",
    ),
    "warc": (made.WARC_RECORDS[0], b"\r\n\r\n" + made.WARC_RECORDS[2], b""),
    "newsml": (
        b"<newsMessage>" + made.newsml_item(1, f"<inlineData>{made.GRAIN}</inlineData>").encode(),
        made.newsml_item(3, f"<inlineData>{made.GAS}</inlineData>").encode() + b"</newsMessage>",
        b"<",
    ),
    "export": (
        f"Document 1 of 3\n\nA\n\nMarch 5, 2024\n\nB\n\nLENGTH: 7 words\n\n{made.GRAIN}\n\nDocument 2 of 3\n".encode(),
        f"\nDocument 3 of 3\n\nA\n\nMarch 5, 2024\n\nB\n\nLENGTH: 7 words\n\n{made.GAS}\n".encode(),
        b"",
    ),
}


@pytest.mark.parametrize("kind", FIRST_AND_LAST)
@EXAMPLES
@given(middle=st.binary(max_size=200))
def test_good_neighbours_are_kept(kind: str, middle: bytes) -> None:
    """Whatever lies between them, but for the marks by which the format itself would join it to them."""
    first, last, joining = FIRST_AND_LAST[kind]
    for byte in joining:
        middle = middle.replace(bytes([byte]), b"")
    found = directly(kind, first + middle + (b"\n" if kind in ("jsonl", "csv") else b"") + last)
    texts = [item.text.strip() for item in found if isinstance(item, Article)]
    assert texts[-1] == made.GAS
    assert made.GRAIN in texts[0]


@pytest.mark.parametrize("pack", [made.zipped, made.tarred], ids=["zip", "tar"])
@EXAMPLES
@given(middle=st.binary(max_size=300))
def test_good_members_are_kept(pack: Any, middle: bytes) -> None:
    found = list(read(["-"], stdin=io.BytesIO(pack({"a.txt": made.GRAIN.encode(), "b": middle, "c.txt": made.GAS.encode()}))))
    texts = [item.text for item in found if isinstance(item, Article)]
    assert (texts[0], texts[-1]) == (made.GRAIN, made.GAS)


@EXAMPLES
@given(
    st.lists(
        st.sampled_from(
            [
                b"{",
                b"}",
                b"\\par ",
                b"\\u-10179 ",
                b"\\u56832?",
                b"\\'e9",
                b"\\*",
                b"\\bin3 ",
                b"\\uc0 ",
                b"\\ansicpg932 ",
                b"a",
                b"\\",
                b"\\pict ",
            ]
        ),
        max_size=40,
    )
)
def test_any_rtf(pieces: list[bytes]) -> None:
    assert is_sound(directly("rtf", b"{\\rtf1 " + b"".join(pieces)))
