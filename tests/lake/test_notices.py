"""Notices as portals really publish them: each defect against a count of its own, and no file breaks it."""

from __future__ import annotations

import json
import re
from collections import Counter
from datetime import date
from decimal import Decimal

import pytest

from commonweal.lake.notices.model import Defect, Supplier
from commonweal.lake.notices.reading import read_notices
from commonweal.lake.notices.text import mended
from commonweal.lake.notices.values import pounds, supplier, suppliers_in
from commonweal.lake.opening import CannotOpen


def counted(file):
    return Counter(one.defect for one in file.found)


@pytest.mark.promise("R7")
def test_half_of_the_english_notices_with_every_defect(published):
    path = published / "07_procurement_spend" / "contracts_finder_ocds" / "england.jsonl"
    rows = [json.loads(line) for line in path.read_text("utf-8").splitlines()]
    file, raw = read_notices(path), [json.dumps(row, ensure_ascii=False) for row in rows]
    found = counted(file)
    awards = [(row, award) for row in rows for award in row.get("awards", ())]
    keys = {f"{row['ocid']}/{award['id']}" for row, award in awards} | {
        f"{row['ocid']}/tender" for row in rows if not row.get("awards")}
    assert file.read == len(rows) == 100
    assert {one.key for one in file.kept} == keys
    assert found[Defect.SAME_NOTICE] + found[Defect.OLDER] == len(awards) + 27 - len(keys)
    assert found[Defect.CONTACT] == sum(any("contactPoint" in one for one in row["parties"]) for row in rows)
    assert found[Defect.ZERO_VALUE] == len({id(row) for row, award in awards if award["value"]["amount"] <= 1})
    assert found[Defect.NO_SUPPLIER] + found[Defect.NO_AWARD] >= sum(not award["suppliers"] for _, award in awards)
    short = {row["id"] for row in rows for one in row["parties"]
             if one.get("identifier", {}).get("scheme") == "GB-COH" and len(one["identifier"].get("id", "")) < 8
             and "supplier" in one["roles"]}
    assert found[Defect.SHORT_NUMBER] == len(short)
    assert found[Defect.BROKEN_LETTERS] == sum(bool(re.search("â€|Â", one)) for one in raw)
    assert found[Defect.LOST_BREAKS] >= 20
    assert not any(re.search(r"\.rnrn", one.description) for one in file.kept)
    assert not any("REDACTED" in f"{one.title}{one.buyer}{one.suppliers}" for one in file.kept)
    assert found[Defect.NO_ID] == found[Defect.UNREADABLE] == 0


@pytest.mark.parametrize(("name", "read", "joined"), [("blackpool", 153, 8), ("lancashire_cc", 91, None)])
def test_notices_of_lancashire(published, name, read, joined):
    path = published / "07_procurement_spend" / "lancashire_contracts_finder" / f"{name}_procurement.json"
    rows = json.loads(path.read_text("utf-8"))["contracts"]
    file = read_notices(path)
    found = counted(file)
    assert (file.read, file.form) == (read, "contracts")
    assert found[Defect.NO_OCID] == read
    assert found[Defect.CUT] == sum(len(row["description"]) == 500 for row in rows)
    assert joined is None or found[Defect.JOINED_SUPPLIERS] == joined
    assert not any("&amp;" in f"{one.title}{one.description}" for one in file.kept)


@pytest.mark.promise("R7")
def test_every_english_notice_there_is_comes_in_with_its_defects(published):
    folder = published / "07_procurement_spend"
    paths = [*folder.glob("contracts_finder_ocds/*.jsonl"), *folder.glob("lancashire_contracts_finder/*.json")]
    files = [read_notices(path) for path in paths]
    found = sum((counted(one) for one in files), Counter())
    assert (len(files), sum(one.read for one in files), sum(len(one.kept) for one in files)) == (9, 709, 708)
    assert (found.total(), len(found)) == (1997, 16)
    assert found[Defect.NO_OCID] == 609
    for file in files:      # nothing falls away unsaid, and no notice comes in without what is wrong with it
        gone = [one for one in file.found if one.defect in (Defect.SAME_NOTICE, Defect.OLDER, Defect.UNREADABLE)]
        assert file.read - len(file.kept) == len(gone)
        assert len({one.row for one in file.found}) == file.read


RELEASE = {"ocid": "ocds-h6vhtk-000001", "id": "1", "date": "2026-01-02T00:00:00Z", "tag": ["award"],
           "buyer": {"name": "Otherham"}, "tender": {"title": "Pool", "classification": {"id": "92600000"}},
           "awards": [{"id": "a", "value": {"amount": 5000, "currency": "GBP"}, "suppliers": [{"name": "A Ltd"}]}]}


def release(**more):
    return {**RELEASE, **more}


def award(**more):
    return {"awards": [{**RELEASE["awards"][0], **more}]}


@pytest.mark.parametrize(("parts", "defect"), [
    ([release(id="")], Defect.NO_ID), ([release(ocid=None)], Defect.NO_OCID),
    ([release(), release(**award(value={"amount": 9}))], Defect.SAME_ID),
    ([release(), release()], Defect.SAME_NOTICE),
    ([release(), release(id="2", date="2026-02-01", **award(value={"amount": 9}))], Defect.OLDER),
    ([release(date="soon")], Defect.BAD_DAY), ([release(date=None)], Defect.NO_DATE),
    ([release(buyer=None)], Defect.NO_BUYER), ([release(tender={"title": "x"})], Defect.NO_CPV),
    ([release(tag=["shut"])], Defect.UNKNOWN_TAG), ([release(**award(value=None))], Defect.NO_VALUE),
    ([release(**award(value={"amount": "much"}))], Defect.BAD_VALUE),
    ([release(**award(value={"amount": 5, "currency": "EUR"}))], Defect.NOT_POUNDS),
    ([release(**award(suppliers=[]))], Defect.NO_SUPPLIER),
    ([release(**award(suppliers=[{"name": "NOT AWARDED TO SUPPLIER"}]))], Defect.NO_AWARD),
    ([release(**award(suppliers=[{"name": "Mr John Smith"}]))], Defect.PERSON),
    ([release(**award(contractPeriod={"startDate": "2026-05-01", "endDate": "2026-04-01"}))], Defect.ENDS_FIRST),
    ([release(**award(date="2027-01-01"))], Defect.LATER_AWARD), ([RELEASE, 5], Defect.NOT_A_NOTICE),
    ([release(tender={"title": "Ring 01234 567890"})], Defect.PERSONAL_TEXT),
])  # fmt: skip
def test_a_defect_is_told_and_nothing_falls(tmp_path, parts, defect):
    path = tmp_path / "n.json"
    path.write_text(json.dumps({"releases": parts}))
    assert counted(read_notices(path))[defect] == 1


@pytest.mark.parametrize("body", [
    "", "[]", "{}", "null", "5", '"x"', "[" * 100_000, '{"releases": 5}', '{"releases": [null, 1, []]}',
    "\x00\xff",
    '{"contracts": [{}]}', '[{"tender": 5, "awards": {"a": 1}, "parties": "x"}]',
])  # fmt: skip
def test_what_is_no_file_of_notices_is_refused_in_a_sentence(tmp_path, body):
    path = tmp_path / "n.json"
    path.write_bytes(body.encode("utf-8", "surrogatepass"))
    with pytest.raises(CannotOpen, match="No notices were found"):
        read_notices(path)


def test_letters_that_nothing_may_hold_are_left_out(tmp_path):
    path = tmp_path / "n.json"
    bad = "a\x00b\ud800c"
    path.write_text(json.dumps([release(ocid=bad, id=bad, buyer={"name": bad}, tender={
        "title": bad, "procurementMethodDetails": bad, "items": [{"deliveryAddresses": [{"region": bad}]}]},
        **award(id=bad, suppliers=[{"name": bad}]))]))
    (one,) = read_notices(path).kept
    assert {one.ocid, one.title, one.buyer, one.method, one.region, one.suppliers[0].name} == {"abc"}
    assert one.key == "abc/abc"


def test_a_bad_line_is_left_out_and_counted(tmp_path):
    path = tmp_path / "n.jsonl"
    path.write_text(json.dumps(RELEASE) + "\n{broken\n\n" + json.dumps(release(id="2", ocid="ocds-b5fd17-2")))
    file = read_notices(path)
    assert (len(file.kept), counted(file)[Defect.UNREADABLE]) == (2, 1)
    assert [one.source for one in file.kept] == ["Find a Tender", "Contracts Finder"]
    assert (file.kept[0].value, file.kept[0].published) == (Decimal("5000.00"), date(2026, 1, 2))


@pytest.mark.parametrize(("given", "read"), [
    ("One â€œtwoâ€\x9d", "One “twoâ€\x9d"), ("Â£5,000", "£5,000"), ("A &amp; B", "A & B"),
    ("Modern barn", "Modern barn"),
    ("Truro.rnrnTo supply", "Truro.\nTo supply"), ("Ask x@y.org", "Ask [address left out]"), (None, ""), (5, "5"),
])  # fmt: skip
def test_text_is_mended_where_that_is_sure(given, read):
    assert mended(given, []) == read


def test_suppliers_in_one_text_and_numbers_without_noughts():
    found = []
    assert [one.name for one in suppliers_in("A Ltd,B Limited", found)] == ["A Ltd", "B Limited"]
    assert [one.name for one in suppliers_in("Lot 1 - SUEZ Ltd,Lot 4 - No Award", found)] == ["SUEZ Ltd"]
    assert [one.name for one in suppliers_in("Knight, Kavanagh &amp; Page", found)] == ["Knight, Kavanagh & Page"]
    assert supplier("X Ltd", "GB-COH", "12345", found) == Supplier("X Ltd", "GB-COH", "00012345")
    assert pounds("£1,200", found) == Decimal("1200.00")
    assert {Defect.JOINED_SUPPLIERS, Defect.NO_AWARD, Defect.SHORT_NUMBER} <= set(found)
