"""Awards as rows of the two registers that the Transparency Code asks for, frozen when they are published."""

from __future__ import annotations

from commonweal.procurement.models import Award, Basis, Commission
from commonweal.procurement.ocds.words import ANYBODY, Json


def lines_of(row: Commission) -> list[Json]:
    """A row an award: contracts in the Code's columns, grants in theirs."""
    line = _grant if row.deal == "grant" else _contract
    return [line(row, one) for one in row.awards.prefetch_related("suppliers")]


def _contract(row: Commission, one: Award) -> Json:
    return _common(row, one) | {
        "kind": "contract", "lost_vat": str(one.lost_vat), "how": _how(Basis(one.basis)),
        "starts": one.starts_on.isoformat(), "ends": (one.ended_on or one.ends_on).isoformat(),
        "review": one.review_on.isoformat() if one.review_on else "",
        "sme": _three(one, "sme"), "vcse": _three(one, "vcse"),
    }


def _grant(row: Commission, one: Award) -> Json:
    return _common(row, one) | {
        "kind": "grant", "awarded": one.decided_on.isoformat(), "vcse": _three(one, "vcse"),
        "starts": one.starts_on.isoformat(), "ends": one.ends_on.isoformat(),
    }


def _common(row: Commission, one: Award) -> Json:
    suppliers = list(one.suppliers.all())
    return {
        "reference": one.reference, "title": one.title, "description": one.description,
        "department": one.department.name if one.department else row.organisation.name,
        "buyer": row.organisation.name, "pounds": str(one.net),
        "supplier": "; ".join(ANYBODY if each.person else each.name for each in suppliers),
        "number": "; ".join(
            f"{each.scheme}-{each.number}" for each in suppliers if each.scheme and not each.person),
    }


def _how(basis: Basis) -> str:
    return {Basis.OPEN: "Published invitation to tender", Basis.QUOTES: "Invitation to quote"}.get(
        basis, "Neither: awarded directly")


def _three(one: Award, name: str) -> str:
    """Yes, no, or not said; yes where any of them is."""
    said = [getattr(each, name) for each in one.suppliers.all()]
    if any(said):
        return "Yes"
    return "No" if said and all(each is False for each in said) else "Not said"
