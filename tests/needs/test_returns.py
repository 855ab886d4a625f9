"""A national figure that rests on returns says how many there are and whose are held back."""

from __future__ import annotations

import pytest

from commonweal.needs.card import card
from commonweal.needs.queries.returns import Returns, base_words, returns_sentence


@pytest.mark.parametrize(("returns", "holds", "lacks"), [
    (Returns(153, 114, ("Bury", "Sutton")), ("114 of 153", "37 made none", "Bury and Sutton"), ()),
    (Returns(10, 8, ()), ("8 of 10", "2 made none"), ("held back",)),
    (Returns(10, 9, ("Bury",)), ("9 of 10", "Bury", "held back"), ("made none",)),
])
def test_the_sentence_counts_what_is_used_missing_and_held_back(returns, holds, lacks):
    said = returns_sentence(returns)
    assert all(words in said for words in holds)
    assert not any(words in said for words in lacks)


def test_the_base_says_how_many_authorities_only_where_some_are_left_out():
    one = card("library-visits")
    assert base_words(one, None) == one.base
    assert base_words(one, Returns(153, 114, ())).endswith("114 of 153 authorities whose return can be used")
    assert returns_sentence(None) == ""
