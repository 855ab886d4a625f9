"""A return as a workbook that goes round, and as a form for ODK and Kobo; mistakes named by their cells."""

from __future__ import annotations

import csv
import io
import json
import re
import shutil
import subprocess
import sys
from datetime import UTC, date, datetime

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from openpyxl import load_workbook
from tests.access.returns import agreed
from tests.measures.test_returns import NUMBERS, opened

from commonweal.core import clock
from commonweal.core.viewer import viewer_of
from commonweal.measures.actions.opening import open_returns
from commonweal.measures.actions.plans import PlanSaid, plan_returns
from commonweal.measures.models import ReturnAnswer
from commonweal.policy.returns import return_question

NOW = datetime(2026, 1, 20, 10, 0, tzinfo=UTC)
GROUPS = (("girls-1", "Girls"), ("carers-2", "Carers"))


@pytest.fixture(autouse=True)
def at(settings, tmp_path):
    settings.VAR = tmp_path
    with clock.fixed(NOW):
        yield


@pytest.fixture
def row(world):
    by = viewer_of(world.admin())
    plan_returns(by=by, agreement=agreed(world), said=PlanSaid(
        tier=2, tier_reason="Try.", every=12, begins=date(2025, 1, 1), difference="they felt less alone",
        provider_name="Dance Club", groups=GROUPS))
    return open_returns(by=by, partnership=world.partnership)[-1]


def download(client, row, kind):
    told = client.get(reverse("measures:return-file", args=[row.pk, kind]))
    assert "attachment" in told.headers["Content-Disposition"]
    return load_workbook(io.BytesIO(told.content))


def bring(client, row, name, data):
    return client.post(reverse("measures:return-bring", args=[row.pk]), {"file": SimpleUploadedFile(name, data)},
                       follow=True).content.decode()


def filled(book, answers) -> bytes:
    page = book.active
    for line in range(5, page.max_row + 1):
        key = page.cell(row=line, column=6).value
        if key in answers:
            page.cell(row=line, column=3, value=answers[key])
    kept = io.BytesIO()
    book.save(kept)
    return kept.getvalue()


@pytest.mark.promise("M2")
def test_a_workbook_goes_round_and_names_the_cells_that_are_wrong(world, row):
    client = opened(world, row)
    book = download(client, row, "workbook")
    page = book.active
    assert page.protection.sheet
    assert page["A5"].protection.locked
    assert not page["C5"].protection.locked
    assert {one.type for one in page.data_validations.dataValidation} == {"whole", "list"}
    told = bring(client, row, "r.xlsx", filled(book, {"people": "many", "sessions": "few", "answered": -2}))
    assert "Must be a whole number, such as 12, or 0" in told
    assert "sheet “Return”, row 5, column C (Sessions)" in told
    assert "row 7, column C (Different people)" in told
    assert not ReturnAnswer.objects.exists()
    answers = {**NUMBERS, "sessions": 40, "asked": 25, "groups.girls-1": 12, "story": "=1+1"}
    told = bring(client, row, "r.xlsx", filled(download(client, row, "workbook"), answers))
    assert "Check and send" in told
    held = dict(ReturnAnswer.objects.values_list("question", "value"))
    assert (held["people"], held["groups"], held["sessions"]) == (31, {"girls-1": 12}, 40)
    again = download(client, row, "workbook").active
    assert [again.cell(row=at, column=3).value for at in (5, 7)] == [40, 31]
    assert client.post(reverse("measures:return-check", args=[row.pk])).status_code == 302


@pytest.mark.parametrize(("name", "data", "words"), [
    ("r.xlsx", b"PK\x03\x04 no workbook", "r.xlsx"), ("notes.csv", b"a,b\n1,2\n", "is not this return"),
    ("r.csv", b"people,answered\n3,4\n5,6\n", "2 submissions"), ("r.csv", b"people,asked\n3,x\n", "whole number"),
])
def test_another_file_is_refused_in_a_sentence(world, row, name, data, words):
    assert words in bring(opened(world, row), row, name, data)
    assert not ReturnAnswer.objects.exists()


def test_a_form_for_odk_keeps_its_rules_and_what_it_collects_is_taken_in(world, row):
    client = opened(world, row)
    book = download(client, row, "odk")
    assert book.sheetnames == ["survey", "choices", "settings"]
    heads, *lines = book["survey"].iter_rows(values_only=True)
    survey = [dict(zip(heads, line, strict=True)) for line in lines]
    names = [one["name"] for one in survey if one["name"]]
    assert len(names) == len(set(names))
    assert all(re.fullmatch(r"[A-Za-z_][A-Za-z0-9_.-]*", one) for one in names)
    types = [one["type"] for one in survey]
    assert types.count("begin_group") == types.count("end_group") == 1
    used = re.findall(r"\$\{([^}]+)\}", str(survey))
    assert set(used) <= set(names)
    people = next(one for one in survey if one["name"] == "people")
    assert f". <= {return_question('people').most}" in people["constraint"]
    assert "${attendances}" in people["constraint"]
    kept = io.StringIO()
    values = {"attendances": 240, "people": 31, "groups-groups_girls-1": 12, "asked_cannot": "uncounted"}
    table = csv.DictWriter(kept, values)
    table.writeheader()
    table.writerow(values)
    assert "4 answers taken" in bring(client, row, "form.csv", kept.getvalue().encode())
    assert ReturnAnswer.objects.get(question="asked").cannot == "uncounted"
    assert ReturnAnswer.objects.get(question="groups").value == {"girls-1": 12}


@pytest.mark.skipif(not shutil.which("java"), reason="needs Java")
def test_odks_own_validator_accepts_the_form(world, row, tmp_path):
    form = tmp_path / "form.xlsx"
    form.write_bytes(opened(world, row).get(reverse("measures:return-file", args=[row.pk, "odk"])).content)
    converter = [sys.executable, "-m", "pyxform.xls2xform", "--json", str(form), str(tmp_path / "form.xml")]
    said = subprocess.run(converter, capture_output=True, text=True, timeout=120, check=False)
    told = json.loads(said.stderr.strip().splitlines()[-1])
    assert (told["code"], told["warnings"]) == (100, [])
    assert (tmp_path / "form.xml").read_text().startswith("<?xml")
