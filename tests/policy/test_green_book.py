"""The Green Book's parameters hold together, and a row that does not fit is refused."""

import copy
from importlib.resources import files

import pytest
import yaml

from commonweal.policy.green_book import GreenBookWrong, green_book, green_book_of

CONTENT = yaml.safe_load((files("commonweal.policy") / "data" / "green_book.yaml").read_text(encoding="utf-8"))


def test_every_edition_says_what_it_rests_on():
    book = green_book()
    assert [one.key for one in book.editions] == ["2003", "2018", "2020", "2022", "2026"]
    assert all(one.source and one.address and one.verification for one in book.editions)
    assert book.edition(book.current).warning == ""
    assert "confirm" in book.edition("2003").warning


def test_the_rate_under_review_is_no_edition():
    book = green_book()
    assert "review" not in {one.key for one in book.editions}
    under = next(one for one in book.tests if one.key == "review")
    assert (under.standard, under.upto) == (((1, 0.03),), 30)


@pytest.mark.parametrize("ask", [
    lambda book: book.edition("1991"), lambda book: book.allowance("moon"),
    lambda book: book.in_prices_of(1, was=1900, now=2024),
])
def test_what_is_not_held_is_said(ask):
    with pytest.raises(GreenBookWrong):
        ask(green_book())


@pytest.mark.parametrize("change", [
    lambda one: one.update(current="1991"),
    lambda one: one["editions"][0].update(standard=[[2, 0.03]]),
    lambda one: one["editions"][0].update(standard=[[1, 3.5]]),
    lambda one: one["editions"][0].update(verification="sure"),
    lambda one: one["wellbeing"].update(low=20_000),
])
def test_a_row_that_does_not_fit_is_refused(change):
    content = copy.deepcopy(CONTENT)
    change(content)
    with pytest.raises(GreenBookWrong):
        green_book_of(content)
