"""The directory in the shape of Open Referral UK 3.0: one service a public body, empty fields left out."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import NAMESPACE_URL, UUID, uuid5

from django.db.models import Max, Q

from commonweal.core.errors import NotFound, Refused
from commonweal.core.viewer import ANONYMOUS
from commonweal.lake.readers.facility_rows import postcode as whole_postcode
from commonweal.providers.classes import titles
from commonweal.providers.content import read
from commonweal.providers.models import Profile, Provider
from commonweal.providers.queries.directory import Asked, matching
from commonweal.providers.queries.places import district_names, districts_of

VERSION = "HSDS-UK-3.0"
MOST = 500
Json = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Wanted:
    """Which services are asked for; what is empty is not asked."""

    search: str = ""
    term: str = ""
    taxonomy: str = ""
    organisation: str = ""
    postcode: str = ""
    after: datetime | None = None
    unknown: bool = False  # ages, days and times are asked for, which nobody here has given


def about() -> Json:
    """What the source is."""
    return {"version": VERSION, **read("referral")["about"]}


def term_id(key: str) -> str:
    """The id of a class, the same on every installation."""
    return str(uuid5(NAMESPACE_URL, f"commonweal:class:{key}"))


def taxonomy() -> Json:
    """The one list of what bodies do."""
    return {"id": term_id("taxonomy"), **read("referral")["taxonomy"]}


def terms() -> list[Json]:
    """Each class as a term."""
    return [
        {"id": term_id(key), "name": title, "description": f"Organisations that say they work in {title.lower()}.",
         "taxonomy": taxonomy()["name"]}
        for key, title in titles().items()
    ]


def services(wanted: Wanted) -> Any:
    """The rows of the services asked for; only what everybody may see, whoever asks."""
    rows = matching(ANONYMOUS, Asked(words=wanted.search, does=_class(wanted.term))).filter(closed=False)
    wrong = (wanted.term and not _class(wanted.term)) or wanted.taxonomy not in ("", term_id("taxonomy"))
    if wanted.unknown or wrong:
        return rows.none()
    if wanted.taxonomy:
        rows = rows.exclude(classes=[])
    if wanted.organisation:
        rows = rows.filter(pk=_uuid(wanted.organisation))
    if wanted.postcode:
        rows = _near(rows, wanted.postcode)
    if wanted.after:
        rows = rows.annotate(read_at=Max("entries__read_on")).filter(
            Q(profile__confirmed__gte=wanted.after.date()) | Q(read_at__gte=wanted.after.date()))
    return rows.order_by("name", "id")


def service_row(service: str) -> Provider:
    """One of them."""
    row: Provider | None = services(Wanted()).filter(pk=_uuid(service)).first()
    if row is None:
        raise NotFound("There is no such service.")
    return row


def told(rows: list[Provider], *, full: bool = False) -> list[Json]:
    """Services as the standard writes them."""
    profiles = {one.provider_id: one for one in Profile.objects.filter(provider__in=[row.pk for row in rows])}
    names = district_names(row.district for row in rows)
    return [_service(row, profiles.get(row.pk), names.get(row.district, ""), full) for row in rows]


def places(rows: list[Provider], *, full: bool = False) -> list[Json]:
    """The same as services at locations."""
    names = district_names(row.district for row in rows)
    shown = told(rows, full=False) if full else []
    return [
        {**_at_location(row, names.get(row.district, "")), **({"service": shown[place]} if full else {})}
        for place, row in enumerate(rows)
    ]


def _service(row: Provider, profile: Profile | None, district: str, full: bool) -> Json:
    said = profile.about if profile and profile.about else _by_registers(row)
    days = [entry.read_on for entry in row.entries.all() if not entry.scope]
    latest = max([*days, *([profile.confirmed] if profile else [])], default=None)
    known = titles()
    made: Json = {
        "id": str(row.pk), "name": row.name, "description": said, "status": "active",
        "organization": _organisation(row, said),
    }
    if row.web.startswith(("http://", "https://")):
        made["url"] = row.web
    if latest:
        made["last_modified"] = f"{latest.isoformat()}T00:00:00Z"
    if full:
        made["service_at_locations"] = [_at_location(row, district)]
        if district:
            made["service_areas"] = [{"id": _own(row, "area"), "name": district}]
        made["attributes"] = [
            {"id": _own(row, key), "link_id": str(row.pk), "taxonomy_term_id": term_id(key),
             "link_type": "service", "taxonomy_term": next(one for one in terms() if one["id"] == term_id(key))}
            for key in row.classes if key in known
        ]
    return {name: value for name, value in made.items() if value not in ("", [], None)}


def _organisation(row: Provider, said: str) -> Json:
    public = [entry for entry in row.entries.all() if not entry.scope]
    numbers = {(scheme, value) for entry in public for scheme, value in entry.numbers}
    made: Json = {"id": str(row.pk), "name": row.name, "description": said}
    if row.web.startswith(("http://", "https://")):
        made["website"] = row.web
    if numbers:
        made["organization_identifiers"] = [
            {"id": _own(row, f"{scheme}-{value}"), "organization_id": str(row.pk), "identifier_scheme": scheme,
             "identifier_type": scheme, "identifier": value} for scheme, value in sorted(numbers)
        ]
    return made


def _at_location(row: Provider, district: str) -> Json:
    place: Json = {"id": _own(row, "place"), "location_type": "physical" if row.postcode else "virtual",
                   "name": row.name}
    if row.postcode and district:
        place["addresses"] = [{
            "id": _own(row, "address"), "location_id": place["id"], "address_1": row.name, "city": district,
            "state_province": district, "postal_code": row.postcode, "country": "GB", "address_type": "postal",
        }]
    return {"id": str(row.pk), "service_id": str(row.pk), "location_id": place["id"], "location": place}


def _by_registers(row: Provider) -> str:
    known = titles()
    does = ", ".join(known[key].lower() for key in row.classes if key in known)
    return f"By its registers it works in: {does}." if does else "What it does is not known here."


def _own(row: Provider, what: str) -> str:
    return str(uuid5(row.pk, what))


def _class(term: str) -> str:
    return next((key for key in titles() if term_id(key) == term), "")


def _near(rows: Any, written: str) -> Any:
    code = whole_postcode(written)
    if not code:
        raise Refused("Give “postcode” as a whole postcode, such as SY1 1AA.")
    district = districts_of([code]).get(code, "")
    return rows.filter(district=district) if district else rows.none()


def _uuid(text: str) -> UUID:
    try:
        return UUID(text)
    except ValueError as error:
        raise NotFound("An id is a UUID.") from error
