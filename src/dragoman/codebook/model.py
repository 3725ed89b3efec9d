"""What the codebook is made of: one frozen model for each kind of entry, and ``Codebook``, which answers questions about them.

In: entries that ``loading`` has read. Out: types, modes, contexts, scores, CAMEO codes, reductions.
"""

from __future__ import annotations

from collections.abc import Collection, Sequence
from typing import Annotated, Any

from pydantic import BaseModel, ConfigDict, Field, StringConstraints, field_validator, model_validator

from dragoman.codebook.errors import AmbiguousName, UnknownName
from dragoman.schema import Auxiliary

TypeName = Annotated[str, StringConstraints(pattern=r"^[A-Z]+$")]
ModeName = Annotated[str, StringConstraints(pattern=r"^[a-z]+(-[a-z]+)*$")]
ContextName = Annotated[str, StringConstraints(pattern=r"^[a-z]+(_[a-z]+)*$")]
CameoCode = Annotated[str, StringConstraints(pattern=r"^\d{3,4}$")]
ActorCode = Annotated[str, StringConstraints(pattern=r"^[A-Z]{3}( [A-Z]{3})?$")]
Prose = Annotated[str, StringConstraints(min_length=10, strip_whitespace=True)]
Score = Annotated[float, Field(ge=-10, le=10)]
QuadNumber = Annotated[int, Field(ge=1, le=4)]

QUAD_NAMES: dict[int, str] = {1: "verbal cooperation", 2: "material cooperation", 3: "verbal conflict", 4: "material conflict"}
COOPERATION = (1, 2)  # the quad classes above 0 on the scale


class Frozen(BaseModel):
    """Base of all entries: immutable, and a misspelt field is an error."""

    model_config = ConfigDict(extra="forbid", frozen=True)


class Mode(Frozen):
    """How an event of one type is done. ``score`` is None where the type's holds; ``context`` is one that the mode brings along."""

    name: ModeName
    score: Score | None
    definition: Prose
    example: Prose
    context: ContextName | None = None


class LookAlike(Frozen):
    """A type that is easily taken for this one, and what tells the two apart."""

    type: TypeName
    tell: Prose


class Example(Frozen):
    """An invented sentence and its coding; actors as country or international code, then sector."""

    text: Prose
    actor: tuple[ActorCode, ...] = Field(min_length=1)
    recipient: tuple[ActorCode, ...]
    mode: tuple[ModeName, ...]


class EventType(Frozen):
    """One of the 16 types. ``score`` runs from -10 (conflict) to 10 (cooperation)."""

    name: TypeName
    quad: QuadNumber
    score: Score
    recipient_required: bool
    definition: Prose
    look_alikes: tuple[LookAlike, ...] = Field(min_length=1)
    example: Example
    modes: dict[str, Mode]

    @field_validator("modes", mode="before")
    @classmethod
    def modes_with_names(cls, modes: Any) -> Any:
        if not isinstance(modes, dict):
            return modes
        return {name: {"name": name, **fields} if isinstance(fields, dict) else fields for name, fields in modes.items()}

    @model_validator(mode="after")
    def score_fits_quad(self) -> EventType:
        if self.score and (self.score > 0) != (self.quad in COOPERATION):
            raise ValueError(f"score {self.score:g} does not fit {QUAD_NAMES[self.quad]}")
        return self

    def mode(self, name: str) -> Mode:
        """The mode of that name. UnknownName if this type has none such."""
        if name not in self.modes:
            raise UnknownName(f"mode of {self.name}", name, self.modes)
        return self.modes[name]

    def mode_score(self, name: str) -> float:
        score = self.mode(name).score
        return self.score if score is None else score


class QuadClass(Frozen):
    """Words or deeds, cooperation or conflict."""

    number: QuadNumber
    definition: Prose

    @property
    def name(self) -> str:
        return QUAD_NAMES[self.number]


class Context(Frozen):
    """Why an event happened; ``words`` are the cues that signal it in a paragraph."""

    name: ContextName
    definition: Prose
    words: tuple[Annotated[str, StringConstraints(pattern=r"^[^\sA-Z]+( [^\sA-Z]+)*$")], ...] = Field(min_length=8, max_length=40)
    example: Prose

    @field_validator("words")
    @classmethod
    def words_once(cls, words: tuple[str, ...]) -> tuple[str, ...]:
        twice = sorted({word for word in words if words.count(word) > 1})
        if twice:
            raise ValueError(f"listed twice: {', '.join(twice)}")
        return words


class AuxiliaryMode(Frozen):
    """How an event stands to the time and reality of the report."""

    name: Auxiliary
    definition: Prose
    example: Prose


class ActorClass(Frozen):
    """A sector, or a code that stands in place of a country."""

    code: Annotated[str, StringConstraints(pattern=r"^[A-Z]{3}$")]
    name: str
    definition: Prose


class CameoEntry(Frozen):
    """What a CAMEO code is in PLOVER."""

    code: CameoCode
    type: TypeName
    modes: tuple[ModeName, ...] = ()
    contexts: tuple[ContextName, ...] = ()
    label: str = Field(min_length=3)


class OlderName(Frozen):
    """A type name of an older PLOVER and the types that it became."""

    older: TypeName
    types: tuple[TypeName, ...] = Field(min_length=1)
    note: str


class When(Frozen):
    """What a reduction is for: any of ``type``, of ``mode`` (empty: whatever the mode) and of ``aux``. With ``menace``, only menaces."""

    type: tuple[TypeName, ...] = Field(min_length=1)
    mode: tuple[ModeName, ...] = ()
    aux: tuple[Auxiliary, ...] = Field(min_length=1)
    menace: bool = False


class Becomes(Frozen):
    """What it is reduced to. ``drop_aux``: whether the auxiliary modes of the rule go."""

    type: TypeName
    mode: tuple[ModeName, ...] = ()
    drop_aux: bool


class Reduction(Frozen):
    """A rule by which a type and an auxiliary mode are said by another type alone."""

    when: When
    becomes: Becomes
    reason: Prose

    def fits(self, type: str, modes: Collection[str], aux: Collection[str], menace: bool) -> bool:
        when = self.when
        mode_fits = not when.mode or not set(when.mode).isdisjoint(modes)
        return type in when.type and mode_fits and not set(when.aux).isdisjoint(aux) and (menace or not when.menace)


class Reduced(Frozen):
    """A type with its modes after reduction; ``reason`` is None where no rule applied."""

    type: str
    modes: tuple[str, ...]
    aux: tuple[Auxiliary, ...]
    reason: str | None = None


class Codebook(Frozen):
    """PLOVER and CAMEO as data, every dict in the order of the manual. ``codes`` is keyed by type, then by mode ("" for none)."""

    types: dict[str, EventType]
    quads: dict[int, QuadClass]
    contexts: dict[str, Context]
    auxiliary: dict[str, AuxiliaryMode]
    sectors: dict[str, ActorClass]
    international: dict[str, ActorClass]
    crosswalk: dict[str, CameoEntry]
    codes: dict[str, dict[str, str]]
    reductions: tuple[Reduction, ...]
    older: dict[str, OlderName]

    def type(self, name: str) -> EventType:
        """The type of that name, as PLOVER writes it today. UnknownName with the nearest names otherwise."""
        if name not in self.types:
            raise UnknownName("event type", name, self.types)
        return self.types[name]

    def canonical(self, name: str) -> str:
        """Today's name of a type, from today's or an older one in any case. AmbiguousName for YIELD and others that became several."""
        upper = name.strip().upper()
        if upper in self.types:
            return upper
        if upper not in self.older:
            raise UnknownName("event type", name, [*self.types, *self.older])
        older = self.older[upper]
        if len(older.types) > 1:
            raise AmbiguousName(upper, older.types, older.note)
        return older.types[0]

    def quad(self, type: str) -> int:
        """1 verbal cooperation, 2 material cooperation, 3 verbal conflict, 4 material conflict."""
        return self.type(type).quad

    def score(self, type: str, modes: Sequence[str] = ()) -> float:
        """The strongest mode's score, that is the one furthest from 0, or the type's where there is no mode; -10 to 10."""
        event_type = self.type(type)
        return max((event_type.mode_score(mode) for mode in modes), key=abs, default=event_type.score)

    def cameo(self, type: str, modes: Sequence[str] = ()) -> str:
        """The CAMEO code of a type with its modes; of several modes the strongest decides, then the manual's order."""
        event_type = self.type(type)
        given = {event_type.mode(mode).name for mode in modes}
        in_order = [mode for mode in event_type.modes if mode in given]
        return self.codes[type][max(in_order, key=lambda mode: abs(event_type.mode_score(mode)), default="")]

    def from_cameo(self, code: str) -> CameoEntry:
        """What a CAMEO code is in PLOVER. UnknownName for codes without a counterpart, such as statements and appeals (010-028)."""
        if code not in self.crosswalk:
            raise UnknownName("CAMEO code", code, self.crosswalk)
        return self.crosswalk[code]

    def reduce(self, type: str, modes: Sequence[str], aux: Sequence[Auxiliary], menace: bool = False) -> Reduced:
        """The type that says alone what this one says with its auxiliary modes. Negated events stay as they are."""
        event_type = self.type(type)
        for mode in modes:
            event_type.mode(mode)
        for name in aux:
            if name not in self.auxiliary:
                raise UnknownName("auxiliary mode", name, self.auxiliary)
        rule = None if "negation" in aux else next((r for r in self.reductions if r.fits(type, modes, aux, menace)), None)
        if rule is None:
            return Reduced(type=type, modes=tuple(modes), aux=tuple(aux))
        left = tuple(name for name in aux if not (rule.becomes.drop_aux and name in rule.when.aux))
        kept = rule.becomes.mode or (tuple(modes) if rule.becomes.type == type else ())
        return Reduced(type=rule.becomes.type, modes=kept, aux=left, reason=rule.reason)
