"""A clause is put right, or tied to what it answers."""

from __future__ import annotations

from django.db import models, transaction

from commonweal.agreements.actions.terms import ClauseSaid
from commonweal.agreements.answering import latest_need, latest_outcome
from commonweal.agreements.models import Clause
from commonweal.core.actions.recording import record_event, saved
from commonweal.core.permissions import Permission
from commonweal.core.viewer import Viewer, require


class Verb(models.TextChoices):
    """The deeds of clauses."""

    CHANGED = "clause.changed"


@transaction.atomic
def change_clause(*, by: Viewer, clause: Clause, said: ClauseSaid) -> Clause:
    """Put a clause right, or say what it answers."""
    require(by, Permission.RECORD_EVIDENCE, clause.partnership_id)
    row: Clause = Clause.objects.select_for_update().get(pk=clause.pk)
    _write(by, row, said)
    record_event(by=by, verb=Verb.CHANGED, subject=row, partnership=row.partnership_id)
    return row


def _write(by: Viewer, row: Clause, said: ClauseSaid) -> None:
    """The newest version, unless the one it has is of the same need: what was agreed is not moved by the way."""
    row.words, row.number = said.words.strip(), said.number.strip()
    if said.need != (row.need.identity_id if row.need else None):
        row.need = latest_need(by, row.partnership_id, said.need) if said.need else None
    if said.outcome != (row.outcome.identity_id if row.outcome else None):
        row.outcome = latest_outcome(by, row.partnership_id, said.outcome) if said.outcome else None
    saved(row)
