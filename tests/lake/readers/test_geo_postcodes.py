"""Postcodes in every published layout: headings, none, Parquet, JSON."""

import json

import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.parquet as pq
import pytest

from commonweal.lake.opening import open_file
from commonweal.lake.readers.geo_postcodes import POSTCODE, as_written
from commonweal.lake.recognise import load_readers


def read(opened, dataset):
    (table,) = load_readers()[dataset].read(opened)
    return table


WRITTEN = [("ip11aa", "IP1 1AA"), (" IP1  1AA ", "IP1 1AA"), ("EC1A1BB", "EC1A 1BB"), ("M1 1AE", "M1 1AE")]


@pytest.mark.parametrize(("typed", "expected"), WRITTEN)
def test_postcodes_are_written_as_on_an_envelope(typed, expected):
    assert as_written(pa.array([typed])).to_pylist() == [expected]


AREAS = [("ip", 20_620), ("tf", 6_672), ("wn", 7_022)]


@pytest.mark.real_data
@pytest.mark.parametrize(("area", "rows"), AREAS)
def test_code_point_open_without_headings(open_published, claimed, area, rows):
    opened = open_published(f"01_geography/codepoint_open_2014-08/{area}.csv")
    assert claimed(opened) == ["code-point-open-areas"]
    table = read(opened, "code-point-open-areas")
    assert table.rows.num_rows + len(table.rejected) == rows
    assert pc.all(pc.match_substring_regex(table.rows["postcode"], POSTCODE)).as_py()
    first = table.rows.slice(0, 1).to_pylist()[0]
    assert first["postcode"].startswith(area.upper())
    assert first["district_code"].startswith("E0")
    assert first["easting"] > 300_000


@pytest.mark.real_data
def test_postcodes_by_area_as_json(open_published, claimed):
    opened = open_published("01_geography/postcode_lsoa_json/IP.json")
    assert claimed(opened) == ["postcodes-by-area"]
    rows = read(opened, "postcodes-by-area").rows
    assert rows.num_rows == 27_654
    one = rows.filter(pc.equal(rows["postcode"], "IP1 1AA")).to_pylist()[0]
    assert (one["district_code"], one["ward_code"], one["lsoa_code"]) == ("E07000202", "E05007117", "E01033124")
    assert one["easting"] is None


@pytest.mark.real_data
def test_the_national_list_as_parquet(open_published, claimed):
    opened = open_published("derived/postcode_lsoa_gb_nspl21_2024-08.parquet")
    assert claimed(opened) == ["postcodes-nspl-tidy"]
    table = read(opened, "postcodes-nspl-tidy")
    assert table.rows.num_rows == 2_570_469
    assert table.rejected == ()


@pytest.mark.real_data
def test_the_whole_of_code_point_open_as_parquet(open_published, claimed):
    opened = open_published("derived/codepoint_open_2014-08.parquet")
    assert claimed(opened) == ["code-point-open"]
    rows = read(opened, "code-point-open").rows
    assert rows.num_rows == 1_684_769
    nowhere = rows.filter(pc.equal(rows["quality"], 90))
    assert nowhere.num_rows == 84
    assert nowhere["easting"].null_count == 84


NSPL = (
    "pcd,pcd2,pcds,dointr,doterm,usertype,oseast1m,osnrth1m,osgrdind,oa21,cty,ced,laua,ward,ctry,rgn,lsoa11,msoa11,"
    "lsoa21,msoa21,lat,long\n"
    '"IP1 1AA","IP1  1AA","IP1 1AA","198001","","1","0615845","0244058","1","E00153990","E10000029","E58001453",'
    '"E07000202","E05007117","E92000001","E12000006","E01033124","E02006278","E01033124","E02006278",52.1,1.15\n'
    '"AB1 0AA","AB1  0AA","AB1 0AA","198001","199606","0","","","9","S00090303","S99999999","S99999999",'
    '"S12000033","S13002843","S92000003","S99999999","S01006514","S02001237","","",99.999999,0.0\n'
)
ONSPD = (
    "pcd,pcd2,pcds,dointr,doterm,oscty,ced,oslaua,osward,parish,usertype,oseast1m,osnrth1m,osgrdind,lsoa11,lsoa21\n"
    '"IP1 1AA","IP1  1AA","IP1 1AA","198001","","E10000029","E58001453","E07000202","E05007117","E43000001","1",'
    '"0615845","0244058","1","E01033124","E01033124"\n'
)
NEWER = (
    "pcd7,pcd8,pcds,dointr,doterm,cty25cd,ced25cd,lad25cd,wd25cd,parncp25cd,usrtypind,east1m,north1m,gridind,oa21cd,"
    "lsoa11cd,lsoa21cd\n"
    "IP1 1AA,IP1  1AA,IP1 1AA,198001,,E10000029,E58001453,E07000202,E05007117,E43000001,0,615845,244058,1,"
    "E00153990,E01033124,E01033124\n"
)
LONG_HEADINGS = (
    "Postcode,Positional_quality_indicator,Eastings,Northings,Country_code,NHS_regional_HA_code,NHS_HA_code,"
    "Admin_county_code,Admin_district_code,Admin_ward_code\n"
    '"IP1 1AA",10,615845,244058,E92000001,E19000001,E18000006,E10000029,E07000202,E05007117\n'
)
SHORT_HEADINGS = (
    "PC,PQ,EA,NO,CY,RH,LH,CC,DC,WC\n"
    "IP1 1AA,10,615845,244058,E92000001,E19000001,E18000006,E10000029,E07000202,E05007117\n"
)
OFFICIAL = [
    (NSPL, "postcodes-nspl", "E01033124"),
    (ONSPD, "postcodes-onspd", "E01033124"),
    (NEWER, "postcodes-onspd", "E01033124"),
    (LONG_HEADINGS, "code-point-open-areas", None),
    (SHORT_HEADINGS, "code-point-open-areas", None),
]


STYLES = ["nspl", "onspd", "onspd 2025", "long", "short"]


@pytest.mark.parametrize(("text", "dataset", "lsoa"), OFFICIAL, ids=STYLES)
def test_official_layouts(made_csv, claimed, text, dataset, lsoa):
    opened = made_csv(text)
    assert claimed(opened) == [dataset]
    first = read(opened, dataset).rows.to_pylist()[0]
    assert first["postcode"] == "IP1 1AA"
    assert first["district_code"] == "E07000202"
    assert first["ward_code"] == "E05007117"
    assert (first["easting"], first["northing"]) == (615_845, 244_058)
    assert first["lsoa_code"] == lsoa


def test_a_postcode_without_grid_reference_has_none(made_csv):
    rows = read(made_csv(NSPL), "postcodes-nspl").rows.to_pylist()
    assert rows[1]["postcode"] == "AB1 0AA"
    assert rows[1]["easting"] is None
    assert rows[1]["lsoa_code"] == ""


def test_what_is_no_postcode_is_kept_out_with_its_row(made_csv):
    text = LONG_HEADINGS + '"n/a - mobile",90,0,0,,,,,,\n"TF1 1AA",90,0,0,,,,,E06000020,E05001895\n'
    table = read(made_csv(text), "code-point-open-areas")
    assert [row.row for row in table.rejected] == [3]
    assert table.rows.to_pylist()[-1]["easting"] is None


def test_a_file_of_many_areas_is_the_whole(tmp_path, claimed):
    columns = ("postcode", "positional_quality", "easting", "northing", "admin_district", "admin_ward")
    rows = [
        ("AB101AA", 10, 394251, 806376, "S12000033", "S13002483"),
        ("IP11AA", 10, 615845, 244058, "E07000202", "E05007117"),
    ]
    table = pa.table({name: [row[i] for row in rows] for i, name in enumerate(columns)})
    pq.write_table(table, tmp_path / "cpo.parquet")
    (opened,) = open_file(tmp_path / "cpo.parquet")
    assert claimed(opened) == ["code-point-open"]
    assert read(opened, "code-point-open").rows["postcode"].to_pylist() == ["AB10 1AA", "IP1 1AA"]


NOT_JSON = [{}, {"IP1": {}}, {"IP1": {"1AA": ["E07000202"]}}, {"hello": {"1AA": ["a", "b", "c"]}}, ["IP1"]]


@pytest.mark.parametrize("document", NOT_JSON, ids=str)
def test_other_json_is_not_postcodes(tmp_path, claimed, document):
    path = tmp_path / "made.json"
    path.write_text(json.dumps(document))
    (opened,) = open_file(path)
    assert "postcodes-by-area" not in claimed(opened)
