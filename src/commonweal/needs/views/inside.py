"""An assessment inside a partnership: the same, with what its partners agreed, for those who see its evidence."""

from __future__ import annotations

from uuid import UUID

from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.views.decorators.http import require_safe

from commonweal.core.errors import NotFound
from commonweal.core.permissions import Permission
from commonweal.core.queries.partnerships import PartnershipView, partnership_for
from commonweal.core.viewer import require, viewer_from
from commonweal.needs.assessment import Assessment
from commonweal.needs.pages.frame import frame
from commonweal.needs.pages.keeping import keep_here
from commonweal.needs.pages.links import Addresses
from commonweal.needs.pages.loading import assessment_for
from commonweal.needs.queries.agreed import with_agreed
from commonweal.needs.views.files import file_name, made_file, sent
from commonweal.needs.views.page import place_page
from commonweal.needs.views.place import front_page, show

OTHER_KIND = "Invented places are opened in the invented partnership, and real ones in real partnerships."


@login_required
@require_safe
@place_page
def front(request: HttpRequest, code: str, partnership: UUID) -> HttpResponse:
    """The answer, what the partners agreed, what stands out, and the map."""
    view, found = _inside(request, code, partnership)
    surrounds = frame(found, code, section="place", inside=view)
    page = front_page(found, Addresses(code, partnership), surrounds)
    keep = keep_here(viewer_from(request), partnership, code)
    return show(request, found, page, "place", view=view, keep_href=keep)


@login_required
@require_safe
@place_page
def as_file(request: HttpRequest, code: str, partnership: UUID, ending: str) -> HttpResponse:
    """The whole as Word, PDF, workbook or JSON, with what the partners agreed."""
    _, found = _inside(request, code, partnership)
    body = made_file(found, ending)
    if body is None:
        raise Http404("There is no such file.")
    return sent(body, file_name(found, "needs-assessment-with-agreed-needs"), ending)


def _inside(request: HttpRequest, code: str, partnership: UUID) -> tuple[PartnershipView, Assessment]:
    """The partnership and the assessment with its agreed needs; NotFound or NotAllowed as everywhere."""
    viewer = viewer_from(request)
    view = partnership_for(viewer, partnership)
    require(viewer, Permission.VIEW_EVIDENCE, partnership)
    found = assessment_for(viewer, code)
    if found.place.invented != view.invented:
        raise NotFound(OTHER_KIND)
    return view, with_agreed(viewer, view, found)
