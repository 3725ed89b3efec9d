"""Who said what: dragoman side by side with public quotation extractors, on the same articles, with the same scorer, in one run.

    python benchmarks/quotations.py ../shared/gold/polnear/dev
    python benchmarks/quotations.py FOLDER --rounds 1      # quicker, speeds less steady

In: a folder of annotated articles as ``dragoman eval statements`` reads it. Out: a table, a line for each extractor and way of running
it (on whole articles, or paragraph by paragraph): F1 of attributions with the right source (AR-head), soft and exact F1 of contents,
sources right among pairs whose contents agree, articles that it failed on, and words a second of processor time, with and without the
parse, beside dragoman's.

The others (textacy, sayswho; pinned with hashes in quotations.txt) are no part of dragoman. The first run makes an environment for them
in the user's cache folder, for which it needs the network, 600 MB of disk and some minutes; later runs need none. All use the same parser
and model as dragoman, of it only the parts that they need. sayswho's step that tells which speakers are the same person needs a
model that no package holds, so only its finding of quotations, speakers and cues runs.
"""

from __future__ import annotations

import argparse
import hashlib
import json
import os
import shutil
import subprocess
import sys
import tempfile
import time
import venv
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from dragoman.errors import DragomanError
from dragoman.language import annotate, load
from dragoman.learn.attributions import Gold, gold_of
from dragoman.learn.statements import Figures, layout, predict, score
from dragoman.statements import find

HERE = Path(__file__).resolve().parent
REQUIREMENTS = HERE / "quotations.txt"
OTHERS = HERE / "quotations_others.py"
ROUNDS = 3
HEADINGS = (
    "",
    "AR-head",
    "direct",
    "joined",
    "mixed",
    "indirect",
    "soft",
    "exact",
    "source",
    "failed",
    "words/s",
    "ratio",
    "stage",
    "ratio",
)
INSTALL = ("-m", "pip", "install", "--quiet", "--require-hashes", "-r")
LEGEND = """AR-head, direct, mixed, indirect: F1 of attributions with the right source; soft, exact: F1 of contents
joined: direct, where all quotations of one cue count as one, as the annotators have it and the others have not
source: right in % of the pairs whose contents agree; failed: articles
words/s: words a second of processor time, parse included; stage: without the parse; each with its ratio to dragoman's"""
WIDTHS = (29, 7, 6, 6, 5, 8, 5, 5, 6, 6, 7, 6, 10, 6)


@dataclass(frozen=True)
class Measured:
    """An extractor's figures; seconds are the processor's, of the fastest rounds."""

    name: str
    figures: Figures
    joined: Figures
    failed: dict[str, str]
    parse_seconds: float
    extract_seconds: float

    @property
    def seconds(self) -> float:
        return self.parse_seconds + self.extract_seconds


def environment() -> Path:
    """The Python that has the others, made where there is none yet. DragomanError where they cannot be installed."""
    cache = Path(os.environ.get("XDG_CACHE_HOME") or Path.home() / ".cache") / "dragoman"
    folder = cache / f"quotations-{hashlib.sha256(REQUIREMENTS.read_bytes()).hexdigest()[:12]}"
    python = folder / ("Scripts/python.exe" if os.name == "nt" else "bin/python")
    if (folder / "ready").exists():
        return python
    print(f"installing the other extractors into {folder}, once", file=sys.stderr)
    shutil.rmtree(folder, ignore_errors=True)
    try:
        venv.create(folder, with_pip=True)
        subprocess.run([python, *INSTALL, REQUIREMENTS], stderr=subprocess.PIPE, text=True, check=True)
    except (OSError, subprocess.CalledProcessError) as error:
        said = str(getattr(error, "stderr", None) or error).strip().splitlines()
        raise DragomanError(
            f"the other extractors could not be installed; the first time that needs the network and a Python with venv: {said[-1]}"
        ) from error
    (folder / "ready").touch()
    return python


def found_by_others(python: Path, texts: dict[str, str]) -> list[dict[str, Any]]:
    """What each way of running each extractor found in a round, as quotations_others.py writes it."""
    with tempfile.TemporaryDirectory() as folder:
        source, target = Path(folder) / "texts.json", Path(folder) / "found.json"
        source.write_text(json.dumps(texts), encoding="utf-8")
        if subprocess.run([python, "-I", "-W", "ignore", OTHERS, source, target]).returncode:
            raise DragomanError(f"the other extractors failed, as said above; remove {python.parents[1]} to have them installed anew")
        found: list[dict[str, Any]] = json.loads(target.read_text(encoding="utf-8"))
        return found


def found_by_us(texts: dict[str, str]) -> dict[str, Any]:
    nlp, started = load(), time.process_time()
    articles = annotate(nlp, [(text, layout(text)) for text in texts.values()])
    parsed = time.process_time()
    for article in articles:
        find(article)
    done = time.process_time()
    return {"name": "dragoman", "failed": {}, "parse_seconds": parsed - started, "extract_seconds": done - parsed}


def measured(gold: Gold, rounds: int) -> list[Measured]:
    """Dragoman first. The rounds of all take turns, so that a machine that slows down slows all."""
    python, texts = environment(), given(gold)
    ours = predict(texts)
    turns = [[found_by_us(texts) | {"rows": ours}, *found_by_others(python, texts)] for _ in range(rounds)]
    return [_measured(gold, same) for same in zip(*turns, strict=True)]


def _measured(gold: Gold, rounds: Sequence[dict[str, Any]]) -> Measured:
    parse, extract = (min(one[part] for one in rounds) for part in ("parse_seconds", "extract_seconds"))
    one, rows = rounds[0], rounds[0]["rows"]
    return Measured(one["name"], score(gold, rows)[0], score(gold, joined(rows))[0], one["failed"], parse, extract)


def joined(rows: Sequence[dict[str, Any]]) -> list[dict[str, Any]]:
    """The rows with those of one cue made one; those without a cue stay apart."""
    by_cue: dict[str, dict[str, Any]] = {}
    for number, row in enumerate(rows):
        first = by_cue.setdefault(f"{row['doc']} {row['cue'] or number}", {**row, "content": []})
        first["content"] = [*first["content"], *row["content"]]
    return list(by_cue.values())


def given(gold: Gold) -> dict[str, str]:
    return {stem: text.text for stem, (text, _) in gold.items()}


def line(one: Measured, best: Measured, words: int) -> tuple[str, ...]:
    def f1(kind: str, measure: str = "head", figures: Figures = one.figures) -> str:
        return f"{100 * figures.rates(kind, measure).f1:.1f}"

    return (
        one.name,
        f1("all"),
        f1("direct"),
        f1("direct", figures=one.joined),
        f1("mixed"),
        f1("indirect"),
        f1("all", "soft"),
        f1("all", "exact"),
        f"{100 * one.figures.source_right('all'):.1f}",
        str(len(one.failed)),
        f"{words / one.seconds:,.0f}",
        f"{best.seconds / one.seconds:.2f}",
        f"{words / one.extract_seconds:,.0f}",
        f"{best.extract_seconds / one.extract_seconds:.2f}",
    )


def shown(cells: tuple[str, ...]) -> str:
    return "  ".join(
        f"{cell:<{width}}" if not place else f"{cell:>{width}}" for place, (cell, width) in enumerate(zip(cells, WIDTHS, strict=True))
    )


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("folder", type=Path, help="text/*.txt and attributions/*.ann, as gold/polnear/dev")
    parser.add_argument("--rounds", type=int, default=ROUNDS, help=f"how often each is timed, the fastest counts  [default: {ROUNDS}]")
    arguments = parser.parse_args()
    gold = gold_of(arguments.folder)
    words = sum(len(text.split()) for text in given(gold).values())
    found = measured(gold, arguments.rounds)
    print(f"{len(gold)} articles, {words:,} words, fastest of {arguments.rounds} rounds\n{LEGEND}")
    print(shown(HEADINGS))
    for one in found:
        print(shown(line(one, found[0], words)))
    for one in found:
        for stem, why in list(one.failed.items())[:1]:
            print(f"{one.name}: {len(one.failed)} failed, the first on {stem}: {why[:60]} ...")


if __name__ == "__main__":
    try:
        main()
    except DragomanError as error:
        sys.exit(f"error: {error}")
