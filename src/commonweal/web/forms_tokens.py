"""What is asked of whoever makes a token for a program."""

from __future__ import annotations

from django import forms

from commonweal.core.actions.tokens import DAYS
from commonweal.core.models import ExportEvery, TokenScope


class TokenForm(forms.Form):
    """Which program, what it may do, and for how long."""

    name = forms.CharField(label="Which program is it for?", max_length=80,
                           help_text="Such as: bookings at the pool.")
    scopes = forms.MultipleChoiceField(
        label="What may it do?", choices=TokenScope.choices, widget=forms.CheckboxSelectMultiple,
        help_text="In this partnership alone, and never more than you may yourself.")
    days = forms.TypedChoiceField(label="How long?", choices=[(one, f"{one} days") for one in DAYS], coerce=int,
                                  initial=DAYS[1], widget=forms.RadioSelect)
    every = forms.ChoiceField(
        label="Shall a file be made for it, too?", required=False, widget=forms.RadioSelect,
        choices=[("", "No, it asks for what it wants"), *ExportEvery.choices],
        help_text="Everything you may see here, in one file for the program to fetch. Nobody else can.")
