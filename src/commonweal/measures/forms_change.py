"""Scores before and after as people paste them: one person a line, nothing kept."""

from __future__ import annotations

import re
from typing import Any

from django import forms

from commonweal.measures.actions.change import ChangeSaid
from commonweal.measures.instrument_packs import instruments_here
from commonweal.policy.instruments import Instrument
from commonweal.present.forms import DateField

MOST_PEOPLE = 5_000
NUMBER = re.compile(r"-?\d{1,9}(?:\.\d{1,6})?")


class ChangeForm(forms.Form):
    """An instrument, the pairs, and how people came to be there."""

    instrument = forms.ChoiceField(
        label="What was measured?", widget=forms.RadioSelect,
        choices=lambda: [(one.key, one.title) for one in instruments_here().all],
        error_messages={"required": "Choose what was measured"},
    )
    pairs = forms.CharField(
        label="Scores before and after", widget=forms.Textarea(attrs={"rows": 10}), max_length=200_000,
        help_text="One person a line: before, then after, such as 19, 22. Copy two columns from a spreadsheet. No "
                  "names: nothing is kept.",
        error_messages={"required": "Give the scores, one person a line"},
    )
    began = forms.IntegerField(
        label="How many people began?", min_value=1, max_value=1_000_000, required=False,
        help_text="With those who were not measured again.",
    )
    chosen = forms.ChoiceField(
        label="Did people come because they scored badly, or were in need?", widget=forms.RadioSelect,
        choices=(("yes", "Yes"), ("no", "No"), ("", "Not known")), required=False,
    )

    def clean_pairs(self) -> tuple[tuple[float, float], ...]:
        """Every line as two numbers within the scale, or what is wrong with the first few lines."""
        found, wrong = [], []
        lines = [(at, line.strip()) for at, line in enumerate(self.cleaned_data["pairs"].splitlines(), start=1)]
        for at, line in ((at, line) for at, line in lines if line):
            cells = [cell for cell in re.split(r"[,;\t ]+", line) if cell]
            if at == 1 and not any(NUMBER.fullmatch(cell) for cell in cells):
                continue  # the headings of two columns
            told = self._wrong(cells)
            if told:
                wrong.append(f"Line {at}: {told}")
            else:
                found.append((float(cells[0]), float(cells[1])))
        if wrong:
            more = [f"and {len(wrong) - 5} more lines"] if len(wrong) > 5 else []
            raise forms.ValidationError([*wrong[:5], *more])
        if not found:
            raise forms.ValidationError("Give the scores, one person a line")
        if len(found) > MOST_PEOPLE:
            raise forms.ValidationError(f"Give {MOST_PEOPLE:,} people at most")
        return tuple(found)

    def clean(self) -> dict[str, Any]:
        """Whoever was measured twice had begun."""
        data = super().clean() or self.cleaned_data
        pairs, began = data.get("pairs"), data.get("began")
        if pairs and began is not None and began < len(pairs):
            self.add_error("began", f"{len(pairs)} people were measured twice, so at least as many began")
        return data

    def _wrong(self, cells: list[str]) -> str:
        if len(cells) != 2:
            return f"give two numbers; this has {len(cells)}"
        if not all(NUMBER.fullmatch(cell) for cell in cells):
            return "give two numbers, such as 19, 22"
        said = self._instrument()
        if said is None:
            return ""
        for cell in cells:
            value = float(cell)
            if not said.low <= value <= said.high:
                return f"{cell} is not from {said.low:g} to {said.high:g}"
            if said.whole and value != int(value):
                return f"{cell} must be a whole number"
        return ""

    def _instrument(self) -> Instrument | None:
        key = self.cleaned_data.get("instrument")
        return instruments_here().find(key) if key else None


class KeepChangeForm(ChangeForm):
    """The same, between two days, to be kept in sums with an agreement."""

    first = DateField(label="When was the first of them asked before?")
    last = DateField(label="When was the last of them asked after?")
    licence = forms.CharField(
        label="Your licence for the scale, where it takes one", max_length=120, required=False,
        help_text="Its number, or who holds it.")

    def __init__(self, *args: Any, **more: Any) -> None:
        super().__init__(*args, **more)
        self.fields["pairs"].help_text = (
            "One person a line: before, then after, such as 19, 22. Copy two columns from a spreadsheet. No "
            "names: the scores themselves are let go.")

    field_order = ("instrument", "first", "last", "pairs", "began", "chosen", "licence")

    def said(self) -> ChangeSaid:
        """As the action takes it."""
        return ChangeSaid(**self.cleaned_data)


class BeforeForm(forms.Form):
    """How many people could be measured."""

    people = forms.IntegerField(label="How many people could you measure twice?", min_value=2, max_value=1_000_000)
