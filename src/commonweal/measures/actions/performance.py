"""Say what of a return tells a measure, and what is paid once its target is reached."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal

from django.db import transaction

from commonweal.agreements.models import Adds, Measure
from commonweal.core.actions.recording import record_event, saved
from commonweal.core.errors import Refused
from commonweal.core.permissions import Permission
from commonweal.core.viewer import Viewer, require
from commonweal.measures.models import MeasureReading, PaymentRule, ReturnPlan
from commonweal.measures.models.performance_verbs import PerformanceVerb
from commonweal.measures.performance_content import reading_of


@dataclass(frozen=True, slots=True, kw_only=True)
class PaymentSaid:
    """Pounds at stake: nothing up to `nothing_at` per cent of the target, all from `all_at`; agreed where."""

    pounds: Decimal
    nothing_at: int
    agreed_in: str
    all_at: int = 100


@transaction.atomic
def read_measure(*, by: Viewer, measure: Measure, tells: str, part: str = "") -> MeasureReading:
    """Which answer of the agreement's returns tells this measure."""
    require(by, Permission.RECORD_EVIDENCE, measure.partnership_id)
    reading = reading_of(tells)
    if reading is None:
        raise Refused("Choose what of the returns tells it from the list.")
    if measure.adds == Adds.SUM and reading.adds == "never":
        raise Refused("The same people may be in two periods. Say of the measure that it is never added up.")
    plan = ReturnPlan.objects.filter(agreement=measure.agreement_id).first()
    titles = [title for _, title in getattr(plan, reading.parts, [])] if reading.parts else [""]
    if part.strip() not in titles:
        raise Refused("Choose a group or neighbourhood that the returns of this agreement ask about.")
    row = MeasureReading.objects.select_for_update().filter(measure=measure).first()
    row = row or MeasureReading(partnership_id=measure.partnership_id, measure=measure)
    row.tells, row.part = reading.key, part.strip()
    saved(row)
    record_event(by=by, verb=PerformanceVerb.READ, subject=measure, partnership=measure.partnership_id)
    return row


@transaction.atomic
def set_payment(*, by: Viewer, measure: Measure, said: PaymentSaid) -> PaymentRule:
    """What is paid for reaching a measure's target, by a straight line between two shares of it."""
    require(by, Permission.RECORD_EVIDENCE, measure.partnership_id)
    if not measure.targets.filter(target__gt=0).exists():
        raise Refused("Money follows a target above 0. Set a target of the measure first.")
    if measure.better == "less":
        raise Refused("Money follows a measure of which more is better. Choose another one.")
    row = PaymentRule.objects.select_for_update().filter(measure=measure).first()
    row = row or PaymentRule(partnership_id=measure.partnership_id, measure=measure)
    row.pounds, row.nothing_at, row.all_at = said.pounds, said.nothing_at, said.all_at
    row.agreed_in = said.agreed_in.strip()
    saved(row)
    record_event(by=by, verb=PerformanceVerb.PAYMENT_SET, subject=measure, partnership=measure.partnership_id)
    return row


@transaction.atomic
def end_payment(*, by: Viewer, measure: Measure) -> None:
    """No money follows this measure any more; what did is in its history."""
    require(by, Permission.RECORD_EVIDENCE, measure.partnership_id)
    row = PaymentRule.objects.select_for_update().filter(measure=measure).first()
    if row is None:
        raise Refused("No money follows this measure.")
    row.delete()
    record_event(by=by, verb=PerformanceVerb.PAYMENT_ENDED, subject=measure, partnership=measure.partnership_id)
