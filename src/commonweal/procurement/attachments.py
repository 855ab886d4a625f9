"""What may go with a bid: known kinds of document, told by their content, whole, none that unpacks too far."""

from __future__ import annotations

from pathlib import PurePath

from commonweal.lake.opening.archives import open_zip, read_member, refuse_hostile
from commonweal.lake.opening.limits import MIB, Limits
from commonweal.lake.opening.model import CannotOpen
from commonweal.lake.sandbox import Caps, Sandbox
from commonweal.procurement.wholeness import is_whole

LARGEST = 20 * MIB
MOST = 10
LIMITS = Limits(file_bytes=LARGEST, inside_bytes=200 * MIB, members=5_000)
CAPS = Caps(memory_bytes=1024 * MIB, cpu_seconds=10, wall_seconds=20.0)
MAGIC = ((b"%PDF-", "pdf"), (b"\x89PNG\r\n\x1a\n", "png"), (b"\xff\xd8\xff", "jpg"))
INSIDE = (("word/document.xml", "docx"), ("xl/workbook.xml", "xlsx"), ("ppt/presentation.xml", "pptx"))
ODF = b"application/vnd.oasis.opendocument."
OPEN = {ODF + b"text": "odt", ODF + b"spreadsheet": "ods"}
ENDINGS = {"jpg": ("jpg", "jpeg"), "txt": ("txt", "csv", "md")}
KNOWN = "PDF, Word, Excel, PowerPoint, OpenDocument, PNG, JPEG or plain text"


def kind_of(name: str, data: bytes) -> str:
    """What a file is by its content; CannotOpen with a sentence where it may not go with a bid."""
    shown = PurePath(name).name[-80:]
    if not data:
        raise CannotOpen(f"“{shown}” is empty. Check that it was saved, and choose it again.")
    if len(data) > LARGEST:
        raise CannotOpen(f"“{shown}” is larger than {LARGEST // MIB} MB. Save it smaller, or in parts.")
    found = next((kind for start, kind in MAGIC if data.startswith(start)), "")
    if found and not is_whole(found, data):
        raise CannotOpen(f"“{shown}” is damaged: it was cut short or changed on the way, and would not open for "
                         "those who score. Open it, save it anew, and choose it again.")
    if found:
        return found
    if data.startswith(b"PK"):
        with Sandbox(caps=CAPS) as sandbox:
            return sandbox.run(packed_kind, shown, data, about=f"“{shown}”")
    if _is_text(data):
        return "txt"
    raise CannotOpen(f"“{shown}” is of a kind that is not taken. Send {KNOWN}.")


def safe_name(name: str, kind: str) -> str:
    """A name that ends as its kind does, so that text called a page or a program opens as text."""
    ending = PurePath(name).suffix.lstrip(".").casefold()
    return name if ending in ENDINGS.get(kind, (kind,)) else f"{name}.{kind}"


def packed_kind(name: str, data: bytes) -> str:
    """What an archive is; called in a process of its own."""
    archive = open_zip(name, data)
    refuse_hostile(name, archive, packed=len(data), limits=LIMITS)
    for one in archive.infolist():
        read_member(name, archive, one)
    inside = set(archive.namelist())
    if any(one.lower().endswith("vbaproject.bin") for one in inside):
        raise CannotOpen(f"“{name}” holds a program (macros). Save it without, and choose it again.")
    for member, kind in INSIDE:
        if member in inside:
            return kind
    if "mimetype" in inside:
        with archive.open("mimetype") as stream:
            found = OPEN.get(stream.read(100).strip())
        if found:
            return found
    raise CannotOpen(f"“{name}” is an archive. Send the files in it one by one: {KNOWN}.")


def _is_text(data: bytes) -> bool:
    if b"\x00" in data[:4096]:
        return False
    try:
        data.decode("utf-8")
    except UnicodeDecodeError:
        return False
    return True
