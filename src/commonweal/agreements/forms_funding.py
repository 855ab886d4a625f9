"""The shape of money, of what bodies have, of notice, of a step on the path, and of a reward that is shared."""

from __future__ import annotations

import re
from decimal import Decimal
from typing import Any
from uuid import UUID

from django import forms

from commonweal.agreements.actions.funding import FundingSaid, RewardSaid
from commonweal.agreements.content import read
from commonweal.agreements.models import FundingKind, Notice
from commonweal.core import clock
from commonweal.core.money import financial_year
from commonweal.present.forms import Affixed, DateField, Hinted
from commonweal.providers.forms_help import words

Offered = list[tuple[str, str]]
_ROW = re.compile(r"^(.{1,160}?)\s*:\s*(\d{1,9}(?:\.\d{1,2})?)(?:\s*[,;]\s*(\d{1,9}(?:\.\d{1,2})?))?$")


def kinds() -> list[tuple[str, Hinted]]:
    """The kinds of money, each with its words."""
    return [(one["key"], Hinted(one["title"], one["says"])) for one in read("funding")["kinds"]]


def money(label: str, hint: str = "", *, required: bool = True) -> forms.DecimalField:
    """An amount in pounds."""
    return forms.DecimalField(label=label, help_text=hint, required=required, min_value=0, max_digits=14,
                              decimal_places=2, widget=Affixed(prefix="£"))


def year() -> forms.CharField:
    """A financial year."""
    return forms.CharField(label="In which financial year?", max_length=7, help_text="Such as 2026-27.",
                           initial=lambda: financial_year(clock.today()))


def source() -> forms.CharField:
    """Where it is from."""
    return forms.CharField(label="How do you know?", max_length=300,
                           help_text="The award letter, accounts or page that says so.")


class FundingForm(forms.Form):
    """One giver's money to one organisation in one year."""

    receiver = forms.CharField(label="Who has the money?", max_length=200)
    giver = forms.CharField(label="Who gives it?", max_length=200,
                            help_text="Of trading, write: people who pay.")
    kind = forms.ChoiceField(label="What sort of money is it?", widget=forms.RadioSelect, choices=kinds)
    pounds = money("How much in the year?", "In kind: what it would have cost.")
    year = year()
    infrastructure = forms.BooleanField(
        label="It helps other groups to be there (advice, training, a network), not people directly",
        required=False,
    )
    area = forms.CharField(label="For which area, if one?", max_length=120, required=False)
    need = forms.ChoiceField(label="Which need does it serve, if one?", required=False)
    source = source()

    def __init__(self, *args: Any, needs: Offered, **more: Any) -> None:
        super().__init__(*args, **more)
        field = self.fields["need"]
        assert isinstance(field, forms.ChoiceField)
        field.choices = [("", "None, or not known"), *needs]

    def said(self) -> FundingSaid:
        """As the action takes it."""
        given = dict(self.cleaned_data)
        need = UUID(given["need"]) if given["need"] else None
        return FundingSaid(**given | {"kind": FundingKind(given["kind"]), "need": need})


class RoleForm(forms.Form):
    """What the register does not say of an agreement's money."""

    kind = forms.ChoiceField(label="What sort of money is it?", widget=forms.RadioSelect, choices=kinds)
    infrastructure = forms.BooleanField(
        label="It helps other groups to be there (advice, training, a network), not people directly",
        required=False,
    )
    area = forms.CharField(label="For which area, if one?", max_length=120, required=False)


class MeansForm(forms.Form):
    """What an organisation has by its accounts."""

    organisation = forms.CharField(label="Which organisation?", max_length=200,
                                   help_text="Written as on the money map.")
    year = year()
    income = money("Income of the year")
    reserves = money("Reserves it is free to use", "Leave it empty if the accounts do not say.", required=False)
    source = source()


class NoticeForm(forms.Form):
    """That a body was told."""

    what = forms.ChoiceField(label="What becomes of the money?", widget=forms.RadioSelect,
                             choices=Notice._meta.get_field("what").choices or ())
    told_on = DateField(label="On which day were they told, in writing?", initial=clock.today)
    words = words("What was said, and what did they answer?", 500)


class StepForm(forms.Form):
    """A step that is done."""

    note = words("What was done?", 500)


class RewardForm(forms.Form):
    """A pot and its rule."""

    title = forms.CharField(label="What is the reward for?", max_length=120)
    pot = money("How much is there to share?")
    alike = forms.IntegerField(label="In equal parts", min_value=0, max_value=100, initial=20,
                               widget=Affixed(suffix="%"), help_text="Because each took the risk.")
    delivered = forms.IntegerField(label="By what each delivered", min_value=0, max_value=100, initial=50,
                                   widget=Affixed(suffix="%"))
    need = forms.IntegerField(label="By how much of that reached people in need", min_value=0, max_value=100,
                              initial=30, widget=Affixed(suffix="%"))
    counts = forms.CharField(
        label="What is counted?", max_length=120, help_text="Such as: adults active at a year."
    )
    rows = forms.CharField(
        label="Who delivered how much?",
        max_length=12_000,
        widget=forms.Textarea({"rows": 5, "maxlength": 12_000}),
        help_text="One a line: name: delivered, of them in need. Such as: Marsh End Dance: 120, 80",
    )
    source = source()

    def clean_rows(self) -> tuple[tuple[str, Decimal, Decimal], ...]:
        """Each line as name, delivered and of them in need."""
        found: dict[str, tuple[str, Decimal, Decimal]] = {}
        for line in self.cleaned_data["rows"].replace("\x00", "").splitlines():
            plain = " ".join(line.split())
            if not plain:
                continue
            match = _ROW.match(plain)
            if match is None:
                raise forms.ValidationError(f"“{plain[:60]}”: write the name, a colon, how much, a comma, and how "
                                            "much of it reached people in need.")
            if match[1].casefold() in found:
                raise forms.ValidationError(f"“{match[1][:60]}” stands there twice. Put it in one line.")
            found[match[1].casefold()] = (match[1], Decimal(match[2]), Decimal(match[3] or 0))
        return tuple(found.values())

    def clean(self) -> dict[str, Any]:
        """The parts make a whole."""
        given = super().clean() or {}
        parts = [given.get(name) for name in ("alike", "delivered", "need")]
        whole = sum(one for one in parts if one is not None)
        if None not in parts and whole != 100:
            self.add_error("alike", f"The three parts add up to {whole}. They must add up to 100.")
        return given

    def said(self) -> RewardSaid:
        """As the action takes it."""
        return RewardSaid(**self.cleaned_data)


class BringGrants(forms.Form):
    """A file of grants."""

    file = forms.FileField(label="The file", allow_empty_file=True, max_length=255,
                           help_text="A 360Giving file as JSON, as the funder or GrantNav publishes it.")
