"""What every table must pass before it enters the lake: its columns, their types, nothing required left empty."""

from __future__ import annotations

import pyarrow as pa
import pyarrow.compute as pc

from commonweal.lake.schema import TABLES, TableSpec


class WrongShape(ValueError):
    """Rows that do not fit their table of the lake; the text names the column."""


def checked(table: str, rows: pa.Table) -> pa.Table:
    """Rows in the lake's own columns, order and types, or `WrongShape` saying which column is wrong."""
    spec = TABLES.get(table)
    if spec is None:
        raise WrongShape(f"there is no table '{table}' in the lake; it has {', '.join(TABLES)}")
    _columns(spec, rows)
    columns = [_cast(spec, name, rows.column(name)) for name in spec.columns]
    return in_order(table, pa.table(columns, schema=spec.schema))


def in_order(table: str, rows: pa.Table) -> pa.Table:
    """Rows in the order they are stored in, which decides how little of a file a question reads."""
    return rows.sort_by([(name, "ascending") for name in TABLES[table].sort])


def _columns(spec: TableSpec, rows: pa.Table) -> None:
    missing = [name for name in spec.columns if name not in rows.column_names]
    extra = [name for name in rows.column_names if name not in spec.columns]
    if missing or extra or len(rows.column_names) != len(spec.columns):
        parts = [f"missing {', '.join(missing)}"] * bool(missing) + [f"unknown {', '.join(extra)}"] * bool(extra)
        raise WrongShape(f"{spec.name}: {'; '.join(parts) or 'a column appears twice'}")


def _cast(spec: TableSpec, name: str, column: pa.ChunkedArray) -> pa.ChunkedArray:
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
        raise WrongShape(f"{spec.name}.{name}: may not be empty, and is in {column.null_count} rows (row {first})")
    return column
