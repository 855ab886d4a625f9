"""The shape of what is asked when a commission is begun, told, sized, given its tier, and specified."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django import forms

from commonweal.policy.over_specifying import flags_of
from commonweal.policy.procurement_facts import Facts
from commonweal.policy.standing_orders import Band
from commonweal.policy.tiers import markets, tier_risks, tiers
from commonweal.present.forms import DateField, Hinted
from commonweal.procurement.actions.specification import MOST
from commonweal.procurement.forms_rules import AskRules, Pounds
from commonweal.procurement.queries.commissions import CommissionCard
from commonweal.procurement.specified import lays_down

BANDS = 5
LINES, SPARE = 8, 2   # requirements on the form: so many at first, and so many more than are written
ASKED = (("0", "No quote"), ("1", "One quote"), ("2", "Two quotes"), ("3", "Three quotes"), ("4", "Four quotes"),
         ("advertise", "An advertised competition"))


def _area(rows: int, longest: int) -> forms.Textarea:
    return forms.Textarea({"rows": rows, "maxlength": longest})


class BeginCommission(forms.Form):
    """What is wanted, where, and what it answers."""

    title = forms.CharField(label="A short name for it", max_length=120,
                            help_text="For example: Dance near home.")
    purpose = forms.CharField(label="What should it do?", max_length=500, widget=_area(3, 500),
                              help_text="In a sentence: the difference, not the way.")
    place = forms.CharField(label="Where?", max_length=300)
    outcomes = forms.MultipleChoiceField(label="Which outcomes does it serve?", required=False,
                                         widget=forms.CheckboxSelectMultiple)
    needs = forms.MultipleChoiceField(label="Which needs does it answer?", required=False,
                                      widget=forms.CheckboxSelectMultiple)

    def __init__(
        self, *args: Any, needs: list[tuple[str, str]], outcomes: list[tuple[str, str]], **more: Any
    ) -> None:
        super().__init__(*args, **more)
        for name, choices in (("needs", needs), ("outcomes", outcomes)):
            field = self.fields[name]
            assert isinstance(field, forms.MultipleChoiceField)
            field.choices = choices
            if not choices:
                del self.fields[name]


class TellFacts(AskRules):
    """The law's own questions, and the two dates that suppliers wait for."""

    engage_on = DateField(label="When will you talk with suppliers?", required=False)
    starts_on = DateField(label="When should it start?", required=False)

    @property
    def dates(self) -> list[forms.BoundField]:
        """The dates that are asked beside the law's questions."""
        return [self["engage_on"], self["starts_on"]]


def shown_facts(facts: Facts) -> dict[str, Any]:
    """What the form shows first of facts that are told."""
    shown: dict[str, Any] = {}
    for name in Facts.__dataclass_fields__:
        value = getattr(facts, name)
        if isinstance(value, bool):
            shown[name] = "yes" if value else "no"
        elif value is not None:
            shown[name] = f"{value.normalize():f}" if name in ("vat_rate", "years", "net", "spend") else value
    return shown


class SizeCommission(forms.Form):
    """What makes it risky, and who could do it."""

    risks = forms.MultipleChoiceField(label="Which of these are so?", required=False,
                                      widget=forms.CheckboxSelectMultiple)
    able = forms.ChoiceField(label="Who could do it?", widget=forms.RadioSelect)

    def __init__(self, *args: Any, **more: Any) -> None:
        super().__init__(*args, **more)
        risks, able = self.fields["risks"], self.fields["able"]
        assert isinstance(risks, forms.MultipleChoiceField)
        assert isinstance(able, forms.ChoiceField)
        risks.choices = [(one.key, one.label) for one in tier_risks()]
        able.choices = [(one.key, one.label) for one in markets()]


class ChooseTier(forms.Form):
    """Which tier, and why where it is not the one proposed."""

    tier = forms.TypedChoiceField(label="Which tier?", coerce=int, widget=forms.RadioSelect)
    reason = forms.CharField(label="Why, if not the one proposed?", max_length=500, required=False,
                             widget=_area(2, 500))

    def __init__(self, *args: Any, lowest: int, hints: dict[int, str], **more: Any) -> None:
        super().__init__(*args, **more)
        field = self.fields["tier"]
        assert isinstance(field, forms.TypedChoiceField)
        field.choices = [(str(one.number), Hinted(f"{one.number}: {one.name}", hints[one.number]))
                         for one in tiers() if one.number >= lowest]


class EnterOrders(forms.Form):
    """The table of standing orders: up to which value what is asked; the last band has no end."""

    since = DateField(label="Since when do they stand?")
    source = forms.CharField(label="Where are they written?", max_length=300,
                             help_text="For example: Constitution, part 4, contract procedure rules.")
    with_vat = forms.ChoiceField(label="Do the values count VAT?", widget=forms.RadioSelect,
                                 choices=(("no", "No"), ("yes", "Yes")))

    def __init__(self, *args: Any, **more: Any) -> None:
        super().__init__(*args, **more)
        for at in range(BANDS):
            hint = "Leave the end of the last band empty." if at == 0 else ""
            self.fields[f"up_to-{at}"] = Pounds(label=f"Band {at + 1}: up to", required=False, help_text=hint)
            self.fields[f"asks-{at}"] = forms.ChoiceField(
                label=f"Band {at + 1}: what is asked", required=False, choices=(("", "Not used"), *ASKED))

    def bands(self) -> tuple[Band, ...]:
        """Those that are used, in their order."""
        given, found = self.cleaned_data, []
        for at in range(BANDS):
            asks = given.get(f"asks-{at}") or ""
            if asks:
                advertise = asks == "advertise"
                found.append(Band(given.get(f"up_to-{at}"), 0 if advertise else int(asks), advertise))
        return tuple(found)


class WriteSpecification(forms.Form):
    """What should be different, for whom, where, how it is known, who may be missed; then what is required."""

    difference = forms.CharField(label="What should be different?", max_length=2000, widget=_area(4, 2000))
    people = forms.CharField(label="For whom?", max_length=500)
    where = forms.CharField(label="Where?", max_length=500)
    known = forms.CharField(label="How will it be known?", max_length=2000, widget=_area(4, 2000))
    missed = forms.CharField(label="Who may be missed, and how should they be reached?", max_length=2000,
                             widget=_area(4, 2000))
    over = forms.IntegerField(widget=forms.HiddenInput)

    def __init__(
        self, *args: Any, card: CommissionCard, asked: dict[UUID, str], held: int, anew: bool, **more: Any
    ) -> None:
        super().__init__(*args, **more)
        self.asked, self.lines = asked, range(min(MOST, max(LINES, held + SPARE)))
        answers = [("", "Nothing"), *((str(one.link), one.title) for one in card.answers)]
        for at in self.lines:
            self.fields[f"words-{at}"] = forms.CharField(
                label=f"Requirement {at + 1}", max_length=500, required=False, widget=_area(2, 500))
            self.fields[f"answers-{at}"] = forms.ChoiceField(
                label=f"Requirement {at + 1}: what does it answer?", required=False, choices=answers)
            self.fields[f"because-{at}"] = forms.CharField(
                label=f"Requirement {at + 1}: why, if it lays down how?", max_length=300, required=False)
        if anew:
            self.fields["reason"] = forms.CharField(label="Why is it written anew?", max_length=500)

    @property
    def whole(self) -> list[forms.BoundField]:
        """The questions about the whole."""
        return [self[name] for name in ("difference", "people", "where", "known", "missed")]

    @property
    def required(self) -> list[tuple[int, list[forms.BoundField]]]:
        """Each requirement with its three questions."""
        names = ("words", "answers", "because")
        return [(at + 1, [self[f"{name}-{at}"] for name in names]) for at in self.lines]

    def clean(self) -> dict[str, Any]:
        """Words that lay down too much ask for their reason where it is given."""
        given: dict[str, Any] = super().clean() or self.cleaned_data
        for at in self.lines:
            link = given.get(f"answers-{at}")
            flags = flags_of(given.get(f"words-{at}") or "", self.asked.get(UUID(link), "") if link else "")
            if flags and not given.get(f"because-{at}"):
                self.add_error(f"because-{at}", lays_down(flags[0], f"Requirement {at + 1} says"))
        return given

    def told(self) -> list[tuple[str, UUID | None, str]]:
        """Those that are filled in."""
        given = self.cleaned_data
        return [(given[f"words-{at}"], UUID(given[f"answers-{at}"]) if given.get(f"answers-{at}") else None,
                 given.get(f"because-{at}") or "") for at in self.lines if given.get(f"words-{at}")]
