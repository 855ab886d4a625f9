"""Which area codes are known, and which are of areas that have been abolished, from the lake's own tables."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from commonweal.lake.store import Store


@dataclass(frozen=True, slots=True)
class Register:
    """Known codes with their names, and for those that ended the code that followed (empty if not known)."""

    names: dict[str, str] = field(default_factory=dict)
    ended: dict[str, str] = field(default_factory=dict)

    def remarks(self, codes: Iterable[str]) -> tuple[str, ...]:
        """A sentence on codes nobody knows and one on those of abolished areas; none where all are current."""
        if not self.names:
            return ()
        seen = sorted(set(codes))
        unknown = [code for code in seen if code not in self.names]
        ended = [self._followed(code) for code in seen if code in self.ended]
        said = []
        if unknown:
            said.append(f"{_some(unknown)} not in the register of areas; the rows were kept. Check them.")
        if ended:
            said.append(f"{_some(ended)} of areas since abolished; the rows were kept under the old codes.")
        return tuple(said)

    def _followed(self, code: str) -> str:
        after = self.ended[code]
        named = f"{code} {self.names.get(code, '')}".strip()
        return f"{named}, now {self.names.get(after, after)}" if after else named


def _some(items: list[str]) -> str:
    shown = "; ".join(items[:5]) + ("; …" if len(items) > 5 else "")
    return f"{len(items):,} area codes ({shown}) are" if len(items) > 1 else f"1 area code ({shown}) is"


def register_of(store: Store) -> Register:
    """The register of everything the lake knows of areas and of what became of them."""
    areas = store.arrow(store.table("areas").select("code", "name", "valid_to"))
    links = store.table("area_links")
    after = store.arrow(
        links.filter(links.relation == "becomes", links.from_kind == "district").select("from_code", "to_code")
    )
    names = dict(zip(areas["code"].to_pylist(), areas["name"].to_pylist(), strict=True))
    following = dict(zip(after["from_code"].to_pylist(), after["to_code"].to_pylist(), strict=True))
    ends = zip(areas["code"].to_pylist(), areas["valid_to"].to_pylist(), strict=True)
    closed = {code for code, end in ends if end} | {old for old, new in following.items() if old != new}
    return Register(names, {code: following.get(code, "") for code in closed})
