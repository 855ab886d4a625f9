"""How one line of the access table is written, and the sets of people it speaks of."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field

from tests.world import World

from commonweal.core.permissions import Role

LOGIN = "login"          # sent to sign in
ANYBODY = "anybody"      # the same for all, signed in or not
PEOPLE = ("anonymous", *(role.value for role in Role), "other partnership", "staff", "no partnership")
MEMBERS = frozenset(role.value for role in Role)
SEEING = MEMBERS - {"provider"}
WORKERS = frozenset({"admin", "analyst", "contributor"})
DATA = frozenset({"admin", "analyst"})
ADMIN = frozenset({"admin"})

Keys = Callable[[World], dict[str, object]]


@dataclass(frozen=True)
class Line:
    """One route, one method: who gets what. `works` is what those who may get."""

    route: str
    who: str | frozenset[str]
    works: int = 200
    keys: Keys = field(default=lambda world: {})
    method: str = "get"
    data: dict[str, str] = field(default_factory=dict)
    seen_by: frozenset[str] = MEMBERS    # others in the partnership get 403; those outside it 404

    def expected(self, person: str) -> int | str:
        if self.who == ANYBODY:
            return self.works
        if person == "anonymous":
            return 404 if self.route.startswith("api:") else LOGIN
        if self.who == LOGIN or person in self.who:
            return self.works
        return 403 if person in self.seen_by else 404


def partnership(world: World) -> dict[str, object]:
    return {"partnership": world.partnership.pk}


def place(**more: str) -> Keys:
    return lambda world: {"code": "E99999999", **more}
