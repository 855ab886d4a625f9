"""The shape of what is asked of a piece of evidence: four answers first, the rest for whoever knows more."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any
from uuid import UUID

from django import forms

from commonweal.core.queries.sharing import HeldView, How
from commonweal.needs.actions.evidence import Told
from commonweal.needs.models import AskedBy, Chosen, Covers, EvidenceItem, EvidenceKind, Perspective
from commonweal.needs.queries.evidence_items import ASKED
from commonweal.present.forms import DateField

MUST = ("title", "kind", "perspective", "summary")
MORE = ("gathered_to", "answered", "asked", "chosen", "asked_by", "covers", "how_asked", "limits", "citation",
        "dataset_id")
TAKEN = 8000  # letters of a pasted text


def _box(label: str, hint: str, *, most: int, rows: int, required: bool = True) -> forms.CharField:
    return forms.CharField(
        label=label, help_text=hint, max_length=most, required=required,
        widget=forms.Textarea(attrs={"rows": rows, "maxlength": most}),
        error_messages={"max_length": f"{label.rstrip('?')} must be {most:,} characters or fewer"},
    )


def _count(label: str, hint: str) -> forms.IntegerField:
    return forms.IntegerField(
        label=label, help_text=hint, required=False, min_value=0, max_value=100_000_000,
        widget=forms.TextInput(attrs={"inputmode": "numeric", "class": "govuk-input--width-5"}),
        error_messages={"invalid": f"{label} must be a whole number, such as 250"},
    )


class EvidenceForm(forms.Form):
    """What was heard, from whom and how; what is not known is left empty and lowers the grade."""

    activity = "evidence"
    title = forms.CharField(label="A short name for it", max_length=300,
                            help_text="For example: What members said at the desk, June.")
    kind = forms.ChoiceField(label="What is it?", choices=EvidenceKind.choices)
    perspective = forms.ChoiceField(
        label="Whose view is it?", widget=forms.RadioSelect,
        choices=[(one.value, one.label) for one in (*ASKED, Perspective.PUBLISHED)],
    )
    summary = _box("What does it say?", "In a few sentences, without anybody's name. Notes can be pasted here.",
                   most=TAKEN, rows=6)
    gathered_to = DateField(label="When was it gathered?", required=False,
                            help_text="The last day, if it took several. For example: 30 6 2026.")
    answered = _count("How many answered", "People, or signatures. Leave it empty if nobody counted.")
    asked = _count("How many were asked", "Where people were asked one by one.")
    chosen = forms.ChoiceField(label="How were they chosen?", choices=Chosen.choices, initial=Chosen.UNKNOWN)
    asked_by = forms.ChoiceField(label="How could they answer?", choices=AskedBy.choices, initial=AskedBy.UNKNOWN)
    covers = forms.ChoiceField(label="What area does it cover?", choices=Covers.choices, initial=Covers.UNKNOWN)
    how_asked = forms.CharField(label="What was asked? (optional)", max_length=300, required=False,
                                help_text="The question, as it was put.")
    limits = _box("What can it not say? (optional)", "For example: nobody under 16 was asked.", most=2000, rows=3,
                  required=False)
    citation = forms.CharField(label="Where can it be read? (optional)", max_length=500, required=False,
                               help_text="A title and address, or who keeps it.")
    dataset_id = forms.TypedChoiceField(
        label="Does it rest on data shared with you? (optional)", required=False, coerce=UUID, empty_value=None,
        help_text="Show only what the agreement lets you. It closes when the agreement ends.",
    )
    text_checked = forms.BooleanField(
        label="I have checked: nothing here points at a person who has not agreed to be named", required=False,
    )

    def __init__(self, *args: Any, sets: Iterable[tuple[HeldView, str]] = (), **options: Any) -> None:
        super().__init__(*args, **options)
        field = self.fields["dataset_id"]
        assert isinstance(field, forms.ChoiceField)
        offered = [(str(one.id), f"{one.title}, {one.owner}" + (f", under “{under}”" if under else ""))
                   for one, under in sets if one.how is How.AGREED]
        field.choices = [("", "No"), *offered]
        if not offered:
            field.widget = field.hidden_widget()

    @property
    def warned(self) -> bool:
        """Whether its words may point at a person, so that somebody must say they have looked."""
        said = getattr(self, "cleaned_data", {})
        return all(name in said for name in (*MUST, *MORE)) and bool(self.told().warning())

    def told(self) -> Told:
        """What was answered, as the action takes it."""
        said = self.cleaned_data
        return Told(**{name: said[name] for name in (*MUST, *MORE)})

    @property
    def must(self) -> list[Any]:
        """The four questions that cannot be left out."""
        return [self[name] for name in MUST]

    @property
    def more(self) -> list[Any]:
        """The rest, which decides how far it can be relied on."""
        return [self[name] for name in MORE if not self[name].is_hidden]

    @property
    def more_open(self) -> bool:
        """Whether the rest is shown open: something of it is wrong, or was said before."""
        if self.is_bound:
            return any(name in self.errors for name in MORE) or any(self.data.get(name) for name in ("answered",))
        return bool(self.initial)


class CorrectEvidence(EvidenceForm):
    """The same again, and whether the earlier words are to be forgotten."""

    forget = forms.BooleanField(
        label="Take the earlier words out of its history too, because they named somebody", required=False,
    )

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        self.last = [self["forget"]]


def held(item: EvidenceItem) -> dict[str, Any]:
    """What is kept of a piece of evidence, as the form begins with it."""
    return {name: getattr(item, name) for name in (*MUST, *MORE)}


class Withdraw(forms.Form):
    """Why it no longer stands."""

    why = forms.CharField(label="Why is it withdrawn?", max_length=500,
                          help_text="Everybody who could see it will see this.")
