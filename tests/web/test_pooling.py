"""Partners pool data, evidence and people who can read them; each number says whose it is, and nothing leaks."""

from __future__ import annotations

import json
from datetime import timedelta
from importlib.resources import files

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from jsonschema import Draft202012Validator
from tests.needs.conftest import words_of
from tests.web.test_sharing_pages import answers, dates, text
from tests.world import signed_in

from commonweal.core import clock
from commonweal.core.actions.held_numbers import Brought, bring_numbers
from commonweal.core.actions.people import add_person
from commonweal.core.actions.roles import give_role
from commonweal.core.actions.sharing import Described, describe_data
from commonweal.core.errors import NotAllowed, NotFound, Refused
from commonweal.core.models import HeldDataset, Organisation, SharingAgreement
from commonweal.core.permissions import Role
from commonweal.core.viewer import SYSTEM, viewer_of
from commonweal.needs.actions.skills import Offered, answer_help, ask_for_help, offer_skill
from commonweal.needs.content import read
from commonweal.needs.forgetting import forget_skills
from commonweal.needs.models import EvidenceItem, HelpRequest, Reply, ShownAs, SkillOffer
from commonweal.needs.queries.skills import About, helpers_with, offers_for

# kind of organisation: its name, the data it pools, and the skill of its person
POOLED = {
    "county": ("Greater Test County", "Books lent", "mapping"),
    "trust": ("Testshire Leisure Trust", "Visits to pools", "evaluation"),
    "health": ("Testshire Health Board", "Admissions after falls", "health"),
    "police": ("Testshire Police", "Calls about noise", "statistics"),
    "school": ("Harbour School", "Pupils in clubs", "survey"),
    "third_sector": ("Testshire Clubs", "Club members", "community"),
    "infrastructure": ("Testshire Voluntary Action", "Groups helped", "research"),
}
TABLE = "Ward,Age,Number\nNorth,under 16,1200\nNorth,16 and over,3\nSouth,under 16,80\n"
OFFER = Offered("statistics", 2, clock.today() + timedelta(days=90), ShownAs.NAME)


@pytest.fixture(autouse=True)
def var(settings, tmp_path):
    settings.VAR = tmp_path


def joins(world, kind, name):
    """An organisation taken into the partnership by its page, and its administrator."""
    council = signed_in(world.admin())
    text(council.post(reverse("web:organisation-add", args=[world.partnership.pk]), {"name": name, "kind": kind},
                      follow=True))
    made = Organisation.objects.get(name=name)
    person = add_person(by=SYSTEM, email=f"lee@{kind.replace('_', '')}.example.org", name=f"Lee of {name}")
    give_role(by=SYSTEM, partnership=world.partnership, person=person, organisation=made, role=Role.ADMIN)
    return made, person, signed_in(person)


def pools(world, client, title, skill):
    """Data with its numbers, a piece of evidence, and a person's skill, each by its page."""
    keys = [world.partnership.pk]
    text(client.post(reverse("web:held-add", args=keys), {"title": title, "fields_told": "Ward\nAge\nNumber"},
                     follow=True))
    held = HeldDataset.objects.get(title=title)
    file = SimpleUploadedFile("counts.csv", TABLE.encode(), content_type="text/csv")
    page = text(client.post(reverse("web:held-numbers", args=[*keys, held.pk]), {
        "file": file, "measure": "Number", "base": title, "period": "2025 to 2026"}, follow=True))
    assert "3 rows are in. 1 counts of one to four were hidden" in page
    said = {"title": f"What {title.lower()} says", "kind": "records", "perspective": "partners",
            "summary": "Less", "chosen": "everybody", "asked_by": "several", "covers": "whole"}
    assert client.post(reverse("needs:evidence-add", args=keys), said).status_code == 302
    item = EvidenceItem.objects.get(title=said["title"])
    client.post(reverse("needs:evidence-place", args=[*keys, item.pk]))
    offered = {"skill": skill, "hours": "2", "shown": "name", **dates(until=90)}
    assert client.post(reverse("needs:skill-offer", args=keys), offered).status_code == 302
    return held, item


def agree(world, giver, taker, held):
    """Written by one and signed by both, through the pages; the agreement's id."""
    keys, terms = [world.partnership.pk], answers(held, str(taker[0].pk), title=f"To read {held.title}")
    terms["shared"] = [f"{held.pk}:Ward", f"{held.pk}:Number"]
    text(giver[2].post(reverse("web:agreement-write", args=keys), terms, follow=True))
    made = SharingAgreement.objects.get(title=terms["title"])
    for client in (giver[2], taker[2]):
        text(client.post(reverse("web:agreement-sign", args=[*keys, made.pk]), {"number": "1"}, follow=True))
    return made


@pytest.mark.promise("P1")
def test_organisations_of_every_kind_pool_and_read_under_an_agreement_alone(world):
    partners = [joins(world, kind, name) for kind, (name, _, _) in POOLED.items()]
    given = [pools(world, one[2], data, skill)
             for one, (_, data, skill) in zip(partners, POOLED.values(), strict=True)]
    key = world.partnership.pk
    for at, (giver, (held, item)) in enumerate(zip(partners, given, strict=True)):
        taker, third = partners[at - 1], partners[at - 2]
        opening, data = reverse("web:held", args=[key, held.pk]), reverse("api:pooled", args=[key, held.pk])
        assert text(taker[2].get(opening), 404)
        assert taker[2].get(data).status_code == 404
        agreement = agree(world, giver, taker, held)
        words = words_of(text(taker[2].get(opening)))
        assert f"Whose it is: {giver[0].name}" in words
        assert "1,200" not in words       # the age is not shared, and the two ages together hold a hidden count
        assert f"South 80 {giver[0].name}" in words
        row = next(one for one in taker[2].get(data).json()["rows"] if one["labels"] == {"Ward": "South"})
        assert row["figure"]["value"] == 80
        assert row["figure"]["source"]["publisher"] == giver[0].name
        body = taker[2].get(reverse("web:held-csv", args=[key, held.pk])).content.decode("utf-8-sig")
        assert giver[0].name in body
        about = text(giver[2].get(reverse("web:agreement", args=[key, agreement.pk])))
        assert f"Lee of {taker[0].name}" in about
        for address in (opening, data, reverse("web:held-csv", args=[key, held.pk])):
            assert third[2].get(address).status_code == 404
        evidence = words_of(text(third[2].get(reverse("needs:evidence-item", args=[key, item.pk]))))
        assert f"Brought by {giver[0].name}" in evidence
        ending = reverse("web:agreement-end", args=[key, agreement.pk])
        text(giver[2].post(ending, {"reason": "Done"}, follow=True))
        assert taker[2].get(opening).status_code == 404
    offers = words_of(text(partners[0][2].get(reverse("needs:skills", args=[key]))))
    for name in [name for name, _, _ in POOLED.values()][1:]:
        assert f"Lee of {name}" in offers


def asked_about(world, **more):
    """The council's own data, and an analyst of the council who offers statistics."""
    by = viewer_of(world.admin())
    held = describe_data(by=by, partnership=world.partnership, described=Described(
        title="Visits", fields=({"name": "Ward"}, {"name": "Number"}), **more))
    offer = offer_skill(by=viewer_of(world.people[Role.ANALYST]), partnership=world.partnership, offered=OFFER)
    return held, offer


def test_help_is_asked_in_one_press_and_answered(world):
    held, offer = asked_about(world)
    asker, helper, key = signed_in(world.admin()), signed_in(world.people[Role.ANALYST]), world.partnership.pk
    page = text(asker.post(reverse("needs:skill-ask", args=[key, offer.pk]), {"held": str(held.pk)}, follow=True))
    assert "No answer yet." in page
    home = text(helper.get(reverse("web:partnership", args=[key])))
    assert "asks for help: Visits" in home
    request = HelpRequest.objects.get()
    answer = reverse("needs:help-answer", args=[key, request.pk])
    assert "Because you offer: statistics" in text(helper.get(answer))
    assert text(signed_in(world.people[Role.CONTRIBUTOR]).get(answer), 404)
    text(helper.post(answer, {"reply": "yes", "words": "On Tuesday"}, follow=True))
    assert "On Tuesday" in text(asker.get(reverse("web:held", args=[key, held.pk])))
    assert "answered: Visits" in text(asker.get(reverse("web:partnership", args=[key])))


def test_people_are_shown_as_they_choose_and_only_asked_what_they_may_see(world):
    held, offer = asked_about(world)
    key, by = world.partnership.pk, viewer_of(world.admin())
    board, person, client = joins(world, "health", "Testshire Board")
    shy = offer_skill(by=viewer_of(person), partnership=world.partnership,
                      offered=Offered("mapping", 4, OFFER.until, ShownAs.ORGANISATION))
    found = helpers_with(by, key, About(held=held.pk))
    assert ([one.id for one in found.offers], found.unseen) == ([offer.pk], 1)
    with pytest.raises(Refused, match="may not see this"):
        ask_for_help(by=by, offer=shy, about=About(held=held.pk))
    with pytest.raises(NotFound):
        ask_for_help(by=viewer_of(person), offer=offer, about=About(held=held.pk))
    assert ("", board.name) in [(one.name, one.organisation) for one in offers_for(by, key)]
    assert "Lee of Testshire Board" not in text(signed_in(world.admin()).get(reverse("needs:skills", args=[key])))
    asked = ask_for_help(by=by, offer=offer, about=About(held=held.pk))
    with pytest.raises(Refused, match="asked already"):
        ask_for_help(by=by, offer=offer, about=About(held=held.pk))
    with pytest.raises(NotAllowed):
        answer_help(by=viewer_of(person), request=asked, reply=Reply.YES)
    for shown, until in ((ShownAs.NOBODY, OFFER.until), (ShownAs.NAME, clock.today())):
        offer_skill(by=viewer_of(person), partnership=world.partnership,
                    offered=Offered("mapping", 4, until, shown))
        with clock.fixed(clock.now() + timedelta(days=1)):
            assert not [one for one in offers_for(by, key) if one.organisation == board.name]
    with pytest.raises(Refused, match="within 24 months"):
        offer_skill(by=by, partnership=world.partnership,
                    offered=Offered("law", 1, clock.today() + timedelta(days=4000), ShownAs.NAME))
    assert client.get(reverse("api:skills", args=[key])).json()
    forget_skills(world.people[Role.ANALYST])
    assert not SkillOffer.objects.filter(pk=offer.pk).exists()
    assert not HelpRequest.objects.exists()


@pytest.mark.parametrize(("file", "measure", "says"), [
    ("Ward,Number,Name\nNorth,9,Ann\n", "Number", "the column Name, which is not described"),
    ("Ward,Number\nNorth,many\n", "Number", "Row 2 holds “many”"),
    ("Ward,Number\nNorth,9\n", "Visits", "has no column “Visits”"),
    ("Ward,Number\n" + "North,9\n" * 2001, "Number", "2,001 rows"),
    ("", "Number", "empty|no table"),
])
def test_numbers_that_do_not_fit_are_refused_in_a_sentence(world, file, measure, says):
    held, _ = asked_about(world)
    brought = Brought("visits.csv", file.encode(), measure, "visits", "2025")
    with pytest.raises(Refused, match=says):
        bring_numbers(by=viewer_of(world.admin()), held=held, brought=brought)


def test_rows_about_people_stay_with_their_owner(world):
    held, _ = asked_about(world, personal=True)
    with pytest.raises(Refused, match="about single people"):
        bring_numbers(by=viewer_of(world.admin()), held=held,
                      brought=Brought("x.csv", b"Ward,Number\nN,9\n", "Number", "visits", "2025"))


def test_the_list_of_skills_fits_its_schema():
    schema = json.loads(files("commonweal.needs.content").joinpath("skills.schema.json").read_text("utf-8"))
    assert not list(Draft202012Validator(schema).iter_errors(read("skills")))
