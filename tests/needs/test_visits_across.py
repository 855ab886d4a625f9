"""People of several organisations' systems together: bounds, by what each may show, and nobody linked."""

from __future__ import annotations

from django.urls import reverse
from tests.needs.conftest import words_of
from tests.needs.test_benefit import at, found_for, held, joined, system, world
from tests.world import signed_in

from commonweal.core.actions.uploads import Brought, record_upload
from commonweal.core.ids import uuid7
from commonweal.core.permissions import Role
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


def test_one_card_number_under_two_organisations_keys_is_two_pseudonyms(world, system):
    person, file = second(world, SummaryStore(visit_store(system)).read(2025))
    assert visit_store(system).controller != visit_store(file.system).controller
    assert viewer_of(person).organisation_in(world.invented.pk) != system.organisation_id
