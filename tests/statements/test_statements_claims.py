"""That events rest on the word of whom the text names, on the paragraphs of claims.yaml."""

from __future__ import annotations

import sys
from collections import Counter
from pathlib import Path

import yaml

from dragoman import Coder

sys.path.insert(0, str(Path(__file__).parent))
from claims import CLAIMS, differences


def test_status_and_source_are_right_in_most_events_that_are_found() -> None:
    coder, counts = Coder(), Counter[str]()
    for case in yaml.safe_load(CLAIMS.read_text(encoding="utf-8")):
        counts += differences(case, coder.code(case["text"]))[1]
    assert counts["events"] > 250
    assert counts["status and source right"] / counts["found"] >= 0.85
