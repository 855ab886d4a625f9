"""The shape of what is asked in an evaluation: who scores, interests, a score with its reason, and the choice."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django import forms

from commonweal.core import clock
from commonweal.policy.papers import score_words
from commonweal.present.forms import DateField, Hinted
from commonweal.procurement.actions.agreeing import TermsSaid
from commonweal.procurement.actions.deciding import DecisionSaid
from commonweal.procurement.actions.scoring import ScoreSaid
from commonweal.procurement.forms_rules import Pounds
from commonweal.procurement.pages.rules import pounds
from commonweal.procurement.queries.ranking import Ranked


class NameEvaluators(forms.Form):
    """Who scores."""

    people = forms.MultipleChoiceField(label="Who scores?", widget=forms.CheckboxSelectMultiple,
                                       help_text="Several, from several partners if you can. Each scores alone.")

    def __init__(self, *args: Any, people: tuple[tuple[UUID, str], ...], **more: Any) -> None:
        super().__init__(*args, **more)
        field = self.fields["people"]
        assert isinstance(field, forms.MultipleChoiceField)
        field.choices = [(str(key), name) for key, name in people]


class TakeOut(forms.Form):
    """Why somebody scores no more."""

    why = forms.CharField(label="Why do they score no more?", max_length=300)


class Declare(forms.Form):
    """Interests."""

    activity = "commissioning"
    conflict = forms.ChoiceField(
        label="Do you stand in a conflict with any of them?", widget=forms.RadioSelect, choices=[
            ("no", Hinted("No", "You neither work for, govern, nor are close to any of them, and gain nothing.")),
            ("yes", Hinted("Yes", "Then you do not score. That is nothing to be ashamed of."))])
    words = forms.CharField(label="If yes: what is it?", max_length=500, required=False,
                            widget=forms.Textarea({"rows": 3, "maxlength": 500}))


class GiveScore(forms.Form):
    """A score in words, and the reason."""

    score = forms.TypedChoiceField(label="Your score", widget=forms.RadioSelect, coerce=int)
    reason = forms.CharField(label="Your reason", max_length=1500,
                             help_text="What in the answer earns it, and what is lacking. The bidder is told why.",
                             widget=forms.Textarea({"rows": 4, "maxlength": 1500}))

    def __init__(self, *args: Any, together: bool = False, **more: Any) -> None:
        super().__init__(*args, **more)
        if together:
            self.fields["score"].label = "The score you agree on"
            self.fields["reason"].label = "The reason the bidder reads"
        field = self.fields["score"]
        assert isinstance(field, forms.TypedChoiceField)
        field.choices = [(str(one.score), Hinted(f"{one.score}: {one.name}", one.words)) for one in score_words()]

    def said(self, question: str) -> ScoreSaid:
        """What was given."""
        return ScoreSaid(question=question, score=self.cleaned_data["score"], reason=self.cleaned_data["reason"])


class SettleLow(forms.Form):
    """A price far below the others'."""

    said = forms.CharField(label="What did the bidder say when you asked?", max_length=2000,
                           widget=forms.Textarea({"rows": 5, "maxlength": 2000}))
    accepted = forms.ChoiceField(label="Can the work be done for it?", widget=forms.RadioSelect, choices=[
        ("yes", "Yes, it is accepted"), ("no", Hinted("No", "It is out, and the order is worked out anew."))])
    reason = forms.CharField(label="Why?", max_length=500)


class AgreeTerms(forms.Form):
    """What was agreed after talks."""

    held_on = DateField(label="On which day was it agreed?")
    words = forms.CharField(
        label="What was agreed?", max_length=3000, widget=forms.Textarea({"rows": 6, "maxlength": 3000}),
        help_text="Which part they will do, what changes from what they sent, what stays. They read it once it is "
                  "decided.")
    price = Pounds(label="At what price or sum, without VAT?", required=False,
                   help_text="Leave it empty if it stays as it was sent.")

    def __init__(self, *args: Any, **more: Any) -> None:
        super().__init__(*args, **more)
        self.fields["held_on"].initial = clock.today()

    def said(self) -> TermsSaid:
        """What was told."""
        return TermsSaid(**{name: self.cleaned_data[name] for name in ("held_on", "words", "price")})


class Decide(forms.Form):
    """Who is chosen, why and on whose word."""

    letters = forms.MultipleChoiceField(label="Who is chosen?", required=False,
                                        widget=forms.CheckboxSelectMultiple,
                                        help_text="Nobody is an answer too.")
    reasons = forms.CharField(label="Why?", max_length=3000, widget=forms.Textarea({"rows": 5, "maxlength": 3000}))
    authority = forms.CharField(label="Who takes the decision?", max_length=200,
                                help_text="A committee, a portfolio holder, or an officer under a scheme.")
    decided_on = DateField(label="On which day was it taken?")
    told_on = DateField(label="On which day are bidders told?", required=False,
                        help_text="A standstill is counted from that day.")
    wait = forms.BooleanField(label="Wait eight working days before signing, also where no law asks it",
                              required=False)

    def __init__(self, *args: Any, order: tuple[Ranked, ...], **more: Any) -> None:
        super().__init__(*args, **more)
        field = self.fields["letters"]
        assert isinstance(field, forms.MultipleChoiceField)
        field.choices = [(one.letter, _label(one)) for one in order if not one.out]
        self.fields["decided_on"].initial = clock.today()

    def said(self) -> DecisionSaid:
        """What was told."""
        given = self.cleaned_data
        return DecisionSaid(letters=tuple(given["letters"]), **{name: given[name] for name in (
            "reasons", "authority", "decided_on", "told_on", "wait")})


def _label(one: Ranked) -> str:
    price = "" if one.price is None else f", {pounds(one.price)}"
    return f"{one.place}. {one.name}{price}: {one.total:.1f} of 100"
