"""The shape of an offer of skill, and of the answer to somebody who asks."""

from __future__ import annotations

from typing import Any

from django import forms

from commonweal.needs.actions.skills import Offered
from commonweal.needs.content import read
from commonweal.needs.models import Reply, ShownAs
from commonweal.needs.skills_content import skills
from commonweal.present.forms import DateField, Hinted


class OfferSkill(forms.Form):
    """Which, how much, until when, and how it is seen."""

    skill = forms.ChoiceField(label="What can you help with?", widget=forms.RadioSelect)
    hours = forms.TypedChoiceField(label="How many hours a month?", coerce=int)
    until = DateField(label="Until when?")
    shown = forms.ChoiceField(label="What do partners see?", choices=ShownAs, widget=forms.RadioSelect)

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        skill, hours = self.fields["skill"], self.fields["hours"]
        assert isinstance(skill, forms.ChoiceField)
        assert isinstance(hours, forms.ChoiceField)
        skill.choices = [(one.key, Hinted(one.title, one.helps)) for one in skills()]
        hours.choices = [("", "Choose"), *((str(one), f"About {one}") for one in read("skills")["hours"])]

    def offered(self) -> Offered:
        """What was answered."""
        said = self.cleaned_data
        return Offered(said["skill"], said["hours"], said["until"], ShownAs(said["shown"]))


class AnswerHelp(forms.Form):
    """Yes, later or no."""

    reply = forms.ChoiceField(label="Can you help?", choices=Reply, widget=forms.RadioSelect)
    words = forms.CharField(label="A few words (optional)", max_length=400, required=False,
                            help_text="For example, when and how to reach you.",
                            widget=forms.Textarea(attrs={"rows": 3, "maxlength": 400}))
