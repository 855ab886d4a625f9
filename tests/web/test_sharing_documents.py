"""A sharing agreement as Word and PDF: its terms and signatures, DRAFT until then, for its parties alone."""

from __future__ import annotations

import io

from django.urls import reverse
from docx import Document as Word
from pypdf import PdfReader
from tests.web.test_sharing_pages import answers, described, seat
from tests.world import signed_in

from commonweal.core.models import SharingAgreement
from commonweal.core.queries.sharing import agreement_for
from commonweal.core.viewer import viewer_of


def words(answer) -> str:
    """All that a Word file says, tables included."""
    assert answer.status_code == 200
    held = Word(io.BytesIO(b"".join(answer.streaming_content) if answer.streaming else answer.content))
    cells = [cell.text for table in held.tables for row in table.rows for cell in row.cells]
    return "\n".join([*(one.text for one in held.paragraphs), *cells])


def pdf_words(answer) -> str:
    """All that a PDF says."""
    return "\n".join(page.extract_text() for page in PdfReader(io.BytesIO(answer.content)).pages)


def test_the_agreement_as_word_and_pdf(world):
    council = signed_in(world.admin())
    trust, receiving = seat(world, "Splash", "kim@trust.example.org")
    _, third = seat(world, "Rowing club", "kim@club.example.org")
    keys = [world.partnership.pk]
    held = described(council, world, fields_told="month\n*age band\n*town", about=[])
    council.post(reverse("web:agreement-write", args=keys), answers(held, trust, taker_role="processor"))
    row = SharingAgreement.objects.get()
    keys.append(row.pk)
    asked = {ending: reverse("web:agreement-file", args=[*keys, ending]) for ending in ("docx", "pdf", "exe")}
    digest = agreement_for(viewer_of(world.admin()), keys[0], row.pk).latest.digest
    said = words(council.get(asked["docx"]))
    for part in (
        "Lessons for the trust", "DRAFT, not yet signed by", "Splash", "Controller: decides why and how",
        "Processor: acts only as it is told", "month, age band (personal)", "To see who is missed.",
        "Public task, Article 6(1)(e)", "Unchecked", "A year", "data@testshire.gov.uk",
        "Nothing but that it was shared", "not yet", digest,
    ):
        assert part in said, part
    assert "town" not in said
    for client in (council, receiving):
        client.post(reverse("web:agreement-sign", args=keys), {"number": "1"})
    for said in (words(receiving.get(asked["docx"])), pdf_words(receiving.get(asked["pdf"]))):
        assert "DRAFT" not in said
        assert "signed by both" in said
        assert "Kim of Splash" in said
        assert digest[:12] in said
    council.post(reverse("web:agreement-end", args=keys), {"reason": "Needed no more"})
    assert "Needed no more" in words(receiving.get(asked["docx"]))
    assert council.get(asked["exe"]).status_code == 404
    assert third.get(asked["docx"]).status_code == 404


def test_the_fingerprint_changes_with_the_terms_alone(world):
    council = signed_in(world.admin())
    trust, _ = seat(world, "Splash", "kim@trust.example.org")
    held = described(council, world, fields_told="month\n*age band", about=[])
    council.post(reverse("web:agreement-write", args=[world.partnership.pk]), answers(held, trust))
    row, viewer = SharingAgreement.objects.get(), viewer_of(world.admin())
    keys = [world.partnership.pk, row.pk]
    first = agreement_for(viewer, *keys).latest.digest
    council.post(reverse("web:agreement-sign", args=keys), {"number": "1"})
    assert agreement_for(viewer, *keys).latest.digest == first
    newer = {**answers(held, trust, retention="Two years"), "over": "1", "reason": "Longer"}
    council.post(reverse("web:agreement-rewrite", args=keys), newer)
    assert agreement_for(viewer, *keys).latest.digest != first
