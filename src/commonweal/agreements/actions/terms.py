"""The terms of an agreement are kept: clauses, variations, days, contacts, papers, and who bears which risk."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import TypeVar
from uuid import UUID

from django.db import models, transaction

from commonweal.agreements.answering import latest_need, latest_outcome
from commonweal.agreements.models import (
    AgreementContact,
    AgreementDay,
    AgreementPaper,
    AgreementVariation,
    Clause,
    RiskShare,
    RiskYear,
)
from commonweal.agreements.sealing import sealed
from commonweal.core import clock
from commonweal.core.actions.recording import person_of, record_event, saved
from commonweal.core.errors import Refused
from commonweal.core.models import PartnershipRecord
from commonweal.core.money import check_year
from commonweal.core.permissions import Permission
from commonweal.core.quarantine import plain_name
from commonweal.core.viewer import Viewer, require
from commonweal.options.models import Agreement

Term = TypeVar("Term", bound=PartnershipRecord)

MOST_BYTES = 10 * 1024 * 1024
BEGINNINGS = {"pdf": b"%PDF-", "docx": b"PK\x03\x04", "xlsx": b"PK\x03\x04", "odt": b"PK\x03\x04"}
LONGEST_REMINDER = 730


class Verb(models.TextChoices):
    """The deeds of terms."""

    ADDED = "agreement.term_added"
    VARIED = "agreement.varied"
    DONE = "agreement.day_done"
    REMOVED = "agreement.term_removed"


@dataclass(frozen=True, slots=True, kw_only=True)
class VariationSaid:
    """What a variation says."""

    agreed_on: date
    what: str
    reason: str
    ground: str
    pounds: Decimal | None = None
    ends: date | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class ClauseSaid:
    """What an agreement requires, and what that answers."""

    words: str
    number: str = ""
    need: UUID | None = None
    outcome: UUID | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class RiskSaid:
    """Pounds a year for collar and cap, the provider's shares from 0 to 1."""

    title: str
    of: str
    collar: Decimal
    cap: Decimal
    shared: Decimal
    beyond: Decimal
    source: str


@transaction.atomic
def vary_agreement(*, by: Viewer, agreement: Agreement, said: VariationSaid) -> AgreementVariation:
    """A variation more, with its reason and ground; a new last day becomes the agreement's own."""
    row = _held(by, agreement)
    if said.agreed_on < row.begins:
        raise Refused("A variation is not agreed before the agreement begins.")
    if said.ends is not None and said.ends < row.begins:
        raise Refused("The new last day is before the first.")
    if not (said.what.strip() and said.reason.strip() and said.ground.strip()):
        raise Refused("Say what changed, why, and on which ground of law.")
    number = AgreementVariation.objects.filter(agreement=row).count() + 1
    made = AgreementVariation(
        partnership_id=row.partnership_id, agreement=row, number=number, agreed_on=said.agreed_on,
        what=said.what.strip(), reason=said.reason.strip(), ground=said.ground.strip(), pounds=said.pounds,
        ends=said.ends)
    saved(made)
    if said.ends is not None:
        row.ends = said.ends
        saved(row)
    record_event(by=by, verb=Verb.VARIED, subject=made, partnership=row.partnership_id, version=number)
    return made


@transaction.atomic
def add_clause(*, by: Viewer, agreement: Agreement, said: ClauseSaid) -> Clause:
    """A clause more, tied to what it answers."""
    row = _held(by, agreement)
    there = row.partnership_id
    number, words = said.number.strip(), said.words.strip()
    if Clause.objects.filter(agreement=row, removed=False, number=number, words=words).exists():
        raise Refused("This clause is entered already.")
    clause = Clause(
        partnership_id=there, agreement=row, position=Clause.objects.filter(agreement=row).count(),
        number=number, words=words, need=latest_need(by, there, said.need) if said.need else None,
        outcome=latest_outcome(by, there, said.outcome) if said.outcome else None)
    return _added(by, clause)


@transaction.atomic
def watch_day(
    *, by: Viewer, agreement: Agreement, kind: str, day: date, words: str = "", ahead: int = 120
) -> AgreementDay:
    """A day to watch."""
    row = _held(by, agreement)
    if not 1 <= ahead <= LONGEST_REMINDER:
        raise Refused(f"It may wait for you from 1 to {LONGEST_REMINDER} days before.")
    return _added(by, AgreementDay(partnership_id=row.partnership_id, agreement=row, kind=kind, day=day,
                                   words=words.strip(), ahead=ahead))


@transaction.atomic
def day_done(*, by: Viewer, day: AgreementDay) -> AgreementDay:
    """What was to be done on a day is done."""
    require(by, Permission.RECORD_EVIDENCE, day.partnership_id)
    day.done_on = clock.today()
    saved(day)
    record_event(by=by, verb=Verb.DONE, subject=day, partnership=day.partnership_id)
    return day


@transaction.atomic
def add_agreement_contact(
    *, by: Viewer, agreement: Agreement, party: str, name: str, job: str = "", email: str = "", phone: str = ""
) -> AgreementContact:
    """Somebody to ring."""
    row = _held(by, agreement)
    return _added(by, AgreementContact(
        partnership_id=row.partnership_id, agreement=row, party=party.strip(), name=name.strip(), job=job.strip(),
        email=email.strip(), phone=phone.strip()))


@transaction.atomic
def keep_paper(*, by: Viewer, agreement: Agreement, title: str, name: str, content: bytes) -> AgreementPaper:
    """A paper as it was brought, once it is what its name says; kept sealed."""
    row = _held(by, agreement)
    plain = plain_name(name)
    kind = plain.rpartition(".")[2].casefold()
    if kind not in BEGINNINGS:
        raise Refused(f"A paper is one of {', '.join(BEGINNINGS)}. Save it as one of these.")
    if len(content) > MOST_BYTES:
        raise Refused(f"The file is larger than {MOST_BYTES // 1024 ** 2} MB. Bring it in parts.")
    if not content.startswith(BEGINNINGS[kind]):
        raise Refused(f"The file is not the {kind} that its name says. Open it, save it anew, and bring that.")
    paper = AgreementPaper(
        partnership_id=row.partnership_id, agreement=row, title=title.strip(), name=plain, kind=kind,
        size=len(content), sha256=hashlib.sha256(content).hexdigest(), sealed=True, by=person_of(by))
    paper.content = sealed(paper.pk, content)
    return _added(by, paper)


@transaction.atomic
def share_risk(*, by: Viewer, agreement: Agreement, said: RiskSaid) -> RiskShare:
    """Say who bears a departure from plan."""
    row = _held(by, agreement)
    return _added(by, RiskShare(
        partnership_id=row.partnership_id, agreement=row, title=said.title.strip(), of=said.of, collar=said.collar,
        cap=said.cap, shared=said.shared, beyond=said.beyond, source=said.source.strip()))


@transaction.atomic
def open_book_year(
    *, by: Viewer, share: RiskShare, year: str, planned: Decimal, actual: Decimal, source: str
) -> RiskYear:
    """What one year came to."""
    require(by, Permission.RECORD_EVIDENCE, share.partnership_id)
    try:
        check_year(year)
    except ValueError as wrong:
        raise Refused(f"{str(wrong).capitalize()}.") from wrong
    return _added(by, RiskYear(partnership_id=share.partnership_id, share=share, year=year, planned=planned,
                               actual=actual, source=source.strip()))


@transaction.atomic
def remove_term(*, by: Viewer, term: PartnershipRecord) -> None:
    """Take out a clause, a day, a contact or a paper; variations and the open book stay for good."""
    require(by, Permission.RECORD_EVIDENCE, term.partnership_id)
    record_event(by=by, verb=Verb.REMOVED, subject=term, partnership=term.partnership_id)
    if isinstance(term, Clause):
        term.removed = True
        saved(term)
    elif isinstance(term, AgreementPaper):
        term.content, term.removed_on = None, clock.today()
        saved(term)
    elif isinstance(term, AgreementDay | AgreementContact):
        term.delete()
    else:
        raise Refused("This stays. Record a later one instead.")


def _held(by: Viewer, agreement: Agreement) -> Agreement:
    require(by, Permission.RECORD_EVIDENCE, agreement.partnership_id)
    row: Agreement = Agreement.objects.select_for_update().get(pk=agreement.pk)
    return row


def _added(by: Viewer, record: Term) -> Term:
    saved(record)
    record_event(by=by, verb=Verb.ADDED, subject=record, partnership=record.partnership_id)
    return record
