"""Documents as tagged PDF (PDF/UA-1) that a screen reader can read and a printer can print."""

from __future__ import annotations

import json
import re
import threading
from collections.abc import Iterable, Iterator
from dataclasses import replace
from datetime import UTC, datetime, time
from functools import cache
from pathlib import Path
from typing import Any

from commonweal.present import palette, provenance, status, typeface
from commonweal.present.citing import Citations, by_publisher, citations_of
from commonweal.present.document import (
    AskBlock,
    Blank,
    Block,
    BulletList,
    Callout,
    Cite,
    Document,
    Emphasis,
    FigureBlock,
    Heading,
    Inline,
    Link,
    NumberedFinding,
    PageBreak,
    Paragraph,
    Strong,
    SummaryBlock,
    TableBlock,
    Words,
)
from commonweal.present.guard import cleaned
from commonweal.present.table import DataTable
from commonweal.present.table_view import column_weights, view_of
from commonweal.present.words_used import with_words_used

_TURN = threading.Lock()
TRIES = 12
BOX = "\u25a1"  # an empty square
_BOXED: dict[int, str] = {}  # letters found to be in no typeface here
_UNSHOWN = re.compile(r'the text `"(.*?)"` could not be displayed')
TEMPLATE = Path(__file__).resolve().parent / "typst" / "document.typ"


def render_pdf(document: Document) -> bytes:
    """The document as PDF/UA-1 bytes; the same document gives the same bytes."""
    document = cleaned(with_words_used(document))
    written = json.dumps(_data(document), ensure_ascii=False)
    with _TURN:  # the compiler refuses a second thread while it works
        return _compiled(written, datetime.combine(document.date, time(12), tzinfo=UTC))


def _compiled(written: str, timestamp: datetime) -> bytes:
    """The PDF, with a box for each letter that no typeface here has: a name in another script must not stop it."""
    for _ in range(TRIES):
        try:
            return _made(written.translate(_BOXED), timestamp)
        except RuntimeError as error:
            letters = set("".join(map(_unescaped, _UNSHOWN.findall(str(error))))) - set(map(chr, _BOXED))
            if not letters:
                raise
            _BOXED.update({ord(letter): BOX for letter in letters})
    return _made(written.encode("latin-1", "replace").decode("latin-1"), timestamp)


def _made(written: str, timestamp: datetime) -> bytes:
    made: bytes = _compiler().compile(
        input=TEMPLATE.read_bytes(), format="pdf", sys_inputs={"document": written}, pdf_standards=["ua-1"],
        timestamp=timestamp,
    )
    return made


def _unescaped(text: str) -> str:
    """A text as the compiler quotes it, with its hidden characters as they are."""
    return re.sub(r"\\u\{([0-9a-f]+)\}", lambda found: chr(int(found[1], 16)), text)


@cache
def _compiler() -> Any:
    """One compiler a process: the typeface is read once, and no font of the machine is used."""
    import typst

    fonts = typst.Fonts(include_system_fonts=False, include_embedded_fonts=True, font_paths=[str(typeface.FOLDER)])
    return typst.Compiler(font_paths=fonts)


def _data(document: Document) -> dict[str, Any]:
    citations = citations_of(document)
    return {
        "title": _named(document.title),
        "subtitle": document.subtitle,
        "summary": document.summary,
        "place": document.place,
        "made_by": document.made_by,
        "date": status.long_date(document.date),
        "brief": document.brief,
        "close": document.one_page,
        "status": status.LABEL[document.status],
        "status_meaning": status.MEANING[document.status],
        "status_ground": status.GROUND[document.status],
        "brand": palette.BRAND,
        "face": typeface.FACE,
        "blocks": [_block(block, citations) for block in _stepped(document.blocks, 0)],
        "annex": [_block(block, citations) for block in _stepped(document.annex, 1)],
        "annex_title": _named(document.annex_title),
        "sources_note": document.sources_note,
        "publishers": [
            {"name": one.name, "lines": [{"at": at, "text": text} for at, text in one.lines]}
            for one in by_publisher(citations)
        ] if document.sources_note else [],
        "sources": [provenance.citation(source) for source in citations.sources],
    }


def _stepped(blocks: Iterable[Block], last: int) -> Iterator[Block]:
    """Headings go down one level at a time, as PDF/UA asks, also where the part above one is empty."""
    for block in blocks:
        if isinstance(block, Heading):
            last = min(block.level, last + 1)
            yield replace(block, level=last)
        else:
            yield block


def _block(block: Block, citations: Citations) -> dict[str, Any]:
    match block:
        case Heading():
            return {"kind": "heading", "text": _named(block.text), "level": block.level}
        case Paragraph():
            return {"kind": "paragraph", "words": _words(block.words, citations), "lead": block.lead}
        case BulletList():
            items = [_words(item, citations) for item in block.items]
            return {"kind": "list", "items": items, "numbered": block.numbered}
        case FigureBlock():
            table = _table(block.chart.table) if block.with_table else None
            chart = block.chart
            alt = chart.alt.strip() or chart.sentence.strip() or _named(chart.title)
            return {"kind": "figure", "title": chart.title, "svg": chart.svg, "sentence": chart.sentence,
                    "alt": alt, "source": chart.source, "table": table, "share": block.share}
        case TableBlock():
            return {"kind": "table", **_table(block.table)}
        case Callout():
            return {"kind": "callout", "title": block.title, "words": _words(block.words, citations)}
        case NumberedFinding():
            return _finding(block, citations)
        case SummaryBlock():
            rows = [[what, _words(words, citations)] for what, words in block.rows]
            return {"kind": "summary", "rows": rows}
        case AskBlock():
            return {"kind": "asks", "asks": [
                {"label": one.label, "hint": one.hint, "lines": one.lines, "choices": list(one.choices)}
                for one in block.asks]}
        case PageBreak():
            return {"kind": "break"}


def _named(words: str) -> str:
    """Words for what must be called something: a reader cannot jump to a heading without any."""
    return words.strip() or "Untitled"


def _finding(block: NumberedFinding, citations: Citations) -> dict[str, Any]:
    figures = [
        {"text": provenance.in_brief(figure), "source": citations.numbers[figure.source.dataset]}
        for figure in block.figures
    ]
    words = _words(block.words, citations)
    return {"kind": "finding", "number": block.number, "headline": _named(block.headline), "words": words,
            "figures": figures}


def _words(words: Words, citations: Citations) -> list[dict[str, Any]]:
    return [_inline(word, citations) for word in words]


def _inline(word: Inline, citations: Citations) -> dict[str, Any]:
    match word:
        case str():
            return {"kind": "text", "text": word}
        case Strong():
            return {"kind": "strong", "text": word.text}
        case Emphasis():
            return {"kind": "emphasis", "text": word.text}
        case Link():
            return {"kind": "link", "text": word.text, "address": word.address}
        case Blank():
            return {"kind": "blank", "text": word.text}
        case Cite():
            return {"kind": "cite", "number": citations.numbers[word.dataset]}


def _table(table: DataTable) -> dict[str, Any]:
    view = view_of(table)
    return {
        "caption": view.caption,
        "heads": [{"text": head.title, "numeric": head.numeric} for head in view.heads],
        "weights": list(column_weights(view)),
        "rows": [[{"text": cell.text, "missing": cell.missing} for cell in row] for row in view.rows],
        "notes": [*view.notes, *([f"Source: {view.source}"] if view.source else [])],
    }
