"""The shape of what is asked of the page for groups, of an offer, and of an application."""

from __future__ import annotations

from typing import Any

from django import forms

from commonweal.present.forms import Affixed, DateField, Hinted
from commonweal.providers.actions.help import ApplicationSaid, OfferSaid, WelcomeSaid
from commonweal.providers.models import ApplicationState, OfferKind

HINTS = {
    OfferKind.MONEY: "A fund or grant that groups here can ask for",
    OfferKind.TRAINING: "A course or session, with its day",
    OfferKind.HELP: "Advice, a mentor, a room, a loan of equipment",
    OfferKind.FORM: "A form, policy or guide to take away",
}


def pounds(label: str) -> forms.DecimalField:
    """An amount of money that may be left out."""
    return forms.DecimalField(label=label, required=False, min_value=0, max_digits=12, decimal_places=2,
                              widget=Affixed(prefix="£"))


def words(label: str, longest: int, hint: str = "", *, required: bool = True) -> forms.CharField:
    """A few sentences."""
    return forms.CharField(label=label, max_length=longest, help_text=hint, required=required,
                           widget=forms.Textarea({"rows": 3, "maxlength": longest}))


class OpenPage(forms.Form):
    """Who answers for the page for groups."""

    activity = "directory"
    words = words("Say in two sentences what groups find here", 300)
    name = forms.CharField(label="Whom should groups ask?", max_length=100,
                           help_text="A name, or the name of a desk. Everybody can read it.")
    phone = forms.CharField(label="Phone", max_length=40, required=False)
    email = forms.EmailField(label="E-mail", required=False)
    shown = forms.BooleanField(label="Everybody may read this page, without an account", required=False)

    def said(self) -> WelcomeSaid:
        """As the action takes it."""
        return WelcomeSaid(**self.cleaned_data)


class MakeOffer(forms.Form):
    """One thing that groups can have."""

    activity = "directory"
    kind = forms.ChoiceField(label="What is it?", widget=forms.RadioSelect,
                             choices=[(one.value, Hinted(one.label, HINTS[one])) for one in OfferKind])
    title = forms.CharField(label="Its name", max_length=120)
    words = words("What it is, and for whom", 500, "In plain words. Say first who can have it.")
    giver = forms.CharField(label="Who gives it?", max_length=120)
    least = pounds("The least that is given")
    most = pounds("The most that is given")
    closes = DateField(label="The last day to ask, or the day of the training", required=False)
    where = forms.CharField(label="Where, if it is somewhere", max_length=200, required=False)
    places = forms.IntegerField(label="How many can come", required=False, min_value=1, max_value=10_000)
    web = forms.URLField(label="Its page on the web", max_length=300, required=False, assume_scheme="https")
    ask = forms.CharField(label="Whom to ask, and how", max_length=200, required=False)
    source = forms.CharField(label="How do you know?", max_length=200,
                             help_text="The page, letter or person that says so. It is looked up today.")

    def said(self) -> OfferSaid:
        """As the action takes it."""
        given = dict(self.cleaned_data)
        return OfferSaid(**given | {"kind": OfferKind(given["kind"])})


class TrackApplication(forms.Form):
    """What the group applies for."""

    title = forms.CharField(label="What is it for?", max_length=120)
    to = forms.CharField(label="Whom do you ask?", max_length=120)
    state = forms.ChoiceField(label="How far are you?", widget=forms.RadioSelect, choices=ApplicationState.choices)
    asked = pounds("How much do you ask for?")
    due = DateField(label="When must it be in?", required=False)
    answer_by = DateField(label="When do they answer?", required=False)
    why = words("What will be different for people?", 500, "It goes into your answers, ready to copy.",
                required=False)
    got = pounds("How much did you get?")
    learnt = words("What did you learn from the answer?", 500, required=False)

    def clean(self) -> dict[str, Any]:
        """Money that came is of what was won."""
        given = super().clean() or {}
        if given.get("got") is not None and given.get("state") != ApplicationState.WON:
            self.add_error("got", "Say how much you got only if you got it.")
        return given

    def said(self) -> ApplicationSaid:
        """As the action takes it."""
        given = dict(self.cleaned_data)
        return ApplicationSaid(**given | {"state": ApplicationState(given["state"])})
