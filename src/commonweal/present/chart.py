"""A picture of data, chart or map, with the words and the table without which it is not shown."""

from __future__ import annotations

from dataclasses import dataclass

from commonweal.present.table import DataTable


@dataclass(frozen=True, slots=True)
class Message:
    """What a picture says: `title` is the message itself, `sentence` the reading of it aloud.

    `alt` says more for those who cannot see it, where the sentence is not enough; `source` is a citation.
    """

    title: str
    sentence: str
    alt: str = ""
    source: str = ""

    @property
    def description(self) -> str:
        """What someone who cannot see the picture is told."""
        return self.alt or self.sentence


@dataclass(frozen=True, slots=True)
class Chart:
    """A chart or a map: its SVG for page, Word and PDF, its words, and the table behind it.

    The SVG carries no style or script and may be put straight into a page; `narrow` is the same
    picture drawn for a phone, empty where one will do.
    """

    title: str
    svg: str
    sentence: str
    alt: str
    table: DataTable
    source: str = ""
    wide: bool = False
    narrow: str = ""
