"""The API does what its own description says: schemathesis makes requests from /api/openapi.json and reads the answers against it."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

from room import made_store, served

from dragoman import asking
from dragoman.audit import Audit, draw
from dragoman.serve.auditing import Desk

CHECKS = "not_a_server_error,status_code_conformance,content_type_conformance,response_schema_conformance"


def held_against_its_description(address: str, folder: Path, *options: str) -> None:
    """Requests of all kinds to each address that is described; ``options`` narrow them."""
    command = [sys.executable, "-m", "schemathesis.cli", "run", f"{address}/api/openapi.json", "--checks", CHECKS]
    common = ["--phases", "fuzzing", "--max-examples", "6", "--seed", "1", "--no-color"]
    done = subprocess.run([*command, *common, *options], capture_output=True, text=True, cwd=folder)
    assert done.returncode == 0, done.stdout[-4000:] + done.stderr[-2000:]
    assert "passed" in done.stdout


def test_answers_are_as_described(tmp_path: Path) -> None:
    with served(made_store(tmp_path / "events.duckdb")) as address:
        held_against_its_description(address, tmp_path)


def test_so_are_those_of_an_audit_and_what_is_written_can_be_read(tmp_path: Path) -> None:
    store, file = made_store(tmp_path / "events.duckdb"), tmp_path / "audit.jsonl"
    with asking.opened(store) as there:
        draw(there, file, size=5, stories=2)
    with served(store, Desk(file, "anna")) as address:
        held_against_its_description(address, tmp_path, "--include-path-regex", "^/api/audit", "-H", f"Origin: {address}", "-n", "12")
    assert len(Audit(file).items) == 5
