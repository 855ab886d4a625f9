"""Putting needs in order: seen by those who see evidence, opened by workers, ranked by who speaks for theirs."""

from __future__ import annotations

from tests.access.line import MEMBERS, WORKERS, Line, partnership
from tests.world import World

from commonweal.core import clock
from commonweal.core.viewer import viewer_of
from commonweal.needs.actions.need import Wording, write_need
from commonweal.needs.actions.ranking import Given, RoundPlan, give_ranking, open_round
from commonweal.needs.models import PoolingRule, RankingRound, Side
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


TABLE = [
    Line("needs:ranking-rounds", SEE, 200, partnership),
    Line("needs:ranking-open", WORKERS, 200, partnership),
    Line("needs:ranking-open", WORKERS, 200, partnership, "post", {"title": ""}),
    Line("needs:ranking-round", SEE, 200, opened, seen_by=SEE),
    Line("needs:ranking-workshop", SEE, 200, answered, seen_by=SEE),
    Line("needs:ranking-rank", WORKERS, 200, rank, seen_by=SEE),
    Line("needs:ranking-rank", WORKERS, 200, rank, "post", {"over": ""}, seen_by=SEE),
]
