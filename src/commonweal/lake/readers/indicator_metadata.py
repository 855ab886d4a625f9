"""What Fingertips says of its indicators: name, definition, unit, polarity, from its JSON list of indicators.

Slugs are those the Fingertips readers use, by indicator number or name; publisher_id is the indicator's number.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from html import unescape
from typing import Any

from commonweal.lake.opening.model import Form, Opened
from commonweal.lake.readers.base import Reader, ReadTable, RejectedRow, register
from commonweal.lake.readers.cells import rows_for
from commonweal.lake.readers.fingertips_known import indicator

_KEYS = {"indicatorID", "indicatorName", "indicatorDefinition", "polarity", "unitLabel"}
_UNITS = {
    "%": "percent", "years": "years", "per 100,000": "rate_100000", "per 10,000": "rate_10000",
    "per 1,000": "rate_1000", "score": "score",
}


def is_metadata(opened: Opened) -> bool:
    """A list of objects that each name and define an indicator."""
    if opened.form is not Form.JSON or not isinstance(opened.document, list) or not opened.document:
        return False
    return all(isinstance(one, dict) and one.keys() >= _KEYS for one in opened.document[:20])


def read_metadata(opened: Opened) -> Iterable[ReadTable]:
    """One row an indicator; an entry without a number or a name stays out."""
    entries = opened.document if isinstance(opened.document, list) else []
    named = [one for one in entries if _said(one, "indicatorID") and _said(one, "indicatorName")]
    rows = rows_for(
        "indicators",
        len(named),
        indicator=[indicator(_said(one, "indicatorName"), _said(one, "indicatorID")).slug for one in named],
        name=[_said(one, "indicatorName") for one in named],
        definition=[_said(one, "indicatorDefinition") for one in named],
        unit=[_unit(one) for one in named],
        polarity=[_said(one, "polarity") for one in named],
        publisher_id=[_said(one, "indicatorID") for one in named],
    )
    out = tuple(
        RejectedRow("", at, "indicatorID", "an indicator without a number or a name")
        for at, one in enumerate(entries, start=1)
        if one not in named
    )
    return (ReadTable("indicators", rows, out),)


def _unit(one: dict[str, Any]) -> str:
    label = _said(one, "unitLabel").casefold()
    if not label and _said(one, "valueType").casefold() == "score":
        return "score"
    return _UNITS.get(label, "")


def _said(one: Any, key: str) -> str:
    """A value as one line of text, without markup."""
    text = one.get(key) if isinstance(one, dict) else None
    if text is None:
        return ""
    return " ".join(re.sub(r"<[^>]+>", " ", unescape(str(text))).split())


register(Reader("fingertips-indicator-metadata", 1, is_metadata, read_metadata))
