"""The shape of a plan for a gap, of what was given towards it, and of how it ended."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django import forms

from commonweal.core import clock
from commonweal.present.forms import DateField, Hinted
from commonweal.procurement.actions.support import GaveSaid, PlanSaid
from commonweal.procurement.models.support import GapKind
from commonweal.providers.forms_help import pounds, words

Offered = list[tuple[str, str]]
WHOSE = (
    ("ours", Hinted("Our own organisation", "Seen by your people and by whoever helps, nobody else.")),
    ("place", Hinted("The place: nobody covers it", "Seen by the whole partnership.")),
)


class PlanForm(forms.Form):
    """How a gap is closed."""

    gap = forms.CharField(label="What is lacking?", max_length=200)
    kind = forms.ChoiceField(
        label="What sort of thing is that?", widget=forms.RadioSelect, choices=GapKind.choices
    )
    whose = forms.ChoiceField(label="Who lacks it?", widget=forms.RadioSelect, choices=WHOSE, initial="ours")
    steps = words("What will be done?", 600, "The fewest steps that close it.")
    owner = forms.ChoiceField(label="Who sees to it that it is done?")
    due = DateField(label="By when?")
    training = forms.ChoiceField(label="Which training, if any?", required=False)
    mentor = forms.ChoiceField(label="Who stands beside you, if anybody?", required=False,
                               help_text="An organisation that does it already. It sees this plan.")
    money = pounds("What will it cost?")
    money_from = forms.CharField(label="Who pays, or where is it to come from?", max_length=120, required=False)

    def __init__(self, *args: Any, partners: Offered, courses: Offered, **more: Any) -> None:
        super().__init__(*args, **more)
        for name, choices in (("owner", partners), ("mentor", [("", "Nobody"), *partners]),
                              ("training", [("", "None"), *courses])):
            field = self.fields[name]
            assert isinstance(field, forms.ChoiceField)
            field.choices = choices

    def clean(self) -> dict[str, Any]:
        """Money has a giver."""
        given = super().clean() or {}
        if given.get("money") is not None and not given.get("money_from"):
            self.add_error("money_from", "Say who pays, or where it is to come from.")
        return given

    def said(self) -> PlanSaid:
        """As the action takes it."""
        given = dict(self.cleaned_data)
        ours = given.pop("whose") == "ours"
        keys = {name: UUID(given[name]) if given[name] else None for name in ("training", "mentor")}
        return PlanSaid(**given | keys | {"owner": UUID(given["owner"]), "ours": ours,
                                          "kind": GapKind(given["kind"])})


class GaveForm(forms.Form):
    """What was given."""

    what = forms.CharField(
        label="What did you give?", max_length=200, help_text="Such as: two evenings on risk forms"
    )
    hours = forms.DecimalField(label="Hours", required=False, min_value=0, max_digits=7, decimal_places=2)
    pounds = pounds("Money")
    on = DateField(label="On which day?", initial=clock.today)

    def clean(self) -> dict[str, Any]:
        """Something was given."""
        given = super().clean() or {}
        if not given.get("hours") and not given.get("pounds") and not self.errors:
            self.add_error("hours", "Give the hours, the money, or both.")
        return given

    def said(self) -> GaveSaid:
        """As the action takes it."""
        return GaveSaid(**self.cleaned_data)


class EndForm(forms.Form):
    """How it ended."""

    how = forms.ChoiceField(label="Is the gap closed?", widget=forms.RadioSelect,
                            choices=[("closed", "Yes, it is closed"), ("dropped", "No, we let it go")])
    took = words("What did it take, or why is it let go?", 600, "So that the next group knows what to expect.")
