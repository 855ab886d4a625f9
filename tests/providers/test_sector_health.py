"""The health of the sector: real charities of two places, and the numbers of a small register by hand."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime

import pytest
from django.test import Client
from django.urls import reverse

from commonweal.core import clock
from commonweal.core.stores import Stores
from commonweal.core.viewer import ANONYMOUS, SYSTEM
from commonweal.lake.opening import open_bytes, open_file
from commonweal.lake.registers.reading import read_registers
from commonweal.lake.store import Store
from commonweal.present.table import Missing
from commonweal.providers.actions.importing import take_register
from commonweal.providers.models import Provider, Seen
from commonweal.providers.queries import places
from commonweal.providers.queries.health import sector_health

HEADER = "organisation_number,registered_charity_number,charity_name,charity_registration_status,"
HEADER += "charity_contact_postcode,date_of_registration,date_of_removal,latest_income\n"


@pytest.fixture(autouse=True)
def var(tmp_path, settings, db):
    settings.VAR = tmp_path


def small(rows: int = 6):
    lines = [f"{n},100000{n},Testshire Charity Number {n},Registered,TS{n} 1AA,{2000 + n}-05-01,"
             f"{'2011-01-01' if n == 1 else ''},{n * 10_000}" for n in range(1, rows + 1)]
    found = read_registers(open_bytes("register.csv", (HEADER + "\n".join(lines)).encode()))
    take_register(by=SYSTEM, found=found, partnership=None, public=True,
                  places=lambda codes: dict.fromkeys(codes, "E07000999"))


def test_a_small_register_by_hand():
    small()
    with clock.fixed(datetime(2016, 5, 1, tzinfo=UTC)):
        health = sector_health(ANONYMOUS, ("E07000999",), "Testshire")
    assert health.count == 6
    assert "5 charities of Testshire stand" in health.answer
    assert "older than 12 years" in health.answer          # begun 2002 to 2006: the median 2004
    assert "of the 5 whose income is known had £40,000 or less" in health.answer
    time, income = health.tables
    assert time.rows == (("2000 to 2004", 4, 0, 4), ("2005 to 2009", 2, 0, 6), ("2010 to 2014", 0, 1, 5),
                         ("2015 to 2016", 0, 0, 5))
    assert [row[1] for row in income.rows] == [0, 5, 0, 0, 0]


def test_few_say_nothing_and_the_hidden_are_in_no_number():
    small()
    Provider.objects.filter(name__endswith="6").update(visibility=Seen.COUNTED)
    Provider.objects.filter(name__endswith="5").update(visibility=Seen.COUNTED)
    health = sector_health(ANONYMOUS, ("E07000999",), "Testshire")
    assert "too few to say" in health.answer
    assert health.tables == ()


@pytest.mark.promise("V9")
@pytest.mark.parametrize(("name", "prefix", "least"), [("Shropshire", "SY", 15), ("Ipswich", "IP", 7)])
def test_real_charities_of_two_places_through_the_page(published, real_store, monkeypatch, name, prefix, least):
    """Real register, real postcodes, real population and deprivation, as anybody sees it without an account."""
    held = Stores(published=real_store, example=Store(real_store.root / "none"))
    for module in ("commonweal.providers.queries.places", "commonweal.providers.queries.health",
                   "commonweal.core.queries.places", "commonweal.providers.queries.on_map"):
        monkeypatch.setattr(f"{module}.stores", lambda: held)
    found = read_registers(open_file(published / "06_third_sector_funding" / "ukcat_sample.csv.gz"))
    near = tuple(one for one in found.entries if one.postcode.startswith(prefix))
    take_register(by=SYSTEM, found=replace(found, entries=near), partnership=None, public=True,
                  places=places.districts_of)
    answer = Client().get(reverse("providers:health"), {"place": name})
    page = answer.content.decode()
    assert f"charities of {name} stand" in page
    assert "for every 10,000 people" in page
    for said in ("Registered and removed", "By deprivation of the registered address", "What this misses",
                 "CC BY 4.0"):
        assert said in page
    health = answer.context["health"]
    assert health.count >= least
    fifths = health.tables[2].rows
    assert sum(row[1] for row in fifths if not isinstance(row[1], Missing)) >= least - 3
    drawn = Client().get(reverse("providers:map"), {"place": name}).content.decode()
    assert f"Who there is in {name}, and where need is greatest" in drawn
    assert "small areas where need is greatest" in drawn


@pytest.mark.parametrize("query", ["", "?place=", "?place=Nowhere+at+all", "?place=%00", f"?place={'x' * 5000}"])
def test_no_place_is_answered_in_a_sentence(query):
    answer = Client().get(reverse("providers:health") + query)
    assert answer.status_code == 200
    assert "Health of the sector" in answer.content.decode()
