"""An administrator enters the standing orders of their own organisation as a small dated table."""

from __future__ import annotations

from django.db import models, transaction

from commonweal.core.actions.recording import acting_organisation, acting_person, record_event, saved
from commonweal.core.errors import Refused
from commonweal.core.models import Partnership
from commonweal.core.permissions import Permission
from commonweal.core.viewer import Viewer, require
from commonweal.policy.standing_orders import StandingOrders, faults_of
from commonweal.procurement.models import StandingOrdersBand, StandingOrdersTable


class Verb(models.TextChoices):
    """The deeds of standing orders."""

    ENTERED = "standing-orders.entered"


@transaction.atomic
def enter_standing_orders(*, by: Viewer, partnership: Partnership, said: StandingOrders) -> StandingOrdersTable:
    """The bands from a day on; the organisation is the one the person acts for, whatever `owner` says."""
    require(by, Permission.EDIT_ORGANISATION, partnership.pk)
    wrong = faults_of(said.bands)
    if wrong:
        raise Refused(wrong)
    table = saved(StandingOrdersTable(
        partnership=partnership, organisation=acting_organisation(by, partnership), since=said.since,
        with_vat=said.with_vat, source=said.source.strip(), entered_by=acting_person(by),
    ))
    for position, band in enumerate(said.bands):
        saved(StandingOrdersBand(
            partnership=partnership, table=table, position=position, up_to=band.up_to, quotes=band.quotes,
            advertise=band.advertise, words=band.words.strip(),
        ))
    record_event(by=by, verb=Verb.ENTERED, subject=table, partnership=partnership.pk)
    return table
