"""Lists of services: brought from a pasted table or a file, taken away as annex, workbook and data."""

from __future__ import annotations

import io
from dataclasses import replace
from datetime import UTC, datetime
from decimal import Decimal

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from docx import Document
from openpyxl import Workbook, load_workbook
from tests.needs.conftest import words_of
from tests.needs.test_services import DANCES, needed, recorded, said_of
from tests.world import signed_in

from commonweal.core import clock
from commonweal.core.errors import NotAllowed, Refused
from commonweal.core.permissions import Role
from commonweal.core.viewer import viewer_of
from commonweal.needs.actions.service import bring_services
from commonweal.needs.models import Service, ServiceKind, WhyItRuns
from commonweal.needs.participation import Grid
from commonweal.needs.queries.services import services_for
from commonweal.needs.service_reading import Named
from commonweal.needs.service_table import Otherwise, RowsWrong, services_in

NOW = datetime(2026, 11, 22, 9, tzinfo=UTC)
OTHERWISE = Otherwise(run_by="Testshire District Council", theme="culture", year=2025, source="Outturn",
                      areas=(Named("E05000001", "Marsh End"),))
FORM = {"year": "2025/26", "source": "Outturn", "run_by": "Testshire District Council", "theme": "culture"}


@pytest.fixture(autouse=True)
def still(settings, tmp_path):
    settings.VAR = tmp_path
    with clock.fixed(NOW):
        yield


def grid(text):
    rows = [tuple(cell.strip() for cell in line.split("|")) for line in text.strip().splitlines()]
    return Grid(rows[0], tuple(rows[1:]), tuple(range(2, len(rows) + 1)))


@pytest.mark.parametrize(("text", "expected"), [
    ("Service\nChoir", {"kind": ServiceKind.OTHER, "reason": WhyItRuns.UNKNOWN, "themes": ("culture",)}),
    ("Service | Net cost | Ward\nChoir | £1,200 | marsh end",
     {"spend": Decimal(1200), "spend_year": 2025, "areas": (Named("E05000001", "Marsh End"),)}),
    ("Name | Provider | Why | Since | Type\nChoir | The hall | statutory | 1951 | Class",
     {"run_by": "The hall", "reason": WhyItRuns.DUTY, "since": 1951, "kind": ServiceKind.ACTIVITIES}),
    ("SERVICE | Reason | Funding ends | Year\nChoir | External grant. | 31/3/2027 | 2024.0",
     {"reason": WhyItRuns.EXTERNAL, "money_ends": datetime(2027, 3, 31, tzinfo=UTC).date(), "spend_year": 2024}),
    ("Service | Themes\nChoir | Libraries and reading; older", {"themes": ("libraries", "older")}),
])
def test_a_list_is_read_as_people_keep_it(text, expected):
    if "External grant." in text:
        text = text.replace("External grant.", "External funding")
    (said, _given), = services_in(grid(text), OTHERWISE).services
    assert said.name == "Choir"
    assert {key: getattr(said, key) for key in expected} == expected


@pytest.mark.parametrize(("text", "words"), [
    ("What it is | Cost\nChoir | 1", "No column is headed Service"),
    ("Service | Cost\nChoir | lots", "Row 2, Cost: “lots” is not an amount"),
    ("Service | Cost\nChoir | 5\n | 6", "Row 3, Service: the service has no name"),
    ("Service | Why\nChoir | because", "Row 2, Why: “because” is none of: It answers a need"),
    ("Service | Theme\nChoir | joy", "is no theme"), ("Service | Since\nChoir | 51", "is not a year"),
    ("Service | Ward\nChoir | Marshend", "Did you mean Marsh End"),
    ("Service | Review\nChoir | soon", "is not a day"), ("Service\n ", "no service under them"),
    ("Service | Why\nChoir | grant", "money from outside ends is missing"),
])
def test_what_is_wrong_is_said_with_its_row_and_column(text, words):
    with pytest.raises(Refused, match=words):
        services_in(grid(text), OTHERWISE)


def test_a_cost_without_year_or_source_is_asked_for_and_many_faults_are_counted():
    bare = Otherwise(run_by="x", theme="culture", year=None, source="", areas=())
    with pytest.raises(RowsWrong) as wrong:
        services_in(grid("Service | Cost\n" + "\n".join(f"Choir {at} | 5" for at in range(12))), bare)
    assert len(wrong.value.lines) == 11
    assert wrong.value.lines[-1] == "And 2 more."
    assert "in which financial year" in wrong.value.lines[0]


def post(world, role=Role.ADMIN, **other):
    address = reverse("needs:services-bring", args=[world.partnership.pk])
    return signed_in(world.people[role]).post(address, {**FORM, **other}, follow=True)


def test_a_pasted_list_goes_in_whole_and_again_brings_up_to_date(world):
    recorded(world, name="Choir")
    answer = post(world, pasted="Service\tCost\tColour\nChoir\t£1,200\tred\nTea dances\t900\tblue\n")
    words = words_of(answer.content.decode())
    assert "1 recorded, 1 brought up to date. Not understood and left out: Colour." in words
    rows = {one.name: one for one in services_for(viewer_of(world.admin()), world.partnership.pk)}
    assert (rows["Choir"].spend, rows["Choir"].since, rows["Choir"].reason) == (
        Decimal(1200), 1951, WhyItRuns.HISTORICAL)
    assert (rows["Tea dances"].spend, rows["Tea dances"].spend_source) == (Decimal(900), "Outturn")


def test_a_workbook_goes_in(world):
    book, kept = Workbook(), io.BytesIO()
    for line in (["Service", "Net cost", "Since"], ["Choir", 1200.5, 1951], ["Band", None, None]):
        book.active.append(line)
    book.save(kept)
    answer = post(world, file=SimpleUploadedFile("services.xlsx", kept.getvalue()))
    assert "2 recorded" in words_of(answer.content.decode())
    assert Service.objects.get(name="Choir").spend == Decimal("1200.50")


@pytest.mark.parametrize(("other", "words"), [
    ({"pasted": "Service\tCost\nChoir\tlots\n"}, "“lots” is not an amount in pounds"),
    ({"pasted": ""}, "Paste the list, or choose a file"), ({"pasted": "Choir"}, "no table with a row of headings"),
    ({"pasted": "Service\nChoir", "year": "soon"}, "Write it as 2025/26"),
    ({"pasted": "Service\nChoir\nMrs Smith's group", "run_by": "Dr Smith"}, "never a person"),
    ({"file": SimpleUploadedFile("list.xlsx", b"PK\x03\x04 not a workbook")}, "list.xlsx"),
    ({"pasted": "Service\nChoir", "file": SimpleUploadedFile("list.csv", b"Service\nChoir\n")}, "not both"),
])
def test_a_list_that_cannot_go_in_is_refused_in_words_and_nothing_of_it_is_kept(world, other, words):
    assert words in words_of(post(world, **other).content.decode())
    assert not Service.objects.exists()


def test_a_list_of_another_organisations_service_changes_nothing(world):
    recorded(world, name="Choir", run_by="The hall")
    Service.objects.update(said_for=world.other_council)
    both = [(one, ("name",)) for one in (DANCES, replace(DANCES, name="Choir", run_by="The hall"))]
    with pytest.raises(NotAllowed, match="Choir: Only the organisation"):
        bring_services(by=viewer_of(world.admin()), partnership=world.partnership, services=both)
    assert Service.objects.count() == 1


def file_of(world, ending):
    address = reverse("needs:services-file", args=[world.partnership.pk, ending])
    return signed_in(world.admin()).get(address)


def test_what_is_taken_away_as_csv_comes_back_as_it_was(world):
    recorded(world, groups="Older people", site="The hall")
    recorded(world, name="Choir", reason=WhyItRuns.NEED, spend=None, spend_year=None, spend_source="", since=None)
    kept = file_of(world, "csv").content
    Service.objects.all().delete()
    post(world, file=SimpleUploadedFile("services.csv", kept))
    again = file_of(world, "csv").content
    assert again == kept
    assert Service.objects.count() == 2


def test_the_annex_says_what_the_page_says(world):
    needed(world)
    row = recorded(world)
    said_of(world, row, dance="none")
    answer = file_of(world, "docx")
    text = "\n".join(one.text for one in Document(io.BytesIO(answer.content)).element.body.iter() if one.text)
    for said in ("Of 1 need, 1 has no service", "Every service was looked at; none answers it.", "Tea dances",
                 "is not a service without a use", "Nobody has been asked yet", "What may not be concluded"):
        assert said in text
    assert file_of(world, "pdf").content.startswith(b"%PDF")
    book = load_workbook(io.BytesIO(file_of(world, "xlsx").content))
    assert {"Services", "Matrix", "Spend by theme"} <= {sheet.title for sheet in book}
    assert file_of(world, "odt").status_code == 404


def test_services_and_where_they_part_from_needs_as_data(world):
    need = needed(world)
    row = recorded(world)
    said_of(world, row, dance="part")
    browser, base = signed_in(world.admin()), f"/api/partnerships/{world.partnership.pk}"
    one, = browser.get(f"{base}/services").json()
    assert (one["name"], one["spend"], one["spend_year"]) == ("Tea dances", "18000.00", "2025/26")
    assert one["answers"][0] == {"need": str(need.pk), "answers": "part", "how_known": "We counted.",
                                 "on": "2026-11-22", "need_changed": False}
    found = browser.get(f"{base}/mismatch").json()
    assert found["needs"][0]["served"] == "part"
    assert found["needs"][0]["part"] == [str(row.pk)]
    assert found["services_that_always_ran"] == [str(row.pk)]
    assert found["services_without_needs"] == []
    assert all(each["base"] for each in found["figures"])
    assert {each["source"]["publisher"] for each in found["figures"]} == {"Testshire together"}
    assert found["cannot_conclude"]
    assert signed_in(world.people[Role.PROVIDER]).get(f"{base}/services").status_code == 403
    assert signed_in(world.outsider).get(f"{base}/mismatch").status_code == 404
