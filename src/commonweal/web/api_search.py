"""The search as data."""

from __future__ import annotations

from django.http import HttpRequest
from ninja import Query, Router, Schema

from commonweal.core.viewer import viewer_from
from commonweal.web.searching import search

router = Router(tags=["Search"])


class HitOut(Schema):
    """One thing found."""

    kind: str
    title: str
    text: str
    href: str


@router.get("/search", response=list[HitOut], url_name="search", summary="Find what you may see")
def found(request: HttpRequest, q: str = Query(..., max_length=120), kind: str = "") -> list[HitOut]:
    """Best first, at most 200."""
    hits = search(viewer_from(request), q, kind).hits
    return [HitOut(kind=one.kind, title=one.title, text=one.text, href=one.href) for one in hits]
