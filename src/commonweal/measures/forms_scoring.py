"""Answers as people paste them, one person a line, to be scored; nothing is kept."""

from __future__ import annotations

import re
from typing import Any

from django import forms

from commonweal.measures.forms_change import MOST_PEOPLE, NUMBER
from commonweal.measures.pages.scoring import scoring_content

DAYS = 7


class ScoreForm(forms.Form):
    """Which instrument, and the answers."""

    kind = forms.ChoiceField(
        label="What was asked?", widget=forms.RadioSelect,
        choices=lambda: [(key, f"{one['title']}: {one['enter']}")
                         for key, one in scoring_content()["kinds"].items()],
        error_messages={"required": "Choose what was asked"})
    lines = forms.CharField(
        label="Answers", widget=forms.Textarea(attrs={"rows": 10}), max_length=200_000,
        help_text="One person a line, such as 3, 4, 2. Copy columns from a spreadsheet. No names: nothing is "
                  "kept.",
        error_messages={"required": "Give the answers, one person a line"})

    def clean(self) -> dict[str, Any]:
        """Every line as numbers that can be, or what is wrong with the first few."""
        data = super().clean() or {}
        if "kind" not in data or "lines" not in data:
            return data
        said = scoring_content()["kinds"][data["kind"]]
        found: list[tuple[float, ...]] = []
        wrong: list[str] = []
        for at, line in enumerate(data["lines"].splitlines(), start=1):
            cells = [cell for cell in re.split(r"[,;\t ]+", line.strip()) if cell]
            if not cells or (at == 1 and not any(NUMBER.fullmatch(cell) for cell in cells)):
                continue
            told = self._wrong(cells, said, weeks=data["kind"] in scoring_content()["groups"])
            if told:
                wrong.append(f"Line {at}: {told}")
            else:
                found.append(tuple(map(float, cells)))
        if len(found) > MOST_PEOPLE:
            wrong.append(f"Give {MOST_PEOPLE:,} people at most")
        if not found and not wrong:
            wrong.append("Give the answers, one person a line")
        if wrong:
            more = [f"and {len(wrong) - 5} more lines"] if len(wrong) > 5 else []
            self.add_error("lines", forms.ValidationError([*wrong[:5], *more]))
        return {**data, "found": tuple(found)}

    def _wrong(self, cells: list[str], said: dict[str, Any], *, weeks: bool) -> str:
        if len(cells) != said["columns"]:
            return f"give {said['columns']} number{'s' * (said['columns'] > 1)}; this has {len(cells)}"
        for at, cell in enumerate(cells):
            if not NUMBER.fullmatch(cell):
                return f"{cell[:20]} is not a number"
            most = DAYS if weeks and at % 2 == 0 else said["high"]
            if not said["low"] <= float(cell) <= most or (not weeks and float(cell) != int(float(cell))):
                return f"{cell} is not from {said['low']} to {most}"
        return ""
