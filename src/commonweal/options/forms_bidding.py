"""Questions of a bid's workbook."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

from django import forms

from commonweal.options.actions.bidding import Answered, BidSaid
from commonweal.options.forms_money import number_field, pounds_field, share_field
from commonweal.options.money_content import content, named, questions
from commonweal.options.queries.bidding import Checked
from commonweal.present.forms import Hinted

BID = (
    "title",
    "buyer",
    "years",
    "income",
    "staff",
    "other",
    "price",
    "reserves",
    "least",
    "home",
    "quality_weight",
    "quality",
    "rival_quality",
    "rival_price",
    "route",
)


class BidForm(forms.Form):
    """A contract as the trust would plan it."""

    title = forms.CharField(label="Which contract?", max_length=120)
    buyer = forms.CharField(label="Who buys?", max_length=120)
    years = number_field("For how many years?", low=1, high=40)
    income = pounds_field("Income from users, a year")
    staff = pounds_field("Staff, a year")
    other = pounds_field("Everything else it costs, a year")
    price = pounds_field(
        "The fee you would ask, a year", below=True, help_text="Below 0 where you would pay the council."
    )
    reserves = pounds_field(
        "Your reserves that may be spent", help_text="Unrestricted, and not tied up in buildings."
    )
    least = pounds_field("The least your reserves policy lets you keep", required=False)
    home = pounds_field(
        "What the rest of your work leaves a year",
        required=False,
        below=True,
        help_text="Below 0 where it makes a loss.",
    )
    quality_weight = share_field("How much does quality count?")
    quality = number_field("Your own quality, out of 100", low=0, high=100, required=False)
    rival_quality = number_field("The strongest other bid's quality", low=0, high=100, required=False)
    rival_price = pounds_field("Its fee, a year", required=False)
    route = forms.ChoiceField(label="How would you bid?", widget=forms.RadioSelect)

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        field = self.fields["route"]
        assert isinstance(field, forms.ChoiceField)
        field.choices = [(one["key"], Hinted(one["title"], one["suits"])) for one in content("bidding")["routes"]]

    def said(self) -> BidSaid:
        """What was given; empty sums are 0."""
        held = dict(self.cleaned_data)
        held |= {name: held[name] or Decimal(0) for name in ("least", "home")}
        return BidSaid(**held)


class ChecklistForm(forms.Form):
    """The checklist, a question at a time."""

    def __init__(self, checks: tuple[Checked, ...], *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        held = {one.question.key: one for one in checks}
        for one in questions():
            self.fields[one.key] = forms.ChoiceField(
                label=one.ask,
                help_text=one.why,
                required=False,
                widget=forms.RadioSelect,
                choices=[(each.key, each.title) for each in named("bidding", "answers")],
                initial=held[one.key].answer,
            )
            self.fields[f"{one.key}_note"] = forms.CharField(
                label="Note", max_length=300, required=False, initial=held[one.key].note
            )

    def answers(self) -> dict[str, Answered]:
        """Those that were given."""
        held = self.cleaned_data
        return {one.key: Answered(held[one.key], held[f"{one.key}_note"]) for one in questions() if held[one.key]}
