"""People of several organisations' systems together: bounds, by what each may show, and nobody linked."""

from __future__ import annotations

from datetime import timedelta

from django.urls import reverse
from tests.needs.conftest import words_of
from tests.needs.test_benefit import at, found_for, held, joined, system, world
from tests.world import signed_in

from commonweal.core import clock
from commonweal.core.actions.linking import People, bring_link_list
from commonweal.core.actions.sharing import Described, Terms, describe_data, sign_agreement, write_agreement
from commonweal.core.actions.uploads import Brought, record_upload
from commonweal.core.ids import uuid7
from commonweal.core.permissions import Role
from commonweal.core.purpose import Purpose
from commonweal.core.viewer import viewer_of
from commonweal.lake.visits.summary import SummaryStore
from commonweal.needs.actions.visits import bring_visits, place_results
from commonweal.needs.queries.visit_store import visit_store
from commonweal.needs.queries.visits import systems_for
from commonweal.needs.queries.visits_across import people_of_all

__all__ = ["held", "system", "world"]


def second(world, summary):
    """Another organisation's system with the same people's year, which nobody could know."""
    person = joined(world, "Library Trust", Role.ADMIN)
    by = viewer_of(person)
    upload = record_upload(
        by=by, partnership=world.invented, brought=Brought("l.csv", 9, "1" * 64), upload_id=uuid7())
    file = bring_visits(by=by, partnership=world.invented, title="Libraries", upload=upload)
    SummaryStore(visit_store(file.system)).keep(summary)
    return person, file


def all_read(file):
    """Both systems have been read."""
    from commonweal.needs.models import VisitFile, VisitFileState

    VisitFile.objects.update(state=VisitFileState.READ)
    return file.system


def test_people_of_two_systems_are_bounded_and_only_where_both_are_shown(world, system):
    mine = viewer_of(world.invented_person)
    person, file = second(world, SummaryStore(visit_store(system)).read(2025))
    other = all_read(file)
    pages, front = signed_in(world.invented_person), reverse("needs:visits", args=[world.invented.pk])
    assert people_of_all(mine, world.invented.pk, systems_for(mine, world.invented.pk)) is None
    assert "Nobody is linked" not in words_of(pages.get(front).content.decode())
    place_results(by=viewer_of(person), system=other.pk, partnership=world.invented, show=True)
    found = people_of_all(mine, world.invented.pk, systems_for(mine, world.invented.pk))
    members = found_for(world, system).members
    assert (found.people.least, found.people.most) == (members, 2 * members)
    said = words_of(pages.get(front).content.decode())
    assert f"reached {members:,} to {2 * members:,} people whose card is known in 2025/26" in said
    assert at(world, "benefit", other) in pages.get(front).content.decode()


def test_linked_under_an_agreement_the_least_is_closer_for_its_parties_alone(world, system):
    person, file = second(world, SummaryStore(visit_store(system)).read(2025))
    mine, theirs, other = viewer_of(world.invented_person), viewer_of(person), all_read(file)
    for by, one in ((theirs, other), (mine, system)):
        place_results(by=by, system=one.pk, partnership=world.invented, show=True)
    members = found_for(world, system).members
    linked(world, {mine: (system.pk, range(members + 50)), theirs: (other.pk, range(members, 2 * members + 100))})
    found = people_of_all(mine, world.invented.pk, systems_for(mine, world.invented.pk))
    assert found.linked.both == 50
    assert found.people.least == 2 * members - found.linked.most
    said = words_of(signed_in(world.invented_person).get(
        reverse("needs:visits", args=[world.invented.pk])).content.decode())
    assert "linked under “Both”: about 50 people" in said
    third = viewer_of(joined(world, "Health", Role.ADMIN))
    assert people_of_all(third, world.invented.pk, systems_for(third, world.invented.pk)).linked is None


def linked(world, lists):
    """An agreement of the two in force, under which each has brought its list."""
    (giver, taker), today = lists, clock.today()
    cards = describe_data(by=giver, partnership=world.invented, described=Described(
        title="Cards", fields=({"name": "card", "personal": True},), personal=True))
    row = write_agreement(
        by=giver, partnership=world.invented, title="Both", giver=cards.organisation_id,
        taker=taker.organisation_in(world.invented.pk), terms=Terms(
            sets={cards.pk: ["card"]}, purposes=(Purpose.ASSESSMENT,), why="To know.", start=today,
            end=today + timedelta(days=9), review=today, retention="Until the end", contact="Us",
            giver_role="controller", taker_role="controller", basis="public-task", linking=True)).identity
    for by in lists:
        sign_agreement(by=by, agreement=row, number=1)
    for by, (key, people) in lists.items():
        bring_link_list(by=by, agreement=row, brought=People(
            name="c.csv", data="\n".join(["Card", *map(str, people)]).encode(), title="Cards", identifier="card",
            as_at=today, system=key))


def test_one_card_number_under_two_organisations_keys_is_two_pseudonyms(world, system):
    person, file = second(world, SummaryStore(visit_store(system)).read(2025))
    assert visit_store(system).controller != visit_store(file.system).controller
    assert viewer_of(person).organisation_in(world.invented.pk) != system.organisation_id
