"""What the partners agreed, as frozen values that an assessment of theirs carries into every page and file."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date

from commonweal.core.figure import Quality


@dataclass(frozen=True, slots=True)
class Signed:
    """One organisation's signature; the person stands in what is made today, never in what is kept."""

    organisation: str
    on: date
    person: str = ""


@dataclass(frozen=True, slots=True)
class Heard:
    """What one perspective says of a need, on how many pieces of evidence."""

    perspective: str
    says: str
    tone: str
    items: int


@dataclass(frozen=True, slots=True)
class HeldEvidence:
    """A piece of evidence as it stood when the need was signed; its grade where it can still be looked at."""

    title: str
    whose: str
    says: str
    rests_on: str
    quality: Quality | None
    shared: str = ""     # the shared data it rests on and who used it, as `survival.key_of` writes it


@dataclass(frozen=True, slots=True)
class AgreedNeed:
    """A need every organisation that signs has signed, with what speaks most strongly for and against it."""

    id: str
    title: str
    number: int
    statement: str
    how_we_know: str
    heard: tuple[Heard, ...]
    strongest: HeldEvidence | None
    against: str
    signed: tuple[Signed, ...]
    against_shared: str = ""


@dataclass(frozen=True, slots=True)
class SignedStatement:
    """The joint statement, once every organisation that signs has signed it."""

    number: int
    order: tuple[str, ...]
    agreement: str
    disagreement: str
    not_agreed: tuple[str, ...]
    missing: tuple[str, ...]
    signed: tuple[Signed, ...]


@dataclass(frozen=True, slots=True)
class AgreedNeeds:
    """The agreed needs of one partnership, the joint statement's order first."""

    partnership: str
    needs: tuple[AgreedNeed, ...]
    statement: SignedStatement | None


def without_people(agreed: AgreedNeeds) -> AgreedNeeds:
    """The same with organisations alone: what is frozen names nobody, so that a person can be forgotten."""
    stated = agreed.statement
    return replace(
        agreed,
        needs=tuple(replace(need, signed=_unnamed(need.signed)) for need in agreed.needs),
        statement=replace(stated, signed=_unnamed(stated.signed)) if stated else None,
    )


def _unnamed(signed: tuple[Signed, ...]) -> tuple[Signed, ...]:
    return tuple(replace(one, person="") for one in signed)
