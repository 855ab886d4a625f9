"""Confirmed mappings kept beside the lake, so that the next edition of a source is read without asking."""

from __future__ import annotations

import contextlib
import re
from pathlib import Path

from commonweal.lake.assistant.mapping import Mapping, MappingBroken, check, fingerprint, from_json, to_json
from commonweal.lake.opening.model import Sheet
from commonweal.lake.whole_file import write_whole

_NAME = re.compile(r"[0-9a-f]{32}")


class Memory:
    """The mappings of one store, in `<root>/mappings/<fingerprint>.json`."""

    def __init__(self, root: Path) -> None:
        self.folder = root / "mappings"

    def keep(self, mapping: Mapping) -> None:
        """Keep a mapping, whole or not at all; raises MappingBroken if it cannot be used."""
        check(mapping)
        write_whole(self._path(mapping.fingerprint), to_json(mapping))

    def recall(self, sheet: Sheet) -> Mapping | None:
        """The mapping confirmed for sheets with these columns, or None; a damaged one counts as none."""
        try:
            return from_json(self._path(fingerprint(sheet)).read_text("utf-8"))
        except (FileNotFoundError, MappingBroken, UnicodeDecodeError):
            return None

    def forget(self, known_by: str) -> None:
        """Forget a mapping, so that its source is asked about again."""
        self._path(known_by).unlink(missing_ok=True)

    def every(self) -> tuple[Mapping, ...]:
        """Every mapping that is kept and can be read, in order of its fingerprint."""
        found = []
        for path in sorted(self.folder.glob("*.json")):
            with contextlib.suppress(MappingBroken, UnicodeDecodeError):
                found.append(from_json(path.read_text("utf-8")))
        return tuple(found)

    def _path(self, known_by: str) -> Path:
        if not _NAME.fullmatch(known_by):
            raise MappingBroken("The mapping has no fingerprint of its source. Confirm the columns again.")
        return self.folder / f"{known_by}.json"
