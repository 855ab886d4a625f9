"""The open register as tables: contracts and grants in the Transparency Code's columns."""

from __future__ import annotations

from datetime import date

from django.conf import settings
from django.urls import reverse

from commonweal.core.figure import Unit
from commonweal.present.table import Cell, Column, DataTable, Linked, Missing, number_column, text_column
from commonweal.present.workbook import Workbook
from commonweal.procurement.queries.open_register import RegisterLine

CODE = "Local Government Transparency Code 2015, contracts of more than £5,000 and grants to the voluntary sector"
CONTRACT_HEADS = (
    "Reference number", "Title", "Department", "Description", "Supplier", "Supplier's registration number",
    "Sum over its length", "VAT that cannot be recovered", "Start", "End", "Review", "How it was invited",
    "Small or medium business", "Voluntary, community or social enterprise", "Open contracting id", "Buyer",
)
GRANT_HEADS = (
    "Reference number", "Date awarded", "From", "To", "Department", "Beneficiary",
    "Beneficiary's registration number", "Purpose",
    "Amount", "Voluntary, community or social enterprise", "Funder",
)
MONEY = {"Sum over its length", "VAT that cannot be recovered", "Amount"}
NOT_SAID = Missing("not said")


def contracts_table(lines: tuple[RegisterLine, ...]) -> DataTable:
    """Contracts, in the Code's columns."""
    rows = tuple(
        (one.reference, one.title, one.department, one.description, one.supplier, _said(one.number),
         float(one.pounds), _pounds(one), one.starts, one.ends, _day(one.review), one.how, one.sme, one.vcse,
         one.ocid, one.buyer) for one in lines if one.kind == "contract")
    return DataTable("Contracts register", _columns(CONTRACT_HEADS), rows, key="contracts", source=CODE,
                     notes=("Pounds without VAT, over the whole length of the contract.",))


def grants_table(lines: tuple[RegisterLine, ...]) -> DataTable:
    """Grants, in the Code's columns."""
    rows = tuple(
        (one.reference, _day(one.awarded), one.starts, one.ends, one.department, one.supplier, _said(one.number),
         f"{one.title}: {one.description}", float(one.pounds), one.vcse, one.buyer)
        for one in lines if one.kind == "grant")
    return DataTable("Grants register", _columns(GRANT_HEADS), rows, key="grants", source=CODE)


def brief_table(lines: tuple[RegisterLine, ...], kind: str) -> DataTable:
    """What a page shows of one register: what, who, how much, until when."""
    grant = kind == "grant"
    heads = ("What", "Who got it", "Sum", "From", "To", "Funder" if grant else "Buyer")
    columns = tuple(number_column(head, Unit.POUNDS) if head == "Sum" else text_column(head) for head in heads)
    rows = tuple(
        (Linked(one.title, reverse("procurement:open-process", args=[one.ocid])), one.supplier, float(one.pounds),
         one.starts, one.ends, one.buyer) for one in lines if one.kind == kind)
    return DataTable("Grants" if grant else "Contracts", columns, rows, key=f"{kind}s", source="",
                     notes=() if grant else ("Pounds without VAT, over the whole length.",))


def register_workbook(lines: tuple[RegisterLine, ...], day: date, *, invented: bool) -> Workbook:
    """Both registers."""
    notes: tuple[str, ...] = ("What buyers and funders published here, as it stood when they published it last.",
             "Publication on the central platform, where a notice is due, is a separate act of the buyer.",
             "No person is named: who got something as a person stands as “An individual”.")
    if invented:
        notes = ("These are invented: no such body exists.", *notes)
    return Workbook("Contracts and grants register", "The Transparency Code's columns", notes,
                    (contracts_table(lines), grants_table(lines)), "Commonweal", day)


def answer_of(lines: tuple[RegisterLine, ...], *, looked: bool) -> str:
    """The register in a sentence."""
    if not lines:
        return "Nothing that fits is published here." if looked else "Nothing is published here yet."
    parts = []
    for kind in ("contract", "grant"):
        of_kind = [one for one in lines if one.kind == kind]
        if of_kind:
            noun = kind if len(of_kind) == 1 else f"{kind}s"
            parts.append(f"{len(of_kind)} {noun} worth £{sum(one.pounds for one in of_kind):,.0f}")
    return f"{' and '.join(parts)}, as published by those who buy and fund."


def prefix_words() -> str:
    """Whether the ids here are of registered prefixes."""
    if settings.OCID_PREFIX == "ocds-000000":
        return "The prefix of these ids is not registered with the Open Contracting Partnership yet."
    return ""


def _columns(heads: tuple[str, ...]) -> tuple[Column, ...]:
    return tuple(number_column(head, Unit.POUNDS, 2) if head in MONEY else text_column(head) for head in heads)


def _said(words: str) -> Cell:
    return words or NOT_SAID


def _day(day: date | None) -> Cell:
    return day or NOT_SAID


def _pounds(one: RegisterLine) -> Cell:
    return NOT_SAID if one.lost_vat is None else float(one.lost_vat)
