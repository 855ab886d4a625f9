"""A need is written, evidence is held against it, it is proposed, signed or objected to, and written anew."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass, replace
from uuid import UUID

from django.db import models, transaction

from commonweal.core import clock
from commonweal.core.actions.recording import acting_person, in_turn, record_event, saved
from commonweal.core.errors import NotAllowed, NotFound, Refused
from commonweal.core.models import Organisation, Partnership, PartnershipOrganisation
from commonweal.core.permissions import Permission
from commonweal.core.purpose import Purpose
from commonweal.core.viewer import Viewer, acted_for, require
from commonweal.needs.evidence_grade import LETTERS, grade_of
from commonweal.needs.frozen_evidence import Item, copy_of, short_of
from commonweal.needs.models import (
    EvidenceItem,
    FrozenEvidence,
    Need,
    NeedEvidence,
    NeedState,
    NeedVersion,
    Objection,
    Side,
    SignOff,
    Verdict,
)
from commonweal.needs.queries.evidence_items import design_of
from commonweal.needs.queries.survival import key_of

MOVED_ON = (
    "A newer version of this need was written meanwhile. Read version {number}, then decide. Nothing was signed."
)
FROZEN = "Put to those who sign, with the evidence as it stood."


class Verb(models.TextChoices):
    """The deeds of agreeing needs."""

    WRITTEN = "need.written"
    EVIDENCE_HELD = "need.evidence_held"
    EVIDENCE_LET_GO = "need.evidence_let_go"
    PROPOSED = "need.proposed"
    SIGNED = "need.signed"
    AGREED = "need.agreed"
    OBJECTED = "need.objected"
    WITHDRAWN = "need.withdrawn"


@dataclass(frozen=True, slots=True)
class Wording:
    """What a version of a need says."""

    who: str
    where: str
    what: str
    how_we_know: str
    place_code: str = ""
    reason: str = ""


@transaction.atomic
def write_need(
    *, by: Viewer, partnership: Partnership, title: str, side: Side, theme: str, said: Wording
) -> NeedVersion:
    """A need in a first version, as a draft. The same again gives the draft that is there."""
    require(by, Permission.RECORD_EVIDENCE, partnership.pk)
    in_turn(partnership)
    drafts = Need.objects.filter(
        partnership=partnership, state=NeedState.DRAFT, title=title.strip(), side=side, theme=theme
    )
    same = next((one for one in map(_latest, drafts) if _same(one, said)), None)
    if same is not None:
        return same
    need = saved(Need(partnership=partnership, title=title.strip(), side=side, theme=theme))
    return _version(by, need, said)


@transaction.atomic
def rewrite_need(*, by: Viewer, need: Need, said: Wording, over: int) -> NeedVersion:
    """A next version over the one that was read; signatures are asked anew and the old ones stay with theirs."""
    require(by, Permission.RECORD_EVIDENCE, need.partnership_id)
    held = _locked(need)
    latest = _latest(held)
    if latest.number != over:
        raise Refused(f"Somebody else wrote version {latest.number} meanwhile. Read it, then write yours over it.")
    if held.state == NeedState.WITHDRAWN:
        raise Refused("This need was withdrawn. Write a new one instead.")
    if not said.reason.strip():
        raise Refused("Say in a few words why it is written anew.")
    if _same(latest, said):
        raise Refused("Nothing was changed, so there is no new version.")
    held.state = NeedState.DRAFT
    saved(held)
    return _version(by, held, said)


@transaction.atomic
def hold_evidence(*, by: Viewer, need: Need, item: UUID, verdict: Verdict, note: str = "") -> NeedEvidence:
    """Hold a piece of evidence against a need, with what it says of it; again changes what was said."""
    require(by, Permission.RECORD_EVIDENCE, need.partnership_id)
    seen = EvidenceItem.objects.visible_to(by, Purpose.ASSESSMENT)
    evidence = seen.filter(pk=item, partnership=need.partnership_id, withdrawn=None).first()
    if evidence is None:
        raise NotFound("There is no such evidence, or it is not shared with you.")
    if evidence.placed is None:
        raise Refused(
            "This evidence is still its own organisation's. Place it before the partnership, then hold it against "
            "the need, so that everybody who signs can read it."
        )
    held = NeedEvidence.objects.filter(need=need, item=evidence).first() or NeedEvidence(need=need, item=evidence)
    held.partnership_id, held.verdict, held.note = need.partnership_id, verdict, note.strip()
    held.judged_by_id = by.person
    saved(held)
    record_event(by=by, verb=Verb.EVIDENCE_HELD, subject=held, partnership=need.partnership_id)
    return held


@transaction.atomic
def let_evidence_go(*, by: Viewer, need: Need, held: UUID) -> None:
    """Take a piece of evidence from a need; versions that were signed on it keep their frozen copy."""
    require(by, Permission.RECORD_EVIDENCE, need.partnership_id)
    row = NeedEvidence.objects.filter(need=need, pk=held).first()
    if row is None:
        raise NotFound("This evidence is not held against this need.")
    record_event(by=by, verb=Verb.EVIDENCE_LET_GO, subject=row, partnership=need.partnership_id)
    row.delete()


@transaction.atomic
def propose_need(*, by: Viewer, need: Need) -> NeedVersion:
    """Put the newest version to those who sign, with the evidence as it stands now frozen beside it."""
    require(by, Permission.RECORD_EVIDENCE, need.partnership_id)
    held = _locked(need)
    if held.state != NeedState.DRAFT:
        raise Refused("Only a draft can be proposed: this one is past that.")
    if not NeedEvidence.objects.filter(need=held, item__in=EvidenceItem.objects.open_today()).exists():
        raise Refused("Hold at least one piece of evidence against it first, so that those who sign can see why.")
    if not _signing_seats(held.partnership_id):
        raise Refused("No organisation has a seat that signs. Ask an administrator to give one.")
    latest = _latest(held)
    if not latest.digest:
        latest = _frozen(by, held, replace(_wording(latest), reason=FROZEN))
    held.state = NeedState.PROPOSED
    saved(held)
    record_event(by=by, verb=Verb.PROPOSED, subject=held, partnership=held.partnership_id, version=latest.number)
    return latest


@transaction.atomic
def sign_need(*, by: Viewer, need: Need, number: int, comment: str = "") -> SignOff:
    """Sign the version that was read, for one's own organisation; agreed once every signing seat has."""
    held, version, organisation = _signing(by, need, number)
    signed = saved(SignOff(
        partnership_id=held.partnership_id, version=version, organisation=organisation,
        person=acting_person(by), comment=comment.strip(),
    ))
    record_event(by=by, verb=Verb.SIGNED, subject=held, partnership=held.partnership_id, version=number)
    have = set(version.signatures.values_list("organisation_id", flat=True))
    if _signing_seats(held.partnership_id) <= have:
        held.state = NeedState.AGREED
        saved(held)
        record_event(by=by, verb=Verb.AGREED, subject=held, partnership=held.partnership_id, version=number)
    return signed


@transaction.atomic
def object_to_need(*, by: Viewer, need: Need, number: int, reason: str) -> Objection:
    """Say why one's organisation does not sign this version."""
    held, version, organisation = _signing(by, need, number)
    if not reason.strip():
        raise Refused("Say why, so that the next version can answer it.")
    objection = saved(Objection(
        partnership_id=held.partnership_id, version=version, organisation=organisation,
        person=acting_person(by), reason=reason.strip(),
    ))
    record_event(by=by, verb=Verb.OBJECTED, subject=held, partnership=held.partnership_id, version=number)
    return objection


@transaction.atomic
def withdraw_need(*, by: Viewer, need: Need) -> None:
    """Take a need off the list before it is agreed; what was written stays readable."""
    require(by, Permission.RECORD_EVIDENCE, need.partnership_id)
    held = _locked(need)
    if held.state == NeedState.AGREED:
        raise Refused("An agreed need is not withdrawn: write a new version and have it signed.")
    if held.state == NeedState.WITHDRAWN:
        return
    held.state = NeedState.WITHDRAWN
    saved(held)
    record_event(by=by, verb=Verb.WITHDRAWN, subject=held, partnership=held.partnership_id)


def _signing(by: Viewer, need: Need, number: int) -> tuple[Need, NeedVersion, Organisation]:
    """The need locked, its newest version if that is the one that was read, and the organisation that may sign."""
    require(by, Permission.AGREE, need.partnership_id)
    held = _locked(need)
    version = _latest(held)
    if version.number != number:
        raise Refused(MOVED_ON.format(number=version.number))
    if held.state != NeedState.PROPOSED:
        raise Refused(f"This version does not wait for signatures: it is {NeedState(held.state).label.lower()}.")
    mine = acted_for(by, held.partnership_id)
    if mine is None or mine not in _signing_seats(held.partnership_id):
        raise NotAllowed("Your organisation has no seat that signs in this partnership.")
    if any(row.objects.filter(version=version, organisation=mine).exists() for row in (SignOff, Objection)):
        raise Refused("Your organisation has already answered this version.")
    return held, version, Organisation.objects.get(pk=mine)


def _signing_seats(partnership: UUID) -> set[UUID]:
    seats = PartnershipOrganisation.objects.on(clock.today()).filter(partnership=partnership, signs_off=True)
    return set(seats.values_list("organisation_id", flat=True))


def _locked(need: Need) -> Need:
    """The need as it is now, held until the transaction ends: two people never decide on different versions."""
    return Need.objects.select_for_update().get(pk=need.pk)


def _latest(need: Need) -> NeedVersion:
    return NeedVersion.objects.filter(identity=need).latest("number")


def _same(version: NeedVersion, said: Wording) -> bool:
    old = _wording(version)
    return (old.who, old.where, old.what, old.how_we_know, old.place_code) == (
        said.who.strip(), said.where.strip(), said.what.strip(), said.how_we_know.strip(), said.place_code
    )


def _wording(version: NeedVersion) -> Wording:
    return Wording(
        version.who, version.where, version.what, version.how_we_know, version.place_code, version.reason
    )


def _version(by: Viewer, need: Need, said: Wording, *, digest: str = "") -> NeedVersion:
    version = saved(NeedVersion(
        partnership_id=need.partnership_id, identity=need, number=need.next_number(), who=said.who.strip(),
        where=said.where.strip(), what=said.what.strip(), how_we_know=said.how_we_know.strip(),
        place_code=said.place_code, reason=said.reason.strip(), written_by=acting_person(by), digest=digest,
    ))
    record_event(
        by=by, verb=Verb.WRITTEN, subject=need, partnership=need.partnership_id, version=version.number
    )
    return version


def _frozen(by: Viewer, need: Need, said: Wording) -> NeedVersion:
    """A version with the evidence as it stands, so that what was signed can be read years later."""
    held = NeedEvidence.objects.filter(need=need, item__in=EvidenceItem.objects.open_today())
    rows = list(held.select_related("item", "item__organisation").order_by("created", "id"))
    items, today = [_frozen_item(row) for row in rows], clock.today()
    letter = {
        str(row.item_id): LETTERS.index(grade_of(design_of(row.item), today=today).grade) for row in rows
    }
    whole = copy_of(items)
    version = _version(by, need, said, digest=hashlib.sha256(whole.encode()).hexdigest())
    saved(FrozenEvidence(partnership_id=need.partnership_id, version=version, whole=whole,
                         short=short_of(items, shared=key_of, letter=letter)))
    return version


def _frozen_item(row: NeedEvidence) -> Item:
    item = row.item
    return {
        "id": str(item.pk), "title": item.title, "kind": item.kind, "perspective": item.perspective,
        "organisation": item.organisation.name, "answered": item.answered, "asked": item.asked,
        "chosen": item.chosen, "gathered_to": item.gathered_to.isoformat() if item.gathered_to else None,
        "summary": item.summary, "limits": item.limits, "citation": item.citation, "verdict": row.verdict,
        "note": row.note, "dataset": str(item.dataset_id) if item.dataset_id else None,
        "brought_by": str(item.organisation_id),
    }
