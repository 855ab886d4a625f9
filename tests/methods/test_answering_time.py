"""How long a form takes: by hand, and what is refused."""

from __future__ import annotations

import pytest

from commonweal.methods.answering_time import minutes_to_answer
from commonweal.methods.arrays import MethodError


@pytest.mark.parametrize(("read", "written", "minutes"), [
    (0, 0, 1), (238, 0, 1), (239, 0, 2), (0, 19, 1), (238, 38, 3), (120, 90, 6),
])  # fmt: skip
def test_reading_and_writing_add_up(read, written, minutes):
    assert minutes_to_answer(read, written) == minutes


def test_no_words_are_fewer_than_none():
    with pytest.raises(MethodError, match="from nought"):
        minutes_to_answer(-1, 0)
