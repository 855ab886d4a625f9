"""From a file back to where it was brought: by the work that was asked of it, or by what was to be made of it."""

from __future__ import annotations

from uuid import UUID

from django.urls import reverse

from commonweal.agreements.background import GRANTS
from commonweal.core.queries.uploads import UploadCard
from commonweal.core.viewer import Viewer
from commonweal.needs.queries.surveys import survey_of_file
from commonweal.needs.queries.visits import visits_of_file
from commonweal.procurement.background import MARKET
from commonweal.providers.background import OURS, PUBLISHED

BROUGHT_AT = {
    MARKET: "procurement:market-bring", GRANTS: "agreements:money-bring",
    OURS: "providers:bring", PUBLISHED: "providers:bring",
}


def brought_at(viewer: Viewer, partnership: UUID, card: UploadCard) -> str:
    """The page on which such a file is brought again; the list of files where it had no purpose of its own."""
    page = BROUGHT_AT.get(card.work, "web:files")
    if survey_of_file(viewer, partnership, card.id):
        page = "needs:survey-bring"
    elif visits_of_file(viewer, partnership, card.id):
        page = "needs:visits-bring"
    return reverse(page, args=[partnership])
