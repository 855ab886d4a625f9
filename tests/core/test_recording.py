"""An event outside a transaction is refused; a file of its own, since a module's shared world holds one open."""

from __future__ import annotations

import pytest

from commonweal.core.actions import organisations
from commonweal.core.actions.recording import record_event
from commonweal.core.models import OrganisationKind
from commonweal.core.viewer import SYSTEM


@pytest.mark.django_db(transaction=True)
def test_an_event_is_never_written_outside_the_deeds_transaction():
    council = organisations.create_organisation(by=SYSTEM, name="Council", kind=OrganisationKind.DISTRICT)
    with pytest.raises(RuntimeError, match="same transaction"):
        record_event(by=SYSTEM, verb="x", subject=council)
