"""The nine Open Referral UK addresses against the standard's own schemas, filters, envelope and refusals."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from django.test import Client

from commonweal.core.viewer import SYSTEM
from commonweal.lake.opening import open_bytes
from commonweal.lake.registers.reading import read_registers
from commonweal.providers.actions.importing import take_register
from commonweal.providers.models import Provider
from commonweal.providers.queries.referral import term_id

BASE = "/api/oruk/v3/"
ROWS = 7
REGISTER = "org_id,reg_number,name,postcode,date_registered,activities,web\n" + "".join(
    f"GB-CHC-100000{n},100000{n},Testshire {what},SY1 {n}AA,1990-01-01,{what},http://{n}.example.org\n"
    for n, what in enumerate(("Choir", "Bowls", "Museum", "Dance", "Library", "Youth", "Allotment"), 1)
)
LISTS = ("services", "taxonomies", "taxonomy_terms", "service_at_locations")


@pytest.fixture
def feed(db, tmp_path, settings, monkeypatch):
    """The register taken in, its postcodes in one district."""
    settings.VAR = tmp_path
    found = read_registers(open_bytes("list.csv", REGISTER.encode()))
    take_register(by=SYSTEM, found=found, partnership=None, public=True,
                  places=lambda codes: dict.fromkeys(codes, "E06000051"))
    return Client()


def get(client: Client, path: str, status: int = 200):
    answer = client.get(BASE + path)
    assert answer.status_code == status, answer.content
    assert answer["Access-Control-Allow-Origin"] == "*"
    return json.loads(answer.content)


def checker(published: Path, name: str):
    """A validator of one of the standard's schemas, every reference answered from disk."""
    from jsonschema import Draft202012Validator
    from referencing import Registry, Resource
    from referencing.jsonschema import DRAFT202012

    folder = published.parent / "standards" / "oruk" / "schema"
    if not folder.exists():
        pytest.skip("the published files are not here: the standard's schemas lie beside them")

    def fetch(uri: str) -> Resource:
        return Resource.from_contents(json.loads((folder / uri.rsplit("/", 1)[-1]).read_text()), DRAFT202012)

    schema = json.loads((folder / f"{name}.json").read_text())
    schema["$id"] = f"https://standard.example/{name}.json"
    return Draft202012Validator(schema, registry=Registry(retrieve=fetch),
                                format_checker=Draft202012Validator.FORMAT_CHECKER)


@pytest.mark.parametrize(("path", "schema"), [
    ("services", "service"), ("services?full=true", "service"), ("taxonomies", "taxonomy"),
    ("taxonomy_terms", "taxonomy_term"), ("service_at_locations", "service_at_location"),
])
def test_lists_and_each_of_them_pass_the_schemas(feed, published, path, schema):
    check = checker(published, schema)
    listed = get(feed, path)["contents"]
    assert listed
    for one in listed:
        assert not list(check.iter_errors(one))
        whole = get(feed, f"{path.split('?')[0]}/{one['id']}")
        assert not list(check.iter_errors(whole))
        assert whole["id"] == one["id"]
    assert None not in json.loads(json.dumps(listed), object_hook=lambda held: tuple(held.values()))


def test_the_source_says_its_version(feed):
    assert get(feed, "")["version"] == "HSDS-UK-3.0"


@pytest.mark.parametrize("per_page", [1, 3, 50])
def test_pages_hold_all_of_it_once(feed, per_page):
    found, page = [], 1
    while True:
        answer = get(feed, f"services?per_page={per_page}&page={page}")
        assert (answer["page_number"], answer["first_page"]) == (page, page == 1)
        assert (answer["size"], answer["empty"]) == (len(answer["contents"]), not answer["contents"])
        found += [one["id"] for one in answer["contents"]]
        if answer["last_page"]:
            break
        page += 1
    assert len(found) == len(set(found)) == answer["total_items"] == ROWS


@pytest.mark.parametrize(("query", "count"), [
    ("search=choir", 1), (f"taxonomy_term_id={term_id('music')}", 1), (f"taxonomy_id={term_id('taxonomy')}", ROWS),
    ("taxonomy_term_id=nothing", 0), ("minimum_age=5", 0), ("day=MO", 0), ("modified_after=2000-01-01", ROWS),
    ("modified_after=2999-01-01T00:00:00Z", 0), ("search=%00", ROWS), ("page=999999", 0), ("postcode=ZZ1 1ZZ", 0),
])
def test_filters(feed, query, count):
    assert len(get(feed, f"services?{query}")["contents"]) == count


@pytest.mark.parametrize("query", [
    "page=0", "page=x", "per_page=-1", "per_page=99999999999", "modified_after=NaN", "postcode=x", "proximity=100",
])
def test_what_cannot_be_asked_is_refused_in_a_sentence(feed, query):
    assert get(feed, f"services?{query}", 400)["detail"].endswith(".")


@pytest.mark.parametrize("path", [f"{name}/{one}" for name in LISTS for one in (
    "nothing", "00000000-0000-0000-0000-000000000000")])
def test_unknown_ids_are_not_found(feed, path):
    assert get(feed, path, 404)["detail"]


def test_lines_and_little(feed):
    lines = feed.get(f"{BASE}services?format=ndjson").content.decode().splitlines()
    assert len([json.loads(line) for line in lines]) == ROWS
    assert set(get(feed, "services?minimal=true")["contents"][0]) == {"id", "last_modified"}


def test_what_closed_or_is_invented_is_not_told(feed):
    Provider.objects.filter(name="Testshire Choir").update(closed=True)
    Provider.objects.filter(name="Testshire Bowls").update(example=True)
    assert get(feed, "services")["total_items"] == ROWS - 2


@pytest.mark.parametrize("path", ["", "services", "services/nothing", "taxonomy_terms"])
def test_a_browser_that_asks_first_is_told_yes(feed, path):
    asked = {"Origin": "https://finder.example", "Access-Control-Request-Method": "GET",
             "Access-Control-Request-Headers": "x-requested-with"}
    answer = feed.options(BASE + path, headers=asked)
    assert (answer.status_code, answer.content) == (204, b"")
    assert answer["Access-Control-Allow-Origin"] == answer["Access-Control-Allow-Headers"] == "*"
    assert "GET" in answer["Access-Control-Allow-Methods"]
    assert feed.post(BASE + path).status_code == 405
