"""What was laid down for a competition, as the tender of a release says it."""

from __future__ import annotations

from commonweal.policy.competing import reserved_for, way
from commonweal.policy.papers import guided
from commonweal.procurement.models import Commission, Competition
from commonweal.procurement.ocds.words import Json, instant


def competed(row: Commission) -> Json:
    """Who may answer, until when, and what counts; nothing where it is not published here."""
    found: Competition | None = getattr(row, "competition", None)
    if found is None:
        return {}
    chosen, reserved = way(found.way), reserved_for(row.reserve)
    told: Json = {
        "procurementMethod": "selective" if chosen.invited else "open",
        "procurementMethodDetails": f"{chosen.name}. {chosen.words}",
        "submissionMethod": ["electronicSubmission"],
        "tenderPeriod": {"startDate": instant(found.opens), "endDate": instant(found.closes)},
        "enquiryPeriod": {"startDate": instant(found.opens), "endDate": instant(found.questions_by)},
        "hasEnquiries": found.clarifications.exists(),
        "awardCriteria": "ratedCriteria" if found.price_weight else "qualityOnly",
        "awardCriteriaDetails": _criteria(found),
    }
    return told | ({"eligibilityCriteria": f"{reserved.name}. {reserved.tick}"} if reserved else {})


def _criteria(found: Competition) -> str:
    """Each question and its share of quality, then what price counts for."""
    total = sum(weight for _, weight in found.criteria) or 1
    lines = [f"{guided(key).words} {100 * weight / total:.0f}% of quality."
             for key, weight in found.criteria if weight]
    share = found.price_weight
    price = f"Price counts for {share}% of the whole." if share else "Price is not scored."
    return " ".join([*lines, price])
