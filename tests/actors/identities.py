"""Compares whom the coder takes names, pronouns and descriptions for with what was written down by somebody who had not seen it work.

python tests/actors/identities.py names      # names.tsv: names in a sentence, and what each means on the day
python tests/actors/identities.py names-2    # the same, harder: other romanisations, complex titles, namesakes, names of nobody
python tests/actors/identities.py links      # links.txt: pronouns and descriptions in stories, and whom each means
python tests/actors/identities.py --heldout  # figures, and figures only, on lines that nobody has looked at since they were written
"""

from __future__ import annotations

import csv
import re
import sys
from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path

from dragoman import knowledge, language, read, statements
from dragoman.actors import find
from dragoman.drafts import Identity, Mention
from dragoman.knowledge.spelling import bare
from dragoman.language import Annotated
from dragoman.schema import Article

HERE = Path(__file__).parent
NAMES, LINKS = HERE / "names.tsv", HERE / "links.txt"
HELD_NAMES, HELD_LINKS = HERE / "heldout-names.tsv", HERE / "heldout-links.txt"
FIELDS = ("country", "sector", "office", "name")
ANY = "*"
UNKNOWN = "?"
SPEAKING = frozenset({"we", "us", "our", "ourselves"})
MARK = re.compile(r"\{(?P<label>[^:{}]+): (?P<words>[^{}]+)\}")
NO_LETTER = re.compile(r"[^a-z ]")


def plain(text: str) -> str:
    """A name or office without accents, case and what tells the spellings of one office apart."""
    return " ".join(NO_LETTER.sub(" ", bare(text).replace("defense", "defence").replace(".", "")).split())


@dataclass(slots=True)
class Coded:
    """A text as the coder reads it, with the mentions in it."""

    annotated: Annotated
    mentions: list[Mention]

    def at(self, start: int, end: int) -> Mention | None:
        """The mention of the phrase between two characters: that of its topmost word, else the longest with its head in the phrase."""
        tokens = self.annotated.tokens_within(start, end)
        inside = [m for m in self.mentions if tokens is not None and tokens.start <= m.head < tokens.end]
        tops = (
            {t.i for t in self.annotated.doc[tokens.start : tokens.end] if t.head.i == t.i or not tokens.start <= t.head.i < tokens.end}
            if tokens
            else set()
        )
        return max(inside, key=lambda m: (m.head in tops, m.range.end - m.range.start), default=None)


class Reader:
    """Reads texts as ``Coder`` does, up to the actors."""

    def __init__(self) -> None:
        self.nlp, self.knowledge = language.load(), knowledge.load()

    def read(self, text: str, day: str) -> Coded:
        article = Article(id="a", text=text, published=day)
        layout = read.layout(article, self.knowledge.place_country)
        annotated = language.annotate(self.nlp, [(text, layout)])[0]
        _, quotes = statements.find(annotated)
        return Coded(annotated, find(annotated, layout, day, quotes, self.knowledge))

    def same(self, kind: str, wanted: str, got: str, words: str) -> bool:
        """Whether a field is as wanted: names in any spelling, offices with or without the body; a name as the text has it says nothing."""
        if kind == "office":
            return bool(wanted) == bool(got) and (plain(wanted) in plain(got) or plain(got) in plain(wanted))
        if kind == "name" and not wanted:
            return not got or got in words
        if kind == "name":
            return plain(wanted) == plain(got) or bool(self.named(wanted) & self.named(got))
        return wanted == got

    def named(self, name: str) -> set[str]:
        """The usual names of all that a name may mean."""
        meanings = [m for m in self.knowledge.cased.get(name) if not isinstance(m, knowledge.Name)]
        return {m.name for m in [*meanings, *self.knowledge.alike.of_full_name(name)]}


@dataclass(slots=True)
class Tally:
    counts: Counter[str] = field(default_factory=Counter)
    lines: list[str] = field(default_factory=list)


def name_rows(file: Path) -> Iterator[tuple[str, dict[str, str]]]:
    """Class and fields of each line of a table of names."""
    kind, lines = "", file.read_text(encoding="utf-8").splitlines()
    header = lines[0].split("\t")
    for line in lines[1:]:
        if line.startswith("# "):
            kind = line[2:]
        elif line:
            yield kind, dict(zip(header, next(csv.reader([line], delimiter="\t", quoting=csv.QUOTE_NONE)), strict=True))


def names(reader: Reader, file: Path = NAMES) -> Tally:
    """How many names are wholly right, by class, and how many are given a wrong identity as certain."""
    tally = Tally()
    for kind, row in name_rows(file):
        text, (words, _, number) = row["text"], row["mention"].partition("#")
        start = -1
        for _ in range(int(number or 1)):
            start = text.index(words, start + 1)
        mention = reader.read(text, row["day"]).at(start, start + len(words))
        identities = mention.identities if mention is not None else ()
        got = identities[0] if len(identities) == 1 else Identity()
        wrong = [f for f in FIELDS if row[f] != ANY and not reader.same(f, row[f], getattr(got, f) or "", words)]
        misnamed = row["name"] != ANY and got.name is not None and "name" in wrong
        tally.counts.update({"names": 1, "right": not wrong, f"of {kind}": 1, f"right of {kind}": not wrong, "wrong identity": misnamed})
        if wrong:
            shown = ", ".join(f"{f} {row[f] or '-'} found {getattr(got, f) or '-'}" for f in wrong)
            tally.lines.append(f"{kind} [{row['day']}] {text}\n      {row['mention']}: {shown}")
    return tally


@dataclass(frozen=True, slots=True)
class Mark:
    start: int
    end: int
    labels: tuple[str, ...]


def stories(file: Path) -> Iterator[tuple[str, str, list[Mark]]]:
    """Day, text without marks, and marks of each story of a file."""
    for block in file.read_text(encoding="utf-8").strip().split("\n\n"):
        head, marked = block.split("\n", 1)
        text, marks, end = "", [], 0
        for match in MARK.finditer(marked):
            text += marked[end : match.start()]
            marks.append(Mark(len(text), len(text) + len(match["words"]), tuple(match["label"].split("+"))))
            text += match["words"]
            end = match.end()
        yield head.removeprefix("# "), text + marked[end:], marks


def links(reader: Reader, file: Path = LINKS) -> Tally:
    """Precision and recall of links: pronouns and descriptions whose mention means what the names with the same label mean.

    What is only known as "a minister of Japan" claims no link, so it is unresolved, unless the country is wrong.
    """
    tally = Tally()
    for day, text, marks in stories(file):
        coded = reader.read(text, day)
        meant: dict[str, set[Identity]] = {}
        for mark in marks:
            mention = coded.at(mark.start, mark.end)
            words = text[mark.start : mark.end]
            if mention is not None and mention.kind == "name" and len(mark.labels) == 1:
                meant.setdefault(mark.labels[0], set()).update(mention.identities)
                if mention.identities:
                    continue
            if not all(label in meant or label == UNKNOWN for label in mark.labels):
                if len(mark.labels) == 1 and mention is not None:
                    meant.setdefault(mark.labels[0], set()).update(mention.identities)  # the first to speak of somebody who has no name
                continue
            got = set(mention.identities) if mention is not None else set()
            kind = _kind(words, mark)
            known = UNKNOWN not in mark.labels
            alike = _of_one_side if words.lower() in SPEAKING else _alike
            right = known and _means(got, [meant[label] for label in mark.labels], alike)
            claims = right or _claims(got, [meant[label] for label in mark.labels] if known else [])
            tally.counts.update({"links": known, "resolved": claims, "right": right})
            tally.counts.update({f"{kind} links": known, f"{kind} resolved": claims, f"{kind} right": right})
            if not right and (known or got):
                shown = " + ".join(sorted(str(i.name or f"{i.country} {i.sector}") for i in got)) or "-"
                tally.lines.append(f"{kind} [{day}] {text[max(0, mark.start - 160) : mark.start]}[{words}]{text[mark.end : mark.end + 50]}")
                tally.lines.append(f"      {'+'.join(mark.labels)}, found {shown}")
    return tally


PRONOUN = re.compile(
    r"(he|she|it|they|him|her|them|his|its|their|hers|theirs|who|whom|whose|I|me|my|we|us|our|\w+sel(f|ves))", re.IGNORECASE
)


def _kind(words: str, mark: Mark) -> str:
    if len(mark.labels) > 1:
        return "group"
    return "pronoun" if PRONOUN.fullmatch(words) else "description"


def _means(got: set[Identity], wanted: list[set[Identity]], alike: Callable[[Identity, Identity], bool]) -> bool:
    """Whether what was found is one identity of each that is wanted, and nothing else."""
    everybody = all(any(alike(g, w) for g in got for w in one) for one in wanted)
    return bool(got) and everybody and all(any(alike(g, w) for one in wanted for w in one) for g in got)


def _claims(got: set[Identity], wanted: list[set[Identity]]) -> bool:
    """Whether somebody is said to be meant: one with a name, or of a country which is none of theirs who are."""
    countries = {i.country for one in wanted for i in one}
    return any(i.name is not None or (i.country is not None and i.country not in countries) for i in got)


def _alike(one: Identity, other: Identity) -> bool:
    """The same person or body; a state and its government are one."""
    if one.name or other.name:
        return one.name == other.name
    return (one.country, one.sector) == (other.country, other.sector)


def _of_one_side(one: Identity, other: Identity) -> bool:
    """For "we": the speaker, or the state or body for which he or she speaks."""
    return one.country == other.country and (other.sector is None or one.sector == other.sector)


def main() -> None:
    reader, held_out = Reader(), "--heldout" in sys.argv
    for name in [word for word in sys.argv[1:] if not word.startswith("--")] or ["names", "links"]:
        score, figures, file, held = SETS[name]
        tally = score(reader, held if held_out else file)
        if not held_out:
            print("\n".join(tally.lines))
        print("\n".join(figures(tally.counts)))


def name_figures(c: Counter[str]) -> Iterator[str]:
    for kind in dict.fromkeys(k.removeprefix("right of ") for k in c if k.startswith("right of ")):
        yield f"{c[f'right of {kind}']} of {c[f'of {kind}']}  {kind}"
    yield f"names right {c['right']} of {c['names']} ({c['right'] / c['names']:.3f}), wrong identity {c['wrong identity']}"


def link_figures(c: Counter[str]) -> Iterator[str]:
    for kind in ("pronoun ", "description ", "group ", ""):
        precision, recall = c[f"{kind}right"] / max(1, c[f"{kind}resolved"]), c[f"{kind}right"] / max(1, c[f"{kind}links"])
        yield f"{kind}links {c[f'{kind}links']}, resolved {c[f'{kind}resolved']}: precision {precision:.3f} recall {recall:.3f}"


SETS: dict[str, tuple[Callable[[Reader, Path], Tally], Callable[[Counter[str]], Iterator[str]], Path, Path]] = {
    "names": (names, name_figures, NAMES, HELD_NAMES),
    "names-2": (names, name_figures, HERE / "names-2.tsv", HELD_NAMES),
    "links": (links, link_figures, LINKS, HELD_LINKS),
}


if __name__ == "__main__":
    main()
