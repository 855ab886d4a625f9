"""The shape of a network, of joining it, and of what is asked and answered in it."""

from __future__ import annotations

from django import forms

from commonweal.knowledge.models import Among
from commonweal.present.forms import Hinted


class BeginNetwork(forms.Form):
    """What it is called, what for, among whom, and who may join."""

    title = forms.CharField(label="What is it called?", max_length=120,
                            help_text="For example: Clubs that run their own hall")
    about = forms.CharField(label="What do you want to help each other with?", max_length=400,
                            widget=forms.Textarea(attrs={"rows": 3, "maxlength": 400}))
    among = forms.ChoiceField(label="Among whom?", choices=Among.choices, widget=forms.RadioSelect)
    wide = forms.ChoiceField(label="Who may join?", widget=forms.RadioSelect, initial="no", choices=[
        ("no", "People of this partnership"),
        ("yes", Hinted("People of every partnership here", "For what several places have in common.")),
    ])


class JoinNetwork(forms.Form):
    """What one can be asked, and how one is reached."""

    activity = "learning"
    knows = forms.CharField(label="What can the others ask you about?", max_length=200,
                            help_text="For example: taking on a lease, running a hall, finding volunteers")
    reach = forms.CharField(label="How may they ring or write to you? (optional)", max_length=200, required=False,
                            help_text="A number or address of your work, and good hours. Members alone see it, "
                                      "and it is deleted when you leave.")


class AskNetwork(forms.Form):
    """A question."""

    words = forms.CharField(label="What would you like to know?", max_length=600,
                            widget=forms.Textarea(attrs={"rows": 3, "maxlength": 600}),
                            help_text="Name no person and nothing that is not yours to tell.")


class AnswerNetwork(forms.Form):
    """An answer."""

    words = forms.CharField(label="Your answer", max_length=1500,
                            widget=forms.Textarea(attrs={"rows": 4, "maxlength": 1500}))
