"""Which rules apply: a few questions and the answer on one screen, without an account."""

from __future__ import annotations

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from commonweal.core import clock
from commonweal.needs.views.files import as_paper, sent
from commonweal.policy.myths import myths_numbered
from commonweal.policy.procurement_facts import question
from commonweal.policy.procurement_law import as_at, notices
from commonweal.policy.procurement_rules import answer
from commonweal.present.paper import on_paper
from commonweal.procurement.forms_rules import AskRules
from commonweal.procurement.pages.rules import LEGEND, SHORT, RulesTold, rules_told


@require_safe
def page(request: HttpRequest) -> HttpResponse:
    """The questions; once answered, the answer above them."""
    form = AskRules(request.GET or None)
    told = _told(form) if request.GET and form.is_valid() else None
    context = {
        "form": form, "told": told, "legend": LEGEND, "asked": request.GET.urlencode(),
        "first": [(field, myths_numbered(question(field.name).myths)) for field in form.first],
        "more": [(field, myths_numbered(question(field.name).myths)) for field in form.more],
    }
    return render(request, "procurement/rules.html", context)


@require_safe
def as_file(request: HttpRequest, ending: str) -> HttpResponse:
    """The answer to take along, as Word or PDF."""
    from commonweal.procurement.documents.rules import rules_document

    form = AskRules(request.GET)
    if not form.is_valid():
        raise Http404("These questions cannot be read. Answer them again.")
    with on_paper():
        body = as_paper(rules_document(form.facts(), _told(form)), ending)
    return sent(body, f"which-rules-apply-{clock.today():%Y-%m-%d}", ending)


@require_safe
def notices_page(request: HttpRequest) -> HttpResponse:
    """All notices of the Procurement Act: who, when, and who need not."""
    rows = [(one, SHORT[one.verification]) for one in notices()]
    return render(request, "procurement/notices.html", {"notices": rows, "as_at": as_at(), "legend": LEGEND})


def _told(form: AskRules) -> RulesTold:
    facts = form.facts()
    return rules_told(facts, answer(facts, on=clock.today()))
