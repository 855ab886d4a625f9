"""The words of the field for everybody: A to Z, one word, and sector beside sector."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from commonweal.core.viewer import viewer_from
from commonweal.knowledge.pages import crosswalk_table, letters, word_links
from commonweal.knowledge.queries.terms import search_words
from commonweal.knowledge.queries.words import seed_for, seed_words


@require_safe
def words(request: HttpRequest) -> HttpResponse:
    """Every word, A to Z, or those that fit what was typed."""
    query = request.GET.get("q", "")[:100].strip()
    found = search_words(viewer_from(request), query) if query else ()
    every = tuple(seed_words().values())
    context = {"query": query, "found": found, "letters": letters(every), "count": len(every)}
    return render(request, "knowledge/words.html", context)


@require_safe
def word(request: HttpRequest, slug: str) -> HttpResponse:
    """One word, sector beside sector."""
    found = seed_for(slug)
    return render(request, "knowledge/word.html", {"word": found, "links": word_links(found, seed_words())})


@require_safe
def crosswalk(request: HttpRequest) -> HttpResponse:
    """What each sector says for the same thing."""
    table = crosswalk_table(tuple(seed_words().values()))
    return render(request, "knowledge/crosswalk.html", {"table": table})
