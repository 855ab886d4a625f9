"""The shape of a private score, of opening one, and of an agreed action."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any
from uuid import UUID

from django import forms

from commonweal.knowledge.relationship_content import Question, questions
from commonweal.present.forms import DateField


class OpenScores(forms.Form):
    """With whom, and who commissions whom."""

    other = forms.ChoiceField(label="Which organisation do you work with?")
    we = forms.ChoiceField(
        label="What are you to each other?", widget=forms.RadioSelect,
        choices=[("client", "We commission or fund them"), ("provider", "They commission or fund us")],
    )

    def __init__(self, *args: Any, others: Iterable[tuple[UUID, str]], **options: Any) -> None:
        super().__init__(*args, **options)
        _choice(self, "other").choices = [("", "Choose one"), *((str(key), name) for key, name in others)]


class Score(forms.Form):
    """Eight questions, each on the same scale."""

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        asked = questions()
        for one in asked.questions:
            self.fields[one.key] = forms.TypedChoiceField(
                label=one.ask, coerce=int, choices=asked.scale, widget=forms.RadioSelect,
            )


class Agree(forms.Form):
    """An action, its owner and its day."""

    words = forms.CharField(
        label="What will be done?", max_length=300, widget=forms.Textarea(attrs={"rows": 2}),
        help_text="One thing, in plain words. Name no person.",
    )
    owner = forms.ChoiceField(label="Which organisation owns it?", widget=forms.RadioSelect)
    due = DateField(label="By which day?", help_text="For example, 27 3 2027")
    topic = forms.ChoiceField(label="Which topic does it answer? (optional)", required=False)

    def __init__(
        self, *args: Any, owners: Iterable[tuple[UUID, str]], topics: Iterable[Question], **options: Any
    ) -> None:
        super().__init__(*args, **options)
        _choice(self, "owner").choices = [(str(key), name) for key, name in owners]
        _choice(self, "topic").choices = [("", "None of them"), *((one.key, one.topic) for one in topics)]


def _choice(form: forms.Form, name: str) -> forms.ChoiceField:
    field = form.fields[name]
    assert isinstance(field, forms.ChoiceField)
    return field
