"""A kept assessment is frozen, superseded and never altered, and seen by its own partnership alone."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest
from django.db import DatabaseError, connection, transaction

from commonweal.core.actions.partnerships import create_partnership
from commonweal.core.actions.people import add_person
from commonweal.core.actions.roles import give_role
from commonweal.core.errors import Immutable, NotAllowed, NotFound, Refused
from commonweal.core.models import Event, Organisation, Partnership, Person
from commonweal.core.permissions import Role
from commonweal.core.viewer import ANONYMOUS, SYSTEM, viewer_of
from commonweal.example.store import build_store
from commonweal.lake.store import Store
from commonweal.needs.actions.keeping import keep_assessment
from commonweal.needs.models import KeptAssessment, KeptAssessmentVersion
from commonweal.needs.queries.assessments import assess
from commonweal.needs.queries.keeping import kept_for, kept_version

CODE = "Z07000001"


@pytest.fixture(scope="module")
def larkmere(tmp_path_factory):
    store = Store(tmp_path_factory.mktemp("keeping"))
    build_store(store)
    return assess(store, CODE, today=date(2026, 11, 22))


@pytest.fixture
def partnership(example_records) -> Partnership:
    return Partnership.objects.get(end=None)


def officer():
    return viewer_of(Person.objects.get(email="officer@larkmere.example"))


def keep(partnership, assessment, *, by=None, reason="For the meeting in March"):
    return keep_assessment(
        by=by or officer(), partnership=partnership, assessment=assessment, code=CODE, reason=reason
    )


def test_a_kept_version_replays_exactly(partnership, larkmere) -> None:
    version = keep(partnership, larkmere)
    found = kept_version(officer(), partnership.pk, version.identity_id, 1)
    assert found.assessment == larkmere
    assert found.whole
    assert found.card.reason == "For the meeting in March"


def test_a_later_version_supersedes_and_alters_nothing(partnership, larkmere) -> None:
    first = keep(partnership, larkmere)
    second = keep(partnership, replace(larkmere, headline="Another sentence."), reason="For April")
    assert (first.number, second.number) == (1, 2)
    assert KeptAssessment.objects.count() == 1
    cards = kept_for(officer(), partnership.pk)
    assert [(card.number, card.current) for card in cards] == [(2, True), (1, False)]
    assert kept_version(officer(), partnership.pk, first.identity_id, 1).assessment == larkmere


@pytest.mark.parametrize("reason", ["", "   "])
def test_a_reason_is_asked_for(partnership, larkmere, reason) -> None:
    with pytest.raises(Refused, match="why this version"):
        keep(partnership, larkmere, reason=reason)


def test_the_same_figures_are_not_kept_twice(partnership, larkmere) -> None:
    keep(partnership, larkmere)
    with pytest.raises(Refused, match="Version 1 already holds"):
        keep(partnership, larkmere)


def test_it_cannot_be_changed_by_the_program_or_in_the_database(partnership, larkmere) -> None:
    version = keep(partnership, larkmere)
    version.reason = "Another"
    with pytest.raises(Immutable):
        version.save()
    with pytest.raises(Immutable):
        KeptAssessmentVersion.objects.update(reason="Another")
    with pytest.raises(DatabaseError), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("UPDATE needs_keptassessmentversion SET reason = 'Another'")


def test_keeping_is_written_down_with_ids_alone(partnership, larkmere) -> None:
    version = keep(partnership, larkmere)
    event = Event.objects.get(verb="needs.assessment_kept")
    assert event.subject_id == version.identity_id
    assert event.subject_version == 1
    assert event.partnership == partnership.pk


@pytest.mark.parametrize("email", ["member@larkmere.example", "chief@larkmeretrust.example"])
def test_only_those_who_record_evidence_keep(partnership, larkmere, email) -> None:
    with pytest.raises(NotAllowed):
        keep(partnership, larkmere, by=viewer_of(Person.objects.get(email=email)))


def test_a_provider_and_a_stranger_see_nothing(partnership, larkmere) -> None:
    version = keep(partnership, larkmere)
    provider = viewer_of(Person.objects.get(email="chief@larkmeretrust.example"))
    for viewer in (provider, ANONYMOUS, _of_another_partnership()):
        assert kept_for(viewer, partnership.pk) == ()
        with pytest.raises(NotFound):
            kept_version(viewer, partnership.pk, version.identity_id, 1)


def _of_another_partnership():
    from commonweal.core.actions.partnerships import add_organisation

    other = create_partnership(by=SYSTEM, name="Another", invented=True)
    organisation = Organisation.objects.filter(example=True).first()
    add_organisation(by=SYSTEM, partnership=other, organisation=organisation)
    person = add_person(by=SYSTEM, email="else@larkmere.example", name="Somebody Else", example=True)
    give_role(by=SYSTEM, partnership=other, person=person, organisation=organisation, role=Role.ADMIN)
    return viewer_of(person)


def test_real_places_are_not_kept_in_the_invented_partnership(partnership, larkmere) -> None:
    real = replace(larkmere, place=replace(larkmere.place, invented=False))
    with pytest.raises(Refused, match="Invented places"):
        keep(partnership, real)


def test_pages_to_keep_and_read(client, partnership, larkmere, monkeypatch) -> None:
    monkeypatch.setattr("commonweal.needs.views.keeping.assessment_for", lambda viewer, code: larkmere)
    client.force_login(
        Person.objects.get(email="officer@larkmere.example"),
        backend="allauth.account.auth_backends.AuthenticationBackend",
    )
    address = f"/place/{CODE}/keep/{partnership.pk}/"
    assert "as it stands" in client.get(address).content.decode()
    assert "Enter why this version is kept" in client.post(address, {"reason": ""}).content.decode()
    done = client.post(address, {"reason": "For the meeting"}, follow=True).content.decode()
    assert "version 1" in done
    version = KeptAssessmentVersion.objects.get()
    base = f"/partnership/{partnership.pk}/assessments/{version.identity_id}/1/"
    page = client.get(base).content.decode()
    assert larkmere.findings[0].headline.replace("'", "&#x27;") in page
    assert client.get(f"{base}assessment.json").json()["format"] == "commonweal-assessment"
    assert client.get(f"{base}assessment.exe").status_code == 404
    assert client.get(f"/partnership/{partnership.pk}/assessments/{version.identity_id}/7/").status_code == 404
