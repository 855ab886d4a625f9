"""The shape of what is asked of a service: the service itself, the needs it answers, and why it still runs."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import Any
from uuid import UUID

from django import forms
from django.core.exceptions import ValidationError
from django.forms.boundfield import BoundField

from commonweal.core.errors import Refused
from commonweal.needs.actions.service import Judged, ServiceSaid
from commonweal.needs.content import read
from commonweal.needs.models import Answers, ServiceKind, WhyItRuns
from commonweal.needs.queries.mismatch import NeedServed
from commonweal.needs.queries.services import Judgement, ServiceCard, year_words
from commonweal.needs.service_reading import Named, areas_in, pounds_in, year_in
from commonweal.present.forms import Affixed, DateField


class RecordService(forms.Form):
    """One service, in about two minutes."""

    name = forms.CharField(label="What is it called?", max_length=120, help_text="For example: Tea dances.")
    kind = forms.ChoiceField(label="What sort of service is it?", choices=ServiceKind.choices)
    run_by = forms.CharField(label="Who runs it?", max_length=200, help_text="An organisation.")
    groups = forms.CharField(label="Whom is it meant for? (optional)", max_length=200, required=False,
                             help_text="Leave empty if it is for everybody.")
    areas = forms.CharField(
        label="Which wards is it for? (optional)", max_length=1000, required=False,
        help_text="With commas between. Leave empty if it is for the whole place.",
    )
    site = forms.CharField(label="Where does it happen? (optional)", max_length=200, required=False)
    themes = forms.MultipleChoiceField(
        label="Themes", widget=forms.CheckboxSelectMultiple(attrs={"class": "govuk-checkboxes--small"}),
        error_messages={"required": "Choose at least one theme"},
    )
    spend = forms.CharField(
        label="What does it cost the partners in a year? (optional)", max_length=20, required=False,
        help_text="After fees and other income, without VAT.",
        widget=Affixed(attrs={"inputmode": "decimal", "class": "govuk-input--width-10"}, prefix="£"),
    )
    spend_year = forms.CharField(label="In which financial year? (optional)", max_length=9, required=False,
                                 help_text="For example: 2025/26.",
                                 widget=forms.TextInput(attrs={"class": "govuk-input--width-5"}))
    spend_source = forms.CharField(label="Where is the amount from? (optional)", max_length=200, required=False,
                                   help_text="For example: revenue outturn, 14 July 2026.")
    since = forms.IntegerField(
        label="Since which year does it run? (optional)", required=False, localize=False,
        widget=forms.TextInput(attrs={"inputmode": "numeric", "class": "govuk-input--width-4"}),
        error_messages={"invalid": "The year since when it runs must be a year, such as 1951"},
    )
    reason = forms.ChoiceField(label="Why does it run?", widget=forms.RadioSelect, choices=WhyItRuns.choices)
    reason_words = forms.CharField(label="In a few words (optional)", max_length=300, required=False,
                                   help_text="For example: which law, or whose money.")
    money_ends = DateField(label="If money from outside pays: when does it end?", required=False)
    review = DateField(label="When is it looked at again? (optional)", required=False)

    def __init__(self, areas: Iterable[Named], *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        self.known = tuple(areas)
        field = self.fields["themes"]
        assert isinstance(field, forms.MultipleChoiceField)
        field.choices = [(one["key"], one["title"]) for one in read("themes")["themes"]]

    def clean_areas(self) -> tuple[str, ...]:
        """The codes of the wards named."""
        return _read(lambda: areas_in(self.cleaned_data["areas"], self.known))

    def clean_spend(self) -> Any:
        """Pounds."""
        return _read(lambda: pounds_in(self.cleaned_data["spend"]))

    def clean_spend_year(self) -> int | None:
        """The year in which the financial year begins."""
        return _read(lambda: year_in(self.cleaned_data["spend_year"]))

    def clean(self) -> dict[str, Any]:
        """An amount has its year and its source."""
        said = super().clean() or self.cleaned_data
        if said.get("spend") is not None:
            if "spend_year" in said and said["spend_year"] is None:
                self.add_error("spend_year", "Enter the financial year of the amount, such as 2025/26")
            if not said.get("spend_source"):
                self.add_error("spend_source", "Enter where the amount is from")
        if said.get("reason") == WhyItRuns.EXTERNAL and "money_ends" in said and not said["money_ends"]:
            self.add_error("money_ends", "Enter when the money from outside ends")
        return said

    def said(self) -> ServiceSaid:
        """What was answered, as the action takes it."""
        told = dict(self.cleaned_data)
        told["themes"] = tuple(told["themes"])
        return ServiceSaid(**{**told, "kind": ServiceKind(told["kind"]), "reason": WhyItRuns(told["reason"])})


def held_of(card: ServiceCard) -> dict[str, Any]:
    """What is held of a service, as the form shows it."""
    names = ("name", "kind", "run_by", "groups", "site", "themes", "spend", "spend_source", "since", "reason",
             "reason_words", "money_ends", "review")
    held = {name: getattr(card, name) for name in names}
    return {**held, "areas": ", ".join(card.area_names),
            "spend_year": year_words(card.spend_year) if card.spend_year is not None else ""}


class NeedsAnswered(forms.Form):
    """How far the service answers each need; one nobody answers for stays not known."""

    def __init__(
        self, needs: Iterable[NeedServed], held: Iterable[Judgement], *args: Any, **options: Any
    ) -> None:
        super().__init__(*args, **options)
        said = {one.need: one for one in held}
        self.needs = tuple(needs)
        for place, need in enumerate(self.needs):
            known = said.get(need.id)
            self.fields[f"answers_{place}"] = forms.ChoiceField(
                label=need.title, choices=_ANSWERS, required=False, initial=known.answers if known else None,
                widget=forms.RadioSelect(attrs={"class": "govuk-radios--inline govuk-radios--small"}),
            )
            self.fields[f"how_{place}"] = forms.CharField(
                label=f"How do you know? ({need.title})", max_length=300, required=False,
                initial=known.how_known if known else "",
            )

    def pairs(self) -> list[tuple[NeedServed, BoundField, BoundField]]:
        """Each need with its two answers."""
        return [(need, self[f"answers_{at}"], self[f"how_{at}"]) for at, need in enumerate(self.needs)]

    def clean(self) -> dict[str, Any]:
        """Who says that a need is answered says how that is known."""
        said = super().clean() or self.cleaned_data
        for at, need in enumerate(self.needs):
            if said.get(f"answers_{at}") in (Answers.WHOLE, Answers.PART) and not said.get(f"how_{at}"):
                self.add_error(f"how_{at}", f"{need.title}: say in a few words how you know")
        return said

    def judged(self) -> dict[UUID, Judged]:
        """What was answered."""
        said = self.cleaned_data
        return {
            need.id: Judged(Answers(said[f"answers_{at}"]), said[f"how_{at}"])
            for at, need in enumerate(self.needs) if said[f"answers_{at}"]
        }


_ANSWERS = [
    (Answers.WHOLE.value, "Yes"), (Answers.PART.value, "In part"), (Answers.NONE.value, "No"),
    (Answers.UNCLEAR.value, "Not known"),
]


class AskWhy(forms.Form):
    """What would justify a service that always ran."""

    activity = "evidence"
    would_justify = forms.CharField(
        label="What need would justify it?", max_length=400,
        help_text="Who would have to need what, and how you would know. “No need we can think of” is an answer.",
        widget=forms.Textarea(attrs={"rows": 3, "maxlength": 400}),
    )
    asked_by = forms.CharField(label="Who asked for it?", max_length=200,
                               help_text="A body or a group, never a person by name. “Nobody we know of” will do.")
    review = DateField(label="When is it looked at again?")


def _read(reading: Callable[[], Any]) -> Any:
    try:
        return reading()
    except Refused as refusal:
        raise ValidationError(str(refusal)) from refusal


class BringServices(forms.Form):
    """A whole list at once, pasted or in a file; and what holds where it does not say."""

    pasted = forms.CharField(
        label="Paste the list", required=False, max_length=200_000, widget=forms.Textarea(attrs={"rows": 8}),
        help_text="With its row of headings. A column headed Service is all that is needed.",
    )
    file = forms.FileField(label="Or choose a file", required=False, allow_empty_file=True, max_length=255,
                           help_text="CSV or Excel, up to 2 MB.")
    year = forms.CharField(label="Financial year of the costs", max_length=9, required=False,
                           help_text="Where the list does not say. For example: 2025/26.",
                           widget=forms.TextInput(attrs={"class": "govuk-input--width-5"}))
    source = forms.CharField(label="Where the costs are from", max_length=200, required=False,
                             help_text="Where the list does not say.")
    run_by = forms.CharField(label="Who runs them", max_length=200, help_text="Where the list does not say.")
    theme = forms.ChoiceField(label="Theme", help_text="Where the list does not say.")

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        field = self.fields["theme"]
        assert isinstance(field, forms.ChoiceField)
        field.choices = [(one["key"], one["title"]) for one in read("themes")["themes"]]

    def clean_year(self) -> int | None:
        """The year in which the financial year begins."""
        return _read(lambda: year_in(self.cleaned_data["year"]))

    def clean(self) -> dict[str, Any]:
        """One of the two, and not both."""
        said = super().clean() or self.cleaned_data
        if not said.get("file") and not said.get("pasted", "").strip():
            self.add_error("pasted", "Paste the list, or choose a file")
        elif said.get("file") and said.get("pasted", "").strip():
            self.add_error("file", "Paste the list or choose a file, not both")
        return said
