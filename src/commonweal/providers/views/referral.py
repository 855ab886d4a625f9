"""Nine addresses of the Open Referral UK standard: no account, open to any site, the same for everybody."""

from __future__ import annotations

import json
from collections.abc import Callable
from datetime import UTC, datetime
from functools import wraps
from typing import Any

from django.http import HttpRequest, HttpResponse, JsonResponse
from django.views.decorators.http import require_http_methods

from commonweal.core.errors import CommonwealError, NotFound, Refused
from commonweal.providers.queries import referral

UNKNOWN = ("minimum_age", "maximum_age", "start_time", "end_time", "day")
Answer = Callable[..., Any]
ASKED_FIRST = {     # what a browser asks before it lets another site's script send headers of its own
    "Access-Control-Allow-Methods": "GET, HEAD, OPTIONS", "Access-Control-Allow-Headers": "*",
    "Access-Control-Max-Age": "86400",
}


def open_to_all(answer: Answer) -> Callable[..., HttpResponse]:
    """JSON to anybody's script, which may ask first whether it may; a refusal is JSON too."""

    @require_http_methods(("GET", "HEAD", "OPTIONS"))
    @wraps(answer)
    def answered(request: HttpRequest, **given: str) -> HttpResponse:
        if request.method == "OPTIONS":
            return HttpResponse(status=204, headers={"Access-Control-Allow-Origin": "*", **ASKED_FIRST})
        try:
            made = answer(request, **given)
        except CommonwealError as error:
            made = JsonResponse({"detail": str(error)}, status=404 if isinstance(error, NotFound) else 400)
        response: HttpResponse = made if isinstance(made, HttpResponse) else JsonResponse(made)
        response["Access-Control-Allow-Origin"] = "*"
        return response

    return answered


@open_to_all
def about(request: HttpRequest) -> Any:
    """What this source is."""
    return referral.about()


@open_to_all
def services(request: HttpRequest) -> Any:
    """Services, a page at a time."""
    rows = referral.services(_wanted(request))
    full = _yes(request, "full")
    if _yes(request, "minimal"):
        return _page(request, rows, lambda some: [
            {name: one[name] for name in ("id", "last_modified") if name in one} for one in referral.told(some)])
    return _page(request, rows, lambda some: referral.told(some, full=full))


@open_to_all
def service(request: HttpRequest, service: str) -> Any:
    """One service, all that is known of it."""
    return referral.told([referral.service_row(service)], full=True)[0]


@open_to_all
def taxonomies(request: HttpRequest) -> Any:
    """The lists of terms: one."""
    return _page(request, [referral.taxonomy()], list)


@open_to_all
def taxonomy(request: HttpRequest, taxonomy: str) -> Any:
    """That list."""
    if taxonomy != referral.taxonomy()["id"]:
        raise NotFound("There is no such taxonomy.")
    return referral.taxonomy()


@open_to_all
def terms(request: HttpRequest) -> Any:
    """The terms."""
    return _page(request, referral.terms(), list)


@open_to_all
def term(request: HttpRequest, term: str) -> Any:
    """One term."""
    found = next((one for one in referral.terms() if one["id"] == term), None)
    if found is None:
        raise NotFound("There is no such term.")
    return found


@open_to_all
def places(request: HttpRequest) -> Any:
    """Services at locations, a page at a time."""
    full = _yes(request, "full")
    return _page(request, referral.services(_wanted(request)), lambda some: referral.places(some, full=full))


@open_to_all
def place(request: HttpRequest, place: str) -> Any:
    """One service at its location."""
    return referral.places([referral.service_row(place)], full=True)[0]


def _page(request: HttpRequest, rows: Any, tell: Callable[[list[Any]], list[Any]]) -> Any:
    """One page in the standard's envelope, or all of it as lines."""
    if request.GET.get("format") == "ndjson":
        some = list(rows[:10_000])
        lines = "".join(json.dumps(one) + "\n" for one in tell(some))
        return HttpResponse(lines, content_type="application/x-ndjson")
    size = min(_number(request, "per_page", 50), referral.MOST)
    number = _number(request, "page", 1)
    total = len(rows) if isinstance(rows, list) else rows.count()
    pages = max(1, -(-total // size))
    contents = tell(list(rows[(number - 1) * size:number * size])) if number <= pages else []
    return {
        "total_items": total, "total_pages": pages, "page_number": number, "size": len(contents),
        "first_page": number == 1, "last_page": number >= pages, "empty": not contents, "contents": contents,
    }


def _wanted(request: HttpRequest) -> referral.Wanted:
    get = request.GET
    if get.get("proximity"):
        raise Refused("“proximity” is not offered. Give “postcode” alone for services of its district.")
    return referral.Wanted(
        get.get("search", "")[:100], get.get("taxonomy_term_id", ""), get.get("taxonomy_id", ""),
        get.get("organization_id", ""), get.get("postcode", ""), _instant(get.get("modified_after", "")),
        any(get.get(name) for name in UNKNOWN),
    )


def _yes(request: HttpRequest, name: str) -> bool:
    return request.GET.get(name, "").casefold() in ("true", "1", "yes")


def _number(request: HttpRequest, name: str, otherwise: int) -> int:
    text = request.GET.get(name, "")
    if not text:
        return otherwise
    if not (text.isascii() and text.isdigit() and len(text) < 7 and int(text) > 0):
        raise Refused(f"Give “{name}” as a whole number from 1.")
    return int(text)


def _instant(text: str) -> datetime | None:
    if not text:
        return None
    try:
        found = datetime.fromisoformat(text)
    except ValueError as error:
        raise Refused("Give “modified_after” as a date and time, such as 2026-05-01T00:00:00Z.") from error
    return found if found.tzinfo else found.replace(tzinfo=UTC)
