"""The shape of what is asked when the advice on an impact assessment is recorded."""

from __future__ import annotations

from django import forms

from commonweal.core.actions.sharing_advice import Advised
from commonweal.present.forms import DateField, Hinted

KINDS = [
    ("accepted", Hinted("Advice was given and we accept it", "Its conditions are met before anything begins.")),
    ("refused", Hinted("Advice was given and we do not accept it", "Say why below.")),
    ("none", Hinted("There is no advice", "For example: we have no data protection officer. Say why below.")),
]


class RecordAdvice(forms.Form):
    """What the officer advised, or why nobody did."""

    activity = "sharing"
    kind = forms.ChoiceField(label="What happened?", choices=KINDS, widget=forms.RadioSelect)
    officer = forms.CharField(label="Who advised?", max_length=200, required=False,
                              help_text="A role will do: data protection officer of the council.")
    given = DateField(label="On which day?", required=False)
    advice = forms.CharField(
        label="What did they advise?", max_length=4000, required=False,
        widget=forms.Textarea(attrs={"rows": 5, "maxlength": 4000}),
    )
    reason = forms.CharField(
        label="Why is it not accepted, or why is there none?", max_length=1000, required=False,
        widget=forms.Textarea(attrs={"rows": 3, "maxlength": 1000}),
    )
    number = forms.IntegerField(widget=forms.HiddenInput, max_value=2**31 - 1)

    def clean(self) -> dict[str, object]:
        """What each answer needs, said beside the question."""
        said = super().clean() or {}
        kind = said.get("kind")
        if kind in ("accepted", "refused"):
            for name, sentence in (("officer", "Say who advised"), ("advice", "Write what they advised"),
                                   ("given", "Enter the day of the advice")):
                if not said.get(name) and name not in self.errors:
                    self.add_error(name, sentence)
        if kind in ("refused", "none") and not said.get("reason") and "reason" not in self.errors:
            self.add_error("reason", "Say why it is not accepted, or why there is no advice")
        return said

    def advised(self) -> Advised:
        """What was answered, as the action takes it: with no advice, nothing of an adviser is kept."""
        said = self.cleaned_data
        if said["kind"] == "none":
            return Advised(reason=said["reason"])
        return Advised(officer=said["officer"], given=said["given"], advice=said["advice"],
                       accepted=said["kind"] == "accepted", reason=said["reason"])
