"""The shape of what led to something: one of a few things that were decided, or none."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any, TypeVar
from uuid import UUID

from django import forms

from commonweal.options.forms_appraisal import chosen

NONE = ("", "None, or not recorded here")
T = TypeVar("T")


class OriginForm(forms.Form):
    """Which of each kind it was; a kind of which there is none is not asked for."""

    award = forms.ChoiceField(label="Which award was it made by?", required=False)
    choice = forms.ChoiceField(label="Which choice between options does it carry out?", required=False)
    decision = forms.ChoiceField(label="Which decision on priorities does it follow?", required=False)

    def __init__(self, *args: Any, offered: dict[str, Iterable[tuple[UUID, str]]], **more: Any) -> None:
        super().__init__(*args, **more)
        for name in list(self.fields):
            found = [(str(key), words) for key, words in offered.get(name, ())]
            if found:
                chosen(self, name, [NONE, *found])
            else:
                del self.fields[name]

    def picked(self, name: str, rows: dict[UUID, T]) -> T | None:
        """The row that was chosen."""
        key = self.cleaned_data.get(name)
        return rows.get(UUID(key)) if key else None
