"""The shape of a note of a talk, and of an award without competition."""

from __future__ import annotations

from typing import Any

from django import forms

from commonweal.core import clock
from commonweal.present.forms import DateField
from commonweal.procurement.actions.other_ways import DirectSaid
from commonweal.procurement.forms_rules import Pounds


class NoteTalk(forms.Form):
    """What was said, for all alike."""

    stage = forms.ChoiceField(label="In which stage?", required=False)
    held_on = DateField(label="On which day did you talk?")
    words = forms.CharField(label="What was said that matters to all?", max_length=4000,
                            help_text="Everybody reads it at once. Leave out what would show one participant’s "
                                      "own idea, unless they let you.",
                            widget=forms.Textarea({"rows": 8, "maxlength": 4000}))

    def __init__(self, *args: Any, stages: tuple[str, ...], **more: Any) -> None:
        super().__init__(*args, **more)
        field = self.fields["stage"]
        assert isinstance(field, forms.ChoiceField)
        field.choices = [("", "None in particular"), *((one, one) for one in stages)]
        self.fields["held_on"].initial = clock.today()


class AwardDirectly(forms.Form):
    """To whom, why, and on whose word."""

    name = forms.CharField(label="To whom?", max_length=200)
    price = Pounds(label="For how much, without VAT?", required=False)
    reasons = forms.CharField(label="Why them, and why was nobody else asked?", max_length=3000,
                              widget=forms.Textarea({"rows": 5, "maxlength": 3000}))
    authority = forms.CharField(label="Who takes the decision?", max_length=200)
    decided_on = DateField(label="On which day was it taken?")
    told_on = DateField(label="On which day is it told?", required=False,
                        help_text="A standstill is counted from that day.")
    wait = forms.BooleanField(label="Wait eight working days before signing, also where no law asks it",
                              required=False)

    def said(self) -> DirectSaid:
        """What was told."""
        given = self.cleaned_data
        return DirectSaid(**{name: given[name] for name in (
            "name", "price", "reasons", "authority", "decided_on", "told_on", "wait")})
