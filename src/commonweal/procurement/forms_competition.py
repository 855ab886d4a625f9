"""The shape of what is asked to publish a competition, to move its end, to ask back and to answer."""

from __future__ import annotations

from datetime import date, datetime, time
from typing import Any

from django import forms

from commonweal.core import clock
from commonweal.core.errors import Refused
from commonweal.policy.bidding import formulas
from commonweal.policy.competing import ways
from commonweal.policy.papers import GuidedQuestion
from commonweal.present.forms import Affixed, DateField, Hinted
from commonweal.procurement.actions.competing import CompetitionSaid
from commonweal.procurement.deadline import london_instant
from commonweal.procurement.forms_rules import Pounds

HOUR = time(12)
MOST_STAGES = 6


def per_cent(label: str, **options: Any) -> forms.IntegerField:
    """A whole number of per cent."""
    box = Affixed({"class": "govuk-input--width-3", "inputmode": "numeric"}, suffix="%")
    return forms.IntegerField(label=label, min_value=0, max_value=100, widget=box, **options)


def hour(label: str, **options: Any) -> forms.TimeField:
    """A time of day as people type it."""
    return forms.TimeField(label=label, input_formats=["%H:%M", "%H.%M"], help_text="For example 12:00.",
                           widget=forms.TimeInput({"class": "govuk-input--width-5"}, format="%H:%M"), **options)


class PublishCompetition(forms.Form):
    """When, how it is competed, and what counts for how much."""

    activity = "commissioning"
    way = forms.ChoiceField(label="How is it competed?", widget=forms.RadioSelect)
    opens_on = DateField(label="On which day does it open?", required=False,
                         help_text="Left empty, it opens now.")
    questions_on = DateField(label="Until which day may people ask questions?")
    closes_on = DateField(label="On which day is the deadline?")
    closes_at = hour("At what hour?", initial=HOUR)
    contact = forms.CharField(label="Whom may people ring or write to?", max_length=200,
                              help_text="An office or a role with its number. Everybody will read it.")
    price_weight = per_cent("What does price count for?", initial=0,
                            help_text="The rest is quality. For a grant, nought will often do.")
    formula = forms.ChoiceField(label="How do prices become points?", required=False, widget=forms.RadioSelect)
    floor = Pounds(label="Fixed scale: all points at or below", required=False)
    ceiling = Pounds(label="Fixed scale: no points at or above", required=False)
    quality_floor = per_cent("Below which quality is a bid out?", initial=0,
                             help_text="Nought: none is. Half the points, 50, is common.")
    low_percent = per_cent("A price this far below the others' average must explain itself", initial=25,
                           help_text="No law sets this share. You may refuse a price too low to do the work.")
    several = forms.BooleanField(label="Several may be chosen, each for a part", required=False)
    may_exceed = forms.BooleanField(
        label="Somebody may ask for more than the sum there is", required=False,
        help_text="Left unticked, nothing above it can be sent. Ticked, it can, and whoever decides is told.")
    stages = forms.CharField(label="If you talk in stages: one stage a line", required=False, max_length=600,
                             widget=forms.Textarea({"rows": 3}))

    def __init__(self, *args: Any, questions: tuple[GuidedQuestion, ...], deal: str, **more: Any) -> None:
        super().__init__(*args, **more)
        self.asked = questions
        if deal != "grant":
            del self.fields["may_exceed"]
        for name, choices in (
            ("way", [(one.key, Hinted(one.name, f"{one.words} {one.caution}".strip())) for one in ways()
                     if not deal or deal in one.deals]),
            ("formula", [(one.key, Hinted(one.name, f"{one.words} {one.flaw}")) for one in formulas()]),
        ):
            field = self.fields[name]
            assert isinstance(field, forms.ChoiceField)
            field.choices = choices
        for each in questions:
            self.fields[f"weight-{each.key}"] = forms.IntegerField(
                label=each.words, min_value=0, max_value=100, initial=0 if each.key == "who" else 10,
                widget=Affixed({"class": "govuk-input--width-3", "inputmode": "numeric"}))

    @property
    def weights(self) -> list[forms.BoundField]:
        """The boxes for the weights."""
        return [self[name] for name in self.fields if name.startswith("weight-")]

    @property
    def first(self) -> list[forms.BoundField]:
        """How and when."""
        return [self[name] for name in ("way", "opens_on", "questions_on", "closes_on", "closes_at", "contact")]

    @property
    def price(self) -> list[forms.BoundField]:
        """What price counts for."""
        return [self[name] for name in ("price_weight", "formula", "floor", "ceiling", "low_percent")]

    @property
    def rest(self) -> list[forms.BoundField]:
        """What is seldom needed."""
        names = ("quality_floor", "several", "may_exceed", "stages")
        return [self[name] for name in names if name in self.fields]

    def clean(self) -> dict[str, Any]:
        """The days become instants in London; an hour that does not exist is refused where it was typed."""
        given: dict[str, Any] = super().clean() or self.cleaned_data
        hour_told = given.get("closes_at")
        for name, day, at in (("opens", "opens_on", time(0)), ("questions_by", "questions_on", hour_told),
                              ("closes", "closes_on", hour_told)):
            if given.get(day) and at:
                try:
                    given[name] = london_instant(given[day], at)
                except Refused as refusal:
                    self.add_error("closes_at", str(refusal))
        return given

    def said(self) -> CompetitionSaid:
        """What was told."""
        given = self.cleaned_data
        stages = tuple(line.strip() for line in given["stages"].splitlines() if line.strip())[:MOST_STAGES]
        return CompetitionSaid(
            opens=_opens(given.get("opens")), questions_by=given["questions_by"], closes=given["closes"],
            weights={one.key: given[f"weight-{one.key}"] for one in self.asked}, stages=stages,
            may_exceed=bool(given.get("may_exceed")),
            **{name: given[name] for name in ("way", "contact", "price_weight", "formula", "floor", "ceiling",
                                              "quality_floor", "low_percent", "several")})


class MoveDeadline(forms.Form):
    """A later end, for all."""

    closes_on = DateField(label="To which day?")
    closes_at = hour("At what hour?", initial=HOUR)
    reason = forms.CharField(label="Why? Everybody will read this", max_length=300)

    def clean(self) -> dict[str, Any]:
        """The day and hour become an instant."""
        given: dict[str, Any] = super().clean() or self.cleaned_data
        day, at = given.get("closes_on"), given.get("closes_at")
        if isinstance(day, date) and at:
            try:
                given["closes"] = london_instant(day, at)
            except Refused as refusal:
                self.add_error("closes_at", str(refusal))
        return given


class AskBack(forms.Form):
    """A question that everybody will read, with its answer. `website` is a trap for programs."""

    words = forms.CharField(label="Your question", max_length=1000,
                            help_text="Do not say who you are: everybody will read it, with the answer.",
                            widget=forms.Textarea({"rows": 4, "maxlength": 1000}))
    website = forms.CharField(required=False, widget=forms.HiddenInput)


class AnswerBack(forms.Form):
    """The answer, for everybody."""

    words = forms.CharField(label="Your answer", max_length=3000,
                            help_text="Everybody reads it at once, and it is not changed afterwards.",
                            widget=forms.Textarea({"rows": 6, "maxlength": 3000}))


class Invite(forms.Form):
    """Whom to ask."""

    name = forms.CharField(label="Whom do you invite?", max_length=200)


def _opens(told: datetime | None) -> datetime:
    return told if told and told > clock.now() else clock.now()
