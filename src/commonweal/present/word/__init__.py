"""Documents as Word files a council can edit: real styles, real contents, pictures that say what they show."""

from __future__ import annotations

from commonweal.present.word.render import render_docx

__all__ = ["render_docx"]
