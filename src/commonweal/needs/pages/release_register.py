"""How a system's release register is set out: what went out, to whom first, what was kept back, and why."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from commonweal.core.release import preset_of
from commonweal.needs.content import read
from commonweal.needs.models import VisitSystem
from commonweal.needs.queries.released import RULE, Entry, Register
from commonweal.needs.wording import fill
from commonweal.present.table import DataTable, text_column
from commonweal.present.wording import listed


@dataclass(frozen=True, slots=True)
class RegisterView:
    """The page: one sentence, why each year is kept back, and every line."""

    answer: str
    why: tuple[tuple[str, str], ...]
    table: DataTable | None


def register_view(system: VisitSystem, registers: tuple[Register, ...]) -> RegisterView:
    """Everything the page shows."""
    say = read("benefit")["register"]
    back = [one for one in registers if one.now is not None]
    known = any(one.entries for one in registers)
    if not known:
        answer = say["none"]
    elif system.placed is None:
        answer = say["hidden"]
    else:
        answer = fill(say["back"], years=listed([_year(one) for one in back])) if back else say["all_out"]
    why = tuple((_year(one), _why(say, one)) for one in back)
    return RegisterView(str(answer), why, _table(say, registers) if known else None)


def _why(say: dict[str, Any], one: Register) -> str:
    assert one.now is not None
    return fill(say["why"], counts=_counts(say, one.now.apart), tables=_named(say, one.now.tables),
                enough=preset_of(RULE).hide_to + 1)


def _table(say: dict[str, Any], registers: tuple[Register, ...]) -> DataTable:
    rows = tuple(
        (_year(one), f"{entry.on:%-d %B %Y}", say["shown" if entry.shown else "kept_back"],
         entry.to or say["somebody"], _reason(say, entry))
        for one in registers for entry in reversed(one.entries)
    )
    columns = tuple(map(text_column, say["columns"]))
    return DataTable(say["title"], columns, rows, notes=(say["note"],), key="releases")


def _reason(say: dict[str, Any], entry: Entry) -> str:
    if entry.shown:
        return str(say["stands"])
    return fill(say["reason"], counts=_counts(say, entry.apart), tables=_named(say, entry.tables))


def _counts(say: dict[str, Any], n: int) -> str:
    return str(say["count"]["one"]) if n == 1 else fill(say["count"]["many"], n=n)


def _named(say: dict[str, Any], tables: Iterable[str]) -> str:
    return listed([say["tables"][one] for one in tables])


def _year(one: Register) -> str:
    return f"{one.year}/{(one.year + 1) % 100:02d}"
