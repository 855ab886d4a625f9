"""An organisation's own page: a club's one screen, a trust's two sides and its board's sheet."""

from __future__ import annotations

import io
from datetime import UTC, datetime, timedelta

import docx
import pytest
from django.urls import reverse
from tests.measures.test_performance import agreed, half
from tests.web.test_thread_pages import words
from tests.world import signed_in

from commonweal.core import clock
from commonweal.core.actions.organisations import create_organisation
from commonweal.core.actions.partnerships import add_organisation
from commonweal.core.actions.people import add_person
from commonweal.core.actions.roles import give_role
from commonweal.core.models import Complaint, Organisation, OrganisationKind, PartnershipRole
from commonweal.core.permissions import Role
from commonweal.core.viewer import SYSTEM, viewer_of
from commonweal.measures.actions.opening import open_returns
from commonweal.measures.models import Return
from commonweal.options.actions.passing import merge_councils

NOW = datetime(2026, 11, 27, 10, 0, tzinfo=UTC)


@pytest.fixture(autouse=True)
def at(settings, tmp_path):
    settings.VAR = tmp_path
    with clock.fixed(NOW):
        yield


def seated(world, name: str, role: Role):
    there = world.partnership
    body = create_organisation(by=SYSTEM, name=name, kind=OrganisationKind.TRUST)
    add_organisation(by=SYSTEM, partnership=there, organisation=body)
    person = add_person(by=SYSTEM, email=f"{name[:4].lower()}@example.org", name=f"Somebody of {name}")
    give_role(by=SYSTEM, partnership=there, person=person, organisation=body, role=role)
    return person


@pytest.fixture
def here(world):
    """A club that delivers one agreement, of which a return was sent and another is late; a choir beside it."""
    club = seated(world, "Dance Club", Role.PROVIDER)
    row = agreed(world, "Dance", "Dance Club")
    half(row, 0, attendances=900, people=60)
    agreed(world, "Choir", "Choir of Marsh End")
    open_returns(by=viewer_of(world.admin()), partnership=world.partnership)
    return {"club": club, "dance": row}


def test_a_club_sees_on_one_screen_what_waits_and_fills_it_in(world, here):
    club, key = signed_in(here["club"]), world.partnership.pk
    own = reverse("web:own-page", args=[key])
    assert own in club.get(reverse("web:partnership", args=[key])).content.decode()
    page = club.get(own)
    late = Return.objects.filter(plan__agreement=here["dance"], state="open").order_by("due")
    assert late
    for said in ("Dance Club delivers 1 agreement.", f"{len(late)} returns are late", "was due", "Fill it in",
                 "receipt", "Testshire District Council"):
        assert said in words(page), said
    assert "Choir" not in words(page)
    opened = club.post(reverse("measures:return-open-own", args=[key, late[0].pk]))
    assert opened.status_code == 302
    assert words(club.get(opened.url)).count("Dance")
    link = late[0].links.get()
    assert link.works(NOW + timedelta(hours=23))
    assert not link.works(NOW + timedelta(days=1)), "a role may end, and with it soon what it opened"
    other = Return.objects.filter(plan__provider_name="Choir of Marsh End").first()
    assert club.post(reverse("measures:return-open-own", args=[key, other.pk])).status_code == 404


def test_what_went_into_it_is_on_the_page_of_the_one_that_goes_on(world, here):
    club = PartnershipRole.objects.get(person=here["club"]).organisation
    seated(world, "Arts Trust", Role.PROVIDER)
    trust = Organisation.objects.get(name="Arts Trust")
    then = NOW + timedelta(days=1)
    merge_councils(by=viewer_of(world.staff), before=[club], into=trust, day=then.date(), law="A deed")
    with clock.fixed(then):
        browser, key = signed_in(here["club"]), world.partnership.pk
        page = words(browser.get(reverse("web:own-page", args=[key])))
        assert "Arts Trust delivers 1 agreement" in page
        assert "Testshire District Council" in page
        assert "Choir" not in page
        late = Return.objects.filter(plan__agreement=here["dance"], state="open").first()
        assert browser.post(reverse("measures:return-open-own", args=[key, late.pk])).status_code == 302


def test_a_trust_that_pays_and_delivers_takes_one_sheet_to_its_board(world, here):
    officer, key = signed_in(world.admin()), world.partnership.pk   # it pays for both
    agreed(world, "Museum", "County Council")
    row = agreed(world, "Library", "Testshire District Council too")
    row.parties.filter(part="pays").update(name="County Council")
    row.parties.filter(part="delivers").update(name=world.council.name)
    row.ends = (NOW + timedelta(days=90)).date()
    row.save()
    asked = Complaint.objects.create(partnership=world.partnership, reference="C-2026-7", words="About my data.")
    assert asked.reference in words(officer.get(reverse("web:own-page", args=[key])))
    said = words(officer.get(reverse("web:own-page", args=[key])))
    assert "Testshire District Council is commissioner and commissioned at once: it delivers 1 agreement" in said
    paper = officer.get(reverse("web:own-page-file", args=[key, "docx"]))
    text = docx.Document(io.BytesIO(paper.content))
    cells = {cell.text for table in text.tables for row in table.rows for cell in row.cells}
    assert {"Library", "Deliver", "Dance", "Pay"} <= cells
    assert asked.reference not in "".join(one.text for one in text.paragraphs), "others read a board's sheet"
    assert any("Library: we deliver; it ends on 25 February 2027." in one.text for one in text.paragraphs)
    assert officer.get(reverse("web:own-page-file", args=[key, "pdf"])).content.startswith(b"%PDF")
    assert officer.get(reverse("web:own-page-file", args=[key, "xlsx"])).status_code == 404
