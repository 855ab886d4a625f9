"""The shape of what is asked of an export of visits: its file, its system, its columns, and what sites cost."""

from __future__ import annotations

from collections.abc import Mapping
from decimal import Decimal
from typing import Any

from django import forms
from django.forms.boundfield import BoundField

from commonweal.needs.actions.visits import Times
from commonweal.needs.models import SiteCost
from commonweal.needs.pages.visits import meanings

ASKED_AT_MOST = 120


class BringVisits(forms.Form):
    """The file, and which system it is from."""

    activity = "visits"
    file = forms.FileField(
        label="The export", allow_empty_file=True, max_length=255,
        help_text="CSV, Excel or Parquet: one row a visit, or a member and a month with a count, or totals of a "
                  "site. Any number of months.",
        error_messages={"required": "Choose the file to bring"},
    )
    title = forms.CharField(
        label="Which system is it from?", max_length=120,
        help_text="For example: Leisure centres. Use the same name each time, and months are added to it.",
        error_messages={"required": "Enter a name for the system, such as Leisure centres"},
    )


class VisitColumns(forms.Form):
    """What each column is: guessed, and for a person to confirm; what is about people is not asked."""

    def __init__(self, columns: list[dict[str, Any]], *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        self.known = columns
        for place, column in self._asked():
            self.fields[f"column_{place}"] = forms.ChoiceField(
                label=column["name"], choices=meanings(), initial=column["meaning"], required=False,
            )

    def columns(self) -> list[tuple[BoundField, dict[str, Any]]]:
        """Each column's choice beside what is known of it."""
        return [(self[f"column_{place}"], column) for place, column in self._asked()]

    def left_out(self) -> list[dict[str, Any]]:
        """The columns about people, which are never read."""
        return [column for column in self.known if column["never"]]

    def said(self) -> dict[str, str]:
        """What was said of each column, once it is valid."""
        return {column["name"]: self.cleaned_data[f"column_{place}"] for place, column in self._asked()}

    def _asked(self) -> list[tuple[int, dict[str, Any]]]:
        usable = [column for column in self.known if not column["never"]]
        return list(enumerate(usable[:ASKED_AT_MOST]))


class SiteCosts(forms.Form):
    """What each site cost and earned in one year; a site left empty is not counted."""

    source = forms.CharField(
        label="Where are the amounts from?", max_length=300, required=False,
        help_text="For example: revenue outturn 2025/26, 14 July 2026. Partners who see the results see this.",
    )

    times = forms.IntegerField(
        label="How often do all who live here take part in a year, wherever it is?", required=False, min_value=1,
        max_value=10**12, help_text="For example 20000000. From a survey: people who take part, times how often.",
        widget=forms.TextInput(attrs={"inputmode": "numeric", "class": "govuk-input--width-10"}),
        error_messages={"invalid": "How often must be a whole number, such as 20000000"},
    )
    times_source = forms.CharField(
        label="Which survey is that from?", max_length=300, required=False,
        help_text="For example: Active Lives adult survey 2024/25, residents of 16 and over.",
    )

    def __init__(self, sites: list[str], held: Mapping[str, SiteCost], *args: Any, **options: Any) -> None:
        areas, part = options.pop("areas", ()), options.pop("part", None)
        first = next(iter(held.values()), None)
        initial = {"source": first.source if first else "", "times": part.times if part else None,
                   "times_source": part.source if part else ""}
        super().__init__(*args, **{"initial": initial, **options})
        self.sites = sites[:ASKED_AT_MOST]
        for at, site in enumerate(self.sites):
            cost = held.get(site)
            self.fields[f"gross_{at}"] = _pounds("Gross cost", cost.gross if cost else None)
            self.fields[f"income_{at}"] = _pounds("Income", cost.income if cost else None)
            self.fields[f"area_{at}"] = forms.ChoiceField(
                label="Small area that it stands in", required=False, choices=[("", "Not said"), *areas],
                initial=cost.area if cost else "",
                error_messages={"invalid_choice": f"Choose where {site} stands from the list, or “Not said”"},
            )

    def lines(self) -> list[tuple[str, BoundField, BoundField, BoundField]]:
        """Each site with its two amounts and where it is."""
        return [(site, self[f"gross_{at}"], self[f"income_{at}"], self[f"area_{at}"])
                for at, site in enumerate(self.sites)]

    def areas(self) -> dict[str, str]:
        """Where sites are said to be, once it is valid."""
        return {site: self.cleaned_data[f"area_{at}"] for at, site in enumerate(self.sites)}

    def taking_part(self) -> Times | None:
        """How often people take part, where it was said."""
        said = self.cleaned_data
        return Times(said["times"], said["times_source"]) if said["times"] else None

    def costs(self) -> dict[str, tuple[Decimal, Decimal]]:
        """What was said, once it is valid."""
        said = self.cleaned_data
        return {
            site: (said[f"gross_{at}"], said[f"income_{at}"] or Decimal(0))
            for at, site in enumerate(self.sites) if said[f"gross_{at}"] is not None
        }

    def clean(self) -> dict[str, Any]:
        """An income needs its cost, and how often people take part its source."""
        said = super().clean() or {}
        if said.get("times") and not said.get("times_source"):
            self.add_error("times_source", "Enter the survey that how often people take part is from")
        for at, site in enumerate(self.sites):
            gross = f"gross_{at}"
            if said.get(f"income_{at}") is not None and said.get(gross) is None and gross not in self.errors:
                self.add_error(gross, f"Enter what {site} cost, or leave out its income")
        return said


def _pounds(label: str, initial: Decimal | None) -> forms.DecimalField:
    return forms.DecimalField(
        label=f"{label}, pounds", required=False, min_value=0, max_digits=12, decimal_places=2, initial=initial,
        widget=forms.TextInput(attrs={"inputmode": "decimal", "class": "govuk-input--width-10"}),
        error_messages={"invalid": f"{label} must be pounds, such as 250000 or 250000.50"},
    )
