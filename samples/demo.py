"""What ``make demo`` shows: the samples coded one after the other, stored, and asked for.

In: nothing. Out: tables on the terminal and ``build/demo.duckdb``; the samples are invented, see README.md beside this file.
"""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

HERE = Path(__file__).resolve().parent
STORE = Path("build") / "demo.duckdb"
SHOWN = ("summit", "2023-11-14"), ("missile-strike", "2023-09-05")
QUERY = "material conflict"


def dragoman(*arguments: str) -> None:
    print(f"\n$ dragoman {' '.join(f'{a!r}' if ' ' in a else a for a in arguments)}", flush=True)
    status = subprocess.run([sys.executable, "-m", "dragoman", *arguments], cwd=HERE.parent, check=False).returncode
    if status:
        sys.exit(status)


def main() -> None:
    (HERE.parent / STORE.parent).mkdir(exist_ok=True)
    for before in (HERE.parent / STORE.parent).glob(f"{STORE.name}*"):
        before.unlink()
    for name, day in SHOWN:
        dragoman("code", f"samples/{name}.txt", "--published", day, "--format", "table")
    dragoman("code", "samples", "--store", str(STORE))
    dragoman("query", str(STORE), QUERY, "--limit", "12", "--format", "table")
    print("\nNow your own: .venv/bin/dragoman code YOUR_ARTICLE.txt --published YYYY-MM-DD; --help shows more.")


if __name__ == "__main__":
    try:
        main()
    except KeyboardInterrupt:
        sys.exit(130)
