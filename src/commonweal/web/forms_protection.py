"""The shapes of what is asked on the pages of data protection."""

from __future__ import annotations

from django import forms

from commonweal.web.forms_impact import RecordAdvice


class AdviseOnProcessing(RecordAdvice):
    """What the officer advised on the record and the draft as they were read."""

    number = None  # type: ignore[assignment]
    mark = forms.CharField(widget=forms.HiddenInput, max_length=16)
