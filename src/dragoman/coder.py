"""In: articles. Out: their records. The only module that knows the order of the stages.

Articles are parsed in batches and coded one by one, in this process or in workers; the records and their order are the same.
"""

from __future__ import annotations

from collections import deque
from collections.abc import Iterable, Iterator, Mapping
from concurrent.futures import Future, ProcessPoolExecutor
from itertools import islice
from multiprocessing import get_context
from typing import Any, TypeAlias

from dragoman import actors, events, knowledge, language, read, statements, when
from dragoman.drafts import Layout, Said
from dragoman.events.rules import RuleClassifier
from dragoman.records import Records, article_record
from dragoman.schema import Article, Coding, Event, Problem, Statement

Item: TypeAlias = str | Mapping[str, Any] | Article | Problem
BATCH_ARTICLES = 32
BATCH_CHARS = 200_000
BATCHES_AHEAD = 2


class Coder:
    """Codes articles. Loading takes about a second; a coder can be used for any number of articles.

    >>> coder = Coder()
    >>> coding = coder.code("PARIS (AP) - France condemned Iran.", published="2024-11-06")
    >>> [(e.type, e.actor[0].country, e.recipient[0].country) for e in coding.events]
    [('ACCUSE', 'FRA', 'IRN')]
    """

    def __init__(self) -> None:
        self._nlp = language.load()
        self._knowledge = knowledge.load()
        self._classifier = RuleClassifier()

    def code(self, article: str | Mapping[str, Any] | Article, published: str | None = None) -> Coding:
        """The records of a text, a mapping with the keys of a JSONL line, or an Article. ValueError for what is none of these."""
        return self._batch([read.article_of(article, published)])[0]

    def pipe(self, articles: Iterable[Item], workers: int = 1) -> Iterator[Coding]:
        """The records of many articles, in their order, a batch in memory at a time; what is no article gives a Coding with a problem."""
        batches = _batches(articles)
        yield from (coding for batch in batches for coding in self._batch(batch)) if workers <= 1 else _in_workers(batches, workers)

    def _batch(self, items: list[Article | Problem]) -> list[Coding]:
        with self._nlp.memory_zone():
            return list(self._codings(items))

    def _codings(self, items: list[Article | Problem]) -> Iterator[Coding]:
        articles = [a for a in items if isinstance(a, Article)]
        layouts = [read.layout(a, self._knowledge.place_country) for a in articles]
        parsed = zip(layouts, language.annotate(self._nlp, [(a.text, b) for a, b in zip(articles, layouts, strict=True)]), strict=True)
        for item in items:
            if isinstance(item, Problem):
                yield Coding(problems=[item])
            else:
                yield self._coding(item, *next(parsed))

    def _coding(self, article: Article, layout: Layout, annotated: language.Annotated) -> Coding:
        record = article_record(article, layout)
        try:
            said, happenings = self._stages(article.id, layout, annotated, record.published.value)
        except Exception as error:  # one article that a stage trips over must not end the run
            message = f"{type(error).__name__}: {error}; please report it with the article"
            return Coding(article=record, problems=[Problem(article_id=article.id, source=article.source, stage="code", message=message)])
        return Coding(article=record, statements=said, events=happenings)

    def _stages(
        self, article_id: str, layout: Layout, annotated: language.Annotated, published: str | None
    ) -> tuple[list[Statement], list[Event]]:
        said, quotes = statements.find(annotated)
        mentions = actors.find(annotated, layout, published, quotes, self._knowledge)
        times = when.find(annotated, published)
        happenings = events.find(annotated, mentions, said, self._classifier)
        records = Records(article_id, annotated, mentions, published)
        return (
            [
                records.statement(s, when.of(annotated, s.cue_head, times) if s.cue_head is not None else None)
                for s in said
                if is_statement(s, annotated)
            ],
            [records.event(h, when.of(annotated, h.dated_by, times) if h.dated_by is not None else None) for h in happenings],
        )


def is_statement(said: Said, annotated: language.Annotated) -> bool:
    """Whether an attribution reports words: a quotation, or a clause that hangs on a verb of speaking; "praised the plan" is none."""
    if not said.speech or said.kind != "indirect":
        return said.speech
    return any(annotated[i].pos_ in ("VERB", "AUX") for r in said.content for i in range(r.start, r.end))


def _batches(items: Iterable[Item]) -> Iterator[list[Article | Problem]]:
    """Batches of as many articles as are parsed best together; a long article may be alone in its batch."""
    batch: list[Article | Problem] = []
    chars = 0
    for item in items:
        article = _article(item)
        size = len(article.text) if isinstance(article, Article) else 0
        if batch and (len(batch) == BATCH_ARTICLES or chars + size > BATCH_CHARS):
            yield batch
            batch, chars = [], 0
        batch.append(article)
        chars += size
    if batch:
        yield batch


def _article(item: Item) -> Article | Problem:
    if isinstance(item, Article | Problem):
        return item
    try:
        return read.article_of(item)
    except ValueError as error:
        return Problem(stage="read", message=str(error))


_worker: Coder | None = None


def _start_worker() -> None:
    global _worker
    _worker = Coder()


def _work(batch: list[Article | Problem]) -> list[Coding]:
    assert _worker is not None
    return _worker._batch(batch)


def _in_workers(batches: Iterator[list[Article | Problem]], workers: int) -> Iterator[Coding]:
    """Batches coded in processes of their own, a few ahead of what is asked for, handed back in order."""
    pool = ProcessPoolExecutor(workers, mp_context=get_context("spawn"), initializer=_start_worker)
    try:
        waiting: deque[Future[list[Coding]]] = deque(pool.submit(_work, b) for b in islice(batches, workers * BATCHES_AHEAD))
        while waiting:
            yield from waiting.popleft().result()
            waiting.extend(pool.submit(_work, b) for b in islice(batches, 1))
    finally:
        pool.shutdown(wait=True, cancel_futures=True)
