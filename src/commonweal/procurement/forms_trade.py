"""The shape of what is asked to trade services: with whom, what each gives and gains, and what was given."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django import forms

from commonweal.core import clock
from commonweal.present.forms import DateField
from commonweal.procurement.actions.trading import PromiseSaid, TradeSaid
from commonweal.procurement.forms_rules import Pounds
from commonweal.procurement.models import Method


def amount(label: str) -> forms.DecimalField:
    """How much of something."""
    return forms.DecimalField(label=label, min_value=0, max_digits=10, decimal_places=2,
                              widget=forms.TextInput({"class": "govuk-input--width-5", "inputmode": "decimal"}))


class BeginTrade(forms.Form):
    """With whom, what, and from when to when."""

    title = forms.CharField(label="What is exchanged, in a few words?", max_length=120,
                            help_text="For example: rehearsal rooms for bookkeeping.")
    other = forms.ChoiceField(label="With whom?", widget=forms.RadioSelect)
    begins = DateField(label="From which day?")
    ends = DateField(label="Until which day?")
    gains = forms.CharField(label="What do you gain by it?", max_length=500,
                            help_text="The other side reads it, and says what it gains.",
                            widget=forms.Textarea({"rows": 3, "maxlength": 500}))

    def __init__(self, *args: Any, others: tuple[tuple[UUID, str], ...], **more: Any) -> None:
        super().__init__(*args, **more)
        field = self.fields["other"]
        assert isinstance(field, forms.ChoiceField)
        field.choices = [(str(key), name) for key, name in others]

    def said(self) -> TradeSaid:
        """What was told."""
        given = self.cleaned_data
        return TradeSaid(title=given["title"], other=UUID(given["other"]), begins=given["begins"],
                         ends=given["ends"], gains=given["gains"])


class PromiseThing(forms.Form):
    """One thing that one's own side gives."""

    what = forms.CharField(label="What do you give?", max_length=200)
    quantity = amount("How much?")
    unit = forms.CharField(label="Counted in", max_length=40, help_text="Hours, evenings, visits.")
    rate = Pounds(label="What is one fairly worth?")
    method = forms.ChoiceField(label="How do you know?", choices=Method.choices, widget=forms.RadioSelect)
    because = forms.CharField(label="Where does that stand?", max_length=300,
                              help_text="A price list, last year's accounts, or that both agreed, with its date.")

    def said(self) -> PromiseSaid:
        """What was told."""
        given = self.cleaned_data
        return PromiseSaid(method=Method(given["method"]), **{
            name: given[name] for name in ("what", "unit", "quantity", "rate", "because")})


class AgreeTrade(forms.Form):
    """What the other side gains."""

    gains = forms.CharField(label="What do you gain by it?", max_length=500,
                            widget=forms.Textarea({"rows": 3, "maxlength": 500}))


class WriteGiven(forms.Form):
    """How much was given, and when."""

    on = DateField(label="On which day?")
    quantity = amount("How much?")
    note = forms.CharField(label="A note, if you like", max_length=300, required=False)

    def __init__(self, *args: Any, **more: Any) -> None:
        super().__init__(*args, **more)
        self.fields["on"].initial = clock.today()


class EndTrade(forms.Form):
    """Why it ends."""

    why = forms.CharField(label="Why does it end?", max_length=300)
