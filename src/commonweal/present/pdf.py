"""Documents as tagged PDF that a screen reader can read."""

from __future__ import annotations

from commonweal.present.document import Document


def render_pdf(document: Document) -> bytes:
    """The document as PDF/UA-1 bytes."""
    raise NotImplementedError
