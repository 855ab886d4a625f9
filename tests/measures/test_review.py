"""A review through its pages: need then and now, three months' notice, a decision that goes back to a need."""

from __future__ import annotations

import io
from datetime import UTC, date, datetime
from types import SimpleNamespace

import docx
import pytest
from django.db import DatabaseError, connection, transaction
from django.urls import reverse
from tests.measures.test_performance import agreed, half, measured
from tests.world import signed_in

from commonweal.agreements.actions.answers import say_answers
from commonweal.core import clock
from commonweal.core.errors import Refused
from commonweal.core.figure import Figure, Grade, PlaceRef, Quality, SourceRef, Unit
from commonweal.core.permissions import Role
from commonweal.core.viewer import viewer_of
from commonweal.measures.actions.performance import read_measure
from commonweal.measures.actions.review import Judged, decide_review, judge_agreement, open_review
from commonweal.measures.models import CarriedOver, Review, ReviewDecision, ReviewVersion
from commonweal.measures.queries.then_now import moved
from commonweal.measures.reviewed import digest_of, frozen_of, thawed
from commonweal.needs.actions.need import Wording, rewrite_need, write_need
from commonweal.needs.models import NeedEvidence, Side

NOW = datetime(2026, 11, 27, 10, 0, tzinfo=UTC)


@pytest.fixture(autouse=True)
def at(settings, tmp_path):
    settings.VAR = tmp_path
    with clock.fixed(NOW):
        yield


def wording(**said) -> Wording:
    return Wording(**{"who": "Girls of 11 to 16", "where": "Marsh End", "what": "somewhere to dance near home",
                      "how_we_know": "Forty doorsteps.", **said})


@pytest.fixture
def dance(world):
    """An agreement that answers a need which was written anew since, with three half-years returned."""
    by = viewer_of(world.admin())
    need = write_need(by=by, partnership=world.partnership, title="Dance near home", side=Side.FOR_CULTURE,
                      theme="culture", said=wording()).identity
    row = agreed(world, "Dance", "Dance Club")
    say_answers(by=by, agreement=row, needs=(need.pk,), outcomes=())
    rewrite_need(by=by, need=need, over=1, said=wording(what="somewhere to dance in winter", reason="Asked again"))
    for number in range(3):
        half(row, number, attendances=900, people=60, answered=40, satisfied=36, groups={"girls": 22})
    read_measure(by=by, measure=measured(world, row, "Attendances", 2000), tells="attendances")
    return row


@pytest.mark.promise("M7")
def test_a_review_ends_in_a_decision_that_goes_back_to_a_need_and_opens_the_next_round(world, dance):
    officer, member = signed_in(world.admin()), signed_in(world.people[Role.ELECTED_MEMBER])
    keys = [world.partnership.pk]
    officer.post(reverse("measures:review-begin", args=keys), {
        "title": "Dance, 2026", "first_day": "1", "first_month": "4", "first_year": "2025", "last_day": "30",
        "last_month": "9", "last_year": "2026", "agreements": [str(dance.pk)]})
    keys.append(Review.objects.get().pk)
    page = officer.get(reverse("measures:review", args=keys)).content.decode()
    for words in ("somewhere to dance near home", "Now version 2", "somewhere to dance in winter",
                  "900", "0 of 1 agreement judged", "No assessment was kept when it began"):
        assert words in page, words
    judge = reverse("measures:review-judge", args=[*keys, dance.pk])
    said = {"verdict": "less", "reasons": "Girls come; the hall costs more.", "lessons": "Ask the school first.",
            "from_day_day": "26", "from_day_month": "2", "from_day_year": "2027"}
    refused = officer.post(judge, said).content.decode()
    assert "due 3 months&#x27; notice. Choose 27 February 2027 or later" in refused
    assert officer.post(judge, {**said, "from_day_day": "27"}).status_code == 302
    assert "Nobody has said what this review does for" in page
    decide = {"body": "Cabinet", "decided_on_day": "27", "decided_on_month": "11", "decided_on_year": "2026",
              "over": "0"}
    unsaid = member.post(reverse("measures:review-decide", args=keys), decide).content.decode()
    assert "Say it, or write why not." in unsaid
    decide["missed_because"] = "One agreement is too few to reach everybody."
    told = member.post(reverse("measures:review-decide", args=keys), decide, follow=True).content.decode()
    assert "Cabinet decided on 27 November 2026 on 1 agreement: do less of it (1)." in told
    again = member.post(reverse("measures:review-decide", args=keys), decide).content.decode()
    assert "It was decided meanwhile" in again
    decision = ReviewDecision.objects.get()
    assert (decision.need.identity.title, decision.need.number, decision.verdict) == ("Dance near home", 1, "less")
    carry = reverse("measures:review-carry", args=[*keys, 1])
    assert "What does Dance say of" in officer.get(carry).content.decode()
    assert officer.post(carry, {"n0": "supports", "text_checked": "on"}).status_code == 302
    held = NeedEvidence.objects.get()
    assert held.item.title == "What came of Dance: Dance, 2026"
    assert "Attendances: 900 (April to September 2026)." in held.item.summary
    assert CarriedOver.objects.get().need.title == "Dance near home"
    assert "carried over already" in officer.post(carry, {"n0": "mixed"}).content.decode()
    paper = officer.get(reverse("measures:review-version-paper", args=[*keys, 1, "docx"]))
    words = "\n".join(one.text for one in docx.Document(io.BytesIO(paper.content)).paragraphs)
    assert "Do less of it, from 27 February 2027. Girls come; the hall costs more." in words
    assert "Why not: One agreement is too few to reach everybody." in words


def test_what_was_decided_is_kept_as_it_stood_and_never_altered(world, dance):
    keys = [world.partnership.pk]
    officer, member = signed_in(world.admin()), viewer_of(world.people[Role.ELECTED_MEMBER])
    by = viewer_of(world.admin())
    review = open_review(by=by, partnership=world.partnership, title="Dance", first=date(2025, 4, 1),
                         last=date(2026, 9, 30), agreements=(dance.pk,))
    judge_agreement(by=by, line=review.lines.get(), said=Judged(
        verdict="more", reasons="It works.", from_day=date(2026, 12, 1)))
    version = decide_review(by=member, review=review, body="Cabinet", decided_on=date(2026, 11, 20),
                            missed_because="Too few agreements.")
    assert frozen_of(thawed(version.frozen)) == version.frozen
    judge_agreement(by=by, line=review.lines.get(), said=Judged(
        verdict="same", reasons="Second thoughts.", from_day=date(2026, 12, 1)))
    page = officer.get(reverse("measures:review-version", args=[*keys, review.pk, 1])).content.decode()
    assert "It works." in page
    assert "Second thoughts." not in page
    with pytest.raises(DatabaseError), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("UPDATE measures_reviewversion SET body = 'Nobody'")
    decide_review(by=member, review=review, body="Council", decided_on=date(2026, 11, 25), over=1,
                  missed_because="Too few agreements.")
    assert all(one.digest == digest_of(one.frozen) for one in ReviewVersion.objects.order_by("number"))
    old = officer.get(reverse("measures:review-version", args=[*keys, review.pk, 1])).content.decode()
    assert "Version 1, superseded since" in old


def test_an_agreement_that_answers_no_need_cannot_be_judged(world):
    by, row = viewer_of(world.admin()), agreed(world, "Boxing", "Boxers")
    review = open_review(by=by, partnership=world.partnership, title="All", first=date(2025, 4, 1),
                         last=date(2026, 9, 30), agreements=(row.pk,))
    with pytest.raises(Refused, match="answers no need"):
        judge_agreement(by=by, line=review.lines.get(), said=Judged(
            verdict="more", reasons="Yes", from_day=date(2027, 1, 1)))


@pytest.mark.parametrize(("then", "now", "words"), [
    (("2022", 20.0, 18.0, 22.0), ("2024", 26.0, 24.0, 28.0), "It moved by more than chance."),
    (("2022", 20.0, 18.0, 22.0), ("2024", 21.0, 19.0, 23.0), "no more than chance may make"),
    (("2022", 20.0, None, None), ("2024", 26.0, None, None), "no interval is given"),
    (("2024", 20.0, 18.0, 22.0), ("2024", 20.0, 18.0, 22.0), "No newer figure than on 1 April 2025."),
])
def test_a_published_figure_moved_only_where_its_intervals_say_so(then, now, words):
    one, other = (SimpleNamespace(name="Inactive adults", figure=Figure(
        value, Unit.PERCENT, "Adults", PlaceRef("district", "E1", "Testshire", 2024), period,
        SourceRef("d", "Survey", "Publisher", "OGL", "1"), "Share", "1", Quality(Grade.B, ("large",)), lower=low,
        upper=high)) for period, value, low, high in (then, now))
    assert words in moved(one, other, "1 April 2025")
