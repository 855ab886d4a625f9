"""Recipients of grants out of a 360Giving file; people who were given a grant are never taken."""

from __future__ import annotations

from typing import Any

from commonweal.lake.registers.cells import day, number_of, once, placed, whole_number
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
