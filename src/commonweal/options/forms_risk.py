"""Questions by which a contract and its risks are set out."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

from django import forms

from commonweal.options.actions.risk import CaseSaid, LinePlanned, PartyHas
from commonweal.options.forms_money import number_field, pounds_field, share_field
from commonweal.options.models import ContractCase
from commonweal.options.money_content import case_kinds, named, risk_kinds
from commonweal.present.forms import Affixed, Hinted

RULE = ("title", "years", "rule", "margin", "collar", "cap", "shared", "beyond", "limit")
OPEN = ("gains",)      # what may stay unsaid


class CaseForm(forms.Form):
    """A contract: its rule, its lines, and who might run it."""

    title = forms.CharField(
        label="Which contract?", max_length=120, help_text="For example: Leisure centres, let for ten years."
    )
    years = number_field("For how many years?", low=1, high=40)
    rule = forms.ChoiceField(label="How is risk shared?", widget=forms.RadioSelect)
    collar = pounds_field("Collar, and bands: up to how much a year is the operator's own?", required=False)
    shared = share_field("In bands: past that, the operator's share", required=False)
    cap = pounds_field("Cap, and bands: up to how much a year does the operator bear or share?", required=False)
    beyond = share_field("In bands: past the cap, the operator's share", required=False)
    gains = share_field("In bands: the operator's share of a gain past the first part", required=False,
                        help_text="Empty: the same as of a loss.")
    margin = pounds_field("The operator's margin a year", required=False)
    limit = number_field(
        "Running out of reserves may happen in how many of 100 draws?",
        low=1,
        high=50,
        help_text="5 is a careful start.",
    )

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        field = self.fields["rule"]
        assert isinstance(field, forms.ChoiceField)
        field.choices = [(one.key, Hinted(one.title, one.says)) for one in named("risks", "rules")]
        for key, kind in case_kinds().items():
            free = key == "fee"
            self.fields[f"{key}_pounds"] = pounds_field(
                kind.title, required=False, help_text=kind.help, below=free
            )
            if kind.yearly:
                self.fields[f"{key}_yearly"] = _share(f"{kind.title}: spread from year to year", 100 * kind.yearly)
                self.fields[f"{key}_off"] = _share(f"{kind.title}: thought to come out larger by", 0, below=True)
                self.fields[f"{key}_passed"] = forms.BooleanField(
                    label=f"{kind.title}: passed through to the council whole", required=False
                )
        for one in named("risks", "parties"):
            self.fields[f"{one.key}_reserves"] = pounds_field(
                f"{one.title}: put by", required=False, help_text="Reserves that may be spent. Empty: not asked."
            )
            self.fields[f"{one.key}_least"] = pounds_field(f"{one.title}: the least it must keep", required=False)

    def said(self) -> CaseSaid:
        """The rule."""
        held = self.cleaned_data
        given: dict[str, Any] = {name: held[name] if held[name] is not None else 0 for name in RULE}
        return CaseSaid(**given, **{name: held[name] for name in OPEN})

    def lines(self) -> tuple[LinePlanned, ...]:
        """Lines that were given."""
        held = self.cleaned_data
        return tuple(
            LinePlanned(
                key,
                held[f"{key}_pounds"],
                held.get(f"{key}_yearly") or Decimal(0),
                held.get(f"{key}_off") or Decimal(0),
                bool(held.get(f"{key}_passed")),
            )
            for key in case_kinds()
            if held[f"{key}_pounds"]
        )

    def parties(self) -> tuple[PartyHas, ...]:
        """Those whose reserves were given."""
        held = self.cleaned_data
        return tuple(
            PartyHas(one.key, held[f"{one.key}_reserves"], held[f"{one.key}_least"] or Decimal(0))
            for one in named("risks", "parties")
            if held[f"{one.key}_reserves"] is not None
        )


def held_by(row: ContractCase) -> dict[str, object]:
    """What the form shows first of a contract that is there."""
    shown: dict[str, object] = {name: getattr(row, name) for name in (*RULE, *OPEN)}
    for line in row.lines.all():
        shown |= {
            f"{line.kind}_pounds": line.pounds * case_kinds()[line.kind].sign,
            f"{line.kind}_yearly": line.yearly,
            f"{line.kind}_off": line.off,
            f"{line.kind}_passed": line.passed,
        }
    for party in row.parties.all():
        shown |= {f"{party.kind}_reserves": party.reserves, f"{party.kind}_least": party.least}
    return shown


def _share(label: str, initial: float, *, below: bool = False) -> forms.DecimalField:
    return forms.DecimalField(
        label=label,
        required=False,
        initial=Decimal(str(round(initial, 1))),
        max_digits=5,
        decimal_places=1,
        min_value=-100 if below else 0,
        max_value=100 if below else 200,
        widget=Affixed({"class": "govuk-input--width-5", "inputmode": "decimal"}, suffix="%"),
    )


class RiskForm(forms.Form):
    """Something that may go wrong."""

    kind = forms.ChoiceField(label="What kind of risk?", widget=forms.RadioSelect)
    title = forms.CharField(label="What may happen?", max_length=160)
    bearer = forms.ChoiceField(label="Who carries it?", widget=forms.RadioSelect)
    why = forms.CharField(
        label="Why there?",
        max_length=300,
        required=False,
        help_text="Only if you place it elsewhere than is best as a rule.",
    )
    chance = _share("Chance in a year", 5)
    least = pounds_field("It costs at least")
    likely = pounds_field("Most likely")
    most = pounds_field("At most")
    control = forms.CharField(label="What is done about it?", max_length=400)
    watches = forms.CharField(label="Who watches it?", max_length=120, help_text="A job, not a name.")

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        best = {one.key: one.title for one in named("risks", "bearers")}
        kinds = [
            (one.key, Hinted(one.title, f"Best carried by: {best[one.best].lower()}. {one.why}"))
            for one in risk_kinds().values()
        ]
        for name, choices in (("kind", kinds), ("bearer", list(best.items()))):
            field = self.fields[name]
            assert isinstance(field, forms.ChoiceField)
            field.choices = choices
        self.fields["chance"].required = True
