"""The weights of the index of need, in words, and what other weights move."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from commonweal.needs.assessment import Assessment
from commonweal.needs.pictures import domain_titles
from commonweal.needs.queries.need_index import WeightsWrong, domains
from commonweal.present.table import DataTable
from commonweal.present.wording import listed

if TYPE_CHECKING:
    from commonweal.needs.forms import Weights

MOST = 100
_NUMBER = re.compile(r"[0-9]{1,3}(\.[0-9]{1,2})?")
_EXAMPLE = "weights=health:40,money:20"


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


def weights_from(text: str) -> dict[str, float]:
    """Weights as an address says them, `health:40,money:20`; parts left out count nothing. Raises WeightsWrong."""
    given: dict[str, float] = {}
    for said in text.split(","):
        part, _, number = (one.strip() for one in said.partition(":"))
        if part in given:
            raise WeightsWrong(f"“{part}” stands twice in weights. Give each part once, such as {_EXAMPLE}.")
        given[part] = _weight(part, number)
    if not any(given.values()):
        raise WeightsWrong(f"Every weight is 0. Give at least one part more than 0, such as {_EXAMPLE}.")
    return given


def _weight(part: str, number: str) -> float:
    known = [domain.key for domain in domains()]
    if part not in known:
        raise WeightsWrong(
            f"“{part[:40]}” in weights is not a part of need. The parts are {listed(known)}; write {_EXAMPLE}."
        )
    if not _NUMBER.fullmatch(number) or float(number) > MOST:
        raise WeightsWrong(
            f"The weight of “{part}” cannot be “{number[:40]}”. Give a number from 0 to {MOST} with at most two "
            f"decimals, such as {_EXAMPLE}."
        )
    return float(number)
