"""Whether those who come are like those who live here, said with the doubt a sample leaves."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

import numpy as np
from numpy.typing import ArrayLike

from commonweal.methods.arrays import MethodError, Reals, aligned, reals
from commonweal.methods.intervals import wilson, z_value


class Weighting(StrEnum):
    """What one count among users is: the two differ by how often each group comes."""

    PERSON = "person"  # each user once, as in a register of members
    VISIT = "visit"    # each visit once, as in a survey at the door


@dataclass(frozen=True, slots=True)
class Ratios:
    """Share of users over share of residents for each group: 1 is as many as live here."""

    ratio: Reals
    lower: Reals
    upper: Reals
    user_share: Reals
    resident_share: Reals
    weighting: Weighting
    level: float


def representativeness(
    users: ArrayLike, residents: ArrayLike, *,
    weighting: Weighting, residents_sampled: bool = False, level: float = 0.95,
) -> Ratios:
    """Each group's share of users over its share of residents, with Katz's interval on the log of the ratio.

    `users` and `residents` are counts of the same (g,) groups, which make up everybody. log variance:
    1/a - 1/A, and 1/b - 1/B besides where residents are themselves a sample. A group nobody came from has
    ratio 0, lower 0, and Wilson's upper bound over its share. Users of unknown group belong in neither count,
    and are said beside. Errors: negative counts, no users, a group nobody lives in, unequal lengths.
    Source: Katz et al. 1978, Biometrics 34:469; Sport England National Benchmarking Service.
    """
    a, b = reals(users, "Users", low=0), reals(residents, "Residents", low=0)
    aligned(users=a, residents=b)
    if not a.sum() > 0:
        raise MethodError("Nobody's group is known among the users, so their shares cannot be given.")
    if (b <= 0).any():
        raise MethodError("A group has no residents to compare with: join it with another.")
    mine, theirs = a / a.sum(), b / b.sum()
    ratio, safe = mine / theirs, np.where(a > 0, a, 1.0)
    variance = 1 / safe - 1 / a.sum() + ((1 / b - 1 / b.sum()) if residents_sampled else 0.0)
    stretch = np.exp(z_value(level) * np.sqrt(np.maximum(variance, 0.0)))
    upper_if_none = wilson(a, np.full(a.shape, a.sum()), level=level)[1] / theirs
    return Ratios(
        ratio, ratio / stretch, np.where(a > 0, ratio * stretch, upper_if_none), mine, theirs, weighting, level
    )


def effective_sample_size(weights: ArrayLike) -> float:
    """How many equally weighted answers these are worth: (Σ w)² / Σ w². Errors: negative weights, or none above 0.

    Source: Kish 1965, Survey Sampling.
    """
    array = reals(weights, "Weights", low=0)
    if not np.nansum(array) > 0:
        raise MethodError("No weight is above 0, so there is no sample.")
    return float(np.nansum(array) ** 2 / np.nansum(array**2))


def design_effect(weights: ArrayLike) -> float:
    """How much variance unequal weights add: answers over effective sample size, 1 where all weigh the same."""
    array = reals(weights, "Weights", low=0)
    return float((~np.isnan(array)).sum()) / effective_sample_size(array)
