"""Answers as they are typed, kept and read back: from a page, a workbook or a form alike."""

from __future__ import annotations

import re
from collections.abc import Mapping
from decimal import Decimal, InvalidOperation
from typing import Any

from commonweal.core.errors import Refused
from commonweal.measures.asking import Asked
from commonweal.policy.returns import QuestionKind, cannot_reasons
from commonweal.present.guard import printable

Value = int | str | dict[str, int]
SPACES = re.compile(r"[\s\u00a0\u202f,]")


def value_of(asked: Asked, typed: object) -> Value | None:
    """What is kept of an answer; None where it is empty. Refused with a sentence where it is no answer."""
    if asked.kind is QuestionKind.PARTS:
        return _parts(asked, typed if isinstance(typed, Mapping) else {})
    text = str(typed if typed is not None else "").strip()
    if not text:
        return None
    if asked.kind is QuestionKind.TEXT:
        return _words(asked, text)
    if asked.kind is QuestionKind.POUNDS:
        return _pounds(asked, text)
    return whole(text, asked.question.short, asked.question.most)


def reason_of(cannot: object) -> str:
    """The key of a reason why there is no answer, by its key or its words; "" where there is none."""
    text = str(cannot or "").strip()
    if not text:
        return ""
    for one in cannot_reasons():
        if text.casefold() in (one.key, one.label.casefold()):
            return one.key
    raise Refused("Choose one of the reasons that are there.")


def whole(text: str, name: str, most: int) -> int:
    """A whole number as people type it: 1,234 or 1 234 too."""
    plain = SPACES.sub("", text)
    if re.fullmatch(r"\d+\.0+", plain):
        plain = plain.partition(".")[0]
    if not re.fullmatch(r"[0-9]{1,12}", plain):
        raise Refused(f"“{name}” must be a whole number, such as 12, or 0")
    if int(plain) > most:
        raise Refused(f"“{name}” may be {most:,} at most")
    return int(plain)


def _pounds(asked: Asked, text: str) -> str:
    try:
        amount = Decimal(SPACES.sub("", text).removeprefix("£"))
    except InvalidOperation as wrong:
        raise Refused(f"“{asked.question.short}” must be an amount in pounds, such as 1,250") from wrong
    if not amount.is_finite() or amount < 0 or amount > asked.question.most:
        raise Refused(f"“{asked.question.short}” must be from 0 to {asked.question.most:,} pounds")
    return str(amount.quantize(Decimal("0.01")))


def _words(asked: Asked, text: str) -> str:
    if len(text) > asked.question.most:
        raise Refused(f"“{asked.question.short}” may have {asked.question.most:,} letters; this has {len(text):,}")
    return printable(text)


def _parts(asked: Asked, typed: Mapping[str, Any]) -> dict[str, int] | None:
    found = {}
    for key, title in asked.parts:
        text = str(typed.get(key) if typed.get(key) is not None else "").strip()
        if text:
            found[key] = whole(text, title, asked.question.most)
    return found or None


def shown(asked: Asked, value: Value | None) -> str:
    """An answer in words."""
    if value is None:
        return ""
    if isinstance(value, dict):
        return "; ".join(f"{title}: {value[key]:,}" for key, title in asked.parts if key in value)
    if asked.kind is QuestionKind.POUNDS:
        return f"£{Decimal(str(value)):,.2f}".removesuffix(".00")
    return f"{value:,}" if isinstance(value, int) else str(value)
