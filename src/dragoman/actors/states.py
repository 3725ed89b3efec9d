"""In: hits. Out: whom they mean: states, places that stand for governments, peoples, organisations; and which hits are only places."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field

from dragoman.actors.names import Hit, after_acronym
from dragoman.actors.phrases import phrase
from dragoman.actors.referents import Found, Referent
from dragoman.actors.words import Words
from dragoman.knowledge import Knowledge, Name, Organisation, common
from dragoman.language.tree import PROPER_TAGS, Tree

STRONG = ("name", "former", "adjective", "people", "capital", "region", "metonym")
ARGUMENTS = ("nsubj", "nsubjpass", "dobj")


@dataclass(slots=True)
class Registry:
    """The states and bodies of one article, each once; ``counts`` says how often hits name a country without doubt."""

    knowledge: Knowledge
    counts: Counter[str] = field(default_factory=Counter)
    states: dict[tuple[str, str | None], Referent] = field(default_factory=dict)
    bodies: dict[tuple[str, str | None], Referent] = field(default_factory=dict)

    def state(self, country: str, sector: str | None = None) -> Referent:
        """The state itself, or (sector GOV) its government under the name of its capital, or (CVL) its people."""
        key = country, sector
        if key not in self.states:
            sort = "people" if sector == "CVL" else "state"
            self.states[key] = Referent(sort, self.knowledge.country_name(country) or country, country, sector)
        return self.states[key]

    def body(
        self, name: str, country: str | None, sector: str | None, others: tuple[str, ...] = (), wikidata: str | None = None
    ) -> Referent:
        key = name, country
        if key not in self.bodies:
            self.bodies[key] = Referent("body", name, country, sector, others, None, wikidata)
        return self.bodies[key]

    def count(self, hits: list[Hit], dateline: str | None) -> None:
        """Learn which countries the article is about, from hits that mean only one."""
        for hit in hits:
            countries = {n.country for n in hit.names}
            if len(countries) == 1:
                self.counts[countries.pop()] += 1
            owners = {o.country for o in hit.organisations if o.country}
            if len(owners) == 1:
                self.counts[owners.pop()] += 1
        if dateline is not None and not self.counts:
            self.counts[dateline] += 1

    def chosen(self, names: tuple[Name, ...]) -> list[Name]:
        """The meanings of one country: the only one, or the only one that the article speaks of elsewhere; else those of all."""
        strong = [n for n in names if n.kind in STRONG] or list(names)
        if len({n.country for n in strong}) > 1:
            spoken = {n.country for n in strong if self.counts[n.country]}
            if len(spoken) == 1:
                return [n for n in strong if n.country in spoken]
            states = [n for n in strong if n.kind == "name"]
            if not spoken and len({n.country for n in states}) == 1:
                return states  # "Georgia", where nothing is said of the United States
            if {n.kind for n in strong} == {"metonym"}:
                return self._house(strong)
        return strong

    def _house(self, names: list[Name]) -> list[Name]:
        """ "Congress": that of the country of which the article speaks by far the most; the best known, first in the table, if of none."""
        counts = Counter({n.country: self.counts[n.country] for n in names})
        (country, most), (_, second) = counts.most_common(2)
        chosen = names[0].country if not most else country if most >= 2 * second else None
        return [n for n in names if n.country == chosen] or names


def found_name(tree: Tree, hit: Hit, registry: Registry, words: Words) -> Found | None:
    """The mention of a hit that is no person; None for a mere place."""
    found = Found(hit.start, after_acronym(tree, hit.end), hit.top, "name")
    found.modifier = is_modifier(tree, hit)
    text = tree.text(hit.start, hit.end)
    if hit.organisations:
        found.start = _start_with_state(tree, found.start, registry)
        return _found_body(found, hit.organisations, text, registry)
    names = registry.chosen(hit.names)
    countries = sorted({n.country for n in names})
    if len(countries) > 1:
        found.because.append(f"'{text}' may be {' or '.join(countries)}")
        return None if is_place(tree, hit, names, words) else found
    if is_place(tree, hit, names, words):
        return None
    return _found_state(tree, found, names, text, registry)


def _start_with_state(tree: Tree, start: int, registry: Registry) -> int:
    """Where "the U.S. Department of Justice" begins: with the state right before the name."""
    before = start - 1
    if before < 0 or tree.dep[before] not in ("compound", "amod", "nmod") or tree.head[before] < start:
        return start
    known = registry.knowledge.cased.get(tree.straight[before])
    return before if any(isinstance(n, Name) and n.kind in ("name", "adjective") for n in known) else start


def _found_body(found: Found, organisations: tuple[Organisation, ...], text: str, registry: Registry) -> Found:
    if len({o.name for o in organisations}) > 1:
        spoken = tuple(o for o in organisations if o.country is not None and registry.counts[o.country])
        if len({o.name for o in spoken}) != 1:
            found.because.append(f"'{text}' may be {' or '.join(sorted({o.name for o in organisations}))}")
            return found
        organisations = spoken
    first = organisations[0]
    sector = common(o.sector for o in organisations)
    others = first.other_sectors if len(organisations) == 1 else ()
    found.referents.append(registry.body(first.name, common(o.country for o in organisations), sector, others, first.wikidata))
    if text != first.name:
        found.because.append(f"'{text}' is {first.name}")
    if len(organisations) > 1 and sector is None:
        found.because.append(f"what {first.name} was changed over time, and the text has no date")
    return found


def _found_state(tree: Tree, found: Found, names: list[Name], text: str, registry: Registry) -> Found:
    country = names[0].country
    kinds = {n.kind for n in names}
    sector = next((n.sector for n in names if n.sector), None)
    if "metonym" in kinds:
        name = next(n for n in names if n.kind == "metonym")
        found.start = _start_with_state(tree, found.start, registry)
        found.referents.append(registry.body(text, country, name.sector))
        found.because.append(f"'{text}' stands for the {name.sector or 'state'} of {country}")
    elif kinds & {"name", "former"}:
        found.referents.append(registry.state(country))
    elif is_people(tree, found, kinds):
        found.referents.append(registry.state(country, sector or "CVL"))
        found.start = phrase(tree, found.head, found.start, found.end)[0]
        found.plural = tree.tag[found.head] in ("NNS", "NNPS") or "adjective" in kinds
    elif "adjective" in kinds or "people" in kinds:
        found.referents.append(registry.state(country, sector))
    elif "capital" in kinds:
        found.referents.append(registry.state(country, "GOV"))
        found.because.append(f"'{text}', the capital, stands for the government of {country}")
    else:
        found.referents.append(registry.state(country, sector))
        found.because.append(f"'{text}' lies in {country}")
    return found


def is_people(tree: Tree, found: Found, kinds: set[str]) -> bool:
    """ "Russians", "the French": a noun of its own, not before another."""
    return "people" in kinds and not found.modifier


def is_modifier(tree: Tree, hit: Hit) -> bool:
    """Before the noun that it describes: "Japanese exports", "the Ukraine war", "Fijian and Tongan ministers"."""
    top = hit.top
    while tree.dep[top] == "conj" and tree.head[top] < top:
        top = tree.head[top]
    return tree.dep[top] in ("amod", "compound", "nmod", "npadvmod", "nummod", "advmod") and tree.head[top] > hit.top


def is_place(tree: Tree, hit: Hit, names: list[Name], words: Words) -> bool:
    """Whether a hit says only where: a city or region, or a capital after "in", "near" or a word of movement."""
    kinds = {n.kind for n in names}
    if kinds & {"name", "former", "adjective", "people", "metonym"}:
        return False
    if is_modifier(tree, hit) or is_located(tree, hit.top, words):
        return True
    if any(n.sector == "PRE" for n in names):
        return False
    if "capital" in kinds:
        return tree.dep[hit.top] in ("appos", "npadvmod", "ROOT", "dep")
    return tree.dep[hit.top] not in ARGUMENTS and not is_target(tree, hit.top)


def is_target(tree: Tree, top: int) -> bool:
    """After a preposition that names against whom something is done: "the raid on Idlib"."""
    return tree.dep[top] == "pobj" and tree.lower[tree.head[top]] in ("on", "against")


def is_located(tree: Tree, top: int, words: Words) -> bool:
    """In a phrase that says where, coordination and "Paris, France" included."""
    while tree.dep[top] in ("conj", "appos") and tree.head[top] != top:
        top = tree.head[top]
    prep = tree.head[top]
    if tree.dep[top] != "pobj":
        return False
    if tree.lower[prep] in words.located:
        return True
    if tree.lower[prep] == "of" and tree.tag[tree.head[prep]] in PROPER_TAGS:
        return True
    return tree.lower[prep] in words.directed and tree.lemma[tree.head[prep]].lower() in words.movement
