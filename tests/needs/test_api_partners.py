"""Evidence and needs as data: the same as the pages say, to the same people, with nobody's name."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime

import pytest
from tests.needs.test_capacity import partner
from tests.world import World, signed_in

from commonweal.core import clock
from commonweal.core.permissions import Role
from commonweal.core.viewer import viewer_of
from commonweal.needs.actions.evidence import Told, place_evidence, record_evidence
from commonweal.needs.actions.need import Wording, hold_evidence, propose_need, sign_need, write_need
from commonweal.needs.models import EvidenceItem, Need, Side, Verdict
from commonweal.needs.queries.evidence_items import PAGE

NOW = datetime(2026, 11, 25, 9, tzinfo=UTC)
TOLD = Told(
    title="Survey of members", kind="survey", perspective="users", summary="Price keeps people away.",
    chosen="everybody", asked_by="several", covers="whole", gathered_to=date(2026, 6, 30), answered=500, asked=900,
)
SAID = Wording("Girls of 11 to 16", "Testshire", "somewhere to dance", "Members and schools say so.")


@pytest.fixture
def world(world):
    with clock.fixed(NOW):
        yield world


def brought(world: World, person=None, *, told: Told = TOLD, placed: bool = True) -> EvidenceItem:
    by = viewer_of(person or world.admin())
    item = record_evidence(by=by, partnership=world.partnership, told=told)
    return place_evidence(by=by, partnership=world.partnership, item=item.pk) if placed else item


def agreed(world: World, item: EvidenceItem) -> Need:
    by = viewer_of(world.admin())
    need = write_need(by=by, partnership=world.partnership, title="Dance near home", side=Side.FOR_CULTURE,
                      theme="culture", said=SAID).identity
    hold_evidence(by=by, need=need, item=item.pk, verdict=Verdict.SUPPORTS)
    sign_need(by=by, need=need, number=propose_need(by=by, need=need).number)
    return need


def get(world: World, person, path: str, **asked):
    browser = signed_in(person)
    return browser.get(f"/api/partnerships/{world.partnership.pk}/{path}", asked)


def test_evidence_is_given_with_its_grade_and_its_limits(world):
    item = brought(world)
    need = agreed(world, item)
    found = get(world, world.people[Role.OBSERVER], f"evidence/{item.pk}").json()
    assert (found["title"], found["grade"]) == ("Survey of members", "A")
    assert (found["answered"], found["asked"]) == (500, 900)
    assert "At least half of those asked answered." in found["reasons"]
    assert "That one thing caused another." in found["may_not_conclude"]
    assert found["needs"] == [{"id": str(need.pk), "title": "Dance near home", "verdict": "Supports it"}]


def test_the_list_goes_on_where_it_stopped_and_gives_each_piece_once(world):
    admin, seen, after = world.admin(), [], {}
    for number in range(PAGE + 3):
        brought(world, told=Told(title=f"Heard {number}", kind="interviews", perspective="users", summary="Yes."))
    for _ in range(2):
        page = get(world, admin, "evidence", **after).json()
        seen += [one["title"] for one in page["items"]]
        after = {"after": page["next"]}
    assert sorted(seen) == sorted(f"Heard {number}" for number in range(PAGE + 3))
    assert page["next"] is None


@pytest.mark.parametrize(("asked", "titles"), [
    ({"perspective": "partners"}, ["Ten surgeries"]), ({"q": "price"}, ["Survey of members"]),
    ({"perspective": "providers"}, []), ({"q": "surgeries ten"}, ["Ten surgeries"]),
])
def test_it_is_narrowed_by_perspective_and_words(world, asked, titles):
    brought(world)
    brought(world, told=Told(title="Ten surgeries", kind="statement", perspective="partners", summary="Lonely."))
    assert [one["title"] for one in get(world, world.admin(), "evidence", **asked).json()["items"]] == titles


def test_the_four_perspectives_say_who_was_not_asked(world):
    brought(world)
    found = {one["perspective"]: one for one in get(world, world.admin(), "perspectives").json()}
    assert (found["users"]["asked"], found["users"]["best_grade"], found["users"]["items"]) == (True, "A", 1)
    assert [one for one in found if not found[one]["asked"]] == ["community", "partners", "providers"]


def test_a_need_is_given_with_its_support_and_no_persons_name(world):
    need = agreed(world, brought(world))
    answer = get(world, world.people[Role.OBSERVER], f"needs/{need.pk}")
    found = answer.json()
    assert (found["state"], found["signed"], found["to_sign"]) == ("agreed", 1, 1)
    assert {one["perspective"]: one["support"] for one in found["perspectives"]}["users"] == "supports"
    assert found["evidence"][0]["grade"] == "A"
    assert found["seats"][0]["said"] == "signed"
    assert world.admin().name not in answer.content.decode()
    assert [one["id"] for one in get(world, world.admin(), "needs").json()] == [str(need.pk)]


def test_a_need_with_much_evidence_is_given_in_pages(world, monkeypatch):
    monkeypatch.setattr("commonweal.needs.api_partners.IN_ONE_GO", 2)
    items = [brought(world, told=replace(TOLD, title=f"Survey {at}")) for at in range(3)]
    need = agreed(world, items[0])
    for item in items[1:]:
        hold_evidence(by=viewer_of(world.admin()), need=need, item=item.pk, verdict=Verdict.SUPPORTS)
    first, second = (get(world, world.admin(), f"needs/{need.pk}", **more).json() for more in ({}, {"page": 2}))
    assert (first["held"], first["stood"], first["next"], second["next"]) == (3, 1, 2, None)
    assert sorted(one["title"] for one in first["evidence"] + second["evidence"]) == [
        f"Survey {at}" for at in range(3)]
    assert (len(first["frozen"]), second["frozen"]) == (1, [])
    answer = get(world, world.admin(), f"needs/{need.pk}", page=0)
    assert (answer.status_code, answer.json()["detail"].startswith("“page”")) == (400, True)


def test_a_provider_gets_its_own_evidence_and_no_needs(world):
    trust = partner(world)
    brought(world)
    told = Told(title="At the desk", kind="interviews", perspective="users", summary="Yes.")
    own = brought(world, trust, told=told)
    assert [one["id"] for one in get(world, trust, "evidence").json()["items"]] == [str(own.pk)]
    refused = get(world, trust, "needs")
    assert refused.status_code == 403
    assert refused.json()["detail"].endswith(".")


@pytest.mark.parametrize("path", ["evidence", "perspectives", "needs", "evidence/{item}", "needs/{need}"])
def test_nobody_else_learns_that_the_partnership_exists(world, client, path):
    item = brought(world)
    keys = {"item": item.pk, "need": agreed(world, item).pk}
    for outside in (world.outsider, world.staff, world.loner):
        assert get(world, outside, path.format(**keys)).status_code == 404
    assert client.get(f"/api/partnerships/{world.partnership.pk}/{path.format(**keys)}").status_code == 404
    other = signed_in(world.outsider).get(f"/api/partnerships/{world.other_partnership.pk}/{path.format(**keys)}")
    assert other.status_code == (404 if "{" in path else 200)


@pytest.mark.parametrize("asked", [{"after": "seven"}, {"perspective": "dogs"}])
def test_what_cannot_be_asked_is_said(world, asked):
    answer = get(world, world.admin(), "evidence", **asked)
    assert answer.status_code == 400
    assert next(iter(asked)) in answer.content.decode()
