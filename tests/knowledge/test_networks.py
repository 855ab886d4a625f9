"""Networks of peers by hand: joined, asked, answered; whom to ring; nothing of it for anybody else."""

from __future__ import annotations

import re
from datetime import UTC, datetime, timedelta

import pytest
from django.urls import reverse
from tests.world import signed_in

from commonweal.core import clock
from commonweal.core.actions.people import erase_person
from commonweal.core.errors import NotAllowed, NotFound, Refused
from commonweal.core.models import TombstoneReason
from commonweal.core.permissions import Role
from commonweal.core.viewer import SYSTEM, viewer_of
from commonweal.knowledge.actions.networks import (
    answer_question,
    ask_network,
    begin_network,
    join_network,
    leave_network,
    say_helped,
)
from commonweal.knowledge.models import Among, PeerAnswer, PeerMember, PeerNetwork, PeerQuestion
from commonweal.knowledge.queries.networks import network_for, networks_for, unanswered_for

NOW = datetime(2026, 5, 1, 9, 0, tzinfo=UTC)


@pytest.fixture(autouse=True)
def now(settings, tmp_path):
    settings.VAR = tmp_path
    with clock.fixed(NOW):
        yield


def words(answer):
    return " ".join(re.sub(r"<[^>]*>", " ", answer.content.decode()).split())


def begun(world, *, wide: bool = False) -> PeerNetwork:
    row = begin_network(by=viewer_of(world.admin()), partnership=world.partnership, title="Halls",
                        about="Leases and heating.", among=Among.CLUBS, wide=wide)
    join_network(by=viewer_of(world.admin()), network=row, partnership=world.partnership, knows="grants")
    return row


@pytest.mark.promise("K5")
def test_peers_ask_each_other_and_know_whom_to_ring(world):
    """Through pages: begun, joined by two, a question waits for the other, is answered, and it helped."""
    here = {"partnership": world.partnership.pk}
    one, two = signed_in(world.admin()), signed_in(world.people[Role.PROVIDER])
    asked_to = one.post(reverse("knowledge:network-begin", kwargs=here), {
        "title": "Halls that run themselves", "about": "Leases, heating, volunteers.", "among": "clubs",
        "wide": "no"})
    row = PeerNetwork.objects.get()
    assert asked_to.url == reverse("knowledge:network-join", args=[*here.values(), row.pk])
    keys = [*here.values(), row.pk]
    one.post(asked_to.url, {"knows": "small grants"})
    assert "for members alone" in words(two.get(reverse("knowledge:network", args=keys)))
    two.post(reverse("knowledge:network-join", args=keys), {"knows": "leases of halls", "reach": "01632 960155"})
    one.post(reverse("knowledge:network-ask", args=keys), {"words": "Who has signed a lease for a hall?"})
    page = words(one.get(reverse("knowledge:network", args=keys)))
    assert "Nobody has answered yet. Ring somebody who knows of it:" in page
    assert "leases of halls. 01632 960155" in page
    assert "Answer your peers" in words(two.get(reverse("web:partnership", kwargs=here)))
    question = PeerQuestion.objects.get()
    with clock.fixed(NOW + timedelta(days=2)):
        two.post(reverse("knowledge:network-answer", args=[*keys, question.pk]), {"words": "We have, last year."})
    answer = PeerAnswer.objects.get()
    one.post(reverse("knowledge:network-helped", args=[*keys, question.pk, answer.pk]))
    page = words(two.get(reverse("knowledge:network", args=keys)))
    assert "2 members. 1 of 1 question answered, half of them within 2 days." in page
    assert "It helped." in page
    assert "Answer your peers" not in words(two.get(reverse("web:partnership", kwargs=here)))


@pytest.mark.parametrize("wide", [False, True])
def test_others_see_a_network_only_where_it_is_open_and_never_what_is_said(world, wide):
    row = begun(world, wide=wide)
    ask_network(by=viewer_of(world.admin()), network=row, words="A lease?")
    there, outsider = world.other_partnership, viewer_of(world.outsider)
    assert len(networks_for(outsider, there.pk)) == wide
    assert networks_for(viewer_of(world.invented_person), world.invented.pk) == ()
    if not wide:
        with pytest.raises(NotFound):
            join_network(by=outsider, network=row, partnership=there, knows="leases")
        return
    assert network_for(outsider, there.pk, row.pk).questions == ()
    assert network_for(outsider, there.pk, row.pk).peers == ()
    join_network(by=outsider, network=row, partnership=there, knows="leases", reach="01632 960100")
    assert len(network_for(outsider, there.pk, row.pk).questions) == 1
    assert unanswered_for(outsider, there.pk)[0][1] == 1


def test_only_members_speak_and_only_who_asked_says_what_helped(world):
    row, admin = begun(world), viewer_of(world.admin())
    other = viewer_of(world.people[Role.ANALYST])
    question = ask_network(by=admin, network=row, words="A lease?")
    with pytest.raises(NotAllowed, match="Join it first"):
        answer_question(by=other, question=question, words="Yes.")
    with pytest.raises(Refused, match="name already"):
        begin_network(by=admin, partnership=world.partnership, title="Halls", about="x", among=Among.CLUBS,
                      wide=False)
    join_network(by=other, network=row, partnership=world.partnership, knows="leases")
    answer = answer_question(by=other, question=question, words="Yes.")
    with pytest.raises(NotAllowed, match="whoever asked"):
        say_helped(by=other, question=question, answer=answer.pk)
    leave_network(by=other, network=row)
    leave_network(by=admin, network=row)
    row.refresh_from_db()
    assert row.ended_on == NOW.date()
    assert not PeerMember.objects.exists()


def test_a_person_who_is_forgotten_is_in_no_network(world):
    row, person = begun(world), world.people[Role.ANALYST]
    join_network(by=viewer_of(person), network=row, partnership=world.partnership, knows="leases", reach="01632")
    question = ask_network(by=viewer_of(world.admin()), network=row, words=f"Ask {person.name} about it?")
    answer_question(by=viewer_of(person), question=question, words="Yes.")
    erase_person(by=SYSTEM, person=person, reason=TombstoneReason.ASKED)
    found = network_for(viewer_of(world.admin()), world.partnership.pk, row.pk)
    assert [one.name for one in found.peers] == [world.admin().name]
    assert found.questions[0].words == "Ask somebody about it?"
    assert found.questions[0].answers[0].who == "Somebody who has left"


@pytest.mark.parametrize(("route", "said"), [
    ("network-begin", {"title": "x" * 500, "about": "y", "among": "clubs", "wide": "no"}),
    ("network-begin", {"title": "a\x00b", "about": "y", "among": "nobody", "wide": "perhaps"}),
    ("network-join", {"knows": "z" * 999}), ("network-ask", {"words": "w" * 2000}),
    ("network-ask", {"words": "\x00"}),
])
def test_what_is_typed_wrong_gets_a_sentence(world, route, said):
    keys = [world.partnership.pk] if route == "network-begin" else [world.partnership.pk, begun(world).pk]
    answer = signed_in(world.admin()).post(reverse(f"knowledge:{route}", args=keys), said)
    assert answer.status_code == 200
    assert "There is a problem" in words(answer)
