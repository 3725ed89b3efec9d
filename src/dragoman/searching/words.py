"""What people type, as FTS5 understands it. In: words. Out: an expression that is never an error, or none.

``"two words"`` is a phrase, ``cease*`` a beginning, ``-word`` leaves out, ``or`` stands between alternatives; all else must be there.
Every word is quoted, so that nothing of what is typed is taken for FTS5's own syntax.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

TERM = re.compile(r'(?P<not>-)?(?:"(?P<phrase>[^"]*)"?|(?P<word>[^\s"]+))')
LETTER = re.compile(r"\w")
MOST = 40  # terms; more is a page pasted in


@dataclass(frozen=True, slots=True)
class Wanted:
    """Two FTS5 expressions: what must be there, and what must not. Empty for nothing."""

    there: str = ""
    absent: str = ""


def wanted(typed: str) -> Wanted:
    """What is asked for by some words."""
    groups: list[list[str]] = []
    absent: list[str] = []
    alternative = False
    for term in list(TERM.finditer(typed.replace("\0", " ")))[:MOST]:
        words = term["phrase"] if term["phrase"] is not None else term["word"]
        if term["phrase"] is None and not term["not"] and words.casefold() in ("or", "|"):
            alternative = bool(groups)
            continue
        if not LETTER.search(words.replace("_", "")):
            continue
        shown = quoted(words, prefix=term["phrase"] is None and words.endswith("*"))
        if term["not"]:
            absent.append(shown)
        elif alternative:
            groups[-1].append(shown)
        else:
            groups.append([shown])
        alternative = False
    return Wanted(" AND ".join(f"({' OR '.join(group)})" for group in groups), " OR ".join(absent))


def quoted(words: str, prefix: bool) -> str:
    return '"' + words.rstrip("*").replace('"', '""') + '"' + ("*" if prefix else "")
