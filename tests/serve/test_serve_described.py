"""The API does what its own description says: schemathesis makes requests from /api/openapi.json and reads the answers against it."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

from room import made_store, served

CHECKS = "not_a_server_error,status_code_conformance,content_type_conformance,response_schema_conformance"


def test_answers_are_as_described(tmp_path: Path) -> None:
    with served(made_store(tmp_path / "events.duckdb")) as address:
        command = [sys.executable, "-m", "schemathesis.cli", "run", f"{address}/api/openapi.json", "--checks", CHECKS]
        options = ["--phases", "fuzzing", "--max-examples", "6", "--seed", "1", "--no-color"]
        done = subprocess.run([*command, *options], capture_output=True, text=True, cwd=tmp_path)
    assert done.returncode == 0, done.stdout[-4000:] + done.stderr[-2000:]
    assert "passed" in done.stdout
