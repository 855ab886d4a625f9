"""The shape of what is asked of a release: what, of which days, when; or why it is held back."""

from __future__ import annotations

from typing import Any

from django import forms

from commonweal.measures.performance_content import content
from commonweal.options.forms_appraisal import chosen
from commonweal.present.forms import DateField


class PlanReleaseForm(forms.Form):
    """What will be published, and on which day."""

    title = forms.CharField(label="What is it called?", max_length=120,
                            help_text="For example: What people said, 2025-26.")
    what = forms.ChoiceField(label="What does it tell?", widget=forms.RadioSelect)
    first = DateField(label="From returns that begin on")
    last = DateField(label="To returns that end on")
    due = DateField(label="On which day is it published?")

    def __init__(self, *args: Any, **more: Any) -> None:
        super().__init__(*args, **more)
        chosen(self, "what", [(key, f"{one['title']}: answers by service")
                              for key, one in content()["compared"].items()])


class HoldForm(forms.Form):
    """Why it is held back, in words that everybody reads."""

    because = forms.CharField(label="Why is it held back?", max_length=500,
                              widget=forms.Textarea(attrs={"rows": 3, "maxlength": 500}),
                              help_text="Everybody reads this in the calendar.")
