"""What led to what: a commission follows a decision, an agreement was made by an award, and the thread says so."""

from __future__ import annotations

import pytest
from django.test import Client
from django.urls import reverse

from commonweal.agreements.actions.origin import tell_origin as tell_agreement
from commonweal.agreements.models import AgreementOrigin
from commonweal.core.actions.partnerships import create_partnership
from commonweal.core.errors import NotAllowed, Refused
from commonweal.core.models import Partnership, Person
from commonweal.core.thread import thread_for
from commonweal.core.viewer import SYSTEM, viewer_of
from commonweal.options.models import Agreement
from commonweal.procurement.models import Award, Commission, CommissionOrigin

pytestmark = pytest.mark.django_db
BACKEND = "allauth.account.auth_backends.AuthenticationBackend"


@pytest.fixture
def here(example_records) -> Partnership:
    return Partnership.objects.get(name="Larkmere Culture and Sport Partnership")


@pytest.fixture
def officer(here) -> Client:
    client = Client()
    client.force_login(Person.objects.get(email="officer@larkmere.example"), backend=BACKEND)
    return client


def edges(here) -> set[tuple[str, str, str, str]]:
    thread = thread_for(viewer_of(Person.objects.get(email="officer@larkmere.example")), here.pk)
    return {(one.later[0], thread.nodes[one.later].title, one.earlier[0], thread.nodes[one.earlier].title)
            for one in thread.edges}


def test_the_example_runs_from_award_to_agreement_and_from_decision_to_commission(here):
    found = edges(here)
    assert ("agreement", "Sundays together", "award", "Sundays together, five years") in found
    assert ("commission", "Dance near home", "decision", "Priorities for 2027 to 2030") in found


def test_an_officer_says_and_unsays_it_on_a_page(here, officer):
    agreement = Agreement.objects.get(partnership=here, title="Civic concerts")
    award = Award.objects.get(partnership=here, title="A first year of dance")
    ask = reverse("agreements:origin", args=[here.pk, agreement.pk])
    kept = officer.post(ask, {"award": str(award.pk), "choice": ""}, follow=True).content.decode()
    assert "It comes from the award" in kept
    assert ("agreement", "Civic concerts", "award", award.title) in edges(here)
    assert f'value="{award.pk}" selected' in officer.get(ask).content.decode()
    officer.post(ask, {"award": "", "choice": ""})
    assert ("agreement", "Civic concerts", "award", award.title) not in edges(here)
    assert AgreementOrigin.history.filter(agreement=agreement).count() >= 2


def test_a_commission_carries_a_choice_out_in_the_version_that_was_read(here, officer):
    commission = Commission.objects.get(partnership=here, title="Evenings in two parks")
    ask = reverse("procurement:commission-origin", args=[here.pk, commission.pk])
    offered = officer.get(ask).content.decode()
    assert "Trust with a target for need" in offered
    key = offered.split("Trust with a target for need")[0].rsplit('value="', 1)[1].split('"')[0]
    page = officer.post(ask, {"choice": key, "decision": ""}, follow=True).content.decode()
    assert "It comes from the option chosen" in page
    assert ("commission", commission.title, "choice", "Trust with a target for need") in edges(here)
    assert CommissionOrigin.objects.get(commission=commission).choice is not None


def test_nothing_of_another_partnership_and_nobody_without_the_role(here, officer):
    agreement = Agreement.objects.get(partnership=here, title="Civic concerts")
    award = Award.objects.filter(partnership=here).first()
    assert award is not None
    elsewhere = Award(pk=award.pk, partnership=create_partnership(by=SYSTEM, name="Elsewhere"))
    with pytest.raises(Refused, match="another partnership"):
        tell_agreement(by=SYSTEM, agreement=agreement, award=elsewhere, choice=None)
    member = viewer_of(Person.objects.get(email="member@larkmere.example"))
    with pytest.raises(NotAllowed):
        tell_agreement(by=member, agreement=agreement, award=None, choice=None)
    answer = officer.post(reverse("agreements:origin", args=[here.pk, agreement.pk]), {"award": "nonsense"})
    assert answer.status_code == 200
    assert not AgreementOrigin.objects.filter(agreement=agreement).exists()
