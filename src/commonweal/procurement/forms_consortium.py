"""The shape of what teams are asked for, and of an organisation's answer."""

from __future__ import annotations

import re
from decimal import Decimal
from typing import Any
from uuid import UUID

from django import forms

from commonweal.present.forms import Affixed
from commonweal.procurement.actions.consortium import BriefSaid, Cell, WillingSaid
from commonweal.procurement.queries.consortium import BriefCard

_LINE = re.compile(r"^(.*?)(?:\s+for\s+(.*?))?\s*:\s*(\d{1,5}(?:\.\d{1,2})?)$", re.IGNORECASE)


def _area(rows: int, longest: int) -> forms.Textarea:
    return forms.Textarea({"rows": rows, "maxlength": longest})


def _lines(text: str) -> list[str]:
    given = text.replace("\x00", "").splitlines()
    return list(dict.fromkeys(" ".join(one.split()) for one in given if one.strip()))


class WriteBrief(forms.Form):
    """What is needed, where, and the limits that keep partners safe."""

    things = forms.CharField(
        label="What is needed, for whom, how many hours a week in each place?", max_length=8000,
        widget=_area(5, 8000), help_text="One a line: weekly dance for girls of 11 to 16: 6")
    areas = forms.CharField(label="In which places?", max_length=4000, widget=_area(4, 4000),
                            help_text="One a line: wards, towns or estates.")
    standards = forms.CharField(label="What must each partner hold?", max_length=600, required=False,
                                widget=_area(2, 600), help_text="One a line, in a word: safeguarding, liability.")
    partners = forms.IntegerField(label="At most how many partners?", required=False, min_value=1, max_value=100)
    exposure = forms.IntegerField(
        label="How much of its turnover may a partner earn by it?", min_value=1, max_value=100, initial=50,
        widget=Affixed(suffix="%"), help_text="Half is a common limit: more, and losing the work could close it.")
    joining = forms.DecimalField(
        label="What does one more partner cost a year to work with?", min_value=0, max_digits=8, decimal_places=2,
        initial=500, widget=Affixed(prefix="£"), help_text="Meetings, returns, checks. It keeps teams small.")
    weeks = forms.IntegerField(label="How many weeks a year does it run?", min_value=1, max_value=52, initial=40)
    arrears = forms.IntegerField(label="How many months pass before the first invoice?", min_value=0, max_value=12,
                                 initial=3, help_text="Nought where it is paid in advance.")
    lead_turnover = forms.DecimalField(
        label="How large must the lead body be, in turnover?", required=False, min_value=0, max_digits=14,
        decimal_places=2, widget=Affixed(prefix="£"), help_text="Leave it empty unless you can say why.")

    def clean_things(self) -> list[tuple[str, str, Decimal]]:
        """Each line as what, for whom and hours."""
        found = []
        for line in _lines(self.cleaned_data["things"]):
            match = _LINE.match(line)
            if match is None or not match[1] or not Decimal(match[3]):
                raise forms.ValidationError(f"“{line[:60]}”: write what, for whom, a colon and the hours a week.")
            if max(len(match[1]), len(match[2] or "")) > 120:
                raise forms.ValidationError(f"“{line[:60]}” is too long: 120 letters for what, and for whom.")
            found.append((match[1], match[2] or "", Decimal(match[3])))
        return found

    def clean_areas(self) -> list[str]:
        """Each place."""
        found = _lines(self.cleaned_data["areas"])
        if any(len(one) > 120 for one in found):
            raise forms.ValidationError("Keep the name of each place to 120 letters.")
        return found

    def said(self) -> BriefSaid:
        """As the action takes it."""
        given = self.cleaned_data
        cells = tuple(Cell(capability=what, group=group, area=area, hours=hours)
                      for what, group, hours in given["things"] for area in given["areas"])
        return BriefSaid(
            cells=cells, standards=tuple(_lines(given["standards"])), exposure=Decimal(given["exposure"]) / 100,
            **{name: given[name] for name in ("partners", "joining", "weeks", "arrears", "lead_turnover")})


class SayWilling(forms.Form):
    """What one could do, where, how much and at what price."""

    things = forms.MultipleChoiceField(label="What could you do?", widget=forms.CheckboxSelectMultiple)
    areas = forms.MultipleChoiceField(label="Where?", widget=forms.CheckboxSelectMultiple)
    hours = forms.DecimalField(label="How many hours a week could you do in all?", min_value=Decimal("0.5"),
                               max_digits=8, decimal_places=2)
    price = forms.DecimalField(label="What would an hour cost, all in?", min_value=0, max_digits=8,
                               decimal_places=2, widget=Affixed(prefix="£"))
    turnover = forms.DecimalField(label="Money in last year", min_value=0, max_digits=14, decimal_places=2,
                                  widget=Affixed(prefix="£"), help_text="It keeps you from taking on too much.")
    leads = forms.BooleanField(label="We could be the lead body: sign, pay partners, answer for the whole",
                               required=False)
    conflict = forms.CharField(
        label="Have you advised whoever commissions this, or is there another conflict?", max_length=300,
        required=False, help_text="Leave it empty if there is none. With one, you are in no team.")

    def __init__(self, *args: Any, card: BriefCard, **more: Any) -> None:
        super().__init__(*args, **more)
        self.card = card
        for name, choices in (("things", card.things), ("areas", card.areas)):
            field = self.fields[name]
            assert isinstance(field, forms.MultipleChoiceField)
            field.choices = [(one, one) for one in choices]

    def said(self) -> WillingSaid:
        """As the action takes it: every chosen thing in every chosen place."""
        given = self.cleaned_data
        lines: tuple[UUID, ...] = tuple(one.id for one in self.card.lines
                                        if one.what in given["things"] and one.area in given["areas"])
        return WillingSaid(lines=lines, **{name: given[name] for name in (
            "hours", "price", "turnover", "leads", "conflict")})
