"""Need across the country: shares against the small areas, the tiles by pieces, and what is said without data."""

from __future__ import annotations

import csv
import io
import json
from types import SimpleNamespace

import numpy as np
import pytest
from tests.needs.conftest import words_of

from commonweal.core.models import Job
from commonweal.core.stores import stores
from commonweal.needs.background import DRAW_COUNTRY, draw_country
from commonweal.needs.pages.country import country_sentence, districts_table
from commonweal.needs.queries.country import Country, DistrictNeed, country, tiles
from commonweal.needs.queries.evidence import evidence
from commonweal.needs.queries.need_index import need_index

PAGE = "/country/"
TILES = "/country/areas.pmtiles"


@pytest.fixture
def drawn(pages):
    """The example with its map drawn."""
    draw_country(SimpleNamespace(progress=lambda *_: None))
    return pages


def whole_of(answer):
    """All of a file that is sent."""
    body = b"".join(answer.streaming_content)
    answer.close()
    return body


def row(name, worst, areas=10, share=None):
    return DistrictNeed(name, name, "", areas, worst, None, SimpleNamespace(value=share or 100 * worst / areas))


def a_country(*rows):
    return Country("E92000001", "England", False, 20, 5, rows, None, ())


@pytest.mark.parametrize(
    ("rows", "said"),
    [
        ((row("A", 5), row("B", 0)), "most in A (50%). In 1 of 2 districts there is none."),
        ((row("A", 5), row("B", 4), row("C", 3), row("D", 1)), "A (50%), B (40%) and C (30%). In 0 of 4"),
        ((row("A", 0),), "No small area has an index of need yet"),
    ],
)
def test_the_sentence_names_at_most_three(rows, said):
    assert said in country_sentence(a_country(*rows))


def test_shares_are_those_of_the_small_areas(pages):
    store = stores().example
    held, found = evidence(store), country(stores().example)
    index = need_index(held)
    assert sum(one.areas for one in found.districts) == int((index.decile > 0).sum()) == found.areas
    assert sum(one.worst for one in found.districts) == int((index.decile == 1).sum())
    for one in found.districts:
        at = held.geography.by_district[one.code]
        worst = at[index.decile[at] == 1]
        assert one.share.value == pytest.approx(100 * len(worst) / (index.decile[at] > 0).sum())
        assert one.share.n == one.areas
        assert one.people == round(float(np.nansum(held.small.people[worst])))
    shares = [one.share.value for one in found.districts]
    assert shares == sorted(shares, reverse=True)


def test_a_visitor_reads_districts_while_the_map_is_drawn(pages):
    tiles(stores().example).path.unlink(missing_ok=True)
    answer = pages.get(PAGE)
    words = words_of(answer.content.decode())
    assert answer.status_code == 200
    assert "being drawn" in words
    assert "Larkmere" in words
    assert "is no league table of councils" in words
    pages.get(PAGE)
    assert Job.objects.filter(kind=DRAW_COUNTRY).count() == 1
    assert pages.get(TILES).status_code == 404


def test_the_map_stands_when_it_is_drawn(drawn):
    page = drawn.get(PAGE).content.decode()
    assert f'data-tiles="{TILES}?v=' in page
    assert "<noscript>" in page
    assert whole_of(drawn.get(TILES))[:7] == b"PMTiles"
    key = tiles(stores().example).key
    for version, seconds in ((key, 31536000), ("another", 300)):
        piece = drawn.get(TILES, {"v": version}, headers={"range": "bytes=0-6"})
        assert piece["Cache-Control"] == f"public, max-age={seconds}"


@pytest.mark.parametrize(
    ("asked", "status", "length"),
    [("bytes=0-6", 206, 7), ("bytes=7-7", 206, 1), ("bytes=0-999999999999", 206, None), ("bytes=10-", 206, None),
     ("bytes=9-3", 416, 0), ("bytes=999999999999-", 416, 0)],
)
def test_a_browser_takes_the_tiles_by_pieces(drawn, asked, status, length):
    answer = drawn.get(TILES, headers={"range": asked})
    size = tiles(stores().example).path.stat().st_size
    assert answer.status_code == status
    assert answer["Content-Range"].endswith(f"/{size}")
    if length is not None:
        assert len(answer.content) == length


@pytest.mark.parametrize("asked", ["bytes=-5", "items=0-5", "bytes=0-5,9-12", "bytes=x-y", f"bytes={'9' * 40}-"])
def test_other_ways_of_asking_get_the_whole(drawn, asked):
    answer = drawn.get(TILES, headers={"range": asked})
    assert answer.status_code == 200
    assert len(whole_of(answer)) == tiles(stores().example).path.stat().st_size


def test_the_table_the_page_and_the_interface_agree(pages):
    found = country(stores().example)
    kept = list(csv.reader(io.StringIO(pages.get("/country/districts.csv").content.decode("utf-8-sig"))))
    asked = json.loads(pages.get("/api/country/districts").content)
    assert len(asked) == len(found.districts) == len(districts_table(found).rows)
    assert [one["code"] for one in asked] == [one.code for one in found.districts]
    assert asked[0]["share"]["method"]
    assert any(found.districts[0].code in line for line in kept)


def test_without_data_each_says_how_to_begin(db, client, settings, tmp_path):
    settings.VAR = tmp_path
    assert "commonweal pull" in client.get(PAGE).content.decode()
    assert [client.get(one).status_code for one in (PAGE, TILES, "/country/districts.csv")] == [404] * 3
    assert client.get("/api/country/districts").status_code == 404
    assert draw_country(SimpleNamespace(progress=None)) == "There is no data to draw."
