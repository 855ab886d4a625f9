"""The money map end to end: mix, concentration, who falls, notice, path, reward; nothing leaks or doubles."""

from __future__ import annotations

import json
import re
from datetime import UTC, date, datetime
from decimal import Decimal

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from tests.access.appraisal import contract
from tests.world import signed_in

from commonweal.agreements.actions.funding import (
    FundingSaid,
    RewardSaid,
    bring_grants,
    enter_funding,
    enter_means,
    give_notice,
    share_reward,
)
from commonweal.agreements.models import FundingKind, FundingLine, Reward
from commonweal.agreements.queries.funding import UNNAMED, flows_for, money_map
from commonweal.agreements.queries.notice import clocks_for, months_before
from commonweal.core import clock
from commonweal.core.errors import NotAllowed, NotFound, Refused
from commonweal.core.viewer import viewer_of
from commonweal.lake.registers.giving import grants_in
from commonweal.options.actions.agreements import AgreementSaid, record_agreement
from commonweal.providers.models import Provider, Seen

NOW = datetime(2026, 5, 1, 9, tzinfo=UTC)


@pytest.fixture(autouse=True)
def var(tmp_path, settings):
    settings.VAR = tmp_path
    with clock.fixed(NOW):
        yield


def words(answer):
    return " ".join(re.sub(r"<[^>]*>", " ", answer.content.decode()).split())


def granted(world, ends=date(2026, 9, 30)):
    return record_agreement(by=viewer_of(world.admin()), partnership=world.partnership, said=AgreementSaid(
        title="Core grant", service="community", form="grant", begins=date(2024, 4, 1), ends=ends, regime="",
        source="Letter", parties=(("Testshire District Council", "pays"), ("Marsh End Choir", "delivers")),
        years=(("2026-27", Decimal(6000)),), vat="outside"))


def line(world, **more):
    said = {"giver": "Fund", "receiver": "Marsh End Choir", "kind": FundingKind.GRANT, "year": "2026-27",
            "pounds": Decimal(2000), "source": "List"} | more
    return enter_funding(by=viewer_of(world.admin()), partnership=world.partnership, said=FundingSaid(**said))


@pytest.mark.promise("V7")
def test_the_mix_who_falls_notice_the_path_and_a_reward_worked_openly(world):
    key, browser = world.partnership.pk, signed_in(world.admin())
    row = granted(world)
    assert "Enter what you give" not in words(browser.get(reverse("agreements:money-map", args=[key])))
    made = browser.post(reverse("agreements:money-enter", args=[key]), {
        "receiver": "Voluntary Action", "giver": "Fund", "kind": "core", "pounds": "2000", "year": "2026-27",
        "infrastructure": "on", "source": "List"})
    assert made.status_code == 302
    browser.post(reverse("agreements:money-means", args=[key]), {
        "organisation": "Marsh End Choir", "year": "2025-26", "income": "8000", "reserves": "1000",
        "source": "Accounts"})
    page = words(browser.get(reverse("agreements:money-map", args=[key])))
    for said in ("£8,000 is known in 2026-27: £6,000 for services and £2,000 for what helps groups",
                 "75%, comes from Testshire District Council", "as if 1.6 equal givers paid it all",
                 "1 organisation would be in danger if one giver stopped",
                 "Of 1 more this is not known", "nobody was told"):
        assert said in page
    due = words(browser.get(reverse("agreements:notices", args=[key])))
    assert "The first notice is due on 30 June 2026: Core grant" in due
    browser.post(
        reverse("agreements:notice", args=[key, row.pk]),
        {
            "what": "ends",
            "told_on_day": "1",
            "told_on_month": "5",
            "told_on_year": "2026",
            "words": "They asked why.",
        },
    )
    assert "Everybody whose money ends was told" in words(browser.get(reverse("agreements:notices", args=[key])))
    browser.post(reverse("agreements:path-step", args=[key, row.pk, "purpose"]), {"note": "Both signed."})
    assert "1 of 8 steps are done" in words(browser.get(reverse("agreements:path", args=[key, row.pk])))
    sent = {"title": "Active", "pot": "100", "alike": "20", "delivered": "50", "need": "20", "counts": "Adults",
            "source": "Clause 4", "rows": "Choir: 30, 10\nClub: 10, 10"}
    wrong = words(browser.post(reverse("agreements:reward-share", args=[key]), sent))
    assert "The three parts add up to 90" in wrong
    shared = words(
        browser.post(reverse("agreements:reward-share", args=[key]), sent | {"need": "30"}, follow=True)
    )
    assert "£62.50" in shared                # 10 of 20 alike, 37.50 of 50 delivered, 15 of 30 in need
    assert "£37.50" in shared
    csv = browser.get(reverse("agreements:money-csv", args=[key])).content.decode()
    assert "Marsh End Choir" in csv


def test_who_is_only_counted_is_summed_and_never_named(world):
    granted(world)
    Provider.objects.create(name="MARSH END CHOIR", visibility=Seen.COUNTED)
    line(world, giver="Marsh End Choir", receiver="Another")
    found = money_map(viewer_of(world.admin()), world.partnership.pk)
    assert found.total == Decimal(8000)
    assert {one.receiver for one in found.flows} == {UNNAMED, "Another"}
    browser = signed_in(world.admin())
    for route in ("money-map", "money-csv"):
        said = browser.get(reverse(f"agreements:{route}", args=[world.partnership.pk])).content.decode()
        assert "marsh end choir" not in said.casefold()
    told = browser.get(f"/api/partnerships/{world.partnership.pk}/money").content.decode()
    assert "marsh end choir" not in told.casefold()


def test_a_partnership_sees_its_own_money_alone(world):
    line(world)
    with pytest.raises(NotAllowed):
        flows_for(viewer_of(world.outsider), world.partnership.pk)
    assert flows_for(viewer_of(world.outsider), world.other_partnership.pk) == ()


def grant(ref="360G-a-1", **more):
    return {"id": ref, "title": "t", "description": "d", "currency": "GBP", "amountAwarded": 500,
            "awardDate": "2026-03-31T00:00:00Z", "fundingOrganization": [{"id": "GB-CHC-1", "name": "Fund"}],
            "recipientOrganization": [{"id": "GB-CHC-1126147", "name": "Choir"}]} | more


def test_a_360giving_file_is_taken_again_and_changes_only_what_changed(world):
    def bring(*grants):
        found, out = grants_in({"grants": list(grants)})
        came = bring_grants(
            by=viewer_of(world.admin()), partnership=world.partnership, grants=found, source="f.json"
        )
        return (came.new, came.changed, came.same), [(one.where, one.why) for one in out]

    assert bring(grant(), grant("360G-a-2"), grant("x", amountAwarded="many")) == (
        (2, 0, 0), [("grants/2/amountAwarded", "No amount in pounds.")])
    assert bring(grant(amountAwarded=600), grant("360G-a-2")) == ((0, 1, 1), [])
    rows = FundingLine.objects.order_by("ref")
    assert [(row.year, row.pounds, row.number) for row in rows] == [
        ("2025-26", Decimal(600), "GB-CHC-1126147"), ("2025-26", Decimal(500), "GB-CHC-1126147")]
    person = grant("p", recipientIndividual={"id": "p", "name": "Jo Bloggs"})
    assert bring(person, 7)[0] == (0, 0, 0)
    for field in ("id", "awardDate", "fundingOrganization"):
        assert bring(grant("q", **{field: None}))[1]


@pytest.mark.parametrize("content", [b"", b"{", b"[]", json.dumps({"grants": [1]}).encode(), b"\xff\xfe\x00"])
def test_any_file_gets_a_sentence(world, content):
    file = SimpleUploadedFile("g.json", content)
    answer = signed_in(world.admin()).post(
        reverse("agreements:money-bring", args=[world.partnership.pk]), {"file": file})
    assert answer.status_code in (200, 302)


def test_the_clock_counts_whole_months_and_knows_late_notice(world):
    assert months_before(date(2027, 5, 31), 3) == date(2027, 2, 28)
    assert months_before(date(2027, 1, 15), 3) == date(2026, 10, 15)
    row = granted(world, ends=date(2026, 6, 30))
    by = viewer_of(world.admin())
    assert clocks_for(by, world.partnership.pk)[0].days_left == -32
    give_notice(by=by, agreement=row, told_on=date(2026, 5, 1), what="changes", words="Less.")
    assert not clocks_for(by, world.partnership.pk)[0].in_time


@pytest.mark.parametrize(("deed", "error", "sentence"), [
    (lambda w: line(w, year="2026"), Refused, "financial year"),
    (lambda w: line(w, need=w.council.pk), NotFound, "need is not there"),
    (lambda w: line(w, source=""), Refused, "."),
    (lambda w: give_notice(by=viewer_of(w.admin()), agreement=contract(w), told_on=date(2027, 1, 1), what="ends",
                           words="x"), Refused, "still to come"),
    (lambda w: enter_means(by=viewer_of(w.admin()), partnership=w.partnership, organisation="A", year="2026-27",
                           income=Decimal(-1), reserves=None, source="s"), Refused, "0 or more"),
    (lambda w: shared(w, rows=()), Refused, "Name between one"),
    (lambda w: shared(w, rows=(("A", Decimal(1), Decimal(2)),)), Refused, "no more can have reached"),
    (lambda w: shared(w, rows=(("A", Decimal(1), Decimal(0)),)), Refused, "Give that part 0"),
    (lambda w: shared(w, alike=10), Refused, "add up to 100"),
])  # fmt: skip
def test_what_cannot_be_is_refused_in_a_sentence(world, deed, error, sentence):
    with pytest.raises(error, match=sentence):
        deed(world)
    assert not Reward.objects.exists()


def shared(world, **more):
    said = {
        "title": "R",
        "pot": Decimal(10),
        "alike": 20,
        "delivered": 50,
        "need": 30,
        "counts": "c",
        "source": "s",
        "rows": (("A", Decimal(2), Decimal(1)),),
    } | more
    return share_reward(by=viewer_of(world.admin()), partnership=world.partnership, said=RewardSaid(**said))
