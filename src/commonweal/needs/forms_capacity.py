"""The shape of the self-assessment's questions and of a plan's steps."""

from __future__ import annotations

from typing import Any

from django import forms

from commonweal.needs.capacity_content import Question, hours
from commonweal.needs.queries.capacity import OwnCapacity
from commonweal.present.forms import DateField, Hinted

CANNOT_SAY = "x"


class CapacityQuestion(forms.Form):
    """One question with its four described answers, and a way not to answer."""

    level = forms.ChoiceField(widget=forms.RadioSelect, error_messages={
        "required": "Choose the answer that is nearest, or “I cannot say”",
        "invalid_choice": "Choose one of the answers",
    })

    def __init__(self, question: Question, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        field = self.fields["level"]
        assert isinstance(field, forms.ChoiceField)
        field.label, field.help_text = question.ask, question.why
        answers = [(str(level), said) for level, said in enumerate(question.answers)]
        field.choices = [*answers, (CANNOT_SAY, "I cannot say")]

    @property
    def chosen(self) -> int | None:
        """The level, or None where the person cannot say."""
        said = self.cleaned_data["level"]
        return None if said == CANNOT_SAY else int(said)


class PlanTime(forms.Form):
    """How much time there is."""

    time = forms.ChoiceField(label="How much time could your organisation find in the next three months?",
                             widget=forms.RadioSelect)

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        field = self.fields["time"]
        assert isinstance(field, forms.ChoiceField)
        field.choices = [(one.key, Hinted(one.title, one.hint)) for one in hours()]


class StepForm(forms.Form):
    """Who answers for a step, by when, and whether it is done."""

    owner = forms.ChoiceField(label="Who will see that it happens?", required=False)
    due = DateField(label="By when?", help_text="For example, 27 3 2027",
                    error_messages={"required": "Enter the date by which it should be done"})
    done = forms.BooleanField(label="It is done", required=False)

    def __init__(self, own: OwnCapacity, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        field = self.fields["owner"]
        assert isinstance(field, forms.ChoiceField)
        field.choices = [("", "Nobody yet"), *((str(key), name) for key, name in own.colleagues)]
