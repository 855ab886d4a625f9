"""The shape of the questions about organisations and their seats."""

from __future__ import annotations

from typing import Any

from django import forms

from commonweal.core import clock
from commonweal.core.models import OrganisationKind, SeatChangeKind
from commonweal.core.queries.organisations import OrganisationPage
from commonweal.present.forms import DateField, Hinted

SIGNS = "It signs off what the partnership agrees"


class FindOrganisation(forms.Form):
    """Which organisation?"""

    q = forms.CharField(
        label="Name, or its charity or company number", max_length=300,
        widget=forms.TextInput(attrs={"autocomplete": "off", "spellcheck": "false"}),
    )


class NewOrganisationForm(forms.Form):
    """An organisation that nobody entered yet."""

    name = forms.CharField(
        label="Its full name", max_length=300, widget=forms.TextInput(attrs={"autocomplete": "off"})
    )
    kind = forms.ChoiceField(
        label="What sort of organisation is it?", choices=OrganisationKind.choices, widget=forms.RadioSelect
    )
    signs_off = forms.BooleanField(label=SIGNS, required=False)


class ChangeSeat(forms.Form):
    """What changes, when and why?"""

    what = forms.ChoiceField(label="What changes?", widget=forms.RadioSelect)
    day = DateField(
        label="From which day?", initial=clock.today,
        help_text="Today or a day to come. An earlier day is written down, and takes effect now.",
    )
    reason = forms.CharField(
        label="Why?", max_length=500, help_text="Everybody in the partnership can read this.",
        widget=forms.Textarea(attrs={"rows": 3, "maxlength": 500}),
    )

    def __init__(self, page: OrganisationPage, *args: Any, own: bool, **options: Any) -> None:
        super().__init__(*args, **options)
        field = self.fields["what"]
        assert isinstance(field, forms.ChoiceField)
        ends = (SeatChangeKind.SIGN_OFF_ENDED.value, Hinted("It stops signing off", "It stays a partner."))
        begins = (SeatChangeKind.SIGN_OFF_GIVEN.value, Hinted("It begins to sign off", "Its word is needed."))
        sign = ends if page.signs_off else begins
        left = Hinted("It leaves the partnership", "Its people's roles end that day, and open nothing after.")
        choices = [sign, (SeatChangeKind.LEFT.value, left)]
        field.choices = choices if own else [one for one in choices if one[0] == SeatChangeKind.SIGN_OFF_GIVEN]
