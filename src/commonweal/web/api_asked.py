"""What may be asked of an address of the data interface: nothing is ignored, and a refusal is a sentence."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import Any

from django.http import HttpRequest, HttpResponse
from ninja.errors import ValidationError
from ninja.operation import Operation

from commonweal.present.wording import listed

SHOWN = 60
Run = Callable[..., HttpResponse]


def nothing_ignored(run: Run) -> Run:
    """Refuse a parameter that the address does not know, or that stands twice, before anything is done."""
    operation: Operation = run.__self__  # type: ignore[attr-defined]
    known = tuple(
        name for model in operation.models if model.__ninja_param_source__ == "query"
        for name in model.__ninja_flatten_map__
    )

    @wraps(run)
    def checked(request: HttpRequest, **given: Any) -> HttpResponse:
        refusal = _ignored(request, known)
        if refusal:
            return operation.api.create_response(request, {"detail": refusal}, status=400)
        return run(request, **given)

    return checked


def _ignored(request: HttpRequest, known: tuple[str, ...]) -> str:
    for name, values in request.GET.lists():
        if name not in known:
            may = f"It may be given {listed([f'“{one}”' for one in known])}." if known else "It is given none."
            return f"This address knows no parameter called “{name[:SHOWN]}”. {may}"
        if len(values) > 1:
            return f"“{name}” stands {len(values)} times in the address. Give it once."
    return ""


def wrong_sentence(wrong: ValidationError) -> tuple[int, str]:
    """The status and the sentence for what does not have the right shape: the first fault, named."""
    first = wrong.errors[0]
    place, name = first["loc"][0], str(first["loc"][-1])
    if place == "path":
        return 404, f"There is nothing at this address: {_fault(name, first)}"
    return 400, _fault(name, first, "what you send" if place == "body" else "the address")


def _fault(name: str, error: dict[str, Any], where: str = "the address") -> str:
    limits = error.get("ctx", {})
    match error["type"]:
        case "missing":
            return f"Give “{name}” in {where}."
        case "extra_forbidden":
            return f"Nothing here is called “{name}”. Look at the description of this address."
        case "enum":
            return f"“{name}” is one of {limits['expected']}."
        case kind if kind.startswith("uuid"):
            return f"“{name}” is an identifier as given here: 32 letters and digits with dashes."
        case "string_too_short":
            return f"“{name}” is empty. Give at least {limits['min_length']} letter."
        case "string_too_long":
            return f"“{name}” is too long. Give at most {limits['max_length']} letters."
        case _:
            return f"“{name}” cannot be read: {error['msg']}."
