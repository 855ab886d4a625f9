"""Releases, records and grants in the packages that their standards ask for."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime

from commonweal.procurement.ocds.building import EXTENSIONS, RAW
from commonweal.procurement.ocds.words import Json, instant

LICENCE = "https://www.nationalarchives.gov.uk/doc/open-government-licence/version/3/"
PAGINATION = f"{RAW}/open-contracting-extensions/ocds_pagination_extension/master/extension.json"


def release_package(
    uri: str, publisher: str, releases: tuple[Json, ...], at: datetime, links: Mapping[str, str] | None = None
) -> Json:
    """OCDS releases."""
    return _package(uri, publisher, at, links) | {"releases": list(releases)}


def record_package(
    uri: str, publisher: str, records: tuple[Json, ...], at: datetime, links: Mapping[str, str] | None = None
) -> Json:
    """OCDS records."""
    return _package(uri, publisher, at, links) | {"records": list(records)}


def grants_package(publisher: str, grants: tuple[Json, ...], at: datetime) -> Json:
    """360Giving grants."""
    return {"version": "1.4", "title": f"Grants of {publisher}", "issued": f"{at:%Y-%m-%d}",
            "modified": instant(at), "publisher": {"name": publisher},
            "license": LICENCE, "license_name": "Open Government Licence 3.0",
            "grants": list(grants)}


def _package(uri: str, publisher: str, at: datetime, links: Mapping[str, str] | None) -> Json:
    extensions = [*EXTENSIONS, *([PAGINATION] if links else [])]
    more = {"links": dict(links)} if links else {}
    return {"uri": uri, "version": "1.1", "extensions": extensions, "publisher": {"name": publisher},
            "license": LICENCE, "publishedDate": instant(at)} | more
