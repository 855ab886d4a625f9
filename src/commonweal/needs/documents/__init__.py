"""What an assessment becomes on paper: chapter, workbook, JSON and evidence page, all from one frozen value."""

from __future__ import annotations

from commonweal.needs.documents.chapter import chapter
from commonweal.needs.documents.evidence_page import evidence_page
from commonweal.needs.documents.workbook import workbook

__all__ = ["chapter", "evidence_page", "workbook"]
