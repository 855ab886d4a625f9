"""What is provided beside what is needed: recorded, judged, listed on both sides, and asked why it still runs."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from decimal import Decimal

import pytest
from django.urls import reverse
from hypothesis import given
from hypothesis import settings as tries
from hypothesis import strategies as st
from tests.needs.conftest import words_of
from tests.world import signed_in

from commonweal.core import clock
from commonweal.core.actions.organisations import create_organisation
from commonweal.core.actions.partnerships import add_organisation
from commonweal.core.actions.people import add_person
from commonweal.core.actions.roles import give_role
from commonweal.core.errors import CommonwealError, NotAllowed, NotFound, Refused
from commonweal.core.models import Event, OrganisationKind
from commonweal.core.permissions import Role
from commonweal.core.viewer import SYSTEM, viewer_of
from commonweal.needs.actions.need import Wording, rewrite_need, withdraw_need, write_need
from commonweal.needs.actions.service import (
    Judged,
    ServiceSaid,
    answer_question,
    change_service,
    end_service,
    record_service,
    say_needs,
)
from commonweal.needs.models import Answers, Service, ServiceKind, Side, WhyItRuns
from commonweal.needs.queries.mismatch import Served, mismatch_for, spend_of, unserved_count
from commonweal.needs.queries.services import service_for, services_for, to_ask
from commonweal.needs.service_reading import Named, areas_in, pounds_in, year_in
from commonweal.needs.waiting import services as waiting

NOW = datetime(2026, 11, 22, 9, tzinfo=UTC)
SAID = Wording("girls of 11 to 16", "Marsh End", "somewhere to dance near home.", "Users and schools say so.")
DANCES = ServiceSaid(
    name="Tea dances", kind=ServiceKind.ACTIVITIES, run_by="Testshire District Council", themes=("older",),
    reason=WhyItRuns.HISTORICAL, spend=Decimal(18000), spend_year=2025, spend_source="Outturn", since=1951,
)
WARDS = (Named("E05000001", "Marsh End"), Named("E05000002", "Kiln Lane"), Named("E05000003", "Ash, Elm and Oak"))


@pytest.fixture(autouse=True)
def still(settings, tmp_path):
    settings.VAR = tmp_path
    with clock.fixed(NOW):
        yield


@pytest.fixture
def admin(world):
    return viewer_of(world.admin())


def recorded(world, **other):
    said = replace(DANCES, **other)
    return record_service(by=viewer_of(world.admin()), partnership=world.partnership, said=said)


def needed(world, title="Dance near home"):
    return write_need(by=viewer_of(world.admin()), partnership=world.partnership, title=title,
                      side=Side.FOR_CULTURE, theme="culture", said=SAID).identity


def said_of(world, service, **judged):
    """Judge by title of the need."""
    rows = {need.title.split()[0].lower(): need.id for need in mismatch_for(
        viewer_of(world.admin()), world.partnership.pk).needs}
    told = {rows[key]: Judged(Answers(value), "We counted." if value in ("whole", "part") else "")
            for key, value in judged.items()}
    return say_needs(by=viewer_of(world.admin()), service=service, judged=told)


def found(world, role=Role.ADMIN):
    return mismatch_for(viewer_of(world.people[role]), world.partnership.pk)


@pytest.mark.parametrize(("text", "amount"), [
    ("£18,000", Decimal(18000)), ("18000.50", Decimal("18000.50")), ("0", Decimal(0)), ("", None), (" £ ", None),
    ("1,234,567.891", Decimal("1234567.89")), ("18000.0", Decimal(18000)),
])
def test_pounds_are_read_as_people_write_them(text, amount):
    assert pounds_in(text) == amount


@pytest.mark.parametrize("text", ["-1", "eighteen", "NaN", "1e99", "18,50", "1,2,3", "99999999999"])
def test_what_is_no_amount_is_said_in_a_sentence(text):
    with pytest.raises(Refused, match="not an amount in pounds"):
        pounds_in(text)


@pytest.mark.parametrize(("text", "year"), [
    ("2025/26", 2025), ("2025-26", 2025), ("2025–26", 2025), ("1999/2000", 1999), ("2025", 2025), ("", None),
])
def test_financial_years(text, year):
    assert year_in(text) == year


@pytest.mark.parametrize("text", ["2025/27", "last year", "25/26", "2025/26/27"])
def test_what_is_no_financial_year(text):
    with pytest.raises(Refused, match="Write it as 2025/26"):
        year_in(text)


@pytest.mark.parametrize(("text", "names"), [
    ("", []), ("The whole place", []), ("marsh end; Kiln Lane", ["Marsh End", "Kiln Lane"]),
    ("E05000002, Kiln Lane,", ["Kiln Lane"]), ("Ash, Elm and Oak, marsh end", ["Ash, Elm and Oak", "Marsh End"]),
])
def test_wards_are_read_by_name(text, names):
    assert [one.name for one in areas_in(text, WARDS)] == names


@pytest.mark.parametrize(("text", "known", "words"), [
    ("Marshend", WARDS, "Did you mean Marsh End"), ("Atlantis", WARDS, "not a ward or place here"),
    ("Marsh End", (), "Leave the areas empty"),
])
def test_an_unknown_ward_is_said_with_the_nearest(text, known, words):
    with pytest.raises(Refused, match=words):
        areas_in(text, known)


def test_a_service_is_recorded_for_the_partners_who_see_evidence(world):
    row = recorded(world, areas=WARDS[:1])
    card = service_for(viewer_of(world.people[Role.OBSERVER]), world.partnership.pk, row.pk)
    assert (card.name, card.spend, card.year, card.area_names) == (
        "Tea dances", Decimal(18000), "2025/26", ("Marsh End",))
    assert row.organisation == world.council
    assert Event.objects.filter(verb="service.recorded", subject_id=row.pk).count() == 1
    for outside in (world.outsider, world.people[Role.PROVIDER]):
        with pytest.raises(CommonwealError):
            services_for(viewer_of(outside), world.partnership.pk)
    with pytest.raises(NotFound):
        service_for(viewer_of(world.outsider), world.other_partnership.pk, row.pk)


@pytest.mark.parametrize(("other", "words"), [
    ({"themes": ()}, "at least one theme"), ({"themes": ("nonsense",)}, "at least one theme"),
    ({"since": 2030}, "must be between"), ({"since": 3}, "must be between"),
    ({"spend_year": 2030}, "has not begun"), ({"spend_year": None}, "financial year"),
    ({"spend_source": ""}, "source"), ({"spend": Decimal(-1)}, "0 or more"),
    ({"reason": WhyItRuns.EXTERNAL}, "when the money from outside ends"),
    ({"reason_words": "Councillor Smith likes it"}, "never a person"), ({"groups": "x" * 201}, "200"),
])
def test_what_cannot_stand_is_refused_in_words(world, other, words):
    with pytest.raises(Refused, match=words):
        recorded(world, **other)
    assert not Service.objects.exists()


def test_the_same_service_twice_is_refused_until_the_first_has_ended(world, admin):
    row = recorded(world)
    with pytest.raises(Refused, match="is here already"):
        recorded(world)
    end_service(by=admin, service=row)
    end_service(by=admin, service=row)
    recorded(world)
    assert len(services_for(admin, world.partnership.pk)) == 1
    assert len(services_for(admin, world.partnership.pk, ended=True)) == 1
    with pytest.raises(Refused, match="no longer runs"):
        change_service(by=admin, service=row, said=DANCES)


def test_only_who_runs_or_recorded_it_changes_it(world):
    row = recorded(world)
    board = create_organisation(by=SYSTEM, name="Testshire Health", kind=OrganisationKind.HEALTH)
    add_organisation(by=SYSTEM, partnership=world.partnership, organisation=board, signs_off=True)
    other = add_person(by=SYSTEM, email="hal@health.nhs.uk", name="Hal Health")
    give_role(by=SYSTEM, partnership=world.partnership, person=other, organisation=board, role=Role.ADMIN)
    for who in (other, world.people[Role.OBSERVER], world.outsider):
        with pytest.raises(NotAllowed):
            change_service(by=viewer_of(who), service=row, said=DANCES)
        with pytest.raises(NotAllowed):
            end_service(by=viewer_of(who), service=row)
    need = needed(world)
    assert say_needs(by=viewer_of(other), service=row, judged={need.pk: Judged(Answers.NONE)}) == 1
    changed = change_service(by=viewer_of(world.admin()), service=row, said=replace(DANCES, since=1948))
    assert (changed.since, row.history.count()) == (1948, 2)


@pytest.mark.parametrize(("answers", "served"), [
    ({}, Served.UNKNOWN), ({"one": "none"}, Served.UNKNOWN), ({"one": "none", "two": "none"}, Served.NONE),
    ({"one": "unclear", "two": "none"}, Served.UNKNOWN), ({"one": "part"}, Served.PART),
    ({"one": "part", "two": "whole"}, Served.WHOLE), ({"one": "none", "two": "part"}, Served.PART),
])
def test_how_a_need_stands_follows_from_what_is_said_of_services(world, answers, served):
    needed(world)
    rows = {name: recorded(world, name=name) for name in ("one", "two")}
    for name, value in answers.items():
        said_of(world, rows[name], dance=value)
    need = found(world).needs[0]
    assert need.served is served
    assert unserved_count(viewer_of(world.admin()), world.partnership.pk) == len(found(world).unserved)
    assert (need in found(world).unserved) == (served in (Served.NONE, Served.UNKNOWN))
    serving = {name for name, value in answers.items() if value in ("whole", "part")}
    assert {one.name for one in found(world).without} == {"one", "two"} - serving


def test_a_service_says_how_it_is_known_and_a_need_written_anew_is_looked_at_again(world, admin):
    need, row = needed(world), recorded(world)
    with pytest.raises(Refused, match="Dance near home: say in a few words how you know"):
        say_needs(by=admin, service=row, judged={need.pk: Judged(Answers.PART)})
    assert said_of(world, row, dance="part") == 1
    assert said_of(world, row, dance="part") == 0
    rewrite_need(by=admin, need=need, said=replace(SAID, where="Fishergate", reason="Heard more"), over=1)
    assert found(world).services[0].judged[0].stale
    assert said_of(world, row, dance="part") == 1
    assert not found(world).services[0].judged[0].stale
    withdraw_need(by=admin, need=need)
    assert (found(world).needs, found(world).services[0].serves) == ((), False)
    with pytest.raises(NotFound):
        say_needs(by=admin, service=row, judged={need.pk: Judged(Answers.NONE)})


def test_a_need_of_another_partnership_is_none_of_this_one(world, admin):
    row = recorded(world)
    other = write_need(by=viewer_of(world.outsider), partnership=world.other_partnership, title="Theirs",
                       side=Side.FOR_CULTURE, theme="culture", said=SAID).identity
    with pytest.raises(NotFound):
        say_needs(by=admin, service=row, judged={other.pk: Judged(Answers.NONE)})


@tries(max_examples=30)
@given(st.lists(st.one_of(st.none(), st.integers(0, 10**7)), max_size=12))
def test_spend_adds_up_and_what_is_not_known_is_counted(amounts):
    class Card:
        def __init__(self, spend):
            self.spend = spend

    total, unknown = spend_of([Card(None if one is None else Decimal(one)) for one in amounts])
    assert total == sum(one for one in amounts if one is not None)
    assert unknown == amounts.count(None)


def test_what_always_ran_waits_for_its_question_and_comes_back_on_its_day(world, admin):
    row = recorded(world)
    recorded(world, name="Swimming", reason=WhyItRuns.NEED)
    waits = [one.title for one in waiting(admin, world.partnership.pk)]
    assert "Ask what would justify it: Tea dances" in waits
    assert not any("Swimming" in one for one in waits)
    told = {"would_justify": "People who live alone", "asked_by": "The town council", "review": date(2027, 5, 1)}
    for wrong, words in [({"review": date(2026, 11, 22)}, "after today"), ({"asked_by": " "}, "who asked"),
                         ({"asked_by": "Mrs Smith"}, "never a person")]:
        with pytest.raises(Refused, match=words):
            answer_question(by=admin, service=row, **{**told, **wrong})
    answer_question(by=admin, service=row, **told)
    assert to_ask(admin, world.partnership.pk) == ()
    with clock.fixed(NOW + timedelta(days=200)):
        assert [one.name for one in to_ask(admin, world.partnership.pk)] == ["Tea dances"]
        assert to_ask(viewer_of(world.people[Role.OBSERVER]), world.partnership.pk) == ()


FORM = {
    "name": "Tea dances", "kind": "activities", "run_by": "Testshire District Council", "themes": ["older"],
    "spend": "£18,000", "spend_year": "2025/26", "spend_source": "Outturn", "since": "1951",
    "reason": "historical",
}


@pytest.mark.parametrize(("other", "words"), [
    ({"spend": "lots"}, "not an amount in pounds"), ({"spend_year": "26"}, "Write it as 2025/26"),
    ({"spend_year": ""}, "Enter the financial year of the amount"), ({"spend_source": ""}, "where the amount is"),
    ({"themes": []}, "Choose at least one theme"), ({"since": "long ago"}, "must be a year"),
    ({"areas": "Atlantis"}, "not a ward or place here"), ({"name": ""}, "What is it called?"),
    ({"reason": "external"}, "when the money from outside ends"),
])
def test_bad_answers_are_said_beside_the_question(world, other, words):
    answer = signed_in(world.admin()).post(
        reverse("needs:service-record", args=[world.partnership.pk]), {**FORM, **other})
    assert answer.status_code == 200
    assert words in words_of(answer.content.decode())
    assert not Service.objects.exists()


def test_by_hand_from_the_home_to_the_need(world):
    need = needed(world)
    browser, key = signed_in(world.admin()), world.partnership.pk
    front = reverse("needs:services", args=[key])
    assert front in browser.get(reverse("web:partnership", args=[key])).content.decode()
    assert "No service is recorded yet" in words_of(browser.get(front).content.decode())
    answer = browser.post(reverse("needs:service-record", args=[key]), FORM)
    row = Service.objects.get()
    assert answer["Location"] == reverse("needs:service-needs", args=[key, row.pk])
    refused = browser.post(answer["Location"], {"answers_0": "part", "how_0": ""})
    assert "Dance near home: say in a few words how you know" in words_of(refused.content.decode())
    answer = browser.post(answer["Location"], {"answers_0": "none", "how_0": ""})
    assert answer["Location"] == reverse("needs:service-question", args=[key, row.pk])
    browser.post(answer["Location"], {"would_justify": "None that we can think of", "asked_by": "Nobody",
                                      "review_day": "1", "review_month": "6", "review_year": "2027"})
    words = words_of(browser.get(front).content.decode())
    for said in (
        "Of 1 need, 1 has no service.", "1 of 1 service is not said to answer any, at £18,000 a year",
        "Every service was looked at; none answers it.", "is not a service without a use",
        "None that we can think of. Asked for by: Nobody", "Looked at again by 1 June 2027",
    ):
        assert said in words
    here = words_of(browser.get(reverse("needs:service", args=[key, row.pk])).content.decode())
    assert "It is not said to answer any need written here" in here
    assert "Dance near home : Not" in here
    assert "none answers it" in words_of(browser.get(reverse("needs:need", args=[key, need.pk])).content.decode())
    browser.post(reverse("needs:service-change", args=[key, row.pk]), {**FORM, "since": "1948"})
    assert "since 1948" in words_of(browser.get(front).content.decode())
    browser.post(reverse("needs:service-end", args=[key, row.pk]))
    assert "What no longer runs (1)" in words_of(browser.get(front).content.decode())
