"""Organisations out of an Open Referral UK feed: pages of services as it gives them, or a saved file."""

from __future__ import annotations

import re
from dataclasses import replace
from typing import Any
from uuid import UUID

from commonweal.lake.registers.cells import day, placed, whole_number
from commonweal.lake.registers.model import Entry, KeptOut, NotARegister, RegisterFile

TITLE = "An Open Referral UK feed"
STATUSES = ("active", "inactive", "defunct", "temporarily closed")
_ENVELOPE = ("contents", "total_items")


def is_feed(document: object) -> bool:
    """Whether a document is a page of services, several pages, or services alone."""
    pages = _pages(document)
    return bool(pages) and all(isinstance(page, dict) and "contents" in page for page in pages)


def read_feed(document: Any, remarks: tuple[str, ...] = ()) -> RegisterFile:
    """One entry an organisation, what its services do put together; faults are told by field path.

    A feed that stops half-way gives what it held, and says how many services it promised and did not give.
    """
    kept_out: list[KeptOut] = []
    pages = _pages(document)
    found: dict[str, Entry] = {}
    seen = 0
    for place, page in enumerate(pages):
        path = f"{place}/contents" if len(pages) > 1 else "contents"
        services = page["contents"] if isinstance(page["contents"], list) else []
        for number, service in enumerate(services):
            seen += 1
            entry = _organisation(service, f"{path}/{number}", kept_out)
            if entry is not None:
                found[entry.ref] = _together(found.get(entry.ref), entry)
    if not found:
        raise NotARegister(kept_out[0].why if kept_out else "The feed holds no services.")
    return RegisterFile(
        "open-referral", TITLE, "", "as its publisher says", True, tuple(found.values()), tuple(kept_out[:500]),
        (*remarks, *_stopped(pages, seen)),
    )


def _pages(document: object) -> list[Any]:
    if isinstance(document, dict) and all(name in document for name in _ENVELOPE):
        return [document]
    return document if isinstance(document, list) and document else []


def _stopped(pages: list[Any], seen: int) -> tuple[str, ...]:
    totals = (page.get("total_items") for page in pages)
    promised = max((one for one in totals if isinstance(one, int)), default=0)
    if promised <= seen:
        return ()
    return (f"The feed promised {promised:,} services and gave {seen:,}. What it gave is taken; fetch it again.",)


def _organisation(service: object, path: str, kept_out: list[KeptOut]) -> Entry | None:

    if not isinstance(service, dict):
        kept_out.append(KeptOut(path, "Not a service: it must be an object with fields."))
        return None
    for where, why in _faults(service):
        kept_out.append(KeptOut(f"{path}/{where}", why))
    who = service.get("organization")
    if not isinstance(who, dict) or not _said(who, "name"):
        kept_out.append(KeptOut(f"{path}/organization/name", "No organisation's name; the service is left out."))
        return None
    address = _address(service)
    code, town, note = placed(_said(address, "postal_code"), _said(address, "city"))
    identifiers = who.get("organization_identifiers")
    numbers = [
        whole_number(f"{_said(one, 'identifier_scheme')}-{_said(one, 'identifier')}")
        for one in (identifiers if isinstance(identifiers, list) else ()) if isinstance(one, dict)
    ]
    web = _said(who, "website")
    activities = f"{_said(service, 'name')}. {_said(service, 'description')}"
    return Entry(
        "open-referral", (_said(who, "id") or _said(who, "name").casefold())[:200], _said(who, "name")[:300],
        "other",
        tuple(one for one in numbers if one), code, town[:200], "", web[:300] if "." in web else "",
        activities[:2000], as_at=day(_said(service, "last_modified")), notes=(note,) if note else (),
    )


def _faults(service: dict[str, Any]) -> list[tuple[str, str]]:
    """What the standard requires and the service does not give."""
    faults = []
    if not _is_uuid(_said(service, "id")):
        faults.append(("id", "Must be a UUID."))
    if not _said(service, "name"):
        faults.append(("name", "Is required."))
    if _said(service, "status") not in STATUSES:
        faults.append(("status", f"Must be one of {', '.join(STATUSES)}."))
    if (email := _said(service, "email")) and not re.fullmatch(r"[^@\s]+@[^@\s]+\.[^@\s]+", email):
        faults.append(("email", "Is not an e-mail address."))
    return faults


def _address(service: dict[str, Any]) -> dict[str, Any]:
    """The first address of the first place that has one, however the feed nests it."""
    for one in service.get("service_at_locations") or ():
        place = one.get("location") if isinstance(one, dict) else None
        for address in (place.get("addresses") or ()) if isinstance(place, dict) else ():
            if isinstance(address, dict):
                return address
    return {}


def _together(before: Entry | None, entry: Entry) -> Entry:
    if before is None or entry.activities in before.activities:
        return before or entry
    return replace(before, activities=f"{before.activities} {entry.activities}"[:2000],
                   postcode=before.postcode or entry.postcode)


def _said(holder: dict[str, Any], name: str) -> str:
    value = holder.get(name)
    return " ".join(str(value).split()) if isinstance(value, str | int | float) else ""


def _is_uuid(text: str) -> bool:
    try:
        return bool(UUID(text))
    except ValueError:
        return False
