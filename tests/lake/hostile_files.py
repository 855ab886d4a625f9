"""Files made to do harm, or broken in ways that do: each small on disk and made afresh for every run."""

from __future__ import annotations

import gzip
import io
import zipfile
from collections.abc import Callable
from dataclasses import dataclass

import pyarrow as pa
import pyarrow.parquet as pq
from openpyxl import Workbook

TABLE = b"code,value\nE06000001,1\nE06000002,2\n"
_MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
_RELATIONS = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_PACKAGE = "http://schemas.openxmlformats.org/package/2006"
_TYPES = "application/vnd.openxmlformats-officedocument.spreadsheetml"


@dataclass(frozen=True, slots=True)
class Hostile:
    """A hostile file: its name, how to make it, and words of the sentence it must give ("" if it reads)."""

    name: str
    make: Callable[[], bytes]
    words: str = ""


def zipped(*members: tuple[str, bytes]) -> bytes:
    """A zip of these members."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in members:
            archive.writestr(name, data)
    return out.getvalue()


def workbook(
    sheet: str, *, declaration: str = "", shared: str = "", extra: tuple[tuple[str, bytes], ...] = ()
) -> bytes:
    """A workbook whose one sheet has this XML between <worksheet> and </worksheet>."""
    head = f'<?xml version="1.0"?>{declaration}'
    strings = f'<Override PartName="/xl/sharedStrings.xml" ContentType="{_TYPES}.sharedStrings+xml"/>'
    parts = {
        "[Content_Types].xml": f'<Types xmlns="{_PACKAGE}/content-types">'
        '<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
        f'<Override PartName="/xl/workbook.xml" ContentType="{_TYPES}.sheet.main+xml"/>'
        f'<Override PartName="/xl/worksheets/sheet1.xml" ContentType="{_TYPES}.worksheet+xml"/>'
        + (strings if shared else "") + "</Types>",
        "_rels/.rels": f'<Relationships xmlns="{_PACKAGE}/relationships"><Relationship Id="rId1" '
        f'Type="{_RELATIONS}/officeDocument" Target="xl/workbook.xml"/></Relationships>',
        "xl/workbook.xml": f'<workbook xmlns="{_MAIN}" xmlns:r="{_RELATIONS}"><sheets>'
        '<sheet name="Figures" sheetId="1" r:id="rId1"/></sheets></workbook>',
        "xl/_rels/workbook.xml.rels": f'<Relationships xmlns="{_PACKAGE}/relationships"><Relationship Id="rId1" '
        f'Type="{_RELATIONS}/worksheet" Target="worksheets/sheet1.xml"/></Relationships>',
        "xl/worksheets/sheet1.xml": f'{head}<worksheet xmlns="{_MAIN}">{sheet}</worksheet>',
    }
    if shared:
        parts["xl/sharedStrings.xml"] = f'<sst xmlns="{_MAIN}">{shared}</sst>'
    return zipped(*((name, text.encode("utf-8")) for name, text in parts.items()), *extra)


def cells(*rows: str) -> str:
    """Sheet data from rows such as "A1=code B1=value"."""
    out = []
    for row in rows:
        inner = "".join(
            f'<c r="{place}" t="inlineStr"><is><t>{text}</t></is></c>'
            for place, _, text in (cell.partition("=") for cell in row.split())
        )
        out.append(f'<row r="{"".join(filter(str.isdigit, row.split("=")[0]))}">{inner}</row>')
    return f"<sheetData>{''.join(out)}</sheetData>"


GOOD_CELLS = cells("A1=code B1=value", "A2=E06000001 B2=1", "A3=E06000002 B3=2")
_LAUGHS = (
    '<!DOCTYPE w [<!ENTITY a "ha">' + "".join(
        f'<!ENTITY {chr(98 + at)} "{f"&{chr(97 + at)};" * 10}">' for at in range(9)
    ) + "]>"
)
_XXE = '<!DOCTYPE w [<!ENTITY x SYSTEM "file:///etc/hostname">]>'


def opendocument(content: str, *, declaration: str = "", manifest: str = "") -> bytes:
    """An .ods whose spreadsheet holds this XML."""
    office = "urn:oasis:names:tc:opendocument:xmlns:office:1.0"
    table = "urn:oasis:names:tc:opendocument:xmlns:table:1.0"
    text = "urn:oasis:names:tc:opendocument:xmlns:text:1.0"
    body = (
        f'<?xml version="1.0"?>{declaration}<office:document-content xmlns:office="{office}" '
        f'xmlns:table="{table}" xmlns:text="{text}"><office:body><office:spreadsheet>{content}'
        "</office:spreadsheet></office:body></office:document-content>"
    )
    kind = b"application/vnd.oasis.opendocument.spreadsheet"
    members = [("mimetype", kind), ("content.xml", body.encode("utf-8"))]
    if manifest:
        members.append(("META-INF/manifest.xml", manifest.encode("utf-8")))
    return zipped(*members)


def ods_table(*rows: str, name: str = "Figures") -> str:
    """A table of an .ods from rows of XML."""
    return f'<table:table table:name="{name}">{"".join(rows)}</table:table>'


def ods_row(*texts: str, repeated: int = 1, each: int = 1) -> str:
    """A row of an .ods, repeated, each cell repeated."""
    inner = "".join(
        f'<table:table-cell table:number-columns-repeated="{each}" office:value-type="string">'
        f"<text:p>{text}</text:p></table:table-cell>"
        for text in texts
    )
    return f'<table:table-row table:number-rows-repeated="{repeated}">{inner}</table:table-row>'


def real_workbook() -> bytes:
    """A workbook as openpyxl writes it."""
    book = Workbook()
    book.active.append(["code", "value"])
    book.active.append(["E06000001", 1])
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def _parquet() -> bytes:
    out = io.BytesIO()
    pq.write_table(pa.table({"code": ["E06000001"] * 5}), out)
    return out.getvalue()


def _many_strings() -> bytes:
    """A shared text of 100,000 letters used by 20,000 cells: two billion letters from a small file."""
    rows = "".join(f'<row r="{at}"><c r="A{at}" t="s"><v>0</v></c></row>' for at in range(1, 20_001))
    return workbook(f"<sheetData>{rows}</sheetData>", shared=f"<si><t>{'x' * 100_000}</t></si>")


def _wide_and_deep() -> bytes:
    """A cell in the last column of 2,000 rows: 33 million cells between them."""
    rows = "".join(f'<row r="{at}"><c r="XFD{at}"><v>1</v></c></row>' for at in range(1, 2_001))
    return workbook(f"<sheetData>{rows}</sheetData>")


_CORNER = '<sheetData><row r="1048576"><c r="XFD1048576"><v>7</v></c></row></sheetData>'
_REPEATED_ROW = ods_row("x", repeated=1_000_000, each=1_000)

_ENTITY_CELLS = GOOD_CELLS.replace("=", "&j;")
_OUTSIDE_CELLS = GOOD_CELLS.replace("=", "&x;")
_NESTED = ("a.zip", zipped(("b.zip", zipped(("c.csv", TABLE)))))
_BLANK_RUN = ods_table(ods_row("", repeated=999_999_999), ods_row("code"))
_LAUGHING = ods_table(ods_row("&j;"))
_WIDE_ROW = ods_table(ods_row("x", each=999_999_999))
_MANY_CELLS = "more than 8,000,000 cells"
_MANY_COLUMNS = "more than 16,384 columns"


def _numbered(count: int) -> bytes:
    """A header of so many columns."""
    return b",".join(b"c%d" % at for at in range(count)) + b"\n"


def _huge_cell() -> bytes:
    """A cell of ten million letters."""
    return b'code,value\nE06000001,"' + b"x" * 10_000_000 + b'"\n'


CORPUS: tuple[Hostile, ...] = (
    Hostile("zip-bomb.zip", lambda: zipped(("a.csv", b"0" * 60_000_000)), "times its size"),
    Hostile("gz-bomb.csv.gz", lambda: gzip.compress(b"0" * 60_000_000), "times its size"),
    Hostile("sheet-bomb.xlsx", lambda: workbook(GOOD_CELLS + " " * 60_000_000), "times its size"),
    Hostile("nested.zip", lambda: zipped(_NESTED), "archives within"),
    Hostile("escape.zip", lambda: zipped(("../../../tmp/escaped.csv", TABLE)), "outside its folder"),
    Hostile("many.zip", lambda: zipped(*((f"{at}.csv", b"") for at in range(1_001))), "at most 1,000"),
    Hostile("cut.csv.gz", lambda: gzip.compress(TABLE * 999)[:-20], "cut short"),
    Hostile("cut.zip", lambda: zipped(("a.csv", TABLE * 99))[:-30], "damaged"),
    Hostile("cut.xlsx", lambda: real_workbook()[:-200], "damaged"),
    Hostile("cut.parquet", lambda: _parquet()[:-12], "damaged Parquet"),
    Hostile("corner.xlsx", lambda: workbook(_CORNER), ""),
    Hostile("wide-and-deep.xlsx", _wide_and_deep, _MANY_CELLS),
    Hostile("many-strings.xlsx", _many_strings, "more text than"),
    Hostile("lying-small.xlsx", lambda: workbook('<dimension ref="A1"/>' + GOOD_CELLS), ""),
    Hostile("lying-large.xlsx", lambda: workbook('<dimension ref="A1:XFD1048576"/>' + GOOD_CELLS), ""),
    Hostile("billion-laughs.xlsx", lambda: workbook(_ENTITY_CELLS, declaration=_LAUGHS), "no spread"),
    Hostile("billion-laughs.ods", lambda: opendocument(_LAUGHING, declaration=_LAUGHS), "no spread"),
    Hostile("billion-laughs.svg", f'<?xml version="1.0"?>{_LAUGHS}<svg>&j;</svg>'.encode, "(SVG)"),
    Hostile("outside.xlsx", lambda: workbook(_OUTSIDE_CELLS, declaration=_XXE), "no spread"),
    Hostile("outside.ods", lambda: opendocument(ods_table(ods_row("&x;")), declaration=_XXE), "no spread"),
    Hostile("repeats.ods", lambda: opendocument(ods_table(_REPEATED_ROW)), _MANY_CELLS),
    Hostile("columns.ods", lambda: opendocument(_WIDE_ROW), _MANY_COLUMNS),
    Hostile("blank-run.ods", lambda: opendocument(_BLANK_RUN), ""),
    Hostile(
        "locked.ods",
        lambda: opendocument("", manifest="<manifest:encryption-data xmlns:manifest='urn:x'/>"),
        "protected by a password",
    ),
    Hostile("locked.xlsx", lambda: b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 900, "protected by a password"),
    Hostile("old.xls", lambda: b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 900, "save it as .xlsx"),
    Hostile("binary.xlsb", lambda: zipped(("xl/workbook.bin", b"x")), "binary workbook"),
    Hostile("letter.docx", lambda: zipped(("word/document.xml", b"<w/>")), "text document"),
    Hostile("broken.xlsx", lambda: workbook("<sheetData><row"), "damaged workbook"),
    Hostile("empty.xlsx", lambda: workbook("<sheetData/>"), "no cells"),
    Hostile("huge-cell.csv", _huge_cell, "10,000,000 characters"),
    Hostile("huge-cell.xlsx", lambda: workbook(cells("A1=" + "x" * 1_100_000)), "1,100,000 characters"),
    Hostile("wide.csv", lambda: _numbered(1_000_000), _MANY_COLUMNS),
    Hostile("wide.tsv", lambda: b"\t" * 1_000_000 + b"x\n" * 3, ""),
    Hostile("nul.csv", lambda: b"code,value\nE06000001,\x001\nE06000002,2\n", ""),
    Hostile("nuls.csv", lambda: b"\0" * 5_000, "not text"),
    Hostile("noise.csv", lambda: bytes(range(1, 256)) * 200, "not text"),
    Hostile("deep.json", lambda: b"[" * 200_000 + b"]" * 200_000, "too deep"),
    Hostile("deep-objects.json", lambda: b'{"a":' * 200_000, "too deep"),
    Hostile("large-number.json", lambda: b"[" + b"9" * 100_000 + b"]", "goes wrong"),
    Hostile("cut.geojson", lambda: b'{"type": "FeatureCollection", "features": [{"type": "Fea', "breaks off"),
    Hostile("program.csv", lambda: b"MZ\x90\x00" + b"\0" * 400, "a program"),
    Hostile("page.xls", lambda: b"<html><table><tr><td>1</td></tr></table></html>", "web page"),
    Hostile("picture.csv", lambda: b"\x89PNG\r\n\x1a\n" + b"\0" * 90, "a picture"),
    Hostile("paper.csv", lambda: b"%PDF-1.7\n%\xe2\xe3\n", "a PDF"),
    Hostile("workbook.csv", real_workbook, ""),
    Hostile("table.xlsx", lambda: TABLE, ""),
    Hostile("utf16.csv", lambda: TABLE.decode().encode("utf-16"), ""),
    Hostile("cp1252.csv", lambda: TABLE.replace(b"value", b"\xa3 value"), ""),
    Hostile("right-to-left.csv", "רחוב,value\nE06000001,1\nE06000002,2\n".encode, ""),
    Hostile("formula.csv", lambda: b'code,value\nE06000001,"=cmd|\' /C calc\'!A0"\nE06000002,2\n', ""),
    Hostile("unclosed.csv", lambda: b'code,value\nE06000001,"1\n' + b"E06000002,2\n" * 50_000, ""),
    Hostile("huge-unclosed.csv", lambda: b'code,value\nE06000001,"' + b"x" * 20_000_000, "characters"),
    Hostile("many-unclosed.csv", lambda: b'E06000001,"1\n' * 3_001, ""),
    Hostile("blank-lines.csv", lambda: b"\n" * 3_000_000 + TABLE, ""),
    Hostile("spaces.csv", lambda: b" " * 5_000_000, ""),
    Hostile("nothing.csv", lambda: b"", "is empty"),
)
