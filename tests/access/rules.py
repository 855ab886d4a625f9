"""The rules and the myths are open to everybody, account or not."""

from __future__ import annotations

from tests.access.line import ANYBODY, Line

TABLE = [
    Line("procurement:rules", ANYBODY),
    Line("procurement:rules-file", ANYBODY, 200, lambda world: {"ending": "docx"}),
    Line("procurement:rules-file", ANYBODY, 404, lambda world: {"ending": "exe"}),
    Line("procurement:notices", ANYBODY),
    Line("procurement:myths", ANYBODY),
    Line("api:which_rules", ANYBODY),
    Line("api:procurement_myths", ANYBODY),
]
