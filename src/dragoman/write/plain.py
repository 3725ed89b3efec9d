"""Text of an article made fit for where it goes. In: any string. Out: one that a terminal, a file or a page takes without harm."""

from __future__ import annotations

import re

REPLACEMENT = "\ufffd"
CONTROLS = "\x00-\x08\x0b-\x1f\x7f-\x84\x86-\x9f"  # would move the cursor or colour the page; not tab, line feed, U+0085
DIRECTIONS = "\u061c\u202a-\u202e\u2066-\u2069"  # would turn round what follows
SURROGATES = "\ud800-\udfff"  # cannot be written in UTF-8
LINE_ENDS = "\x85\u2028\u2029"  # end a line for some readers
INVISIBLE = re.compile("[\xad\u200b\u200e\u200f\u2060-\u2064\ufeff]")
HARMFUL = re.compile(f"[{CONTROLS}{DIRECTIONS}{SURROGATES}]")
BREAKS = re.compile(f"[\t\n{LINE_ENDS}]")
FORMULA = re.compile(r"'*[=+\-@]")  # how a cell begins that a spreadsheet would run
NUMBER = re.compile(r"[+-]?\d+(\.\d+)?([eE][+-]?\d+)?")
NO_XML = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff]")
ESCAPED_IN_JSON = re.compile(f"[{CONTROLS}{DIRECTIONS}{SURROGATES}{LINE_ENDS}]")


def harmless(text: str) -> str:
    """The text, as long as it was, with U+FFFD for each code point that a terminal would act on or UTF-8 cannot write."""
    return HARMFUL.sub(REPLACEMENT, text)


def one_line(text: str) -> str:
    """The same on one line: every run of white space a space, and without what cannot be seen."""
    return harmless(INVISIBLE.sub("", " ".join(text.split())))


def flat(text: str) -> str:
    """The same on one line, as long as it was: a space for every tab and line end."""
    return harmless(BREAKS.sub(" ", text))


def no_formula(cell: str) -> str:
    """A cell that a spreadsheet shows as it is: an apostrophe before text that would be run. ``as_given`` takes it off again."""
    return f"'{cell}" if FORMULA.match(cell) and not NUMBER.fullmatch(cell) else cell


def as_given(cell: str) -> str:
    """The text that ``no_formula`` was given."""
    return cell[1:] if cell.startswith("'") and FORMULA.match(cell) else cell


def for_xml(text: str) -> str:
    """The text without what no XML may hold, not even escaped; U+FFFD in its place."""
    return NO_XML.sub(REPLACEMENT, harmless(text))


def one_json_line(line: str) -> str:
    """JSON that says the same, with escapes for what would do harm or end the line. Has no line feed of its own."""
    return ESCAPED_IN_JSON.sub(lambda found: f"\\u{ord(found[0]):04x}", line)
