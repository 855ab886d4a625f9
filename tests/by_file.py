"""Which test process does what: a file's tests share one, so that what they stand on is built once."""

from __future__ import annotations

from functools import cache
from pathlib import Path
from typing import Any

from xdist.scheduler import LoadScopeScheduling

HERE = Path(__file__).resolve().parent


class ByFile(LoadScopeScheduling):  # type: ignore[misc]
    """A file at a time, in order; all journeys share the served example, all tests of real files their store."""

    def __init__(self, config: Any, log: Any = None) -> None:
        config.option.loadscopereorder = False
        super().__init__(config, log)

    def _split_scope(self, nodeid: str) -> str:
        return scope_of(nodeid.partition("::")[0])


@cache
def scope_of(path: str) -> str:
    """What a file's tests are kept together with."""
    file = HERE.parent / path
    if file.parent.name == "journeys":
        return "journeys"
    return "real store" if "real_store" in file.read_text(encoding="utf-8") else path


def longest_first(item: Any) -> int:
    """Browsers first, then real files: what takes longest must not begin last."""
    if item.get_closest_marker("journey"):
        return 0
    return 1 if "real_store" in item.path.read_text(encoding="utf-8") else 2
