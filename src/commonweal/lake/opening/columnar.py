"""Parquet, with its own column types kept."""

from __future__ import annotations

import pyarrow as pa
import pyarrow.parquet as pq

from commonweal.lake.opening.limits import MIB, Limits
from commonweal.lake.opening.model import CannotOpen, Sheet
from commonweal.lake.opening.tables import refuse_size

PARQUET = b"PAR1"


def read_parquet(name: str, data: bytes, limits: Limits) -> Sheet:
    """One sheet, typed as published; what its footer declares is checked before anything is unpacked."""
    try:
        stored = pq.ParquetFile(pa.BufferReader(data))
        groups = [stored.metadata.row_group(at) for at in range(stored.num_row_groups)]
        unpacked = sum(group.total_byte_size for group in groups)
        refuse_size(name, stored.metadata.num_rows, len(stored.schema_arrow.names), limits)
        if unpacked > limits.inside_bytes:
            raise CannotOpen(f"“{name}” unpacks to more than {limits.inside_bytes // MIB:,} MB. Split it.")
        return Sheet(name, stored.read(), 1)
    except (pa.ArrowException, OSError, ValueError) as error:
        if isinstance(error, CannotOpen):
            raise
        raise CannotOpen(f"“{name}” is a damaged Parquet file. Download it again and try again.") from error
