"""What one's own organisation can do, who may see it, and who could do what is asked."""

from __future__ import annotations

from uuid import UUID

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from commonweal.core.models import Partnership
from commonweal.core.permissions import Permission
from commonweal.core.queries.partnerships import PartnershipView, partnership_for
from commonweal.core.viewer import require, viewer_from
from commonweal.present.forms import tried
from commonweal.providers.actions.profile import choose_visibility, confirm_profile, keep_profile
from commonweal.providers.forms import SayWhatWeDo, WhoCould, WhoMaySee
from commonweal.providers.models import NamedPartner, Provider, Seen
from commonweal.providers.queries.profiles import Needed, ProfileCard, own_profile, who_could

ASKS = ["GET", "HEAD", "POST"]


@login_required
@require_http_methods(ASKS)
def profile(request: HttpRequest, partnership: UUID) -> HttpResponse:
    """Say what we can do."""
    viewer = viewer_from(request)
    view = partnership_for(viewer, partnership)
    require(viewer, Permission.BRING_EVIDENCE, partnership)
    body, card = own_profile(viewer, partnership)
    form = SayWhatWeDo(request.POST) if request.method == "POST" else SayWhatWeDo(initial=_initial(card))
    if request.method == "POST" and form.is_valid():
        there = Partnership.objects.get(pk=partnership)
        if tried(form, lambda: keep_profile(by=viewer, partnership=there, told=form.told())) is not None:
            messages.success(request, "Kept. Now say who may see you.")
            return redirect("providers:seen", partnership=partnership)
    context = {"view": view, "invented": view.invented, "form": form, "body": body, "card": card,
               "seen": Seen(body.visibility).label if body else ""}
    return render(request, "providers/profile.html", context)


@login_required
@require_http_methods(ASKS)
def seen(request: HttpRequest, partnership: UUID) -> HttpResponse:
    """Choose who may see us."""
    viewer = viewer_from(request)
    view = partnership_for(viewer, partnership)
    require(viewer, Permission.BRING_EVIDENCE, partnership)
    body = own_profile(viewer, partnership)[0]
    form = WhoMaySee(_partners(view, viewer.organisation_in(partnership)),
                     request.POST if request.method == "POST" else None, initial=_chosen(body))
    if request.method == "POST" and form.is_valid():
        there = Partnership.objects.get(pk=partnership)
        named = tuple(UUID(one) for one in form.cleaned_data["named"])
        kept = tried(form, lambda: choose_visibility(
            by=viewer, partnership=there, seen=Seen(form.cleaned_data["seen"]), named=named))
        if kept is not None:
            messages.success(request, "Kept. It holds everywhere from now on.")
            return redirect("providers:one", provider=kept.pk)
    return render(request, "providers/seen.html", {"view": view, "invented": view.invented, "form": form})


@login_required
@require_POST
def confirm(request: HttpRequest, partnership: UUID) -> HttpResponse:
    """It still holds."""
    viewer = viewer_from(request)
    partnership_for(viewer, partnership)
    require(viewer, Permission.BRING_EVIDENCE, partnership)
    confirm_profile(by=viewer, partnership=Partnership.objects.get(pk=partnership))
    messages.success(request, "Thank you. It is confirmed as of today.")
    return redirect("providers:profile", partnership=partnership)


@login_required
@require_safe
def who(request: HttpRequest, partnership: UUID) -> HttpResponse:
    """Who could do this, and who nearly could."""
    viewer = viewer_from(request)
    view = partnership_for(viewer, partnership)
    form = WhoCould(request.GET or None)
    said = form.cleaned_data if form.is_bound and form.is_valid() else {}
    needed = Needed(*(str(said.get(name, "")).replace("\x00", "") for name in ("does", "group", "standard")))
    could, nearly = who_could(viewer, partnership, needed)
    context = {"view": view, "invented": view.invented, "form": form, "could": could, "nearly": nearly,
               "asked": needed != Needed()}
    return render(request, "providers/who.html", context)


def _initial(card: ProfileCard | None) -> dict[str, object]:
    if card is None:
        return {}
    lines = {
        kind: "\n".join(f"{one.text}, until {one.until:%-d %-m %Y}" if one.until else one.text for one in found)
        for kind, _, found in card.lines
    }
    names = ("about", "people", "hours", "turnover", "turnover_year", "room", "wants")
    return {name: getattr(card, name) for name in names} | lines


def _partners(view: PartnershipView, own: UUID | None) -> list[tuple[str, str]]:
    return [(str(seat.id), seat.name) for seat in view.seats if seat.id != own]


def _chosen(body: Provider | None) -> dict[str, object]:
    if body is None:
        return {}
    named = NamedPartner.objects.filter(provider=body).values_list("organisation_id", flat=True)
    return {"seen": body.visibility, "named": [str(one) for one in named]}
