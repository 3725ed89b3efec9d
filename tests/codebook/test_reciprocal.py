"""The types whose actors act on each other are data, and broken data says where."""

from __future__ import annotations

from pathlib import Path

import pytest

from dragoman.codebook.reciprocal import read, reciprocal_types

HEADER = "type\tbecause\n"


def test_the_types() -> None:
    assert set(reciprocal_types()) == {"AGREE", "CONSULT", "COOPERATE", "ASSAULT"}


@pytest.mark.parametrize(
    ("text", "where"),
    [
        ("", ":1:"),
        ("name\twhy\n", ":1:"),
        (HEADER + "# a remark\nMEET\tall who meet\n", ":3:"),
        (HEADER + "CONSULT\t\n", ":2:"),
        (HEADER + "CONSULT\n", ":2:"),
    ],
)
def test_broken_data_says_where(tmp_path: Path, text: str, where: str) -> None:
    (tmp_path / "reciprocal.tsv").write_text(text)
    with pytest.raises(ValueError, match=f"reciprocal.tsv{where}"):
        read(tmp_path)
