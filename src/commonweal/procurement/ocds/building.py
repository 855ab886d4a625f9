"""A commission as an OCDS release of one stage: planned, tendered, awarded, contracted, or carried out."""

from __future__ import annotations

from uuid import UUID

from commonweal.core import clock
from commonweal.policy.procurement_rules import answer, gross_of
from commonweal.procurement.facts_of import facts_of
from commonweal.procurement.models import (
    Award,
    AwardMilestone,
    Basis,
    Commission,
    CommissionState,
    Ending,
    SpecificationVersion,
    Stage,
)
from commonweal.procurement.ocds.competing import competed
from commonweal.procurement.ocds.words import (
    Json,
    buyer_party,
    moment,
    period,
    reference,
    supplier_party,
    value,
)

RAW = "https://raw.githubusercontent.com"
EXTENSIONS = (
    f"{RAW}/cabinetoffice/ocds_uk_extension/main/extension.json",
    f"{RAW}/open-contracting-extensions/ocds_lots_extension/v1.1.5/extension.json",
    f"{RAW}/open-contracting-extensions/ocds_partyDetails_scale_extension/v1.1.5/extension.json",
    f"{RAW}/open-contracting-extensions/ocds_legalBasis_extension/v1.1.5/extension.json",
)
ACT = {"scheme": "UKPGA", "id": "2023/54", "description": "Procurement Act 2023"}
METHODS = {Basis.OPEN: "open", Basis.QUOTES: "limited", Basis.DIRECT: "direct"}
CATEGORIES = {"works": "works", "services": "services", "light-touch": "services"}
TENDER_STATES = {
    CommissionState.COMING: "planned", CommissionState.PREPARING: "planned", CommissionState.OPEN: "active",
    CommissionState.DECIDED: "complete", CommissionState.WITHDRAWN: "withdrawn",
}


def stage_content(row: Commission, ocid: str, stage: Stage) -> Json:
    """What a release of this stage says; its id, date and tag are put on by whoever publishes it."""
    awards = list(row.awards.prefetch_related("suppliers", "lots", "payments", "milestones"))
    contact = awards[-1].contact if awards and stage not in (Stage.PLANNING, Stage.TENDER) else ""
    buyer = buyer_party(row.organisation, contact)
    content: Json = {"ocid": ocid, "initiationType": "tender", "language": "en", "parties": [buyer],
                     "buyer": reference(buyer)}
    if stage == Stage.PLANNING:
        return content | {"planning": _planning(row), "tender": _planned(row, ocid)}
    if stage == Stage.TENDER:
        return content | {"tender": _tender(row, ocid) | {"procuringEntity": reference(buyer)}}
    suppliers = {one.pk: supplier_party(ocid, award, one) for award in awards for one in award.suppliers.all()}
    content["parties"] += list({one["id"]: one for one in suppliers.values()}.values())
    if stage == Stage.AWARD:
        return content | {"tender": _decided(ocid, awards), "awards": [
            _award(row, ocid, one) | {"suppliers": [reference(suppliers[each.pk]) for each in one.suppliers.all()]}
            for one in awards]}
    signed = [one for one in awards if one.signed_on]
    if stage == Stage.CONTRACT:
        return content | {"contracts": [_contract(ocid, one) for one in signed]}
    return content | {"contracts": [
        _contract(ocid, one) | {"implementation": _implementation(one, buyer, suppliers)} for one in signed]}


def _planning(row: Commission) -> Json:
    found: Json = {"rationale": row.purpose}
    if row.engage_on:
        found["milestones"] = [{"id": "early-talk", "type": "engagement", "title": "Talk with suppliers",
                                "dueDate": moment(row.engage_on), "status": "scheduled"}]
    return found


def _planned(row: Commission, ocid: str) -> Json:
    found: Json = {"id": f"{ocid}-tender", "title": row.title, "description": f"{row.purpose} Where: {row.place}.",
                   "status": TENDER_STATES[CommissionState(row.state)]}
    regime = answer(facts_of(row), on=clock.today()).regime
    if regime is not None and regime.key == "pa2023":
        found["legalBasis"] = ACT
    if row.what in CATEGORIES:
        found["mainProcurementCategory"] = CATEGORIES[row.what]
    if row.starts_on:
        found["contractPeriod"] = period(row.starts_on, None)
    return found


def _tender(row: Commission, ocid: str) -> Json:
    found, facts = _planned(row, ocid), facts_of(row)
    law = answer(facts, on=clock.today())
    if facts.net is not None:
        found["value"] = value(facts.net, gross_of(facts) if facts.vat_rate is not None else None)
    if law.above is not None:
        found["aboveThreshold"] = law.above
    if row.what == "light-touch":
        found["specialRegime"] = ["lightTouch"]
    found |= competed(row)
    spec = SpecificationVersion.objects.filter(identity__commission=row).order_by("-number").first()
    if spec is not None:
        found["description"] = f"{spec.difference} For: {spec.people}. Where: {spec.where}."
    return found


def _decided(ocid: str, awards: list[Award]) -> Json:
    """What the competition, or its absence, came to."""
    last = awards[-1]
    basis = Basis(last.basis)
    found: Json = {"id": f"{ocid}-tender", "status": "complete", "procurementMethodDetails": basis.label}
    if basis in METHODS:
        found["procurementMethod"] = METHODS[basis]
    if last.because:
        found["procurementMethodRationale"] = last.because
    counted = [one.bids for one in awards if one.bids is not None]
    if counted:
        found["numberOfTenderers"] = max(counted)
    lots = [(award, lot) for award in awards for lot in award.lots.all()]
    if lots:
        found["lots"] = [
            {"id": f"{award.position}.{lot.position}", "title": lot.title, "status": "complete"}
            | ({} if lot.net is None else {"value": value(lot.net)}) for award, lot in lots]
    return found


def _award(row: Commission, ocid: str, one: Award) -> Json:
    found: Json = {
        "id": f"{ocid}-award-{one.position}", "title": one.title, "description": one.description,
        "status": "active", "date": moment(one.decided_on), "value": value(one.net),
        "contractPeriod": period(one.starts_on, one.ends_on, one.extends_to),
    }
    if row.what in CATEGORIES:
        found["mainProcurementCategory"] = CATEGORIES[row.what]
    if one.lots.all():
        found["relatedLots"] = [f"{one.position}.{lot.position}" for lot in one.lots.all()]
    return found


def _contract(ocid: str, one: Award) -> Json:
    assert one.signed_on is not None
    status = "terminated" if one.ended_on else "active"
    end = one.ended_on if one.ending == Ending.EARLY and one.ended_on else one.ends_on
    return {"id": f"{ocid}-contract-{one.position}", "awardID": f"{ocid}-award-{one.position}", "title": one.title,
            "description": one.description, "status": status, "dateSigned": moment(one.signed_on),
            "value": value(one.net), "period": period(one.starts_on, end, one.extends_to)}


def _implementation(one: Award, buyer: Json, suppliers: dict[UUID, Json]) -> Json:
    paid = suppliers[one.suppliers.all()[0].pk]
    return {
        "transactions": [
            {"id": each.reference, "date": moment(each.paid_on), "value": value(each.pounds),
             "payer": reference(buyer), "payee": reference(paid)} for each in one.payments.all()],
        "milestones": [_milestone(each, at) for at, each in enumerate(one.milestones.all(), start=1)],
    }


def _milestone(each: AwardMilestone, at: int) -> Json:
    done = {"dateMet": moment(each.met_on)} if each.met_on else {}
    late = each.due_on < clock.today()
    return {"id": str(each.pk), "title": each.title, "type": "delivery", "dueDate": moment(each.due_on),
            "status": "met" if each.met_on else "notMet" if late else "scheduled"} | done
