"""The shape of what is asked of an agreement's terms, one small form each."""

from __future__ import annotations

from decimal import Decimal
from typing import Any
from uuid import UUID

from django import forms

from commonweal.agreements.actions.terms import LONGEST_REMINDER, ClauseSaid, RiskSaid, VariationSaid
from commonweal.agreements.models import DayKind, Of
from commonweal.options.actions.passing import PassingSaid
from commonweal.options.forms_appraisal import Offered, chosen
from commonweal.present.forms import Affixed, DateField

NONE = ("", "None of these")
HUNDRED = Decimal(100)


def _pounds(label: str, **more: Any) -> forms.DecimalField:
    return forms.DecimalField(label=label, max_digits=12, decimal_places=2, widget=Affixed(prefix="£"), **more)


def _share(label: str) -> forms.DecimalField:
    return forms.DecimalField(label=label, max_digits=5, decimal_places=2, min_value=0, max_value=100,
                              widget=Affixed(suffix="%"))


def _words(label: str, most: int, **more: Any) -> forms.CharField:
    return forms.CharField(label=label, max_length=most,
                           widget=forms.Textarea({"rows": 3, "maxlength": most}), **more)


class ClauseForm(forms.Form):
    """One thing it requires, and what that answers."""

    number = forms.CharField(label="Its number on paper", max_length=20, required=False)
    words = _words("What does it require?", 1000)
    need = forms.ChoiceField(label="Which need does it answer?", required=False)
    outcome = forms.ChoiceField(label="Which outcome does it answer?", required=False)

    def __init__(self, *args: Any, needs: Offered, outcomes: Offered, **more: Any) -> None:
        super().__init__(*args, **more)
        chosen(self, "need", [NONE, *needs])
        chosen(self, "outcome", [NONE, *outcomes])

    def said(self) -> ClauseSaid:
        """As the action takes it."""
        given = self.cleaned_data
        return ClauseSaid(words=given["words"], number=given["number"],
                          need=UUID(given["need"]) if given["need"] else None,
                          outcome=UUID(given["outcome"]) if given["outcome"] else None)


class VariationForm(forms.Form):
    """What changed, why, and on which ground of law."""

    agreed_on = DateField(label="On which day was it agreed?")
    what = _words("What changed?", 1000)
    reason = _words("Why?", 1000)
    ground = forms.CharField(label="On which ground of law?", max_length=300,
                             help_text="As your legal officer names it, with the section or regulation.")
    pounds = _pounds("How much more does it cost in all?", required=False)
    ends = DateField(label="What is the new last day, if it moved?", required=False)

    def said(self) -> VariationSaid:
        """As the action takes it."""
        return VariationSaid(**self.cleaned_data)


class DayForm(forms.Form):
    """A day to watch."""

    kind = forms.ChoiceField(label="What happens?", choices=DayKind.choices, widget=forms.RadioSelect)
    day = DateField(label="On which day?")
    words = forms.CharField(label="What should be remembered?", max_length=300, required=False)
    ahead = forms.IntegerField(label="How many days before should it wait for you?", initial=120, min_value=1,
                               max_value=LONGEST_REMINDER)


class PassingForm(forms.Form):
    """Whose part passes to whom, from when, by what."""

    party = forms.ChoiceField(label="Whose part passes on?")
    to = forms.CharField(label="Who has it then?", max_length=160)
    day = DateField(label="From which day?")
    law = forms.CharField(label="By which order, act or deed?", max_length=300,
                          help_text="For example: a structural changes order, a deed of novation.")

    def __init__(self, *args: Any, parties: tuple[str, ...] = (), **more: Any) -> None:
        super().__init__(*args, **more)
        chosen(self, "party", [(one, one) for one in parties])

    def said(self) -> PassingSaid:
        """As the action takes it."""
        return PassingSaid(**self.cleaned_data)


class ContactForm(forms.Form):
    """Whom to ring."""

    activity = "agreements"
    party = forms.ChoiceField(label="At which party?")
    name = forms.CharField(label="Their name", max_length=120)
    job = forms.CharField(label="What they do there", max_length=120, required=False)
    email = forms.EmailField(label="Their e-mail address", max_length=254, required=False)
    phone = forms.CharField(label="Their telephone number", max_length=40, required=False)

    def __init__(self, *args: Any, parties: tuple[str, ...] = (), **more: Any) -> None:
        super().__init__(*args, **more)
        chosen(self, "party", [(one, one) for one in parties])


class PaperForm(forms.Form):
    """A paper of the agreement."""

    title = forms.CharField(label="What is it?", max_length=160, help_text="For example: signed agreement.")
    file = forms.FileField(label="The file", help_text="PDF, Word, Excel or OpenDocument, 10 MB at most.")


class RiskForm(forms.Form):
    """Who bears a departure from plan."""

    title = forms.CharField(label="Which risk?", max_length=120, help_text="For example: income from swimming.")
    of = forms.ChoiceField(label="What is planned?", choices=Of.choices, widget=forms.RadioSelect)
    collar = _pounds("Up to how much a year does the provider bear it alone?", min_value=0)
    cap = _pounds("Up to how much is it shared?", min_value=0)
    shared = _share("What part of that does the provider bear?")
    beyond = _share("What part does the provider bear beyond it?")
    source = forms.CharField(label="Where does it say so?", max_length=300)

    def said(self) -> RiskSaid:
        """As the action takes it: per cent as shares."""
        given = self.cleaned_data
        return RiskSaid(**{**given, "shared": given["shared"] / HUNDRED, "beyond": given["beyond"] / HUNDRED})


class YearForm(forms.Form):
    """What one year of an open book came to."""

    year = forms.CharField(label="Which financial year?", max_length=7, help_text="Such as 2026-27.")
    planned = _pounds("What was planned?")
    actual = _pounds("What did it come to?")
    source = forms.CharField(label="Where does that stand written?", max_length=300)
