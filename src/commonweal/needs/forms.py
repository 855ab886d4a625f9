"""The shape of what people are asked in the needs stage."""

from __future__ import annotations

from typing import Any

from django import forms
from django.core.exceptions import ValidationError

from commonweal.needs.pictures import domain_titles


class Keeping(forms.Form):
    """Why a version is kept."""

    reason = forms.CharField(
        label="Why is this version kept?", max_length=500,
        help_text="For example: for the partnership's meeting on 3 March.",
        error_messages={
            "required": "Enter why this version is kept, such as the meeting it is for",
            "max_length": "Why this version is kept must be 500 characters or fewer",
        },
    )


class Weights(forms.Form):
    """How much each part of need counts, in any numbers; only their proportions matter."""

    def __init__(self, *args: Any, weights: tuple[tuple[str, float], ...], **options: Any) -> None:
        super().__init__(*args, **options)
        titles = domain_titles()
        for key, weight in weights:
            title = titles.get(key, key)
            wrong = f"Enter a number from 0 to 100 for “{title.lower()}”"
            self.fields[key] = forms.DecimalField(
                label=title, min_value=0, max_value=100, max_digits=6, decimal_places=2,
                initial=f"{100 * weight:.4g}",
                error_messages=dict.fromkeys(
                    ("required", "invalid", "min_value", "max_value", "max_digits", "max_decimal_places",
                     "max_whole_digits"), wrong),
                widget=forms.TextInput(attrs={"inputmode": "decimal", "class": "govuk-input--width-4"}),
            )

    def clean(self) -> dict[str, Any]:
        """At least one part counts."""
        given: dict[str, Any] = super().clean() or {}
        if not self.errors and not sum(given.values()):
            raise ValidationError("Give at least one part a weight above 0.")
        return given
