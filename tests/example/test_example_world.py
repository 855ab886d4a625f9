"""The example's records: made by actions alone, once, by people nobody could take for real."""

from __future__ import annotations

import stat

import pytest

from commonweal.core import clock
from commonweal.core.models import Event, Organisation, OrganisationKind, Partnership, PartnershipRole, Person
from commonweal.core.queries.departments import commissioners
from commonweal.core.queries.paid_time import paid_time_for
from commonweal.core.viewer import viewer_of
from commonweal.example.world import build_example, cast, passwords_in
from commonweal.measures.models import KeptChange, Return, ReturnPlan
from commonweal.needs.models import PlanStep, SiteCost
from commonweal.needs.queries.benefit import benefit_for, registers_for, site_areas
from commonweal.needs.queries.capacity import own_capacity, shared_capacity
from commonweal.needs.queries.visits import systems_for
from commonweal.procurement.models import Award, Challenge, Competition, Process
from commonweal.procurement.queries.decisions import decision_for


@pytest.fixture
def example(example_records) -> dict[str, str]:
    return passwords_in(example_records)


def test_it_is_built_once(example) -> None:
    before = (Person.objects.count(), Organisation.objects.count(), Event.objects.count())
    build_example(example)
    assert (Person.objects.count(), Organisation.objects.count(), Event.objects.count()) == before


def test_sixty_voluntary_groups_and_a_trust(example) -> None:
    assert Organisation.objects.filter(kind=OrganisationKind.THIRD_SECTOR, example=True).count() == 60
    assert Organisation.objects.filter(kind=OrganisationKind.TRUST).count() == 1
    assert not Organisation.objects.filter(example=False).exists()


def test_three_years_of_returns_from_25_agreements_late_wrong_and_odd(example) -> None:
    plans = ReturnPlan.objects.all()
    assert plans.count() == 25
    sent = Return.objects.filter(state="sent")
    assert (max(one.last for one in sent) - min(one.first for one in sent)).days >= 2.9 * 365
    late = [one for one in sent if clock.local_day(one.sent_at) > one.due]
    assert len(late) >= 5
    assert Return.objects.filter(state="open").count() >= 3
    assert sent.filter(saves__late=True).exists(), "one was wrong and was put right"
    fraud = sent.filter(plan__agreement__title="Wellbeing for all of Kiln Lane").order_by("-first").first()
    assert {"same", "round", "everybody"} <= set(fraud.warned)
    kept = {one.agreement.title: one for one in KeptChange.objects.select_related("agreement")}
    assert "no more than was to be expected" in kept["Sunday lunch and art"].answer
    assert "beyond what was to be expected" in kept["Asian women's exercise and talk"].answer
    assert "too few for a mean" in kept["Wheelchair basketball"].answer
    assert "No change can be told from none" in kept["Choir for carers"].answer


def test_people_sign_in_with_random_passwords(example) -> None:
    for email, password in example.items():
        person = Person.objects.get(email=email)
        assert person.example
        assert person.check_password(password)
        assert len(password) >= 12
        assert email.endswith(".example")
    assert len(set(example.values())) == len(example)


def test_passwords_are_kept_for_the_owner_alone_and_do_not_change(tmp_path) -> None:
    first = passwords_in(tmp_path)
    assert passwords_in(tmp_path) == first
    assert stat.S_IMODE((tmp_path / "example-accounts.json").stat().st_mode) == 0o600


def test_everybody_has_a_role_in_the_invented_partnership(example) -> None:
    partnership = Partnership.objects.get(end=None)
    assert partnership.invented
    roles = dict(PartnershipRole.objects.values_list("person__email", "role"))
    assert {one["email"]: one["role"] for one in cast()["people"]}.items() <= roles.items()


def test_every_record_has_its_event(example) -> None:
    organisations = set(Organisation.objects.values_list("pk", flat=True))
    told = set(Event.objects.filter(subject_type="core.organisation").values_list("subject_id", flat=True))
    assert organisations <= told


def test_departments_and_paid_time_are_there_to_look_at(example) -> None:
    viewer = viewer_of(Person.objects.get(email="member@larkmere.example"))
    partnership = Partnership.objects.get(end=None)
    found = commissioners(viewer, partnership.pk)
    assert [(one.name, len(one.departments)) for one in found] == [
        ("Greater Lark County Council", 2), ("Larkmere District Council", 2),
    ]
    assert {name for one in found for line in one.departments for name in line.people} == {
        "Priya Anand", "Tom Okafor",
    }
    totals = paid_time_for(viewer, partnership.pk).totals
    assert [(one.year, one.payers, one.hours, str(one.cost)) for one in totals] == [
        ("2026-27", 2, 84, "£1,993.80"), ("2025-26", 2, 84, "£1,944")]


def test_five_partners_are_half_way_through_their_plans(example) -> None:
    partnership = Partnership.objects.get(end=None)
    officer = viewer_of(Person.objects.get(email="officer@larkmere.example"))
    shared = shared_capacity(officer, partnership.pk, seats=7)
    assert shared.shown == 4
    assert any(one.helpers for one in shared.themes)
    assert own_capacity(officer, partnership.pk).result.barriers[0].key in ("time", "political")
    done = PlanStep.objects.exclude(done=None).count()
    assert 0.3 < done / PlanStep.objects.count() < 0.8


def test_the_trust_shows_its_partners_who_benefits(example) -> None:
    officer = viewer_of(Person.objects.get(email="officer@larkmere.example"))
    partnership = Partnership.objects.get(end=None)
    (system,) = systems_for(officer, partnership.pk)
    assert (system.placed, system.mine, system.files) == (True, False, ())
    found = benefit_for(officer, partnership.pk, system.id)
    assert found.summary.visits == 1_200_000
    assert found.summary.whole
    assert 20_000 < found.members < 22_000
    assert 0.82 < found.known_share < 0.84
    costs = SiteCost.objects.filter(system=system.id)
    assert sum(one.gross - one.income for one in costs) == 2_000_000
    assert {one.site for one in costs} == {site for site, _ in found.summary.sites}
    assert found.summary.visits / found.taking_part.times == pytest.approx(0.06)
    assert all(site_areas(found.system, found.summary.year).values())
    trust = viewer_of(Person.objects.get(email="secretary@larkmeretrust.example"))
    ((register,), *_) = registers_for(trust, partnership.pk, system.id)[1:]
    assert [(one.shown, one.to) for one in register.entries] == [(True, "Larkmere District Council")]


def test_every_way_is_carried_through_to_its_decision_and_the_register(example) -> None:
    officer = viewer_of(Person.objects.get(email="officer@larkmere.example"))
    decided = Competition.objects.exclude(commission__decision=None).select_related("commission")
    rows = {one.way: one for one in decided}
    assert set(rows) == {"open", "negotiated", "co-design"}
    agreed = decision_for(officer, rows["negotiated"].commission_id)
    assert (agreed.chosen[0].price, agreed.order[0].offered) == (21500, 24000)
    both = decision_for(officer, rows["co-design"].commission_id)
    assert [one.name for one in both.chosen] == ["Gallows Hill Youth Project", "Jubilee Park Runners"]
    assert all(one.terms for one in both.chosen)
    assert [one.stage for one in rows["co-design"].talks.all()] == rows["co-design"].stages
    (direct,) = Award.objects.filter(commission__title="Salt Store mural")
    assert (direct.basis, direct.commission.decision.rules["ground"]) == ("direct", "below")
    (accepted,) = Challenge.objects.filter(verdict="accepted")
    assert accepted.commission.competition.decision.chosen[0]["name"] == accepted.body
    assert accepted.commission.reserve == "small"
    assert Challenge.objects.filter(verdict="rejected").exclude(ground="").count() == 1
    for commission in (accepted.commission, rows["negotiated"].commission, rows["co-design"].commission):
        assert Process.objects.get(commission=commission).releases.exists()
