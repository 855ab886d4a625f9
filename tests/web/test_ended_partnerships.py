"""An ended partnership: one page for those who were in it to the last, nothing of its work, nothing for others."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.urls import reverse
from tests.access.need import need
from tests.world import World, signed_in

from commonweal.core import clock
from commonweal.core.actions.jobs import start_job
from commonweal.core.actions.partnerships import add_organisation, create_partnership, succeed_partnership
from commonweal.core.actions.roles import end_role, give_role
from commonweal.core.errors import NotAllowed
from commonweal.core.jobs.handle import Handle
from commonweal.core.models import Job, Partnership, PartnershipRole
from commonweal.core.permissions import Permission, Role
from commonweal.core.viewer import SYSTEM, require, viewer_of


@pytest.fixture
def joined(world: World) -> Partnership:
    """Both partnerships join in one today; the administrator of the first is in it, and one role ended before."""
    made = create_partnership(by=SYSTEM, name="Test and Other together")
    add_organisation(by=SYSTEM, partnership=made, organisation=world.council)
    give_role(
        by=SYSTEM, partnership=made, person=world.admin(), organisation=world.council, role=Role.ADMIN
    )
    began = clock.today() - timedelta(days=400)
    PartnershipRole.objects.filter(partnership=world.partnership).update(start=began)
    Partnership.objects.filter(pk=world.partnership.pk).update(start=began)
    observer = PartnershipRole.objects.get(person=world.people[Role.OBSERVER])
    end_role(by=SYSTEM, role=observer, end=clock.today() - timedelta(days=30))
    need(world)
    for old in (world.partnership, world.other_partnership):
        old.refresh_from_db()
    Partnership.objects.filter(pk=world.other_partnership.pk).update(start=began)
    world.other_partnership.refresh_from_db()
    succeed_partnership(
        by=SYSTEM, before=[world.partnership, world.other_partnership], after=[made], day=clock.today()
    )
    return made


def home(client, world: World):
    return client.get(reverse("web:partnership", args=[world.partnership.pk]))


def test_one_page_says_what_it_was_and_what_goes_on(world, joined):
    client = signed_in(world.admin())
    text = home(client, world).content.decode()
    for words in ("Testshire together", "has ended", f"{clock.today():%-d %B %Y}", "joined with others",
                  "Test and Other together", reverse("web:partnership", args=[joined.pk])):
        assert words in text
    for hidden in ("Dance", "Testshire District Council", "Pat", "From need to difference"):
        assert hidden not in text


def test_whoever_is_not_in_what_goes_on_is_told_whom_to_ask(world, joined):
    client = signed_in(world.people[Role.ANALYST])
    text = home(client, world).content.decode()
    assert "You are not in it" in text
    assert reverse("web:partnership", args=[joined.pk]) not in text
    mine = client.get(reverse("web:home")).content.decode()
    assert "Ended" in mine
    assert reverse("web:partnership", args=[world.partnership.pk]) in mine


def test_every_other_page_of_it_leads_there_or_is_not_found(world, joined):
    client, there = signed_in(world.admin()), reverse("web:partnership", args=[world.partnership.pk])
    for route in ("web:people", "web:people-add", "web:places", "web:files", "needs:needs", "web:acting"):
        response = client.get(reverse(route, args=[world.partnership.pk]))
        assert response.status_code == 404 or response.headers["Location"] == there, route
    response = client.get(reverse("needs:need", kwargs=need(world)))
    assert response.status_code == 404 or response.headers["Location"] == there


def test_others_find_nothing(world, joined):
    for person in (world.loner, world.staff, world.outsider, world.people[Role.OBSERVER]):
        assert home(signed_in(person), world).status_code == 404
    assert "Testshire together" not in signed_in(world.loner).get(reverse("web:home")).content.decode()


def test_no_deed_and_no_work_goes_on(world, joined):
    by = viewer_of(world.admin())
    with pytest.raises(NotAllowed):
        require(by, Permission.RECORD_EVIDENCE, world.partnership.pk)
    require(by, Permission.RECORD_EVIDENCE, joined.pk)
    job = start_job(by=SYSTEM, kind="upload.read", key="k", partnership=world.partnership)
    job.owner = world.admin()
    assert not Handle(job).by.may(Permission.UPLOAD, world.partnership.pk)


def test_work_of_ones_own_there_is_closed_too(world, joined):
    for partnership, seen in ((world.partnership, False), (joined, True)):
        job = start_job(by=SYSTEM, kind="upload.read", key=str(partnership.pk), partnership=partnership)
        Job.objects.filter(pk=job.pk).update(owner=world.admin())
        response = signed_in(world.admin()).get(reverse("web:job", args=[job.pk]))
        assert (response.status_code == 200) is seen


def test_until_its_day_it_goes_on(world):
    made = create_partnership(by=SYSTEM, name="Later")
    succeed_partnership(
        by=SYSTEM, before=[world.partnership], after=[made], day=clock.today() + timedelta(days=5)
    )
    assert "From need to difference" in home(signed_in(world.admin()), world).content.decode()
    with clock.fixed(clock.now() + timedelta(days=5)):
        assert "It goes on as" in home(signed_in(world.admin()), world).content.decode()
