"""Who comes, as Ibis expressions over the roll-up: the same on DuckDB, PostgreSQL and Spark."""

from __future__ import annotations

from typing import Any

_NONE = -1
_AREAS = 1 << 21  # more areas than any dictionary holds: a month and an area in one number


def people(rollup: Any, *, first: int, last: int) -> Any:
    """One row a member who came in the months `first` to `last` (YYYYMM, both in).

    Columns: member, visits, pence, and area, decile, age, grp as last known in those months, -1 where never.
    """
    rows = rollup.filter((rollup.month >= first) & (rollup.month <= last) & rollup.member.notnull())
    latest = {name: _latest(rows, name) for name in ("area", "decile", "age", "grp")}
    return rows.group_by("member").aggregate(
        visits=rows.visits.cast("int64").sum().cast("int64"),
        pence=rows.pence.cast("int64").sum().fill_null(0).cast("int64"),
        **latest,
    )


def _latest(rows: Any, name: str) -> Any:
    """What was known last: the largest of month and value packed in one number, which every engine can do."""
    packed = (rows.month.cast("int64") * _AREAS + rows[name].cast("int64")).max()
    return (packed % _AREAS).fill_null(_NONE).cast("int64")


def histogram(who: Any) -> Any:
    """How many people came how often: visits, people."""
    return who.group_by("visits").aggregate(people=who.count().cast("int64"))


def by(who: Any, name: str) -> Any:
    """People, their visits and what they paid for each area, decile, age or grp, -1 for not known."""
    grouped = who.group_by(key=who[name])
    return grouped.aggregate(
        people=who.count().cast("int64"),
        visits=who.visits.sum().cast("int64"), pence=who.pence.sum().cast("int64"),
    )


def visits_by(rollup: Any, *, first: int, last: int) -> Any:
    """Visits and what was paid for each site, decile and whether the member is known, -1 for no decile."""
    rows = rollup.filter((rollup.month >= first) & (rollup.month <= last))
    known = rows.member.notnull().ifelse(1, 0).cast("int64")
    keys = {"decile": rows.decile.fill_null(_NONE).cast("int64"), "known": known}
    return rows.group_by(site=rows.site.cast("int64"), **keys).aggregate(
        visits=rows.visits.cast("int64").sum().cast("int64"),
        pence=rows.pence.cast("int64").sum().fill_null(0).cast("int64"),
    )


def site_people(rollup: Any, *, first: int, last: int) -> Any:
    """Different members at each site. Never to be added up over sites: one person can be at several."""
    rows = rollup.filter((rollup.month >= first) & (rollup.month <= last) & rollup.member.notnull())
    return rows.group_by(site=rows.site.cast("int64")).aggregate(people=rows.member.nunique().cast("int64"))


def movement(rollup: Any, *, first: int, last: int, before: int) -> Any:
    """One row: people `new` (never seen before `first`), `kept` (also from `before` on), `returning` (seen earlier
    still but not since `before`), and `lapsed` (from `before` on, but not from `first` to `last`).
    """
    rows = rollup.filter((rollup.month <= last) & rollup.member.notnull())

    def seen(when: Any) -> Any:
        return when.ifelse(1, 0).max()

    who = rows.group_by("member").aggregate(
        now=seen(rows.month >= first),
        lately=seen((rows.month >= before) & (rows.month < first)),
        early=seen(rows.month < before),
    )

    def number(when: Any) -> Any:
        return when.ifelse(1, 0).sum().fill_null(0).cast("int64")

    now, lately, early = who.now == 1, who.lately == 1, who.early == 1
    return who.aggregate(
        new=number(now & ~lately & ~early), kept=number(now & lately),
        returning=number(now & ~lately & early), lapsed=number(~now & lately),
    )
