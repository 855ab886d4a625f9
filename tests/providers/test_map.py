"""The map of organisations: whom the list shows, in the right small area, beside need; hidden ones never."""

from __future__ import annotations

import re

import pytest
import shapely
from django.test import Client
from django.urls import reverse
from tests.needs.small_land import observation, put, rows
from tests.world import signed_in

from commonweal.core.stores import stores
from commonweal.core.viewer import viewer_of
from commonweal.needs.actions.need import Wording, write_need
from commonweal.needs.models import Side
from commonweal.providers.models import LineKind, Profile, ProfileLine, Provider, Seen
from commonweal.providers.needs_asked import needs_of
from commonweal.providers.queries.directory import Asked
from commonweal.providers.queries.on_map import TooLarge, on_map

HERE, AREAS = "E07000999", tuple(f"E0100000{at}" for at in range(1, 5))
BODIES = (("Bowls Club", "TS1 1AA", ["sport", "older"], "older people"), ("Choir", "TS1 1AB", ["music"], ""),
          ("Juniors", "TS1 1AA", ["sport", "young"], "girls"), ("Nowhere", "", ["music"], ""))


@pytest.fixture(autouse=True)
def land(tmp_path, settings):
    """Four square small areas in two wards, the first two of them most deprived; a postcode in each of three."""
    settings.VAR = tmp_path
    link = {"from_kind": "lsoa", "from_vintage": 2021, "to_vintage": 2024, "relation": "within"}
    shapes = [{"kind": "lsoa", "vintage": 2021, "code": code, "name": f"Testshire 00{at + 1}A", "lon": at + 0.5,
               "lat": 52.5, "geometry": shapely.to_wkb(shapely.box(at, 52, at + 1, 53))}
              for at, code in enumerate(AREAS)]
    wards = [{"kind": "ward", "code": f"E0500000{at}", "vintage": 2024, "name": name} for at, name in ((1, "Mill"),
                                                                                                    (2, "Quay"))]
    put(stores().published, "small-land", rows("boundaries", shapes), rows("areas", [
        {"kind": "district", "code": HERE, "vintage": 2024, "name": "Testshire"}, *wards]),
        rows("area_links", [{**link, "from_code": code, "to_kind": kind, "to_code": to}
                            for at, code in enumerate(AREAS)
                            for kind, to in (("district", HERE), ("ward", f"E0500000{at // 2 + 1}"))]),
        rows("observations", [observation("imd2025-decile", code, tenth)
                              for code, tenth in zip(AREAS, (1.0, 2.0, 6.0, 9.0), strict=True)]))
    put(stores().published, "postcodes-nspl", rows("postcodes", [
        {"postcode": f"TS1 1A{end}", "district_code": HERE, "lsoa_code": area}
        for end, area in zip("ABC", (AREAS[0], AREAS[2], AREAS[1]), strict=True)]))


def bodies() -> None:
    for name, postcode, does, reaches in BODIES:
        body = Provider.objects.create(name=name, postcode=postcode, district=HERE, classes=does,
                                       visibility=Seen.PUBLIC, search=name.casefold())
        if reaches:
            told = Profile.objects.create(provider=body, confirmed="2026-01-01")
            ProfileLine.objects.create(profile=told, kind=LineKind.GROUP, text=reaches)
    Provider.objects.create(name="Hidden Hollow", postcode="TS1 1AC", district=HERE, classes=["sport"],
                            visibility=Seen.COUNTED, search="hidden hollow")


@pytest.mark.promise("V1")
def test_the_map_places_whom_the_list_shows_beside_need(world):
    bodies()
    here = reverse("providers:here-map", args=[world.partnership.pk])
    page = signed_in(world.admin()).get(here).content.decode()
    assert ("3 organisations are on the map of Testshire. 1 more fit and have no address that could be placed. "
            "Of the 2 small areas where need is greatest, 1 have nobody.") in re.sub(r"<[^>]*>", "", page)
    drawn = re.findall(r"<g><title>([^<]*)</title><(?:path transform|circle)", page)
    assert {"Bowls Club (other or not known)", "Choir (other or not known)"} < set(drawn)
    assert "Hidden" not in page
    found = on_map(viewer_of(world.admin()), Asked(districts=(HERE,)))
    assert [(one.name, ground.code) for one, ground in found.stands] == [
        ("Bowls Club", AREAS[0]), ("Choir", AREAS[2]), ("Juniors", AREAS[0])]
    assert found.by_ward() == (("Mill", 2, 2), ("Quay", 1, 0))
    assert ("Sport and fitness", 2, 2, 1) in found.by_doing()
    assert found.reaches == (("girls", 1), ("older people", 1))


def test_it_is_narrowed_by_need_group_and_words(world):
    bodies()
    by = viewer_of(world.admin())
    write_need(by=by, partnership=world.partnership, title="Company", side=Side.FOR_CULTURE, theme="older",
               said=Wording(who="People who live alone", where="Testshire", what="company", how_we_know="Asked."))
    (need,) = needs_of(by, world.partnership.pk)
    assert need.classes == ("older",)
    here = reverse("providers:here-map", args=[world.partnership.pk])
    for query, many in (({"need": need.id}, "One organisation is"), ({"group": "GIRLS"}, "One organisation is"),
                        ({"does": "sport"}, "2 organisations are"), ({"q": "nobody"}, "Nobody who fits is"),
                        ({"need": "x", "group": "\x00%"}, "Nobody who fits is")):
        assert f"{many} on the map of Testshire" in signed_in(world.admin()).get(here, query).content.decode()
    assert needs_of(viewer_of(world.outsider), world.partnership.pk) == ()


@pytest.mark.parametrize("query", ["", "?place=nowhere", "?place=%00", "?place=Testshire&does=%27&group=%00"])
def test_anybody_is_answered_in_a_sentence(world, query):
    assert "Who there is, on a map</h1>" in Client().get(reverse("providers:map") + query).content.decode()


def test_many_are_shaded_and_too_much_land_is_refused(world, monkeypatch):
    bodies()
    monkeypatch.setattr("commonweal.providers.pictures.MARKED", 2)
    page = Client().get(reverse("providers:map"), {"place": "Testshire"}).content.decode()
    assert "How many organisations each part of Testshire has" in page
    assert "Read them as a list" in page
    monkeypatch.setattr("commonweal.providers.queries.on_map.MOST_AREAS", 3)
    with pytest.raises(TooLarge):
        on_map(viewer_of(world.admin()), Asked(districts=(HERE,)))
    page = Client().get(reverse("providers:map"), {"place": "Testshire"}).content.decode()
    assert "too much for one map" in page
