"""Runs for which there is no room, no permission, or another writer: what is said, what stays, and that the same command ends well later.

The coder is the stub of killing.py; disks, limits and locks are real.
"""

from __future__ import annotations

import base64
import os
import resource
import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path

import duckdb
import pytest

from commands import lines
from dragoman.store import StoreError
from killing import HELP, code, is_sound, rows, sql

BIG = 1_200


@pytest.fixture
def store(tmp_path: Path) -> Path:
    return tmp_path / "e.duckdb"


@pytest.fixture
def feed(tmp_path: Path) -> Path:
    return lines(tmp_path / "feed.jsonl", *rows(3))


@pytest.fixture
def small_disk(tmp_path: Path) -> Iterator[Path]:
    """A disk of its own with four megabytes."""
    place = tmp_path / "disk"
    place.mkdir()
    mounted = os.geteuid() == 0 and subprocess.run(["mount", "-t", "tmpfs", "-o", "size=4m", "tmpfs", place], check=False).returncode == 0
    if not mounted:
        pytest.skip("only root may mount a small disk; test_a_file_may_not_grow does the same without")
    yield place
    subprocess.run(["umount", place], check=True)


def write_big(folder: Path) -> Path:
    """Nine megabytes that cannot be packed."""
    texts = (HELP.format(n) + base64.b85encode(os.urandom(6_000)).decode() for n in range(BIG))
    return lines(folder / "big.jsonl", *({"id": f"{n:05}", "text": text} for n, text in enumerate(texts)))


class TestFull:
    def test_a_full_disk(self, small_disk: Path, tmp_path: Path) -> None:
        """What was stored stays, the message says what to do, and with room the same command ends as if nothing had happened."""
        big = write_big(tmp_path)
        store = small_disk / "e.duckdb"
        with pytest.raises(StoreError, match="the disk is full; free some space and give the same command again"):
            code(str(big), str(store))
        roomy = tmp_path / "roomy.duckdb"
        for part in small_disk.iterdir():
            (tmp_path / part.name.replace("e.duckdb", roomy.name)).write_bytes(part.read_bytes())
        self.ends_well(big, roomy)

    def test_a_file_may_not_grow(self, tmp_path: Path) -> None:
        big = write_big(tmp_path)
        store = tmp_path / "e.duckdb"
        before = resource.getrlimit(resource.RLIMIT_FSIZE)
        resource.setrlimit(resource.RLIMIT_FSIZE, (5_000_000, before[1]))
        try:
            with pytest.raises(StoreError, match="cannot be written"):
                code(str(big), str(store))
        finally:
            resource.setrlimit(resource.RLIMIT_FSIZE, before)
        self.ends_well(big, store)

    def ends_well(self, big: Path, store: Path) -> None:
        stored = sql(store, "SELECT count(*) FROM articles")[0][0]
        assert 0 < stored < BIG
        assert code(str(big), str(store)) == 0
        assert sql(store, "SELECT count(*) FROM articles") == [(BIG,)]
        assert is_sound(store)
        assert sql(store, "SELECT outcome FROM runs ORDER BY id")[-1] == ("whole",)

    def test_a_folder_that_is_read_only(self, feed: Path, tmp_path: Path) -> None:
        place = Path("/proc/self")
        if not place.is_dir():
            pytest.skip("no /proc here")
        with pytest.raises(StoreError, match=r"cannot be opened|no permission"):
            code(str(feed), str(place / "e.duckdb"))

    def test_a_file_system_that_is_read_only(self, small_disk: Path, feed: Path) -> None:
        code(str(feed), str(small_disk / "e.duckdb"))
        subprocess.run(["mount", "-o", "remount,ro", small_disk], check=True)
        with pytest.raises(StoreError, match=r"no permission|cannot be opened"):
            code(str(feed), str(small_disk / "e.duckdb"))
        assert is_sound(small_disk / "e.duckdb"), "it may still be read"


class TestWriters:
    def test_the_second_is_told_whom_it_waits_for(self, feed: Path, store: Path) -> None:
        with writing_elsewhere(store) as (process, finish):
            with pytest.raises(StoreError) as caught:
                code(str(feed), str(store))
            finish()
        host = os.uname().nodename
        assert f"in use by process {process.pid} on {host}, which has been writing it since 20" in str(caught.value)
        assert not Path(f"{store}.writer").exists()
        assert code(str(feed), str(store)) == 0

    def test_one_that_was_killed_keeps_nobody_out(self, feed: Path, store: Path) -> None:
        with writing_elsewhere(store) as (process, _):
            process.kill()
            process.wait()
        assert Path(f"{store}.writer").exists(), "as it is left behind"
        assert code(str(feed), str(store)) == 0
        assert not Path(f"{store}.writer").exists()

    def test_a_run_that_was_killed_is_said_to_be(self, feed: Path, store: Path) -> None:
        code(str(feed), str(store))
        with duckdb.connect(str(store)) as connection:
            connection.execute("UPDATE runs SET ended = NULL, outcome = 'running'")
        code(str(feed), str(store))
        assert sql(store, "SELECT outcome, ended IS NULL FROM runs ORDER BY id") == [("killed", True), ("whole", False)]


class writing_elsewhere:
    """Another process that holds the store open for writing, until it is told to finish or killed."""

    def __init__(self, store: Path) -> None:
        script = f"from dragoman.store import Store\nwith Store({str(store)!r}):\n    print('open', flush=True)\n    input()"
        self.process = subprocess.Popen([sys.executable, "-c", script], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True)

    def __enter__(self) -> tuple[subprocess.Popen[str], Callable[[], object]]:
        assert self.process.stdout is not None
        assert self.process.stdout.readline() == "open\n"
        return self.process, lambda: self.process.communicate("\n")

    def __exit__(self, *error: object) -> None:
        self.process.kill()
        self.process.communicate()
