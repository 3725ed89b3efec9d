"""In: the file beside a store in which watch keeps what it knows of each feed. Out: the same, changed; the file is replaced whole.

A line is a feed. What is lost with the file costs one more request a feed and no article: the store knows what it has.
"""

from __future__ import annotations

import os
from collections.abc import Iterable
from hashlib import sha256
from pathlib import Path

from pydantic import BaseModel

SUFFIX = ".watch.jsonl"
SEEN_KEPT = 5_000  # ids of a feed; the longest feeds have some hundred entries


class FeedState(BaseModel):
    """What is known of a feed: what to ask it with, when not to, and which of its entries are done (``seen``) or tried so many times."""

    feed: str
    etag: str | None = None
    modified: str | None = None
    not_before: float = 0.0
    failures: int = 0
    seen: list[str] = []
    tries: dict[str, int] = {}

    def has_seen(self, article_id: str) -> bool:
        return key_of(article_id) in self.seen

    def see(self, article_ids: Iterable[str]) -> None:
        """Remembers ids as done, the latest at the end."""
        new = [key_of(article_id) for article_id in article_ids]
        done = set(new)
        self.seen = [*(key for key in self.seen if key not in done), *dict.fromkeys(new)][-SEEN_KEPT:]
        self.tries = {key: count for key, count in self.tries.items() if key not in done}

    def tries_of(self, article_id: str) -> int:
        return self.tries.get(key_of(article_id), 0)

    def try_again(self, article_id: str) -> int:
        """Counts an attempt that failed; how many these are."""
        key = key_of(article_id)
        self.tries[key] = self.tries.get(key, 0) + 1
        return self.tries[key]


def key_of(article_id: str) -> str:
    return sha256(article_id.encode("utf-8", "surrogatepass")).hexdigest()[:12]


class State:
    """The states of all feeds that a store was ever filled from."""

    def __init__(self, store: Path) -> None:
        self.path = store.with_name(store.name + SUFFIX)
        self._feeds = {state.feed: state for state in loaded(self.path)}

    def of(self, feed: str) -> FeedState:
        return self._feeds.setdefault(feed, FeedState(feed=feed))

    def save(self) -> None:
        """Replaces the file at once, so that whoever is killed leaves the old or the new one. OSError where it cannot be written."""
        lines = [state.model_dump_json() for _, state in sorted(self._feeds.items())]
        beside = self.path.with_name(self.path.name + ".new")
        with beside.open("w", encoding="utf-8") as file:
            file.writelines(line + "\n" for line in lines)
            file.flush()
            os.fsync(file.fileno())
        beside.replace(self.path)


def loaded(path: Path) -> list[FeedState]:
    """The states in a file, without lines that somebody broke."""
    if not path.exists():
        return []
    found = (state_in(line) for line in path.read_text(encoding="utf-8", errors="replace").splitlines())
    return [state for state in found if state is not None]


def state_in(line: str) -> FeedState | None:
    try:
        return FeedState.model_validate_json(line)
    except ValueError:
        return None
