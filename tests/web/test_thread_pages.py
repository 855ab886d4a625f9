"""The thread through its pages: a handful of things tied by actions, each link told, nothing leaked."""

from __future__ import annotations

import io
import re
from dataclasses import replace
from datetime import UTC, date, datetime
from uuid import uuid4

import docx
import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from tests.access.commissions import SPEC
from tests.access.competitions import published
from tests.measures.test_performance import agreed, half, measured
from tests.world import signed_in

from commonweal.agreements.actions.answers import say_answers
from commonweal.core import clock
from commonweal.core.thread import Edge, Node, Strand, assembled, thread_for
from commonweal.core.thread_walk import changed_since
from commonweal.core.viewer import viewer_of
from commonweal.measures.actions.performance import read_measure
from commonweal.needs.actions.evidence import Told, place_evidence, record_evidence
from commonweal.needs.actions.need import Wording, hold_evidence, rewrite_need, write_need
from commonweal.needs.models import Side, Verdict
from commonweal.priorities.actions.outcome import OutcomeSaid, write_outcome
from commonweal.priorities.models import Level
from commonweal.procurement.actions.commission import CommissionSaid, begin_commission
from commonweal.procurement.actions.specification import Required, write_specification
from commonweal.web.one_page import standing_of

NOW = datetime(2026, 11, 27, 10, 0, tzinfo=UTC)
WORDS = {"who": "Girls", "where": "Marsh End", "what": "somewhere to dance", "how_we_know": "Forty doorsteps."}


@pytest.fixture(autouse=True)
def at(settings, tmp_path):
    settings.VAR = tmp_path
    with clock.fixed(NOW):
        yield


@pytest.fixture
def tied(world):
    """From a need written anew since to two returns; and an agreement that answers nothing."""
    by, here = viewer_of(world.admin()), world.partnership
    need = write_need(by=by, partnership=here, title="Dance near home", side=Side.FOR_CULTURE, theme="culture",
                      said=Wording(**WORDS)).identity
    told = dict.fromkeys(("kind", "perspective", "summary"), "statement") | {"perspective": "users"}
    asked, against, _ = (
        place_evidence(by=by, partnership=here, item=record_evidence(
            by=by, partnership=here, told=Told(title=title, **told)).pk)
        for title in ("Forty doorsteps", "No demand", "A letter"))
    hold_evidence(by=by, need=need, item=asked.pk, verdict=Verdict.SUPPORTS)
    hold_evidence(by=by, need=need, item=against.pk, verdict=Verdict.AGAINST)
    outcome = write_outcome(by=by, partnership=here, level=Level.SERVICE, said=OutcomeSaid(
        title="Girls dance", statement="Girls dance.", who="Girls", where="Marsh End",
        needs=(need.pk,))).identity
    commission = begin_commission(by=by, partnership=here, said=CommissionSaid(
        title="A hall to dance in", purpose="Dance.", place="Testshire", outcomes=(outcome.pk,)))
    write_specification(by=by, commission=commission, over=0, said=replace(
        SPEC, requirements=(Required(words="Girls choose the music.", answers=commission.answers.get().pk),)))
    dance, choir = agreed(world, "Dance", "Dance Club"), agreed(world, "Choir", "Choir of Marsh End")
    say_answers(by=by, agreement=dance, needs=(need.pk,), outcomes=())
    measure = measured(world, dance, "Attendances", 2000, need=need.pk)
    read_measure(by=by, measure=measure, tells="attendances")
    for number in range(2):
        half(dance, number, attendances=900, people=60 + number)
    rewrite_need(by=by, need=need, over=1, said=Wording(**WORDS | {"what": "a hall"}, reason="Asked again"))
    return {"need": need, "outcome": outcome, "commission": commission, "dance": dance, "choir": choir,
            "measure": measure, "asked": asked}


def words(answer) -> str:
    return " ".join(re.sub(r"<[^>]*>", "", answer.content.decode()).split())


def test_every_stage_tells_its_links(world, tied):
    thread = thread_for(viewer_of(world.admin()), world.partnership.pk)
    title = {one.key: one.title for one in thread.nodes.values()}
    links = {(edge.later[0], edge.earlier[0], title[edge.earlier], edge.part, edge.read) for edge in thread.edges}
    assert links == {
        ("need", "evidence", "Forty doorsteps", False, 0),
        ("need", "evidence", "No demand", False, 0),
        ("outcome", "need", "Dance near home", False, 1),
        ("commission", "outcome", "Girls dance", False, 1),
        ("requirement", "commission", "A hall to dance in", True, 0),
        ("requirement", "outcome", "Girls dance", False, 1),
        ("agreement", "need", "Dance near home", False, 1),
        ("measure", "agreement", "Dance", True, 0),
        ("measure", "need", "Dance near home", False, 1),
        ("return", "agreement", "Dance", True, 0),
        ("return", "measure", "Attendances", False, 0),
    }
    assert [(one.year, float(one.pounds)) for one in thread.paid] == [("2025-26", 4000.0)] * 2
    assert [(one.year, one.least, one.most) for one in thread.came] == [("2025-26", 61, 121)]


def test_by_hand_from_the_home_along_the_thread_to_an_annex(world, tied):
    officer, here = signed_in(world.admin()), world.partnership.pk
    whole, short = (reverse(f"web:{name}", args=[here]) for name in ("thread", "one-page"))
    assert short in officer.get(reverse("web:partnership", args=[here])).content.decode()
    assert whole in officer.get(short).content.decode()
    page = officer.get(whole)
    for said in ("1 need, 1 outcome, 1 commission, 2 agreements and 1 measure are on the thread",
                 "This agreement answers no need and no outcome", "No measure says how this agreement works",
                 "Dance was made on version 1 of Dance near home; version 2 stands since 27 November 2026.",
                 "61 to 121 in 2025-26, from 2 returns of Dance Club", "£4,000",
                 "An agreement is tied to its award"):
        assert said in words(page), said
    assert '<g font-family="' in page.content.decode()   # without it the picture has no words in Word
    need = reverse("web:thread-item", args=[here, "need", tied["need"].pk])
    assert need in page.content.decode()
    one = words(officer.get(need))
    for said in ("This need stands on 2 pieces of evidence. 1 outcome", "Girls choose the music.",
                 "1 outcome, 1 commission, 1 requirement, 1 agreement, 1 measure and 2 returns would stand on"):
        assert said in one, said
    paper = officer.get(reverse("web:thread-file", args=[here, "docx"]))
    text = docx.Document(io.BytesIO(paper.content))
    assert any("Choir" in line.text for line in text.paragraphs)
    assert "Dance near home" in {cell.text for table in text.tables for row in table.rows for cell in row.cells}
    told = officer.get(f"/api/partnerships/{here}/thread").json()
    assert {one["says"] for one in told["alone"]} == {
        "No measure shows this outcome", "No need stands on this evidence",
        "This agreement answers no need and no outcome",
        "No measure says how this agreement works"}
    one = officer.get(f"/api/partnerships/{here}/thread/measure/{tied['measure'].pk}").json()
    assert {each["title"] for each in one["answers"]} == {
        "Forty doorsteps", "No demand", "Dance near home", "Dance"}


def test_if_the_only_evidence_went_everything_above_it_falls(world, tied):
    officer, here = signed_in(world.admin()), world.partnership.pk
    asked = ["evidence", tied["asked"].pk]
    one = words(officer.get(reverse("web:thread-item", args=[here, *asked])))
    for said in ("evidence is where the thread begins", "This piece of evidence is where the thread begins",
                 "1 need, 1 outcome, 1 commission, 1 requirement, 1 agreement, 1 measure and 2 returns would"):
        assert said in one, said
    paper = docx.Document(io.BytesIO(officer.get(
        reverse("web:thread-item-file", args=[here, *asked, "docx"])).content))
    assert any("would stand on nothing" in line.text for line in paper.paragraphs)
    need = officer.get(reverse("needs:need", args=[here, tied["need"].pk])).content.decode()
    assert reverse("web:thread-item", args=[here, "need", tied["need"].pk]) in need   # one press from its own page


def test_a_decision_says_what_it_stands_on_is_newer_than_itself():
    day = date(2026, 6, 1)
    one, old, new = (Node(kind, uuid4(), title, "/", on=on, version=version) for kind, title, on, version in (
        ("decision", "First things first", day, 1), ("need", "Dance", date(2026, 5, 1), 1),
        ("outcome", "Girls dance", date(2026, 7, 1), 2)))
    thread = assembled([Strand((one, old, new), (
        Edge(new.key, old.key, "answers it"), Edge(one.key, new.key, "puts it in place 1", 1)))])
    assert [(each.decision, each.newer) for each in changed_since(thread)] == [(one, (new,))]


def test_what_bids_are_judged_by_is_on_the_thread(world):
    row = published(world)
    counting = [key for key, weight in row.criteria if weight]
    thread = thread_for(viewer_of(world.admin()), world.partnership.pk)
    found = thread.of_kind("criterion")
    assert len(found) == len(counting) > 2
    assert {one.state for one in found} == {f"{100 / len(counting):.0f} % of quality"}
    wholes = {edge.earlier for one in found for edge in thread.up[one.key]}
    assert wholes == {("commission", str(row.commission_id))}


def test_everything_on_one_page_and_on_one_sheet(world, tied):
    officer, here = signed_in(world.admin()), world.partnership.pk
    page = words(officer.get(reverse("web:one-page", args=[here])))
    for said in ("1 of 1 needs is answered by an agreement that runs. 1 commission: 1 coming.",
                 "Testshire District Council commissions here", "Specified", "whoever opens it",
                 "Dance near home", "No return is late", "may be missed"):
        assert said in page, said
    for ending in ("docx", "pdf"):
        assert officer.get(reverse("web:one-page-file", args=[here, ending])).status_code == 200
    assert officer.get(reverse("web:one-page-file", args=[here, "xlsx"])).status_code == 404
    assert "Dance" not in words(signed_in(world.outsider).get(
        reverse("web:one-page", args=[world.other_partnership.pk])))


@pytest.mark.parametrize(("state", "parts", "told"), [
    ("Coming", "", ("Not specified yet", "whoever writes its specification")),
    ("Open", "requirement competition", ("Closes 3 May 2027", "those who may bid")),
    ("Open", "requirement closed", ("Closed 3 May 2026", "those who judge the bids")),
    ("Decided", "competition recommendation", ("Decided 1 June 2026", "whoever enters the award")),
    ("Decided", "award", ("Awarded 1 June 2026", "nobody")),
    ("Withdrawn", "award", ("Withdrawn", "nobody")),
])
def test_for_whom_a_commission_waits(state, parts, told):
    states = {"competition": "Closes 3 May 2027", "closed": "Closed 3 May 2026"}
    one = Node("commission", uuid4(), "Dance", "/", state, stands=state != "Withdrawn")
    day = date(2026, 6, 1)
    found = [Node(part.replace("closed", "competition"), uuid4(), part, "/", states.get(part, ""), day)
             for part in parts.split()]
    edges = tuple(Edge(each.key, one.key, "why", part=True) for each in found)
    assert standing_of(assembled([Strand((one, *found), edges)]), one) == told


@pytest.mark.parametrize("address", [
    "/partnership/{p}/thread/{k}/{i}/", "/partnership/{p}/thread/thread.xlsx", "/partnership/{p}/thread/cat/{i}/"])
def test_what_is_not_there_is_said_and_nothing_leaks(world, tied, address):
    outsider, officer = signed_in(world.outsider), signed_in(world.admin())
    keys = {"k": "need", "i": tied["need"].pk}
    own = address.format(p=world.other_partnership.pk, **keys)
    assert outsider.get(own).status_code == 404       # another's need is not on one's own thread
    assert outsider.get(address.format(p=world.partnership.pk, **keys)).status_code == 404
    assert officer.get(own).status_code == 404
    assert "Dance" not in words(outsider.get(reverse("web:thread", args=[world.other_partnership.pk])))


def test_more_things_ask_no_more_of_the_database(world, tied):
    viewer, here = viewer_of(world.admin()), world.partnership.pk
    thread_for(viewer, here)
    with CaptureQueriesContext(connection) as before:
        thread_for(viewer, here)
    for number in range(4):
        row = agreed(world, f"More {number}", "More Club")
        measured(world, row, "Attendances", 10, need=tied["need"].pk)
        half(row, 0, attendances=9, people=5)
    with CaptureQueriesContext(connection) as after:
        thread_for(viewer, here)
    assert len(after) == len(before)
