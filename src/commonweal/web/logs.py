"""Log lines a machine reads: one JSON object each, with no name, address, typed word or link in it."""

from __future__ import annotations

import json
import logging
import traceback
from datetime import UTC, datetime
from types import TracebackType

OURS = "commonweal"


class JsonLines(logging.Formatter):
    """One line a record: when, how grave, who says it, what, and for a fault its kind and where in the code.

    A fault's own words are left out, because a database's name the values it refused; so is an address,
    because it may hold the token of a link. What page it was stands as its route's name.
    """

    def format(self, record: logging.LogRecord) -> str:
        """The line, whatever was in the record."""
        line: dict[str, object] = {
            "at": datetime.fromtimestamp(record.created, UTC).isoformat(timespec="milliseconds"),
            "level": record.levelname, "logger": record.name,
        }
        request = getattr(record, "request", None)
        if request is None and record.name.split(".")[0] == OURS:
            line["message"] = record.getMessage()
        else:
            line["message"] = str(record.msg) if not record.args else str(record.msg).replace("%s", "…")
        if request is not None:
            match = getattr(request, "resolver_match", None)
            line["route"] = match.view_name if match else None
            line["method"] = getattr(request, "method", None)
            line["status"] = getattr(record, "status_code", None)
        if record.exc_info and record.exc_info[0]:
            line["fault"] = record.exc_info[0].__name__
            line["where"] = _frames(record.exc_info[2])
        return json.dumps(line, ensure_ascii=False)


def _frames(trace: TracebackType | None) -> list[str]:
    return [f"{one.filename.rsplit('/site-packages/', 1)[-1].rsplit('/src/', 1)[-1]}:{one.lineno} {one.name}"
            for one in traceback.extract_tb(trace)]
