"""The shape of what people are asked about words."""

from __future__ import annotations

from typing import Any

from django import forms

from commonweal.knowledge.actions.saying import Saying
from commonweal.knowledge.models import CommentKind, Rule
from commonweal.knowledge.words import Word
from commonweal.policy.glossary import glossary
from commonweal.present.forms import Hinted


class Meaning(forms.Form):
    """What a word means, and what each sector says for it."""

    label = forms.CharField(label="The word", max_length=120)
    plain = forms.CharField(
        label="What should it mean here, in plain words?", max_length=1000,
        help_text="One or two short sentences that somebody new would understand.",
        widget=forms.Textarea(attrs={"rows": 4}),
    )
    also = forms.CharField(
        label="Other ways it is written (optional)", max_length=1000, required=False,
        help_text="With commas between, such as: hard to reach, seldom-heard",
    )
    source = forms.CharField(label="Where this meaning comes from (optional)", max_length=500, required=False)
    reason = forms.CharField(label="Why should the meaning change?", max_length=500)

    def __init__(self, *args: Any, new: bool, **options: Any) -> None:
        super().__init__(*args, **options)
        if new:
            del self.fields["reason"]
        for sector, title in glossary().sectors.items():
            self.fields[f"{sector}_word"] = forms.CharField(
                label=f"{title} say (optional)", max_length=120, required=False
            )
            self.fields[f"{sector}_meaning"] = forms.CharField(
                label=f"and mean by it: {title.lower()} (optional)", max_length=400, required=False
            )
        if "reason" in self.fields:
            self.order_fields(["label", "plain", "reason", "also"])

    def saying(self, before: Word | None = None) -> Saying:
        """The answers as a meaning; what is not asked here stays as it was."""
        said = self.cleaned_data
        return Saying(
            label=said["label"], plain=said["plain"], also=said["also"].split(","), source=said["source"],
            words=tuple(
                (sector, said[f"{sector}_word"], said[f"{sector}_meaning"]) for sector in glossary().sectors
            ),
            broader=before.broader if before else (), related=before.related if before else (),
            links=tuple((link.match, link.uri) for link in before.links) if before else (),
        )


def answers_of(word: Word) -> dict[str, str]:
    """A word as the answers of the form."""
    found = {"label": word.label, "plain": word.plain, "also": ", ".join(word.also), "source": word.source}
    for cell in word.words:
        found |= {f"{cell.sector}_word": cell.word, f"{cell.sector}_meaning": cell.meaning}
    return found


class Retire(forms.Form):
    """Why a word should be used no more."""

    reason = forms.CharField(label="Why should this word no longer be used?", max_length=500)


class SayIt(forms.Form):
    """A comment or an objection."""

    body = forms.CharField(
        label="What do you want to say?", max_length=2000, widget=forms.Textarea(attrs={"rows": 3})
    )
    kind = forms.ChoiceField(
        label="What is it?", initial=CommentKind.COMMENT, widget=forms.RadioSelect, choices=(
            (CommentKind.COMMENT.value, "A comment"),
            (CommentKind.OBJECTION.value, Hinted(
                "An objection", "The meaning is not agreed until you take it back or somebody changes it."
            )),
        ),
    )


class SetRule(forms.Form):
    """Whose signatures it takes."""

    rule = forms.ChoiceField(label="Who must sign before a meaning is agreed?", choices=Rule.choices,
                             widget=forms.RadioSelect)
    reason = forms.CharField(label="Who decided this, and when?", max_length=500)


class Bring(forms.Form):
    """Which list?"""

    file = forms.FileField(
        label="A list of words", allow_empty_file=True, max_length=255,
        help_text="SKOS as Turtle or JSON-LD, a CSV table, a list from ESD, or OpenActive's activity list. "
                  "Up to 5 MB.",
    )
