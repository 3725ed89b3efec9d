"""In: a feed and what is known of it. Out: its new articles, the text of the page where the feed has only a summary; and when to ask next.

Nothing here is remembered before the store has the articles: ``Poll.done`` says what then is.
"""

from __future__ import annotations

import io
import lzma
import zlib
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field

from dragoman.read import feed as feeds
from dragoman.read import html
from dragoman.read.addresses import Refused
from dragoman.read.base import Options, problem
from dragoman.read.fetching import Answer, Failed
from dragoman.read.streams import HEAD, content
from dragoman.read.urls import in_utf8, read_answer
from dragoman.schema import Article, Problem
from dragoman.watch.manners import BUSY, Disallowed, Guest
from dragoman.watch.state import FeedState

FULL = "content"  # what ``text_from`` says of an entry that needs no page
MOST_PAGES = 30  # fetched in one poll, so that a long feed does not keep the others waiting; the rest comes with the next
PAGE_TRIES = 3  # polls in which a page is asked for before the summary stands in for it
LONGEST_BACK_OFF = 86_400.0  # seconds


@dataclass(slots=True)
class Poll:
    """What came of asking a feed once. ``articles`` are new; ``later`` are those whose page did not come, ``waiting`` was not asked for."""

    articles: list[Article] = field(default_factory=list)
    problems: list[Problem] = field(default_factory=list)
    passed_over: list[str] = field(default_factory=list)
    later: list[str] = field(default_factory=list)
    waiting: int = 0
    pages: int = 0
    answer: Answer | None = None

    def done(self, state: FeedState) -> None:
        """Remembers what is stored. The feed is read again as a whole while pages are missing."""
        state.failures, state.not_before = 0, 0.0
        state.see([*self.passed_over, *(article.id for article in self.articles)])
        for article_id in self.later:
            state.try_again(article_id)
        if self.answer is not None and self.answer.status == 200:
            headers = {} if self.later or self.waiting else self.answer.headers
            state.etag, state.modified = headers.get("etag"), headers.get("last-modified")


@dataclass(frozen=True, slots=True)
class Poller:
    """Asks feeds. ``stored`` says which of some ids the store has already."""

    guest: Guest
    stored: Callable[[Sequence[str]], set[str]]
    options: Options = field(default_factory=Options)
    pages: bool = True
    every: float = 900.0

    def poll(self, state: FeedState) -> Poll:
        """The articles of a feed that are not done. One that fails is asked later and later; the problem says why."""
        if self.guest.is_held(state.feed):
            state.not_before = self.guest.free_at(state.feed)
            return Poll()
        try:
            answer = self.guest.fetch(state.feed, conditions(state))
        except Refused as error:
            return self._failed(state, str(error), waited=LONGEST_BACK_OFF if isinstance(error, Disallowed) else None)
        except Failed as error:
            return self._failed(state, str(error))
        if answer.status == 304:
            return Poll(answer=answer)
        if answer.status != 200:
            waited = self.guest.retry_after(answer) if answer.status in BUSY else LONGEST_BACK_OFF if answer.status == 410 else None
            return self._failed(state, f"the server answers with status {answer.status}", waited)
        return self._entries(state, answer)

    def _failed(self, state: FeedState, why: str, waited: float | None = None) -> Poll:
        state.failures += 1
        back_off = min(self.every * 2.0 ** min(state.failures - 1, 20), LONGEST_BACK_OFF)
        state.not_before = self.guest.now() + max(back_off, waited or 0.0)
        return Poll(problems=[problem(state.feed, f"{why}; asked again in {duration(state.not_before - self.guest.now())}")])

    def _entries(self, state: FeedState, answer: Answer) -> Poll:
        if not is_feed(answer):
            return self._failed(state, "this is no RSS or Atom feed; look at the address in a browser")
        poll = Poll(answer=answer)
        found = list(self._new(state, answer, poll))
        known = self.stored([article.id for article in found])
        for article in found:
            if article.id in known:
                poll.passed_over.append(article.id)
            else:
                self._take(poll, state, article)
        return poll

    def _new(self, state: FeedState, answer: Answer, poll: Poll) -> Iterator[Article]:
        """The entries that are not done, each once, the oldest first: feeds have the newest at the top."""
        entries: dict[str, Article] = {}
        for item in read_answer(
            answer, state.feed, Options(kind=feeds.NAME, published=self.options.published, max_chars=self.options.max_chars)
        ):
            if isinstance(item, Problem):
                poll.problems.append(item)
            elif state.has_seen(item.id):
                poll.passed_over.append(item.id)
            else:
                entries.setdefault(item.id, item.model_copy(update={"extra": {**item.extra, "feed": state.feed}}))
        yield from reversed(entries.values())

    def _take(self, poll: Poll, state: FeedState, article: Article) -> None:
        """The entry with the text of its page, if that is wanted and allowed; later, where the page does not come now."""
        if not self.pages or article.url is None or article.extra.get("text_from") == FULL:
            poll.articles.append(article)
            return
        if poll.pages == MOST_PAGES:
            poll.waiting += 1
            return
        poll.pages += 1
        try:
            answer = self.guest.fetch(article.url)
            gone = answer.status not in BUSY and answer.status < 500
        except (Disallowed, Failed, Refused) as error:
            answer, gone = None, isinstance(error, Disallowed)
        if answer is not None and answer.status == 200:
            poll.articles.append(with_page(article, answer, self.options))
        elif gone or state.tries_of(article.id) + 1 >= PAGE_TRIES:
            poll.articles.append(article)
        else:
            poll.later.append(article.id)


def is_feed(answer: Answer) -> bool:
    """Whether an answer begins as a feed does, whatever its encoding and packing."""
    try:
        return feeds.looks_like(content(io.BytesIO(in_utf8(answer))).peek(HEAD))
    except (OSError, EOFError, UnicodeError, zlib.error, lzma.LZMAError):
        return False


def conditions(state: FeedState) -> dict[str, str]:
    """Headers by which a server need not send again what we have."""
    asked = {"If-None-Match": state.etag, "If-Modified-Since": state.modified}
    return {key: value for key, value in asked.items() if value}


def with_page(article: Article, answer: Answer, options: Options) -> Article:
    """The entry with the text of its page, if there is an article on it that says more than the entry."""
    page_options = Options(published=options.published, max_chars=options.max_chars, kind=html.NAME)
    page = next(read_answer(answer, answer.url, page_options), None)
    if not isinstance(page, Article) or len(page.text) <= len(article.text):
        return article
    kept = {key: getattr(article, key) or getattr(page, key) for key in ("headline", "published", "publication")}
    extra = {**page.extra, **article.extra, "found_in": {**page.extra.get("found_in", {}), **article.extra.get("found_in", {})}}
    return article.model_copy(update={**kept, "text": page.text, "extra": {**extra, "text_from": "page"}})


def duration(seconds: float) -> str:
    """Such as "15 minutes"."""
    for size, unit in ((86_400, "days"), (3_600, "hours"), (60, "minutes")):
        if seconds >= 2 * size:
            return f"{seconds / size:.0f} {unit}"
    return f"{seconds:.0f} seconds"
