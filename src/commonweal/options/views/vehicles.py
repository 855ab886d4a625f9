"""Who might run a service, and how it might change: the catalogue, open to everybody."""

from __future__ import annotations

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from commonweal.core import clock
from commonweal.policy.delivery_vehicles import Kind, catalogue

HEADINGS = (
    (Kind.VEHICLE, "Who could run it"), (Kind.REDESIGN, "How it could change, whoever runs it"),
    (Kind.STOP, "Whether to go on"),
)


@require_safe
def page(request: HttpRequest) -> HttpResponse:
    """What there is for one service, those first that serve what is sought."""
    held = catalogue()
    service = request.GET.get("service", "")
    service = service if service in {one.key for one in held.services} else ""
    known = {one.key: one.title for one in held.aims}
    aims = tuple(one for one in dict.fromkeys(request.GET.getlist("aim")) if one in known)
    found = held.fitting(service, aims)
    parts = [
        (heading, [(row, [known[one] for one in row.aims if one in aims]) for row in found if row.kind is kind])
        for kind, heading in HEADINGS
    ]
    context = {
        "held": held, "service": service, "aims": aims, "parts": parts, "count": len(found),
        "service_title": held.service(service) if service else "", "late": clock.today() > held.review_by,
        "unverified": sum(one.unverified for one in held.claims), "claims": len(held.claims),
    }
    return render(request, "options/vehicles.html", context)


@require_safe
def one(request: HttpRequest, key: str) -> HttpResponse:
    """One row with what it needs, suits and risks, and how far each claim was checked."""
    held = catalogue()
    row = held.one(key)
    if row is None:
        raise Http404("There is no such delivery vehicle or redesign.")
    claims = (("VAT", row.vat), ("Business rates", row.rates), ("How it is awarded", row.award))
    services = [held.service(key) for key in row.services]
    return render(request, "options/vehicle.html", {
        "row": row, "claims": claims, "services": services, "held": held, "late": clock.today() > held.review_by,
    })
