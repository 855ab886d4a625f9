"""The shape of what is asked when an agreement is entered in the register."""

from __future__ import annotations

import re
from decimal import Decimal, InvalidOperation
from typing import Any

from django import forms

from commonweal.options.actions.agreements import AgreementSaid
from commonweal.options.forms_appraisal import chosen
from commonweal.options.money_content import named
from commonweal.policy.delivery_vehicles import catalogue
from commonweal.policy.procurement_law import regimes
from commonweal.present.forms import DateField

LIMIT = Decimal("1e11")


class AgreementForm(forms.Form):
    """One agreement. Years are given a line each, as 2026-27: 640,000."""

    title = forms.CharField(label="What is it called?", max_length=120)
    service = forms.ChoiceField(label="For which service?")
    form = forms.ChoiceField(label="What is it?", widget=forms.RadioSelect)
    pays = forms.CharField(label="Who pays or grants?", max_length=400,
                           help_text="Organisations, with a semicolon between them.")
    delivers = forms.CharField(label="Who delivers?", max_length=400)
    begins = DateField(label="From which day?")
    ends = DateField(label="To which day?", required=False, help_text="Leave empty where it has no end.")
    years = forms.CharField(
        label="What is paid in each year?", max_length=2000,
        widget=forms.Textarea(attrs={"rows": 4, "maxlength": 2000}),
        help_text="A line a year, such as 2026-27: 640,000")
    vat = forms.ChoiceField(label="VAT", initial="excluded")
    regime = forms.ChoiceField(label="Under which law was it made?", required=False)
    source = forms.CharField(label="Where is this from?", max_length=300)

    def __init__(self, *args: Any, **more: Any) -> None:
        super().__init__(*args, **more)
        chosen(self, "service", [(one.key, one.title) for one in catalogue().services])
        chosen(self, "form", [(one.key, one.title) for one in named("agreements", "forms")])
        chosen(self, "vat", [(one.key, one.title) for one in named("money", "vat")])
        chosen(self, "regime", [("", "Not known, or none"), *((one.key, one.title) for one in regimes())])

    def clean_years(self) -> tuple[tuple[str, Decimal], ...]:
        """Years and pounds; the line that cannot be read is named."""
        lines = [line for line in self.cleaned_data["years"].splitlines() if line.strip()]
        return tuple(_year(number, line) for number, line in enumerate(lines, start=1))

    def said(self) -> AgreementSaid:
        """As the action takes it."""
        given = dict(self.cleaned_data)
        parties = tuple(
            (name.strip(), part) for part in ("pays", "delivers") for name in given.pop(part).split(";")
            if name.strip()
        )
        return AgreementSaid(**given, parties=parties)


def _year(number: int, line: str) -> tuple[str, Decimal]:
    found = re.match(r"^\s*(\d{4})\s*[-/–]\s*(?:20)?(\d{2})\s*[:;,\t ]\s*£?\s*([\d,]+(?:\.\d{1,2})?)\s*$", line)
    try:
        if found is None:
            raise InvalidOperation
        pounds = Decimal(found[3].replace(",", ""))
    except InvalidOperation as wrong:
        raise forms.ValidationError(
            f"Line {number} cannot be read. Write a year and pounds, such as 2026-27: 640,000."
        ) from wrong
    if pounds >= LIMIT:
        raise forms.ValidationError(f"Line {number} is more than a hundred thousand million pounds.")
    return f"{found[1]}-{found[2]}", pounds
