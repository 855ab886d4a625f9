"""The pages of those who ask for returns: the list, what is laid down, one return, its links."""

from __future__ import annotations

from uuid import UUID

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.html import format_html
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from commonweal.core import clock
from commonweal.core.models import Partnership
from commonweal.core.permissions import Permission
from commonweal.core.queries.partnerships import partnership_for
from commonweal.core.viewer import require, viewer_from
from commonweal.measures.actions.answering import enter_spoken
from commonweal.measures.actions.opening import end_links, make_link, open_own_return, open_returns
from commonweal.measures.actions.plans import plan_returns
from commonweal.measures.forms_plan import PlanForm
from commonweal.measures.forms_return import SpokenForm
from commonweal.measures.models import ReturnPlan
from commonweal.measures.pages.returns import sent_table
from commonweal.measures.queries.own import own_return_row
from commonweal.measures.queries.returns import returns_for
from commonweal.measures.queries.sheet import changes_of, return_row, sheet_of
from commonweal.measures.return_mail import send_asking
from commonweal.measures.sizing import proposed_tier_of
from commonweal.options.models import Agreement
from commonweal.options.queries.agreements import agreement_row
from commonweal.policy.returns import return_hour_words
from commonweal.present.forms import tried

ASKS = ("GET", "HEAD", "POST")
WORK = Permission.RECORD_EVIDENCE


@login_required
@require_safe
def page(request: HttpRequest, partnership: UUID) -> HttpResponse:
    """Every return: what is late first."""
    viewer = viewer_from(request)
    view = partnership_for(viewer, partnership)
    found = returns_for(viewer, partnership)
    context = {"view": view, "invented": view.invented, "returns": found, "table": sent_table(partnership, found),
               "may_write": viewer.may(WORK, partnership)}
    return render(request, "measures/returns.html", context)


@login_required
@require_http_methods(ASKS)
def plan(request: HttpRequest, partnership: UUID, agreement: UUID) -> HttpResponse:
    """What an agreement's provider is asked, and what that costs them."""
    viewer = viewer_from(request)
    view = partnership_for(viewer, partnership)
    row = agreement_row(viewer, partnership, agreement)
    require(viewer, WORK, partnership)
    proposal = proposed_tier_of(row)
    form = PlanForm(request.POST if request.method == "POST" else None, proposal=proposal, initial=_held(row),
                    providers=tuple((one.id, one.name) for one in view.seats))
    if request.method == "POST" and form.is_valid():
        made = tried(form, lambda: plan_returns(by=viewer, agreement=row, said=form.said()))
        if made is not None:
            messages.success(request, "Laid down. Returns already open keep what they ask.")
            return redirect("measures:returns", partnership=partnership)
    context = {"view": view, "invented": view.invented, "form": form, "title": row.title,
               "proposal": proposal, "hour": return_hour_words()}
    return render(request, "measures/plan.html", context)


@login_required
@require_POST
def ask(request: HttpRequest, partnership: UUID) -> HttpResponse:
    """Open a return for every period that is over."""
    viewer = viewer_from(request)
    partnership_for(viewer, partnership)
    require(viewer, WORK, partnership)
    made = open_returns(by=viewer, partnership=Partnership.objects.get(pk=partnership))
    count = "No return is new" if not made else f"{len(made)} return{'s are' if len(made) > 1 else ' is'} open"
    messages.success(request, f"{count}. Make a link for each from its page.")
    return redirect("measures:returns", partnership=partnership)


@login_required
@require_safe
def one(request: HttpRequest, partnership: UUID, returned: UUID) -> HttpResponse:
    """One return: its answers, what changed, who said them, and its links."""
    viewer = viewer_from(request)
    view = partnership_for(viewer, partnership)
    row = return_row(viewer, partnership, returned)
    context = {"view": view, "invented": view.invented, "sheet": sheet_of(row, clock.today()),
               "changes": changes_of(row), "spoken": row.spoken.select_related("entered_by"),
               "may_write": viewer.may(WORK, partnership),
               "links": row.links.filter(ended=None, expires__gt=clock.now()).count()}
    return render(request, "measures/one.html", context)


@login_required
@require_POST
def open_own(request: HttpRequest, partnership: UUID, returned: UUID) -> HttpResponse:
    """Whoever acts for the organisation that owes a return goes to it without waiting for a link."""
    viewer = viewer_from(request)
    partnership_for(viewer, partnership)
    token = open_own_return(by=viewer, to=own_return_row(viewer, partnership, returned))
    return redirect("measures:return-begin", token=token)


@login_required
@require_POST
def link(request: HttpRequest, partnership: UUID, returned: UUID) -> HttpResponse:
    """Make a link; it is sent to the contact's address, or shown once where there is none."""
    viewer = viewer_from(request)
    row = return_row(viewer, partnership, returned)
    address = row.plan.contact_email
    _, token = make_link(by=viewer, to=row, address=address)
    href = request.build_absolute_uri(reverse("measures:return-begin", args=[token]))
    if address and not row.partnership.invented and send_asking(row, address, href):
        messages.success(request, f"The link is on its way to {address}.")
    else:
        messages.success(request, format_html(
            'Copy this link, it is shown once: <a class="govuk-notification-banner__link" href="{}">{}</a>',
            href, href))
    return redirect("measures:return-one", partnership=partnership, returned=returned)


@login_required
@require_POST
def end(request: HttpRequest, partnership: UUID, returned: UUID) -> HttpResponse:
    """Every link to it stops working."""
    viewer = viewer_from(request)
    end_links(by=viewer, to=return_row(viewer, partnership, returned))
    messages.success(request, "No link to this return works any more.")
    return redirect("measures:return-one", partnership=partnership, returned=returned)


@login_required
@require_http_methods(ASKS)
def spoken(request: HttpRequest, partnership: UUID, returned: UUID) -> HttpResponse:
    """Enter what was said by telephone; it says who said it, and when."""
    viewer = viewer_from(request)
    view = partnership_for(viewer, partnership)
    row = return_row(viewer, partnership, returned)
    require(viewer, WORK, partnership)
    sheet = sheet_of(row, clock.today())
    form = SpokenForm(request.POST if request.method == "POST" else None, views=sheet.answers)
    if request.method == "POST" and form.is_valid():
        said = form.cleaned_data
        if tried(form, lambda: enter_spoken(by=viewer, to=row, said_by=said["said_by"], said_on=said["said_on"],
                                            answers=form.said())) is not None:
            return redirect("measures:return-one", partnership=partnership, returned=returned)
    context = {"view": view, "invented": view.invented, "form": form, "sheet": sheet}
    return render(request, "measures/spoken.html", context)


def _held(row: Agreement) -> dict[str, object]:
    """What the form begins with: the plan as it stands, or the lightest that fits."""
    plan = ReturnPlan.objects.filter(agreement=row).first()
    if plan is None:
        delivers = [one.name for one in row.parties.all() if one.part == "delivers"]
        return {"tier": 1, "every": 12, "begins": row.begins, "ends": row.ends,
                "provider_name": " and ".join(delivers)[:160]}
    names = ("tier", "every", "tier_reason", "begins", "ends", "difference", "provider_name", "place",
             "contact_name", "contact_email", "contact_phone")
    held: dict[str, object] = {name: getattr(plan, name) for name in names}
    parts = {name: "\n".join(title for _, title in getattr(plan, name)) for name in ("groups", "areas")}
    return {**held, "provider": str(plan.provider_id or ""), **parts}
