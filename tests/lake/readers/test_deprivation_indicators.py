"""The indicators underneath the indices: units by name, and what is suppressed stays so."""

from __future__ import annotations

import pyarrow.compute as pc
import pytest

from commonweal.lake.readers.deprivation_indicators import measure_of
from commonweal.lake.recognise import load_readers

REGISTRY = load_readers()
RDA = "derived/from_rda/"


@pytest.mark.parametrize(
    ("column", "slug", "unit", "percent"),
    [
        ("income_domain_numerator", "income-domain-numerator", "people", False),
        ("Income Domain numerator", "income-domain-numerator", "people", False),
        ("Road distance to a post office indicator (km)", "road-distance-to-a-post-office-indicator-km",
         "kilometres", False),
        ("burglary_rate_per_1_000_at_risk_properties", "burglary-rate-per-1-000-at-risk-properties",
         "rate_1000", False),
        ("homelessness_indicator_rate_per_1000_households", "homelessness-indicator-rate-per-1000-households",
         "rate_1000", False),
        ("core_homelessness_rate_percent_of_households", "core-homelessness-rate-percent-of-households", "percent",
         False),
        ("entry_to_higher_education_indicator", "entry-to-higher-education-indicator", "percent", True),
        ("household_overcrowding_indicator_rooms", "household-overcrowding-indicator-rooms", "percent", True),
        ("patient_to_gp_ratio", "patient-to-gp-ratio", "ratio", False),
        ("connectivity_score", "connectivity-score", "score", False),
        ("mood_and_anxiety_disorders_indicator", "mood-and-anxiety-disorders-indicator", "score", False),
    ],
)
def test_a_columns_name_gives_its_slug_and_unit(column, slug, unit, percent):
    read = measure_of(column, 2025)
    assert (read.indicator, read.unit, read.percent) == (f"imd2025-ind-{slug}", unit, percent)


@pytest.mark.real_data
@pytest.mark.parametrize(
    ("year", "file", "areas", "missing"),
    [
        (2025, "imd2025_england_lsoa21_indicators", 33_755,
         {"income-domain": 5, "idaci": 815, "idaopi": 832, "employment-domain": 21}),
        (2019, "imd2019_england_lsoa11_indicators", 32_844,
         {"income-domain": 31, "idaci": 4_553, "idaopi": 1_035, "employment-domain": 119}),
    ],
)
def test_numerators_the_ministry_withholds_stay_empty(open_published, year, file, areas, missing):
    (read,) = REGISTRY[f"imd-{year}-lsoa-indicators"].read(open_published(f"{RDA}{file}.csv.gz"))
    assert read.rejected == ()
    assert read.rows.num_rows == areas * 28
    withheld = read.rows.filter(pc.equal(read.rows.column("note"), "suppressed"))
    assert withheld.column("value").null_count == withheld.num_rows == sum(missing.values())
    counted = {row["values"]: row["counts"] for row in pc.value_counts(withheld.column("indicator")).to_pylist()}
    for name, count in missing.items():
        (slug,) = (one for one in counted if f"-{name}-numerator" in one)
        assert counted[slug] == count


@pytest.mark.real_data
def test_shares_are_in_per_cent(open_published):
    opened = open_published(f"{RDA}imd2025_england_lsoa21_indicators.csv.gz")
    (read,) = REGISTRY["imd-2025-lsoa-indicators"].read(opened)
    shares = read.rows.filter(pc.equal(read.rows.column("unit"), "percent"))
    ends = pc.min_max(shares.column("value")).as_py()
    assert 0 <= ends["min"] < 1
    assert 90 < ends["max"] <= 100


def test_the_ministrys_own_workbook_is_read_sheet_by_sheet(claimed, made_workbook):
    """File 8's headers as used by those who read it; its sheets are one a domain after a sheet of notes."""
    area = ["LSOA code (2011)", "LSOA name (2011)", "Local Authority District code (2019)",
            "Local Authority District name (2019)"]
    one = ["E01000001", "City of London 001A", "E09000001", "City of London"]
    two = ["E01000002", "City of London 001B", "E09000001", "City of London"]
    opened = made_workbook({
        "Notes": [["Underlying indicators"], [], ["Numerators are shown to the nearest 5"]],
        "IoD2019 Income Domain": [[*area, "Income Domain numerator"], [*one, None], [*two, 40]],
        "IoD2019 Health Domain": [[*area, "Acute morbidity indicator"], [*one, 61.703], [*two, 77.276]],
        "IoD2019 Living Env Domain": [[*area, "Air quality indicator"], [*one, 1.82], [*two, 1.82]],
    })
    assert claimed(opened) == ["imd-2019-lsoa-indicators"]
    reads = list(REGISTRY["imd-2019-lsoa-indicators"].read(opened))
    columns = ["indicator", "area_code", "value", "note"]
    rows = [row for read in reads for row in read.rows.select(columns).to_pylist()]
    assert len(rows) == 6
    assert rows[0] == {
        "indicator": "imd2019-ind-income-domain-numerator", "area_code": "E01000001", "value": None,
        "note": "suppressed",
    }
