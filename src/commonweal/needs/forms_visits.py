"""The shape of what is asked of an export of visits: its file, its system, and what its columns are."""

from __future__ import annotations

from typing import Any

from django import forms
from django.forms.boundfield import BoundField

from commonweal.needs.pages.visits import meanings

ASKED_AT_MOST = 120


class BringVisits(forms.Form):
    """The file, and which system it is from."""

    file = forms.FileField(
        label="The export", allow_empty_file=True, max_length=255,
        help_text="CSV, Excel or Parquet: one row a visit, or a member and a month with a count, or totals of a "
                  "site. Any number of months.",
        error_messages={"required": "Choose the file to bring"},
    )
    title = forms.CharField(
        label="Which system is it from?", max_length=120,
        help_text="For example: Leisure centres. Use the same name each time, and months are added to it.",
        error_messages={"required": "Enter a name for the system, such as Leisure centres"},
    )


class VisitColumns(forms.Form):
    """What each column is: guessed, and for a person to confirm; what is about people is not asked."""

    def __init__(self, columns: list[dict[str, Any]], *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        self.known = columns
        for place, column in self._asked():
            self.fields[f"column_{place}"] = forms.ChoiceField(
                label=column["name"], choices=meanings(), initial=column["meaning"], required=False,
            )

    def columns(self) -> list[tuple[BoundField, dict[str, Any]]]:
        """Each column's choice beside what is known of it."""
        return [(self[f"column_{place}"], column) for place, column in self._asked()]

    def left_out(self) -> list[dict[str, Any]]:
        """The columns about people, which are never read."""
        return [column for column in self.known if column["never"]]

    def said(self) -> dict[str, str]:
        """What was said of each column, once it is valid."""
        return {column["name"]: self.cleaned_data[f"column_{place}"] for place, column in self._asked()}

    def _asked(self) -> list[tuple[int, dict[str, Any]]]:
        usable = [column for column in self.known if not column["never"]]
        return list(enumerate(usable[:ASKED_AT_MOST]))
