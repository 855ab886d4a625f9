"""How long a form takes, from what is read and what is written: an estimate, said before anybody begins."""

from __future__ import annotations

from math import ceil

from commonweal.methods.arrays import MethodError

READ = 238      # words a minute, silently
COMPOSED = 19   # words a minute, thought out while they are typed


def minutes_to_answer(read: int, written: int) -> int:
    """Whole minutes, rounded up: read / 238 + written / 19, in words.

    Raises MethodError where a count is negative.
    Source: Brysbaert (2019), How many words do we read per minute?, Journal of Memory and Language 109; Karat,
    Halverson, Horn and Karat (1999), Patterns of entry and correction, CHI 99 (composition at a keyboard).
    """
    if read < 0 or written < 0:
        raise MethodError("words are counted from nought")
    return max(1, ceil(read / READ + written / COMPOSED))
