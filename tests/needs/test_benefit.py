"""Who benefits: the numbers of a year against plain counting, what is hidden, what is certain, and who sees it."""

from __future__ import annotations

import io
import time
from dataclasses import replace
from datetime import UTC, datetime
from decimal import Decimal

import numpy as np
import openpyxl
import pytest
from django.urls import reverse
from tests.needs.conftest import words_of
from tests.world import build_world, signed_in

from commonweal.core import clock
from commonweal.core.actions.organisations import create_organisation
from commonweal.core.actions.partnerships import add_organisation, add_place
from commonweal.core.actions.people import add_person
from commonweal.core.actions.roles import give_role
from commonweal.core.actions.uploads import Brought, record_upload
from commonweal.core.errors import NotFound
from commonweal.core.ids import uuid7
from commonweal.core.models import OrganisationKind
from commonweal.core.permissions import Role
from commonweal.core.stores import own_store
from commonweal.core.viewer import SYSTEM, viewer_of
from commonweal.example.geography import land
from commonweal.example.visits import Cards, cards_of, year_summary
from commonweal.lake.visits.summary import NOT_KNOWN, Summary, SummaryStore, months_of, year_of
from commonweal.methods.inequality import concentration, gini
from commonweal.needs.actions.visits import bring_visits, say_costs
from commonweal.needs.models import SiteCost, VisitSystem
from commonweal.needs.pages.benefit import benefit_view, half_of, tables_of
from commonweal.needs.queries.benefit import benefit_for, shown
from commonweal.needs.queries.benefit_place import benefit_place
from commonweal.needs.queries.survey_population import land_of
from commonweal.needs.queries.visit_store import visit_store
from commonweal.needs.queries.what_if import asked_for, what_if

NOW = datetime(2026, 11, 25, 9, tzinfo=UTC)
SITES = ("Larkmere Leisure Centre", "Harbour Pool", "Ironworks Gym", "Jubilee Park Pavilion", "Kiln Lane Hall")
SUMMARIES: dict[str, Summary] = {}


@pytest.fixture
def world(db, settings, example_var, tmp_path):
    settings.VAR = tmp_path
    (tmp_path / "lake").mkdir()
    (tmp_path / "lake" / "example").symlink_to(example_var / "lake" / "example")
    with clock.fixed(NOW):
        made = build_world()
        main = land().main
        add_place(by=SYSTEM, partnership=made.invented, kind="district", code=main.code, vintage=2024,
                  name=main.name)
        yield made


@pytest.fixture
def system(world) -> VisitSystem:
    """A system with a year held, drawn once for the module."""
    if "year" not in SUMMARIES:
        rng = np.random.default_rng(3)
        SUMMARIES["year"] = year_summary(rng, cards_of(rng), 2025)
    return held(world, SUMMARIES["year"])


def held(world, summary: Summary) -> VisitSystem:
    by = viewer_of(world.invented_person)
    upload = record_upload(
        by=by, partnership=world.invented, brought=Brought("v.csv", 9, "0" * 64), upload_id=uuid7())
    file = bring_visits(by=by, partnership=world.invented, title="Leisure", upload=upload)
    SummaryStore(visit_store(file.system)).keep(summary)
    return file.system


def found_for(world, system, year=None):
    return benefit_for(viewer_of(world.invented_person), world.invented.pk, system.pk, year)


def costed(world, system, **more):
    costs = {site: (Decimal(700_000), Decimal(400_000)) for site in SITES} | more
    say_costs(by=viewer_of(world.invented_person), system=system.pk, partnership=world.invented, year=2025,
              source="Outturn", costs=costs)


def at(world, name, system, **more):
    return reverse(f"needs:{name}", kwargs={"partnership": world.invented.pk, "system": system.pk, **more})


def test_a_year_runs_from_april_and_a_summary_is_kept_as_it_was(world, system):
    assert (year_of(202503), year_of(202504)) == (2024, 2025)
    assert (months_of(2025)[0], months_of(2025)[-1], len(months_of(2025))) == (202504, 202603, 12)
    summary = SUMMARIES["year"]
    assert SummaryStore(visit_store(system)).read(2025) == summary
    assert summary.visits == 1_200_000
    assert sum(visits * people for visits, people in summary.histogram) == summary.known_visits
    assert sum(people for *_, people, _ in summary.people) == summary.members
    assert summary.movement[2] == NOT_KNOWN


def test_people_are_counted_behind_visits_and_rounded(world, system):
    found, summary = found_for(world, system), SUMMARIES["year"]
    assert found.members % 5 == 0
    assert abs(found.members - summary.members) <= 3
    assert found.behind.least <= summary.members + 3
    assert found.behind.most == found.members + summary.visits - summary.known_visits
    each, people = zip(*summary.histogram, strict=True)
    assert found.spread.gini == pytest.approx(gini(each, people))
    assert found.spread.mean == pytest.approx(summary.known_visits / summary.members)
    every = np.sort(np.repeat(each, people))[::-1]
    tenth = every[: len(every) // 10].sum() / every.sum()
    assert found.spread.top_tenth == pytest.approx(tenth, rel=0.01)
    assert sum(share for _, _, share in found.spread.bands) == pytest.approx(1)


def test_reach_stands_beside_who_lives_there(world, system):
    found = found_for(world, system)
    for grouping in (found.tenths, found.ages, found.wards):
        for one in grouping.groups:
            assert one.reach == pytest.approx(one.people / one.residents, rel=1e-3)
            assert one.low <= one.reach <= one.high
            assert one.most >= one.reach
            assert one.ratio_low <= one.ratio <= one.ratio_high
    assert sum(one.residents for one in found.tenths.groups) == pytest.approx(found.population, abs=10)
    reached = [one.reach for one in found.wards.groups]
    assert reached == sorted(reached)
    assert sum(one.residents for one in found.wards.groups) == pytest.approx(found.population, abs=10)
    assert found.tenths.index.index > 0  # cards are held more by the better off
    assert found.tenths.bounds.least <= found.tenths.index.index <= found.tenths.bounds.most


def test_money_adds_up_and_reaches_groups_by_their_visits(world, system):
    costed(world, system)
    money = found_for(world, system).money
    assert money.subsidy == 1_500_000
    assert money.per_visit == pytest.approx(1_500_000 / 1_200_000)
    here = sum(one.subsidy for one in money.tenths)
    assert here / 1_500_000 + money.outside + money.unknown == pytest.approx(1)
    assert sum(one.share for one in money.tenths) == pytest.approx(1)
    assert sum(one.need for one in money.tenths) == pytest.approx(1)
    assert money.bounds.least <= money.index.index <= money.bounds.most
    assert 0 < half_of(money) < 1
    assert {one.site for one in money.sites} == set(SITES)


def test_the_subsidy_is_set_against_low_incomes_and_payment_against_use(world, system):
    costed(world, system)
    found = found_for(world, system)
    money, place = found.money, benefit_place(world.invented.pk)
    live, poor = place.by_tenth(), place.by_tenth(poor=True)
    there = live > 0
    subsidy = np.array([one.subsidy for one in money.tenths])
    by_hand = [concentration(one / live[there], live[there]).index for one in (poor[there], subsidy)]
    assert money.against_need.index == pytest.approx(by_hand[0] - by_hand[1])
    assert by_hand[0] < 0 < by_hand[1]  # low incomes gather in deprived areas, the subsidy does not
    assert money.against_need.lower < money.against_need.index < money.against_need.upper < 0
    assert money.payment.lower > 0  # in the example a third less is paid in the most deprived areas
    words = " ".join(benefit_view(found).money)
    assert "deprived areas receive less than their share" in words
    assert "Prices are easier on deprived areas" in words


def test_without_prices_nothing_is_said_of_whom_prices_ask(world):
    rng = np.random.default_rng(3)
    whole = SUMMARIES.get("year") or year_summary(rng, cards_of(rng), 2025)
    bare = replace(whole, flows=tuple((*one[:4], 0, 0) for one in whole.flows))
    system = held(world, bare)
    costed(world, system)
    found = found_for(world, system)
    assert found.money.payment is None
    assert "Prices are" not in " ".join(benefit_view(found).money)


def test_a_surplus_has_no_shares_and_a_site_without_costs_is_named(world, system):
    costs = {SITES[0]: (Decimal(100_000), Decimal(900_000))}
    say_costs(by=viewer_of(world.invented_person), system=system.pk, partnership=world.invented, year=2025,
              source="Outturn", costs=costs)
    found = found_for(world, system)
    assert found.money.curve is None
    words = " ".join(benefit_view(found).money)
    assert "pays more than it costs" in words
    assert "Harbour Pool" in words
    say_costs(by=viewer_of(world.invented_person), system=system.pk, partnership=world.invented, year=2025,
              source="", costs={})
    assert not SiteCost.objects.exists()


def test_a_part_of_a_year_has_no_subsidy(world):
    rng = np.random.default_rng(3)
    whole = SUMMARIES.get("year") or year_summary(rng, cards_of(rng), 2025)
    part = Summary(**{**{name: getattr(whole, name) for name in whole.__slots__}, "months": whole.months[:5]})
    system = held(world, part)
    costed(world, system)
    view = benefit_view(found_for(world, system))
    assert "Only 5 of 12 months of 2025/26 are held" in view.answer
    assert not view.money_figures
    assert "no subsidy is given" in " ".join(view.money)


def test_few_people_are_hidden_everywhere(world):
    code = land().codes[land().main.areas[0]]
    few = Summary(2025, months_of(2025), 40, 40, ((4, 4), (8, 3)), ((code, 3, 7, 40),),
                  (("Pool", code, 1, 40, 40, 400),), (("Pool", 7),))
    system = held(world, few)
    costed(world, system, Pool=(Decimal(1000), Decimal(100)))
    found = found_for(world, system)
    assert found.members is None
    assert found.spread is None
    words = words_of(signed_in(world.invented_person).get(at(world, "benefit", system)).content.decode())
    assert "too few to show" in words
    assert " 7 people" not in words
    assert all(not isinstance(cell, int) or cell != 7 for table in tables_of(found) for row in table.rows
               for cell in row)


@pytest.mark.parametrize("counts", [[1, 7, 8], [0, 0, 0], [3, 3, 3], [12, 4, 9000]])
def test_no_count_from_1_to_7_is_ever_shown(counts):
    for true, said in zip(counts, shown(counts), strict=True):
        assert said is None if 1 <= true <= 7 else said is None or said == pytest.approx(true, abs=2.5)


def test_what_is_certain_follows_from_what_is_missing(world):
    codes = [land().codes[at] for at in land().main.areas]
    rng = np.random.default_rng(5)
    home = rng.integers(0, len(codes), 26_000)
    lost = np.where(rng.random(26_000) < 0.6, -1, home)
    cards = Cards((*codes, "Z01999999"), lost, np.full(26_000, 5), np.full(26_000, 3))
    found = found_for(world, held(world, year_summary(rng, cards, 2025)))
    assert found.tenths.bounds.least < 0 < found.tenths.bounds.most
    assert "cannot be determined" in benefit_view(found).sure


def test_a_lean_within_the_doubt_of_the_numbers_is_no_lean(world):
    codes = [land().codes[at] for at in land().main.areas]
    people = land().people[land().main.areas]
    rng = np.random.default_rng(6)
    home = rng.choice(len(codes), 20_000, p=people / people.sum())
    cards = Cards((*codes, "Z01999999"), home, np.full(20_000, 5), np.full(20_000, 3))
    found = found_for(world, held(world, year_summary(rng, cards, 2025)))
    assert found.tenths.index.lower < 0 < found.tenths.index.upper
    assert found.tenths.bounds.is_certain
    assert "cannot be determined" in " ".join(benefit_view(found).reach)
    assert "give or take" in benefit_view(found).sure


def test_the_page_says_it_in_words_and_fast(world, system):
    costed(world, system)
    browser = signed_in(world.invented_person)
    first = browser.get(at(world, "benefit", system))
    began = time.perf_counter()
    page = browser.get(at(world, "benefit", system))
    assert time.perf_counter() - began < 1.5  # 0.1 s on a quiet machine
    assert first.status_code == page.status_code == 200
    words = words_of(page.content.decode())
    for said in ("1,200,000 visits were made by", "subsidy a visit", "What is certain", "Harbour Pool",
                 "Kakwani's index cannot be determined", "Show it to partners"):
        assert said in words, said
    assert "nan" not in words.lower().split()
    assert browser.get(at(world, "benefit", system) + "?year=1999").status_code == 200
    assert browser.get(at(world, "benefit", system) + "?year=%00").status_code == 200


def test_a_page_reads_kilobytes_and_no_evidence(world, system, monkeypatch):
    costed(world, system)
    made = benefit_place(world.invented.pk)
    held = land_of(world.invented.pk)
    assert made.codes == set(map(str, held.held.geography.areas[held.scope.areas]))
    assert made.population == round(float(np.nansum(held.held.small.people[held.scope.areas])))
    assert made.by_tenth().sum() == pytest.approx(made.population, abs=1)
    assert 0 < made.by_tenth(poor=True).sum() < made.population
    first = benefit_view(found_for(world, system))

    def refuse(*_):
        raise AssertionError("a page read the evidence of a whole country")

    monkeypatch.setattr("commonweal.needs.queries.survey_population.evidence", refuse)
    monkeypatch.setattr("commonweal.lake.engine.run", refuse)
    assert benefit_view(found_for(world, system)).answer == first.answer
    assert benefit_place(world.invented.pk) == made
    kept = own_store(world.invented.pk).root / "benefit-place.json"
    assert kept.stat().st_size < 100_000
    kept.write_text("{")
    with pytest.raises(AssertionError, match="whole country"):
        benefit_place(world.invented.pk)


def test_files_and_data_say_the_same(world, system):
    costed(world, system)
    browser = signed_in(world.invented_person)
    for ending, start in (("docx", b"PK"), ("pdf", b"%PDF")):
        answer = browser.get(at(world, "benefit-file", system, ending=ending))
        assert answer.content.startswith(start)
        assert f"who-benefits-leisure-2025-invented.{ending}" in answer["Content-Disposition"]
    book = openpyxl.load_workbook(io.BytesIO(
        browser.get(at(world, "benefit-file", system, ending="xlsx")).content))
    assert {"How often", "By tenth", "By age", "By ward", "Subsidy", "Sites"} <= set(book.sheetnames)
    assert browser.get(at(world, "benefit-file", system, ending="txt")).status_code == 404
    base = f"/api/partnerships/{world.invented.pk}/visits"
    said = browser.get(f"{base}/{system.pk}").json()
    found = found_for(world, system)
    assert said["answer"] == benefit_view(found).answer
    assert {one["label"]: one["value"] for one in said["figures"]}["people with a card"] == found.members
    assert [one["title"] for one in said["tables"]] == [table.caption for table in tables_of(found)]
    assert all(one["source"]["publisher"] == "Larkmere Council" for one in said["figures"])


def test_what_if_by_hand_and_what_holds_under_every_answer(world, system):
    costed(world, system)
    found = found_for(world, system)
    same = what_if(found, asked_for("0", "same", "2"))
    assert same.middle == same.now
    assert same.now.subsidy == pytest.approx(1_500_000)
    assert same.now.people == sum(one.people for one in found.tenths.groups)
    free = what_if(found, asked_for("-100", "same", "1"))
    assert free.middle.income == 0
    assert free.middle.subsidy == pytest.approx(5 * 700_000)
    assert free.now.people < free.between("people").least <= free.middle.people <= free.between("people").most
    lower = what_if(found, asked_for("0", "-50", "2"))
    gained = lower.middle.people - lower.now.people
    assert gained == pytest.approx(lower.middle.in_need - lower.now.in_need)
    price = np.array(found.money.paid) / np.maximum(found.money.came, 1)
    mean = sum(found.money.paid) / sum(found.money.came)
    hand = sum(one.people * np.exp(0.2 * 0.5 * price[int(one.label) - 1] / mean)
               for one in found.tenths.groups if int(one.label) <= 2)
    assert lower.middle.in_need == pytest.approx(min(hand, 1e9))
    incomes = [one.income for one in lower.policies]
    assert incomes == sorted(incomes, reverse=True)
    assert [one.reach for one in lower.policies] == sorted(one.reach for one in lower.policies)


@pytest.mark.parametrize(("asked", "said"), [
    ("", "more of those who live here would come, all of them from the 2 most deprived tenths"),
    ("?everybody=-100&in_need=same", "If it were free for everybody: about"),
    ("?everybody=10&in_need=same", "fewer of those who live here would come"),
    ("?everybody=0&in_need=0&tenths=1", "Nothing changes."),
    ("?everybody=x&in_need=%00&tenths=99", "If people in the 2 most deprived tenths"),
])
def test_what_if_answers_what_is_asked(world, system, asked, said):
    browser, href = signed_in(world.invented_person), at(world, "benefit-what-if", system)
    assert "No scenario can be given" in words_of(browser.get(href + asked).content.decode())
    costed(world, system)
    words = words_of(browser.get(href + asked).content.decode())
    assert said in words
    assert "assumptions of ours, not findings" in words
    assert "nan" not in words.split()


def test_costs_are_entered_with_where_they_are_from(world, system):
    browser, href = signed_in(world.invented_person), at(world, "benefit-costs", system)
    assert "Kiln Lane Hall" in words_of(browser.get(href).content.decode())
    wrong = browser.post(href, {"gross_0": "much", "income_1": "5", "gross_2": "-1", "source": ""})
    words = words_of(wrong.content.decode())
    assert "must be pounds" in words
    assert "or leave out its income" in words
    assert "Say where the amounts are from" in words_of(browser.post(href, {"gross_0": "5"}).content.decode())
    answer = browser.post(href, {"gross_0": "250000.50", "income_0": "100", "source": "Outturn 2025/26"})
    assert answer.status_code == 302
    cost = SiteCost.objects.get()
    assert (cost.gross, cost.income, cost.source) == (Decimal("250000.50"), Decimal(100), "Outturn 2025/26")
    assert 'value="250000.50"' in browser.get(href).content.decode()


def test_partners_see_results_only_once_shown_and_never_after_deleting(world, system):
    trust = create_organisation(by=SYSTEM, name="Larkmere Arts", kind=OrganisationKind.DISTRICT, example=True)
    other = add_person(by=SYSTEM, email="al@example.com", name="Al Other", example=True)
    add_organisation(by=SYSTEM, partnership=world.invented, organisation=trust, signs_off=False)
    give_role(by=SYSTEM, partnership=world.invented, person=other, organisation=trust, role=Role.ANALYST)
    theirs, mine = signed_in(other), signed_in(world.invented_person)
    page = at(world, "benefit", system)
    assert theirs.get(page).status_code == 404
    with pytest.raises(NotFound):
        benefit_for(viewer_of(other), world.invented.pk, system.pk)
    mine.post(at(world, "benefit-show", system), {"choice": "show"})
    words = words_of(theirs.get(page).content.decode())
    assert "1,200,000 visits" in words
    assert "Delete these visits" not in words
    assert theirs.get(at(world, "benefit-costs", system)).status_code == 404
    assert theirs.post(at(world, "benefit-delete", system)).status_code == 404
    settle = VisitSystem.objects.get(pk=system.pk)
    assert mine.post(at(world, "benefit-delete", settle)).status_code == 302
    assert not visit_store(settle).root.exists()
    assert mine.get(page).status_code == 404
    assert theirs.get(page).status_code == 404


def joined(world, name, role, organisation=None):
    """Somebody of an organisation of the partnership, a new one unless given."""
    if organisation is None:
        organisation = create_organisation(by=SYSTEM, name=name, kind=OrganisationKind.TRUST, example=True)
        add_organisation(by=SYSTEM, partnership=world.invented, organisation=organisation, signs_off=False)
    person = add_person(by=SYSTEM, email=f"{name.split()[0].lower()}@example.com", name=name, example=True)
    give_role(by=SYSTEM, partnership=world.invented, person=person, organisation=organisation, role=role)
    return person


def test_who_runs_the_services_sees_who_benefits_of_them_and_changes_nothing(world, system):
    costed(world, system)
    chief = signed_in(joined(world, "Chief Executive", Role.PROVIDER, system.organisation))
    home = words_of(chief.get(reverse("web:partnership", args=[world.invented.pk])).content.decode())
    assert "Who comes, and who benefits" in home
    listed = words_of(chief.get(reverse("needs:visits", args=[world.invented.pk])).content.decode())
    assert f"{system.title} {system.organisation.name}. Only your organisation sees it." in listed
    page = chief.get(at(world, "benefit", system))
    words = words_of(page.content.decode())
    assert "1,200,000 visits were made by" in words
    for never in ("Delete these visits", "Show it to partners", "what each site cost and earned"):
        assert never not in words
    assert chief.get(at(world, "benefit-what-if", system)).status_code == 200
    assert chief.get(at(world, "benefit-file", system, ending="pdf")).content.startswith(b"%PDF")
    assert chief.get(f"/api/partnerships/{world.invented.pk}/visits/{system.pk}").status_code == 200
    for name in ("benefit-costs", "benefit-show", "benefit-delete"):
        assert chief.post(at(world, name, system), {"choice": "show"}).status_code == 403
    assert VisitSystem.objects.get(pk=system.pk).placed is None


@pytest.mark.parametrize("shown_to_partners", [False, True])
def test_who_runs_other_services_sees_nothing_of_them(world, system, shown_to_partners):
    mine, stranger = signed_in(world.invented_person), signed_in(joined(world, "Rival Trust", Role.PROVIDER))
    if shown_to_partners:
        mine.post(at(world, "benefit-show", system), {"choice": "show"})
    listed = stranger.get(reverse("needs:visits", args=[world.invented.pk]))
    assert listed.status_code == 200
    assert system.title not in words_of(listed.content.decode())
    for name in ("benefit", "benefit-what-if", "benefit-costs"):
        assert stranger.get(at(world, name, system)).status_code in (403, 404)
    assert stranger.get(at(world, "benefit-file", system, ending="xlsx")).status_code == 404
    file = system.files.get()
    assert stranger.get(reverse("needs:visit-file", args=[world.invented.pk, file.pk])).status_code == 404
    base = f"/api/partnerships/{world.invented.pk}/visits"
    assert stranger.get(base).json() == []
    assert stranger.get(f"{base}/{system.pk}").status_code == 404
    elsewhere = signed_in(world.people[Role.PROVIDER])
    assert elsewhere.get(at(world, "benefit", system)).status_code == 404


def test_needs_led_and_universal_stand_in_one_picture_and_in_the_data(world, system):
    costed(world, system)
    browser = signed_in(world.invented_person)
    found = found_for(world, system)
    made = what_if(found, asked_for("0", "-50", "2"))
    today = next(one for one in made.universal if one.everybody == 1)
    assert today.income == pytest.approx((made.now.income,) * 3)
    assert today.reached == pytest.approx((made.now.in_need,) * 3)
    best = made.as_good
    assert best.income[0] >= made.now.income
    assert best.in_need < best.everybody
    assert best.reached[0] > made.now.in_need
    incomes = [one.income[0] for one in made.needs_led]
    assert incomes == sorted(incomes)
    reached = [one.reached[0] for one in made.needs_led]
    assert reached == sorted(reached, reverse=True)
    answer = browser.get(at(world, "benefit-what-if", system) + "?tenths=2")
    words = words_of(answer.content.decode())
    for said in ("Income against people in need reached", "With no less income than today",
                 "What the range rests on", "second-hand", "Frey and Meier 2006"):
        assert said in words, said
    assert b"<svg" in answer.content
    data = browser.get(f"/api/partnerships/{world.invented.pk}/visits/{system.pk}/what-if?tenths=2").json()
    assert data["answer"] in words
    assert data["trade_said"] in words
    assert data["verification"] == "assumed"
    assert len(data["trade"]) == len(made.needs_led) + len(made.universal)
    for one in data["trade"]:
        assert one["income_least"] <= one["income"] <= one["income_most"]
        assert one["people_in_need_least"] <= one["people_in_need"] <= one["people_in_need_most"]
    assert {one["title"] for one in data["answers"]} == {"weak", "middling", "strong"}


def test_without_costs_the_data_say_why_there_is_no_scenario(world, system):
    base = f"/api/partnerships/{world.invented.pk}/visits/{system.pk}/what-if"
    said = signed_in(world.invented_person).get(base + "?everybody=%00&year=2025").json()
    assert said["trade"] == []
    assert said["assumption"].startswith("No scenario can be given")
