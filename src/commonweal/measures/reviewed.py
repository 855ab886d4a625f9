"""What a review stands on, as frozen values that become text and come back the same."""

from __future__ import annotations

import hashlib
import json
from dataclasses import asdict, dataclass
from datetime import date
from typing import Any
from uuid import UUID

from commonweal.core.figure import Figure


@dataclass(frozen=True, slots=True)
class NeedThenNow:
    """A need as the agreement answered it and as it stands: versions, words, and how many pieces say what."""

    id: str
    title: str
    then_number: int
    then_on: str
    then_statement: str
    then_held: str
    now_number: int
    now_statement: str
    now_held: str
    state: str
    outcomes: tuple[str, ...]      # what was measured of the outcomes that answer it, a sentence each
    figures: tuple[str, ...] = ()  # published figures of its theme then and now, a sentence each

    @property
    def rewritten(self) -> bool:
        """Whether it has been written anew since."""
        return self.now_number > self.then_number


@dataclass(frozen=True, slots=True)
class MeasureSeen:
    """One measure as it stood."""

    title: str
    kind: str
    figure: Figure | None
    words: str
    stands: str


@dataclass(frozen=True, slots=True)
class LineSeen:
    """One agreement: the needs it answers, what it did for them, what it cost, and what is proposed or decided."""

    agreement: str
    title: str
    provider: str
    ends: str
    paid: str
    returns: str
    needs: tuple[NeedThenNow, ...]
    measures: tuple[MeasureSeen, ...]
    reached: tuple[str, ...]
    verdict: str
    reasons: str
    lessons: str
    from_day: str

    @property
    def key(self) -> UUID:
        """The agreement itself."""
        return UUID(self.agreement)

    @property
    def day(self) -> date | None:
        """From which day it holds."""
        return date.fromisoformat(self.from_day) if self.from_day else None


@dataclass(frozen=True, slots=True)
class MissedSeen:
    """A group or area that may be missed, who says what is done for it at the review, or nothing."""

    key: str
    title: str
    said: str
    by: str


@dataclass(frozen=True, slots=True)
class Reviewed:
    """A whole review on one day."""

    title: str
    period: str
    on: str
    lines: tuple[LineSeen, ...]
    missed: tuple[MissedSeen, ...] = ()   # those who may be missed, and what the review does for each
    missed_because: str = ""              # why some are not answered

    @property
    def unanswered(self) -> tuple[str, ...]:
        """Those for whom nobody has said what the review does."""
        return tuple(one.title for one in self.missed if not one.said)

    @property
    def day(self) -> date:
        """The day it stood so."""
        return date.fromisoformat(self.on)


def frozen_of(seen: Reviewed) -> str:
    """The whole as sorted JSON; it names organisations and no person."""
    return json.dumps(asdict(seen), sort_keys=True, ensure_ascii=False, default=str)


def digest_of(frozen: str) -> str:
    """Its fingerprint."""
    return hashlib.sha256(frozen.encode()).hexdigest()


def thawed(frozen: str) -> Reviewed:
    """What was frozen, come back."""
    said: dict[str, Any] = json.loads(frozen)
    missed = tuple(MissedSeen(**one) for one in said.get("missed", ()))
    return Reviewed(**{**said, "lines": tuple(_line(one) for one in said["lines"]), "missed": missed})


def _line(said: dict[str, Any]) -> LineSeen:
    needs = tuple(NeedThenNow(**{**one, **{key: tuple(one.get(key, ())) for key in ("outcomes", "figures")}})
                  for one in said["needs"])
    measures = tuple(MeasureSeen(**{**one, "figure": Figure.from_data(one["figure"]) if one["figure"] else None})
                     for one in said["measures"])
    return LineSeen(**{**said, "needs": needs, "measures": measures, "reached": tuple(said["reached"])})
