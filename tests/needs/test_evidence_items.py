"""Evidence is its owner's until placed; corrections keep the difference; a missing perspective is missing."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

import pytest
from tests.needs.test_capacity import partner
from tests.world import World

from commonweal.core import clock
from commonweal.core.actions.roles import give_role
from commonweal.core.errors import ActForWhom, NotAllowed, NotFound, Refused
from commonweal.core.models import Event, Organisation
from commonweal.core.permissions import Role
from commonweal.core.purpose import Purpose
from commonweal.core.viewer import ANONYMOUS, SYSTEM, viewer_of
from commonweal.needs.actions.evidence import (
    Told,
    Verb,
    correct_evidence,
    place_evidence,
    record_evidence,
    withdraw_evidence,
)
from commonweal.needs.models import EvidenceItem
from commonweal.needs.queries import evidence_items
from commonweal.needs.queries.evidence_items import evidence_for, evidence_item, perspectives_of

NOW = datetime(2026, 11, 25, 9, tzinfo=UTC)
TOLD = Told(
    title="Survey of members", kind="survey", perspective="users", summary="Price keeps people away.",
    chosen="everybody", asked_by="several", covers="whole", gathered_to=date(2026, 6, 30), answered=500, asked=900,
)


@pytest.fixture
def world(world):
    with clock.fixed(NOW):
        yield world


@pytest.fixture
def trust(world):
    return viewer_of(partner(world))


def seen(viewer, world: World, **asked) -> list[str]:
    page = evidence_for(viewer, world.partnership.pk, Purpose.ASSESSMENT, **asked)
    return [line.title for line in page.lines]


def record(by, world: World, **changes) -> EvidenceItem:
    return record_evidence(by=by, partnership=world.partnership, told=replace(TOLD, **changes))


def viewer(world: World, role: Role):
    return viewer_of(world.people[role])


def test_a_providers_evidence_is_its_own_until_placed(world, trust):
    item = record(trust, world)
    record(viewer(world, Role.CONTRIBUTOR), world, title="The council's own")
    assert seen(trust, world) == ["Survey of members"]
    assert seen(viewer(world, Role.ANALYST), world) == ["The council's own"]
    with pytest.raises(NotFound):
        evidence_item(viewer(world, Role.ADMIN), item.pk)
    place_evidence(by=trust, partnership=world.partnership, item=item.pk)
    place_evidence(by=trust, partnership=world.partnership, item=item.pk)
    assert set(seen(viewer(world, Role.OBSERVER), world)) == {"The council's own", "Survey of members"}
    assert evidence_item(viewer(world, Role.OBSERVER), item.pk).line.whose == "Testshire Trust"
    assert Event.objects.filter(verb=Verb.PLACED).count() == 1
    for outside in (viewer_of(world.outsider), viewer_of(world.staff), ANONYMOUS):
        assert seen(outside, world) == []
    place_evidence(
        by=viewer(world, Role.ADMIN), partnership=world.partnership,
        item=EvidenceItem.objects.get(title="The council's own").pk,
    )
    assert seen(trust, world) == ["Survey of members"], "a provider sees only its own evidence"


@pytest.mark.parametrize("role", [Role.OBSERVER, Role.ELECTED_MEMBER, Role.CERTIFIER])
def test_who_only_reads_brings_nothing(world, role):
    with pytest.raises(NotAllowed):
        record(viewer(world, role), world)
    with pytest.raises(NotAllowed):
        record(viewer_of(world.outsider), world)
    assert not EvidenceItem.objects.exists()


def test_evidence_is_of_the_organisation_that_may_bring_it(world):
    """Somebody who observes for one and provides for another says for whom first, and brings it for the other."""
    person = partner(world)
    give_role(
        by=SYSTEM, partnership=world.partnership, person=person, organisation=world.council, role=Role.OBSERVER
    )
    with pytest.raises(ActForWhom):
        record(viewer_of(person), world)
    trust = Organisation.objects.get(name="Testshire Trust")
    acting = viewer_of(person, ((world.partnership.pk, trust.pk),))
    assert record(acting, world).organisation == trust
    with pytest.raises(NotAllowed):
        record(viewer_of(person, ((world.partnership.pk, world.council.pk),)), world)


@pytest.mark.parametrize(
    ("deed", "more"),
    [(place_evidence, {}), (correct_evidence, {"told": TOLD}), (withdraw_evidence, {"why": "Because."})],
)
def test_nobody_touches_anothers_evidence(world, trust, deed, more):
    item = record(trust, world)
    with pytest.raises(NotFound):
        deed(by=viewer(world, Role.ADMIN), partnership=world.partnership, item=item.pk, **more)
    item.refresh_from_db()
    assert (item.placed, item.withdrawn) == (None, None)


@pytest.mark.parametrize(
    ("changes", "said"),
    [
        ({"answered": 901}, "More people answered than were asked"),
        ({"gathered_from": date(2026, 7, 1)}, "cannot end before it began"),
        ({"gathered_to": date(2026, 11, 26)}, "after today"),
        ({"summary": "Mrs Okafor says so."}, "seems to hold a name"),
        ({"limits": "Ask jo@club.example"}, "seems to hold an e-mail address"),
    ],
)
def test_what_is_not_sound_is_refused(world, trust, changes, said):
    with pytest.raises(Refused, match=said):
        record(trust, world, **changes)
    assert not EvidenceItem.objects.exists()
    assert not Event.objects.filter(verb=Verb.RECORDED).exists()


def test_a_warning_that_was_looked_at_lets_the_text_stay(world, trust):
    told = replace(TOLD, summary="The Dr Beat dance club is full.")
    kept = record_evidence(by=trust, partnership=world.partnership, told=told, text_checked=True)
    assert evidence_item(trust, kept.pk).summary == told.summary


def test_a_correction_keeps_the_difference(world, trust):
    item = record(trust, world, summary="A draft nobody else saw.")
    asked = {"by": trust, "partnership": world.partnership, "item": item.pk}
    correct_evidence(**asked, told=TOLD)
    place_evidence(**asked)
    correct_evidence(**asked, told=replace(TOLD, answered=480))
    correct_evidence(**asked, told=replace(TOLD, answered=480))
    own, others = (evidence_item(one, item.pk) for one in (trust, viewer(world, Role.ANALYST)))
    assert [(one.field, one.was, one.now) for one in own.changes] == [
        ("Answered", "500", "480"), ("Summary", "A draft nobody else saw.", "Price keeps people away."),
    ]
    assert [one.field for one in others.changes] == ["Answered"]
    assert Event.objects.filter(verb=Verb.CORRECTED).count() == 2


def test_withdrawn_evidence_stays_and_no_longer_counts(world, trust):
    item = record(trust, world)
    asked = {"by": trust, "partnership": world.partnership, "item": item.pk}
    place_evidence(**asked)
    assert not perspectives_of(trust, world.partnership.pk)[0].missing
    with pytest.raises(Refused, match="Say why"):
        withdraw_evidence(**asked, why=" ")
    withdraw_evidence(**asked, why="A question was misprinted.")
    with pytest.raises(Refused, match="withdrawn"):
        correct_evidence(**asked, told=TOLD)
    found = evidence_item(viewer(world, Role.ANALYST), item.pk)
    assert (found.line.withdrawn, found.withdrawn_why) == (NOW.date(), "A question was misprinted.")
    assert perspectives_of(trust, world.partnership.pk)[0].missing


def test_a_perspective_nobody_asked_is_missing_with_the_smallest_way_to_ask(world, trust):
    for changes in ({}, {"chosen": "open", "gathered_to": date(2026, 9, 1)}, {"perspective": "providers"}):
        item = record(trust, world, **changes)
        place_evidence(by=trust, partnership=world.partnership, item=item.pk)
    record(trust, world, perspective="partners")     # never placed: the others do not see it
    users, community, partners, providers = perspectives_of(viewer(world, Role.ANALYST), world.partnership.pk)
    assert (users.items, users.best, users.newest) == (2, "A", date(2026, 9, 1))
    assert (providers.items, providers.missing) == (1, False)
    for line in (community, partners):
        assert (line.missing, line.best, line.newest) == (True, None, None)
        assert all((line.asking.smallest, line.asking.good, line.asking.further))
        assert 0 < line.asking.minutes <= 180
    assert not perspectives_of(trust, world.partnership.pk)[2].missing


def test_pages_follow_one_another_without_gap_or_repeat(world, trust, monkeypatch):
    monkeypatch.setattr(evidence_items, "PAGE", 3)
    for number in range(7):
        with clock.fixed(NOW + timedelta(seconds=number)):
            record(trust, world, title=f"Item {number}", perspective="users" if number % 2 else "community")
    found, after, pages = [], None, 0
    while pages == 0 or after:
        page = evidence_for(trust, world.partnership.pk, Purpose.ASSESSMENT, after=after)
        found += [line.title for line in page.lines]
        after, pages = page.next, pages + 1
    assert (found, pages) == ([f"Item {number}" for number in reversed(range(7))], 3)
    assert seen(trust, world, perspective="users") == ["Item 5", "Item 3", "Item 1"]
    assert seen(trust, world, text="ITEM 4") == ["Item 4"]
