"""The shape of what is asked of a review: what it looks at, what becomes of each agreement, what goes on."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any
from uuid import UUID

from django import forms

from commonweal.measures.actions.review import Judged
from commonweal.measures.review_content import review_content, verdicts
from commonweal.measures.reviewed import LineSeen
from commonweal.needs.models import Verdict
from commonweal.options.forms_appraisal import Offered, chosen
from commonweal.present.forms import DateField

LEAVE = "leave"


class ReviewForm(forms.Form):
    """Which agreements, over which days."""

    title = forms.CharField(label="What is this review called?", max_length=120,
                            help_text="For example: Dance and evenings, 2026.")
    first = DateField(label="It looks back from")
    last = DateField(label="to")
    agreements = forms.MultipleChoiceField(label="Which agreements does it look at?",
                                           widget=forms.CheckboxSelectMultiple)

    def __init__(self, *args: Any, offered: Offered, **more: Any) -> None:
        super().__init__(*args, **more)
        chosen(self, "agreements", offered)

    def said(self) -> dict[str, Any]:
        """As the action takes it."""
        return {**self.cleaned_data, "agreements": tuple(map(UUID, self.cleaned_data["agreements"]))}


class JudgeForm(forms.Form):
    """What becomes of one agreement."""

    verdict = forms.ChoiceField(label="What should become of it?", widget=forms.RadioSelect)
    reasons = forms.CharField(label="Why?", max_length=2000,
                              widget=forms.Textarea(attrs={"rows": 5, "maxlength": 2000}),
                              help_text="What the need and the returns say for it, and against.")
    from_day = DateField(label="From which day?")
    lessons = forms.CharField(label="What did both sides learn? (optional)", max_length=1500, required=False,
                              widget=forms.Textarea(attrs={"rows": 4, "maxlength": 1500}))

    def __init__(self, *args: Any, **more: Any) -> None:
        super().__init__(*args, **more)
        chosen(self, "verdict", [(key, one.title) for key, one in verdicts().items()])

    def said(self) -> Judged:
        """As the action takes it."""
        return Judged(**self.cleaned_data)


class DecideForm(forms.Form):
    """Who decided, and when."""

    body = forms.CharField(label="Which body decided?", max_length=200)
    decided_on = DateField(label="On which day?")
    missed_because = forms.CharField(
        label="Where nobody has said what is done for some who may be missed: why not?", max_length=1000,
        required=False, widget=forms.Textarea(attrs={"rows": 3, "maxlength": 1000}))
    over = forms.IntegerField(widget=forms.HiddenInput, min_value=0)


class CarryForm(forms.Form):
    """What each agreement's results say of each need now."""

    text_checked = forms.BooleanField(label="I have read what goes on, and nobody can be recognised in it",
                                      required=False)

    def __init__(self, *args: Any, lines: Iterable[LineSeen], **more: Any) -> None:
        super().__init__(*args, **more)
        self.pairs: dict[str, tuple[UUID, UUID]] = {}
        choices = [*((key, one["title"]) for key, one in review_content()["carried"].items()),
                   (LEAVE, "Do not carry it over")]
        for line in lines:
            for need in line.needs:
                name = f"n{len(self.pairs)}"
                self.pairs[name] = (line.key, UUID(need.id))
                self.fields[name] = forms.ChoiceField(
                    label=f"What does {line.title} say of “{need.title}” now?", choices=choices,
                    initial="supports", widget=forms.RadioSelect)
        self.order_fields([*self.pairs, "text_checked"])

    def said(self) -> dict[tuple[UUID, UUID], Verdict]:
        """As the action takes it."""
        return {pair: Verdict(self.cleaned_data[name]) for name, pair in self.pairs.items()
                if self.cleaned_data[name] != LEAVE}
