"""What the partners agreed stands on the pages and in the files of their assessment, and nowhere else."""

from __future__ import annotations

import io
import re

import pytest
from docx import Document
from openpyxl import load_workbook
from pypdf import PdfReader
from tests.needs.conftest import words_of
from tests.needs.test_keeping import _of_another_partnership
from tests.world import signed_in

from commonweal.core.models import Partnership, Person
from commonweal.core.viewer import viewer_of
from commonweal.needs.actions.need import Wording, rewrite_need
from commonweal.needs.actions.statement import answer_statement, write_statement
from commonweal.needs.agreed import Heard
from commonweal.needs.documents.agreed import heard_words
from commonweal.needs.models import KeptAssessmentVersion, Need, NeedState, RankingRound
from commonweal.needs.replay import assessment_from_json
from commonweal.needs.support import support_of

CODE = "Z07000001"
NEED = "Dance near home"
SIGNERS = ("officer@larkmere.example", "partnerships@greaterlark.example", "secretary@larkmeretrust.example",
           "strategy@larkhealth.example", "chair@larkva.example")
SAYS = (
    NEED, "Girls of 11 to 16 in Marsh End and Fishergate need somewhere to dance", "Asked, silent",
    "Forty doorstep conversations in Marsh End", "Priya Anand, Larkmere District Council", "None was put",
)
pytestmark = pytest.mark.django_db


@pytest.fixture
def partnership(example_records, pages, settings, example_var):
    settings.VAR = example_var
    return Partnership.objects.get(end=None)


def browser(email):
    return signed_in(Person.objects.get(email=email))


def inside(partnership, ending=""):
    name = f"assessment.{ending}" if ending else ""
    return f"/place/{CODE}/with/{partnership.pk}/{name}"


def text_of(body: bytes, ending: str) -> str:
    """Everything a reader of the file sees."""
    if ending == "pdf":
        said = " ".join(page.extract_text() for page in PdfReader(io.BytesIO(body)).pages)
    elif ending == "docx":
        said = " ".join(node.text or "" for node in Document(io.BytesIO(body)).element.iter("{*}t"))
    elif ending == "xlsx":
        sheet = load_workbook(io.BytesIO(body))["Agreed needs"]
        said = " ".join(str(cell) for row in sheet.iter_rows(values_only=True) for cell in row if cell is not None)
    else:
        said = body.decode()
    return re.sub(r"\s+", " ", said)


def test_the_page_inside_shows_what_was_agreed_and_leads_to_its_files(partnership):
    html = browser(SIGNERS[0]).get(inside(partnership)).content.decode()
    words = words_of(html)
    for said in (*SAYS, "Strongest evidence.", "1 piece of evidence"):
        assert said in words
    assert words.index("Needs the partners agreed") < words.index("What stands out")
    assert inside(partnership, "docx") in html
    assert "A warm room in the evening" not in words  # it waits for signatures


def test_who_was_silent_and_who_was_not_asked_are_told_apart():
    strip = support_of([("users", "silent")])
    silent, *others = (Heard(one.title, one.words, one.tone, one.items) for one in strip)
    assert heard_words(silent) == "Asked, silent (1 piece of evidence)"
    assert {heard_words(one) for one in others} == {"Not asked (no evidence)"}


@pytest.mark.promise("N12")
@pytest.mark.parametrize("ending", ["docx", "pdf", "xlsx"])
def test_every_file_carries_them(partnership, ending):
    said = text_of(browser(SIGNERS[0]).get(inside(partnership, ending)).content, ending)
    squeezed = said.replace(" ", "")
    for one in SAYS[:4]:
        assert one.replace(" ", "").casefold() in squeezed.casefold()
    assert "PriyaAnand" in squeezed
    assert "Nooneinlarkmerehasbeenaskedyet" not in squeezed.casefold()


def test_the_data_replays_with_them(partnership):
    made = assessment_from_json(browser(SIGNERS[0]).get(inside(partnership, "json")).content)
    need = made.agreed.needs[0]
    assert (need.title, need.number, len(need.signed)) == (NEED, 2, 5)
    assert [(one.perspective, one.says, one.items) for one in need.heard] == [
        ("Existing users", "Asked, silent", 1), ("Wider community", "Supports", 1), ("Partners", "Supports", 1),
        ("Service providers", "Supports", 1),
    ]
    assert need.strongest.quality.grade in "ABCDE"
    assert len(made.agreed.statement.signed) == 5
    assert browser(SIGNERS[0]).get(inside(partnership, "odt")).status_code == 404


def test_nothing_of_it_is_seen_outside(partnership, pages):
    for address in (f"/place/{CODE}/", f"/place/{CODE}/assessment.json", f"/api/places/{CODE}/assessment"):
        for client in (pages, browser(SIGNERS[0])):
            assert NEED not in client.get(address).content.decode()
    stranger = signed_in(Person.objects.get(pk=_of_another_partnership().person))
    provider = browser("chief@larkmeretrust.example")
    for ending in ("", "docx", "json"):
        assert pages.get(inside(partnership, ending)).status_code == 302
        assert stranger.get(inside(partnership, ending)).status_code == 404
        assert provider.get(inside(partnership, ending)).status_code == 403


def test_ways_lead_inside_for_those_who_may(partnership, pages):
    for name, shown in ((SIGNERS[0], True), ("chief@larkmeretrust.example", False)):
        for page in ("", "take/"):
            assert (inside(partnership) in browser(name).get(f"/place/{CODE}/{page}").content.decode()) is shown
    assert "/with/" not in pages.get(f"/place/{CODE}/").content.decode()
    kept = browser(SIGNERS[0]).get(f"/partnership/{partnership.pk}/assessments/").content.decode()
    assert inside(partnership) in kept


def test_the_signed_joint_statement_stands_there_in_its_order(partnership):
    client = browser(SIGNERS[0])
    words = words_of(client.get(inside(partnership)).content.decode())
    assert "has signed version 1, in this order: Dance near home" in words
    Need.objects.filter(title="Evenings in the parks").update(state=NeedState.DRAFT)
    signers = [viewer_of(Person.objects.get(email=email)) for email in SIGNERS]
    version = write_statement(by=signers[0], ranked=RankingRound.objects.get(), reason="The parks are open again.")
    for viewer in signers[:-1]:
        answer_statement(by=viewer, version=version, signs=True)
    assert "has signed version 2" not in words_of(client.get(inside(partnership)).content.decode())
    answer_statement(by=signers[-1], version=version, signs=True)
    words = words_of(client.get(inside(partnership)).content.decode())
    assert "has signed version 2, in this order: Dance near home Company on Sundays" in words
    assert "Jubilee Park" not in words.split("Not agreed yet:")[0].split("The joint statement")[1]
    for ending in ("docx", "pdf"):
        said = text_of(client.get(inside(partnership, ending)).content, ending)
        assert "The joint statement" in said
        assert "Evenings in the parks." in said
    made = assessment_from_json(client.get(inside(partnership, "json")).content)
    assert [need.title for need in made.agreed.needs] == ["Dance near home", "Company on Sundays"]
    assert len(made.agreed.statement.signed) == 5


def test_a_kept_assessment_freezes_them_and_names_nobody(partnership):
    client = browser(SIGNERS[0])
    page = client.post(f"/place/{CODE}/keep/{partnership.pk}/", {"reason": "For March"}, follow=True)
    assert page.status_code == 200
    kept = KeptAssessmentVersion.objects.get()
    assert "Priya Anand" not in kept.frozen
    need = Need.objects.get(title=NEED)
    said = Wording("Girls", "Marsh End", "a room", "They say so.", reason="Shorter.")
    rewrite_need(by=viewer_of(Person.objects.get(email=SIGNERS[0])), need=need, said=said, over=2)
    now = words_of(client.get(inside(partnership)).content.decode())
    assert "Company on Sundays" in now
    assert "Forty doorstep conversations" not in now.split("The joint statement")[0]
    base = f"/partnership/{partnership.pk}/assessments/{kept.identity_id}/1/"
    words = words_of(client.get(base).content.decode())
    assert "Girls of 11 to 16 in Marsh End" in words
    assert "Larkmere District Council," in words
    assert NEED in text_of(client.get(f"{base}assessment.docx").content, "docx")
    assert NEED in client.get(f"{base}assessment.json").content.decode()


def test_the_notes_for_the_workshop_go_on_one_sheet(example_records):
    row = RankingRound.objects.get()
    address = f"/partnership/{row.partnership_id}/order/{row.pk}/workshop.pdf"
    pages = PdfReader(io.BytesIO(browser(SIGNERS[0]).get(address).content)).pages
    assert len(pages) == 1
    assert "Who is not heard" in pages[0].extract_text()
