"""Map tiles: what is written can be read again, whole or not at all."""

from __future__ import annotations

import pytest
import shapely

from commonweal.lake.tiles import FIRST_ZOOM, LAST_ZOOM, NoShapes, write_tiles

SQUARES = [shapely.to_wkb(shapely.box(at / 100, 52, (at + 1) / 100, 52.01)) for at in range(3)]


def test_every_shape_is_found_again_with_what_is_known_of_it(tmp_path):
    from pyogrio import read_arrow

    path = write_tiles(tmp_path / "areas.pmtiles", SQUARES, {"code": ["a", "b", "c"], "need": [1, 5, 10]})
    _, table = read_arrow(path, layer="areas")
    found = dict(zip(table["code"].to_pylist(), table["need"].to_pylist(), strict=True))
    assert found == {"a": 1, "b": 5, "c": 10}
    head = path.read_bytes()[:127]
    assert head[:7] == b"PMTiles"
    assert head[7] == 3
    assert (head[100], head[101]) == (FIRST_ZOOM, LAST_ZOOM)


@pytest.mark.parametrize(
    ("shapes", "columns", "error"),
    [([], {"code": []}, NoShapes), (SQUARES, {"code": ["a"]}, ValueError)],
)
def test_what_cannot_be_drawn_leaves_nothing_behind(tmp_path, shapes, columns, error):
    with pytest.raises(error):
        write_tiles(tmp_path / "areas.pmtiles", shapes, columns)
    assert not list(tmp_path.iterdir())


def test_a_failure_half_way_leaves_what_was_there(tmp_path, monkeypatch):
    path = tmp_path / "areas.pmtiles"
    path.write_bytes(b"before")
    monkeypatch.setattr("pyogrio.write_arrow", lambda table, draft, **_: draft.write_bytes(b"half") and 1 / 0)
    with pytest.raises(ZeroDivisionError):
        write_tiles(path, SQUARES, {"code": ["a", "b", "c"]})
    assert [one.name for one in tmp_path.iterdir()] == ["areas.pmtiles"]
    assert path.read_bytes() == b"before"
