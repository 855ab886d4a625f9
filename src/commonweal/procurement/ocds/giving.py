"""Awards of a grant as 360Giving 1.4; of a person nothing but that it is one."""

from __future__ import annotations

import re

from commonweal.core.models import Organisation
from commonweal.procurement.models import Award, AwardSupplier, Basis, Commission
from commonweal.procurement.ocds.words import ANYBODY, Json, buyer_party


def grants_of(row: Commission, prefix: str) -> list[Json]:
    """One grant a recipient; where several share an award the lead is named and the others stand in the text."""
    return [_grant(row, prefix, one) for one in row.awards.prefetch_related("suppliers")]


def _grant(row: Commission, prefix: str, one: Award) -> Json:
    suppliers = list(one.suppliers.all())
    lead, others = suppliers[0], [each.name for each in suppliers[1:] if not each.person]
    shared = f" Shared with {', '.join(others)}." if others else ""
    found: Json = {
        "id": f"{prefix}-{_slug(one.reference)}", "title": one.title, "description": f"{one.description}{shared}",
        "currency": "GBP", "amountAwarded": float(one.net), "awardDate": one.decided_on.isoformat(),
        "plannedDates": [{"startDate": one.starts_on.isoformat(), "endDate": one.ends_on.isoformat()}],
        "fundingOrganization": [_funder(row.organisation)],
        "fromOpenCall": "Yes" if one.basis == Basis.GRANT_OPEN else "No",
        "beneficiaryLocation": [{"name": row.place}],
        "grantProgramme": [{"code": _slug(row.title), "title": row.title}],
    }
    if lead.person:
        return found | {"recipientIndividual": {"id": f"{found['id']}-individual", "name": ANYBODY}}
    return found | {"recipientOrganization": [_recipient(prefix, lead)]}


def _funder(body: Organisation) -> Json:
    party = buyer_party(body)
    return {"id": party["id"], "name": party["name"]}


def _recipient(prefix: str, one: AwardSupplier) -> Json:
    found: Json = {"id": f"{prefix}-ORG:{_slug(one.name)}", "name": one.name}
    if one.scheme:
        found["id"] = f"{one.scheme}-{one.number}"
        key = {"GB-CHC": "charityNumber", "GB-COH": "companyNumber"}.get(one.scheme)
        found |= {key: one.number} if key else {}
    return found


def _slug(words: str) -> str:
    return re.sub(r"[^A-Za-z0-9]+", "-", words).strip("-")
