"""The shape of what is asked of performance: what tells a measure, what is paid for it, what is compared."""

from __future__ import annotations

from typing import Any

from django import forms

from commonweal.measures.actions.performance import PaymentSaid
from commonweal.measures.models import ReturnPlan
from commonweal.measures.performance_content import content, readings
from commonweal.options.forms_appraisal import chosen
from commonweal.present.forms import DateField


class ReadingForm(forms.Form):
    """Which answer of the returns tells a measure; groups and neighbourhoods stand in the same list."""

    tells = forms.ChoiceField(label="What in the returns tells it?", widget=forms.RadioSelect)

    def __init__(self, *args: Any, plan: ReturnPlan | None, **more: Any) -> None:
        super().__init__(*args, **more)
        found = []
        for one in readings():
            if one.parts:
                parts = getattr(plan, one.parts) if plan else []
                found += [(f"{one.key}|{title}", f"Different people: {title}") for _, title in parts]
            else:
                found.append((one.key, one.title))
        chosen(self, "tells", found)

    def said(self) -> dict[str, str]:
        """As the action takes it."""
        tells, _, part = self.cleaned_data["tells"].partition("|")
        return {"tells": tells, "part": part}


class PaymentForm(forms.Form):
    """What is paid for reaching a measure's target."""

    pounds = forms.DecimalField(label="How many pounds follow it?", min_value=1, max_digits=11, decimal_places=2)
    nothing_at = forms.IntegerField(label="Up to what per cent of the target is nothing paid?", min_value=0,
                                    max_value=199, initial=80)
    all_at = forms.IntegerField(label="From what per cent is all of it paid?", min_value=1, max_value=200,
                                initial=100)
    agreed_in = forms.CharField(label="Where is this agreed?", max_length=300,
                                help_text="The clause or letter, such as Schedule 4, paragraph 2.")

    def said(self) -> PaymentSaid:
        """As the action takes it."""
        return PaymentSaid(**self.cleaned_data)


class CompareForm(forms.Form):
    """What is compared, over which returns."""

    what = forms.ChoiceField(label="What is compared?", widget=forms.RadioSelect)
    first = DateField(label="From returns that begin on")
    last = DateField(label="To returns that end on")

    def __init__(self, *args: Any, **more: Any) -> None:
        super().__init__(*args, **more)
        chosen(self, "what", [(key, one["title"]) for key, one in content()["compared"].items()])


class ReplyForm(forms.Form):
    """What should be read beside one's own number."""

    words = forms.CharField(label="What should be read beside this number?", max_length=1500,
                            widget=forms.Textarea(attrs={"rows": 5, "maxlength": 1500}),
                            help_text="Such as who answered, what happened that year, what the number leaves out.")
