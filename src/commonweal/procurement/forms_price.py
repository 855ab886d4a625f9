"""The shape of what is asked to try the price formulas on bids of one's own making."""

from __future__ import annotations

from typing import Any

from django import forms

from commonweal.present.forms import Affixed
from commonweal.procurement.forms_rules import Pounds
from commonweal.procurement.pages.price_formulas import TRIED, Trial

MOST = 4
NAMES = ("A", "B", "C", "D")


class TryFormulas(forms.Form):
    """What price counts for, the ends of a fixed scale, and up to four bids."""

    price_weight = forms.IntegerField(label="What does price count for?", min_value=0, max_value=100,
                                      widget=Affixed({"class": "govuk-input--width-3"}, suffix="%"))
    floor = Pounds(label="Fixed scale: all points at or below")
    ceiling = Pounds(label="Fixed scale: no points at or above")

    def __init__(self, *args: Any, **more: Any) -> None:
        super().__init__(*args, **more)
        for name in NAMES:
            self.fields[f"quality-{name}"] = forms.IntegerField(
                label=f"Bid {name}: quality", min_value=0, max_value=100, required=False,
                widget=Affixed({"class": "govuk-input--width-3"}, suffix="%"))
            self.fields[f"price-{name}"] = Pounds(label=f"Bid {name}: price", required=False)

    def clean(self) -> dict[str, Any]:
        """Two bids or more, each whole, and a scale with its ends the right way round."""
        given: dict[str, Any] = super().clean() or self.cleaned_data
        whole = [name for name in NAMES if given.get(f"quality-{name}") is not None and given.get(f"price-{name}")]
        half = [name for name in NAMES if name not in whole and (
            given.get(f"quality-{name}") is not None or given.get(f"price-{name}") is not None)]
        if half and not self.errors:
            self.add_error(f"price-{half[0]}", f"Give bid {half[0]} both a quality and a price above nought.")
        elif len(whole) < 2 and not self.errors:
            self.add_error(None, "Give two bids or more.")
        low, high = given.get("floor"), given.get("ceiling")
        if low is not None and high is not None and high <= low:
            self.add_error("ceiling", "The price that earns no points must be above the one that earns all.")
        return given

    def trial(self) -> Trial:
        """What was told."""
        given = self.cleaned_data
        bids = tuple((name, float(given[f"quality-{name}"]), float(given[f"price-{name}"])) for name in NAMES
                     if given.get(f"price-{name}"))
        return Trial(bids, given["price_weight"], float(given["floor"]), float(given["ceiling"]))


def first_try() -> dict[str, str]:
    """Three invented bids under which a loser decides, to begin with."""
    held = {"price_weight": "40", "floor": "300000", "ceiling": "1200000"}
    for name, quality, price in TRIED:
        held |= {f"quality-{name}": f"{quality:.0f}", f"price-{name}": f"{price:.0f}"}
    return held
