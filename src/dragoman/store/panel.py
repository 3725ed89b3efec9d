"""Events counted by who, what and when. In: a ``Panel``, which says how, and a Condition. Out: SQL whose rows are groups with their counts.

An event with two actors counts once for each of them, and once for each pair of a dyad. What is unknown is null, and is counted too: an
event without a recipient is in the group of that actor and null.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Literal, TypeAlias

from dragoman import codebook
from dragoman.store import periods
from dragoman.store.conditions import Condition, is_reciprocal
from dragoman.store.errors import QueryError

Wide: TypeAlias = Literal["type", "quad"]
COUNT, SUM, MEAN = "events", "score_sum", "score_mean"
DYAD, UNDIRECTED = ("actor", "recipient"), ("country_a", "country_b")
PLAIN = ("type", "quad")
GROUPS = ("dyad", *DYAD, "country", *PLAIN, *periods.UNITS)
SIDES = {"dyad", *DYAD}
DISTINCT = "(SELECT DISTINCT * FROM cells)"
CODES = {"actor_countries": "actor_codes", "recipient_countries": "recipient_codes"}
IS_PLAIN = "len(actor_countries) <= 1 AND len(recipient_countries) <= 1"  # most events: these need no lists of pairs
ALL_ACTORS, ALL_RECIPIENTS, EVERYONE = "actor_countries", "recipient_countries", "actor_countries || recipient_countries"
IN_TURN = f"""
    list_distinct(flatten(
        [[{{'actor': one, 'recipient': other}} FOR other, there IN {ALL_ACTORS} IF here <> there] FOR one, here IN {ALL_ACTORS}]
    ))
"""
CELLS = {
    "actor": "actor",
    "recipient": "recipient",
    "country_a": "least(actor, recipient)",  # which passes over null
    "country_b": "CASE WHEN actor IS NOT NULL AND recipient IS NOT NULL THEN greatest(actor, recipient) END",
    "country": "country",
    "type": "cell_type",
    "quad": "cell_quad",
}


@dataclass(frozen=True, slots=True)
class Panel:
    """What is counted, and how it is laid out. QueryError where the parts do not fit.

    ``wide`` adds a column for each type or quad class, ``score`` the sum and mean of the score, ``fill`` a row of zeros for each
    group that occurs and each period in which it does not, from the first to the last, or in ``period`` (first and last day).
    ``undirected`` takes A -> B and B -> A for one dyad. ``roles`` counts by country with sector (JPN GOV) in place of the country.
    """

    by: tuple[str, ...] = ("dyad", "month")
    wide: Wide | None = None
    score: bool = False
    fill: bool = False
    period: tuple[str, str] | None = None
    undirected: bool = False
    roles: bool = False

    def __post_init__(self) -> None:
        columns = self.columns
        twice = next((column for column in columns if columns.count(column) > 1), None)
        if not columns or twice:
            raise QueryError(twice or "", "named twice" if twice else "name what to count by")
        if "country" in self.by and SIDES & set(self.by):
            raise QueryError("country", "a country counts on either side, so not beside dyad, actor or recipient")
        if self.undirected and "dyad" not in self.by:
            raise QueryError("undirected", "only dyads have a direction to leave out; count by dyad")
        if self.fill and len(self.units) != 1:
            raise QueryError(",".join(self.by), f"zeros are filled in over one unit of time ({', '.join(periods.UNITS)}), not over")
        if self.wide is not None and self.wide not in PLAIN:
            raise QueryError(self.wide, "columns can be made of type or quad, not of", PLAIN)

    @property
    def columns(self) -> list[str]:
        """The columns of the groups: ``dyad`` is two. QueryError for an unknown group."""
        dyad = UNDIRECTED if self.undirected else DYAD
        for name in self.by:
            if name not in GROUPS:
                raise QueryError(name, f"events can be counted by {', '.join(GROUPS)}; not by", GROUPS)
        return [column for name in self.by for column in (dyad if name == "dyad" else (name,))]

    @property
    def units(self) -> list[str]:
        return [name for name in self.by if name in periods.UNITS]

    @property
    def is_distinct(self) -> bool:
        """Whether different pairs of sides always lie in different groups."""
        both = ("dyad" in self.by and not self.undirected) or set(DYAD) <= set(self.by)
        return both or not SIDES & set(self.by)


def headings(panel: Panel, types: Sequence[str]) -> list[str]:
    """The columns of a panel of a store with these types of its own."""
    return [*panel.columns, *(name for name, _ in measures(panel, types))]


def measures(panel: Panel, types: Sequence[str]) -> Iterator[tuple[str, str]]:
    """Name and SQL of what is counted or added up in each group."""
    yield COUNT, "count(*)"
    if panel.wide == "type":
        for name in dict.fromkeys((*codebook.load().types, *sorted(types))):
            yield name, f"count(*) FILTER (WHERE cell_type = '{name.replace(chr(39), chr(39) * 2)}')"
    if panel.wide == "quad":
        for number in codebook.QUAD_NAMES:
            yield f"Q{number}", f"count(*) FILTER (WHERE cell_quad = {number})"
    if panel.score:
        yield SUM, "round(sum(score), 6)"
        yield MEAN, "round(avg(score), 6)"


def panel_sql(panel: Panel, condition: Condition, types: Sequence[str], events: str) -> str:
    """One row a group: the cells of ``headings``, under names g0, g1 ... and m0, m1 ...; in the order of the groups, null last.

    Types are as users name them, and SQL does not tell EVENTS from events: so the names are put on afterwards.
    """
    shown = [shown_as(column, f"g{place}") for place, column in enumerate(panel.columns)]
    names = [f"m{place}" for place, _ in enumerate(measures(panel, types))]
    order = ", ".join(f"g{place} NULLS LAST" for place, _ in enumerate(panel.columns))
    rows = "filled" if panel.fill else "counted"
    return f"{counted_sql(panel, condition, types, events)} SELECT {', '.join([*shown, *names])} FROM {rows} ORDER BY {order}"


def size_sql(panel: Panel, condition: Condition, types: Sequence[str], events: str) -> str:
    """How many rows a filled panel would have."""
    return f"{counted_sql(panel, condition, types, events)} SELECT (SELECT count(*) FROM groups) * (SELECT count(*) FROM periods)"


def counted_sql(panel: Panel, condition: Condition, types: Sequence[str], events: str) -> str:
    """Tables ``counted``, a row for each group that occurs, and, if wanted, ``filled``."""
    cells = ", ".join(f"{cell_of(column)} AS g{place}" for place, column in enumerate(panel.columns))
    groups = ", ".join(f"g{place}" for place, _ in enumerate(panel.columns))
    values = ", ".join(f"{sql} AS m{place}" for place, (_, sql) in enumerate(measures(panel, types)))
    event = "" if panel.is_distinct else "event,"
    numbered = event and f"row_number() OVER () AS {event}"
    return f"""
        WITH chosen AS (
            SELECT {numbered} type AS cell_type, quad AS cell_quad, score, first_day, last_day,
            {", ".join(sides_sql(panel))}, coalesce({is_reciprocal().sql}, false) AS is_reciprocal
            FROM {events} WHERE {condition.sql}
        ),
        parts AS ({parts_of(panel)}),
        cells AS (SELECT {event} cell_type, cell_quad, score, {cells} FROM parts),
        counted AS (SELECT {groups}, {values} FROM {"cells" if panel.is_distinct else DISTINCT} GROUP BY {groups})
        {filled_sql(panel, types) if panel.fill else ""}
    """


def sides_sql(panel: Panel) -> list[str]:
    """Both lists of who takes part, as they are counted; null for an entity without a country."""
    if not panel.roles:
        return [ALL_ACTORS, ALL_RECIPIENTS]
    first_two = "CASE WHEN NOT starts_with(c, '-') THEN left(c, 7) END"  # each is of three letters
    return [f"[{first_two} FOR c IN {codes}] AS {countries}" for countries, codes in CODES.items()]


def parts_of(panel: Panel) -> str:
    """One row for each pair of sides, or each country, of an event; none twice."""
    if SIDES & set(panel.by):
        return pairs_sql()
    return countries_sql() if "country" in panel.by else "FROM chosen"


def pairs_sql() -> str:
    """Of countries: each actor with each recipient; where both sides are actors, each with each other."""
    across = f"[[{{'actor': one, 'recipient': other}} FOR other IN {distinct(ALL_RECIPIENTS)}] FOR one IN {distinct(ALL_ACTORS)}]"
    pairs = f"CASE WHEN is_reciprocal THEN {IN_TURN} ELSE flatten({across}) END"
    return f"""
        SELECT *, {ALL_ACTORS}[1] AS actor, {ALL_RECIPIENTS}[1] AS recipient FROM chosen WHERE {IS_PLAIN}
        UNION ALL
        SELECT * EXCLUDE (pair), pair.actor, pair.recipient FROM (SELECT *, unnest({pairs}) AS pair FROM chosen WHERE NOT ({IS_PLAIN}))
    """


def countries_sql() -> str:
    """Countries on either side of an event."""
    return f"""
        SELECT *, {ALL_ACTORS}[1] AS country FROM chosen
        WHERE {IS_PLAIN} AND (len({ALL_ACTORS}) = 1 OR len({ALL_RECIPIENTS}) = 0)
        UNION ALL
        SELECT *, {ALL_RECIPIENTS}[1] FROM chosen
        WHERE {IS_PLAIN} AND len({ALL_RECIPIENTS}) = 1 AND (len({ALL_ACTORS}) = 0 OR {ALL_ACTORS}[1] IS DISTINCT FROM {ALL_RECIPIENTS}[1])
        UNION ALL
        SELECT *, unnest({distinct(EVERYONE)}) FROM chosen WHERE NOT ({IS_PLAIN})
    """


def distinct(countries: str) -> str:
    """The different ones, null among them if there is one; null for nobody."""
    has_null = f"list_count({countries}) < len({countries}) OR len({countries}) = 0"
    return f"(list_distinct({countries}) || CASE WHEN {has_null} THEN [NULL] ELSE [] END)"


def filled_sql(panel: Panel, types: Sequence[str]) -> str:
    """Each group that occurs with each period; what has no period stays as it is."""
    (unit,) = panel.units
    at = panel.columns.index(unit)
    others = [f"g{place}" for place, _ in enumerate(panel.columns) if place != at]
    first, last = (f"DATE '{day}'" for day in panel.period) if panel.period else (f"min(g{at})", f"max(g{at})")
    source = "" if panel.period else "FROM counted"
    columns = [f"periods.at AS g{at}", *(f"groups.{name}" for name in others)]
    same = " AND ".join([f"counted.g{at} = periods.at", *(f"counted.{name} IS NOT DISTINCT FROM groups.{name}" for name in others)])
    counts = enumerate(name for name, _ in measures(panel, types))
    values = [f"m{place}" if name == MEAN else f"coalesce(m{place}, 0) AS m{place}" for place, name in counts]
    return f"""
        , bounds AS (SELECT {first} AS first_day, {last} AS last_day {source}),
        periods AS ({periods.all_between(unit, "first_day", "last_day")} FROM bounds),
        groups AS (SELECT DISTINCT {", ".join(others) or "true AS everything"} FROM counted),
        filled AS (
            SELECT {", ".join([*columns, *values])} FROM groups CROSS JOIN periods LEFT JOIN counted ON {same}
            UNION ALL BY NAME SELECT * FROM counted WHERE g{at} IS NULL
        )
    """


def cell_of(column: str) -> str:
    """The value of a group column for one event."""
    return periods.period(column) if column in periods.UNITS else CELLS[column]


def shown_as(column: str, name: str) -> str:
    return f"{periods.label(column, name)} AS {name}" if column in periods.UNITS else name
