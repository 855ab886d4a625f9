"""What a provider sees of services: its own organisation's alone, with the agreed needs they answer."""

from __future__ import annotations

from decimal import Decimal

import pytest
from django.urls import reverse
from tests.needs.conftest import words_of
from tests.world import signed_in

from commonweal.core.actions.organisations import create_organisation
from commonweal.core.actions.partnerships import add_organisation
from commonweal.core.actions.people import add_person
from commonweal.core.actions.roles import give_role
from commonweal.core.errors import NotAllowed
from commonweal.core.models import OrganisationKind
from commonweal.core.permissions import Role
from commonweal.core.viewer import SYSTEM, viewer_of
from commonweal.needs.actions.need import Wording, write_need
from commonweal.needs.actions.service import Judged, ServiceSaid, record_service, say_needs
from commonweal.needs.models import Answers, Need, NeedState, ServiceKind, Side, WhyItRuns
from commonweal.needs.queries.own_services import own_services

SAID = Wording("girls of 11 to 16", "Marsh End", "somewhere to dance near home.", "Users and schools say so.")


def provider_of(world, name, email):
    organisation = create_organisation(by=SYSTEM, name=name, kind=OrganisationKind.TRUST)
    add_organisation(by=SYSTEM, partnership=world.partnership, organisation=organisation)
    person = add_person(by=SYSTEM, email=email, name="Vi Provider")
    there = world.partnership
    give_role(by=SYSTEM, partnership=there, person=person, organisation=organisation, role=Role.PROVIDER)
    return person


@pytest.fixture
def trust(world, settings, tmp_path):
    """A trust whose provider runs tea dances, which answer an agreed need and one that is a draft."""
    settings.VAR = tmp_path
    person, by = provider_of(world, "Marsh Trust", "vi@trust.example"), viewer_of(world.admin())
    said = ServiceSaid(name="Tea dances", kind=ServiceKind.ACTIVITIES, run_by="Marsh Trust", themes=("older",),
                       reason=WhyItRuns.HISTORICAL, spend=Decimal(18000), spend_year=2025, spend_source="Outturn")
    row = record_service(by=by, partnership=world.partnership, said=said)
    needs = [write_need(by=by, partnership=world.partnership, title=title, side=Side.FOR_CULTURE, theme="culture",
                        said=SAID).identity for title in ("Dance near home", "A secret still argued over")]
    Need.objects.filter(pk=needs[0].pk).update(state=NeedState.AGREED)
    judged = {need.pk: Judged(Answers.PART, "We counted.") for need in needs}
    say_needs(by=by, service=row, judged=judged)
    record_service(by=by, partnership=world.partnership, said=ServiceSaid(
        name="Bowls", kind=ServiceKind.ACTIVITIES, run_by="Testshire District Council", themes=("older",),
        reason=WhyItRuns.NEED))
    return person


def test_a_provider_sees_its_own_services_and_the_agreed_needs_alone(world, trust):
    browser, key = signed_in(trust), world.partnership.pk
    front = reverse("needs:services", args=[key])
    assert front in browser.get(reverse("web:partnership", args=[key])).content.decode()
    said = words_of(browser.get(front).content.decode())
    for words in ("Of 1 service that your organisation runs here, 1 is said to answer a need",
                  "Answers in part: Dance near home", "Also said to answer 1 need not agreed yet",
                  "£18,000 in 2025/26"):
        assert words in said
    assert "secret" not in said
    assert "Bowls" not in said


def test_another_organisations_provider_and_another_partnership_see_nothing_of_it(world, trust):
    other = provider_of(world, "Fen Trust", "fen@trust.example")
    said = words_of(signed_in(other).get(reverse("needs:services", args=[world.partnership.pk])).content.decode())
    assert "No service of your organisation is recorded here yet" in said
    assert "Tea dances" not in said
    for who in (world.people[Role.OBSERVER], world.outsider):
        with pytest.raises(NotAllowed):
            own_services(viewer_of(who), world.partnership.pk)
