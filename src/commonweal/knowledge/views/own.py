"""A partnership's own words: what is not agreed yet, one word with its discussion, its history, the rule."""

from __future__ import annotations

from uuid import UUID

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods, require_safe

from commonweal.core.errors import CommonwealError, NotFound
from commonweal.core.models import Partnership
from commonweal.core.permissions import Permission
from commonweal.core.queries.partnerships import partnership_for
from commonweal.core.viewer import require, viewer_from
from commonweal.knowledge.actions.terms import set_rule
from commonweal.knowledge.forms import SayIt, SetRule
from commonweal.knowledge.models import Rule, TermState
from commonweal.knowledge.pages import crosswalk_table, letters, word_links
from commonweal.knowledge.queries.history import comments_on, history_of, may_sign
from commonweal.knowledge.queries.terms import search_words
from commonweal.knowledge.queries.words import own_word, own_words, ruling_of, seed_words, term_record, words_for


@login_required
@require_safe
def words(request: HttpRequest, partnership: UUID) -> HttpResponse:
    """What is not agreed yet comes first; then what is, and every other word A to Z."""
    viewer = viewer_from(request)
    view = partnership_for(viewer, partnership)
    query = request.GET.get("q", "")[:100].strip()
    own = own_words(viewer, partnership)
    mine = {one.slug for one in own}
    context = {
        "view": view, "invented": view.invented, "query": query,
        "found": search_words(viewer, query, partnership) if query else (),
        "open": [one for one in own if one.open],
        "brought": [one for one in own if one.state == TermState.BROUGHT],
        "agreed": [one for one in own if one.state == TermState.AGREED],
        "retired": [one for one in own if one.state == TermState.RETIRED],
        "letters": letters(word for slug, word in seed_words().items() if slug not in mine),
        "ruling": ruling_of(viewer, partnership),
        "may_propose": viewer.may(Permission.RECORD_EVIDENCE, partnership),
        "may_manage": viewer.may(Permission.MANAGE_PARTNERSHIP, partnership),
    }
    return render(request, "knowledge/own_words.html", context)


@login_required
@require_safe
def word(request: HttpRequest, partnership: UUID, slug: str) -> HttpResponse:
    """One word as it is meant here, how far it has come, and what is said of it."""
    viewer = viewer_from(request)
    view = partnership_for(viewer, partnership)
    here = {one.slug: one for one in words_for(viewer, partnership)}
    found = own_word(viewer, partnership, slug)
    shown = found.word if found else seed_words().get(slug)
    if shown is None:
        raise NotFound("There is no such word in this partnership.")
    context = {
        "view": view, "invented": view.invented, "own": found, "word": shown, "links": word_links(shown, here),
        "ruling": ruling_of(viewer, partnership),
        "may_propose": viewer.may(Permission.RECORD_EVIDENCE, partnership),
        "may_speak": viewer.may(Permission.DISCUSS, partnership), "form": SayIt(),
    }
    if found:
        record = term_record(viewer, partnership, slug)
        told = history_of(viewer, record)
        context |= {
            "latest": told[0], "comments": comments_on(viewer, record), "versions": len(told),
            "may_sign": found.open and bool(may_sign(viewer, partnership)),
        }
    return render(request, "knowledge/own_word.html", context)


@login_required
@require_safe
def history(request: HttpRequest, partnership: UUID, slug: str) -> HttpResponse:
    """Every version with what changed."""
    viewer = viewer_from(request)
    view = partnership_for(viewer, partnership)
    record = term_record(viewer, partnership, slug)
    context = {"view": view, "invented": view.invented, "term": record, "history": history_of(viewer, record)}
    return render(request, "knowledge/history.html", context)


@login_required
@require_safe
def crosswalk(request: HttpRequest, partnership: UUID) -> HttpResponse:
    """What each sector says, as the partners have it."""
    viewer = viewer_from(request)
    view = partnership_for(viewer, partnership)
    table = crosswalk_table(words_for(viewer, partnership), partnership)
    return render(request, "knowledge/crosswalk.html", {"view": view, "table": table, "invented": view.invented})


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def rule(request: HttpRequest, partnership: UUID) -> HttpResponse:
    """By whose signatures a meaning is agreed."""
    viewer = viewer_from(request)
    view = partnership_for(viewer, partnership)
    require(viewer, Permission.MANAGE_PARTNERSHIP, partnership)
    ruling = ruling_of(viewer, partnership)
    form = SetRule(request.POST if request.method == "POST" else None, initial={"rule": ruling.rule})
    if request.method == "POST" and form.is_valid():
        try:
            set_rule(
                by=viewer, partnership=Partnership.objects.get(pk=partnership),
                rule=Rule(form.cleaned_data["rule"]), reason=form.cleaned_data["reason"],
            )
        except CommonwealError as refusal:
            form.add_error(None, str(refusal))
        else:
            messages.success(request, "The rule is changed. It holds for what is signed from now on.")
            return redirect("knowledge:own-words", partnership=partnership)
    context = {"view": view, "invented": view.invented, "form": form, "ruling": ruling}
    return render(request, "knowledge/rule.html", context)
