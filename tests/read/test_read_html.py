"""Web pages: what is their article, what they say of themselves, and that no page raises or hangs."""

from __future__ import annotations

import io
import json

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from dragoman.read import html, registry
from dragoman.read.base import Options
from dragoman.schema import Article, Problem

FIRST = "Kenya sent grain to Somalia on Monday, the foreign ministry said in Nairobi, and promised more before the rains."
SECOND = "Somalia thanked Kenya for the grain and said that it would be remembered in Mogadishu for a long time."
STORY = f"{FIRST}\n\n{SECOND}"
BODY = f"<article><p>{FIRST}</p><p>{SECOND}</p></article>"


def read(page: str | bytes, **options: object) -> Article | Problem:
    data = page if isinstance(page, bytes) else page.encode()
    [found] = html.read(io.BufferedReader(io.BytesIO(data)), "page.html", Options(**options))  # type: ignore[arg-type]
    return found


def article(page: str | bytes, **options: object) -> Article:
    found = read(page, **options)
    assert isinstance(found, Article), found
    return found


def problem(page: str | bytes) -> str:
    found = read(page)
    assert isinstance(found, Problem), found
    assert found.stage == "read"
    return found.message


def page(body: str = BODY, head: str = "") -> str:
    return f"<!DOCTYPE html><html><head>{head}</head><body>{body}</body></html>"


def ld(*values: object) -> str:
    return "".join(f'<script type="application/ld+json">{v if isinstance(v, str) else json.dumps(v)}</script>' for v in values)


class TestText:
    def test_paragraphs_are_a_blank_line_apart(self) -> None:
        assert article(page()).text == STORY

    def test_menus_scripts_and_footers_are_left_out(self) -> None:
        around = (
            f"<nav><a href=/>Home</a></nav><script>var x = '<p>{SECOND}</p>'</script><style>p {{}}</style>{BODY}<footer>Imprint</footer>"
        )
        assert article(page(around)).text == STORY

    def test_two_line_breaks_end_a_paragraph(self) -> None:
        assert article(page(f"<div>{FIRST}<br><br/>{SECOND}</div>")).text == STORY

    def test_entities_are_characters(self) -> None:
        text = article(page(BODY.replace("Kenya sent grain", "Kenya &amp; C&ocirc;te d&rsquo;Ivoire sent&nbsp;grain", 1))).text
        assert text.startswith("Kenya & Côte d’Ivoire sent grain")

    def test_the_text_of_json_where_the_page_shows_none(self) -> None:
        found = article(page("<div id=app></div>", ld({"@type": "NewsArticle", "articleBody": STORY})))
        assert found.text == STORY
        assert found.extra["found_in"]["text"] == "json-ld"

    def test_the_first_line_of_words_cut_off(self) -> None:
        assert article(page().partition("it would be remembered")[0]).text.startswith(FIRST)


class TestEncodings:
    ACCENTED = page(BODY.replace("Somalia thanked", "“Café”, Somalia thanked"))

    @pytest.mark.parametrize(
        ("encoding", "head"),
        [
            ("utf-8", ""),
            ("utf-8", "<meta charset=iso-8859-1>"),
            ("cp1252", "<meta charset=iso-8859-1>"),
            ("cp1252", ""),
            ("cp1252", '<meta http-equiv="Content-Type" content="text/html; charset=windows-1252">'),
            ("cp1252", "<meta charset=no-such-thing>"),
        ],
    )
    def test_western(self, encoding: str, head: str) -> None:
        assert "“Café”, Somalia" in article(self.ACCENTED.replace("<head>", f"<head>{head}").encode(encoding)).text

    def test_one_byte_that_is_wrong_costs_one_character(self) -> None:
        text = article(self.ACCENTED.replace("<head>", "<head><meta charset=utf-8>").encode().replace(b"grain to", b"grain\xff to")).text
        assert "grain\ufffd to" in text
        assert "“Café”" in text

    def test_cyrillic_without_a_name(self) -> None:
        text = "Министерство иностранных дел заявило в понедельник, что переговоры о поставках зерна будут продолжены в Найроби."
        assert article(page(f"<article><p>{text}</p><p>{text}</p></article>").encode("cp1251")).text.startswith(text)

    def test_japanese_with_a_name(self) -> None:
        text = "外務省は月曜日、協議を続けると発表した。 " * 12
        found = article(page(f"<article><p>{text}</p></article>", "<meta charset=Shift_JIS>").encode("cp932"))
        assert found.text == text.strip()


class TestFields:
    JSON = {  # noqa: RUF012
        "@context": "https://schema.org",
        "@type": "NewsArticle",
        "headline": "Kenya sends grain &amp; seed",
        "datePublished": "2024-11-06T23:30:00-05:00",
        "dateModified": "2024-11-08",
        "author": [{"@type": "Person", "name": "Ann Ode"}, {"name": "Bo Ray"}],
        "publisher": {"@type": "Organization", "name": "The Star"},
        "mainEntityOfPage": {"@id": "https://star.org/grain"},
    }
    META = (
        '<title>Grain | Star</title><meta property="og:title" content="Meta headline"><meta name="author" content="Cy Dee">'
        '<meta property="article:published_time" content="2020-01-02"><meta property="og:site_name" content="Star Online">'
        '<link rel="canonical" href="https://star.org/meta">'
    )

    def check(self, found: Article, **expected: object) -> None:
        assert {key: getattr(found, key) if key in Article.model_fields else found.extra.get(key) for key in expected} == expected

    def test_json_ld_comes_first(self) -> None:
        found = article(page(head=self.META + ld(self.JSON)))
        self.check(found, headline="Kenya sends grain & seed", published="2024-11-06", publication="The Star", url="https://star.org/grain")
        self.check(found, author=["Ann Ode", "Bo Ray"], modified="2024-11-08")
        assert {found.extra["found_in"][key] for key in ("headline", "published", "publication", "url", "author")} == {"json-ld"}

    @pytest.mark.parametrize(
        "value",
        [
            [{"@type": "WebSite", "name": "Star"}, JSON],
            {"@graph": [{"@type": "Organization"}, JSON]},
            {"@type": "WebPage", "mainEntity": JSON},
            {**JSON, "@type": ["Article", "NewsArticle"]},
            f"<!-- {json.dumps(JSON)} -->",
            f"{json.dumps(JSON)};",
        ],
    )
    def test_wherever_it_stands(self, value: object) -> None:
        self.check(article(page(head=ld("{broken", value))), headline="Kenya sends grain & seed", published="2024-11-06")

    def test_other_stories_are_not_this_one(self) -> None:
        others = {"@type": "ItemList", "itemListElement": [{"@type": "ListItem", "item": {**self.JSON, "headline": "Another"}}]}
        self.check(article(page(head=self.META + ld(others))), headline="Meta headline")

    def test_half_a_character_costs_itself(self) -> None:
        self.check(
            article(page(head=ld(json.dumps({**self.JSON, "headline": "Grain X"}).replace("X", "\\ud83d")))), headline="Grain \ufffd"
        )

    def test_then_meta(self) -> None:
        found = article(page(head=self.META))
        self.check(found, headline="Meta headline", published="2020-01-02", publication="Star Online", url="https://star.org/meta")
        self.check(found, author=["Cy Dee"])
        assert found.extra["found_in"]["published"] == "meta"

    def test_a_time_that_is_the_only_one(self) -> None:
        found = article(page(f"<h1>Grain for Somalia</h1><time datetime='2024-11-06T10:00Z'>Yesterday</time>{BODY}"))
        self.check(found, published="2024-11-06", headline="Grain for Somalia")
        assert found.extra["found_in"]["published"] == "time"

    def test_no_day_is_taken_from_the_text(self) -> None:
        body = BODY.replace("</article>", "<p>On 3 May 2019 they had met in Kampala.</p><p>Updated 03/04/2024</p></article>")
        self.check(article(page(body)), published=None)

    @pytest.mark.parametrize("day", ["0001-01-01T00:00:00", "2024-13-45", "yesterday", "", "99999999999", "1700000000"])
    def test_no_day_is_made_of_what_is_none(self, day: str) -> None:
        self.check(article(page(head=ld({**self.JSON, "datePublished": day}))), published=None)

    def test_the_day_of_the_call_is_the_last_resort(self) -> None:
        self.check(article(page(), published="2024-03-05"), published="2024-03-05")

    @pytest.mark.parametrize("address", ["javascript:alert(1)", "file:///etc/passwd", "http://", "http://[::1", "data:text/html,x"])
    def test_no_address_is_made_of_what_is_none(self, address: str) -> None:
        self.check(article(page(head=f'<link rel=canonical href="{address}">')), url=None)


class TestBadPages:
    @pytest.mark.parametrize(
        ("content", "says"),
        [
            ("", "empty"),
            (page(""), "no article"),
            (page("<p>Not found.</p>"), "no article"),
            ("<html><frameset><frame src=a><frame src=b></frameset></html>", "only frames others"),
            (page("<div>" * 15_000 + FIRST), "no article"),
            (page("<div>" * 100_000 + FIRST), "save the article alone"),
            (page("".join(f"<p>{FIRST}" for _ in range(25_000))), "save the article alone"),
            ("<html>" + "x" * 3_000_000, "save the article alone"),
            ("<script " * 200_000, "empty"),
            ("<" * 1_000_000, "no article"),
            ("<html><!--" + "x" * 1_000_000, "no article"),
        ],
        ids=["nothing", "no body", "a notice", "frames", "deep", "deeper", "many tags", "long", "scripts", "brackets", "comment"],
    )
    def test_is_a_problem(self, content: str, says: str) -> None:
        assert says in problem(content)

    def test_a_front_page(self) -> None:
        teaser = (
            "<div><h2><a href=/{0}>Kenya sends grain to Somalia, part {0}</a></h2><p>The ministry said on Monday that it left.</p></div>"
        )
        message = problem(page("<h1>The Star</h1>" + "".join(teaser.format(i) for i in range(12))))
        assert "links to articles" in message

    def test_20_megabytes_of_scripts_around_an_article(self) -> None:
        script = f"<script>var x = '{'x' * 20_000_000}';</script>"
        assert article(page(script + BODY)).text == STORY

    def test_more_than_anybody_reads(self) -> None:
        assert "more than" in problem(b"<html>" + b"x" * html.MAX_PAGE)

    def test_100_000_attributes(self) -> None:
        attributes = " ".join(f"a{i}=b" for i in range(100_000))
        assert article(page(f"<div {attributes}>{BODY}</div>")).text == STORY

    def test_200_levels(self) -> None:
        assert article(page("<div>" * 200 + BODY)).text == STORY

    def test_nuls_and_half_characters(self) -> None:
        assert article(page(BODY.replace("grain", "gr\x00ain&#xD800;&#0;", 1))).text.count("Somalia") == 2

    @pytest.mark.parametrize(
        "value", ["[" * 50_000, '{"@graph":' * 2_000, '{"a": 1' + "0" * 10_000 + "}", '{"@type": "NewsArticle", "author": 5}']
    )
    def test_json_that_is_none_or_too_deep(self, value: str) -> None:
        assert article(page(head=ld(value))).text == STORY


PIECES = st.sampled_from(
    [
        "<p>",
        "</p>",
        "<div ",
        ">",
        "<",
        "&",
        "&#",
        "&amp;",
        "<script>",
        "</script>",
        "<!--",
        "-->",
        "<![CDATA[",
        "]]>",
        "<table>",
        "<tr>",
        "<td>",
        "<a href='",
        "'",
        '"',
        "<article>",
        "<body>",
        "</html>",
        "<svg>",
        "<pre>",
        "\n\n",
        "\x00",
        "\ud800",
        "é",
        "text ",
        f"{FIRST} ",
        ld({"@type": "Article"}),
        '<script type="application/ld+json">',
        '{"@type":"NewsArticle","headline":',
        "<br>",
        "<ul><li>",
        "<frameset>",
        "<meta name=date content=",
    ]
)


class TestFuzzing:
    @settings(max_examples=150, deadline=None)
    @given(st.lists(PIECES, max_size=60).map("".join), st.booleans())
    def test_markup(self, markup: str, whole: bool) -> None:
        data = (page(markup) if whole else markup).encode("utf-8", "surrogatepass")
        [found] = html.read(io.BufferedReader(io.BytesIO(data)), "x", Options())
        if isinstance(found, Article):
            assert "<script" not in found.text
            found.model_dump_json()

    @settings(max_examples=60, deadline=None)
    @given(st.binary(max_size=400))
    def test_bytes(self, data: bytes) -> None:
        html.looks_like(data)
        for content in (data, b"<html>" + data, page().encode().replace(b"grain", data)):
            assert len(list(html.read(io.BufferedReader(io.BytesIO(content)), "x", Options()))) == 1

    @settings(max_examples=40, deadline=None)
    @given(st.integers(0, 500))
    def test_cut_off_anywhere(self, size: int) -> None:
        whole = page(head=TestFields.META + ld(TestFields.JSON)).encode()
        assert len(list(html.read(io.BufferedReader(io.BytesIO(whole[: -size or None])), "x", Options()))) == 1


class TestDetection:
    @pytest.mark.parametrize(
        "head",
        ["<!DOCTYPE html>", "  <html lang=en>", "<!-- saved -->\n<HTML>", '<?xml version="1.0"?><!DOCTYPE html PUBLIC "x">', "<head>"],
    )
    def test_pages(self, head: str) -> None:
        assert registry.detected(head.encode()).NAME == "html"

    @pytest.mark.parametrize(
        "head", ["TOKYO - A story.", '{"text": "<html>"}', "<rss>", "<?xml version='1.0'?><rss version='2.0'>", "", "<b>Bold</b> words"]
    )
    def test_others(self, head: str) -> None:
        assert registry.detected(head.encode()).NAME != "html"

    @pytest.mark.parametrize("piece", ["<!---->", "<!--", "-->", "<?xml ", "<!-- --> ", "<!doctype ", " "])
    def test_a_look_takes_no_time(self, piece: str) -> None:
        """It hung for ever on a thousand comments before its groups were atomic."""
        assert not html.looks_like(piece.encode() * (65_536 // len(piece)))
