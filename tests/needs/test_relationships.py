"""Who keeps in touch: nobody first, lapsed in time, nudged once a week, deleted in time, forgotten."""

from __future__ import annotations

import json
from datetime import UTC, date, datetime, timedelta

import jsonschema
import pytest
from django.core import mail, serializers
from django.core.management import CommandError, call_command
from django.urls import reverse
from hypothesis import given
from hypothesis import strategies as st
from tests.world import build_world, signed_in

from commonweal.core import clock
from commonweal.core.actions.organisations import create_organisation
from commonweal.core.actions.partnerships import add_organisation
from commonweal.core.actions.people import add_member, add_person, erase_person
from commonweal.core.actions.roles import end_role, give_role
from commonweal.core.errors import NotAllowed, NotFound, Refused
from commonweal.core.jobs import upkeep
from commonweal.core.models import Event, Job, JobState, OrganisationKind, PartnershipRole, TombstoneReason
from commonweal.core.permissions import Role
from commonweal.core.viewer import SYSTEM, viewer_of
from commonweal.needs import contacts_content
from commonweal.needs.actions.nudges import nudge_all, nudge_week
from commonweal.needs.actions.relationships import (
    Keeping,
    Spoken,
    finish_next_step,
    let_old_lines_go,
    log_contact,
    months_before,
    name_contact,
    take_line_back,
)
from commonweal.needs.content import read
from commonweal.needs.models import ContactLine, ContactNudge, Relationship
from commonweal.needs.queries.relationships import Touch, contact_for, contacts_for, lines_of, steps_promised

NOON = datetime(2026, 3, 4, 12, tzinfo=UTC)  # a Wednesday
MONDAY = date(2026, 3, 2)
PLACE = "E07000999"


@pytest.fixture
def world(db, settings, tmp_path):
    settings.VAR = tmp_path
    with clock.fixed(NOON - timedelta(days=900)):
        yield build_world()


@pytest.fixture
def health(world):
    """A second organisation, and somebody who works for it."""
    board = create_organisation(by=SYSTEM, name="Testshire Health", kind=OrganisationKind.HEALTH)
    add_organisation(by=SYSTEM, partnership=world.partnership, organisation=board)
    person = add_person(by=SYSTEM, email="hal@health.nhs.uk", name="Hal Health")
    give_role(by=SYSTEM, partnership=world.partnership, person=person, organisation=board, role=Role.CONTRIBUTOR)
    return board


def at(days: int):
    return clock.fixed(NOON + timedelta(days=days))


def named(world, key=PLACE, weeks=6, **more):
    admin = world.admin()
    return name_contact(by=viewer_of(admin), partnership=world.partnership, key=str(key),
                        keeping=Keeping(admin.pk, weeks, **more))


def spoke(world, row, day=None, **more):
    said = Spoken(**{"with_whom": "Chief executive", "said": "Pool may close in May.",
                     "day": day or clock.today(), **more})
    return log_contact(by=viewer_of(world.admin()), relationship=row, spoken=said)


def card(world, key=PLACE):
    return contact_for(viewer_of(world.admin()), world.partnership.pk, str(key))


def test_the_content_fits_its_schema():
    folder = (contacts_content.__file__ or "").rsplit("/", 1)[0] + "/content/contacts.schema.json"
    with open(folder, encoding="utf-8") as file:
        jsonschema.validate(read("contacts"), json.load(file))
    assert contacts_content.first_interval() == 6


def test_those_with_nobody_come_first_then_the_lapsed(world, health):
    with at(0):
        named(world, health.pk, weeks=2)
        spoke(world, named(world))
    with at(20):
        found = contacts_for(viewer_of(world.admin()), world.partnership.pk)
    assert [(one.name, one.touch) for one in found] == [
        ("Testshire District Council", Touch.NOBODY), ("Testshire Health", Touch.LAPSED),
        ("Testshire", Touch.IN_TOUCH),
    ]
    assert found[1].weeks_late == 1


@pytest.mark.parametrize(("weeks", "days", "touch"), [
    (6, 42, Touch.IN_TOUCH), (6, 43, Touch.LAPSED), (2, 14, Touch.IN_TOUCH), (2, 15, Touch.LAPSED),
    (52, 364, Touch.IN_TOUCH),
])
def test_a_contact_lapses_the_day_after_its_interval(world, weeks, days, touch):
    with at(0):
        spoke(world, named(world, weeks=weeks))
    with at(days):
        assert card(world).touch is touch


def test_somebody_newly_named_has_their_whole_interval(world, health):
    with at(0):
        row = named(world)
    hal = viewer_of(PartnershipRole.objects.get(organisation=health).person)
    with at(60):
        assert card(world).touch is Touch.LAPSED
        name_contact(by=hal, partnership=world.partnership, key=PLACE.lower(), keeping=Keeping(hal.person, 6))
        assert (card(world).keeper, card(world).touch) == ("Hal Health", Touch.IN_TOUCH)
    assert Relationship.objects.get() == row


def test_whoever_has_left_is_nobody(world, health):
    hal = PartnershipRole.objects.get(organisation=health)
    with at(0):
        name_contact(by=viewer_of(world.admin()), partnership=world.partnership, key=PLACE,
                     keeping=Keeping(hal.person_id, 6))
        end_role(by=SYSTEM, role=hal)
    with at(2):
        assert card(world).touch is Touch.NOBODY


@pytest.mark.parametrize(("said", "told"), [
    ({"day": date(2026, 3, 5)}, "today or earlier"),
    ({"day": date(2024, 3, 3)}, "kept for 24 months"),
    ({"next_by": date(2026, 4, 1)}, "Say what the next step is"),
    ({"said": "x" * 201}, "200 characters"),
    ({"with_whom": " "}, "blank"),
])
def test_what_cannot_be_written_down_is_said(world, said, told):
    with at(0), pytest.raises(Refused, match=told):
        spoke(world, named(world), **said)
    assert not ContactLine.objects.exists()


def test_nobody_keeps_in_touch_with_their_own_organisation(world, health):
    with at(0), pytest.raises(Refused, match="another organisation"):
        named(world, world.council.pk)
    with at(0), pytest.raises(NotFound):
        named(world, world.other_council.pk)


def test_only_those_who_work_on_it_read_and_write_lines(world):
    with at(0):
        row = named(world, speaks_to="Cllr Vane")
        line = spoke(world, row)
        for role in (Role.PROVIDER, Role.OBSERVER, Role.ELECTED_MEMBER):
            by = viewer_of(world.people[role])
            assert lines_of(by, world.partnership.pk, row.pk) == ()
            assert contact_for(by, world.partnership.pk, PLACE).speaks_to == ""
            with pytest.raises(NotAllowed):
                take_line_back(by=by, line=line)
        analyst = viewer_of(world.people[Role.ANALYST])
        assert len(lines_of(analyst, world.partnership.pk, row.pk)) == 1
        with pytest.raises(NotAllowed, match="whoever wrote"):
            take_line_back(by=analyst, line=line)
        with pytest.raises(NotAllowed):
            contacts_for(viewer_of(world.outsider), world.partnership.pk)
        take_line_back(by=viewer_of(world.admin()), line=line)
    assert not ContactLine.objects.exists()


def test_a_next_step_waits_until_it_is_done(world):
    admin = viewer_of(world.admin())
    with at(0):
        line = spoke(world, named(world), next_step="Send the figures", next_by=date(2026, 3, 20))
        assert steps_promised(admin, world.partnership.pk) == ()
    with at(17):
        assert [(one.step, one.late) for one in steps_promised(admin, world.partnership.pk)] == [
            ("Send the figures", True)
        ]
        finish_next_step(by=admin, line=line)
        assert steps_promised(admin, world.partnership.pk) == ()


def test_lines_go_when_their_time_is_up(world):
    with at(0):
        row = named(world)
        spoke(world, row, date(2024, 3, 4))
        spoke(world, row)
        assert let_old_lines_go() == 0
    with at(1):
        upkeep.tidy(now=True)
        assert let_old_lines_go() == 0
    assert [line.day for line in ContactLine.objects.all()] == [NOON.date()]
    assert Event.objects.filter(verb="contact.lines_let_go").count() == 1


@given(st.dates(date(1950, 1, 1), date(2200, 1, 1)), st.integers(0, 60))
def test_months_before_is_never_later_and_never_a_month_off(day, months):
    found = months_before(day, months)
    assert (day.year * 12 + day.month) - (found.year * 12 + found.month) == months
    assert found.day <= day.day
    assert found.day == day.day or (found + timedelta(days=1)).day == 1


def test_a_person_forgotten_is_nowhere_in_the_log(world, health):
    hal = PartnershipRole.objects.get(organisation=health).person
    with at(0):
        row = named(world, speaks_to="Hal Health, director")
        spoke(world, row, with_whom="hal health", said="Hal Health agrees.", next_step="Ring HAL HEALTH")
        log_contact(by=viewer_of(hal), relationship=row, spoken=Spoken("Mo", "Good talk.", clock.today()))
        name_contact(by=viewer_of(world.admin()), partnership=world.partnership, key=PLACE,
                     keeping=Keeping(hal.pk, 6, "Hal Health, director"))
        erase_person(by=SYSTEM, person=hal, reason=TombstoneReason.ASKED)
        rows = [*ContactLine.objects.all(), *Relationship.objects.all(), *Relationship.history.all()]
        assert "hal health" not in json.dumps(serializers.serialize("python", rows), default=str).lower()
        assert card(world).touch is Touch.NOBODY
        assert {line.by for line in lines_of(viewer_of(world.admin()), world.partnership.pk, row.pk)} == {
            "Pat Member organisation administrator", "Somebody who has left"
        }


@pytest.mark.parametrize(("instant", "week"), [
    (datetime(2026, 3, 2, 6, 59, tzinfo=UTC), None), (datetime(2026, 3, 2, 7, tzinfo=UTC), MONDAY),
    (datetime(2026, 3, 8, 23, 30, tzinfo=UTC), MONDAY),
    (datetime(2026, 6, 1, 6, tzinfo=UTC), date(2026, 6, 1)),      # seven in London in summer
])
def test_the_week_begins_on_monday_at_seven_in_london(instant, week):
    assert nudge_week(instant) == week


def test_each_is_nudged_once_a_week_whatever_happens(world, settings, monkeypatch):
    settings.SITE_ADDRESS = "https://commonweal.example.gov.uk"
    with at(-60):
        named(world)
    with at(0):
        monkeypatch.setattr("commonweal.needs.actions.nudges.send_mail", broken)
        assert nudge_all(MONDAY) == (0, 1)
        monkeypatch.undo()
        assert nudge_all(MONDAY) == (1, 0)
        assert nudge_all(MONDAY) == (0, 0)
        call_command("nudge_contacts")
    with at(7):
        assert nudge_all(MONDAY + timedelta(days=7)) == (1, 0)
    assert len(mail.outbox) == 2
    letter = mail.outbox[0]
    assert letter.to == ["admin@testshire.gov.uk"]
    assert letter.subject == "Commonweal: Time to pick up with Testshire"
    assert f"https://commonweal.example.gov.uk/partnership/{world.partnership.pk}/contacts/" in letter.body
    assert "Testshire: no contact written down yet" in letter.body


def broken(*args, **options):
    raise OSError("no mail server")


def test_a_worker_that_died_while_sending_is_followed_an_hour_later(world):
    with at(-60):
        named(world)
    ContactNudge.objects.create(partnership=world.partnership, person=world.admin(), week=MONDAY,
                                tried=NOON - timedelta(minutes=30))
    with at(0):
        assert nudge_all(MONDAY) == (0, 0)
    with clock.fixed(NOON + timedelta(minutes=31)):
        assert nudge_all(MONDAY) == (1, 0)


def test_the_command_says_when_mail_fails(world, monkeypatch):
    with at(-60):
        named(world)
    monkeypatch.setattr("commonweal.needs.actions.nudges.send_mail", broken)
    with at(0), pytest.raises(CommandError, match="1 could not be sent"):
        call_command("nudge_contacts")


def test_one_piece_of_work_a_week_however_often_upkeep_is_done(world):
    from commonweal.core.jobs.running import run

    with at(-60):
        named(world)
    with at(0):
        for _ in range(3):
            upkeep.tidy(now=True)
        job = Job.objects.get(kind="contacts.nudge")
        run(job.pk)
        job.refresh_from_db()
        assert (job.state, job.message) == (JobState.DONE, "1 reminder sent.")
    with at(7):
        upkeep.tidy(now=True)
    assert Job.objects.filter(kind="contacts.nudge").count() == 2


def test_a_fault_of_one_duty_keeps_no_other_from_being_done(db, settings, tmp_path, monkeypatch, caplog):
    settings.VAR = tmp_path
    done = []
    monkeypatch.setattr(upkeep, "_DUTIES", {"a": lambda: 1 / 0, "b": lambda: done.append(1)})
    upkeep.tidy(now=True)
    assert done == [1]
    assert "upkeep called a failed" in caplog.text


@pytest.mark.promise("P7")
def test_through_the_pages(world, health):
    add_member(by=SYSTEM, person=world.admin(), organisation=world.council, job="Head of Culture")
    with at(0):
        officer = signed_in(world.admin())
        base = reverse("needs:contacts", args=[world.partnership.pk])
        page = officer.get(base).content.decode()
        assert "Nobody is named for 3 of 3" in page
        officer.post(f"{base}{health.pk}/name/", {"keeper": str(world.admin().pk), "every_weeks": "2"})
        form = officer.get(f"{base}{health.pk}/log/").content.decode()
        assert 'value="2026"' in form
        day = {"day_day": "4", "day_month": "3", "day_year": "2026"}
        refused = officer.post(f"{base}{health.pk}/log/", {"with_whom": "Hal", "said": "", **day})
        assert "There is a problem" in refused.content.decode()
        officer.post(f"{base}{health.pk}/log/", {"with_whom": "Hal", "said": "Walking groups wanted.", **day})
        page = officer.get(f"{base}{health.pk}/").content.decode()
        assert "Walking groups wanted." in page
        assert "Head of Culture" in page
    with at(15):
        home = officer.get(reverse("web:partnership", args=[world.partnership.pk])).content.decode()
        assert "Pick up with Testshire Health" in home
        assert "1 week late" in home
        seen = signed_in(world.people[Role.PROVIDER]).get(f"{base}{health.pk}/").content.decode()
        assert "Pat Member organisation administrator" in seen
        assert "Walking groups" not in seen


def test_the_page_shows_the_lapsed_first_and_folds_what_is_long(world, health, monkeypatch):
    monkeypatch.setattr("commonweal.needs.views.contacts.OPEN", 0)
    with at(0):
        named(world, health.pk, weeks=2)
        spoke(world, named(world))
    with at(20):
        address = reverse("needs:contacts", args=[world.partnership.pk])
        page = signed_in(world.admin()).get(address).content.decode()
    body = page[page.index("<h1"):]
    assert body.index("1 week late") < body.index("Nobody is named</h2>") < body.index("1 more without anybody")
    assert body.count("<details") == 3  # those more without anybody, those in touch, and the reminder
    assert "Commonweal: Time to pick up with Testshire" in body
    assert "1 in touch" in body
