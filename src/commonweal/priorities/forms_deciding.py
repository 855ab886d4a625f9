"""The shape of what is asked when outcomes are weighed and decided on."""

from __future__ import annotations

from decimal import Decimal
from typing import Any
from uuid import UUID

from django import forms

from commonweal.present.forms import DateField
from commonweal.priorities.actions.weighing import Candidate
from commonweal.priorities.queries.deciders import Decider
from commonweal.priorities.queries.weighings import WeighingView, WeightsLine


class BeginWeighing(forms.Form):
    """What is weighed, and on which criteria."""

    title = forms.CharField(label="A short name for it", max_length=120,
                            help_text="For example: What comes first in 2027.")
    criteria = forms.CharField(
        label="On which criteria?", max_length=1000, widget=forms.Textarea(attrs={"rows": 5, "maxlength": 1000}),
        help_text="Two to eight, a line each. They cannot be changed later: both sides weigh the same.",
    )
    outcomes = forms.MultipleChoiceField(label="Which outcomes?", widget=forms.CheckboxSelectMultiple)

    def __init__(self, *args: Any, outcomes: list[tuple[str, str]], **more: Any) -> None:
        super().__init__(*args, **more)
        field = self.fields["outcomes"]
        assert isinstance(field, forms.MultipleChoiceField)
        field.choices = outcomes


def _number(label: str, **more: Any) -> forms.DecimalField:
    widget = forms.NumberInput(attrs={"class": "govuk-input govuk-input--width-4", "inputmode": "decimal"})
    return forms.DecimalField(
        label=label, min_value=0, max_value=100, max_digits=6, decimal_places=2, widget=widget, **more
    )


class ScoreCandidates(forms.Form):
    """For each candidate a score on each criterion, why, and whether it must be done anyway."""

    over = forms.IntegerField(widget=forms.HiddenInput)

    def __init__(self, *args: Any, view: WeighingView, **more: Any) -> None:
        super().__init__(*args, **more)
        self.view = view
        for at, one in enumerate(view.candidates):
            for column, name in enumerate(view.criteria):
                held = one.scores[column] if one.scores else None
                self.fields[f"score-{at}-{column}"] = _number(
                    f"{one.title}: {name}", required=False, initial=held,
                    help_text="From 0, does nothing for it, to 100, does most for it." if column == 0 else "")
            self.fields[f"because-{at}"] = forms.CharField(
                label=f"{one.title}: what do the scores rest on?", max_length=500, required=False,
                initial=one.because)
            self.fields[f"must-{at}"] = forms.CharField(
                label=f"{one.title}: must it be done whatever the scores?", max_length=300, required=False,
                initial=one.must, help_text="If so, say why, such as a duty in law. It then stands apart.")

    def candidates(self) -> tuple[Candidate, ...]:
        """As the action takes them; a score left out makes too few."""
        given, found = self.cleaned_data, []
        for at, one in enumerate(self.view.candidates):
            scores = [given.get(f"score-{at}-{column}") for column in range(len(self.view.criteria))]
            known = tuple(float(score) for score in scores if score is not None)
            found.append(Candidate(outcome=one.outcome, scores=known, because=given[f"because-{at}"],
                                   must=given[f"must-{at}"]))
        return tuple(found)


class GiveWeights(forms.Form):
    """How much each criterion counts."""

    def __init__(self, *args: Any, criteria: tuple[str, ...], held: WeightsLine | None, **more: Any) -> None:
        super().__init__(*args, **more)
        for column, name in enumerate(criteria):
            first = "Share out 100 points. Any numbers do: only how they compare counts." if column == 0 else ""
            self.fields[f"weight-{column}"] = _number(
                name, initial=held.weights[column] if held else None, help_text=first)
        self.fields["reason"] = forms.CharField(
            label="What do the weights rest on?", max_length=500, initial=held.reason if held else "",
            help_text="For example: the council plan of 2025.")

    def weights(self) -> tuple[float, ...]:
        """In the order of the criteria."""
        given: dict[str, Decimal | str] = self.cleaned_data
        return tuple(float(one) for name, one in given.items() if name.startswith("weight-"))


class Decide(forms.Form):
    """What was decided, by whom, when, where and why."""

    title = forms.CharField(label="What is decided?", max_length=120,
                            help_text="For example: Priorities for 2027 to 2030.")
    body = forms.CharField(label="By which body?", max_length=200, help_text="For example: Cabinet.")
    decided_on = DateField(label="On which day?")
    reasons = forms.CharField(
        label="Why?", max_length=4000, widget=forms.Textarea(attrs={"rows": 6, "maxlength": 4000}),
        help_text="Where it departs from what need says, say why.")
    people = forms.MultipleChoiceField(label="Who decided?", widget=forms.CheckboxSelectMultiple)
    read = forms.IntegerField(widget=forms.HiddenInput)

    def __init__(self, *args: Any, view: WeighingView, people: tuple[Decider, ...], **more: Any) -> None:
        super().__init__(*args, **more)
        self.view = view
        field = self.fields["people"]
        assert isinstance(field, forms.MultipleChoiceField)
        field.choices = [(str(one.person), f"{one.name}, {one.organisation}") for one in people]
        for at, one in enumerate(view.scored):
            widget = forms.NumberInput(attrs={"class": "govuk-input govuk-input--width-2", "inputmode": "numeric"})
            self.fields[f"place-{at}"] = forms.IntegerField(
                label=f"{one.title}: which place?", required=False, min_value=1, max_value=len(view.scored),
                widget=widget, help_text="Leave empty where it is not a priority." if at == 0 else "")

    def clean(self) -> dict[str, Any]:
        """No two in one place."""
        given: dict[str, Any] = super().clean() or {}
        taken = [one for name, one in given.items() if name.startswith("place-") and one is not None]
        if len(set(taken)) != len(taken):
            raise forms.ValidationError("Two outcomes have the same place. Give each its own.")
        return given

    def order(self) -> tuple[UUID, ...]:
        """The outcomes by their places."""
        placed = [(self.cleaned_data[f"place-{at}"], one.outcome) for at, one in enumerate(self.view.scored)]
        return tuple(outcome for place, outcome in sorted(
            (one for one in placed if one[0] is not None), key=lambda one: one[0]))
