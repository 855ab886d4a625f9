"""Two organisations count whom both serve: as the truth is, under a key of the agreement, and until it ends."""

from __future__ import annotations

import re
from datetime import timedelta

import pyarrow.parquet as pq
import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from tests.core.test_sharing import NOW, TODAY, described, health, in_force, terms, world
from tests.sharing_deeds import sign_with_reason
from tests.world import signed_in

from commonweal.core import clock
from commonweal.core.actions.linking import People, bring_link_list
from commonweal.core.actions.sharing import end_agreement, rewrite_agreement
from commonweal.core.errors import NotAllowed, NotFound, Refused
from commonweal.core.linking_store import forget_closed_links
from commonweal.core.models import LinkedCount, LinkList
from commonweal.core.permissions import Role
from commonweal.core.queries.linking import linked_for
from commonweal.core.queries.partnerships import partnership_for
from commonweal.core.queries.sharing import agreement_for
from commonweal.core.viewer import viewer_of
from commonweal.methods.arrays import MethodError
from commonweal.methods.benefit import people_across

__all__ = ["world"]
OURS, THEIRS = range(1_000), range(640, 1_840)  # 360 in both


def csv(cards, header="Card"):
    return "\n".join([header, *(f"LK {one:05d}" for one in cards)]).encode()


def brought(by, row, data, **more):
    said = {"name": "cards.csv", "title": "Card holders", "identifier": "card", "as_at": TODAY, **more}
    return bring_link_list(by=by, agreement=row, brought=People(data=data, **said))


@pytest.fixture
def parties(world):
    board = health(world)
    by, taker = viewer_of(world.admin()), viewer_of(board[1])
    row = in_force(by, world, board, described(by, world, special=False), linking=True, condition="")
    return by, taker, row, board


def seen(viewer, row):
    return linked_for(viewer, partnership_for(viewer, row.partnership_id), row.pk)


def four(viewer, row):
    people = seen(viewer, row).people
    return people and tuple(one.value for one in (people.giver, people.taker, people.both, people.either))


def kept(tmp_path):
    return sorted(path.name for folder in ("keys", "linking") for path in (tmp_path / folder).rglob("*")
                  if path.is_file())


def test_the_counts_are_the_truth_and_no_identifier_is_kept(world, parties, tmp_path):
    by, taker, row, _ = parties
    made = brought(by, row, csv(OURS) + b"\n\"\"\nlk00001\n LK 0 0 0 0 2 \n")
    assert (made.people, made.twice) == (1_000, 2)
    assert seen(by, row).people is None
    assert seen(by, row).waits_for == ("Testshire Health",)
    brought(taker, row, csv(THEIRS).lower())
    assert four(by, row) == four(taker, row) == (1_000, 1_200, 360, 1_840)
    assert sorted(one.row is None for one in seen(by, row).lists) == [False, True]
    files = b"".join(one.read_bytes() for one in tmp_path.rglob("*") if one.is_file()).lower()
    assert b"lk00001" not in files
    assert b"lk 00001" not in files
    uses = agreement_for(by, world.partnership.pk, row.pk).uses.uses
    assert uses == agreement_for(taker, world.partnership.pk, row.pk).uses.uses
    assert {one.what for one in uses} == {"counts of linked people", "brought a list of people to link"}


@pytest.mark.parametrize("both", [0, 3])
def test_few_in_both_are_never_told(parties, both):
    by, taker, row, _ = parties
    brought(by, row, csv(range(100)))
    brought(taker, row, csv(range(100 - both, 203)))
    found = four(by, row)
    assert found[2] == 0 if both == 0 else found[2] is None
    assert all(one is None or one % 5 == 0 for one in found)


def test_the_end_deletes_key_pseudonyms_and_counts_at_once(world, parties, tmp_path):
    by, taker, row, _ = parties
    brought(by, row, csv(OURS))
    brought(taker, row, csv(THEIRS))
    assert len(kept(tmp_path)) == 3
    end_agreement(by=taker, agreement=row, reason="The officer advises against it.")
    assert kept(tmp_path) == []
    assert not LinkList.objects.exists()
    assert not LinkedCount.objects.exists()
    page = signed_in(world.admin()).get(reverse("web:linked", args=[row.partnership_id, row.pk])).content.decode()
    assert "Withdrawn" in page
    assert not re.search(r"\b360\b", page)   # as a number: addresses hold any digits
    with pytest.raises(Refused, match="has ended"):
        brought(by, row, csv(OURS))


def test_another_version_begins_with_no_lists_and_a_run_out_one_is_shut(parties, tmp_path):
    by, taker, row, _ = parties
    brought(by, row, csv(OURS))
    brought(taker, row, csv(THEIRS))
    held = row.versions.get().sets.get().held
    rewrite_agreement(by=by, agreement=row, over=1, terms=terms(held, linking=True, condition="", reason="Longer"))
    assert four(by, row) is not None
    for viewer in (by, taker):
        sign_with_reason(by=viewer, agreement=row, number=2)
    assert four(by, row) is None
    assert kept(tmp_path) == []
    brought(by, row, csv(OURS))
    with clock.fixed(NOW + timedelta(days=366)):
        assert seen(by, row).closed
        assert forget_closed_links() == 1
    assert kept(tmp_path) == []


def test_pseudonyms_of_two_agreements_cannot_be_joined(world, parties, tmp_path):
    by, taker, row, board = parties
    other = in_force(by, world, board, described(by, world, "Cards", special=False), linking=True, condition="")
    brought(by, row, csv(OURS))
    brought(by, other, csv(OURS))
    files = (tmp_path / "linking").rglob("*.parquet")
    one, two = (set(pq.read_table(path)["person"].to_pylist()) for path in files)
    assert len(one) == len(two) == 1_000
    assert not one & two
    assert seen(taker, other).people is None


def test_nobody_but_the_two_parties_sees_or_brings(world, parties):
    by, taker, row, _ = parties
    brought(by, row, csv(OURS))
    brought(taker, row, csv(THEIRS))
    third = health(world, "Testshire Third")[1]
    keys = [row.partnership_id, row.pk]
    observer = world.people[Role.OBSERVER]
    for person, status in ((third, 404), (world.outsider, 404), (world.loner, 404), (observer, 200)):
        assert signed_in(person).get(reverse("web:linked", args=keys)).status_code == status
    with pytest.raises(NotFound):
        brought(viewer_of(third), row, csv(OURS))
    with pytest.raises(NotAllowed):
        brought(viewer_of(world.people[Role.CONTRIBUTOR]), row, csv(OURS))


@pytest.mark.parametrize(("data", "more", "says"), [
    (b"Card,Name\n1,Ann\n2,Bo\n", {}, "2 columns: Card, Name"),
    (b"Card\n", {}, "no identifiers"),
    (csv([7] * 30), {}, "same identifier"),
    (csv(range(19)), {}, "19 different identifiers, and 20"),
    (b"\x00\xff\xd8\xff" * 50, {}, "."),
    (csv(OURS), {"as_at": TODAY + timedelta(days=1)}, "after today"),
    (csv(OURS), {"identifier": "email"}, "Bring the same"),
])
def test_what_cannot_be_linked_is_told_in_a_sentence(parties, data, more, says):
    by, taker, row, _ = parties
    if "identifier" in more:
        brought(taker, row, csv(THEIRS))
    with pytest.raises(Refused, match=says):
        brought(by, row, data, **more)
    assert not LinkList.objects.filter(brought_by=by.person).exists()


def test_not_signed_or_not_allowed_links_nothing_and_the_form_says_so(world):
    board, by = health(world), viewer_of(world.admin())
    row = in_force(by, world, board, described(by, world, special=False), condition="")
    said = {"identifier": "card", "title": "Cards", "as_at_day": "1", "as_at_month": "11", "as_at_year": "2026"}
    pages, keys = signed_in(world.admin()), [row.partnership_id, row.pk]
    for data, says in ((csv(OURS), "does not allow people to be linked"), (b"", "linked")):
        file = SimpleUploadedFile("cards.csv", data)
        page = pages.post(reverse("web:linked-bring", args=keys), {**said, "file": file})
        assert says in page.content.decode()
    assert "does not allow" in pages.get(reverse("web:linked", args=keys)).content.decode()


def test_brought_again_it_replaces_and_lists_in_turn_tell_of_nobody(parties):
    by, taker, row, _ = parties
    brought(by, row, csv(range(500)))
    brought(by, row, csv(OURS))  # nothing is counted yet: as often as needed
    brought(taker, row, csv(THEIRS))
    with pytest.raises(Refused, match="Bring the next from 23 December 2026"):
        brought(by, row, csv(range(999)))
    with clock.fixed(NOW + timedelta(days=28)):
        brought(by, row, csv(range(998)))  # two fewer: the earlier counts stand
        assert seen(by, row).people.counted == TODAY
        assert four(by, row) == (1_000, 1_200, 360, 1_840)
    with clock.fixed(NOW + timedelta(days=56)):
        brought(by, row, csv(range(900)))
        assert four(by, row) == (900, 1_200, 260, 1_840)


def test_two_counts_with_some_in_common_are_bounded_closer():
    found = people_across([900, 600], shared=200)
    assert (found.least, found.most) == (1_300, 1_500)
    assert people_across([900, 600], shared=700).least == 900
    with pytest.raises(MethodError):
        people_across([1, 2, 3], shared=1)
