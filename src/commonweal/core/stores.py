"""The lake's two stores, published and invented, and which of them holds a place."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from uuid import UUID

from django.conf import settings

from commonweal.lake.store import Store

EXAMPLE_PREFIX = "Z"


@dataclass(frozen=True, slots=True)
class Stores:
    """Published data of real places, and the invented district; never mixed."""

    published: Store
    example: Store

    def for_code(self, code: str) -> Store:
        """The store that holds a place; codes of invented places start with Z."""
        return self.example if code.upper().startswith(EXAMPLE_PREFIX) else self.published

    @property
    def both(self) -> tuple[Store, Store]:
        """Published first."""
        return (self.published, self.example)


@lru_cache(maxsize=8)
def _stores(lake: Path) -> Stores:
    return Stores(published=Store(lake / "published"), example=Store(lake / "example"))


@lru_cache(maxsize=256)
def _own(lake: Path, partnership: UUID) -> Store:
    return Store(lake / "partnerships" / str(partnership))


def own_store(partnership: UUID) -> Store:
    """A partnership's own data, which nobody outside it sees."""
    return _own(Path(settings.VAR) / "lake", partnership)


def stores() -> Stores:
    """The stores in this installation's data folder; the same objects each time, safe between threads."""
    return _stores(Path(settings.VAR) / "lake")
