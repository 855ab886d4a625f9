"""What every place page shares: its values for the template, and honest answers where a place is not known."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import Any
from urllib.parse import urlencode

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render

from commonweal.needs.pages.frame import Frame
from commonweal.needs.pages.loading import Moved, NoData, NotAPlace

View = Callable[..., HttpResponse]
WAS = "was"  # in an address: the code that led here, which is no longer in use


class Page:
    """The surroundings of a page and what it shows, by name, for its template."""

    def __init__(self, surrounds: Frame, **shown: Any) -> None:
        for name in surrounds.__slots__:
            setattr(self, name, getattr(surrounds, name))
        for name, value in shown.items():
            setattr(self, name, value)


def place_page(view: View) -> View:
    """Answer an unknown place with near names, an abolished one with its successor, no data with how to begin."""

    @wraps(view)
    def answered(request: HttpRequest, code: str, **more: str) -> HttpResponse:
        try:
            return view(request, code, **more)
        except Moved as moved:
            address = request.path.replace(f"/place/{code}/", f"/place/{moved.code}/", 1)
            return redirect(f"{address}?{urlencode({WAS: code})}" if address.endswith("/") else address)
        except NotAPlace as unknown:
            return render(request, "needs/not_a_place.html", {"unknown": unknown}, status=404)
        except NoData as empty:
            return render(request, "needs/no_data.html", {"empty": empty}, status=404)

    return answered
