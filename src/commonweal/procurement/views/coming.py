"""The public calendar of coming commissions: without an account, for clubs, in plain words."""

from __future__ import annotations

from uuid import UUID

from allauth.core import ratelimit
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.cache import never_cache
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods, require_safe

from commonweal.core.viewer import viewer_from
from commonweal.present.forms import tried
from commonweal.procurement.actions.pipeline import InterestSaid, erase_interest, express_interest
from commonweal.procurement.actions.subscribing import (
    DAYS_TO_CONFIRM,
    confirm,
    subscribe,
    subscription_of,
    unsubscribe,
)
from commonweal.procurement.forms_pipeline import Seek, Subscribe, TakePart
from commonweal.procurement.ical import calendar_of
from commonweal.procurement.queries.pipeline import (
    EACH,
    Sought,
    coming,
    coming_one,
    interest_behind,
    interest_card,
    listing_row,
    receipt_of,
)

ASKS = ("GET", "HEAD", "POST")
TOO_MANY = "Too many were sent from here. Wait a while, then try again, or ring whoever is named."


@require_safe
def page(request: HttpRequest) -> HttpResponse:
    """What is coming, soonest first."""
    sought = _sought(request)
    lines = coming(viewer_from(request), sought)
    looked = bool(sought.place or sought.kind or sought.size or sought.when)
    context = {"form": Seek(request.GET or None), "lines": lines, "answer": _answer(len(lines), looked=looked),
               "invented": sought.invented, "feed": request.get_full_path().partition("?")[2], "looked": looked}
    return render(request, "procurement/coming/list.html", context)


@require_safe
def feed(request: HttpRequest) -> HttpResponse:
    """The same as iCalendar, to subscribe to."""
    sought = _sought(request)
    body = calendar_of(coming(viewer_from(request), sought), "Coming commissions")
    answer = HttpResponse(body, content_type="text/calendar; charset=utf-8")
    answer["Content-Disposition"] = 'inline; filename="coming.ics"'
    return answer


@require_safe
def one(request: HttpRequest, listing: UUID) -> HttpResponse:
    """One of them."""
    line = coming_one(viewer_from(request), listing)
    return render(request, "procurement/coming/one.html", {"line": line, "invented": line.invented, "words": EACH})


@never_cache
@require_http_methods(ASKS)
def take_part(request: HttpRequest, listing: UUID) -> HttpResponse:
    """Say that you might take part: a few questions, no account, a receipt."""
    viewer = viewer_from(request)
    line = coming_one(viewer, listing)
    posted = request.method == "POST"
    form = TakePart(request.POST if posted else None, questions=line.interest)
    if posted and form.is_valid():
        given = form.cleaned_data
        if given["website"]:
            return redirect("procurement:coming-one", listing=listing)
        if not ratelimit.consume(request, action="interest"):
            form.add_error(None, TOO_MANY)
        else:
            said = InterestSaid(organisation=given["organisation"], name=given["name"], reach=given["reach"],
                                answers=form.answers())
            row = listing_row(listing)
            made = tried(form, lambda: express_interest(by=viewer, listing=row, said=said))
            if made is not None:
                return redirect("procurement:coming-receipt", receipt=receipt_of(made))
    context = {"line": line, "form": form, "invented": line.invented}
    return render(request, "procurement/coming/take_part.html", context)


@never_cache
@require_http_methods(ASKS)
def receipt(request: HttpRequest, receipt: str) -> HttpResponse:
    """What was sent and when; whoever holds the link may take it back."""
    row = interest_behind(receipt)
    if request.method == "POST" and row.erased_at is None:
        erase_interest(by=viewer_from(request), interest=row, oneself=True)
    context = {"card": interest_card(row), "listing": row.listing, "invented": row.partnership.invented,
               "buyer": row.listing.commission.organisation.name}
    return render(request, "procurement/coming/receipt.html", context)


@never_cache
@require_http_methods(ASKS)
def news(request: HttpRequest) -> HttpResponse:
    """Ask for news once a week."""
    form = Subscribe(request.POST if request.method == "POST" else None)
    asked = False
    if request.method == "POST" and form.is_valid():
        given = form.cleaned_data
        if not ratelimit.consume(request, action="subscribe"):
            form.add_error(None, TOO_MANY)
        elif given["website"]:
            asked = True
        else:
            asked = bool(tried(form, lambda: subscribe(
                email=given["email"], place=given["place"], kind=given["kind"])))
    return render(request, "procurement/coming/news.html", {"form": form, "asked": asked})


@never_cache
@require_http_methods(ASKS)
def confirmed(request: HttpRequest, token: str) -> HttpResponse:
    """Behind the link of the e-mail: one press, so that a program that opens links confirms nothing."""
    done = request.method == "POST"
    row = confirm(token=token) if done else subscription_of(token, days=DAYS_TO_CONFIRM)
    context = {"done": done or row.confirmed_at is not None, "heading": "News of coming commissions",
               "button": "Yes, send me news", "words": "Once a week, only if there is something new.",
               "after": "You get news once a week, when there is some. Each e-mail has a link that ends it."}
    return render(request, "procurement/coming/press.html", context)


@csrf_exempt    # a mail program ends it in one press too; the link itself is what allows it
@never_cache
@require_http_methods(ASKS)
def ended(request: HttpRequest, token: str) -> HttpResponse:
    """End it: the address is deleted."""
    done = request.method == "POST"
    if done:
        unsubscribe(token=token)
    context = {"done": done, "heading": "End the news", "button": "End it and delete my address", "words": "",
               "after": "It has ended, and your address is deleted."}
    return render(request, "procurement/coming/press.html", context)


def _sought(request: HttpRequest) -> Sought:
    form = Seek(request.GET)
    form.is_valid()
    given = getattr(form, "cleaned_data", {})
    words = {name: given.get(name, "") for name in ("place", "kind", "size", "when")}
    return Sought(**words, invented=request.GET.get("example") == "yes")


def _answer(count: int, *, looked: bool) -> str:
    if not count:
        return "Nothing fits that. Ask for less." if looked else "Nothing is published yet."
    fits = " fit that" if looked and count > 1 else " fits that" if looked else ""
    return "One commission is coming." if count == 1 and not looked else (
        f"{count} {'commission' if count == 1 else 'commissions'}{fits or ' are coming'}.")
