"""The shape of the questions about neighbourhoods and their money."""

from __future__ import annotations

from typing import Any

from django import forms

from commonweal.core.actions.neighbourhoods import Budget
from commonweal.core.models import VatBasis
from commonweal.core.queries.neighbourhoods import PlaceToDivide
from commonweal.core.queries.partnerships import PartnershipView

NOBODY = ("", "Nobody yet")


class ChangeNeighbourhood(forms.Form):
    """What is it called, and who speaks for it?"""

    name = forms.CharField(label="What is it called?", max_length=200)
    speaker = forms.ChoiceField(
        label="Which organisation speaks for it?", required=False, widget=forms.RadioSelect,
        help_text="A town council or a forum, for example. Its seat here is the neighbourhood's say.",
    )

    def __init__(self, view: PartnershipView, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        field = self.fields["speaker"]
        assert isinstance(field, forms.ChoiceField)
        field.choices = [*((str(seat.id), seat.name) for seat in view.seats), NOBODY]


class AddNeighbourhood(ChangeNeighbourhood):
    """And which wards is it?"""

    wards = forms.MultipleChoiceField(label="Which wards are in it?", widget=forms.CheckboxSelectMultiple)
    field_order = ("name", "wards", "speaker")

    def __init__(self, view: PartnershipView, place: PlaceToDivide, *args: Any, **options: Any) -> None:
        super().__init__(view, *args, **options)
        field = self.fields["wards"]
        assert isinstance(field, forms.MultipleChoiceField)
        field.choices = list(place.free)


class BudgetForm(forms.Form):
    """How much, in which year, and who decided so?"""

    year = forms.CharField(
        label="Financial year", max_length=7, help_text="For example 2026-27",
        widget=forms.TextInput(attrs={"class": "govuk-input--width-5"}),
    )
    pounds = forms.DecimalField(
        label="Amount in pounds", min_value=0, max_digits=14, decimal_places=2,
        widget=forms.TextInput(attrs={"inputmode": "decimal", "class": "govuk-input--width-10"}),
    )
    vat = forms.ChoiceField(
        label="VAT", choices=VatBasis.choices, widget=forms.RadioSelect, initial=VatBasis.OUTSIDE
    )
    source = forms.CharField(
        label="Who decided this, and when?", max_length=300, help_text="For example: cabinet, 12 February 2026",
    )

    def budget(self) -> Budget:
        """The answer, as the action takes it."""
        said = self.cleaned_data
        return Budget(said["year"], said["pounds"], said["source"], VatBasis(said["vat"]))
