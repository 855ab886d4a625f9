"""The register of people end to end: asked, said yes, spoken for by link, a reply, gone; never unasked."""

from __future__ import annotations

import re
from datetime import UTC, datetime, timedelta

import pytest
from django.core import mail
from django.test import Client
from django.urls import reverse
from tests.access.people import asked, listed
from tests.world import signed_in

from commonweal.core import clock
from commonweal.core.actions.people import add_person, erase_person
from commonweal.core.errors import NotFound, Refused
from commonweal.core.models import TombstoneReason
from commonweal.core.viewer import SYSTEM, viewer_of
from commonweal.providers.actions.advisers import (
    AdviserSaid,
    WorkSaid,
    add_work,
    adviser_behind,
    adviser_token,
    answer_reference,
    ask_adviser,
    ask_reference,
    let_adviser_go,
    let_old_advisers_go,
    reply_to,
    say_yes,
)
from commonweal.providers.models import Adviser, AdviserKind, AdviserWork, Reference
from commonweal.providers.queries.advisers import adviser_for, people_for

NOW = datetime(2026, 5, 1, 9, tzinfo=UTC)
ANSWERS = {"what": "She read our books.", "asked": "yes", "day": "partly", "price": "yes", "used": "yes",
           "again": "no", "ties": "none"}


@pytest.fixture(autouse=True)
def var(tmp_path, settings):
    settings.VAR = tmp_path
    settings.SITE_ADDRESS = "https://people.example"
    with clock.fixed(NOW):
        yield


def words(answer):
    return " ".join(re.sub(r"<[^>]*>", " ", answer.content.decode()).split())


def link():
    return re.search(r"https://people\.example(\S+)", mail.outbox[-1].body)[1]


@pytest.mark.promise("V8")
def test_a_person_is_asked_says_yes_is_spoken_for_and_replies(world):
    key, member, anybody = world.partnership.pk, signed_in(world.admin()), Client()
    member.post(reverse("providers:people-ask", args=[key]), {
        "name": "Jo Peer", "email": "Jo@peer.example", "kind": "consultant"})
    page = words(member.get(reverse("providers:people", args=[key])))
    assert "Nobody is on the list yet" in page
    assert "1 was asked" in page
    own = link()
    assert "Nothing is shown until you say yes" in words(anybody.get(own))
    said = {"about": "I read the books of clubs.", "conflicts": "I advise Otherham.", "reach": "01632 960001",
            "prices": "£300 a day"}
    assert "Tick the box" in words(anybody.post(own + "say/", said))
    anybody.post(own + "say/", said | {"consent": "on"})
    anybody.post(own + "work/", {"what": "Accounts of a club", "client": "Marsh End Choir", "since": "2024",
                                 "until": "2025"})
    work = AdviserWork.objects.get()
    assert "You are on the list" in words(anybody.post(own + f"work/{work.pk}/ask/", {
        "name": "Kit Client", "email": "kit@choir.example"}, follow=True))
    referee = link()
    assert "Accounts of a club" in words(anybody.get(referee))
    assert "Answer the question: Did you use what they made?" in words(anybody.post(referee, {"what": "x"}))
    assert "Thank you" in words(anybody.post(referee, ANSWERS))
    spoken = Reference.objects.get()
    anybody.post(own + f"reply/{spoken.pk}/", {"words": "The papers came a month late."})
    shown = words(member.get(reverse("providers:person", args=[key, Adviser.objects.get().pk])))
    for told in ("I advise Otherham.", "£300 a day", "For Marsh End Choir, 2024 to 2025", "Kit Client said on",
                 "Would you ask them again for the same? No", "Jo Peer replies: The papers came a month late."):
        assert told in shown
    assert "1 person fits that" in words(member.get(reverse("providers:people", args=[key]) + "?q=books"))
    assert "for good" in words(anybody.get(own + "delete/"))
    anybody.post(own + "delete/")
    assert anybody.get(own).status_code == 404
    assert anybody.get(referee).status_code == 404
    assert not re.search(
        "Jo Peer|books|Kit", str(list(Adviser.objects.values()) + list(Reference.objects.values()))
    )


def test_who_did_not_say_yes_is_nowhere_and_wide_is_chosen(world):
    row = ask_adviser(by=viewer_of(world.admin()), partnership=world.partnership, name="Jo", email="j@p.example",
                      kind=AdviserKind.PEER)
    with pytest.raises(NotFound):
        adviser_for(viewer_of(world.admin()), world.partnership.pk, row.pk)
    with pytest.raises(Refused, match="Say yes first"):
        ask_reference(work=add_work(adviser=row, said=WorkSaid(what="w", client="c", since=2020)), name="a",
                      email="a@b.example")
    outside = viewer_of(world.outsider)
    for wide in (False, True):
        say_yes(adviser=row, said=AdviserSaid(about="a", conflicts="none", reach="r", wide=wide))
        assert len(people_for(outside, world.other_partnership.pk).cards) == wide
        invented = people_for(viewer_of(world.invented_person), world.invented.pk)
        assert invented.cards == ()                          # real people never stand among invented ones


def test_order_is_by_name_and_nothing_else(world):
    for name, price in (("Zed", "£0"), ("Amy", "£900"), ("Bo", "")):
        row = ask_adviser(by=viewer_of(world.admin()), partnership=world.partnership, name=name,
                          email=f"{name}@p.example", kind=AdviserKind.CONSULTANT)
        say_yes(adviser=row, said=AdviserSaid(about="a", conflicts="none", reach="r", prices=price))
    found = people_for(viewer_of(world.admin()), world.partnership.pk).cards
    assert [one.name for one in found] == ["Amy", "Bo", "Zed"]


def test_a_referee_may_take_it_back_and_a_reply_goes_with_it(world):
    one = asked(world)
    answer_reference(reference=one, answers=ANSWERS)
    reply_to(reference=one, words="Thank you.")
    answer_reference(reference=one, answers=None)
    held = Reference.objects.get()
    assert (held.answers, held.reply, held.answered_at) == ({}, "", None)
    with pytest.raises(Refused, match="nothing to reply"):
        reply_to(reference=one, words="x")


def test_what_is_old_or_unanswered_goes(world):
    one = asked(world)
    silent = ask_adviser(
        by=viewer_of(world.admin()),
        partnership=world.partnership,
        name="Si",
        email="s@p.example",
        kind=AdviserKind.PEER,
    )
    with clock.fixed(NOW + timedelta(days=61)):
        let_old_advisers_go()
    silent.refresh_from_db()
    one.refresh_from_db()
    assert (silent.name, silent.email, one.email) == ("", "", "")
    with clock.fixed(NOW + timedelta(days=731)):
        let_old_advisers_go()
    assert not Adviser.objects.listed().exists()
    assert people_for(viewer_of(world.admin()), world.partnership.pk).gone == 2


def test_who_asks_to_be_forgotten_is_forgotten_as_adviser_and_as_referee(world):
    one = asked(world)
    answer_reference(reference=one, answers=ANSWERS | {"what": "Kit Client says so."})
    for email, name in (("kit@trust.example", "Kit Client"), ("jo@peer.example", "Jo Peer")):
        person = add_person(by=SYSTEM, email=email, name=name, password="a long pass phrase 7")
        erase_person(by=SYSTEM, person=person, reason=TombstoneReason.ASKED)
        kept = str(list(Adviser.objects.values()) + list(Reference.objects.values()))
        assert name not in kept
        assert email not in kept
    assert Adviser.objects.count() == 1


@pytest.mark.parametrize(("deed", "sentence"), [
    (lambda w: ask_adviser(by=viewer_of(w.admin()), partnership=w.partnership, name="J", email="jo@peer.example",
                           kind=AdviserKind.PEER), "asked already"),
    (lambda w: say_yes(adviser=listed(w), said=AdviserSaid(about="a", conflicts="", reach="r")), "Say which ties"),
    (lambda w: add_work(adviser=listed(w), said=WorkSaid(what="w", client="c", since=2027)), "have begun"),
    (lambda w: add_work(adviser=listed(w), said=WorkSaid(what="w", client="c", since=2020, until=2019)), "before"),
    (lambda w: ask_reference(work=asked(w).work, name="J", email="JO@peer.example"), "speak for yourself"),
    (lambda w: ask_reference(work=asked(w).work, name="K", email="kit@trust.example"), "asked about this already"),
])  # fmt: skip
def test_what_cannot_be_is_refused_in_a_sentence(world, deed, sentence):
    listed(world)
    with pytest.raises(Refused, match=sentence):
        deed(world)


def test_asked_again_before_they_answer_they_get_the_letter_anew(world):
    for _ in range(2):
        ask_adviser(by=viewer_of(world.admin()), partnership=world.partnership, name="Jo", email="j@p.example",
                    kind=AdviserKind.PEER)
    assert Adviser.objects.count() == 1
    assert len(mail.outbox) == 2


def test_a_link_of_who_is_gone_leads_nowhere(world):
    row = listed(world)
    token = adviser_token(row)
    let_adviser_go(adviser=row)
    with pytest.raises(NotFound):
        adviser_behind(token)
    with pytest.raises(NotFound):
        adviser_behind(token + "x")
