"""What an agreement requires is written down clause by clause, each with what it answers, or nothing."""

from __future__ import annotations

from dataclasses import dataclass
from uuid import UUID

from django.db import models, transaction

from commonweal.agreements.answering import latest_need, latest_outcome
from commonweal.agreements.models import Clause
from commonweal.core.actions.recording import record_event, saved
from commonweal.core.errors import Refused
from commonweal.core.permissions import Permission
from commonweal.core.viewer import Viewer, require
from commonweal.options.models import Agreement

MOST = 200


class Verb(models.TextChoices):
    """The deeds of clauses."""

    ENTERED = "clause.entered"
    CHANGED = "clause.changed"
    REMOVED = "clause.removed"


@dataclass(frozen=True, slots=True, kw_only=True)
class ClauseSaid:
    """What a clause says; `need` and `outcome` are identities, or nothing."""

    words: str
    number: str = ""
    need: UUID | None = None
    outcome: UUID | None = None


@transaction.atomic
def enter_clause(*, by: Viewer, agreement: Agreement, said: ClauseSaid) -> Clause:
    """A clause more; the same words sent twice are one."""
    require(by, Permission.RECORD_EVIDENCE, agreement.partnership_id)
    there: Agreement = Agreement.objects.select_for_update().get(pk=agreement.pk)
    held: Clause | None = there.clauses.filter(removed=False, words=said.words.strip()).first()
    if held is not None:
        return change_clause(by=by, clause=held, said=said)
    count = there.clauses.count()
    if count >= MOST:
        raise Refused(f"An agreement has {MOST} clauses at most here. Enter those that say what is to be done.")
    row = Clause(partnership_id=there.partnership_id, agreement=there, position=count + 1)
    _write(by, row, said)
    record_event(by=by, verb=Verb.ENTERED, subject=row, partnership=row.partnership_id)
    return row


@transaction.atomic
def change_clause(*, by: Viewer, clause: Clause, said: ClauseSaid) -> Clause:
    """Put a clause right, or say what it answers."""
    row = _held(by, clause)
    _write(by, row, said)
    record_event(by=by, verb=Verb.CHANGED, subject=row, partnership=row.partnership_id)
    return row


@transaction.atomic
def remove_clause(*, by: Viewer, clause: Clause) -> None:
    """It stands in the agreement no more; measures keep what they were tied to in their history."""
    row = _held(by, clause)
    row.removed = True
    saved(row)
    row.measures.update(clause=None)
    record_event(by=by, verb=Verb.REMOVED, subject=row, partnership=row.partnership_id)


def _held(by: Viewer, clause: Clause) -> Clause:
    require(by, Permission.RECORD_EVIDENCE, clause.partnership_id)
    row: Clause = Clause.objects.select_for_update().get(pk=clause.pk)
    return row


def _write(by: Viewer, row: Clause, said: ClauseSaid) -> None:
    """The newest version, unless the one it has is of the same need: what was agreed is not moved by the way."""
    row.words, row.number = said.words.strip(), said.number.strip()
    if said.need != (row.need.identity_id if row.need else None):
        row.need = latest_need(by, row.partnership_id, said.need) if said.need else None
    if said.outcome != (row.outcome.identity_id if row.outcome else None):
        row.outcome = latest_outcome(by, row.partnership_id, said.outcome) if said.outcome else None
    saved(row)
