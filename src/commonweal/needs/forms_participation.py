"""The shape of what is asked of a consultation's export."""

from __future__ import annotations

from typing import Any

from django import forms

from commonweal.needs.actions.participation import Consultation
from commonweal.needs.models import AskedBy, Covers, Perspective
from commonweal.needs.queries.evidence_items import ASKED


class BringResults(forms.Form):
    """Which file, whose view, and where it can be read."""

    activity = "evidence"
    file = forms.FileField(
        label="The exported answers", allow_empty_file=True, max_length=255,
        help_text="CSV or Excel from Commonplace, Citizen Space, Go Vocal or the like, up to 10 MB. Names, "
                  "addresses and other facts about people are left out; you need not delete them first.",
    )
    perspective = forms.ChoiceField(
        label="Whose view is it?", widget=forms.RadioSelect, initial=Perspective.COMMUNITY,
        choices=[(one.value, one.label) for one in ASKED],
    )
    asked_by = forms.ChoiceField(label="How could they answer?", choices=AskedBy.choices, initial=AskedBy.ONLINE)
    covers = forms.ChoiceField(label="What area does it cover?", choices=Covers.choices, initial=Covers.UNKNOWN)
    citation = forms.CharField(label="Where can it be read? (optional)", max_length=500, required=False,
                               help_text="The consultation's title and address.")
    text_checked = forms.BooleanField(
        label="I have checked: nothing here points at a person who has not agreed to be named", required=False,
    )

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        self.warned = False

    @property
    def shown(self) -> list[Any]:
        """What is asked; the last box only where something was found that it answers."""
        return [field for field in self if field.name != "text_checked" or self.warned]

    def consultation(self) -> Consultation:
        """What was answered, as the action takes it."""
        said = self.cleaned_data
        return Consultation(
            perspective=Perspective(said["perspective"]), asked_by=AskedBy(said["asked_by"]),
            covers=Covers(said["covers"]), citation=said["citation"],
        )
