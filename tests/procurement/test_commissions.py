"""Commissions by hand and by deed: from the home to rules, tier and specification; and what is refused."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import UTC, date, datetime
from decimal import Decimal as D
from io import BytesIO
from uuid import uuid4

import pytest
from django.db import DatabaseError, transaction
from django.urls import reverse
from docx import Document
from tests.access.commissions import FACTS, SPEC, made
from tests.world import signed_in

from commonweal.core import clock
from commonweal.core.errors import Immutable, NotAllowed, NotFound, Refused
from commonweal.core.models import Event
from commonweal.core.permissions import Role
from commonweal.core.viewer import viewer_of
from commonweal.policy.standing_orders import Band, StandingOrders
from commonweal.priorities.actions.outcome import OutcomeSaid, withdraw_outcome, write_outcome
from commonweal.priorities.models import Level
from commonweal.procurement.actions.commission import (
    CommissionSaid,
    begin_commission,
    change_commission,
    choose_tier,
    move_commission,
    size_commission,
    tell_facts,
)
from commonweal.procurement.actions.specification import Required, write_specification
from commonweal.procurement.actions.standing_orders import enter_standing_orders
from commonweal.procurement.models import Commission, CommissionState, Requirement
from commonweal.procurement.queries.commissions import commission_for, commissions_for
from commonweal.procurement.queries.specifications import specification_of, start_of
from commonweal.procurement.queries.standing_orders import orders_of

NOW = datetime(2026, 11, 22, 9, tzinfo=UTC)
SAID = CommissionSaid(title="Evenings", purpose="Evenings of their own.", place="Testshire")
TOLD = {"deal": "contract", "buyer": "sub-central", "nation": "england", "what": "light-touch", "net": "£900,000",
        "vat_rate": "0.2", "begun_day": "1", "begun_month": "12", "begun_year": "2026", "years": "5",
        "engage_on_day": "1", "engage_on_month": "11", "engage_on_year": "2026"}
ORDERS = StandingOrders("", date(2025, 4, 1), False, "Constitution", (Band(D(5000), 1, False), Band(None, 0,
    True)))


@pytest.fixture
def browser(world, settings, tmp_path):
    settings.VAR = tmp_path
    with clock.fixed(NOW):
        yield signed_in(world.admin())


@pytest.fixture
def by(world):
    with clock.fixed(NOW):
        yield viewer_of(world.admin())


def words(answer):
    return " ".join(re.sub(r"<[^>]*>", "", answer.content.decode()).split())


def outcome(world, title="Girls dance"):
    return write_outcome(
        by=viewer_of(world.admin()), partnership=world.partnership, level=Level.SERVICE,
        said=OutcomeSaid(title=title, statement=f"{title} every Sunday.", who="Girls", where="Marsh End"),
    ).identity


@pytest.mark.promise("R1", "R3")
def test_by_hand_from_the_home_to_rules_tier_and_specification(world, browser):
    key, aim = world.partnership.pk, outcome(world)
    home = reverse("procurement:commissions", args=[key])
    assert home in browser.get(reverse("web:partnership", args=[key])).content.decode()
    assert "No commission serves Girls dance" in words(browser.get(home))
    begun = browser.post(reverse("procurement:commission-begin", args=[key]), {
        "title": "Dance", "purpose": "More girls dance.", "place": "Marsh End", "outcomes": str(aim.pk)},
        follow=True)
    assert "Cannot determine yet: tell me whether it is a contract" in words(begun)
    row = Commission.objects.get()
    one = [key, row.pk]
    page = words(browser.post(reverse("procurement:commission-facts", args=one), TOLD, follow=True))
    for said in ("reaches the threshold of £663,540", "Its tier is not chosen yet",
        "Talk with suppliers from 1 November",
                 "Nobody has entered standing orders", "£900,000 without VAT over 5 years"):
        assert said in page
    tier = browser.post(reverse("procurement:commission-size", args=one), {"able": "some",
        "risks": "safeguarding"},
                        follow=True)
    for said in ("Tier 5, a major commission, is the lightest that fits", "gives tier 4",
        "One risk raises it by 1"):
        assert said in words(tier)
    lighter = words(browser.post(reverse("procurement:commission-tier", args=one), {"tier": "4"}))
    assert "Say why it should be lighter than tier 5" in lighter
    chosen = words(browser.post(reverse("procurement:commission-tier", args=one),
                                {"tier": "4", "reason": "Checked staff"}, follow=True))
    assert "520 hours and £15,600 less for bidders" in chosen
    assert "What bidders are asked: 12 questions" in chosen
    form = browser.get(reverse("procurement:specification-write", args=one)).content.decode()
    assert "Girls dance every Sunday." in form
    sent = {"difference": "More girls dance.", "people": "Girls", "where": "Marsh End", "known": "Counted",
            "missed": "Carers", "over": "0", "words-0": "Six sessions a week with a coach.",
            "answers-0": str(row.answers.get().pk), "words-1": "Write to us.",
            "words-2": "Girls dance every Sunday.", "answers-2": str(row.answers.get().pk)}
    write = reverse("procurement:specification-write", args=one)
    wrong = browser.post(write, sent)
    assert "Requirement 1 says “Six sessions”: it counts sessions or hours" in words(wrong)
    assert wrong.content.decode().count('href="#id_because-') == 1     # the words of what is asked for pass
    assert 'href="#id_because-0"' in wrong.content.decode()
    spec = words(browser.post(write, sent | {"because-0": "the hall is free six times"}, follow=True))
    for said in ("May lay down too much", "Answers nothing. Why is this here?", "Tier 4 allows 8 measures"):
        assert said in spec
    assert "1 answers nothing" in words(browser.get(reverse("procurement:commission", args=one)))
    for name, ending in (("commission", "docx"), ("commission", "pdf"), ("specification", "pdf")):
        assert browser.get(reverse(f"procurement:{name}-file", args=[*one, ending])).status_code == 200
    text = Document(BytesIO(browser.get(reverse("procurement:specification-file", args=[*one, "docx"])).content))
    assert any("Laid down because" in line.text for line in text.paragraphs)
    told = browser.get(f"/api/partnerships/{key}/commissions").json()
    assert (told[0]["tier"], told[0]["proposed"], told[0]["answers"][0]["title"]) == (4, 5, "Girls dance")
    opened = words(browser.post(reverse("procurement:commission-move", args=[*one, "preparing"]), follow=True))
    assert "It is being prepared" in opened


def test_standing_orders_by_hand_are_laid_over_the_law(world, browser):
    key = world.partnership.pk
    enter = reverse("procurement:standing-orders-enter", args=[key])
    sent = {"since_day": "1", "since_month": "4", "since_year": "2025", "source": "Constitution", "with_vat": "no",
            "up_to-0": "£5,000", "asks-0": "1", "asks-1": "3"}
    assert "Leave the end of the last band empty" in words(browser.post(enter, sent | {"up_to-1": "50000"}))
    page = words(browser.post(enter, sent, follow=True))
    assert "Up to £5,000: one quote" in page
    assert "Over £5,000 and more: three quotes" in page
    row = made(world)
    shown = words(browser.get(reverse("procurement:commission", args=[key, row.pk])))
    assert "asks for three quotes from £5,000" in shown
    assert "Under £5,000 they ask for one quote" in shown


def test_the_newest_table_in_force_stands_and_a_coming_one_waits(world, by):
    council, key = world.council.pk, world.partnership.pk
    for since in (date(2024, 1, 1), date(2026, 1, 1), date(2027, 1, 1)):
        enter_standing_orders(by=by, partnership=world.partnership, said=replace(ORDERS, since=since))
    assert orders_of(by, key, council, date(2026, 11, 22)).since == date(2026, 1, 1)
    assert orders_of(by, key, council, date(2025, 6, 1)).since == date(2024, 1, 1)
    assert orders_of(by, key, council, date(2023, 6, 1)) is None
    assert orders_of(by, key, world.other_council.pk, date(2026, 11, 22)) is None


@pytest.mark.parametrize(("deed", "said"), [
    (lambda w, by, row: begin_commission(by=by, partnership=w.partnership, said=replace(SAID, title="Dance")),
        "this name"),
    (lambda w, by, row: begin_commission(by=by, partnership=w.partnership, said=replace(SAID, title=" ")),
        "cannot be blank"),
    (lambda w, by, row: begin_commission(by=by, partnership=w.partnership, said=replace(SAID,
        purpose="x" * 501)), "500"),
    (lambda w, by, row: tell_facts(by=by, commission=row, facts=replace(FACTS, deal="gift")), "not an answer"),
    (lambda w, by, row: tell_facts(by=by, commission=row, facts=replace(FACTS, net=D(-1))), "nought or more"),
    (lambda w, by, row: tell_facts(by=by, commission=row, facts=replace(FACTS, net=D("1e15"))), "digits"),
    (lambda w, by, row: tell_facts(by=by, commission=row, facts=FACTS, engage_on=date(2027, 1, 2),
                                   starts_on=date(2027, 1, 1)), "after the early talk"),
    (lambda w, by, row: size_commission(by=by, commission=row, risks=("comets",), able="some"),
        "not one of the risks"),
    (lambda w, by, row: size_commission(by=by, commission=row, risks=(), able="all"), "how many could do it"),
    (lambda w, by, row: choose_tier(by=by, commission=row, tier=6, reason="x"), "five tiers"),
    (lambda w, by, row: choose_tier(by=by, commission=row, tier=2, reason="x"), "3 is the lightest"),
    (lambda w, by, row: choose_tier(by=by, commission=row, tier=5, reason=" "), "heavier than tier 4"),
    (lambda w, by, row: move_commission(by=by, commission=row, to=CommissionState.DECIDED), "cannot become"),
    (lambda w, by, row: write_specification(by=by, commission=row, said=SPEC, over=0), "meanwhile"),
    (lambda w, by, row: write_specification(by=by, commission=row, said=SPEC, over=1), "written anew"),
    (lambda w, by, row: write_specification(by=by, commission=row, over=1, reason="x", said=replace(
        SPEC, requirements=tuple(Required(words="More") for _ in range(21)))), "at most"),
    (lambda w, by, row: write_specification(by=by, commission=row, over=1, reason="x", said=replace(
        SPEC, requirements=(Required(words="More", answers=uuid4()),))), "does not answer"),
    (lambda w, by, row: write_specification(by=by, commission=row, over=1, reason="x", said=replace(
        SPEC, requirements=(Required(words="A full-time manager."),))), "lays down posts"),
    (lambda w, by, row: enter_standing_orders(by=by, partnership=w.partnership, said=replace(ORDERS, bands=())),
        "one band"),
])  # fmt: skip
def test_what_cannot_be_is_refused_with_a_sentence(world, by, deed, said):
    row = made(world)
    with pytest.raises(Refused, match=re.escape(said)):
        deed(world, by, row)


def test_it_opens_only_once_all_is_known_and_nothing_refuses_it(world, by):
    row = begin_commission(by=by, partnership=world.partnership, said=SAID)

    def opened():
        move_commission(by=by, commission=row, to=CommissionState.OPEN)

    move_commission(by=by, commission=row, to=CommissionState.PREPARING)
    with pytest.raises(Refused, match="tell me who buys"):
        opened()
    tell_facts(by=by, commission=row, facts=replace(FACTS, nation="scotland"))
    with pytest.raises(Refused, match="Scotland"):
        opened()
    tell_facts(by=by, commission=row, facts=replace(FACTS, reserve="local"))
    with pytest.raises(Refused, match="below the threshold may be reserved"):
        opened()
    tell_facts(by=by, commission=row, facts=FACTS)
    with pytest.raises(Refused, match="Choose its tier first"):
        opened()
    size_commission(by=by, commission=row, risks=(), able="few")
    choose_tier(by=by, commission=row, tier=3, reason="")
    opened()
    with pytest.raises(Refused, match="changed no more"):
        tell_facts(by=by, commission=row, facts=FACTS)
    with pytest.raises(Refused, match="changed no more"):
        write_specification(by=by, commission=row, said=SPEC, over=0)
    move_commission(by=by, commission=row, to=CommissionState.DECIDED)


def test_new_facts_ask_for_the_tier_anew(world, by):
    row = made(world)
    assert commission_for(by, world.partnership.pk, row.pk).tier.number == 4
    tell_facts(by=by, commission=row, facts=replace(FACTS, net=D(18000)))
    card = commission_for(by, world.partnership.pk, row.pk)
    assert (card.tier, card.proposal.tier.number) == (None, 1)


def test_the_thread_names_versions_and_lets_go_what_is_no_longer_asked(world, by):
    dance, evenings = outcome(world), outcome(world, "Evenings")
    row = begin_commission(by=by, partnership=world.partnership, said=replace(SAID, outcomes=(dance.pk,
        evenings.pk)))
    change_commission(by=by, commission=row, said=replace(SAID, outcomes=(evenings.pk,)))
    card = commission_for(by, world.partnership.pk, row.pk)
    assert [(one.title, one.number, one.newest) for one in card.answers] == [("Evenings", 1, True)]
    start = start_of(by, world.partnership.pk, card)
    assert (start.difference, start.people, start.where) == ("Evenings every Sunday.", "Girls", "Marsh End")
    write_specification(by=by, commission=row, said=SPEC, over=0)
    spec = specification_of(by, card)
    assert [one.title for one in spec.unserved] == ["Evenings"]
    withdraw_outcome(by=by, outcome=dance)
    with pytest.raises(NotFound, match="Choose again"):
        change_commission(by=by, commission=row, said=replace(SAID, outcomes=(dance.pk,)))
    with pytest.raises(NotFound, match="Choose again"):
        change_commission(by=by, commission=row, said=replace(SAID, needs=(uuid4(),)))


def test_others_see_and_do_nothing(world, by):
    row = made(world)
    stranger, member = viewer_of(world.outsider), viewer_of(world.people[Role.ELECTED_MEMBER])
    for viewer in (stranger, viewer_of(world.people[Role.PROVIDER])):
        with pytest.raises(NotAllowed):
            commissions_for(viewer, world.partnership.pk)
    assert commissions_for(stranger, world.other_partnership.pk) == ()
    for viewer in (stranger, member):
        with pytest.raises(NotAllowed):
            tell_facts(by=viewer, commission=row, facts=FACTS)
        with pytest.raises(NotAllowed):
            enter_standing_orders(by=viewer, partnership=world.partnership, said=ORDERS)


def test_what_was_specified_is_fixed_and_each_deed_leaves_its_event(world, by):
    row = made(world)
    write_specification(by=by, commission=row, over=1, reason="Shorter", said=replace(
        SPEC, requirements=(Required(words="More dance."),)))
    fixed = Requirement.objects.get()
    fixed.words = "Less dance."
    with pytest.raises(Immutable):
        fixed.save()
    with pytest.raises(DatabaseError), transaction.atomic():
        Requirement.objects.all()._clone().filter(pk=fixed.pk)._raw_delete("default") if False else _by_hand(fixed)
    verbs = set(Event.objects.filter(partnership=world.partnership.pk).values_list("verb", flat=True))
    assert {"commission.begun", "commission.told", "commission.sized", "commission.tiered",
            "specification.written"} <= verbs


def _by_hand(row):
    from django.db import connection

    with connection.cursor() as cursor:
        cursor.execute("UPDATE procurement_requirement SET words = 'Less'")


def test_what_waits_and_how_the_step_stands(world, browser, by):
    begin_commission(by=by, partnership=world.partnership, said=SAID)
    home = words(browser.get(reverse("web:partnership", args=[world.partnership.pk])))
    assert "Say what is known of it: Evenings" in home
    assert "0 of 1 with a tier" in home
    made(world)
    assert "1 of 2 with a tier" in words(browser.get(reverse("web:partnership", args=[world.partnership.pk])))
