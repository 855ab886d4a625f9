"""The shape of what is asked when an old agreement is examined."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import Any

from django import forms

from commonweal.options.forms_appraisal import chosen
from commonweal.policy.changing import ChangeQuestion, ways
from commonweal.present.forms import Affixed, Hinted

YES_NO = (("", "Not known yet"), ("yes", "Yes"), ("no", "No"))


class ChangeForm(forms.Form):
    """What change is thought of, and what the law turns on; nothing is compulsory."""

    change = forms.CharField(label="What should change?", max_length=600, required=False,
                             widget=forms.Textarea({"rows": 3, "maxlength": 600}))

    def __init__(self, *args: Any, questions: tuple[ChangeQuestion, ...], **more: Any) -> None:
        super().__init__(*args, **more)
        self.questions = questions
        for one in questions:
            if one.kind == "flag":
                self.fields[one.key] = forms.ChoiceField(label=one.label, help_text=one.hint, choices=YES_NO,
                                                         required=False)
            else:
                self.fields[one.key] = forms.DecimalField(
                    label=one.label, help_text=one.hint, required=False, max_digits=8, decimal_places=2,
                    widget=Affixed({"class": "govuk-input--width-5", "inputmode": "decimal"}, suffix="%"),
                    error_messages={"invalid": "This must be a number, such as 10"})

    def told(self) -> dict[str, bool | Decimal | None]:
        """By the key of the question."""
        given = self.cleaned_data
        return {one.key: {"yes": True, "no": False}.get(given[one.key]) if one.kind == "flag" else given[one.key]
                for one in self.questions}


class WayForm(forms.Form):
    """What to do with it."""

    way = forms.ChoiceField(label="What will you do with it?", widget=forms.RadioSelect)
    because = forms.CharField(label="Why?", max_length=1000, widget=forms.Textarea({"rows": 3, "maxlength": 1000}))
    turns_on = forms.ChoiceField(label="By which day? (to renegotiate it, or let it lapse)", required=False)

    def __init__(self, *args: Any, days: list[tuple[str, str]], **more: Any) -> None:
        super().__init__(*args, **more)
        chosen(self, "way", [(one.key, Hinted(one.title, one.words)) for one in ways()])
        chosen(self, "turns_on", [("", "The next one"), *days])
        if not days:
            del self.fields["turns_on"]

    def day(self) -> date | None:
        """The day that was chosen."""
        given = self.cleaned_data.get("turns_on")
        return date.fromisoformat(given) if given else None
