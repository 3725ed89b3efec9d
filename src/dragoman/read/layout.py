"""In: an article as given. Out: its ``Layout``: which characters are headline, dateline and paragraphs, and what the masthead says.

What is neither (bylines, credits, captions, copyright lines, notes) belongs to no stretch. When nothing is found, all is body.
"""

from __future__ import annotations

from dragoman.drafts import DatelineDraft, Layout, Stretch
from dragoman.read import masthead
from dragoman.read.blocks import blocks_of
from dragoman.read.days import value_of
from dragoman.read.furniture import running_text
from dragoman.read.places import PlaceCountry, first_place
from dragoman.read.told import Told
from dragoman.schema import Article

FOOT = 5  # paragraphs at the end whose credits tell whose the report is; those further up belong to pictures and excerpts


def layout(article: Article, place_country: PlaceCountry) -> Layout:
    """The layout of an article; raises nothing. ``place_country`` gives the alpha-3 code of a city or country, or None."""
    top = masthead.top_of(article, blocks_of(article.text), place_country)
    told, foot = top.told, Told()
    last = len(top.body) - FOOT
    paragraphs = tuple(stretch for i, block in enumerate(top.body) for stretch in running_text(block, foot if i >= last else Told()))
    if not paragraphs and top.headline is None:
        paragraphs = tuple(block.stretch() for block in top.body)
    published = told.published or foot.published or dated_line(top)
    return Layout(
        headline=top.headline,
        paragraphs=paragraphs,
        dateline=dateline_of(top, article.published or published),
        publication=told.publication or foot.publication,
        agency=(top.found.agency if top.found else None) or told.agency or foot.agency,
        published=published,
    )


def dated_line(top: masthead.Top) -> str | None:
    """The day of the dateline where it is written with its year."""
    return value_of(top.found.day, None) if top.found and top.found.day else None


def dateline_of(top: masthead.Top, published: str | None) -> DatelineDraft | None:
    found = top.found
    if found is None or found.place is None:
        return None
    stretch = Stretch(top.line_start + found.start, top.line_start + found.end)
    return DatelineDraft(stretch, first_place(found.place), found.country, value_of(found.day, published) if found.day else None)
