"""Questions by which comparators are brought, and what joining may save is asked."""

from __future__ import annotations

from typing import Any

from django import forms

from commonweal.options.forms_money import number_field
from commonweal.options.models import ComparatorSet


class SetForm(forms.Form):
    """A set of comparators."""

    title = forms.CharField(label="What is compared?", max_length=120, help_text="For example: Library services.")
    counts = forms.CharField(
        label="What does size count?", max_length=40, help_text="For example: sites, or members."
    )
    price_year = number_field("In which year's prices?", low=2000, high=2100)
    source = forms.CharField(label="Where are the figures from?", max_length=300)
    bodies = forms.CharField(
        label="The comparators",
        max_length=60_000,
        widget=forms.Textarea({"rows": 12}),
        help_text="One row for each: name, size, cost a year. You can paste them from a spreadsheet.",
    )


def shown_of(row: ComparatorSet) -> dict[str, Any]:
    """What the form shows first of a set that is there."""
    lines = [f"{one.name}\t{one.size:f}\t{one.cost:f}" for one in row.bodies.order_by("size", "name")]
    return {
        "title": row.title,
        "counts": row.counts,
        "price_year": row.price_year,
        "source": row.source,
        "bodies": "\n".join(lines),
    }
