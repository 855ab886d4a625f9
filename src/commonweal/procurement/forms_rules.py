"""The questions that find the rules, drawn from the law's own list of them."""

from __future__ import annotations

import re
from decimal import Decimal
from typing import Any

from django import forms

from commonweal.core import clock
from commonweal.policy.procurement_facts import Facts, Question, questions
from commonweal.present.forms import Affixed, DateField, Hinted

YES_NO = (("", "Not known yet"), ("yes", "Yes"), ("no", "No"))
MAYBE = {"yes": True, "no": False}
LISTED = ("buyer", "nation", "ground", "reserve")   # drawn as a list to choose from, because one answer is usual
USUAL = {"buyer": "sub-central", "nation": "england"}


PLAIN_AMOUNT = re.compile(r"-?(\d{1,3}(,\d{3})+|\d+)(\.\d*)?")


class Pounds(forms.DecimalField):
    """An amount of money as people type it: £900,000 or 900 000; 1e5 and 1,5 are refused."""

    def __init__(self, **options: Any) -> None:
        narrow = {"class": "govuk-input--width-10", "inputmode": "decimal"}
        words = {"invalid": "This must be a number of pounds in figures, such as 18000 or 18,000.50"}
        super().__init__(min_value=0, max_digits=14, decimal_places=2, widget=Affixed(narrow, prefix="£"),
                         error_messages=words, **options)

    def to_python(self, value: Any) -> Any:
        """Without the mark and the commas that people put in."""
        if not isinstance(value, str):
            return super().to_python(value)
        typed = "".join(value.replace("£", "").split())
        if typed and not PLAIN_AMOUNT.fullmatch(typed):
            raise forms.ValidationError(self.error_messages["invalid"], code="invalid")
        return super().to_python(typed.replace(",", ""))


class AskRules(forms.Form):
    """Every question; nothing is compulsory, because what is missing is asked for with the answer."""

    def __init__(self, *args: Any, **more: Any) -> None:
        super().__init__(*args, **more)
        for one in questions():
            self.fields[one.key] = _field(one)
            self.fields[one.key].initial = USUAL.get(one.key)
        self.fields["begun"].initial = clock.today()

    @property
    def first(self) -> list[forms.BoundField]:
        """The questions without which nothing can be said."""
        return [self[one.key] for one in questions() if one.needed]

    @property
    def more(self) -> list[forms.BoundField]:
        """The others."""
        return [self[one.key] for one in questions() if not one.needed]

    def facts(self) -> Facts:
        """What was told; an answer that cannot be read is left untold."""
        given = self.cleaned_data
        told = {one.key: _told(one, given.get(one.key)) for one in questions()}
        return Facts(**{key: value for key, value in told.items() if value is not None})


def _field(one: Question) -> forms.Field:
    words: dict[str, Any] = {"label": one.label, "help_text": one.hint, "required": False}
    if one.kind == "money":
        return Pounds(**words)
    if one.kind == "number":
        widget = forms.TextInput({"class": "govuk-input--width-3", "inputmode": "decimal"})
        return forms.DecimalField(min_value=0, max_digits=5, decimal_places=2, widget=widget,
                                  error_messages={"invalid": "This must be a number of years, such as 5"}, **words)
    if one.kind == "date":
        return DateField(**words)
    if one.kind == "yes-no":
        return forms.ChoiceField(choices=YES_NO, widget=forms.RadioSelect(), **words)
    choices = [(each.value, Hinted(each.label, each.hint)) for each in one.choices]
    drawn = forms.Select() if one.key in LISTED else forms.RadioSelect()
    return forms.ChoiceField(choices=choices, widget=drawn, **words)


def _told(one: Question, value: Any) -> Any:
    if one.kind == "yes-no":
        return MAYBE.get(value or "")
    if one.key == "vat_rate":
        return Decimal(value) if value else None
    return None if value == "" and one.needed else value
