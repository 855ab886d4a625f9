"""Both sides of need on one page and in one file, from the partners' needs and from research."""

from __future__ import annotations

import csv
import io

import pytest
from django.urls import reverse
from tests.world import signed_in

from commonweal.core.errors import CommonwealError
from commonweal.core.viewer import viewer_of
from commonweal.needs.actions.need import Wording, withdraw_need, write_need
from commonweal.needs.content import read
from commonweal.needs.models import Side
from commonweal.needs.pages.two_sides import COLUMNS, NONE_HELD, two_sides_table
from commonweal.needs.queries.two_sides import two_sides
from commonweal.policy.contributions import contributions

CULTURE = ("Dance near home", Side.FOR_CULTURE, "culture")
WIDER = ("Fewer falls", Side.HELPED_BY_CULTURE, "older")


@pytest.fixture(autouse=True)
def var(settings, tmp_path):
    settings.VAR = tmp_path


def written(world, title, side, theme):
    said = Wording("people over 70", "Marsh End", "to stay on their feet.", "The surgery says so.")
    return write_need(
        by=viewer_of(world.admin()), partnership=world.partnership, title=title, side=side, theme=theme, said=said,
    ).identity


def seen(world):
    return two_sides(viewer_of(world.admin()), world.partnership.pk)


def test_each_need_stands_on_its_own_side(world):
    written(world, *CULTURE)
    written(world, *WIDER)
    sides = seen(world)
    assert [card.title for card in sides.culture] == ["Dance near home"]
    assert {theme.key: [card.title for card in theme.needs] for theme in sides.wider if theme.needs} == {
        "older": ["Fewer falls"]
    }
    assert sides.wider_needs == 1


def test_a_withdrawn_need_is_on_neither_side(world):
    withdraw_need(by=viewer_of(world.admin()), need=written(world, *CULTURE))
    withdraw_need(by=viewer_of(world.admin()), need=written(world, *WIDER))
    assert (seen(world).culture, seen(world).wider_needs) == ((), 0)


def test_a_wider_need_under_a_culture_theme_is_not_lost(world):
    written(world, "A place to meet", Side.HELPED_BY_CULTURE, "libraries")
    assert "libraries" in {theme.key for theme in seen(world).wider}


def test_every_finding_belongs_to_a_wider_theme_of_the_assessment(world):
    wider = {row["key"] for row in read("themes")["themes"] if row["side"] == "contribution"}
    assert {one.theme for one in contributions()} <= wider
    held = [one.finding.key for theme in seen(world).wider for one in theme.research]
    assert sorted(held) == sorted(one.key for one in contributions())


def test_a_theme_without_research_says_so(world):
    sides = seen(world)
    empty = {theme.title for theme in sides.wider if not theme.research}
    assert empty
    assert {row[1] for row in two_sides_table(sides).rows if row[3] == NONE_HELD} == empty


def test_the_file_holds_both_sides(world):
    written(world, *CULTURE)
    written(world, *WIDER)
    client = signed_in(world.admin())
    answer = client.get(reverse("needs:two-sides-csv", args=[world.partnership.pk]))
    rows = list(csv.DictReader(io.StringIO(answer.content.decode("utf-8-sig"))))
    assert tuple(rows[0]) == COLUMNS
    assert {row["Side"] for row in rows} == {"Need for culture and sport", "What culture and sport can do"}
    falls = next(row for row in rows if "23%" in row["What it says"])
    assert (falls["Grade"], falls["How it stands"]) == ("A", "Speaks for it")


def test_from_the_needs_to_both_sides_on_one_page(world):
    written(world, *CULTURE)
    written(world, *WIDER)
    client = signed_in(world.admin())
    href = reverse("needs:two-sides", args=[world.partnership.pk])
    assert href in client.get(reverse("needs:needs", args=[world.partnership.pk])).content.decode()
    page = client.get(href).content.decode()
    for words in ("Dance near home", "Fewer falls", "about 23% fewer", "Speaks against it", "Sherrington"):
        assert words in page
    assert page.count(NONE_HELD) == sum(not theme.research for theme in seen(world).spoken_of)
    assert all(theme.title in page for theme in seen(world).silent)


def test_another_partnership_is_not_seen(world):
    with pytest.raises(CommonwealError):
        two_sides(viewer_of(world.outsider), world.partnership.pk)
