"""What each notice of the Procurement Act asks, field by field, where it is written and how far it was checked."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from functools import cache
from typing import Any

from commonweal.policy.procurement_law import Cited, law_content, notices


@dataclass(frozen=True, slots=True)
class NoticeField(Cited):
    """One field: `slot` names what fills it, nothing where the buyer writes it; `when` says when it is asked."""

    key: str
    label: str
    slot: str
    hint: str
    when: str


@dataclass(frozen=True, slots=True)
class NoticeForm(Cited):
    """One notice with all its fields."""

    code: str
    title: str
    fields: tuple[NoticeField, ...]


@cache
def notice_forms() -> tuple[NoticeForm, ...]:
    """The notices that can be drafted."""
    content = law_content("notice_fields")
    titles = {one.code: one.title for one in notices()}
    return tuple(
        NoticeForm(row["citation"], row["verification"], row["code"], titles[row["code"]], tuple(
            _field(one, row) for one in (*content["common"], *row["fields"]))) for row in content["notices"])


def fields_as_at() -> tuple[date, date, str]:
    """The day these were written, the day they are to be read again, and what every draft says of itself."""
    content = law_content("notice_fields")
    return content["as_at"], content["review_by"], content["statement"]


def _field(one: Mapping[str, Any], row: Mapping[str, Any]) -> NoticeField:
    return NoticeField(row["citation"], one.get("verification", row["verification"]), one["key"], one["label"],
                       one.get("slot", ""), one.get("hint", ""), one.get("when", ""))
