"""How a year's use and satisfaction are set out: a sentence, then tables that say of whom."""

from __future__ import annotations

from uuid import UUID

import numpy as np
from django.urls import reverse

from commonweal.measures.queries.use import Bounds, Use, UseLine
from commonweal.methods.intervals import wilson
from commonweal.present.table import Cell, DataTable, Linked, Missing, number_column, text_column

FEWEST = 5
SOURCE = "Returns that providers sent, counts of their own making, unchecked"


def use_answer(use: Use) -> str:
    """The year in words that could be read aloud."""
    if not use.lines:
        return "No return has been sent yet, so nothing can be said of use."
    told, least, most = len(use.lines), *use.people
    count = f"{told} agreement{'s' if told > 1 else ''}"
    return (f"In {use.year} {count} had {use.attendances:,} attendances. Behind them are at least {least:,} "
            f"different people and at most {most:,}: the same person may be in several counts.")


def use_table(partnership: UUID, use: Use) -> DataTable:
    """Sessions, attendances and different people of each agreement."""
    rows = tuple((_name(partnership, one), one.provider, one.returns, _or(one.sessions), _or(one.attendances),
                  between(one.people)) for one in use.lines)
    columns = (text_column("Agreement"), text_column("Who delivers"), number_column("Returns"),
               number_column("Sessions"), number_column("Attendances"), text_column("Different people"))
    return DataTable(f"Use, {use.year}", columns, rows, source=SOURCE, key="use", notes=(
        "Different people of several periods are not added: at least the most of any one, at most all of them.",))


def satisfaction_table(partnership: UUID, use: Use) -> DataTable:
    """Who was asked, who answered, and what they said, with its 95% interval."""
    rows = tuple((
        _name(partnership, one), _or(one.asked), _or(one.answered),
        _share(one.answered, one.asked, "asked: not told"),
        _share(one.satisfied, one.answered, "not answered"), _share(one.different, one.answered, "not answered"),
        f"They said that {one.difference}") for one in use.lines)
    columns = (text_column("Agreement"), number_column("Asked"), number_column("Answered"),
               text_column("Answered, of those asked"), text_column("Satisfied, of those who answered"),
               text_column("It made a difference"), text_column("Which difference"))
    return DataTable(f"Satisfaction and difference, {use.year}", columns, rows, source=SOURCE, key="satisfaction",
                     notes=("In brackets the 95% Wilson interval, as if those who answered were drawn by lot. "
                            "They were not: who did not answer may think otherwise.",
                            f"No share is shown of fewer than {FEWEST}."))


def groups_table(use: Use) -> DataTable | None:
    """Groups that may be missed and were counted; nothing where none was."""
    rows = tuple((one.title, one.counted, between(one.people)) for one in use.groups)
    columns = (text_column("Group"), number_column("Agreements that counted it"), text_column("Different people"))
    if not rows:
        return None
    return DataTable(f"Groups who may be missed, {use.year}", columns, rows, source=SOURCE, key="groups", notes=(
        "The lightest tier is not asked for groups: one that is not counted may come all the same.",))


def between(bounds: Bounds | None) -> Cell:
    """At least and at most, or one number where they are the same."""
    if bounds is None:
        return Missing("not said")
    low, high = bounds
    return f"{low:,}" if low == high else f"{low:,} to {high:,}"


def _share(part: int | None, whole: int | None, why: str) -> Cell:
    if part is None or whole is None:
        return Missing(why)
    if whole < FEWEST or part > whole:
        return Missing(f"fewer than {FEWEST}" if whole < FEWEST else "more than were asked")
    low, high = wilson(np.asarray([part]), np.asarray([whole]))
    return f"{100 * part / whole:.0f}% ({100 * float(low[0]):.0f} to {100 * float(high[0]):.0f})"


def _or(value: int | None) -> Cell:
    return Missing("not told") if value is None else value


def _name(partnership: UUID, line: UseLine) -> Linked:
    return Linked(line.title, reverse("measures:agreement-performance", args=[partnership, line.agreement]))
