"""A change kept with an agreement: sums and no scores, few people hidden, a licence where one is needed, packs."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest
from django.test import Client
from django.urls import reverse
from tests.access.returns import agreed
from tests.world import signed_in

from commonweal.core import clock
from commonweal.core.permissions import Role
from commonweal.measures.instrument_packs import instruments_here
from commonweal.measures.models import KeptChange
from commonweal.measures.pages.scoring import scored
from commonweal.policy.instruments import instruments

NOW = datetime(2026, 1, 20, 10, 0, tzinfo=UTC)
DAYS = {"first_day": "1", "first_month": "4", "first_year": "2025", "last_day": "19", "last_month": "1",
        "last_year": "2026"}
PACK = ("instruments:\n  - {key: star, title: Our star, enter: a reading, low: 1, high: 5, whole: true, "
        "unit: points, higher_is_better: true, terms: Ours., source: Ours, verification: seen}\n")


@pytest.fixture(autouse=True)
def at(settings, tmp_path):
    settings.VAR = tmp_path
    with clock.fixed(NOW):
        yield


def kept(world, pairs, **more):
    row = agreed(world)
    said = DAYS | {"instrument": "satisfaction", "chosen": "yes", "began": "", "pairs": "\n".join(pairs)} | more
    told = signed_in(world.admin()).post(
        reverse("measures:change-keep", args=[world.partnership.pk, row.pk]), said, follow=True)
    return " ".join(told.content.decode().split())


@pytest.mark.promise("M3")
def test_a_change_is_kept_in_sums_and_read_with_its_doubt(world):
    told = kept(world, ["2, 3", "3, 4", "1, 2", "2, 2", "3, 3"] * 3, began="20")
    assert "no more than was to be expected had nothing been done" in told
    assert "15 people were measured twice, of 20 who began" in told
    assert "kept in sums and never altered" in told
    row = KeptChange.objects.get()
    assert {type(one) for line in row.rows for one in line} == {str, float}, "means and bounds, nobody's score"
    address = reverse("measures:agreement-performance", args=[world.partnership.pk, row.agreement_id])
    page = signed_in(world.people[Role.OBSERVER]).get(address).content.decode()
    assert "Life satisfaction (ONS), 1 April 2025 to 19 January 2026" in page
    one = reverse("measures:change-kept", args=[world.partnership.pk, row.pk])
    assert signed_in(world.outsider).get(one).status_code == 404
    paper = signed_in(world.admin()).get(reverse("measures:self-assessment", args=[world.partnership.pk]))
    assert "Change of the same people" in paper.content.decode()


def test_few_people_are_not_counted_and_a_licensed_scale_takes_a_licence(world):
    told = kept(world, ["2, 9", "3, 9", "1, 9"])
    assert "3 people are too few for a mean" in told
    assert "how many fared better is not kept" in told
    assert KeptChange.objects.get().counts == ""
    told = kept(world, ["14, 21"] * 12, instrument="swemwbs")
    assert "This scale is used under a licence" in told
    assert "licence: W-123" in kept(world, ["14, 21", "15, 20"] * 6, instrument="swemwbs", licence="W-123")
    assert "The last day is in the future" in kept(world, ["4, 5"] * 6, last_year="2027")
    assert "tells of groups" in kept(world, ["1, 3", "2, 3"] * 6, instrument="active-days")


def test_a_pack_adds_a_licensed_scale_and_one_that_does_not_fit_is_left_out(tmp_path, caplog):
    (tmp_path / "instruments").mkdir()
    (tmp_path / "instruments" / "star.yaml").write_text(PACK)
    for name, text in (("a", "instruments: [{key: swemwbs}]"), ("b", "- 1"), ("c", "{"),
                       ("d", PACK.replace("star,", "happy,"))):
        (tmp_path / "instruments" / f"{name}.yaml").write_text(text)
    found = instruments_here()
    assert len(found.all) == len(instruments().all) + 1
    assert found.of("star").licensed
    assert len(caplog.records) == 4


@pytest.mark.parametrize(("kind", "lines", "words"), [
    ("swemwbs", [[3] * 7] * 5, "5 people scored. Their mean is 19.2 points on the metric scale."),
    ("ucla", [[1, 2, 3]] * 4, "4 people scored. They are too few for a mean."),
    ("ipaq", [[0, 0, 1, 720, 6, 10], [3, 63, 0, 0, 0, 0], [1, 900, 1, 100, 0, 0]],
     "Of 2 people: low 0, moderate 1, high 1. 1 left out: their answers cannot be."),
    ("minutes", [[0, 0, 5, 30, 0, 0], [0, 0, 0, 0, 1, 10]], "inactive 1, fairly active 0, active 1."),
    ("recommend", [[10]] * 60 + [[8]] * 25 + [[2]] * 15, "+45, give or take 15: "),
])
def test_answers_are_scored_by_the_instruments_own_rule(kind, lines, words):
    assert words in scored(kind, lines).answer


@pytest.mark.django_db
@pytest.mark.parametrize(("kind", "lines", "words"), [
    ("ucla", "1, 2, 3\n3 3 3", "2 people scored"), ("ucla", "1, 2", "Line 1: give 3 numbers; this has 2"),
    ("ucla", "1, 2, 9", "9 is not from 1 to 3"), ("recommend", "=1+1", "Give the answers"),
    ("ipaq", "8, 10, 0, 0, 0, 0", "8 is not from 0 to 7"), ("recommend", "5\nx", "x is not a number"),
])
def test_the_page_that_scores_says_what_it_cannot_read(kind, lines, words):
    page = Client().post(reverse("measures:score"), {"kind": kind, "lines": lines}).content.decode()
    assert words in page
