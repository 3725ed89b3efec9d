"""The figures of docs/merging.md are held: copies of some stories as papers print them."""

from __future__ import annotations

from copies_and_events import Scores, copies_score
from copying import printings
from full_length import storylines
from pairing import pairs, stories

STORIES = 100  # of 500: the samples, the rivals and follow-ups by hand, and 21 of the corpus


def test_copies() -> None:
    printed = [one for one in printings(3) if one.story < STORIES]
    scores, standing, _ = copies_score(printed)
    assert scores.f1 >= 0.98
    assert standing >= 0.9


def test_the_set_of_pairs_is_whole() -> None:
    found = pairs()
    assert len(found) == 300
    assert sum(pair.held_out for pair in found) == 100
    assert 0.4 < sum(pair.same for pair in found) / len(found) < 0.6
    assert len({pair.kind for pair in found}) >= 12


def test_stories_are_for_development() -> None:
    found = stories()
    assert len(found) > 600
    assert not any(pair.held_out for pair in found)
    assert not {pair.one.article.text for pair in found} & {side.article.text for pair in pairs() for side in (pair.one, pair.other)}


def test_scores() -> None:
    scores = Scores(right=3, said=4, true=6)
    assert (scores.precision, scores.recall, scores.f1) == (0.75, 0.5, 0.6)


def test_the_set_of_full_length_articles_is_whole() -> None:
    found = storylines()
    assert [one.is_measured_only for one in found] == [False, True] * 4
    assert all(len(one.articles) == 5 for one in found)
    assert all(300 <= len(article.text.split()) <= 450 for one in found for article in one.articles)
    assert sum(len(one.places) for one in found) > 1_000
