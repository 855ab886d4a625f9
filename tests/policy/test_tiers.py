"""Value, risk and the market give a tier worked by hand; inputs and methods in a requirement are flagged."""

from datetime import date
from decimal import Decimal as D
from itertools import pairwise

import pytest

from commonweal.policy.over_specifying import flags_of
from commonweal.policy.tiers import Sizing, hour_words, proposed_tier, tiers, weights_of

DAY = date(2026, 12, 1)


def sized(gross, **more):
    return proposed_tier(Sizing(gross=D(gross), begun=more.pop("begun", DAY), **more))


@pytest.mark.parametrize(("gross", "more", "tier"), [
    (18000, {}, 1), (29999, {}, 1), (30000, {}, 2), (207719, {}, 2), (207720, {}, 3), (663539, {}, 3),
    (663540, {}, 4), (5000000, {}, 4), (5000001, {}, 5),
    (90000000, {"risks": frozenset({"staff", "loss", "novel"})}, 5),
    (210000, {"begun": date(2025, 12, 1)}, 2), (210000, {"begun": date(2026, 1, 1)}, 3),
    (18000, {"risks": frozenset({"safeguarding"})}, 2), (18000, {"risks": frozenset({"staff", "novel"})}, 2),
    (18000, {"risks": frozenset({"staff", "novel", "loss"})}, 3), (18000, {"years": D(6)}, 2),
    (18000, {"years": D(5)}, 1),
    (18000, {"years": D(6), "risks": frozenset({"long"})}, 2), (18000, {"market": "few"}, 1),
    (60000, {"market": "few"}, 1),
    (60000, {"market": "few", "risks": frozenset({"safeguarding"})}, 2), (60000, {"market": "many"}, 2),
    (1080000, {"above": True}, 4), (1080000, {"above": True, "market": "few"}, 3),
    (210000, {"above": True, "market": "few"}, 3),
    (140000, {"above": True}, 3), (140000, {"above": False}, 2), (0, {}, 1),
])  # fmt: skip
def test_the_tier_that_is_proposed(gross, more, tier):
    assert sized(gross, **more).tier.number == tier


def test_it_says_why_and_what_the_law_allows():
    found = sized(140000, above=True, market="few", risks=frozenset({"safeguarding"}))
    assert found.lowest == 3
    assert found.why[0] == "Its value of £140,000 with any VAT gives tier 2."
    assert found.why[1] == "One risk raises it by 1: children or adults at risk take part."
    assert "1 lighter" in found.why[2]
    assert "tier 3 is the lightest" in found.why[3]
    assert len(sized(18000, market="few").why) == 1
    assert "Two risks raise it by 1" in sized(1, risks=frozenset({"staff", "loss"})).why[1]


def test_a_heavier_tier_costs_bidders_hours_and_money():
    proposal = sized(18000)
    light, heavier = weights_of(proposal, "some")[:2]
    assert (light.hours, light.more_hours, light.pounds) == (12, 0, D(360))
    assert (heavier.hours, heavier.more_hours, heavier.more_pounds) == (32, 20, D(600))
    assert "Nobody has measured it" in hour_words()


def test_each_tier_asks_no_less_than_the_one_below():
    for lower, higher in pairwise(tiers()):
        assert {one.key for one in lower.asked} < {one.key for one in higher.asked}
        assert lower.bidder_hours < higher.bidder_hours
        assert lower.measures <= higher.measures
    assert [len(one.asked) for one in tiers()] == [3, 6, 9, 12, 15]


@pytest.mark.parametrize(("words", "keys"), [
    ("Girls dance every week within a walk of home.", set()),
    ("Provide six sessions a week with a full-time coach.", {"hours", "staffing"}),
    ("Staff must be Level 2 qualified.", {"qualified"}), ("The hall opens from 9am on Saturday.", {"opening"}),
    ("Bidders need three years' accounts and a turnover of £1m.", {"turnover"}),
    ("Must use the council's booking system.", {"method", "kit"}), ("Hold ISO 9001.", {"policies"}),
    ("Classes in the Kiln Lane hall.", {"place"}), ("", set()), ("x" * 100_000, set()),
])  # fmt: skip
def test_inputs_and_methods_are_flagged_with_an_offer(words, keys):
    found = flags_of(words)
    assert {one.key for one in found} == keys
    assert all(one.why and one.offer and one.found for one in found)


def test_what_the_need_itself_says_is_not_laid_down():
    words = "Somebody is there on Sunday and on Monday at the\nKiln Lane hall."
    asked = "Nobody is alone on a sunday. At the Kiln Lane hall."
    assert [one.found for one in flags_of(words, asked)] == ["Monday"]
    assert [one.key for one in flags_of("Build an app.", "More are happy.")] == ["kit"]
