"""The data interface: stages own their routers (`<stage>.api.router`); this mounts them and says no in JSON."""

from __future__ import annotations

import importlib
import importlib.util
from typing import Any

from django.http import HttpRequest, HttpResponse
from ninja import NinjaAPI
from ninja.errors import ValidationError

from commonweal import __version__
from commonweal.core.errors import CommonwealError, NotAllowed, NotFound
from commonweal.lake.manifest import ManifestBroken
from commonweal.lake.store import StoreDamaged
from commonweal.web.api_asked import nothing_ignored, wrong_sentence
from commonweal.web.api_export import router as export_router
from commonweal.web.api_search import router as search_router
from commonweal.web.api_shell import router as shell_router
from commonweal.web.api_thread import router as thread_router
from commonweal.web.api_tokens import by_token
from commonweal.web.stages import STAGES

STATUS = {NotAllowed: 403, NotFound: 404, ManifestBroken: 503, StoreDamaged: 503}

api = NinjaAPI(
    title="Commonweal", version=__version__, urls_namespace="api", docs_url=None, openapi_url="/openapi.json",
    description="What the pages show, as data. Published data needs no account. Every figure carries its source. "
                "A program says who it is by “Authorization: Bearer” and a token made in its partnership.",
)
api.add_decorator(nothing_ignored, mode="view")
api.add_decorator(by_token, mode="view")
api.add_router("", shell_router)
api.add_router("", search_router)
api.add_router("", thread_router)
api.add_router("", export_router)


@api.exception_handler(ManifestBroken)
@api.exception_handler(StoreDamaged)
@api.exception_handler(CommonwealError)
def refused(request: HttpRequest, error: Any) -> HttpResponse:
    """A refusal in the words a page would use."""
    return api.create_response(request, {"detail": str(error)}, status=STATUS.get(type(error), 400))


@api.exception_handler(ValidationError)
def misshapen(request: HttpRequest, error: Any) -> HttpResponse:
    """What was asked does not have the right shape; one sentence says what and how to mend it."""
    status, sentence = wrong_sentence(error)
    return api.create_response(request, {"detail": sentence}, status=status)


for stage in STAGES:
    if importlib.util.find_spec(f"{stage}.api"):
        api.add_router("", importlib.import_module(f"{stage}.api").router)
