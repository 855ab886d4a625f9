"""A list of services as people keep it, pasted or in a file: what it says of each, or what is wrong with it."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from commonweal.core.errors import Refused
from commonweal.lake.opening.limits import MIB, Limits
from commonweal.lake.opening.model import CannotOpen
from commonweal.lake.sandbox import Sandbox
from commonweal.needs.actions.service import MOST, ServiceSaid
from commonweal.needs.card import themes
from commonweal.needs.content import read
from commonweal.needs.models import ServiceKind, WhyItRuns
from commonweal.needs.participation import Grid
from commonweal.needs.participation_file import CAPS, grid_of
from commonweal.needs.service_reading import Named, areas_in, pounds_in, year_in

LIMIT = 2 * MIB
LIMITS = Limits(
    file_bytes=LIMIT, inside_bytes=8 * LIMIT, workbook_bytes=8 * LIMIT, document_bytes=LIMIT, rows=5_000,
    columns=100, cell_chars=5_000,
)
SHOWN = 10
EVERYBODY = {"everybody", "everyone", "all", "anybody", "anyone"}
DATES = ("%Y-%m-%d", "%d/%m/%Y", "%d-%m-%Y", "%d.%m.%Y", "%d %B %Y", "%d %b %Y", "%Y-%m-%d %H:%M:%S")


class RowsWrong(Refused):
    """Rows that cannot go in, each in a sentence with where it stands; nothing of the table has gone in."""

    def __init__(self, lines: list[str]) -> None:
        self.lines = lines
        super().__init__(" ".join(lines))


@dataclass(frozen=True, slots=True, kw_only=True)
class Otherwise:
    """What holds where the table does not say."""

    run_by: str
    theme: str
    year: int | None
    source: str
    areas: tuple[Named, ...]


@dataclass(frozen=True, slots=True)
class ServiceTable:
    """The services of a table, each with what the table itself says of it, and the headings not understood."""

    services: tuple[tuple[ServiceSaid, frozenset[str]], ...]
    left: tuple[str, ...]


def table_of(name: str, data: bytes) -> Grid:
    """The fullest sheet of a file, opened in a capped process; CannotOpen with a sentence where there is none."""
    if len(data) > LIMIT:
        raise CannotOpen(f"The table is over {LIMIT // MIB} MB. Bring it in parts.")
    with Sandbox(caps=CAPS) as sandbox:
        opened = sandbox.open_bytes(name, data, limits=LIMITS)
    sheets = [sheet for one in opened for sheet in one.sheets if sheet.table.num_rows]
    if not sheets:
        raise CannotOpen("There is no table with a row of headings and rows under it.")
    return grid_of(max(sheets, key=lambda one: one.table.num_rows))


def services_in(grid: Grid, otherwise: Otherwise) -> ServiceTable:
    """What is said of each service; RowsWrong where any row cannot go in, for then none does."""
    columns = _columns(grid.headings)
    if "name" not in columns:
        raise Refused("No column is headed Service or Name. Give the column of names that heading.")
    if len(grid.rows) > MOST:
        raise Refused(f"The table has {len(grid.rows):,} rows; at most {MOST} services go in.")
    found: list[tuple[ServiceSaid, frozenset[str]]] = []
    wrong: list[str] = []
    for number, row in zip(grid.numbers, grid.rows, strict=True):
        cells = {key: row[at].strip() for key, at in columns.items()}
        if not any(cells.values()):
            continue
        said, faults = _row(cells, otherwise)
        wrong += [f"Row {number}, {grid.headings[columns[key]]}: {fault}" for key, fault in faults]
        if said is not None:
            found.append((said, _given(cells)))
    if wrong:
        more = [f"And {len(wrong) - SHOWN} more."] if len(wrong) > SHOWN else []
        raise RowsWrong([*wrong[:SHOWN], *more])
    if not found:
        raise Refused("The table has headings and no service under them.")
    left = tuple(one for at, one in enumerate(grid.headings) if at not in columns.values() and one.strip())
    return ServiceTable(tuple(found), left)


def _columns(headings: Iterable[str]) -> dict[str, int]:
    """Which column holds what."""
    plain = [" ".join(one.split()).casefold() for one in headings]
    found: dict[str, int] = {}
    for key, known in read("services_table")["columns"].items():
        at = next((at for name in known for at, one in enumerate(plain) if one == name), None)
        if at is not None and at not in found.values():
            found[key] = at
    return found


def _given(cells: Mapping[str, str]) -> frozenset[str]:
    """What the table itself says: an amount is said with its year and its source."""
    said = {key for key, cell in cells.items() if cell}
    return frozenset(said | ({"spend_year", "spend_source"} if "spend" in said else set()))


def _row(cells: Mapping[str, str], otherwise: Otherwise) -> tuple[ServiceSaid | None, list[tuple[str, str]]]:
    """One service, or what is wrong with which of its cells."""
    faults: list[tuple[str, str]] = []

    def tried(key: str, reading: Callable[[str], Any]) -> Any:
        try:
            return reading(cells.get(key, ""))
        except Refused as refusal:
            faults.append((key, str(refusal)))
            return None

    if not cells["name"]:
        faults.append(("name", "the service has no name."))
    spend = tried("spend", pounds_in)
    costed = spend is not None
    year = otherwise.year if costed else None
    said = {
        "name": cells["name"][:120], "run_by": cells.get("run_by") or otherwise.run_by,
        "groups": _groups(cells.get("groups", "")), "site": cells.get("site", "")[:200],
        "reason_words": cells.get("reason_words", "")[:300], "spend": spend,
        "kind": tried("kind", _kind), "themes": tried("themes", lambda text: _themes(text, otherwise.theme)),
        "areas": tried("areas", lambda text: areas_in(text, otherwise.areas)),
        "spend_year": tried("spend_year", lambda text: year_in(_whole(text)) or year),
        "spend_source": (cells.get("spend_source") or (otherwise.source if costed else ""))[:200],
        "since": tried("since", _year), "reason": tried("reason", _reason),
        "money_ends": tried("money_ends", _day), "review": tried("review", _day),
    }
    if costed and not faults and (said["spend_year"] is None or not said["spend_source"]):
        faults.append(("spend", "say below in which financial year the costs are, and where they are from."))
    if not faults and said["reason"] is WhyItRuns.EXTERNAL and said["money_ends"] is None:
        faults.append(("reason", "the day on which the money from outside ends is missing."))
    return (None if faults else ServiceSaid(**said)), faults


def _groups(text: str) -> str:
    return "" if text.casefold() in EVERYBODY else text[:200]


def _kind(text: str) -> ServiceKind:
    return ServiceKind(_known(text, "kinds", ServiceKind, ServiceKind.OTHER.value))


def _reason(text: str) -> WhyItRuns:
    return WhyItRuns(_known(text, "reasons", WhyItRuns, WhyItRuns.UNKNOWN.value))


def _known(text: str, key: str, choices: Any, empty: str) -> str:
    plain = text.casefold().rstrip(".")
    if not plain:
        return empty
    for one in choices:
        if plain in {one.value, str(one.label).casefold(), *read("services_table")[key].get(one.value, ())}:
            return str(one.value)
    words = ", ".join(str(one.label) for one in choices)
    raise Refused(f"“{text[:40]}” is none of: {words}.")


def _themes(text: str, otherwise: str) -> tuple[str, ...]:
    known = {word: one.key for one in themes() for word in (one.key, one.title.casefold())}
    found = []
    for part in text.replace(";", ",").split(","):
        word = part.strip().casefold()
        if word and word not in known:
            raise Refused(f"“{part.strip()[:40]}” is no theme. Leave it empty, or write one of the list below.")
        if word:
            found.append(known[word])
    return tuple(dict.fromkeys(found)) or (otherwise,)


def _year(text: str) -> int | None:
    plain = _whole(text)
    if not plain:
        return None
    if not (plain.isascii() and plain.isdigit() and len(plain) == 4):
        raise Refused(f"“{text[:40]}” is not a year, such as 1951.")
    return int(plain)


def _whole(text: str) -> str:
    """A number as a spreadsheet may write it, 2025.0, without its nought."""
    return text.removesuffix(".0")


def _day(text: str) -> date | None:
    if not text:
        return None
    for shape in DATES:
        try:
            return datetime.strptime(text, shape).date()  # noqa: DTZ007 - a day has no zone
        except ValueError:
            continue
    raise Refused(f"“{text[:40]}” is not a day, such as 31/3/2027.")
