"""What a bid is given: files that are whole, money that reads one way, and rows left over that refuse nothing."""

from __future__ import annotations

import re
import zlib
from dataclasses import replace
from datetime import UTC, datetime
from decimal import Decimal

import pytest
from django.test import Client
from django.urls import reverse
from tests.access.commissions import FACTS, made
from tests.access.competitions import published
from tests.procurement.test_bids import filled
from tests.procurement.test_evaluation import OPENED, closed, opened, scored
from tests.world import signed_in

from commonweal.core import clock
from commonweal.core.errors import Refused
from commonweal.core.viewer import ANONYMOUS, viewer_of
from commonweal.lake.opening.model import CannotOpen
from commonweal.procurement.actions.bidding import send_bid
from commonweal.procurement.actions.commission import choose_tier, tell_facts
from commonweal.procurement.attachments import kind_of
from commonweal.procurement.forms_bid import Price, Together
from commonweal.procurement.queries.competing import competition_public

NOW = datetime(2026, 11, 22, 9, tzinfo=UTC)


@pytest.fixture
def now(settings, tmp_path):
    settings.VAR = tmp_path
    settings.BID_KEY = ""
    with clock.fixed(NOW):
        yield


def pdf(*, packed=False):
    head = b"%PDF-1.7\n1 0 obj\n<</Type /Catalog>>\nendobj\n"
    if packed:
        table = b"2 0 obj\n<</Type /XRef /Filter /FlateDecode>>\nstream\n" + zlib.compress(b"1") + b"\nendstream\n"
    else:
        table = b"xref\n0 2\n0000000000 65535 f \n0000000009 00000 n \ntrailer\n<</Root 1 0 R>>\n"
    return head + table + b"startxref\n%d\n%%%%EOF\n" % len(head)


def png():
    pieces = ((b"IHDR", bytes(13)), (b"IDAT", zlib.compress(b"\x00\x01")), (b"IEND", b""))
    return b"\x89PNG\r\n\x1a\n" + b"".join(
        len(body).to_bytes(4, "big") + kind + body + zlib.crc32(kind + body).to_bytes(4, "big")
        for kind, body in pieces)


JPEG = b"\xff\xd8\xff\xe0\x00\x04\xff\xd9\xff\xc0\x00\x03\x08\xff\xda\x00\x03\x01line\xff\xd9"
WHOLE = {"pdf": (pdf(), pdf(packed=True)), "png": (png(),), "jpg": (JPEG, JPEG + b"more")}


@pytest.mark.parametrize("kind", WHOLE)
def test_what_was_cut_short_or_changed_on_the_way_is_not_taken(kind):
    for data in WHOLE[kind]:
        assert kind_of(f"a.{kind}", data) == kind
    for damaged in (WHOLE[kind][0][:-3], WHOLE[kind][0][:12] + WHOLE[kind][0][17:]):
        with pytest.raises(CannotOpen, match="Open it, save it anew"):
            kind_of(f"a.{kind}", damaged)


def test_alone_passes_over_what_was_left_and_money_reads_one_way(world, now):
    row = published(world)
    left = {"name-1": "Dance", "share-1": "0", "share-2": "all"}
    assert Together({"alone": "yes", **left}).is_valid()
    assert "share-2" in Together({"alone": "no", **left}).errors
    for typed, plain in (("£18,000.50", "18000.50"), ("900 000", "900000"), ("1e5", None), ("1,5", None)):
        form = Price({"price": typed}, card=competition_public(ANONYMOUS, row.pk), years="")
        assert (str(form.cleaned_data["price"]) if form.is_valid() else None) == plain, typed


def a_grant(world):
    row, by = made(world), viewer_of(world.admin())
    tell_facts(by=by, commission=row, facts=replace(FACTS, deal="grant", net=Decimal(18000), years=Decimal(1)))
    choose_tier(by=by, commission=row, tier=4, reason="Fit")


def words(answer):
    return " ".join(re.sub(r"<[^>]*>", " ", answer.content.decode()).split())


def test_a_grant_says_its_sum_and_nothing_above_it_is_sent(world, now):
    a_grant(world)
    row = published(world)
    public = words(Client().get(reverse("procurement:competition", args=[row.pk])))
    assert "There is £18,000 in all. Nobody can ask for more." in public
    told = Client().get(f"/api/procurement/competitions/{row.pk}").json()
    assert (Decimal(told["available"]), told["may_exceed"]) == (18000, False)
    form = Price({"price": "18,000.01"}, card=competition_public(ANONYMOUS, row.pk), years="")
    assert "You ask for £18,000.01, and there is £18,000 in all." in str(form.errors)
    assert Price({"price": "18000"}, card=competition_public(ANONYMOUS, row.pk), years="").is_valid()
    bid, who = filled(row, price="25000")
    with pytest.raises(Refused, match="you ask for £25,000, and there is £18,000 in all"):
        send_bid(who=who, bid=bid)


def test_where_the_rules_of_a_grant_let_more_be_asked_whoever_decides_is_told(world, now):
    a_grant(world)
    with clock.fixed(OPENED):
        row = opened(world, prices=("25000", "18000"), may_exceed=True)
        scored(world, row, lambda role, price, question: 4)
        closed(world, row)
        public = words(Client().get(reverse("procurement:competition", args=[row.pk])))
        page = words(signed_in(world.admin()).get(
            reverse("procurement:evaluation", args=[world.partnership.pk, row.commission_id])))
    assert "You may ask for more; whoever decides is told" in public
    assert page.count("asks for more than the sum there is, which the rules of this grant allow") == 1
