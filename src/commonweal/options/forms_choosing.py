"""The shape of what is asked when options are judged and one is chosen."""

from __future__ import annotations

from decimal import Decimal
from typing import Any
from uuid import UUID

from django import forms

from commonweal.options.actions.choosing import Chosen, NotesSaid
from commonweal.options.actions.judging import PointsSaid, ScoreSaid
from commonweal.options.appraisal_view import AppraisalView, CriterionLine, GateLine, GroupLine, OptionLine
from commonweal.options.forms_appraisal import NUMBER, chosen
from commonweal.options.grounds import Pointed, Ref
from commonweal.options.money_content import words
from commonweal.policy.decision_gates import GateField
from commonweal.present.forms import DateField, Hinted
from commonweal.priorities.queries.deciders import Decider


def number(label: str, *, required: bool = False, **more: Any) -> forms.DecimalField:
    """A number as it is typed."""
    return forms.DecimalField(label=label, required=required, max_digits=14, decimal_places=4,
                              widget=forms.TextInput(NUMBER), **more)


class ScoreForm(forms.Form):
    """How one option does on each criterion. What is left empty stays as it was."""

    def __init__(
        self, *args: Any, option: OptionLine, criteria: tuple[CriterionLine, ...],
        offered: tuple[Pointed, ...] = (), **more: Any,
    ) -> None:
        super().__init__(*args, **more)
        self.criteria = criteria
        for at, one in enumerate(criteria):
            held = option.scores.get(one.id)
            unit = f", {one.unit}" if one.measured else ", 0 to 100"
            self.fields[f"likely-{at}"] = number(f"Most likely{unit}", initial=held.likely if held else None)
            self.fields[f"low-{at}"] = number("At least", initial=held.low if held else None)
            self.fields[f"high-{at}"] = number("At most", initial=held.high if held else None)
            self.fields[f"evidence-{at}"] = forms.CharField(
                label="What does it rest on?", max_length=500, required=False,
                initial=held.evidence if held else "", widget=forms.Textarea(attrs={"rows": 2, "maxlength": 500}),
                help_text="A note. Point to evidence below where there is some.")
            self.fields[f"grounds-{at}"] = _grounds(held.grounds if held else (), offered)

    def rows(self) -> list[tuple[CriterionLine, list[forms.BoundField], forms.BoundField, forms.BoundField]]:
        """Criteria with their fields, as the page sets them out."""
        return [
            (one, [self[f"{part}-{at}"] for part in ("likely", "low", "high")], self[f"evidence-{at}"],
             self[f"grounds-{at}"]) for at, one in enumerate(self.criteria)
        ]

    def scores(self) -> tuple[ScoreSaid, ...]:
        """As the action takes them; without ends a score is sure."""
        given, found = self.cleaned_data, []
        for at, one in enumerate(self.criteria):
            likely: Decimal | None = given[f"likely-{at}"]
            if likely is None:
                continue
            low, high = given[f"low-{at}"], given[f"high-{at}"]
            found.append(ScoreSaid(
                one.id, likely if low is None else low, likely, likely if high is None else high,
                given[f"evidence-{at}"], tuple(map(Ref.read, given[f"grounds-{at}"])),
            ))
        return tuple(found)


def _grounds(held: tuple[Pointed, ...], offered: tuple[Pointed, ...]) -> forms.MultipleChoiceField:
    """What may be pointed to; what is pointed to already comes first."""
    every = {one.ref.word: one for one in (*held, *offered)}
    return forms.MultipleChoiceField(
        label="What does it point to?", required=False, widget=forms.CheckboxSelectMultiple,
        initial=[one.ref.word for one in held],
        choices=[(word, Hinted(one.title, f"{one.kind}{f', {one.detail}' if one.detail else ''}"))
                 for word, one in every.items()])


class GroupForm(forms.Form):
    """People whose weights count as one."""

    title = forms.CharField(label="Who are they?", max_length=80, help_text="For example: Parents of under-fives.")
    took_part = forms.CharField(label="Who took part, and how?", max_length=200,
                                help_text="For example: 14 parents at two sessions in October. No names.")


class WeightsForm(forms.Form):
    """What each swing is worth to a group."""

    def __init__(self, *args: Any, criteria: tuple[CriterionLine, ...], group: GroupLine | None = None,
                 **more: Any) -> None:
        super().__init__(*args, **more)
        self.criteria = criteria
        for at, one in enumerate(criteria):
            held = group.points.get(one.id) if group else None
            self.fields[f"points-{at}"] = self._points("Points", held[0] if held else None)
            self.fields[f"give-{at}"] = self._points("Give or take", held[1] if held else 10)
        self.fields["reason"] = forms.CharField(
            label="What do the weights rest on?", max_length=500, initial=group.reason if group else "",
            help_text="For example: a workshop on 3 November, where they first put the steps in order.")

    def _points(self, label: str, initial: float | None) -> forms.DecimalField:
        return forms.DecimalField(
            label=label, min_value=0, max_value=100, max_digits=5, decimal_places=1, initial=initial,
            widget=forms.NumberInput({"class": "govuk-input--width-4", "inputmode": "decimal"}))

    def rows(self) -> list[tuple[CriterionLine, forms.BoundField, forms.BoundField]]:
        """Criteria with their fields, as the page sets them out."""
        return [(one, self[f"points-{at}"], self[f"give-{at}"]) for at, one in enumerate(self.criteria)]

    def points(self) -> tuple[PointsSaid, ...]:
        """As the action takes them."""
        given = self.cleaned_data
        return tuple(PointsSaid(one.id, float(given[f"points-{at}"]), float(given[f"give-{at}"]))
                     for at, one in enumerate(self.criteria))


class GateForm(forms.Form):
    """A gate's questions, or why it does not apply."""

    def __init__(self, *args: Any, line: GateLine, **more: Any) -> None:
        super().__init__(*args, **more)
        self.line = line
        for one in line.gate.fields:
            self.fields[one.key] = _gate_field(one, line.fields.get(one.key, ""))
        if line.gate.may_not_apply:
            self.fields["not_applying"] = forms.CharField(
                label="Or say why it does not apply", max_length=500, required=False, initial=line.not_applying)

    def answers(self) -> dict[str, str]:
        """As the action takes them."""
        given = self.cleaned_data
        found = {one.key: given.get(one.key) for one in self.line.gate.fields}
        return {key: "" if value is None else str(value) for key, value in found.items()}


def _gate_field(one: GateField, held: str) -> forms.Field:
    if one.kind == "date":
        return DateField(label=one.label, required=False, initial=held, help_text=one.hint)
    widget = forms.Textarea(attrs={"rows": 3, "maxlength": 2000}) if one.kind == "text" else None
    return forms.CharField(label=one.label, required=False, initial=held, help_text=one.hint, max_length=2000,
                           widget=widget)


def _long(label: str, hint: str = "", length: int = 2000) -> forms.CharField:
    return forms.CharField(label=label, required=False, max_length=length, help_text=hint,
                           widget=forms.Textarea(attrs={"rows": 4, "maxlength": length}))


class NotesForm(forms.Form):
    """The business case in people's words."""

    recommended = forms.ChoiceField(label="Which option is recommended?", required=False)
    because = _long("Why?", "Where it departs from what a group would choose, say so.")
    affordable = _long("How is it paid for?", "Budget, reserves, who else pays, what happens if income falls.")
    bought = _long("How will it be bought, granted or shared?", "The route, the time it takes, who is consulted.")
    managed = _long("How will it be done, and looked after?", "Who leads, by when, and what is measured.")
    exempt = _long("What must stay out of the public paper?", words("appraisal", "exempt"), 4000)
    exempt_why = forms.CharField(label="By which rule is that exempt?", max_length=300, required=False,
                                 help_text="For example: Local Government Act 1972, schedule 12A, paragraph 3.")

    def __init__(self, *args: Any, view: AppraisalView, **more: Any) -> None:
        super().__init__(*args, **more)
        chosen(self, "recommended", [("", "None yet"), *((str(one.id), one.title) for one in view.short)])

    def said(self) -> NotesSaid:
        """As the action takes it."""
        given = dict(self.cleaned_data)
        recommended = given.pop("recommended")
        return NotesSaid(**given, recommended=UUID(recommended) if recommended else None)


class ChooseForm(forms.Form):
    """What was decided."""

    option = forms.ChoiceField(label="Which option is chosen?", widget=forms.RadioSelect)
    body = forms.CharField(label="By which body?", max_length=200)
    decided_on = DateField(label="On which day?")
    reasons = forms.CharField(label="Why?", max_length=4000,
                              widget=forms.Textarea(attrs={"rows": 6, "maxlength": 4000}),
                              help_text="Where it departs from what a group would choose, say why.")
    conditions = forms.CharField(label="On which conditions?", max_length=2000, required=False,
                                 widget=forms.Textarea(attrs={"rows": 3, "maxlength": 2000}),
                                 help_text="They go into the specification.")
    people = forms.MultipleChoiceField(label="Who decided?", widget=forms.CheckboxSelectMultiple)
    over = forms.IntegerField(widget=forms.HiddenInput)

    def __init__(self, *args: Any, view: AppraisalView, people: tuple[Decider, ...], **more: Any) -> None:
        super().__init__(*args, **more)
        chosen(self, "option", [(str(one.id), one.title) for one in view.short])
        chosen(self, "people", [(str(one.person), f"{one.name}, {one.organisation}") for one in people])

    def said(self) -> Chosen:
        """As the action takes it."""
        given = dict(self.cleaned_data)
        return Chosen(option=UUID(given.pop("option")), people=tuple(map(UUID, given.pop("people"))), **given)
