"""A partnership's pages: what waits, the cycle with honest statuses, places, people, files, long work."""

from __future__ import annotations

from io import StringIO

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.core.management import CommandError, call_command
from django.urls import reverse
from tests.world import World, signed_in

from commonweal.core.actions.jobs import start_job
from commonweal.core.cycle import NOT_HERE, Standing, cycle_for, cycle_step
from commonweal.core.jobs import running
from commonweal.core.jobs.running import run
from commonweal.core.models import (
    Event,
    Job,
    JobState,
    Partnership,
    PartnershipPlace,
    PartnershipRole,
    Person,
    Upload,
    UploadState,
    Verb,
)
from commonweal.core.permissions import Role
from commonweal.core.quarantine import quarantine
from commonweal.core.queries import places
from commonweal.core.viewer import viewer_of

SWIMS = b"District code,Period,Swims per head\nE08000011,2023/24,4.2\nE07000202,2023/24,5.1\n"


def page(client, route: str, *keys, **data) -> str:
    response = client.get(reverse(route, args=keys), data)
    assert response.status_code == 200, response.headers
    return response.content.decode()


def bring(client, world: World, name: str, data: bytes) -> Upload:
    response = client.post(
        reverse("web:files", args=[world.partnership.pk]), {"file": SimpleUploadedFile(name, data)}
    )
    assert response.status_code == 302, response.content.decode()
    job = Job.objects.order_by("-created").first()
    assert response.headers["Location"] == reverse("web:job", args=[job.pk])
    run(job.pk)
    job.refresh_from_db()
    assert job.state == JobState.DONE, job.message
    return Upload.objects.order_by("-created").first()


def test_home_leads_to_the_one_partnership_or_says_how_to_begin(world):
    client = signed_in(world.admin())
    assert client.get(reverse("web:home")).headers["Location"].endswith(f"{world.partnership.pk}/")
    assert "How to begin" in page(signed_in(world.loner), "web:home")


def test_a_choice_where_there_are_several(world):
    PartnershipRole(
        partnership=world.other_partnership, person=world.admin(), organisation=world.other_council,
        role=Role.OBSERVER,
    ).save()
    text = page(signed_in(world.admin()), "web:home")
    assert "Testshire together" in text
    assert "Otherham partners" in text


def test_the_cycle_says_honestly_how_far_each_step_has_come(world):
    steps = {step.key: step for step in cycle_for(viewer_of(world.admin()), world.partnership.pk)}
    assert len(steps) == 13
    assert (steps["places"].status, steps["places"].tone) == ("1 place", "done")
    assert steps["data"].status == "No data yet"
    assert steps["assessment"].status == "Cannot start yet"
    assert steps["agreements"].status == "Not started"
    assert (steps["measures"].status, steps["review"].status) == ("Not started", "Not started")
    assert NOT_HERE not in {step.status for step in steps.values()}, "a stage answers for every step"
    text = page(signed_in(world.admin()), "web:partnership", world.partnership.pk)
    assert "Testshire together" in text
    assert "Nothing waits for you." in text


def test_no_stage_answers_for_a_step_that_is_not_there():
    with pytest.raises(ValueError, match="no step"):
        cycle_step("imaginary")(lambda viewer, partnership: Standing("x"))


def test_a_place_is_added_by_name_and_a_miss_offers_the_nearest(world, monkeypatch):
    client, address = signed_in(world.admin()), reverse("web:places", args=[world.partnership.pk])
    monkeypatch.setattr("commonweal.web.views.partnerships.look_up", lambda viewer, text: places.NoPlace(
        "There is no place called “Nowsley”.", ("Knowsley",)
    ))
    text = client.post(address, {"q": "Nowsley"}).content.decode()
    assert "There is a problem" in text
    assert "Knowsley" in text
    found = places.Found("E08000011", "Knowsley", "district", 2024, "Huyton is in Knowsley.")
    monkeypatch.setattr("commonweal.web.views.partnerships.look_up", lambda viewer, text: found)
    text = client.post(address, {"q": "Huyton"}, follow=True).content.decode()
    assert "Knowsley is now a place of Testshire together. Huyton is in Knowsley." in text
    assert "already has this place" in client.post(address, {"q": "Huyton"}).content.decode()
    assert PartnershipPlace.objects.filter(partnership=world.partnership, code="E08000011").count() == 1


def test_a_role_is_ended_from_the_people_page(world):
    client, role = signed_in(world.admin()), PartnershipRole.objects.get(person=world.people[Role.OBSERVER])
    text = client.post(reverse("web:role-end", args=[world.partnership.pk, role.pk]), follow=True).content.decode()
    assert "no longer has this role" in text
    assert not viewer_of(world.people[Role.OBSERVER]).grants


def test_another_partnerships_role_cannot_be_ended_through_ones_own(world):
    role = PartnershipRole.objects.get(person=world.outsider)
    response = signed_in(world.admin()).post(reverse("web:role-end", args=[world.partnership.pk, role.pk]))
    assert response.status_code == 404
    role.refresh_from_db()
    assert role.end is None


def test_a_file_from_the_form_to_its_outcome(world):
    client = signed_in(world.people[Role.ANALYST])
    upload = bring(client, world, "swims.csv", SWIMS)
    assert upload.state == UploadState.MAPPING
    where = [world.partnership.pk, upload.pk]
    assert "Waits for you" in page(client, "web:upload", *where)
    assert "Say what the columns of swims.csv are" in page(client, "web:partnership", world.partnership.pk)
    form = page(client, "web:mapping", *where)
    for words in ("District code", "Swims per head", "official area codes", "E08000011"):
        assert words in form
    address = reverse("web:mapping", args=where)
    blank = client.post(address, {}).content.decode()
    assert "Enter whose figures they are" in blank
    said = {
        "title": "Swims", "publisher": "Testshire Leisure", "licence": "Ours", "target": "observations",
        "headers": "indicator", "column_0": "area_code", "column_1": "period", "column_2": "",
    }
    refused = client.post(address, said).content.decode()
    assert "holds the values" in refused
    response = client.post(address, {**said, "column_2": "value"})
    job = Job.objects.get(kind="upload.map")
    assert response.headers["Location"] == reverse("web:job", args=[job.pk])
    run(job.pk)
    outcome = page(client, "web:upload", *where)
    assert "Swims: 2 rows read" in outcome
    upload.refresh_from_db()
    assert upload.dataset.startswith("own-swims-")
    own = page(client, "web:own-dataset", world.partnership.pk, upload.dataset)
    assert "Testshire Leisure" in own
    assert "Your own data" in page(client, "web:files", world.partnership.pk)
    assert Event.objects.filter(verb=Verb.MAPPING_CONFIRMED, actor=world.people[Role.ANALYST].pk).exists()
    outsider = signed_in(world.outsider)
    for route, keys in (("web:upload", where), ("web:own-dataset", [world.partnership.pk, upload.dataset])):
        assert outsider.get(reverse(route, args=keys)).status_code == 404
    mine = [world.other_partnership.pk, upload.pk]
    assert outsider.get(reverse("web:upload", args=mine)).status_code == 404
    mine = [world.other_partnership.pk, upload.dataset]
    assert outsider.get(reverse("web:own-dataset", args=mine)).status_code == 404


def test_a_broken_file_is_refused_in_words_and_its_bytes_are_gone(world):
    client = signed_in(world.people[Role.ANALYST])
    upload = bring(client, world, "half.xlsx", b"PK\x03\x04 and then nothing")
    assert upload.state == UploadState.SET_ASIDE
    text = page(client, "web:upload", world.partnership.pk, upload.pk)
    assert "Not read" in text
    assert "bring it again" in text
    assert not quarantine().holds(upload.pk)
    home, keys = "See why half.xlsx could not be read", [world.partnership.pk, upload.pk]
    assert home in page(client, "web:partnership", world.partnership.pk)
    away = reverse("web:upload-put-away", args=keys)
    refused = signed_in(world.admin()).post(away)
    assert "Whoever brought this file puts it away" in refused.content.decode()
    assert client.post(away).status_code == 302
    assert home not in page(client, "web:partnership", world.partnership.pk)
    assert "Put it away" not in page(client, "web:upload", *keys)


def test_a_survey_that_could_not_be_read_leads_back_to_surveys(world):
    client, keys = signed_in(world.people[Role.ANALYST]), [world.partnership.pk]
    file = SimpleUploadedFile("bad.csv", b"age\n")
    said = {"title": "Desk", "perspective": "users", "chosen": "everybody", "asked_by": "in_person",
            "covers": "whole", "file": file,
            "gathered_to_day": "1", "gathered_to_month": "10", "gathered_to_year": "2026"}
    client.post(reverse("needs:survey-bring", args=keys), said)
    upload = Upload.objects.get(name="bad.csv")
    run(Job.objects.get(kind="survey.look").pk)
    text = page(client, "web:upload", *keys, upload.pk)
    assert reverse("needs:survey-bring", args=keys) in text
    assert "publisher" not in text


@pytest.mark.parametrize(("file", "sentence"), [
    (None, "Upload a file"), (SimpleUploadedFile("empty.csv", b""), "The file is empty"),
])
def test_no_file_and_an_empty_file_are_errors_on_the_form(world, file, sentence):
    client = signed_in(world.people[Role.ANALYST])
    response = client.post(reverse("web:files", args=[world.partnership.pk]), {"file": file} if file else {})
    assert response.status_code == 200
    assert sentence in response.content.decode()
    assert not Upload.objects.exists()


def test_a_file_too_large_is_an_error_on_the_form(world, settings):
    settings.UPLOAD_LIMIT = 10
    client = signed_in(world.people[Role.ANALYST])
    response = client.post(
        reverse("web:files", args=[world.partnership.pk]), {"file": SimpleUploadedFile("x.csv", b"x" * 11)}
    )
    assert "larger than" in response.content.decode()
    assert not Upload.objects.exists()
    assert not Job.objects.exists()


def test_a_file_whose_reading_failed_says_so_and_offers_another_try(world, monkeypatch):
    def broken(_handle: object) -> str:
        raise RuntimeError("a fault of ours")

    monkeypatch.setattr(running, "work_of", lambda kind: broken)
    client = signed_in(world.people[Role.ANALYST])
    client.post(
        reverse("web:files", args=[world.partnership.pk]), {"file": SimpleUploadedFile("swims.csv", SWIMS)}
    )
    upload, job = Upload.objects.get(), Job.objects.get()
    assert "Being read" in page(client, "web:upload", world.partnership.pk, upload.pk)
    run(job.pk)
    assert "Did not work" in page(client, "web:files", world.partnership.pk)
    shown = page(client, "web:upload", world.partnership.pk, upload.pk)
    assert running.FAULT in shown
    assert reverse("web:job", args=[job.pk]) in shown
    assert "Being read" not in shown


def test_long_work_is_shown_stopped_and_tried_again(world):
    analyst = world.people[Role.ANALYST]
    client = signed_in(analyst)
    job = start_job(by=viewer_of(analyst), kind="upload.read", key="k", partnership=world.partnership)
    text = page(client, "web:job", job.pk)
    assert "hx-get" in text
    assert "Look again" in text
    assert client.get(reverse("web:job-progress", args=[job.pk])).status_code == 200
    client.post(reverse("web:job-cancel", args=[job.pk]))
    job.refresh_from_db()
    assert job.state == JobState.CANCELLED
    done = client.get(reverse("web:job-progress", args=[job.pk]))
    assert done.status_code == 286
    assert b"hx-get" not in done.content
    assert "Cancelled" in page(client, "web:jobs")
    client.post(reverse("web:job-again", args=[job.pk]))
    job.refresh_from_db()
    assert job.state == JobState.WAITING


def test_the_invented_partnership_says_so_on_every_page(world):
    client = signed_in(world.invented_person)
    for route in ("web:partnership", "web:places", "web:people", "web:people-add", "web:files"):
        assert "Invented example" in page(client, route, world.invented.pk)


def test_a_partnership_is_started_from_the_command_line(db):
    before = Partnership.objects.count()
    said = ["Newplace together", "--organisation", "Newplace Council", "--administrator", "Nia", "--email"]
    out = StringIO()
    call_command("add_partnership", *said, "nia@newplace.gov.uk", stdout=out)
    assert "nia@newplace.gov.uk" in out.getvalue()
    nia = Person.objects.get(email="nia@newplace.gov.uk")
    partnership = Partnership.objects.get(name="Newplace together")
    assert viewer_of(nia).roles_in(partnership.pk) == (Role.ADMIN,)
    with pytest.raises(CommandError, match="correct format"):
        call_command("add_partnership", *said, "nonsense", stdout=out)
    assert Partnership.objects.count() == before + 1
    call_command("forget_again", stdout=out)
    assert "0 forgotten again" in out.getvalue()


@pytest.mark.parametrize(("role", "offered"), [(Role.PROVIDER, True), (Role.ELECTED_MEMBER, False)])
def test_the_home_offers_only_what_may_be_opened(world, role, offered):
    client, keys = signed_in(world.people[role]), [world.partnership.pk]
    home = page(client, "web:partnership", *keys)
    for route in ("providers:profile", "providers:applications"):
        address = reverse(route, args=keys)
        assert (f'href="{address}"' in home) is offered
        assert client.get(address).status_code == (200 if offered else 403)
