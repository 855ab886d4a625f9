"""The front page: a place by any name, a miss with the nearest, an abolished one with its successor."""

from __future__ import annotations

import re

import pytest
from django.test import Client
from django.urls import reverse

from commonweal.core.actions.partnerships import add_place
from commonweal.core.queries import places
from commonweal.core.queries.places import Found, NoPlace, look_up, offered
from commonweal.core.stores import stores
from commonweal.core.viewer import ANONYMOUS, SYSTEM
from commonweal.lake.manifest import Provenance
from commonweal.lake.readers.base import ReadTable
from commonweal.lake.readers.cells import rows_for
from commonweal.web import stage_links

pytestmark = pytest.mark.django_db
START = "/"


@pytest.fixture
def district(var):
    """One real district and one invented, in their stores."""
    for store, code, name in (
        (stores().published, "E08000011", "Knowsley"), (stores().example, "Z07000001", "Larkmere"),
    ):
        rows = rows_for("areas", 1, kind="district", code=code, vintage=2024, name=name)
        store.replace(
            "lad-names", provenance=Provenance(f"Districts with {name}", "A publisher", "OGL v3"),
            tables=[ReadTable("areas", rows)],
        )


def test_without_data_it_says_how_to_load_it():
    page = Client().get(START).content.decode()
    assert "commonweal pull" in page
    assert "no place can be shown" in Client().get(START, {"q": "Knowsley"}).content.decode()
    assert offered(ANONYMOUS) == places.Offered(has_published=False, examples=())


def test_an_empty_question_is_an_error_in_words():
    page = Client().get(START, {"q": " "}).content.decode()
    assert "There is a problem" in page
    assert "Error:" in page


@pytest.mark.parametrize(("typed", "code"), [
    ("Knowsley", "E08000011"), ("knowsley ", "E08000011"), ("E08000011", "E08000011"), ("Larkmere", "Z07000001"),
])
def test_a_name_or_code_leads_to_the_place(district, typed, code):
    answer = look_up(ANONYMOUS, typed)
    assert isinstance(answer, Found)
    assert answer.code == code
    response = Client().get(START, {"q": typed})
    assert response.headers["Location"] == reverse("needs:place", kwargs={"code": code})


def test_a_miss_offers_the_nearest_and_keeps_what_was_typed(district):
    answer = look_up(ANONYMOUS, "Nowsley")
    assert isinstance(answer, NoPlace)
    page = Client().get(START, {"q": "Nowsley"}).content.decode()
    assert 'value="Nowsley"' in page
    assert "Knowsley" in page
    assert Client().get(START, {"q": "Nowsley"}).status_code == 200


@pytest.mark.parametrize("typed", ["<script>alert(1)</script>", "' OR 1=1 --", "%00", "ж" * 90, "E0800001", "🏊"])
def test_whatever_is_typed_gets_a_page(district, typed):
    response = Client().get(START, {"q": typed})
    assert response.status_code in (200, 302)
    assert b"<script>alert" not in response.content


def test_a_place_that_is_not_quite_what_was_typed_says_why(district, monkeypatch):
    note = "Copeland was abolished on 1 April 2023; Knowsley took its place."
    monkeypatch.setattr(
        places, "find_place",
        lambda store, text: places.PlaceRow("district", "E08000011", "Knowsley", 2024, (), note),
    )
    page = Client().get(START, {"q": "Copeland"}).content.decode()
    assert note in page
    assert reverse("needs:place", kwargs={"code": "E08000011"}) in page


def test_the_example_is_offered_first_where_there_is_no_other(world):
    add_place(
        by=SYSTEM, partnership=world.invented, kind="district", code="Z07000001", vintage=2024, name="Larkmere"
    )
    rows = rows_for("areas", 1, kind="district", code="Z07000001", vintage=2024, name="Larkmere")
    stores().example.replace(
        "lad-names", provenance=Provenance("Invented", "Nobody", "None", invented=True),
        tables=[ReadTable("areas", rows)],
    )
    page = Client().get(START).content.decode()
    assert "Begin with the example" in page
    assert "Larkmere" in page
    assert "commonweal pull" in page


def test_no_stage_means_no_link(monkeypatch):
    monkeypatch.setattr(stage_links, "PLACE_ROUTE", "nobody:place")
    assert stage_links.place_address("E08000011") == ""


def test_data_sets_page_says_whose_and_how_fresh(district):
    page = Client().get(reverse("web:datasets", args=["published"])).content.decode()
    assert "Districts with Knowsley" in page
    assert "Read today." in page
    assert "Larkmere" not in page
    one = Client().get(reverse("web:dataset", args=["published", "lad-names"])).content.decode()
    for words in ("A publisher", "OGL v3", "None. Every row of the file went in.", "names and codes of areas"):
        assert words in one
    example = Client().get(reverse("web:dataset", args=["example", "lad-names"])).content.decode()
    assert "Invented example" in example
    assert Client().get("/data/own/lad-names/").status_code == 404


@pytest.mark.parametrize(("query", "shown"), [
    ("districts", True), ("KNOWSLEY districts", True), ("  a PUBLISHER ", True), ("", True), ("atlantis", False),
    ("knowsley atlantis", False), ("<script>alert(1)</script>", False), ("\x00", True),
    ("dis\x00tricts", True), ("%" * 5_000, False),
])
@pytest.mark.parametrize("page", ["", "1", "-3", "99999999999999999999", "two", "\x00"])
def test_data_sets_are_found_by_their_words_whatever_is_typed(district, query, shown, page):
    answer = Client().get(reverse("web:datasets", args=["published"]), {"q": query, "page": page})
    text = answer.content.decode()
    assert answer.status_code == 200
    assert ("/data/published/lad-names/" in text) is shown
    assert ("None says" in text) is not shown
    assert "<script>alert" not in text


def test_many_data_sets_come_a_page_at_a_time_and_the_query_stays(district, monkeypatch):
    monkeypatch.setattr("commonweal.web.views.datasets.A_PAGE", 1)
    rows = rows_for("areas", 1, kind="ward", code="Z05000001", vintage=2024, name="Quayside")
    stores().example.replace(
        "wards", provenance=Provenance("Wards", "A publisher", "OGL v3"), tables=[ReadTable("areas", rows)],
    )
    example = reverse("web:datasets", args=["example"])
    first = Client().get(example, {"q": "publisher"}).content.decode()
    second = Client().get(example, {"q": "publisher", "page": "2"}).content.decode()
    links = [re.findall(r'class="govuk-link" href="(/data/example/[^"]+)"', page) for page in (first, second)]
    assert [len(found) for found in links] == [1, 1]
    assert links[0] != links[1]
    assert "?q=publisher&amp;page=2" in first
    assert 'aria-current="page"' in second


def test_data_interface_tells_the_same(district):
    client = Client()
    assert client.get("/api/places", {"q": "knowsley"}).json() == {
        "code": "E08000011", "name": "Knowsley", "kind": "district", "vintage": 2024, "note": ""
    }
    miss = client.get("/api/places", {"q": "Atlantis"})
    assert miss.status_code == 404
    assert "Atlantis" in miss.json()["detail"]
    (one,) = client.get("/api/datasets").json()
    assert (one["dataset"], one["rows"]) == ("lad-names", 1)
    assert client.get("/api/datasets/published/lad-names").json()["tables"] == {"areas": 1}
    assert client.get("/api/datasets/own/x").status_code == 404
    assert client.get("/api/places").status_code == 400


def test_the_guide_lists_every_address_of_the_interface():
    page = Client().get(reverse("web:api-guide")).content.decode()
    for path in Client().get("/api/openapi.json").json()["paths"]:
        assert path in page


@pytest.mark.parametrize(("typed", "names"), [
    ("Babergh, Mid Suffolk", ("Babergh", "Mid Suffolk")), ("Babergh and Mid Suffolk", ("Babergh", "Mid Suffolk")),
    ("Babergh + Mid Suffolk & Ipswich", ("Babergh", "Mid Suffolk", "Ipswich")),
    ("Babergh; Mid Suffolk;", ("Babergh", "Mid Suffolk")),
])
def test_several_districts_named_at_once_open_as_one_place(district, monkeypatch, typed, names):
    asked = []

    def together(store, texts):
        asked.append(texts)
        return places.PlaceRow("districts", "E07000200+E07000203", "Both", 2024, ("E07000200", "E07000203"))

    monkeypatch.setattr(places, "find_places", together)
    response = Client().get(START, {"q": typed})
    assert response.headers["Location"] == "/place/E07000200+E07000203/"
    assert asked[0] == names


@pytest.mark.parametrize("typed", ["Knowsley, Nowhere", "Nowhere and Nothing", ",;+", "a" * 201])
def test_several_of_which_one_is_not_known_get_a_sentence(district, typed):
    page = Client().get(START, {"q": typed}).content.decode()
    assert "There is a problem" in page
