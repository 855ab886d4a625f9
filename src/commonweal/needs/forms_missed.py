"""The shape of what is asked about those who may be missed."""

from __future__ import annotations

from django import forms

from commonweal.needs.models import MissedVerdict
from commonweal.present.forms import Hinted


class AnswerGroup(forms.Form):
    """What this step does for them, or why not."""

    verdict = forms.ChoiceField(label="What does this step do for them?", widget=forms.RadioSelect, choices=[
        (MissedVerdict.ANSWERED.value, Hinted("We do something about it", "Say what, by whom and by when.")),
        (MissedVerdict.SET_ASIDE.value, Hinted("We set it aside", "Say why. The reason stays with this step.")),
        (MissedVerdict.OPEN.value, Hinted("It is open", "Say what is still to be found out.")),
    ])
    words = forms.CharField(
        label="In a few words", max_length=1000, widget=forms.Textarea(attrs={"rows": 3, "maxlength": 1000}),
        help_text="Without anybody's name.",
    )
    onward = forms.BooleanField(label="This holds for the later steps too", required=False)


class NameGroup(forms.Form):
    """Somebody no rule found."""

    title = forms.CharField(
        label="Who, or which area?", max_length=200,
        help_text="As they would call themselves. For example: Night-shift workers at the port.",
    )
    why = forms.CharField(label="Why may they be missed?", max_length=500,
                          widget=forms.Textarea(attrs={"rows": 3, "maxlength": 500}))
