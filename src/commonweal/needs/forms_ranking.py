"""The shape of what is asked when a round is opened and when an organisation ranks."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django import forms
from django.forms.boundfield import BoundField

from commonweal.needs.actions.ranking import HEAVIEST
from commonweal.needs.content import read
from commonweal.needs.models import PoolingRule
from commonweal.needs.queries.ranking import RankedLine
from commonweal.present.forms import DateField, Hinted


class OpenRound(forms.Form):
    """Which needs, until when, by which rule, and how each organisation counts."""

    title = forms.CharField(label="A short name for it", max_length=200,
                            help_text="For example: What comes first, autumn 2026.")
    needs = forms.MultipleChoiceField(label="Which needs are put in order?", widget=forms.CheckboxSelectMultiple)
    closes = DateField(label="Last day to rank")
    rule = forms.ChoiceField(label="By which rule do the rankings become one order?", widget=forms.RadioSelect)
    weights_reason = forms.CharField(
        label="If organisations do not count equally: where was it agreed?", max_length=500, required=False,
    )

    def __init__(
        self, needs: tuple[tuple[UUID, str, str], ...], seats: dict[UUID, str], *args: Any, **options: Any
    ) -> None:
        super().__init__(*args, **options)
        chosen, rule = self.fields["needs"], self.fields["rule"]
        assert isinstance(chosen, forms.MultipleChoiceField)
        assert isinstance(rule, forms.ChoiceField)
        chosen.choices = [(str(key), Hinted(title, state)) for key, title, state in needs]
        rule.choices = [
            (one.value, Hinted(str(one.label), read("ranking")["rules"][one.value])) for one in PoolingRule
        ]
        self.seats = seats
        for key, name in seats.items():
            self.fields[f"weight-{key}"] = forms.TypedChoiceField(
                label=name, coerce=int, required=False, initial=1,
                choices=[(number, str(number)) for number in range(1, HEAVIEST + 1)],
            )

    def weight_fields(self) -> list[BoundField]:
        """The fields that say how an organisation counts."""
        return [self[f"weight-{key}"] for key in self.seats]

    def weights(self) -> dict[UUID, int]:
        """How each organisation counts."""
        return {key: self.cleaned_data[f"weight-{key}"] or 1 for key in self.seats}


class RankNeeds(forms.Form):
    """A place for each need: equal numbers are level, a blank is not ranked."""

    def __init__(self, needs: tuple[RankedLine, ...], *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        self.needs = needs
        places = [("", "Not ranked"), *((number, str(number)) for number in range(1, len(needs) + 1))]
        for one in needs:
            self.fields[str(one.need)] = forms.TypedChoiceField(
                label=one.title, help_text=one.statement, coerce=int, empty_value=None, required=False,
                choices=places, error_messages={
                    "invalid_choice": f"Choose a place from 1 to {len(needs)} for “{one.title}”, or leave it out"},
            )
        self.fields["note"] = forms.CharField(
            label="Why? (optional)", max_length=1000, required=False,
            help_text="For the workshop: what speaks for your first and your last.",
            widget=forms.Textarea(attrs={"rows": 3, "maxlength": 1000}),
        )
        self.fields["over"] = forms.IntegerField(widget=forms.HiddenInput)

    def places(self) -> dict[UUID, int]:
        """The places given, by need."""
        said = {one.need: self.cleaned_data[str(one.need)] for one in self.needs}
        return {key: place for key, place in said.items() if place is not None}
