"""Which reader knows an opened file: exactly one, or none, told from its content alone."""

from __future__ import annotations

import importlib
import pkgutil
from collections.abc import Mapping
from functools import cache

from commonweal.lake import readers as readers_package
from commonweal.lake.opening.model import Opened
from commonweal.lake.readers.base import REGISTRY, Reader


class TwoReaders(LookupError):
    """Two readers claim one file: a fault in a recogniser, for its author to mend."""


@cache
def load_readers() -> Mapping[str, Reader]:
    """Every reader, after importing every module of `lake.readers`, so that each has registered its own."""
    for module in pkgutil.walk_packages(readers_package.__path__, f"{readers_package.__name__}."):
        importlib.import_module(module.name)
    return REGISTRY


def claimants(opened: Opened, readers: Mapping[str, Reader] | None = None) -> tuple[Reader, ...]:
    """Every reader that says the file is its own; more than one is a fault."""
    known = load_readers() if readers is None else readers
    return tuple(reader for reader in known.values() if reader.recognises(opened))


def recognise(opened: Opened, readers: Mapping[str, Reader] | None = None) -> Reader | None:
    """The one reader that knows the file, or None; raises TwoReaders where two claim it."""
    found = claimants(opened, readers)
    if len(found) > 1:
        names = " and ".join(reader.dataset for reader in found)
        raise TwoReaders(f"{opened.path} {opened.inside}: claimed by {names}".replace("  ", " "))
    return found[0] if found else None
