"""The shape of what is asked of an award, its contract, payments, milestones and end."""

from __future__ import annotations

from decimal import Decimal, InvalidOperation
from typing import Any
from uuid import UUID

from django import forms

from commonweal.present.forms import DateField
from commonweal.procurement.actions.award import GRANTS, AwardSaid, LotSaid, SupplierSaid
from commonweal.procurement.forms_rules import Pounds
from commonweal.procurement.models import Basis, Ending
from commonweal.procurement.ocds.words import SCHEMES
from commonweal.procurement.queries.awards import AwardCard

KINDS = {
    "": ("Not said", None, None, False), "sme": ("A small or medium business", True, False, False),
    "vcse": ("A voluntary, community or social enterprise", None, True, False),
    "both": ("A social enterprise that is small or medium", True, True, False),
    "neither": ("Neither: a large business or a public body", False, False, False),
    "person": ("A person on their own: their name is not published", None, None, True),
}
PARTS = ("name", "kind", "scheme", "number")
ORDER = ("net", "basis", "because", "decided_on", "starts_on", "ends_on", "description", "reference", "contact",
         "department", "bids", "lost_vat", "extends_to", "review_on", "lots")


class AwardForm(forms.Form):
    """Who got it, for how much, until when, and how they were chosen."""

    activity = "commissioning"
    reference = forms.CharField(label="Reference number", max_length=60)
    title = forms.CharField(label="Title", max_length=160)
    description = forms.CharField(label="What it is for", max_length=1500,
                                  widget=forms.Textarea({"rows": 3, "maxlength": 1500}))
    basis = forms.ChoiceField(label="How was it awarded?", widget=forms.RadioSelect)
    because = forms.CharField(label="If directly, why?", max_length=600, required=False,
                              widget=forms.Textarea({"rows": 2, "maxlength": 600}))
    decided_on = DateField(label="When was it decided?")
    bids = forms.IntegerField(label="How many bid or applied?", min_value=0, max_value=999, required=False)
    net = Pounds(label="The whole sum, without VAT")
    lost_vat = Pounds(label="VAT that cannot be recovered", required=False)
    starts_on = DateField(label="First day")
    ends_on = DateField(label="Last day")
    extends_to = DateField(label="Last day if every extension is taken", required=False)
    review_on = DateField(label="When will it be reviewed?", required=False)
    department = forms.ChoiceField(label="Which department?", required=False)
    contact = forms.CharField(label="Office to ask", max_length=200,
                              help_text="An office or a role, never a person. Everybody will read it.")
    lots = forms.CharField(label="Lots, if it was let in parts", required=False, max_length=4000,
                           widget=forms.Textarea({"rows": 3}),
                           help_text="One a line: its title, and after a semicolon its sum without VAT, if any.")

    def __init__(
        self, *args: Any, grant: bool, departments: list[tuple[str, str]], suppliers: int, **more: Any
    ) -> None:
        super().__init__(*args, **more)
        self.blocks = range(1, suppliers + 1)
        basis, field = self.fields["basis"], self.fields["department"]
        assert isinstance(basis, forms.ChoiceField)
        assert isinstance(field, forms.ChoiceField)
        basis.choices = [(one.value, one.label) for one in Basis if (one in GRANTS) == grant]
        field.choices = [("", "None in particular"), *departments]
        if not departments:
            del self.fields["department"]
        if grant:
            del self.fields["because"], self.fields["lost_vat"]
        for at in self.blocks:
            which = "Who got it?" if at == 1 else f"Who else got it? ({at})"
            self.fields[f"name-{at}"] = forms.CharField(label=which, max_length=200, required=at == 1)
            self.fields[f"kind-{at}"] = forms.ChoiceField(
                label="What are they?", required=False,
                choices=[(key, one[0]) for key, one in KINDS.items()])
            self.fields[f"scheme-{at}"] = forms.ChoiceField(
                label="Registered with", required=False,
                choices=[("", "No register, or not known"), *SCHEMES.items()])
            self.fields[f"number-{at}"] = forms.CharField(
                label="Their number there", max_length=40, required=False)
        who = [f"{part}-{at}" for at in self.blocks for part in PARTS]
        self.order_fields(["title", *who, *ORDER])

    def clean_lots(self) -> tuple[LotSaid, ...]:
        """Titles and sums, a line each."""
        found = []
        for at, line in enumerate(self.cleaned_data["lots"].splitlines(), start=1):
            title, _, sum_ = line.partition(";")
            if not title.strip():
                continue
            try:
                net = Decimal(sum_.replace("£", "").replace(",", "").strip()) if sum_.strip() else None
            except InvalidOperation as wrong:
                raise forms.ValidationError(f"Line {at}: write the sum as a number, like 12000.") from wrong
            odd = net is not None and not (net.is_finite() and 0 <= net < Decimal(10) ** 12)
            if len(title.strip()) > 160 or odd:
                raise forms.ValidationError(
                    f"Line {at}: a title of 160 letters at most, and a sum of nought or more.")
            found.append(LotSaid(title=title.strip(), net=net))
        return tuple(found)

    def said(self) -> AwardSaid:
        """What the action takes."""
        given = self.cleaned_data
        department = given.get("department")
        return AwardSaid(
            suppliers=tuple(self._supplier(at) for at in self.blocks if given[f"name-{at}"]),
            lots=given["lots"], department=UUID(department) if department else None,
            because=given.get("because", ""), lost_vat=given.get("lost_vat") or Decimal(0),
            **{name: given[name] for name in (
                "reference", "title", "description", "contact", "decided_on", "basis", "net",
                "starts_on", "ends_on", "bids", "extends_to", "review_on")})

    def _supplier(self, at: int) -> SupplierSaid:
        given = self.cleaned_data
        _, sme, vcse, person = KINDS[given[f"kind-{at}"]]
        number = given[f"number-{at}"].strip()
        return SupplierSaid(name=given[f"name-{at}"], scheme=given[f"scheme-{at}"] if number else "",
                            number=number if given[f"scheme-{at}"] else "", sme=sme, vcse=vcse, person=person)


def award_as_typed(card: AwardCard) -> dict[str, Any]:
    """What the form shows of an award that is there."""
    typed: dict[str, Any] = {name: getattr(card, name) for name in AwardForm.base_fields if hasattr(card, name)}
    typed |= {"basis": card.basis.value, "department": str(card.department or ""),
              "lots": "\n".join(title if net is None else f"{title}; {net}" for title, net in card.lots)}
    for at, one in enumerate(card.suppliers, start=1):
        kind = next((key for key, what in KINDS.items() if what[1:] == (one.sme, one.vcse, one.person)), "")
        typed |= {f"name-{at}": one.name, f"scheme-{at}": one.scheme, f"number-{at}": one.number,
                  f"kind-{at}": kind}
    return typed


class SignForm(forms.Form):
    """The day."""

    on = DateField(label="When was it signed?")


class PaymentForm(forms.Form):
    """One payment."""

    reference = forms.CharField(label="Its number", max_length=60, help_text="Of the invoice or the payment.")
    on = DateField(label="When was it paid?")
    pounds = Pounds(label="How much, without VAT")


class MilestoneForm(forms.Form):
    """Something due."""

    title = forms.CharField(label="What should be done?", max_length=160)
    due_on = DateField(label="By when?")


class MetForm(forms.Form):
    """The day."""

    on = DateField(label="When was it done?")


class EndForm(forms.Form):
    """How it ended."""

    on = DateField(label="Last day it ran")
    ending = forms.ChoiceField(label="How did it end?", choices=Ending.choices, widget=forms.RadioSelect)
    because = forms.CharField(label="What should whoever commissions next know?", max_length=600,
                              widget=forms.Textarea({"rows": 3, "maxlength": 600}))


class LookForm(forms.Form):
    """What somebody looks for in the open register."""

    words = forms.CharField(label="What, or who", max_length=100, required=False)
    buyer = forms.ChoiceField(label="Who buys or funds", required=False)

    def __init__(self, *args: Any, buyers: tuple[tuple[str, str], ...], **more: Any) -> None:
        super().__init__(*args, **more)
        field = self.fields["buyer"]
        assert isinstance(field, forms.ChoiceField)
        field.choices = [("", "Everybody"), *buyers]
