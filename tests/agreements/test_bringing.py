"""A register in use elsewhere, in any columns: guessed, put right, entered line by line, and taken out again."""

from __future__ import annotations

import io
from datetime import UTC, date, datetime, timedelta
from decimal import Decimal as D

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from openpyxl import load_workbook
from tests.world import signed_in

from commonweal.agreements.actions.bringing import let_old_drafts_go
from commonweal.agreements.models import RegisterDraft
from commonweal.agreements.register_columns import Columns, agreement_in, guessed
from commonweal.core import clock
from commonweal.core.errors import Refused
from commonweal.options.models import Agreement

REGISTER = (
    "Ref,Contract Title,Supplier Name,Start Date,Expiry Date,Annual Value (£),Contract Type\r\n"
    "1,Swimming lessons,Trust Ltd,01/04/2025,31/03/2027,\"£12,500\",Contract\r\n"
    "2,Choir for carers,Carers' Choir,1 April 2025,ongoing,900,Grant\r\n"
    "3,Lost,Somebody,soon,31/03/2027,5,Grant\r\n"
    "4,,Somebody,01/04/2025,,5,Grant\r\n"
)
OF = {"title": "t", "provider": "p", "begins": "b", "ends": "e", "total": "v"}
ROW = {"t": "Mela", "p": "Club", "b": "2025-04-01T00:00:00", "e": "2027-03-31", "v": "1000"}


@pytest.mark.promise("M1")
def test_a_register_in_any_columns_goes_in_line_by_line_and_out(world):
    browser, there = signed_in(world.admin()), world.partnership.pk
    file = SimpleUploadedFile("register.csv", REGISTER.encode())
    page = browser.post(reverse("agreements:register-bring", args=[there]), {"file": file}, follow=True)
    held = page.context["form"].initial
    assert (held["title"], held["provider"], held["yearly"]) == (
        "Contract Title", "Supplier Name", "Annual Value (£)")
    draft = RegisterDraft.objects.get()
    at = reverse("agreements:register-columns", args=[there, draft.pk])
    assert signed_in(world.outsider).get(at).status_code == 404
    assert "says what is paid" in browser.post(at, {**held, "yearly": ""}).content.decode()
    told = browser.post(at, held).content.decode()
    assert "2 agreements entered" in told
    assert "Line 4: “soon” under “Start Date” is no day" in told
    assert "Line 5: It has no title" in told
    row = Agreement.objects.get(title="Swimming lessons")
    assert (row.form, row.service, row.ends) == ("contract", "leisure", date(2027, 3, 31))
    assert [(one.year, one.pounds) for one in row.years.all()] == [("2025-26", D(12500)), ("2026-27", D(12500))]
    assert not RegisterDraft.objects.exists()
    out = browser.get(reverse("agreements:register-file", args=[there, "csv"])).content.decode("utf-8-sig")
    assert "Choir for carers,Grant," in out
    book = browser.get(reverse("agreements:register-file", args=[there, "xlsx"])).content
    assert "Agreements" in load_workbook(io.BytesIO(book)).sheetnames


@pytest.mark.parametrize(("change", "words"), [
    ({"v": ""}, "what is paid"), ({"v": "lots"}, "no amount"), ({"e": "2024-01-01"}, "before its first"),
    ({"p": "Council"}, "the same"), ({"b": ""}, "no first day"),
])
def test_a_line_that_cannot_be_entered_says_why(change, words):
    columns = Columns(of=OF, payer="Council", form="grant", service="arts", source="Register")
    with pytest.raises(Refused, match=words):
        agreement_in({**ROW, **change}, columns)
    said = agreement_in(ROW, columns)
    assert sum(pounds for _, pounds in said.years) == D(1000)
    assert "spread evenly" in said.source


def test_a_column_is_guessed_once_and_a_draft_does_not_stay(world):
    found = guessed(("Title", "Provider", "From", "To", "Total value"))
    assert [found[one] for one in ("title", "provider", "begins", "ends", "total")] == [
        "Title", "Provider", "From", "To", "Total value"]
    RegisterDraft.objects.create(partnership=world.partnership, name="r", headings=["a"], rows=[])
    with clock.fixed(datetime.now(UTC) + timedelta(days=3)):
        assert let_old_drafts_go() == 1
