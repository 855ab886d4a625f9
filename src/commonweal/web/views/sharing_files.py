"""Sharing agreements as files to read, sign and keep."""

from __future__ import annotations

from uuid import UUID

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.views.decorators.http import require_safe

from commonweal.core.permissions import Permission
from commonweal.core.queries.partnerships import partnership_for
from commonweal.core.queries.sharing import agreement_for
from commonweal.core.viewer import require, viewer_from
from commonweal.needs.views.files import as_paper, sent
from commonweal.present.document import Document
from commonweal.web.documents.agreement import agreement_document


@login_required
@require_safe
def agreement_file(request: HttpRequest, partnership: UUID, agreement: UUID, ending: str) -> HttpResponse:
    """The newest version as Word or PDF."""
    viewer = viewer_from(request)
    view = partnership_for(viewer, partnership)
    require(viewer, Permission.VIEW_EVIDENCE, partnership)
    found = agreement_for(viewer, partnership, agreement)
    document = agreement_document(found, partnership=view.name, invented=view.invented)
    return paper(document, f"sharing-agreement-version-{found.latest.number}", ending)


def paper(document: Document, name: str, ending: str) -> HttpResponse:
    """A document as Word or PDF; there is no other form."""
    body = as_paper(document, ending)
    return sent(body, name, ending)
