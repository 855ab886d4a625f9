"""The form that asks what each column of an unknown table is; every answer is guessed beforehand."""

from __future__ import annotations

from typing import Any

from django import forms
from django.forms.boundfield import BoundField

from commonweal.core.intake.question import Answer, ColumnAsked, Question
from commonweal.lake.assistant.mapping import Headers, Target

TARGETS = (
    (Target.OBSERVATIONS, "Figures for areas: a number for each district, ward or small area"),
    (Target.FACILITIES, "A list of places people go to: libraries, pools, halls, clubs"),
    (Target.USE, "How much a service is used: visits, loans, attendances over time"),
)
HEADERS = (
    (Headers.INDICATOR, "What is measured, such as “Inactive adults”"),
    (Headers.MEASURE, "Which measure of use, such as “Visits”"),
    (Headers.SITE, "Which site or branch"),
    (Headers.PERIOD, "Which year, quarter or month"),
)
ROLES = (
    ("", "Leave it out"),
    ("value", "The figures"),
    ("area_code", "Area code"),
    ("period", "Period"),
    ("indicator", "What is measured"),
    ("category", "Group or category"),
    ("sex", "Sex"),
    ("age", "Age"),
    ("unit", "Unit"),
    ("lower95", "Lower confidence limit"),
    ("upper95", "Upper confidence limit"),
    ("denominator", "Base or denominator"),
    ("site", "Site or branch"),
    ("name", "Name of the place"),
    ("kind", "Kind of place"),
    ("postcode", "Postcode"),
    ("lon", "Longitude"),
    ("lat", "Latitude"),
    ("operator", "Who runs it"),
    ("status", "Open or closed"),
    ("district_code", "Code of its district"),
    ("lsoa_code", "Code of its small area"),
    ("facility", "Its own reference"),
)
ASKED_AT_MOST = 80


def _line() -> forms.TextInput:
    """A box as long as a line of words."""
    return forms.TextInput(attrs={"class": "cw-input-line", "autocomplete": "off"})


class MapColumns(forms.Form):
    """One choice a column, and what no column says."""

    title = forms.CharField(
        label="What is this table called?", max_length=120, widget=_line(),
        error_messages={"required": "Enter what this table is called"},
    )
    publisher = forms.CharField(
        label="Whose figures are they?", max_length=200, widget=_line(),
        error_messages={"required": "Enter whose figures they are"},
    )
    licence = forms.CharField(
        label="Under which licence or agreement?", max_length=200, initial="Our own, not published",
        widget=_line(),
        help_text="For example Open Government Licence v3, or “Our own, not published”.",
    )
    target = forms.ChoiceField(label="What kind of table is it?", choices=TARGETS, widget=forms.RadioSelect)
    headers = forms.ChoiceField(
        label="What do the headings of the columns of figures say?", choices=HEADERS, widget=forms.RadioSelect
    )
    period = forms.CharField(
        label="Which period are the figures for, if no column says?", max_length=40, required=False,
        widget=_line(), help_text="For example 2023/24 or March 2024.",
    )
    kind = forms.CharField(
        label="What kind of place are these, if no column says?", max_length=60, required=False, widget=_line(),
        help_text="For example library or sports_hall.",
    )
    service = forms.CharField(
        label="Which service is this the use of?", max_length=60, required=False, widget=_line(),
        help_text="For example libraries.",
    )

    def __init__(self, question: Question, *args: Any, **options: Any) -> None:
        initial = {"title": question.title, "target": question.target, "headers": question.headers}
        super().__init__(*args, **{"initial": initial, **options})
        self.question = question
        for place, column in self._asked():
            self.fields[f"column_{place}"] = forms.ChoiceField(
                label=column.name, choices=ROLES, required=False, initial=column.role
            )

    def columns(self) -> list[tuple[BoundField, ColumnAsked]]:
        """Each column's choice beside what is known of it."""
        return [(self[f"column_{place}"], column) for place, column in self._asked()]

    def left_out(self) -> list[ColumnAsked]:
        """The columns about people, which never go in."""
        return [column for column in self.question.columns if column.personal]

    def answer(self) -> Answer:
        """What was said, once it is valid."""
        said = self.cleaned_data
        chosen = {column.name: said[f"column_{place}"] for place, column in self._asked()}
        beyond = {column.name: column.role for column in self.question.columns if column.name not in chosen}
        return Answer(
            target=Target(said["target"]), headers=Headers(said["headers"]), roles={**beyond, **chosen},
            given={name: said[name] for name in _GIVEN[said["target"]]}, title=said["title"],
            publisher=said["publisher"], licence=said["licence"],
        )

    def _asked(self) -> list[tuple[int, ColumnAsked]]:
        usable = [column for column in self.question.columns if not column.personal]
        return list(enumerate(usable[:ASKED_AT_MOST]))


_GIVEN = {Target.OBSERVATIONS: ("period",), Target.FACILITIES: ("kind",), Target.USE: ("period", "service")}
