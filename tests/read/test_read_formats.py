"""What each reader understands of a small file that was written here; expected values are those that were put in."""

from __future__ import annotations

import io
import json
from datetime import date
from typing import Any

import pytest

import made
from dragoman.errors import DragomanError
from dragoman.read import read, registry
from dragoman.read.mapping import columns_of
from dragoman.schema import Article, Problem

FIRST = "It was the first."
STAR, POST = "The Nairobi Star", "The Oslo Post"


def found_in(data: bytes | str, **options: Any) -> list[Article | Problem]:
    return list(read(["-"], stdin=io.BytesIO(data.encode() if isinstance(data, str) else data), **options))


def articles_in(data: bytes | str, **options: Any) -> list[Article]:
    found = found_in(data, **options)
    assert not [item for item in found if isinstance(item, Problem)], found
    return [item for item in found if isinstance(item, Article)]


def messages(data: bytes | str, **options: Any) -> list[str]:
    return [item.message for item in found_in(data, **options) if isinstance(item, Problem)]


def texts(data: bytes | str, **options: Any) -> list[str]:
    return [item.text for item in found_in(data, **options) if isinstance(item, Article)]


class TestMapping:
    def test_paths_and_keys(self) -> None:
        row = {"text": "old", "story": {"parts": ["", made.GRAIN], "by": "A"}, "meta": {"day": "5 March 2024"}, "n": 7}
        [article] = articles_in(made.jsonl(row), columns=columns_of(["text=story.parts.1,published=meta.day", "id=n"]))
        assert (article.id, article.text, article.published) == ("7", made.GRAIN, "2024-03-05")
        assert article.extra == {"given_text": "old", "story": {"parts": ["", made.GRAIN], "by": "A"}}

    def test_a_key_that_is_taken_leaves_the_rest(self) -> None:
        [article] = articles_in(
            made.jsonl({"story": {"body": made.GRAIN, "by": "A"}, "x": {"t": "T"}}), columns=columns_of(["text=story.body,headline=x.t"])
        )
        assert article.extra == {"story": {"by": "A"}}

    def test_what_ngec_reads(self) -> None:
        row = {
            "id": "20240305-1",
            "event_text": made.GRAIN,
            "date": "2024-03-06",
            "pub_date": "2024-03-05",
            "publisher": STAR,
            "headline": "Grain",
            "event_type": ["AID"],
        }
        [article] = articles_in(made.jsonl(row), columns=columns_of(["ngec"]))
        assert (article.id, article.text, article.published, article.publication, article.headline) == (
            "20240305-1",
            made.GRAIN,
            "2024-03-05",
            STAR,
            "Grain",
        )
        assert article.extra == {"date": "2024-03-06", "event_type": ["AID"]}

    def test_a_preset_can_be_changed(self) -> None:
        assert columns_of(["ngec,text=body"])["text"] == "body"

    @pytest.mark.parametrize("written", ["text", "=x", "body=text", "text=", "nobody"])
    def test_what_is_no_mapping(self, written: str) -> None:
        with pytest.raises(DragomanError, match="--map"):
            columns_of([written])

    def test_a_mapping_comes_before_what_looks_like_ninjs(self) -> None:
        assert texts(made.jsonl({"uri": "u", "body_html": made.GRAIN}), columns={"text": "body_html"}) == [made.GRAIN]

    def test_a_missing_key_is_named(self) -> None:
        assert messages(made.jsonl({"text": "x"}), columns={"text": "body"}) == [
            "no 'body' in it, which the mapping takes for the text (there is 'text')"
        ]


class TestDelimited:
    def test_names_are_known(self) -> None:
        first, second, third = articles_in(made.CSV)
        assert (first.id, first.headline, first.text, first.published, first.extra) == (
            "1",
            "Grain",
            made.GRAIN,
            "2024-03-05",
            {"section": "world"},
        )
        assert (second.headline, second.text, second.published) == ("Oil, again", f'{made.OIL}\nIt was the "first".', "2024-12-25")
        assert (third.published, third.source) == ("2024-11-06", "-:5")

    def test_tabs(self) -> None:
        first, second = articles_in(made.TSV)
        assert (first.published, first.url, second.published, second.url) == ("2024-03-05", "https://example.org/1", "2024-03-06", None)

    @pytest.mark.parametrize("mark", [";", "|", "\t", ","])
    def test_what_separates(self, mark: str) -> None:
        assert texts(f"id{mark}text\n1{mark}{made.GRAIN}\n") == [made.GRAIN]

    def test_columns_are_named(self) -> None:
        [article] = articles_in(f"nr,what,when\n1,{made.GRAIN},2024-03-05\n", kind="csv", columns={"text": "what", "published": "when"})
        assert (article.text, article.published, article.extra) == (made.GRAIN, "2024-03-05", {"nr": "1"})

    def test_no_header(self) -> None:
        [first, second] = articles_in(f"7,{made.GRAIN}\n8,{made.OIL}\n", kind="csv", columns={"id": "1", "text": "2"})
        assert (first.id, first.text, second.id) == ("7", made.GRAIN, "8")

    def test_no_column_for_the_text(self) -> None:
        assert messages("a,b\n1,2\n", kind="csv") == [
            "no column is known to hold the text (there are 'a', 'b'); name it, as with: --map text=a"
        ]

    def test_utf16_as_excel_writes_it(self) -> None:
        assert texts(made.TSV.decode().encode("utf-16")) == [made.GRAIN, made.OIL]

    def test_another_encoding(self) -> None:
        [article] = articles_in(f"id,text\n1,{made.GRAIN} Café in Düsseldorf.\n".encode("cp1252"))
        assert article.text == f"{made.GRAIN} Café in Düsseldorf."
        assert article.extra == {"encoding": "cp1252 (guessed)"}

    def test_a_stray_quotation_mark_costs_its_row(self) -> None:
        rows = f'id,text\n1,"He said "no" to it.\n2,{made.OIL}\n3,"{made.GAS}"\n'
        assert texts(rows) == [made.OIL, made.GAS]
        assert messages(rows) == ["a quotation mark that nothing closes; double it, or take it out"]

    def test_rows_of_another_length(self) -> None:
        assert texts(f"id,text\n1\n2,{made.OIL}\n3,a,b\n") == [made.OIL]

    def test_a_text_longer_than_the_csv_module_allows(self) -> None:
        assert texts(f"id,text\n1,{'x' * 200_000}\n") == ["x" * 200_000]


class TestParquet:
    def test_rows(self) -> None:
        found = articles_in(made.PARQUET)
        assert [(a.id, a.text, a.published) for a in found] == [
            ("1", made.GRAIN, "2024-03-05"),
            ("2", made.OIL, None),
            ("3", made.GAS, "2024-03-07"),
        ]

    def test_types(self) -> None:
        data = made.parquet_file(text=[made.GRAIN], published=[date(2024, 3, 5)], meta=[{"a": [1.5, None], "b": b"x"}])
        [article] = articles_in(data)
        assert (article.published, article.extra) == ("2024-03-05", {"meta": {"a": [1.5, None], "b": "x"}})

    def test_nested_text(self) -> None:
        data = made.parquet_file(story=[{"body": made.GRAIN, "n": 1}])
        [article] = articles_in(data, columns={"text": "story.body"})
        assert (article.text, article.extra) == (made.GRAIN, {"story": {"n": 1}})

    def test_a_column_that_is_not_there(self) -> None:
        assert messages(made.PARQUET, columns={"text": "story"}) == [
            "no column 'story', which --map names for the text; there are 'id', 'body', 'date'"
        ]

    def test_packed(self) -> None:
        import gzip

        assert texts(gzip.compress(made.PARQUET)) == list(made.TEXTS)


class TestNews:
    def test_newsml(self) -> None:
        first, second, third = articles_in(made.NEWSML)
        assert (first.id, first.headline, first.published, first.publication, first.language) == (
            "urn:x:1",
            "Story 1",
            "2024-03-01",
            "Nairobi Wire",
            "en",
        )
        assert first.text == f"{made.GRAIN}\n\n{FIRST}"
        assert first.extra == {"slugline": "grain-1", "version": "2"}
        assert second.text == f"OSLO — {made.OIL}"
        assert third.text == made.GAS

    def test_what_was_withdrawn(self) -> None:
        data = made.newsml(
            made.newsml_item(1, made.XHTML.format(text="x"), status="canceled"), made.newsml_item(2, made.XHTML.format(text=made.OIL))
        )
        assert messages(data) == ["the item was cancelled by its sender (canceled), so it is not coded"]
        assert len(texts(data)) == 1

    def test_a_broken_item_costs_itself(self) -> None:
        items = [made.newsml_item(n, made.XHTML.format(text=text)) for n, text in enumerate(made.TEXTS, 1)]
        for broken in (items[1].replace("</p>", "</q>"), items[1].removesuffix("</newsItem>\n"), items[1].replace("<p>", "<p")):
            data = made.newsml(items[0], broken, items[2])
            assert texts(data) == [f"{made.GRAIN}\n\n{FIRST}", f"{made.GAS}\n\n{FIRST}"]
            assert len(messages(data)) == 1

    def test_nitf(self) -> None:
        [article] = articles_in(made.NITF)
        assert (article.id, article.headline, article.published, article.publication) == ("wire-7", "Grain for Somalia", "2024-03-05", STAR)
        assert article.text == f"NAIROBI, Kenya — {made.GRAIN}\n\nCafés closed early."
        assert (article.dateline, article.extra) == ("NAIROBI, Kenya", {"byline": "By A. Writer"})

    def test_ninjs_of_both_generations(self) -> None:
        one, two = articles_in(made.NINJS)
        assert (one.id, one.headline, one.published, one.publication, one.url) == (
            "https://example.org/1",
            "Grain",
            "2024-03-05",
            "Nairobi Wire",
            "https://example.org/1",
        )
        assert one.text == f"{made.GRAIN}\n\n{FIRST}"
        assert (two.id, two.headline, two.published, two.text, two.url) == ("urn:x:2", "Oil for Brazil", "2024-03-06", made.OIL, None)

    def test_ninjs_as_one_document(self) -> None:
        assert [a.id for a in articles_in(json.dumps([made.NINJS_1, made.NINJS_2], indent=1))] == ["https://example.org/1", "urn:x:2"]

    def test_ninjs_of_pictures_and_what_was_withdrawn(self) -> None:
        rows = made.jsonl(
            {**made.NINJS_1, "type": "picture"}, {**made.NINJS_1, "pubstatus": "canceled"}, {**made.NINJS_1, "body_xhtml": ""}, made.NINJS_2
        )
        assert texts(rows) == [made.OIL]
        assert [message.split(" ")[0] for message in messages(rows)] == ["its", "no"]


class TestExports:
    @pytest.mark.parametrize("packed", [str.encode, made.rtf, made.docx, made.html], ids=["text", "rtf", "docx", "html"])
    @pytest.mark.parametrize("export", [made.NEXIS, made.ACADEMIC, made.FACTIVA], ids=["nexis", "academic", "factiva"])
    def test_articles_are_told_apart(self, export: str, packed: Any) -> None:
        one, two = articles_in(packed(export))
        assert (one.headline, one.published, one.publication) == ("Grain for Somalia", "2024-03-05", STAR)
        assert (two.headline, two.published, two.publication) == ("Oil for Brazil", "2024-03-07", POST)
        assert one.text.removeprefix("NAIROBI — ").split() == f"{made.GRAIN} {FIRST}".split()
        assert two.text == made.OIL

    def test_the_number_in_the_database(self) -> None:
        assert [a.id for a in articles_in(made.FACTIVA)] == ["NBSTAR0020240305ek3500001", "OPOST00020240307xx"]

    @pytest.mark.parametrize("packed", [str.encode, made.rtf, made.html], ids=["text", "rtf", "html"])
    def test_fields_with_two_letters(self, packed: Any) -> None:
        [article] = articles_in(packed(made.CODED))
        assert (article.headline, article.published, article.publication, article.language) == (
            "Grain for Somalia",
            "2024-03-05",
            STAR,
            "en",
        )
        assert article.text == f"{made.GRAIN}\n\n{FIRST}"

    def test_a_day_that_cannot_be_read_costs_its_article(self) -> None:
        broken = made.CODED.replace("5 March 2024", "some day")
        assert "which is no certain date" in messages(broken + made.FACTIVA)[0]
        assert len(texts(broken + made.FACTIVA)) == 2

    @pytest.mark.parametrize("packed", [made.rtf, made.docx], ids=["rtf", "docx"])
    def test_a_document_is_one_article(self, packed: Any) -> None:
        [article] = articles_in(packed(f"{made.GRAIN}\nŁódź – “x” 😀 {{}}"))
        assert article.text == f"{made.GRAIN}\nŁódź – “x” 😀 {{}}"

    def test_code_pages_of_rtf(self) -> None:
        data = (
            rb"{\rtf1\ansi\ansicpg1251 \'cc\'ee\'f1\'ea\'e2\'e0\par {\field{\*\fldinst HYPERLINK x}{\fldrslt link}} {\pict\bin5 }}{}}}end}"
        )
        assert texts(data) == ["Москва\nlink end"]

    def test_html_that_is_no_export(self) -> None:
        assert "HTML" in messages(b"<html><body><p>x</p></body></html>", kind="export")[0]


class TestMail:
    def test_one(self) -> None:
        [article] = articles_in(made.EML)
        assert (article.id, article.headline, article.published) == ("1@example.org", "Grain – for Somalia", "2024-03-05")
        assert article.text == f"{made.GRAIN}\n\nCafés closed.\n"
        assert article.extra == {"from": "Nairobi Wire <desk@example.org>"}

    def test_many(self) -> None:
        assert [(a.headline, a.text.strip(), a.source) for a in articles_in(made.MBOX)] == [
            (f"Story {n}", text, f"-[{n}]") for n, text in enumerate(made.TEXTS, 1)
        ]

    def test_a_line_that_begins_with_from(self) -> None:
        message = made.mail("x", f"{made.GRAIN}\n\nFrom here to there.\n").as_bytes(unixfrom=False)
        assert texts(b"From a@b Tue Mar  5 23:30:00 2024\n" + message)[0].split("\n")[2].lstrip(">") == "From here to there."

    def test_the_text_comes_before_html(self) -> None:
        message = made.mail("x", made.GRAIN)
        message.add_alternative("<p>no</p>", subtype="html")
        message.add_attachment(b"%PDF", maintype="application", subtype="pdf", filename="a.pdf")
        assert [text.strip() for text in texts(message.as_bytes())] == [made.GRAIN]

    def test_html_alone_goes_to_the_reader_of_html(self) -> None:
        text = " ".join(made.TEXTS)
        [found] = found_in(made.html_only("Grain", text).as_bytes())
        if registry.by_name("html") is None:
            assert isinstance(found, Problem)
            assert "HTML" in found.message
        else:
            assert isinstance(found, Article)
            assert (found.text, found.headline, found.published, found.id) == (text, "Grain", "2024-03-05", "9@example.org")

    def test_a_date_that_is_none_costs_the_mail(self) -> None:
        broken = made.MBOX.replace(b"Date: Tue, 05 Mar 2024 23:30:00 -0500", b"Date: Tue, 35 Mar 2024", 1)
        assert len(texts(broken)) == 2
        assert "'Date' is 'Tue, 35 Mar 2024'" in messages(broken)[0]

    def test_no_text(self) -> None:
        message = made.mail("x", " ")
        assert messages(message.as_bytes()) == ["no text in this e-mail; save what is attached and read that"]


class TestArchives:
    @pytest.mark.parametrize("data", [made.ZIP, made.TAR, *(made.tarred(made.MEMBERS, f"w:{packer}") for packer in ("gz", "bz2", "xz"))])
    def test_members(self, data: bytes) -> None:
        found = articles_in(data)
        assert [a.source for a in found] == ["-!a.txt", "-!wire/b.jsonl:1", "-!wire/c.csv:2", "-!wire/c.csv:3", "-!wire/c.csv:5"]
        assert [a.kind for a in found] == ["text", "jsonl", "csv", "csv", "csv"]

    def test_zstd(self) -> None:
        import pyarrow as pa

        assert len(texts(pa.compress(made.TAR, codec="zstd", asbytes=True))) == 5

    def test_archives_in_archives(self) -> None:
        assert [
            a.source for a in articles_in(made.zipped({"year.tar": made.tarred({"day.zip": made.zipped({"a.txt": made.GRAIN.encode()})})}))
        ] == ["-!year.tar!day.zip!a.txt"]

    def test_the_kind_is_that_of_the_members(self) -> None:
        assert texts(made.zipped({"a.txt": b'{"text": "x"}'}), kind="jsonl") == ["x"]

    def test_what_is_passed_over(self) -> None:
        members = {
            "__MACOSX/a.txt": b"x",
            ".hidden/b.txt": b"x",
            "c.jpg": b"\xff\xd8",
            "d.txt": made.GRAIN.encode(),
            "README": made.OIL.encode(),
        }
        assert texts(made.zipped(members)) == [made.GRAIN, made.OIL]

    def test_nothing_to_read(self) -> None:
        assert "no articles in this archive" in messages(made.zipped({"a.jpg": b"x"}))[0]
        assert "no articles in this archive" in messages(made.tarred({"a.jpg": b"x"}))[0]


class TestWarc:
    @pytest.mark.parametrize("data", [made.WARC, made.WARC_GZ], ids=["plain", "gz"])
    def test_pages(self, data: bytes) -> None:
        found = articles_in(data)
        assert [(a.text, a.url) for a in found] == [(text, f"https://example.org/{n}") for n, text in enumerate(made.TEXTS, 1)]
        assert found[0].published is None
        assert found[0].extra == {"crawled": "2024-03-05T00:00:00Z"}

    def test_what_is_passed_over(self) -> None:
        others = [
            made.warc_record(4, "x", kind="image/png"),
            made.warc_record(5, "x", status="404 Not Found"),
            made.warc_record(6, "x", record="request"),
        ]
        assert texts(b"".join([others[0], made.WARC_RECORDS[0], *others[1:]])) == [made.GRAIN]

    def test_html_goes_to_the_reader_of_html(self) -> None:
        [found] = found_in(made.warc_record(1, f"<html><body><p>{' '.join(made.TEXTS)}</p></body></html>", kind="text/html"))
        if registry.by_name("html") is None:
            assert isinstance(found, Problem)
            assert "HTML" in found.message
        else:
            assert isinstance(found, Article)
            assert (found.text, found.url) == (" ".join(made.TEXTS), "https://example.org/1")

    @pytest.mark.parametrize(
        "broken",
        [
            made.warc_record(2, "x", length=10_000),
            made.warc_record(2, "x" * 500, length=80),
            made.warc_record(2, "x").replace(b"Content-Length: ", b"Content-Lengthy: "),
            made.warc_record(2, "x")[:-30],
            b"some bytes\r\n\r\nwithout a record",
        ],
        ids=["too long", "too short", "no length", "cut off", "junk"],
    )
    def test_a_broken_record_costs_itself(self, broken: bytes) -> None:
        data = made.WARC_RECORDS[0] + broken + b"\r\n\r\n" + made.WARC_RECORDS[2]
        assert texts(data) == [made.GRAIN, made.GAS]
        assert len(messages(data)) == 1

    def test_a_broken_part_of_a_packed_file_costs_itself(self) -> None:
        import gzip

        damaged = bytearray(gzip.compress(made.WARC_RECORDS[1], mtime=0))
        damaged[60] ^= 0xFF
        for middle in (bytes(damaged), gzip.compress(made.WARC_RECORDS[1])[:100]):
            data = gzip.compress(made.WARC_RECORDS[0]) + middle + gzip.compress(made.WARC_RECORDS[2])
            assert texts(data) == [made.GRAIN, made.GAS]
            assert len(messages(data)) == 1
