"""Parquet keeps its types and is checked before it is unpacked."""

from __future__ import annotations

import io

import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from commonweal.lake.opening import CannotOpen, Limits, open_bytes


def parquet(table: pa.Table) -> bytes:
    out = io.BytesIO()
    pq.write_table(table, out)
    return out.getvalue()


TABLE = pa.table({"code": ["E06000001", "E06000002"], "n": pa.array([1, None], pa.int32())})


def test_types_are_kept() -> None:
    (opened,) = open_bytes("places.parquet", parquet(TABLE))
    assert opened.sheets[0].table.equals(TABLE)
    assert opened.sheets[0].name == "places"


@pytest.mark.parametrize("cut", [5, 40, -9])
def test_a_damaged_file_gives_a_sentence(cut: int) -> None:
    with pytest.raises(CannotOpen, match="damaged Parquet"):
        open_bytes("x.parquet", parquet(TABLE)[:cut])


def test_limits_are_checked_on_what_the_footer_declares() -> None:
    with pytest.raises(CannotOpen, match="more than 1 rows"):
        open_bytes("x.parquet", parquet(TABLE), limits=Limits(rows=1))
    with pytest.raises(CannotOpen, match="unpacks to more than"):
        open_bytes("x.parquet", parquet(TABLE), limits=Limits(inside_bytes=10))
