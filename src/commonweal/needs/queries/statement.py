"""The joint statement as a viewer may read it: its newest version, who signed it, and the versions before."""

from __future__ import annotations

import hashlib
import json
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from commonweal.core import clock
from commonweal.core.errors import NotFound
from commonweal.core.models import PartnershipOrganisation
from commonweal.core.permissions import Permission
from commonweal.core.purpose import Purpose
from commonweal.core.queries.sharing_behind import Behind, behind
from commonweal.core.viewer import Viewer, require
from commonweal.needs.frozen_evidence import pieces_of, read_short
from commonweal.needs.models import FrozenEvidence
from commonweal.needs.models.joint_statement import JointAnswer, JointStatementVersion
from commonweal.needs.queries.survival import ended_keys, share_of, shown


@dataclass(frozen=True, slots=True)
class StatedNeed:
    """A need of the statement, as it was signed."""

    place: int
    title: str
    need: UUID
    number: int
    statement: str
    how_we_know: str
    signed: tuple[str, ...]
    ended: tuple[str, ...]     # what is said of evidence whose shared data is shut
    rests_on: tuple[Behind, ...] = ()  # shared data that stands open, and the agreement behind it


@dataclass(frozen=True, slots=True)
class NotAgreed:
    """A need of the round that is not agreed, and who objects to it."""

    title: str
    objections: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class SeatSaid:
    """An organisation that signs, and what it said of the version shown: signs, objects or nothing yet."""

    organisation: str
    signs: bool | None
    person: str
    at: datetime | None
    words: str


@dataclass(frozen=True, slots=True)
class StatementView:
    """One version of the joint statement. `whole` says that it is what was frozen."""

    number: int
    written_at: datetime
    written_by: str
    reason: str
    round: UUID
    needs: tuple[StatedNeed, ...]
    not_agreed: tuple[NotAgreed, ...]
    rule: str
    agreement: str
    disagreement: str
    hangs_on: tuple[str, ...]
    missing: tuple[str, ...]
    method: str
    seats: tuple[SeatSaid, ...]
    whole: bool
    waits_for_me: bool
    earlier: tuple[tuple[int, datetime, str], ...]

    @property
    def agreed(self) -> bool:
        """Whether every organisation that signs has signed it."""
        return bool(self.seats) and all(seat.signs for seat in self.seats)


def statement_for(viewer: Viewer, partnership: UUID) -> StatementView | None:
    """The newest version, or nothing where none is written."""
    require(viewer, Permission.VIEW_EVIDENCE, partnership)
    rows = JointStatementVersion.objects.visible_to(viewer, Purpose.ASSESSMENT).filter(partnership=partnership)
    versions = list(rows.select_related("written_by").order_by("-number"))
    return _view(viewer, versions) if versions else None


def statement_version(viewer: Viewer, partnership: UUID, number: int) -> JointStatementVersion:
    """The version itself, for an action."""
    rows = JointStatementVersion.objects.visible_to(viewer, Purpose.ASSESSMENT)
    found: JointStatementVersion | None = rows.filter(partnership=partnership, number=number).first()
    if found is None:
        raise NotFound("There is no such version of the statement.")
    return found


def _view(viewer: Viewer, versions: list[JointStatementVersion]) -> StatementView:
    newest = versions[0]
    content = json.loads(newest.frozen)
    shared = _shared([UUID(one["version"]) for one in content["needs"]])
    ended, resting = _ended(shared), _resting(viewer, newest.partnership_id, shared)
    seats, mine = _seats(newest), viewer.organisation_in(newest.partnership_id)
    may = viewer.may(Permission.AGREE, newest.partnership_id)
    return StatementView(
        number=newest.number, written_at=newest.written_at, written_by=newest.written_by.name,
        reason=newest.reason, round=newest.round_id,
        needs=tuple(
            StatedNeed(one["place"], one["title"], UUID(one["need"]), one["number"], one["statement"],
                       one["how_we_know"], tuple(one["signed"]), ended.get(UUID(one["version"]), ()),
                       resting.get(UUID(one["version"]), ()))
            for one in content["needs"]
        ),
        not_agreed=tuple(NotAgreed(one["title"], tuple(one["objections"])) for one in content["not_agreed"]),
        rule=content["rule"], agreement=content["agreement"], disagreement=content["disagreement"],
        hangs_on=tuple(content["hangs_on"]), missing=tuple(content["missing"]), method=content["method"],
        seats=tuple(seats.values()),
        whole=hashlib.sha256(newest.frozen.encode()).hexdigest() == newest.digest,
        waits_for_me=may and mine in seats and seats[mine].signs is None,
        earlier=tuple((one.number, one.written_at, one.reason) for one in versions[1:]),
    )


def _shared(versions: list[UUID]) -> dict[UUID, tuple[str, ...]]:
    """On what shared data each need's frozen evidence rests, by key."""
    rows = FrozenEvidence.objects.filter(version__in=versions).values_list("version_id", "short")
    return {key: read_short(short).shared for key, short in rows}


def _resting(
    viewer: Viewer, partnership: UUID, shared: dict[UUID, tuple[str, ...]]
) -> dict[UUID, tuple[Behind, ...]]:
    """What of it stands open, with the agreement that opens it."""
    opened = behind(viewer, partnership, (share_of(key) for keys in shared.values() for key in keys))
    return {need: tuple(opened[share_of(key)] for key in keys if share_of(key) in opened)
            for need, keys in shared.items()}


def _ended(shared: dict[UUID, tuple[str, ...]]) -> dict[UUID, tuple[str, ...]]:
    """What is said of each need's frozen evidence that rested on shared data, where that is shut."""
    ended = ended_keys({one for keys in shared.values() for one in keys})
    shut = [key for key, keys in shared.items() if ended.keys() & set(keys)]
    copies = FrozenEvidence.objects.filter(version__in=shut).values_list("version_id", "whole")
    return {
        key: tuple(item["ended"] for item in shown(pieces_of(copy)[0]) if item["ended"])
        for key, copy in copies
    }


def _seats(version: JointStatementVersion) -> dict[UUID, SeatSaid]:
    """The organisations that sign today, in order of name, with what each said of this version."""
    said = {
        one.organisation_id: one
        for one in JointAnswer.objects.filter(version=version).select_related("person")
    }
    rows = PartnershipOrganisation.objects.on(clock.today()).filter(
        partnership=version.partnership_id, signs_off=True)
    found = {}
    for key, name in rows.order_by("organisation__name").values_list("organisation_id", "organisation__name"):
        one = said.get(key)
        found[key] = SeatSaid(name, one.signs, one.person.name, one.at, one.words) if one else SeatSaid(
            name, None, "", None, "")
    return found
