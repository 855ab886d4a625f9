"""A return as an XLSForm, for those who collect with ODK or Kobo: the same questions, limits and reasons."""

from __future__ import annotations

import io
from typing import Any

from openpyxl import Workbook

from commonweal.core import clock
from commonweal.measures.asking import Asked
from commonweal.measures.queries.sheet import Sheet
from commonweal.policy.returns import QuestionKind, cannot_reasons, return_checks
from commonweal.present.guard import printable

SURVEY = ("type", "name", "label", "hint", "required", "relevant", "constraint", "constraint_message",
          "appearance")
CHOICES = ("list_name", "name", "label")
SETTINGS = ("form_title", "form_id", "version", "default_language", "instance_name")
TYPES = {QuestionKind.WHOLE: "integer", QuestionKind.POUNDS: "decimal", QuestionKind.TEXT: "text"}
REASONS = "reasons"
Row = dict[str, str]


def xlsform_of(sheet: Sheet) -> bytes:
    """The form as .xlsx: survey, choices and settings."""
    book = Workbook()
    survey: Any = book.active
    survey.title = "survey"
    _fill(survey, SURVEY, survey_of(sheet))
    _fill(book.create_sheet("choices"), CHOICES, [
        {"list_name": REASONS, "name": one.key, "label": one.label} for one in cannot_reasons()])
    title = f"{sheet.title}: {sheet.period}"
    _fill(book.create_sheet("settings"), SETTINGS, [{
        "form_title": title, "form_id": f"return_{sheet.id.hex}", "version": f"{clock.today():%Y%m%d}01",
        "default_language": "English (en)", "instance_name": f"'{_plain(sheet.provider)}'"}])
    kept = io.BytesIO()
    book.save(kept)
    return kept.getvalue()


def survey_of(sheet: Sheet) -> list[Row]:
    """The questions, each with the reason why it may stay open; names are unique and fit XML."""
    about = f"{sheet.provider}. {sheet.title}, {sheet.period}. Name nobody in your answers."
    rows: list[Row] = [{"type": "note", "name": "about", "label": about}]
    keys = {one.asked.key for one in sheet.answers}
    for view in sheet.answers:
        rows += _question(view.asked, keys)
    return rows


def _question(asked: Asked, keys: set[str]) -> list[Row]:
    found = asked.question
    words = {"label": asked.words, "hint": found.hint}
    if asked.kind is QuestionKind.TEXT:
        return [{"type": "text", "name": asked.key, **words, "appearance": "multiline",
                 "constraint": f"string-length(.) <= {found.most}",
                 "constraint_message": f"{found.most:,} letters at most."}]
    empty = " and ".join(f"string(${{{name}}}) = ''" for name in _names(asked))
    why = {"type": f"select_one {REASONS}", "name": f"{asked.key}_cannot",
           "label": "Cannot answer because", "relevant": empty,
           "required": "" if asked.kind is QuestionKind.PARTS else "yes"}
    if asked.kind is QuestionKind.PARTS:
        inside = [{"type": "integer", "name": f"{asked.key}_{key}", "label": title, **_limit(asked, keys)}
                  for key, title in asked.parts]
        return [{"type": "begin_group", "name": asked.key, **words}, *inside, {"type": "end_group"}, why]
    return [{"type": TYPES[asked.kind], "name": asked.key, **words, **_limit(asked, keys)}, why]


def _names(asked: Asked) -> tuple[str, ...]:
    return tuple(f"{asked.key}_{key}" for key, _ in asked.parts) or (asked.key,)


def _limit(asked: Asked, keys: set[str]) -> Row:
    """From 0 to the most there may be, and not above a number that was asked before it."""
    tests, words = [f". >= 0 and . <= {asked.question.most}"], f"From 0 to {asked.question.most:,}."
    for check in return_checks():
        refuses = check.refuses is not None and check.refuses <= clock.today()
        if check.kind == "over" and check.left == asked.key and check.right in keys and refuses:
            tests.append(f"(string(${{{check.right}}}) = '' or . <= ${{{check.right}}})")
            words += " Not more than you answered before."
    return {"constraint": " and ".join(tests), "constraint_message": words}


def _plain(text: str) -> str:
    return text.replace("'", "’").replace("$", "")


def _fill(page: Any, heads: tuple[str, ...], rows: list[Row]) -> None:
    page.append(heads)
    for at, row in enumerate(rows, start=2):
        for column, head in enumerate(heads, start=1):
            if row.get(head):
                cell = page.cell(row=at, column=column)
                cell.value, cell.data_type = printable(row[head]), "s"
