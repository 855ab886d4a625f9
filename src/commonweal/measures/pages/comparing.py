"""What a comparison of providers says: that most do not differ as far as can be told, or which do."""

from __future__ import annotations

from commonweal.core.figure import Unit
from commonweal.measures.queries.comparing import ComparisonView
from commonweal.present.chart import Chart, Message
from commonweal.present.charts.comparison import comparison
from commonweal.present.series import Point, Role
from commonweal.present.wording import listed, spoken


def compared_answer(found: ComparisonView) -> str:
    """Who can be told from the middle; for a provider, where its own line stands."""
    middle = f"The middle of {found.providers} providers is {spoken(found.middle)}."
    if found.own_only:
        mine = found.mine
        if mine is None or mine.figure is None:
            return middle
        return f"Yours is {spoken(mine.figure)} allowing for how few answered. {middle}"
    waiting = sum(one.figure is None for one in found.lines)
    apart = [one.name for one in found.shown if _apart(found, one.figure)]
    wait = "waits" if waiting == 1 else "wait"
    waits = f" {waiting} {wait} to be read first by those who deliver." if waiting else ""
    if not found.shown:
        return f"{middle}{waits}"
    said = f"{listed(apart)} can be told from it" if apart else "None that is open can be told from it"
    return f"{middle} {said}.{waits}"


def compared_chart(found: ComparisonView) -> Chart | None:
    """Every open line with its interval, by name; never in order of size."""
    if len(found.shown) < 2:
        return None
    points = tuple(Point.of(one.name, one.figure, Role.PLACE) for one in found.shown if one.figure)
    middle = Point.of("Middle of all", found.middle, Role.ENGLAND)
    return comparison(Message(f"{found.title}: providers with their intervals", compared_answer(found)),
                      (*points, middle), unit=Unit.PERCENT, decimals=0)


def _apart(found: ComparisonView, figure: object) -> bool:
    low, high, middle = (getattr(figure, "lower", None), getattr(figure, "upper", None), found.middle.value)
    return low is not None and high is not None and middle is not None and not low <= middle <= high
