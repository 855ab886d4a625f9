"""What every page of the shell may need: the council's face, whom to ring, and who is looking."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import Any
from uuid import UUID

from django.conf import settings
from django.http import HttpRequest
from django.urls import reverse

from commonweal import __version__
from commonweal.core.permissions import Permission
from commonweal.core.queries.acting import Acting, acting_in
from commonweal.core.read_only import why_read_only
from commonweal.core.thread import kinds_by_page
from commonweal.core.viewer import Viewer, viewer_from
from commonweal.example.geography import land
from commonweal.example.readying import Readying, readying
from commonweal.needs.step_guidance import step_guidance, step_of_page
from commonweal.web.navigation import navigation
from commonweal.web.stage_links import place_address
from commonweal.web.tour import Stop, Tour, tour


def shell(request: HttpRequest) -> dict[str, Any]:
    """Context for every template."""
    viewer = viewer_from(request)
    return {
        "navigation": navigation(request, viewer),
        "upload_limit": settings.UPLOAD_LIMIT,
        "footer_links": (
            {"text": "Help", "href": reverse("web:help")},
            {"text": "What our words mean", "href": reverse("knowledge:words")},
            {"text": "Say it in plain words", "href": reverse("knowledge:plain")},
            {"text": "What others did", "href": reverse("knowledge:cases")},
            {"text": "Events", "href": reverse("knowledge:events")},
            {"text": "Privacy", "href": reverse("web:privacy")},
        ),
        "accessibility_url": reverse("web:accessibility"),
        "feedback_url": reverse("web:feedback"),
        "licence_url": reverse("web:licences"),
        "service_name": settings.BRAND_NAME,
        "brand_css": settings.BRAND_CSS,
        "contact_name": settings.CONTACT_NAME,
        "contact_email": settings.CONTACT_EMAIL,
        "contact_phone": settings.CONTACT_PHONE,
        "viewer": viewer,
        "acting": _acting(request, viewer),
        "top_line": _read_only() or _readying() or _tour(request, viewer),
        "search_url": reverse("web:search"),
        "page_guidance": _guidance(request, viewer),
        "page_thread": _thread(request, viewer),
        "commonweal_version": __version__,
    }


@dataclass(frozen=True, slots=True)
class TourLine:
    """Where somebody who takes the tour stands, and where it goes on."""

    tour: Tour
    stop: Stop
    next: Stop | None
    template: str = "web/tour/line.html"


@dataclass(frozen=True, slots=True)
class ReadyingLine:
    """How far the worked example has got, while it is being made."""

    so_far: Readying
    district: str
    href: str | None
    template: str = "web/start/readying.html"


@dataclass(frozen=True, slots=True)
class ReadOnlyLine:
    """Why nothing is written now."""

    why: str
    template: str = "web/errors/read_only_line.html"


def _read_only() -> ReadOnlyLine | None:
    why = why_read_only(Path(settings.VAR))
    return ReadOnlyLine(why) if why else None


def _readying() -> ReadyingLine | None:
    so_far = readying(settings.VAR)
    if so_far is None:
        return None
    main = land().main
    return ReadyingLine(so_far, main.name, place_address(main.code))


def _tour(request: HttpRequest, viewer: Viewer) -> TourLine | None:
    """The tour's line, for whoever takes it with an invented person's eyes or none."""
    kept = request.session.get("tour_stop") if hasattr(request, "session") else None
    if not kept or not (viewer.anonymous or viewer.example):
        return None
    whole = tour()
    found = next((one for one in whole.stops if one.key == kept), None)
    return TourLine(whole, found, whole.after(found)) if found else None


def _acting(request: HttpRequest, viewer: Viewer) -> Acting | None:
    """For whom the viewer acts, on the pages of a partnership where they could act for several."""
    match = request.resolver_match
    partnership = match.kwargs.get("partnership") if match else None
    if not isinstance(partnership, UUID) or len(viewer.organisations_in(partnership)) < 2:
        return None
    return acting_in(viewer, partnership)


@dataclass(frozen=True, slots=True)
class PageThread:
    """What the page is of, and where its thread is."""

    what: str
    href: str


def _thread(request: HttpRequest, viewer: Viewer) -> PageThread | None:
    """The way from a thing's own page to its thread, for those who see it."""
    match = request.resolver_match
    kind = kinds_by_page().get(match.view_name) if match else None
    if match is None or kind is None:
        return None
    partnership, item = match.kwargs["partnership"], match.kwargs[kind.its]
    if not viewer.may(Permission.VIEW_EVIDENCE, partnership):
        return None
    return PageThread(kind.one, reverse("web:thread-item", args=[partnership, kind.key, item]))


@dataclass(frozen=True, slots=True)
class PageGuidance:
    """The guidance a page belongs to: its one line, its title, its page."""

    line: str
    title: str
    href: str


def _guidance(request: HttpRequest, viewer: Viewer) -> PageGuidance | None:
    """Of the partnership the page is about where there is one, since there its checklist can be ticked."""
    match = request.resolver_match
    step = step_of_page(match.view_name) if match and match.view_name else None
    if step is None or match is None:
        return None
    one, partnership = step_guidance()[step], match.kwargs.get("partnership")
    own = isinstance(partnership, UUID) and viewer.may(Permission.VIEW_PARTNERSHIP, partnership)
    href = reverse("needs:own-guidance", args=[partnership, step]) if own else reverse("needs:step", args=[step])
    return PageGuidance(one.line, one.title, href)
