"""A bid's own pages: its parts one by one, files, check, send, receipt, and taking it back."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from typing import Any
from uuid import UUID

from allauth.core import ratelimit
from django import forms
from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from commonweal.core.errors import Refused
from commonweal.lake.opening.model import CannotOpen
from commonweal.present.forms import posted, tried
from commonweal.procurement.actions.bid_files import attach, detach, file_of
from commonweal.procurement.actions.bidding import (
    Meanwhile,
    add_link,
    change_bid,
    send_bid,
    withdraw_bid,
)
from commonweal.procurement.attachments import KNOWN, LARGEST, MOST
from commonweal.procurement.bidding import Bidding, own_submission
from commonweal.procurement.forms_bid import (
    AnswerQuestion,
    AttachFile,
    Price,
    Together,
    Who,
    held_together,
    held_who,
)
from commonweal.procurement.models import Bid
from commonweal.procurement.package import Package, Said
from commonweal.procurement.pages.bids import after, parts_of, place_of, rows_of
from commonweal.procurement.queries.bids import Sheet, sheet_of
from commonweal.procurement.views.coming import TOO_MANY
from commonweal.procurement.views.competitions import show_link
from commonweal.procurement.views.let_in import opened

ASKS = ("GET", "HEAD", "POST")
SENT = {"txt": "text/plain; charset=utf-8"}


@never_cache
@require_safe
def page(request: HttpRequest, bid: UUID) -> HttpResponse:
    """Every part, and how it stands."""
    row, who = opened(request, bid)
    sheet = sheet_of(who, row)
    return render(request, "procurement/bidding/bid.html", _context(sheet) | {"tasks": parts_of(sheet)})


@never_cache
@require_http_methods(ASKS)
def who(request: HttpRequest, bid: UUID) -> HttpResponse:
    """Who bids."""
    row, writer = opened(request, bid)
    sheet = sheet_of(writer, row)
    form = Who(posted(request), reserved=sheet.competition.reserved, initial=held_who(sheet.package))

    def change(draft: Package) -> Package:
        given = form.cleaned_data
        return replace(draft, name=given["name"], contact=given["contact"], reach=given["reach"],
                       eligible=bool(given.get("eligible")))

    return _part(request, (row, writer, sheet), "who", form, change, "Who are you?")


@never_cache
@require_http_methods(ASKS)
def together(request: HttpRequest, bid: UUID) -> HttpResponse:
    """Alone or with others."""
    row, writer = opened(request, bid)
    sheet = sheet_of(writer, row)
    form = Together(posted(request), initial=held_together(sheet.package))

    def change(draft: Package) -> Package:
        return replace(draft, alone=form.cleaned_data["alone"] == "yes", members=form.members())

    return _part(request, (row, writer, sheet), "together", form, change, "Alone or together?")


@never_cache
@require_http_methods(ASKS)
def answer(request: HttpRequest, bid: UUID, question: str) -> HttpResponse:
    """One question."""
    row, writer = opened(request, bid)
    sheet = sheet_of(writer, row)
    criterion = next((one for one in sheet.competition.criteria if one.question.key == question), None)
    if criterion is None:
        raise Http404("This is not asked.")
    said, part = sheet.package.answer(question), f"answer-{question}"
    form = AnswerQuestion(posted(request), criterion=criterion, most=sheet.competition.words,
                          initial={"words": said.words, "seen": sheet.package.seen.get(part, 0)})

    def change(draft: Package) -> Package:
        before = draft.answer(question)
        return draft.with_answer(question, Said(form.cleaned_data["words"].strip(), before.number + 1))

    extra = {"criterion": criterion, "taken_over": said.taken_over, "theirs": said.words}
    return _part(request, (row, writer, sheet), part, form, change, criterion.question.words, extra)


@never_cache
@require_http_methods(ASKS)
def price(request: HttpRequest, bid: UUID) -> HttpResponse:
    """The price."""
    row, writer = opened(request, bid)
    sheet = sheet_of(writer, row)
    held = {"price": sheet.package.price, "price_made_of": sheet.package.price_made_of,
            "seen": sheet.package.seen.get("price", 0)}
    years = row.competition.commission.years
    said = "" if not years else " for the year" if years == 1 else f" for {years.normalize():f} years"
    form = Price(posted(request), card=sheet.competition, years=said, initial=held)

    def change(draft: Package) -> Package:
        given = form.cleaned_data
        return replace(draft, price=given["price"], price_made_of=given["price_made_of"].strip())

    heading = "How much you ask for" if sheet.competition.deal == "grant" else "What would it cost?"
    return _part(request, (row, writer, sheet), "price", form, change, heading)


@never_cache
@require_http_methods(ASKS)
def files(request: HttpRequest, bid: UUID) -> HttpResponse:
    """Files that go with it."""
    row, writer = opened(request, bid)
    sheet = sheet_of(writer, row)
    form = AttachFile(*((request.POST, request.FILES) if request.method == "POST" else ()))
    if request.method == "POST" and form.is_valid():
        if not ratelimit.consume(request, action="bid_file"):
            form.add_error(None, TOO_MANY)
        elif _attached(form, writer, row):
            messages.success(request, "It is with your answer.")
            return redirect("procurement:bid-files", bid=bid)
    context = _context(sheet) | {"form": form, "most": MOST, "known": KNOWN, "limit": LARGEST // 1024 ** 2}
    return render(request, "procurement/bidding/files.html", context)


@never_cache
@require_POST
def file_out(request: HttpRequest, bid: UUID, file: UUID) -> HttpResponse:
    """Take a file out."""
    row, writer = opened(request, bid)
    detach(who=writer, bid=row, file=file)
    messages.success(request, "Taken out.")
    return redirect("procurement:bid-files", bid=bid)


@never_cache
@require_safe
def file_in(request: HttpRequest, bid: UUID, file: UUID) -> HttpResponse:
    """One's own file back."""
    row, writer = opened(request, bid)
    attached, body = file_of(sheet_of(writer, row).package, row, file)
    return as_download(body, attached.name)


@never_cache
@require_http_methods(ASKS)
def check(request: HttpRequest, bid: UUID) -> HttpResponse:
    """Everything on one page, and then it is sent."""
    row, writer = opened(request, bid)
    sheet = sheet_of(writer, row)
    problems: list[dict[str, str]] = []
    if request.method == "POST":
        try:
            send_bid(who=writer, bid=row)
            return redirect("procurement:bid-receipt", bid=bid)
        except Refused as refusal:
            problems = [{"text": str(refusal)}]
    context = _context(sheet) | {"rows": rows_of(sheet), "problems": problems}
    return render(request, "procurement/bidding/check.html", context)


@never_cache
@require_safe
def receipt(request: HttpRequest, bid: UUID) -> HttpResponse:
    """What was sent, when, and its hash; what came late, by how much."""
    row, writer = opened(request, bid)
    sheet = sheet_of(writer, row)
    if not sheet.receipts:
        return redirect("procurement:bid", bid=bid)
    context = _context(sheet) | {"last": sheet.receipts[-1], "older": sheet.receipts[:-1]}
    return render(request, "procurement/bidding/receipt.html", context)


@never_cache
@require_safe
def sent_file(request: HttpRequest, bid: UUID, number: int) -> HttpResponse:
    """What was sent, byte for byte, so that anybody can work out its hash."""
    row, writer = opened(request, bid)
    found = row.submissions.filter(number=number).first()
    if found is None:
        raise Http404("Nothing was sent under that number.")
    answered = HttpResponse(own_submission(writer, found), content_type="application/json")
    answered["Content-Disposition"] = f'attachment; filename="sent-{number}.json"'
    return answered


@never_cache
@require_POST
def withdraw(request: HttpRequest, bid: UUID) -> HttpResponse:
    """Take it back."""
    row, writer = opened(request, bid)
    withdraw_bid(who=writer, bid=row)
    messages.success(request, "Taken back. What you wrote is kept here, and can be sent again until the deadline.")
    return redirect("procurement:bid", bid=bid)


@never_cache
@require_POST
def colleague(request: HttpRequest, bid: UUID) -> HttpResponse:
    """A link for a colleague."""
    row, writer = opened(request, bid)
    show_link(request, add_link(who=writer, bid=row))
    return redirect("procurement:bid", bid=bid)


def as_download(body: bytes, name: str) -> HttpResponse:
    """A file that somebody sent: to keep, never to run in the browser."""
    answered = HttpResponse(body, content_type="application/octet-stream")
    safe = "".join(one if one.isascii() and (one.isalnum() or one in "._- ") else "_" for one in name)
    answered["Content-Disposition"] = f'attachment; filename="{safe}"'
    answered["X-Content-Type-Options"] = "nosniff"
    return answered


def _part(
    request: HttpRequest, held: tuple[Bid, Bidding, Sheet], part: str, form: forms.Form,
    change: Callable[[Package], Package], heading: str, extra: dict[str, Any] | None = None,
) -> HttpResponse:
    """Show one part, or save it and go on to the next."""
    row, writer, sheet = held
    clash = False
    if request.method == "POST" and form.is_valid():
        try:
            change_bid(who=writer, bid=row, part=part, change=change, seen=form.cleaned_data.get("seen"))
        except Refused as refusal:
            clash = isinstance(refusal, Meanwhile)
            form.add_error(None, str(refusal))
            form.data = {**request.POST.dict(), "seen": str(sheet.package.seen.get(part, 0))}
        else:
            if isinstance(form, AnswerQuestion) and form.over:
                messages.warning(request, f"Kept, but too long: {form.over:,} over. Shorten it before you send.")
            return redirect(after(sheet, part))
    context = _context(sheet) | {"form": form, "heading": heading, "part": part, "clash": clash,
                                 "place": place_of(sheet, part), **(extra or {})}
    template = "together" if part == "together" else "part"
    return render(request, f"procurement/bidding/{template}.html", context)


def _attached(form: AttachFile, writer: Bidding, row: Bid) -> bool:
    """Whether it went in; what keeps it out stands on the form."""
    try:
        return tried(form, lambda: attach(who=writer, bid=row, file=form.cleaned_data["file"])) is not None
    except CannotOpen as refusal:
        form.add_error("file", str(refusal))
        return False


def _context(sheet: Sheet) -> dict[str, Any]:
    return {"sheet": sheet, "card": sheet.competition, "invented": sheet.competition.invented}
