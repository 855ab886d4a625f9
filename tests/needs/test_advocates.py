"""Who else says so: shown only as agreed, gone when withdrawn; the case on paper, kept, published, as data."""

from __future__ import annotations

import io
import re
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

import pytest
from django.test import Client
from django.urls import reverse
from docx import Document
from pypdf import PdfReader
from tests.access.making_case import AGREED, TOLD
from tests.needs.test_making_case import board, recorded
from tests.world import signed_in

from commonweal.core import clock
from commonweal.core.errors import NotAllowed, NotFound, Refused
from commonweal.core.models import PartnershipOrganisation
from commonweal.core.permissions import Role
from commonweal.core.viewer import ANONYMOUS, viewer_of
from commonweal.needs.actions.advocate import (
    Consent,
    add_advocate,
    answer_for_oneself,
    record_consent,
    token_of,
    withdraw_advocate,
)
from commonweal.needs.actions.briefing import publish_briefing, say_poll
from commonweal.needs.models import Advocate, Briefing, Reach
from commonweal.needs.queries.advocates import advocates_for
from commonweal.needs.queries.briefings import briefing_for, public_briefing

NOW = datetime(2026, 11, 26, 12, tzinfo=UTC)
UNASKED = Consent(Reach.NOBODY)


@pytest.fixture
def world(world, settings, tmp_path):
    settings.VAR = tmp_path
    with clock.fixed(NOW):
        yield world


def added(world, consent=AGREED, told=TOLD, by=None):
    return add_advocate(by=viewer_of(by or world.admin()), partnership=world.partnership, partner=world.council.pk,
                        told=told, consent=consent)


def case_address(world, *more):
    return reverse("needs:case", args=[world.partnership.pk, world.council.pk]) + "".join(more)


def test_without_consent_only_those_who_wrote_it_down_see_it(world):
    _, person = board(world)
    PartnershipOrganisation.objects.filter(organisation=world.council).update(end=date(2027, 4, 1))   # to merge
    row = added(world, UNASKED)
    assert [one.name for one in advocates_for(viewer_of(world.admin()), world.partnership.pk)] == [TOLD.name]
    assert advocates_for(viewer_of(person), world.partnership.pk) == ()
    assert advocates_for(viewer_of(world.people[Role.OBSERVER]), world.partnership.pk) == ()
    assert advocates_for(viewer_of(world.outsider), world.partnership.pk) == ()
    record_consent(by=viewer_of(world.admin()), advocate=row, consent=AGREED)
    (seen,) = advocates_for(viewer_of(person), world.partnership.pk)
    assert (seen.words, seen.mine, seen.token) == (TOLD.words, False, "")
    with pytest.raises(NotAllowed, match="Another organisation"):
        withdraw_advocate(by=viewer_of(person), advocate=row)


def test_they_answer_for_themselves_and_take_it_out_at_will(world):
    row = added(world, UNASKED)
    token = token_of(row)
    answer_for_oneself(by=ANONYMOUS, token=token, reach=Reach.ANYBODY)
    row.refresh_from_db()
    assert (row.reach, row.agreed_on) == (Reach.ANYBODY, NOW.date())
    answer_for_oneself(by=ANONYMOUS, token=token, reach=None)
    row.refresh_from_db()
    assert (row.name, row.words, row.stands_for, row.said_where, row.agreed_how) == ("",) * 5
    for gone in (token, "not-a-token"):
        with pytest.raises(NotFound):
            answer_for_oneself(by=ANONYMOUS, token=gone, reach=Reach.ANYBODY)


@pytest.mark.parametrize(("told", "consent", "says"), [
    (replace(TOLD, said_on=date(2030, 1, 1)), AGREED, "in the future"),
    (replace(TOLD, words="Ring me on 0161 496 0000"), AGREED, "telephone numbers"),
    (replace(TOLD, name=""), AGREED, "Say who"),
    (TOLD, Consent(Reach.PARTNERS), "how they agreed"),
    (TOLD, replace(AGREED, on=TOLD.said_on - timedelta(days=1)), "after they said it"),
])
def test_what_is_not_taken(world, told, consent, says):
    with pytest.raises(Refused, match=says):
        added(world, consent, told)


def test_who_may_write_it_down(world):
    assert added(world, by=world.people[Role.ELECTED_MEMBER]).recorded_for == world.council
    for role in (Role.OBSERVER, Role.PROVIDER):
        with pytest.raises(NotAllowed):
            added(world, by=world.people[role])


def test_a_kept_copy_says_what_changed_and_loses_who_withdrew(world):
    recorded(world, world.admin())
    row = added(world, replace(AGREED, reach=Reach.ANYBODY))
    inside = added(world, told=replace(TOLD, name="Bo Inside"))
    officer = signed_in(world.admin())
    page = officer.post(case_address(world, "keep/"))["Location"]
    said = officer.get(page).content.decode()
    assert "Its figures are those of today." in said
    assert TOLD.name in said
    assert "Bo Inside" in said
    kept = Briefing.objects.get(partner=world.council)
    publish_briefing(by=viewer_of(world.admin()), briefing=kept, number=1, confirmed=True)
    public = Client().get(reverse("needs:public-briefing", args=[kept.pk])).content.decode()
    assert TOLD.name in public
    assert "Bo Inside" not in public
    recorded(world, board(world)[1])
    assert "Figures changed since" in officer.get(page).content.decode()
    withdraw_advocate(by=viewer_of(world.admin()), advocate=row)
    assert TOLD.name not in str(public_briefing(ANONYMOUS, kept.pk).brief)
    inside_view = briefing_for(viewer_of(world.admin()), world.partnership.pk, kept.pk)
    assert inside_view.whole
    assert TOLD.name not in str(inside_view.brief)
    assert inside.name in str(inside_view.brief)


def test_before_an_election_the_case_is_not_published_but_is_written_and_printed(world):
    recorded(world, world.admin())
    officer = signed_in(world.admin())
    officer.post(case_address(world, "keep/"))
    poll = date(2026, 12, 17)
    say_poll(by=viewer_of(world.admin()), partnership=world.partnership, council=world.council.pk, day=poll,
             answer=(True, None))
    kept = Briefing.objects.get(partner=world.council)
    with pytest.raises(Refused, match="17 December 2026"):
        publish_briefing(by=viewer_of(world.admin()), briefing=kept, number=1, confirmed=True)
    page = officer.get(reverse("needs:briefing-publish", args=[world.partnership.pk, kept.pk])).content.decode()
    assert "nothing is published" in page.replace("\n", " ")
    assert officer.get(case_address(world, "case.pdf")).status_code == 200


def test_on_paper_and_as_data_it_says_what_the_page_says(world):
    recorded(world, world.admin())
    recorded(world, board(world)[1])
    added(world)
    added(world, UNASKED, replace(TOLD, name="Cy Unasked"))
    officer = signed_in(world.admin())
    word = Document(io.BytesIO(officer.get(case_address(world, "case.docx")).content))
    words = " ".join(one.text for one in word.paragraphs)
    pdf = PdfReader(io.BytesIO(officer.get(case_address(world, "case.pdf")).content))
    printed = re.sub(r"\s+", " ", " ".join(page.extract_text() for page in pdf.pages))
    data = officer.get(reverse("api:case", args=[world.partnership.pk, world.council.pk])).json()
    said = " ".join(line for section in data["sections"] for line in section["says"])
    for told in (words, printed, said):
        for part in ("Fewer falls", "27 March 2025", "Local Government Act 1999", "Testshire Health",
                     TOLD.name, "Health board, 3 June 2025"):
            assert part in told
        assert "Cy Unasked" not in told
    assert "26 November 2026" in words
    assert data["says_so"][0]["words"] == TOLD.words
    (line,) = [one for one in officer.get(reverse("api:cases", args=[world.partnership.pk])).json()
               if one["partner_id"] == str(world.council.pk)]
    assert TOLD.name in line["advocates"]


def test_by_hand_through_the_pages(world):
    officer, anybody = signed_in(world.admin()), Client()
    asked = {"name": TOLD.name, "stands_for": TOLD.stands_for, "words": TOLD.words, "said_where": "Health board",
             "said_on_day": "3", "said_on_month": "6", "said_on_year": "2025", "reach": "nobody"}
    page = officer.post(case_address(world, "who-says-so/"), asked, follow=True).content.decode()
    assert "has not agreed yet" in page
    address = re.search(r'href="(/says-so/[^"]+)"', page).group(1)
    assert TOLD.words in anybody.get(address).content.decode()
    anybody.post(address, {"reach": "anybody"})
    assert Advocate.objects.get().reach == Reach.ANYBODY
    gone = anybody.post(address, {"reach": "withdraw"}).content.decode()
    assert "It is taken out" in gone
    assert anybody.get(address).status_code == 404
    assert TOLD.words not in officer.get(case_address(world)).content.decode()
