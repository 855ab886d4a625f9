"""A file that is brought is read, asked about or refused in words; nobody's name goes in."""

from __future__ import annotations

import io
import re
import zipfile
from pathlib import Path

import pytest
from django.template.loader import render_to_string
from openpyxl import Workbook

from commonweal.core.actions.jobs import cancel_job, start_job
from commonweal.core.actions.organisations import create_organisation
from commonweal.core.actions.partnerships import add_organisation
from commonweal.core.actions.people import add_person
from commonweal.core.actions.roles import give_role
from commonweal.core.actions.uploads import Brought, answer_mapping, record_upload
from commonweal.core.background import MAP, READ
from commonweal.core.errors import NotAllowed, NotFound, Refused
from commonweal.core.ids import uuid7
from commonweal.core.intake.mapping import Said
from commonweal.core.intake.question import Answer, Question, kept, mapping_of
from commonweal.core.jobs.running import run
from commonweal.core.models import Job, JobState, OrganisationKind, Partnership, Person, Upload, UploadState
from commonweal.core.permissions import Role
from commonweal.core.quarantine import quarantine
from commonweal.core.queries.jobs import job_for
from commonweal.core.queries.uploads import upload_for, upload_record, uploads_for
from commonweal.core.stores import own_store, stores
from commonweal.core.viewer import SYSTEM, Viewer, viewer_of
from commonweal.lake.assistant.mapping import Headers, Target

SWIMS = (
    b"District code,District,Period,Swims per head,Contact e-mail\r\n"
    b"E08000011,Knowsley,2023/24,4.2,jan@example.com\r\n"
    b"E07000202,Ipswich,2023/24,5.1,sam@example.com\r\n"
    b"nowhere,Nowhere,2023/24,9,x@example.com\r\n"
)


@pytest.fixture
def bring(world):
    def brought(
        name: str, data: bytes, *, person: Person | None = None, home: Partnership | None = None
    ) -> Upload:
        by, home = viewer_of(person or world.people[Role.ANALYST]), home or world.partnership
        upload_id = uuid7()
        taken = quarantine().take_in(upload_id, [data], limit=50_000_000)
        upload = record_upload(
            by=by, partnership=home, brought=Brought(name, taken.size, taken.sha256),
            upload_id=upload_id,
        )
        job = start_job(
            by=by, kind=READ, key=f"{READ}:{upload.pk}", partnership=home, subject=upload.pk
        )
        run(job.pk)
        upload.refresh_from_db()
        return upload

    return brought


def answer(question: Question, **changes: object) -> Answer:
    said = {
        "target": Target(question.target), "headers": Headers(question.headers),
        "roles": {column.name: column.role for column in question.columns}, "given": {}, "title": "Swims per head",
        "publisher": "Testshire Leisure", "licence": "Our own",
    }
    return Answer(**{**said, **changes})  # type: ignore[arg-type]


def test_an_unknown_table_is_asked_about_and_shows_nobody(bring):
    upload = bring("swims.csv", SWIMS)
    assert upload.state == UploadState.MAPPING
    question = Question.from_data(upload.question)
    roles = {column.name: column.role for column in question.columns}
    assert roles == {
        "District code": "area_code", "District": "", "Period": "period", "Swims per head": "value",
        "Contact e-mail": "",
    }
    assert "jan@example.com" not in str(upload.question)
    assert all(column.reason for column in question.columns)
    assert quarantine().holds(upload.pk)


def test_the_answer_takes_it_in_and_keeps_out_what_cannot_go(bring, world):
    upload = bring("swims.csv", SWIMS)
    by = viewer_of(world.people[Role.ANALYST])
    question = Question.from_data(upload.question)
    said = answer(question)
    answer_mapping(by=by, upload=upload, answer={
        "mapping": kept(mapping_of(question, said)), "title": said.title, "publisher": said.publisher,
        "licence": said.licence,
    })
    job = start_job(by=by, kind=MAP, key="map", partnership=world.partnership, subject=upload.pk)
    run(job.pk)
    card = upload_for(by, upload.pk)
    assert card.state is UploadState.PARTLY
    assert card.outcome.kept_out_count == 1
    assert card.outcome.kept_out[0].row == 4
    assert "area" in card.outcome.kept_out[0].reason
    store = own_store(world.partnership.pk)
    rows = store.arrow(store.table("observations")).to_pylist()
    assert {(row["area_code"], row["value"], row["period"]) for row in rows} == {
        ("E08000011", 4.2, "2023/24"), ("E07000202", 5.1, "2023/24")
    }
    assert "example.com" not in str(rows)
    assert not quarantine().holds(upload.pk)
    assert store.datasets()[0].provenance.publisher == "Testshire Leisure"
    assert not stores().published.exists
    assert not own_store(world.other_partnership.pk).exists


def test_an_answer_that_does_not_fit_is_asked_for_again_and_counts_once(bring, world):
    by, upload = viewer_of(world.admin()), bring("areas.csv", b"Area code,Value\nE08000011,5\nE07000202,6\n")
    question = Question.from_data(upload.question)

    def said(period: str, key: str) -> Job:
        fits = Answer(
            target=Target.OBSERVATIONS, headers=Headers.INDICATOR, title="Areas", publisher="Us", licence="Ours",
            roles={"Area code": "area_code", "Value": "value"}, given={"period": period},
        )
        answer_mapping(by=by, upload=upload, answer={
            "mapping": kept(mapping_of(question, fits)), "title": "Areas", "publisher": "Us", "licence": "Ours",
        })
        with pytest.raises(Refused, match="does not wait for an answer"):
            answer_mapping(by=by, upload=upload, answer={})
        job = start_job(by=by, kind=MAP, key=key, partnership=world.partnership, subject=upload.pk)
        run(job.pk)
        job.refresh_from_db()
        return job

    failed = said("last year", "first")
    assert failed.state == JobState.FAILED
    card = upload_for(by, upload.pk)
    assert card.waits_for_mapping
    assert card.outcome.sentence == failed.message
    assert "last year" in failed.message
    assert said("2024", "second").state == JobState.DONE
    assert upload_for(by, upload.pk).state is UploadState.READ


KEYS = [
    ("Visits 2023", "a", True), ("visits  2023 ", "a", True), ("Visits: 2023!", "a", False), ("訪問", "a", False),
    ("Visits 2023", "b", False), ("", "a", False),
]


@pytest.mark.parametrize(("title", "columns", "same"), KEYS)
def test_only_the_same_table_with_the_same_title_takes_its_place(title, columns, same):
    key = Said(title, "p", "l", columns).dataset
    assert (key == Said("Visits 2023", "p", "l", "a").dataset) is same
    assert re.fullmatch(r"own-[a-z0-9-]+", key)


def test_titles_in_another_script_stay_apart_and_long_ones_fit():
    assert Said("訪問", "p", "l", "a").dataset != Said("图书馆", "p", "l", "a").dataset
    assert len(Said("visits " * 60, "p", "l", "a").dataset) <= Upload._meta.get_field("dataset").max_length


@pytest.mark.parametrize(("changes", "sentence"), [
    ({"roles": {"District code": "", "Period": "period", "Swims per head": "value"}}, "area's code"),
    ({"roles": {"District code": "area_code", "Period": "period"}}, "holds the values"),
    ({"roles": {"District code": "area_code", "Swims per head": "value"}}, "Which period|which period"),
    ({"roles": {"District code": "area_code", "District": "area_code", "Swims per head": "value"}}, "both be"),
])
def test_an_answer_that_makes_no_rows_is_refused_in_words(bring, changes, sentence):
    question = Question.from_data(bring("swims.csv", SWIMS).question)
    with pytest.raises(Refused, match=sentence):
        mapping_of(question, answer(question, **changes))


def test_columns_about_people_never_go_in_whatever_is_answered(bring):
    question = Question.from_data(bring("swims.csv", SWIMS).question)
    roles = {**answer(question).roles, "Contact e-mail": "category"}
    mapping = mapping_of(question, answer(question, roles=roles))
    assert "Contact e-mail" in mapping.left_out
    assert "Contact e-mail" not in mapping.used()


def workbook_with_no_rows() -> bytes:
    out = io.BytesIO()
    Workbook().save(out)
    return out.getvalue()


def zip_bomb() -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("a.csv", b"0" * 300_000_000)
    return out.getvalue()


HOSTILE = [
    ("nothing.xlsx", workbook_with_no_rows),
    ("bomb.zip", zip_bomb),
    ("half.xlsx", lambda: workbook_with_no_rows()[:200]),
    ("noise.csv", lambda: bytes(range(256)) * 40),
    ("lies.parquet", lambda: b"PAR1" + b"\x00" * 100 + b"PAR1"),
    ("deep.json", lambda: b"[" * 100_000),
    ("..\\..\\evil\x00.csv", lambda: b"a,b\n"),
    ("entities.xlsx", lambda: b'<?xml version="1.0"?><!DOCTYPE x [<!ENTITY a "aaaa">]><x>&a;</x>'),
]


@pytest.mark.parametrize(("name", "data"), HOSTILE, ids=[name.split(".")[0] or "path" for name, _ in HOSTILE])
def test_a_hostile_file_gets_a_sentence_and_never_a_fault(bring, name, data):
    upload = bring(name, data())
    job = Job.objects.get(subject=upload.pk)
    assert job.state == JobState.DONE, job.message
    assert upload.state in (UploadState.SET_ASIDE, UploadState.MAPPING), upload.outcome
    assert upload.outcome["sentence"]
    assert "Traceback" not in str(upload.outcome)
    card = job_for(viewer_of(job.owner), job.pk)
    assert card.not_read == (upload.state == UploadState.SET_ASIDE)
    assert ("Not read" in render_to_string("web/jobs/status.html", {"job": card})) == card.not_read
    assert quarantine().holds(upload.pk) == (upload.state == UploadState.MAPPING)


REGIONS = b"LAD24CD,LAD24NM,RGN24CD,RGN24NM\nE07000202,Ipswich,E12000006,East of England\n"


@pytest.fixture
def staff(world) -> Person:
    give_role(
        by=SYSTEM, partnership=world.partnership, person=world.staff, organisation=world.council, role=Role.ANALYST
    )
    return world.staff


@pytest.mark.parametrize("who", ["admin", "analyst", "invented"])
def test_only_the_installations_staff_changes_what_everybody_reads(bring, world, who):
    person = world.invented_person if who == "invented" else world.people[Role(who)]
    home = world.invented if who == "invented" else world.partnership
    upload = bring("regions.csv", REGIONS, person=person, home=home)
    assert upload.state == UploadState.SET_ASIDE
    assert upload.outcome["sentence"].startswith("This is ")
    assert upload.outcome["sentence"].endswith("with one command: commonweal pull --from FOLDER")
    assert upload_for(viewer_of(person), upload.pk).recognised
    assert not upload.dataset
    assert not stores().published.exists
    assert not own_store(home.pk).exists
    assert not quarantine().holds(upload.pk)


def test_an_invented_person_never_does_staff_or_not(bring, world):
    Person.objects.filter(pk=world.invented_person.pk).update(is_staff=True)
    upload = bring("regions.csv", REGIONS, person=world.invented_person, home=world.invented)
    assert upload.state == UploadState.SET_ASIDE
    assert not stores().published.exists


def test_staff_bring_a_published_file_in_for_everybody(bring, staff):
    upload = bring("regions.csv", REGIONS, person=staff)
    assert (upload.state, upload.dataset) == (UploadState.READ, "district-region")
    assert stores().published.dataset("district-region") is not None
    same = bring("the same.csv", REGIONS)
    assert (same.state, same.dataset) == (UploadState.READ, "district-region")
    assert "here already" in same.outcome["sentence"]


@pytest.mark.real_data
@pytest.mark.promise("N2")
def test_a_published_file_is_recognised_under_any_name(bring, staff, published: Path):
    (path,) = published.rglob("fingertips_inactive_adults.csv")
    upload = bring("copy of copy.txt", path.read_bytes(), person=staff)
    assert upload.state == UploadState.READ
    assert upload.dataset == "fingertips-inactive-adults"
    assert stores().published.dataset("fingertips-inactive-adults") is not None
    again = bring("the same again.csv", path.read_bytes())
    assert again.state == UploadState.READ
    assert "here already" in again.outcome["sentence"]


class TestWhoseFile:
    """A file is its organisation's until what it holds is shared: others neither see, answer nor stop it."""

    @pytest.fixture
    def neighbour(self, world) -> Viewer:
        other = create_organisation(by=SYSTEM, name="Testshire Health", kind=OrganisationKind.HEALTH)
        add_organisation(by=SYSTEM, partnership=world.partnership, organisation=other)
        person = add_person(by=SYSTEM, email="strategy@health.example", name="Gay Pugh")
        give_role(by=SYSTEM, partnership=world.partnership, person=person, organisation=other, role=Role.ADMIN)
        return viewer_of(person)

    @pytest.fixture
    def brought(self, world) -> Upload:
        made: Upload = record_upload(by=viewer_of(world.people[Role.ANALYST]), partnership=world.partnership,
                                     brought=Brought("clients.csv", 10, "0" * 64), upload_id=uuid7())
        Upload.objects.filter(pk=made.pk).update(state=UploadState.MAPPING)
        return made

    def test_seen_by_its_own_organisation_alone(self, world, brought, neighbour):
        assert [one.id for one in uploads_for(viewer_of(world.admin()), world.partnership.pk)] == [brought.pk]
        assert uploads_for(neighbour, world.partnership.pk) == ()
        with pytest.raises(NotFound):
            upload_record(neighbour, brought.pk)

    def test_answered_and_stopped_by_it_alone(self, world, brought, neighbour):
        job = Job.objects.create(key="read", kind="read", partnership=world.partnership, subject=brought.pk,
                                 owner=world.people[Role.ANALYST], organisation=brought.organisation)
        assert not Job.objects.visible_to(neighbour).filter(pk=job.pk).exists()
        assert Job.objects.visible_to(viewer_of(world.admin())).filter(pk=job.pk).exists()
        with pytest.raises(NotAllowed, match="Another organisation"):
            cancel_job(by=neighbour, job=job)
        with pytest.raises(NotAllowed, match="Another organisation"):
            answer_mapping(by=neighbour, upload=brought, answer={"columns": []})
        answer_mapping(by=viewer_of(world.admin()), upload=brought, answer={"columns": []})
