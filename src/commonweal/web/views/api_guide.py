"""A page that lists every address of the data interface, made from its own description, with no scripts."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from commonweal.web.api import api


@dataclass(frozen=True, slots=True)
class Given:
    """One thing an address is given."""

    name: str
    place: str
    needed: bool
    words: str


@dataclass(frozen=True, slots=True)
class Address:
    """One address of the interface."""

    method: str
    path: str
    summary: str
    description: str
    given: tuple[Given, ...]


@require_safe
def guide(request: HttpRequest) -> HttpResponse:
    """The guide."""
    return render(request, "web/api/guide.html", {"addresses": addresses()})


def addresses() -> tuple[Address, ...]:
    """Every address, in the order of the description."""
    described = api.get_openapi_schema(path_prefix="/api/")
    return tuple(
        Address(
            method.upper(), path, said.get("summary", ""), said.get("description", ""),
            tuple(_given(one) for one in said.get("parameters", ())),
        )
        for path, methods in described["paths"].items()
        for method, said in methods.items()
    )


def _given(one: dict[str, Any]) -> Given:
    shape = one.get("schema", {})
    words = shape.get("description") or shape.get("type") or shape.get("title", "")
    return Given(one["name"], one["in"], one.get("required", False), str(words))
