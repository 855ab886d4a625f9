"""May an agreement be changed: each law's grounds, what is missing asked for, unchecked rows never sure."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

import pytest

from commonweal.policy.changing import asked_of, change_grounds, change_questions, changing_as_at, may_change, ways

ON = date(2026, 11, 27)
FITS = {"scope": False, "balance": False, "term": Decimal(10), "nature": False, "others": False}


def asked(form="contract", regime="pa2023", on=ON, **told):
    return may_change(form=form, regime=regime, told=told, on=on)


@pytest.mark.parametrize(("regime", "told", "holds", "words"), [
    ("pa2023", {"light_touch": True}, True, "a light-touch contract"),
    ("pa2023", {"light_touch": False, "above": False, "becomes": False}, True, "below the threshold"),
    ("pa2023", {"provided": True, "nature": False}, True, "provided for"),
    ("pa2023", {"unforeseen": True, "nature": False, "value": Decimal(50)}, True, "unforeseeable"),
    ("pa2023", FITS, True, "not substantial"),
    ("pa2023", {"works": True, "value": Decimal(-15), "scope": False}, True, "small, works"),
    ("pcr2015", FITS, True, "not substantial"),
    ("pcr2015", {"additional": True, "value": Decimal(50)}, True, "Find a Tender"),
    ("pcr2015", {"above": False, "becomes": False}, None, "Unchecked"),
    ("pcr2006", {"others": False, "scope": False, "balance": False}, True, "pressetext"),
    ("", {}, None, "under which law"), ("pa2023", {}, None, "tell me whether it is a light-touch service"),
])  # fmt: skip
def test_a_ground_is_found(regime, told, holds, words):
    found = asked(regime=regime, **told)
    assert found.holds is holds
    assert words in found.sentence


NOTHING = {one.key: False for one in change_questions() if one.kind == "flag"} | {
    "above": True, "scope": True, "nature": True, "others": True, "balance": True,
    "value": Decimal(51), "term": Decimal(11)}


@pytest.mark.parametrize("regime", ["pa2023", "pcr2015", "pcr2006"])
def test_where_none_holds_it_is_a_new_contract(regime):
    found = asked(regime=regime, **NOTHING)
    assert found.holds is False
    assert found.sentence == "No ground allows it: such a change is a new contract, to be let anew."
    assert all(one.standing == "fails" and one.fails for one in found.grounds)


@pytest.mark.parametrize(("regime", "value", "holds"), [
    ("pa2023", "50", True), ("pa2023", "50.01", False), ("pcr2015", "50", True), ("pcr2015", "50.01", False)])
def test_half_is_the_most(regime, value, holds):
    found = asked(regime=regime, **{**NOTHING, "unforeseen": True, "nature": False, "value": Decimal(value)})
    assert found.holds is holds


def test_grants_and_in_house_have_no_such_law_and_stale_rows_give_no_answer():
    assert asked(form="grant", regime="").holds is True
    assert asked(on=date(2030, 1, 1), light_touch=True).holds is None
    assert changing_as_at()[1] > ON


def test_every_row_speaks_of_a_question_and_every_law_is_asked():
    known = {one.key for one in change_questions()}
    assert {name for one in change_grounds() for name in one.tests} == known
    assert all(one.citation and one.then for one in change_grounds())
    assert {one.key for one in asked_of("pcr2006")} == {"provided", "nature", "scope", "balance", "others"}
    assert [one.key for one in ways()] == ["keep", "vary", "renegotiate", "lapse"]
    assert all((one.before is None) != one_way.anchored for one_way in ways() for one in one_way.steps)
