"""Questions by which options are set beside one another in pounds."""

from __future__ import annotations

from typing import Any

from django import forms

from commonweal.options.money_content import line_kinds, named
from commonweal.policy.green_book import green_book
from commonweal.present.forms import Affixed, Hinted

NARROW = {"class": "govuk-input--width-5", "inputmode": "numeric"}


def pounds_field(
    label: str, *, required: bool = True, help_text: str = "", below: bool = False
) -> forms.DecimalField:
    """A sum in pounds, 0 or more unless it may lie below."""
    return forms.DecimalField(
        label=label,
        required=required,
        help_text=help_text,
        max_digits=13,
        decimal_places=2,
        min_value=None if below else 0,
        widget=Affixed({"class": "govuk-input--width-10", "inputmode": "decimal"}, prefix="£"),
    )


def share_field(label: str, *, required: bool = True, help_text: str = "", top: int = 100) -> forms.IntegerField:
    """A share in per cent."""
    return forms.IntegerField(
        label=label,
        required=required,
        help_text=help_text,
        min_value=0,
        max_value=top,
        widget=Affixed({"class": "govuk-input--width-3", "inputmode": "numeric"}, suffix="%"),
    )


def number_field(
    label: str, *, low: int, high: int, required: bool = True, help_text: str = ""
) -> forms.IntegerField:
    """A whole number between two ends."""
    return forms.IntegerField(
        label=label,
        required=required,
        help_text=help_text,
        min_value=low,
        max_value=high,
        widget=forms.TextInput(NARROW),
    )


class SheetForm(forms.Form):
    """What holds for all options of a sheet."""

    title = forms.CharField(
        label="What is being decided?", max_length=120, help_text="For example: How our leisure centres are run."
    )
    years = number_field(
        "Over how many years?", low=1, high=60, help_text="As long as the longest option lasts. 10 or 15 is usual."
    )
    price_year = number_field(
        "In which year's prices?",
        low=2000,
        high=2100,
        help_text="All sums in the prices of one year, without inflation.",
    )
    edition = forms.ChoiceField(label="By which edition of the Green Book?")
    income_middle = pounds_field(
        "Income of the middle household",
        required=False,
        help_text="Leave all three incomes empty if you do not weigh who gains.",
    )
    income_in_need = pounds_field("Income where need is greatest", required=False)
    income_others = pounds_field("Income of everybody else", required=False)

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        field = self.fields["edition"]
        assert isinstance(field, forms.ChoiceField)
        book = green_book()
        field.choices = [(one.key, f"{one.title}{_warned(one.warning)}") for one in reversed(book.editions)]
        field.initial = book.current


def _warned(warning: str) -> str:
    return f" ({warning})" if warning else ""


class OptionForm(forms.Form):
    """An option of a sheet."""

    title = forms.CharField(
        label="What is the option?", max_length=120, help_text="For example: A charitable trust for ten years."
    )
    baseline = forms.BooleanField(label="This is what happens if nothing is changed", required=False)


class LineForm(forms.Form):
    """A cost or a benefit."""

    kind = forms.ChoiceField(label="What kind of line is it?", widget=forms.RadioSelect)
    title = forms.CharField(label="What is it?", max_length=120)
    pounds = pounds_field("Pounds a year", required=False, help_text="Leave empty for wellbeing.")
    first = number_field("From year", low=0, high=60, help_text="Year 0 is now.")
    last = number_field("To year", low=0, high=60)
    vat = forms.ChoiceField(label="VAT", initial="excluded")
    optimism = forms.ChoiceField(
        label="Allowance for optimism",
        initial="none",
        help_text=("How much such work has cost too little in the plan elsewhere. Only for costs."),
    )
    mitigated = share_field("Of that risk, already put right", required=False)
    to_need = share_field(
        "Benefit that reaches people where need is greatest",
        required=False,
        help_text="People in the fifth of neighbourhoods where need is greatest.",
    )
    points = forms.DecimalField(
        label="Wellbeing only: points of life satisfaction that were measured",
        required=False,
        max_digits=4,
        decimal_places=2,
        min_value=-10,
        max_value=10,
        widget=forms.TextInput(NARROW),
    )
    people = number_field("Wellbeing only: people in whom it was measured", low=1, high=10_000_000, required=False)
    source = forms.CharField(label="Where is the figure from?", max_length=300)

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        kinds = [
            (one.key, Hinted(one.title, " ".join(part for part in (one.help, one.verification) if part)))
            for one in line_kinds().values()
        ]
        allowances = [
            (one.key, f"{one.title} ({one.upper:g}%)" if one.upper else one.title) for one in green_book().optimism
        ]
        for name, choices in (
            ("kind", kinds),
            ("optimism", allowances),
            ("vat", [(one.key, one.title) for one in named("money", "vat")]),
        ):
            field = self.fields[name]
            assert isinstance(field, forms.ChoiceField)
            field.choices = choices
