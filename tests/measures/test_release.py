"""A case drafted from an agreement's records and published by both sides; the calendar; small numbers hidden."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta

import pytest
from django.test import Client
from django.urls import reverse
from tests.measures.test_performance import agreed, half, measured, provider
from tests.world import signed_in

from commonweal.core import clock
from commonweal.core.errors import Refused
from commonweal.core.viewer import ANONYMOUS, viewer_of
from commonweal.knowledge.models import CaseStudy
from commonweal.measures.actions.performance import read_measure
from commonweal.measures.actions.releasing import hold_release, plan_release, publish_release
from commonweal.measures.models import ReleasedTable, ReleaseState
from commonweal.measures.queries.releases import calendar_for, release_for

NOW = datetime(2026, 11, 27, 10, 0, tzinfo=UTC)
YEAR = {"first": date(2025, 4, 1), "last": date(2026, 3, 31)}


@pytest.fixture(autouse=True)
def at(settings, tmp_path):
    settings.VAR = tmp_path
    with clock.fixed(NOW):
        yield


@pytest.mark.promise("M6")
def test_a_case_drafts_itself_and_is_published_once_both_sides_agree_with_small_numbers_hidden(world):
    club = provider(world, "Club A")
    row = agreed(world, "Dance", "Club A")
    half(row, 1, attendances=900, people=63, answered=41, satisfied=36, different=4)
    half(row, 2, attendances=300, people=61, answered=41, satisfied=37, different=3)
    visits = measured(world, row, "Attendances", 2000)
    read_measure(by=viewer_of(world.admin()), measure=visits, tells="attendances")
    council, there = signed_in(world.admin()), [world.partnership.pk]
    address = reverse("measures:case-draft", args=[*there, row.pk])
    draft = council.get(address)
    first = draft.context["form"].initial
    assert first["money"] == "Testshire District Council paid £4,000 in 2025-26."
    assert "Satisfied: about 75 of 80 who answered" in first["results"]
    assert "Made a difference: held back to protect people" in first["results"]
    assert first["failed"] == "Attendances: 300, where 1,003 should be there by 30 September 2026."
    assert "What would have come without it" in first["missing"]
    assert "Nobody has said whether these were reached: " in first["missing"]
    assert "Hidden or rounded to protect people." in draft.content.decode()
    told = {key: value for key, value in first.items() if value != ""}
    wrong = council.post(address, told).content.decode()
    assert "would you tell others" in wrong, "what nobody recorded is asked of people"
    put_right = {**told, "lessons": "Ask the girls first.", "title": "Testshire: dance near home"}
    made = council.post(address, put_right)
    case = CaseStudy.objects.get()
    assert made.headers["Location"] == reverse("knowledge:own-case", args=[*there, case.pk])
    assert calendar_for(ANONYMOUS) == ()
    for browser in (council, signed_in(club)):
        browser.post(reverse("knowledge:case-agree", args=[*there, case.pk]), {"number": "1"})
    council.post(reverse("knowledge:case-publish", args=[*there, case.pk]))
    page = Client().get(reverse("knowledge:case", args=[case.pk])).content.decode()
    for words in ("Testshire: dance near home", "about 75 of 80", "Ask the girls first.",
                  "held back to protect people", "300, where 1,003 should be there"):
        assert words in page, words
    assert "Case study: Testshire: dance near home" in Client().get(reverse("measures:releases")).content.decode()


def answers(world, *, services: int = 4, yes: int = 30) -> None:
    for number in range(services):
        row = agreed(world, f"Grant {number}", f"Club {number}")
        half(row, 0, answered=40 + number, satisfied=yes + number, people=70)


def test_what_was_announced_is_published_on_its_day_through_the_one_door(world):
    by, there = viewer_of(world.admin()), world.partnership
    answers(world)
    planned = plan_release(by=by, partnership=there, title="What people said", what="satisfied", **YEAR,
                           due=date(2026, 12, 1))
    with pytest.raises(Refused, match="announced for 1 December 2026"):
        publish_release(by=by, planned=planned)
    line = calendar_for(ANONYMOUS)[0]
    assert (line.title, line.state, line.day) == ("What people said", ReleaseState.PLANNED, date(2026, 12, 1))
    with clock.fixed(NOW + timedelta(days=4)):
        signed_in(world.admin()).post(reverse("measures:release-publish", args=[there.pk, planned.pk]))
        page = Client().get(reverse("measures:release", args=[planned.pk])).content.decode()
        assert "Published on 1 December 2026." in page
        assert release_for(ANONYMOUS, planned.pk).table is not None
        with pytest.raises(Refused, match="cannot be called back"):
            hold_release(by=by, planned=planned, because="Second thoughts")


def test_few_bodies_are_hidden_and_a_table_that_would_give_a_few_away_is_held_back(world):
    by, there = viewer_of(world.admin()), world.partnership
    answers(world, services=2)
    now = {**YEAR, "due": date(2026, 11, 27), "what": "satisfied", "by": by, "partnership": there}
    few = plan_release(**now, title="Two clubs")
    assert publish_release(by=by, planned=few).state in (ReleaseState.HELD, ReleaseState.PUBLISHED)
    shown = ReleasedTable.objects.filter(of=few).first()
    assert shown is None or shown.cells[0][:2] == [None, None]
    answers_more = agreed(world, "One more", "Club 9")
    half(answers_more, 0, answered=3, satisfied=2, people=9)
    later = plan_release(**now, title="Again")
    if shown is not None:
        assert publish_release(by=by, planned=later).state == ReleaseState.HELD
        page = Client().get(reverse("measures:release", args=[later.pk])).content.decode()
        assert "tell of a few people" in page
    told = hold_release(by=by, planned=plan_release(
        by=by, partnership=there, title="Held", what="different", **YEAR, due=date(2026, 12, 9)),
        because="Two returns are being put right.")
    assert told.state == ReleaseState.HELD
    assert "Two returns are being put right." in Client().get(reverse("measures:releases")).content.decode()
