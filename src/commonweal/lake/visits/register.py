"""Members as small whole numbers: a pseudonym met before keeps its number, a new one gets the next."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import numpy as np
import pyarrow as pa
import pyarrow.parquet as pq
from numpy.typing import NDArray

from commonweal.lake.visits.keys import WIDTH, pseudonyms

MOST_REMEMBERED = 2_000_000  # raw ids held while one import runs; never written anywhere
MEMBERS = pa.schema([("pseudonym", pa.binary(WIDTH)), ("member", pa.int32())])
_PAIR = np.dtype([("high", ">u8"), ("low", ">u8")])


class Register:
    """The members of one system while an import runs."""

    def __init__(self, key: bytes, files: Sequence[Path] = ()) -> None:
        self._key = key
        self._seen: dict[str, int] = {}
        self._high, self._low, self._number = _load(files)
        self.known = len(self._number)
        self._fresh: list[NDArray[np.void]] = []
        self.size = self.known

    def numbers(self, members: list[str]) -> NDArray[np.int64]:
        """The number of each member id, -1 where it is blank."""
        if len(self._seen) > MOST_REMEMBERED:
            self._seen.clear()
        seen = self._seen
        strange = [one for one in members if one and one not in seen]
        if strange:
            strange = list(dict.fromkeys(strange))
            seen.update(zip(strange, self._resolve(pseudonyms(self._key, strange)).tolist(), strict=True))
        return np.fromiter((seen[one] if one else -1 for one in members), np.int64, len(members))

    def _resolve(self, found: NDArray[np.void]) -> NDArray[np.int64]:
        """Numbers of pseudonyms; those never met are numbered in the order they come."""
        number = self._look_up(found)
        new = np.flatnonzero(number < 0)
        if len(new):
            values, first, back = np.unique(found[new].view("S16"), return_index=True, return_inverse=True)
            place = np.empty(len(values), np.int64)
            place[np.argsort(first)] = np.arange(len(values))
            number[new] = self.size + place[back]
            ordered = found[new][np.sort(first)]
            self._add(ordered, np.arange(self.size, self.size + len(ordered), dtype=np.int32))
            self._fresh.append(ordered)
            self.size += len(ordered)
        return number

    def _look_up(self, found: NDArray[np.void]) -> NDArray[np.int64]:
        asked = found.view(_PAIR)
        if not len(self._high):
            return np.full(len(found), -1, np.int64)
        at = np.minimum(np.searchsorted(self._high, asked["high"].astype(np.uint64)), len(self._high) - 1)
        hit = (self._high[at] == asked["high"]) & (self._low[at] == asked["low"])
        return np.where(hit, self._number[at], -1).astype(np.int64)

    def _add(self, ordered: NDArray[np.void], number: NDArray[np.int32]) -> None:
        pair = ordered.view(_PAIR)
        self._high, self._low, self._number = _in_order(
            np.concatenate((self._high, pair["high"].astype(np.uint64))),
            np.concatenate((self._low, pair["low"].astype(np.uint64))),
            np.concatenate((self._number, number)),
        )

    @property
    def new(self) -> int:
        """Members met for the first time."""
        return self.size - self.known

    def write(self, path: Path) -> None:
        """The new members alone, in the order of their numbers."""
        fresh = np.concatenate(self._fresh) if self._fresh else np.array([], f"V{WIDTH}")
        data = pa.Array.from_buffers(pa.binary(WIDTH), len(fresh), [None, pa.py_buffer(fresh.tobytes())])
        number = pa.array(np.arange(self.known, self.size, dtype=np.int32))
        pq.write_table(pa.table([data, number], schema=MEMBERS), path, compression="zstd")


Columns = tuple[NDArray[np.uint64], NDArray[np.uint64], NDArray[np.int32]]


def _load(files: Sequence[Path]) -> Columns:
    if not files:
        return np.array([], np.uint64), np.array([], np.uint64), np.array([], np.int32)
    table = pa.concat_tables([pq.read_table(path) for path in files]).combine_chunks()
    flat = table["pseudonym"].chunk(0) if table.num_rows else pa.array([], pa.binary(WIDTH))
    start = flat.offset * WIDTH
    raw = np.frombuffer(flat.buffers()[1] or b"", dtype=np.uint8)[start : start + len(flat) * WIDTH]
    pair = raw.view(_PAIR)
    return _in_order(pair["high"].astype(np.uint64), pair["low"].astype(np.uint64), table["member"].to_numpy())


def _in_order(high: NDArray[np.uint64], low: NDArray[np.uint64], number: NDArray[np.int32]) -> Columns:
    order = np.argsort(high, kind="stable")
    return high[order], low[order], number[order]
