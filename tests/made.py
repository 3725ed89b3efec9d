"""Small files of every format, written here: what each reader's tests read, and what the fuzz tests damage."""

from __future__ import annotations

import gzip
import io
import json
import tarfile
import zipfile
from email.message import EmailMessage

import pyarrow as pa
from pyarrow import parquet

GRAIN = "Kenya sent grain to Somalia on Tuesday."
OIL = "Norway signed an oil agreement with Brazil."
GAS = "Poland accused Belarus of closing the border."
TEXTS = (GRAIN, OIL, GAS)


def jsonl(*rows: object) -> bytes:
    return "".join(json.dumps(row) + "\n" for row in rows).encode()


LINES = jsonl({"id": "a", "text": GRAIN}, {"id": "b", "text": OIL}, {"id": "c", "text": GAS})
DOCUMENT = json.dumps([{"id": "a", "text": GRAIN}, {"id": "b", "text": OIL}], indent=1).encode()
CSV = f"""id,Title,Body,Date,section
1,Grain,"{GRAIN}",2024-03-05,world
2,"Oil, again","{OIL}
It was the ""first"".",25/12/2024,
3,Gas,{GAS},Nov 6 2024,world
""".encode()
TSV = f"Text\tdate\turl\n{GRAIN}\t20240305\thttps://example.org/1\n{OIL}\t2024-03-06T10:00:00Z\t\n".encode()


def parquet_file(**columns: list[object]) -> bytes:
    stream = io.BytesIO()
    parquet.write_table(pa.table(columns), stream, row_group_size=1)
    return stream.getvalue()


PARQUET = parquet_file(id=[1, 2, 3], body=[GRAIN, OIL, GAS], date=["2024-03-05", None, "2024-03-07"])

NEWSML_ITEM = """<newsItem guid="urn:x:{n}" version="2" xml:lang="en-GB">
<itemMeta><itemClass qcode="ninat:{kind}"/><provider qcode="nprov:NBO"><name>Nairobi Wire</name></provider>
<versionCreated>2024-03-0{n}T22:30:00+03:00</versionCreated><pubStatus qcode="stat:{status}"/></itemMeta>
<contentMeta><headline>Story {n}</headline><slugline>grain-{n}</slugline><language tag="en"/></contentMeta>
<contentSet>{content}</contentSet></newsItem>
"""
XHTML = '<inlineXML contenttype="application/xhtml+xml"><html xmlns="http://www.w3.org/1999/xhtml"><head><title>no text</title></head>'
XHTML += "<body><p>{text}</p><p>It was&#160;the <b>first</b>.</p><script>no()</script></body></html></inlineXML>"
NITF_BODY = "<nitf><body><body.head><hedline><hl1>Inner</hl1></hedline><dateline>OSLO</dateline></body.head>"
NITF_BODY += "<body.content><p>{text}</p></body.content></body></nitf>"


def newsml_item(n: int, content: str, kind: str = "text", status: str = "usable") -> str:
    return NEWSML_ITEM.format(n=n, content=content, kind=kind, status=status)


def newsml(*items: str) -> bytes:
    root = '<newsMessage xmlns="http://iptc.org/std/nar/2006-10-01/" xmlns:x="urn:x">'
    root += "<header><sent>2024-03-09T00:00:00Z</sent></header><itemSet>"
    return ('<?xml version="1.0" encoding="UTF-8"?>\n' + root + "".join(items) + "</itemSet></newsMessage>").encode()


NEWSML = newsml(
    newsml_item(1, XHTML.format(text=GRAIN)),
    newsml_item(2, '<remoteContent href="a.jpg"/>', kind="picture"),
    newsml_item(3, f'<inlineXML contenttype="application/nitf+xml">{NITF_BODY.format(text=OIL)}</inlineXML>'),
    newsml_item(4, f'<inlineData contenttype="text/plain">{GAS}</inlineData>'),
)
NITF = f"""<?xml version="1.0" encoding="ISO-8859-1"?>
<!DOCTYPE nitf SYSTEM "nitf-3-4.dtd">
<nitf><head><title>The title</title><docdata><doc-id id-string="wire-7"/><date.issue norm="20240305T120000Z"/></docdata>
<pubdata name="The Nairobi Star"/></head>
<body><body.head><hedline><hl1>Grain for\n Somalia</hl1></hedline><byline>By A. Writer</byline>
<dateline><location>NAIROBI, Kenya</location></dateline></body.head>
<body.content><block><p>{GRAIN}</p><p>Caf\xe9s closed&nbsp;early.</p></block>
<media><caption>no text</caption></media></body.content></body></nitf>
""".encode("latin-1")
NINJS_1 = {
    "uri": "https://example.org/1",
    "type": "text",
    "language": "en",
    "versioncreated": "2024-03-05T10:00:00Z",
    "headline": "Grain",
    "provider": "Nairobi Wire",
    "body_xhtml": f"<p>{GRAIN}</p><p>It was the first.</p>",
}
NINJS_2 = {
    "uri": "urn:x:2",
    "standard": {"name": "ninjs", "version": "2.1"},
    "firstcreated": "2024-03-06T10:00:00Z",
    "headlines": [{"role": "short", "value": "Oil"}, {"role": "main", "value": "Oil for Brazil"}],
    "bodies": [
        {"role": "main", "contenttype": "text/html", "value": f"<p>{OIL}</p>"},
        {"role": "main", "contenttype": "text/plain", "value": OIL},
    ],
}
NINJS = jsonl(NINJS_1, NINJS_2)


def mail(subject: str, text: str, date: str = "Tue, 05 Mar 2024 23:30:00 -0500", number: int = 1) -> EmailMessage:
    message = EmailMessage()
    message["From"] = "Nairobi Wire <desk@example.org>"
    message["Subject"] = subject
    message["Date"] = date
    message["Message-ID"] = f"<{number}@example.org>"
    message.set_content(text)
    return message


def html_only(subject: str, text: str) -> EmailMessage:
    message = mail(subject, "x", number=9)
    message.set_content(f"<html><body><p>{text}</p></body></html>", subtype="html")
    return message


EML = mail("Grain – for Somalia", GRAIN + "\n\nCafés closed.\n").as_bytes()
MBOX = b"".join(
    b"From desk@example.org Tue Mar  5 23:30:00 2024\n" + mail(f"Story {n}", text + "\n", number=n).as_bytes() + b"\n"
    for n, text in enumerate(TEXTS, 1)
)

NEXIS = f"""User Name: somebody
Documents (2)
1. Grain for Somalia
   Client/Matter: -None-

Grain for Somalia

The Nairobi Star

March 5, 2024 Tuesday

Copyright 2024 The Nairobi Star All Rights Reserved

Section: NEWS; Pg. 5
Length: 512 words
Byline: A. Writer
Dateline: NAIROBI

Body

{GRAIN}

It was the first.

Load-Date: March 6, 2024

End of Document

Oil for Brazil

The Oslo Post
Thursday 7 March 2024
Copyright 2024 The Oslo Post

Length: 12 words

Body

{OIL}

Graphic

A picture.

Load-Date: March 8, 2024

End of Document
"""
ACADEMIC = f"""
                               1 of 2 DOCUMENTS

                              The Nairobi Star

                            March 5, 2024 Tuesday

Grain for Somalia

BYLINE: By A. Writer

SECTION: NEWS; Pg. 5

LENGTH: 512 words

{GRAIN}

It was the first.

LOAD-DATE: March 6, 2024

LANGUAGE: ENGLISH

                               Document 2 of 2

                              The Oslo Post

                            March 7, 2024

Oil for Brazil

LENGTH: 12 words

{OIL}

LOAD-DATE: March 8, 2024
"""
FACTIVA = f"""Grain for Somalia
By A. Writer
512 words
5 March 2024
10:15
The Nairobi Star
NBSTAR
English
(c) 2024 The Nairobi Star

{GRAIN}

It was the first.

Document NBSTAR0020240305ek3500001

Oil for Brazil
12 words
7 March 2024
The Oslo Post
OPOST
English
Copyright 2024 The Oslo Post

{OIL}

Document OPOST00020240307xx
"""
CODED = f"""HD
Grain for Somalia
WC
512 words
PD
5 March 2024
SN
The Nairobi Star
LA
English
LP
{GRAIN}
TD
It was the first.
AN
Document NBSTAR0020240305ek3500001
"""


def rtf(text: str) -> bytes:
    """A text as word processors write it, with what is no text around it."""
    units = [int.from_bytes(pair, "little") for pair in batched(text.encode("utf-16-le"))]
    body = "".join(f"\\u{unit}?" if unit > 127 else f"\\{chr(unit)}" if chr(unit) in "\\{}" else chr(unit) for unit in units)
    head = r"{\rtf1\ansi\ansicpg1252\deff0{\fonttbl{\f0 Times;}}{\info{\title Not this}}{\*\generator Not this;}"
    return (head + "\\pard " + body.replace("\n", "\\par\r\n") + "}").encode()


def batched(data: bytes) -> list[bytes]:
    return [data[at : at + 2] for at in range(0, len(data), 2)]


def docx(text: str) -> bytes:
    space = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
    lines = "".join(f"<w:p><w:r><w:t>{line}</w:t></w:r></w:p>" for line in text.split("\n"))
    return zipped(
        {
            "[Content_Types].xml": b"<Types/>",
            "word/document.xml": f'<?xml version="1.0"?><w:document xmlns:w="{space}"><w:body>{lines}</w:body></w:document>'.encode(),
        }
    )


def html(text: str) -> bytes:
    lines = "".join(f"<p>{line}</p>\n" for line in text.split("\n") if line)
    return f"<!DOCTYPE html><html><head><title>no</title></head><body>{lines}</body></html>".encode()


def zipped(members: dict[str, bytes]) -> bytes:
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as packed:
        for name, data in members.items():
            packed.writestr(name, data)
    return stream.getvalue()


def tarred(members: dict[str, bytes], mode: str = "w") -> bytes:
    stream = io.BytesIO()
    with tarfile.open(fileobj=stream, mode=mode) as packed:  # type: ignore[call-overload]
        for name, data in members.items():
            info = tarfile.TarInfo(name)
            info.size = len(data)
            packed.addfile(info, io.BytesIO(data))
    return stream.getvalue()


MEMBERS = {"a.txt": GRAIN.encode(), "wire/b.jsonl": jsonl({"id": "b", "text": OIL}), "wire/c.csv": CSV}
ZIP = zipped(MEMBERS)
TAR = tarred(MEMBERS)


def warc_record(
    n: int, text: str, kind: str = "text/plain", status: str = "200 OK", record: str = "response", length: int | None = None
) -> bytes:
    payload = text.encode()
    block = f"HTTP/1.1 {status}\r\nContent-Type: {kind}; charset=utf-8\r\nContent-Length: {len(payload)}\r\n\r\n".encode() + payload
    head = f"WARC/1.0\r\nWARC-Type: {record}\r\nWARC-Target-URI: https://example.org/{n}\r\nWARC-Date: 2024-03-05T00:00:00Z\r\n"
    head += f"WARC-Record-ID: <urn:uuid:{n}>\r\nContent-Type: application/http; msgtype={record}\r\n"
    return f"{head}Content-Length: {len(block) if length is None else length}\r\n\r\n".encode() + block + b"\r\n\r\n"


WARC_RECORDS = [warc_record(n, text) for n, text in enumerate(TEXTS, 1)]
WARC = b"".join(WARC_RECORDS)
WARC_GZ = b"".join(gzip.compress(record, mtime=0) for record in WARC_RECORDS)
