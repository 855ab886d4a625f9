"""The shape of what is asked when a question is set up: the question, options, sift, criteria, money."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django import forms

from commonweal.options.actions.appraisal import AppraisalSaid, CriterionSaid, OptionSaid, Sifted
from commonweal.options.appraisal_view import AppraisalView, CriterionLine, OptionLine, StandsOn
from commonweal.options.models import Sift
from commonweal.policy.delivery_vehicles import Vehicle, catalogue
from commonweal.present.forms import Hinted

Offered = list[tuple[str, str]]
NUMBER = {"class": "govuk-input--width-5", "inputmode": "decimal"}


def chosen(form: forms.Form, name: str, choices: Any) -> None:
    """Give a field of choices its choices."""
    field = form.fields[name]
    assert isinstance(field, forms.ChoiceField)
    field.choices = choices


class AppraisalForm(forms.Form):
    """The question and what it stands on."""

    title = forms.CharField(label="A short name for it", max_length=120,
                            help_text="For example: Libraries from 2028.")
    question = forms.CharField(label="What is to be decided?", max_length=300,
                               help_text="For example: How should six libraries be run?")
    service = forms.ChoiceField(label="Which service?")
    where = forms.CharField(label="Where?", max_length=200)
    outcomes = forms.MultipleChoiceField(label="Which outcomes should it serve?", required=False,
                                         widget=forms.CheckboxSelectMultiple)
    needs = forms.MultipleChoiceField(label="Which needs should it answer?", required=False,
                                      widget=forms.CheckboxSelectMultiple)

    def __init__(self, *args: Any, outcomes: Offered, needs: Offered, **more: Any) -> None:
        super().__init__(*args, **more)
        chosen(self, "service", [(one.key, one.title) for one in catalogue().services])
        for name, offered in (("outcomes", outcomes), ("needs", needs)):
            if offered:
                chosen(self, name, offered)
            else:
                del self.fields[name]

    def said(self) -> AppraisalSaid:
        """As the action takes it."""
        given = self.cleaned_data
        return AppraisalSaid(
            title=given["title"], question=given["question"], service=given["service"], where=given["where"],
            outcomes=tuple(map(UUID, given.get("outcomes", ()))), needs=tuple(map(UUID, given.get("needs", ()))),
        )


class LongListForm(forms.Form):
    """Vehicles and redesigns to put on the list."""

    keys = forms.MultipleChoiceField(label="Which belong on the long list?", widget=forms.CheckboxSelectMultiple)

    def __init__(self, *args: Any, offered: tuple[Vehicle, ...], **more: Any) -> None:
        super().__init__(*args, **more)
        hints = [(one.key, Hinted(one.title, f"{one.says} Suits: {one.suits[0]}.")) for one in offered]
        chosen(self, "keys", hints)


class OptionForm(forms.Form):
    """One option."""

    title = forms.CharField(label="What is the option?", max_length=80)
    description = forms.CharField(
        label="What would happen?", max_length=600, required=False,
        widget=forms.Textarea(attrs={"rows": 3, "maxlength": 600}))
    vehicle = forms.ChoiceField(label="Which way of the catalogue is it?", required=False)
    baseline = forms.BooleanField(label="This is what happens if nothing is changed", required=False)
    agreement = forms.ChoiceField(label="Is it an agreement that runs already?", required=False)

    def __init__(self, *args: Any, agreements: Offered, **more: Any) -> None:
        super().__init__(*args, **more)
        chosen(self, "vehicle", [("", "None of them"), *((one.key, one.title) for one in catalogue().rows)])
        if agreements:
            chosen(self, "agreement", [("", "No"), *agreements])
        else:
            del self.fields["agreement"]

    def said(self) -> OptionSaid:
        """As the action takes it."""
        given = dict(self.cleaned_data)
        agreement = given.pop("agreement", "")
        return OptionSaid(**given, agreement=UUID(agreement) if agreement else None)


class SiftForm(forms.Form):
    """Each option kept or put aside, and why."""

    def __init__(self, *args: Any, options: tuple[OptionLine, ...], **more: Any) -> None:
        super().__init__(*args, **more)
        self.options = options
        for at, one in enumerate(options):
            self.fields[f"sift-{at}"] = forms.ChoiceField(
                label=one.title, required=False, initial=one.sift, widget=forms.RadioSelect,
                help_text=one.description, choices=[(sift.value, sift.label) for sift in Sift if sift])
            self.fields[f"reason-{at}"] = forms.CharField(
                label=f"Why? {one.title}", max_length=300, required=False, initial=one.sift_reason)

    def sifted(self) -> tuple[Sifted, ...]:
        """As the action takes them."""
        given = self.cleaned_data
        return tuple(
            Sifted(one.id, Sift(given[f"sift-{at}"]), given[f"reason-{at}"]) for at, one in enumerate(self.options)
        )


class CriterionForm(forms.Form):
    """One criterion and its two ends."""

    title = forms.CharField(label="What tells options apart?", max_length=80,
                            help_text="For example: Reach where need is greatest. Not the price.")
    outcome = forms.ChoiceField(label="Which outcome is it part of?", required=False)
    worst_means = forms.CharField(label="What is the worst end?", max_length=200, required=False,
                                  help_text="The worst that any sensible option could do. It scores 0.")
    best_means = forms.CharField(label="What is the best end?", max_length=200, required=False,
                                 help_text="The best that any sensible option could do. It scores 100.")
    unit = forms.CharField(label="Is it measured? In which unit?", max_length=40, required=False,
                           help_text="Leave empty where people judge it from 0 to 100.")
    worst = forms.DecimalField(label="Measured: the worst end", required=False, max_digits=14, decimal_places=4,
                               widget=forms.TextInput(NUMBER))
    best = forms.DecimalField(label="Measured: the best end", required=False, max_digits=14, decimal_places=4,
                              widget=forms.TextInput(NUMBER), help_text="The smaller number where less is better.")

    def __init__(self, *args: Any, outcomes: tuple[StandsOn, ...], **more: Any) -> None:
        super().__init__(*args, **more)
        if outcomes:
            chosen(self, "outcome", [("", "None by itself"), *((str(one.id), one.title) for one in outcomes)])
        else:
            del self.fields["outcome"]

    def clean(self) -> dict[str, Any]:
        """A measure has both ends."""
        given: dict[str, Any] = super().clean() or {}
        if given.get("unit") and (given.get("worst") is None or given.get("best") is None):
            raise forms.ValidationError("Give the worst and the best end of the measure as numbers.")
        return given

    def said(self, pk: UUID | None = None) -> CriterionSaid:
        """As the action takes it."""
        given = self.cleaned_data
        ends = {name: given[name] for name in ("worst", "best")} if given["unit"] else {}
        outcome = given.get("outcome")
        return CriterionSaid(
            title=given["title"], worst_means=given["worst_means"], best_means=given["best_means"],
            unit=given["unit"], outcome=UUID(outcome) if outcome else None, pk=pk, **ends,
        )


def as_said(line: CriterionLine, outcomes: tuple[StandsOn, ...]) -> CriterionSaid:
    """A criterion as it stands, to be kept beside one that is changed."""
    from decimal import Decimal

    outcome = next((one.id for one in outcomes if one.title == line.outcome), None)
    return CriterionSaid(
        title=line.title, worst_means=line.worst_means, best_means=line.best_means, unit=line.unit,
        worst=Decimal(str(line.worst)), best=Decimal(str(line.best)), outcome=outcome, pk=line.id,
    )


class TieForm(forms.Form):
    """Which sheet in pounds and which contracts stand beside the options."""

    sheet = forms.ChoiceField(label="Which comparison in pounds belongs to it?", required=False)

    def __init__(self, *args: Any, view: AppraisalView, sheets: Offered, costings: dict[str, Offered],
                 cases: Offered, **more: Any) -> None:
        super().__init__(*args, **more)
        self.view, everything = view, [pair for held in costings.values() for pair in held]
        chosen(self, "sheet", [("", "None yet"), *sheets])
        for at, one in enumerate(view.short or view.options):
            self.fields[f"costing-{at}"] = forms.ChoiceField(
                label=f"{one.title}: which is it there?", required=False, initial=str(one.costing or ""),
                choices=[("", "Not costed"), *everything])
            if cases:
                self.fields[f"case-{at}"] = forms.ChoiceField(
                    label=f"{one.title}: whose risk was drawn?", required=False, initial=str(one.risk_case or ""),
                    choices=[("", "None"), *cases])

    def tied(self, name: str) -> dict[UUID, UUID]:
        """Options with their costing or contract."""
        return {
            one.id: UUID(self.cleaned_data[f"{name}-{at}"])
            for at, one in enumerate(self.view.short or self.view.options) if self.cleaned_data.get(f"{name}-{at}")
        }
