"""The shape of what is asked of a survey: its file, how it was asked, and what its columns are."""

from __future__ import annotations

from typing import Any

from django import forms
from django.forms.boundfield import BoundField

from commonweal.lake.surveys.words import Use
from commonweal.needs.actions.survey import SurveyTold
from commonweal.needs.content import read
from commonweal.needs.models import AskedBy, Chosen, Covers
from commonweal.needs.queries.evidence_items import ASKED
from commonweal.needs.survey_columns import ASKED_AT_MOST, shortened, usable
from commonweal.present.forms import DateField

TOLD = ("title", "perspective", "gathered_from", "gathered_to", "chosen", "asked_by", "covers", "asked")


class BringSurvey(forms.Form):
    """The file, and what decides how far its answers can be relied on."""

    activity = "surveys"
    file = forms.FileField(
        label="The survey's answers", allow_empty_file=True, max_length=255,
        help_text="CSV, Excel or Parquet, one row a person, as your survey tool exports it.",
    )
    title = forms.CharField(label="A short name for it", max_length=300,
                            help_text="For example: Residents' survey, spring 2026.")
    perspective = forms.ChoiceField(label="Whose view is it?", widget=forms.RadioSelect,
                                    choices=[(one.value, one.label) for one in ASKED])
    gathered_from = DateField(label="First day it was open (optional)", required=False)
    gathered_to = DateField(label="Last day it was open", help_text="For example: 30 6 2026.")
    chosen = forms.ChoiceField(label="How were people chosen?", choices=Chosen.choices, initial=Chosen.UNKNOWN)
    asked_by = forms.ChoiceField(label="How could they answer?", choices=AskedBy.choices, initial=AskedBy.UNKNOWN)
    covers = forms.ChoiceField(label="What area does it cover?", choices=Covers.choices, initial=Covers.WHOLE)
    asked = forms.IntegerField(
        label="How many were asked (optional)", required=False, min_value=0, max_value=100_000_000,
        help_text="Where people were asked one by one.",
        widget=forms.TextInput(attrs={"inputmode": "numeric", "class": "govuk-input--width-5"}),
        error_messages={"invalid": "How many were asked must be a whole number, such as 900"},
    )

    def told(self) -> SurveyTold:
        """What was answered, as the action takes it."""
        return SurveyTold(**{name: self.cleaned_data[name] for name in TOLD})


class SurveyColumns(forms.Form):
    """What each column is: guessed, and for a person to confirm; columns about people are not asked about."""

    def __init__(self, columns: list[dict[str, Any]], *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        self.known = columns
        choices = [(one["use"], one["words"]) for one in read("survey")["uses"]]
        for place, column in self._asked():
            asked = f"Say what “{shortened(column['name'])}” is"
            self.fields[f"column_{place}"] = forms.ChoiceField(
                label=column["name"], choices=choices, initial=column["use"], error_messages={
                    "required": asked, "invalid_choice": f"{asked}, from the answers that are there"},
            )

    def columns(self) -> list[tuple[BoundField, dict[str, Any]]]:
        """Each column's choice beside what is known of it."""
        return [(self[f"column_{place}"], column) for place, column in self._asked()]

    def left_out(self) -> list[dict[str, Any]]:
        """The columns about people, which never go in."""
        return [column for column in self.known if column["use"] == Use.PERSONAL]

    def beyond(self) -> int:
        """How many columns come after those that are asked about, and do not go in."""
        return len(self._usable()[ASKED_AT_MOST:])

    def uses(self) -> dict[str, str]:
        """What was said of each column, once it is valid."""
        return {column["name"]: self.cleaned_data[f"column_{place}"] for place, column in self._asked()}

    def _asked(self) -> list[tuple[int, dict[str, Any]]]:
        return list(enumerate(self._usable()[:ASKED_AT_MOST]))

    def _usable(self) -> list[dict[str, Any]]:
        return usable(self.known)
