"""The register of people: read by members, kept by the people themselves and their referees, by link alone."""

from __future__ import annotations

from uuid import UUID

from allauth.core import ratelimit
from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from commonweal.core.errors import NotFound
from commonweal.core.permissions import Permission
from commonweal.core.queries.partnerships import partnership_for
from commonweal.core.viewer import require, viewer_from
from commonweal.present.forms import tried
from commonweal.providers.actions.advisers import (
    add_work,
    adviser_behind,
    answer_reference,
    ask_adviser,
    ask_reference,
    let_adviser_go,
    reference_behind,
    reply_to,
    say_yes,
    take_out_work,
)
from commonweal.providers.forms_advisers import (
    AddWork,
    AnswerReference,
    AskAdviser,
    AskReference,
    Reply,
    SayOfMyself,
)
from commonweal.providers.models import Adviser, AdviserKind, AdviserWork, Reference
from commonweal.providers.queries.advisers import adviser_for, own_card, people_for, questions
from commonweal.providers.queries.help import partnership_row

ASKS = ("GET", "HEAD", "POST")
TOO_MANY = "Too many were sent from here. Wait a while, then try again."


@login_required
@require_safe
def people(request: HttpRequest, partnership: UUID) -> HttpResponse:
    """Who could help, by name."""
    viewer = viewer_from(request)
    view = partnership_for(viewer, partnership)
    words, kind = (request.GET.get(name, "")[:100].replace("\x00", "") for name in ("q", "kind"))
    return render(request, "providers/people/list.html", {
        "view": view, "invented": view.invented, "found": people_for(viewer, partnership, words, kind), "q": words,
        "kind": kind, "kinds": AdviserKind.choices, "looked": bool(words or kind),
        "may_ask": viewer.may(Permission.BRING_EVIDENCE, partnership)})


@login_required
@require_safe
def person(request: HttpRequest, partnership: UUID, adviser: UUID) -> HttpResponse:
    """One of them."""
    viewer = viewer_from(request)
    view = partnership_for(viewer, partnership)
    return render(request, "providers/people/one.html", {
        "view": view, "invented": view.invented, "card": adviser_for(viewer, partnership, adviser)})


@login_required
@require_http_methods(ASKS)
def ask(request: HttpRequest, partnership: UUID) -> HttpResponse:
    """Ask somebody into it."""
    viewer = viewer_from(request)
    view = partnership_for(viewer, partnership)
    require(viewer, Permission.BRING_EVIDENCE, partnership)
    form = AskAdviser(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        given = form.cleaned_data
        if not ratelimit.consume(request, action="invite", user=request.user):
            form.add_error(None, TOO_MANY)
        elif tried(form, lambda: ask_adviser(
                by=viewer, partnership=partnership_row(partnership), name=given["name"], email=given["email"],
                kind=AdviserKind(given["kind"]))) is not None:
            messages.success(request, "A letter is on its way. Nothing is shown until they say yes themselves.")
            return redirect("providers:people", partnership=partnership)
    return render(request, "providers/people/form.html", {
        "view": view, "invented": view.invented, "form": form, "heading": "Ask somebody onto the list",
        "lead": "They get a letter and decide. Nobody pays to be on it.", "button": "Send the letter",
        "to": reverse("providers:people", args=[partnership]), "to_text": "People who could help"})


@never_cache
@require_safe
def own(request: HttpRequest, token: str) -> HttpResponse:
    """One's own entry, by one's own link: what is shown, what others said, how to go."""
    row = adviser_behind(token)
    return render(request, "providers/people/own.html", {
        "card": own_card(row), "token": token, "row": row, "invented": row.partnership.invented,
        "contact_name": ""})


@never_cache
@require_http_methods(ASKS)
def own_say(request: HttpRequest, token: str) -> HttpResponse:
    """Say yes, or say it anew."""
    row = adviser_behind(token)
    held = {name: getattr(row, name) for name in ("about", "area", "prices", "conflicts", "reach", "wide")}
    form = SayOfMyself(request.POST if request.method == "POST" else None,
                       initial=held | {"reach": row.reach or row.email})
    if request.method == "POST" and form.is_valid() \
            and tried(form, lambda: say_yes(adviser=row, said=form.said())) is not None:
        messages.success(request, "It is on the list. Now say what you have done.")
        return redirect("providers:adviser-own", token=token)
    return _form(request, row, token, form, ("What others may read of you", "Show it", ""))


@never_cache
@require_http_methods(ASKS)
def own_work(request: HttpRequest, token: str) -> HttpResponse:
    """A thing that was done."""
    row = adviser_behind(token)
    form = AddWork(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid() \
            and tried(form, lambda: add_work(adviser=row, said=form.said())) is not None:
        return redirect("providers:adviser-own", token=token)
    return _form(request, row, token, form, ("Something you did", "Add it", ""))


@never_cache
@require_http_methods(ASKS)
def own_out(request: HttpRequest, token: str, work: UUID) -> HttpResponse:
    """It is taken out, with what was said of it."""
    row = adviser_behind(token)
    held = _work(row, work)
    if request.method == "POST":
        take_out_work(work=held)
        return redirect("providers:adviser-own", token=token)
    return _press(
        request, row, token, ("Take it out", f"{held.what}: what was said of it goes too.", "Take it out")
    )


@never_cache
@require_http_methods(ASKS)
def own_ask(request: HttpRequest, token: str, work: UUID) -> HttpResponse:
    """Ask somebody for a reference."""
    row = adviser_behind(token)
    held = _work(row, work)
    form = AskReference(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        given = form.cleaned_data
        if not ratelimit.consume(request, action="reference"):
            form.add_error(None, TOO_MANY)
        elif tried(form, lambda: ask_reference(
                work=held, name=given["name"], email=given["email"])) is not None:
            messages.success(request, "They are asked. You read here what they answer, and may reply.")
            return redirect("providers:adviser-own", token=token)
    lead = "Seven questions about facts. You cannot take out one answer: only the whole thing you did."
    return _form(request, row, token, form, (f"Who can speak of it? {held.what}", "Ask them", lead))


@never_cache
@require_http_methods(ASKS)
def own_reply(request: HttpRequest, token: str, reference: UUID) -> HttpResponse:
    """Reply to what was said."""
    row = adviser_behind(token)
    held = Reference.objects.filter(pk=reference, work__adviser=row).select_related("work__adviser").first()
    if held is None:
        raise NotFound("There is no such reference.")
    form = Reply(request.POST if request.method == "POST" else None, initial={"words": held.reply})
    if request.method == "POST" and form.is_valid() and tried(
            form, lambda: reply_to(reference=held, words=form.cleaned_data["words"])) is not None:
        return redirect("providers:adviser-own", token=token)
    return _form(request, row, token, form, (f"Your reply to {held.name}", "Put it beside", ""))


@never_cache
@require_http_methods(ASKS)
def own_go(request: HttpRequest, token: str) -> HttpResponse:
    """Everything is deleted at once."""
    row = adviser_behind(token)
    if request.method == "POST":
        let_adviser_go(adviser=row)
        return render(request, "providers/people/gone.html", {"invented": row.partnership.invented})
    return _press(request, row, token, (
        "Delete all of it", "What you said, what you did and what others said of it goes at once, for good.",
        "Delete it"))


@never_cache
@require_http_methods(ASKS)
def reference(request: HttpRequest, token: str) -> HttpResponse:
    """A referee answers, changes the answers, or would rather not."""
    row = reference_behind(token)
    adviser = row.work.adviser
    if adviser.erased_at is not None:
        raise NotFound("This link leads nowhere any more: what it stood for is deleted.")
    declines = request.method == "POST" and request.POST.get("declines") == "yes"
    form = AnswerReference(request.POST if request.method == "POST" and not declines else None, asked=questions(),
                           initial=row.answers)
    if declines or (request.method == "POST" and form.is_valid()):
        answers = None if declines else form.cleaned_data
        if tried(form, lambda: answer_reference(reference=row, answers=answers)) is not None:
            return render(request, "providers/people/thanks.html", {
                "declined": declines, "adviser": adviser, "invented": row.partnership.invented, "token": token})
    return render(request, "providers/people/reference.html", {
        "row": row, "adviser": adviser, "form": form, "invented": row.partnership.invented})


def _work(row: Adviser, work: UUID) -> AdviserWork:
    held: AdviserWork | None = row.works.filter(pk=work).select_related("adviser").first()
    if held is None:
        raise NotFound("There is no such thing on your list.")
    return held


def _form(
    request: HttpRequest, row: Adviser, token: str, form: object, said: tuple[str, str, str]
) -> HttpResponse:
    heading, button, lead = said
    return render(request, "providers/people/form.html", {
        "form": form, "heading": heading, "button": button, "lead": lead, "invented": row.partnership.invented,
        "to": reverse("providers:adviser-own", args=[token]), "to_text": "Your entry", "link_only": True})


def _press(request: HttpRequest, row: Adviser, token: str, said: tuple[str, str, str]) -> HttpResponse:
    heading, lead, button = said
    return render(request, "providers/people/form.html", {
        "form": "", "heading": heading, "button": button, "lead": lead, "invented": row.partnership.invented,
        "to": reverse("providers:adviser-own", args=[token]), "to_text": "Your entry", "link_only": True})
