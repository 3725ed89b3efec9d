"""Every way in which a command ends: closed pipes, full disks, Ctrl-C, kill; and what is kept."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from commands import COMMAND, OTHER, STORY, SUMMIT, contents, contents_if_any, lines, process
from dragoman.cli import _status
from dragoman.console import BROKEN_PIPE, CANNOT_RUN, INTERRUPTED
from dragoman.verifying import faults


class TestEnds:
    """Closed pipes, full disks, Ctrl-C, kill: in processes, as it happens."""

    @pytest.mark.parametrize("arguments", [["code", str(SUMMIT)], ["code", str(SUMMIT), "-f", "table"], ["codebook"]])
    def test_nobody_reads_on(self, arguments: list[str]) -> None:
        with subprocess.Popen([*COMMAND, *arguments], stdout=subprocess.PIPE, stderr=subprocess.PIPE) as running:
            assert running.stdout is not None
            assert running.stderr is not None
            running.stdout.close()
            error = running.stderr.read().decode()
        assert (running.returncode, error) == (BROKEN_PIPE, "")

    @pytest.mark.skipif(not Path("/dev/full").exists(), reason="needs /dev/full")
    def test_a_full_disk(self, story: Path) -> None:
        with open("/dev/full", "w") as full:
            done = subprocess.run([*COMMAND, "code", str(story)], stdout=full, stderr=subprocess.PIPE, timeout=60, check=False)
        assert done.returncode == CANNOT_RUN
        assert done.stderr.decode().splitlines() == ["dragoman: the output cannot be read or written: No space left on device"]

    def test_closed_streams(self) -> None:
        command = " ".join([*COMMAND, "code", ">&-", "<&-", "2>&-"])
        assert subprocess.run(["bash", "-c", command], timeout=60, check=False).returncode == 1

    def test_a_locale_without_letters(self, tmp_path: Path) -> None:
        (tmp_path / "a.txt").write_text("PARIS — “We condemn Iran,” said French President Emmanuel Macron.\n", encoding="utf-8")
        result = process("code", tmp_path / "a.txt", "-f", "table", env={**os.environ, "LC_ALL": "C", "PYTHONIOENCODING": "ascii"})
        assert (result.status, "“We condemn Iran,”" in result.out) == (0, True)
        assert process("codebook", "THREATEN", env={**os.environ, "PYTHONIOENCODING": "ascii"}).status == 0

    @pytest.mark.skipif(sys.platform == "win32", reason="needs a pseudo-terminal")
    @pytest.mark.parametrize(("arguments", "bar"), [([], False), (["-o", "{folder}/out.jsonl"], True)])
    def test_no_bar_over_records_on_a_terminal(self, story: Path, tmp_path: Path, arguments: list[str], bar: bool) -> None:
        import pty

        ours, theirs = pty.openpty()
        command = [*COMMAND, "code", str(story), *(a.format(folder=tmp_path) for a in arguments)]
        with subprocess.Popen(command, stdin=theirs, stdout=theirs, stderr=theirs, env={**os.environ, "TERM": "xterm"}) as running:
            os.close(theirs)
            shown = b"".join(iter(lambda: written_to(ours), b""))
        os.close(ours)
        assert running.returncode == 0
        assert (b"0%" in shown) == bar
        assert (b"condemned" in shown) != bar


def written_to(terminal: int) -> bytes:
    """What a process wrote to its end of a pseudo-terminal; nothing once it has closed it."""
    try:
        return os.read(terminal, 65_536)
    except OSError:
        return b""


@pytest.fixture(scope="module")
def corpus(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Short articles, more than the store takes at once (256), each with an id and a number of its own."""
    rows = ({"id": f"n{n:04}", "text": f"{(STORY, OTHER)[n % 2]}\nNumber {n}.\n", "published": "2024-11-06"} for n in range(1200))
    return lines(tmp_path_factory.mktemp("corpus") / "a.jsonl", *rows)


@pytest.fixture(scope="module")
def uninterrupted(corpus: Path, tmp_path_factory: pytest.TempPathFactory) -> list[str]:
    store = tmp_path_factory.mktemp("whole") / "e.duckdb"
    return finished(corpus, store)


def whole_articles(kept: list[str], uninterrupted: list[str]) -> bool:
    """Whether of every article all or no records are there."""
    ids = {r["id"] for r in map(json.loads, kept) if r["record"] == "article"}
    return kept == [line for line in uninterrupted if (r := json.loads(line)).get("article_id", r["id"]) in ids]


class TestInterrupted:
    """What was finished is kept, whole; the same command again ends with the records of a run that nobody interrupted."""

    @pytest.mark.parametrize("workers", [1, 2])
    @pytest.mark.parametrize("after", [0, 1, 300])
    def test_ctrl_c(self, corpus: Path, uninterrupted: list[str], tmp_path: Path, workers: int, after: int) -> None:
        status, error = stopped(signal.SIGINT, after, corpus, tmp_path, workers)
        assert status == INTERRUPTED
        assert error.splitlines() == ["Interrupted. What was finished is kept; the same command with --store goes on where it stopped."]
        kept = contents_if_any(tmp_path / "e.duckdb")
        assert set(kept) < set(uninterrupted)
        assert len([r for r in kept if '"record":"article"' in r]) >= after
        if after == 300:
            assert finished(corpus, tmp_path / "e.duckdb") == uninterrupted

    def test_a_batch_system_stops_it(self, corpus: Path, tmp_path: Path) -> None:
        status, error = stopped(signal.SIGTERM, 1, corpus, tmp_path, workers=1)
        assert (status, error.startswith("Interrupted.")) == (INTERRUPTED, True)
        assert contents(tmp_path / "e.duckdb")

    @pytest.mark.parametrize("workers", [1, 2])
    def test_killed(self, corpus: Path, uninterrupted: list[str], tmp_path: Path, workers: int) -> None:
        status, _ = stopped(signal.SIGKILL, 300, corpus, tmp_path, workers)
        assert status == -signal.SIGKILL
        kept = contents(tmp_path / "e.duckdb")
        assert set(kept) < set(uninterrupted)
        assert whole_articles(kept, uninterrupted)
        assert finished(corpus, tmp_path / "e.duckdb") == uninterrupted
        assert list(faults(tmp_path / "e.duckdb")) == []

    @pytest.mark.skipif(not Path("/proc/self/task").exists(), reason="needs /proc")
    def test_a_worker_dies(self, corpus: Path, tmp_path: Path) -> None:
        """As when the machine is out of memory: not for ever waiting, and nothing by halves."""
        with started(corpus, tmp_path, workers=2) as running:
            wait_for(1, tmp_path, running)
            workers = [c for c in children(running.pid) if b"spawn_main" in Path(f"/proc/{c}/cmdline").read_bytes()]
            os.kill(workers[0], signal.SIGKILL)
            _, error = running.communicate(timeout=30)
        assert running.returncode == CANNOT_RUN
        assert error.startswith("dragoman: a worker process died")
        assert len(error.splitlines()) == 1


def started(corpus: Path, folder: Path, workers: int) -> subprocess.Popen[str]:
    """The command as a shell starts it, in a process group of its own, and with Ctrl-C, which a background job would ignore."""
    command = [*COMMAND, "code", str(corpus), "--store", str(folder / "e.duckdb"), "-o", str(folder / "out.jsonl"), "-j", str(workers)]
    before = signal.signal(signal.SIGINT, signal.default_int_handler)  # a child is born with what its parent ignores
    try:
        return subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE, text=True, start_new_session=True)
    finally:
        signal.signal(signal.SIGINT, before)


def wait_for(articles: int, folder: Path, running: subprocess.Popen[str]) -> None:
    """Until so many articles are written; for 0, until the store is made and the parser is being loaded."""
    store, out = folder / "e.duckdb", folder / "out.jsonl"  # before the store is made, the output comes and goes for a check
    while not (store.exists() and out.exists() and out.read_bytes().count(b'"record":"article"') >= articles):
        assert running.poll() is None, "ended before it could be stopped"
        time.sleep(0.02)


def stopped(how: signal.Signals, after: int, corpus: Path, folder: Path, workers: int) -> tuple[int, str]:
    """Status and error stream of a command that gets a signal as from the keyboard; kill -9 hits only the first process."""
    with started(corpus, folder, workers) as running:
        wait_for(after, folder, running)
        family = [running.pid, *children(running.pid)]
        os.kill(running.pid, how) if how == signal.SIGKILL else os.killpg(running.pid, how)
        _, error = running.communicate(timeout=20)  # ends only when the last of them has closed the stream
    for _ in range(50):
        if not any(map(alive, family)):
            return running.returncode, error
        time.sleep(0.1)
    raise AssertionError("a process was left behind")


def children(process_id: int) -> list[int]:
    listed = Path(f"/proc/{process_id}/task/{process_id}/children")
    return [int(c) for c in listed.read_text().split()] if listed.exists() else []


def alive(process_id: int) -> bool:
    """Zombies, which nobody has asked about yet, are dead."""
    try:
        return Path(f"/proc/{process_id}/stat").read_text().rsplit(")", 1)[1].split()[0] != "Z"
    except OSError:
        return False


def finished(corpus: Path, store: Path) -> list[str]:
    assert _status(["code", str(corpus), "--store", str(store), "-q"]) == 0
    return contents(store)
