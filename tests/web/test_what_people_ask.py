"""What people may ask: to see what is held, to complain, to have information; and who read what."""

from __future__ import annotations

import io
import json
import zipfile
from datetime import date, timedelta

import pytest
from django.conf import settings
from django.urls import reverse
from tests.web.test_sharing_pages import dates, text
from tests.world import signed_in

from commonweal.core import clock
from commonweal.core.access_log import Access, access_log
from commonweal.core.actions.complaints import let_complainants_go
from commonweal.core.actions.people import add_member
from commonweal.core.actions.subject_requests import KIND, let_old_answers_go
from commonweal.core.jobs.handle import Handle
from commonweal.core.models import (
    Complaint,
    InformationRequest,
    Invitation,
    Job,
    Partnership,
    SubjectRequest,
    Upload,
)
from commonweal.core.permissions import Role
from commonweal.core.viewer import SYSTEM, viewer_of
from commonweal.core.waiting import waiting_for
from commonweal.policy.elections import bank_holidays
from commonweal.policy.information_requests import acknowledge_by, answer_by, holidays_anywhere
from commonweal.web.background import gather


@pytest.fixture(autouse=True)
def var(tmp_path, monkeypatch):
    monkeypatch.setattr(settings, "VAR", tmp_path)
    return tmp_path


def test_the_clocks():
    assert acknowledge_by(date(2026, 6, 19)) == date(2026, 7, 19)
    assert answer_by("foi", date(2026, 11, 27)) == date(2026, 12, 30)  # neither 30 November nor 25 and 28 December
    assert answer_by("eir", date(2026, 3, 20)) == date(2026, 4, 21)    # Good Friday and Easter Monday


@pytest.mark.parametrize(("year", "elsewhere"), [  # GOV.UK's days for Scotland and Northern Ireland alone
    (2023, [(1, 3), (3, 17), (7, 12), (8, 7), (11, 30)]),
    (2025, [(1, 2), (3, 17), (7, 14), (8, 4), (12, 1)]),
    (2026, [(1, 2), (3, 17), (6, 15), (7, 13), (8, 3), (11, 30)]),
    (2027, [(1, 4), (3, 17), (7, 12), (8, 2), (11, 30)]),
    (2028, [(1, 4), (3, 17), (7, 12), (8, 7), (11, 30)]),
])
def test_a_bank_holiday_anywhere_in_the_united_kingdom_is_no_working_day(year, elsewhere):
    more = holidays_anywhere(year) - bank_holidays(year)
    assert sorted(more) == [date(year, month, day) for month, day in elsewhere]


def test_everything_held_about_oneself_and_nobody_else(world, var):
    person, other = world.people[Role.ANALYST], world.people[Role.OBSERVER]
    add_member(by=SYSTEM, person=person, organisation=world.council, job="Head of Swimming")
    Upload.objects.create(
        partnership=world.partnership, by=person, size=1, sha256="0", expires=clock.now(),
        name=f"{person.name} and {other.name} on 01632 960001.csv",
    )
    client = signed_in(person)
    at = reverse("web:held-about-me")
    assert "being gathered" in text(client.post(at, follow=True))
    row = SubjectRequest.objects.get()
    client.post(at)
    assert SubjectRequest.objects.count() == 1, "one that is under way is not asked for twice"
    said = gather(Handle(Job.objects.get(subject=row.pk)))
    assert "rows in" in said
    assert "Ready" in text(client.get(at))
    answer = client.post(reverse("web:held-file", args=[row.pk]))
    made = zipfile.ZipFile(io.BytesIO(answer.content))
    assert sorted(made.namelist()) == ["held.docx", "held.html", "held.json"]
    whole = made.read("held.json").decode()
    for part in (person.name, person.email, "Head of Swimming", "[name left out] on [number left out].csv"):
        assert part in whole, part
    for left_out in (other.name, other.email, world.admin().name, "password", "token_hash"):
        assert left_out not in whole.replace("passwords and keys", ""), left_out
    assert {"Accounts", "What was done"} & {one["use"] for one in json.loads(whole)["held"]}
    for stranger in (world.admin(), world.outsider, world.staff):
        assert signed_in(stranger).post(reverse("web:held-file", args=[row.pk])).status_code == 404
    with clock.fixed(clock.now() + timedelta(days=8)):
        assert let_old_answers_go() == 1
    assert list((var / "answers").iterdir()) == []
    assert client.post(reverse("web:held-file", args=[row.pk])).status_code == 404


def test_staff_gather_for_whoever_wrote_in(world):
    staff, at = signed_in(world.staff), reverse("web:subject-requests")
    sent = {"email": "nobody@host.gov.uk", "identity": "Rang back", **dates(received=0)}
    assert "No account has this address" in text(staff.post(at, sent))
    page = text(staff.post(at, sent | {"email": world.loner.email}, follow=True))
    assert "Lee Loner" in page
    assert "Rang back" in page
    assert Job.objects.filter(kind=KIND).count() == 1


def waits(world, title: str) -> list[str]:
    """How it stands among what waits for the administrator; nobody else has it."""
    by_another = waiting_for(viewer_of(world.people[Role.ANALYST]), world.partnership.pk)
    assert title not in [one.title for one in by_another]
    found = waiting_for(viewer_of(world.admin()), world.partnership.pk)
    return [one.status for one in found if one.title == title]


def test_a_complaint_from_the_form_to_its_outcome(world, client):
    make, goes_on = reverse("web:complain"), clock.today() + timedelta(days=2000)
    Partnership.objects.filter(pk=world.partnership.pk).update(end=goes_on)   # settled, and not yet come
    assert "There is a problem" in text(client.post(make, {"words": "", "reach": ""}))
    sent = {"words": "My name was published", "reach": "me@home.example", "partnership": str(world.partnership.pk)}
    client.post(make, sent | {"website": "x"})
    assert not Complaint.objects.exists()
    page = text(client.post(make, sent))
    row = Complaint.objects.get()
    assert row.reference in page
    at = reverse("web:complaint", args=[row.pk])
    assert signed_in(world.outsider).get(at).status_code == 404
    admin = signed_in(world.admin())
    assert "Acknowledge it by" in text(admin.get(reverse("web:complaints", args=[world.partnership.pk])))
    assert waits(world, f"Complaint {row.reference}") == ["Waits for you"]
    with clock.fixed(clock.now() + timedelta(days=40)):
        assert waits(world, f"Complaint {row.reference}") == ["Late"]
    today = dates(day=0)
    assert "Acknowledge it first" in text(admin.post(at, {"kind": "upheld", "words": "Sorry", **today}))
    assert "without undue delay" in text(admin.post(at, {"kind": "acknowledged", **today}, follow=True))
    assert "Outcome told on" in text(admin.post(at, {"kind": "upheld", "words": "Sorry", **today}, follow=True))
    with clock.fixed(clock.now() + timedelta(days=1200)):
        assert let_complainants_go() == 1
    assert waits(world, f"Complaint {row.reference}") == []
    row.refresh_from_db()
    assert (row.reach, row.words, row.steps.count()) == ("", "Taken out", 2)


def test_a_request_for_information_goes_out_without_names(world):
    admin, where = signed_in(world.admin()), [world.partnership.pk]
    log = reverse("web:information-requests", args=where)
    sent = {"words": "Spend on pools", "regime": "foi", **dates(received=0)}
    page = text(admin.post(log, sent, follow=True))
    assert "Answer it by" in page
    row = InformationRequest.objects.get()
    assert waits(world, "Request for information") == ["Waits for you"]
    one = reverse("web:information-request", args=[*where, row.pk])
    name = world.people[Role.ANALYST].name
    for title in ("Minutes", "Prices"):
        words = f"{name} said pools@council.gov.uk costs £2m, ring 01632 960 002."
        admin.post(one, {"title": title, "words": words})
    held = row.items.get(title="Prices")
    change = reverse("web:information-item", args=[*where, row.pk, held.pk])
    assert "Say why it is held back" in text(admin.post(change, {"exemption": "s43"}))
    assert "There is a problem" in text(admin.post(change, {"exemption": "r13", "reason": "x"}))
    admin.post(change, {"exemption": "s43", "reason": "A price under negotiation"})
    answer = admin.get(reverse("web:information-bundle", args=[*where, row.pk]))
    told = json.loads(zipfile.ZipFile(io.BytesIO(answer.content)).read("answer.json"))
    assert told["released"] == [{"title": "Minutes", "words": (
        "[name left out] said [address left out] costs £2m, ring [number left out].")}]
    assert told["held back"] == [
        {"exemption": "Section 43: commercial interests", "reason": "A price under negotiation"}]
    done = reverse("web:information-answered", args=[*where, row.pk])
    assert "Enter the day" in text(admin.post(done, follow=True))
    assert "Answered on" in text(admin.post(done, dates(day=0), follow=True))
    assert "answered already" in text(admin.post(one, {"title": "More", "words": "x"}))
    assert signed_in(world.outsider).get(one).status_code == 404


def test_administrators_see_who_read_what_and_only_theirs(world):
    reader, thing = world.people[Role.OBSERVER], Invitation().pk
    for about, route in ((world.partnership, "web:agreement"), (world.other_partnership, "web:people")):
        access_log().write(Access(reader.pk, "GET", route, 200, {"partnership": str(about.pk), "x": str(thing)}))
    at = reverse("web:reading", args=[world.partnership.pk])
    page = text(signed_in(world.admin()).get(at, {"about": str(thing)}))
    assert page.count(reader.name) == 1
    assert "Organisations, and the people of each" not in page
