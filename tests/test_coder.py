"""The coder as a library: what it takes, and how its codings show themselves."""

from __future__ import annotations

import pytest

import dragoman
from dragoman.write import html_of
from handmade import summit


def test_a_notebook_shows_a_coding_as_its_tables() -> None:
    assert dragoman.Coder  # loading it is what teaches codings to show themselves
    coding = summit()
    assert coding._repr_html_() == html_of(coding.records())  # type: ignore[attr-defined]


def test_the_package_names_what_it_has() -> None:
    assert all(getattr(dragoman, name) for name in dragoman.__all__)
    with pytest.raises(AttributeError, match="nothing_of_ours"):
        dragoman.nothing_of_ours  # noqa: B018
