"""Guidance stands at every step and every page points to its own; checklists stay ticked; the whole prints."""

from __future__ import annotations

import io
import re
from fnmatch import fnmatchcase

import docx
import pytest
from django.test import Client
from django.urls import URLResolver, get_resolver, reverse
from tests.needs.conftest import words_of
from tests.world import signed_in

from commonweal.core.errors import NotAllowed, NotFound
from commonweal.core.permissions import Role
from commonweal.core.viewer import viewer_of
from commonweal.needs.actions.guidance import tick_checklist
from commonweal.needs.content import read
from commonweal.needs.documents.toolkit import toolkit_document
from commonweal.needs.models import StepTick
from commonweal.needs.queries.guidance import checklist_for, standings_for
from commonweal.needs.step_guidance import in_order, step_guidance, step_of_page
from commonweal.present.pdf import render_pdf
from commonweal.present.word import render_docx


def routes(resolver=None, names=()):
    """The name of every route that is not of the data interface."""
    for one in (resolver or get_resolver()).url_patterns:
        if isinstance(one, URLResolver):
            yield from routes(one, (*names, one.namespace) if one.namespace else names)
        elif "api" not in names:
            yield ":".join((*names, one.name))


def test_every_page_of_the_product_has_its_guidance_or_says_why_not():
    none = read("guidance_of_pages")["none"]
    assert len(set(routes())) > 300
    without = [name for name in routes() if step_of_page(name) is None
               and not any(fnmatchcase(name, pattern) for pattern in none)]
    assert not without
    patterns = [one for _, many in read("guidance_of_pages")["steps"] for one in many] + list(none)
    assert not [one for one in patterns if not any(fnmatchcase(name, one) for name in routes())]
    assert {step for step, _ in read("guidance_of_pages")["steps"]} == set(step_guidance())


def test_no_step_is_without_either_side_or_its_own_checklist():
    for one in in_order():
        keys = [line.key for line in one.checklist]
        assert one.commissioner
        assert one.commissioned
        assert len(set(keys)) == len(keys)
        assert one.lesson is not None


@pytest.mark.promise("K1")
def test_guidance_is_where_it_is_needed_ticks_stay_and_it_prints_whole(world):
    page = reverse("needs:own-guidance", args=[world.partnership.pk, "needs"])
    browser = signed_in(world.people[Role.CONTRIBUTOR])
    listed = browser.get(reverse("needs:needs", args=[world.partnership.pk])).content.decode()
    assert page in listed
    assert browser.post(page, {"done": ["who", "against"]}, follow=True).status_code == 200
    other = signed_in(world.people[Role.ELECTED_MEMBER]).get(page)
    words = words_of(other.content.decode())
    assert "If you commission" in words
    assert "If you are commissioned" in words
    lines = checklist_for(viewer_of(world.admin()), world.partnership.pk, "needs")
    assert [one.key for one in lines if one.done] == ["who", "against"]
    public = Client().get(reverse("knowledge:cases")).content.decode()
    assert reverse("needs:step", args=["review"]) in public
    paper = docx.Document(io.BytesIO(Client().get(reverse("needs:toolkit", args=["docx"])).content))
    said = "\n".join(one.text for one in paper.paragraphs)
    for one in in_order():
        assert one.title in said
        assert one.checklist[0].text in said
    assert "not yet checked by anybody else" in said


def test_the_toolkit_is_one_document_in_word_and_pdf():
    made = toolkit_document()
    assert render_docx(made)[:2] == b"PK"
    assert render_pdf(made)[:5] == b"%PDF-"


def test_ticks_are_the_partnerships_own_and_go_back(world):
    by, here = viewer_of(world.people[Role.ANALYST]), world.partnership
    tick_checklist(by=by, partnership=here, step="data", items=["dates", "missing"])
    tick_checklist(by=viewer_of(world.admin()), partnership=here, step="data", items=["missing"])
    row = StepTick.objects.get(partnership=here)
    assert (row.item, row.person) == ("missing", world.people[Role.ANALYST])
    outside = viewer_of(world.outsider)
    assert not any(one.done for one in standings_for(outside, here.pk))
    with pytest.raises(NotAllowed):
        tick_checklist(by=viewer_of(world.people[Role.OBSERVER]), partnership=here, step="data", items=[])
    with pytest.raises(NotFound):
        tick_checklist(by=by, partnership=here, step="data", items=["nothing-of-the-kind"])
    with pytest.raises(NotFound):
        tick_checklist(by=by, partnership=here, step="nowhere", items=[])


def test_a_member_sees_only_what_awaits_them(world):
    page = signed_in(world.people[Role.ELECTED_MEMBER]).get(reverse("web:member", args=[world.partnership.pk]))
    words = words_of(page.content.decode())
    assert re.search(r"Nothing waits for you\.|Waits for you", words)
    assert "Lessons" in words
    assert "Who takes part" not in words
