"""What is taken away is whole, can be read without Commonweal, and holds nothing of anybody else and no secret."""

from __future__ import annotations

import csv
import io
import json
import zipfile
from pathlib import Path

import pytest
from django.core.management import CommandError, call_command

from commonweal.agreements.models import AgreementPaper
from commonweal.core.actions.organisations import create_organisation
from commonweal.core.actions.partnerships import add_organisation, create_partnership
from commonweal.core.models import Organisation, OrganisationKind, Partnership, Person
from commonweal.core.viewer import SYSTEM
from commonweal.measures.models import Return
from commonweal.needs.models import NeedVersion
from commonweal.present.guard import unguarded
from commonweal.procurement.models import Bid

pytestmark = pytest.mark.django_db


@pytest.fixture
def other(example_records):
    """Another partnership of the same installation, with an organisation of its own."""
    organisation = create_organisation(by=SYSTEM, name="Elsewhere Council", kind=OrganisationKind.DISTRICT)
    made = create_partnership(by=SYSTEM, name="Elsewhere together")
    add_organisation(by=SYSTEM, partnership=made, organisation=organisation, signs_off=True)
    return made


def taken(tmp_path: Path, name: str, *how: str) -> zipfile.ZipFile:
    call_command("export", name, str(tmp_path / "away.zip"), *how)
    return zipfile.ZipFile(tmp_path / "away.zip")


def rows(file: zipfile.ZipFile, table: str) -> list[dict[str, object]]:
    return [json.loads(line) for line in file.read(f"data/{table}.jsonl").splitlines()]


def test_a_partnership_takes_everything_and_nothing_of_others(other, tmp_path):
    here = Partnership.objects.get(name__startswith="Larkmere Culture")
    file = taken(tmp_path, here.name)
    told = {one["name"]: one for one in json.loads(file.read("datapackage.json"))["resources"]}
    for model in (NeedVersion, Return, Bid):
        name = model._meta.label_lower.replace(".", "_")
        assert told[name]["rows"] == len(rows(file, name)) == model.objects.filter(partnership=here).count() > 0
    everything = b"".join(file.read(name) for name in file.namelist()).decode("utf-8", "replace")
    assert "Elsewhere Council" not in everything
    assert not any(person.password in everything for person in Person.objects.all() if person.password)
    assert {key for one in rows(file, "core_person") for key in one} == {"id", "name"}
    papers = AgreementPaper.objects.filter(partnership=here).exclude(content=None)
    assert len([name for name in file.namelist() if name.startswith("papers/")]) == papers.count()
    assert {"core_person", "core_organisation"} <= set(told)
    assert told["procurement_bid"]["left_out"] == ["draft"]


def test_csv_and_lines_say_the_same_and_links_lead_to_tables(other, tmp_path):
    file = taken(tmp_path, "Larkmere Culture and Sport Partnership")
    told = json.loads(file.read("datapackage.json"))["resources"]
    for one in told:
        plain = rows(file, one["name"])
        table = [*csv.DictReader(io.StringIO(file.read(one["path"]).decode()))]
        assert [*table[0]] == [field["name"] for field in one["schema"]["fields"]]
        for left, right in zip(plain, table, strict=True):
            assert all(unguarded(right[key]) == value for key, value in left.items() if isinstance(value, str))
    names = {one["name"] for one in told}
    assert {"needs_need", "needs_needversion", "measures_return"} <= names


def test_an_organisation_takes_its_own_and_its_people(other, tmp_path):
    trust = Organisation.objects.get(name="Larkmere Leisure and Culture Trust")
    file = taken(tmp_path, trust.name, "--organisation")
    own = {str(one["email"]) for one in rows(file, "core_person_own")}
    assert "chief@larkmeretrust.example" in own
    assert all(email.endswith("@larkmeretrust.example") for email in own)
    assert [one["name"] for one in rows(file, "core_organisation")] == [trust.name]
    assert {key for one in rows(file, "core_person") for key in one} == {"id", "name"}


@pytest.mark.parametrize(("name", "words"), [("Nowhere", "Nothing here has this name"), ("%", "There are: ")])
def test_a_name_nobody_has_writes_nothing(other, tmp_path, name, words):
    with pytest.raises(CommandError, match=words):
        taken(tmp_path, name)
    assert list(tmp_path.glob("away*")) == []
