"""Reads the catalogue's YAML, one file a theme, into frozen entries."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from functools import lru_cache
from pathlib import Path
from typing import Any

import yaml

from commonweal.lake.manifest import Provenance

FOLDER = Path(__file__).parent


class Parts(StrEnum):
    """Whether one file holds all of a data set, or each of many holds a part."""

    ONE = "one"
    MANY = "many"


class NotInCatalogue(KeyError):
    """No entry under this key."""

    def __str__(self) -> str:
        return f"'{self.args[0]}' is not in the catalogue of data sets"


@dataclass(frozen=True, slots=True)
class Licence:
    """The terms rows come under, the lines they ask for, and whether rows may be shown to others."""

    key: str
    name: str
    attribution: tuple[str, ...]
    may_publish: bool
    address: str = ""


@dataclass(frozen=True, slots=True)
class Address:
    """One file to fetch: from where, under which name to keep it, how large it is, roughly."""

    address: str
    saved_as: str = ""
    size: int = 0
    sha256: str = ""


@dataclass(frozen=True, slots=True)
class CatalogueEntry:
    """One published data set. `checked` is the day its addresses last answered, or "unchecked"."""

    dataset: str
    theme: str
    title: str
    publisher: str
    licence: Licence
    attribution: str
    vintage: str
    pages: tuple[str, ...]
    files: tuple[Address, ...] = ()
    published: str = ""
    parts: Parts = Parts.ONE
    needed: bool = False
    checked: str = "unchecked"
    note: str = ""

    @property
    def size(self) -> int:
        """Bytes to fetch, roughly; 0 where not known."""
        return sum(file.size for file in self.files)

    @property
    def provenance(self) -> Provenance:
        """What is kept beside the rows."""
        return Provenance(
            title=self.title,
            publisher=self.publisher,
            licence=self.licence.name,
            attribution=self.attribution,
            address=self.pages[0],
            vintage=self.vintage,
            published=self.published,
            checked=self.checked,
        )


@lru_cache(maxsize=1)
def licences() -> dict[str, Licence]:
    """Every licence by its key."""
    data = _yaml(FOLDER / "licences.yaml")
    return {
        key: Licence(key, one["name"], tuple(one["attribution"]), one["may_publish"], one.get("address", ""))
        for key, one in data.items()
    }


@lru_cache(maxsize=1)
def entries() -> dict[str, CatalogueEntry]:
    """Every data set by its key, themes in order of their file names."""
    found: dict[str, CatalogueEntry] = {}
    for path in themes():
        data = _yaml(path)
        for one in data["datasets"]:
            if one["dataset"] in found:
                raise ValueError(f"{path.name}: '{one['dataset']}' is in the catalogue twice")
            found[one["dataset"]] = _entry(data["theme"], one)
    return found


def entry(dataset: str) -> CatalogueEntry:
    """One data set, or NotInCatalogue."""
    try:
        return entries()[dataset]
    except KeyError:
        raise NotInCatalogue(dataset) from None


def themes() -> tuple[Path, ...]:
    """The catalogue's files, one a theme."""
    return tuple(sorted(path for path in FOLDER.glob("*.yaml") if path.name != "licences.yaml"))


def _yaml(path: Path) -> Any:
    with path.open(encoding="utf-8") as file:
        return yaml.safe_load(file)


def _entry(theme: str, data: dict[str, Any]) -> CatalogueEntry:
    licence = licences()[data["licence"]]
    lines = [*licence.attribution, *data.get("attribution", ())]
    return CatalogueEntry(
        **{
            **data,
            "theme": theme,
            "licence": licence,
            "attribution": " ".join(lines),
            "pages": tuple(data["pages"]),
            "files": tuple(Address(**file) for file in data.get("files", ())),
            "parts": Parts(data.get("parts", "one")),
        }
    )
