"""Addresses of an assessment's pages and files."""

from __future__ import annotations

from dataclasses import dataclass
from uuid import UUID

from django.urls import reverse

INSIDE = ("place", "file")  # what is also shown inside a partnership


@dataclass(frozen=True, slots=True)
class Item:
    """A link with its words."""

    text: str
    href: str
    hint: str = ""
    current: bool = False
    detail: str = ""


@dataclass(frozen=True, slots=True)
class Addresses:
    """The pages of one place; `code` is one code, or several joined by +. `inside` is a partnership, if any."""

    code: str
    inside: UUID | None = None

    def page(self, name: str = "place", **more: str) -> str:
        """A page of this place."""
        if self.inside and name in INSIDE:
            return reverse(f"needs:inside-{name}", kwargs={"code": self.code, "partnership": self.inside, **more})
        return reverse(f"needs:{name}", kwargs={"code": self.code, **more})

    def theme(self, key: str) -> str:
        """A theme's page."""
        return self.page("theme", theme=key)

    def measure(self, card: str) -> str:
        """An indicator's page."""
        return self.page("measure", card=card)

    def area(self, area: str) -> str:
        """A small area's page."""
        return self.page("area", area=area)

    def file(self, ending: str) -> str:
        """The whole assessment as a file."""
        return self.page("file", ending=ending)

    def evidence_file(self, ending: str) -> str:
        """The evidence page as a file."""
        return self.page("evidence-file", ending=ending)

    def table(self, key: str) -> str:
        """One table as CSV."""
        return self.page("table", table=key)

    def downloads(self) -> tuple[Item, ...]:
        """The assessment to take away."""
        return (
            Item("The chapter, to edit", self.file("docx"), detail="Word"),
            Item("The chapter, to print or send", self.file("pdf"), detail="PDF"),
            Item("Every figure", self.file("xlsx"), detail="Excel"),
            Item("The assessment as data", self.file("json"), detail="JSON"),
        )

    def evidence_downloads(self) -> tuple[Item, ...]:
        """The two-page evidence page to take away."""
        return (
            Item("Evidence page, to edit", self.evidence_file("docx"), detail="Word"),
            Item("Evidence page, to send", self.evidence_file("pdf"), detail="PDF"),
        )
