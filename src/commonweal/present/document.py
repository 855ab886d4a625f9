"""A document before it is Word or PDF: what it says, in order, with nothing of how it is set."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from uuid import UUID

from commonweal.core.figure import Figure, SourceRef
from commonweal.present.chart import Chart
from commonweal.present.table import DataTable


class Status(StrEnum):
    """How far a document may be relied on; stands on its title page and in every footer."""

    INVENTED = "invented"
    DRAFT = "draft"
    AGREED = "agreed"
    PUBLISHED = "published"  # nobody's view: figures their publishers gave, for anyone to quote
    GUIDANCE = "guidance"  # nobody's view either, and no figures


@dataclass(frozen=True, slots=True)
class Strong:
    """Words that carry the point."""

    text: str


@dataclass(frozen=True, slots=True)
class Emphasis:
    """Words set apart: a title, a term at first use."""

    text: str


@dataclass(frozen=True, slots=True)
class Link:
    """Words that lead to an address."""

    text: str
    address: str


@dataclass(frozen=True, slots=True)
class Cite:
    """A source mark such as [3]: names the data set; numbered in the order first cited."""

    dataset: str


@dataclass(frozen=True, slots=True)
class Blank:
    """A place in running text to be filled in; `text` says with what."""

    text: str


Inline = str | Strong | Emphasis | Link | Cite | Blank
Words = tuple[Inline, ...]


@dataclass(frozen=True, slots=True)
class Heading:
    """A heading; level 1 stands in the contents and begins a section."""

    text: str
    level: int = 1


@dataclass(frozen=True, slots=True)
class Paragraph:
    """Running text. `lead` sets it larger: the answer that comes first."""

    words: Words
    lead: bool = False


@dataclass(frozen=True, slots=True)
class BulletList:
    """Points, or steps where the order matters."""

    items: tuple[Words, ...]
    numbered: bool = False


@dataclass(frozen=True, slots=True)
class FigureBlock:
    """A chart or map with its sentence; its table is printed under it where `with_table`.

    `share` is how much of the page's width the picture takes.
    """

    chart: Chart
    with_table: bool = False
    share: float = 1.0


@dataclass(frozen=True, slots=True)
class TableBlock:
    """A table with its caption and notes."""

    table: DataTable


@dataclass(frozen=True, slots=True)
class Callout:
    """Words in a box: what this cannot tell you, what is asked of the reader."""

    title: str
    words: Words


@dataclass(frozen=True, slots=True)
class NumberedFinding:
    """A finding with its number; each figure prints its base, n, date, source, method and quality."""

    number: int
    headline: str
    words: Words = ()
    figures: tuple[Figure, ...] = ()


@dataclass(frozen=True, slots=True)
class SummaryBlock:
    """Short answers in two columns: what is asked, what is known."""

    rows: tuple[tuple[str, Words], ...]


@dataclass(frozen=True, slots=True)
class Ask:
    """A box to fill in: a line, several (`lines`), a day, or one of `choices`; `kind` is text, date or choice."""

    label: str
    hint: str = ""
    lines: int = 1
    kind: str = "text"
    choices: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class AskBlock:
    """Boxes to fill in: content controls in Word, clear boxes in print."""

    asks: tuple[Ask, ...]


@dataclass(frozen=True, slots=True)
class PageBreak:
    """The next block begins a page."""


Block = (
    Heading | Paragraph | BulletList | FigureBlock | TableBlock | Callout | NumberedFinding | SummaryBlock
    | AskBlock | PageBreak
)


@dataclass(frozen=True, slots=True)
class Document:
    """The whole: `annex` holds what stands apart (an exempt appendix, tables in full).

    `made_by` is the organisation that answers for it; `summary` one sentence for the title page.
    A `brief` document has neither title page nor contents: its title heads the first page. One of `one_page` is
    brief and set so close that a page of text goes on one sheet.
    A `sources_note` says where each source stands in full: here they are then a line each, under their publishers.
    Words of the field in it are explained at its end (`explain`), as `partnership` means them where one is named.
    """

    title: str
    subtitle: str
    status: Status
    place: str
    date: date
    blocks: tuple[Block, ...]
    sources: tuple[SourceRef, ...] = ()
    annex: tuple[Block, ...] = ()
    sources_note: str = ""
    annex_title: str = "Annex"
    summary: str = ""
    made_by: str = ""
    brief: bool = False
    one_page: bool = False
    explain: bool = True
    partnership: UUID | None = None
