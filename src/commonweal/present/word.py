"""Documents as Word files a council can edit."""

from __future__ import annotations

from commonweal.present.document import Document


def render_docx(document: Document) -> bytes:
    """The document as .docx bytes."""
    raise NotImplementedError
