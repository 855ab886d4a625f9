"""Whether a PDF or a picture is whole: not cut short, and not changed on the way. Its content is not judged."""

from __future__ import annotations

import re
import zlib
from collections.abc import Callable
from itertools import islice

TAIL = 2048                 # how far from the end of a PDF its last words may stand
MOST_ENTRIES = 100_000
END = re.compile(rb"startxref\s+(\d{1,10})\s+%%EOF")
OBJECT = re.compile(rb"\s{0,8}\d{1,10}\s+\d{1,5}\s+obj\b")
TABLE = re.compile(rb"\s{0,8}xref\b")
ENTRY = re.compile(rb"(\d{10}) \d{5} n")
STREAM = re.compile(rb"\bstream\r?\n")
PNG_START = b"\x89PNG\r\n\x1a\n"
NO_LENGTH = {0x01, *range(0xD0, 0xD8)}          # markers of a JPEG that nothing follows
FRAMES = {*range(0xC0, 0xD0)} - {0xC4, 0xC8, 0xCC}
START_OF_SCAN, END_OF_IMAGE = 0xDA, b"\xff\xd9"


def is_whole(kind: str, data: bytes) -> bool:
    """True where nothing shows that the file is damaged; kinds that are not known here pass."""
    check = WHOLE.get(kind)
    return check is None or check(data)


def _pdf(data: bytes) -> bool:
    """It ends as a PDF does, and its list of parts is where the end says, with the parts where the list says."""
    ends = list(END.finditer(data, max(0, len(data) - TAIL)))
    if not ends:
        return False
    at = int(ends[-1].group(1))
    if TABLE.match(data, at):
        return _pdf_table(data, at)
    return OBJECT.match(data, at) is not None and _pdf_stream(data, at)


def _pdf_table(data: bytes, at: int) -> bool:
    ends = data.find(b"trailer", at)
    if ends < 0:
        return False
    places = [int(one.group(1)) for one in islice(ENTRY.finditer(data, at, ends), MOST_ENTRIES)]
    wrong = sum(OBJECT.match(data, place) is None for place in places)
    return wrong * 10 <= len(places)      # readers mend a few slips of a writer


def _pdf_stream(data: bytes, at: int) -> bool:
    begins = STREAM.search(data, at, at + TAIL)
    if begins is None:
        return False
    if b"/FlateDecode" not in data[at:begins.start()]:
        return True
    unpacker = zlib.decompressobj()
    try:
        unpacker.decompress(data[begins.end():], 64 * 1024 * 1024)
    except zlib.error:
        return False
    return unpacker.eof


def _png(data: bytes) -> bool:
    """Every piece is there and adds up, to the last."""
    at, kind = len(PNG_START), b""
    while at + 12 <= len(data) and kind != b"IEND":
        size, kind = int.from_bytes(data[at:at + 4], "big"), data[at + 4:at + 8]
        told = data[at + 8 + size:at + 12 + size]
        if len(told) < 4 or zlib.crc32(data[at + 4:at + 8 + size]) != int.from_bytes(told, "big"):
            return False
        at += 12 + size
    return kind == b"IEND"


def _jpeg(data: bytes) -> bool:
    """It has a frame and a scan, and the scan ends."""
    at, framed = 2, False
    while at + 4 <= len(data):
        if data[at] != 0xFF:
            return False
        marker = data[at + 1]
        if marker == 0xFF:
            at += 1
        elif marker in NO_LENGTH:
            at += 2
        elif marker == START_OF_SCAN:
            return framed and data.find(END_OF_IMAGE, at) > 0
        else:
            framed = framed or marker in FRAMES
            at += 2 + max(2, int.from_bytes(data[at + 2:at + 4], "big"))
    return False


WHOLE: dict[str, Callable[[bytes], bool]] = {"pdf": _pdf, "png": _png, "jpg": _jpeg}
