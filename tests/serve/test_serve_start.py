"""The reading room opens without what its first pages do not need: the parser and the classifier wait until a text is to be coded."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

from dragoman.store import Store
from handmade import summit

HEAVY = ("spacy", "thinc", "onnxruntime", "tokenizers", "trafilatura", "torch", "pandas")
LOADED = f"import sys; print(*sorted(set({HEAVY!r}) & set(sys.modules)))"
SERVED = """
from pathlib import Path
from fastapi.testclient import TestClient
import dragoman.cli
from dragoman.serve.serving import app_of
with TestClient(app_of(Path(sys.argv[1]))) as client:
    for address in ("/", "/api/about", "/api/events", "/api/codebook"):
        assert client.get(address).status_code == 200, address
"""


def loaded(program: str, *arguments: str) -> list[str]:
    """What of the heavy modules a process has loaded at its end."""
    done = subprocess.run(
        [sys.executable, "-c", f"import sys\n{program}\n{LOADED}", *arguments], capture_output=True, text=True, check=True
    )
    return done.stdout.split()


def test_the_first_page_loads_no_parser(tmp_path: Path) -> None:
    with Store(tmp_path / "events.duckdb") as made:
        made.add([(summit(), "a text")])
    assert loaded(SERVED, str(tmp_path / "events.duckdb")) == []


def test_the_test_would_find_it() -> None:
    assert "spacy" in loaded("import dragoman.coder")
