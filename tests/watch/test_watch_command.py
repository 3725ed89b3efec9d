"""``dragoman watch`` as it is typed: once, for ever until somebody stops it, and after it was killed."""

from __future__ import annotations

import os
import signal
import subprocess
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from commands import COMMAND, process
from dragoman.console import CANNOT_RUN, INTERRUPTED
from dragoman.store import Store
from serving import Asked, Reply, Site, serving

ITEM = (
    "<item><guid>tag:star,{0}</guid><title>France condemned Iran</title>"
    "<description>Paris condemned Tehran again, {0}.</description></item>"
)


@pytest.fixture
def site() -> Iterator[Site]:
    with serving() as site:
        items = "".join(ITEM.format(number) for number in (2, 1))
        site.routes["/feed"] = Reply(f"<rss version='2.0'><channel><title>Star</title>{items}</channel></rss>")
        yield site


@pytest.fixture
def arguments(site: Site, tmp_path: Path) -> list[str]:
    (tmp_path / "feeds.txt").write_text(f"{site.url('/feed')}  # the Star\n")
    return ["watch", str(tmp_path / "feeds.txt"), "--store", str(tmp_path / "events.duckdb"), "--allow-private"]


def ids(folder: Path) -> list[str]:
    with Store(folder / "events.duckdb", readonly=True) as store:
        return [article.id for article in store.articles()]


def until(condition: Callable[[], bool]) -> None:
    ends = time.monotonic() + 120
    while not condition():
        assert time.monotonic() < ends
        time.sleep(0.1)


def test_once(arguments: list[str], tmp_path: Path) -> None:
    first, second = process(*arguments, "--once"), process(*arguments, "--once")
    assert (first.status, second.status) == (0, 0)
    assert "2 new articles" in first.err
    assert second.err == ""
    assert ids(tmp_path) == ["tag:star,1", "tag:star,2"]


@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM])
def test_until_somebody_stops_it(arguments: list[str], tmp_path: Path, number: signal.Signals) -> None:
    if signal.getsignal(number) is signal.SIG_IGN:
        pytest.skip("a job in the background, which leaves the signal unheeded; its children do too")
    with subprocess.Popen([*COMMAND, *arguments], stderr=subprocess.PIPE) as running:
        assert running.stderr is not None
        assert b"2 new articles" in running.stderr.readline()
        assert ids(tmp_path) == ["tag:star,1", "tag:star,2"]  # the store can be read while nothing is written
        running.send_signal(number)
        said = running.stderr.read().decode()
    assert running.returncode == INTERRUPTED
    assert "Interrupted" in said
    assert "Traceback" not in said


def test_killed_while_it_fetches(site: Site, arguments: list[str], tmp_path: Path) -> None:
    """Whatever was not stored comes again, and nothing twice."""
    page = ITEM.replace("<title>", f"<link>{site.url('/{0}')}</link><title>")
    site.routes["/feed"] = Reply(
        "<rss version='2.0'><channel>" + "".join(page.format(n) for n in (3, 2, 1)) + "</channel></rss>", headers={"ETag": "x"}
    )

    def hangs(asked: Asked) -> Iterator[bytes]:
        yield b"HTTP/1.1 200 OK\r\n"
        time.sleep(5)

    site.routes["/2"] = hangs
    with subprocess.Popen([*COMMAND, *arguments], stderr=subprocess.DEVNULL) as running:
        until(lambda: "/2" in site.paths())
        os.kill(running.pid, signal.SIGKILL)
    site.routes["/2"] = Reply(status=404)
    assert process(*arguments, "--once").status == 0
    assert ids(tmp_path) == ["tag:star,1", "tag:star,2", "tag:star,3"]


def test_options_that_are_wrong(arguments: list[str], tmp_path: Path) -> None:
    for wrong in (["--every", "soon"], ["--every", "1s"]):
        result = process(*arguments, *wrong)
        assert (result.status, "--every" in result.err) == (CANNOT_RUN, True)
    result = process("watch", tmp_path / "none.txt", "--store", tmp_path / "events.duckdb")
    assert (result.status, "none.txt" in result.err) == (CANNOT_RUN, True)
    assert not (tmp_path / "events.duckdb").exists()


def test_an_address_as_a_source_of_code(site: Site) -> None:
    result = process("code", site.url("/feed"), "-f", "jsonl", "--allow-private")
    assert (result.status, [a["id"] for a in result.of("article")]) == (0, ["tag:star,2", "tag:star,1"])
    assert [e["type"] for e in result.of("event")] == ["ACCUSE", "ACCUSE"]
    assert "open internet" in process("code", site.url("/feed"), "-f", "jsonl").out
