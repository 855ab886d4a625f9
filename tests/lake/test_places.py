"""Places as people type them: names, codes of any time, postcodes; abolished ones give successor and reason."""

from datetime import date

import pyarrow as pa
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from commonweal.lake import places
from commonweal.lake.manifest import Provenance
from commonweal.lake.opening import open_file
from commonweal.lake.place_names import Nearest, core, pairs, plain
from commonweal.lake.places import NoSuchPlace, PlaceRow, WhichPlace, find_place, find_places
from commonweal.lake.readers.base import ReadTable
from commonweal.lake.recognise import recognise
from commonweal.lake.schema import TABLES
from commonweal.lake.store import Store

OURS = Provenance("Places", "Office for Places", "OGL v3.0")


def rows(table, *records):
    blank = dict.fromkeys(TABLES[table].columns)
    text = {name: "" for name, kind in TABLES[table].columns.items() if kind == pa.string()}
    made = [{**blank, **text, **record} for record in records]
    return ReadTable(table, pa.Table.from_pylist(made, schema=TABLES[table].schema))


def area(kind, code, name, vintage=2024, **dates):
    return {"kind": kind, "code": code, "name": name, "vintage": vintage, **dates}


def link(low, high, relation="within", vintages=(2024, 2024), change=""):
    kinds = {"E01": "lsoa", "E02": "msoa", "E05": "ward", "E10": "county", "E12": "region", "E92": "country"}
    return {
        "from_kind": kinds.get(low[:3], "district"), "from_code": low, "from_vintage": vintages[0],
        "to_kind": kinds.get(high[:3], "district"), "to_code": high, "to_vintage": vintages[1],
        "relation": relation, "change": change,
    }


ENDED = {"valid_to": date(2023, 4, 1)}
AREAS = (
    area("district", "E07000202", "Ipswich"), area("district", "E06000063", "Cumberland"),
    area("district", "E06000064", "Westmorland and Furness"), area("district", "E08000016", "Barnsley"),
    area("district", "E08000038", "Barnsley", 2025), area("district", "E06000023", "Bristol, City of"),
    area("district", "E08000013", "St. Helens"), area("district", "E07000029", "Copeland", 2022, **ENDED),
    area("district", "E07000026", "Allerdale", 2022, **ENDED), area("district", "00CC", "Barnsley", 2009),
    area("county", "E10000006", "Cumbria", 2022, **ENDED), area("county", "E10000029", "Suffolk"),
    area("region", "E12000006", "East of England"), area("country", "E92000001", "England"),
    area("ward", "E05000001", "Abbey"), area("ward", "E05000002", "Abbey"), area("ward", "E05000003", "Copeland"),
    area("alias", "E07000202", "Ipswich Borough Council"), area("alias", "E07000202", "GB-LAE-IPS"),
    area("lsoa", "E01000001", "Ipswich 001A", 2021), area("lsoa", "E01000002", "Ipswich 001B", 2021),
    area("lsoa", "E01009999", "Cumbria 009A", 2011), area("lsoa", "E01009998", "Cumbria 009A", 2001),
    area("msoa", "E02000001", "Ipswich 001", 2021), area("district", "W06000015", "Cardiff"),
)
SMALL = {
    "E01000001": ("E07000202", "E05000001"), "E01000002": ("E07000202", "E05000001"),
    "E01000003": ("E06000063", "E05000002"), "E01000004": ("E06000064", "E05000003"),
    "E01000005": ("E08000016", ""), "E01000006": ("E06000023", ""), "E01000007": ("E08000013", ""),
    "W01000001": ("W06000015", ""),
}
LINKS = (
    *(
        {**link(code, district, vintages=(2021, 2024)), "from_kind": "lsoa"}
        for code, (district, _) in SMALL.items()
    ),
    *(link(code, ward, "best_fit", (2021, 2024)) for code, (_, ward) in SMALL.items() if ward),
    link("E01000001", "E06000023", vintages=(2011, 2020)),
    {**link("E01009998", "39UE", vintages=(2001, 2004)), "from_kind": "lsoa"},
    {**link("E01009998", "E01009999", "becomes", (2001, 2011)), "from_kind": "lsoa", "to_kind": "lsoa"},
    {**link("E01009999", "E01000003", "becomes", (2011, 2021)), "from_kind": "lsoa", "to_kind": "lsoa"},
    {**link("E01009999", "E01000004", "becomes", (2011, 2021)), "from_kind": "lsoa", "to_kind": "lsoa"},
    link("E01009999", "E05999999", "best_fit", (2011, 2017)),
    link("E05000001", "E07000202"), link("E05000002", "E06000063"), link("E05000003", "E06000064"),
    link("E07000202", "E10000029"), link("E07000202", "E12000006"), link("E12000006", "E92000001"),
    link("E07000029", "E06000063", "becomes", (2022, 2023), "M"),
    link("E07000026", "E06000063", "becomes", (2022, 2023), "M"),
    link("E10000006", "E06000063", "becomes", (2022, 2023), "X"),
    link("E10000006", "E06000064", "becomes", (2022, 2023), "X"),
    link("E08000016", "E08000038", "becomes", (2024, 2025), "U"),
    link("00CC", "E08000016", "becomes", (2009, 2024), "U"),
)


@pytest.fixture(scope="module")
def made(tmp_path_factory):
    store = Store(tmp_path_factory.mktemp("made"))
    postcode = {"postcode": "IP1 1AA", "district_code": "E07000202"}
    gone = {"postcode": "CA1 1AA", "district_code": "E07000029"}
    tables = [rows("areas", *AREAS), rows("area_links", *LINKS), rows("postcodes", postcode, gone)]
    store.replace("postcodes-nspl", provenance=OURS, tables=tables)
    return store


FOUND = [
    ("Ipswich", "E07000202"), ("  ipswich ", "E07000202"), ("IPSWICH BOROUGH COUNCIL", "E07000202"),
    ("gb-lae-ips", "E07000202"), ("St Helens", "E08000013"), ("st. helens", "E08000013"),
    ("Saint Helens", "E08000013"), ("Bristol", "E06000023"), ("City of Bristol", "E06000023"),
    ("bristol city council", "E06000023"), ("Westmorland & Furness", "E06000064"),
    ("Suffolk", "E10000029"), ("suffolk county council", "E10000029"), ("England", "E92000001"),
    ("IP1 1AA", "E07000202"), ("ip11aa", "E07000202"), ("IP1 1AA.", "E07000202"),
    ("E07000202", "E07000202"), ("e07000202", "E07000202"), ("Abbey, Ipswich", "E05000001"),
    ("Abbey (Cumberland)", "E05000002"), ("E05000002", "E05000002"), ("Ipswich 001A", "E01000001"),
    ("ipswich 001", "E02000001"), ("E01000002", "E01000002"), ("Barnsley", "E08000016"),
    ("E08000038", "E08000016"), ("00CC", "E08000016"), ("Copeland", "E06000063"), ("E07000029", "E06000063"),
    ("CA1 1AA", "E06000063"), ("Cumbria", "E06000063+E06000064"), ("Cardiff", "W06000015"),
]


@pytest.mark.parametrize(("typed", "code"), FOUND)
def test_a_place_is_found_however_it_is_called(made, typed, code):
    assert find_place(made, typed).code == code


NOTES = [
    ("Ipswich", ""),
    ("Barnsley", ""),
    ("Copeland", "Copeland (E07000029) was abolished on 1 April 2023; Cumberland took its place."),
    ("E08000038", "E08000038 is another code of Barnsley; the data here use E08000016."),
    ("IP1 1AA", "IP1 1AA is in Ipswich."),
    ("CA1 1AA", "CA1 1AA is in Cumberland. Copeland (E07000029) was abolished on 1 April 2023; "
                "Cumberland took its place."),
    ("Cumbria", "Cumbria (E10000006) was abolished on 1 April 2023; Cumberland and Westmorland and Furness "
                "took its place."),
]


@pytest.mark.promise("N2")
@pytest.mark.parametrize(("typed", "note"), NOTES)
def test_why_another_place_is_given_is_said(made, typed, note):
    assert find_place(made, typed).note == note


NOT_FOUND = [
    ("Ipswhich", "Did you mean Ipswich"), ("Cumberlnd", "Cumberland"), ("zzzz", "Give a district"),
    ("E99999999", "No area has the code E99999999"), ("ZZ9 9ZZ", "ZZ9 9ZZ is not in the postcode lists"),
    ("", "Give the name of a place"), ("   ", "Give the name of a place"), ("Abbey, Nowhere", "no place called"),
]


@pytest.mark.parametrize(("typed", "words"), NOT_FOUND)
def test_a_place_that_is_not_there_gives_the_nearest(made, typed, words):
    with pytest.raises(NoSuchPlace) as caught:
        find_place(made, typed)
    assert words in str(caught.value)
    assert str(caught.value).endswith((".", "?"))


def test_wards_of_one_name_are_all_offered_in_words_that_find_them(made):
    with pytest.raises(WhichPlace, match="2 wards are called Abbey") as caught:
        find_place(made, "Abbey")
    assert {find_place(made, one).code for one in caught.value.nearest} == {"E05000001", "E05000002"}


def test_an_empty_store_says_what_to_do(tmp_path):
    with pytest.raises(NoSuchPlace, match="commonweal pull"):
        find_place(Store(tmp_path), "Ipswich")
    assert places.districts(Store(tmp_path)) == ()


def test_districts_are_those_of_england_in_force(made):
    names = ["Barnsley", "Bristol, City of", "Cumberland", "Ipswich", "St. Helens", "Westmorland and Furness"]
    assert [row.name for row in places.districts(made)] == names
    assert {row.vintage for row in places.districts(made)} == {2024}


SMALL_AREAS = [
    ("Ipswich", {"E01000001", "E01000002"}), ("Abbey, Ipswich", {"E01000001", "E01000002"}),
    ("Suffolk", {"E01000001", "E01000002"}), ("East of England", {"E01000001", "E01000002"}),
    ("England", {"E01000001", "E01000002"}), ("Cumbria", {"E01000003", "E01000004"}),
    ("Ipswich 001", {"E01000001", "E01000002"}), ("E01000002", {"E01000002"}), ("Bristol", {"E01000006"}),
]


@pytest.mark.parametrize(("typed", "areas"), SMALL_AREAS)
def test_small_areas_of_a_place_of_any_kind(made, typed, areas):
    assert set(places.small_areas_of(made, find_place(made, typed))) == areas


@pytest.mark.parametrize("code", ["E01009999", "E01009998", "E05999999", "39UE"])
def test_small_areas_of_places_of_another_time_are_todays(made, code):
    assert places.small_areas_of(made, code) == ("E01000003", "E01000004")


def test_small_areas_of_what_is_not_known(made):
    assert places.small_areas_of(made, "E99999999") == ()


def test_parents_nearest_first(made):
    assert [row.name for row in places.parents_of(made, "E07000202")] == ["Suffolk", "East of England", "England"]
    assert places.region_of(made, "E07000202").name == "East of England"
    assert places.region_of(made, "E08000016") is None
    assert places.parents_of(made, "E05000001")[0].name == "Ipswich"


def test_wards_of_a_district(made):
    assert [row.code for row in places.wards_of(made, "E07000202")] == ["E05000001"]


def test_what_a_place_was_before(made):
    before = places.predecessors_of(made, "E06000063")
    assert [row.name for row in before] == ["Allerdale", "Copeland"]
    assert {row.valid_to for row in before} == {date(2023, 4, 1)}
    assert places.codes_of(made, "E06000063") == ("E06000063",)
    assert set(places.codes_of(made, "E08000016")) == {"E08000016", "E08000038", "00CC"}


def test_several_districts_are_one_place(made):
    both = find_places(made, ["Ipswich", "Barnsley"])
    assert (both.kind, both.code, both.name) == ("districts", "E07000202+E08000016", "Barnsley and Ipswich")
    assert len(places.small_areas_of(made, both)) == 3
    assert find_places(made, ["Barnsley", "Ipswich", "Barnsley"]) == both
    assert find_places(made, ["Ipswich"]) == find_place(made, "Ipswich")
    assert find_places(made, ["Suffolk", "Barnsley"]).parts == ("E07000202", "E08000016")
    assert "Copeland" in find_places(made, ["Copeland", "Ipswich"]).note


@pytest.mark.parametrize(("names", "words"), [([], "at least one"), (["Ipswich", "Cardiff"], "not a district of")])
def test_what_cannot_be_joined_is_a_sentence(made, names, words):
    with pytest.raises(NoSuchPlace, match=words):
        find_places(made, names)


def test_suggestions_begin_like_what_is_typed(made):
    assert [row.name for row in places.suggest(made, "ips")] == ["Ipswich"]
    assert places.suggest(made, "Ipswhich")[0].name == "Ipswich"
    assert places.suggest(made, "") == ()
    assert len(places.suggest(made, "e", most=1)) == 1


PLAIN = [
    ("Telford & Wrekin", "telford and wrekin"), ("St. Helens", "st helens"), ("Saint Albans", "st albans"),
    ("King's Lynn", "kings lynn"), ("Ynys Môn", "ynys mon"), ("  A  b ", "a b"), ("", ""),
]


@pytest.mark.parametrize(("name", "expected"), PLAIN)
def test_plain(name, expected):
    assert plain(name) == expected


CORE = [
    ("London Borough of Hackney", "hackney"), ("Bristol, City of", "bristol"), ("City of Bristol", "bristol"),
    ("Royal Borough of Kensington and Chelsea", "kensington and chelsea"), ("County Durham", "durham"),
    ("Durham County Council", "durham"), ("Herefordshire, County of", "herefordshire"), ("Council", "council"),
    ("Kingston upon Hull, City of", "kingston upon hull"), ("City of London", "london"),
    ("Bath and North East Somerset", "bath and north east somerset"),
]


@pytest.mark.parametrize(("name", "expected"), CORE)
def test_core(name, expected):
    assert core(name) == expected


@given(st.text(max_size=40))
def test_names_made_plain_stay_so(text):
    assert plain(plain(text)) == plain(text)
    assert core(core(text)) == core(text) or core(core(text)) == core(plain(core(text)))
    assert len(pairs(plain(text))) >= 1


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None)
@given(st.text(max_size=30))
def test_anything_typed_gives_a_place_or_a_sentence(made, text):
    found = place_or_error(made, text)
    if isinstance(found, NoSuchPlace):
        assert str(found).endswith((".", "?"))
    else:
        assert isinstance(found, PlaceRow)
        assert found.code


def place_or_error(store, text):
    try:
        return find_place(store, text)
    except NoSuchPlace as error:
        return error


@st.composite
def slips(draw):
    """A name with one slip of the finger: a letter lost, doubled, changed, or two exchanged."""
    name = draw(st.sampled_from(["Cumberland", "Barnsley", "Westmorland and Furness", "Shropshire", "Knowsley"]))
    at = draw(st.integers(1, len(name) - 2))
    kind = draw(st.sampled_from(["lost", "twice", "swapped", "other"]))
    middle = {"lost": "", "twice": name[at] * 2, "swapped": name[at + 1] + name[at], "other": "x"}[kind]
    rest = name[at + 2:] if kind == "swapped" else name[at + 1:]
    return name, name[:at] + middle + rest


@given(slips())
def test_one_slip_of_the_finger_is_forgiven(pair):
    name, typed = pair
    others = ["Cumberland", "Barnsley", "Westmorland and Furness", "Shropshire", "Knowsley", "Cambridge", "Barnet"]
    assert Nearest(others).to(typed)[:1] == (name,)


LOOKUPS = (
    "01_geography/geo-lookups/la_all_codes.csv", "01_geography/geo-lookups/area_all_codes.csv",
    "01_geography/geo-lookups/la_orgid_to_gss.csv", "01_geography/geo-lookups/ward_all_codes.csv.gz",
    "01_geography/ons/uk_local_authorities.csv", "derived/from_rda/lookup_lsoa21_ward24_ltla24.csv.gz",
    "derived/from_rda/lookup_ltla24_region24.csv.gz", "derived/from_rda/lookup_ltla23_utla23.csv.gz",
    "derived/from_rda/lookup_ltla22_ltla23.csv.gz", "derived/from_rda/lookup_lsoa21_icb24.csv.gz",
    "derived/from_rda/lookup_msoa11_msoa21_ltla22.csv.gz", "01_geography/postcode_lsoa_json/IP.json",
    "derived/from_rda/imd2007_england_lsoa01.csv.gz", "derived/from_rda/lookup_lsoa01_lsoa11.csv.gz",
    "01_geography/ons/lsoa11_to_lsoa21_exact.csv.gz",
)


@pytest.fixture(scope="module")
def england(published, tmp_path_factory):
    """The real register of places."""
    store = Store(tmp_path_factory.mktemp("england"))
    for name in LOOKUPS:
        (opened,) = open_file(published / name)
        reader = recognise(opened)
        store.replace(reader.dataset, provenance=OURS, tables=reader.read(opened))
    return store


REAL = [
    ("Knowsley", "E08000011"), ("Telford & Wrekin", "E06000020"), ("City of Bristol", "E06000023"),
    ("Copeland", "E06000063"), ("Allerdale", "E06000063"), ("Mendip", "E06000066"), ("Barnsley", "E08000016"),
    ("E08000038", "E08000016"), ("E08000016", "E08000016"), ("Harrogate", "E06000065"), ("00CC", "E08000016"),
    ("42UD", "E07000202"), ("Hull", "E06000010"), ("Durham", "E06000047"), ("Somerset", "E06000066"),
    ("North Yorkshire", "E06000065"), ("Suffolk", "E10000029"), ("Taunton Deane", "E06000066"),
    ("Northamptonshire", "E06000061+E06000062"), ("Aylesbury Vale", "E06000060"), ("Sheffield", "E08000019"),
    ("E08000020", "E08000037"), ("London Borough of Hackney", "E09000012"), ("Westminster", "E09000033"),
    ("IP1 1AA", "E07000202"), ("North West", "E12000002"), ("Knowsley 001", "E02001327"),
    ("Newcastle", "E08000021"), ("Kings Lynn & West Norfolk", "E07000146"), ("Isle of Wight", "E06000046"),
    ("NHS Cheshire and Merseyside Integrated Care Board", "E54000008"),
]


@pytest.mark.real_data
@pytest.mark.promise("N2")
@pytest.mark.parametrize(("typed", "code"), REAL)
def test_real_places_are_found(england, typed, code):
    assert find_place(england, typed).code == code


@pytest.mark.real_data
@pytest.mark.promise("N2")
def test_every_district_is_found_by_its_name_its_code_and_in_capitals(england):
    every = places.districts(england)
    assert len(every) == 296
    for row in every:
        for typed in (row.name, row.code, row.name.upper(), f"{row.name} Council"):
            assert find_place(england, typed).code == row.code, typed
        assert find_place(england, row.name).note == ""


@pytest.mark.real_data
def test_every_small_area_is_in_one_district_region_and_country(england):
    every = places.districts(england)
    areas = [area for row in every for area in places.small_areas_of(england, row)]
    assert len(areas) == len(set(areas)) == 33_755
    regions = {places.region_of(england, row).code for row in every}
    assert len(regions) == 9
    whole = {area for region in regions for area in places.small_areas_of(england, region)}
    assert whole == set(areas) == set(places.small_areas_of(england, "E92000001"))


@pytest.mark.real_data
def test_every_abolished_district_gives_places_in_force_and_the_reason(england, published):
    (opened,) = open_file(published / "01_geography/ons/uk_local_authorities.csv")
    table = opened.sheets[0].table.select(["gss-code", "end-date", "local-authority-type"]).to_pylist()
    gone = [row for row in table if row["end-date"] and row["local-authority-type"] in ("NMD", "UA", "CTY")]
    assert len(gone) > 45
    here = {row.code for row in places.districts(england)}
    for row in gone:
        found = find_place(england, row["gss-code"])
        assert set(found.parts or (found.code,)) <= here, row
        assert "was abolished on 1 April" in found.note, row


ABOLISHED_2009 = [
    ("Oswestry", "E06000051"), ("39UE", "E06000051"), ("Mid Bedfordshire", "E06000056"), ("Penwith", "E06000052"),
    ("Crewe and Nantwich", "E06000049"), ("Wear Valley", "E06000047"), ("Berwick-upon-Tweed", "E06000057"),
    ("Salisbury", "E06000054"),
]


@pytest.mark.real_data
@pytest.mark.parametrize(("typed", "code"), ABOLISHED_2009)
def test_districts_no_list_of_changes_names_are_followed_by_their_small_areas(england, typed, code):
    found = find_place(england, typed)
    assert found.code == code
    assert "was abolished; " in found.note


@pytest.mark.real_data
def test_the_land_of_an_old_district_is_part_of_its_successors(england):
    old, new = (set(places.small_areas_of(england, code)) for code in ("39UD", "E06000051"))
    assert len(old) >= 20
    assert old < new


@pytest.mark.real_data
def test_trends_may_look_under_every_code_a_place_had(england):
    assert set(places.codes_of(england, "E08000016")) == {"E08000016", "E08000038", "00CC"}
    before = {row.name for row in places.predecessors_of(england, "E06000063")}
    assert before == {"Allerdale", "Carlisle", "Copeland"}
    assert len(places.small_areas_of(england, find_place(england, "Knowsley 001"))) == 5


@pytest.mark.real_data
@pytest.mark.parametrize(("typed", "name"), [
    ("Knowsly", "Knowsley"), ("Shropshre", "Shropshire"), ("Ipswhich", "Ipswich"), ("Rochdail", "Rochdale"),
    ("Wolverhamton", "Wolverhampton"), ("Milton Kenes", "Milton Keynes"), ("Midlesbrough", "Middlesbrough"),
])
def test_slips_in_real_names_give_the_name_meant(england, typed, name):
    with pytest.raises(NoSuchPlace) as caught:
        find_place(england, typed)
    assert caught.value.nearest[0] == name
