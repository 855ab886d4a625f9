"""Every address: the shell's own, sign-in, the API, and the stages that are here."""

from __future__ import annotations

import importlib.util

from django.urls import URLPattern, URLResolver, include, path

from commonweal.web.api import api
from commonweal.web.stages import STAGES

handler400 = "commonweal.web.views.errors.bad_request"
handler403 = "commonweal.web.views.errors.forbidden"
handler404 = "commonweal.web.views.errors.not_found"
handler500 = "commonweal.web.views.errors.failed"


def stage_urls() -> list[URLPattern | URLResolver]:
    """The addresses of each stage that has any; a stage owns its own."""
    return [
        path("", include(f"{stage}.urls"))
        for stage in STAGES if importlib.util.find_spec(f"{stage}.urls")
    ]


urlpatterns = [
    path("", include("commonweal.web.shell_urls")),
    path("account/", include("commonweal.web.sign_in_urls")),
    path("api/", api.urls),
    *stage_urls(),
]
