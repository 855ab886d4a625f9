"""The shapes of what is asked on the pages of data protection."""

from __future__ import annotations

from typing import Any, cast

from django import forms

from commonweal.core.models import ComplaintStepKind
from commonweal.policy.information_requests import exemptions, regimes
from commonweal.present.forms import DateField
from commonweal.web.forms_impact import RecordAdvice


class AdviseOnProcessing(RecordAdvice):
    """What the officer advised on the record and the draft as they were read."""

    number = None  # type: ignore[assignment]
    mark = forms.CharField(widget=forms.HiddenInput, max_length=16)


class AskForSomebody(forms.Form):
    """Whose account, when they asked, and how staff know that it is them."""

    activity = "requests"
    email = forms.EmailField(label="E-mail address of their account", max_length=254)
    received = DateField(label="On which day did they ask?")
    identity = forms.CharField(label="How do you know that it is them?", max_length=300,
                               help_text="Such as: they wrote from this address and rang back.")


class MakeComplaint(forms.Form):
    """What went wrong and how to answer. `website` is a trap for programs: people never see it."""

    activity = "requests"
    words = forms.CharField(label="What went wrong?", max_length=4000,
                            widget=forms.Textarea(attrs={"rows": 6, "maxlength": 4000}))
    partnership = forms.ChoiceField(label="Which partnership is it about?", required=False)
    name = forms.CharField(label="Your name", max_length=200, required=False)
    reach = forms.CharField(label="How can we answer you?", max_length=200,
                            help_text="An e-mail address, a telephone number or a postal address.")
    website = forms.CharField(label="Leave this empty", required=False, max_length=200, widget=forms.HiddenInput)

    def __init__(self, partnerships: list[tuple[str, str]], *sent: Any) -> None:
        super().__init__(*sent)
        cast(forms.ChoiceField, self.fields["partnership"]).choices = [("", "None of these, or I do not know"),
                                                                       *partnerships]


class StepOnComplaint(forms.Form):
    """What was done about it, and when."""

    kind = forms.ChoiceField(label="What was done?", choices=ComplaintStepKind.choices, widget=forms.RadioSelect)
    day = DateField(label="On which day?")
    words = forms.CharField(label="What was found or told?", max_length=2000, required=False,
                            widget=forms.Textarea(attrs={"rows": 4, "maxlength": 2000}))


class LogRequest(forms.Form):
    """What was asked, under which law, and when it came."""

    activity = "requests"
    words = forms.CharField(label="What was asked?", max_length=4000,
                            widget=forms.Textarea(attrs={"rows": 5, "maxlength": 4000}))
    regime = forms.ChoiceField(label="Under which law?", widget=forms.RadioSelect,
                               choices=lambda: [(one.key, one.title) for one in regimes().values()])
    received = DateField(label="On which day did it come?")
    name = forms.CharField(label="Who asks", max_length=200, required=False)
    reach = forms.CharField(label="How to answer them", max_length=200, required=False)


class AddItem(forms.Form):
    """Something held that the search does not find."""

    title = forms.CharField(label="What is it?", max_length=300)
    words = forms.CharField(label="Its words", max_length=20_000, required=False,
                            help_text="Names, e-mail addresses and telephone numbers are left out by themselves.",
                            widget=forms.Textarea(attrs={"rows": 6, "maxlength": 20_000}))


class HoldBack(forms.Form):
    """Whether it is held back, and why."""

    exemption = forms.ChoiceField(label="Is it released?", required=False)
    reason = forms.CharField(label="Why is it held back?", max_length=500, required=False)

    def __init__(self, regime: str, *sent: Any, **more: Any) -> None:
        super().__init__(*sent, **more)
        cast(forms.ChoiceField, self.fields["exemption"]).choices = [
            ("", "Yes, as it stands"),
            *((one.key, f"No. {one.title}") for one in exemptions().values() if one.regime == regime)]


class AnswerSent(forms.Form):
    """When the answer went out."""

    day = DateField(label="On which day was it sent?")
