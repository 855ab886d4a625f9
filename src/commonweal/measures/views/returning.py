"""The pages behind a return's link: what is asked, one question a page, check, send, receipt. No account."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from allauth.core import ratelimit
from django.contrib import messages
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from commonweal.core import clock
from commonweal.core.errors import NotFound, Refused
from commonweal.measures.actions.answering import (
    Answering,
    Kept,
    new_link_after,
    nothing_happened,
    save_answer,
    send_return,
)
from commonweal.measures.actions.opening import NO_LINK, link_behind
from commonweal.measures.forms_return import AnswerForm
from commonweal.measures.models import Return
from commonweal.measures.pages.returning import clash_words, tasks_of
from commonweal.measures.queries.sheet import Sheet, changes_of, said_of, sheet_of
from commonweal.measures.return_mail import send_receipt
from commonweal.measures.views.opened import let_in, opened
from commonweal.policy.returns import burden_of, return_rules
from commonweal.present.forms import tried

ASKS = ("GET", "HEAD", "POST")
TOO_MANY = "Too many tries. Wait a few minutes, then try again."
NEWEST = "returns_new_link"


@never_cache
@require_http_methods(ASKS)
def begin(request: HttpRequest, token: str) -> HttpResponse:
    """What is asked and what it takes. Looking changes nothing, for programs look too; the button lets in."""
    try:
        link = link_behind(token)
    except NotFound:
        return render(request, "measures/no_link.html", {"words": NO_LINK}, status=404)
    sheet = sheet_of(link.of, clock.today())
    if request.method == "POST":
        if not ratelimit.consume(request, action="open_return"):
            raise Refused(TOO_MANY)
        let_in(request, link)
        return redirect("measures:return", returned=link.of_id)
    questions = tuple(one.asked.question for one in sheet.answers)
    context = _context(sheet) | {"burden": burden_of(questions, link.of.plan.every), "rules": return_rules()}
    return render(request, "measures/begin.html", context)


@never_cache
@require_safe
def page(request: HttpRequest, returned: UUID) -> HttpResponse:
    """Every question with what is said so far."""
    row, who = opened(request, returned)
    sheet = sheet_of(row, clock.today())
    if sheet.sent:
        return redirect("measures:return-sent", returned=returned)
    context = _context(sheet) | {"tasks": tasks_of(sheet, who.device), "next": _first_open(sheet)}
    return render(request, "measures/return.html", context)


@never_cache
@require_http_methods(ASKS)
def question(request: HttpRequest, returned: UUID, question: str) -> HttpResponse:
    """One question. Saved when the button is pressed; a script may send the same and is answered in JSON."""
    row, who = opened(request, returned)
    sheet = sheet_of(row, clock.today())
    view = sheet.answer(question)
    form = AnswerForm(request.POST if request.method == "POST" else None, view=view)
    if request.method == "POST" and form.is_valid():
        kept = tried(form, lambda: save_answer(who=who, to=row, said=form.said()))
        if kept is not None:
            return _kept(request, sheet, question, kept)
    if request.method == "POST" and _by_script(request):
        return JsonResponse({"wrong": True}, status=422)
    keys = [one.asked.key for one in sheet.answers]
    context = _context(sheet) | {
        "form": form, "asked": view, "place": keys.index(question) + 1, "of": len(keys),
        "back": _before(sheet, question), "ahead": [_page_of(sheet, key) for key in keys],
        "others": view.device not in ("", who.device), "done": _done(sheet),
    }
    return render(request, "measures/question.html", context)


@never_cache
@require_http_methods(ASKS)
def check(request: HttpRequest, returned: UUID) -> HttpResponse:
    """All answers on one page; what cannot be is refused, what is unlikely is said, and then it is sent."""
    row, who = opened(request, returned)
    sheet = sheet_of(row, clock.today())
    problems: list[dict[str, str]] = []
    if request.method == "POST":
        try:
            return _sent(request, send_return(who=who, to=row), who)
        except Refused as refusal:
            problems = [{"text": str(refusal)}]
    context = _context(sheet) | {"problems": problems, "rows": _rows(sheet)}
    return render(request, "measures/check.html", context)


@never_cache
@require_POST
def nothing(request: HttpRequest, returned: UUID) -> HttpResponse:
    """Nothing happened: one press, and it is sent."""
    row, who = opened(request, returned)
    return _sent(request, nothing_happened(who=who, to=row), who)


@never_cache
@require_safe
def sent(request: HttpRequest, returned: UUID) -> HttpResponse:
    """The receipt, what was sent, and the way to correct it."""
    row, _ = opened(request, returned)
    sheet = sheet_of(row, clock.today())
    if not sheet.sent:
        return redirect("measures:return", returned=returned)
    newest = request.session.get(NEWEST, {}).get(str(returned), "")
    again = request.build_absolute_uri(reverse("measures:return-begin", args=[newest])) if newest else ""
    context = _context(sheet) | {"rows": _rows(sheet), "again": again, "changes": changes_of(row)}
    return render(request, "measures/sent.html", context)


def _sent(request: HttpRequest, row: Return, who: Answering) -> HttpResponse:
    """Sent: the link that was used gives way to one that corrects, which is shown and sent by e-mail."""
    token = new_link_after(who=who, to=row)
    let_in(request, link_behind(token))
    request.session[NEWEST] = {**request.session.get(NEWEST, {}), str(row.pk): token}
    link = request.build_absolute_uri(reverse("measures:return-begin", args=[token]))
    if who.link is not None and who.link.address and not row.partnership.invented:
        send_receipt(row, who.link.address, link)
    return redirect("measures:return-sent", returned=row.pk)


def _kept(request: HttpRequest, sheet: Sheet, key: str, kept: Kept) -> HttpResponse:
    """Where to go next, with a notice where somebody else's answer gave way."""
    asked, notice = sheet.answer(key).asked, ""
    if kept.over is not None:
        notice = clash_words(asked, said_of(asked, kept.over.value, kept.over.cannot), kept.over.at)
    if sheet.sent:
        messages.success(request, "Corrected. What you said before is kept beside it.")
    following = sheet.after(key)
    on = following and not sheet.sent and not request.GET.get("check")
    to = _page_of(sheet, following) if on else _done(sheet)
    if _by_script(request):
        return JsonResponse({"number": kept.number, "next": to, "notice": notice})
    if notice:
        messages.warning(request, notice)
    return redirect(to)


def _by_script(request: HttpRequest) -> bool:
    return request.headers.get("Accept", "").startswith("application/json")


def _context(sheet: Sheet) -> dict[str, Any]:
    return {"sheet": sheet, "invented": sheet.invented}


def _rows(sheet: Sheet) -> list[dict[str, Any]]:
    """Every answer for a summary list, each with the way to change it."""
    return [
        {"key": one.asked.question.short, "value": one.said or "Not answered yet", "missing": not one.said,
         "actions": [{"href": f"{_page_of(sheet, one.asked.key)}?check=1", "text": "Change"}]}
        for one in sheet.answers
    ]


def _page_of(sheet: Sheet, key: str) -> str:
    return reverse("measures:return-question", args=[sheet.id, key])


def _done(sheet: Sheet) -> str:
    """Where one goes who has answered: to check and send, or back to what was sent."""
    return reverse("measures:return-sent" if sheet.sent else "measures:return-check", args=[sheet.id])


def _before(sheet: Sheet, key: str) -> str:
    keys = [one.asked.key for one in sheet.answers]
    at = keys.index(key)
    return _page_of(sheet, keys[at - 1]) if at else reverse("measures:return", args=[sheet.id])


def _first_open(sheet: Sheet) -> str:
    """The first question without an answer, or the page that sends."""
    found = next((one for one in sheet.answers if not one.done), None)
    return _page_of(sheet, found.asked.key) if found else reverse("measures:return-check", args=[sheet.id])
