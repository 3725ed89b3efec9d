"""What plain words tell of a promise: sentences of our own, and what is wrong in the word lists."""

from __future__ import annotations

from pathlib import Path
from shutil import copy
from typing import Any

import pytest
import yaml

from dragoman.errors import DataError
from dragoman.expectations import kinds, telling, wording
from dragoman.expectations.evidence import Background
from dragoman.expectations.matter import matter_of
from dragoman.expectations.promises import Promise, words_of
from dragoman.expectations.stories import sentences_of, story_of
from dragoman.knowledge import load as load_knowledge

CASES = yaml.safe_load(Path(__file__).with_name("told.yaml").read_text(encoding="utf-8"))
DATA = Path(wording.__file__).parent


def promise(case: dict[str, Any]) -> Promise:
    text = case["promise"]
    names = tuple(None if side is None else load_knowledge().country_name(side) for side in (case["from"], case["to"]))
    due = None if case["due"] is None else str(case["due"])
    trigger = text.index(case["trigger"])
    return Promise("p", "first", "AID", None, None, case["from"], case["to"], "2024-03-12", due, text, words_of(text), names, trigger)  # type: ignore[arg-type]


@pytest.mark.parametrize(("case", "says", "text"), [(case, says, text) for case in CASES for says, text in case["stories"]])
def test_what_a_story_says(case: dict[str, Any], says: str, text: str) -> None:
    found = telling.told(matter_of(promise(case)), story_of("later", "2024-04-20", text))
    assert (found.says if found else "nothing") == says, found
    if found is not None:
        assert text[found.start : found.end].strip() == found.text


def test_sentences_that_are_passed_over_say_nothing(monkeypatch: pytest.MonkeyPatch) -> None:
    """Each promise held against the sentences of all cases in one story gives what it gives when every sentence is read."""
    texts = [text for case in CASES for _, text in case["stories"]]
    stories = [story_of("later", "2024-04-20", "\n".join(texts[n : n + 5])) for n in range(len(texts))]
    matters = [matter_of(promise(case)) for case in CASES]
    found = [telling.told(matter, story) for matter in matters for story in stories]
    assert len({one.says for one in found if one is not None}) > 1
    asked = telling.candidates
    monkeypatch.setattr(telling, "candidates", lambda background: (1 << len(background.story.clauses)) - 1 if is_of_it(background) else 0)
    assert found == [telling.told(matter, story) for matter in matters for story in stories]
    assert sum(asked(Background(matter, story)).bit_count() for matter in matters for story in stories) < sum(
        len(story.clauses) for _ in matters for story in stories
    )


def is_of_it(background: Background) -> bool:
    return bool(background.story.naming(background.matter.doers) or background.row["shared_names"])


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Arrived", "arriving"),
        ("tries", "try"),
        ("freed", "free"),
        ("agreed", "agree"),
        ("dropped", "drop"),
        ("passes", "pass"),
        ("tents", "tent"),
    ],
)
def test_forms_of_a_word_have_one_stem(one: str, other: str) -> None:
    assert wording.stem_of(one) == wording.stem_of(other)


@pytest.mark.parametrize(("one", "other"), [("see", "s"), ("bus", "bu"), ("sent", "send"), ("ship", "shop")])
def test_other_words_have_another(one: str, other: str) -> None:
    assert wording.stem_of(one) != wording.stem_of(other)


def test_a_verb_and_its_particle_may_stand_apart() -> None:
    stems = [wording.stem_of(word) for word in wording.words_in("pull its tanks back")]
    assert ("withdraw", "act") in {(hit.sense.name, hit.sense.part) for hit in wording.load().hits(stems)}


def test_sentences_end_where_they_do() -> None:
    text = 'Gen. A. B. Smith left the U.S. on Monday. "Why?" he asked.\nNobody knew'
    assert [text[start : start + len(one)] for start, one in sentences_of(text)] == [
        "Gen. A. B. Smith left the U.S. on Monday.",
        '"Why?" he asked.',
        "Nobody knew",
    ]


@pytest.mark.parametrize(
    ("file", "line"),
    [
        ("deeds.tsv", "send\tdone\tsend"),
        ("things.tsv", "police\tmany\tpolice"),
        ("deeds.tsv", "send\tact\tsend,, sent"),
        ("telling.yaml", "more: [words]"),
        ("traits.tsv", "bare\tfeed"),
        ("traits.tsv", "naked\tmeet"),
    ],
)
def test_what_is_wrong_in_a_list(tmp_path: Path, file: str, line: str) -> None:
    for name in ("deeds.tsv", "things.tsv", "traits.tsv", "telling.yaml", "usual.tsv"):
        copy(DATA / name, tmp_path / name)
    with (tmp_path / file).open("a", encoding="utf-8") as out:
        out.write(f"\n{line}\n")
    with pytest.raises(DataError, match=file):
        wording.load_from(tmp_path)


def test_a_type_means_deeds_that_there_are(tmp_path: Path) -> None:
    (tmp_path / "outcomes.tsv").write_text("type\tmet\talso\tbroken\tdeeds\nAID\tAID\t\t\tfeed\n", encoding="utf-8")
    with pytest.raises(DataError, match="feed"):
        kinds.load_from(tmp_path)


@pytest.mark.parametrize("text", ["coming: {lead: 1}", "coming: {lead: 1}\nending: {lead: much}", "coming: ["])
def test_what_is_wrong_in_the_weights(tmp_path: Path, text: str) -> None:
    (tmp_path / "weights.yaml").write_text(text, encoding="utf-8")
    with pytest.raises(DataError, match=r"weights\.yaml"):
        telling.load_from(tmp_path)


def test_who_does_what_he_said_he_would_not_breaks_his_word() -> None:
    text = "Kenya will not send police officers to Haiti."
    case = {"promise": text, "from": "KEN", "to": "HTI", "trigger": "will", "due": None}
    found = telling.told(matter_of(promise(case)), story_of("later", "2024-04-20", "Kenya sent 200 police officers to Haiti on Friday."))
    assert found is not None
    assert found.says == "broken"
