"""Under which verb a form is looked up."""

from __future__ import annotations

import pytest

from dragoman.language import load


@pytest.mark.parametrize(
    ("form", "verb"),
    [
        ("staged", "stage"),
        ("waged", "wage"),
        ("raped", "rape"),
        ("fined", "fine"),
        ("spared", "spare"),
        ("hoped", "hope"),
        ("banned", "ban"),
        ("barred", "bar"),
        ("planned", "plan"),
        ("robbed", "rob"),
        ("stripped", "strip"),
        ("visited", "visit"),
        ("opened", "open"),
        ("resettled", "resettle"),
        ("relaunched", "relaunch"),
        ("reconnected", "reconnect"),
        ("lambasted", "lambaste"),
    ],
)
def test_a_form_is_of_its_verb(form: str, verb: str) -> None:
    (token,) = (t for t in load()(f"The ministry {form} them on Monday.") if t.text == form)
    assert (token.pos_, token.lemma_) == ("VERB", verb)
