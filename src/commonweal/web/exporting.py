"""What a token's person sees of a partnership, as one file: each list as the data interface gives it."""

from __future__ import annotations

import io
import json
import zipfile
from collections.abc import Callable
from typing import Any
from urllib.parse import urlencode

from django.http import HttpRequest, QueryDict
from django.urls import resolve

from commonweal.core import clock
from commonweal.core.models import ProgramToken
from commonweal.core.queries.tokens import viewer_by

KIND = "program.export"
LISTS = ("needs", "evidence", "outcomes", "decisions", "appraisals", "choices", "commissions", "agreements",
         "services", "returns", "performance", "thread")
MOST_PAGES = 10_000
NOTE = (
    "What one person may see of one partnership, as Commonweal's data interface gives it. It is no more open than "
    "that person's access: look at it before it is published.")


def export_of(token: ProgramToken, tell: Callable[[int, int], None]) -> tuple[bytes, str]:
    """The file, and a sentence on what it holds; a list that its person may not see is left out, and named."""
    held, refused = io.BytesIO(), {}
    rows = 0
    with zipfile.ZipFile(held, "w", zipfile.ZIP_DEFLATED) as file:
        for done, name in enumerate(LISTS):
            tell(done, len(LISTS))
            status, found = _list(token, name)
            if status != 200:
                refused[name] = str(found.get("detail", status)) if isinstance(found, dict) else str(status)
                continue
            rows += len(found) if isinstance(found, list) else 1
            file.writestr(f"{name}.json", json.dumps(found, indent=1, ensure_ascii=False))
        file.writestr("about.json", json.dumps({
            "partnership": token.partnership.name, "invented": token.partnership.invented,
            "made_at": clock.now().isoformat(), "made_for": token.name, "note": NOTE, "left_out": refused,
        }, indent=1, ensure_ascii=False))
    left = f" Left out: {', '.join(sorted(refused))}." if refused else ""
    return held.getvalue(), f"{len(LISTS) - len(refused)} lists, {rows} rows.{left}"


def _list(token: ProgramToken, name: str) -> tuple[int, Any]:
    """One list whole, however many pages it has."""
    path = f"/api/partnerships/{token.partnership_id}/{name}"
    status, found = _asked(token, path, "")
    if status != 200 or not isinstance(found, dict) or "items" not in found:
        return status, found
    items, pages = list(found["items"]), 1
    while found.get("next") and pages < MOST_PAGES:
        status, found = _asked(token, path, str(found["next"]))
        if status != 200:
            return status, found
        items += found["items"]
        pages += 1
    return 200, items


def _asked(token: ProgramToken, path: str, after: str) -> tuple[int, Any]:
    """What the interface answers its person, without a network between."""
    request = HttpRequest()
    request.method, request.path = "GET", path
    request.META = {"SERVER_NAME": "localhost", "SERVER_PORT": "80"}
    request.GET = QueryDict(urlencode({"after": after}) if after else "")
    request.user = token.person
    request.commonweal_viewer = viewer_by(token)  # type: ignore[attr-defined]
    view, given, named = resolve(path)
    answer = view(request, *given, **named)
    return answer.status_code, json.loads(answer.content)
