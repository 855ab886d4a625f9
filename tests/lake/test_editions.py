"""Which of several files of one data set stands."""

from dataclasses import replace
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from commonweal.lake.drafts import Draft
from commonweal.lake.editions import Candidate, ahead, choose, why_not
from commonweal.lake.manifest import Provenance, SourceFile, StoredDataset, StoredPart, StoredTable


def part(edition, rows, sha="s"):
    table = StoredTable("areas", rows, "x", "y")
    return StoredPart("", f"{edition}{rows}{sha}", 1, (SourceFile(f"{sha}.csv", sha),), (table,), 0, edition)


def new(path, edition, rows):
    held = part(edition, rows, path)
    return Candidate(SourceFile(path, path), Draft(held, "/nowhere"))


def stored(edition, rows, sha="stored"):
    return StoredDataset("places", "v", Provenance("t", "p", "l"), "now", (part(edition, rows, sha),))


CHOICES = [
    ([("a", "2024", 10), ("b", "2025", 5)], None, "b", ["a"]),
    ([("b", "2025", 5), ("a", "2024", 10)], None, "b", ["a"]),
    ([("a", "2024", 10), ("b", "2024", 12)], None, "b", ["a"]),
    ([("b", "2024", 10), ("a", "2024", 10)], None, "a", ["b"]),
    ([("a", "", 10)], ("2024", 10), None, ["a"]),
    ([("a", "2023-12-31", 99)], ("2024-01-01", 10), None, ["a"]),
    ([("a", "2024", 10)], ("2024", 11), "a", []),
    ([("a", "2024", 9)], ("2024", 11), None, ["a"]),
    ([("a", "2024", 1)], ("2023", 1000), "a", []),
    ([("a", "", 10), ("b", "", 3)], ("", 10), "a", ["b"]),
]


@pytest.mark.parametrize(("files", "held", "stands", "passed"), CHOICES)
def test_the_latest_then_the_fullest_then_the_newest(files, held, stands, passed):
    choice = choose([new(*one) for one in files], stored(*held) if held else None)
    assert (choice.stands.source.path if choice.stands else None) == stands
    assert [one.source.path for one, _ in choice.passed_over] == passed
    assert all(why.endswith(".") for _, why in choice.passed_over)


def test_the_very_file_that_is_stored_always_stands():
    assert why_not(new("mine", "2024", 1), stored("2024", 1000, "mine")) == ""


def test_a_file_given_on_purpose_comes_back_where_it_once_gave_way():
    held = replace(stored("2026", 1000), replaced=(SourceFile("true.csv", "true"),))
    assert why_not(new("true", "2024", 10), held) != ""
    assert why_not(new("true", "2024", 10), held, on_purpose=True) == ""
    assert why_not(new("other", "2024", 10), held, on_purpose=True) != ""
    assert choose([new("true", "2024", 10)], held, on_purpose=True).stands is not None


@pytest.mark.parametrize(("edition", "refused"), [
    ("", False), ("2024", False), ("2028", False), ("2028-11-22", False), ("2028-11-23", True), ("2029", True),
    ("2099-11-01", True), ("2028-03", False),
])
def test_an_edition_of_a_time_far_ahead_is_refused_in_a_sentence(edition, refused):
    assert bool(ahead(edition, date(2026, 11, 22))) is refused
    assert ahead(edition, date(2026, 11, 22)).endswith("." if refused else "")


files = st.lists(
    st.tuples(st.sampled_from("abcdef"), st.sampled_from(["", "2023", "2024", "2024-06-30"]), st.integers(1, 50)),
    min_size=1, max_size=6, unique_by=lambda one: one[0],
)


@given(files, st.randoms())
def test_the_order_of_arrival_does_not_matter(made, random):
    candidates = [new(*one) for one in made]
    first = choose(candidates, None)
    random.shuffle(candidates)
    again = choose(candidates, None)
    assert first == again
    assert first.stands is not None
    assert len(first.passed_over) == len(made) - 1
    assert all(one.rank <= first.stands.rank for one, _ in first.passed_over)
