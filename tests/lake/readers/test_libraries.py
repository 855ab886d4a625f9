"""Registers of libraries: the basic dataset of four editions, and the 2016 list with its old-style line ends."""

from __future__ import annotations

import json
import re
from collections import Counter
from datetime import date

import pyarrow.compute as pc
import pytest

from commonweal.lake.opening import open_file
from commonweal.lake.readers.libraries import (
    is_older,
    is_taskforce,
    read,
    read_older,
    read_taskforce,
    year_of,
)
from commonweal.lake.recognise import load_readers, recognise

load_readers()
F = "04_facilities/"
BASIC = ["reporting", "name", "address1", "address2", "address3", "authority", "postcode", "uprn", "type",
         "statutory_23", "operation_22", "operation_23", "closed", "opened", "co_located", "co_located_museum",
         "co_located_other_text", "hours", "staffed_hours", "email"]


def library(name, run, **given):
    usual = {"name": name, "operation_23": run, "authority": "Kent", "postcode": "ME1 1AA",
             "type": "Static Library", "email": "someone@kent.example", "co_located_museum": "x",
             "operation_22": "LA", "hours": "35"}
    return [{**usual, **given}.get(column, "") for column in BASIC]


def one_table(tables):
    (table,) = tuple(tables)
    return table


@pytest.fixture
def latest(open_published):
    opened = open_published(f"{F}libraries_england_2023.csv")
    assert year_of(opened) == 2023
    return one_table(read(opened))


@pytest.mark.real_data
@pytest.mark.promise("N2")
def test_every_library_of_2023(latest):
    assert (latest.rows.num_rows, latest.rejected) == (3487, ())
    kinds = Counter(latest.rows.column("kind").to_pylist())
    assert kinds == {"library": 3245, "mobile_library": 97, "prison_library": 64, "archive": 54,
                     "local_history_library": 27}
    assert Counter(latest.rows.column("status").to_pylist()) == {
        "open": 3102, "closed": 353, "temporarily_closed": 22, "unknown": 10}
    assert set(latest.rows.column("as_at").to_pylist()) == {date(2023, 12, 31)}
    assert len(set(latest.rows.column("facility").to_pylist())) == 3487


@pytest.mark.real_data
def test_a_library_as_published(latest):
    rows = {row["facility"]: row for row in latest.rows.to_pylist()}
    row = rows["nottinghamshire-gotham"]
    assert (row["status"], row["district_code"]) == ("temporarily_closed", "")
    detail = json.loads(row["detail"])
    assert (detail["authority"], detail["authority_code"]) == ("Nottinghamshire", "E10000024")
    assert detail["run_by_year"]["2022"] == "CR"
    knowsley = [one for one in rows.values() if one["district_code"] == "E08000011"]
    assert sorted(one["kind"] for one in knowsley) == ["archive", *["library"] * 5]


@pytest.mark.real_data
def test_districts_come_from_names_and_counties_have_none(latest):
    codes = latest.rows.column("district_code").to_pylist()
    assert sum(1 for code in codes if not code) == sum(
        1 for one in latest.rows.column("detail").to_pylist()
        if json.loads(one).get("authority_code", "E10").startswith("E10"))
    assert "E06000066" in codes
    assert "E08000039" not in codes


@pytest.mark.real_data
@pytest.mark.parametrize("edition", ["_2023", "_2022", ""])
def test_no_contact_is_read(open_published, edition):
    opened = open_published(f"{F}libraries_england{edition}.csv")
    table = one_table(read(opened) if year_of(opened) else read_older(opened))
    for name in table.rows.column_names:
        if name not in ("lon", "lat", "as_at"):
            cells = table.rows.column(name).to_pylist()
            assert not [cell for cell in cells if re.search(r"\w@\w", cell)], name


@pytest.mark.real_data
def test_the_year_before(open_published):
    opened = open_published(f"{F}libraries_england_2022.csv")
    assert year_of(opened) == 2022
    table = one_table(read(opened))
    assert (table.rows.num_rows, table.rejected) == (3451, ())
    assert Counter(table.rows.column("status").to_pylist())["closed"] == 339
    assert set(table.rows.column("as_at").to_pylist()) == {date(2022, 12, 31)}


@pytest.mark.real_data
def test_the_layout_of_2019(open_published):
    opened = open_published(f"{F}libraries_england.csv")
    assert is_older(opened)
    assert year_of(opened) == 0
    table = one_table(read_older(opened))
    assert (table.rows.num_rows, table.rejected) == (3318, ())
    assert Counter(table.rows.column("status").to_pylist()) == {"open": 2960, "closed": 358}
    assert pc.sum(pc.equal(table.rows.column("postcode"), "")).as_py() == 28


@pytest.mark.parametrize(
    ("run", "status", "operator"),
    [("LA", "open", "Local authority"), ("c", "open", "Commissioned"), ("CR", "open", "Community run"),
     ("ICL", "open", "Independent community library"), ("LAU", "open", "Local authority, unstaffed"),
     ("Closed", "closed", ""), ("closed ", "closed", ""), ("Temporary Closure", "temporarily_closed", ""),
     ("[Unknown]", "unknown", ""), ("Facility Not Open", "unknown", ""), ("", "unknown", "")],
)
def test_a_status_is_how_it_was_run(made_csv, run, status, operator):
    others = [library(f"Library {n}", "LA") for n in range(8)]
    table = one_table(read(made_csv([BASIC, *others, library("This", run)])))
    this = table.rows.to_pylist()[-1]
    assert (this["name"], this["status"], this["operator"]) == ("This", status, operator)


def test_a_library_without_a_name_stays_out(made_csv):
    others = [library(f"Library {n}", "LA") for n in range(8)]
    table = one_table(read(made_csv([BASIC, *others, library("[Unknown]", "LA")])))
    assert [(one.row, one.column) for one in table.rejected] == [(10, "name")]
    detail = json.loads(table.rows.to_pylist()[0]["detail"])
    assert detail["co_located"] == ["museum"]
    assert "someone" not in json.dumps(detail)


def test_a_later_edition_is_still_known(made_csv):
    header = [name.replace("_23", "_24").replace("_22", "_23") for name in BASIC]
    rows = [library(f"Library {n}", "LA") for n in range(8)]
    opened = made_csv([header, *rows])
    assert year_of(opened) == 2024
    assert recognise(opened).dataset == "libraries-england-other-years"
    assert one_table(read(opened)).rows.column("as_at").to_pylist()[0] == date(2024, 12, 31)


# --- the list of 2016 -----------------------------------------------------------------------------------

TASKFORCE = [
    "Static Public Libraries (open at 1 July 2016),,Location,,,",
    "Library service,Library name,Postal address,Postcode,Contact email,URL of library website",
    'Barnsley,Central,"Wellington House, Barnsley",S70 1WA,a@example.org,www.barnsley.gov.uk',
    'Barnsley,Caf\x92 Library,"High Street, Barnsley",S71 4EP,b@example.org,www.barnsley.gov.uk',
    *(f'Kent,Library {n},"{n} High Street",TN23 1AA,c{n}@example.org,www.kent.gov.uk' for n in range(1, 9)),
]


def test_old_style_line_ends_and_letters_of_windows(tmp_path):
    path = tmp_path / "taskforce.csv"
    path.write_bytes("\r".join([*TASKFORCE, ""]).encode("latin-1"))
    (opened,) = open_file(path)
    assert is_taskforce(opened)
    table = one_table(read_taskforce(opened))
    assert (table.rows.num_rows, table.rejected) == (10, ())
    rows = {row["name"]: row for row in table.rows.to_pylist()}
    assert rows["Central"]["district_code"] == "E08000016"
    assert "Caf\u2019 Library" in rows
    assert rows["Library 3"]["district_code"] == ""
    assert {(row["status"], row["as_at"]) for row in rows.values()} == {("open", date(2016, 7, 1))}
    assert not any("@" in row["detail"] for row in rows.values())
