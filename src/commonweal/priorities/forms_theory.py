"""The shape of what is asked when a theory of change is drawn and its links are backed."""

from __future__ import annotations

from typing import Any

from django import forms

from commonweal.policy.evidence_levels import design_levels
from commonweal.present.forms import Hinted
from commonweal.priorities.models import LinkEvidenceKind, ReviewVerdict, StepKind

Choices = list[tuple[str, str]]


def offer(form: forms.Form, name: str, choices: Choices) -> None:
    """Give a field its choices."""
    field = form.fields[name]
    assert isinstance(field, forms.ChoiceField)
    field.choices = choices


class AddStep(forms.Form):
    """What kind of step, and its name."""

    kind = forms.ChoiceField(label="What is it?", choices=StepKind.choices, widget=forms.RadioSelect)
    title = forms.CharField(label="In a few words", max_length=80, required=False,
                            help_text="Leave empty where you choose an outcome below.")
    outcome = forms.ChoiceField(label="Is it one of the outcomes?", required=False)

    def __init__(self, *args: Any, outcomes: Choices, **more: Any) -> None:
        super().__init__(*args, **more)
        offer(self, "outcome", [("", "No"), *outcomes])

    def clean(self) -> dict[str, Any]:
        """A name, or an outcome."""
        given: dict[str, Any] = super().clean() or {}
        if not given.get("title") and not given.get("outcome"):
            self.add_error("title", "Say what the step is, or choose an outcome")
        return given


class SayStep(forms.Form):
    """A step in other words."""

    title = forms.CharField(label="In a few words", max_length=80)


class SayLink(forms.Form):
    """Why a link should hold, anew."""

    why = forms.CharField(label="Why should it?", max_length=300)


class AddLink(forms.Form):
    """What leads to what, and why."""

    before = forms.ChoiceField(label="What leads")
    after = forms.ChoiceField(label="To what?")
    why = forms.CharField(label="Why should it?", max_length=300)

    def __init__(self, *args: Any, steps: Choices, **more: Any) -> None:
        super().__init__(*args, **more)
        offer(self, "before", steps)
        offer(self, "after", steps)


class AddEvidence(forms.Form):
    """What it says, where it is from, and how it was found out."""

    kind = forms.ChoiceField(label="What sort of evidence is it?", choices=LinkEvidenceKind.choices,
                             widget=forms.RadioSelect)
    bearing = forms.ChoiceField(label="What does it say of the link?", widget=forms.RadioSelect, choices=[
        ("for", "It speaks for it"),
        ("against", Hinted("It speaks against it", "Another explanation always speaks against it."))])
    design = forms.ChoiceField(label="How was it found out?", widget=forms.RadioSelect, choices=[
        (one.key, Hinted(one.title, one.reason)) for one in design_levels()])
    says = forms.CharField(label="What does it say?", max_length=500,
                           widget=forms.Textarea(attrs={"rows": 3, "maxlength": 500}))
    source = forms.CharField(label="Where is it from?", max_length=300, help_text="Author, title, publisher.")
    year = forms.IntegerField(label="Of which year?", min_value=1900, max_value=2200)
    address = forms.URLField(label="Where can it be read?", max_length=300, required=False, assume_scheme="https")


class AskReview(forms.Form):
    """Whom, and what."""

    organisation = forms.ChoiceField(label="Which university?")
    question = forms.CharField(label="What should they look at?", max_length=500)

    def __init__(self, *args: Any, universities: Choices, **more: Any) -> None:
        super().__init__(*args, **more)
        offer(self, "organisation", universities)


class AnswerReview(forms.Form):
    """What the reviewer says."""

    verdict = forms.ChoiceField(label="Does the link hold?", choices=ReviewVerdict.choices,
                                widget=forms.RadioSelect)
    words = forms.CharField(label="Why?", max_length=2000,
                            widget=forms.Textarea(attrs={"rows": 6, "maxlength": 2000}))
