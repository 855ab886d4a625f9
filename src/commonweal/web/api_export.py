"""The newest file that was made for a token, for its program to fetch."""

from __future__ import annotations

from uuid import UUID

from django.http import FileResponse, HttpRequest
from ninja import Router

from commonweal.core.actions.token_exports import place_of
from commonweal.core.errors import NotAllowed, NotFound
from commonweal.core.models import ProgramToken
from commonweal.core.token_access import HOW_TO_WRITE, only_here, token_of

router = Router(tags=["Thread"])


@router.get("/partnerships/{partnership}/export", url_name="export",
            summary="The newest file made for your token, as a ZIP of JSON lists")
def newest(request: HttpRequest, partnership: UUID) -> FileResponse:
    """For the token it was made for alone."""
    token = token_of(request)
    if token is None:
        raise NotAllowed(HOW_TO_WRITE)
    only_here(request, partnership)
    return export_answer(token)


def export_answer(token: ProgramToken | None) -> FileResponse:
    """The file; NotFound where none was asked for, or none is made yet."""
    if token is None or not token.every or not token.works():
        raise NotFound("No file is made for this token. Make a token and choose how often.")
    path = place_of(token)
    if not path.exists():
        raise NotFound("The first file is not made yet, or roles have changed since. Ask again in half an hour.")
    return FileResponse(path.open("rb"), content_type="application/zip", as_attachment=True, filename="export.zip")
