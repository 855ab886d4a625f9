"""The shape of what is asked when a need is written, judged and signed."""

from __future__ import annotations

from typing import Any

from django import forms

from commonweal.needs.content import read
from commonweal.needs.models import Side, Verdict
from commonweal.present.forms import Hinted


def _box(label: str, hint: str, *, most: int, rows: int = 3) -> forms.CharField:
    return forms.CharField(
        label=label, help_text=hint, max_length=most,
        widget=forms.Textarea(attrs={"rows": rows, "maxlength": most}),
        error_messages={"max_length": f"{label.rstrip('?')} must be {most:,} characters or fewer"},
    )


class WriteNeed(forms.Form):
    """Who, where, what, and how we know."""

    title = forms.CharField(label="A short name for it", max_length=200, help_text="For example: Dance near home.")
    who = forms.CharField(
        label="Who needs it?", max_length=300,
        help_text="A group of people, as they would call themselves. For example: Girls of 11 to 16.",
    )
    where = forms.CharField(label="Where?", max_length=300, help_text="For example: Marsh End and Fishergate.")
    what = _box(
        "What do they need?",
        "What should be different for them, not which service. For example: somewhere to dance within a walk of "
        "home, that costs no more than £2.", most=1000,
    )
    how_we_know = _box("How do we know?", "In a sentence or two. You hold the evidence itself against it next.",
                       most=2000)
    side = forms.ChoiceField(label="Which side of need is it?", widget=forms.RadioSelect, choices=[
        (Side.FOR_CULTURE.value, Hinted(Side.FOR_CULTURE.label, "People need culture or sport itself.")),
        (Side.HELPED_BY_CULTURE.value, Hinted(
            Side.HELPED_BY_CULTURE.label,
            "Health, belonging, work, learning or safety, which culture and sport help.")),
    ])
    theme = forms.ChoiceField(label="Theme")

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        field = self.fields["theme"]
        assert isinstance(field, forms.ChoiceField)
        field.choices = [(one["key"], one["title"]) for one in read("themes")["themes"]]


class RewriteNeed(forms.Form):
    """The same again, over the version that was read, with why."""

    who = forms.CharField(label="Who needs it?", max_length=300)
    where = forms.CharField(label="Where?", max_length=300)
    what = _box("What do they need?", "What should be different for them, not which service.", most=1000)
    how_we_know = _box("How do we know?", "In a sentence or two.", most=2000)
    reason = forms.CharField(label="Why is it written anew?", max_length=500,
                             help_text="Those who signed will see this, and are asked to sign again.")
    over = forms.IntegerField(widget=forms.HiddenInput)


class HoldEvidence(forms.Form):
    """Which evidence, what it says of the need, and why."""

    item = forms.ChoiceField(label="Which evidence?")
    verdict = forms.ChoiceField(
        label="What does it say of this need?", widget=forms.RadioSelect, choices=Verdict.choices
    )
    note = forms.CharField(label="Why? (optional)", max_length=1000, required=False)

    def __init__(self, choices: tuple[tuple[str, str, str], ...], *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        field = self.fields["item"]
        assert isinstance(field, forms.ChoiceField)
        field.choices = [(key, f"{title} ({whose})") for key, title, whose in choices]


class Sign(forms.Form):
    """Sign, or say why not; the version that was read goes with the answer."""

    answer = forms.ChoiceField(label="What does your organisation say?", widget=forms.RadioSelect, choices=[
        ("sign", Hinted("We sign this version", "It cannot be undone; a later version is signed anew.")),
        ("object", Hinted("We do not sign it", "Say why below, so that the next version can answer it.")),
    ])
    words = forms.CharField(label="In a few words (needed where you do not sign)", max_length=1000, required=False,
                            widget=forms.Textarea(attrs={"rows": 3, "maxlength": 1000}))
    number = forms.IntegerField(widget=forms.HiddenInput)
