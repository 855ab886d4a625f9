"""A preview shows what a column holds and nobody in it."""

from __future__ import annotations

import pyarrow as pa
import pytest
from hypothesis import given
from hypothesis import strategies as st

from commonweal.lake.assistant.guessing import guess_columns
from commonweal.lake.assistant.meanings import PERSONAL, Guess, Meaning
from commonweal.lake.assistant.preview import HIDDEN, masked, preview
from commonweal.lake.opening.model import Sheet

SHEET = Sheet(
    "clubs",
    pa.table({
        "area code": ["E06000001", "E06000002", "E06000003"],
        "name": ["Ada's Boxing Club", "Bee Dance 2", "Cygnets"],
        "postcode": ["TF1 1AA", "WA14 1EJ", ""],
        "email": ["ada@example.org", "bee@example.org", None],
        "notes": ["Ada runs it from home", "Ring Bee after six", "Closed since her illness"],
        "members": ["12", "*", "1,200"],
    }),
    2,
)


def test_each_column_is_shown_as_much_as_it_may_be() -> None:
    shown = {guess.column: preview(SHEET, guess) for guess in guess_columns(SHEET)}
    assert shown == {
        "area code": ("E06000001", "E06000002", "E06000003"),
        "name": ("Xxx'x Xxxxxx Xxxx", "Xxx Xxxxx 9", "Xxxxxxx"),
        "postcode": ("XX9 9XX", "XX99 9XX", ""),
        "email": (HIDDEN,) * 3,
        "notes": (HIDDEN,) * 3,
        "members": ("12", "*", "1,200"),
    }


def test_long_cells_are_cut() -> None:
    sheet = Sheet("s", pa.table({"name": ["Abc " * 40]}), 1)
    (cell,) = preview(sheet, Guess("name", Meaning.NAME, 0.5, "Because."))
    assert len(cell) == 41


@pytest.mark.parametrize("meaning", sorted(PERSONAL))
def test_nothing_about_people_is_shown(meaning: Meaning) -> None:
    assert set(preview(SHEET, Guess("name", meaning, 0.5, "Because."))) == {HIDDEN}


@given(st.text(max_size=60))
def test_no_letter_or_digit_survives_masking(text: str) -> None:
    left = masked(text)
    assert all(letter in "xX9" for letter in left if letter.isalnum() and (letter.isalpha() or letter.isdecimal()))


def test_reasons_name_nobody() -> None:
    for guess in guess_columns(SHEET):
        assert "Ada" not in guess.reason
