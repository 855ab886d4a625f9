"""Reading age against its own formula, sentences told apart, syllables, and where the passive stands."""

from __future__ import annotations

from itertools import pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from commonweal.methods.readability import (
    WORD,
    PassiveWords,
    grade,
    is_participle,
    passives,
    reading,
    sentences,
    syllables,
)

LISTS = PassiveWords(
    be=frozenset({"is", "are", "was", "were", "be", "been", "being", "isn't"}), between=frozenset({"not"}),
    participles=frozenset({"taken", "paid"}), describes=frozenset({"tired", "need", "agreed"}),
)


@pytest.mark.parametrize(("words", "in_sentences", "sounds", "expected"), [
    (100, 5, 150, 0.39 * 20 + 11.8 * 1.5 - 15.59),
    (10, 1, 10, 0.39 * 10 + 11.8 - 15.59),
    (6, 1, 6, -1.45),  # "The cat sat on the mat."
    (1, 1, 5, 0.39 + 59 - 15.59),
])
def test_the_grade_is_the_formula(words, in_sentences, sounds, expected):
    assert grade(words, in_sentences, sounds) == pytest.approx(expected)


@pytest.mark.parametrize(("words", "in_sentences"), [(0, 1), (1, 0), (0, 0)])
def test_no_words_have_no_grade(words, in_sentences):
    with pytest.raises(ValueError, match="without words"):
        grade(words, in_sentences, 1)


COUNTED = {
    1: "the cat mat sport needs walked used makes times health through named called based asked years our life",
    2: "council people culture swimming wanted table places changes outcome create quiet value leisure every",
    3: "strategic assessment evidence partnership library area decided services museum physical family provider",
    4: "commissioning available community activity priority material experience society deprivation",
    5: "participation organisation inequality individual",
}


@pytest.mark.parametrize("count", COUNTED)
def test_syllables(count):
    assert {word: syllables(word) for word in COUNTED[count].split() if syllables(word) != count} == {}


def test_reading_counts_what_it_says():
    read = reading("The cat sat on the mat. The dog ran.")
    assert (read.words, read.sentences, read.syllables) == (9, 2, 9)
    assert read.age == 5  # never below five
    assert not read.enough


def test_longer_words_and_sentences_take_an_older_reader():
    easy = reading("We help people swim. They like it. " * 20)
    hard = reading("The organisation facilitates participation in aquatic activity across communities, " * 20)
    assert easy.age < 8 < hard.age
    assert easy.enough


@pytest.mark.parametrize(("text", "counts"), [
    ("One here. Two here! Three here?", [2, 2, 2]),
    ("Mr. Smith met Dr. Jones, e.g. on Monday. It cost £1.5m.", [9, 3]),
    ("A heading\n\nA paragraph of text", [2, 4]),
    ("- first thing\n- second thing\n- third", [2, 2, 1]),
    ("He said “stop.” Then he went.", [3, 3]),
    ("J. K. Rowling wrote it.", [5]),
    ("no stop at all", [4]),
    ("", []),
    ("12 34 !!!", []),
])
def test_sentences(text, counts):
    assert [one.words for one in sentences(text, abbreviations={"mr", "dr", "e.g"})] == counts


@given(st.text(alphabet="ab .!?\n-1’é", max_size=200))
@settings(max_examples=50)
def test_sentences_lie_apart_in_order_and_hold_every_word(text):
    found = sentences(text)
    assert all(one.end <= other.start for one, other in pairwise(found))
    assert sum(one.words for one in found) == len(WORD.findall(text))
    assert all(text[one.start:one.end].strip() == text[one.start:one.end] for one in found)


@pytest.mark.parametrize(("text", "found"), [
    ("The money was taken.", ["was taken"]),
    ("It is not being paid, and was quickly removed.", ["is not being paid", "was quickly removed"]),
    ("People were tired. They are in need. We agreed.", []),
    ("It was. Removed at once.", []),
    ("They isn't paid", ["isn't paid"]),
    ("Is a library needed?", []),
])
def test_the_passive(text, found):
    assert [text[one.start:one.end] for one in passives(text, LISTS)] == found


@pytest.mark.parametrize(("word", "is_one"), [
    ("decided", True), ("paid", True), ("tired", False), ("red", False), ("proceed", False), ("green", False),
])
def test_participles(word, is_one):
    assert is_participle(word, LISTS) is is_one
