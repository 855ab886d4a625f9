"""Partners write what should be different, tie it to the needs it answers, and withdraw what no longer stands."""

from __future__ import annotations

from dataclasses import dataclass
from uuid import UUID

from django.db import models, transaction

from commonweal.core.actions.recording import acting_person, record_event, saved
from commonweal.core.errors import NotFound, Refused
from commonweal.core.models import Partnership
from commonweal.core.permissions import Permission
from commonweal.core.purpose import Purpose
from commonweal.core.viewer import Viewer, require
from commonweal.needs.models import Need, NeedState, NeedVersion
from commonweal.priorities.models import (
    Level,
    Outcome,
    OutcomeAnswers,
    OutcomeServes,
    OutcomeState,
    OutcomeVersion,
)

RANK = {Level.OVERARCHING: 0, Level.INTERMEDIATE: 1, Level.SERVICE: 2}
MOST = 60


class Verb(models.TextChoices):
    """The deeds of outcomes."""

    WRITTEN = "outcome.written"
    WITHDRAWN = "outcome.withdrawn"


@dataclass(frozen=True, slots=True, kw_only=True)
class OutcomeSaid:
    """What a version says: `needs` are identities of needs, `above` outcomes it leads to."""

    title: str
    statement: str
    who: str
    where: str
    needs: tuple[UUID, ...] = ()
    above: tuple[UUID, ...] = ()


@transaction.atomic
def write_outcome(*, by: Viewer, partnership: Partnership, level: Level, said: OutcomeSaid) -> OutcomeVersion:
    """A new outcome on one of the three levels."""
    require(by, Permission.RECORD_EVIDENCE, partnership.pk)
    list(Partnership.objects.select_for_update().filter(pk=partnership.pk))
    standing = Outcome.objects.filter(partnership=partnership, state=OutcomeState.STANDS)
    if standing.count() >= MOST:
        raise Refused(f"There are {MOST} outcomes here already. Withdraw one first: nobody can steer by more.")
    if standing.filter(title=said.title.strip()).exists():
        raise Refused("There is an outcome of this name already. Open it, or give this one another name.")
    outcome = saved(Outcome(partnership=partnership, level=level, title=said.title.strip()))
    return _version(by, outcome, said, "")


@transaction.atomic
def change_outcome(
    *, by: Viewer, outcome: Outcome, said: OutcomeSaid, over: int, reason: str
) -> OutcomeVersion:
    """A next version over the one that was read, and why; the old one stays to be read."""
    require(by, Permission.RECORD_EVIDENCE, outcome.partnership_id)
    held: Outcome = Outcome.objects.select_for_update().get(pk=outcome.pk)
    if held.state == OutcomeState.WITHDRAWN:
        raise Refused("This outcome was withdrawn. Write a new one instead.")
    latest = held.next_number() - 1
    if latest != over:
        raise Refused(f"A colleague wrote version {latest} meanwhile. Read it, then write yours over it.")
    if not reason.strip():
        raise Refused("Say in a few words why it is written anew.")
    held.title = said.title.strip()
    saved(held)
    return _version(by, held, said, reason.strip())


@transaction.atomic
def withdraw_outcome(*, by: Viewer, outcome: Outcome) -> None:
    """It is no longer aimed at; what was written can still be read. Again changes nothing."""
    require(by, Permission.RECORD_EVIDENCE, outcome.partnership_id)
    held: Outcome = Outcome.objects.select_for_update().get(pk=outcome.pk)
    if held.state == OutcomeState.WITHDRAWN:
        return
    held.state = OutcomeState.WITHDRAWN
    saved(held)
    record_event(by=by, verb=Verb.WITHDRAWN, subject=held, partnership=held.partnership_id)


def _version(by: Viewer, outcome: Outcome, said: OutcomeSaid, reason: str) -> OutcomeVersion:
    needs, above = _needs(by, outcome, said.needs), _above(outcome, said.above)
    there = outcome.partnership_id
    version = saved(OutcomeVersion(
        partnership_id=there, identity=outcome, number=outcome.next_number(), title=said.title.strip(),
        statement=said.statement.strip(), who=said.who.strip(), where=said.where.strip(), reason=reason,
        written_by=acting_person(by),
    ))
    for need in needs:
        saved(OutcomeAnswers(partnership_id=there, version=version, need=need))
    for one in above:
        saved(OutcomeServes(partnership_id=there, version=version, above=one))
    record_event(by=by, verb=Verb.WRITTEN, subject=outcome, partnership=there, version=version.number)
    return version


def _needs(by: Viewer, outcome: Outcome, asked: tuple[UUID, ...]) -> list[NeedVersion]:
    """The newest versions of the needs asked for; one not agreed yet is said to be so wherever it is shown."""
    wanted = set(asked)
    rows = Need.objects.visible_to(by, Purpose.ASSESSMENT).exclude(state=NeedState.WITHDRAWN).filter(
        partnership=outcome.partnership_id, pk__in=wanted
    )
    found = list(NeedVersion.objects.filter(identity__in=rows.values("pk")).latest_each())
    if len(found) != len(wanted):
        raise NotFound("One of these needs is not there any more, or was withdrawn. Choose again.")
    return found


def _above(outcome: Outcome, asked: tuple[UUID, ...]) -> list[Outcome]:
    """Outcomes of the same partnership that stand on a higher level: so no circle can be drawn."""
    wanted = set(asked)
    found = list(Outcome.objects.filter(
        partnership=outcome.partnership_id, pk__in=wanted, state=OutcomeState.STANDS
    ))
    if len(found) != len(wanted):
        raise NotFound("One of the outcomes it should lead to is not there any more. Choose again.")
    mine = RANK[Level(outcome.level)]
    low = [one.title for one in found if RANK[Level(one.level)] >= mine]
    if low:
        raise Refused(f"An outcome leads to one of a higher level, and “{low[0]}” is not higher.")
    return found
