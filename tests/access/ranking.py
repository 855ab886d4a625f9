"""Putting needs in order: seen by those who see evidence, opened by workers, ranked by who speaks for theirs."""

from __future__ import annotations

from datetime import timedelta

from tests.access.line import ADMIN, MEMBERS, WORKERS, Line, partnership
from tests.world import World

from commonweal.core import clock
from commonweal.core.viewer import viewer_of
from commonweal.needs.actions.need import Wording, write_need
from commonweal.needs.actions.ranking import Given, RoundPlan, give_ranking, open_round
from commonweal.needs.actions.statement import write_statement
from commonweal.needs.models import JointStatementVersion, NeedState, PoolingRule, RankingRound, Side
from commonweal.needs.models.ranking import Side as View

SEE = MEMBERS - {"provider"}


def opened(world: World) -> dict[str, object]:
    row = RankingRound.objects.filter(partnership=world.partnership).first()
    if row is None:
        by = viewer_of(world.admin())
        needs = tuple(
            write_need(
                by=by, partnership=world.partnership, title=title, side=Side.FOR_CULTURE, theme="culture",
                said=Wording("Girls", "Testshire", "somewhere to dance", "They said so."),
            ).identity_id
            for title in ("Dance", "Song")
        )
        row = open_round(by=by, partnership=world.partnership, plan=RoundPlan(
            title="First", needs=needs, closes=clock.today(), rule=PoolingRule.BORDA))
    return {**partnership(world), "round_id": row.pk}


def answered(world: World) -> dict[str, object]:
    """The round with two orders of the council, so that all its people may see them."""
    keys = opened(world)
    row = RankingRound.objects.get(pk=keys["round_id"])
    needs = row.needs.order_by("position").values_list("version__identity_id", flat=True)
    for side in (View.PARTNERS, View.USERS):
        if not row.rankings.filter(side=side).exists():
            places = {key: place for place, key in enumerate(needs, start=1)}
            give_ranking(by=viewer_of(world.admin()), ranked=row, given=Given(side=side, places=places))
    return {**keys, "ending": "docx"}


def rank(world: World) -> dict[str, object]:
    return {**opened(world), "side": "partners"}


def stated(world: World) -> dict[str, object]:
    """A statement of a round that closed yesterday, over a need that is agreed."""
    keys = answered(world)
    if not JointStatementVersion.objects.filter(partnership=world.partnership).exists():
        row = RankingRound.objects.get(pk=keys["round_id"])
        need = row.needs.order_by("position").first().version.identity
        need.state = NeedState.AGREED
        need.save()
        with clock.fixed(clock.now() + timedelta(days=1)):
            write_statement(by=viewer_of(world.admin()), ranked=row)
    return {**partnership(world), "ending": "docx"}


def read_statement(world: World) -> dict[str, object]:
    stated(world)
    return partnership(world)


TABLE = [
    Line("needs:statement", SEE, 200, partnership),
    Line("needs:statement-file", SEE, 200, stated),
    Line("needs:statement-write", WORKERS, 200, opened, seen_by=SEE),
    Line("needs:statement-write", WORKERS, 200, opened, "post", {"reason": ""}, seen_by=SEE),
    Line("needs:statement-sign", ADMIN, 200, read_statement),
    Line("needs:statement-sign", ADMIN, 200, read_statement, "post", {"answer": ""}),
    Line("needs:ranking-rounds", SEE, 200, partnership),
    Line("needs:ranking-open", WORKERS, 200, partnership),
    Line("needs:ranking-open", WORKERS, 200, partnership, "post", {"title": ""}),
    Line("needs:ranking-round", SEE, 200, opened, seen_by=SEE),
    Line("needs:ranking-workshop", SEE, 200, answered, seen_by=SEE),
    Line("needs:ranking-rank", WORKERS, 200, rank, seen_by=SEE),
    Line("needs:ranking-rank", WORKERS, 200, rank, "post", {"over": ""}, seen_by=SEE),
]
