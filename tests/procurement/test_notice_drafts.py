"""Drafts of notices: filled from what is known, what is missing named, unchecked marked, nothing sent."""

from __future__ import annotations

import re
from datetime import UTC, datetime

import pytest
from django.urls import reverse
from tests.access.awards import awarded
from tests.access.commissions import made
from tests.world import signed_in

from commonweal.core import clock
from commonweal.core.viewer import viewer_of
from commonweal.policy.notice_fields import fields_as_at, notice_forms
from commonweal.procurement.actions.commission import CommissionSaid, begin_commission
from commonweal.procurement.pages.notice_drafts import SLOTS

NOW = datetime(2026, 11, 22, 9, tzinfo=UTC)


@pytest.fixture
def now(settings, tmp_path):
    settings.VAR = tmp_path
    with clock.fixed(NOW):
        yield


def words(answer):
    return " ".join(re.sub(r"<[^>]*>", " ", answer.content.decode()).split())


def test_every_field_is_whole_and_every_slot_can_be_filled():
    assert [one.code for one in notice_forms()] == ["UK1", "UK2", "UK3", "UK4", "UK5", "UK6", "UK7", "UK10"]
    fields = [field for one in notice_forms() for field in one.fields]
    assert {one.slot for one in fields if one.slot} == set(SLOTS)
    assert all(one.citation and one.verification in "VSK" for one in fields)
    for form in notice_forms():
        assert len({one.key for one in form.fields}) == len(form.fields)
    assert "your own act" in fields_as_at()[2]


def test_a_draft_before_and_after_the_award(world, now):
    row, browser = made(world), signed_in(world.admin())
    one = [world.partnership.pk, row.pk]
    before = browser.get(reverse("procurement:notice-file", args=[*one, "UK4", "json"])).json()
    told = {field["key"]: field for field in before["fields"]}
    assert (before["draft"], before["standing"]) == (True, "due")
    assert told["value-net"]["value"] == "£900,000"
    assert told["value-gross"]["value"] == "£1,080,000"
    assert (told["threshold"]["value"], told["regime"]["value"]) == ("Above the threshold", "Light touch")
    assert told["criteria"]["missing"]
    assert not told["negotiation"]["missing"]
    assert not told["criteria"]["checked"]
    assert told["submit"]["checked"]
    listed = words(browser.get(reverse("procurement:notice-drafts", args=one)))
    assert "are due: tender notice (UK4), contract award notice (UK6) and contract details notice (UK7)" in listed
    awarded(world)
    page = words(browser.get(reverse("procurement:notice-draft", args=[*one, "UK7"])))
    assert "Testshire Dance Trust: GB-CHC 1234567" in page
    assert "North (£500,000); South" in page
    assert "1 October 2026 to 30 September 2031" in page
    assert "is your own act: nothing is sent from here" in page
    listed = words(browser.get(reverse("procurement:notice-drafts", args=one)))
    assert "1 of these is due: contract details notice (UK7)" in listed
    assert "By 18 January 2027: within 120 days of 20 September 2026, when it was signed" in listed
    assert "contract award notice (UK6) has passed" in listed
    tell = begin_commission(by=viewer_of(world.admin()), partnership=world.partnership, said=CommissionSaid(
        title="New", purpose="More.", place="Testshire"))
    unknown = words(browser.get(reverse("procurement:notice-drafts", args=[one[0], tell.pk])))
    assert "Cannot determine yet: tell me" in unknown
    assert "Which notices are due hangs on it." in unknown
    assert "none of these" not in unknown
    for ending in ("docx", "pdf"):
        assert browser.get(reverse("procurement:notice-file", args=[*one, "UK6", ending])).status_code == 200
    for code, ending in (("UK9", "json"), ("UK6", "odt")):
        assert browser.get(reverse("procurement:notice-file", args=[*one, code, ending])).status_code == 404
