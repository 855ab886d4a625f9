"""The question by which an organisation records what drives it."""

from __future__ import annotations

from typing import Any

from django import forms

from commonweal.needs.content import read
from commonweal.present.forms import DateField


class RecordPriority(forms.Form):
    """What, why, on which theme, and where it is written."""

    title = forms.CharField(label="What is the priority?", max_length=120,
                            help_text="As your own plan says it. For example: Fewer admissions after a fall.")
    why = forms.CharField(label="Why does it matter to you?", max_length=400,
                          widget=forms.Textarea(attrs={"rows": 3, "maxlength": 400}))
    theme = forms.ChoiceField(label="Theme")
    source = forms.CharField(label="In which document is it written?", max_length=200,
                             help_text="Its title. For example: Joint forward plan, 2025 to 2030.")
    source_date = DateField(label="When was the document published?")
    address = forms.URLField(label="Where can it be read?", max_length=300, required=False, assume_scheme="https")
    over = forms.IntegerField(widget=forms.HiddenInput, required=False)

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        field = self.fields["theme"]
        assert isinstance(field, forms.ChoiceField)
        field.choices = [(one["key"], one["title"]) for one in read("themes")["themes"]]
