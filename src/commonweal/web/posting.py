"""What a form is filled with: what was sent, even if nothing was answered; nothing on a first visit."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest


def answers(request: HttpRequest) -> tuple[Any, ...]:
    """The answers, to be spread into a form's arguments."""
    return (request.POST,) if request.method == "POST" else ()


def files_of(request: HttpRequest) -> tuple[Any, ...]:
    """The files sent with them."""
    return (request.FILES,) if request.method == "POST" else ()
