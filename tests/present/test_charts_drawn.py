from __future__ import annotations

import itertools
import re
from xml.etree import ElementTree

import pytest
from hypothesis import given
from hypothesis import strategies as st

from commonweal.core.figure import Unit
from commonweal.present import charts, palette, picture_cache
from commonweal.present.chart import Chart, Message
from commonweal.present.charts import draw, layout
from commonweal.present.paper import on_paper
from commonweal.present.series import AgeBand, Contribution, Line, Panel, Point, Role
from commonweal.present.svg import png
from commonweal.present.table import Missing

SAID = Message("The message <itself> & more", "What it says, aloud.")


def _years(values, role):
    return tuple(Point(f"20{15 + at}/{16 + at}", value, role) for at, value in enumerate(values))


LINES = (
    Line("Somewhere", _years([29.0, None, 28.0, 27.2], Role.PLACE), Role.PLACE),
    Line("England", _years([25.0, 24.0, 23.0], Role.ENGLAND), Role.ENGLAND),
)
BANDS = (AgeBand("0 to 4", 6.1, 5.4, 9400), AgeBand("85 and over", 2.3, None))
PARTS = (
    Contribution("Somewhere", (("Income", 10.1), ("Work", 10.4)), Role.PLACE),
    Contribution("England", (("Income", 5.0), ("Work", 4.6))),
)


def _all(points):
    return {
        "comparison": lambda: charts.comparison(SAID, points, unit=Unit.PERCENT),
        "trend": lambda: charts.trend(SAID, LINES, unit=Unit.PERCENT),
        "ages": lambda: charts.age_structure(SAID, BANDS, names=("Somewhere", "England")),
        "multiples": lambda: charts.small_multiples(
            SAID, (Panel("One", points), Panel("Two", points)), unit=Unit.PERCENT
        ),
        "peers": lambda: charts.peers(SAID, points, unit=Unit.PERCENT),
        "contributions": lambda: charts.contributions(SAID, PARTS),
    }


KINDS = ("comparison", "trend", "ages", "multiples", "peers", "contributions")


def check_picture(svg: str) -> ElementTree.Element:
    """What every inlined picture must be: named, well formed, and without anything the policy refuses."""
    root = ElementTree.fromstring(svg)
    space = "{http://www.w3.org/2000/svg}"
    title, desc = root.find(f"{space}title"), root.find(f"{space}desc")
    assert root.get("aria-labelledby") == f"{title.get('id')} {desc.get('id')}"
    for element in root.iter():
        assert element.tag.removeprefix(space) not in {"script", "style", "foreignObject", "image"}
        for name, value in element.attrib.items():
            assert name != "style"
            assert not name.lower().startswith("on")
            assert not value.lower().startswith(("javascript:", "data:"))
    return root


@pytest.mark.parametrize("kind", KINDS)
def test_every_chart_may_stand_in_a_page(points, kind):
    chart = _all(points)[kind]()
    for svg in (chart.svg, chart.narrow):
        root = check_picture(svg)
        assert root.get("role") == "img"
        assert root[0].text == SAID.title
        assert root[1].text == SAID.sentence
        assert "Atkinson Hyperlegible Next" in svg
        assert len(svg) < 60_000
    assert chart.title == SAID.title
    assert chart.table.rows


@pytest.mark.parametrize("kind", KINDS)
def test_only_the_root_is_read_out(points, kind):
    chart = _all(points)[kind]()
    assert len(re.findall(r"aria-|role=", chart.svg)) == 2


def test_the_place_wears_the_brand_and_others_are_grey(points):
    svg = charts.comparison(SAID, points, unit=Unit.PERCENT).svg
    assert palette.BRAND in svg
    assert palette.GREY in svg


def test_values_and_reasons_are_written_on_the_chart(points):
    svg = charts.comparison(SAID, points, unit=Unit.PERCENT).svg
    for words in ("27.2%", "24.1% to 30.5%", "not asked", "Somewhere"):
        assert words in svg


def test_the_table_keeps_what_the_picture_cannot_show(points):
    table = charts.comparison(SAID, points, unit=Unit.PERCENT).table
    assert table.rows[0] == ("Somewhere", 27.2, 24.1, 30.5)
    assert table.rows[3][1] == Missing("not asked")
    trend = charts.trend(SAID, LINES, unit=Unit.PERCENT).table
    assert [row[0] for row in trend.rows] == ["2015/16", "2016/17", "2017/18", "2018/19"]
    assert trend.rows[3][2] == Missing("not published")


def test_two_places_may_have_one_name():
    twins = (Point("Newport", 1.0, Role.PLACE), Point("Newport", 2.0))
    assert charts.comparison(SAID, twins, unit=Unit.SCORE).svg.count(">Newport<") == 2


@pytest.mark.parametrize(
    "name", ["<script>alert(1)</script>", "A & B", "O'Neill \"x\"", "back\\slash", "Gŵyr ]]>", "a\x00\ud800"]
)
def test_hostile_names_stay_words(name):
    rows = (Point(name, 1.0, Role.PLACE), Point("B", 2.0))
    for chart in (charts.comparison(Message(name, name), rows, unit=Unit.SCORE), charts.peers(
        Message(name, name), rows, unit=Unit.SCORE
    )):
        root = check_picture(chart.svg)
        assert root[0].text == name.replace("\x00", "").replace("\ud800", "")


@pytest.mark.parametrize(
    "rows",
    [
        (Point("A", 0.0, Role.PLACE),),
        (Point("A", 5.0, Role.PLACE), Point("B", 5.0)),
        (Point("A", -5.0, Role.PLACE, -9.0, -1.0), Point("B", 5.0)),
        (Point("A", None, Role.PLACE), Point("B", None)),
        (Point("A", 1e9, Role.PLACE), Point("B", 1e-9)),
    ],
)
def test_odd_values_still_draw(rows):
    check_picture(charts.comparison(SAID, rows, unit=Unit.COUNT).svg)


@pytest.mark.parametrize(
    "draw_wrongly",
    [
        lambda: charts.comparison(SAID, (), unit=Unit.PERCENT),
        lambda: charts.trend(SAID, (Line("A", (Point("2020", None),)),), unit=Unit.PERCENT),
        lambda: charts.age_structure(SAID, (), names=("A", "B")),
        lambda: charts.small_multiples(SAID, (Panel("A", ()),), unit=Unit.PERCENT),
        lambda: charts.peers(SAID, (Point("A", None),), unit=Unit.PERCENT),
        lambda: charts.contributions(SAID, ()),
        lambda: charts.contributions(SAID, (Contribution("A", (("x", -1.0),)),)),
        lambda: charts.contributions(SAID, (*PARTS, Contribution("B", (("Other", 1.0),)))),
        lambda: charts.contributions(SAID, (Contribution("A", tuple((str(n), 1.0) for n in range(9))),)),
    ],
)
def test_what_cannot_be_drawn_says_why(draw_wrongly):
    with pytest.raises(ValueError, match=r"need|cannot|not those"):
        draw_wrongly()


def test_a_picture_is_drawn_once_and_kept(points, monkeypatch):
    first = charts.comparison(SAID, points, unit=Unit.PERCENT)
    monkeypatch.setattr(draw, "_render", lambda *_: pytest.fail("drawn again"))
    assert charts.comparison(SAID, points, unit=Unit.PERCENT) == first
    monkeypatch.setattr(picture_cache, "_MEMORY", {})
    assert charts.comparison(SAID, points, unit=Unit.PERCENT) == first
    reworded = charts.comparison(Message("Other words", "Said otherwise."), points, unit=Unit.PERCENT)
    assert "Other words" in reworded.svg


def test_on_paper_no_picture_is_drawn_for_phones(points):
    with on_paper():
        assert charts.comparison(SAID, points, unit=Unit.PERCENT).narrow == ""
    assert charts.comparison(SAID, points, unit=Unit.PERCENT).narrow


def test_a_full_disk_costs_only_speed(points, monkeypatch, tmp_path):
    (tmp_path / "file").write_text("not a folder")
    monkeypatch.setenv("COMMONWEAL_VAR", str(tmp_path / "file"))
    assert charts.comparison(SAID, points, unit=Unit.PERCENT).svg


def test_a_png_has_the_size_its_dots_ask_for(chart: Chart):
    wide = int(re.search(r'width="(\d+)"', chart.svg).group(1))
    picture = png(chart, 192)
    assert picture[:8] == b"\x89PNG\r\n\x1a\n"
    assert int.from_bytes(picture[16:20]) == wide * 2
    assert len(picture) > 5000


@given(st.lists(st.floats(-1e6, 1e6), min_size=1, max_size=12), st.floats(0.1, 50))
def test_names_at_line_ends_keep_their_distance(positions, gap):
    room = gap * len(positions) * 3 + 3e6
    placed = layout.spread(positions, gap, -room, room)
    ordered = sorted(placed)
    assert all(b - a >= gap * 0.9 for a, b in itertools.pairwise(ordered))


@given(st.lists(st.floats(0, 600), min_size=1, max_size=20))
def test_no_dot_of_a_strip_covers_another(positions):
    heights = layout.levels(positions, 16)
    for one in range(len(positions)):
        for other in range(one):
            if heights[one] == heights[other]:
                assert abs(positions[one] - positions[other]) >= 16


@given(st.integers(1, 200), st.integers(50, 900), st.integers(20, 200))
def test_the_first_and_last_step_always_carry_a_label(count, room, width):
    shown = layout.shown_ticks(count, room, width)
    assert shown[0] == 0
    assert shown[-1] == count - 1
    assert shown == sorted(set(shown))


@given(st.text(alphabet="ab ", max_size=60), st.integers(3, 30))
def test_broken_words_keep_every_word(words, size):
    lines = layout.broken(words, size)
    assert " ".join(lines).split() == words.split()
    assert len(lines) <= 3


def test_an_axis_starts_at_zero_only_where_values_come_near_it():
    assert layout.extent([Point("a", 20.0), Point("b", 8.0)])[0] == 0
    assert layout.extent([Point("a", 20.0), Point("b", 18.0)])[0] > 17
    assert layout.extent([Point("a", None)]) == (0.0, 1.0)
