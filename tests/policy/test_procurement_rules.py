"""The law answers as worked by hand from published thresholds, and says what it lacks and what is unchecked."""

from dataclasses import replace
from datetime import date, timedelta
from decimal import Decimal as D

import pytest

from commonweal.policy.procurement_facts import Facts
from commonweal.policy.procurement_law import in_force, regimes, review_by, rules, thresholds
from commonweal.policy.procurement_rules import answer

ON = date(2026, 11, 26)
BASE = Facts(
    begun=date(2026, 3, 1), nation="england", buyer="sub-central", deal="contract", what="light-touch", net=D(1),
    vat_rate=D("0.2"),
)


def told(**facts):
    return answer(replace(BASE, **facts), on=ON)


def keys(given):
    return {rule.key for rule in given.found}


# (facts, above, rules that hold, rules that do not)
VECTORS = {
    "1 Part B in 2009": (
        {"begun": date(2009, 6, 1), "net": D(200000), "cross_border": True},
        True,
        {"part-b-no-notice", "part-b-award-notice", "cross-border"},
        {"part-a-notice", "standstill"},
    ),
    "2 Part A below": (
        {"begun": date(2009, 6, 1), "what": "services", "net": D(120000)},
        False,
        set(),
        {"part-a-notice"},
    ),
    "3a below in 2025": (
        {"begun": date(2025, 12, 15), "what": "services", "net": D(175000)},
        False,
        set(),
        {"uk4"},
    ),
    "3b above in 2026": ({"begun": date(2026, 1, 5), "what": "services", "net": D(175000)}, True, {"uk4"}, set()),
    "4a a pound under": ({"net": D(552949)}, False, {"below-free"}, {"uk4"}),
    "4b at the threshold": ({"net": D(552950)}, True, {"uk4"}, {"below-free"}),
    "5 no VAT charged": ({"net": D(663539), "vat_rate": D(0)}, False, set(), {"uk4"}),
    "6a light concession": (
        {"deal": "concession", "net": D(5300000), "vat_rate": D(0)},
        False,
        {"below-concession"},
        {"below-uk7", "no-pqq"},
    ),
    "6b other concession": (
        {"deal": "concession", "what": "services", "net": D(5300000), "vat_rate": D(0)},
        True,
        {"uk4"},
        {"kpis"},
    ),
    "7 GBP 22m light touch": (
        {"net": D(22000000), "years": D(10)},
        True,
        {"uk4", "uk6", "uk7-120", "no-standstill", "no-modification-rules"},
        {"kpis", "standstill", "uk7-30", "uk10"},
    ),
    "8 unique mural": (
        {"what": "services", "net": D(250000), "ground": "art"},
        True,
        {"direct-art", "uk5"},
        {"uk4"},
    ),
    "9 old contract varied": (
        {"begun": date(2024, 11, 1), "what": "services", "net": D(300000), "varying": True},
        True,
        {"modify-2015"},
        {"uk10"},
    ),
    "10 small dance programme": (
        {"net": D(18000)},
        False,
        {"not-notifiable", "below-free"},
        {"below-uk7", "below-uk4"},
    ),
    "11 three quotes": ({"net": D(60000), "advertised": False}, False, {"below-uk7"}, {"below-uk4"}),
    "12 small district": ({"net": D(3000000), "spend": D(20000000)}, True, {"uk4"}, {"uk1"}),
    "13 six-year mutual": ({"net": D(900000), "reserve": "mutual", "years": D(6)}, True, {"mutual-2023"}, set()),
    "14 local above": (
        {"what": "services", "net": D(250000), "reserve": "local"},
        True,
        {"local-above"},
        {"local-open"},
    ),
}


@pytest.mark.parametrize("name", VECTORS)
def test_worked_cases(name):
    facts, above, held, not_held = VECTORS[name]
    given = told(**facts)
    assert given.determined
    assert given.above is above
    assert held <= keys(given)
    assert not not_held & keys(given)


def test_works_with_operation_go_to_a_lawyer():
    given = told(what="mixed")
    assert not given.determined
    assert "legal advice" in given.blocked


# From the published tables: the day, and services, light touch (Part B), works; VAT counted from 2022.
TABLE = [
    ("2006-01-31", 144371, 144371, 3611319), ("2009-12-31", 139893, 139893, 3497313),
    ("2010-01-01", 156442, 156442, 3927260), ("2013-12-31", 173934, 173934, 4348350),
    ("2015-02-25", 172514, 172514, 4322012), ("2015-02-26", 172514, 625050, 4322012),
    ("2016-01-01", 164176, 589148, 4104394), ("2019-12-31", 181302, 615278, 4551413),
    ("2021-12-31", 189330, 663540, 4733252), ("2022-01-01", 213477, 663540, 5336937),
    ("2025-12-31", 214904, 663540, 5372609), ("2026-01-01", 207720, 663540, 5193000),
]  # fmt: skip
EDGES = [
    (day, what, D(amount))
    for day, *amounts in TABLE
    for what, amount in zip(("services", "light-touch", "works"), amounts, strict=True)
]


@pytest.mark.parametrize(("day", "what", "amount"), EDGES)
@pytest.mark.parametrize("short_by", [D(0), D("0.01")])
def test_the_edge_of_every_threshold(day, what, amount, short_by):
    given = told(begun=date.fromisoformat(day), what=what, net=amount - short_by, vat_rate=D(0))
    assert given.threshold == amount
    assert given.above is (short_by == 0)


@pytest.mark.parametrize(("day", "key"), [
    ("2006-01-31", "pcr2006"), ("2015-02-25", "pcr2006"), ("2015-02-26", "pcr2015"), ("2025-02-23", "pcr2015"),
    ("2025-02-24", "pa2023"), ("2026-11-26", "pa2023"),
])  # fmt: skip
def test_the_day_it_began_decides_the_law(day, key):
    assert told(begun=date.fromisoformat(day)).regime.key == key


@pytest.mark.parametrize("lacking", ["begun", "nation", "buyer", "deal", "what", "net", "vat_rate"])
def test_a_missing_fact_is_asked_for(lacking):
    given = told(**{lacking: None})
    assert not given.determined
    assert given.regime is None
    assert len(given.missing) == 1


@pytest.mark.parametrize("bad", [
    {"nation": "scotland"}, {"what": "bread"}, {"deal": "gift"}, {"net": D("NaN")}, {"net": D(-1)},
    {"vat_rate": D("Infinity")}, {"begun": date(1999, 1, 1)}, {"begun": date(2028, 1, 1)},
])  # fmt: skip
def test_what_cannot_be_answered_is_said(bad):
    assert told(**bad).blocked


@pytest.mark.parametrize(("facts", "refused"), [
    ({"reserve": "local", "begun": date(2026, 2, 3)}, "local-early"),
    ({"reserve": "local", "begun": date(2026, 2, 4)}, ""),
    ({"reserve": "local", "nation": "wales"}, "local-nation"),
    ({"reserve": "mutual", "years": D(5)}, ""),
    ({"reserve": "mutual", "years": D(4), "begun": date(2018, 1, 1)}, "mutual-2015"),
    ({"reserve": "mutual", "years": D(3), "begun": date(2018, 1, 1)}, ""),
    ({"reserve": "mutual", "years": D(3), "what": "services"}, "mutual-light-touch-only"),
])  # fmt: skip
def test_what_may_be_reserved(facts, refused):
    assert {rule.key for rule in told(**facts).of("refusal")} == ({refused} if refused else set())


def test_a_grant_needs_no_threshold_but_a_subsidy_check():
    given = answer(Facts(begun=date(2026, 1, 15), nation="england", buyer="sub-central", deal="grant"), on=ON)
    assert given.determined
    assert given.above is None
    assert keys(given) == {"grant", "grant-subsidy", "grant-register", "grant-best-value"}
    assert not given.notices


def test_what_nobody_checked_qualifies_the_answer():
    assert told(begun=date(2009, 6, 1), net=D(100000)).qualified
    assert not told(net=D(18000)).qualified


def test_a_fact_that_would_settle_a_rule_is_asked_for():
    assert "advertised" in told(net=D(60000)).open_questions
    assert "advertised" not in told(net=D(18000)).open_questions


def test_rules_past_their_review_give_no_answer():
    assert answer(BASE, on=review_by()).determined
    assert "read again" in answer(BASE, on=review_by() + timedelta(days=1)).blocked


def test_no_day_is_without_rules_and_no_key_is_twice():
    first, last = thresholds()[0].begins, thresholds()[-1].ends
    days = [first + timedelta(days=n) for n in range((last - first).days + 1)]
    assert all(in_force(thresholds(), day) and in_force(regimes(), day) for day in days)
    assert len({rule.key for rule in rules()}) == len(rules())
