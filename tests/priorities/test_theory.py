"""The theory of change: no circle, steps of evidence by fact, the weakest named, reviews kept, printed."""

from __future__ import annotations

from datetime import UTC, datetime
from uuid import uuid4

import pytest
from django.urls import reverse
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.access.theory import linked, university
from tests.world import signed_in

from commonweal.core import clock
from commonweal.core.actions.people import add_person
from commonweal.core.actions.roles import give_role
from commonweal.core.errors import CommonwealError, NotAllowed, NotFound, Refused
from commonweal.core.permissions import Role
from commonweal.core.viewer import SYSTEM, viewer_of
from commonweal.policy.evidence_levels import reached
from commonweal.present.charts.chain import layers_of
from commonweal.priorities.actions.theory import (
    EvidenceSaid,
    add_evidence,
    add_link,
    add_step,
    answer_review,
    ask_review,
    change_link,
    change_step,
    remove_link,
    remove_step,
)
from commonweal.priorities.models import LinkEvidenceKind, LinkReview, ReviewVerdict, StepKind
from commonweal.priorities.pages.theory import chains_shown
from commonweal.priorities.queries.theory import LinkCard, StepCard, Theory, link_for, theory_for

NOW = datetime(2026, 11, 22, 9, tzinfo=UTC)
SAID = {"kind": "research", "bearing": "for", "design": "compared", "says": "More came.", "source": "A study",
        "year": "2020"}


@pytest.fixture(autouse=True)
def then(settings, tmp_path):
    settings.VAR = tmp_path
    with clock.fixed(NOW):
        yield


def scholar(world, organisation):
    person = add_person(by=SYSTEM, email="sam@uni.ac.uk", name="Sam Scholar")
    give_role(by=SYSTEM, partnership=world.partnership, person=person, organisation=organisation,
              role=Role.CONTRIBUTOR)
    return person


@pytest.mark.parametrize(("held", "level"), [
    ([], 0), ([("case", True)], 1), ([("before-after", True), ("case", True)], 2), ([("compared", True)], 3),
    ([("compared", True), ("case", False)], 3), ([("compared", True), ("randomised", False)], 2),
    ([("compared", False)], 0), ([("replicated", True)], 4), ([("at-scale", True)], 5),
])
def test_the_step_follows_from_how_it_was_found_out(held, level):
    assert reached(held).level == level


@settings(max_examples=30)
@given(st.lists(st.tuples(st.integers(0, 7), st.integers(0, 7)).filter(lambda one: one[0] < one[1]), max_size=14))
def test_every_step_is_drawn_once_and_below_what_leads_to_it(links):
    rows = layers_of(8, links)
    depth = {one: at for at, row in enumerate(rows) for one in row}
    assert sorted(depth) == list(range(8))
    assert all(depth[before] < depth[after] for before, after in links)


def test_each_outcome_has_its_own_chain_and_nothing_is_left_undrawn():
    step = {name: StepCard(uuid4(), kind, name, None) for name, kind in (
        ("hall", StepKind.ACTIVITY), ("dance", StepKind.OUTCOME), ("walk", StepKind.ACTIVITY),
        ("air", StepKind.OUTCOME), ("well", StepKind.OUTCOME), ("alone", StepKind.ACTIVITY))}

    def link(before, after):
        return LinkCard(uuid4(), step[before], step[after], "x", reached([]), (), ())

    pairs = (("hall", "dance"), ("walk", "air"), ("dance", "well"), ("air", "well"))
    theory = Theory(tuple(step.values()), tuple(link(*one) for one in pairs))
    assert [(one.title, [each.title for each in one.theory.steps]) for one in chains_shown(theory)] == [
        ("dance", ["hall", "dance", "well"]), ("air", ["walk", "air", "well"]),
        ("Not led to an outcome yet", ["alone"])]
    assert [one.title for one in chains_shown(Theory(theory.steps[:2], theory.links[:1]))] == [
        "From what is done to what is different"]
    assert chains_shown(Theory((), ())) == ()


def test_a_circle_is_refused_in_a_sentence_that_names_it(world):
    row, by = linked(world), viewer_of(world.admin())
    with pytest.raises(Refused, match="circle: Dance class leads to Girls dance"):
        add_link(by=by, partnership=world.partnership, before=row.after_id, after=row.before_id, why="Round")
    with pytest.raises(Refused, match="circle"):
        add_link(by=by, partnership=world.partnership, before=row.after_id, after=row.after_id, why="Itself")
    with pytest.raises(Refused, match="linked already"):
        add_link(by=by, partnership=world.partnership, before=row.before_id, after=row.after_id, why="Twice")
    with pytest.raises(ValueError, match="circle"):
        layers_of(2, [(0, 1), (1, 0)])


def test_a_step_is_taken_away_with_its_links(world):
    row, by = linked(world), viewer_of(world.admin())
    remove_step(by=by, step=row.before)
    left = theory_for(by, world.partnership.pk)
    assert (len(left.steps), left.links) == (1, ())
    with pytest.raises(Refused, match="of this name"):
        add_step(by=by, partnership=world.partnership, kind=StepKind.OUTPUT, title="girls DANCE")


def test_a_step_and_a_link_are_said_anew_and_what_they_were_is_kept(world):
    link, by = linked(world), viewer_of(world.admin())
    step = link.before
    change_step(by=by, step=step, title="Dance class in the hall")
    change_link(by=by, link=link, why="The hall is a walk away")
    (card,) = theory_for(by, world.partnership.pk).links
    assert (card.before.title, card.why) == ("Dance class in the hall", "The hall is a walk away")
    assert {one.title for one in step.history.all()} == {"Dance class", "Dance class in the hall"}
    for deed, words in ((lambda: change_step(by=by, step=step, title=" "), "few words"),
                        (lambda: change_step(by=by, step=step, title="girls dance"), "name already"),
                        (lambda: change_link(by=by, link=link, why=" "), "Say why")):
        with pytest.raises(Refused, match=words):
            deed()
    remove_link(by=by, link=link)
    with pytest.raises(Refused, match="taken away"):
        change_link(by=by, link=link, why="x")
    with pytest.raises(CommonwealError):
        change_step(by=viewer_of(world.outsider), step=step, title="Mine")


def test_another_explanation_always_speaks_against(world):
    row, by = linked(world), viewer_of(world.admin())
    add_evidence(by=by, link=row, said=EvidenceSaid(
        kind=LinkEvidenceKind.RIVAL, speaks_for=True, design="case", says="A film.", source="Us", year=2024))
    assert [one.speaks_for for one in link_for(by, world.partnership.pk, row.pk).evidence] == [False]
    for change, words in ({"design": "guess"}, "from the list"), ({"year": 2027}, "1900 to 2026"):
        with pytest.raises(Refused, match=words):
            add_evidence(by=by, link=row, said=EvidenceSaid(**{
                "kind": LinkEvidenceKind.CASE, "speaks_for": True, "design": "case", "says": "x", "source": "y",
                "year": 2020, **change}))


def test_only_the_university_that_was_asked_answers_and_once(world):
    row, by = linked(world), viewer_of(world.admin())
    with pytest.raises(Refused, match="Only a university"):
        ask_review(by=by, link=row, organisation=world.council.pk, question="?")
    school = university(world)
    review = ask_review(by=by, link=row, organisation=school.pk, question="Does it hold?")
    with pytest.raises(Refused, match="asked already"):
        ask_review(by=by, link=row, organisation=school.pk, question="Again?")
    with pytest.raises(NotAllowed):
        answer_review(by=by, review=review, verdict=ReviewVerdict.HOLDS, words="Yes")
    answering = viewer_of(scholar(world, school))
    answer_review(by=answering, review=review, verdict=ReviewVerdict.PARTLY, words="For some.")
    with pytest.raises(Refused, match="already"):
        answer_review(by=answering, review=review, verdict=ReviewVerdict.HOLDS, words="Yes")


def test_others_see_and_change_nothing(world):
    row, other = linked(world), viewer_of(world.outsider)
    with pytest.raises(CommonwealError):
        theory_for(other, world.partnership.pk)
    with pytest.raises(NotFound):
        link_for(other, world.partnership.pk, row.pk)
    with pytest.raises(CommonwealError):
        remove_step(by=other, step=row.before)


@pytest.mark.promise("O2")
def test_by_hand_from_steps_to_a_reviewed_link_on_paper(world):
    key, client = world.partnership.pk, signed_in(world.admin())
    home = reverse("priorities:theory", args=[key])
    assert home in client.get(reverse("priorities:outcomes", args=[key])).content.decode()
    for kind, title in (("activity", "Dance class"), ("output", "Girls come"), ("outcome", "Girls dance")):
        client.post(reverse("priorities:theory-step", args=[key]), {"kind": kind, "title": title})
    found = {one.title: str(one.id) for one in theory_for(viewer_of(world.admin()), key).steps}
    steps = [found[title] for title in ("Dance class", "Girls come", "Girls dance")]
    link = reverse("priorities:theory-link", args=[key])
    for before, after in ((0, 1), (1, 2)):
        client.post(link, {"before": steps[before], "after": steps[after], "why": "It is near"})
    round_it = client.post(link, {"before": steps[2], "after": steps[0], "why": "Round"}).content.decode()
    assert "That would be a circle: Dance class leads to Girls come leads to Girls dance" in round_it
    links = {one.after.title: one for one in theory_for(viewer_of(world.admin()), key).links}
    first, second = links["Girls come"], links["Girls dance"]
    client.post(reverse("priorities:theory-evidence", args=[key, first.id]), SAID)
    page = client.get(home).content.decode()
    for words in ("Weakest (nothing is held): Girls come → Girls dance", "<svg", "3: Beyond what would have"):
        assert words in page
    school = university(world)
    client.post(reverse("priorities:theory-review", args=[key, second.id]),
                {"organisation": str(school.pk), "question": "Does it hold?"})
    review = LinkReview.objects.get()
    answering = signed_in(scholar(world, school))
    answering.post(reverse("priorities:theory-answer", args=[key, second.id, review.pk]),
                   {"verdict": "partly", "words": "For some girls."})
    page = client.get(reverse("priorities:theory-link-page", args=[key, second.id])).content.decode()
    assert "It holds in part." in page
    assert "For some girls." in page
    for ending, start in (("docx", b"PK"), ("pdf", b"%PDF")):
        assert client.get(reverse("priorities:theory-file", args=[key, ending])).content.startswith(start)


@pytest.mark.parametrize("change", [
    {"year": "NaN"}, {"year": "99999999999"}, {"says": "x" * 10_000}, {"says": "a\0b"}, {"design": "guess"},
    {"address": "javascript:alert(1)"},
])
def test_what_is_no_evidence_is_said_on_the_form(world, change):
    row = linked(world)
    answer = signed_in(world.admin()).post(
        reverse("priorities:theory-evidence", args=[world.partnership.pk, row.pk]), {**SAID, **change})
    assert answer.status_code == 200
    assert "There is a problem" in answer.content.decode()
