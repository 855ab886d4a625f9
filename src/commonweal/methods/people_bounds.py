"""How many different people there may be in all, where the same people may be in several counts."""

from __future__ import annotations

from collections.abc import Sequence

from commonweal.methods.arrays import MethodError


def different_people(counts: Sequence[int], *, everybody: int | None = None) -> tuple[int, int]:
    """The least and the most different people behind counts of different people that may overlap.

    max(nᵢ) <= |union| <= min(sum(nᵢ), everybody). `counts` are people, each 0 or more; `everybody` is how many
    there are to be counted at all, where that is known. No counts: (0, 0). Errors: MethodError for a count below
    0, or one above everybody. Source: Fréchet (1935), bounds of a union whose parts may overlap in any way.
    """
    if any(one < 0 for one in counts):
        raise MethodError("A count of people is 0 or more.")
    least, most = max(counts, default=0), sum(counts)
    if everybody is not None:
        if least > everybody:
            raise MethodError("One of the counts is above the number of people there are.")
        most = min(most, everybody)
    return least, most
