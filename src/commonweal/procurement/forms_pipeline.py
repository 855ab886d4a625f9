"""The shape of what is asked to publish a coming commission, to look for one, to take part, and to get news."""

from __future__ import annotations

from typing import Any

from django import forms

from commonweal.policy.papers import GuidedQuestion
from commonweal.present.forms import DateField
from commonweal.procurement.models.pipeline import Size
from commonweal.procurement.queries.pipeline import KINDS, WHEN

ANY = ("", "Any")


class PublishListing(forms.Form):
    """What everybody may read."""

    activity = "commissioning"
    plain = forms.CharField(label="Say it to a club in two or three sentences", max_length=600,
                            widget=forms.Textarea({"rows": 4, "maxlength": 600}))
    size = forms.ChoiceField(label="How large is it, roughly?", choices=Size.choices, widget=forms.RadioSelect)
    department = forms.ChoiceField(label="Which department?", required=False)
    engage_at = forms.TimeField(label="At what time do you talk with suppliers?", required=False,
                                input_formats=["%H:%M", "%H.%M"], help_text="For example 18:30.")
    engage_where = forms.CharField(label="Where do you talk?", max_length=200, required=False)
    interest_by = DateField(label="Until when may people say they might take part?", required=False)
    contact = forms.CharField(label="Whom may people ring or write to?", max_length=200,
                              help_text="An office or a role with its number. Everybody will read it.")

    def __init__(self, *args: Any, departments: list[tuple[str, str]], **more: Any) -> None:
        super().__init__(*args, **more)
        field = self.fields["department"]
        assert isinstance(field, forms.ChoiceField)
        field.choices = [("", "None in particular"), *departments]
        if not departments:
            del self.fields["department"]


class Seek(forms.Form):
    """What somebody looks for."""

    place = forms.CharField(label="Where, or who buys", max_length=100, required=False)
    kind = forms.ChoiceField(label="What kind", choices=[ANY, *KINDS.items()], required=False)
    size = forms.ChoiceField(label="How large", choices=[ANY, *Size.choices], required=False)
    when = forms.ChoiceField(label="When", choices=[ANY, *WHEN.items()], required=False)


class TakePart(forms.Form):
    """Who you are, and the few questions of this tier. `website` is a trap for programs: people never see it."""

    activity = "interest"
    organisation = forms.CharField(label="Your club or organisation", max_length=200)
    name = forms.CharField(label="Your name", max_length=120)
    reach = forms.CharField(label="Telephone or e-mail", max_length=200,
                            help_text="Only whoever commissions this sees it.")
    website = forms.CharField(required=False, widget=forms.HiddenInput)

    def __init__(self, *args: Any, questions: tuple[GuidedQuestion, ...], **more: Any) -> None:
        super().__init__(*args, **more)
        self.asked = tuple(one for one in questions if one.key != "who")
        for one in self.asked:
            self.fields[f"answer-{one.key}"] = forms.CharField(
                label=one.words, help_text=one.help, max_length=2000, required=one.key != "ease",
                widget=forms.Textarea({"rows": 4, "maxlength": 2000}))

    def answers(self) -> dict[str, str]:
        """By the key of the question; who they are answers the first."""
        given = self.cleaned_data
        return {"who": given["organisation"]} | {one.key: given[f"answer-{one.key}"] for one in self.asked}


class Subscribe(forms.Form):
    """Where news should go, and of what."""

    activity = "interest"
    email = forms.EmailField(label="Your e-mail address", max_length=254)
    place = forms.CharField(label="Only where this is named", max_length=100, required=False)
    kind = forms.ChoiceField(label="Only this kind", choices=[ANY, *KINDS.items()], required=False)
    website = forms.CharField(required=False, widget=forms.HiddenInput)
