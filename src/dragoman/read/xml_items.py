"""In: a stream of XML with many like elements, and their name. Out: each such element as a tree, or a Problem for one that is broken.

An element is cut out of the stream and parsed alone, so that memory is bounded by one and damage stays in it. Entities are never
resolved, nothing is loaded: a document that declares entities is refused.
"""

from __future__ import annotations

import io
import re
from collections.abc import Iterator
from typing import Any

from lxml import etree

from dragoman.read.guessing import known

PROLOG = 65_536  # bytes in which the first element must begin
MAX_ITEM = 16 * 2**20  # bytes of one element; a story of 400 words has 3,000
CHUNK = 65_536
LONGEST_TAG, LONGEST_NAME = 20_300, 300  # bytes
ENCODING = re.compile(rb"<\?xml[^>]{0,200}?encoding\s*=\s*[\"']([\w.:-]{1,40})", re.IGNORECASE)
FIRST_TAG = re.compile(rb"<(?![?!])([^\s<>/]{1,200})([^<>]{0,20000}?)/?>")
NAMESPACES = re.compile(rb"xmlns(?::[\w.-]{1,100})?\s*=\s*(?:\"[^\"<&]{0,1000}\"|'[^'<&]{0,1000}')")
REFUSED = "it declares entities, which can make a small file endless; take the DTD out of it"


def first_tag(head: bytes) -> str:
    """The name of the first element, without its namespace's prefix; empty where there is none."""
    match = FIRST_TAG.search(head[:PROLOG])
    return match[1].rpartition(b":")[2].decode("ascii", "replace") if match else ""


class Broken(str):
    """What is wrong with one element, in words."""


def items(stream: io.BufferedReader, *names: str) -> Iterator[Any]:
    """The elements with one of these names, as trees or as ``Broken``; elements inside of such an element belong to it."""
    head = stream.peek(PROLOG)[:PROLOG]
    root = FIRST_TAG.search(head)
    if b"<!ENTITY" in head[: root.start() if root else PROLOG]:
        yield Broken(REFUSED)
        return
    declared = ENCODING.search(head)
    encoding = known(declared[1].decode("ascii")) if declared else None
    spaces = b" ".join(dict.fromkeys(NAMESPACES.findall(root[2]))) if root else b""
    for data in cut_out(stream, names):
        yield Broken(data) if isinstance(data, str) else parsed(data, spaces, encoding)


def parsed(data: bytes, namespaces: bytes = b"", encoding: str | None = None) -> Any:
    """The tree of one element, whose prefixes may be declared further out; ``Broken`` where it is no XML."""
    is_utf8 = encoding in (None, "utf-8") or decodes(data)
    parser = etree.XMLParser(
        resolve_entities=False, no_network=True, load_dtd=False, huge_tree=False, encoding="utf-8" if is_utf8 else encoding
    )
    # a document type without a DTD makes undeclared entities such as &nbsp; no error
    wrapped = b'<!DOCTYPE w SYSTEM "none"><w ' + namespaces + b">" + data + b"</w>"
    try:
        wrapper = etree.fromstring(wrapped, parser)
    except (etree.XMLSyntaxError, ValueError, LookupError) as error:
        return Broken(f"no well-formed XML: {str(error).splitlines()[0][:200] if str(error) else 'it ends too early'}; send for it again")
    return wrapper[0] if len(wrapper) else Broken("no element in it")


def decodes(data: bytes) -> bool:
    try:
        data.decode("utf-8")
    except UnicodeDecodeError:
        return False
    return True


def cut_out(stream: io.BufferedReader, names: tuple[str, ...]) -> Iterator[bytes | str]:
    """The bytes of each such element, or what is wrong with it."""
    either = b"|".join(name.encode() for name in names)
    opening = re.compile(rb"<((?:[\w.-]{1,100}:)?(?:" + either + rb"))(?=[\s/>])")
    buffer = b""
    while True:
        match = opening.search(buffer)
        if match is None:
            buffer = buffer[-LONGEST_NAME:]
            more = stream.read(CHUNK)
            if not more:
                return
            buffer += more
            continue
        buffer = buffer[match.start() :]
        item, buffer = to_its_end(buffer, match[1], opening, stream)
        yield item


def to_its_end(buffer: bytes, name: bytes, opening: re.Pattern[bytes], stream: io.BufferedReader) -> tuple[bytes | str, bytes]:
    """An element that begins the buffer, and what is behind it. One that a like one follows before its end is broken off there."""
    tags = re.compile(rb"<(/?)" + re.escape(name) + rb"(?=[\s/>])[^<>]{0,20000}?(/?)>")
    at = depth = 0
    while True:
        for tag in tags.finditer(buffer, at):
            at = tag.end()
            if tag[1]:
                depth -= 1
            elif not tag[2]:
                depth += 1
            if depth <= 0:
                return buffer[:at], buffer[at:]
            if depth > 1:
                return "it stops in the middle, and the next one begins; send for it again", buffer[tag.start() :]
        at = max(at, len(buffer) - LONGEST_TAG)
        more = stream.read(CHUNK) if len(buffer) <= MAX_ITEM else b""
        if not more and len(buffer) > MAX_ITEM:
            return f"longer than {MAX_ITEM:,} bytes; take pictures and the like out of it", b""
        if not more:
            return "the file ends in the middle of it; fetch it again", b""
        buffer += more
