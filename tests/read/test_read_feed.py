"""Feeds of every kind: what their entries say, and that no feed raises, hangs or loses a whole entry beside a broken one."""

from __future__ import annotations

import io

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from dragoman.read import feed, registry
from dragoman.read.base import Options
from dragoman.schema import Article, Problem

CONTENT = 'xmlns:content="http://purl.org/rss/1.0/modules/content/" xmlns:dc="http://purl.org/dc/elements/1.1/"'
ITEM = (
    "<item><title>Grain &amp; seed</title><link>https://star.org/1</link><guid>https://star.org/?p=1</guid>"
    "<pubDate>Wed, 06 Nov 2024 23:30:00 -0500</pubDate><dc:creator>Ann Ode</dc:creator>"
    "<description>Kenya &lt;b&gt;sent&lt;/b&gt; it.</description>"
    "<content:encoded><![CDATA[<p>Kenya sent&nbsp;grain.</p><p>Somalia thanked it.</p>]]></content:encoded></item>"
)
RDF = (
    '<?xml version="1.0"?><rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#" xmlns="http://purl.org/rss/1.0/"'
    ' xmlns:dc="http://purl.org/dc/elements/1.1/"><channel rdf:about="https://star.org/"><title>Star</title></channel>'
    '<item rdf:about="https://star.org/9"><title>Nine</title><link>https://star.org/9</link><description>Nine came.</description>'
    "<dc:date>2024-11-06T01:00:00+03:00</dc:date></item></rdf:RDF>"
)
ATOM = (
    '<?xml version="1.0" encoding="utf-8"?><feed xmlns="http://www.w3.org/2005/Atom"><title>Star</title><entry><title>Grain</title>'
    '<id>tag:star.org,2024:1</id><link rel="alternate" href="https://star.org/1"/><published>2024-11-06T23:00:00Z</published>'
    "<updated>2024-11-08T00:00:00Z</updated><author><name>Ann Ode</name></author>{}</entry></feed>"
)
XHTML = '<content type="xhtml"><div xmlns="http://www.w3.org/1999/xhtml"><p>Kenya <i>sent</i> grain.</p><p>Two.</p></div></content>'


def rss(*items: str, channel: str = "<title>The Star</title><link>https://star.org/</link>") -> str:
    return f'<?xml version="1.0"?><rss version="2.0" {CONTENT}><channel>{channel}{"".join(items)}</channel></rss>'


def read(markup: str | bytes, **options: object) -> list[Article | Problem]:
    data = markup if isinstance(markup, bytes) else markup.encode()
    return list(feed.read(io.BufferedReader(io.BytesIO(data)), "feed", Options(**options)))  # type: ignore[arg-type]


def one(markup: str | bytes, **options: object) -> Article:
    [found] = read(markup, **options)
    assert isinstance(found, Article), found
    return found


def message(markup: str | bytes) -> str:
    [found] = read(markup)
    assert isinstance(found, Problem), found
    return found.message


def plain(text: str, more: str = "") -> str:
    return f"<item>{more}<description>{text}</description></item>"


class TestEntries:
    def test_rss_2(self) -> None:
        found = one(rss(ITEM))
        assert found.text == "Kenya sent grain.\n\nSomalia thanked it."
        assert (found.id, found.url, found.source) == ("https://star.org/?p=1", "https://star.org/1", "feed[1]")
        assert (found.headline, found.published, found.publication) == ("Grain & seed", "2024-11-06", "The Star")
        assert (found.extra["author"], found.extra["text_from"]) == (["Ann Ode"], "content")

    def test_the_summary_where_there_is_no_content(self) -> None:
        found = one(rss("<item><title>Grain</title><description>Kenya &lt;b&gt;sent&lt;/b&gt; it.</description></item>"))
        assert (found.text, found.extra["text_from"]) == ("Kenya sent it.", "summary")

    def test_the_title_where_there_is_nothing_else(self) -> None:
        found = one('<rss version="0.91"><channel><title>Star</title><item><title>Kenya sends grain</title></item></channel></rss>')
        assert (found.text, found.extra["text_from"]) == ("Kenya sends grain", "title")

    def test_rss_1(self) -> None:
        found = one(RDF)
        assert (found.text, found.id, found.published, found.publication) == ("Nine came.", "https://star.org/9", "2024-11-06", "Star")

    def test_atom(self) -> None:
        found = one(ATOM.format(XHTML))
        assert (found.text, found.id, found.url) == ("Kenya sent grain.\n\nTwo.", "tag:star.org,2024:1", "https://star.org/1")
        assert (found.published, found.extra["author"], found.extra["text_from"]) == ("2024-11-06", ["Ann Ode"], "content")

    def test_the_day_of_the_version_where_there_is_no_other(self) -> None:
        found = one(ATOM.format(XHTML).replace("<published>2024-11-06T23:00:00Z</published>", ""))
        assert (found.published, found.extra["found_in"]) == ("2024-11-08", {"published": "updated"})

    def test_a_bare_number_is_an_id_of_its_feed(self) -> None:
        assert one(rss(plain("Kenya sent it.", "<guid isPermaLink='false'>17</guid>"))).id == "https://star.org/#17"

    def test_whose_entry_it_was_before(self) -> None:
        assert one(rss(plain("Kenya sent it.", "<source url='https://sun.org/feed'>The Sun</source>"))).publication == "The Sun"

    def test_the_day_of_the_call_is_the_last_resort(self) -> None:
        assert one(rss(plain("Kenya sent it.")), published="2024-03-05").published == "2024-03-05"

    @pytest.mark.parametrize("day", ["", "soon", "Mon, 01 Jan 0001 00:00:00 GMT", "Wed, 45 Nov 2024 00:00:00 GMT"])
    def test_no_day_is_made_of_what_is_none(self, day: str) -> None:
        assert one(rss(plain("Kenya sent it.", f"<pubDate>{day}</pubDate>"))).published is None

    @pytest.mark.parametrize("link", ["javascript:alert(1)", "http://[::1", ""])
    def test_no_address_is_made_of_what_is_none(self, link: str) -> None:
        assert one(rss(plain("Kenya sent it.", f"<link>{link}</link>"), channel="")).url is None

    @pytest.mark.parametrize(
        "escaped",
        [
            "<![CDATA[Kenya sent it.<script>alert(1)</script>]]>",
            "Kenya sent it.&lt;script&gt;alert(1)&lt;/script&gt;",
            "Kenya sent it.&amp;lt;script&amp;gt;alert(1)&amp;lt;/script&amp;gt;",
            "&lt;img src=x onerror=alert(1)&gt;Kenya sent it.",
        ],
    )
    def test_scripts_do_not_survive(self, escaped: str) -> None:
        assert one(rss(plain(escaped))).text == "Kenya sent it."


class TestBadFeeds:
    @pytest.mark.parametrize(
        ("markup", "says"),
        [
            ("", "no RSS or Atom feed"),
            ("<rss", "without entries"),
            ("<opml><body/></opml>", "no RSS or Atom feed"),
            (rss(), "without entries"),
            (rss("<item><guid>x</guid></item>"), "without text or title"),
            (rss(plain("x" * 1_000_001)), "more than the 1,000,000 allowed"),
            ("<rss version='2.0'><channel>" + "<a>" * 200_000, "without entries"),
            ("<rss version='2.0'><channel>" + "<a " * 200_000, "more than 100,000 elements"),
            ("<rss version='2.0'><channel>" + "<" * 1_000_000, "without entries"),
            ("<rss version='2.0'><channel><![CDATA[" + "x" * 1_000_000, "without entries"),
        ],
        ids=["nothing", "cut", "other", "none", "no text", "long", "deep", "tags", "brackets", "cdata"],
    )
    def test_is_a_problem(self, markup: str, says: str) -> None:
        assert says in message(markup)

    def test_an_entity_bomb(self) -> None:
        entities = '<!ENTITY a0 "ha">' + "".join(f'<!ENTITY a{i} "{f"&a{i - 1};" * 10}">' for i in range(1, 12))
        assert "entities of its own" in message(f"<!DOCTYPE x [{entities}]>" + rss(plain("&a11;")).partition("?>")[2])

    def test_an_entity_that_reads_a_file(self) -> None:
        assert "entities" in message('<!DOCTYPE x [<!ENTITY f SYSTEM "file:///etc/passwd">]>' + rss(plain("&f;")).partition("?>")[2])

    def test_more_than_anybody_reads(self) -> None:
        assert "bytes" in message(b"<rss>" + b"x" * feed.MAX_FEED)

    def test_100_000_attributes(self) -> None:
        assert one(
            rss(plain("Kenya sent it.").replace("<item>", f"<item {' '.join(f'a{i}={chr(34)}b{chr(34)}' for i in range(100_000))}>"))
        ).text

    def test_a_broken_entry_between_two(self) -> None:
        found = read(rss(plain("One."), plain("Two & <b> a &nosuch; thing"), plain("Three.")))
        assert [found[0].text, found[-1].text] == ["One.", "Three."]  # type: ignore[union-attr]

    def test_the_entry_in_which_a_feed_ends(self) -> None:
        first, last = read(rss(plain("One."), plain("Two words that go on and on")).partition("go on")[0])
        assert isinstance(first, Article)
        assert first.text == "One."
        assert isinstance(last, Problem)
        assert "ends in the middle" in last.message

    @pytest.mark.parametrize("encoding", ["iso-8859-1", "windows-1252", "utf-8"])
    def test_encodings(self, encoding: str) -> None:
        markup = rss(plain("Café fermé, selon le ministre."), channel="").replace('"1.0"', f'"1.0" encoding="{encoding}"')
        assert one(markup.encode(encoding)).text == "Café fermé, selon le ministre."

    def test_characters_of_html(self) -> None:
        assert one(rss(plain("Caf&eacute;&nbsp;&ndash; open"))).text == "Café – open"


PIECES = st.sampled_from(
    [
        "<item>",
        "</item>",
        "<title>",
        "</title>",
        "<description>",
        "</description>",
        "&",
        "&lt;p&gt;",
        "<![CDATA[",
        "]]>",
        "<",
        ">",
        "<!DOCTYPE x>",
        "<!ENTITY",
        "é",
        "\x00",
        "\ud800",
        "text ",
        "<guid>1</guid>",
        "<link>http://[</link>",
        "<pubDate>",
        ITEM,
        "</channel>",
        "<?xml",
        "?>",
        "&#0;",
    ]
)


class TestFuzzing:
    @settings(max_examples=200, deadline=None)
    @given(st.lists(PIECES, max_size=40).map("".join), st.booleans())
    def test_markup(self, markup: str, whole: bool) -> None:
        data = (rss(ITEM, markup, ITEM) if whole else markup).encode("utf-8", "surrogatepass")
        found = read(data)
        assert found
        for item in found:
            item.model_dump_json()

    @settings(max_examples=80, deadline=None)
    @given(st.binary(max_size=400))
    def test_bytes(self, data: bytes) -> None:
        feed.looks_like(data)
        assert read(data)
        assert read(rss(ITEM).encode().replace(b"Kenya", data))

    @settings(max_examples=80, deadline=None)
    @given(st.integers(1, len(rss(ITEM, ITEM))))
    def test_cut_off_anywhere(self, size: int) -> None:
        assert read(rss(ITEM, ITEM)[:size])


class TestDetection:
    @pytest.mark.parametrize(
        "head",
        [
            rss(),
            RDF,
            ATOM,
            "<rss version='0.92'>",
            "\n<!-- x --><feed xmlns='http://www.w3.org/2005/Atom'>",
            "<!DOCTYPE rss SYSTEM 'x'><rss>",
        ],
    )
    def test_feeds(self, head: str) -> None:
        assert registry.detected(head.encode()).NAME == "feed"

    @pytest.mark.parametrize("head", ["<html><rss>", "A feed <rss>", "<feedback>", "<?xml version='1.0'?><newsItem>", '{"rss": 1}'])
    def test_others(self, head: str) -> None:
        assert registry.detected(head.encode()).NAME != "feed"

    @pytest.mark.parametrize("piece", ["<!---->", "<!--", "<![]]]>", "<![", "[]", "<?xml ", "<!DOCTYPE []> ", " "])
    def test_a_look_takes_no_time(self, piece: str) -> None:
        assert not feed.looks_like(piece.encode() * (65_536 // len(piece)))
