"""The command as tests run it: in this process or in one of its own, and what it leaves behind."""

from __future__ import annotations

import json
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

from dragoman.console import BROKEN_PIPE, CANNOT_RUN, INTERRUPTED, MAX_PROBLEMS
from dragoman.store import Store
from dragoman.store.errors import StoreError

SUMMIT = Path(__file__).resolve().parents[1] / "samples" / "summit.txt"
STORY = "PARIS - France condemned Iran on Tuesday.\n"
OTHER = "OSLO - Norway praised Sweden on Tuesday.\n"
COMMAND = [sys.executable, "-m", "dragoman"]


class Result:
    """How a command ended, and what it wrote. No end shows a traceback, and none is a status that console.py doesn't know."""

    def __init__(self, status: int, out: str, err: str) -> None:
        self.status, self.out, self.err = status, out, err
        assert "Traceback" not in out + err, err
        assert status in {*range(MAX_PROBLEMS + 1), CANNOT_RUN, INTERRUPTED, BROKEN_PIPE}

    @property
    def records(self) -> list[dict[str, Any]]:
        return [json.loads(line) for line in self.out.splitlines()]

    def of(self, kind: str) -> list[dict[str, Any]]:
        return [r for r in self.records if r["record"] == kind]

    @property
    def problem(self) -> str:
        """The message of the only problem, which is also the exit status."""
        assert self.status == 1, self.err
        [problem] = self.of("problem")
        return str(problem["message"])


Run = Callable[..., Result]


def process(*arguments: object, stdin: str | bytes | None = None, **options: Any) -> Result:
    """The command in a process of its own."""
    data = stdin.encode() if isinstance(stdin, str) else stdin
    done = subprocess.run([*COMMAND, *map(str, arguments)], input=data or b"", capture_output=True, timeout=60, check=False, **options)
    return Result(done.returncode, done.stdout.decode(), done.stderr.decode())


def lines(file: Path, *rows: object) -> Path:
    file.write_text("".join((r if isinstance(r, str) else json.dumps(r)) + "\n" for r in rows), encoding="utf-8")
    return file


def contents(store: Path) -> list[str]:
    """All records of a store, each with the text it belongs to."""
    with Store(store, readonly=True) as opened:
        found = [record.model_dump_json() for coding in opened.codings() for record in coding.records()]
        texts = [opened.text(a.id) for a in opened.articles()]
    assert None not in texts
    return sorted(found)


def contents_if_any(store: Path) -> list[str]:
    """The same of a store whose making may have been interrupted, too."""
    try:
        return contents(store)
    except StoreError as error:
        if "nothing is stored" not in str(error):
            raise
        return []
