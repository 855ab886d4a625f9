"""Parts of an ESRI shapefile: which are there, which are missing, and what that means."""

from __future__ import annotations

import struct
from dataclasses import dataclass
from pathlib import Path

MAGIC = b"\x00\x00\x27\x0a"
SHAPE_ENDINGS = (".shp", ".shx", ".dbf", ".prj")
_KINDS = {0: "nothing", 1: "points", 3: "lines", 5: "polygons", 8: "groups of points"}
_SYSTEMS = (b"PROJCS[", b"GEOGCS[", b"PROJCRS[", b"GEOGCRS[")
_WHY = {
    ".shp": "the shapes themselves (.shp)",
    ".shx": "the index of shapes (.shx)",
    ".dbf": "the names and codes of the shapes (.dbf)",
    ".prj": "the coordinate system (.prj)",
}


@dataclass(frozen=True, slots=True)
class ShapeParts:
    """The parts of one shapefile that were given, by ending, and those that were not."""

    parts: dict[str, bytes]
    missing: tuple[str, ...]
    kind: str = ""
    count: int = 0
    system: str = ""


def looks_like_shapes(name: str, data: bytes) -> bool:
    """Whether bytes are a part of a shapefile; .dbf has no mark of its own, so its frame is checked."""
    return data.startswith(MAGIC) or data.lstrip()[:8].upper().startswith(_SYSTEMS) or _is_dbf(data)


def _is_dbf(data: bytes) -> bool:
    if len(data) < 33 or data[0] & 0x07 != 3 or not 1 <= data[2] <= 12 or not 1 <= data[3] <= 31:
        return False
    header = struct.unpack_from("<H", data, 8)[0]
    return 32 < header <= len(data) and data[header - 1] == 0x0D


def read_shapes(name: str, data: bytes, beside: Path | None) -> tuple[ShapeParts, tuple[str, ...]]:
    """The parts lying beside a part, and remarks on those that are missing."""
    parts = _parts_beside(beside) if beside else {}
    parts.setdefault(_ending(name, data), data)
    return described(parts)


def gathered(members: dict[str, bytes]) -> dict[str, dict[str, bytes]]:
    """The parts of each shapefile among the members of an archive, by their name without its ending."""
    found: dict[str, dict[str, bytes]] = {}
    for name, data in members.items():
        stem, dot, _ = name.rpartition(".")
        if looks_like_shapes(name, data) and (ending := _ending(name, data)):
            found.setdefault(stem if dot else name, {})[ending] = data
    return found


def described(parts: dict[str, bytes]) -> tuple[ShapeParts, tuple[str, ...]]:
    """What the parts say of themselves, and one remark a missing part."""
    missing = tuple(ending for ending in SHAPE_ENDINGS if ending not in parts)
    frame = parts.get(".shp") or parts.get(".shx") or b""
    kind = _KINDS.get(struct.unpack_from("<i", frame, 32)[0] % 10, "") if len(frame) >= 100 else ""
    count = (len(parts[".shx"]) - 100) // 8 if len(parts.get(".shx", b"")) >= 100 else 0
    system = parts.get(".prj", b"").decode("utf-8", errors="replace").strip()
    remarks = tuple(f"A part of this shapefile is missing: {_WHY[ending]}." for ending in missing)
    return ShapeParts(parts, missing, kind, count, system), remarks


def _ending(name: str, data: bytes) -> str:
    """Which part this is: by its name where that is one of the four, else by its bytes."""
    named = Path(name).suffix.lower()
    if named in SHAPE_ENDINGS:
        return named
    if data.startswith(MAGIC):
        declared = struct.unpack_from(">i", data, 24)[0] * 2 if len(data) >= 100 else 0
        return ".shx" if declared == len(data) and (len(data) - 100) % 8 == 0 else ".shp"
    return ".dbf" if _is_dbf(data) else ".prj"


def _parts_beside(path: Path) -> dict[str, bytes]:
    found: dict[str, bytes] = {}
    for other in sorted(path.parent.iterdir()):
        ending = other.suffix.lower()
        if other.stem == path.stem and ending in SHAPE_ENDINGS and other.is_file() and not other.is_symlink():
            found[ending] = other.read_bytes()
    return found
