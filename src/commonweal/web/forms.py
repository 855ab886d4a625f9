"""The shell's forms: the shape of each question; what an answer means is the action's business."""

from __future__ import annotations

from typing import Any

from django import forms

from commonweal.core.permissions import Role, role_hints
from commonweal.core.queries.partnerships import PartnershipView
from commonweal.present.forms import Hinted


class PlaceSearch(forms.Form):
    """Which place?"""

    q = forms.CharField(
        label="Place, postcode or area code", max_length=100, strip=True,
        widget=forms.TextInput(attrs={"autocomplete": "off", "spellcheck": "false"}),
    )


class UploadFile(forms.Form):
    """Which file?"""

    file = forms.FileField(label="A file", allow_empty_file=True, max_length=255)


def _roles() -> list[tuple[str, Hinted]]:
    """Each role with what it does."""
    does = role_hints()
    return [(role.value, Hinted(str(role.label), does[role])) for role in Role]


class AddPerson(forms.Form):
    """Who, for which organisation, to do what?"""

    name = forms.CharField(
        label="Full name", max_length=200,
        widget=forms.TextInput(attrs={"autocomplete": "off", "class": "cw-input-line"}),
    )
    email = forms.EmailField(
        label="Work e-mail address", max_length=254, help_text="We send them a link to set their password.",
        error_messages={"invalid": "Enter an e-mail address in the correct format, like name@example.gov.uk"},
        widget=forms.EmailInput(
            attrs={"autocomplete": "off", "spellcheck": "false", "class": "cw-input-line"}
        ),
    )
    organisation = forms.ChoiceField(label="Organisation", widget=forms.RadioSelect)
    role = forms.ChoiceField(label="What will they do?", choices=_roles, widget=forms.RadioSelect)

    def __init__(self, view: PartnershipView, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        organisation = self.fields["organisation"]
        assert isinstance(organisation, forms.ChoiceField)
        organisation.choices = [(str(seat.id), seat.name) for seat in view.seats]
