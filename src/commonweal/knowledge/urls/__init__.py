"""Addresses of the knowledge stage, one module a part of it: each holds its own `urlpatterns`."""

from __future__ import annotations

from importlib import import_module
from pkgutil import iter_modules

app_name = "knowledge"

_PARTS = [import_module(f"{__name__}.{part.name}") for part in iter_modules(__path__)]

urlpatterns = [pattern for part in _PARTS for pattern in part.urlpatterns]
