"""The shape of a proposal and of joining it."""

from __future__ import annotations

from django import forms


class Propose(forms.Form):
    """Why, in a few sentences."""

    about = forms.CharField(label="What do you propose, and whom should others ring?", max_length=800,
                            widget=forms.Textarea({"rows": 5, "maxlength": 800}))


class Join(forms.Form):
    """What one's own organisation would need."""

    wants = forms.CharField(label="What would you need of it?", max_length=400, required=False,
                            widget=forms.Textarea({"rows": 3, "maxlength": 400}))
