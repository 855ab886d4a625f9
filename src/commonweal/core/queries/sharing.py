"""What an organisation sees of data and agreements: its own, placed, opened to it; and every use."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum
from typing import Any
from uuid import UUID

from django.db.models import Prefetch, Q

from commonweal.core import clock
from commonweal.core.access_log import Access, access_log
from commonweal.core.asked_once import asked_once
from commonweal.core.errors import NotFound
from commonweal.core.models import HeldDataset, SharingAgreement, SharingDoor, SharingEnd, SharingVersion
from commonweal.core.models.sharing import open_doors
from commonweal.core.permissions import Permission
from commonweal.core.purpose import Purpose
from commonweal.core.queries.sharing_uses import UsePage, uses_of
from commonweal.core.sharing_digest import digest_of
from commonweal.core.sharing_gate import advice_waits
from commonweal.core.sharing_log import write_use
from commonweal.core.viewer import Viewer

READ = "sharing.read"


class How(StrEnum):
    """Why the viewer sees a data set."""

    OWN = "own"
    PLACED = "placed"
    AGREED = "agreed"


class Standing(StrEnum):
    """How an agreement stands."""

    WAITING = "waiting"
    IN_FORCE = "in force"
    TO_COME = "to come"
    RUN_OUT = "run out"
    ENDED = "ended"


@dataclass(frozen=True, slots=True)
class Field:
    """One field of a data set, in words."""

    name: str
    words: str
    personal: bool
    special: bool


@dataclass(frozen=True, slots=True)
class HeldView:
    """A data set as far as the viewer may see it: fields that are not shared are not there."""

    id: UUID
    title: str
    owner: str
    description: str
    fields: tuple[Field, ...]
    how: How
    personal: bool
    special: bool
    police: bool
    health: bool
    children: bool
    as_at: date | None


@dataclass(frozen=True, slots=True)
class AgreementCard:
    """An agreement in a list."""

    id: UUID
    title: str
    giver: str
    taker: str
    standing: Standing
    number: int
    end: date
    review: date
    waits_for: tuple[str, ...]
    waits_for_me: bool
    advice_first: bool  # one's own officer's advice is recorded before one can sign


@dataclass(frozen=True, slots=True)
class VersionView:
    """What one version says, and who has signed it."""

    number: int
    row: SharingVersion
    sets: tuple[tuple[str, tuple[Field, ...]], ...]
    purposes: tuple[str, ...]
    signed: tuple[tuple[str, str, datetime], ...]
    digest: str


@dataclass(frozen=True, slots=True)
class AgreementView:
    """One agreement, for its two parties alone."""

    card: AgreementCard
    row: SharingAgreement
    latest: VersionView
    in_force: VersionView | None
    ended: SharingEnd | None
    uses: UsePage

    @property
    def effect(self) -> str:
        """Since when the newest version truly holds, where that is not its first day; else nothing."""
        start = self.latest.row.start
        if self.card.standing is Standing.WAITING and start < clock.today():
            return (f"Its first day has passed. It holds from the day on which both have signed, not from "
                    f"{start:%-d %B %Y}.")
        if self.card.waits_for:
            return ""
        signed = max(at for _, _, at in self.latest.signed).astimezone(clock.LONDON).date()
        return (f"In force from {signed:%-d %B %Y}, when the second party signed: before that day this version "
                "opened nothing.") if signed > start else ""

    @property
    def survives(self) -> str:
        """What may go on being shown after it ends: of the version in force, else of the newest."""
        return str((self.in_force or self.latest).row.get_survives_display())

    def latest_sets(self) -> list[HeldView]:
        """What the newest version shares, as data sets with the shared fields alone."""
        rows = self.latest.row.sets.select_related("held", "held__organisation")
        return [_shown(one.held, How.AGREED, one.fields) for one in rows]


def held_for(viewer: Viewer, partnership: UUID, purpose: Purpose) -> tuple[HeldView, ...]:
    """Every data set the viewer may see for a purpose."""
    rows = HeldDataset.objects.visible_to(viewer, purpose).filter(partnership=partnership, retired=None)
    doors = _fields_opened(viewer, purpose)
    found = rows.select_related("organisation").order_by("organisation__name", "title")
    return tuple(_held(viewer, row, doors.get(row.pk, ())) for row in found)


def held_one(viewer: Viewer, partnership: UUID, held: UUID, purpose: Purpose) -> HeldView:
    """One data set, opened: a use under an agreement is written down first, and only then is it read."""
    rows = HeldDataset.objects.visible_to(viewer, purpose).filter(partnership=partnership, retired=None)
    row = rows.select_related("organisation").filter(pk=held).first()
    if row is None:
        raise NotFound("There is no such data, or no agreement in force opens it to your organisation.")
    doors = list(open_doors(viewer, purpose).filter(held=row).select_related("version"))
    view = _held(viewer, row, tuple(name for door in doors for name in door.fields))
    if view.how is How.AGREED:
        _write_down(viewer, purpose, doors)
    return view


def _write_down(viewer: Viewer, purpose: Purpose, doors: Iterable[SharingDoor]) -> None:
    """In the access log and in each agreement's own part of it; OSError where either cannot be written."""
    opened = [(door.version.identity_id, {
        "agreement": str(door.version.identity_id), "held": str(door.held_id), "purpose": str(purpose),
        "organisation": str(door.taker_id),
    }) for door in doors]
    for _, subject in opened:
        access_log().write(Access(viewer.person, "READ", READ, 200, subject))
    access_log().flush()
    for agreement, subject in opened:
        write_use(agreement, subject, viewer.person)


@asked_once
def agreements_for(viewer: Viewer, partnership: UUID) -> tuple[AgreementCard, ...]:
    """Agreements to which an organisation of the viewer is a party; nobody else sees that they exist."""
    rows = agreements_seen(viewer, partnership).order_by("-created")
    return tuple(sorted((_card(viewer, row) for row in rows), key=lambda card: not card.waits_for_me))


def agreement_for(viewer: Viewer, partnership: UUID, agreement: UUID, *, before: str = "") -> AgreementView:
    """One agreement in full, with the uses `before` a mark; NotFound for whoever is no party to it."""
    row = agreement_row(viewer, partnership, agreement)
    versions = list(row.versions.order_by("-number"))
    standing = next((one for one in versions if one.signatures.count() == len(row.parties)), None)
    latest = _version(versions[0])
    return AgreementView(
        card=_card(viewer, row), row=row, latest=latest,
        in_force=None if standing is None else latest if standing.pk == versions[0].pk else _version(standing),
        ended=SharingEnd.objects.filter(identity=row).select_related("organisation").first(),
        uses=uses_of(row, before),
    )


def agreement_row(viewer: Viewer, partnership: UUID, agreement: UUID) -> SharingAgreement:
    """The agreement itself, for an action."""
    row: SharingAgreement | None = agreements_seen(viewer, partnership).filter(pk=agreement).first()
    if row is None:
        raise NotFound("There is no such agreement, or your organisation is not a party to it.")
    return row


def agreements_seen(viewer: Viewer, partnership: UUID) -> Any:
    """Agreements of the viewer's own organisations there, for those who see evidence or sign."""
    if not viewer.may(Permission.VIEW_EVIDENCE, partnership):
        return SharingAgreement.objects.none()
    ours = {grant.organisation for grant in viewer.grants if grant.partnership == partnership}
    seen = SharingAgreement.objects.visible_to(viewer, Purpose.ADMINISTRATION).filter(partnership=partnership)
    versions = Prefetch("versions", SharingVersion.objects.order_by("-number").prefetch_related("signatures"))
    mine = seen.filter(Q(giver__in=ours) | Q(taker__in=ours)).select_related("giver", "taker", "ended")
    return mine.prefetch_related(versions)


def _card(viewer: Viewer, row: SharingAgreement) -> AgreementCard:
    latest = row.versions.all()[0]  # the newest first, as `agreements_seen` has them
    signed = {one.organisation_id for one in latest.signatures.all()}
    waits = tuple(one.name for one in (row.giver, row.taker) if one.pk not in signed)
    standing = _standing(row, latest, waits)
    mine = viewer.organisation_in(row.partnership_id)
    may = viewer.may(Permission.AGREE, row.partnership_id) and mine in row.parties and mine not in signed
    to_sign = may and standing is Standing.WAITING
    return AgreementCard(
        row.pk, row.title, row.giver.name, row.taker.name, standing, latest.number, latest.end, latest.review,
        waits, to_sign, bool(to_sign and mine and advice_waits(latest, mine)),
    )


def _standing(row: SharingAgreement, latest: SharingVersion, waits: tuple[str, ...]) -> Standing:
    today = clock.today()
    if hasattr(row, "ended"):
        return Standing.ENDED
    if latest.end <= today:
        return Standing.RUN_OUT
    if waits:
        return Standing.WAITING
    return Standing.IN_FORCE if latest.start <= today else Standing.TO_COME


def _version(row: SharingVersion) -> VersionView:
    signed = row.signatures.select_related("organisation", "person").order_by("id")
    sets = row.sets.select_related("held").order_by("held__title")
    return VersionView(
        number=row.number, row=row, digest=digest_of(row),
        sets=tuple((one.held.title, _fields(one.held, one.fields)) for one in sets),
        purposes=tuple(str(Purpose(one).label) for one in row.purposes),
        signed=tuple(
            (one.organisation.name, one.person.name if one.person else "Somebody", one.at) for one in signed
        ),
    )


def _fields_opened(viewer: Viewer, purpose: Purpose) -> dict[UUID, tuple[str, ...]]:
    found: dict[UUID, tuple[str, ...]] = {}
    for held, fields in open_doors(viewer, purpose).values_list("held", "fields"):
        found[held] = (*found.get(held, ()), *fields)
    return found


def _held(viewer: Viewer, row: HeldDataset, opened: Iterable[str]) -> HeldView:
    own = viewer.system or any(
        one.partnership == row.partnership_id and one.organisation == row.organisation_id for one in viewer.grants
    )
    how = How.OWN if own else How.PLACED if row.placed else How.AGREED
    names = [str(one["name"]) for one in row.fields] if how is not How.AGREED else list(opened)
    return _shown(row, how, names)


def _shown(row: HeldDataset, how: How, names: Iterable[str]) -> HeldView:
    return HeldView(
        id=row.pk, title=row.title, owner=row.organisation.name, description=row.description,
        fields=_fields(row, names), how=how, personal=row.personal, special=row.special, police=row.police,
        health=row.health, children=row.children, as_at=row.as_at,
    )


def _fields(row: HeldDataset, names: Iterable[str]) -> tuple[Field, ...]:
    wanted = set(names)
    return tuple(
        Field(str(one["name"]), str(one.get("words", "")), bool(one.get("personal")), bool(one.get("special")))
        for one in row.fields if one["name"] in wanted
    )
