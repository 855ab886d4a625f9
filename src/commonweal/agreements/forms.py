"""The shape of what is asked of an agreement: what it answers, and how it is known to work."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import date
from decimal import Decimal
from typing import Any
from uuid import UUID

from django import forms

from commonweal.agreements.actions.measures import MeasureSaid, TargetSaid
from commonweal.agreements.models import Adds, Better, Every, Measure, MeasureKind
from commonweal.options.forms_appraisal import Offered, chosen

NONE = ("", "None of these")
LINE = re.compile(r"^\s*(\d{4})\s*[-/–]\s*(?:20)?(\d{2})\s*[:;,\t ]\s*(\d[\d,]{0,13}(?:\.\d{1,4})?)\s*$")
FIRST, LAST = 1990, 2100


class AnswersForm(forms.Form):
    """Which needs and outcomes it answers."""

    needs = forms.MultipleChoiceField(label="Which needs does it answer?", required=False,
                                      widget=forms.CheckboxSelectMultiple)
    outcomes = forms.MultipleChoiceField(label="Which outcomes should it bring about?", required=False,
                                         widget=forms.CheckboxSelectMultiple)

    def __init__(self, *args: Any, needs: Offered, outcomes: Offered, **more: Any) -> None:
        super().__init__(*args, **more)
        for name, offered in (("needs", needs), ("outcomes", outcomes)):
            if offered:
                chosen(self, name, offered)
            else:
                del self.fields[name]

    def told(self, name: str) -> tuple[UUID, ...]:
        """The identities that were ticked."""
        return tuple(map(UUID, self.cleaned_data.get(name, ())))


class MeasureForm(forms.Form):
    """One measure. Targets are given a line each, as 2026-27: 120."""

    title = forms.CharField(label="What is it called?", max_length=120, help_text="For example: Girls who dance.")
    what = forms.CharField(label="What exactly is counted or asked?", max_length=500,
                           widget=forms.Textarea(attrs={"rows": 3, "maxlength": 500}))
    unit = forms.CharField(label="In which unit?", max_length=60, help_text="Such as girls, visits or per cent.")
    kind = forms.ChoiceField(label="What does it tell?", choices=MeasureKind.choices, widget=forms.RadioSelect)
    adds = forms.ChoiceField(label="How do two months or two sites go together?", choices=Adds.choices,
                             widget=forms.RadioSelect)
    every = forms.ChoiceField(label="How often is it told?", choices=Every.choices)
    better = forms.ChoiceField(label="Which way is better?", choices=Better.choices, initial=Better.MORE)
    need = forms.ChoiceField(label="Which need does it answer?", required=False)
    outcome = forms.ChoiceField(label="Which outcome does it answer?", required=False)
    targets = forms.CharField(
        label="What should it come to? (optional)", required=False, max_length=2000,
        widget=forms.Textarea(attrs={"rows": 3, "maxlength": 2000}),
        help_text="A line a financial year, such as 2026-27: 120")

    def __init__(self, *args: Any, needs: Offered, outcomes: Offered, **more: Any) -> None:
        super().__init__(*args, **more)
        chosen(self, "need", [NONE, *needs])
        chosen(self, "outcome", [NONE, *outcomes])

    def clean_targets(self) -> tuple[TargetSaid, ...]:
        """Years and targets; the line that cannot be read is named."""
        lines = [line for line in self.cleaned_data["targets"].splitlines() if line.strip()]
        return tuple(_target(number, line) for number, line in enumerate(lines, start=1))

    def said(self) -> MeasureSaid:
        """As the action takes it."""
        given = dict(self.cleaned_data)
        need, outcome = given.pop("need"), given.pop("outcome")
        return MeasureSaid(**given, need=UUID(need) if need else None, outcome=UUID(outcome) if outcome else None)


class DropForm(forms.Form):
    """Why a measure goes."""

    because = forms.CharField(label="Why does it go?", max_length=500,
                              help_text="For example: it answers no need, and nobody reads it.")


def measure_as_typed(row: Measure) -> dict[str, object]:
    """What a form begins with."""
    lines = "\n".join(f"{one.start.year}-{(one.start.year + 1) % 100:02}: {one.target.normalize():f}"
                      for one in row.targets.all() if whole_year(one.start, one.end))
    return {
        "title": row.title, "what": row.what, "unit": row.unit, "kind": row.kind, "adds": row.adds,
        "every": row.every, "better": row.better, "targets": lines,
        "need": str(row.need.identity_id) if row.need else "",
        "outcome": str(row.outcome.identity_id) if row.outcome else "",
    }


def whole_year(start: date, end: date) -> bool:
    """Whether it is one financial year."""
    return (start.month, start.day) == (4, 1) and end == date(start.year + 1, 4, 1)


def put_right(row: Measure, said: MeasureSaid) -> MeasureSaid:
    """What was typed, with what the form does not ask: baseline, clause, and targets of other periods."""
    others = tuple(TargetSaid(start=one.start, end=one.end, target=one.target)
                   for one in row.targets.all() if not whole_year(one.start, one.end))
    return replace(said, baseline=row.baseline, baseline_on=row.baseline_on, clause=row.clause_id,
                   baseline_source=row.baseline_source, targets=(*said.targets, *others))


def _target(number: int, line: str) -> TargetSaid:
    found = LINE.match(line)
    year = int(found[1]) if found else 0
    if found is None or not FIRST <= year <= LAST or (year + 1) % 100 != int(found[2]):
        raise forms.ValidationError(
            f"Line {number} cannot be read. Write a year and a number, such as 2026-27: 120.")
    return TargetSaid(start=date(year, 4, 1), end=date(year + 1, 4, 1), target=Decimal(found[3].replace(",", "")))
