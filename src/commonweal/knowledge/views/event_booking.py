"""Booking a place with or without an account, giving it back, and three questions afterwards."""

from __future__ import annotations

from uuid import UUID

from allauth.core import ratelimit
from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from commonweal.core import clock
from commonweal.core.errors import NotFound, Refused
from commonweal.core.models import Person
from commonweal.core.queries.partnerships import partnership_for
from commonweal.core.viewer import viewer_from
from commonweal.knowledge.actions.booking import Booker, book, give_feedback, leave
from commonweal.knowledge.forms_events import Answers, BookPlace, OwnPlace
from commonweal.knowledge.models import Booking, BookingState
from commonweal.knowledge.queries.event_links import booking_behind, token_of
from commonweal.knowledge.queries.events import event_for, event_row
from commonweal.present.forms import tried

ASKS = ("GET", "HEAD", "POST")
TOO_MANY = "Too many were sent from here. Wait a while, then try again, or ring whoever is named."


@never_cache
@require_http_methods(ASKS)
def book_public(request: HttpRequest, gathering: UUID) -> HttpResponse:
    """A place at a public event, without an account."""
    viewer = viewer_from(request)
    event, row = event_for(viewer, gathering), event_row(viewer, gathering)
    if not event.public:
        raise NotFound("This event is not open to everybody.")
    posted = request.method == "POST"
    form = BookPlace(request.POST if posted else None)
    if posted and form.is_valid():
        if form.cleaned_data["website"]:
            return redirect("knowledge:event", gathering=gathering)
        if not ratelimit.consume(request, action="interest"):
            form.add_error(None, TOO_MANY)
        else:
            made = tried(form, lambda: book(by=viewer, gathering=row, booker=form.booker()))
            if made is not None and made.again:
                form.add_error("email", "This address has booked already. Its link was sent to it again.")
            elif made is not None:
                return redirect("knowledge:booking", token=token_of(made.booking))
    context = {"event": event, "form": form, "invented": event.invented}
    return render(request, "knowledge/events/book.html", context)


@login_required
@never_cache
@require_http_methods(ASKS)
def book_own(request: HttpRequest, partnership: UUID, gathering: UUID) -> HttpResponse:
    """A place for somebody of the partnership."""
    viewer = viewer_from(request)
    view = partnership_for(viewer, partnership)
    row, event = event_row(viewer, gathering, partnership), event_for(viewer, gathering)
    posted = request.method == "POST"
    form = OwnPlace(request.POST if posted else None)
    if posted and form.is_valid():
        person = get_object_or_404(Person, pk=viewer.person)
        booker = Booker(name=person.name, email=person.email, access_needs=form.cleaned_data["access_needs"])
        if tried(form, lambda: book(by=viewer, gathering=row, booker=booker)) is not None:
            messages.success(request, "Booked.")
            return redirect("knowledge:own-event", partnership=partnership, gathering=gathering)
    context = {"view": view, "event": event, "form": form, "invented": view.invented}
    return render(request, "knowledge/events/book_own.html", context)


@never_cache
@require_safe
def booking(request: HttpRequest, token: str) -> HttpResponse:
    """Whether one has a place, how to join, and the way to give it back."""
    row = booking_behind(token)
    context = {"row": row, "event": row.gathering, "token": token, "invented": row.partnership.invented,
               "waiting": row.state == BookingState.WAITING, "left": row.state == BookingState.LEFT,
               "asks": _asks(row)}
    return render(request, "knowledge/events/booking.html", context)


@never_cache
@require_POST
def give_back(request: HttpRequest, token: str) -> HttpResponse:
    """In one press."""
    leave(by=viewer_from(request), booking=booking_behind(token))
    messages.success(request, "Your place is given back, and your name and address are taken out.")
    return redirect("knowledge:booking", token=token)


@never_cache
@require_http_methods(ASKS)
def feedback(request: HttpRequest, token: str) -> HttpResponse:
    """Three questions, without a name."""
    row = booking_behind(token)
    posted = request.method == "POST"
    form = Answers(request.POST if posted else None)
    if posted and form.is_valid():
        said = form.cleaned_data
        if tried(form, lambda: give_feedback(
            by=viewer_from(request), booking=row, worth=said["worth"], useful=said["useful"],
            following=said["next"], quote=said["quote"],
        )) is not None:
            messages.success(request, "Thank you. Nothing says that it was you.")
            return redirect("knowledge:booking", token=token)
    if not posted and not _asks(row):
        raise Refused("These questions are for those who were there, afterwards, once.")
    context = {"row": row, "event": row.gathering, "form": form, "token": token,
               "invented": row.partnership.invented}
    return render(request, "knowledge/events/feedback.html", context)


def _asks(row: Booking) -> bool:
    return row.state == BookingState.PLACE and not row.answered and row.gathering.day <= clock.today()
