"""Keeping in touch: the list, one contact with its log, and the short form that adds a line."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from commonweal.core.errors import CommonwealError
from commonweal.core.models import Partnership, Person
from commonweal.core.permissions import Permission
from commonweal.core.queries.partnerships import partnership_for
from commonweal.core.viewer import Viewer, require, viewer_from
from commonweal.needs.actions.nudges import Reminder, reminder_of
from commonweal.needs.actions.relationships import (
    Keeping,
    Spoken,
    finish_next_step,
    log_contact,
    name_contact,
    take_line_back,
)
from commonweal.needs.contacts_content import contact_words, first_interval
from commonweal.needs.forms_contacts import LogContact, NameContact
from commonweal.needs.queries.relationships import (
    ContactCard,
    Touch,
    contact_for,
    contacts_for,
    keeper_choices,
    line_row,
    lines_of,
    relationship_row,
)

OPEN = 5  # rows without anybody that stand open; more would hide what can be done today


@login_required
@require_safe
def contacts(request: HttpRequest, partnership: UUID) -> HttpResponse:
    """Every organisation and area: those that lapsed, then some nobody keeps in touch with; the rest is folded."""
    viewer = viewer_from(request)
    view = partnership_for(viewer, partnership)
    found = contacts_for(viewer, partnership)
    groups = {touch.value: [card for card in found if card.touch is touch] for touch in Touch}
    nobody = groups[Touch.NOBODY.value]
    context = _context(viewer, view, partnership) | {
        "all": found, "groups": groups, "first_nobody": nobody[:OPEN], "more_nobody": nobody[OPEN:],
        "reminder": _reminder(viewer, partnership, groups[Touch.LAPSED.value])}
    return render(request, "needs/contacts/contacts.html", context)


@login_required
@require_safe
def contact(request: HttpRequest, partnership: UUID, subject: str) -> HttpResponse:
    """One of them, with its log for those who may read it."""
    viewer = viewer_from(request)
    view = partnership_for(viewer, partnership)
    card = contact_for(viewer, partnership, subject)
    lines = lines_of(viewer, partnership, card.relationship)
    context = _context(viewer, view, partnership) | {
        "card": card, "lines": lines, "may_delete_all": viewer.may(Permission.MANAGE_PARTNERSHIP, partnership)}
    return render(request, "needs/contacts/contact.html", context)


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def name(request: HttpRequest, partnership: UUID, subject: str) -> HttpResponse:
    """Name who keeps in touch."""
    viewer = viewer_from(request)
    view = partnership_for(viewer, partnership)
    card = contact_for(viewer, partnership, subject)
    require(viewer, Permission.RECORD_EVIDENCE, partnership)
    held = {"keeper": str(card.keeper_id or ""), "speaks_to": card.speaks_to,
            "every_weeks": card.every_weeks or first_interval()}
    answers = request.POST if request.method == "POST" else None
    form = NameContact(keeper_choices(viewer, partnership, card.key), answers, initial=held)
    if request.method == "POST" and form.is_valid():
        said = form.cleaned_data
        try:
            name_contact(
                by=viewer, partnership=Partnership.objects.get(pk=partnership), key=card.key,
                keeping=Keeping(UUID(said["keeper"]), said["every_weeks"], said["speaks_to"]),
            )
        except CommonwealError as refusal:
            form.add_error(None, str(refusal))
        else:
            messages.success(request, f"Named for {card.name}.")
            return redirect("needs:contact", partnership=partnership, subject=card.key)
    context = _context(viewer, view, partnership) | {
        "card": card, "form": form, "heading": f"Who keeps in touch with {card.name}?", "button": "Save"}
    return render(request, "needs/contacts/form.html", context)


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def log(request: HttpRequest, partnership: UUID, subject: str) -> HttpResponse:
    """Write one contact down."""
    viewer = viewer_from(request)
    view = partnership_for(viewer, partnership)
    card = contact_for(viewer, partnership, subject)
    require(viewer, Permission.RECORD_EVIDENCE, partnership)
    row = relationship_row(viewer, partnership, card.relationship)
    form = LogContact(request.POST if request.method == "POST" else None, initial={"with_whom": card.speaks_to})
    if request.method == "POST" and form.is_valid():
        try:
            log_contact(by=viewer, relationship=row, spoken=Spoken(**form.cleaned_data))
        except CommonwealError as refusal:
            form.add_error(None, str(refusal))
        else:
            messages.success(request, "Written down.")
            return redirect("needs:contact", partnership=partnership, subject=card.key)
    context = _context(viewer, view, partnership) | {
        "card": card, "form": form, "heading": f"A contact with {card.name}", "button": "Write it down",
        "hint": contact_words()["log"]}
    return render(request, "needs/contacts/form.html", context)


@login_required
@require_POST
def take_back(request: HttpRequest, partnership: UUID, subject: str, line: UUID) -> HttpResponse:
    """Delete a line."""
    viewer = viewer_from(request)
    partnership_for(viewer, partnership)
    require(viewer, Permission.RECORD_EVIDENCE, partnership)
    take_line_back(by=viewer, line=line_row(viewer, partnership, line))
    messages.success(request, "The line is deleted.")
    return redirect("needs:contact", partnership=partnership, subject=subject)


@login_required
@require_POST
def done(request: HttpRequest, partnership: UUID, subject: str, line: UUID) -> HttpResponse:
    """Tick the next step off."""
    viewer = viewer_from(request)
    partnership_for(viewer, partnership)
    require(viewer, Permission.RECORD_EVIDENCE, partnership)
    finish_next_step(by=viewer, line=line_row(viewer, partnership, line))
    messages.success(request, "Done.")
    return redirect("needs:contact", partnership=partnership, subject=subject)


def _reminder(viewer: Viewer, partnership: UUID, lapsed: list[ContactCard]) -> Reminder | None:
    """What the viewer is written this week, where they let anything lapse."""
    mine = tuple(card for card in lapsed if card.mine)
    to = Person.objects.filter(pk=viewer.person).first() if mine and viewer.person else None
    return reminder_of(Partnership.objects.get(pk=partnership), to, mine) if to else None


def _context(viewer: Viewer, view: Any, partnership: UUID) -> dict[str, Any]:
    return {
        "view": view, "invented": view.invented, "words": contact_words(),
        "may_write": viewer.may(Permission.RECORD_EVIDENCE, partnership),
    }
