"""Pseudonyms of people whom two organisations link: a key a signed version, a file a list, and their end."""

from __future__ import annotations

import os
import secrets
import shutil
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from uuid import UUID

import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.parquet as pq
from django.conf import settings
from django.db import transaction

from commonweal.core.models import LinkedCount, LinkList, SharingAgreement
from commonweal.core.models.sharing import SharingVersion, version_in_force
from commonweal.lake.visits.keys import controller_key, destroy_key, pseudonyms

COLUMN = "person"


@dataclass(frozen=True, slots=True)
class Overlap:
    """People in both lists, in the giver's alone, in the taker's alone."""

    both: int
    giver: int
    taker: int


def plain(identifier: object) -> str:
    """An identifier as it is compared: without spaces anywhere, and small."""
    return "".join(str(identifier).split()).casefold()


def keep_people(version: SharingVersion, organisation: UUID, identifiers: Iterable[str]) -> None:
    """Keep their pseudonyms alone, under the version's own key, in an order that tells nothing."""
    key = controller_key(_name(version), folder=_keys())
    people = sorted({bytes(one) for one in pseudonyms(key, identifiers)})
    path = _file(version, organisation)
    path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
    draft = path.with_name(f".{secrets.token_hex(8)}")
    pq.write_table(pa.table({COLUMN: pa.array(people, pa.binary())}), draft, compression="zstd")
    draft.chmod(0o600)
    os.replace(draft, path)


def overlap(version: SharingVersion) -> Overlap | None:
    """How many are on both lists; nothing until both are there."""
    files = [_file(version, one) for one in version.identity.parties]
    if not all(one.exists() for one in files):
        return None
    giver, taker = (pq.read_table(one, columns=[COLUMN])[COLUMN] for one in files)
    both = int(pc.sum(pc.is_in(giver, value_set=taker.combine_chunks())).as_py() or 0)
    return Overlap(both, len(giver) - both, len(taker) - both)


def held_versions() -> tuple[Any, ...]:
    """Versions of which lists are held though they count no more."""
    rows = SharingVersion.objects.filter(pk__in=LinkList.objects.values("version")).select_related("identity")
    return tuple(one for one in rows.order_by("id") if _standing(one.identity) != one.pk)


def forget_closed_links(agreement: SharingAgreement | None = None) -> int:
    """Delete key, pseudonyms and counts of every version that counts no more, of one agreement or of all."""
    gone = [one for one in held_versions() if agreement is None or one.identity_id == agreement.pk]
    for version in gone:
        _forget(version)
    return len(gone)


@transaction.atomic
def _forget(version: SharingVersion) -> None:
    """The key first: without it nothing that was left could be read."""
    destroy_key(_name(version), folder=_keys())
    shutil.rmtree(_folder(version), ignore_errors=True)
    LinkedCount.objects.filter(version=version).delete()
    LinkList.objects.filter(version=version).delete()


def _standing(agreement: SharingAgreement) -> Any:
    found = version_in_force(agreement)
    return found.pk if found else None


def _name(version: SharingVersion) -> str:
    return f"link-{version.pk}"


def _keys() -> Path:
    return Path(settings.VAR) / "keys"


def _folder(version: SharingVersion) -> Path:
    return Path(settings.VAR) / "linking" / str(version.partnership_id) / str(version.pk)


def _file(version: SharingVersion, organisation: UUID) -> Path:
    return _folder(version) / f"{organisation}.parquet"
