"""Glossaries as files: Word, PDF, SKOS and CSV."""

from __future__ import annotations

from uuid import UUID

from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.views.decorators.http import require_safe

from commonweal.core.queries.partnerships import partnership_for
from commonweal.core.viewer import viewer_from
from commonweal.knowledge.documents import glossary_document
from commonweal.knowledge.queries.lists import scheme_for
from commonweal.knowledge.skos.writing import ListForm, written
from commonweal.present.document import Document
from commonweal.present.pdf import render_pdf
from commonweal.present.word import render_docx

KINDS = {
    "docx": "application/vnd.openxmlformats-officedocument.wordprocessingml.document", "pdf": "application/pdf",
    "ttl": "text/turtle; charset=utf-8", "jsonld": "application/ld+json", "csv": "text/csv; charset=utf-8",
}


@require_safe
def seeds_file(request: HttpRequest, ending: str) -> HttpResponse:
    """Everybody's words."""
    _known(ending)
    viewer = viewer_from(request)
    paper = ending in {"docx", "pdf"}
    made = glossary_document(viewer) if paper else scheme_for(viewer, _base(request, "/words/"))
    return sent(made, ending, "commonweal-glossary")


@login_required
@require_safe
def own_file(request: HttpRequest, partnership: UUID, ending: str) -> HttpResponse:
    """A partnership's words, its own meanings over the others."""
    viewer = viewer_from(request)
    view = partnership_for(viewer, partnership)
    _known(ending)
    base = _base(request, f"/partnership/{partnership}/words/")
    made = glossary_document(viewer, view) if ending in {"docx", "pdf"} else scheme_for(viewer, base, view)
    return sent(made, ending, "partnership-glossary", invented=view.invented)


def _known(ending: str) -> None:
    if ending not in KINDS:
        raise Http404("There is no such file.")


def _base(request: HttpRequest, path: str) -> str:
    return request.build_absolute_uri(path)


def sent(made: object, ending: str, name: str, *, invented: bool = False) -> HttpResponse:
    """A document, a list of words, or a file as it is, to keep; what is invented says so in its name."""
    if isinstance(made, bytes):
        body: bytes | str = made
    elif isinstance(made, Document):
        body = render_docx(made) if ending == "docx" else render_pdf(made)
    else:
        body = written(made, ListForm(ending))  # type: ignore[arg-type]
    answer = HttpResponse(body, content_type=KINDS[ending])
    marked = f"{name}-invented" if invented else name
    answer["Content-Disposition"] = f'attachment; filename="{marked}.{ending}"'
    return answer
