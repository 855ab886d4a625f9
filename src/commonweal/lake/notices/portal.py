"""Notices as a reader of Contracts Finder's own pages keeps them: flat, without release ids, cut and coded."""

from __future__ import annotations

from typing import Any

from commonweal.lake.notices.model import Defect, Notice
from commonweal.lake.notices.text import mended, plain
from commonweal.lake.notices.values import code_of, day, pounds, suppliers_in

Json = dict[str, Any]
STAGES = {"awarded": "award", "open": "tender", "closed": "tender", "withdrawn": "tender"}
CUT_AT = 500


def portal_notices(given: Json, row: int) -> tuple[list[Notice], list[Defect]]:
    """The one notice that a part holds."""
    defects: list[Defect] = [Defect.NO_OCID]
    own = plain(given.get("id"), 100)
    if not own:
        defects.append(Defect.NO_ID)
    title = mended(given.get("title"), defects, most=300)
    buyer = mended(given.get("organisation"), defects, most=200)
    if not (title or buyer):
        return [], [Defect.NOT_A_NOTICE]
    for said, defect in ((title, Defect.NO_TITLE), (buyer, Defect.NO_BUYER)):
        if not said:
            defects.append(defect)
    description = mended(given.get("description"), defects)
    if len(str(given.get("description") or "")) == CUT_AT:
        defects.append(Defect.CUT)
    stage = STAGES.get(str(given.get("status") or ""), "")
    if not stage:
        defects.append(Defect.UNKNOWN_TAG)
    award = stage == "award"
    awarded, published = day(given.get("awarded_date"), defects), day(given.get("published_date"), defects)
    if published is None:
        defects.append(Defect.NO_DATE)
    if awarded and published and awarded > published:
        defects.append(Defect.LATER_AWARD)
    suppliers = suppliers_in(given.get("awarded_supplier"), defects) if award else ()
    if award and not suppliers and Defect.NO_AWARD not in defects:
        defects.append(Defect.NO_SUPPLIER)
    value = pounds(given.get("awarded_value"), defects) if award else pounds(given.get("value_high"), [])
    address = plain(given.get("url"), 400)
    notice = Notice(
        row=row, key=f"{own or f'{buyer}|{title}'}/1", source="Contracts Finder, as kept by a reader of its pages",
        ocid="", stage=stage or "tender", published=published, title=title or "Without a title",
        description=description, buyer=buyer or "Not named", cpv=code_of(given.get("cpv_codes"), defects),
        cpv_words=mended(given.get("cpv_description"), [], most=200), category="", method="",
        region=mended(given.get("region"), [], most=80), value=value, awarded=awarded, starts=None, ends=None,
        suppliers=suppliers, sme=_flag(given, "suitable_for_sme"), vcse=_flag(given, "suitable_for_vco"),
        address=address if address.startswith("https://") and len(address) <= 300 else "",
    )
    return [notice], list(dict.fromkeys(defects))


def _flag(given: Json, name: str) -> bool | None:
    found = given.get(name)
    return found if isinstance(found, bool) else None
