"""Questions by which a budget or a public vote is set out."""

from __future__ import annotations

from typing import Any

from django import forms

from commonweal.core.errors import Refused
from commonweal.options.actions.budget import Project
from commonweal.options.budget_table import BudgetTable, table_of
from commonweal.options.forms_money import pounds_field
from commonweal.options.models import Allocation, Completion, PublicVote
from commonweal.options.pasted import number, rows_of

MOST_BYTES = 12_000_000
MOST_PROJECTS = 300


class AllocationForm(forms.Form):
    """A budget and its table."""

    title = forms.CharField(label="What is the budget for?", max_length=120)
    budget = pounds_field("How much is there?")
    about = forms.CharField(label="What is a point of benefit, and where are the points from?", max_length=300)
    table = forms.CharField(
        label="The table",
        max_length=60_000,
        widget=forms.Textarea({"rows": 12}),
        help_text=(
            "Paste it from a spreadsheet. First row: option, cost, then a name for each group. A row called "
            "need: people in need. A row called floor: the least benefit. Then a row for each option; "
            "a * after its name means it must be taken."
        ),
    )

    def table_said(self) -> BudgetTable:
        """The table, or Refused with the row that does not fit."""
        return table_of(self.cleaned_data["table"])


def allocation_shown(row: Allocation) -> dict[str, Any]:
    """What the form shows first."""
    table = BudgetTable.from_data(row.table).as_text()
    return {"title": row.title, "budget": row.budget, "about": row.about, "table": table}


class VoteForm(forms.Form):
    """A vote: the sum, the rule and the projects."""

    title = forms.CharField(label="What is voted on?", max_length=120)
    budget = pounds_field("How much is there?")
    completion = forms.ChoiceField(
        label="What is done with money left over?",
        choices=Completion.choices,
        widget=forms.RadioSelect,
        help_text="Part of the rule. It is published before anybody votes and then cannot be changed.",
    )
    step = pounds_field("Shares are raised by", help_text="£1 is usual. Small steps are more exact and slower.")
    projects = forms.CharField(
        label="The projects",
        max_length=60_000,
        widget=forms.Textarea({"rows": 10}),
        help_text="One row for each: code, name, cost. The order decides ties.",
    )

    def projects_said(self) -> tuple[Project, ...]:
        """The projects, or Refused with the row that does not fit."""
        found = []
        for at, row in enumerate(rows_of(self.cleaned_data["projects"], most=MOST_PROJECTS), start=1):
            if len(row) < 3 or not row[0] or not row[1]:
                raise Refused(f"Row {at}: three cells are needed: a code, a name and a cost.")
            if set(row[0]) & set(",;|"):
                raise Refused(f"Row {at}: a code has no comma, semicolon or bar in it.")
            cost = number(row[2], row=at, what="the cost", above=True)
            found.append(Project(row[0][:20], row[1][:160], cost))
        codes = [one.code for one in found]
        twice = next((code for code in codes if codes.count(code) > 1), None)
        if twice:
            raise Refused(f"The code {twice} is there twice. Give each project its own.")
        return tuple(found)


def vote_shown(row: PublicVote) -> dict[str, Any]:
    """What the form shows first."""
    lines = [f"{one.code}\t{one.title}\t{one.cost:f}" for one in row.projects.order_by("place")]
    return {
        "title": row.title,
        "budget": row.budget,
        "completion": row.completion,
        "step": row.step,
        "projects": "\n".join(lines),
    }


class BallotsForm(forms.Form):
    """The ballots as a CSV file."""

    ballots = forms.FileField(
        label="The ballots, as a CSV file",
        help_text=(
            "One row a voter, with a column called vote: the codes chosen, commas between them. Anything else "
            "in the file is dropped and never kept."
        ),
    )

    def text(self) -> str:
        """The file's words, or Refused where it is none."""
        file = self.cleaned_data["ballots"]
        if file.size > MOST_BYTES:
            raise Refused(
                f"The file is larger than {MOST_BYTES // 1_000_000} MB. Keep only the column called vote."
            )
        try:
            return str(file.read().decode("utf-8-sig"))
        except UnicodeDecodeError:
            raise Refused("This is not a CSV file in UTF-8. In a spreadsheet, save as CSV UTF-8.") from None
