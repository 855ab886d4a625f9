"""Our typeface inside the file, so that it looks the same where nobody installed it; another named to stand in."""

from __future__ import annotations

import uuid
from typing import Any

from docx.opc.constants import RELATIONSHIP_TYPE
from docx.opc.packuri import PackURI
from docx.opc.part import Part
from docx.oxml import parse_xml
from docx.oxml.ns import qn

from commonweal.present import typeface

NAMESPACES = (
    'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main" '
    'xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships"'
)
FONT_RELATION = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/font"
OBFUSCATED = "application/vnd.openxmlformats-officedocument.obfuscatedFont"
BEFORE_EMBEDDING = {qn(f"w:{name}") for name in (
    "writeProtection", "view", "zoom", "removePersonalInformation", "removeDateAndTime",
    "doNotDisplayPageBoundaries", "displayBackgroundShape", "printPostScriptOverText",
    "printFractionalCharacterWidth", "printFormsData",
)}
FACES = {"Regular": "embedRegular", "Bold": "embedBold", "Italic": "embedItalic", "BoldItalic": "embedBoldItalic"}


def embed(document: Any) -> None:
    """Put the four faces in the file and name Segoe UI as what stands in for them."""
    table = _font_table(document)
    faces = []
    for number, (style, tag) in enumerate(FACES.items(), start=1):
        key = uuid.uuid5(uuid.NAMESPACE_URL, f"{typeface.FACE} {style}")
        data = (typeface.FOLDER / f"AtkinsonHyperlegibleNext-{style}.ttf").read_bytes()
        name = PackURI(f"/word/fonts/font{number}.odttf")
        part = Part(name, OBFUSCATED, obscured(data, key), document.part.package)
        relation = table.relate_to(part, FONT_RELATION)
        faces.append(f'<w:{tag} r:id="{relation}" w:fontKey="{{{str(key).upper()}}}"/>')
    table._blob = (
        f'<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n<w:fonts {NAMESPACES}>'
        f'<w:font w:name="{typeface.FACE}"><w:altName w:val="Segoe UI"/><w:charset w:val="00"/>'
        f'<w:family w:val="swiss"/><w:pitch w:val="variable"/>{"".join(faces)}</w:font></w:fonts>'
    ).encode()
    settings = document.settings.element
    before = [child for child in settings if child.tag in BEFORE_EMBEDDING]
    at = settings.index(before[-1]) + 1 if before else 0
    settings.insert(at, parse_xml(f"<w:embedTrueTypeFonts {NAMESPACES}/>"))


def obscured(font: bytes, key: uuid.UUID) -> bytes:
    """The font as the format wants it: its first 32 bytes XORed with the key, last byte first."""
    mask = bytes.fromhex(key.hex)[::-1]
    head = bytes(byte ^ mask[at % 16] for at, byte in enumerate(font[:32]))
    return head + font[32:]


def _font_table(document: Any) -> Any:
    """The part that lists fonts, made a plain part so that its words can be set."""
    found = document.part.part_related_by(RELATIONSHIP_TYPE.FONT_TABLE)
    plain = Part(found.partname, found.content_type, b"", document.part.package)
    for relation in document.part.rels.values():
        if relation.reltype == RELATIONSHIP_TYPE.FONT_TABLE:
            relation._target = plain
    return plain
