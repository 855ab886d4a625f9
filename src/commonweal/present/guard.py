"""Cells that a spreadsheet would run as formulae, made plain text, and made themselves again."""

from __future__ import annotations

import re

# What Excel, LibreOffice or Sheets may take for the start of a formula, also after spaces and in full width.
RUNS = re.compile(r"'*[\s\x00]*[=+\-@|%＝＋－＠]|'*[\t\r\n]")
NOT_ALLOWED = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\ufffe\uffff\ud800-\udfff]")


def guarded(text: str) -> str:
    """The text with an apostrophe before it where a spreadsheet might run it."""
    return f"'{text}" if RUNS.match(text) else text


def unguarded(text: str) -> str:
    """What `guarded` was given."""
    return text[1:] if text.startswith("'") and RUNS.match(text) else text


def printable(text: str) -> str:
    """The text without characters that no spreadsheet file may hold."""
    return NOT_ALLOWED.sub("", text)
