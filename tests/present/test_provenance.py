from __future__ import annotations

from dataclasses import replace

import pytest

from commonweal.core.figure import Release
from commonweal.present import provenance


def test_a_citation_says_where_to_look(make_figure):
    source = make_figure().source
    assert provenance.citation(source) == (
        "A publisher (March 2026). Physically inactive adults. Version 2026-03. Open Government Licence v3.0. "
        "Contains survey data. https://example.org/active"
    )
    assert provenance.short_citation(source) == "A publisher, Physically inactive adults, March 2026"


@pytest.mark.parametrize(("licence", "attribution", "said"), [
    ("Open Licence v3", "Licensed under the Open Licence v3", "Licensed under the Open Licence v3."),
    ("Open Licence v3", "Contains survey data", "Open Licence v3. Contains survey data."),
    ("Open Licence v3", "", "Open Licence v3."), ("", "Thanks to all", "Thanks to all."),
])
def test_a_licence_is_named_once(make_figure, licence, attribution, said):
    source = replace(make_figure().source, licence=licence, attribution=attribution, address="")
    assert provenance.citation(source).endswith(f"Version 2026-03. {said}")


def test_an_interval_no_wider_than_its_decimals_is_not_spelt_out(make_figure):
    tight = make_figure(value=17.303, lower=17.29, upper=17.31, decimals=1)
    said = dict(provenance.rests_on(tight))["Range it is likely to lie in"]
    assert said.startswith("17.3%, to the decimals shown")
    assert "interval" not in provenance.in_brief(tight)


@pytest.mark.parametrize(("kind", "said"), [
    ("district", "Somewhere (E07000000)"), ("neighbours", "Somewhere"), ("drawn", "Somewhere"),
])
def test_neighbours_and_drawn_areas_bear_no_place_s_code(make_figure, kind, said):
    figure = make_figure()
    rows = dict(provenance.rests_on(replace(figure, place=replace(figure.place, kind=kind))))
    assert rows["Where"] == said


def test_an_invented_source_says_so_first(make_figure):
    source = replace(make_figure().source, invented=True)
    assert provenance.citation(source).startswith("Invented for the worked example.")


@pytest.mark.promise("N2")
def test_an_opened_number_carries_all_that_makes_it_honest(make_figure):
    rows = dict(provenance.rests_on(make_figure()))
    assert rows["Of whom or what"] == "adults aged 16 and over"
    assert rows["How many it rests on"] == "498"
    assert rows["Range it is likely to lie in"] == "Between 24.1% and 30.5% (95% interval, Wilson)"
    assert rows["When"] == "Nov 2024 to Nov 2025"
    assert rows["Where"] == "Somewhere (E07000000)"
    assert rows["Source"].startswith("A publisher")
    assert rows["Method"] == "Share as published (version 1)"
    assert rows["How far to trust it"] == "B, strong: a sample of 498 people; less than a year old"
    assert rows["Who may see it"] == "Published openly by its publisher"


def test_what_is_not_known_is_said(make_figure):
    rows = dict(provenance.rests_on(make_figure(n=None, lower=None, upper=None, release=Release.RESTRICTED)))
    assert rows["How many it rests on"] == "Not given"
    assert rows["Range it is likely to lie in"] == "No interval is given"
    assert rows["Who may see it"].startswith("Not for the public")


def test_small_print_holds_base_n_period_place_and_quality(make_figure):
    assert provenance.in_brief(make_figure()) == (
        "27.2%; 95% interval 24.1% to 30.5%; adults aged 16 and over; n = 498; Nov 2024 to Nov 2025; Somewhere; "
        "whose it is: A publisher; Share as published; quality B, strong"
    )
    assert "n not given" in provenance.in_brief(make_figure(n=None))
