"""In: a Word file (.docx), a database's export with many articles or one document. Out: an article or a Problem for each."""

from __future__ import annotations

import io
import zipfile
import zlib
from collections.abc import Iterator
from typing import IO, Any

from lxml import etree

from dragoman.read import exports
from dragoman.read.base import Options, problem
from dragoman.read.markup import local
from dragoman.read.streams import back_and_forth
from dragoman.read.unpacking import FREE_BYTES
from dragoman.schema import Article, Problem

NAME = "docx"
ENDINGS = (".docx",)
ZIP = b"PK\x03\x04"
PARTS = (b"word/", b"[Content_Types].xml")
BODY = "word/document.xml"


def looks_like(head: bytes) -> bool:
    return head.startswith(ZIP) and b"word/" in head and PARTS[1] in head


def read(stream: io.BufferedReader, source: str, options: Options) -> Iterator[Article | Problem]:
    try:
        with zipfile.ZipFile(back_and_forth(stream)) as packed, packed.open(BODY) as body:
            text = text_of(body)
    except KeyError:
        yield problem(source, "an Office file, but no text document; save it as .docx or plain text")
    except (zipfile.BadZipFile, zlib.error, etree.LxmlError, RuntimeError, NotImplementedError, ValueError) as error:
        yield problem(source, f"no usable Word file: {error}; save it again as .docx or plain text")
    else:
        yield from exports.articles(text, source, options)


def text_of(body: IO[bytes]) -> str:
    """The paragraphs of a document, a line each. ValueError where there is too much of it."""
    found: list[str] = []
    words: list[str] = []
    events = etree.iterparse(Limited(body), events=("end",), resolve_entities=False, no_network=True, load_dtd=False, huge_tree=False)
    for _, element in events:
        name = local(element)
        if name == "t":
            words.append(element.text or "")
        elif name in ("tab", "br", "cr"):
            words.append("\t" if name == "tab" else "\n")
        elif name == "p":
            found.append("".join(words))
            words.clear()
            forget(element)
    return "\n".join(found)


def forget(element: Any) -> None:
    """Frees what has been read of the tree."""
    element.clear()
    while element.getprevious() is not None:
        del element.getparent()[0]


class Limited:
    """A stream that refuses to grow beyond what is unpacked of any file."""

    def __init__(self, stream: IO[bytes]) -> None:
        self.stream = stream
        self.left = FREE_BYTES

    def read(self, size: int = -1) -> bytes:
        data = self.stream.read(size)
        self.left -= len(data)
        if self.left < 0:
            raise ValueError(f"its text takes more than {FREE_BYTES:,} bytes")
        return data
