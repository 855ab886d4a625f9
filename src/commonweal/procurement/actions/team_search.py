"""A search for teams that takes minutes is asked for, shows what it has, and ends."""

from __future__ import annotations

from django.db import models, transaction

from commonweal.core import clock
from commonweal.core.actions.jobs import start_job
from commonweal.core.actions.recording import in_turn, record_event, saved
from commonweal.core.errors import Refused
from commonweal.core.models import Job
from commonweal.core.permissions import Permission
from commonweal.core.viewer import Viewer, require
from commonweal.procurement.models import TeamBrief, TeamSearch, Willing
from commonweal.procurement.queries.consortium import own_answer, pool_for, wish_of
from commonweal.procurement.queries.team_search import COVERED, TEAMS, job_key
from commonweal.procurement.team_solving import Teams, packed, question_of


class Verb(models.TextChoices):
    """The deeds of long searches."""

    SEARCHED = "teams.searched"


@transaction.atomic
def begin_search(*, by: Viewer, brief: TeamBrief, coverage: bool) -> Job:
    """Look for teams for the organisation one acts for, or, for whoever may ask, for what could be covered."""
    require(by, Permission.BRING_EVIDENCE, brief.partnership_id)
    in_turn(brief.partnership)
    mine: Willing | None = None if coverage else own_answer(by, brief)
    if mine is None and not coverage:
        raise Refused("Say first that your organisation would be in a team.")
    card, pool, _, _ = pool_for(by, brief)
    whose = mine.organisation_id if mine else None
    question = question_of(pool, wish_of(card))
    row = TeamSearch.objects.filter(brief=brief, organisation=whose, question=question).first()
    if row is None:
        TeamSearch.objects.filter(brief=brief, organisation=whose).delete()  # answers to what is asked no more
        row = saved(TeamSearch(partnership_id=brief.partnership_id, brief=brief, organisation_id=whose,
                               whose=str(whose or ""), question=question))
        record_event(by=by, verb=Verb.SEARCHED, subject=row, partnership=brief.partnership_id)
    return start_job(by=by, kind=COVERED if coverage else TEAMS, key=job_key(row), partnership=brief.partnership,
                     subject=brief.commission_id)


def keep_answer(*, search: TeamSearch, teams: Teams, whole: bool) -> None:
    """What the search has so far, or at its end. No event: it is not a deed."""
    TeamSearch.objects.filter(pk=search.pk).update(answer=packed(teams), whole=whole, found_at=clock.now())
