"""A person's own account."""

from __future__ import annotations

from allauth.mfa.utils import is_mfa_enabled
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_safe

from commonweal.core.queries.people import account_of
from commonweal.core.viewer import viewer_from


@login_required
@require_safe
def account(request: HttpRequest) -> HttpResponse:
    """Who I am here, and my sign-in."""
    mine = account_of(viewer_from(request))
    context = {"account": mine, "second_factor": is_mfa_enabled(request.user)}
    return render(request, "web/account/account.html", context)


@login_required
@require_safe
def second_factor(request: HttpRequest) -> HttpResponse:
    """Why a second factor is asked for, and how it is set up."""
    if is_mfa_enabled(request.user):
        return redirect("mfa_index")
    return render(request, "web/account/second_factor.html")
