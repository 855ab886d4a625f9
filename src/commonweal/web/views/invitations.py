"""The page behind an invitation's link, and what administrators do with invitations nobody has answered."""

from __future__ import annotations

from uuid import UUID

from allauth.core import ratelimit
from django.contrib import messages
from django.contrib.auth import login
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST

from commonweal.core.actions.invitations import (
    accept_as_new,
    accept_invitation,
    send_invitation_again,
    withdraw_invitation,
)
from commonweal.core.errors import CommonwealError, NotFound, Refused
from commonweal.core.models import Invitation
from commonweal.core.permissions import Permission
from commonweal.core.purpose import Purpose
from commonweal.core.queries.invitations import Behind, InvitationPage, invitation_behind
from commonweal.core.queries.partnerships import partnership_for
from commonweal.core.viewer import require, viewer_from
from commonweal.web.forms_invitations import JoinForm
from commonweal.web.invitation_mail import send_invitation
from commonweal.web.posting import answers
from commonweal.web.views.start import BACKEND

TOO_MANY = "Too many tries. Wait a few minutes, then try again."


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def invitation(request: HttpRequest, token: str) -> HttpResponse:
    """What is offered, and the way to accept it that fits who opened the link."""
    page = invitation_behind(viewer_from(request), token)
    if page.behind.over:
        return render(request, "web/invitation/over.html", {"page": page, "invented": page.invented}, status=410)
    form = JoinForm(page.address, *answers(request)) if page.behind is Behind.NEW else None
    problems = []
    if request.method == "POST":
        try:
            done = _accepted(request, token, page, form)
        except CommonwealError as refusal:
            problems, done = [{"text": str(refusal)}], None
        if done is not None:
            return done
    context = {"page": page, "form": form, "problems": problems, "invented": page.invented, "here": request.path}
    return render(request, "web/invitation/invitation.html", context)


def _accepted(
    request: HttpRequest, token: str, page: InvitationPage, form: JoinForm | None
) -> HttpResponse | None:
    """Where to go next, or None where the answer was not whole."""
    whole = page.behind is Behind.ACCEPT if form is None else form.is_valid()
    if not whole:
        return None
    if not ratelimit.consume(request, action="accept_invitation"):
        raise Refused(TOO_MANY)
    if form is None:
        accept_invitation(by=viewer_from(request), token=token)
    else:
        said = form.cleaned_data
        person = accept_as_new(token=token, name=said["name"], password=said["password"])
        if said["password"] is None:
            messages.success(request, "Your account is made. Sign in the way your organisation does.")
            return redirect("account_login")
        login(request, person, backend=BACKEND)
    messages.success(request, f"You take part in {page.partnership_name} now.")
    return redirect("web:partnership", partnership=page.partnership)


@login_required
@require_POST
def again(request: HttpRequest, partnership: UUID, invitation: UUID) -> HttpResponse:
    """Send it again, with a new link."""
    found = _own(request, partnership, invitation)
    if not ratelimit.consume(request, action="invite"):
        raise Refused(TOO_MANY)
    token = send_invitation_again(by=viewer_from(request), invitation=found)
    found.refresh_from_db()
    messages.success(request, send_invitation(request, found, token))
    return redirect("web:people", partnership=partnership)


@login_required
@require_POST
def withdraw(request: HttpRequest, partnership: UUID, invitation: UUID) -> HttpResponse:
    """Take it back."""
    withdraw_invitation(by=viewer_from(request), invitation=_own(request, partnership, invitation))
    messages.success(request, "The invitation is withdrawn. Its link no longer works.")
    return redirect("web:people", partnership=partnership)


def _own(request: HttpRequest, partnership: UUID, invitation: UUID) -> Invitation:
    viewer = viewer_from(request)
    partnership_for(viewer, partnership)
    require(viewer, Permission.MANAGE_PARTNERSHIP, partnership)
    seen = Invitation.objects.visible_to(viewer, Purpose.ADMINISTRATION).filter(partnership=partnership)
    found: Invitation | None = seen.filter(pk=invitation).first()
    if found is None:
        raise NotFound("There is no such invitation in this partnership.")
    return found
