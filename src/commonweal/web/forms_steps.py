"""The shape of closing a step of the cycle."""

from __future__ import annotations

from django import forms


class CloseStep(forms.Form):
    """Why it is closed; needed where something is still open."""

    reason = forms.CharField(
        label="Why is it closed? (needed where something is open)", max_length=1000, required=False,
        widget=forms.Textarea(attrs={"rows": 3, "maxlength": 1000}),
    )


class ReopenStep(forms.Form):
    """Why it is opened again."""

    reason = forms.CharField(
        label="Why is it opened again?", max_length=1000,
        widget=forms.Textarea(attrs={"rows": 3, "maxlength": 1000}),
    )
