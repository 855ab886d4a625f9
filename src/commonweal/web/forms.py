"""The shell's forms: the shape of each question; what an answer means is the action's business."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django import forms

from commonweal.core.permissions import Role, role_hints
from commonweal.core.queries.acting import Acting
from commonweal.present.forms import Hinted


class PlaceSearch(forms.Form):
    """Which place?"""

    q = forms.CharField(
        label="Place, postcode or area code", max_length=200, strip=True,
        error_messages={"required": "Enter a district, ward, postcode or area code"},
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
    """To which address, for which organisation, to do what?"""

    activity = "taking-part"
    email = forms.EmailField(
        label="Work e-mail address", max_length=254,
        help_text="They get a link. They take part once they have accepted.",
        error_messages={"invalid": "Enter an e-mail address in the correct format, like name@example.gov.uk"},
        widget=forms.EmailInput(
            attrs={"autocomplete": "off", "spellcheck": "false", "class": "cw-input-line"}
        ),
    )
    organisation = forms.ChoiceField(
        label="Organisation", widget=forms.RadioSelect,
        help_text="Those you may invite for: your own, and those that have no administrator here yet.",
    )
    role = forms.ChoiceField(label="What will they do?", choices=_roles, widget=forms.RadioSelect)

    def __init__(self, organisations: tuple[tuple[UUID, str], ...], *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        organisation = self.fields["organisation"]
        assert isinstance(organisation, forms.ChoiceField)
        organisation.choices = [(str(pk), name) for pk, name in organisations]


class ActFor(forms.Form):
    """For which of one's organisations?"""

    organisation = forms.ChoiceField(label="Organisation", widget=forms.RadioSelect)

    def __init__(self, page: Acting, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        organisation = self.fields["organisation"]
        assert isinstance(organisation, forms.ChoiceField)
        organisation.choices = [(str(one.id), Hinted(one.name, one.roles)) for one in page.choices]
        organisation.initial = str(page.organisation) if page.organisation else None
