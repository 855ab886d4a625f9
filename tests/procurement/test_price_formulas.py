"""Anybody tries the price formulas: who wins under each, whether a loser decides, and what is refused."""

from __future__ import annotations

import pytest
from django.test import Client
from django.urls import reverse

TOLD = {"price_weight": "40", "floor": "£300,000", "ceiling": "1200000", "quality-A": "80", "price-A": "900000",
        "quality-B": "60", "price-B": "600,000", "quality-C": "20", "price-C": "300000"}


def asked(told=None):
    return Client().get(reverse("procurement:price-formulas"), told).content.decode()


@pytest.mark.django_db
def test_the_first_figures_show_that_a_loser_can_decide():
    page = asked()
    assert "Had C not bid, B would win." in page
    assert "Had A not bid, C would win." in page
    assert page.count("wins with") == 3
    assert "Price, £" in page


@pytest.mark.django_db
@pytest.mark.parametrize(("change", "words"), [
    ({"price-B": "", "quality-B": "", "price-C": "", "quality-C": ""}, "Give two bids or more."),
    ({"price-C": "0"}, "Give bid C both a quality and a price above nought."),
    ({"ceiling": "300000"}, "must be above the one that earns all"),
    ({"price_weight": "101"}, "must be 100 or less"), ({"price-A": "cheap"}, "must be a number of pounds"),
])
def test_what_is_refused(change, words):
    page = asked(TOLD | change)
    assert words in page
    assert "wins with" not in page
