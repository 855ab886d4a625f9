"""Work of the procurement stage that nobody waits for."""

from __future__ import annotations

from dataclasses import replace
from typing import Any
from uuid import UUID

from commonweal.core.errors import NotFound, Refused
from commonweal.core.jobs.handle import Handle
from commonweal.core.jobs.kinds import job_kind
from commonweal.core.permissions import Permission
from commonweal.procurement.actions.chances import send_chances
from commonweal.procurement.actions.subscribing import Told, send_digests
from commonweal.procurement.actions.team_search import keep_answer
from commonweal.procurement.market_reading import take_market
from commonweal.procurement.models import TeamSearch, Willing
from commonweal.procurement.queries.consortium import place_of, pool_for, wish_of
from commonweal.procurement.queries.team_search import COVERED, TEAMS
from commonweal.procurement.team_solving import LONG, Teams, covered_by_all, question_of, solve

NEWS = "procurement.news"
MARKET = "procurement.market"

job_kind(MARKET)(take_market)


@job_kind(NEWS)
def news(handle: Handle) -> str:
    """Send the news that is due; run again it sends only what is left."""
    handle.progress(0, "Looking for what is new in the calendar")
    calendar, chances = send_digests(), send_chances()
    told = Told(calendar.sent + chances.sent, calendar.failed + chances.failed)
    if told.failed:
        raise Refused(f"{told.failed} could not be sent, {told.sent} were. Mend the mail settings, then retry.")
    return "1 e-mail of news sent." if told.sent == 1 else f"{told.sent} e-mails of news sent."


@job_kind(TEAMS, asking=Permission.BRING_EVIDENCE)
def teams(handle: Handle) -> str:
    """A first good answer early, the best within two minutes, others after it; told to nobody by its numbers."""
    row, (card, pool, rows, _) = _asked(handle)
    mine = Willing.objects.get(brief=row.brief, organisation=row.organisation)

    def show(found: Teams) -> None:
        keep_answer(search=row, teams=found, whole=False)
        handle.progress(70 if found.others else 50, "A first good answer is there. Looking for a better one.")

    found = solve(pool, wish_of(card), place_of(rows, mine), seconds=LONG, show=show,
                  tell=lambda share, _: handle.progress(share * 60, "Looking for the best team."))
    keep_answer(search=row, teams=found, whole=True)
    return "The teams are found."


@job_kind(COVERED, asking=Permission.BRING_EVIDENCE)
def coverage(handle: Handle) -> str:
    """What all who are willing could cover; no name is kept with it."""
    row, (card, pool, _, _) = _asked(handle)
    team = covered_by_all(pool, wish_of(card), seconds=LONG, tell=lambda share, _: handle.progress(
        share * 100, "Adding up what could be covered."))
    keep_answer(search=row, teams=Teams(replace(team, members=(), lead=None, does=team.does * 0)), whole=True)
    return "What could be covered is worked out."


def _asked(handle: Handle) -> tuple[TeamSearch, Any]:
    """The search a job is for, and its numbers; refused where answers have changed since it was asked for."""
    row = TeamSearch.objects.filter(pk=UUID(handle.job.key.rpartition(":")[2])).select_related(
        "brief__commission__organisation", "brief__partnership").first()
    if row is None:
        raise NotFound("What was asked for changed meanwhile. Look for teams again.")
    held = pool_for(handle.by, row.brief)
    if question_of(held[1], wish_of(held[0])) != row.question:
        raise Refused("Somebody changed what they offer meanwhile. Look for teams again.")
    return row, held
