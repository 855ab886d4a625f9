"""Proposing, changing, signing, retiring a word, and saying something about it."""

from __future__ import annotations

from collections.abc import Callable
from uuid import UUID

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods, require_POST

from commonweal.core.errors import CommonwealError, NotFound
from commonweal.core.models import Partnership
from commonweal.core.permissions import Permission
from commonweal.core.purpose import Purpose
from commonweal.core.queries.partnerships import partnership_for
from commonweal.core.viewer import require, viewer_from
from commonweal.knowledge.actions.terms import (
    change_term,
    comment_on_term,
    propose_term,
    retire_term,
    sign_term,
    take_back_comment,
)
from commonweal.knowledge.forms import Meaning, Retire, SayIt, answers_of
from commonweal.knowledge.models import CommentKind, TermComment, TermState
from commonweal.knowledge.queries.words import own_word, seed_words, term_record


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def add(request: HttpRequest, partnership: UUID) -> HttpResponse:
    """A new word, or a seed to start from (`?from=`)."""
    viewer = viewer_from(request)
    view = partnership_for(viewer, partnership)
    require(viewer, Permission.RECORD_EVIDENCE, partnership)
    seed = seed_words().get(request.GET.get("from", ""))
    form = Meaning(
        request.POST if request.method == "POST" else None, new=True, initial=answers_of(seed) if seed else {}
    )
    if request.method == "POST" and form.is_valid():
        try:
            version = propose_term(
                by=viewer, partnership=Partnership.objects.get(pk=partnership), saying=form.saying(seed),
                slug=seed.slug if seed else "",
            )
        except CommonwealError as refusal:
            form.add_error(None, str(refusal))
        else:
            messages.success(request, f"“{version.label}” is proposed. Partners can now discuss and sign it.")
            return redirect("knowledge:own-word", partnership=partnership, slug=version.identity.slug)
    context = {"view": view, "invented": view.invented, "form": form, "seed": seed}
    return render(request, "knowledge/say_meaning.html", context)


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def change(request: HttpRequest, partnership: UUID, slug: str) -> HttpResponse:
    """Another wording, as the next version."""
    viewer = viewer_from(request)
    view = partnership_for(viewer, partnership)
    require(viewer, Permission.RECORD_EVIDENCE, partnership)
    own = own_word(viewer, partnership, slug)
    if own is None:
        raise NotFound("There is no such word in this partnership.")
    new = own.state == TermState.BROUGHT
    form = Meaning(request.POST if request.method == "POST" else None, new=new, initial=answers_of(own.proposed))
    if request.method == "POST" and form.is_valid():
        try:
            change_term(
                by=viewer, term=term_record(viewer, partnership, slug), saying=form.saying(own.proposed),
                reason=form.cleaned_data.get("reason", ""), seen=_seen(request),
            )
        except CommonwealError as refusal:
            form.add_error(None, str(refusal))
        else:
            messages.success(request, "The new wording waits for signatures. What was agreed stands until then.")
            return redirect("knowledge:own-word", partnership=partnership, slug=slug)
    context = {"view": view, "invented": view.invented, "form": form, "own": own}
    return render(request, "knowledge/say_meaning.html", context)


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def retire(request: HttpRequest, partnership: UUID, slug: str) -> HttpResponse:
    """Ask that a word be used no more."""
    viewer = viewer_from(request)
    view = partnership_for(viewer, partnership)
    require(viewer, Permission.RECORD_EVIDENCE, partnership)
    own = own_word(viewer, partnership, slug)
    if own is None:
        raise NotFound("There is no such word in this partnership.")
    form = Retire(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        try:
            retire_term(
                by=viewer, term=term_record(viewer, partnership, slug), reason=form.cleaned_data["reason"],
                seen=_seen(request),
            )
        except CommonwealError as refusal:
            form.add_error(None, str(refusal))
        else:
            messages.success(request, "It is written down that this word should be used no more.")
            return redirect("knowledge:own-word", partnership=partnership, slug=slug)
    context = {"view": view, "invented": view.invented, "form": form, "own": own}
    return render(request, "knowledge/retire.html", context)


@login_required
@require_POST
def sign(request: HttpRequest, partnership: UUID, slug: str) -> HttpResponse:
    """Sign the version that was read."""
    viewer = viewer_from(request)
    partnership_for(viewer, partnership)
    require(viewer, Permission.AGREE, partnership)
    record = term_record(viewer, partnership, slug)

    def deed() -> str:
        signature = sign_term(by=viewer, term=record, seen=_seen(request))
        return f"Signed for {signature.organisation.name}."

    return _done(request, deed, partnership, slug)


@login_required
@require_POST
def say(request: HttpRequest, partnership: UUID, slug: str) -> HttpResponse:
    """A comment or an objection."""
    viewer = viewer_from(request)
    partnership_for(viewer, partnership)
    require(viewer, Permission.DISCUSS, partnership)
    record = term_record(viewer, partnership, slug)
    form = SayIt(request.POST)
    if not form.is_valid():
        messages.error(request, " ".join(str(one) for errors in form.errors.values() for one in errors))
        return redirect("knowledge:own-word", partnership=partnership, slug=slug)

    def deed() -> str:
        comment_on_term(
            by=viewer, term=record, body=form.cleaned_data["body"], seen=_seen(request),
            kind=CommentKind(form.cleaned_data["kind"]),
        )
        return "Your words stand under the meaning."

    return _done(request, deed, partnership, slug)


@login_required
@require_POST
def take_back(request: HttpRequest, partnership: UUID, comment: UUID) -> HttpResponse:
    """Take back what one has said."""
    viewer = viewer_from(request)
    partnership_for(viewer, partnership)
    require(viewer, Permission.DISCUSS, partnership)
    seen = TermComment.objects.visible_to(viewer, Purpose.ASSESSMENT).filter(partnership=partnership, pk=comment)
    found = seen.select_related("version__identity").first()
    if found is None:
        raise NotFound("There is no such comment in this partnership.")

    def deed() -> str:
        take_back_comment(by=viewer, comment=found)
        return "It is taken back."

    return _done(request, deed, partnership, found.version.identity.slug)


def _done(request: HttpRequest, deed: Callable[[], str], partnership: UUID, slug: str) -> HttpResponse:
    """The deed, or the sentence that says why not, at the top of the word's page."""
    try:
        messages.success(request, deed())
    except CommonwealError as refusal:
        messages.error(request, str(refusal))
    return redirect("knowledge:own-word", partnership=partnership, slug=slug)


def _seen(request: HttpRequest) -> int:
    """Which version was on the page when the button was pressed."""
    given = request.POST.get("seen", "")
    return int(given) if given.isascii() and given.isdigit() and len(given) < 9 else 0
