"""A form that is sent twice, by a double press or a slow line, is one record and one event."""

from __future__ import annotations

from datetime import date

import pytest

from commonweal.core.models import Event, PartnershipOrganisation
from commonweal.core.permissions import Role
from commonweal.core.viewer import viewer_of
from commonweal.needs.actions.ambition import Aim, say_ambition
from commonweal.needs.actions.evidence import Told, record_evidence
from commonweal.needs.actions.need import Wording, rewrite_need, write_need
from commonweal.needs.actions.priority import Said, record_priority
from commonweal.needs.actions.relationships import Spoken, log_contact
from commonweal.needs.models import Relationship, Side

TOLD = {"title": "At the desk", "kind": "interviews", "perspective": "users", "summary": "They want to dance."}
DANCE = Wording("Girls", "Testshire", " somewhere to dance", "They said so.")


def need(title="Dance", said=DANCE):
    return lambda **by: write_need(**by, title=title, side=Side.FOR_CULTURE, theme="culture", said=said)


def aim(what="More dance"):
    said = Aim(what, "Girls", "E07000999", "Testshire", "culture", "The portfolio holder")
    return lambda **by: say_ambition(**by, aim=said)


def drives(title="Fewer falls"):
    said = Said(title, "They cost us most.", "older", "Joint forward plan", date(2025, 3, 27))
    return lambda **by: record_priority(**by, said=said)


def evidence(title="At the desk"):
    return lambda **by: record_evidence(**by, told=Told(**{**TOLD, "title": title}))


def contact(what="Rang"):
    def spoken(*, by, partnership):
        seat = PartnershipOrganisation.objects.get(partnership=partnership)
        told = Spoken(with_whom="The clerk", day=date(2026, 1, 5), said=what)
        row, _ = Relationship.objects.get_or_create(
            partnership=partnership, organisation=seat.organisation, defaults={"every_weeks": 8}
        )
        return log_contact(by=by, relationship=row, spoken=told)

    return spoken


@pytest.mark.parametrize(("deed", "another"), [
    (need(), need("Sing")), (aim(), aim("More song")), (drives(), drives("More walks")),
    (evidence(), evidence("On the phone")), (contact(), contact("Wrote")),
], ids=["need", "ambition", "priority", "evidence", "contact"])
def test_the_same_again_is_what_is_there(world, deed, another):
    given = {"by": viewer_of(world.people[Role.CONTRIBUTOR]), "partnership": world.partnership}
    first, events = deed(**given), Event.objects.count()
    assert deed(**given).pk == first.pk
    assert Event.objects.count() == events
    assert another(**given).pk != first.pk


def test_a_need_that_has_moved_on_is_not_taken_for_the_new_one(world):
    given = {"by": viewer_of(world.admin()), "partnership": world.partnership}
    first = need()(**given)
    said = Wording("Girls", "Testshire", "a hall to dance in", "They said so.", reason="Said better")
    rewrite_need(by=given["by"], need=first.identity, said=said, over=1)
    assert need()(**given).identity_id != first.identity_id
