"""Teams by hand: a buyer asks, providers answer, the willing see the same, whoever buys sees no name."""

from __future__ import annotations

import re
from datetime import UTC, datetime
from decimal import Decimal as D
from io import BytesIO

import pytest
from django.urls import reverse
from docx import Document
from tests.access.commissions import made
from tests.world import signed_in

from commonweal.core import clock
from commonweal.core.actions.organisations import create_organisation
from commonweal.core.actions.partnerships import add_organisation
from commonweal.core.actions.people import add_person
from commonweal.core.actions.roles import give_role
from commonweal.core.errors import NotAllowed, Refused
from commonweal.core.jobs import running
from commonweal.core.models import Job, OrganisationKind
from commonweal.core.permissions import Role
from commonweal.core.viewer import SYSTEM, viewer_of
from commonweal.procurement.actions.commission import move_commission
from commonweal.procurement.actions.consortium import WillingSaid, say_willing, withdraw
from commonweal.procurement.models import CommissionState, TeamBrief, TeamSearch
from commonweal.procurement.queries.consortium import UNNAMED, coverage_of, teams_for
from commonweal.providers.actions.profile import Line, Told, choose_visibility, keep_profile
from commonweal.providers.models import LineKind, Seen

NOW = datetime(2026, 11, 22, 9, tzinfo=UTC)
ASKED = {"things": "dance for girls: 6\nquiet sport: 4", "areas": "Marsh End\nFishergate",
         "standards": "safeguarding", "partners": "3", "exposure": "50", "joining": "500",
         "weeks": "40", "arrears": "3"}
MARSH = {"things": "dance for girls", "areas": "Marsh End", "hours": "6", "price": "20", "turnover": "20000"}
BOTH = {"things": "dance for girls", "areas": ["Marsh End", "Fishergate"], "hours": "20", "price": "30",
        "turnover": "90000", "leads": "on"}


@pytest.fixture(autouse=True)
def now(settings, tmp_path):
    settings.VAR = tmp_path
    with clock.fixed(NOW):
        yield


def words(answer):
    return " ".join(re.sub(r"<[^>]*>", " ", answer.content.decode()).split())


def provider(world, name, *, seen=Seen.PUBLIC, holds=("Safeguarding",)):
    """An organisation that has said what it can do, and who speaks for it."""
    made_up = create_organisation(by=SYSTEM, name=name, kind=OrganisationKind.THIRD_SECTOR)
    add_organisation(by=SYSTEM, partnership=world.partnership, organisation=made_up)
    person = add_person(by=SYSTEM, email=f"{name.split()[0].lower()}@x.example", name=f"Pat {name}",
                        password="a long pass phrase 7")
    give_role(by=SYSTEM, partnership=world.partnership, person=person, organisation=made_up, role=Role.PROVIDER)
    by = viewer_of(person)
    told = Told("We dance.", hours=12, turnover=D(20000), lines=tuple(Line(LineKind.POLICY, one) for one in holds))
    keep_profile(by=by, partnership=world.partnership, told=told)
    choose_visibility(by=by, partnership=world.partnership, seen=seen)
    return person


@pytest.fixture
def asked(world):
    """A brief written through the page, and its two keys."""
    row = made(world)
    keys = [world.partnership.pk, row.pk]
    answer = signed_in(world.admin()).post(reverse("procurement:team-write", args=keys), ASKED)
    assert answer.status_code == 302, words(answer)
    return keys


@pytest.mark.promise("V4")
def test_partners_find_each_other_and_whoever_buys_sees_no_name(world, asked):
    small, large = provider(world, "Marsh Dance"), provider(world, "Quay Arts")
    hidden = provider(world, "Knitting Circle", seen=Seen.COUNTED)
    one, two = signed_in(small), signed_in(large)
    assert one.get(reverse("procurement:team-find", args=asked)).status_code == 403
    form = one.get(reverse("procurement:team-willing", args=asked)).content.decode()
    assert 'value="20000.00"' in form  # filled in from the profile
    two.post(reverse("procurement:team-willing", args=asked), BOTH)
    signed_in(hidden).post(reverse("procurement:team-willing", args=asked), {
        "things": "quiet sport", "areas": "Fishergate", "hours": "3", "price": "10", "turnover": "9000"})
    page = words(one.post(reverse("procurement:team-willing", args=asked), MARSH, follow=True))
    # 6 hours at £20, 6 at £30 and 3 at £10 in each of 40 weeks
    assert "3 partners would cover 15 of 20 hours a week, for £13,200 a year" in page
    for said in ("Marsh Dance (you)", "Quay Arts, lead", UNNAMED, "dance for girls 6 h",
                 "Quiet sport: Marsh End (4 of 4 hours), Fishergate (1 of 4 hours)",
                 "The contract would be 15% of the yearly turnover",
                 "the lead pays partners £2,000 before any money"):
        assert said in page
    assert "Knitting" not in page
    buyer = signed_in(world.admin())
    coverage = words(buyer.get(reverse("procurement:team-brief", args=asked)))
    assert "never by whom" in coverage
    assert "Dance for girls Covered Covered" in coverage
    assert not any(name in coverage for name in ("Marsh Dance", "Quay Arts", "Knitting"))
    for route in ("team-find", "team-letter"):
        keys = asked if route == "team-find" else [*asked, "docx"]
        assert buyer.get(reverse(f"procurement:{route}", args=keys)).status_code == 403
    file = Document(BytesIO(two.get(reverse("procurement:team-letter", args=[*asked, "docx"])).content))
    text = "\n".join(line.text for line in file.paragraphs)
    for said in ("Together we could", "Heads of an agreement", "competition law", "Unchecked"):
        assert said in text
    assert "Knitting" not in text + "".join(cell.text for table in file.tables for cell in table._cells)


@pytest.mark.promise("V4")
def test_so_many_that_it_takes_minutes_are_searched_in_the_background(world, asked, monkeypatch):
    """Asked for by one press, told how far it is, a first answer shown early, an old answer never."""
    for module in ("queries.consortium", "team_solving"):
        monkeypatch.setattr(f"commonweal.procurement.{module}.LARGE", 0)
    monkeypatch.setattr("commonweal.procurement.background.LONG", 5.0)
    one, two = signed_in(provider(world, "Marsh Dance")), signed_in(provider(world, "Quay Arts"))
    find, look = (reverse(f"procurement:team-{name}", args=asked) for name in ("find", "brief"))
    two.post(reverse("procurement:team-willing", args=asked), BOTH)
    page = words(one.post(reverse("procurement:team-willing", args=asked), MARSH, follow=True))
    assert "2 organisations count. To find the best team of so many takes up to a few minutes" in page
    page = words(one.post(reverse("procurement:team-search", args=[*asked, "teams"]), follow=True))
    assert "It waits for its turn. 0% done." in page
    search = TeamSearch.objects.get()
    early = []
    held = TeamSearch.objects.filter(pk=search.pk)
    monkeypatch.setattr("commonweal.core.jobs.handle.Handle.progress",
                        lambda self, share, told: early.append((share, held.get().answer)))
    running.run(Job.objects.get().pk)
    assert any("best" in answer for share, answer in early if share < 60)
    search.refresh_from_db()
    assert search.whole
    page = words(one.get(find))
    assert "2 partners would cover 12 of 20 hours a week, for £12,000 a year" in page
    assert "so far" not in page
    assert words(two.get(find)).count("partners would cover") == 0      # each asks for its own
    buyer = signed_in(world.admin())
    assert "it takes a minute to add up" in words(buyer.get(look))
    assert buyer.post(reverse("procurement:team-search", args=[*asked, "teams"])).status_code == 400
    buyer.post(reverse("procurement:team-search", args=[*asked, "coverage"]))
    running.run(Job.objects.get(kind="procurement.coverage").pk)
    page = words(buyer.get(look))
    assert "Dance for girls Covered Covered" in page
    assert not TeamSearch.objects.get(organisation=None).answer["best"]["members"]
    assert "Marsh Dance" not in page
    one.post(reverse("procurement:team-willing", args=asked), MARSH | {"hours": "5"})
    assert "partners would cover" not in words(one.get(find))


def test_only_those_who_hold_what_is_asked_and_have_no_conflict_count(world, asked):
    late = provider(world, "Late Club", holds=())
    row = TeamBrief.objects.get()
    lines = tuple(row.lines.values_list("pk", flat=True))
    by = viewer_of(late)
    given = WillingSaid(lines=lines, hours=D(20), price=D(5), turnover=D(90000), leads=True)
    say_willing(by=by, brief=row, said=given)
    found = teams_for(by, *asked)
    assert found.best is None
    assert "safeguarding" in found.left_out[0]
    fair = viewer_of(provider(world, "Fair Club"))
    say_willing(by=fair, brief=row, said=given)
    assert len(teams_for(fair, *asked).best.partners) == 1
    say_willing(by=fair, brief=row, said=WillingSaid(lines=lines, hours=D(20), price=D(5), turnover=D(90000),
                                                     conflict="We wrote the specification."))
    assert teams_for(fair, *asked).best is None
    withdraw(by=fair, brief=row)
    with pytest.raises(NotAllowed, match="all of them alike"):
        teams_for(fair, *asked)
    assert sum(coverage_of(SYSTEM, *asked).covered.values()) == 0


def test_whoever_buys_is_in_no_team_and_a_brief_stands_once_it_is_open(world, asked):
    row = TeamBrief.objects.get()
    lines = tuple(row.lines.values_list("pk", flat=True))
    given = WillingSaid(lines=lines, hours=D(1), price=D(1), turnover=D(1))
    admin = viewer_of(world.admin())
    with pytest.raises(Refused, match="cannot be in a team"):
        say_willing(by=admin, brief=row, said=given)
    move_commission(by=admin, commission=row.commission, to=CommissionState.WITHDRAWN)
    row.refresh_from_db()
    with pytest.raises(Refused, match="over"):
        say_willing(by=viewer_of(provider(world, "Late Club")), brief=row, said=given)
    answer = signed_in(world.admin()).post(reverse("procurement:team-write", args=asked), ASKED)
    assert "changed no more" in words(answer)


@pytest.mark.parametrize(("wrong", "says"), [
    ({"things": "dance"}, "a colon and the hours"), ({"things": "dance: 0"}, "a colon and the hours"),
    ({"things": "x" * 130 + ": 3"}, "too long"), ({"areas": "y" * 130}, "120 letters"),
    ({"exposure": "0"}, "1 or more"), ({"weeks": "60"}, "52 or less"), ({"partners": "many"}, "whole number"),
    ({"things": "\n".join(f"thing {one}: 1" for one in range(60)), "areas": "\n".join(map(str, range(60)))},
     "between one and 2,400"),
])
def test_what_is_typed_wrong_gets_a_sentence(world, wrong, says):
    row = made(world)
    answer = signed_in(world.admin()).post(
        reverse("procurement:team-write", args=[world.partnership.pk, row.pk]), ASKED | wrong)
    assert answer.status_code == 200
    assert says in words(answer)
