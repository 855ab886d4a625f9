"""A need from first draft to signature: the rule of support, two people at once, and who may see what."""

from __future__ import annotations

import json
from dataclasses import replace

import pytest
from django.urls import reverse
from hypothesis import given
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
from commonweal.core.viewer import SYSTEM, viewer_of
from commonweal.needs.actions.need import (
    Wording,
    hold_evidence,
    let_evidence_go,
    object_to_need,
    propose_need,
    rewrite_need,
    sign_need,
    withdraw_need,
    write_need,
)
from commonweal.needs.models import EvidenceItem, EvidenceKind, Need, NeedState, Perspective, Side, Verdict
from commonweal.needs.queries.needs import agreed_count, need_for, needs_for
from commonweal.needs.support import Support, missing_sentence, statement, support_of, support_sentence

SAID = Wording("girls of 11 to 16", "Marsh End", "somewhere to dance near home.", "Users and schools say so.")
VERDICTS = st.lists(st.tuples(st.sampled_from(Perspective.values), st.sampled_from(Verdict.values)), max_size=12)


@pytest.fixture(autouse=True)
def var(settings, tmp_path):
    settings.VAR = tmp_path


@pytest.fixture
def health(world):
    """A second organisation that signs, and its administrator."""
    board = create_organisation(by=SYSTEM, name="Testshire Health", kind=OrganisationKind.HEALTH)
    add_organisation(by=SYSTEM, partnership=world.partnership, organisation=board, signs_off=True)
    person = add_person(by=SYSTEM, email="hal@health.nhs.uk", name="Hal Health")
    give_role(by=SYSTEM, partnership=world.partnership, person=person, organisation=board, role=Role.ADMIN)
    return person


def written(world, said=SAID):
    return write_need(
        by=viewer_of(world.admin()), partnership=world.partnership, title="Dance near home", side=Side.FOR_CULTURE,
        theme="culture", said=said,
    ).identity


def item(world, perspective=Perspective.USERS, *, placed=True, **more):
    return EvidenceItem.objects.create(
        partnership=world.partnership, organisation=world.council, title=f"What {perspective} say",
        kind=EvidenceKind.SURVEY, perspective=perspective, summary="They want to dance.",
        placed=clock.now() if placed else None, **more,
    )


def proposed(world):
    need = written(world)
    hold_evidence(by=viewer_of(world.admin()), need=need, item=item(world).pk, verdict=Verdict.SUPPORTS)
    return need, propose_need(by=viewer_of(world.admin()), need=need)


@pytest.mark.parametrize(
    ("verdicts", "expected"),
    [
        ([], Support.NOT_ASKED),
        (["silent"], Support.SILENT),
        (["supports", "silent"], Support.SUPPORTS),
        (["against", "against"], Support.AGAINST),
        (["supports", "against"], Support.MIXED),
        (["mixed"], Support.MIXED),
        (["supports", "mixed"], Support.MIXED),
    ],
)
def test_support_follows_from_the_evidence(verdicts, expected):
    strip = support_of([("users", verdict) for verdict in verdicts])
    assert [one.support for one in strip] == [expected, *[Support.NOT_ASKED] * 3]
    assert strip[0].items == len(verdicts)


@given(VERDICTS)
def test_support_does_not_hang_on_the_order_or_on_published_figures(verdicts):
    strip = support_of(verdicts)
    assert support_of(reversed(verdicts)) == strip
    assert support_of([*verdicts, ("published", "against")]) == strip
    assert len(strip) == 4
    names = missing_sentence(strip)
    assert all((one.title.lower() in names) == (one.support is Support.NOT_ASKED) for one in strip)
    assert support_sentence(strip)


def test_a_need_is_one_plain_sentence():
    assert statement("girls of 11 to 16", "Marsh End ", "somewhere to dance.") == (
        "Girls of 11 to 16 in Marsh End need somewhere to dance."
    )


def test_from_draft_to_agreed(world, health):
    need, version = proposed(world)
    assert need_for(viewer_of(world.admin()), world.partnership.pk, need.pk).card.waits_for_me
    sign_need(by=viewer_of(world.admin()), need=need, number=version.number)
    need.refresh_from_db()
    assert need.state == NeedState.PROPOSED
    sign_need(by=viewer_of(health), need=need, number=version.number, comment="Gladly.")
    view = need_for(viewer_of(health), world.partnership.pk, need.pk)
    assert view.card.state is NeedState.AGREED
    assert [(seat.organisation, seat.said) for seat in view.seats] == [
        ("Testshire District Council", "signed"), ("Testshire Health", "signed")
    ]
    assert agreed_count(viewer_of(health), world.partnership.pk) == (1, 1)
    verbs = set(Event.objects.filter(subject_id=need.pk).values_list("verb", flat=True))
    assert {"need.written", "need.proposed", "need.signed", "need.agreed"} <= verbs


def test_whoever_read_an_older_version_signs_nothing(world, health):
    need, version = proposed(world)
    rewrite_need(by=viewer_of(world.admin()), need=need, over=version.number,
                 said=replace(SAID, what="somewhere to dance, free.", reason="Price was asked about."))
    propose_need(by=viewer_of(world.admin()), need=need)
    with pytest.raises(Refused, match="newer version"):
        sign_need(by=viewer_of(health), need=need, number=version.number)
    newest = need_for(viewer_of(health), world.partnership.pk, need.pk)
    assert newest.card.signed == 0
    assert newest.versions[0].number > version.number


def test_two_who_write_at_once_lose_nothing(world):
    need = written(world)
    rewrite_need(by=viewer_of(world.admin()), need=need, over=1, said=replace(SAID, who="boys", reason="First."))
    late = replace(SAID, who="all", reason="Second.")
    with pytest.raises(Refused, match="version 2 meanwhile"):
        rewrite_need(by=viewer_of(world.admin()), need=need, over=1, said=late)


def test_an_objection_is_kept_and_nothing_is_agreed(world, health):
    need, version = proposed(world)
    object_to_need(by=viewer_of(health), need=need, number=version.number, reason="Providers were not asked.")
    sign_need(by=viewer_of(world.admin()), need=need, number=version.number)
    view = need_for(viewer_of(health), world.partnership.pk, need.pk)
    assert (view.card.state, view.card.objections) == (NeedState.PROPOSED, 1)
    assert "Providers were not asked." in {seat.words for seat in view.seats}
    with pytest.raises(Refused, match="already answered"):
        sign_need(by=viewer_of(health), need=need, number=version.number)


def test_what_was_signed_stays_as_it_stood(world, health):
    need, version = proposed(world)
    row = EvidenceItem.objects.get()
    row.summary = "Something else."
    row.save()
    view = need_for(viewer_of(health), world.partnership.pk, need.pk)
    assert [one.summary for one in view.frozen] == ["They want to dance."]
    assert view.whole
    assert json.loads(version.stood.whole)["evidence"][0]["id"] == str(row.pk)
    with pytest.raises(Immutable):
        version.save()


@pytest.mark.parametrize(
    ("deed", "said"),
    [
        (lambda by, need, world: propose_need(by=by, need=need), "at least one piece of evidence"),
        (lambda by, need, world: sign_need(by=by, need=need, number=1), "is draft"),
        (lambda by, need, world: rewrite_need(by=by, need=need, over=1, said=SAID), "Say in a few words"),
        (lambda by, need, world: rewrite_need(by=by, need=need, over=1, said=replace(SAID, reason="x")),
         "Nothing was changed"),
        (lambda by, need, world: hold_evidence(by=by, need=need, item=item(world, placed=False).pk,
                                               verdict=Verdict.SUPPORTS), "still its own organisation"),
        (lambda by, need, world: object_to_need(by=by, need=need, number=9, reason="x"), "Read version 1"),
    ],
)
def test_what_cannot_be_done_is_said(world, deed, said):
    with pytest.raises(Refused, match=said):
        deed(viewer_of(world.admin()), written(world), world)


def test_evidence_of_others_cannot_be_held(world):
    need = written(world)
    for other in (item(world, withdrawn=clock.today(), withdrawn_why="Misprinted.").pk, world.partnership.pk):
        with pytest.raises(NotFound):
            hold_evidence(by=viewer_of(world.admin()), need=need, item=other, verdict=Verdict.MIXED)
    with pytest.raises(NotFound):
        let_evidence_go(by=viewer_of(world.admin()), need=need, held=need.pk)


def test_nobody_of_another_partnership_sees_or_signs(world):
    need, version = proposed(world)
    outsider = viewer_of(world.outsider)
    with pytest.raises(NotAllowed):
        needs_for(outsider, world.partnership.pk)
    for partnership in (world.partnership.pk, world.other_partnership.pk):
        with pytest.raises(NotFound):
            need_for(outsider, partnership, need.pk)
    for deed in (lambda: sign_need(by=outsider, need=need, number=version.number),
                 lambda: withdraw_need(by=outsider, need=need)):
        with pytest.raises(NotAllowed):
            deed()


def test_an_organisation_without_a_signing_seat_does_not_sign(world):
    need, version = proposed(world)
    club = create_organisation(by=SYSTEM, name="Club", kind=OrganisationKind.THIRD_SECTOR)
    add_organisation(by=SYSTEM, partnership=world.partnership, organisation=club)
    person = add_person(by=SYSTEM, email="cy@club.org", name="Cy Club")
    give_role(by=SYSTEM, partnership=world.partnership, person=person, organisation=club, role=Role.ADMIN)
    with pytest.raises(NotAllowed, match="no seat that signs"):
        sign_need(by=viewer_of(person), need=need, number=version.number)


def test_many_needs_take_as_many_queries_as_few(world, django_assert_max_num_queries):
    for at in range(12):
        written(world, replace(SAID, who=f"Girls of {at}"))
    with django_assert_max_num_queries(14):
        assert len(needs_for(viewer_of(world.admin()), world.partnership.pk)) == 12


def test_through_the_pages(world, health):
    officer, board = signed_in(world.admin()), signed_in(health)
    evidence = item(world, answered=212, asked=900)
    answer = officer.post(reverse("needs:need-write", args=[world.partnership.pk]), {
        "title": "Dance near home", "who": SAID.who, "where": SAID.where, "what": SAID.what,
        "how_we_know": SAID.how_we_know, "side": "for_culture", "theme": "culture",
    })
    need = Need.objects.get()
    page = reverse("needs:need", args=[world.partnership.pk, need.pk])
    assert answer["Location"] == page
    hold = reverse("needs:need-hold", args=[world.partnership.pk, need.pk])
    item(world)
    more = officer.post(hold, {"item": str(evidence.pk), "verdict": "supports", "note": "", "more": "1"})
    assert more["Location"] == hold
    officer.post(reverse("needs:need-propose", args=[world.partnership.pk, need.pk]))
    text = board.get(page).content.decode()
    assert "212 answered of 900 asked" in text
    assert "Not asked: wider community, partners and service providers" in text
    home = board.get(reverse("web:partnership", args=[world.partnership.pk])).content.decode()
    assert "Sign: Dance near home" in home
    number = need.versions.latest("number").number
    late = board.post(reverse("needs:need-sign", args=[world.partnership.pk, need.pk]),
                      {"answer": "sign", "words": "", "number": number - 1})
    assert "newer version of this need" in late.content.decode()
    board.post(reverse("needs:need-sign", args=[world.partnership.pk, need.pk]),
               {"answer": "sign", "words": "", "number": number})
    assert "Signed by Hal Health" in officer.get(page).content.decode()
