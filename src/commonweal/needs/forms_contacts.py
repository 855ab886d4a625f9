"""The shape of what is asked when somebody is named to keep in touch, and when a contact is logged."""

from __future__ import annotations

from typing import Any

from django import forms

from commonweal.core import clock
from commonweal.needs.contacts_content import intervals
from commonweal.present.forms import DateField


class NameContact(forms.Form):
    """Who, how often, and whom they speak to."""

    activity = "contacts"
    keeper = forms.ChoiceField(label="Who keeps in touch?", help_text="Somebody senior who can speak for you.")
    every_weeks = forms.TypedChoiceField(label="How often, at least?", coerce=int)
    speaks_to = forms.CharField(label="Whom do they speak to there? (optional)", max_length=120, required=False,
                                help_text="A name or a post. For example: Chief executive.")

    def __init__(self, keepers: tuple[tuple[str, str], ...], *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        keeper, weeks = self.fields["keeper"], self.fields["every_weeks"]
        assert isinstance(keeper, forms.ChoiceField)
        assert isinstance(weeks, forms.ChoiceField)
        keeper.choices = [("", "Choose somebody"), *keepers]
        weeks.choices = [(one.weeks, one.title) for one in intervals()]


class LogContact(forms.Form):
    """With whom, one line, and when; the rest may stay as it is."""

    activity = "contacts"
    with_whom = forms.CharField(label="With whom?", max_length=120)
    said = forms.CharField(label="What was said, in one line", max_length=200)
    day = DateField(label="When?", initial=clock.today)
    next_step = forms.CharField(label="Next step (optional)", max_length=200, required=False)
    next_by = DateField(label="By when? (optional)", required=False)
