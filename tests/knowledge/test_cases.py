"""Case studies say what is known and what is not; both sides agree to own ones before others read them."""

from __future__ import annotations

import io
import json
from dataclasses import replace
from datetime import timedelta
from importlib.resources import files

import docx
import jsonschema
import pytest
import yaml
from django.test import Client
from django.urls import reverse
from tests.access.cases import SAID, second
from tests.world import signed_in

from commonweal.core import clock
from commonweal.core.actions.people import add_person, erase_person
from commonweal.core.actions.roles import give_role
from commonweal.core.cycle import step_keys
from commonweal.core.errors import NotAllowed, Refused
from commonweal.core.permissions import Role
from commonweal.core.viewer import ANONYMOUS, SYSTEM, viewer_of
from commonweal.core.waiting import waiting_for
from commonweal.knowledge.actions.cases import (
    agree_case,
    offer_peer,
    publish_case,
    rewrite_case,
    withdraw_case,
    write_case,
)
from commonweal.knowledge.cases import library, lists, titles
from commonweal.knowledge.documents_case import case_document
from commonweal.knowledge.models import CaseStudy, PeerOffer, SeenBy
from commonweal.knowledge.queries.cases import Wanted, case_for, cases_for, own_case, peers_of
from commonweal.needs.content import read
from commonweal.policy.delivery_vehicles import catalogue
from commonweal.policy.place_names import council_named
from commonweal.present.word import render_docx
from commonweal.web.cases_like import Like, nearest

HERE = files("commonweal.knowledge") / "content"
FILES = sorted(one.name for one in (HERE / "cases").iterdir() if one.name.endswith(".yaml"))


@pytest.fixture
def sides(world):
    """Somebody of the council and somebody of a club."""
    club = second(world)
    person = add_person(by=SYSTEM, email="w@walkers.org.uk", name="Wren")
    give_role(by=SYSTEM, partnership=world.partnership, person=person, organisation=club, role=Role.PROVIDER)
    case = write_case(by=viewer_of(world.admin()), partnership=world.partnership, said=SAID, client=world.council,
                      provider=club)
    return world, case, viewer_of(world.admin()), viewer_of(person)


def test_every_case_that_is_shipped_fits_the_schema_and_the_lists():
    schema = json.loads((HERE / "case.schema.json").read_text("utf-8"))
    assert len(FILES) >= 15
    for name in FILES:
        told = yaml.load((HERE / "cases" / name).read_text("utf-8"), Loader=yaml.BaseLoader)
        told["contact"] = None
        told = yaml.safe_load((HERE / "cases" / name).read_text("utf-8")) | {"next_review": told["next_review"]}
        jsonschema.validate(told, schema)
        assert name == f"{told['key']}.yaml"
        assert set(told["services"]) <= {one.key for one in catalogue().services}
        assert told["step"] in step_keys()
        assert told["vehicle"] is None or catalogue().one(told["vehicle"])


def test_needs_of_cases_are_the_themes_of_an_assessment():
    assert titles("needs") == {one["key"]: one["title"] for one in read("themes")["themes"]}
    assert {need for case in library() for need in case.needs} <= set(titles("needs"))


def test_what_a_mark_means_is_a_whole_sentence():
    for one in lists()["known"].values():
        assert set(one) == {"title", "says"}
        assert one["says"].endswith(".")


@pytest.mark.parametrize("case", [one for one in library() if one.kind in ("district", "metropolitan")],
                         ids=lambda one: one.key)
def test_codes_are_of_the_place_named(case):
    name = case.place.partition(",")[2].strip() or case.place
    assert council_named(name) in case.codes


@pytest.mark.parametrize("case", library(), ids=lambda one: one.key)
def test_a_case_of_which_little_is_known_claims_nothing(case):
    assert case.missing
    assert case.contact is None
    if case.known == "named":
        assert not case.money
        assert not case.results
        assert not case.failed
    if case.known == "figures":
        assert any(character.isdigit() for character in f"{case.money}{case.results}{case.answer}")


@pytest.mark.parametrize(("wanted", "key"), [
    (Wanted(q="pension BRENTWOOD"), "brentwood-leisure-trust-closed"),
    (Wanted(place="london"), None), (Wanted(vehicle="consortium", place="county"), "cs3-consortium"),
    (Wanted(need="libraries"), "library-books-bought-together"), (Wanted(step="review"),
                                                                  "brentwood-leisure-trust-closed"),
])
@pytest.mark.django_db
def test_filters_narrow(wanted, key):
    assert [one.key for one in cases_for(ANONYMOUS, wanted)] == ([key] if key else [])


def test_the_nearest_come_first_and_say_why():
    like = Like(frozenset({"E07000142"}), frozenset({"district"}), frozenset({"E07000068"}),
                frozenset({"physical-activity"}))
    found = nearest(library(), like)
    assert found[0].case.key == "brentwood-leisure-trust-closed"
    assert found[0].why == "Among the places most like yours. A need of yours: being active."
    scores = [one.score for one in found]
    assert scores == sorted(scores, reverse=True)
    own = nearest(library(), replace(like, codes=frozenset({"E08000011"}), needs=frozenset()))
    assert own[0].case.place == "Knowsley"
    assert own[0].why == "Your own place."


def test_both_sides_agree_before_it_is_published_and_either_takes_it_back(sides):
    world, case, council, club = sides
    with pytest.raises(Refused, match="Both sides"):
        publish_case(by=council, case=case)
    agree_case(by=council, case=case, number=1)
    with pytest.raises(Refused, match="already"):
        agree_case(by=council, case=case, number=1)
    assert "Read and agree the case “Testshire: a walk on Tuesdays”" in {
        one.title for one in waiting_for(club, world.partnership.pk)
    }
    agree_case(by=club, case=case, number=1)
    publish_case(by=club, case=case)
    assert case_for(ANONYMOUS, str(case.pk)).source.title == "Testshire District Council and Testshire Walkers"
    rewrite_case(by=club, case=case, said=replace(SAID, title="Testshire: walks"))
    with pytest.raises(Refused, match="changed since you read"):
        agree_case(by=council, case=case, number=1)
    assert case_for(ANONYMOUS, str(case.pk)).title == SAID.title
    assert own_case(council, world.partnership.pk, case.pk).state.startswith("Published in an earlier text")
    withdraw_case(by=council, case=case)
    assert str(case.pk) not in {one.key for one in cases_for(ANONYMOUS)}


@pytest.mark.parametrize(("change", "says"), [
    ({"results_n": ""}, "rest on"), ({"services": ("war",)}, "service"), ({"step": "x"}, "step"),
    ({"needs": ("x",)}, "needs"), ({"vehicle": "x"}, "who ran it"), ({"title": ""}, "cannot be blank"),
])
def test_what_does_not_fit_is_refused(sides, change, says):
    with pytest.raises(Refused, match=says):
        rewrite_case(by=sides[2], case=sides[1], said=replace(SAID, **change))


def test_only_the_two_sides_write_and_agree(sides):
    world, case, _, _ = sides
    other = viewer_of(world.outsider)
    for deed in (lambda: agree_case(by=other, case=case, number=1), lambda: withdraw_case(by=other, case=case)):
        with pytest.raises(NotAllowed):
            deed()


def test_a_peer_is_seen_by_whom_they_chose_until_the_day_and_goes_when_forgotten(sides):
    world, _, council, club = sides
    told = {"partnership": world.partnership, "about": "Walks", "reach": "01234", "case": "cs3-consortium"}
    with pytest.raises(Refused, match="within a year"):
        offer_peer(by=club, until=clock.today() + timedelta(days=400), **told)
    offer = offer_peer(by=club, until=clock.today() + timedelta(days=30), **told)
    key, outsider = "cs3-consortium", viewer_of(world.outsider)
    assert [one.name for one in peers_of(council, key)] == ["Wren"]
    assert peers_of(outsider, key) == peers_of(ANONYMOUS, key) == ()
    PeerOffer.objects.filter(pk=offer.pk).update(seen_by=SeenBy.SIGNED_IN)
    assert len(peers_of(outsider, key)) == 1
    assert peers_of(ANONYMOUS, key) == ()
    with clock.fixed(clock.now() + timedelta(days=40)):
        assert peers_of(council, key) == ()
    erase_person(by=SYSTEM, person=offer.person, reason="asked")
    assert not PeerOffer.objects.exists()


def test_a_case_on_paper_says_what_is_not_known():
    case = next(one for one in library() if one.key == "wigan-cultural-partnership")
    made = docx.Document(io.BytesIO(render_docx(case_document(case))))
    said = "\n".join(one.text for one in made.paragraphs)
    assert "Not published." in said
    assert "Only named." in said
    assert "Not known: what it cost" in said


@pytest.mark.promise("K2")
def test_cases_are_found_read_written_agreed_and_published_on_the_pages(sides):
    world, _, _, club = sides
    home = {"partnership": world.partnership.pk}
    anybody, officer = Client(), signed_in(world.admin())
    found = anybody.get("/cases/", {"place": "district", "q": "pension"}).content.decode()
    assert "Brentwood" in found
    assert "1 of " in found
    assert "None fits" in anybody.get("/cases/", {"q": "zzz"}).content.decode()
    shown = anybody.get("/cases/brentwood-leisure-trust-closed/").content.decode()
    assert "£972,000" in shown
    assert "not recorded" in shown
    assert "people who sign in" in shown
    assert anybody.get("/cases/no-such/").status_code == 404
    assert anybody.get("/api/cases/brentwood-leisure-trust-closed").json()["results"][0]["n"] == "one trust"
    assert "same kind of council" in officer.get(reverse("web:cases-like", kwargs=home)).content.decode()
    told = {
        "client": world.council.pk, "provider": second(world).pk, "title": "Testshire: chairs in the park",
        "answer": "People stayed longer where they could sit.", "years": "2026", "services": ["parks"],
        "step": "evidence", "did": "Put out chairs", "lessons": "Ask who cannot stand", "results": "Longer stays",
    }
    wrong = officer.post(reverse("knowledge:case-write", kwargs=home), told).content.decode()
    assert "There is a problem" in wrong
    assert "rest on" in wrong
    page = officer.post(reverse("knowledge:case-write", kwargs=home), {**told, "results_n": "9 visits"})
    page = page.headers["Location"]
    made = CaseStudy.objects.order_by("-created").first()
    walker = signed_in(give_person(club))
    for browser in (officer, walker):
        assert "We agree to this text" in browser.get(page).content.decode()
        browser.post(f"{page}agree/", {"number": "1"})
    officer.post(f"{page}publish/")
    assert "chairs in the park" in anybody.get("/cases/").content.decode()
    assert "Rests on: 9 visits" in anybody.get(f"/cases/{made.pk}/").content.decode()
    day = clock.today() + timedelta(days=9)
    peers = reverse("knowledge:peers", kwargs=home)
    walker.post(peers, {"about": "Chairs", "reach": "01234 5", "seen_by": "partners", "agree": "on",
                        "case": str(made.pk), "until_day": day.day, "until_month": day.month,
                        "until_year": day.year})
    assert "Wren" in officer.get(f"/cases/{made.pk}/").content.decode()
    assert "Wren" not in anybody.get(f"/cases/{made.pk}/").content.decode()
    officer.post(f"{page}withdraw/")
    assert anybody.get(f"/cases/{made.pk}/").status_code == 404


def give_person(viewer):
    from commonweal.core.models import Person

    return Person.objects.get(pk=viewer.person)
