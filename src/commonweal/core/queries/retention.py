"""How things are kept to time: each rule, what it would let go of now, and when it last did."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from django.db.models import Max, Sum

from commonweal.core.models import TimeKept
from commonweal.core.permissions import Permission
from commonweal.core.retention import rehearse, rules
from commonweal.core.viewer import Viewer, require


@dataclass(frozen=True, slots=True)
class RuleStands:
    """One rule: how many are due, how many have gone so far, and when it last let something go."""

    key: str
    words: str
    due: int
    gone: int
    last: datetime | None


def time_rules(viewer: Viewer) -> tuple[RuleStands, ...]:
    """For the installation's staff: counts alone, of every partnership together."""
    require(viewer, Permission.ERASE_PERSON)
    due = rehearse()
    rows = TimeKept.objects.order_by().values("rule").annotate(gone=Sum("count"), last=Max("created"))
    gone = {row["rule"]: (row["gone"], row["last"]) for row in rows}
    return tuple(
        RuleStands(one.key, one.words, due[one.key], *gone.get(one.key, (0, None))) for one in rules()
    )
