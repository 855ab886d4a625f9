"""The shape of what is asked when returns are laid down for an agreement."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any
from uuid import UUID

from django import forms
from django.utils.text import slugify

from commonweal.core.models import Organisation
from commonweal.measures.actions.plans import PlanSaid
from commonweal.measures.sizing import ReturnProposal
from commonweal.policy.returns import burden_of, return_tiers
from commonweal.present.forms import DateField, Hinted

EVERY = ((12, "Once a year"), (6, "Twice a year"), (3, "Every three months"), (1, "Every month"))


class PlanForm(forms.Form):
    """Tier, how often, from when, in whose words, about whom, and whom to write to."""

    activity = "returns"
    tier = forms.TypedChoiceField(label="What should be asked?", coerce=int, widget=forms.RadioSelect)
    every = forms.TypedChoiceField(label="How often?", coerce=int, choices=EVERY, widget=forms.RadioSelect)
    tier_reason = forms.CharField(label="Why, if it asks more than fits?", max_length=500, required=False,
                                  widget=forms.Textarea({"rows": 2, "maxlength": 500}))
    begins = DateField(label="From which day?")
    ends = DateField(label="Until which day, if there is one?", required=False)
    difference = forms.CharField(label="What difference should it make?", max_length=160,
                                 help_text="As those who took part would say it: they felt less alone.")
    groups = forms.CharField(label="Which groups may be missed?", required=False, max_length=600,
                             help_text="One a line. Asked from tier 2.",
                             widget=forms.Textarea({"rows": 3, "maxlength": 600}))
    areas = forms.CharField(label="Which neighbourhoods?", required=False, max_length=600,
                            help_text="One a line. Asked from tier 4.",
                            widget=forms.Textarea({"rows": 3, "maxlength": 600}))
    provider_name = forms.CharField(label="Who makes the return?", max_length=160)
    provider = forms.ChoiceField(label="Is it one of the partners?", required=False)
    place = forms.CharField(label="Where does it happen?", max_length=160, required=False)
    contact_name = forms.CharField(label="Whom do we ask?", max_length=120, required=False)
    contact_email = forms.EmailField(label="Their e-mail address", max_length=254, required=False)
    contact_phone = forms.CharField(label="Their telephone number", max_length=40, required=False)

    def __init__(
        self, *args: Any, proposal: ReturnProposal, providers: Sequence[tuple[UUID, str]] = (), **more: Any
    ) -> None:
        super().__init__(*args, **more)
        partner = self.fields["provider"]
        assert isinstance(partner, forms.ChoiceField)
        partner.choices = [("", "No"), *((str(key), name) for key, name in providers)]
        field = self.fields["tier"]
        assert isinstance(field, forms.TypedChoiceField)
        field.choices = [(one.number, Hinted(f"{one.number}: {one.name}", _hint(one, proposal.tier)))
                         for one in return_tiers()]

    def said(self) -> PlanSaid:
        """What was laid down."""
        given = self.cleaned_data
        groups, areas = (_parts(given[name]) for name in ("groups", "areas"))
        provider = Organisation.objects.get(pk=given["provider"]) if given["provider"] else None
        return PlanSaid(**{**given, "groups": groups, "areas": areas, "provider": provider})


def _hint(tier: Any, proposed: int) -> str:
    cost = burden_of(tier.questions, tier.every)
    times = "once" if cost.times == 1 else "twice" if cost.times == 2 else f"{cost.times} times"
    said = f"{len(tier.questions)} questions {times} a year: {cost.hours} hours, worth £{cost.pounds:,.0f}"
    return f"{said}. It fits" if tier.number == proposed else said


def _parts(text: str) -> tuple[tuple[str, str], ...]:
    """Lines as pairs of key and title, each once."""
    lines = dict.fromkeys(line.strip()[:80] for line in text.splitlines() if line.strip())
    return tuple((f"{slugify(line)[:30] or 'part'}-{at}", line) for at, line in enumerate(lines, 1))
