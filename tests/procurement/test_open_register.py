"""Awards and the open register: every stage passes the schemas, nothing personal goes out, nothing is lost."""

from __future__ import annotations

import copy
import csv
import io
import json
import re
from dataclasses import replace
from datetime import UTC, date, datetime
from decimal import Decimal
from pathlib import Path
from urllib.parse import urlsplit

import jsonschema
import openpyxl
import pytest
from django.test import Client
from django.urls import reverse
from referencing import Registry, Resource
from referencing.jsonschema import DRAFT4, DRAFT202012
from tests.access import competitions
from tests.access.awards import SAID, awarded
from tests.access.commissions import FACTS, made
from tests.world import signed_in

from commonweal.core import clock
from commonweal.core.errors import NotAllowed, Refused
from commonweal.core.viewer import viewer_of
from commonweal.procurement.actions.award import (
    SupplierSaid,
    change_award,
    end_award,
    enter_award,
    meet_milestone,
    record_payment,
    sign_contract,
)
from commonweal.procurement.actions.commission import (
    CommissionSaid,
    begin_commission,
    tell_facts,
)
from commonweal.procurement.actions.publishing import publish_stage
from commonweal.procurement.awarding import basis_of, may_sign, winners_of
from commonweal.procurement.models import Award, Decision, Release, Stage
from commonweal.procurement.ocds.building import EXTENSIONS
from commonweal.procurement.ocds.merging import compiled
from commonweal.procurement.queries.decisions import decision_for

NOW = datetime(2026, 11, 22, 9, tzinfo=UTC)
# Fields of the extensions that are declared and whose schemas are not at hand: (where, field).
DECLARED = {("Tender", "lots"), ("Award", "relatedLots"), ("details", "scale"), ("Tender", "legalBasis")}


FORMATS = jsonschema.FormatChecker(formats=())


@FORMATS.checks("date-time", raises=ValueError)
def moment(text):
    return not isinstance(text, str) or ("T" in text and datetime.fromisoformat(text).tzinfo is not None)


@FORMATS.checks("uri")
def address(text):
    return not isinstance(text, str) or bool(urlsplit(text).scheme and urlsplit(text).netloc)


@pytest.fixture(scope="module")
def standards(published) -> Path:
    return published.parent / "standards"


@pytest.fixture(scope="module")
def ocds(standards):
    """The release schema with the UK extension laid over it, as the standard lays extensions: a merge patch."""
    release = json.loads((standards / "ocds" / "release-schema.json").read_text("utf-8"))
    patched = patch(release, json.loads((standards / "ocds/uk-extension/release-schema.json").read_text("utf-8")))
    for name, ref in (("Tender", "Classification"),):
        patched["definitions"][name]["properties"]["legalBasis"] = {"$ref": f"#/definitions/{ref}"}
    packages = {kind: json.loads((standards / "ocds" / f"{kind}-package-schema.json").read_text("utf-8"))
                for kind in ("release", "record")}
    registry = Registry().with_resource(release["id"], Resource(contents=patched, specification=DRAFT4))
    return {kind: jsonschema.Draft4Validator(schema, registry=registry, format_checker=FORMATS)
            for kind, schema in packages.items()} | {"schema": patched}


def patch(target, change):
    """RFC 7386."""
    found = dict(target) if isinstance(target, dict) else {}
    for key, part in change.items():
        if part is None:
            found.pop(key, None)
        else:
            found[key] = patch(found.get(key), part) if isinstance(part, dict) else part
    return found


@pytest.fixture
def now(settings, tmp_path):
    settings.VAR = tmp_path
    with clock.fixed(NOW):
        yield


def strange(schema, node, there, name="Release"):
    """Fields that neither the standard nor a declared extension knows."""
    if "$ref" in there:
        name = there["$ref"].rsplit("/", 1)[1]
        there = schema["definitions"][name]
    for key, part in node.items():
        known = there.get("properties", {}).get(key)
        if known is None:
            if (name, key) not in DECLARED:
                yield name, key
            continue
        for one in part if isinstance(part, list) else [part]:
            if isinstance(one, dict):
                inner = known.get("items", known) if isinstance(part, list) else known
                yield from strange(schema, one, inner, key if "$ref" not in inner else "")


def words(answer):
    return " ".join(re.sub(r"<[^>]*>", " ", answer.content.decode()).split())


@pytest.mark.promise("R7")
def test_every_stage_is_published_through_pages_and_passes_the_schemas(world, now, ocds, client):
    award, browser = awarded(world), signed_in(world.admin())
    one = [world.partnership.pk, award.commission_id]
    for stage in ("planning", "tender", "award", "contract", "implementation"):
        page = browser.post(reverse("procurement:award-publish", args=[*one, stage]), follow=True)
        assert "Published: everybody can read it" in words(page), stage
    meet_milestone(by=viewer_of(world.admin()), milestone=award.milestones.get(), on=date(2026, 11, 20))
    browser.post(reverse("procurement:award-publish", args=[*one, "implementation"]))
    told = words(browser.get(reverse("procurement:awards", args=one)))
    assert "It has changed since" not in told
    again = browser.post(reverse("procurement:award-publish", args=[*one, "award"]), follow=True)
    assert "published already, on 22 November 2026" in words(again)
    package = client.get(reverse("procurement:open-releases")).json()
    assert list(ocds["release"].iter_errors(package)) == []
    assert [one["tag"] for one in package["releases"]] == [
        ["planning"], ["tender"], ["award"], ["contract"], ["implementation"], ["implementationUpdate"]]
    assert [found for one in package["releases"] for found in strange(ocds["schema"], one, ocds["schema"])] == []
    assert len({one["ocid"] for one in package["releases"]}) == 1
    assert len({one["id"] for one in package["releases"]}) == 6
    assert package["extensions"] == list(EXTENSIONS)
    ocid = package["releases"][0]["ocid"]
    record = client.get(reverse("procurement:open-record", args=[ocid])).json()
    assert list(ocds["record"].iter_errors(record)) == []
    whole = record["records"][0]["compiledRelease"]
    assert whole["tag"] == ["compiled"]
    assert (whole["tender"]["status"], whole["tender"]["aboveThreshold"]) == ("complete", True)
    assert whole["awards"][0]["value"] == {"amount": 900000.0, "currency": "GBP"}
    assert whole["contracts"][0]["implementation"]["milestones"][0]["status"] == "met"
    assert whole["tender"]["value"]["amountGross"] == 1080000.0
    assert list(ocds["record"].iter_errors(client.get(reverse("procurement:open-records")).json())) == []
    bulk = b"".join(client.get(reverse("procurement:open-bulk")).streaming_content).decode().splitlines()
    assert [json.loads(line)["id"] for line in bulk] == [one["id"] for one in package["releases"]]
    shown = words(client.get(reverse("procurement:open-process", args=[ocid])))
    assert "Testshire Dance Trust; An individual: £900,000" in shown
    public = [shown, json.dumps(package), json.dumps(record)]
    assert all("Bloggs" not in one for one in public)
    assert "Jo Bloggs" in words(browser.get(reverse("procurement:awards", args=one)))


@pytest.mark.parametrize(("change", "said"), [
    ({}, ("open", "ratedCriteria", "Price counts for 40% of the whole.")),
    ({"way": "restricted", "price_weight": 0, "formula": ""},
     ("selective", "qualityOnly", "Price is not scored.")),
])  # fmt: skip
def test_the_tender_says_what_the_competition_laid_down(world, now, ocds, client, change, said):
    row = competitions.published(world, **change)
    publish_stage(by=viewer_of(world.admin()), commission=row.commission, stage=Stage.TENDER)
    package = client.get(reverse("procurement:open-releases")).json()
    assert list(ocds["release"].iter_errors(package)) == []
    (release,) = package["releases"]
    assert list(strange(ocds["schema"], release, ocds["schema"])) == []
    tender = release["tender"]
    assert (tender["procurementMethod"], tender["awardCriteria"]) == said[:2]
    assert said[2] in tender["awardCriteriaDetails"]
    assert tender["tenderPeriod"]["endDate"].startswith("2026-12-22T09:00:00")
    assert "eligibilityCriteria" not in tender


def test_registers_in_the_columns_of_the_code(world, now, client):
    publish_stage(by=viewer_of(world.admin()), commission=awarded(world).commission, stage=Stage.AWARD)
    change_award(by=viewer_of(world.admin()), award=Award.objects.get(), said=replace(SAID, title="Secret change"))
    text = client.get(reverse("procurement:open-file", args=["contracts", "csv"])).content.decode("utf-8-sig")
    (row,) = csv.DictReader(io.StringIO(text))
    assert row["Title"] == "Dance for girls"
    assert (row["Sum over its length"], row["VAT that cannot be recovered"]) == ("900000.0", "120.5")
    assert (row["Start"], row["End"], row["Review"]) == ("2026-10-01", "2031-09-30", "2029-04-01")
    assert row["Supplier's registration number"] == "GB-CHC-1234567"
    assert row["How it was invited"] == "Published invitation to tender"
    assert row["Voluntary, community or social enterprise"] == "Yes"
    book = openpyxl.load_workbook(io.BytesIO(
        client.get(reverse("procurement:open-file", args=["all", "xlsx"])).content))
    assert {"Contracts", "Grants"} <= set(book.sheetnames)
    page = words(client.get(reverse("procurement:open-register"), {"words": "DANCE trust"}))
    assert "1 contract worth £900,000" in page
    assert "Nothing that fits" in words(client.get(reverse("procurement:open-register"), {"words": "skating"}))
    assert client.get(reverse("procurement:open-register"), {"buyer": "x"}).status_code == 404
    assert client.get(reverse("procurement:open-releases"), {"page": "0"}).status_code == 404
    assert client.get(reverse("procurement:open-releases"), {"since": "soon"}).status_code == 404
    assert client.get(reverse("procurement:open-releases"), {"since": "2026-11-23"}).json()["releases"] == []


def test_grants_are_360giving(world, now, standards, client):
    by = viewer_of(world.admin())
    row = begin_commission(by=by, partnership=world.partnership, said=CommissionSaid(
        title="Holiday dance", purpose="Girls dance in the holidays.", place="Marsh End"))
    tell_facts(by=by, commission=row, facts=replace(FACTS, deal="grant", what=None, net=Decimal(18000)))
    with pytest.raises(Refused, match="ways of a grant"):
        enter_award(by=by, commission=row, said=SAID)
    for reference, supplier in (("G1", SAID.suppliers[0]), ("G2", SAID.suppliers[1]),
                                ("G3", SupplierSaid(name="A club"))):
        enter_award(by=by, commission=row, said=replace(
            SAID, reference=reference, basis="grant-open", net=Decimal(18000), suppliers=(supplier,), lots=()))
    with pytest.raises(Refused, match="not one of its kind"):
        publish_stage(by=by, commission=row, stage=Stage.AWARD)
    publish_stage(by=by, commission=row, stage=Stage.GRANT)
    package = client.get(reverse("procurement:open-giving")).json()
    grant = json.loads((standards / "360giving/schema/360-giving-schema.json").read_text("utf-8"))
    whole = json.loads((standards / "360giving/schema/360-giving-package-schema.json").read_text("utf-8"))
    address = whole["properties"]["grants"]["items"]["$ref"]
    registry = Registry().with_resource(address, Resource(contents=grant, specification=DRAFT202012))
    checker = jsonschema.Draft202012Validator(whole, registry=registry, format_checker=FORMATS)
    assert list(checker.iter_errors(package)) == []
    assert [one.get("recipientOrganization", [{}])[0].get("id") for one in package["grants"]] == [
        "GB-CHC-1234567", None, "360G-unregistered-ORG:A-club"]
    assert "Bloggs" not in json.dumps(package)
    rows = list(csv.DictReader(io.StringIO(client.get(reverse(
        "procurement:open-file", args=["grants", "csv"])).content.decode("utf-8-sig"))))
    assert {one["Beneficiary"] for one in rows} == {"Testshire Dance Trust", "An individual", "A club"}
    assert client.get(reverse("procurement:open-releases")).json()["releases"] == []


@pytest.mark.parametrize(("deed", "error", "said"), [
    (lambda w, by, a: enter_award(by=viewer_of(w.outsider), commission=a.commission, said=SAID), NotAllowed, "."),
    (lambda w, by, a: publish_stage(by=viewer_of(w.outsider), commission=a.commission, stage=Stage.AWARD),
     NotAllowed, "."),
    (lambda w, by, a: enter_award(by=by, commission=a.commission, said=replace(SAID, net=Decimal(1))), Refused,
     "used already"),
    (lambda w, by, a: enter_award(by=by, commission=a.commission, said=replace(
        SAID, reference="2", ends_on=date(2020, 1, 1), extends_to=None)), Refused, "end before it starts"),
    (lambda w, by, a: enter_award(by=by, commission=a.commission, said=replace(SAID, reference="2", suppliers=())),
     Refused, "Name who got it"),
    (lambda w, by, a: enter_award(by=by, commission=a.commission, said=replace(
        SAID, reference="2", basis="direct")), Refused, "Say why"),
    (lambda w, by, a: enter_award(by=by, commission=a.commission, said=replace(
        SAID, reference="2", suppliers=(SupplierSaid(name="X", scheme="GB-COH", number="12AB"),))), Refused,
     "not a number of Companies House"),
    (lambda w, by, a: sign_contract(by=by, award=a, on=date(2020, 1, 1)), Refused, "before it was decided"),
    (lambda w, by, a: record_payment(by=by, award=a, reference="INV-1", on=date(2026, 11, 1), pounds=Decimal(1)),
     Refused, "entered already"),
    (lambda w, by, a: end_award(by=by, award=a, on=date(2026, 11, 1), ending="early", because=" "), Refused,
     "Say in a sentence"),
    (lambda w, by, a: change_award(by=by, award=a, said=replace(SAID, description="Ask jo@club.example"))
        and publish_stage(by=by, commission=a.commission, stage=Stage.AWARD), Refused, "Nothing personal"),
])  # fmt: skip
def test_what_cannot_be_is_refused(world, now, deed, error, said):
    award = awarded(world)
    with pytest.raises(error, match=said):
        deed(world, viewer_of(world.admin()), award)


def test_sent_twice_is_one_award_and_companies_house_numbers_come_whole(world, now):
    by, award = viewer_of(world.admin()), awarded(world)
    assert enter_award(by=by, commission=award.commission, said=SAID).pk == award.pk
    short = enter_award(by=by, commission=award.commission, said=replace(
        SAID, reference="2", suppliers=(SupplierSaid(name="X", scheme="GB-COH", number=" 12345 "),)))
    assert short.suppliers.get().number == "00012345"


def test_an_early_end_is_told_and_what_was_published_stays(world, now, ocds):
    by, award = viewer_of(world.admin()), awarded(world)
    publish_stage(by=by, commission=award.commission, stage=Stage.CONTRACT)
    before = copy.deepcopy(Release.objects.get().content)
    end_award(by=by, award=award, on=date(2026, 11, 1), ending="early", because="The trust closed.")
    last = publish_stage(by=by, commission=award.commission, stage=Stage.IMPLEMENTATION)
    assert last.content["tag"] == ["implementation", "contractTermination"]
    assert Release.objects.order_by("number").first().content == before
    assert compiled([before, last.content])["contracts"][0]["status"] == "terminated"


def test_releases_merge_as_the_standard_says():
    first = {"ocid": "o", "id": "1", "date": "2026-01-01T00:00:00Z", "tag": ["tender"], "initiationType": "tender",
             "tender": {"id": "t", "title": "A", "status": "active", "items": [{"id": "1", "quantity": 1}],
                        "submissionMethod": ["written"]}}
    second = {"ocid": "o", "id": "2", "date": "2026-02-01T00:00:00Z", "tag": ["tenderUpdate"],
              "initiationType": "tender", "tender": {
                  "id": "t", "title": None, "items": [{"id": "1", "quantity": 2}, {"id": "2", "quantity": 5}],
                  "submissionMethod": ["electronicSubmission"]}}
    whole = compiled([second, first])
    assert whole["tender"] == {"id": "t", "status": "active", "submissionMethod": ["electronicSubmission"],
                               "items": [{"id": "1", "quantity": 2}, {"id": "2", "quantity": 5}]}
    assert (whole["date"], whole["tag"]) == ("2026-02-01T00:00:00Z", ["compiled"])
    with pytest.raises(ValueError, match="one process"):
        compiled([])


def test_entered_on_the_page(world, now):
    row, browser = made(world), signed_in(world.admin())
    enter = reverse("procurement:award-enter", args=[world.partnership.pk, row.pk])
    page = browser.get(reverse("procurement:awards", args=[world.partnership.pk, row.pk]))
    assert "Enter who got it" in words(page)
    sent = {"reference": "1", "title": "Dance", "description": "Weekly.", "basis": "quotes", "net": "£20,000",
            "contact": "Leisure team", "name-1": "A club", "kind-1": "vcse", "lots": "North; 12,000\nSouth; much"}
    for name, day in (("decided_on", "1 9 2026"), ("starts_on", "1 10 2026"), ("ends_on", "30 9 2027")):
        sent |= {f"{name}_{part}": value
                 for part, value in zip(("day", "month", "year"), day.split(), strict=True)}
    assert "Line 2: write the sum as a number" in words(browser.post(enter, sent))
    assert "a sum of nought or more" in words(browser.post(enter, sent | {"lots": "South; NaN"}))
    page = words(browser.post(enter, sent | {"lots": "North; 12,000\nSouth"}, follow=True))
    assert "A club for £20,000" in page
    assert "North (£12,000)" in page
    award = Award.objects.get()
    changed = reverse("procurement:award-change", args=[world.partnership.pk, award.pk])
    assert "North; 12000" in browser.get(changed).content.decode()
    signed = reverse("procurement:award-told", args=[world.partnership.pk, award.pk, "signed"])
    page = browser.post(signed, {"on_day": "20", "on_month": "9", "on_year": "2026"}, follow=True)
    assert "20 September 2026" in words(page)
    assert browser.get(signed.replace("signed", "strange")).status_code == 404


@pytest.mark.parametrize(("how", "waits", "basis"), [
    ("competition", None, "open"), ("direct", date(2026, 12, 9), "direct")])
def test_the_form_begins_from_the_decision(world, now, how, waits, basis):
    row, browser = made(world), signed_in(world.admin())
    Decision.objects.create(
        partnership=world.partnership, commission=row, how=how, reasons="Best for girls.", authority="Committee",
        decided_on=date(2026, 11, 3), standstill_last=waits, standstill_words="", recommended_by=world.admin(),
        chosen=[{"name": "Dance Trust", "price": "880000.00", "letter": "A", "bid": None,
                 "members": [{"name": "Dance Trust", "part": "Leads", "share": 60},
                             {"name": "Marsh End Club", "part": "Evenings", "share": 40}]}])
    card = decision_for(viewer_of(world.admin()), row.pk)
    assert winners_of(card) == ("Dance Trust", "Marsh End Club")
    assert (basis_of(card, "contract"), basis_of(card, "grant").value[:6]) == (basis, "grant-")
    assert may_sign(card, date(2026, 11, 20)) == (waits is None)
    page = browser.get(reverse("procurement:award-enter", args=[world.partnership.pk, row.pk])).content.decode()
    assert "Begun from the decision of 3 November 2026" in page
    assert all(f'value="{held}"' in page for held in ("Dance Trust", "Marsh End Club", "880000.00"))


def test_invented_awards_stand_apart(world, now, client):
    publish_stage(by=viewer_of(world.admin()), commission=awarded(world).commission, stage=Stage.AWARD)
    page = client.get(reverse("procurement:open-register"), {"example": "yes"})
    assert "Nothing is published here yet" in words(page)
    assert Client().get(reverse("procurement:open-releases"), {"example": "yes"}).json()["releases"] == []
