"""What questions to a large store cost, and how large it is: generated rows in the store's own tables, none of them coded.

    python benchmarks/store.py                       # a million events of 250,000 articles, about three minutes, 3 GB of disk
    python benchmarks/store.py --events 100000
    python benchmarks/store.py --keep events.duckdb  # the store stays there, and is only asked the next time

In: how many events. Out: size of the file, bytes an event and an article; milliseconds of questions in an open store, and in one
that is opened for them; seconds of panels, also with each event once, as after ``dragoman merge``.
"""

from __future__ import annotations

import argparse
import statistics
import tempfile
import time
from collections.abc import Callable, Iterable
from functools import partial
from pathlib import Path
from typing import NamedTuple

import duckdb
from speed import sample_texts

from dragoman import codebook, knowledge
from dragoman.columns import Fields, Many, Shape, duckdb_type, fields_of, quoted
from dragoman.schema import ArticleRecord, Event, Statement
from dragoman.store import Store, lookup, merged
from dragoman.store.manifest import RunRecord, insert_run, next_id, update_run
from dragoman.store.panel import Panel

ROUNDS = 5
ARTICLES_AN_EVENT = 4
AT_ONCE = 200_000  # rows made in one transaction
COUNTRIES = 190
QUESTIONS = (
    "JPN -> USA",
    "USA <-> CHN, Q4, 2019",
    "RUS MIL -> UKR",
    "GBR or FRA -> RUS, SANCTION or THREATEN, 2022",
    "SWE GOV -> NOR",
    "USA - KOR, CONSULT, 2015..2020",
)
PANELS = {
    "panel of dyads and months": ("dyad", "month"),
    "panel of dyads and days": ("dyad", "day"),
    "panel of countries and years": ("country", "year"),
}


class Cost(NamedTuple):
    """Seconds by the clock, and of processors; the second do not depend on what else the machine does."""

    clock: float
    processors: float

    def ms(self) -> str:
        return f"{self.clock * 1000:6,.0f} ({self.processors * 1000:,.0f})"

    def seconds(self) -> str:
        return f"{self.clock:6.2f} s ({self.processors:.2f} of processors)"


def cost(work: Callable[[], object]) -> Cost:
    clock, processors = time.perf_counter(), time.process_time()
    work()
    return Cost(time.perf_counter() - clock, time.process_time() - processors)


def median(work: Callable[[], object], rounds: int = ROUNDS) -> Cost:
    costs = [cost(work) for _ in range(rounds)]
    return Cost(*(statistics.median(values) for values in zip(*costs, strict=True)))


def text_sql(text: str) -> str:
    return "'" + text.replace("'", "''") + "'"


def list_sql(texts: list[str]) -> str:
    return f"[{', '.join(map(text_sql, texts))}]"


def chance(salt: str, *more: str) -> str:
    """A number from 0 to 1 that a row always has."""
    return f"(hash({', '.join(['i', text_sql(salt), *more])}) % 1000003 / 1000003.0)"


def one_of(column: str, salt: str, skew: int = 1) -> str:
    """An item of a list of ``lists``; the first ones more often where it is skewed."""
    return f"{column}[1 + floor(len({column}) * pow({chance(salt)}, {skew}))::INT]"


def packed(shape: Shape, **values: str) -> str:
    """A struct with these fields, the others null."""
    assert isinstance(shape, Fields)
    filled = (f"{quoted(name)} := {values.get(name, 'NULL')}::{duckdb_type(inner)}" for name, inner in shape.fields)
    return f"struct_pack({', '.join(filled)})"


def item(shape: Shape, **values: str) -> str:
    """The same for the items of a list."""
    assert isinstance(shape, Many)
    return packed(shape.item, **values)


def entity(side: str, number: int) -> str:
    """Somebody with a country in nine of ten cases, with an office in three."""
    salt = f"{side}{number}"
    values = {
        "text": f"'President ' || {one_of('names', salt)}",
        "start": "spot",
        "end": "spot + 20",
        "name": f"CASE WHEN {chance(salt, '1')} < 0.4 THEN 'Full ' || {one_of('names', salt)} END",
        "country": f"CASE WHEN {chance(salt, '2')} < 0.9 THEN {one_of('countries', salt + 'c', 3)} END",
        "sector": f"CASE WHEN {chance(salt, '3')} < 0.9 THEN {one_of('sectors', salt + 's', 2)} END",
        "other_sectors": f"CASE WHEN {chance(salt, '4')} < 0.1 THEN [{one_of('sectors', salt + 'o')}] ELSE [] END",
        "office": f"CASE WHEN {chance(salt, '5')} < 0.3 THEN 'head of government' END",
        "mention": "'title'",
    }
    return item(fields_of(Event)[side], **values)


def sides(side: str, none: float, two: float) -> str:
    one, other = entity(side, 1), entity(side, 2)
    return f"CASE WHEN {chance(side)} < {none} THEN [] WHEN {chance(side)} < {none + two} THEN [{one}, {other}] ELSE [{one}] END"


def event_sql() -> dict[str, str]:
    """Column to SQL, over ``i``, the number of the event, ``spot``, its place in the text, ``published`` and the columns of ``lists``."""
    fields = fields_of(Event)
    day = f"(published - floor(4 * {chance('day')})::INT)"
    dates = {"text": "'Tuesday'", "start": "spot", "end": "spot + 7"}
    interval = packed(fields["date"], **dates, value=f"strftime({day} - 2, '%Y-%m-%d')", until=f"strftime({day}, '%Y-%m-%d')")
    month = packed(fields["date"], **dates, value=f"strftime({day}, '%Y-%m')", precision="'month'")
    plain = packed(fields["date"], **dates, value=f"strftime({day}, '%Y-%m-%d')", precision="'day'")
    trigger = packed(fields["trigger"], text="'condemned'", start="spot", end="spot + 9")
    sentence = f"{one_of('sentences', 'evidence')}"
    return {
        "id": "hex(hash(i)) || lpad(hex(i), 8, '0')",
        "article_id": f"'article-' || (i // {ARTICLES_AN_EVENT})",
        "type": one_of("types", "type", 2),
        "mode": f"CASE WHEN {chance('mode')} < 0.3 THEN ['strike'] ELSE [] END",
        "context": f"CASE WHEN {chance('context')} < 0.6 THEN ['military', 'human_rights'] ELSE [] END",
        "aux": f"CASE WHEN {chance('aux')} < 0.2 THEN ['future'] ELSE [] END",
        "quad": f"1 + floor(4 * {chance('quad')})::INT",
        "score": f"round(20 * {chance('score')} - 10, 1)",
        "cameo": f"CASE WHEN {chance('cameo')} < 0.8 THEN '112' END",
        "actor": sides("actor", 0.05, 0.15),
        "recipient": sides("recipient", 0.3, 0.08),
        "date": f"CASE WHEN {chance('date')} < 0.1 THEN NULL WHEN {chance('date')} < 0.2 THEN {month} "
        f"WHEN {chance('date')} < 0.3 THEN {interval} ELSE {plain} END",
        "trigger": trigger,
        "evidence": f"[{item(fields['evidence'], text=sentence, start='spot', end=f'spot + len({sentence})')}]",
        "status": f"CASE WHEN {chance('status')} < 0.3 THEN 'claimed' ELSE 'reported' END",
        "disputed": "[]",
        "quantities": "[]",
        "confidence": f"round({chance('confidence')}, 3)",
        "because": "['“condemned” is ACCUSE: the lexicon has it', 'actor: subject of the verb', 'date: the Tuesday before publication']",
    }


def article_sql() -> dict[str, str]:
    fields = fields_of(ArticleRecord)
    return {
        "id": "'article-' || i",
        "headline": one_of("sentences", "headline") + "[:60]",
        "publication": "'Paper ' || (i % 300)",
        "published": packed(fields["published"], value="strftime(published, '%Y-%m-%d')", source="'given'"),
        "language": "'en'",
        "sha256": "sha256(i::VARCHAR)",
        "url": "'https://paper' || (i % 300) || '.example/story/' || i",
        "extra": "'{}'",
    }


def statement_sql() -> dict[str, str]:
    fields = fields_of(Statement)
    return {
        "id": "'statement-' || i",
        "article_id": "'article-' || i",
        "kind": "'indirect'",
        "speaker": entity("actor", 1),
        "cue": packed(fields["cue"], text="'said'", start="140", end="144"),
        "content": packed(fields["content"], text=one_of("sentences", "content"), spans="[[100, 180]]"),
        "attitude": "'says'",
        "polarity": "'affirmed'",
    }


def lists() -> str:
    """One row with the lists from which rows are made."""
    sentences = [s.strip() for text in sample_texts() for s in text.replace("\n", " ").split(". ") if 40 < len(s.strip()) < 300]
    names = sorted({word for sentence in sentences for word in sentence.split() if word.istitle() and word.isalpha()})
    places = knowledge.load().place_country
    codes = sorted({code for name in names if (code := places(name))})
    countries = codes + [f"{a}{b}{c}" for a in "QXZ" for b in "ABCDEFGHIJ" for c in "ABCDEFGHIJ"]
    first = ["USA", "RUS", "CHN", "UKR", "GBR", "ISR", "FRA", "IRN", "DEU", "JPN", "KOR", "SWE", "NOR"]
    ordered = [*first, *(code for code in countries if code not in first)][:COUNTRIES]
    types = list(codebook.load().types)
    sectors = list(codebook.load().sectors)
    columns = {"sentences": sentences, "names": names, "countries": ordered, "types": types, "sectors": ["GOV", "MIL", *sectors]}
    return f"SELECT {', '.join(f'{list_sql(values)} AS {name}' for name, values in columns.items())}"


def fill(path: Path, events: int) -> None:
    """Makes the store, its articles in the order of twenty years of publication."""
    articles = events // ARTICLES_AN_EVENT
    published = f"(DATE '2005-01-01' + ((i // {{a}}) * 7300 // {articles})::INT)"
    with Store(path) as store:
        connection = store.connection
        connection.execute("SET preserve_insertion_order = true")
        connection.execute(f"CREATE TEMP TABLE lists AS {lists()}")
        text = "array_to_string([sentences[1 + (hash(i, k) % len(sentences))::INT] FOR k IN range(18)], '. ')"
        tables = (
            ("articles", article_sql(), articles, 1),
            ("texts", {"article_id": "'article-' || i", "text": text}, articles, 1),
            ("statements", statement_sql(), articles, 1),
            ("events", event_sql(), events, ARTICLES_AN_EVENT),
        )
        for table, columns, count, each in tables:
            rows = f"SELECT i, {published.format(a=each)} AS published, 10 + 100 * (i % 4) AS spot"
            for first in range(0, count, AT_ONCE):
                numbers = f"range({first}, {min(first + AT_ONCE, count)}) numbers(i)"
                made = ", ".join(f"{sql} AS {quoted(name)}" for name, sql in columns.items())
                sql = f"SELECT {made} FROM ({rows} FROM {numbers}), lists ORDER BY i"
                insert(connection, table, sql)
        connection.execute("DROP TABLE lists")
        record(connection, articles, events)
        merge(connection)


def insert(connection: duckdb.DuckDBPyConnection, table: str, sql: str) -> None:
    rows = lookup.with_columns(f"({sql})") if table == lookup.TABLE else sql
    connection.execute(f"INSERT INTO {quoted(table)} BY NAME {rows}")


def record(connection: duckdb.DuckDBPyConnection, articles: int, events: int) -> None:
    run = RunRecord(id=next_id(connection, "runs"), command="benchmarks/store.py")
    insert_run(connection, run)
    run.counts.update(articles=articles, statements=articles, events=events)
    update_run(connection, run, run.counts)


def merge(connection: duckdb.DuckDBPyConnection) -> None:
    """As after ``dragoman merge``: of twenty events that follow one another twelve are reported four times, the others once."""
    merged.make_tables(connection)
    connection.execute("""
        INSERT INTO merge_members SELECT id, 'm' || (place // 4)
        FROM (SELECT id, row_number() OVER (ORDER BY rowid) AS place FROM events) WHERE place % 20 < 12
    """)
    connection.execute("""
        INSERT INTO merged_events BY NAME
        SELECT merged_id AS id, min(event_id) AS event_id, count(*) AS reports, count(*) AS stories, ['Paper 1', 'Paper 2'] AS publications
        FROM merge_members GROUP BY merged_id
    """)


def print_sizes(path: Path) -> None:
    with Store(path, readonly=True) as store:
        articles, events = store.count_articles(), store.count()
        blocks = "SELECT count(DISTINCT block_id) * 262144 FROM pragma_storage_info('events')"
        ((of_events,),) = store.connection.execute(blocks).fetchall()
    size = path.stat().st_size
    print(f"{events:,} events of {articles:,} articles: {size / 2**20:,.0f} MiB; generated text packs better than news")
    print(f"bytes an event, its record alone              {of_events / events:8,.0f}")
    print(f"bytes an article, text and all records        {size / articles:8,.0f}")


def print_questions(path: Path) -> None:
    print("milliseconds (of processors): counted; first 20 with their articles; all; first 20 in a store that is opened for it")
    for question in QUESTIONS:
        with Store(path, readonly=True) as store:
            found = store.count(question)
            asked = (
                partial(store.count, question),
                partial(drained, store.codings, question, 20),
                partial(drained, store.events, question),
            )
            costs = [median(one) for one in asked]
        costs.append(median(partial(asked_afresh, path, question)))
        print(f"{question:46} {'  '.join(one.ms() for one in costs)}    ({found:,} events)")


def drained(give: Callable[..., Iterable[object]], *arguments: object) -> int:
    return sum(1 for _ in give(*arguments))


def asked_afresh(path: Path, question: str) -> None:
    with Store(path, readonly=True) as store:
        drained(store.codings, question, 20)


def print_panels(path: Path) -> None:
    print("panels, as Arrow batches")
    for unit in merged.UNITS:
        for what, by in PANELS.items():
            with Store(path, readonly=True) as store:
                rows = sum(batch.num_rows for batch in store.panel_batches(Panel(by), unit=unit))
                taken = median(lambda s=store, b=by, u=unit: drained(s.panel_batches, Panel(b), "", u), 3)  # type: ignore[misc]
            print(f"{f'{what}, {unit}s':40} {taken.seconds()}  {rows:,} rows")


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--events", type=int, default=1_000_000)
    parser.add_argument("--folder", type=Path, default=None, help="where files are made, with room for a few gigabytes")
    parser.add_argument("--keep", type=Path, default=None, help="a store to make and keep; one that is there is only asked")
    given = parser.parse_args()
    with tempfile.TemporaryDirectory(dir=given.folder) as made:
        path = given.keep or Path(made) / "large.duckdb"
        if not path.exists():
            print(f"made in {cost(partial(fill, path, given.events)).seconds()}")
        print_sizes(path)
        print_questions(path)
        print_panels(path)


if __name__ == "__main__":
    main()
