"""Coming commissions that fit one's own organisation; and, for whoever commissions, who was not told."""

from __future__ import annotations

from uuid import UUID

from django import forms
from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.cache import never_cache
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from commonweal.core.errors import NotFound
from commonweal.core.models import Partnership
from commonweal.core.permissions import Permission
from commonweal.core.queries.partnerships import partnership_for
from commonweal.core.viewer import require, viewer_from
from commonweal.present.forms import tried
from commonweal.procurement.actions.chances import answer_chance, end_wish, wish_behind, wish_news
from commonweal.procurement.models import Listing
from commonweal.procurement.models.chances import ChanceAnswer, Often
from commonweal.procurement.queries.chances import chances_for, reach_of, wish_of
from commonweal.procurement.queries.commissions import commission_for
from commonweal.procurement.queries.pipeline import listing_of, listing_row
from commonweal.providers.queries.profiles import own_profile


class WishForm(forms.Form):
    """How one wishes to be told."""

    often = forms.ChoiceField(label="How shall we tell you?", widget=forms.RadioSelect, choices=Often.choices)


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def page(request: HttpRequest, partnership: UUID) -> HttpResponse:
    """What is coming that we could do, and how we wish to be told."""
    viewer = viewer_from(request)
    view = partnership_for(viewer, partnership)
    require(viewer, Permission.BRING_EVIDENCE, partnership)
    wish = wish_of(viewer, partnership)
    form = WishForm(request.POST if request.method == "POST" else None,
                    initial={"often": wish.often} if wish else {})
    if request.method == "POST" and form.is_valid():
        there, often = Partnership.objects.get(pk=partnership), Often(form.cleaned_data["often"])
        if tried(form, lambda: wish_news(by=viewer, partnership=there, often=often)) is not None:
            messages.success(request, "Kept. You can change it here at any time.")
            return redirect("procurement:chances", partnership=partnership)
    body, profile = own_profile(viewer, partnership)
    return render(request, "procurement/chances.html", {
        "view": view, "invented": view.invented, "cards": chances_for(viewer, partnership), "form": form,
        "said": profile is not None and bool(profile.lines), "known": body is not None,
    })


@login_required
@require_POST
def answer(request: HttpRequest, partnership: UUID, listing: UUID, said: str) -> HttpResponse:
    """Keep track of it, or it is not for us."""
    viewer = viewer_from(request)
    partnership_for(viewer, partnership)
    row: Listing = listing_row(listing)
    if row.partnership_id != partnership or said not in ChanceAnswer.values:
        raise NotFound("This commission is not in the calendar any more.")
    answer_chance(by=viewer, listing=row, answer=ChanceAnswer(said))
    messages.success(request, "It is among what you apply for now." if said == ChanceAnswer.TRACKED
                     else "It comes last from now on, and no e-mail tells you of it again.")
    return redirect("procurement:chances", partnership=partnership)


@login_required
@require_safe
def reach(request: HttpRequest, partnership: UUID, commission: UUID) -> HttpResponse:
    """Who could do it, who was told, who was not and why."""
    viewer = viewer_from(request)
    view = partnership_for(viewer, partnership)
    card = commission_for(viewer, partnership, commission)
    require(viewer, Permission.RECORD_EVIDENCE, partnership)
    row = listing_of(viewer, partnership, commission)
    found = reach_of(viewer, partnership, row) if row is not None and not row.withdrawn else None
    return render(request, "procurement/reach.html", {
        "view": view, "invented": view.invented, "card": card, "found": found})


@csrf_exempt    # a mail program ends it in one press too; the link itself is what allows it
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def ended(request: HttpRequest, token: str) -> HttpResponse:
    """No more e-mail of chances."""
    done = request.method == "POST"
    wish_behind(token)
    if done:
        end_wish(token=token)
    context = {"done": done, "heading": "End these e-mails", "button": "Send me no more", "words": "",
               "after": "It has ended. What you could do is still shown when you sign in."}
    return render(request, "procurement/coming/press.html", context)
