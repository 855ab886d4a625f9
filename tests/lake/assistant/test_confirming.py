"""A confirmed mapping makes rows of the lake; what does not fit is kept out with sheet, row, column and reason."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

from commonweal.lake.assistant import (
    Confirmed,
    Headers,
    Mapping,
    MappingBroken,
    Memory,
    Register,
    Target,
    ValueColumn,
    confirm,
    fingerprint,
    propose,
)
from commonweal.lake.assistant.mapping import fingerprint_of, from_json, to_json
from commonweal.lake.checks import checked
from commonweal.lake.opening import Sheet, open_bytes
from commonweal.lake.readers.base import RejectedRow

FIGURES = """Area Code,Name,Year,Sex,Score,Limit
E06000001,Hartlepool,2023,Female,"1,200",5
E07000029,Copeland,2023,M,*,5
E06000003,Redcar,2023,Persons,£3,5
E06000004,Stockton,soon,Persons,4,5
nowhere,Elsewhere,2023,Persons,4,5
E06000005,Darlington,2023,Persons,about 9,5
"""
MAPPED = Mapping(
    "0" * 32, Target.OBSERVATIONS,
    columns=(("area_code", "Area Code"), ("period", "Year"), ("sex", "Sex"), ("denominator", "Limit")),
    values=(ValueColumn("Score", "Score of need", "score"),),
)


def sheet(text: str) -> Sheet:
    return open_bytes("figures.csv", text.encode("utf-8"))[0].sheets[0]


def one(confirmed: Confirmed) -> list[dict[str, object]]:
    for table in confirmed.tables:
        checked(table.table, table.rows)
    return [row for table in confirmed.tables for row in table.rows.to_pylist()]


def test_observations() -> None:
    rows = one(confirm(sheet(FIGURES), MAPPED))
    assert [row["area_code"] for row in rows] == ["E06000001", "E07000029", "E06000003"]
    first = rows[0]
    assert first["indicator"] == "score-of-need"
    assert (first["area_kind"], first["sex"], first["age"]) == ("district", "female", "all")
    assert (first["value"], first["denominator"], first["unit"]) == (1200.0, 5.0, "score")
    assert (first["period"], first["period_start"], first["period_end"]) == (
        "2023", date(2023, 1, 1), date(2024, 1, 1)
    )
    assert (rows[1]["value"], rows[1]["note"], rows[1]["sex"]) == (None, "*", "male")
    assert rows[2]["value"] == 3.0


def test_rows_kept_out_say_where_and_why() -> None:
    rejected = {row.row: row for row in confirm(sheet(FIGURES), MAPPED).rejected}
    assert set(rejected) == {5, 6, 7}
    assert isinstance(rejected[5], RejectedRow)
    assert (rejected[5].sheet, rejected[5].column) == ("figures", "Year")
    assert rejected[5].reason.endswith('"soon"')
    assert (rejected[6].column, rejected[7].column) == ("Area Code", "Score")
    assert '"about 9"' in rejected[7].reason


def test_odd_codes_are_kept_and_said() -> None:
    register = Register(
        {"E06000001": "Hartlepool", "E07000029": "Copeland", "E06000063": "Cumberland"}, {"E07000029": "E06000063"}
    )
    confirmed = confirm(sheet(FIGURES), MAPPED, register=register)
    assert confirmed.rows == 3
    assert confirmed.remarks == (
        "1 area code (E06000003) is not in the register of areas; the rows were kept. Check them.",
        "1 area code (E07000029 Copeland, now Cumberland) is of areas since abolished; "
        "the rows were kept under the old codes.",
    )


def test_many_odd_codes_are_counted_and_a_few_named() -> None:
    said = Register({"a": "A"}).remarks(f"x{at}" for at in range(9))
    assert said[0].startswith("9 area codes (x0; x1; x2; x3; x4; …) are not in the register")
    assert Register().remarks(["x"]) == ()


def test_a_typed_period_serves_every_row() -> None:
    mapping = replace(MAPPED, columns=(("area_code", "Area Code"),), given=(("period", "2021/22"),))
    assert {row["period_start"] for row in one(confirm(sheet(FIGURES), mapping))} == {date(2021, 4, 1)}
    with pytest.raises(MappingBroken, match="next spring"):
        confirm(sheet(FIGURES), replace(mapping, given=(("period", "next spring"),)))


def test_periods_along_the_top() -> None:
    mapping = Mapping(
        "0" * 32, Target.OBSERVATIONS, (("area_code", "code"),),
        (ValueColumn("Apr-23", "Apr-23"), ValueColumn("2022/23", "2022/23")), Headers.PERIOD,
        given=(("indicator", "Visits to pools"), ("unit", "visits")),
    )
    rows = one(confirm(sheet("code,Apr-23,2022/23\nE06000001,5,60\nE06000002,6,70\n"), mapping))
    assert [(row["indicator"], row["period_start"], row["value"]) for row in rows] == [
        ("visits-to-pools", date(2023, 4, 1), 5.0), ("visits-to-pools", date(2023, 4, 1), 6.0),
        ("visits-to-pools", date(2022, 4, 1), 60.0), ("visits-to-pools", date(2022, 4, 1), 70.0),
    ]


def test_indicators_named_in_a_column() -> None:
    text = "code,what,year,value,kind\nE06000001,Inactive adults (%),2020,5,a\nE06000001,Active,2020,6,b\n"
    mapping = Mapping(
        "0" * 32, Target.OBSERVATIONS,
        (("area_code", "code"), ("indicator", "what"), ("period", "year"), ("category", "kind")),
        (ValueColumn("value", "value"),),
    )
    rows = one(confirm(sheet(text), mapping))
    assert [(row["indicator"], row["category_type"], row["category"]) for row in rows] == [
        ("inactive-adults", "kind", "a"), ("active", "kind", "b")
    ]


def test_rows_that_repeat_another_are_said() -> None:
    text = "code,year,value,kind\nE06000001,2020,5,a\nE06000001,2020,6,b\n"
    mapping = Mapping(
        "0" * 32, Target.OBSERVATIONS, (("area_code", "code"), ("period", "year")),
        (ValueColumn("value", "value"),),
    )
    (remark,) = confirm(sheet(text), mapping).remarks
    assert remark.startswith("1 rows of observations repeat another's area, period and category.")


PLACES = "id,name,postcode,lon,kind\n7,Central,TF1 1AA,-2.5,library\n8,,TF1 1AB,,library\n9,North,,-2.4,hub\n"


def test_facilities() -> None:
    mapping = Mapping(
        "0" * 32, Target.FACILITIES,
        (("facility", "id"), ("name", "name"), ("postcode", "postcode"), ("lon", "lon"), ("kind", "kind")),
    )
    confirmed = confirm(sheet(PLACES), mapping)
    assert [(row["facility"], row["kind"], row["status"], row["lon"]) for row in one(confirmed)] == [
        ("7", "library", "unknown", -2.5), ("9", "hub", "unknown", -2.4)
    ]
    assert [(row.row, row.reason) for row in confirmed.rejected] == [(3, "the place has no name")]


def test_facilities_without_a_reference_are_known_by_name_and_postcode() -> None:
    mapping = Mapping(
        "0" * 32, Target.FACILITIES, (("name", "name"), ("postcode", "postcode")), given=(("kind", "hub"),)
    )
    assert [row["facility"] for row in one(confirm(sheet(PLACES), mapping))] == ["central-tf1-1aa", "north"]


def test_use_by_site_along_the_top() -> None:
    mapping = Mapping(
        "0" * 32, Target.USE, (("period", "Date"),),
        (ValueColumn("City", "City"), ValueColumn("Fenham", "Fenham")),
        Headers.SITE, given=(("service", "libraries"), ("measure", "visits"), ("area_code", "E08000021")),
    )
    rows = one(confirm(sheet("Date,City,Fenham\n2008-04,100,\n2008-05,120,40\n"), mapping))
    assert [(row["site"], row["measure"], row["area_kind"], row["value"], row["note"]) for row in rows] == [
        ("City", "visits", "district", 100.0, ""), ("City", "visits", "district", 120.0, ""),
        ("Fenham", "visits", "district", None, "blank"), ("Fenham", "visits", "district", 40.0, ""),
    ]


def test_use_by_measure() -> None:
    text = "branch,code,month,visits,loans\nAda,E08000021,2008-04,1,2\nBee,E08000021,2008-04,3,4\n"
    mapping = Mapping(
        "0" * 32, Target.USE, (("site", "branch"), ("area_code", "code"), ("period", "month")),
        (ValueColumn("visits", "visits"), ValueColumn("loans", "loans")), Headers.MEASURE,
        given=(("service", "libraries"),),
    )
    rows = one(confirm(sheet(text), mapping))
    assert [(row["site"], row["measure"], row["value"]) for row in rows] == [
        ("Ada", "visits", 1.0), ("Bee", "visits", 3.0), ("Ada", "loans", 2.0), ("Bee", "loans", 4.0)
    ]


@pytest.mark.parametrize(
    ("mapping", "words"),
    [
        (replace(MAPPED, columns=(("period", "Year"),)), "column holds the area's code"),
        (replace(MAPPED, columns=(("area_code", "Area Code"),)), "which period the figures are for"),
        (replace(MAPPED, values=()), "which column holds the values"),
        (replace(MAPPED, columns=(*MAPPED.columns, ("colour", "Name"))), "no “colour” in observations"),
        (replace(MAPPED, columns=(*MAPPED.columns, ("age", "Ages"))), "has no column “Ages”"),
        (Mapping("0" * 32, Target.FACILITIES, (("postcode", "Name"),)), "name of each place"),
        (Mapping("0" * 32, Target.FACILITIES, (("name", "Name"),)), "what kind of place"),
        (Mapping("0" * 32, Target.USE, (("period", "Year"),), (ValueColumn("Score", "s"),)), "which service"),
    ],
)
def test_a_mapping_that_does_not_fit_says_what_to_do(mapping: Mapping, words: str) -> None:
    with pytest.raises(MappingBroken, match=words):
        confirm(sheet(FIGURES), mapping)


# --- remembering ------------------------------------------------------------------------------------------


def test_a_source_is_known_again_however_its_headers_are_spelt() -> None:
    assert fingerprint_of(["Area Code", "Value"]) == fingerprint_of(["\ufeffarea_code", " VALUE "])
    assert fingerprint_of(["Area Code", "Value"]) != fingerprint_of(["Value", "Area Code"])


def test_a_mapping_is_remembered_for_its_source(tmp_path: Path) -> None:
    memory = Memory(tmp_path)
    figures = sheet(FIGURES)
    mapping = replace(MAPPED, fingerprint=fingerprint(figures), title="Need", left_out=("Name",))
    assert memory.recall(figures) is None
    assert memory.every() == ()
    memory.keep(mapping)
    assert memory.recall(sheet(FIGURES.replace("Area Code", "area_code"))) == mapping
    assert memory.recall(sheet(PLACES)) is None
    assert memory.every() == (mapping,)
    assert [path.name for path in memory.folder.iterdir()] == [f"{mapping.fingerprint}.json"]
    memory.forget(mapping.fingerprint)
    assert memory.recall(figures) is None


def test_json_gives_back_the_same_mapping() -> None:
    assert from_json(to_json(MAPPED)) == MAPPED
    assert to_json(from_json(to_json(MAPPED))) == to_json(MAPPED)


KEPT = to_json(MAPPED)


@pytest.mark.parametrize(
    "damaged",
    [
        "", "[]", "{}", "null", KEPT[:-40], KEPT.replace('"format": 1', '"format": 9'),
        KEPT.replace("observations", "elsewhere"), KEPT.replace("area_code", "colour"),
    ],
)
def test_a_damaged_mapping_is_none_and_says_so(tmp_path: Path, damaged: str) -> None:
    with pytest.raises(MappingBroken, match=r"Confirm the columns again\.|There is no|Say which"):
        from_json(damaged)
    memory = Memory(tmp_path)
    memory.folder.mkdir()
    figures = sheet(FIGURES)
    (memory.folder / f"{fingerprint(figures)}.json").write_text(damaged)
    assert memory.recall(figures) is None
    assert memory.every() == ()


def test_a_mapping_that_cannot_be_used_is_not_kept(tmp_path: Path) -> None:
    with pytest.raises(MappingBroken):
        Memory(tmp_path).keep(replace(MAPPED, values=()))
    with pytest.raises(MappingBroken, match="no fingerprint"):
        Memory(tmp_path).keep(replace(MAPPED, fingerprint="../../etc/passwd"))
    assert not list(tmp_path.rglob("*.json"))


# --- on what is published ---------------------------------------------------------------------------------


@pytest.mark.real_data
@pytest.mark.parametrize(
    ("name", "given", "target", "rows"),
    [
        ("05_participation_health/fingertips_inactive_adults.csv", (), "observations", 3089),
        ("08_usage_monitoring/ace_libraries_2023-24/visits.csv", (), "observations", 3420),
        ("08_usage_monitoring/newcastle_libraries_monthly_visits.csv",
         (("service", "libraries"), ("measure", "visits")), "use", 197 * 20),
        ("04_facilities/gm_libraries.csv", (), "facilities", 141),
        ("03_population_census/lsoa21_population_mid2022_total.csv",
         (("period", "2022"),), "observations", 35_672),
    ],
)
def test_published_tables_go_in_as_proposed(
    published: Path, name: str, given: tuple[tuple[str, str], ...], target: str, rows: int
) -> None:
    figures = open_bytes(name, (published / name).read_bytes())[0].sheets[0]
    mapping = propose(figures).mapping
    assert mapping is not None
    assert mapping.target == target
    confirmed = confirm(figures, replace(mapping, given=given))
    assert (confirmed.rows, len(confirmed.rejected)) == (rows, 0)
    assert one(confirmed)
