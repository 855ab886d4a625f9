"""The shape of the questions about departments and who is in them."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django import forms

from commonweal.core.queries.departments import DepartmentsPage


class DepartmentForm(forms.Form):
    """What is it called, and what does it buy or fund?"""

    name = forms.CharField(label="Name of the department", max_length=300)
    commissions = forms.CharField(
        label="What does it commission or fund in culture and sport? (optional)", max_length=300, required=False,
        help_text="For example: leisure centres, social prescribing. The partnership sees it.",
        widget=forms.Textarea(attrs={"rows": 2, "maxlength": 300}),
    )


class PlaceMembers(forms.Form):
    """Which department is each in?"""

    def __init__(self, page: DepartmentsPage, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        choices = [("", "No department"), *((str(one.id), one.name) for one in page.departments)]
        for member in page.members:
            self.fields[str(member.id)] = forms.ChoiceField(
                label=member.name, choices=choices, required=False, help_text=member.job,
                initial=str(member.department or ""),
            )

    def placed(self) -> dict[UUID, UUID | None]:
        """The answer, by membership."""
        return {UUID(key): UUID(chosen) if chosen else None for key, chosen in self.cleaned_data.items()}
