"""The shape of what is asked to say whether an area changed: its counts, or several areas before and after."""

from __future__ import annotations

import re

from django import forms

MOST = 600
YES = {"yes": 1, "y": 1, "1": 1, "no": 0, "n": 0, "0": 0}


def numbers(text: str, name: str) -> tuple[float, ...]:
    """Numbers, a line or a comma each; the one that cannot be read is named."""
    found = []
    for number, word in enumerate((one for one in re.split(r"[\s;]+", text.strip()) if one), start=1):
        plain = word.strip(",").replace(",", "")
        if not re.fullmatch(r"\d{1,9}(\.\d{1,4})?", plain):
            raise forms.ValidationError(f"“{name}”: number {number} cannot be read. Write one a line.")
        found.append(float(plain))
    if len(found) > MOST:
        raise forms.ValidationError(f"“{name}” may have {MOST} numbers at most.")
    return tuple(found)


class SeriesForm(forms.Form):
    """One area over time, and when something began."""

    counts = forms.CharField(
        label="How many in each period? Oldest first, one a line", max_length=8000,
        widget=forms.Textarea(attrs={"rows": 8}), help_text="Such as falls treated, calls, or loans each month.")
    people = forms.IntegerField(label="How many people live in the area?", min_value=1, max_value=100_000_000)
    began = forms.IntegerField(label="With which period did it begin?", min_value=2, max_value=MOST,
                               help_text="37 means that the first 36 were before.")
    reached = forms.IntegerField(label="How many people of the area did it reach?", min_value=0,
                                 max_value=100_000_000)
    in_year = forms.TypedChoiceField(
        label="A period is", coerce=int, initial=12, widget=forms.RadioSelect,
        choices=[(12, "A month"), (4, "A quarter"), (1, "A year")])

    def clean_counts(self) -> tuple[float, ...]:
        """The counts."""
        return numbers(self.cleaned_data["counts"], "How many in each period")


class AreasForm(forms.Form):
    """Several areas, before and after, some of them reached."""

    areas = forms.CharField(
        label="An area a line: before, after, and whether it was reached", max_length=8000,
        widget=forms.Textarea(attrs={"rows": 6}), help_text="Such as 20.4, 21.0, yes")

    def clean_areas(self) -> tuple[tuple[float, float, int], ...]:
        """Before, after, reached; the line that cannot be read is named."""
        lines = [line for line in self.cleaned_data["areas"].splitlines() if line.strip()]
        if len(lines) > MOST:
            raise forms.ValidationError(f"Give {MOST} areas at most.")
        return tuple(_area(number, line) for number, line in enumerate(lines, start=1))


def _area(number: int, line: str) -> tuple[float, float, int]:
    parts = [part.strip().casefold() for part in re.split(r"[,;\t]", line)]
    try:
        before, after, reached = parts
        return _decimal(before), _decimal(after), YES[reached]
    except (ValueError, KeyError) as wrong:
        words = "Write before, after and yes or no, such as 20.4, 21.0, yes."
        raise forms.ValidationError(f"Line {number} cannot be read. {words}") from wrong


def _decimal(text: str) -> float:
    if not re.fullmatch(r"-?\d{1,9}(\.\d{1,6})?", text):
        raise ValueError(text)
    return float(text)
