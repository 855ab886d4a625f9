"""Recipients of grants out of a 360Giving file; people who were given a grant are never taken."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any

from commonweal.lake.registers.cells import amount, day, number_of, once, placed, whole_number
from commonweal.lake.registers.model import Entry, KeptOut, NotARegister, RegisterFile
from commonweal.lake.registers.names import looks_like_a_person

TITLE = "Grants in the 360Giving standard"
LICENCE = "as the funder publishes it"
A_PERSON = "A grant to one person. People are never listed."


def is_giving(document: object) -> bool:
    """Whether a document holds grants."""
    return isinstance(document, dict) and isinstance(document.get("grants"), list)


def read_giving(document: Any, remarks: tuple[str, ...] = ()) -> RegisterFile:
    """One entry a recipient, the latest award standing for it; each fault is told by its field path."""

    kept_out: list[KeptOut] = []
    found = [
        entry for place, grant in enumerate(document["grants"])
        if (entry := _recipient(grant, f"grants/{place}", kept_out)) is not None
    ]
    if not found:
        raise NotARegister(kept_out[0].why if kept_out else "The file holds no grants.")
    return RegisterFile(
        "grants", TITLE, _publisher(document), LICENCE, True, tuple(once(found)), tuple(kept_out[:500]), remarks
    )


def _publisher(document: Any) -> str:
    for grant in document["grants"]:
        given_by = grant.get("fundingOrganization") if isinstance(grant, dict) else None
        if isinstance(given_by, list) and given_by and isinstance(given_by[0], dict) and given_by[0].get("name"):
            return str(given_by[0]["name"])[:200]
    return ""


def _recipient(grant: object, path: str, kept_out: list[KeptOut]) -> Entry | None:

    if not isinstance(grant, dict):
        kept_out.append(KeptOut(path, "Not a grant: it must be an object with fields."))
        return None
    given = grant.get("recipientOrganization")
    who = given[0] if isinstance(given, list) and given and isinstance(given[0], dict) else {}
    name = " ".join(str(who.get("name") or "").split())[:300]
    if "recipientIndividual" in grant or looks_like_a_person(name):
        kept_out.append(KeptOut(f"{path}/recipientIndividual", A_PERSON))
        return None
    if not name:
        kept_out.append(KeptOut(f"{path}/recipientOrganization/0/name", "No name of who was given the grant."))
        return None
    code, town, note = placed(_said(who, "postalCode"), _said(who, "addressLocality"))
    numbers = [
        whole_number(_said(who, "id")), ("GB-CHC", number_of("GB-CHC", _said(who, "charityNumber"))),
        ("GB-COH", number_of("GB-COH", _said(who, "companyNumber"))),
    ]
    kept = tuple(dict.fromkeys(one for one in numbers if one and one[1]))
    return Entry(
        "grants", (_said(who, "id") or name.casefold())[:200], name, "other", kept, code, town[:200],
        _district(grant), _said(who, "url")[:300], _said(grant, "description")[:2000],
        as_at=day(_said(grant, "awardDate")), notes=(note,) if note else (),
    )



def _district(grant: dict[str, Any]) -> str:
    """The district where those who benefit live, where the grant gives its code."""
    places = grant.get("beneficiaryLocation")
    for one in places if isinstance(places, list) else ():
        code = str(one.get("geoCode", "")) if isinstance(one, dict) else ""
        if code[:3] in ("E06", "E07", "E08", "E09", "W06", "S12", "N09", "Z07"):
            return code
    return ""


def _said(holder: dict[str, Any], name: str) -> str:
    value = holder.get(name)
    return " ".join(str(value).split()) if isinstance(value, str | int | float) else ""


@dataclass(frozen=True, slots=True)
class GrantGiven:
    """One grant to an organisation: who gave it, to whom, how much, and in which financial year it was awarded."""

    ref: str
    title: str
    giver: str
    receiver: str
    number: str
    pounds: Decimal
    year: str
    area: str


def grants_in(document: Any) -> tuple[tuple[GrantGiven, ...], tuple[KeptOut, ...]]:
    """Every grant to an organisation, and what was kept out with its field path; never a grant to a person."""
    if not is_giving(document):
        raise NotARegister("This is not a 360Giving file: it has no list called “grants”.")
    kept_out: list[KeptOut] = []
    found = [one for place, grant in enumerate(document["grants"])
             if (one := _given(grant, f"grants/{place}", kept_out)) is not None]
    return tuple({one.ref: one for one in found}.values()), tuple(kept_out)


def _given(grant: object, path: str, kept_out: list[KeptOut]) -> GrantGiven | None:
    entry = _recipient(grant, path, kept_out)
    if entry is None or not isinstance(grant, dict):
        return None
    ref, pounds = _said(grant, "id")[:200], amount(_said(grant, "amountAwarded"))
    giver = _party(grant, "fundingOrganization")
    faults = (("id", not ref, "No identifier."), ("currency", _said(grant, "currency") not in ("", "GBP"),
              "Not in pounds."), ("amountAwarded", pounds is None or pounds < 0, "No amount in pounds."),
              ("awardDate", entry.as_at is None, "No day of award."),
              ("fundingOrganization/0/name", not giver, "No name of who gave it."))
    for field, wrong, why in faults:
        if wrong:
            kept_out.append(KeptOut(f"{path}/{field}", why))
            return None
    assert pounds is not None
    assert entry.as_at is not None
    number = "-".join(entry.numbers[0]) if entry.numbers else ""
    return GrantGiven(ref, _said(grant, "title")[:200], giver, entry.name[:200], number[:60],
                      Decimal(str(pounds)).quantize(Decimal("0.01")), _year_of(entry.as_at), _where(grant))


def _party(grant: dict[str, Any], name: str) -> str:
    given = grant.get(name)
    who = given[0] if isinstance(given, list) and given and isinstance(given[0], dict) else {}
    return _said(who, "name")[:200]


def _where(grant: dict[str, Any]) -> str:
    places = grant.get("beneficiaryLocation")
    one = places[0] if isinstance(places, list) and places and isinstance(places[0], dict) else {}
    return _said(one, "name")[:120]


def _year_of(day_: date) -> str:
    """The financial year from 1 April that holds the day."""
    first = day_.year if day_.month >= 4 else day_.year - 1
    return f"{first}-{(first + 1) % 100:02d}"
