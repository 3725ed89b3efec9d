"""CAMEO and PLOVER are translated both ways, and nothing of the published table is lost."""

from __future__ import annotations

import re
from collections import Counter
from pathlib import Path
from typing import Any

import pytest
import yaml

from dragoman.codebook import Codebook, UnknownName

CASES: dict[str, Any] = yaml.safe_load((Path(__file__).parent / "cases.yaml").read_text(encoding="utf-8"))
TABLE_LINE = re.compile(r"(\d{3,4}): *([A-Z]+) *, *([\w-]*) *, *([^#]*?) *#")


@pytest.mark.parametrize(("code", "expected"), CASES["from_cameo"].items())
def test_from_cameo(book: Codebook, code: str, expected: list[Any]) -> None:
    entry = book.from_cameo(code)
    assert [entry.type, list(entry.modes), list(entry.contexts)] == expected


@pytest.mark.parametrize("case", CASES["to_cameo"], ids=lambda c: " ".join([c["type"], *c["modes"]]))
def test_to_cameo(book: Codebook, case: dict[str, Any]) -> None:
    assert book.cameo(case["type"], case["modes"]) == case["code"]


def test_every_code_of_the_table_is_there(book: Codebook) -> None:
    table = [code for code in book.crosswalk if code not in CASES["beyond_table"]]
    assert len(table) == 256
    assert Counter(code[:2] for code in table) == CASES["roots"]
    assert set(CASES["beyond_table"]) <= set(book.crosswalk)


def test_every_type_and_mode_has_a_code_that_means_the_same_or_less(book: Codebook) -> None:
    other_type, narrower = [], []
    for event_type in book.types.values():
        for mode in ["", *event_type.modes]:
            entry = book.from_cameo(book.cameo(event_type.name, [mode] if mode else []))
            if entry.type != event_type.name:
                other_type.append([event_type.name, mode])
            elif not mode and entry.modes:
                narrower.append(event_type.name)
    assert other_type == CASES["other_type"]
    assert narrower == CASES["narrower"]


@pytest.mark.parametrize(("code", "nearest"), [("0315", ["031", "0311", "0312"]), ("19", ["190", "191", "192"]), ("010", []), ("020", [])])
def test_an_unknown_code_suggests_those_that_begin_alike(book: Codebook, code: str, nearest: list[str]) -> None:
    with pytest.raises(UnknownName, match="unknown CAMEO code") as caught:
        book.from_cameo(code)
    assert caught.value.nearest == nearest


def test_the_table_is_followed_except_where_the_cases_say_why(book: Codebook, reference_table: str) -> None:
    found = {match[1]: (match[2], match[3], contexts_of(match[4])) for match in TABLE_LINE.finditer(reference_table)}
    assert len(found) == 256
    for code, (table_type, table_mode, contexts) in found.items():
        entry = book.from_cameo(code)
        mode = CASES["mode_of_code"].get(code, CASES["gone_modes"].get(table_mode, table_mode))
        if code in CASES["differs"]:
            assert [table_type, table_mode] == CASES["differs"][code]
            assert (entry.type, ";".join(entry.modes)) != (table_type, table_mode), f"{code} no longer differs"
        else:
            assert (entry.type, ";".join(entry.modes)) == (table_type, mode), code
        assert sorted(entry.contexts) == sorted(CASES["contexts_of_code"].get(code, contexts)), code


def contexts_of(joined: str) -> list[str]:
    return [CASES["gone_contexts"].get(name, name) for name in map(str.strip, joined.split(";")) if name]
