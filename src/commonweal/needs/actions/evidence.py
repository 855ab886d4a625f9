"""An organisation brings evidence, puts it before the partners, corrects it, takes it back."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import asdict, dataclass
from datetime import date
from uuid import UUID

from django.db import models, transaction

from commonweal.core import clock
from commonweal.core.actions.recording import in_turn, person_of, record_event, saved
from commonweal.core.errors import NotAllowed, NotFound, Refused
from commonweal.core.models import Organisation, Partnership
from commonweal.core.permissions import ROLES, Permission
from commonweal.core.purpose import Purpose
from commonweal.core.queries.sharing import held_one
from commonweal.core.queries.sharing_ends import ended_shares
from commonweal.core.viewer import Viewer, require
from commonweal.needs.models import AskedBy, Chosen, Covers, EvidenceItem, NeedEvidence
from commonweal.needs.personal_text import warning_for

WORDS = ("title", "summary", "limits", "how_asked", "citation")


class Verb(models.TextChoices):
    """The deeds of bringing evidence."""

    RECORDED = "needs.evidence_recorded"
    PLACED = "needs.evidence_placed"
    CORRECTED = "needs.evidence_corrected"
    WITHDRAWN = "needs.evidence_withdrawn"


@dataclass(frozen=True, slots=True, kw_only=True)
class Told:
    """What is told of a piece of evidence; an empty number or date is not known."""

    title: str
    kind: str
    perspective: str
    summary: str
    chosen: str = Chosen.UNKNOWN
    asked_by: str = AskedBy.UNKNOWN
    covers: str = Covers.UNKNOWN
    how_asked: str = ""
    gathered_from: date | None = None
    gathered_to: date | None = None
    answered: int | None = None
    asked: int | None = None
    effective: float | None = None
    limits: str = ""
    citation: str = ""
    place_code: str = ""
    dataset_id: UUID | None = None

    def warning(self) -> str:
        """What in its words may point at a person, as a sentence, or nothing."""
        return warning_for(*(getattr(self, name) for name in WORDS))


@transaction.atomic
def record_evidence(
    *, by: Viewer, partnership: Partnership, told: Told, text_checked: bool = False
) -> EvidenceItem:
    """Keep a piece of evidence with one's own organisation; `text_checked`: somebody looked at the warning.

    The same again gives what is there: a form sent twice is one piece.
    """
    organisation = _own(by, partnership)
    _sound(told, text_checked)
    _may_rest_on(by, partnership, organisation, told.dataset_id)
    in_turn(partnership)
    own = EvidenceItem.objects.filter(partnership=partnership, organisation=organisation, withdrawn=None)
    same: EvidenceItem | None = own.filter(**asdict(told)).first()
    if same is not None:
        return same
    item = saved(EvidenceItem(
        partnership=partnership, organisation=organisation, recorded_by=person_of(by), **asdict(told)
    ))
    record_event(by=by, verb=Verb.RECORDED, subject=item, partnership=partnership.pk)
    return item


@transaction.atomic
def place_evidence(*, by: Viewer, partnership: Partnership, item: UUID) -> EvidenceItem:
    """Put it before all partners. Placing again changes nothing."""
    row = _mine(by, partnership, item)
    if row.placed is None:
        row.placed = clock.now()
        saved(row)
        record_event(by=by, verb=Verb.PLACED, subject=row, partnership=partnership.pk)
    return row


@transaction.atomic
def correct_evidence(
    *, by: Viewer, partnership: Partnership, item: UUID, told: Told, text_checked: bool = False,
    forget: bool = False,
) -> EvidenceItem:
    """Say it anew; its history keeps what it said, unless that pointed at a person or `forget` is asked."""
    row = _mine(by, partnership, item)
    _sound(told, text_checked)
    new = asdict(told)
    if told.dataset_id != row.dataset_id:
        _may_rest_on(by, partnership, row.organisation, told.dataset_id)
    if not forget and all(getattr(row, name) == value for name, value in new.items()):
        return row
    before = {name: str(getattr(row, name)) for name in WORDS}
    for name, value in new.items():
        setattr(row, name, value)
    saved(row)
    NeedEvidence.objects.filter(item=row).update(perspective=row.perspective)
    _forget_words(row, [name for name in WORDS if forget or warning_for(before[name])])
    record_event(by=by, verb=Verb.CORRECTED, subject=row, partnership=partnership.pk)
    return row


def _forget_words(row: EvidenceItem, names: Iterable[str]) -> None:
    """Put what it says now in place of what its history said: the earlier words may name a person."""
    new = {name: getattr(row, name) for name in names}
    if new:
        row.history.update(**new)


@transaction.atomic
def withdraw_evidence(*, by: Viewer, partnership: Partnership, item: UUID, why: str) -> EvidenceItem:
    """Take it back and say why. It stays to be seen as withdrawn, by those who could see it."""
    row = _mine(by, partnership, item)
    if not why.strip():
        raise Refused("Say why it is withdrawn.")
    found = warning_for(why)
    if found:
        raise Refused(found)
    row.withdrawn, row.withdrawn_why = clock.today(), why.strip()
    saved(row)
    record_event(by=by, verb=Verb.WITHDRAWN, subject=row, partnership=partnership.pk)
    return row


def _own(by: Viewer, partnership: Partnership) -> Organisation:
    """The organisation that the person brings evidence for: the one of a role that may; permission first."""
    require(by, Permission.BRING_EVIDENCE, partnership.pk)
    organisation = next((
        grant.organisation for grant in by.deeds_in(partnership.pk)
        if Permission.BRING_EVIDENCE in ROLES[grant.role]
    ), None)
    if organisation is None:
        raise NotAllowed("Only people of an organisation in the partnership can bring evidence.")
    return Organisation.objects.get(pk=organisation)

def _may_rest_on(by: Viewer, partnership: Partnership, organisation: Organisation, dataset: UUID | None) -> None:
    """Data that the organisation holds or is opened to; that it is used is written down like any opening."""
    if dataset is not None:
        held_one(by, partnership.pk, dataset, Purpose.ASSESSMENT)
        if ended_shares([(dataset, organisation.pk)]):
            raise NotFound("There is no such data, or no agreement in force opens it to your organisation.")


def _sound(told: Told, text_checked: bool) -> None:
    """Refuse what may point at a person until somebody has looked, and what has not happened yet."""
    warning = "" if text_checked else told.warning()
    if warning:
        raise Refused(warning)
    if any(day and day > clock.today() for day in (told.gathered_from, told.gathered_to)):
        raise Refused("It cannot have been gathered after today. Check the dates.")


def _mine(by: Viewer, partnership: Partnership, item: UUID) -> EvidenceItem:
    """Evidence of the person's own organisation that still stands."""
    organisation = _own(by, partnership)
    row = EvidenceItem.objects.select_for_update().filter(
        pk=item, partnership=partnership, organisation=organisation
    ).first()
    if row is None:
        raise NotFound("There is no such evidence, or it is another organisation's.")
    if row.withdrawn:
        raise Refused("It has been withdrawn. Record it anew if it should stand again.")
    found: EvidenceItem = row
    return found
