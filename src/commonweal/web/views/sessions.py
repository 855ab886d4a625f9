"""Where a person is signed in, and signing out everywhere else."""

from __future__ import annotations

from allauth.account.decorators import reauthentication_required
from django.conf import settings
from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods

from commonweal.core.models import Person
from commonweal.web.security_events import note
from commonweal.web.sessions import end_sessions, signed_in


def idle_words(minutes: int) -> str:
    """So many minutes, or hours where they are whole."""
    count, unit = (minutes // 60, "hour") if minutes % 60 == 0 else (minutes, "minute")
    return f"{count} {unit}{'' if count == 1 else 's'}"


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
@reauthentication_required(allow_get=True)
def sessions(request: HttpRequest) -> HttpResponse:
    """The list; and after signing in once more, the end of all but this one."""
    person = request.user
    assert isinstance(person, Person)
    if request.method == "POST":
        ended = end_sessions(person, but=request.session.session_key)
        note("signed out elsewhere", request, person.pk)
        messages.success(request, f"Signed out in {ended} other place{'' if ended == 1 else 's'}.")
        return redirect("web:sessions")
    return render(request, "web/account/sessions.html", {
        "sessions": signed_in(person, request.session.session_key),
        "longest_hours": settings.SESSION_COOKIE_AGE // 3600,
        "idle": idle_words(settings.SESSION_IDLE_SECONDS // 60),
    })
