"""Writes feasts.tsv and national_days.tsv of src/dragoman/when: the days of feasts that follow the moon, 1990 to 2035, and the fixed days
of states, as other packages have them.

    pip install --target FOLDER hijridate==2.6.0 lunardate==0.3.0 convertdate==2.5.1 holidays==0.109 pycountry
    PYTHONPATH=FOLDER python tests/when/feasts.py

In: nothing. Out: a line for each feast and year, and for each day of a state. None of the packages is needed at run time.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta
from pathlib import Path
from typing import Any

from dragoman.tables import rows

FOLDER = Path(__file__).resolve().parents[2] / "src" / "dragoman" / "when"
YEARS = range(1990, 2036)
HEAD = """# Feasts that follow the moon, first and last day; made by tests/when/feasts.py. Muslim: Umm al-Qura (hijridate 2.6.0), so that
# a country that waits for the moon to be seen may keep them a day later. Chinese: lunardate 0.3.0. Jewish (the day after the evening
# on which they begin) and Persian: convertdate 2.5.1. Diwali: holidays 0.109 (India, from 2001).
name\tfirst\tlast
"""
NATIONAL_HEAD = """# Days of states that lie on the same day each year, as holidays 0.109 has them for 2015 to 2024.
# Made by tests/when/feasts.py. The name needs its country: "India's Independence Day", "Indian Independence Day".
name\trule
"""
NATIONAL = (
    "Independence Day",
    "Republic Day",
    "National Day",
    "Victory Day",
    "Liberation Day",
    "Constitution Day",
    "Revolution Day",
    "Unity Day",
)
NAMES = ("text", "country", "kind", "sector", "since", "until")
CHECKED = range(2015, 2025)
MUSLIM = {"islamic new year": (1, 1, 1), "ashura": (1, 10, 1), "arbaeen": (2, 20, 1), "mawlid": (3, 12, 1), "eid al-fitr": (10, 1, 1)}
MUSLIM |= {"arafah": (12, 9, 1), "eid al-adha": (12, 10, 1)}
CHINESE = {"lunar new year": (1, 1, 1), "mid-autumn": (8, 15, 1), "dragon boat": (5, 5, 1)}
JEWISH = {
    "rosh hashanah": (7, 1, 2),
    "yom kippur": (7, 10, 1),
    "sukkot": (7, 15, 7),
    "passover": (1, 15, 8),
    "hanukkah": (9, 25, 8),
    "shavuot": (3, 6, 2),
}


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
        adar = 13 if hebrew.leap(year + 3760) else 12
        yield "purim", date(*hebrew.to_gregorian(year + 3760, adar, 14)), 1
        yield "nowruz", date(*persian.to_gregorian(year - 621, 1, 1)), 1
        for shift in (3760, 3761):
            for name, (month, day, length) in JEWISH.items():
                yield name, date(*hebrew.to_gregorian(year + shift, month, day)), length
        days = [day for day, names in holidays.India(years=year).items() if names == "Diwali"] if year > 2000 else []
        yield from (("diwali", day, 1) for day in days[:1])


def national_days() -> Iterator[str]:
    import holidays
    import pycountry

    states = {state.alpha_2: state.alpha_3 for state in pycountry.countries}
    for alpha_2 in sorted(states.keys() & holidays.list_supported_countries()):
        days: dict[str, set[date]] = {}
        for day, names in holidays.country_holidays(alpha_2, years=CHECKED, language="en_US").items():
            for name in names.split("; "):
                days.setdefault(name, set()).add(day)
        for name in NATIONAL:
            if len(days.get(name, ())) >= 5 and len({(day.month, day.day) for day in days[name]}) == 1:
                one = days[name].pop()
                yield from (f"{form} {name}\t{one.day} {one.month}\n" for form in forms_of(states[alpha_2]))


def forms_of(country: str) -> Iterator[str]:
    """What may stand before the name of a day: "India's", "Indian"."""
    for _, (text, of, kind, *_) in rows(FOLDER.parent / "knowledge" / "data", "names.tsv", NAMES):
        if of == country and kind in ("name", "adjective") and " of " not in text and not text.startswith("the "):
            yield text if kind == "adjective" else f"{text}'" if text.endswith("s") else f"{text}'s"


def main() -> None:
    feasts = {(name, first, first + timedelta(days=length - 1)) for name, first, length in (*muslim(), *others()) if first.year in YEARS}
    lines = [f"{name}\t{first}\t{last}\n" for name, first, last in sorted(feasts)]
    (FOLDER / "feasts.tsv").write_text(HEAD + "".join(lines), encoding="utf-8")
    (FOLDER / "national_days.tsv").write_text(NATIONAL_HEAD + "".join(national_days()), encoding="utf-8")


if __name__ == "__main__":
    main()
