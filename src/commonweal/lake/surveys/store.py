"""Answers of one survey as one private Parquet file: written whole or not at all, deleted for good."""

from __future__ import annotations

from pathlib import Path
from uuid import UUID

import pyarrow as pa
import pyarrow.parquet as pq

from commonweal.lake.store import StoreDamaged
from commonweal.lake.whole_file import whole_file


class AnswerStore:
    """The surveys of one partnership, in `<root>/surveys/<survey>.parquet`, for the server's own account alone."""

    def __init__(self, root: Path) -> None:
        self.folder = root / "surveys"

    def keep(self, survey: UUID, table: pa.Table) -> None:
        """Keep the answers in place of any kept before."""
        self.folder.mkdir(parents=True, exist_ok=True, mode=0o700)
        with whole_file(self._path(survey)) as file:
            pq.write_table(table, file)

    def read(self, survey: UUID) -> pa.Table:
        """The answers; StoreDamaged where they are gone or cannot be read."""
        try:
            return pq.read_table(self._path(survey))
        except (OSError, pa.ArrowException) as error:
            raise StoreDamaged("The answers of this survey are gone or damaged. Bring its file again.") from error

    def forget(self, survey: UUID) -> None:
        """Delete the answers for good."""
        self._path(survey).unlink(missing_ok=True)

    def _path(self, survey: UUID) -> Path:
        return self.folder / f"{survey}.parquet"
