"""In: operators.yaml. Out: what an operator ("agree", "refuse") makes of the type that it governs, checked against the codebook."""

from __future__ import annotations

from typing import Annotated, Any, Literal

from pydantic import BaseModel, BeforeValidator, ConfigDict, ValidationError

from dragoman import codebook
from dragoman.errors import DataError
from dragoman.schema import Auxiliary

FILE = "operators.yaml"
SAME, MENACE = "same", "menace"
Addressee = Literal["doer", "target"]


class Outcome(BaseModel):
    """An event type with its modes; ``same`` is that of what is governed, ``menace`` the codebook's reduction of it."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    type: str
    mode: tuple[str, ...] | Literal["same"] = ()
    promised: bool = False
    addresses: Addressee | None = None

    @property
    def is_same(self) -> bool:
        return self.type == SAME

    def modes(self, governed: list[str]) -> list[str]:
        return list(governed) if self.mode == SAME else list(self.mode)


def _outcome_of(value: Any) -> Any:
    """``same`` and ``menace`` stand for outcomes."""
    return {"type": value, "mode": SAME if value == SAME else ()} if value in (SAME, MENACE) else value


Maybe = Annotated[Outcome | None, BeforeValidator(_outcome_of)]


class Operator(BaseModel):
    """The keys are explained in docs/lexicon.md; None is no event."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    content: dict[str, Maybe] = {}
    any: Maybe = None
    alone: Maybe = None
    clause: Maybe = None
    addresses: Addressee = "target"
    negated: str | None = None
    alleges: bool = False
    drops: frozenset[Auxiliary] = frozenset()
    told: Literal["content", "clause"] | None = None

    def of(self, governed: str) -> Outcome | None:
        """What becomes of an event of a type."""
        return self.content.get(governed, self.any)

    def of_nothing_known(self, clause: bool) -> Outcome | None:
        """What the word is by itself, or governing a clause that is no event."""
        return self.clause if clause and "clause" in self.model_fields_set else self.alone


def operators_of(data: Any) -> dict[str, Operator]:
    """The operators by name. DataError names the operator and the key that is wrong."""
    if not isinstance(data, dict):
        raise DataError(FILE, "operators by name were expected")
    found = {str(name): _operator(str(name), fields) for name, fields in data.items()}
    for name, operator in found.items():
        if operator.negated is not None and operator.negated not in found:
            raise DataError(FILE, f"{name}: negated: no operator {operator.negated!r}")
    return found


def _operator(name: str, fields: Any) -> Operator:
    try:
        operator = Operator.model_validate(fields)
    except ValidationError as error:
        fault = error.errors()[0]
        raise DataError(FILE, f"{name}: {'.'.join(map(str, fault['loc']))}: {fault['msg']}") from error
    types = codebook.load().types
    for governed in operator.content:
        if governed not in types:
            raise DataError(FILE, f"{name}: content: no type {governed!r}")
    for outcome in filter(None, [operator.any, operator.alone, operator.clause, *operator.content.values()]):
        if outcome.type not in types and outcome.type not in (SAME, MENACE):
            raise DataError(FILE, f"{name}: no type {outcome.type!r}")
        if outcome.type in types and outcome.mode != SAME:
            for mode in outcome.mode:
                if mode not in types[outcome.type].modes:
                    raise DataError(FILE, f"{name}: {outcome.type} has no mode {mode!r}")
    return operator
