"""What change may be said to be, through the page: what does nothing is not praised, few are not averaged."""

import pytest
from django.test import Client
from django.urls import reverse

from commonweal.policy.instruments import InstrumentsWrong, instruments, instruments_from

GOOD = {"instrument": "satisfaction", "chosen": "yes", "began": "20"}


@pytest.fixture
def browser(db):
    return Client()


def told(browser, pairs, **more):
    page = browser.post(reverse("measures:change"), GOOD | {"pairs": "\n".join(pairs)} | more)
    assert page.status_code == 200
    return " ".join(page.content.decode().split())


@pytest.mark.promise("M3")
def test_a_club_learns_what_its_scores_carry(browser):
    shown = told(browser, ["before, after", *["4, 6", "5\t7", "3;5", "4 7", "6, 7"] * 3])
    assert "15 people were measured twice, of 20 who began: 15 better, 0 the same, 0 worse." in shown
    assert "People were better by 0.8 to 1.5 points of 10 beyond what was to be expected" in shown
    assert "Change among those who took part" in shown
    assert "That the programme made the change" in shown
    assert "75% were measured again" in shown
    # the same gain among those worst off is what was to be expected
    shown = told(browser, ["2, 3", "3, 4", "1, 2", "2, 2", "3, 3"] * 3)
    assert "no more than was to be expected had nothing been done" in shown
    assert "Unchecked: confirm." in shown
    # nobody came because of a bad score: nothing to take off
    shown = told(browser, ["2, 3", "3, 4", "1, 2", "2, 2", "3, 3"] * 3, chosen="no")
    assert "People were better by 0.6 points of 10 on average" in shown
    assert "Beyond what was to be expected" not in shown
    # a licensed scale: each person by the metric table before the mean
    shown = told(browser, ["14, 21"] * 6 + ["14, 20"] * 6, instrument="swemwbs")
    assert "3.6</td>" in shown  # 15.32 to 19.25 and to 18.59; the sums themselves would say 6.5
    # few people: counted, not averaged
    shown = told(browser, ["4, 6"] * 3, began="")
    assert "3 people are too few for a mean" in shown
    assert "95% interval" not in shown
    # a scale that runs the other way
    assert "6 better" in told(browser, ["7, 4"] * 6, instrument="anxious")
    shown = browser.get(reverse("measures:change"), {"people": "10"}).content.decode()
    assert "about 0.72 standard deviations from none" in shown


@pytest.mark.parametrize(("pairs", "more", "says"), [
    (["4"], {}, "Line 1: give two numbers; this has 1"),
    (["4, 5", "11, 4"], {}, "Line 2: 11 is not from 0 to 10"),
    (["4.5, 5"], {}, "4.5 must be a whole number"),
    (["4, 5", "x, y"], {}, "Line 2: give two numbers, such as 19, 22"),
    (["1e9999, 2"], {"instrument": "own"}, "Line 1: give two numbers"),
    (["=1+1, 2"], {"instrument": "own"}, "Line 1: give two numbers"),
    ([""], {}, "Give the scores, one person a line"),
    (["4, 5"] * 5_001, {"began": ""}, "Give 5,000 people at most"),
    (["4, 5"] * 6, {"began": "3"}, "6 people were measured twice, so at least as many began"),
    (["4, 5"], {"instrument": "star"}, "choose from the answers that are there"),
    (["a"] * 9, {}, "and 3 more lines"),
])
def test_what_cannot_be_read_says_where(browser, pairs, more, says):
    assert says in told(browser, pairs, **more)


def test_all_the_same_is_no_change(browser):
    assert "No change can be told from none" in told(browser, ["5, 5"] * 12, instrument="own")


@pytest.mark.parametrize(("change", "says"), [
    ({"low": 40}, "low must be below high"), ({"verification": "sure"}, "a mark must be"),
    ({"table": [1, 2]}, "the table must hold every sum"), ({"spread": 2}, "go together"),
    ({"everybody": 3, "everybody_source": ""}, "needs its source"), ({"colour": "red"}, "colour is not known"),
])
def test_instruments_that_do_not_fit_are_refused(change, says):
    row = {"key": "k", "title": "t", "enter": "e", "low": 0, "high": 10, "whole": True, "higher_is_better": True,
           "unit": "u", "terms": "t", "source": "s", "verification": "seen"}
    data = {"checked": 1, "next_review": 2, "reliability": {"range": [0.6], "says": "s", "verification": "seen"},
            "instruments": [row | change]}
    with pytest.raises(InstrumentsWrong, match=says):
        instruments_from(data)
    with pytest.raises(InstrumentsWrong, match="missing"):
        instruments_from({})
    assert instruments().of("swemwbs").table[14] == 19.25
