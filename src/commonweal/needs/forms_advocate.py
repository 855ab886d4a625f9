"""The shape of what is asked about somebody who says so, and of how far they let it be shown."""

from __future__ import annotations

from typing import Any

from django import forms

from commonweal.needs.actions.advocate import Consent, Told
from commonweal.needs.models import Reach
from commonweal.present.forms import DateField


class Consented(forms.Form):
    """How far, since when, and how it is known."""

    activity = "advocates"
    reach = forms.ChoiceField(label="Who may read it?", choices=Reach, widget=forms.RadioSelect,
                              help_text="As they themselves agreed.")
    agreed_on = DateField(label="When did they agree?", required=False, help_text="If they were asked.")
    agreed_how = forms.CharField(label="How did they agree?", max_length=200, required=False,
                                 help_text="For example: by e-mail to Priya.")

    def consent(self) -> Consent:
        """What was answered."""
        said = self.cleaned_data
        reach = Reach(said["reach"])
        asked = reach is not Reach.NOBODY
        return Consent(reach, said["agreed_on"] if asked else None, said["agreed_how"] if asked else "")


class AddAdvocate(Consented):
    """Who says it, in their words, and where they said it."""

    name = forms.CharField(label="Who says so?", max_length=120, help_text="A person or a body.")
    stands_for = forms.CharField(label="For whom do they speak?", max_length=200,
                                 help_text="For example: GP, Fishergate surgery.")
    words = forms.CharField(label="What did they say, in their own words?", max_length=500,
                            widget=forms.Textarea(attrs={"rows": 3, "maxlength": 500}))
    said_where = forms.CharField(label="Where did they say it?", max_length=200,
                                 help_text="For example: Health and wellbeing board.")
    said_on = DateField(label="When did they say it?")

    field_order = ("name", "stands_for", "words", "said_where", "said_on", "reach", "agreed_on", "agreed_how")

    def told(self) -> Told:
        """What was answered."""
        return Told(**{name: self.cleaned_data[name] for name in Told.__slots__})


class AnswerForOneself(forms.Form):
    """The advocate's own choice."""

    activity = "advocates"
    WITHDRAW = "withdraw"
    reach = forms.ChoiceField(
        label="Who may read it?", widget=forms.RadioSelect,
        choices=[(Reach.PARTNERS.value, "The partners"), (Reach.ANYBODY.value, "Anybody"),
                 (WITHDRAW, "Nobody: take it out")],
    )

    def answer(self) -> Reach | None:
        """How far, or nothing to withdraw it."""
        said: Any = self.cleaned_data["reach"]
        return None if said == self.WITHDRAW else Reach(said)
