"""How a return is set out for those who answer it: the list of its questions, and the notice of a clash."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from django.urls import reverse

from commonweal.core import clock
from commonweal.measures.asking import Asked
from commonweal.measures.queries.sheet import AnswerView, Sheet


@dataclass(frozen=True, slots=True)
class Task:
    """One question in the list."""

    title: str
    href: str
    hint: str
    status: str
    tone: str


def tasks_of(sheet: Sheet, device: str) -> tuple[Task, ...]:
    """Every question and how it stands; an answer from another device says so."""
    return tuple(_task(sheet, one, device) for one in sheet.answers)


def clash_words(asked: Asked, other: str, at: datetime) -> str:
    """Somebody else answered the same question meanwhile: yours stands, theirs is kept."""
    when = at.astimezone(clock.LONDON)
    short = asked.question.short
    return (f"Somebody else had answered “{short}” at {when:%H:%M}: {other}. Your answer stands now. "
            f"Both are kept; look again if theirs is right.")


def _task(sheet: Sheet, one: AnswerView, device: str) -> Task:
    href = reverse("measures:return-question", args=[sheet.id, one.asked.key])
    if not one.done:
        return Task(one.asked.words, href, "", "If you like" if one.optional else "Not answered", "grey")
    said = one.said if len(one.said) <= 60 else f"{one.said[:57]}…"
    hint = f"{said}. By somebody else." if one.device not in ("", device) else said
    return Task(one.asked.words, href, hint, "Answered", "done")
