"""A case is kept from its draft, and what is to be published is said, published, or held back with why."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import asdict
from datetime import date

from django.db import models, transaction

from commonweal.core import clock
from commonweal.core.actions.recording import in_turn, person_of, record_event, saved
from commonweal.core.errors import Refused
from commonweal.core.models import Organisation, Partnership
from commonweal.core.permissions import Permission
from commonweal.core.release import Outcome
from commonweal.core.release_register import ReleaseRegister
from commonweal.core.viewer import Viewer, require
from commonweal.knowledge.actions.cases import CaseSaid, write_case
from commonweal.knowledge.models import CaseStudy
from commonweal.measures.models import PlannedRelease, ReleasedTable, ReleaseState
from commonweal.measures.performance_content import content
from commonweal.measures.releasing_tables import RULE, Made, answers_by_service, true_counts
from commonweal.options.models import Agreement

APART = "Set beside what went out before, it would tell of a few people. It waits until more has changed."
NOTHING = "No return tells this for these days, so there is nothing to publish."


class ReleaseVerb(models.TextChoices):
    """The deeds of releasing."""

    DRAFTED = "case.drafted"
    PLANNED = "release.planned"
    PUBLISHED = "release.published"
    HELD = "release.held"


@transaction.atomic
def keep_drafted_case(
    *, by: Viewer, agreement: Agreement, said: CaseSaid, client: Organisation, provider: Organisation,
    tables: Iterable[Made],
) -> CaseStudy:
    """Keep a case that was drafted from an agreement, with the tables its numbers came from."""
    require(by, Permission.VIEW_EVIDENCE, agreement.partnership_id)
    there = Partnership.objects.get(pk=agreement.partnership_id)
    case = write_case(by=by, partnership=there, said=said, client=client, provider=provider)
    for one in tables:
        _kept(by, there, one, case=case, agreement=agreement)
    record_event(by=by, verb=ReleaseVerb.DRAFTED, subject=case, partnership=there.pk)
    return case


@transaction.atomic
def plan_release(
    *, by: Viewer, partnership: Partnership, title: str, what: str, first: date, last: date, due: date
) -> PlannedRelease:
    """Say beforehand what will be published, and on which day."""
    require(by, Permission.RECORD_EVIDENCE, partnership.pk)
    if what not in content()["compared"]:
        raise Refused("Choose what is published from the list.")
    if last < first:
        raise Refused("The last day is before the first.")
    if due < clock.today():
        raise Refused("The day is over. Choose today or a later one.")
    made = saved(PlannedRelease(partnership=partnership, title=title.strip(), what=what, first=first, last=last,
                                due=due))
    record_event(by=by, verb=ReleaseVerb.PLANNED, subject=made, partnership=partnership.pk)
    return made


@transaction.atomic
def publish_release(*, by: Viewer, planned: PlannedRelease) -> PlannedRelease:
    """Publish it through the one door; where no way of hiding stands up to attack it is held back, and says so."""
    require(by, Permission.MANAGE_PARTNERSHIP, planned.partnership_id)
    row, there = _open(planned), Partnership.objects.get(pk=planned.partnership_id)
    in_turn(there)
    if row.due > clock.today():
        raise Refused(f"It was announced for {row.due:%-d %B %Y}. It is published then, not before.")
    made = answers_by_service(there, row.what, row.first, row.last)
    if made is None:
        raise Refused(NOTHING)
    if not _register(there, made).asked(true_counts([made])).admitted:
        return _settled(by, row, ReleaseState.HELD, APART)
    if made.shown.outcome is Outcome.WITHHELD:
        return _settled(by, row, ReleaseState.HELD, made.shown.reason)
    _kept(by, there, made, of=row)
    return _settled(by, row, ReleaseState.PUBLISHED, made.shown.reason)


@transaction.atomic
def hold_release(*, by: Viewer, planned: PlannedRelease, because: str) -> PlannedRelease:
    """Hold it back, and say why where everybody reads it."""
    require(by, Permission.MANAGE_PARTNERSHIP, planned.partnership_id)
    return _settled(by, _open(planned), ReleaseState.HELD, because.strip())


def _open(planned: PlannedRelease) -> PlannedRelease:
    row: PlannedRelease = PlannedRelease.objects.select_for_update().get(pk=planned.pk)
    if row.state == ReleaseState.PUBLISHED:
        raise Refused("It has been published. What is out cannot be called back.")
    return row


def _settled(by: Viewer, row: PlannedRelease, state: ReleaseState, because: str) -> PlannedRelease:
    row.state, row.because, row.settled_on = state, because, clock.today()
    saved(row)
    verb = ReleaseVerb.PUBLISHED if state == ReleaseState.PUBLISHED else ReleaseVerb.HELD
    record_event(by=by, verb=verb, subject=row, partnership=row.partnership_id)
    return row


def _register(there: Partnership, made: Made) -> ReleaseRegister:
    """What went out before of the same kind, as it truly was."""
    rows = ReleasedTable.objects.filter(partnership=there, of__isnull=False, title=made.title).order_by("at", "pk")
    return ReleaseRegister(RULE, tuple((clock.local_day(one.at), {one.title: one.true}) for one in rows))


def _kept(
    by: Viewer, there: Partnership, made: Made, *, of: PlannedRelease | None = None,
    case: CaseStudy | None = None, agreement: Agreement | None = None,
) -> ReleasedTable:
    shown = made.shown
    cells = [[asdict(cell)["value"] for cell in line] for line in shown.cells]
    return saved(ReleasedTable(
        partnership=there, of=of, case=case, agreement=agreement, title=made.title, rule=shown.rule,
        outcome=shown.outcome.value, reason=shown.reason[:500], hidden=shown.audit.hidden, rows=list(shown.rows),
        columns=list(shown.columns), cells=cells, true=true_counts([made])[made.title], digest=shown.digest,
        by=person_of(by)))
