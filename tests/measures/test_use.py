"""A year's use through its page and its data: attendances added, people bounded, asked and answered shown."""

from __future__ import annotations

from datetime import UTC, date, datetime
from decimal import Decimal

import pytest
from django.test import Client
from django.urls import reverse
from tests.access.returns import agreed
from tests.world import signed_in

from commonweal.core import clock
from commonweal.core.viewer import viewer_of
from commonweal.measures.actions.answering import Answering, Said, save_answers, send_return
from commonweal.measures.actions.opening import open_returns
from commonweal.measures.actions.plans import PlanSaid, plan_returns
from commonweal.measures.models import Channel
from commonweal.options.actions.agreements import AgreementSaid, record_agreement

NOW = datetime(2026, 5, 20, 10, 0, tzinfo=UTC)
ONE = {"sessions": 40, "attendances": 240, "people": 31, "groups": {"girls-1": 12}, "asked": 25, "answered": 20,
       "satisfied": 18, "different": 12}
TWO = {**ONE, "attendances": 300, "people": 40, "groups": {"girls-1": 20}, "answered": 3, "satisfied": 3,
       "different": 3}


def returned(world, agreement, *values):
    by = viewer_of(world.admin())
    plan_returns(by=by, agreement=agreement, said=PlanSaid(
        tier=2, tier_reason="Try.", every=6, begins=date(2025, 4, 1), difference="they felt less alone",
        provider_name=agreement.title, groups=(("girls-1", "Girls"),)))
    who = Answering(by=by, channel=Channel.WORKBOOK)
    rows = [row for row in open_returns(by=by, partnership=world.partnership) if row.plan.agreement == agreement]
    for row, said in zip(rows, values, strict=False):
        save_answers(who=who, to=row, said=tuple(Said(question=key, typed=value) for key, value in said.items()))
        send_return(who=who, to=row)


def test_attendances_are_added_people_are_bounded_and_answers_have_their_base(world):
    with clock.fixed(NOW):
        other = record_agreement(by=viewer_of(world.admin()), partnership=world.partnership, said=AgreementSaid(
            title="Choir", service="arts", form="grant", begins=date(2025, 4, 1), ends=None, regime="",
            source="Register", parties=(("Council", "pays"), ("Choir", "delivers")),
            years=(("2025-26", Decimal(900)),)))
        returned(world, agreed(world), ONE, TWO)
        returned(world, other, TWO)
        client, there = signed_in(world.admin()), [world.partnership.pk]
        told = client.get(reverse("measures:use", args=there)).content.decode()
        data = client.get(reverse("api:use_of_year", args=there), {"year": "2025-26"}).json()
        listed = client.get(reverse("api:returns_list", args=there)).json()
        whole = client.get(reverse("api:return_one", args=[*there, listed[-1]["id"]])).json()
    assert "In 2025-26 2 agreements had 840 attendances" in told
    assert "at least 40 different people and at most 111" in told
    assert "40 to 71" in told
    assert "91% (73 to 98)" in told      # 21 of 23 who answered, in two periods
    assert "fewer than 5" in told        # the choir heard three people
    assert "20 to 52" in told            # girls: at least the most of any count, at most all
    assert (data["people_at_least"], data["people_at_most"], data["attendances"]) == (40, 111, 840)
    assert {one["question"]: one["value"] for one in whole["answers"]}["attendances"] in (240, 300)
    assert "contact" not in str(listed)


@pytest.mark.parametrize(("typed", "words"), [
    ({"question": "How satisfied are you with the price and the hours?"}, "It may ask two things at once"),
    ({"question": "How satisfied are you with the price?"}, "That is no proof"),
    ({"question": ""}, "Enter your question"),
    ({"question": "Which?", "answers": "a\n" * 31}, "30 answers at most"),
])
def test_anybody_can_check_a_question_of_their_own(db, typed, words):
    assert words in Client().post(reverse("measures:question-check"), typed).content.decode()
