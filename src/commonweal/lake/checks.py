"""What every table must pass before it enters the lake: its columns, their types, nothing required left empty."""

from __future__ import annotations

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from commonweal.lake.schema import TABLES, TableSpec

SAMPLE = 20_000


class WrongShape(ValueError):
    """Rows that do not fit their table of the lake; the text names the column."""


def checked(table: str, rows: pa.Table) -> pa.Table:
    """Rows in the lake's own columns and types, or `WrongShape` saying which column is wrong.

    Text that repeats is dictionary-encoded, which holds a large table in a fraction of the memory.
    """
    spec = TABLES.get(table)
    if spec is None:
        raise WrongShape(f"there is no table '{table}' in the lake; it has {', '.join(TABLES)}")
    _columns(spec, rows)
    return pa.table({name: _fitted(spec, name, rows.column(name)) for name in spec.columns})


def in_order(table: str, rows: pa.Table) -> pa.Array:
    """Where each row stands in the order rows are stored in, which decides how little a question reads."""
    keys = [(name, "ascending") for name in TABLES[table].sort]
    ranks = pa.table({name: _rank(rows.column(name)) for name, _ in keys})
    return pc.sort_indices(ranks, sort_keys=keys)


def plain(table: str, rows: pa.Table) -> pa.Table:
    """The same rows without dictionaries, in the lake's own schema."""
    return rows.cast(TABLES[table].schema)


def _columns(spec: TableSpec, rows: pa.Table) -> None:
    missing = [name for name in spec.columns if name not in rows.column_names]
    extra = [name for name in rows.column_names if name not in spec.columns]
    if missing or extra or len(rows.column_names) != len(spec.columns):
        parts = [f"missing {', '.join(missing)}"] * bool(missing) + [f"unknown {', '.join(extra)}"] * bool(extra)
        raise WrongShape(f"{spec.name}: {'; '.join(parts) or 'a column appears twice'}")


def _fitted(spec: TableSpec, name: str, column: pa.ChunkedArray) -> pa.ChunkedArray:
    kind = spec.columns[name]
    if column.type != kind:
        try:
            column = column.cast(kind)
        except (pa.ArrowInvalid, pa.ArrowNotImplementedError) as error:
            raise WrongShape(f"{spec.name}.{name}: holds {column.type}, not {kind} ({error})") from error
    if pa.types.is_floating(kind):
        column = pc.if_else(pc.is_nan(column), pa.scalar(None, kind), column)
    if name in spec.required and column.null_count:
        first = pc.index(pc.is_null(column), True).as_py()
        raise WrongShape(
            f"{spec.name}.{name}: may not be empty, and is in {column.null_count} rows (the first is {first})"
        )
    return _encoded(column) if pa.types.is_string(kind) else column


def _encoded(column: pa.ChunkedArray) -> pa.ChunkedArray:
    """Text as a dictionary, unless most of it differs."""
    sample = column.slice(max(0, len(column) // 2 - SAMPLE // 2), SAMPLE)
    if 2 * pc.count_distinct(sample).as_py() > len(sample):
        return column
    return pa.chunked_array([column.combine_chunks().dictionary_encode()])


def _rank(column: pa.ChunkedArray) -> pa.ChunkedArray | pa.Array:
    """Numbers that sort as the column does: a dictionary's texts by their place in the alphabet."""
    if not pa.types.is_dictionary(column.type):
        return column
    whole = column.combine_chunks()
    order = pc.sort_indices(whole.dictionary).to_numpy()
    place = np.empty(len(order), dtype=np.int32)
    place[order] = np.arange(len(order), dtype=np.int32)
    return pa.array(place).take(whole.indices) if len(place) else whole.indices
