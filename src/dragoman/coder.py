"""In: articles. Out: their records. The only module that knows the order of the stages.

Articles are parsed in batches and coded one by one, in this process or in workers; the records and their order are the same.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from functools import partial
from itertools import takewhile
from pathlib import Path
from typing import Any, TypeAlias

from dragoman import actors, events, expectations, language, quantities, read, relations, statements, when, where
from dragoman.drafts import Layout
from dragoman.events.classify import Classifier
from dragoman.knowledge import gazetteer
from dragoman.knowledge import load as load_knowledge
from dragoman.records import Records, article_record
from dragoman.schema import Article, Coding, Problem
from dragoman.workers import in_processes

Item: TypeAlias = str | Mapping[str, Any] | Article | Problem
Parsed: TypeAlias = tuple[Layout, language.Language, language.Annotated | None]
BATCH_ARTICLES = 32
BATCH_CHARS = 200_000


def _as_html(coding: Coding) -> str:
    from dragoman.write import coding_html

    return coding_html(coding)


# A notebook asks a value for this name; the records themselves import no writer.
setattr(Coding, "_repr_html_", _as_html)  # noqa: B010


class Coder:
    """Codes articles. Loading takes about a second; a coder can be used for any number of articles.

    >>> coder = Coder()
    >>> coding = coder.code("PARIS (AP) - France condemned Iran.", published="2024-11-06")
    >>> [(e.type, e.actor[0].country, e.recipient[0].country) for e in coding.events]
    [('ACCUSE', 'FRA', 'IRN')]
    """

    def __init__(
        self,
        classifier: Classifier | None = None,
        types: str | Path | None = None,
        knowledge: str | Path | None = None,
        any_language: bool = False,
    ) -> None:
        """``types`` is a YAML file with event types of the user's own, coded beside PLOVER's; DataError for what is wrong in it.

        ``knowledge`` is a folder with facts of the user's own about actors, as ``dragoman knowledge import`` makes it.
        ``any_language`` codes articles as English that are in another language, which are else a Problem.
        ``classifier`` judges what the candidates of an article are; without one the trained model and the rules do. Workers are sent a
        copy of it.
        """
        self._nlp = language.load()
        self._any_language = any_language
        self._facts = Path(knowledge) if knowledge is not None else None
        self._knowledge = load_knowledge(self._facts)
        self._classifier: Classifier = classifier or events.classifier(types)

    def code(self, article: str | Mapping[str, Any] | Article, published: str | None = None) -> Coding:
        """The records of a text, a mapping with the keys of a JSONL line, or an Article. ValueError for what is none of these."""
        return self.batch([read.article_of(article, published)])[0]

    def pipe(self, articles: Iterable[Item], workers: int = 1) -> Iterator[Coding]:
        """The records of many articles, in their order, a batch in memory at a time; what is no article gives a Coding with a problem."""
        batches = _batches(articles)
        if workers > 1:
            yield from in_processes(
                batches, workers, partial(Coder, self._classifier, knowledge=self._facts, any_language=self._any_language)
            )
        else:
            yield from (coding for batch in batches for coding in self.batch(batch))

    def batch(self, items: list[Article | Problem], stopped: Callable[[], bool] = lambda: False) -> list[Coding]:
        """The codings of a batch that is held in memory, parsed together; of fewer items once ``stopped`` says so."""
        with self._nlp.memory_zone():
            return list(takewhile(lambda _: not stopped(), self._codings(items)))

    def _codings(self, items: list[Article | Problem]) -> Iterator[Coding]:
        parsed = iter(self._parsed([a for a in items if isinstance(a, Article)]))
        for item in items:
            yield Coding(problems=[item]) if isinstance(item, Problem) else self._coding(item, next(parsed))

    def _parsed(self, articles: list[Article]) -> list[Parsed | Exception]:
        """Layout, language and parse of each article, which has none if it is not coded.

        All are parsed together; where that fails each alone, so that only the one to blame fails.
        """
        try:
            layouts = [read.layout(a, self._knowledge.place_country) for a in articles]
            told = [language.language_of(a.language, _running_text(a, b)) for a, b in zip(articles, layouts, strict=True)]
            coded = [self._any_language or one.is_english for one in told]
            texts = [(a.text, b) for a, b, c in zip(articles, layouts, coded, strict=True) if c]
            parses = iter(language.annotate(self._nlp, texts))
            return [(b, one, next(parses) if c else None) for b, one, c in zip(layouts, told, coded, strict=True)]
        except Exception as error:
            return [error] if len(articles) == 1 else [one for article in articles for one in self._parsed([article])]

    def _coding(self, article: Article, parsed: Parsed | Exception) -> Coding:
        """The records of an article; one that a stage trips over must not end the run."""
        if isinstance(parsed, Exception):
            return Coding(
                article=article_record(article, Layout(paragraphs=()), article.language), problems=[_failure(article, "parse", parsed)]
            )
        layout, told, annotated = parsed
        record = article_record(article, layout, told.code)
        if annotated is None:
            return Coding(article=record, problems=[_foreign(article, told)])
        try:
            found = self._stages(article.id, layout, annotated, record.published.value)
        except Exception as error:
            return Coding(article=record, problems=[_failure(article, "code", error)])
        return found.model_copy(update={"article": record})

    def _stages(self, article_id: str, layout: Layout, annotated: language.Annotated, published: str | None) -> Coding:
        said, quotes = statements.find(annotated)
        mentions = actors.find(annotated, layout, published, quotes, self._knowledge)
        times = when.find(annotated, published)
        places = where.find(annotated, layout, mentions, self._knowledge, gazetteer.load(self._facts))
        happenings = events.find(annotated, mentions, said, self._classifier)
        where.give_countries(annotated, happenings, places)
        quantities.find(annotated, happenings, said)
        home = layout.dateline.country if layout.dateline else None
        standing = relations.find(annotated, mentions, said, times, self._knowledge, published, home)
        acts = events.acts(annotated, mentions, self._classifier)
        expected = expectations.find(annotated, mentions, said, happenings, times, published, acts)
        placed = zip(happenings, where.of_events(annotated, happenings, places), strict=True)
        dates = when.dates(annotated, times, said)
        records = Records(article_id, annotated, mentions, published, self._knowledge.place_country)
        return Coding(
            statements=[records.statement(s, dates.of(s.cue_head), where.named_in(s.place, places)) for s in said if s.is_statement],
            events=[records.event(h, dates.of(h.dated_by) or dates.of(h.said_at), place) for h, place in placed],
            relations=[records.relation(one) for one in standing],
            expectations=[records.expectation(e) for e in expected],
        )


def _running_text(article: Article, layout: Layout) -> str:
    """What the language of an article is told from: its paragraphs, without headline, dateline and credits."""
    return "\n".join(article.text[p.start : p.end] for p in layout.paragraphs) or article.text


def _foreign(article: Article, told: language.Language) -> Problem:
    where = "is given as" if told.given else "is"
    message = f"its language {where} {told.name}, and only English is coded; translate it, or code it all the same with --any-language"
    if not told.given:
        message += ', or give it "language": "en" if that is wrong'
    return Problem(article_id=article.id, source=article.source, stage="language", message=message)


def _failure(article: Article, stage: str, error: Exception) -> Problem:
    message = f"{type(error).__name__}: {error}; please report it with the article"
    return Problem(article_id=article.id, source=article.source, stage=stage, message=message)


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
