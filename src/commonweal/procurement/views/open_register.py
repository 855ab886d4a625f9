"""The open register: pages and files for everybody, without an account."""

from __future__ import annotations

import json
from collections.abc import Iterator
from datetime import date
from urllib.parse import urlencode
from uuid import UUID

from django.http import Http404, HttpRequest, HttpResponse, JsonResponse, StreamingHttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from commonweal.core import clock
from commonweal.needs.views.files import sent
from commonweal.present.export_csv import csv_of
from commonweal.present.workbook import render_workbook
from commonweal.procurement.forms_award import LookForm
from commonweal.procurement.ocds import packages
from commonweal.procurement.ocds.words import Json
from commonweal.procurement.pages.open_register import (
    answer_of,
    brief_table,
    contracts_table,
    grants_table,
    prefix_words,
    register_workbook,
)
from commonweal.procurement.queries.open_register import (
    Asked,
    Sheet,
    all_releases,
    buyers,
    grants,
    process_for,
    record_of,
    records_page,
    register_lines,
    releases_page,
)


@require_safe
def page(request: HttpRequest) -> HttpResponse:
    """Contracts and grants, newest first."""
    asked = _asked(request)
    lines = register_lines(asked)
    tables = [brief_table(lines, kind) for kind in ("contract", "grant") if any(one.kind == kind for one in lines)]
    looked = any(request.GET.get(name) for name in LookForm.base_fields)
    return render(request, "procurement/open_register.html", {
        "answer": answer_of(lines, looked=looked), "tables": tables, "invented": asked.invented,
        "rest": _rest(asked),
        "has_grants": any(one.kind == "grant" for one in lines),
        "form": LookForm(request.GET or None, buyers=buyers(asked)), "prefix": prefix_words(),
    })


@require_safe
def process(request: HttpRequest, ocid: str) -> HttpResponse:
    """One contract or grant: how it came about and what became of it."""
    card = process_for(ocid)
    return render(request, "procurement/open_process.html", {"card": card, "invented": card.invented})


@require_safe
def register_file(request: HttpRequest, kind: str, ending: str) -> HttpResponse:
    """The registers in the Transparency Code's columns."""
    asked = _asked(request)
    lines = register_lines(asked)
    tables = {"contracts": contracts_table, "grants": grants_table}
    name = f"{kind}-register{'-invented' if asked.invented else ''}-{clock.today():%Y-%m-%d}"
    if kind in tables and ending == "csv":
        return sent(csv_of(tables[kind](lines)), name, "csv")
    if kind == "all" and ending == "xlsx":
        book = register_workbook(lines, clock.today(), invented=asked.invented)
        return sent(render_workbook(book), name, "xlsx")
    raise Http404("There is no such file.")


@require_safe
def releases(request: HttpRequest) -> HttpResponse:
    """A package of OCDS releases."""
    asked = _asked(request)
    sheet = releases_page(asked, _page(request), _since(request))
    return _json(packages.release_package(_here(request), _publisher(asked), sheet.content,
                                          sheet.latest or clock.now(), links=_links(request, sheet)))


@require_safe
def records(request: HttpRequest) -> HttpResponse:
    """A package of OCDS records."""
    asked = _asked(request)
    sheet = records_page(asked, _page(request))
    return _json(packages.record_package(_here(request), _publisher(asked), sheet.content, clock.now(),
                                         links=_links(request, sheet)))


@require_safe
def record(request: HttpRequest, ocid: str) -> HttpResponse:
    """One process as an OCDS record."""
    card, found = process_for(ocid), record_of(ocid)
    return _json(packages.record_package(_here(request), card.buyer, (found,), card.told[-1].published_at))


@require_safe
def bulk(request: HttpRequest) -> StreamingHttpResponse:
    """Every release, one a line."""
    asked = _asked(request)

    def lines() -> Iterator[str]:
        for one in all_releases(asked):
            yield json.dumps(one, ensure_ascii=False) + "\n"

    answer = StreamingHttpResponse(lines(), content_type="application/jsonl; charset=utf-8")
    answer["Content-Disposition"] = 'attachment; filename="releases.jsonl"'
    return answer


@require_safe
def giving(request: HttpRequest) -> HttpResponse:
    """Grants as 360Giving 1.4."""
    asked = _asked(request)
    found = grants(asked)
    if not found:
        raise Http404("No grant is published here yet.")
    return _json(packages.grants_package(_publisher(asked), found, clock.now()))


def _asked(request: HttpRequest) -> Asked:
    given = request.GET
    buyer = given.get("buyer", "")
    try:
        buyer = str(UUID(buyer)) if buyer else ""
    except ValueError as wrong:
        raise Http404("There is no such buyer.") from wrong
    return Asked(given.get("words", "")[:100], buyer, given.get("example") == "yes")


def _rest(asked: Asked) -> str:
    """The question as the rest of an address."""
    told = {"words": asked.words, "buyer": asked.buyer, "example": "yes" if asked.invented else ""}
    rest = urlencode({key: value for key, value in told.items() if value})
    return f"?{rest}" if rest else ""


def _page(request: HttpRequest) -> int:
    given = request.GET.get("page", "1")
    if not given.isascii() or not given.isdigit() or not 1 <= int(given[:9]) <= 10**6:
        raise Http404("A page is a number from 1.")
    return int(given)


def _since(request: HttpRequest) -> date | None:
    given = request.GET.get("since", "")
    try:
        return date.fromisoformat(given) if given else None
    except ValueError as wrong:
        raise Http404("Write since as a day, like 2026-04-01.") from wrong


def _links(request: HttpRequest, sheet: Sheet) -> dict[str, str]:
    found = {}
    for name, at in (("prev", sheet.page - 1), ("next", sheet.page + 1)):
        if 1 <= at <= sheet.pages:
            query = request.GET.copy()
            query["page"] = str(at)
            found[name] = request.build_absolute_uri(f"{request.path}?{query.urlencode()}")
    return found


def _here(request: HttpRequest) -> str:
    return request.build_absolute_uri()


def _publisher(asked: Asked) -> str:
    names = dict(buyers(asked))
    return names.get(asked.buyer, "Buyers and funders of this register")


def _json(content: Json) -> JsonResponse:
    answer = JsonResponse(content, json_dumps_params={"ensure_ascii": False, "indent": 1})
    answer["Access-Control-Allow-Origin"] = "*"
    return answer
