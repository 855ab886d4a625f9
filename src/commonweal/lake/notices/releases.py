"""OCDS releases as Contracts Finder, Find a Tender and their neighbours publish them."""

from __future__ import annotations

import re
from typing import Any

from commonweal.lake.notices.model import Defect, Notice, Supplier
from commonweal.lake.notices.text import mended, plain
from commonweal.lake.notices.values import code_of, day, pounds, supplier

Json = dict[str, Any]
PORTALS = {
    "ocds-b5fd17": "Contracts Finder", "ocds-h6vhtk": "Find a Tender", "ocds-r6ebe6": "Public Contracts Scotland",
    "ocds-kuma6s": "Sell2Wales", "ocds-exampl": "Invented notices",
}
STAGES = (
    ("award", "award"), ("contract", "award"), ("implementation", "award"), ("tender", "tender"),
    ("planning", "planning"),
)
TAGS = frozenset((
    "planning", "planningUpdate", "tender", "tenderAmendment", "tenderUpdate", "tenderCancellation", "award",
    "awardUpdate", "awardCancellation", "contract", "contractUpdate", "contractAmendment", "implementation",
    "implementationUpdate", "contractTermination", "compiled",
))


def release_notices(given: Json, row: int) -> tuple[list[Notice], list[Defect]]:
    """The awards of a release, or the release itself where it tells of none."""
    defects: list[Defect] = []
    tender, awards = _part(given, "tender"), _many(given, "awards")
    if not (tender or awards or _part(given, "planning")):
        return [], [Defect.NOT_A_NOTICE]
    common = _common(given, tender, defects)
    parties = {str(one.get("id")): one for one in _many(given, "parties")}
    if any(one.get("contactPoint") for one in parties.values()):
        defects.append(Defect.CONTACT)
    if not awards:
        value = tender.get("value")
        amount = pounds(value, []) if value is not None else None
        return [Notice(row=row, key=f"{common.pop('base')}/tender", value=amount, awarded=None, suppliers=(),
                       **common, **_period(tender.get("contractPeriod"), defects))], _once(defects)
    base = common.pop("base")
    found = [_award(one, at, row, base, common, parties, defects) for at, one in enumerate(awards, start=1)]
    return found, _once(defects)


def _common(given: Json, tender: Json, defects: list[Defect]) -> Json:
    ocid, own = plain(given.get("ocid"), 100), plain(given.get("id"), 100)
    if not ocid:
        defects.append(Defect.NO_OCID)
    if not own:
        defects.append(Defect.NO_ID)
    published = day(given.get("date"), defects)
    if published is None and Defect.BAD_DAY not in defects:
        defects.append(Defect.NO_DATE)
    title = mended(tender.get("title") or given.get("title"), defects, most=300)
    if not title:
        defects.append(Defect.NO_TITLE)
    description = mended(tender.get("description") or given.get("description"), defects)
    buyer = mended(_part(given, "buyer").get("name"), defects, most=200)
    if not buyer:
        defects.append(Defect.NO_BUYER)
    tags = [str(one) for one in given.get("tag") or () if isinstance(one, str)]
    if not tags or not set(tags) <= TAGS:
        defects.append(Defect.UNKNOWN_TAG)
    code = _part(tender, "classification")
    suits = _part(tender, "suitability")
    return {
        "base": ocid or own or f"{buyer}|{title}", "ocid": ocid,
        "source": PORTALS.get(ocid[:11], "Another portal"),
        "stage": _stage(tags, given), "published": published, "title": title or "Without a title",
        "description": description, "buyer": buyer or "Not named", "cpv": code_of(_code(code, tender), defects),
        "cpv_words": mended(code.get("description"), [], most=200),
        "category": plain(tender.get("mainProcurementCategory"), 20),
        "method": _method(tender), "region": _region(tender), "sme": _flag(suits, "sme"),
        "vcse": _flag(suits, "vcse"), "address": _address(given, tender),
    }


def _award(
    one: Json, at: int, row: int, base: str, common: Json, parties: dict[str, Json], defects: list[Defect]
) -> Notice:
    value = one.get("value")
    amount = pounds(value, defects)
    awarded = day(one.get("date"), defects)
    if awarded and common["published"] and awarded > common["published"]:
        defects.append(Defect.LATER_AWARD)
    named = [found for each in _many(one, "suppliers") if (found := _supplier(each, parties, defects))]
    if not named and Defect.NO_AWARD not in defects:
        defects.append(Defect.NO_SUPPLIER)
    return Notice(row=row, key=f"{base}/{plain(one.get('id'), 100) or at}", value=amount, awarded=awarded,
                  suppliers=tuple(named), **common, **_period(one.get("contractPeriod"), defects))


def _supplier(each: Json, parties: dict[str, Json], defects: list[Defect]) -> Supplier | None:
    party = parties.get(str(each.get("id"))) or each
    number = _part(party, "identifier")
    return supplier(mended(each.get("name") or party.get("name"), defects, most=200),
                    plain(number.get("scheme"), 20), plain(number.get("id"), 40), defects)


def _period(given: object, defects: list[Defect]) -> Json:
    part = given if isinstance(given, dict) else {}
    starts, ends = day(part.get("startDate"), defects), day(part.get("endDate"), defects)
    if starts and ends and ends < starts:
        defects.append(Defect.ENDS_FIRST)
        starts = ends = None
    return {"starts": starts, "ends": ends}


def _stage(tags: list[str], given: Json) -> str:
    if _many(given, "awards"):
        return "award"
    return next((stage for start, stage in STAGES if any(tag.startswith(start) for tag in tags)), "tender")


def _code(code: Json, tender: Json) -> object:
    if code.get("id"):
        return code["id"]
    items = _many(tender, "items")
    return next((_part(one, "classification").get("id") for one in items if _part(one, "classification")), "")


def _method(tender: Json) -> str:
    words = tender.get("procurementMethodDetails") or tender.get("procurementMethod") or ""
    return re.sub(r"\s+", " ", plain(words, 100))


def _region(tender: Json) -> str:
    for one in _many(tender, "items"):
        for each in [*_many(one, "deliveryAddresses"), _part(one, "deliveryAddress")]:
            if each.get("region"):
                return plain(each["region"], 80)
    return ""


def _address(given: Json, tender: Json) -> str:
    papers = [each for one in _many(given, "awards") for each in _many(one, "documents")]
    papers += _many(tender, "documents")
    addresses = (plain(one.get("url"), 400) for one in papers)
    found = next((one for one in addresses if one.startswith("https://")), "")
    return found if len(found) <= 300 else ""


def _flag(given: Json, name: str) -> bool | None:
    found = given.get(name)
    return found if isinstance(found, bool) else None


def _part(given: Json, name: str) -> Json:
    found = given.get(name)
    return found if isinstance(found, dict) else {}


def _many(given: Json, name: str) -> list[Json]:
    found = given.get(name)
    return [one for one in found if isinstance(one, dict)] if isinstance(found, list) else []


def _once(defects: list[Defect]) -> list[Defect]:
    """Each defect once a notice."""
    return list(dict.fromkeys(defects))
