"""Small parts that every release is made of: moments, values, parties."""

from __future__ import annotations

import re
from datetime import date, datetime, time
from decimal import Decimal
from typing import Any
from uuid import UUID
from zoneinfo import ZoneInfo

from commonweal.core import clock
from commonweal.core.models import Organisation
from commonweal.core.models.organisations import OrganisationIdentifier
from commonweal.procurement.models import Award, AwardSupplier

LONDON = ZoneInfo("Europe/London")
ANYBODY = "An individual"
SCHEMES = {
    "GB-CHC": "Charity Commission for England and Wales", "GB-COH": "Companies House",
    "GB-SC": "Office of the Scottish Charity Regulator", "GB-NIC": "Charity Commission for Northern Ireland",
    "GB-MPR": "Mutuals Public Register", "GB-CASC": "Community amateur sports clubs (HMRC)",
    "GB-LAE": "Local authorities of England", "GB-NHS": "NHS organisations", "GB-EDU": "Schools of England",
    "GB-UKPRN": "Providers of learning", "GB-PPON": "Find a Tender supplier number",
}
SHAPES = {
    "GB-CHC": re.compile(r"\d{6,7}(-\d+)?"), "GB-COH": re.compile(r"[A-Z0-9]{2}\d{6}"),
    "GB-PPON": re.compile(r"[A-Z]{4}-\d{4}-[A-Z]{4}"),
}
Json = dict[str, Any]


def whole_number(scheme: str, number: str) -> str:
    """A register's number as that register writes it: Companies House's to eight, letters as capitals."""
    tidy = re.sub(r"\s+", "", number).upper()
    return tidy.zfill(8) if scheme == "GB-COH" and tidy.isdigit() else tidy


def number_is_odd(scheme: str, number: str) -> bool:
    """Whether the register named cannot have given this number."""
    shape = SHAPES.get(scheme)
    return bool(shape and not shape.fullmatch(number))


def moment(day: date, *, last: bool = False) -> str:
    """A day's first second in London, or its last."""
    return datetime.combine(day, time(23, 59, 59) if last else time(), LONDON).isoformat()


def instant(at: datetime) -> str:
    """An instant as London's clocks show it."""
    return at.astimezone(LONDON).isoformat(timespec="seconds")


def value(net: Decimal, gross: Decimal | None = None) -> Json:
    """Pounds without VAT, and with it where that is known."""
    more = {} if gross is None else {"amountGross": float(gross)}
    return {"amount": float(net), "currency": "GBP"} | more


def period(start: date | None, end: date | None, extends_to: date | None = None) -> Json:
    """From the first day to the last."""
    found: Json = {}
    if start:
        found["startDate"] = moment(start)
    if end:
        found["endDate"] = moment(end, last=True)
    if extends_to:
        found["maxExtentDate"] = moment(extends_to, last=True)
    return found


def buyer_party(body: Organisation, contact: str = "") -> Json:
    """Who buys: by the number a register gave it, or by its own here; an office to reach, never a person."""
    held = OrganisationIdentifier.objects.on(clock.today()).filter(
        organisation=body, scheme__istartswith="GB-").order_by("scheme", "value")
    rows = [one for one in held if one.scheme.upper() in SCHEMES]
    party: Json = {"id": f"XX-COMMONWEAL-{body.pk.hex}", "name": body.name, "roles": ["buyer", "procuringEntity"]}
    if rows:
        scheme = rows[0].scheme.upper()
        party |= {"id": f"{scheme}-{rows[0].value}",
                  "identifier": {"scheme": scheme, "id": rows[0].value, "legalName": body.name}}
    if contact:
        party["contactPoint"] = {"name": contact}
    return party


def buyer_number(organisation: UUID) -> str:
    """The number the central platform gave a buyer, or nothing."""
    held = OrganisationIdentifier.objects.on(clock.today()).filter(
        organisation=organisation, scheme__iexact="GB-PPON").order_by("value").first()
    return held.value if held else ""


def supplier_party(ocid: str, award: Award, one: AwardSupplier) -> Json:
    """Who got it; of a person nothing but that it is one."""
    local = f"{ocid}-supplier-{award.position}-{one.position}"
    if one.person:
        return {"id": local, "name": ANYBODY, "roles": ["supplier"]}
    party: Json = {"id": local, "name": one.name, "roles": ["supplier"]}
    if one.scheme:
        party |= {"id": f"{one.scheme}-{one.number}",
                  "identifier": {"scheme": one.scheme, "id": one.number, "legalName": one.name}}
    details: Json = {} if one.vcse is None else {"vcse": one.vcse}
    if one.sme is not None:
        details["scale"] = "sme" if one.sme else "large"
    return party | ({"details": details} if details else {})


def reference(party: Json) -> Json:
    """A party as other parts of a release name it."""
    return {"id": party["id"], "name": party["name"]}
