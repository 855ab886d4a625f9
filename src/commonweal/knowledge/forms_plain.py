"""The shape of a text to be checked, and of a Word file."""

from __future__ import annotations

from typing import Any

from django import forms

from commonweal.knowledge.plain import LONGEST_TEXT
from commonweal.knowledge.plain_document import LARGEST
from commonweal.lake.opening.limits import MIB


class Lenient(forms.UUIDField):
    """A partnership's id; what is none counts as not given."""

    def to_python(self, value: Any) -> Any:
        """The id, or nothing."""
        try:
            return super().to_python(value)
        except forms.ValidationError:
            return None


class Text(forms.Form):
    """A text to check."""

    text = forms.CharField(
        label="Your text", max_length=LONGEST_TEXT, strip=False,
        help_text=f"Paste it here, up to {LONGEST_TEXT:,} characters. It is not kept.",
        widget=forms.Textarea(attrs={"rows": 10}),
        error_messages={"max_length": f"The text is longer than {LONGEST_TEXT:,} characters. Check it in parts."},
    )
    partnership = Lenient(required=False, widget=forms.HiddenInput)

    def clean_text(self) -> str:
        """One sort of line end, so that where a finding stands is the same each time."""
        return str(self.cleaned_data["text"]).replace("\r\n", "\n").replace("\r", "\n")


class WordFile(forms.Form):
    """A Word file to check."""

    file = forms.FileField(
        label="A Word file (.docx)", max_length=200,
        help_text=f"Up to {LARGEST // MIB} MB. It comes back with comments, otherwise unchanged, and is not kept.",
        error_messages={"empty": "The file is empty. Check that it was saved, and choose it again."},
    )
