"""Writes src/dragoman/when/feasts.tsv: the days of feasts that follow the moon, 1990 to 2035, as other packages compute them.

    pip install --target FOLDER hijridate==2.6.0 lunardate==0.3.0 convertdate==2.5.1 holidays==0.109
    PYTHONPATH=FOLDER python tests/when/feasts.py

In: nothing. Out: a line for each feast and year. None of the packages is needed at run time.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta
from pathlib import Path
from typing import Any

FILE = Path(__file__).resolve().parents[2] / "src" / "dragoman" / "when" / "feasts.tsv"
YEARS = range(1990, 2036)
HEAD = """# Feasts that follow the moon, first and last day; made by tests/when/feasts.py. Muslim: Umm al-Qura (hijridate 2.6.0), so that
# a country that waits for the moon to be seen may keep them a day later. Chinese: lunardate 0.3.0. Jewish (the day after the evening
# on which they begin) and Persian: convertdate 2.5.1. Diwali: holidays 0.109 (India, from 2001).
name\tfirst\tlast
"""
MUSLIM = {"islamic new year": (1, 1, 1), "ashura": (1, 10, 1), "arbaeen": (2, 20, 1), "mawlid": (3, 12, 1), "eid al-fitr": (10, 1, 3)}
MUSLIM |= {"arafah": (12, 9, 1), "eid al-adha": (12, 10, 4)}
CHINESE = {"lunar new year": (1, 1, 1), "mid-autumn": (8, 15, 1), "dragon boat": (5, 5, 1)}
JEWISH = {"rosh hashanah": (7, 1, 2), "yom kippur": (7, 10, 1), "sukkot": (7, 15, 7), "passover": (1, 15, 8), "hanukkah": (9, 25, 8)}


def muslim() -> Iterator[tuple[str, date, int]]:
    from hijridate import Hijri

    for year in range(1409, 1460):
        for name, (month, day, length) in MUSLIM.items():
            yield name, gregorian(Hijri(year, month, day)), length
        first = gregorian(Hijri(year, 9, 1))
        yield "ramadan", first, (gregorian(Hijri(year, 10, 1)) - first).days


def gregorian(day: Any) -> date:
    found = day.to_gregorian()
    return date(found.year, found.month, found.day)


def others() -> Iterator[tuple[str, date, int]]:
    import holidays
    from convertdate import hebrew, persian
    from lunardate import LunarDate

    for year in YEARS:
        for name, (month, day, length) in CHINESE.items():
            yield name, LunarDate(year, month, day).to_solar_date(), length
        yield "nowruz", date(*persian.to_gregorian(year - 621, 1, 1)), 1
        for shift in (3760, 3761):
            for name, (month, day, length) in JEWISH.items():
                yield name, date(*hebrew.to_gregorian(year + shift, month, day)), length
        days = [day for day, names in holidays.India(years=year).items() if names == "Diwali"] if year > 2000 else []
        yield from (("diwali", day, 1) for day in days[:1])


def main() -> None:
    rows = {(name, first, first + timedelta(days=length - 1)) for name, first, length in (*muslim(), *others()) if first.year in YEARS}
    lines = [f"{name}\t{first}\t{last}\n" for name, first, last in sorted(rows)]
    FILE.write_text(HEAD + "".join(lines), encoding="utf-8")


if __name__ == "__main__":
    main()
