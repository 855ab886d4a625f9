"""Other ways by hand: services for services, dialogue with notes for all, and awards on their ground."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from decimal import Decimal
from uuid import uuid4

import pytest
from django.test import Client
from django.urls import reverse
from tests.access.commissions import FACTS, made
from tests.access.competitions import published
from tests.access.trades import HOURS, traded
from tests.world import signed_in

from commonweal.core import clock
from commonweal.core.actions.roles import give_role
from commonweal.core.errors import NotAllowed, NotFound, Refused
from commonweal.core.permissions import Role
from commonweal.core.viewer import SYSTEM, viewer_of
from commonweal.procurement.actions.commission import choose_tier, tell_facts
from commonweal.procurement.actions.other_ways import DirectSaid, award_directly, note_talk
from commonweal.procurement.actions.trading import (
    TradeSaid,
    agree_trade,
    begin_trade,
    confirm_given,
    end_trade,
    promise,
    record_given,
    take_back,
)
from commonweal.procurement.grounds import ground_of
from commonweal.procurement.models import Commission, Given, Promise
from commonweal.procurement.queries.decisions import decision_for
from commonweal.procurement.queries.trades import trade_for, trade_row, trades_for

NOW = datetime(2026, 11, 22, 9, tzinfo=UTC)
TOLD = DirectSaid(name="Marsh End Dance", price=Decimal(18000), reasons="Only they dance there.",
                  authority="Head of Communities", decided_on=date(2026, 11, 22))


@pytest.fixture(autouse=True)
def now(settings, tmp_path):
    settings.VAR = tmp_path
    settings.BID_KEY = ""
    with clock.fixed(NOW):
        yield


def words(answer):
    return " ".join(re.sub(r"<[^>]*>", " ", answer.content.decode()).split())


def two(world):
    """Those who trade: the council's administrator, and one of the other organisation."""
    row = traded(world)
    give_role(by=SYSTEM, partnership=world.partnership, person=world.outsider, organisation=world.other_council,
              role=Role.PROVIDER)
    return row, viewer_of(world.admin()), viewer_of(world.outsider)


@pytest.mark.promise("R8")
def test_services_for_services_through_the_pages(world):
    row, ours, _ = two(world)
    us, them = signed_in(world.admin()), signed_in(world.outsider)
    here = [world.partnership.pk, row.pk]
    page = reverse("procurement:trade", args=here)
    assert "the other side has not agreed yet" in words(them.get(page))
    assert "Each side must give something" in words(them.post(reverse("procurement:trade-agree", args=here),
                                                              {"gains": "A hall"}))
    them.post(reverse("procurement:trade-give", args=here), {
        "what": "Coaching", "unit": "hours", "quantity": "20", "rate": "£25", "method": "cost",
        "because": "Pay and on-costs, 2025/26"})
    them.post(reverse("procurement:trade-agree", args=here), {"gains": "A hall on winter evenings."})
    hall, coaching = row.promises.get(what="Hall"), row.promises.get(what="Coaching")
    us.post(reverse("procurement:trade-given", args=[*here, hall.pk]), {
        "on_day": "20", "on_month": "11", "on_year": "2026", "quantity": "4"})
    got = Given.objects.get()
    assert "Yes, we got it" in words(them.get(page))
    them.post(reverse("procurement:trade-confirm", args=[*here, got.pk]))
    shown = words(us.get(page))
    for said in ("Testshire District Council has given £240 more so far.", "Both say so.", "gives £600, gets £500",
                 "November 2026", "VAT: an exchange is two supplies", "under the £207,720 for services"):
        assert said in shown
    assert "Coaching" not in words(us.get(reverse("procurement:trades", args=[world.partnership.pk])))
    assert trade_for(ours, *here).worth(world.council.pk) == 600
    assert coaching.rate == 25


@pytest.mark.parametrize(("deed", "error", "said"), [
    (lambda row, ours, theirs: agree_trade(by=ours, trade=row, gains="x"), NotAllowed, "you offered it"),
    (lambda row, ours, theirs: agree_trade(by=theirs, trade=row, gains=""), Refused, "Each side must give"),
    (lambda row, ours, theirs: take_back(by=theirs, given=row.promises.get()), NotAllowed, "takes it back"),
    (lambda row, ours, theirs: record_given(by=ours, promised=row.promises.get(), on=clock.today(),
                                            quantity=Decimal(1)), Refused, "Both must agree"),
    (lambda row, ours, theirs: promise(by=ours, trade=row, said=replace(HOURS, because=" ")), Refused, "rests on"),
    (lambda row, ours, theirs: promise(by=ours, trade=row, said=replace(HOURS, rate=Decimal(0))), Refused,
     "above nought"),
    (lambda row, ours, theirs: end_trade(by=theirs, trade=row, why=""), Refused, "Say why"),
])  # fmt: skip
def test_what_a_trade_refuses(world, deed, error, said):
    row, ours, theirs = two(world)
    with pytest.raises(error, match=said):
        deed(row, ours, theirs)


def test_an_offer_that_is_sent_twice_is_one(world):
    row, ours, _ = two(world)
    again = TradeSaid(title=row.title, other=row.second_id, begins=row.begins, ends=row.ends, gains="x")
    assert begin_trade(by=ours, partnership=world.partnership, said=again) == row
    assert begin_trade(by=ours, partnership=world.partnership, said=replace(again, title="Another")) != row


def test_once_agreed_it_stands_and_only_the_two_see_it(world):
    row, ours, theirs = two(world)
    promise(by=theirs, trade=row, said=replace(HOURS, what="Coaching"))
    agree_trade(by=theirs, trade=row, gains="A hall")
    row.refresh_from_db()
    for deed in (lambda: promise(by=ours, trade=row, said=HOURS),
                 lambda: take_back(by=ours, given=Promise.objects.filter(giver=world.council).first())):
        with pytest.raises(Refused, match="Both have agreed"):
            deed()
    with pytest.raises(NotAllowed, match="gives it writes"):
        record_given(by=theirs, promised=row.promises.filter(giver=world.council).first(), on=clock.today(),
                     quantity=Decimal(1))
    made_one = record_given(by=ours, promised=row.promises.filter(giver=world.council).first(), on=clock.today(),
                            quantity=Decimal(1))
    with pytest.raises(NotAllowed, match="Whoever got it"):
        confirm_given(by=ours, given=made_one)
    end_trade(by=theirs, trade=row, why="The hall is sold.")
    assert trade_for(ours, world.partnership.pk, row.pk).sentence.startswith("It ended: The hall is sold.")
    with pytest.raises(NotFound):
        trade_row(replace(ours, grants=tuple(replace(one, organisation=uuid4()) for one in ours.grants)),
                  world.partnership.pk, row.pk)
    assert trades_for(theirs, world.partnership.pk)[0].id == row.pk


def test_notes_of_a_dialogue_are_the_same_for_all(world):
    row, by = published(world, way="dialogue", stages=("First ideas", "Final answers")), viewer_of(world.admin())
    note_talk(by=by, competition=row, stage="First ideas", held_on=clock.today(), words="Halls may be shared.")
    page = words(Client().get(reverse("procurement:competition", args=[row.pk])))
    assert "First ideas; Final answers" in page
    assert "Halls may be shared." in page
    for when, held_on, why in ((NOW, clock.today() + timedelta(days=1), "lies ahead"),
                               (row.closes + timedelta(seconds=1), clock.today(), "deadline has passed")):
        with clock.fixed(when), pytest.raises(Refused, match=why):
            note_talk(by=by, competition=row, stage="", held_on=held_on, words="x")


def test_no_notes_where_no_talks_were_laid_down(world):
    row = published(world)
    with pytest.raises(Refused, match="not laid down"):
        note_talk(by=viewer_of(world.admin()), competition=row, stage="", held_on=clock.today(), words="x")


@pytest.mark.parametrize(("more", "key", "refused"), [
    ({}, "", "only on a ground"), ({"ground": "art"}, "direct-art", ""),
    ({"ground": "rights"}, "direct-rights", ""),
    ({"ground": "user-choice"}, "direct-user-choice", ""), ({"deal": "grant"}, "not-procurement", ""),
    ({"net": Decimal(18000)}, "below", ""), ({"what": None}, "", "cannot be said"),
    ({"what": "services", "ground": "user-choice"}, "", "light-touch"),
])  # fmt: skip
def test_grounds_come_from_the_laws_rows(more, key, refused):
    found = ground_of(replace(FACTS, **more), date(2026, 12, 1))
    assert found.key == key
    assert refused in found.refused
    assert bool(found.citation) == bool(key)


def test_an_award_without_competition_keeps_its_ground(world):
    row, by = made(world), viewer_of(world.admin())
    with pytest.raises(Refused, match="only on a ground"):
        award_directly(by=by, commission=row, said=TOLD)
    tell_facts(by=by, commission=row, facts=replace(FACTS, ground="art"))
    choose_tier(by=by, commission=row, tier=4, reason="")
    browser, here = signed_in(world.admin()), [world.partnership.pk, row.pk]
    assert "sch 5 para 4" in words(browser.get(reverse("procurement:award-directly", args=here)))
    for lacking in ({"name": " "}, {"reasons": ""}, {"decided_on": date(2027, 1, 1)}):
        with pytest.raises(Refused):
            award_directly(by=by, commission=row, said=replace(TOLD, **lacking))
    award_directly(by=by, commission=row, said=replace(TOLD, wait=True))
    card = decision_for(by, row.pk)
    assert (card.how, card.rules["ground"], card.chosen[0].price) == ("direct", "direct-art", Decimal(18000))
    assert card.standstill_last == date(2026, 12, 2)
    assert Commission.objects.get().state == "decided"
    with pytest.raises(Refused, match="decided already"):
        award_directly(by=by, commission=row, said=TOLD)
    with pytest.raises(NotAllowed):
        award_directly(by=viewer_of(world.outsider), commission=row, said=TOLD)
