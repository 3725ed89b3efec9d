"""In: a stream of any kind. Out: its articles, by the reader that is asked for, else by the one that its content tells.

What can go wrong while a stream is read becomes a Problem here; archives hand their members to the same function.
"""

from __future__ import annotations

import lzma
import zlib
from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path
from typing import BinaryIO

from dragoman.read import registry
from dragoman.read.base import Options, problem
from dragoman.read.streams import HEAD, content
from dragoman.read.unpacking import Bomb, Budget
from dragoman.schema import Article, Problem

OnBytes = Callable[[int], None]
PACKED = (".gz", ".bz2", ".xz", ".zst")


def ending_of(name: str) -> str:
    """The ending that says what a file holds, without that of a packer."""
    path = Path(name.lower())
    return path.with_suffix("").suffix if path.suffix in PACKED else path.suffix


def has_known_ending(name: str) -> bool:
    return ending_of(name) in registry.endings()


def read_stream(
    raw: BinaryIO, source: str, options: Options, ending: str = "", on_bytes: OnBytes | None = None
) -> Iterator[Article | Problem]:
    """The articles of one stream, each with the ``kind`` of reader that knew it; nothing raises for what the stream holds."""
    if not options.depth:
        options = replace(options, budget=Budget())
    try:
        stream = content(raw, on_bytes, options.budget, options.spot)
        reader = registry.chosen(options.kind, stream.peek(HEAD), ending)
        for item in reader.read(stream, source, options):
            is_new = isinstance(item, Article) and item.kind is None
            yield item.model_copy(update={"kind": reader.NAME}) if is_new else item
    except EOFError:
        yield problem(source, "the packed file ends too early, so the rest of it is lost; fetch it again")
    except Bomb as error:
        yield problem(source, str(error))
    except (zlib.error, lzma.LZMAError, UnicodeError) as error:
        yield problem(source, f"the file is damaged, so the rest of it is lost; fetch it again ({error})")
    except OSError as error:
        yield problem(source, f"cannot be read to its end: {reason(error)}")


def reason(error: OSError | ValueError) -> str:
    """What went wrong and what to do about it."""
    if isinstance(error, FileNotFoundError):
        return "there is no such file; look at the name and at the folder you are in"
    if isinstance(error, PermissionError):
        return "you have no permission to read it; change that, as with: chmod u+r"
    if isinstance(error, IsADirectoryError):
        return "it is a folder"
    return getattr(error, "strerror", None) or str(error)
