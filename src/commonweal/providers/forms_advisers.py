"""The shape of an invitation to the register, of what a person says of themselves, and of a reference."""

from __future__ import annotations

from typing import Any

from django import forms

from commonweal.present.forms import Hinted
from commonweal.providers.actions.advisers import AdviserSaid, WorkSaid
from commonweal.providers.forms_help import words
from commonweal.providers.models import AdviserKind
from commonweal.providers.queries.advisers import Question


class AskAdviser(forms.Form):
    """Whom to ask."""

    activity = "advisers"
    name = forms.CharField(label="Who could help?", max_length=100)
    email = forms.EmailField(label="Their e-mail address")
    kind = forms.ChoiceField(label="In which way?", widget=forms.RadioSelect, choices=AdviserKind.choices)


class SayOfMyself(forms.Form):
    """What they say of themselves."""

    activity = "advisers"
    about = words("What can you help with, and how do you work?", 600)
    area = forms.CharField(label="Where do you work?", max_length=200, required=False)
    prices = forms.CharField(label="What do you ask for it?", max_length=200, required=False,
                             help_text="A day rate, a range, or: without charge. You need not say.")
    conflicts = words(
        "Which ties do you have that somebody who asks you should know?",
        600,
        "Firms you own or sell for, councils you advise, boards you sit on. If there are none, write: none.",
    )
    reach = forms.CharField(label="How do people reach you?", max_length=200)
    wide = forms.BooleanField(label="Other partnerships on this service may find me too", required=False)
    consent = forms.BooleanField(label="Show this on the list. I can change or delete it at any time")

    def said(self) -> AdviserSaid:
        """As the action takes it."""
        return AdviserSaid(**{name: self.cleaned_data[name] for name in AdviserSaid.__dataclass_fields__})


class AddWork(forms.Form):
    """One thing they did."""

    what = forms.CharField(label="What did you do?", max_length=300)
    client = forms.CharField(label="For whom?", max_length=160)
    since = forms.IntegerField(label="From which year?", min_value=1950, max_value=2100)
    until = forms.IntegerField(label="Until which year?", min_value=1950, max_value=2100, required=False,
                               help_text="Leave it empty if it goes on.")

    def said(self) -> WorkSaid:
        """As the action takes it."""
        return WorkSaid(**self.cleaned_data)


class AskReference(forms.Form):
    """Who can say so."""

    activity = "advisers"
    name = forms.CharField(label="Who can say what was done?", max_length=100)
    email = forms.EmailField(
        label="Their e-mail address", help_text="They get one letter with a link, and no other."
    )


class Reply(forms.Form):
    """The right of reply."""

    words = words(
        "What do you want to say to it?", 600, "It stands beside what they said, wherever that is shown."
    )


class AnswerReference(forms.Form):
    """Facts, a question each."""

    def __init__(self, *args: Any, asked: tuple[Question, ...], **more: Any) -> None:
        super().__init__(*args, **more)
        for one in asked:
            self.fields[one.key] = forms.ChoiceField(
                label=one.words, widget=forms.RadioSelect,
                choices=[(key, Hinted(title)) for key, title in one.choices],
            ) if one.choices else words(one.words, one.longest)
