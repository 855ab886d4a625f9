"""Visits through the pages: brought, columns said once, months added, held twice, killed and taken up again."""

from __future__ import annotations

import io
from datetime import UTC, datetime

import openpyxl
import pyarrow as pa
import pyarrow.parquet as pq
import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from tests.needs.conftest import words_of
from tests.world import build_world, signed_in

from commonweal.core import clock
from commonweal.core.actions.jobs import cancel_job
from commonweal.core.actions.organisations import create_organisation
from commonweal.core.actions.partnerships import add_organisation, add_place
from commonweal.core.actions.people import add_person
from commonweal.core.actions.roles import give_role
from commonweal.core.jobs.running import run
from commonweal.core.models import Job, JobState, OrganisationKind, Upload, UploadState
from commonweal.core.permissions import Role
from commonweal.core.quarantine import quarantine
from commonweal.core.stores import stores
from commonweal.core.viewer import SYSTEM, viewer_of
from commonweal.example.geography import land
from commonweal.needs import visit_reading
from commonweal.needs.models import VisitFile, VisitFileState
from commonweal.needs.queries.visit_store import visit_store

NOW = datetime(2026, 11, 25, 9, tzinfo=UTC)
HEAD = "Member No,Full name,Email,Date of birth,Visit date,Site,Home postcode,Price\n"


@pytest.fixture
def world(db, settings, example_var, tmp_path):
    settings.VAR = tmp_path
    (tmp_path / "lake").mkdir()
    (tmp_path / "lake" / "example").symlink_to(example_var / "lake" / "example")
    with clock.fixed(NOW):
        made = build_world()
        main = land().main
        add_place(by=SYSTEM, partnership=made.invented, kind="district", code=main.code, vintage=2024,
                  name=main.name)
        yield made


@pytest.fixture
def officer(world):
    return signed_in(world.invented_person)


@pytest.fixture
def postcode(world):
    table = stores().example.table("postcodes")
    found = stores().example.arrow(table.filter(table.lsoa_code != "").select("postcode").limit(1))
    return found["postcode"][0].as_py()


def at(world, name, **more):
    return reverse(f"needs:{name}", kwargs={"partnership": world.invented.pk, **more})


def visit(number, postcode, when="01/04/2026 09:00", member="", price="4.50"):
    return f"{member or f'M{number % 40}'},Jo Smith,jo@smith.org,01/05/1980,{when},Pool,{postcode},{price}\n"


def april(postcode, month=4, rows=60):
    return HEAD + "".join(
        visit(n, postcode, f"{n % 28 + 1:02d}/{month:02d}/2026 {9 + n % 8:02d}:{n % 60:02d}") for n in range(rows)
    )


def sent(world, officer, data: bytes | str, name: str = "visits.csv") -> VisitFile:
    """Through the form, and looked at by the worker."""
    before = set(VisitFile.objects.values_list("pk", flat=True))
    body = data if isinstance(data, bytes) else data.encode()
    said = {"title": "Leisure centres", "file": SimpleUploadedFile(name, body)}
    answer = officer.post(at(world, "visits-bring"), said)
    assert answer.status_code == 302, words_of(answer.content.decode())
    run(Job.objects.get(state="waiting").pk)
    return VisitFile.objects.exclude(pk__in=before).get()


def confirmed(world, officer, file: VisitFile, **changes: str) -> VisitFile:
    """The guesses sent back as they stand, but for the changes."""
    form = officer.get(at(world, "visit-columns", file=file.pk)).context["form"]
    said = {field.name: changes.get(column["name"], column["meaning"]) for field, column in form.columns()}
    answer = officer.post(at(world, "visit-columns", file=file.pk), said)
    assert answer.status_code == 302, words_of(answer.content.decode())
    run(Job.objects.get(state="waiting").pk)
    file.refresh_from_db()
    return file


def receipt(world, officer, file: VisitFile) -> str:
    answer = officer.get(at(world, "visit-file", file=file.pk))
    assert answer.status_code == 200
    return words_of(answer.content.decode())


def brought(world, officer, data, name="visits.csv", **changes) -> VisitFile:
    return confirmed(world, officer, sent(world, officer, data, name), **changes)


def test_a_file_is_brought_and_its_receipt_accounts_for_everything(world, officer, postcode):
    odd = (visit(1, postcode, when="01/04/2031 09:00") + visit(2, postcode, price="-3.00")
           + "".join(visit(3, "", when=f"02/04/2026 10:{n:02d}") for n in range(30)))
    file = sent(world, officer, april(postcode) + odd)
    assert file.state == VisitFileState.ASKED
    page = words_of(officer.get(at(world, "visit-columns", file=file.pk)).content.decode())
    assert "Never read, because they are about people" in page
    file = confirmed(world, officer, file)
    assert file.state == VisitFileState.READ
    words = receipt(world, officer, file)
    assert "91 of 92 rows went in: 91 visits, April 2026" in words
    for said in ("Is dated in the future", "Has a price below nothing", "Has no postcode",
                 "results by area are a least and a most", "Full name", "never read", "keyed pseudonym"):
        assert said in words, said
    assert file.report["postcodes_matched"] == file.report["postcodes"] == 61
    assert not quarantine().holds(file.upload_id)
    assert file.upload.state == UploadState.READ
    held = b"".join(one.read_bytes() for one in visit_store(file.system).root.rglob("*") if one.is_file())
    for secret in (b"Jo Smith", b"jo@smith.org", postcode.encode(), b"01/05/1980"):
        assert secret not in held


def test_known_columns_are_not_asked_again_and_old_months_are_not_read(world, officer, postcode):
    file = brought(world, officer, april(postcode))
    first = visit_store(file.system).files("visits")[0]
    stamp = first.stat().st_mtime_ns
    second = sent(world, officer, april(postcode, month=5), "may.csv")
    assert second.state == VisitFileState.READ
    assert second.system_id == file.system_id
    assert "May 2026" in receipt(world, officer, second)
    assert "keyed pseudonym" in receipt(world, officer, second)
    assert first.stat().st_mtime_ns == stamp
    assert [one.month for one in visit_store(file.system).manifest.months] == [202604, 202605]


@pytest.mark.parametrize(("choice", "visits"), [("leave", 60), ("replace", 50)])
def test_a_month_held_already_is_asked_about(world, officer, postcode, choice, visits):
    brought(world, officer, april(postcode))
    twice = sent(world, officer, april(postcode, rows=50), "again.csv")
    assert twice.state == VisitFileState.TWICE
    assert "would count people's visits twice" in receipt(world, officer, twice)
    assert officer.post(at(world, "visit-again", file=twice.pk), {"choice": "?"}).status_code == 400
    assert officer.post(at(world, "visit-again", file=twice.pk), {"choice": choice}).status_code == 302
    for job in Job.objects.filter(state="waiting"):
        run(job.pk)
    twice.refresh_from_db()
    assert twice.state == (VisitFileState.READ if choice == "replace" else VisitFileState.REFUSED)
    assert [one.visits for one in visit_store(twice.system).manifest.months] == [visits]
    assert not quarantine().holds(twice.upload_id)


def test_the_very_same_file_changes_nothing(world, officer, postcode):
    brought(world, officer, april(postcode))
    same = sent(world, officer, april(postcode))
    assert same.state == VisitFileState.READ
    assert "in already" in Job.objects.get(subject=same.pk).message


def test_a_worker_that_died_half_way_is_followed_by_another(world, officer, postcode, monkeypatch):
    file = sent(world, officer, april(postcode))
    form = officer.get(at(world, "visit-columns", file=file.pk)).context["form"]
    officer.post(at(world, "visit-columns", file=file.pk),
                 {field.name: column["meaning"] for field, column in form.columns()})
    job = Job.objects.get(state="waiting")
    settle = visit_reading.settle_visits

    def dies(**_):
        raise KeyboardInterrupt

    monkeypatch.setattr(visit_reading, "settle_visits", dies)
    with pytest.raises(KeyboardInterrupt):
        run(job.pk)
    monkeypatch.setattr(visit_reading, "settle_visits", settle)
    Job.objects.filter(pk=job.pk).update(heartbeat=None)
    run(job.pk)
    file.refresh_from_db()
    assert (file.state, file.report["visits"]) == (VisitFileState.READ, 60)
    assert Job.objects.get(pk=job.pk).message.startswith("60 visits of 1 month are in")


def test_called_off_half_way_leaves_no_trace(world, officer, postcode, monkeypatch):
    file = sent(world, officer, april(postcode))
    form = officer.get(at(world, "visit-columns", file=file.pk)).context["form"]
    officer.post(at(world, "visit-columns", file=file.pk),
                 {field.name: column["meaning"] for field, column in form.columns()})
    job = Job.objects.get(state="waiting")
    look = visit_reading.homes_of

    def called_off(of):
        cancel_job(by=viewer_of(world.invented_person), job=Job.objects.get(pk=job.pk))
        return look(of)

    monkeypatch.setattr(visit_reading, "homes_of", called_off)
    run(job.pk)
    assert Job.objects.get(pk=job.pk).state == JobState.CANCELLED
    assert not visit_store(file.system).manifest.months
    assert not list(visit_store(file.system).root.glob("drafts/*"))


@pytest.mark.parametrize(("name", "data", "said"), [
    ("v.csv", b"\xff\xfe\x00", "no table"),
    ("v.parquet", b"PAR1 this is none", "damaged Parquet file"),
    ("v.xlsx", b"PK\x03\x04 this is none", ""),
])
def test_a_file_that_cannot_be_read_says_so_and_goes(world, officer, name, data, said):
    file = sent(world, officer, data, name)
    assert file.state == VisitFileState.REFUSED
    assert said in file.said
    assert file.said
    assert not quarantine().holds(file.upload_id)
    assert "Nothing was stored" in receipt(world, officer, file)


def test_no_date_no_file_and_twice_the_same_are_told(world, officer, postcode):
    page = officer.post(at(world, "visits-bring"), {"title": ""})
    assert "Choose the file to bring" in words_of(page.content.decode())
    empty = {"title": "Leisure", "file": SimpleUploadedFile("e.csv", b"")}
    assert "The file is empty" in words_of(officer.post(at(world, "visits-bring"), empty).content.decode())
    assert not Upload.objects.exists()
    file = sent(world, officer, april(postcode))
    for changes, why in (({"Visit date": ""}, "Say which column is the date"),
                         ({"Site": "price"}, "cannot both be the same")):
        form = officer.get(at(world, "visit-columns", file=file.pk)).context["form"]
        said = {field.name: changes.get(column["name"], column["meaning"]) for field, column in form.columns()}
        answer = officer.post(at(world, "visit-columns", file=file.pk), said)
        assert why in words_of(answer.content.decode())


def test_excel_and_parquet_and_counts_of_members(world, officer, postcode):
    book = openpyxl.Workbook()
    book.active.append(["Member No", "Month", "Visits", "Home postcode"])
    for n in range(30):
        book.active.append([f"M{n}", "2026-04", n % 5 + 1, postcode])
    kept = io.BytesIO()
    book.save(kept)
    assert brought(world, officer, kept.getvalue(), "counts.xlsx").report["visits"] == 90
    totals = io.BytesIO()
    two = {"Site": ["Pool", "Hall"], "Month": ["2026-05", "2026-05"], "Visits": [900, 100]}
    pq.write_table(pa.table(two), totals)
    file = brought(world, officer, totals.getvalue(), "totals.parquet")
    assert (file.report["visits"], file.report["known_member_visits"]) == (1000, 0)


def test_another_organisation_sees_nothing_of_it(world, officer, postcode):
    file = brought(world, officer, april(postcode))
    trust = create_organisation(by=SYSTEM, name="Larkmere Arts", kind=OrganisationKind.DISTRICT, example=True)
    other = add_person(by=SYSTEM, email="al@example.com", name="Al Other", example=True)
    add_organisation(by=SYSTEM, partnership=world.invented, organisation=trust, signs_off=False)
    give_role(by=SYSTEM, partnership=world.invented, person=other, organisation=trust, role=Role.ANALYST)
    theirs = signed_in(other)
    assert "Leisure centres" not in words_of(theirs.get(at(world, "visits")).content.decode())
    assert theirs.get(at(world, "visit-file", file=file.pk)).status_code == 404
    assert "visits.csv" in words_of(officer.get(at(world, "visits")).content.decode())
