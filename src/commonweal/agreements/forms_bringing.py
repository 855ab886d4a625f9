"""The shape of what is asked of a register that is brought: the file, then which column is what."""

from __future__ import annotations

from typing import Any

from django import forms

from commonweal.agreements.register_columns import FIELDS, Columns, guessed
from commonweal.options.money_content import named
from commonweal.policy.delivery_vehicles import catalogue

LABELS = {
    "title": "What it is called", "provider": "Who delivers", "payer": "Who pays or grants", "begins": "First day",
    "ends": "Last day", "yearly": "Pounds a year", "total": "Pounds in all", "form": "What kind of agreement",
    "service": "Which service", "regime": "Which law",
}
NEEDED = ("title", "provider", "begins")


class RegisterFile(forms.Form):
    """The register as a file."""

    file = forms.FileField(label="The register", help_text=(
        "CSV, Excel or OpenDocument, one line an agreement, in any columns. 5 MB at most."))


class RegisterColumns(forms.Form):
    """Which column is what, guessed beforehand, and what holds where no column says."""

    otherwise_payer = forms.CharField(label="Who pays, where the register does not say?", max_length=160)
    otherwise_form = forms.ChoiceField(label="What kind, where it does not say?")
    otherwise_service = forms.ChoiceField(label="Which service, where it does not say?")

    def __init__(self, data: Any = None, *, headings: list[str], name: str, payer: str) -> None:
        guess = guessed(headings)
        super().__init__(data, initial={**guess, "otherwise_payer": payer, "otherwise_form": "grant",
                                        "otherwise_service": "community"})
        self.name = name
        asked: dict[str, forms.Field] = {
            field: forms.ChoiceField(
                label=LABELS[field], required=field in NEEDED,
                choices=[("", "No column says"), *((one, one) for one in headings)])
            for field in FIELDS}
        self.fields = {**asked, **self.fields}
        for field, choices in (("otherwise_form", [(one.key, one.title) for one in named("agreements", "forms")]),
                               ("otherwise_service", [(one.key, one.title) for one in catalogue().services])):
            found = self.fields[field]
            assert isinstance(found, forms.ChoiceField)
            found.choices = choices

    def clean(self) -> dict[str, Any]:
        """Money stands in one column at least."""
        given = super().clean() or self.cleaned_data
        if not given.get("yearly") and not given.get("total"):
            self.add_error("yearly", "Choose the column that says what is paid, a year or in all")
        return given

    def columns(self) -> Columns:
        """As the action takes it."""
        given = self.cleaned_data
        return Columns(of={field: given[field] for field in FIELDS}, payer=given["otherwise_payer"],
                       form=given["otherwise_form"], service=given["otherwise_service"],
                       source=f"Register brought as {self.name}")
