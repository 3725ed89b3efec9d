"""Addresses as sources: what is refused, what a server may not do to us, and that what it sends is read as a file would be."""

from __future__ import annotations

import gzip
import json
import socket
import time
from collections.abc import Iterator

import pytest

from dragoman.read import addresses, read, total_bytes
from dragoman.read.addresses import Refused, addresses_of, is_public
from dragoman.read.fetching import Answer, Failed, Fetcher, Limits, normal
from dragoman.schema import Article, Problem
from serving import Asked, Reply, Site, serving

STORY = "Kenya’s café sent grain to Somalia on Monday, the foreign ministry said in a statement from Nairobi."
PAGE = f"<html><body><article><p>{STORY}</p></article></body></html>"
PRIVATE = (
    "127.0.0.1 127.8.9.1 10.1.2.3 172.16.0.1 192.168.1.1 100.64.0.1 100.100.100.200 169.254.169.254 0.0.0.0 224.0.0.1 255.255.255.255"
    " 192.0.0.192 168.63.129.16 198.18.0.1 ::1 :: fe80::1 fe80::1%eth0 fd00:ec2::254 ff02::1 ::ffff:127.0.0.1 ::ffff:10.0.0.1"
    " 64:ff9b::7f00:1 2002:7f00:1:: ::127.0.0.1 nonsense"
)


@pytest.fixture
def site() -> Iterator[Site]:
    with serving() as site:
        yield site


def fetcher(**limits: float) -> Fetcher:
    return Fetcher(allow_private=True, limits=Limits(**limits))  # type: ignore[arg-type]


def found_at(site: Site, path: str = "/a") -> Article | Problem:
    [found] = read([site.url(path)], allow_private=True)
    return found


class TestReading:
    def test_a_page(self, site: Site) -> None:
        site.routes["/a"] = Reply(PAGE)
        found = found_at(site)
        assert isinstance(found, Article)
        assert (found.text, found.url, found.source, found.kind) == (STORY, site.url("/a"), site.url("/a"), "html")

    def test_the_address_that_the_page_names(self, site: Site) -> None:
        site.routes["/a"] = Reply(PAGE.replace("<html>", "<html><link rel=canonical href=https://star.org/1>"))
        found = found_at(site)
        assert isinstance(found, Article)
        assert found.url == "https://star.org/1"

    def test_the_encoding_that_the_server_names(self, site: Site) -> None:
        body = PAGE.replace("<html>", "<html><meta charset=koi8-r>").encode("cp1252")
        site.routes["/a"] = Reply(body, headers={"Content-Type": "text/html; charset=windows-1252"})
        found = found_at(site)
        assert isinstance(found, Article)
        assert found.text == STORY

    def test_other_formats_by_content(self, site: Site) -> None:
        lines = "".join(json.dumps({"id": name, "text": STORY}) + "\n" for name in "xy").encode()
        site.routes |= {"/a": Reply(lines), "/a.gz": Reply(gzip.compress(lines)), "/b": Reply(STORY)}
        for path in ("/a", "/a.gz"):
            found = read([site.url(path)], allow_private=True)
            assert [item.id for item in found if isinstance(item, Article)] == ["x", "y"]
        assert isinstance(found_at(site, "/b"), Article)

    def test_packed_on_the_way(self, site: Site) -> None:
        site.routes["/a"] = Reply(gzip.compress(PAGE.encode()), headers={"Content-Encoding": "gzip"})
        assert isinstance(found_at(site), Article)

    def test_redirects_are_followed(self, site: Site) -> None:
        site.routes |= {"/a": Reply(status=302, headers={"Location": "/b?x=1#y"}), "/b?x=1": Reply(PAGE)}
        found = found_at(site)
        assert isinstance(found, Article)
        assert found.url == site.url("/b?x=1")

    def test_its_size_is_not_known(self, site: Site) -> None:
        assert total_bytes([site.url("/a")]) is None

    @pytest.mark.parametrize("status", [404, 403, 500, 503])
    def test_a_status(self, site: Site, status: int) -> None:
        site.routes["/a"] = Reply(PAGE, status=status)
        found = found_at(site)
        assert isinstance(found, Problem)
        assert f"status {status}" in found.message

    def test_one_address_costs_no_other(self, site: Site) -> None:
        site.routes["/a"] = Reply(PAGE)
        found = list(read(["http://star.invalid/", site.url("/a")], allow_private=True))
        assert [type(item) for item in found] == [Problem, Article]


class TestRefusing:
    @pytest.mark.parametrize("address", PRIVATE.split())
    def test_addresses_that_are_not_of_the_open_internet(self, address: str) -> None:
        assert not is_public(address)

    @pytest.mark.parametrize("address", ["8.8.8.8", "93.184.216.34", "2606:4700::1111", "64:ff9b::808:808"])
    def test_addresses_that_are(self, address: str) -> None:
        assert is_public(address)

    @pytest.mark.parametrize("host", ["localhost", "127.0.0.1", "127.1", "0x7f.0.0.1", "2130706433", "0", "::1"])
    def test_all_ways_to_write_this_machine(self, host: str) -> None:
        with pytest.raises((Refused, OSError)):
            addresses_of(host, 80, allow_private=False)

    def test_a_name_with_one_private_address_among_others(self, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setattr(addresses, "resolved", lambda host, port: ["8.8.8.8", "10.0.0.1"])
        with pytest.raises(Refused, match=r"10\.0\.0\.1"):
            addresses_of("star.org", 80, allow_private=False)

    def test_nothing_is_asked_of_this_machine(self, site: Site) -> None:
        [found] = read([site.url("/a")])
        assert isinstance(found, Problem)
        assert "--allow-private" in found.message
        assert site.asked == []

    def test_a_redirect_to_a_private_address(self, site: Site, monkeypatch: pytest.MonkeyPatch) -> None:
        """The first hop is taken for a public one, the second says honestly what it is."""
        port = site.address.rpartition(":")[2]
        site.routes |= {"/a": Reply(status=302, headers={"Location": f"http://127.0.0.1:{port}/secret"}), "/secret": Reply(PAGE)}
        monkeypatch.setattr(addresses, "is_public", lambda address: address != "127.0.0.1")
        monkeypatch.setattr(addresses, "resolved", lambda host, port: ["::1"] if host == "localhost" else [host])
        monkeypatch.setattr("dragoman.read.fetching.pool_of", local_pool(int(port)))
        with pytest.raises(Refused, match=r"127\.0\.0\.1"):
            Fetcher().fetch(site.url("/a"))
        assert site.paths() == ["/a"]

    def test_a_name_is_resolved_once_a_hop(self, site: Site, monkeypatch: pytest.MonkeyPatch) -> None:
        """The connection goes to the address that was looked at: a name that answers otherwise the second time gains nothing."""
        site.routes["/a"] = Reply(PAGE)
        answers = iter([["127.0.0.1"]])
        monkeypatch.setattr(addresses, "resolved", lambda host, port: next(answers))
        port = int(site.address.rpartition(":")[2])
        assert fetcher().fetch(f"http://star.invalid:{port}/a").status == 200
        assert site.asked[0].headers["host"] == f"star.invalid:{port}"

    @pytest.mark.parametrize(
        "url",
        [
            "ftp://star.org/",
            "file:///etc/passwd",
            "http://",
            "http:///a",
            "http://a:b@star.org/",
            "http://[::1",
            "http://star.org:99999/",
            "//star.org",
        ],
    )
    def test_what_is_no_address_of_the_web(self, url: str) -> None:
        with pytest.raises(Refused):
            normal(url)

    @pytest.mark.parametrize("target", ["file:///etc/passwd", "ftp://star.org/", "http://a:b@localhost/", "gopher://x"])
    def test_a_redirect_to_one(self, site: Site, target: str) -> None:
        site.routes["/a"] = Reply(status=301, headers={"Location": target})
        with pytest.raises(Refused):
            fetcher().fetch(site.url("/a"))


def local_pool(port: int):  # type: ignore[no-untyped-def]
    from urllib3 import HTTPConnectionPool

    return lambda address, parts, timeout: HTTPConnectionPool("127.0.0.1", port, timeout=timeout, maxsize=1)


class TestBounds:
    def test_circles(self, site: Site) -> None:
        site.routes["/a"] = Reply(status=302, headers={"Location": "/a"})
        with pytest.raises(Failed, match="circle"):
            fetcher().fetch(site.url("/a"))

    def test_endless_redirects(self, site: Site) -> None:
        for number in range(20):
            site.routes[f"/{number}"] = Reply(status=307, headers={"Location": f"/{number + 1}"})
        with pytest.raises(Failed, match="more than 5 redirects"):
            fetcher().fetch(site.url("/0"))
        assert len(site.asked) == 6

    def test_size(self, site: Site) -> None:
        site.routes["/a"] = Reply("x" * 200_000)
        with pytest.raises(Failed, match="more than 100,000 bytes"):
            fetcher(size=100_000).fetch(site.url("/a"))

    def test_what_blows_up_when_it_is_unpacked(self, site: Site) -> None:
        site.routes["/a"] = Reply(gzip.compress(b"0" * 50_000_000), headers={"Content-Encoding": "gzip"})
        with pytest.raises(Failed, match="more than 1,000,000 bytes"):
            fetcher(size=1_000_000).fetch(site.url("/a"))

    @pytest.mark.parametrize(
        "start", [b"HTTP/1.1 200 OK\r\n\r\n", b"HTTP/1.1 200 OK\r\nX-A: ", b"HT", b""], ids=["body", "header", "status", "silence"]
    )
    def test_a_byte_now_and_then(self, site: Site, start: bytes) -> None:
        def drip(asked: Asked) -> Iterator[bytes]:
            yield start
            for _ in range(200):
                time.sleep(0.05)
                yield b"x" if start else b""

        site.routes["/a"] = drip
        with pytest.raises(Failed, match="not done within"):
            fetcher(seconds=0.5, silence=5).fetch(site.url("/a"))

    def test_a_body_that_breaks_off(self, site: Site) -> None:
        site.routes["/a"] = Reply("x" * 10, headers={"Content-Length": "1000"})
        with pytest.raises(Failed):
            fetcher(seconds=3, silence=1).fetch(site.url("/a"))

    def test_nobody_there(self) -> None:
        with socket.socket() as free:
            free.bind(("127.0.0.1", 0))
            port = free.getsockname()[1]
        with pytest.raises(Failed, match="refused"):
            fetcher().fetch(f"http://127.0.0.1:{port}/")

    def test_no_secure_connection_to_a_plain_server(self, site: Site) -> None:
        with pytest.raises(Failed):
            fetcher(seconds=3).fetch(site.url("/a").replace("http:", "https:"))

    @pytest.mark.parametrize("header", ["text/html; charset=", "text/html; charset=no-such", "", ";;;charset", "text/html; charset=idna"])
    def test_odd_types_of_content(self, site: Site, header: str) -> None:
        site.routes["/a"] = Reply(PAGE, headers={"Content-Type": header})
        assert isinstance(found_at(site), Article)

    def test_the_charset_of_an_answer(self) -> None:
        assert Answer("", 200, {"content-type": 'text/html; Charset="UTF-8"'}).charset == "UTF-8"
