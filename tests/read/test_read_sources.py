"""Good and bad inputs: each costs at most one article, and says what is wrong and where."""

from __future__ import annotations

import gzip
import io
import json
import os
import tracemalloc
from collections.abc import Callable
from pathlib import Path

import pytest

from dragoman.read import read, total_bytes
from dragoman.schema import Article, Problem, article_id_of

STORY = "Kenya sent grain to Somalia on Monday.\n"


def articles_of(*sources: object, **options: object) -> list[Article]:
    found = list(read([str(s) for s in sources], **options))  # type: ignore[arg-type]
    assert not [f for f in found if isinstance(f, Problem)], found
    return [f for f in found if isinstance(f, Article)]


def problem_of(*sources: object, **options: object) -> Problem:
    [found] = read([str(s) for s in sources], **options)  # type: ignore[arg-type]
    assert isinstance(found, Problem)
    assert found.stage == "read"
    return found


@pytest.fixture
def file(tmp_path: Path) -> Callable[[str, bytes | str], Path]:
    def written(name: str, content: bytes | str) -> Path:
        path = tmp_path / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(content if isinstance(content, bytes) else content.encode())
        return path

    return written


File = Callable[[str, "bytes | str"], Path]


def lines(*objects: object) -> str:
    return "".join((o if isinstance(o, str) else json.dumps(o)) + "\n" for o in objects)


class TestText:
    def test_one_file_is_one_article(self, file: File) -> None:
        [article] = articles_of(file("a.txt", STORY))
        assert article.text == STORY
        assert article.id == article_id_of(STORY)
        assert article.published is None
        assert article.source
        assert article.source.endswith("a.txt")

    def test_published_is_the_default(self, file: File) -> None:
        [article] = articles_of(file("a.txt", STORY), published="2024-03-05")
        assert article.published == "2024-03-05"

    def test_published_must_be_a_date(self, file: File) -> None:
        with pytest.raises(ValueError, match="write it as YYYY-MM-DD"):
            read([str(file("a.txt", STORY))], published="last week")

    def test_line_ends_are_kept(self, file: File) -> None:
        [article] = articles_of(file("a.txt", "One.\r\nTwo.\r\n"))
        assert article.text == "One.\r\nTwo.\r\n"

    @pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-32"])
    def test_marks_of_encodings(self, file: File, encoding: str) -> None:
        [article] = articles_of(file("a.txt", "Zürich – “ja”.".encode(encoding)))
        assert article.text == "Zürich – “ja”."

    def test_utf16_of_the_other_end(self, file: File) -> None:
        [article] = articles_of(file("a.txt", b"\xfe\xff" + "Łódź".encode("utf-16-be")))
        assert article.text == "Łódź"

    def test_any_name_is_read_when_named(self, file: File) -> None:
        assert articles_of(file("story", STORY))[0].text == STORY

    def test_braces_in_a_text_file_are_text(self, file: File) -> None:
        assert articles_of(file("a.txt", '{"text": "x"}'))[0].text == '{"text": "x"}'


class TestBadText:
    def test_empty(self, file: File) -> None:
        assert "empty" in problem_of(file("a.txt", "")).message

    def test_blank(self, file: File) -> None:
        assert "empty" in problem_of(file("a.txt", " \n\n")).message

    def test_binary(self, file: File) -> None:
        assert "binary" in problem_of(file("a.txt", b"\x7fELF\x02\x00\x00\x01")).message

    def test_pdf(self, file: File) -> None:
        assert "a PDF file" in problem_of(file("a.pdf", b"%PDF-1.7\nstream")).message

    def test_invalid_utf8_says_byte_and_line(self, file: File) -> None:
        message = problem_of(file("a.txt", b"First line.\nCaf\xe9 and caf\xc3\xa9 closed.\n")).message
        assert "byte 16, line 2" in message
        assert "0xE9" in message
        assert "iconv" in message

    def test_another_encoding_is_guessed_and_said(self, file: File) -> None:
        [article] = articles_of(file("a.txt", b"First line.\nCaf\xe9 closed.\n"))
        assert article.text == "First line.\nCafé closed.\n"
        assert article.extra == {"encoding": "cp1252 (guessed)"}

    def test_html(self, file: File) -> None:
        assert "HTML" in problem_of(file("a.txt", "<!DOCTYPE html>\n<html><body><p>Kenya sent grain.</p></body></html>")).message

    def test_xml(self, file: File) -> None:
        assert "XML" in problem_of(file("a.txt", "<?xml version='1.0'?><rss></rss>")).message

    def test_too_long(self, file: File) -> None:
        message = problem_of(file("a.txt", "x" * 101), max_chars=100).message
        assert "101 characters" in message
        assert "100 allowed" in message

    def test_much_too_long_is_not_read_to_the_end(self, file: File) -> None:
        assert "100 characters allowed" in problem_of(file("a.txt", "x" * 10_000), max_chars=100).message

    def test_not_found(self, tmp_path: Path) -> None:
        found = problem_of(tmp_path / "none.txt")
        assert "there is no such file" in found.message
        assert found.source
        assert found.source.endswith("none.txt")

    def test_empty_name(self) -> None:
        assert "empty name" in problem_of("").message

    def test_nul_in_the_name(self) -> None:
        assert problem_of("a\0b").message

    def test_no_permission(self, file: File, monkeypatch: pytest.MonkeyPatch) -> None:
        path = file("a.txt", STORY)

        def denied(*args: object, **options: object) -> io.FileIO:
            raise PermissionError(13, "Permission denied", str(path))

        monkeypatch.setattr(Path, "open", denied)
        assert "no permission" in problem_of(path).message

    @pytest.mark.skipif(os.geteuid() == 0, reason="root may read everything")
    def test_folder_without_permission(self, file: File) -> None:
        folder = file("shut/a.txt", STORY).parent
        folder.chmod(0)
        try:
            assert "no permission" in problem_of(folder).message
        finally:
            folder.chmod(0o700)


class TestJsonl:
    def test_all_keys(self, file: File) -> None:
        given = {
            "id": 7,
            "text": STORY,
            "headline": "Grain",
            "published": "2024-03-05T23:30:00-05:00",
            "publication": "The Nairobi Star",
            "url": "https://example.org/7",
            "language": "en",
            "dateline": "NAIROBI",
            "desk": {"name": "Africa"},
            "source": "feed",
        }
        [article] = articles_of(file("a.jsonl", lines(given)))
        assert article.id == "7"
        assert article.published == "2024-03-05"
        assert article.headline == "Grain"
        assert article.publication == "The Nairobi Star"
        assert article.url == "https://example.org/7"
        assert article.language == "en"
        assert article.dateline == "NAIROBI"
        assert article.extra == {"desk": {"name": "Africa"}, "source": "feed"}
        assert article.source
        assert article.source.endswith("a.jsonl:1")

    @pytest.mark.parametrize(
        "published", ["2024-03-05", "2024-03-05T01:02:03Z", "2024-03-05 01:02", "2024-03-05T01:02:03.5+05:30", " 2024-03-05 "]
    )
    def test_dates(self, file: File, published: str) -> None:
        assert articles_of(file("a.jsonl", lines({"text": "x", "published": published})))[0].published == "2024-03-05"

    def test_own_date_before_default(self, file: File) -> None:
        found = articles_of(file("a.jsonl", lines({"text": "x", "published": "2024-03-05"}, {"text": "y"})), published="2020-01-01")
        assert [a.published for a in found] == ["2024-03-05", "2020-01-01"]

    def test_blank_lines_and_no_last_line_end(self, file: File) -> None:
        found = articles_of(file("a.ndjson", '{"text": "x"}\n\n  \r\n{"text": "y"}'))
        assert [a.text for a in found] == ["x", "y"]
        assert [str(a.source).rpartition(":")[2] for a in found] == ["1", "4"]

    def test_utf16_lines(self, file: File) -> None:
        assert [a.text for a in articles_of(file("a.jsonl", lines({"text": "x"}, {"text": "y"}).encode("utf-16")))] == ["x", "y"]

    def test_a_broken_line_costs_one_article(self, file: File) -> None:
        found = list(read([str(file("a.jsonl", lines({"text": "x"}, '{"id": 2, "text": "cut of', {"text": "z"})))]))
        assert [type(f) for f in found] == [Article, Problem, Article]
        broken = found[1]
        assert isinstance(broken, Problem)
        assert broken.source
        assert broken.source.endswith("a.jsonl:2")
        assert "no valid JSON" in broken.message

    @pytest.mark.parametrize(
        ("line", "says"),
        [
            ("[1, 2]", "a list"),
            ('"text"', "this is text, but an object"),
            ("null", "null"),
            ("{}", "no 'text'"),
            ('{"body": "x"}', "there is 'body'"),
            ('{"text": null}', "no 'text'"),
            ('{"text": ""}', "empty"),
            ('{"text": " \\n"}', "empty"),
            ('{"text": ["x"]}', "'text' is a list"),
            ('{"text": 5}', "'text' is a number"),
            ('{"text": "x", "published": "last week"}', "'last week', which is no date"),
            ('{"text": "x", "published": "2024-02-30"}', "no date"),
            ('{"text": "x", "published": "05/03/2024"}', "no date"),
            ('{"text": "x", "published": 20240305}', "'published' is a number"),
            ('{"text": "x", "headline": {"en": "y"}}', "'headline' is an object"),
            ('{"text": "x", "id": ["y"]}', "'id' is a list"),
            ('{"text": "x", "id": true}', "'id' is true or false"),
            ('{"text": "x", "score": NaN}', "NaN"),
            ('{"text": "\\ud83d"}', "half a character"),
            ('{"text": "x", "tag": "\\ud83d"}', "cannot be written"),
            ('{"text": "<html><body>x</body></html>"}', "HTML"),
            ("TOKYO - a plain line", "no valid JSON"),
        ],
    )
    def test_bad_lines(self, file: File, line: str, says: str) -> None:
        found = list(read([str(file("a.jsonl", lines(line, {"text": "next"})))]))
        assert isinstance(found[0], Problem)
        assert says in found[0].message
        assert isinstance(found[1], Article)

    def test_the_id_is_kept_in_the_problem(self, file: File) -> None:
        assert problem_of(file("a.jsonl", '{"id": "k7"}')).article_id == "k7"

    def test_deep_nesting(self, file: File) -> None:
        assert "nested too deeply" in problem_of(file("a.jsonl", '{"text": ' + "[" * 200_000)).message

    def test_endless_number(self, file: File) -> None:
        assert "a number of 5,000 digits" in problem_of(file("a.jsonl", '{"text": "x", "n": ' + "9" * 5_000 + "}")).message

    def test_invalid_utf8_in_one_line(self, file: File) -> None:
        found = list(read([str(file("a.jsonl", b'{"text": "a"}\n{"text": "Caf\xe9"}\n{"text": "b"}\n'))]))
        assert [type(f) for f in found] == [Article, Problem, Article]
        assert isinstance(found[1], Problem)
        assert "byte 14" in found[1].message

    def test_empty(self, file: File) -> None:
        assert "empty" in problem_of(file("a.jsonl", "\n\n")).message

    def test_too_long_text(self, file: File) -> None:
        found = list(read([str(file("a.jsonl", lines({"id": "long", "text": "x" * 101}, {"text": "y"})))], max_chars=100))
        assert isinstance(found[0], Problem)
        assert found[0].article_id == "long"
        assert isinstance(found[1], Article)

    def test_a_line_of_50_megabytes_is_never_whole_in_memory(self, file: File) -> None:
        path = file("a.jsonl", b'{"text": "' + b"x" * 50_000_000 + b'"}\n{"text": "after"}\n')
        tracemalloc.start()
        found = list(read([str(path)]))
        _, peak = tracemalloc.get_traced_memory()
        tracemalloc.stop()
        assert isinstance(found[0], Problem)
        assert "longer than" in found[0].message
        assert found[0].source
        assert found[0].source.endswith(":1")
        assert isinstance(found[1], Article)
        assert peak < 30_000_000


class TestJsonDocuments:
    def test_one_object_over_several_lines(self, file: File) -> None:
        [article] = articles_of(file("a.json", json.dumps({"id": "k", "text": "x"}, indent=2)))
        assert (article.id, article.text) == ("k", "x")

    def test_a_list(self, file: File) -> None:
        found = list(read([str(file("a.json", json.dumps([{"text": "x"}, {"txt": "y"}, {"text": "z"}])))]))
        assert [type(f) for f in found] == [Article, Problem, Article]
        assert isinstance(found[1], Problem)
        assert found[1].source
        assert found[1].source.endswith("a.json[2]")

    def test_lines_in_a_json_file(self, file: File) -> None:
        assert [a.text for a in articles_of(file("a.json", lines({"text": "x"}, {"text": "y"})))] == ["x", "y"]

    def test_a_broken_first_line_costs_only_itself(self, file: File) -> None:
        broken, whole = read([str(file("a.json", lines('{"id": "x", "text": "half', {"text": "y"})))])
        assert isinstance(broken, Problem)
        assert "no valid JSON: Unterminated string starting at column 21;" in broken.message
        assert isinstance(whole, Article)
        assert whole.text == "y"

    @pytest.mark.parametrize(("content", "says"), [(STORY, "no valid JSON"), ('"a text"', "this is text"), ("12", "this is a number")])
    def test_what_is_no_object_is_not_taken_for_text(self, file: File, content: str, says: str) -> None:
        assert says in problem_of(file("a.json", content)).message

    def test_an_empty_list(self, file: File) -> None:
        assert "empty" in problem_of(file("a.json", "[]")).message


class TestGzip:
    def test_by_content_not_by_name(self, file: File) -> None:
        assert articles_of(file("a.txt", gzip.compress(STORY.encode())))[0].text == STORY
        assert articles_of(file("b.jsonl.gz", lines({"text": "x"})))[0].text == "x"

    def test_packed_lines(self, file: File) -> None:
        assert [a.text for a in articles_of(file("a.jsonl.gz", gzip.compress(lines({"text": "x"}, {"text": "y"}).encode())))] == ["x", "y"]

    def test_truncated(self, file: File) -> None:
        packed = gzip.compress(os.urandom(3_000).hex().encode())
        assert "ends too early" in problem_of(file("a.txt.gz", packed[: len(packed) // 2])).message

    def test_truncated_lines_keep_what_came_before(self, file: File) -> None:
        whole = gzip.compress("".join(lines({"text": os.urandom(200).hex()}) for _ in range(400)).encode())
        found = list(read([str(file("a.jsonl.gz", whole[:-2_000]))]))
        assert len(found) > 100
        assert isinstance(found[0], Article)
        assert isinstance(found[-1], Problem)
        assert "ends too early" in found[-1].message

    def test_a_short_file_keeps_what_came_before_its_end(self, file: File) -> None:
        whole = gzip.compress("".join(lines({"text": os.urandom(200).hex()}) for _ in range(20)).encode())
        *found, last = read([str(file("a.jsonl.gz", whole[:-500]))])
        assert len(found) > 10
        assert all(isinstance(f, Article) for f in found)
        assert isinstance(last, Problem)

    def test_damaged(self, file: File) -> None:
        packed = bytearray(gzip.compress(STORY.encode() * 50))
        packed[20] ^= 0xFF
        assert problem_of(file("a.txt.gz", bytes(packed))).message


class TestFoldersAndPatterns:
    def test_folder(self, file: File, tmp_path: Path) -> None:
        file("b.txt", "b")
        file("a.jsonl", lines({"text": "a"}))
        file("sub/c.txt.gz", gzip.compress(b"c"))
        file("notes.md", "no article")
        file(".hidden.txt", "no article")
        assert [a.text for a in articles_of(tmp_path)] == ["a", "b", "c"]

    def test_folder_without_articles(self, file: File, tmp_path: Path) -> None:
        file("notes.md", "no article")
        assert "no articles in this folder" in problem_of(tmp_path).message

    def test_pattern(self, file: File, tmp_path: Path) -> None:
        file("b1.txt", "one")
        file("b2.txt", "two")
        file("c.txt", "three")
        assert [a.text for a in articles_of(tmp_path / "b*.txt")] == ["one", "two"]

    def test_pattern_over_folders(self, file: File, tmp_path: Path) -> None:
        file("x/a.txt", "one")
        file("x/y/b.txt", "two")
        assert [a.text for a in articles_of(tmp_path / "**" / "*.txt")] == ["one", "two"]

    def test_pattern_without_match(self, tmp_path: Path) -> None:
        assert "nothing matches" in problem_of(tmp_path / "*.txt").message

    def test_a_file_named_like_a_pattern(self, file: File) -> None:
        assert articles_of(file("a[1].txt", "odd"))[0].text == "odd"

    def test_one_bad_file_does_not_stop_the_others(self, file: File, tmp_path: Path) -> None:
        file("a.txt", "")
        file("b.txt", "b")
        assert [type(f) for f in read([str(tmp_path)])] == [Problem, Article]


class TestStandardInput:
    def test_text(self) -> None:
        [article] = articles_of("-", stdin=io.BytesIO(STORY.encode()))
        assert (article.text, article.source) == (STORY, "-")

    def test_text_that_begins_with_a_bracket(self) -> None:
        assert articles_of("-", stdin=io.BytesIO(b"[Updated] Kenya sent grain."))[0].text == "[Updated] Kenya sent grain."

    def test_lines(self) -> None:
        assert [a.source for a in articles_of("-", stdin=io.BytesIO(lines({"text": "x"}, {"text": "y"}).encode()))] == ["-:1", "-:2"]

    def test_packed(self) -> None:
        assert articles_of("-", stdin=io.BytesIO(gzip.compress(lines({"text": "x"}).encode())))[0].text == "x"

    def test_empty(self) -> None:
        assert "empty" in problem_of("-", stdin=io.BytesIO(b"")).message


class TestProgress:
    def test_bytes_read_add_up(self, file: File, tmp_path: Path) -> None:
        file("a.txt", STORY)
        file("b.jsonl.gz", gzip.compress(lines({"text": "x"}).encode()))
        counted: list[int] = []
        list(read([str(tmp_path)], on_bytes=counted.append))
        assert sum(counted) == total_bytes([str(tmp_path)]) == sum(p.stat().st_size for p in tmp_path.iterdir())

    def test_unknown_for_standard_input(self, tmp_path: Path) -> None:
        assert total_bytes([str(tmp_path), "-"]) is None

    def test_memory_does_not_grow_with_the_number_of_articles(self, file: File) -> None:
        path = file("a.jsonl", lines({"text": "x" * 1_000}) * 20_000)
        tracemalloc.start()
        count = sum(1 for _ in read([str(path)]))
        _, peak = tracemalloc.get_traced_memory()
        tracemalloc.stop()
        assert count == 20_000
        assert peak < 2_000_000
