"""Returns through their pages: by link without an account, through clashes and corrections, and by telephone."""

from __future__ import annotations

import json
from datetime import UTC, date, datetime, timedelta
from importlib.resources import files
from itertools import pairwise
from uuid import uuid4

import jsonschema
import pytest
import yaml
from django.core import mail
from django.test import Client
from django.urls import reverse
from hypothesis import given
from hypothesis import strategies as st
from tests.access.returns import agreed
from tests.world import signed_in

from commonweal.core import clock
from commonweal.core.errors import Refused
from commonweal.core.viewer import viewer_of
from commonweal.measures.actions.answering import Answering, Said, save_answers
from commonweal.measures.actions.opening import end_links, make_link, open_returns
from commonweal.measures.actions.plans import PlanSaid, plan_returns
from commonweal.measures.actions.reminding import due_now, remind_all
from commonweal.measures.answers import whole
from commonweal.measures.checking import findings
from commonweal.measures.models import AnswerSave, Channel, Return, ReturnAnswer, ReturnLink, ReturnPlan
from commonweal.measures.periods import period_words, periods
from commonweal.policy.returns import burden_of, return_tiers

NOW = datetime(2026, 1, 20, 10, 0, tzinfo=UTC)
NUMBERS = {"attendances": "240", "people": "31", "answered": "20", "satisfied": "18", "different": "12"}


@pytest.fixture(autouse=True)
def at(settings, tmp_path):
    settings.VAR = tmp_path
    with clock.fixed(NOW):
        yield


@pytest.fixture
def row(world) -> Return:
    by = viewer_of(world.admin())
    plan_returns(by=by, agreement=agreed(world), said=PlanSaid(
        tier=1, every=12, begins=date(2024, 1, 1), difference="they felt less alone", provider_name="Dance Club",
        contact_name="Ana", contact_email="ana@dance.example"))
    return open_returns(by=by, partnership=world.partnership)[-1]


def opened(world, row: Return) -> Client:
    """A browser without an account that came through a link."""
    _, token = make_link(by=viewer_of(world.admin()), to=row, address="ana@dance.example")
    return through(token)


def through(token: str) -> Client:
    client = Client()
    begun = client.post(reverse("measures:return-begin", args=[token]))
    assert begun.status_code == 302
    return client


def page(row: Return, question: str) -> str:
    return reverse("measures:return-question", args=[row.pk, question])


def answer_all(client: Client, row: Return, **other: str) -> None:
    for key, value in {**NUMBERS, **other}.items():
        assert client.post(page(row, key), {"answer": value}).status_code == 302


def test_a_volunteer_sends_a_return_by_link_corrects_it_and_the_difference_stays(world, row):
    client = opened(world, row)
    first = client.get(page(row, "attendances")).content.decode()
    assert "Question 1 of 6" in first
    assert "Sign in" not in first
    wrong = client.post(page(row, "people"), {"answer": "about thirty"})
    assert "must be a whole number, such as 12, or 0" in wrong.content.decode()
    answer_all(client, row)
    assert client.post(page(row, "story"), {"answer": ""}).status_code == 302
    assert "they felt less alone" in client.get(page(row, "different")).content.decode()
    told = client.post(reverse("measures:return-check", args=[row.pk]), follow=True).content.decode()
    row.refresh_from_db()
    assert row.receipt in told
    assert row.receipt in mail.outbox[-1].body
    assert client.post(page(row, "people"), {"answer": "33"}, follow=True).status_code == 200
    seen = signed_in(world.admin()).get(reverse("measures:return-one", args=[row.partnership_id, row.pk]))
    assert "Different people: 31, then 33" in seen.content.decode()
    assert ReturnLink.objects.filter(of=row, ended=None).count() == 1
    newest = through(mail.outbox[-1].body.split("/return/open/")[1].split("/")[0])
    assert newest.get(page(row, "people")).status_code == 200


@pytest.mark.promise("M5")
def test_what_is_asked_fits_the_money_and_its_hours_are_shown_before_anybody_agrees(world):
    client, agreement = signed_in(world.admin()), agreed(world)
    address = reverse("measures:return-plan", args=[world.partnership.pk, agreement.pk])
    told = client.get(address).content.decode()
    light = burden_of(return_tiers()[0].questions, 12)
    assert f"{light.hours} hours, worth £{light.pounds:,.0f}" in told
    assert "tier 1 fits" in told
    laid = {"tier": "4", "every": "3", "begins_day": "1", "begins_month": "1", "begins_year": "2024",
            "difference": "they felt less alone", "provider_name": "Dance Club"}
    assert "Say why it should be heavier" in client.post(address, laid).content.decode()
    assert client.post(address, laid | {"tier_reason": "Children take part."}).status_code == 302


def test_what_was_sent_twice_is_kept_once_and_anothers_answer_gives_way_with_a_notice(world, row):
    by = viewer_of(world.admin())
    _, token = make_link(by=by, to=row)
    one, two = through(token), through(token)
    key = uuid4()
    for _ in range(2):
        sent = one.post(page(row, "people"), {"answer": "31", "key": key, "seen": 0},
                        headers={"Accept": "application/json"})
        assert sent.json()["number"] == 1
    over = two.post(page(row, "people"), {"answer": "40", "seen": 0}, follow=True).content.decode()
    assert "Somebody else had answered “Different people” at 10:00: 31" in over
    own = two.post(page(row, "people"), {"answer": "41", "seen": 0}, follow=True).content.decode()
    assert "Somebody else had answered" not in own
    assert list(AnswerSave.objects.filter(of=row).order_by("number").values_list("value", "over")) == [
        (31, False), (40, True), (41, False)]


def test_nothing_happened_is_one_press_and_a_reason_stands_for_an_answer(world, row):
    client = opened(world, row)
    client.post(page(row, "people"), {"answer": "12"})
    left_there = {"answer": "12", "cannot": "uncounted"}
    assert client.post(page(row, "people"), left_there).status_code == 302
    assert "we do not count this" in client.get(reverse("measures:return", args=[row.pk])).content.decode()
    told = client.post(reverse("measures:return-nothing", args=[row.pk]), follow=True).content.decode()
    assert "Nothing happened in it" in told
    assert set(ReturnAnswer.objects.filter(of=row).values_list("value", flat=True)) == {0}


@pytest.mark.parametrize("what", ["ended", "over", "session"])
def test_a_link_that_is_over_opens_nothing(world, row, what):
    client = opened(world, row)
    later = NOW
    if what == "ended":
        end_links(by=viewer_of(world.admin()), to=row)
    else:
        later = NOW + (timedelta(days=400) if what == "over" else timedelta(hours=5))
    with clock.fixed(later):
        assert client.get(page(row, "people")).status_code == 404
        assert client.post(page(row, "people"), {"answer": "3"}).status_code == 404
    assert not AnswerSave.objects.exists()


def test_opening_a_links_page_changes_nothing_and_its_token_is_kept_nowhere(world, row):
    _, token = make_link(by=viewer_of(world.admin()), to=row)
    assert Client().get(reverse("measures:return-begin", args=[token])).status_code == 200
    held = ReturnLink.objects.get(of=row)
    assert held.works()
    assert token not in str(vars(held))


def test_what_cannot_be_is_refused_and_what_is_unlikely_is_kept_with_it(world, row):
    client = opened(world, row)
    answer_all(client, row, people="300")
    refused = client.post(reverse("measures:return-check", args=[row.pk])).content.decode()
    assert "More different people came (300) than attendances (240)" in refused
    answer_all(client, row, people="20", satisfied="20", different="20")
    assert client.post(reverse("measures:return-check", args=[row.pk])).status_code == 302


def test_a_return_by_telephone_says_who_said_it(world, row):
    client = signed_in(world.admin())
    address = reverse("measures:return-spoken", args=[row.partnership_id, row.pk])
    said = {f"{key}:answer": value for key, value in NUMBERS.items()}
    said |= {"said_by": "Ana Reed", "said_on_day": "19", "said_on_month": "1", "said_on_year": "2026"}
    told = client.post(address, said, follow=True).content.decode()
    assert "Said by Ana Reed on 19 January 2026, entered by Pat Member organisation administrator" in told


@pytest.mark.parametrize(("on", "refuses"), [(date(2026, 9, 30), None), (date(2026, 11, 1), False),
                                             (date(2027, 10, 1), True)])
def test_a_new_check_warns_before_it_refuses(on, refuses):
    found = {one.key: one.refuses for one in findings({"groups": {"a": 9}, "people": 5}, {}, on)}
    assert found.get("groups-people") is refuses


def test_the_content_keeps_its_schema():
    folder = files("commonweal.policy").joinpath("data/returns")
    content = yaml.safe_load(folder.joinpath("returns.yaml").read_text("utf-8"))
    schema = json.loads(folder.joinpath("returns.schema.json").read_text("utf-8"))
    jsonschema.Draft202012Validator(schema).validate(json.loads(json.dumps(content, default=str)))
    lightest = return_tiers()[0].questions
    assert [one.kind for one in lightest].count("whole") == 5
    assert len(lightest) == 6


@given(st.dates(date(2000, 1, 1), date(2040, 1, 1)), st.sampled_from([1, 3, 6, 12]))
def test_periods_follow_one_another_without_a_gap(begins, every):
    found = list(periods(begins, None, every, before=begins + timedelta(days=1500)))
    for one, two in pairwise(found):
        assert two.first == one.last + timedelta(days=1)
    assert period_words(found[0].first, found[0].last)


@given(st.text(max_size=20))
def test_a_number_is_a_number_or_a_sentence(text):
    plain = "".join(letter for letter in text if not letter.isspace() and letter != ",")
    if plain.isascii() and plain.isdigit() and len(plain) < 7:
        assert whole(text, "People", 10**6) == int(plain)
    elif not plain[:1].isdigit():
        with pytest.raises(Refused, match="People"):
            whole(text, "People", 10**6)


def test_a_link_opens_its_own_return_alone(world, row):
    client = opened(world, row)
    other = Return.objects.filter(plan=row.plan).exclude(pk=row.pk).first()
    assert other is not None
    assert client.get(page(other, "people")).status_code == 404


@pytest.mark.parametrize(("days", "number"), [(-8, 0), (-7, 1), (0, 1), (1, 0), (3, 2), (30, 2)])
def test_a_reminder_comes_before_the_day_and_one_after(days, number):
    assert due_now(date(2026, 1, 28), date(2026, 1, 28) + timedelta(days=days)) == number


def test_who_has_not_sent_is_reminded_twice_then_rung(world, row, settings):
    settings.SITE_ADDRESS = "https://commonweal.example"
    client = opened(world, row)
    for day, went in ((22, 1), (23, 0), (27, 0), (31, 1), (40, 0)):
        with clock.fixed(NOW.replace(day=1) + timedelta(days=day - 1)):
            assert remind_all() == went
    assert "This is the last e-mail" in mail.outbox[-1].body
    token = mail.outbox[-1].body.split("/return/open/")[1].split("/")[0]
    assert client.get(page(row, "people")).status_code == 200   # whoever is in the middle of it stays in
    with clock.fixed(NOW + timedelta(days=20)):
        told = signed_in(world.admin()).get(reverse("measures:returns", args=[row.partnership_id]))
        assert "Ring these" in told.content.decode()
        assert through(token).get(page(row, "people")).status_code == 200


def test_a_plan_saved_again_keeps_its_partner_its_place_and_the_keys_of_its_groups(world, row):
    client, plan = signed_in(world.admin()), row.plan
    address = reverse("measures:return-plan", args=[row.partnership_id, plan.agreement_id])
    laid = {"tier": "1", "every": "12", "begins_day": "1", "begins_month": "1", "begins_year": "2024",
            "difference": "they felt less alone", "provider_name": "Dance Club", "place": "Two halls",
            "provider": str(world.council.pk), "groups": "Girls\nBoys"}
    assert client.post(address, laid).status_code == 302
    form = client.get(address).context["form"]
    assert (form["place"].value(), form["provider"].value()) == ("Two halls", str(world.council.pk))
    assert client.post(address, laid | {"groups": "Women\nBoys"}).status_code == 302
    assert ReturnPlan.objects.get(pk=plan.pk).groups == [["women-1", "Women"], ["boys-2", "Boys"]]


def test_a_whole_return_saved_at_once_is_kept_whole_or_not_at_all(world, row):
    who = Answering(by=viewer_of(world.admin()), channel=Channel.WORKBOOK)
    said = tuple(Said(question=key, typed=value) for key, value in NUMBERS.items())
    with pytest.raises(Refused, match="whole number"):
        save_answers(who=who, to=row, said=(*said[:-1], Said(question="different", typed="many")))
    assert not AnswerSave.objects.exists()
    save_answers(who=who, to=row, said=said)
    save_answers(who=who, to=row, said=(Said(question="people", typed="33", seen=1),))
    assert list(AnswerSave.objects.filter(question="people").order_by("number").values_list("value", "over")) == [
        (31, False), (33, False)]
