"""Organisations describe data, agree to share it, sign the same version, and end what they agreed."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from uuid import UUID

from django.db import models, transaction

from commonweal.core import clock
from commonweal.core.actions.recording import acting_organisation, person_of, record_event, saved
from commonweal.core.errors import NotFound, Refused
from commonweal.core.linking_store import forget_closed_links
from commonweal.core.models import (
    HeldDataset,
    Partnership,
    PartnershipOrganisation,
    SharedSet,
    SharingAgreement,
    SharingDoor,
    SharingEnd,
    SharingSignature,
    SharingVersion,
)
from commonweal.core.permissions import Permission
from commonweal.core.purpose import Purpose
from commonweal.core.sharing_gate import advice_waits
from commonweal.core.viewer import Viewer, require
from commonweal.policy.lawful_basis import bases, conditions


class Verb(models.TextChoices):
    """The deeds of sharing."""

    DESCRIBED = "sharing.data_described"
    WRITTEN = "sharing.version_written"
    SIGNED = "sharing.version_signed"
    ENDED = "sharing.agreement_ended"


@dataclass(frozen=True, slots=True, kw_only=True)
class Described:
    """What an organisation says of data it holds."""

    title: str
    description: str = ""
    fields: tuple[Mapping[str, object], ...] = ()
    personal: bool = False
    special: bool = False
    police: bool = False
    health: bool = False
    children: bool = False
    as_at: date | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Terms:
    """What an agreement says: data sets by id with the names of the fields shared, and on what terms."""

    sets: Mapping[UUID, Sequence[str]]
    purposes: tuple[Purpose, ...]
    why: str
    start: date
    end: date
    review: date
    retention: str
    contact: str
    giver_role: str
    taker_role: str
    basis: str = ""
    condition: str = ""
    survives: str = "nothing"
    linking: bool = False
    reason: str = field(default="")


@transaction.atomic
def describe_data(*, by: Viewer, partnership: Partnership, described: Described) -> HeldDataset:
    """Say what one's organisation holds, so that partners can ask for it without seeing a row."""
    require(by, Permission.BRING_EVIDENCE, partnership.pk)
    row = saved(HeldDataset(
        partnership=partnership, organisation=acting_organisation(by, partnership), title=described.title.strip(),
        description=described.description.strip(), fields=[dict(one) for one in described.fields],
        personal=described.personal or described.special, special=described.special, police=described.police,
        health=described.health, children=described.children, as_at=described.as_at,
    ))
    record_event(by=by, verb=Verb.DESCRIBED, subject=row, partnership=partnership.pk)
    return row


@transaction.atomic
def write_agreement(
    *, by: Viewer, partnership: Partnership, title: str, giver: UUID, taker: UUID, terms: Terms
) -> SharingVersion:
    """A first version, written by one of its two parties; nothing opens until both have signed."""
    require(by, Permission.AGREE, partnership.pk)
    own = acting_organisation(by, partnership)
    if own.pk not in (giver, taker):
        raise Refused("An agreement is written by one of its two parties: your organisation must be one of them.")
    seated = PartnershipOrganisation.objects.on(clock.today()).filter(partnership=partnership)
    if {giver, taker} - set(seated.values_list("organisation_id", flat=True)):
        raise Refused("Both organisations must have a seat on the partnership.")
    agreement = saved(SharingAgreement(
        partnership=partnership, giver_id=giver, taker_id=taker, title=title.strip()
    ))
    return _version(by, agreement, terms)


@transaction.atomic
def rewrite_agreement(*, by: Viewer, agreement: SharingAgreement, terms: Terms, over: int) -> SharingVersion:
    """A next version over the one that was read; what is in force stays so until both have signed the new one."""
    require(by, Permission.AGREE, agreement.partnership_id)
    held = standing_agreement(by, agreement)
    latest = held.next_number() - 1
    if latest != over:
        raise Refused(f"Somebody else wrote version {latest} meanwhile. Read it, then write yours over it.")
    return _version(by, held, terms)


@transaction.atomic
def sign_agreement(*, by: Viewer, agreement: SharingAgreement, number: int) -> SharingSignature:
    """Sign the version that was read, for one's own organisation; signed by both, it is in force on its days."""
    require(by, Permission.AGREE, agreement.partnership_id)
    held = standing_agreement(by, agreement)
    version = held.versions.order_by("-number").first()
    if version is None or not 0 < number <= version.number:
        raise Refused("Say which version you have read: press the button on its page. Nothing was signed.")
    if version.number != number:
        raise Refused(
            "A newer version of this agreement was written meanwhile. "
            f"Read version {held.next_number() - 1}, then decide. Nothing was signed."
        )
    if version.end <= clock.today():
        raise Refused("This version has run out. Write a new one with a later end.")
    _no_contradiction(held, version)
    waits = advice_waits(version, acting_organisation(by, held.partnership).pk)
    if waits:
        raise Refused(f"{waits} Nothing was signed.")
    signature = saved(SharingSignature(
        partnership_id=held.partnership_id, version=version, person=person_of(by),
        organisation=acting_organisation(by, held.partnership),
    ))
    record_event(by=by, verb=Verb.SIGNED, subject=held, partnership=held.partnership_id, version=version.number)
    if version.signatures.count() == len(held.parties):
        _open(held, version)
        forget_closed_links(held)
    return signature


@transaction.atomic
def end_agreement(*, by: Viewer, agreement: SharingAgreement, reason: str) -> SharingEnd:
    """End it at once: either party may, and everything it opened is shut."""
    require(by, Permission.AGREE, agreement.partnership_id)
    held = standing_agreement(by, agreement)
    if not reason.strip():
        raise Refused("Say in a few words why it is ended.")
    row = saved(SharingEnd(
        partnership_id=held.partnership_id, identity=held, organisation=acting_organisation(by, held.partnership),
        person=person_of(by), reason=reason.strip(),
    ))
    _shut(held)
    forget_closed_links(held)
    record_event(by=by, verb=Verb.ENDED, subject=held, partnership=held.partnership_id)
    return row


def _version(by: Viewer, agreement: SharingAgreement, terms: Terms) -> SharingVersion:
    rows = _sets(agreement, terms)
    _sound(terms, rows)
    version = saved(SharingVersion(
        partnership_id=agreement.partnership_id, identity=agreement, number=agreement.next_number(),
        purposes=[str(one) for one in terms.purposes], why=terms.why.strip(), basis=terms.basis,
        condition=terms.condition, giver_role=terms.giver_role, taker_role=terms.taker_role, start=terms.start,
        end=terms.end, review=terms.review, retention=terms.retention.strip(), contact=terms.contact.strip(),
        survives=terms.survives, linking=terms.linking, written_by=person_of(by),
        written_for=acting_organisation(by, agreement.partnership), reason=terms.reason.strip(),
    ))
    for row in rows:
        saved(SharedSet(partnership_id=agreement.partnership_id, version=version, held=row,
                        fields=list(terms.sets[row.pk])))
    record_event(by=by, verb=Verb.WRITTEN, subject=agreement, partnership=agreement.partnership_id,
                 version=version.number)
    return version


def _sets(agreement: SharingAgreement, terms: Terms) -> list[HeldDataset]:
    """The data sets, each the giver's own; with every field that is shared known by name."""
    rows = list(HeldDataset.objects.filter(
        pk__in=terms.sets, partnership=agreement.partnership_id, organisation=agreement.giver_id, retired=None
    ))
    if not terms.sets or len(rows) != len(terms.sets):
        raise Refused("Choose at least one data set of the organisation that gives it.")
    for row in rows:
        known = {str(one["name"]) for one in row.fields}
        wrong = [name for name in terms.sets[row.pk] if name not in known]
        if wrong or not terms.sets[row.pk]:
            raise Refused(f"{row.title}: choose which of its fields are shared" + (
                f"; it has none called {', '.join(wrong)}." if wrong else "."))
    return rows


def _sound(terms: Terms, rows: list[HeldDataset]) -> None:
    """Refuse terms that say too little: purposes, days, and the basis where data is personal."""
    if not terms.purposes:
        raise Refused("Say for what it is shared.")
    if not terms.start <= terms.review <= terms.end:
        raise Refused("The review must be between the start and the end.")
    if any(row.personal for row in rows) and terms.basis not in bases():
        raise Refused("The data is personal: say on which basis of Article 6 it is shared.")
    if any(row.special for row in rows) and terms.condition not in conditions():
        raise Refused("The data is of a special kind: say which condition of Article 9 is met.")
    if terms.linking and not any(row.personal for row in rows):
        raise Refused("Linking people is for personal data; there is none here.")


def _no_contradiction(agreement: SharingAgreement, version: SharingVersion) -> None:
    """Refuse where another agreement in force shares the same data with the same taker on other terms."""
    list(HeldDataset.objects.select_for_update().filter(pk__in=version.sets.values("held")).order_by("pk"))
    doors = SharingDoor.objects.filter(
        held__in=version.sets.values("held"), taker=agreement.taker_id, purpose__in=version.purposes, closed=None,
        start__lt=version.end, end__gt=version.start,
    ).exclude(version__identity=agreement).select_related("version__identity", "held")
    for door in doors:
        other = door.version
        same = ("basis", "condition", "giver_role", "taker_role", "retention", "survives", "linking")
        if any(getattr(other, name) != getattr(version, name) for name in same):
            raise Refused(
                f"It contradicts “{other.identity.title}”, which shares {door.held.title} with the same "
                "organisation for the same purpose on other terms. End that one, or make the terms the same. "
                "Nothing was signed."
            )


def _open(agreement: SharingAgreement, version: SharingVersion) -> None:
    """Both have signed: what an earlier version opened lasts until this one begins, then this one counts."""
    earlier = SharingDoor.objects.filter(version__identity=agreement, closed=None)
    if version.start <= clock.today():
        _shut(agreement)
    else:
        earlier.filter(start__gte=version.start).update(closed=clock.now())
        earlier.filter(end__gt=version.start, closed=None).update(end=version.start)
    for row in version.sets.all():
        for purpose in version.purposes:
            saved(SharingDoor(
                partnership_id=agreement.partnership_id, version=version, held_id=row.held_id,
                taker_id=agreement.taker_id, purpose=purpose, fields=row.fields, start=version.start,
                end=version.end,
            ))


def _shut(agreement: SharingAgreement) -> None:
    doors = SharingDoor.objects.filter(version__identity=agreement, closed=None)
    doors.update(closed=clock.now())


def standing_agreement(by: Viewer, agreement: SharingAgreement) -> SharingAgreement:
    """The agreement, for one of its two parties, while it stands."""
    held: SharingAgreement = SharingAgreement.objects.select_for_update().get(pk=agreement.pk)
    if acting_organisation(by, held.partnership).pk not in held.parties:
        raise NotFound("There is no such agreement, or your organisation is not a party to it.")
    if SharingEnd.objects.filter(identity=held).exists():
        raise Refused("This agreement has ended. Write a new one if it should begin again.")
    return held
