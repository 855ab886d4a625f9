"""Who buys and where changes what the law asks: worked by hand from the text, a row a case."""

from dataclasses import replace
from datetime import date, timedelta
from decimal import Decimal as D

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from commonweal.policy.procurement_facts import Facts, questions
from commonweal.policy.procurement_law import review_by
from commonweal.policy.procurement_rules import answer, gross_of
from commonweal.policy.standing_orders import Band, StandingOrders, faults_of, own_rule

ON = date(2026, 11, 26)
BASE = Facts(
    begun=date(2026, 5, 1), nation="england", buyer="sub-central", deal="contract", what="light-touch",
    net=D(900000), vat_rate=D("0.2"),
)
OLD = {"begun": date(2020, 6, 1), "what": "services"}


def told(**facts):
    return answer(replace(BASE, **facts), on=ON)


def keys(given):
    return {rule.key for rule in given.found}


# what is told, whether above, rules that hold, rules that do not
CASES = [
    ({"buyer": "central", "what": "services", "net": D(112515), "vat_rate": D("0.2")}, True, {"uk4"},
     {"below-free"}),
    ({"buyer": "central", "what": "services", "net": D(112514), "vat_rate": D("0.2")}, False, {"below-free"},
     {"uk4"}),
    ({"buyer": "central", "what": "services", "net": D(12000), "vat_rate": D(0)}, False, {"below-uk7"},
     {"not-notifiable-central"}),
    ({"buyer": "central", "what": "services", "net": D(11999), "vat_rate": D(0)}, False,
     {"not-notifiable-central"},
     {"below-uk7", "not-notifiable"}),
    ({"buyer": "central", "net": D(553000)}, True, {"uk4", "no-standstill"}, {"standstill"}),
    ({"buyer": "utility", "what": "services", "net": D(415440), "vat_rate": D(0)}, True, {"uk4"},
     {"below-utility"}),
    ({"buyer": "utility", "what": "services", "net": D(415439), "vat_rate": D(0)}, False, {"below-utility"},
     {"below-uk7", "no-pqq", "small-firms", "pay-30"}),
    ({"buyer": "utility", "net": D(884720), "vat_rate": D(0)}, True, {"uk4"}, set()),
    ({"buyer": "utility", "net": D(884719), "vat_rate": D(0)}, False, {"below-utility"}, {"uk4"}),
    ({"buyer": "utility", "what": "works", "net": D(5193000), "vat_rate": D(0)}, True, {"uk4"}, set()),
    ({"buyer": "school", "what": "services", "net": D(207720), "vat_rate": D(0)}, True, {"uk4"}, {"uk17"}),
    ({"buyer": "school", "what": "services", "net": D(100000), "advertised": True}, False, {"below-school"},
     {"below-uk4", "below-uk7", "no-pqq", "not-notifiable"}),
    ({"buyer": "charity", "net": D(2000000)}, None, {"not-authority", "mostly-public", "trustees"},
     {"uk4", "pay-30", "not-by-splitting"}),
    ({"buyer": "charity", "deal": "grant"}, None, {"not-authority"}, {"grant", "grant-subsidy", "grant-register"}),
    ({"nation": "wales"}, True, {"wales-own", "uk4"}, {"copy-180", "northern-ireland-own"}),
    ({"nation": "wales", "what": "services", "net": D(60000)}, False, {"wales-own", "pqq-wales", "below-uk7"},
     {"no-pqq", "transparency-code"}),
    ({"nation": "northern-ireland"}, True, {"northern-ireland-own", "uk4"}, {"uk1", "uk17", "wales-own"}),
    ({"nation": "northern-ireland", "net": D(60000), "advertised": True}, False, {"below-northern-ireland"},
     {"below-uk7", "below-uk4", "no-pqq", "pay-30"}),
    ({"nation": "wales", "deal": "grant"}, None, {"wales-own", "grant", "grant-best-value"}, {"grant-register"}),
    # below the threshold, under the regulations of 2015
    ({**OLD, "net": D(60000), "advertised": True}, False, {"below-2015", "below-2015-advert", "below-2015-award",
     "below-2015-no-pqq", "pay-30-2015"}, {"below-2015-small", "below-free"}),
    ({**OLD, "net": D(60000), "advertised": False}, False, {"below-2015-award"}, {"below-2015-advert"}),
    # a first stage that sifts: regulation 111(2) and (3)
    ({**OLD, "begun": date(2018, 5, 1), "what": "light-touch", "net": D(181301)}, False, {"below-2015-no-pqq"},
     {"below-2015-pqq-larger"}),
    ({**OLD, "begun": date(2018, 5, 1), "what": "light-touch", "net": D(181302)}, False, {"below-2015-pqq-larger"},
     {"below-2015-no-pqq"}),
    ({**OLD, "begun": date(2018, 5, 1), "what": "works", "buyer": "central", "net": D(118133)}, False,
     {"below-2015-pqq-larger"}, {"below-2015-no-pqq"}),
    ({**OLD, "begun": date(2015, 6, 1), "what": "works", "deal": "concession", "net": D(900000)}, False,
     {"concession-works-2015-before"}, {"concession-2015-before"}),
    ({**OLD, "net": D(24999)}, False, {"below-2015-small"}, {"below-2015-award", "below-2015-no-pqq"}),
    ({**OLD, "net": D(25000)}, False, {"below-2015-award"}, {"below-2015-small"}),
    ({**OLD, "net": D(10000), "buyer": "central"}, False, {"below-2015-award-central"}, {"below-2015-award"}),
    ({**OLD, "net": D(9999), "buyer": "central"}, False, {"below-2015-small"}, {"below-2015-award-central"}),
    ({**OLD, "begun": date(2023, 6, 1), "net": D(25000)}, False, {"below-2015-award"}, {"below-2015-small"}),
    ({**OLD, "begun": date(2023, 6, 1), "net": D(24999)}, False, {"below-2015-small"}, set()),
    ({**OLD, "begun": date(2022, 12, 20), "net": D(25000), "vat_rate": D(0)}, False, {"below-2015-award"}, set()),
    ({**OLD, "begun": date(2022, 12, 21), "net": D(25000), "vat_rate": D(0)}, False, {"below-2015-small"}, set()),
    ({**OLD, "begun": date(2015, 3, 31), "net": D(60000)}, False, {"below-2015"}, {"below-2015-award"}),
    ({**OLD, "begun": date(2015, 4, 1), "net": D(60000)}, False, {"below-2015-award"}, set()),
    ({**OLD, "buyer": "school", "net": D(60000), "advertised": True}, False,
     {"below-2015-school", "below-2015-no-pqq"},
     {"below-2015-award", "below-2015-advert"}),
    ({**OLD, "nation": "wales", "net": D(60000), "advertised": True}, False, {"wales-own"},
     {"below-2015-award", "pay-30-2015"}),
    ({**OLD, "what": "light-touch", "net": D(600000), "advertised": True}, False, {"below-2015-advert"},
     {"ltr-notices-2015"}),
    ({"begun": date(2015, 6, 1), "deal": "concession", "net": D(9000000)}, False, {"concession-2015-before"},
     {"concession-2015", "below-2015"}),
    ({"begun": date(2016, 4, 18), "deal": "concession", "net": D(9000000)}, True, {"concession-2015"},
     {"concession-2015-before"}),
    ({"begun": date(2009, 6, 1), "net": D(100000)}, False, {"below-2006", "not-by-splitting-2006"},
     {"below-free"}),
    ({**OLD, "net": D(250000), "ground": "art"}, True, {"art-2015"}, {"direct-art"}),
    # grounds and reservations under the Act
    ({"ground": "rights", "what": "services"}, True, {"direct-rights", "uk5"}, {"uk4", "tender-days", "compete"}),
    ({"ground": "technical"}, True, {"direct-technical", "uk5"}, {"uk4"}),
    ({"ground": "repeat"}, True, {"direct-repeat", "uk5"}, {"uk4"}),
    ({"ground": "urgent"}, True, {"direct-urgent", "uk5"}, {"uk4"}),
    ({"ground": "no-tenders"}, True, {"direct-switch", "uk5"}, set()),
    ({"ground": "user-choice"}, True, {"direct-user-choice"}, {"uk5", "uk6", "uk7-120", "user-choice-light-only"}),
    ({"ground": "user-choice", "what": "services"}, True, {"user-choice-light-only"}, {"direct-user-choice"}),
    ({"reserve": "small"}, True, {"small-above"}, {"small-reserved"}),
    ({"reserve": "small", "net": D(60000)}, False, {"small-reserved"}, {"small-above"}),
    ({"reserve": "supported"}, True, {"supported"}, set()),
    ({"reserve": "mutual", "years": D(5)}, True, {"mutual-open", "mutual-list"}, {"mutual-2023"}),
    ({"reserve": "local", "net": D(60000)}, False, {"local-open"}, {"local-buyer"}),
    ({"reserve": "local", "net": D(60000), "buyer": "school"}, False, {"local-buyer"}, set()),
    # what comes with value
    ({"net": D(4166667), "begun": date(2026, 7, 1)}, True, {"copy-180", "public-interest-test"},
     {"kpis", "copy-90"}),
    ({"net": D(4166666)}, True, set(), {"copy-180", "public-interest-test"}),
    ({"what": "services", "net": D(4166667)}, True, {"kpis", "copy-90", "uk9-kpi"}, {"copy-180"}),
    ({"what": "services", "deal": "concession", "net": D(6000000)}, True, {"standstill", "value-of-concession"},
     {"kpis", "uk17", "uk8"}),
    ({"net": D(4166)}, False, {"not-notifiable"}, {"transparency-code"}),
    ({"net": D(4167)}, False, {"not-notifiable", "transparency-code"}, set()),
    ({"what": "works", "net": D(150000), "begun": date(2026, 5, 1)}, False, {"pqq-works"}, {"no-pqq"}),
    ({"what": "works", "net": D(173100)}, False, set(), {"pqq-works"}),
    ({"begun": date(2012, 6, 1)}, True, set(), {"social-value"}),
    ({"begun": date(2013, 2, 1)}, True, {"social-value"}, set()),
    ({"deal": "trade"}, None, {"trade"}, {"grant"}),
    ({"deal": "grant", "begun": date(2026, 2, 1)}, None, {"grant-culture-route", "grant-subsidy"}, {"trade"}),
    ({"deal": "grant", "begun": date(2022, 2, 1)}, None, {"grant"}, {"grant-subsidy", "grant-culture-route"}),
]


@pytest.mark.parametrize(("facts", "above", "held", "not_held"), CASES)
def test_worked_cases(facts, above, held, not_held):
    given = told(**facts)
    assert given.determined
    assert given.above is above
    assert held <= keys(given)
    assert not not_held & keys(given)


def standings(given):
    return {line.notice.code: line.standing for line in given.notices}


DUE = "due"
NOTICES = [
    ({"net": D(2000000)},
     {"UK1": "ask", "UK2": "ask", "UK3": "if", "UK4": DUE, "UK5": "not", "UK6": DUE, "UK7": DUE, "UK8": "if",
          "UK9": "not", "UK10": "not", "UK11": "if", "UK12": "if", "UK13": "not", "UK17": DUE}),
    ({"what": "services", "net": D(5000000), "spend": D(150000000), "engaged": True, "varying": True},
     {"UK1": DUE, "UK2": DUE, "UK9": DUE, "UK10": DUE}),
    ({"what": "services"}, {"UK9": "if", "UK10": "if"}),
    ({"spend": D(99999999)}, {"UK1": "not"}), ({"net": D(700000)}, {"UK1": "not"}),
    ({"spend": D(100000000), "net": D(1700000)}, {"UK1": DUE}),
    ({"begun": date(2026, 3, 31)}, {"UK8": "not"}), ({"begun": date(2026, 4, 1)}, {"UK8": "if"}),
    ({"engaged": False}, {"UK2": "not"}), ({"ground": "art"},
    {"UK2": "not", "UK3": "not", "UK4": "not", "UK5": DUE}),
    ({"market": True}, {"UK13": DUE, "UK14": DUE, "UK15": "if", "UK16": "if"}),
    ({"net": D(60000)}, {"UK4": "ask", "UK5": "not", "UK6": "not", "UK7": DUE, "UK8": "not", "UK11": "not",
                         "UK12": "not", "UK17": "not"}),
    ({"net": D(60000), "advertised": True}, {"UK4": DUE}), ({"net": D(60000), "advertised": False},
    {"UK4": "not"}),
    ({"net": D(18000)}, {"UK4": "not", "UK7": "not"}),
    ({"deal": "concession", "net": D(6000000)}, {"UK8": "not", "UK17": "not", "UK4": DUE}),
    ({"nation": "northern-ireland", "spend": D(200000000)}, {"UK1": "not", "UK17": "not"}),
]  # fmt: skip


@pytest.mark.parametrize(("facts", "expected"), NOTICES)
def test_every_notice_is_due_or_not_and_says_why(facts, expected):
    given = told(**facts)
    found = standings(given)
    assert len(found) == 17
    assert {code: found[code] for code in expected} == expected
    assert all(line.words for line in given.notices)


def test_a_notice_that_hangs_on_a_fact_asks_for_it():
    line = next(one for one in told(net=D(60000)).notices if one.notice.code == "UK4")
    assert line.words == "Tell me whether you will advertise it."
    assert told(net=D(60000)).open_questions == ("advertised",)


@pytest.mark.parametrize(("facts", "said"), [
    ({"nation": "scotland"}, "not covered"), ({"nation": "atlantis"}, "“In which nation?”"),
    ({"buyer": "club"}, "“Who buys?”"),
    ({"what": "health"}, "Provider Selection"), ({"buyer": "utility", "begun": date(2020, 1, 1)}, "Utilities had"),
    ({"what": "mixed"}, "legal advice"), ({"ground": "friendship"}, "is not an answer"),
    ({"years": D(-1)}, "nought or more"),
])  # fmt: skip
def test_what_is_not_covered_says_so(facts, said):
    given = told(**facts)
    assert said in given.blocked
    assert not given.found
    assert not given.lighter


def test_what_is_missing_is_asked_for_in_words():
    given = answer(Facts(deal="contract"), on=ON)
    assert given.missing == ("buyer", "nation", "begun", "what", "net", "vat_rate")
    assert given.asks[0] == "tell me who buys"
    assert told(vat_rate=None, begun=date(2020, 1, 1)).determined


def test_wales_and_northern_ireland_are_never_unqualified():
    assert told(nation="wales").qualified
    assert told(nation="northern-ireland", net=D(18000)).qualified
    assert "Procurement (Wales) Regulations 2024" in told(nation="wales", net=D(18000)).unchecked


def test_a_central_threshold_from_memory_is_unchecked():
    central = {"buyer": "central", "what": "services", "begun": date(2011, 1, 1), "net": D(50000)}
    assert any("EUR 193,000" in one for one in told(**central).unchecked)
    assert not any("EUR 193,000" in one for one in told(**central | {"buyer": "sub-central"}).unchecked)


def test_what_would_make_it_lighter_says_what_it_spares():
    ways = {one.row.key: one for one in told().lighter}
    assert set(ways) == {"grant", "under", "art"}
    assert ways["under"].words == "See whether £416,461 less would do"
    assert "Contract award notice (UK6)" in ways["under"].spares
    assert "Tender notice (UK4)" not in ways["under"].spares  # it hangs on whether you advertise
    assert "Tender notice (UK4)" in {one.row.key: one for one in told(advertised=False).lighter}["under"].spares
    assert "Tender notice (UK4)" in ways["art"].spares
    services = {one.row.key for one in told(what="services").lighter}
    assert "light-touch" in services


@pytest.mark.parametrize(("facts", "expected"), [
    ({"net": D(60000), "advertised": True}, {"grant", "closed-quotes"}),
    ({"net": D(60000), "advertised": False}, {"grant"}),
    ({"net": D(18000)}, set()), ({"deal": "grant"}, set()), ({"buyer": "charity"}, set()),
    ({"what": "works", "net": D(6000000)}, {"under"}), ({"ground": "art"}, {"under"}),
])  # fmt: skip
def test_only_what_spares_something_is_offered(facts, expected):
    assert {one.row.key for one in told(**facts).lighter} == expected


@pytest.mark.parametrize("net", [D("173100.01"), D(200000), D("207720.50")])
@pytest.mark.parametrize("rate", [D(0), D("0.05"), D("0.2"), D("0.175")])
def test_a_little_less_than_the_gap_is_truly_under(net, rate):
    facts = replace(BASE, what="services", net=net, vat_rate=rate)
    given = answer(facts, on=ON)
    gap = next((int(one.words.split("£")[1].split(" ")[0].replace(",", "")) for one in given.lighter
                if one.row.key == "under"), None)
    assert (gap is not None) is (gross_of(facts) >= D(207720))
    if gap is not None:
        assert gross_of(facts) - gap < D(207720) <= gross_of(facts) - gap + 1


ORDERS = StandingOrders("The council", date(2025, 4, 1), False, "Constitution part 4", (
    Band(D(5000), 1, False), Band(D(50000), 3, False, "two of them local"), Band(None, 0, True),
))


@pytest.mark.parametrize(("net", "asks"), [
    (D(5000), "one quote up to £5,000"),
    (D("5000.01"), "three quotes (two of them local) from £5,000 up to £50,000"),
    (D(50001), "an advertised competition from £50,000"),
])
def test_standing_orders_are_laid_over_the_law(net, asks):
    given = answer(replace(BASE, net=net), on=ON, orders=ORDERS)
    assert given.own.words == f"The council asks for {asks}, without VAT."
    assert (given.own.lower is None) is (net == D(5000))


def test_standing_orders_may_count_vat_and_say_nothing_of_grants():
    assert own_rule(replace(ORDERS, with_vat=True), net=D(5000), gross=D(6000)).band.quotes == 3
    assert answer(replace(BASE, deal="grant"), on=ON, orders=ORDERS).own is None
    assert own_rule(replace(ORDERS, bands=ORDERS.bands[:1]), net=D(6000), gross=D(6000)) is None


@pytest.mark.parametrize(("bands", "said"), [
    ((), "one band"), ((Band(D(5), 1, False),), "last band empty"),
    ((Band(None, 1, False), Band(None, 3, False)), "Only the last"),
    ((Band(D(5), 1, False), Band(D(5), 2, False), Band(None, 3, False)), "end above"),
    ((Band(D(5), 3, False), Band(None, 1, False)), "asks for less"), (ORDERS.bands, ""),
])  # fmt: skip
def test_a_table_of_bands_that_cannot_stand_is_told_why(bands, said):
    found = faults_of(bands)
    assert (said in found) if said else not found


def test_past_review_nothing_is_answered_even_for_a_grant():
    late = review_by() + timedelta(days=1)
    assert "read again" in answer(replace(BASE, deal="grant"), on=late).blocked


CHOSEN = {one.key: st.sampled_from([None, *one.values]) for one in questions() if one.kind == "choice"}
ANY = CHOSEN | {
    "begun": st.none() | st.dates(date(2000, 1, 1), date(2030, 1, 1)),
    "ground": st.sampled_from(["", "art", "urgent"]),
    "reserve": st.sampled_from(["", "local", "mutual", "small"]),
    "vat_rate": st.sampled_from([None, D(0), D("0.2")]),
    "net": st.none() | st.decimals(0, 10**9, places=2), "years": st.none() | st.decimals(0, 99, places=1),
    "spend": st.none() | st.decimals(0, 10**10, places=2), "varying": st.booleans(), "market": st.booleans(),
    **{name: st.sampled_from([None, True, False]) for name in ("advertised", "engaged", "cross_border")},
}


@settings(max_examples=150)
@given(st.fixed_dictionaries(ANY))
def test_whatever_is_told_there_is_one_answer_and_it_says_why(facts):
    given = answer(Facts(**facts), on=ON)
    assert given.determined is not bool(given.missing or given.blocked)
    assert bool(given.found) is given.determined
    assert len(given.notices) in (0, 17)
    assert len({rule.key for rule in given.found}) == len(given.found)
    assert all(way.spares for way in given.lighter)
    if given.threshold is not None:
        assert given.above is (given.compared >= given.threshold)
    if facts["nation"] in ("wales", "northern-ireland") and given.determined and facts["buyer"] != "charity":
        assert given.qualified
