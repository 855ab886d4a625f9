"""The market: a file through the page and the worker, who wins, few told as few, and nothing seen by others."""

from __future__ import annotations

import csv
import io
import json
import re
from datetime import UTC, date, datetime, timedelta
from decimal import Decimal

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from tests.access.market import brought, notice
from tests.world import signed_in

from commonweal.core import clock
from commonweal.core.errors import NotAllowed, NotFound, Refused
from commonweal.core.jobs.running import run
from commonweal.core.models import Job, Upload
from commonweal.core.viewer import viewer_of
from commonweal.lake.notices.model import NoticeFile, Supplier
from commonweal.procurement.actions import market as deeds
from commonweal.procurement.actions.market import bring_notices
from commonweal.procurement.models import MarketImport, MarketNotice
from commonweal.procurement.queries.market import MarketSought, import_for, market_for

NOW = datetime(2026, 11, 22, 9, tzinfo=UTC)
DAY = date(2026, 1, 1)


@pytest.fixture
def now(settings, tmp_path):
    settings.VAR = tmp_path
    with clock.fixed(NOW):
        yield


def words(answer):
    return " ".join(re.sub(r"<[^>]*>", " ", answer.content.decode()).split())


def bring(world, notices, mark="b"):
    return bring_notices(by=viewer_of(world.admin()), partnership=world.partnership, name="n.json",
                         sha256=mark * 64, file=NoticeFile(len(notices), tuple(notices), (), "lines"))


def test_a_file_through_the_page_to_the_market(world, now, published):
    browser = signed_in(world.admin())
    path = published / "07_procurement_spend" / "contracts_finder_ocds" / "england.jsonl"
    address = reverse("procurement:market-bring", args=[world.partnership.pk])
    browser.post(address, {"file": SimpleUploadedFile("england.jsonl", path.read_bytes())})
    job = Job.objects.get()
    run(job.pk)
    job.refresh_from_db()
    assert job.message.startswith("100 notices read: 99 new, 0 newer than before, 0 as before.")
    assert "defects of 10 kinds" in job.message
    shown = words(browser.get(reverse("procurement:market-import", args=[
        world.partnership.pk, MarketImport.objects.get().pk])))
    assert "Its line breaks became “rn”; they are mended" in shown
    page = words(browser.get(reverse("procurement:market", args=[world.partnership.pk])))
    assert "73 awards to" in page
    assert "Source: Contracts Finder (73); 1 file, the last brought in on 22 November 2026." in page
    assert "the middle price of an award to one supplier" in page
    assert "Order statistics" in page or "order statistics" in page
    browser.post(address, {"file": SimpleUploadedFile("again.jsonl", path.read_bytes())})
    again = Job.objects.exclude(pk=job.pk).get()
    run(again.pk)
    again.refresh_from_db()
    assert "brought in before" in again.message
    assert MarketNotice.objects.count() == 99
    assert set(Upload.objects.values_list("state", flat=True)) == {"read", "set_aside"}


def test_who_wins_however_the_name_is_written_and_prices_of_those_alone(world, now):
    bring(world, [
        notice(1, suppliers=(Supplier("Active Trust Ltd"),), value=Decimal(1000), awarded=DAY),
        notice(2, suppliers=(Supplier("ACTIVE TRUST LIMITED"),), value=Decimal(3000), awarded=DAY + timedelta(9)),
        notice(3, suppliers=(Supplier("Active Trust"), Supplier("B")), value=Decimal(9000), awarded=DAY),
        notice(4, suppliers=(Supplier("An individual"),)), notice(5, suppliers=(Supplier("An individual"),)),
        notice(6, stage="tender", suppliers=()),
        notice(7, cpv="45000000", suppliers=(Supplier("C"),), region="London"),
    ])
    market = market_for(viewer_of(world.admin()), world.partnership.pk, MarketSought(kind="culture"))
    first = market.winners[0]
    assert (first.name, first.wins, first.alone, first.pounds) == ("ACTIVE TRUST LIMITED", 3, 2, Decimal(4000))
    assert [one.name for one in market.winners] == ["ACTIVE TRUST LIMITED", "B"]
    assert (sorted(market.prices), market.tenders, len(market.wins)) == ([1000, 3000], 1, 5)
    browser = signed_in(world.admin())
    here = reverse("procurement:market", args=[world.partnership.pk])
    page = words(browser.get(here, {"kind": "culture"}))
    assert "Only 2 prices: £1,000, £3,000. Too few for a middle." in page
    assert "won most, 3" in page
    one = words(browser.get(here, {"supplier": first.match}))
    assert "Only what ACTIVE TRUST LIMITED won" in one
    rows = list(csv.DictReader(io.StringIO(browser.get(reverse("procurement:market-file", args=[
        world.partnership.pk, "awards"]), {"where": "London"}).content.decode("utf-8-sig"))))
    assert [row["Won by"] for row in rows] == ["C"]
    assert browser.get(here, {"since_day": "99", "where": "Nowhere", "supplier": "\x00"}).status_code == 200
    assert browser.get(reverse("procurement:market-file", args=[world.partnership.pk, "x"])).status_code == 404


def test_a_name_without_its_number_is_the_firm_that_gave_one_and_two_firms_of_one_name_stay_two(world, now):
    bring(world, [notice(1, suppliers=(Supplier("Norrow Ltd", "GB-COH", "00000001"),)),
                  notice(2, suppliers=(Supplier("Norrow Limited"),)),
                  notice(3, suppliers=(Supplier("Twin Ltd", "GB-COH", "00000002"),)),
                  notice(4, suppliers=(Supplier("Twin Ltd", "GB-COH", "00000003"),))])
    by = viewer_of(world.admin())
    market = market_for(by, world.partnership.pk, MarketSought())
    assert [one.wins for one in market.winners] == [2, 1, 1]
    one = market_for(by, world.partnership.pk, MarketSought(supplier=market.winners[0].match))
    assert len(one.wins) == 2


def test_only_what_is_newer_takes_its_place(world, now):
    bring(world, [notice(1, title="New", published=date(2026, 2, 1)), notice(2)])
    made = bring(world, [notice(1, title="Old", published=date(2026, 1, 1)), notice(2, title="Told anew"),
                         notice(3)], "c")
    assert (made.new, made.changed, made.same) == (1, 1, 1)
    assert sorted(MarketNotice.objects.values_list("title", flat=True)) == ["New", "Notice 3", "Told anew"]


def test_a_worker_that_died_is_followed_where_it_stopped(world, now, monkeypatch):
    monkeypatch.setattr(deeds, "AT_ONCE", 2)
    notices = [notice(at) for at in range(5)]

    def dies(percent, said):
        if "notice 3 " in said:
            raise RuntimeError("as if the power went")

    with pytest.raises(RuntimeError):
        bring_notices(by=viewer_of(world.admin()), partnership=world.partnership, name="n", sha256="d" * 64,
                      file=NoticeFile(5, tuple(notices), (), "lines"), progress=dies)
    assert MarketNotice.objects.count() == 2
    made = bring(world, notices, "d")
    assert (made.new, made.same, MarketNotice.objects.count(), made.finished) == (5, 0, 5, True)


def test_one_partnership_sees_nothing_of_another_and_no_file_makes_an_error(world, now):
    card = brought(world)
    outsider = viewer_of(world.outsider)
    with pytest.raises(NotAllowed):
        market_for(outsider, world.partnership.pk, MarketSought())
    with pytest.raises(NotFound):
        import_for(outsider, world.partnership.pk, card.pk)
    assert not market_for(outsider, world.other_partnership.pk, MarketSought()).wins
    with pytest.raises(Refused, match="brought in before"):
        bring(world, [notice(9)], "a")
    browser = signed_in(world.admin())
    address = reverse("procurement:market-bring", args=[world.partnership.pk])
    assert "Error" in words(browser.post(address))
    for body in (b"not json", json.dumps({"releases": []}).encode(), b"["* 50_000):
        browser.post(address, {"file": SimpleUploadedFile("x.json", body)})
        job = Job.objects.order_by("-created").first()
        run(job.pk)
        job.refresh_from_db()
        assert "No notices were found" in job.message
