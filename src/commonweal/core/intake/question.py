"""What a person is asked of a table that nobody knows, and how the answer becomes a mapping."""

from __future__ import annotations

import json
from collections.abc import Mapping as Lookup
from dataclasses import asdict, dataclass
from typing import Any

from commonweal.core.errors import Refused
from commonweal.lake.assistant import mapping as mappings
from commonweal.lake.assistant.mapping import Headers, Mapping, MappingBroken, Target, ValueColumn
from commonweal.lake.assistant.meanings import Guess
from commonweal.lake.assistant.preview import preview
from commonweal.lake.assistant.proposing import Proposal
from commonweal.lake.opening.model import Sheet

SAMPLE_ROWS = 4
VALUE = "value"
GIVEN = ("period", "kind", "service", "indicator")


@dataclass(frozen=True, slots=True)
class ColumnAsked:
    """One column: what it seems to hold and why, what it is proposed for, and a few cells that show nobody."""

    name: str
    meaning: str
    reason: str
    personal: bool
    role: str
    sample: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Question:
    """One table of a file, as a person is asked about it."""

    fingerprint: str
    inside: str
    sheet: str
    reason: str
    target: str
    headers: str
    title: str
    columns: tuple[ColumnAsked, ...]
    asks: tuple[str, ...]
    units: tuple[tuple[str, str], ...] = ()

    def as_data(self) -> dict[str, Any]:
        """Plain JSON-ready data."""
        return asdict(self)

    @classmethod
    def from_data(cls, data: dict[str, Any]) -> Question:
        """The question as it was kept."""
        columns = tuple(ColumnAsked(**{**one, "sample": tuple(one["sample"])}) for one in data["columns"])
        units = tuple((column, unit) for column, unit in data["units"])
        return cls(**{**data, "columns": columns, "asks": tuple(data["asks"]), "units": units})


@dataclass(frozen=True, slots=True)
class Answer:
    """What the person said: where it goes, the role of each column ("" leaves it out), and what no column says."""

    target: Target
    headers: Headers
    roles: Lookup[str, str]
    given: Lookup[str, str]
    title: str
    publisher: str
    licence: str


def question_of(sheet: Sheet, proposal: Proposal, *, inside: str) -> Question:
    """The question that a sheet poses."""
    proposed = proposal.mapping
    roles = _roles_of(proposed) if proposed else {}
    return Question(
        fingerprint=mappings.fingerprint(sheet), inside=inside, sheet=sheet.name, reason=proposal.reason,
        target=proposed.target if proposed else Target.OBSERVATIONS,
        headers=proposed.headers if proposed else Headers.INDICATOR,
        title=proposed.title if proposed else "",
        columns=tuple(_asked(sheet, guess, roles.get(guess.column, "")) for guess in proposal.guesses),
        asks=proposal.questions,
        units=tuple((value.column, value.unit) for value in proposed.values) if proposed else (),
    )


def mapping_of(question: Question, answer: Answer) -> Mapping:
    """The mapping that an answer means; Refused with a sentence where it cannot make rows."""
    chosen = {column.name: answer.roles.get(column.name, "") for column in question.columns if not column.personal}
    units = dict(question.units)
    values = tuple(ValueColumn(name, name, units.get(name, "")) for name, role in chosen.items() if role == VALUE)
    columns = tuple((role, name) for name, role in chosen.items() if role not in ("", VALUE))
    _no_role_twice(columns)
    used = {name for name, role in chosen.items() if role}
    said = tuple((name, words.strip()) for name, words in answer.given.items() if words.strip())
    mapping = Mapping(
        fingerprint=question.fingerprint, target=answer.target, columns=columns, values=values,
        headers=answer.headers, given=said,
        left_out=tuple(column.name for column in question.columns if column.name not in used),
        title=answer.title.strip(),
    )
    try:
        mappings.check(mapping)
    except MappingBroken as error:
        raise Refused(str(error)) from error
    return mapping


def kept(mapping: Mapping) -> dict[str, Any]:
    """A mapping as plain data, to keep with the upload."""
    data: dict[str, Any] = json.loads(mappings.to_json(mapping))
    return data


def recalled(data: dict[str, Any]) -> Mapping:
    """The mapping kept with an upload; Refused where it cannot be used any more."""
    try:
        return mappings.from_json(json.dumps(data))
    except MappingBroken as error:
        raise Refused(str(error)) from error


def _no_role_twice(columns: tuple[tuple[str, str], ...]) -> None:
    seen: dict[str, str] = {}
    for role, name in columns:
        if role in seen:
            raise Refused(f"“{seen[role]}” and “{name}” cannot both be the same thing. Leave one of them out.")
        seen[role] = name


def _roles_of(mapping: Mapping) -> dict[str, str]:
    roles = {published: lake for lake, published in mapping.columns}
    return {**roles, **{value.column: VALUE for value in mapping.values}}


def _asked(sheet: Sheet, guess: Guess, role: str) -> ColumnAsked:
    sample = preview(sheet, guess, rows=SAMPLE_ROWS)
    return ColumnAsked(guess.column, guess.meaning, guess.reason, guess.personal, role, sample)
