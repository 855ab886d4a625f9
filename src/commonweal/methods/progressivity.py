"""Whether one thing leans more to the worse off than another, over the same people in the same order."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike

from commonweal.methods.arrays import MethodError, Reals, aligned, reals
from commonweal.methods.inequality import mid_ranks
from commonweal.methods.intervals import z_value


@dataclass(frozen=True, slots=True)
class Progressivity:
    """K = index of `against` less index of `got`: above 0 where what is got leans more to the worse off.

    Bounds are None where nobody said how many people it rests on.
    """

    index: float
    lower: float | None
    upper: float | None
    got: float
    against: float

    @property
    def leans(self) -> int:
        """1 more to the worse off for certain, -1 more to the better off, 0 where the interval holds 0."""
        if self.lower is None or self.upper is None:
            return 0
        return 1 if self.lower > 0 else -1 if self.upper < 0 else 0


@dataclass(frozen=True, slots=True)
class Inside:
    """Variances between people inside each group, (g,), of what is got and of what it is set against.

    `together` where one person's two amounts rise and fall as one (both by how often they come), else apart.
    """

    got: Reals
    against: Reals
    together: bool = False


def progressivity(
    got: ArrayLike, against: ArrayLike, people: ArrayLike, *, n: float | None = None, inside: Inside | None = None,
    level: float = 0.95,
) -> Progressivity:
    """Kakwani's form over groups from worst off to best off: K = C_against - C_got, C as `concentration` has it.

    `got`, `against` and `people` are totals of groups (g,). Where `against` is each person's own income it is
    Kakwani's index of a subsidy, for C_against is then the Gini coefficient; for a payment read it with the sign
    turned. Set against need it is the index of horizontal inequity, turned; set against use it says whom prices
    ask. Interval, where `n` people stand behind: the variance of the difference of both influence functions
    ψ = h/μ (2R - 1 - C) + 1 - C - q₋ - q, in which what they share cancels, plus that `inside` groups.
    Errors: negative amounts, nobody in a group, all of either 0, unequal lengths.
    Source: Kakwani 1977, Econ J 87:71; Kakwani, Wagstaff and van Doorslaer 1997, J Econometrics 77:87.
    """
    amounts = reals(got, "What is got", low=0), reals(against, "What it is set against", low=0)
    base = reals(people, "People", low=0)
    aligned(got=amounts[0], against=amounts[1], people=base)
    if (base <= 0).any():
        raise MethodError("A group has no people to compare with: join it with another.")
    if not all(one.sum() > 0 for one in amounts):
        raise MethodError("Nothing is there to compare: every amount of one of the two is 0.")
    rank, share = mid_ranks(base), base / base.sum()
    (one, of_got, kernel), (other, of_against, beside) = (_parts(each / base, rank, share) for each in amounts)
    index = other - one
    if n is None:
        return Progressivity(index, None, None, one, other)
    spread = float(share @ (of_got - of_against) ** 2)
    if inside is not None:
        aligned(got=inside.got, against=inside.against, people=base)
        left, right = (np.sqrt(reals(each, "Variances", low=0)) for each in (inside.got, inside.against))
        both = (left * kernel - right * beside) ** 2 if inside.together else (left * kernel) ** 2 + (
            right * beside) ** 2
        spread += float(share @ both)
    half = z_value(level) * float(np.sqrt(spread / n))
    return Progressivity(index, index - half, index + half, one, other)


def _parts(h: Reals, rank: Reals, share: Reals) -> tuple[float, Reals, Reals]:
    """Concentration index, its influence function by group, and what one unit more of a person there does."""
    mean = float(share @ h)
    index = 2 / mean * float(share @ (h * rank)) - 1
    kernel = (2 * rank - 1 - index) / mean
    up_to = np.cumsum(share * h) / mean
    return index, h * kernel + 1 - index - (up_to - share * h / mean) - up_to, kernel
