"""Files of an assessment: the chapter, the evidence page, and single tables."""

from __future__ import annotations

import re

from django.http import Http404, HttpRequest, HttpResponse
from django.views.decorators.http import require_safe

from commonweal.core.viewer import viewer_from
from commonweal.needs.assessment import Assessment
from commonweal.needs.kept_files import kept_document
from commonweal.needs.pages.loading import assessment_for, store_of
from commonweal.needs.pages.tables import named_table
from commonweal.needs.views.page import place_page
from commonweal.present.document import Document
from commonweal.present.export_csv import csv_of
from commonweal.present.pdf import render_pdf
from commonweal.present.word import render_docx
from commonweal.present.workbook import render_workbook

KINDS = {
    "docx": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    "pdf": "application/pdf",
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    "json": "application/json",
    "csv": "text/csv; charset=utf-8",
}


def sent(body: bytes, name: str, ending: str) -> HttpResponse:
    """A file to keep, named so that it can be found again."""
    answer = HttpResponse(body, content_type=KINDS[ending])
    answer["Content-Disposition"] = f'attachment; filename="{name}.{ending}"'
    return answer


def file_name(assessment: Assessment, what: str) -> str:
    """Place, what it is, and the day, in letters every computer takes."""
    place = re.sub(r"[^a-z0-9]+", "-", assessment.place.name.lower()).strip("-")[:60].rstrip("-")
    if assessment.place.invented:
        place += "-invented"
    return f"{place}-{what}-{assessment.computed_on:%Y-%m-%d}"


def made_file(assessment: Assessment, ending: str) -> bytes | None:
    """The whole assessment in one form; nothing where there is no such form."""
    from commonweal.needs.documents import chapter, workbook
    from commonweal.needs.replay import assessment_json

    if ending == "json":
        return assessment_json(assessment).encode()
    if ending == "xlsx":
        return render_workbook(workbook(assessment))
    if ending in {"docx", "pdf"}:
        return as_paper(chapter(assessment, store_of(assessment)), ending)
    return None


def as_paper(document: Document, ending: str) -> bytes:
    """A document as Word or PDF; there is no other."""
    if ending == "docx":
        return render_docx(document)
    if ending == "pdf":
        return render_pdf(document)
    raise Http404("There is no such file.")


@require_safe
@place_page
def assessment_file(request: HttpRequest, code: str, ending: str) -> HttpResponse:
    """The whole assessment as Word, PDF, workbook or JSON; all of it is published, so it is kept."""
    found = assessment_for(viewer_from(request), code)
    body = kept_document(found, ending, lambda: made_file(found, ending)) if ending in KINDS else None
    if body is None:
        raise Http404("There is no such file.")
    return sent(body, file_name(found, "needs-assessment"), ending)


@require_safe
@place_page
def evidence_file(request: HttpRequest, code: str, ending: str) -> HttpResponse:
    """The evidence page for a voluntary group's bid."""
    from commonweal.needs.documents import evidence_page

    found = assessment_for(viewer_from(request), code)
    body = as_paper(evidence_page(found), ending)
    return sent(body, file_name(found, "evidence-of-need"), ending)


@require_safe
@place_page
def table_file(request: HttpRequest, code: str, table: str) -> HttpResponse:
    """One table of the assessment as CSV."""
    found = assessment_for(viewer_from(request), code)
    asked = named_table(found, table)
    if asked is None:
        raise Http404("There is no such table.")
    return sent(csv_of(asked), file_name(found, table), "csv")
