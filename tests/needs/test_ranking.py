"""Needs put in order: the rule fixed beforehand, rankings sealed, replaced until the last day, then left alone."""

from __future__ import annotations

from datetime import datetime, timedelta
from html import unescape
from io import BytesIO
from uuid import uuid4

import docx
import pytest
from django.urls import reverse
from hypothesis import given as given_any
from hypothesis import settings
from hypothesis import strategies as st
from tests.world import signed_in

from commonweal.core import clock
from commonweal.core.actions.organisations import create_organisation
from commonweal.core.actions.partnerships import add_organisation
from commonweal.core.actions.people import add_person
from commonweal.core.actions.roles import give_role
from commonweal.core.errors import Immutable, NotAllowed, NotFound, Refused
from commonweal.core.models import Event, OrganisationKind
from commonweal.core.permissions import Role
from commonweal.core.purpose import Purpose
from commonweal.core.viewer import SYSTEM, viewer_of
from commonweal.needs.actions.need import Wording, withdraw_need, write_need
from commonweal.needs.actions.ranking import Given, RoundPlan, give_ranking, open_round
from commonweal.needs.agreement import agreement_of
from commonweal.needs.agreement_words import told
from commonweal.needs.content import read
from commonweal.needs.models import Need, PoolingRule, Ranking, RankingRound, RankingVersion, Side
from commonweal.needs.models.ranking import Side as View
from commonweal.needs.queries.ranking import (
    RankedLine,
    RankingLine,
    RoundCard,
    RoundView,
    SeatAnswer,
    round_for,
    rounds_for,
)

TITLES = ("Dance near home", "Company on Sundays", "Evenings in the parks")


@pytest.fixture(autouse=True)
def var(settings, tmp_path):
    settings.VAR = tmp_path


@pytest.fixture
def health(world):
    return newcomer(world, "Testshire Health")


def newcomer(world, name, *, role=Role.ADMIN):
    """A second organisation with a seat, and somebody who speaks for it."""
    board = create_organisation(by=SYSTEM, name=name, kind=OrganisationKind.HEALTH)
    add_organisation(by=SYSTEM, partnership=world.partnership, organisation=board, signs_off=True)
    person = add_person(by=SYSTEM, email=f"{name.split()[-1].lower()}@example.org", name=f"Pat {name}")
    give_role(by=SYSTEM, partnership=world.partnership, person=person, organisation=board, role=role)
    return person


def needs_of(world):
    said = Wording("girls", "Marsh End", "somewhere to dance.", "They say so.")
    return tuple(
        write_need(by=viewer_of(world.admin()), partnership=world.partnership, title=title,
                   side=Side.FOR_CULTURE, theme="culture", said=said).identity_id
        for title in TITLES
    )


def opened(world, needs=None, **more):
    plan = {"title": "Autumn", "needs": needs or needs_of(world), "closes": clock.today() + timedelta(days=7),
            "rule": PoolingRule.BORDA, **more}
    return open_round(by=viewer_of(world.admin()), partnership=world.partnership, plan=RoundPlan(**plan))


def given(row, person, places, *, side=View.PARTNERS, over=0, note=""):
    keys = row.needs.order_by("position").values_list("version__identity_id", flat=True)
    said = {key: place for key, place in zip(keys, places, strict=True) if place is not None}
    order = Given(side=side, places=said, over=over, note=note)
    return give_ranking(by=viewer_of(person), ranked=row, given=order)


def shown(row, person):
    return round_for(viewer_of(person), row.partnership_id, row.pk)


def later(days):
    return clock.fixed(clock.now() + timedelta(days=days))


def test_others_are_sealed_until_one_has_ranked(world, health):
    row = opened(world)
    given(row, world.admin(), (1, 2, 2))
    before = shown(row, health)
    assert (before.rankings, before.sealed, before.card.given) == ((), True, 1)
    assert [seat.given for seat in before.seats] == [True, False]
    given(row, health, (None, 1, None))
    after = shown(row, health)
    assert not after.sealed
    assert [line.places for line in after.rankings] == [(1, 2, 2), (None, 1, None)]


def test_the_records_themselves_are_sealed(world, health):
    row = opened(world)
    given(row, world.admin(), (1, 2, 3))
    outsider = viewer_of(world.outsider)
    for model in (Ranking, RankingVersion):
        for viewer, seen in ((viewer_of(health), 0), (viewer_of(world.admin()), 1), (outsider, 0)):
            assert model.objects.visible_to(viewer, Purpose.ASSESSMENT).count() == seen
    with later(8):
        assert RankingVersion.objects.visible_to(viewer_of(health), Purpose.ASSESSMENT).count() == 1
        assert RankingVersion.objects.visible_to(outsider, Purpose.ASSESSMENT).count() == 0


def test_who_speaks_for_two_sees_nothing_until_both_have_ranked(world, health):
    third = newcomer(world, "Testshire Police")
    give_role(by=SYSTEM, partnership=world.partnership, person=health, organisation=world.council,
              role=Role.CONTRIBUTOR)
    row = opened(world)
    given(row, third, (3, 2, 1))
    given(row, world.admin(), (1, 2, 3))
    seen = RankingVersion.objects.visible_to(viewer_of(health), Purpose.ASSESSMENT)
    assert {one.identity.organisation for one in seen} == {world.council}


def test_a_ranking_is_replaced_until_the_last_day_and_kept(world):
    row = opened(world)
    given(row, world.admin(), (1, 2, 3))
    with pytest.raises(Refused, match="ranked meanwhile"):
        given(row, world.admin(), (3, 2, 1))
    with later(7):
        assert given(row, world.admin(), (3, 2, 1), over=1).number == 2
        assert given(row, world.admin(), (3, 2, 1), over=2).number == 2
    assert [line.places for line in shown(row, world.admin()).rankings] == [(3, 2, 1)]
    assert RankingVersion.objects.count() == 2
    with later(8), pytest.raises(Refused, match="closed"):
        given(row, world.admin(), (1, 1, 1), over=2)


def test_nothing_of_an_opened_round_can_change(world):
    row = opened(world)
    row.rule = PoolingRule.KEMENY
    with pytest.raises(Immutable):
        row.save()
    with pytest.raises(Immutable):
        RankingRound.objects.update(rule=PoolingRule.KEMENY)


@pytest.mark.parametrize(
    ("change", "said"),
    [
        (lambda world, needs: {"needs": needs[:1]}, "from 2 to 20"),
        (lambda world, needs: {"needs": needs, "closes": clock.today() - timedelta(days=1)}, "passed already"),
        (lambda world, needs: {"needs": needs, "weights": {world.council.pk: 11}}, "from 1 to 10"),
        (lambda world, needs: {"needs": needs, "weights": {world.other_council.pk: 2}}, "no seat here"),
        (lambda world, needs: {"needs": needs, "weights": {world.council.pk: 2}}, "where they agreed it"),
        (lambda world, needs: {"needs": needs, "title": " "}, "cannot be blank"),
    ],
)
def test_what_cannot_be_opened_is_said(world, health, change, said):
    with pytest.raises(Refused, match=said):
        opened(world, **change(world, needs_of(world)))


@pytest.mark.parametrize(
    ("places", "said"),
    [((None, None, None), "at least one need"), ((0, 1, 2), "from 1 to 3"), ((4, 1, 2), "from 1 to 3")],
)
def test_what_cannot_be_ranked_is_said(world, places, said):
    with pytest.raises(Refused, match=said):
        given(opened(world), world.admin(), places)
    assert not Ranking.objects.exists()


def test_a_reason_that_names_a_person_is_not_taken(world):
    with pytest.raises(Refused, match="name a person"):
        given(opened(world), world.admin(), (1, 2, 3), note="Ring Mrs Smith on 01632 960123")


def test_who_may_not_rank(world, health):
    row = opened(world)
    for role in (Role.OBSERVER, Role.ELECTED_MEMBER, Role.PROVIDER, Role.CERTIFIER):
        with pytest.raises(NotAllowed):
            given(row, world.people[role], (1, 2, 3))
    with pytest.raises(NotAllowed):
        given(row, world.outsider, (1, 2, 3))
    for partnership in (world.partnership.pk, world.other_partnership.pk):
        with pytest.raises(NotFound):
            round_for(viewer_of(world.outsider), partnership, row.pk)
    with pytest.raises(NotAllowed):
        rounds_for(viewer_of(world.outsider), world.partnership.pk)


def test_a_withdrawn_need_is_not_put_in_order(world):
    needs = needs_of(world)
    withdraw_need(by=viewer_of(world.admin()), need=Need.objects.get(pk=needs[0]))
    with pytest.raises(NotFound):
        opened(world, needs)


def test_deeds_leave_events_without_words(world):
    row = opened(world)
    given(row, world.admin(), (1, 2, 3), note="Because.")
    verbs = list(Event.objects.filter(verb__startswith="ranking.").values_list("verb", "subject_type"))
    assert verbs == [("ranking.opened", "needs.rankinground"), ("ranking.given", "needs.ranking")]


def test_many_rounds_take_as_many_queries_as_few(world, django_assert_max_num_queries):
    needs = needs_of(world)
    for _ in range(8):
        opened(world, needs)
    with django_assert_max_num_queries(8):
        assert len(rounds_for(viewer_of(world.admin()), world.partnership.pk)) == 8


def test_through_the_pages(world, health):
    officer, board = signed_in(world.admin()), signed_in(health)
    needs, last = needs_of(world), clock.today() + timedelta(days=3)
    asked = {"title": "Autumn", "needs": [str(key) for key in needs], "rule": "kemeny", "closes_day": last.day,
             "closes_month": last.month, "closes_year": last.year, "weights_reason": ""}
    assert "Choose" in officer.post(reverse("needs:ranking-open", args=[world.partnership.pk]),
                                    {**asked, "rule": ""}).content.decode()
    answer = officer.post(reverse("needs:ranking-open", args=[world.partnership.pk]), asked)
    row = RankingRound.objects.get()
    page = reverse("needs:ranking-round", args=[world.partnership.pk, row.pk])
    assert answer["Location"] == page
    home = board.get(reverse("web:partnership", args=[world.partnership.pk])).content.decode()
    assert "Put needs in order: Autumn" in home
    ask = reverse("needs:ranking-rank", args=[world.partnership.pk, row.pk, "partners"])
    wrong = board.post(ask, {str(needs[0]): "9", "over": 0}).content.decode()
    assert "Choose a place from 1 to 3 for “Dance near home”" in wrong
    board.post(ask, {str(needs[0]): "1", str(needs[1]): "1", str(needs[2]): "", "over": 0, "note": "So it is."})
    text = board.get(page).content.decode()
    assert "1 of 2 organisations have ranked" in text
    assert "not ranked" in text
    assert "not ranked" not in officer.get(page).content.decode()
    assert 'selected' in board.get(ask).content.decode()


def test_the_last_day_counts_in_london(world):
    row = opened(world, closes=clock.today())
    night = datetime(row.closes.year, row.closes.month, row.closes.day, 22, 30, tzinfo=clock.LONDON)
    with clock.fixed(night):
        assert given(row, world.admin(), (1, 2, 3)).number == 1
    with clock.fixed(night + timedelta(hours=2)), pytest.raises(Refused, match="closed"):
        given(row, world.admin(), (3, 2, 1), over=1)


def told_of(row, person):
    found = agreement_of(shown(row, person))
    assert found is not None
    return found, told(found)


def test_agreement_by_hand(world, health):
    """Orders 123, 123 and 321: rank sums 5, 6, 7, so S = 2 and W = 12 x 2 / (9 x 24)."""
    row = opened(world)
    given(row, world.admin(), (1, 2, 3))
    given(row, health, (1, 2, 3))
    given(row, newcomer(world, "Testshire Trust"), (3, 2, 1), side=View.PROVIDERS)
    found, said = told_of(row, world.admin())
    assert found.w.w == pytest.approx(1 / 9)
    assert [one.tau for one in found.pairs] == [pytest.approx(1), pytest.approx(-1), pytest.approx(-1)]
    assert [(line.place, line.need.title, line.points) for line in found.order] == [
        (1, TITLES[0], 4.0), (2, TITLES[1], 3.0), (3, TITLES[2], 2.0)
    ]
    assert (found.split.need.title, found.split.high_place, found.split.low_place) == (TITLES[0], 1, 3)
    assert "hardly at all" in said.answer
    assert "may be chance alone" in said.chance
    assert "Testshire Trust (service providers)" in said.question
    assert said.missing == ("Missing: nobody ranked for existing users and wider community. "
                            "The order does not speak for them.",)


def test_organisations_count_equally_however_many_perspectives_they_rank_from(world, health):
    row = opened(world)
    for side in (View.PARTNERS, View.USERS, View.COMMUNITY):
        given(row, world.admin(), (1, 2, 3), side=side)
    given(row, health, (3, 2, 1))
    found, _ = told_of(row, health)
    assert [line.place for line in found.order] == [1, 1, 1]


def test_agreed_weights_count_and_what_hangs_on_them_is_said(world, health):
    row = opened(world, weights={world.council.pk: 3}, weights_reason="Board of 3 May.")
    given(row, world.admin(), (1, 2, 3))
    given(row, health, (3, 2, 1))
    found, said = told_of(row, health)
    assert [line.need.title for line in found.order] == list(TITLES)
    without = {flip.without: [(one.title, other.title) for one, other in flip.pairs] for flip in found.flips}
    assert without[""] == []
    assert (TITLES[1], TITLES[0]) in without["Testshire District Council"]
    assert without["Testshire Health"] == []
    assert any(line.startswith("Without Testshire District Council, Company on Sundays would come before Dance")
               for line in said.sensitivity)


def test_kemeny_overrules_fewest(world, health):
    """Orders 123, 123 and 231: of nine preferences the order 123 keeps seven, more than any other."""
    row = opened(world, rule=PoolingRule.KEMENY)
    given(row, world.admin(), (1, 2, 3))
    given(row, health, (1, 2, 3))
    given(row, newcomer(world, "Testshire Trust"), (2, 3, 1))
    found, _ = told_of(row, health)
    assert [line.need.title for line in found.order] == list(TITLES)
    assert found.kept == pytest.approx(7 / 9)


@pytest.mark.parametrize(
    ("orders", "answer", "split"),
    [
        (((1, 1, 1), (None, None, 1)), "agree", "part most"),
        (((1, 1, 1), (2, 2, 2)), "cannot be told", "same place"),
        (((1, 2, 3), (1, 2, 3)), "almost wholly", "same place"),
    ],
)
def test_level_orders_are_told_honestly(world, health, orders, answer, split):
    row = opened(world)
    given(row, world.admin(), orders[0])
    given(row, health, orders[1])
    _, said = told_of(row, health)
    assert answer in said.answer
    assert split in said.split
    assert said.chart.table.rows


def test_no_picture_while_sealed_or_of_one_order(world, health):
    row = opened(world)
    given(row, world.admin(), (1, 2, 3))
    assert agreement_of(shown(row, world.admin())) is None
    given(row, world.admin(), (3, 2, 1), side=View.USERS)
    assert agreement_of(shown(row, world.admin())) is not None
    assert agreement_of(shown(row, health)) is None


@given_any(st.lists(st.lists(st.one_of(st.none(), st.integers(1, 4)), min_size=4, max_size=4),
                    min_size=2, max_size=4), st.sampled_from(PoolingRule))
@settings(max_examples=15, deadline=None)
def test_any_orders_give_words_and_every_need_a_place(orders, rule):
    needs = tuple(RankedLine(uuid4(), f"Need {at}", "So.", 1) for at in range(4))
    names = [(uuid4(), f"Partner {at}") for at in range(len(orders))]
    lines = tuple(RankingLine(key, name, View.PARTNERS, tuple(order), "", 1, clock.now(), False)
                  for (key, name), order in zip(names, orders, strict=True))
    card = RoundCard(uuid4(), "Any", clock.today(), clock.today(), False, True, rule, 4, len(orders), len(orders),
                     False, False)
    seats = tuple(SeatAnswer(*one, 1, True) for one in names)
    found = agreement_of(RoundView(card, needs, seats, "", lines, False))
    assert {line.need for line in found.order} == set(needs)
    assert found.order[0].place == 1
    assert 0 <= found.kept <= 1
    assert found.w is None or -1e-9 <= found.w.w <= 1 + 1e-9
    assert len(found.flips) == 1 + len(orders)


def test_bands_cover_every_agreement():
    bands = [one["least"] for one in read("ranking")["agreement"]["bands"]]
    assert bands == sorted(bands, reverse=True)
    assert bands[-1] == 0


def test_agreement_is_measured_shown_and_taken_to_a_workshop(world, health):
    row = opened(world)
    given(row, world.admin(), (1, 2, 3))
    given(row, health, (3, 2, 1))
    board = signed_in(health)
    keys = [world.partnership.pk, row.pk]
    text = unescape(board.get(reverse("needs:ranking-round", args=keys)).content.decode())
    for words in ("Kendall's W", "may be chance alone", "Orders part most on “Dance near home”",
                  "By the other rule",
                  "Missing: nobody ranked for service providers, existing users and wider community",
                  "Testshire District Council and Testshire Health", "25 minutes"):
        assert words in text
    answer = board.get(reverse("needs:ranking-workshop", args=[*keys, "docx"]))
    body = " ".join(paragraph.text for paragraph in docx.Document(BytesIO(answer.content)).paragraphs)
    assert "What does Testshire District Council see of “Dance near home”" in body
    third = signed_in(newcomer(world, "Testshire Trust"))
    shut = third.get(reverse("needs:ranking-workshop", args=[*keys, "docx"]))
    assert shut.status_code == 400
    assert "Kendall's W" not in unescape(third.get(reverse("needs:ranking-round", args=keys)).content.decode())
