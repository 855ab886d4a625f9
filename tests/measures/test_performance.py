"""Performance through its pages: exceptions first, targets, money worked out, and each provider's line its own."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from decimal import Decimal as D

import pytest
from django.core import mail
from django.test import Client
from django.urls import reverse
from tests.priorities.test_outcomes import AIM, written
from tests.world import signed_in

from commonweal.agreements.actions.measures import MeasureSaid, TargetSaid, set_measure
from commonweal.core import clock
from commonweal.core.actions.organisations import create_organisation
from commonweal.core.actions.partnerships import add_organisation
from commonweal.core.actions.people import add_person
from commonweal.core.actions.roles import give_role
from commonweal.core.errors import NotAllowed, NotFound, Refused
from commonweal.core.models import OrganisationKind
from commonweal.core.permissions import Role
from commonweal.core.viewer import SYSTEM, viewer_of
from commonweal.measures.actions.comparing import compare_providers, reply_to_comparison
from commonweal.measures.actions.performance import read_measure
from commonweal.measures.actions.plans import PlanSaid, plan_returns
from commonweal.measures.models import ComparisonLine, Return, ReturnAnswer
from commonweal.measures.queries.comparing import comparison_for, comparisons_for
from commonweal.measures.queries.performance import performance_of
from commonweal.measures.waiting import own_line
from commonweal.options.actions.agreements import AgreementSaid, record_agreement
from commonweal.options.models import Agreement
from commonweal.priorities.actions.target import set_target

NOW = datetime(2026, 11, 27, 10, 0, tzinfo=UTC)
GROUPS = (("girls", "Girls of 11 to 16"),)


@pytest.fixture(autouse=True)
def at(settings, tmp_path):
    settings.VAR = tmp_path
    with clock.fixed(NOW):
        yield


def agreed(world, title: str, provider: str, **plan) -> Agreement:
    by = viewer_of(world.admin())
    row = record_agreement(by=by, partnership=world.partnership, said=AgreementSaid(
        title=title, service="arts", form="grant", begins=date(2025, 4, 1), ends=None, regime="", source="File",
        parties=(("Testshire District Council", "pays"), (provider, "delivers")), years=(("2025-26", D(4000)),)))
    plan_returns(by=by, agreement=row, said=PlanSaid(**{
        "tier": 2, "every": 6, "begins": date(2025, 4, 1), "difference": "they felt less alone",
        "provider_name": provider, "groups": GROUPS, "tier_reason": "To know who comes.", **plan}))
    return row


def returned(row: Agreement, first: date, last: date, **answers) -> Return:
    plan = row.return_plan
    at = datetime(last.year, last.month, last.day, tzinfo=UTC)
    made = Return(partnership=plan.partnership, plan=plan, first=first, last=last, due=last + timedelta(days=28),
                  tier=2, asked=list(answers), state="sent", sent_at=at,
                  receipt=f"{row.pk.hex[-6:]}{first.month:02}{first.year % 100}")
    made.save()
    ReturnAnswer.objects.bulk_create(
        ReturnAnswer(partnership=plan.partnership, of=made, question=key, value=said, number=1)
        for key, said in answers.items())
    return made


def half(row: Agreement, number: int, **answers) -> Return:
    """The half-years from April 2025 on."""
    starts = (date(2025, 4, 1), date(2025, 10, 1), date(2026, 4, 1), date(2026, 10, 1))
    return returned(row, starts[number], starts[number + 1] - timedelta(days=1), **answers)


def measured(world, row: Agreement, title: str, target: int, **more):
    aim = TargetSaid(start=date(2026, 4, 1), end=date(2027, 4, 1), target=D(target))
    return set_measure(by=viewer_of(world.admin()), agreement=row, said=MeasureSaid(**{
        "title": title, "what": "As counted.", "unit": "times", "kind": "use", "adds": "sum", "every": "year",
        "targets": (aim,), **more}))


@pytest.mark.promise("M4")
def test_performance_shows_exceptions_first_then_each_measure_beside_its_way_to_the_target(world):
    dance, choir = agreed(world, "Dance", "Dance Club"), agreed(world, "Choir", "Carers' Choir")
    record_agreement(by=viewer_of(world.admin()), partnership=world.partnership, said=AgreementSaid(
        title="Boxing", service="leisure", form="grant", begins=date(2026, 4, 1), ends=None, regime="",
        source="File", parties=(("Council", "pays"), ("Boxers", "delivers")), years=(("2026-27", D(900)),)))
    for number, came in enumerate((900, 950, 400)):
        half(dance, number, attendances=came, people=60, answered=40, satisfied=36, different=22,
             groups={"girls": 20 + number})
    Return(partnership=world.partnership, plan=choir.return_plan, first=date(2025, 4, 1), last=date(2025, 9, 30),
           due=date(2025, 10, 28), tier=2).save()
    visits = measured(world, dance, "Attendances", 2000)
    girls = measured(world, dance, "Girls who dance", 40, adds="never")
    happy = measured(world, dance, "Satisfied", 88, adds="mean", kind="satisfaction")
    browser, keys = signed_in(world.admin()), [world.partnership.pk]
    for row, tells in ((visits, "attendances"), (girls, "group|Girls of 11 to 16"), (happy, "satisfied")):
        told = browser.post(reverse("measures:measure-told-by", args=[*keys, row.pk]), {"tells": tells})
        assert told.status_code == 302
    browser.post(reverse("measures:measure-payment", args=[*keys, girls.pk]), {
        "pounds": "1000", "nothing_at": "50", "all_at": "100", "agreed_in": "Letter of 1 April"})
    page = browser.get(reverse("measures:performance", args=keys)).content.decode()
    assert "Look first at 3 of 3 agreements: 1 late, 1 off its way and 2 missing." in page
    first = [page.index(words) for words in (
        "Attendances: 400, where 1,003 should be there", "was due on 28 October 2025, 395 days ago",
        "No return is laid down for it", "How they stand")]
    assert first == sorted(first)
    one = browser.get(reverse("measures:agreement-performance", args=[*keys, dance.pk])).content.decode()
    for words in ("On its way", "Off its way", "Cannot tell yet", "90.0%", "Wilson", "40",
                  "The target is 40 people by 31 March 2027; returned so far: 22 people. That is 55.0% of it.",
                  "£100.00", "this is how it stands, not what is due"):
        assert words in one, words
    for way, words in {"group": "Girls of 11 to 16", "provider": "Dance Club", "place": "No place is named",
                       "outcome": "No outcome"}.items():
        assert words in browser.get(reverse("measures:performance", args=keys) + f"?by={way}").content.decode()
    paper = browser.get(reverse("measures:self-assessment", args=keys)).content.decode()
    assert "The partners have agreed 0 needs" in paper
    assert "No target is set." in paper
    stands = {one.title: one.stands for one in performance_of(viewer_of(world.admin()), keys[0]).measures}
    assert stands == {"Attendances": "off", "Girls who dance": "on", "Satisfied": "unsure"}


def test_the_self_assessment_reports_by_frameworks_of_the_past_and_of_today(world):
    outcome = written(world)
    ended = replace(AIM, indicator="ni-2008/NI6", own_measure="", unit="%", minimum_change=D(100))
    for said in (ended, AIM):
        set_target(by=viewer_of(world.admin()), outcome=outcome, said=said)
    paper = " ".join(signed_in(world.admin()).get(
        reverse("measures:self-assessment", args=[world.partnership.pk])).content.decode().split())
    for words in ("1 of 2 targets are measures of our own.", "National indicators of 2008, until 2011",
                  "Regular volunteering", "No: it is too small", "40 %, 1 April 2026"):
        assert words in paper, words


def test_a_measure_is_not_read_from_what_cannot_tell_it(world):
    by, row = viewer_of(world.admin()), agreed(world, "Dance", "Dance Club")
    visits, girls = measured(world, row, "Attendances", 100), measured(world, row, "Girls", 9, adds="never")
    for measure, tells, part, words in (
        (visits, "people", "", "never added up"), (visits, "luck", "", "from the list"),
        (girls, "group", "Boys", "Choose a group"),
    ):
        with pytest.raises(Refused, match=words):
            read_measure(by=by, measure=measure, tells=tells, part=part)


def provider(world, name: str):
    organisation = create_organisation(by=SYSTEM, name=name, kind=OrganisationKind.THIRD_SECTOR)
    add_organisation(by=SYSTEM, partnership=world.partnership, organisation=organisation)
    person = add_person(by=SYSTEM, email=f"{name[-1].lower()}@clubs.example", name=name)
    give_role(by=SYSTEM, partnership=world.partnership, person=person, organisation=organisation,
              role=Role.PROVIDER)
    return person


def test_a_provider_reads_its_own_line_first_replies_and_never_sees_anothers(world):
    asker, names = viewer_of(world.admin()), [f"Club {letter}" for letter in "ABCDEFGH"]
    for number, name in enumerate(names):
        half(agreed(world, f"Grant {name}", name), 0, answered=20 + number, satisfied=10 + number, people=60)
    first, last = date(2025, 4, 1), date(2026, 3, 31)
    ask = {"by": asker, "partnership": world.partnership, "what": "satisfied", "first": first}
    with pytest.raises(Refused, match="0 providers have 10 answers or more"):
        compare_providers(**ask, last=date(2025, 4, 2))
    alpha, beta = provider(world, "Club A"), provider(world, "Club B")
    made = compare_providers(**ask, last=last)
    line = {one.name: one for one in ComparisonLine.objects.filter(comparison=made)}
    assert line["Club A"].value > 0.5, "drawn towards the middle of all"
    assert not comparison_for(asker, world.partnership.pk, made.pk).shown
    viewers = {name: viewer_of(person) for name, person in (("Club A", alpha), ("Club B", beta))}
    for name, viewer in viewers.items():
        seen = comparison_for(viewer, world.partnership.pk, made.pk)
        assert [one.name for one in seen.lines] == [name]
        assert len(own_line(viewer, world.partnership.pk)) == 1
    address = reverse("measures:comparison", args=[world.partnership.pk, made.pk])
    assert "Club B" not in signed_in(alpha).get(address).content.decode()
    with pytest.raises(NotFound):
        reply_to_comparison(by=viewers["Club A"], line=line["Club B"], words="Theirs")
    with pytest.raises(NotAllowed):
        compare_providers(**{**ask, "by": viewers["Club A"]}, last=last)
    signed_in(alpha).post(reverse("measures:comparison-reply", args=[world.partnership.pk, made.pk]),
                          {"words": "Half of ours answered on paper."})
    told = signed_in(world.admin()).get(address)
    assert "Half of ours answered on paper." in told.content.decode()
    assert "7 wait to be read first by those who deliver" in told.content.decode()
    with clock.fixed(NOW + timedelta(days=14)):
        assert len(comparison_for(asker, world.partnership.pk, made.pk).shown) == 8
        seen = comparison_for(viewers["Club B"], world.partnership.pk, made.pk)
        assert [one.name for one in seen.lines] == ["Club B"]
    assert comparisons_for(viewer_of(world.outsider), world.partnership.pk) == ()


def test_a_provider_without_an_account_reads_its_own_line_by_a_link_and_no_other(world, settings):
    for number in range(8):
        half(agreed(world, f"Grant {number}", f"Club {number}", contact_email=f"c{number}@clubs.example"), 0,
             answered=20 + number, satisfied=10 + number, people=60)
    signed_in(world.admin()).post(reverse("measures:compare", args=[world.partnership.pk]), {
        "what": "satisfied", "first_day": "1", "first_month": "4", "first_year": "2025", "last_day": "31",
        "last_month": "3", "last_year": "2026"})
    letter = next(one for one in mail.outbox if one.to == ["c3@clubs.example"])
    link = next(word for word in letter.body.split() if "/compared/open/" in word).removeprefix("http://testserver")
    browser = Client()
    assert "Club 3" in browser.get(link).content.decode()
    assert browser.get(reverse("measures:own-line")).status_code == 404
    page = browser.post(link, follow=True).content.decode()
    assert "middle of all" in page
    assert not any(f"Club {number}" in page for number in range(8) if number != 3)
    browser.post(reverse("measures:own-line"), {"words": "Two of our evenings were cancelled."})
    made = ComparisonLine.objects.first().comparison_id
    seen = comparison_for(viewer_of(world.admin()), world.partnership.pk, made)
    assert [(one.name, one.reply) for one in seen.shown] == [("Club 3", "Two of our evenings were cancelled.")]
