"""The bases of data protection law: every point of the two articles once, and honest about what was checked."""

from __future__ import annotations

from commonweal.policy.lawful_basis import bases, conditions, law


def test_every_point_of_both_articles_is_there_once():
    assert sorted(one.article for one in bases().values()) == sorted(
        f"6(1)({point})" for point in ("a", "b", "c", "d", "e", "ea", "f")
    )
    assert sorted(one.article for one in conditions().values()) == [f"9(2)({point})" for point in "abcdefghij"]


def test_each_says_what_it_is_in_words():
    for known in (bases(), conditions()):
        for key, one in known.items():
            assert one.key == key
            assert one.title
            assert one.words.endswith(".")


def test_it_says_where_it_is_from_and_that_nobody_checked_it():
    assert law().where.startswith("https://www.legislation.gov.uk/")
    assert law().as_at.year >= 2026
    assert not law().checked
