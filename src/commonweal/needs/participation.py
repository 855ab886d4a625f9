"""An online consultation's export as one finding a question; whoever answered stays at the door."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from commonweal.core.errors import Refused
from commonweal.needs.content import read
from commonweal.needs.participation_answers import Comment, said_in_answers, said_in_comments
from commonweal.needs.personal_text import personal_in

DATES = ("%Y-%m-%d", "%d/%m/%Y", "%d-%m-%Y", "%d.%m.%Y", "%d %B %Y", "%d %b %Y", "%d/%m/%y")
LONGEST = 300
LOOKED_AT = 200  # answers of a column looked at for what points at people


@dataclass(frozen=True, slots=True)
class Grid:
    """A table as it was exported: headings, rows of text, and the number each row has in the file."""

    headings: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]
    numbers: tuple[int, ...]

    def column(self, heading: str | None) -> tuple[str, ...]:
        """The cells under a heading; empty ones where there is none."""
        if heading is None:
            return ("",) * len(self.rows)
        at = self.headings.index(heading)
        return tuple(row[at].strip() for row in self.rows)


@dataclass(frozen=True, slots=True)
class Question:
    """What one question found: how many answered, between which days, what they said, and what it cannot say."""

    title: str
    answered: int
    first: date | None
    last: date | None
    summary: str
    limits: str


@dataclass(frozen=True, slots=True)
class Results:
    """Every question, and the headings of the columns that were left at the door."""

    questions: tuple[Question, ...]
    left: tuple[str, ...]


def results_in(grid: Grid, *, name: str) -> Results:
    """The questions of an export; Refused with a sentence where there is none. `name` is a lone question's."""
    columns = _columns(grid.headings)
    if "comment" in columns:
        questions = _of_comments(grid, columns, name)
        used = {heading for role, heading in columns.items() if role != "person"}
    else:
        asked = _asked(grid)
        questions = tuple(_of_answers(grid, one, columns.get("date")) for one in asked if any(grid.column(one)))
        used = {*asked, columns.get("date", "")}
    if not questions:
        raise Refused("No comment and no answer was found. Export the answers with a heading above each column: "
                      "“Comment”, or the question itself.")
    if len(questions) > read("participation")["most_questions"]:
        raise Refused(f"It holds {len(questions)} questions, more than anybody can read. Bring the parts "
                      "that bear on culture and sport.")
    return Results(questions, tuple(one for one in grid.headings if one not in used))


def _columns(headings: Iterable[str]) -> dict[str, str]:
    """Which heading is which of the known columns: the first that fits."""
    plain = {_plain(one): one for one in reversed([*headings])}
    known = read("participation")["columns"]
    found = ((role, next((plain[one] for one in names if one in plain), None)) for role, names in known.items())
    return {role: heading for role, heading in found if heading is not None}


def _plain(heading: str) -> str:
    return " ".join(re.findall(r"[a-z]+", heading.lower()))


def _asked(grid: Grid) -> tuple[str, ...]:
    """The headings that ask something which is not about the person, and whose answers do not point at one."""
    rule = read("participation")
    asks, personal = re.compile(rule["asks"], re.IGNORECASE), set(rule["personal"])
    return tuple(
        one for one in grid.headings
        if asks.search(one) and not personal & set(_plain(one.replace("-", "")).split()) and not _points(grid, one)
    )


def _points(grid: Grid, heading: str) -> bool:
    """Whether one in ten of its answers looks like a name, an address or a number of a person."""
    given = [one for one in grid.column(heading) if one][:LOOKED_AT]
    return sum(bool(personal_in(one)) for one in given) * 10 > len(given)


def _of_comments(grid: Grid, columns: dict[str, str], name: str) -> tuple[Question, ...]:
    """A row is a comment; those of one question together."""
    votes = [_counts(grid, columns.get(role)) for role in ("agree", "disagree")]
    cells = (grid.column(columns.get(role)) for role in ("question", "comment", "date", "person"))
    found: dict[str, list[Comment]] = defaultdict(list)
    for question, text, day, person, agree, disagree in zip(*cells, *votes, strict=True):
        if text:
            found[question or name].append(Comment(text, _day(day), person, agree, disagree))
    voted = "agree" in columns
    return tuple(_commented(title, comments, voted) for title, comments in found.items())


def _commented(title: str, comments: Sequence[Comment], voted: bool) -> Question:
    people = {one.person for one in comments}
    named = "" not in people
    summary, limits = said_in_comments(comments, voted=voted, people_known=named)
    days = [one.day for one in comments if one.day]
    return Question(title[:LONGEST], len(people) if named else len(comments), min(days, default=None),
                    max(days, default=None), summary, limits)


def _of_answers(grid: Grid, heading: str, date_heading: str | None) -> Question:
    """A row is a respondent, and a column a question."""
    rows = zip(grid.column(heading), grid.column(date_heading), strict=True)
    given = [(answer, _day(day)) for answer, day in rows if answer]
    days = [day for _answer, day in given if day]
    summary, limits = said_in_answers([answer for answer, _day in given])
    return Question(
        heading[:LONGEST], len(given), min(days, default=None), max(days, default=None), summary, limits
    )


def _counts(grid: Grid, heading: str | None) -> tuple[int, ...]:
    """Votes as whole numbers, an empty cell as none; Refused with the row where it is no number."""
    return tuple(
        _count(cell, heading, number) for cell, number in zip(grid.column(heading), grid.numbers, strict=True)
    )


def _count(cell: str, heading: str | None, number: int) -> int:
    if not re.fullmatch(r"\d{0,9}(?:\.0+)?", cell.replace(",", "")):
        raise Refused(f"Row {number}, column “{heading}”: “{cell[:40]}” is not a whole number. "
                      "Mend it and bring the file again.")
    return int(float(cell.replace(",", "") or 0))


def _day(cell: str) -> date | None:
    """The day of a cell in one of the ways platforms write it; days before months."""
    text = cell.split("T", maxsplit=1)[0] if re.match(r"\d{4}-", cell) else cell
    for written in (text, text.rsplit(" ", 1)[0], text.split(" ")[0]):
        for shape in DATES:
            try:
                return datetime.strptime(written.strip(" ,"), shape).date()  # noqa: DTZ007 - a day
            except ValueError:
                continue
    return None
