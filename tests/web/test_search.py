"""One search over all one may see: misspelled, by other names, never what is hidden, ever in one order."""

from __future__ import annotations

from dataclasses import replace

import pytest
from django.db import transaction
from django.test import Client
from django.urls import reverse
from tests.access.events import SAID
from tests.world import signed_in

from commonweal.core.models.search import SearchEntry, SearchTerm
from commonweal.core.permissions import Role
from commonweal.core.search.finding import find
from commonweal.core.search.indexing import keep_up, rebuild
from commonweal.core.search.kinds import kinds
from commonweal.core.search.words import apart, every_word, words_of
from commonweal.core.viewer import ANONYMOUS, viewer_of
from commonweal.knowledge.actions.events import plan_gathering
from commonweal.knowledge.actions.networks import begin_network
from commonweal.knowledge.models import Among
from commonweal.needs.actions.need import Wording, withdraw_need, write_need
from commonweal.needs.models import Side
from commonweal.providers.models import Provider, Seen
from commonweal.web.searching import search, with_other_names


@pytest.fixture
def found(world):
    """A world with something of each sort, indexed."""
    by = viewer_of(world.admin())
    need = write_need(
        by=by, partnership=world.partnership, title="Company on Sundays", side=Side.HELPED_BY_CULTURE,
        theme="wellbeing", said=Wording(who="seldom heard families", where="Northside",
                                        what="need a warm swimming pool", how_we_know="They said so."))
    for title, public in (("Lantern parade", True), ("Quiet lantern talk", False)):
        plan_gathering(by=by, partnership=world.partnership, said=replace(SAID, title=title, public=public))
    begin_network(by=by, partnership=world.partnership, title="Lamplighters", about="For those who light halls.",
                  among=Among.CLUBS, wide=True)
    for name, seen in (("Lantern Makers", Seen.PUBLIC), ("Lantern Hidden", Seen.COUNTED),
                       ("Lantern Partners", Seen.PARTNERS)):
        Provider.objects.create(name=name, visibility=seen)
    rebuild()
    return world, need


def titles(viewer, text, kind=""):
    return [one.title for one in search(viewer, text, kind).hits]


ASKED = (
    ("company sundays", True), ("COMPANY", True), ("compny on sundays", True), ("swiming", True), ("swimm", True),
    ("hard to reach", True), ("hard-to-reach pool", True), ("hard to reach elephants", False), ("zzzzqq", False),
    ("families’", True), ("the of", False), ("", False), ("%_\\'\"", False),
)


def test_found_spelled_well_or_badly_and_by_other_names(found):
    by = viewer_of(found[0].admin())
    assert {text: "Company on Sundays" in titles(by, text) for text, _ in ASKED} == dict(ASKED)


def test_each_finds_only_what_they_may_see(found):
    world, _ = found
    inside, provider = viewer_of(world.admin()), viewer_of(world.people[Role.PROVIDER])
    outside = viewer_of(world.outsider)
    assert set(titles(inside, "lantern")) == {"Lantern parade", "Quiet lantern talk", "Lantern Makers"}
    for others in (ANONYMOUS, outside):
        assert set(titles(others, "lantern")) == {"Lantern parade", "Lantern Makers"}
        assert titles(others, "company on sundays", "need") == []
    assert titles(provider, "sundays", "need") == []
    assert titles(inside, "lamplighters") == titles(provider, "lamplighters") == ["Lamplighters"]
    assert titles(outside, "lamplighters") == []
    counts = {key: count for key, _, count in search(outside, "lantern").counts}
    assert counts == {"event": 1, "provider": 1}
    assert not SearchEntry.objects.filter(title="Lantern Hidden").exists()


def test_what_is_closed_since_is_not_shown_though_the_index_still_has_it(found):
    Provider.objects.filter(name="Lantern Makers").update(visibility=Seen.COUNTED)
    assert "Lantern Makers" not in titles(ANONYMOUS, "lantern")


def test_the_index_follows_what_is_written(found, django_capture_on_commit_callbacks):
    world, need = found
    by = viewer_of(world.admin())
    transaction.get_connection().run_on_commit.clear()  # what made the world is in the index already
    with django_capture_on_commit_callbacks(execute=True):
        write_need(by=by, partnership=world.partnership, title="Bicycle sheds", side=Side.FOR_CULTURE,
                   theme="physical-activity", said=Wording("cyclists", "Northside", "need sheds", "They said so."))
        withdraw_need(by=by, need=need.identity)
    assert titles(by, "bicycle sheds")[0] == "Bicycle sheds"
    assert titles(by, "company on sundays", "need") == []
    before = list(SearchTerm.objects.order_by("word").values_list("word", "entries").filter(entries__gt=0))
    keep_up()
    rebuild()
    assert list(SearchTerm.objects.order_by("word").values_list("word", "entries")) == before


def test_the_page_filters_and_says_what_it_took_a_word_for(found):
    world, _ = found
    browser = signed_in(world.admin())
    page = browser.get(reverse("web:search"), {"q": "lantrn"}).content.decode()
    assert "taken for lantern" in page
    assert "Events</a> (2)" in page
    only = browser.get(reverse("web:search"), {"q": "lantern", "kind": "event"}).content.decode()
    assert "Lantern Makers" not in only
    assert Client().get(reverse("web:search"), {"q": "<script>"}).status_code == 200
    hits = Client().get(reverse("api:search"), {"q": "lantern"}).json()
    assert {one["kind"] for one in hits} == {"event", "provider"}


def test_order_is_settled_by_words_and_never_by_the_database(found):
    world, _ = found
    by = viewer_of(world.admin())
    first = [(one.kind, one.subject) for one in find(by, "need evidence partner").hits]
    ties = list(SearchEntry.objects.values_list("tie", flat=True))
    assert len(set(ties)) == len(ties)
    rebuild()
    assert [(one.kind, one.subject) for one in find(by, "need evidence partner").hits] == first
    assert first


def test_guidance_words_and_cases_are_found_by_anybody(found):
    assert "Seldom heard" in titles(ANONYMOUS, "hard to reach")
    assert "Hear all four perspectives" in titles(ANONYMOUS, "four perspectives")
    assert titles(ANONYMOUS, "brentwood", "case")
    assert set(kinds()) >= {"need", "evidence", "guidance", "case", "word", "provider", "agreement", "commission"}


@pytest.mark.parametrize(("one", "other", "most", "letters"), [
    ("library", "library", 1, 0), ("libary", "library", 1, 1), ("lirbary", "library", 1, 1),
    ("librray", "library", 1, 1), ("pool", "pole", 1, 2), ("piano", "paino", 1, 1), ("swim", "swimming", 1, 2)])
def test_letters_apart(one, other, most, letters):
    assert apart(one, other, most) == letters


def test_words_are_plain():
    assert words_of("The Clubs' libraries, Café & buses") == ["club", "library", "cafe", "buse"]
    assert with_other_names(every_word("hard to reach"))[0][0] == ("hard", "reach")
    assert ("seldom", "heard") in with_other_names(every_word("hard to reach"))[0]
