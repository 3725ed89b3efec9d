"""The coder as a library: what it takes, and how its codings show themselves."""

from __future__ import annotations

from typing import Any

import pytest

import dragoman
from dragoman.write import coding_html
from handmade import summit


def test_a_notebook_shows_a_coding_as_its_story_and_tables() -> None:
    assert dragoman.Coder  # loading it is what teaches codings to show themselves
    coding = summit()
    assert coding._repr_html_() == coding_html(coding)  # type: ignore[attr-defined]


def test_the_package_names_what_it_has() -> None:
    assert all(getattr(dragoman, name) for name in dragoman.__all__)
    with pytest.raises(AttributeError, match="nothing_of_ours"):
        dragoman.nothing_of_ours  # noqa: B018


class Nothing:
    """A classifier to which nothing is an event."""

    def classify(self, annotated: Any, candidates: list[Any], actors: set[int]) -> list[Any]:
        return []


def test_another_classifier_can_take_the_place_of_the_rules() -> None:
    text = "France condemned Iran on Tuesday."
    assert [e.type for e in dragoman.Coder().code(text).events] == ["ACCUSE"]
    assert dragoman.Coder(Nothing()).code(text).events == []


@pytest.mark.parametrize("published", ["0001-01-01", "0001-03-01", "9999-12-31", None])
@pytest.mark.parametrize(
    "text",
    [
        "NAIROBI - Kenya will send police to Haiti within three days and promised on Monday to help Somalia in two months.",
        "PARIS - France condemned Iran in 2003, on 1 January and last December. France met Germany in December 9999.",
        "OSLO - Norway struck the harbour in Latvia Bahrain's",
    ],
)
def test_the_first_and_the_last_days_there_are(coder: dragoman.Coder, text: str, published: str | None) -> None:
    assert coder.code(text, published=published).problems == []
