"""The shape of the question about paid time."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django import forms

from commonweal.core.actions.paid_time import Time
from commonweal.core.models import VatBasis
from commonweal.present.forms import DateField

Parties = tuple[tuple[UUID, str], ...]


class PaidTimeForm(forms.Form):
    """Whose time, who pays, how much, when?"""

    organisation = forms.ChoiceField(label="Whose time is it?", widget=forms.RadioSelect)
    payer = forms.ChoiceField(label="Who pays for it?", widget=forms.RadioSelect)
    purpose = forms.CharField(
        label="What is it for?", max_length=200, help_text="For example: taking part in the board. No names.",
    )
    hours = forms.DecimalField(
        label="Hours", min_value=0, max_digits=8, decimal_places=2,
        widget=forms.TextInput(attrs={"inputmode": "decimal", "class": "govuk-input--width-5"}),
    )
    rate = forms.DecimalField(
        label="Pounds an hour", min_value=0, max_digits=8, decimal_places=2,
        widget=forms.TextInput(attrs={"inputmode": "decimal", "class": "govuk-input--width-5"}),
    )
    vat = forms.ChoiceField(
        label="VAT", choices=VatBasis.choices, widget=forms.RadioSelect, initial=VatBasis.OUTSIDE
    )
    first = DateField(label="First day")
    last = DateField(label="Last day", help_text="In the same financial year: up to 31 March.")

    def __init__(self, voluntary: Parties, everybody: Parties, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        for name, choices in (("organisation", voluntary), ("payer", everybody)):
            field = self.fields[name]
            assert isinstance(field, forms.ChoiceField)
            field.choices = [(str(pk), called) for pk, called in choices]

    def time(self) -> Time:
        """The answer, as the action takes it."""
        said = self.cleaned_data
        return Time(
            said["purpose"], said["hours"], said["rate"], said["first"], said["last"], VatBasis(said["vat"])
        )
