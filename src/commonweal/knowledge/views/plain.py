"""Plain words: a text is checked, wordings are accepted in one press, a Word file comes back with comments."""

from __future__ import annotations

from pathlib import PurePath
from uuid import UUID

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_http_methods, require_POST

from commonweal.core.viewer import viewer_from
from commonweal.knowledge.forms_plain import Text, WordFile
from commonweal.knowledge.plain import Jargon, accepted, check_text
from commonweal.knowledge.plain_document import checked_document
from commonweal.knowledge.plain_pages import marked
from commonweal.knowledge.queries.jargon import jargon_for
from commonweal.knowledge.views.files import sent
from commonweal.lake.opening.model import CannotOpen
from commonweal.policy.plain_words import plain_words

ALL = "all"


@require_http_methods(["GET", "HEAD", "POST"])
def plain(request: HttpRequest) -> HttpResponse:
    """A text, checked; sent with `use`, checked again with those wordings in it."""
    if request.method != "POST":
        return _page(request, Text())
    form = Text(request.POST)
    if not form.is_valid():
        return _page(request, form)
    jargon = _jargon(request, form.cleaned_data["partnership"])
    check = check_text(form.cleaned_data["text"], jargon)
    chosen = request.POST.getlist("use")
    if chosen:
        every = [one.key for one in check.findings] if ALL in chosen else chosen
        check = check_text(accepted(check, every), jargon)
        form = Text({"text": check.text, "partnership": request.POST.get("partnership", "")})
    return _page(request, form, check=check, marked=marked(check), changed=bool(chosen))


@login_required
@require_POST
def plain_word(request: HttpRequest) -> HttpResponse:
    """The Word file that was sent, with comments."""
    form = WordFile(request.POST, request.FILES)
    if form.is_valid():
        file = form.cleaned_data["file"]
        name = PurePath(file.name or "document.docx")
        try:
            made = checked_document(name.name, file.read(), _jargon(request, None))
        except CannotOpen as refusal:
            form.add_error("file", str(refusal))
        else:
            return sent(made.content, "docx", "in-plain-words")
    return _page(request, Text(), word=form)


def _jargon(request: HttpRequest, partnership: UUID | None) -> tuple[Jargon, ...]:
    return jargon_for(viewer_from(request), partnership)


def _page(request: HttpRequest, form: Text, **more: object) -> HttpResponse:
    context = {"form": form, "word": WordFile(), "known": plain_words(), **more}
    return render(request, "knowledge/plain.html", context)
