"""The shape of a community's challenge, and of what the council decides on it."""

from __future__ import annotations

from datetime import timedelta
from typing import Any
from uuid import UUID

from django import forms

from commonweal.core import clock
from commonweal.policy.challenging import challengers, grounds
from commonweal.present.forms import DateField, Hinted
from commonweal.procurement.actions.challenging import ChallengeSaid, VerdictSaid
from commonweal.procurement.models.challenge import Verdict

ANSWER_WITHIN = timedelta(days=60)


def _area(rows: int) -> forms.Textarea:
    return forms.Textarea({"rows": rows, "maxlength": 2000})


class WriteChallenge(forms.Form):
    """An expression of interest in what the law asks it to say, and no more."""

    activity = "commissioning"
    authority = forms.ChoiceField(label="Which council’s service is it?", widget=forms.RadioSelect)
    body = forms.CharField(label="Who wants to run it?", max_length=200)
    kind = forms.ChoiceField(label="What kind of body is that?", widget=forms.RadioSelect)
    service = forms.CharField(label="Which service, and where?", max_length=200,
                              help_text="For example: the branch library in Kiln Lane, on Saturdays.")
    difference = forms.CharField(label="What would be better, for the area and for those who use it?",
                                 max_length=2000, widget=_area(5))
    able = forms.CharField(label="What shows that they could do it, and could pay for it?", max_length=2000,
                           widget=_area(5), help_text="Money, people, what was done before; and who would help.")
    staff = forms.CharField(label="If they are the council’s own staff: how do they talk with staff it touches?",
                            max_length=2000, required=False, widget=_area(3))
    reach = forms.CharField(label="How can they be reached?", max_length=200, required=False)
    answer_by = DateField(label="By which day will the council answer?")

    def __init__(self, *args: Any, councils: tuple[tuple[UUID, str], ...], **more: Any) -> None:
        super().__init__(*args, **more)
        for name, choices in (("authority", [(str(key), title) for key, title in councils]),
                              ("kind", [(one.key, one.name) for one in challengers()])):
            field = self.fields[name]
            assert isinstance(field, forms.ChoiceField)
            field.choices = choices
        self.fields["answer_by"].initial = clock.today() + ANSWER_WITHIN
        if len(councils) == 1:
            self.fields["authority"].initial = str(councils[0][0])

    def said(self) -> ChallengeSaid:
        """What was written."""
        given = self.cleaned_data
        return ChallengeSaid(**{**given, "authority": UUID(given["authority"])})


class DecideChallenge(forms.Form):
    """Accepted or not, why, and when its competition begins."""

    activity = "commissioning"
    verdict = forms.ChoiceField(label="What is decided?", widget=forms.RadioSelect, choices=[
        (Verdict.ACCEPTED.value, Hinted("It is accepted", "A competition for everybody follows.")),
        (Verdict.CHANGED.value, Hinted("It is accepted with a change", "If it would otherwise be turned down, "
                                       "and only if they agree.")),
        (Verdict.REJECTED.value, Hinted("It is turned down", "On one of the grounds below alone."))])
    ground = forms.ChoiceField(label="If it is turned down: on which ground?", required=False,
                               widget=forms.RadioSelect)
    change = forms.CharField(label="If it is changed: to what did they agree?", max_length=500, required=False)
    begins_after = DateField(label="If accepted: the competition begins from which day?", required=False)
    begins_by = DateField(label="And by which day at the latest?", required=False)
    reasons = forms.CharField(label="Why?", max_length=2000, widget=_area(5),
                              help_text="They are told, and it is published.")
    decider = forms.CharField(label="Who takes the decision?", max_length=200,
                              help_text="A committee, a portfolio holder, or an officer under a scheme.")

    def __init__(self, *args: Any, **more: Any) -> None:
        super().__init__(*args, **more)
        field = self.fields["ground"]
        assert isinstance(field, forms.ChoiceField)
        field.choices = [(one.key, Hinted(one.words, f"{one.citation} ({one.standing})")) for one in grounds()]

    def said(self) -> VerdictSaid:
        """What was decided."""
        return VerdictSaid(**self.cleaned_data)
