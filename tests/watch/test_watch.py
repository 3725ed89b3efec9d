"""Watching: what is asked of hosts and when, that each article is coded once, and that nothing is remembered before it is stored."""

from __future__ import annotations

import json
from collections.abc import Iterator
from email.utils import formatdate
from pathlib import Path

import pytest

from dragoman import Coder
from dragoman.errors import DragomanError
from dragoman.schema import Coding
from dragoman.store import Store
from dragoman.store.errors import StoreError
from dragoman.watch import Watch
from dragoman.watch.feeds import feeds_in, seconds_of
from dragoman.watch.manners import Guest
from dragoman.watch.state import FeedState, State, loaded
from serving import Asked, Reply, Site, serving

STORY = "Kenya sent grain to Somalia on Monday, the ministry said, and promised that it would send more before the rains end in May."
OPEN = Reply("User-agent: *\nDisallow: /secret/\n")


def entry(number: int, text: str = STORY, link: str = "") -> str:
    where = f"<link>{link}</link>" if link else ""
    return (
        f"<item><title>Grain {number}</title><guid>tag:star,{number}</guid>{where}<content:encoded>{text} {number}</content:encoded></item>"
    )


def summary(number: int, link: str) -> str:
    return f"<item><title>Grain</title><guid>tag:star,{number}</guid><link>{link}</link><description>Kenya sent grain.</description></item>"


def rss(*entries: str) -> str:
    space = 'xmlns:content="http://purl.org/rss/1.0/modules/content/"'
    return f'<rss version="2.0" {space}><channel><title>The Star</title>{"".join(entries)}</channel></rss>'


class Clock:
    """Time that passes only while somebody sleeps."""

    def __init__(self) -> None:
        self.time = 1_700_000_000.0
        self.slept: list[float] = []

    def now(self) -> float:
        return self.time

    def sleep(self, seconds: float) -> None:
        self.slept.append(seconds)
        self.time += seconds


@pytest.fixture
def site() -> Iterator[Site]:
    with serving() as site:
        site.routes["/robots.txt"] = OPEN
        yield site


@pytest.fixture(scope="module")
def coder() -> Coder:
    return Coder()


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
def watch(site: Site, tmp_path: Path, coder: Coder, clock: Clock) -> Watch:
    guest = Guest(allow_private=True, sleep=clock.sleep, now=clock.now)
    return Watch([site.url("/feed")], tmp_path / "events.duckdb", coder, every=900, guest=guest)


def texts(watch: Watch) -> dict[str, str | None]:
    with Store(watch.store, readonly=True) as store:
        return {article.id: store.text(article.id) for article in store.articles()}


def known(watch: Watch) -> FeedState:
    return State(watch.store).of(watch.feeds[0])


class TestArticles:
    def test_new_articles_are_coded_and_stored(self, site: Site, watch: Watch) -> None:
        site.routes["/feed"] = Reply(rss(entry(2), entry(1)))
        assert watch.once() == 0
        assert texts(watch) == {"tag:star,1": f"{STORY} 1", "tag:star,2": f"{STORY} 2"}
        with Store(watch.store, readonly=True) as store:
            assert store.count("KEN -> SOM, AID") == 2

    def test_each_is_coded_once(self, site: Site, watch: Watch, monkeypatch: pytest.MonkeyPatch) -> None:
        site.routes["/feed"] = Reply(rss(entry(1)))
        watch.once()
        site.routes["/feed"] = Reply(rss(entry(2), entry(1, "Kenya denied it.")))
        coded: list[str] = []
        pipe = watch.coder.pipe
        monkeypatch.setattr(watch.coder, "pipe", lambda items, *rest: pipe([coded.append(i.id) or i for i in items], *rest))
        watch.once()
        assert coded == ["tag:star,2"]
        assert texts(watch)["tag:star,1"] == f"{STORY} 1"

    def test_also_when_the_state_is_lost(self, site: Site, watch: Watch) -> None:
        site.routes["/feed"] = Reply(rss(entry(1)))
        watch.once()
        State(watch.store).path.unlink()
        site.routes["/feed"] = Reply(rss(entry(1, "Kenya denied it.")))
        assert watch.once() == 0
        assert texts(watch) == {"tag:star,1": f"{STORY} 1"}

    def test_nothing_is_remembered_that_is_not_stored(self, site: Site, watch: Watch, monkeypatch: pytest.MonkeyPatch) -> None:
        site.routes["/feed"] = Reply(rss(entry(1)), headers={"ETag": '"a"'})

        def full(store: Store, codings: list[Coding]) -> None:
            raise StoreError("the store cannot be written")

        with monkeypatch.context() as patched:
            patched.setattr(Store, "add", full)
            with pytest.raises(StoreError):
                watch.once()
        assert (known(watch).etag, known(watch).seen) == (None, [])
        watch.once()
        assert list(texts(watch)) == ["tag:star,1"]

    def test_another_language_is_a_problem_and_stays_one(self, site: Site, watch: Watch) -> None:
        french = "Le président du Kenya a rencontré lundi à Nairobi le ministre somalien des Affaires étrangères, selon son porte-parole."
        site.routes["/feed"] = Reply(rss(entry(1, french), entry(2)))
        assert watch.once() == 1
        with Store(watch.store, readonly=True) as store:
            assert {a.id: a.language for a in store.articles()} == {"tag:star,1": "fr", "tag:star,2": "en"}

    @pytest.mark.parametrize("encoding", ["utf-16", "utf-8-sig", "utf-32"])
    def test_encodings(self, site: Site, watch: Watch, encoding: str) -> None:
        site.routes["/feed"] = Reply(rss(entry(1)).encode(encoding), headers={"Content-Type": "text/xml; charset=iso-8859-1"})
        assert watch.once() == 0
        assert texts(watch) == {"tag:star,1": f"{STORY} 1"}

    def test_a_thing_that_is_no_feed(self, site: Site, watch: Watch) -> None:
        site.routes["/feed"] = Reply("<html><body>Not here.</body></html>")
        assert watch.once() == 1
        assert known(watch).failures == 1
        assert not watch.store.exists()


class TestPages:
    PAGE = f"<html><body><article><p>{STORY}</p><p>Somalia thanked Kenya for it.</p></article></body></html>"

    def test_the_page_stands_in_for_a_summary(self, site: Site, watch: Watch) -> None:
        site.routes |= {"/feed": Reply(rss(summary(1, site.url("/1")))), "/1": Reply(self.PAGE)}
        watch.once()
        assert texts(watch) == {"tag:star,1": f"{STORY}\n\nSomalia thanked Kenya for it."}

    def test_no_page_is_fetched_where_the_feed_has_all(self, site: Site, watch: Watch) -> None:
        site.routes |= {"/feed": Reply(rss(entry(1, link=site.url("/1")))), "/1": Reply(self.PAGE)}
        watch.once()
        assert site.paths() == ["/robots.txt", "/feed"]

    def test_nor_where_nobody_wants_it(self, site: Site, watch: Watch) -> None:
        watch.pages = False
        site.routes |= {"/feed": Reply(rss(summary(1, site.url("/1")))), "/1": Reply(self.PAGE)}
        watch.once()
        assert site.paths() == ["/robots.txt", "/feed"]
        assert texts(watch) == {"tag:star,1": "Kenya sent grain."}

    def test_nor_where_robots_are_not_wanted(self, site: Site, watch: Watch) -> None:
        site.routes |= {"/feed": Reply(rss(summary(1, site.url("/secret/1")))), "/secret/1": Reply(self.PAGE)}
        watch.once()
        assert "/secret/1" not in site.paths()
        assert texts(watch) == {"tag:star,1": "Kenya sent grain."}

    def test_one_that_does_not_come_is_asked_again_and_then_the_summary_is_taken(self, site: Site, watch: Watch, clock: Clock) -> None:
        site.routes |= {"/feed": Reply(rss(summary(1, site.url("/1"))), headers={"ETag": '"a"'}), "/1": Reply(status=500)}
        for polls in (1, 2):
            watch.once()
            clock.sleep(1_000)
            assert not watch.store.exists()
            assert site.paths().count("/1") == polls
        watch.once()
        assert texts(watch) == {"tag:star,1": "Kenya sent grain."}
        assert all("if-none-match" not in asked.headers for asked in site.asked)  # else the feed would not come again

    def test_the_rest_of_a_long_feed_comes_the_next_time(self, site: Site, watch: Watch) -> None:
        site.routes["/feed"] = Reply(rss(*(summary(n, site.url(f"/{n}")) for n in range(35))), headers={"ETag": '"a"'})
        site.routes |= {f"/{n}": Reply(self.PAGE.replace("Kenya sent", f"On day {n} Kenya sent")) for n in range(35)}
        watch.once()
        assert len(texts(watch)) == 30
        watch.once()
        assert len(texts(watch)) == 35
        assert len(site.paths()) == 1 + 2 + 35

    def test_a_page_that_is_gone_is_not_waited_for(self, site: Site, watch: Watch) -> None:
        site.routes["/feed"] = Reply(rss(summary(1, site.url("/gone"))))
        watch.once()
        assert texts(watch) == {"tag:star,1": "Kenya sent grain."}


class TestManners:
    def test_what_has_not_changed_is_not_sent_again(self, site: Site, watch: Watch) -> None:
        since = "Wed, 06 Nov 2024 10:00:00 GMT"

        def feed(asked: Asked) -> Reply:
            same = asked.headers.get("if-none-match") == '"a"' and asked.headers.get("if-modified-since") == since
            return Reply(status=304) if same else Reply(rss(entry(1)), headers={"ETag": '"a"', "Last-Modified": since})

        site.routes["/feed"] = feed
        assert [watch.once(), watch.once(), watch.once()] == [0, 0, 0]
        assert [("if-none-match" in a.headers) for a in site.asked if a.path == "/feed"] == [False, True, True]

    def test_who_asks_says_so(self, site: Site, watch: Watch) -> None:
        site.routes["/feed"] = Reply(rss(entry(1)))
        watch.once()
        assert all(asked.headers["user-agent"].startswith("dragoman/") for asked in site.asked)

    def test_robots_keep_us_off_a_feed(self, site: Site, watch: Watch) -> None:
        site.routes |= {"/feed": Reply(rss(entry(1))), "/robots.txt": Reply("User-agent: dragoman\nDisallow: /\n")}
        assert watch.once() == 1
        assert site.paths() == ["/robots.txt"]

    def test_a_host_without_robots_allows_all(self, site: Site, watch: Watch) -> None:
        del site.routes["/robots.txt"]
        site.routes["/feed"] = Reply(rss(entry(1)))
        assert watch.once() == 0

    def test_one_whose_robots_cannot_be_read_nothing(self, site: Site, watch: Watch) -> None:
        site.routes |= {"/feed": Reply(rss(entry(1))), "/robots.txt": Reply(status=500)}
        assert watch.once() == 1
        assert "/feed" not in site.paths()

    def test_a_pause_between_requests_to_a_host(self, site: Site, watch: Watch, clock: Clock) -> None:
        site.routes |= {"/feed": Reply(rss(summary(1, site.url("/1")), summary(2, site.url("/2")))), "/1": Reply(), "/2": Reply()}
        watch.once()
        assert len(site.asked) == 4
        assert clock.slept == pytest.approx([2.0, 2.0, 2.0])

    def test_a_longer_one_where_the_host_wants_it(self, site: Site, watch: Watch, clock: Clock) -> None:
        site.routes |= {"/feed": Reply(rss(summary(1, site.url("/1")))), "/robots.txt": Reply("User-agent: *\nCrawl-delay: 7\n")}
        watch.once()
        assert clock.slept[-1] == pytest.approx(7.0)

    @pytest.mark.parametrize("status", [429, 503])
    def test_a_busy_host_is_left_alone_as_long_as_it_says(self, site: Site, watch: Watch, clock: Clock, status: int) -> None:
        site.routes["/feed"] = Reply(status=status, headers={"Retry-After": "5000"})
        assert watch.once() == 1
        site.routes["/feed"] = Reply(rss(entry(1)))
        asked = len(site.asked)
        clock.sleep(4_990)
        assert watch.once() == 0
        assert len(site.asked) == asked
        clock.sleep(20)
        watch.once()
        assert list(texts(watch)) == ["tag:star,1"]

    def test_so_are_other_feeds_of_the_host(self, site: Site, watch: Watch) -> None:
        watch.feeds = [site.url("/feed"), site.url("/other")]
        site.routes |= {"/feed": Reply(status=429, headers={"Retry-After": "5000"}), "/other": Reply(rss(entry(1)))}
        watch.once()
        assert "/other" not in site.paths()

    def test_a_date_to_come_back_at(self, site: Site, watch: Watch, clock: Clock) -> None:
        back = clock.now() + 7_200
        site.routes["/feed"] = Reply(status=503, headers={"Retry-After": formatdate(back, usegmt=True)})
        watch.once()
        assert known(watch).not_before == pytest.approx(back, abs=1)

    def test_what_fails_is_asked_later_and_later(self, site: Site, watch: Watch, clock: Clock) -> None:
        waits = []
        for _ in range(4):
            watch.once()  # not found
            waits.append(known(watch).not_before - clock.now())
            clock.sleep(waits[-1] + 1)
        assert waits == pytest.approx([900, 1_800, 3_600, 7_200])
        site.routes["/feed"] = Reply(rss(entry(1)))
        watch.once()
        assert (known(watch).failures, known(watch).not_before) == (0, 0.0)

    def test_private_addresses_are_refused(self, site: Site, watch: Watch, clock: Clock) -> None:
        site.routes["/feed"] = Reply(rss(entry(1)))
        watch.guest = Guest(sleep=clock.sleep, now=clock.now)
        assert watch.once() == 1
        assert site.asked == []


class TestState:
    def test_broken_lines_are_passed_over(self, tmp_path: Path) -> None:
        path = tmp_path / "state"
        whole = FeedState(feed="https://star.org/feed", etag="x", seen=["a"])
        lines = [
            "",
            "{",
            "[]",
            json.dumps({"feed": 5}),
            json.dumps({"feed": "https://a.org/", "seen": 7}),
            whole.model_dump_json(),
            "[" * 100_000,
        ]
        path.write_text("\n".join(lines))
        assert loaded(path) == [whole]

    def test_the_file_is_replaced_whole(self, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
        state = State(tmp_path / "events.duckdb")
        state.of("https://a.org/").see(["1"])
        state.save()
        before = state.path.read_bytes()
        state.of("https://a.org/").see(["2"])

        def crash(number: int) -> None:
            raise OSError(28, "No space left on device")

        monkeypatch.setattr("os.fsync", crash)
        with pytest.raises(OSError, match="No space"):
            state.save()
        assert state.path.read_bytes() == before

    def test_the_latest_ids_are_kept(self) -> None:
        state = FeedState(feed="https://a.org/")
        state.see(map(str, range(6_000)))
        state.see(["5000"])
        assert len(state.seen) == 5_000
        assert not state.has_seen("999")
        assert state.has_seen("5000")
        assert state.has_seen("5999")


class TestFeeds:
    def test_a_line_each(self, tmp_path: Path) -> None:
        path = tmp_path / "feeds.txt"
        path.write_text("# Africa\nhttps://Star.org/feed  # the Star\n\nhttps://star.org/feed\nhttp://b.org\n")
        assert feeds_in(path) == ["https://star.org/feed", "http://b.org/"]

    @pytest.mark.parametrize(
        ("content", "says"),
        [("https://a.org/\nfile:///etc/passwd\n", "feeds.txt:2"), ("# none\n", "there is no feed"), ("star.org", "feeds.txt:1")],
    )
    def test_what_is_wrong(self, tmp_path: Path, content: str, says: str) -> None:
        path = tmp_path / "feeds.txt"
        path.write_text(content)
        with pytest.raises(DragomanError, match=says):
            feeds_in(path)

    @pytest.mark.parametrize(("interval", "seconds"), [("15m", 900), ("15", 900), ("2h", 7_200), ("1d", 86_400), ("90s", 90)])
    def test_intervals(self, interval: str, seconds: int) -> None:
        assert seconds_of(interval) == seconds

    @pytest.mark.parametrize("interval", ["", "soon", "-5m", "0m", "5s", "1.5h"])
    def test_what_is_no_interval(self, interval: str) -> None:
        with pytest.raises(DragomanError, match="--every"):
            seconds_of(interval)
