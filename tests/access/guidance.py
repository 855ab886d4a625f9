"""Guidance is for everybody."""

from __future__ import annotations

from tests.access.line import ANYBODY, Line

TABLE = [Line("needs:step-guidance", ANYBODY)]
