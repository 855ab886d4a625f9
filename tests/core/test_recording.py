"""An event outside a transaction is refused."""

from __future__ import annotations

import pytest
from django.db import transaction

from commonweal.core.actions import organisations
from commonweal.core.actions.recording import record_event
from commonweal.core.models import OrganisationKind
from commonweal.core.viewer import SYSTEM


def test_an_event_is_never_written_outside_the_deeds_transaction(db, monkeypatch):
    council = organisations.create_organisation(by=SYSTEM, name="Council", kind=OrganisationKind.DISTRICT)
    with monkeypatch.context() as outside:
        outside.setattr(transaction.get_connection(), "in_atomic_block", False)
        with pytest.raises(RuntimeError, match="same transaction"):
            record_event(by=SYSTEM, verb="x", subject=council)
