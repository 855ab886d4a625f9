"""The weights of the index of need, in words, and what other weights move."""

from __future__ import annotations

from typing import TYPE_CHECKING

from commonweal.needs.assessment import Assessment
from commonweal.needs.pictures import domain_titles
from commonweal.present.table import DataTable
from commonweal.present.wording import listed

if TYPE_CHECKING:
    from commonweal.needs.forms import Weights


def weights_words(assessment: Assessment) -> str:
    """The weights in a sentence."""
    titles = domain_titles()
    total = sum(weight for _, weight in assessment.weights) or 1.0
    parts = [f"{titles.get(key, key).lower()} {100 * weight / total:.0f}%" for key, weight in assessment.weights]
    return f"The index weighs {listed(parts)}."


def asked_weights(form: Weights) -> dict[str, float] | None:
    """The weights a person asked for, as shares of one; nothing where the form is not right."""
    if not form.is_valid():
        return None
    given = {name: float(form.cleaned_data[name]) for name in form.fields}
    total = sum(given.values())
    return {name: value / total for name, value in given.items()}


def moved_sentence(assessment: Assessment, moved: DataTable | None) -> str:
    """How much moves under the weights asked for."""
    everything = len(assessment.small_areas)
    if moved is None:
        return f"With these weights none of the {everything} small areas changes its tenth."
    return f"With these weights {len(moved.rows)} of the {everything} small areas change their tenth."
