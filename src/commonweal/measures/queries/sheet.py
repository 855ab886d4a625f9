"""One return as those who answer it, and those who asked for it, see it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from typing import Any
from uuid import UUID

from commonweal.core.errors import NotFound
from commonweal.core.purpose import Purpose
from commonweal.core.viewer import Viewer
from commonweal.measures.actions.answering import values_before
from commonweal.measures.answers import Value, shown
from commonweal.measures.asking import Asked, asked_in
from commonweal.measures.checking import Finding, findings
from commonweal.measures.models import AnswerSave, Return, ReturnAnswer, ReturnLink, ReturnState
from commonweal.measures.periods import period_words
from commonweal.policy.returns import QuestionKind, cannot_reasons

OPTIONAL = (QuestionKind.TEXT, QuestionKind.PARTS)
NO_RETURN = "There is no such return, or none that you may see."


@dataclass(frozen=True, slots=True)
class AnswerView:
    """A question with what stands for it: in words too, and what was said last time."""

    asked: Asked
    value: Value | None
    cannot: str
    said: str
    last_time: str
    last_value: Value | None
    number: int
    device: str
    at: datetime | None

    @property
    def done(self) -> bool:
        """Whether it needs nothing more."""
        return self.number > 0

    @property
    def optional(self) -> bool:
        """Whether it may stay empty."""
        return self.asked.kind in OPTIONAL


@dataclass(frozen=True, slots=True)
class Change:
    """One answer that took the place of another: unseen by its writer, or after the return was sent."""

    question: str
    before: str
    after: str
    at: datetime
    late: bool


@dataclass(frozen=True, slots=True)
class Sheet:
    """One return, whole."""

    id: UUID
    partnership: UUID
    plan: UUID
    title: str
    asker: str
    provider: str
    first: date
    last: date
    due: date
    tier: int
    sent_at: datetime | None
    receipt: str
    nothing: bool
    warned: tuple[str, ...]
    answers: tuple[AnswerView, ...]
    found: tuple[Finding, ...]
    invented: bool

    @property
    def period(self) -> str:
        """The period in words."""
        return period_words(self.first, self.last)

    @property
    def sent(self) -> bool:
        """Whether it has been sent."""
        return self.sent_at is not None

    @property
    def lacking(self) -> tuple[AnswerView, ...]:
        """What must be answered before it can be sent."""
        return tuple(one for one in self.answers if not one.done and not one.optional)

    @property
    def refusing(self) -> tuple[Finding, ...]:
        """What cannot be."""
        return tuple(one for one in self.found if one.refuses)

    @property
    def warning(self) -> tuple[Finding, ...]:
        """What is unlikely."""
        return tuple(one for one in self.found if not one.refuses)

    def answer(self, key: str) -> AnswerView:
        """The question of a key; NotFound where it is not asked."""
        found = next((one for one in self.answers if one.asked.key == key), None)
        if found is None:
            raise NotFound("This return does not ask that.")
        return found

    def after(self, key: str) -> str:
        """The key of the question after one; "" after the last."""
        keys = [one.asked.key for one in self.answers]
        at = keys.index(key) + 1
        return keys[at] if at < len(keys) else ""


def sheet_of(row: Return, on: date) -> Sheet:
    """A return that its caller may see."""
    before, standing = values_before(row), {one.question: one for one in row.answers.all()}
    asked = asked_in(row)
    values = {key: one.value for key, one in standing.items()}
    agreement = row.plan.agreement
    payers = sorted(one.name for one in agreement.parties.all() if one.part == "pays")
    return Sheet(
        row.pk, row.partnership_id, row.plan_id, agreement.title, " and ".join(payers), row.plan.provider_name,
        row.first, row.last, row.due, row.tier, row.sent_at, row.receipt, row.nothing, tuple(row.warned),
        tuple(_view(one, standing.get(one.key), before) for one in asked), findings(values, before, on),
        row.partnership.invented,
    )


def return_row(viewer: Viewer, partnership: UUID, identifier: UUID) -> Return:
    """The row itself; NotFound where there is none that the viewer may see."""
    rows = Return.objects.visible_to(viewer, Purpose.ASSESSMENT).filter(partnership=partnership)
    found: Return | None = _joined(rows).filter(pk=identifier).first()
    if found is None:
        raise NotFound(NO_RETURN)
    return found


def return_by_link(link: UUID, identifier: UUID) -> tuple[Return, ReturnLink]:
    """The return that an opened link leads to; NotFound where the link has stopped working since."""
    held = ReturnLink.objects.filter(pk=link, of=identifier).first()
    found: Return | None = _joined(Return.objects).filter(pk=identifier).first() if held and held.works() else None
    if found is None or held is None:
        raise NotFound(NO_RETURN)
    return found, held


def changes_of(row: Return) -> tuple[Change, ...]:
    """What changed unseen, or after it was sent, oldest first."""
    by_key, last, found = {one.key: one for one in asked_in(row)}, dict[str, AnswerSave](), []
    for save in row.saves.order_by("number", "pk"):
        before = last.get(save.question)
        last[save.question] = save
        one = by_key.get(save.question)
        if one is None or before is None or not (save.over or save.late):
            continue
        if (before.value, before.cannot) != (save.value, save.cannot):
            found.append(Change(one.question.short, said_of(one, before.value, before.cannot),
                                said_of(one, save.value, save.cannot), save.at, save.late))
    return tuple(sorted(found, key=lambda change: change.at))


def said_of(asked: Asked, value: Value | None, cannot: str) -> str:
    """An answer, or why there is none, in words."""
    if cannot:
        return next((f"Not known: {one.label[:1].lower()}{one.label[1:]}" for one in cannot_reasons()
                     if one.key == cannot), "Not known")
    return shown(asked, value) or "Left empty"


def _view(asked: Asked, held: ReturnAnswer | None, before: dict[str, Value | None]) -> AnswerView:
    last_time = shown(asked, before.get(asked.key)) if asked.kind is not QuestionKind.TEXT else ""
    last_value = before.get(asked.key)
    if held is None:
        return AnswerView(asked, None, "", "", last_time, last_value, 0, "", None)
    said = said_of(asked, held.value, held.cannot)
    return AnswerView(asked, held.value, held.cannot, said, last_time, last_value, held.number, held.device,
                      held.at)


def _joined(rows: Any) -> Any:
    return rows.select_related("plan__agreement", "partnership").prefetch_related("plan__agreement__parties")


def is_open(row: Return) -> bool:
    """Whether it waits to be sent."""
    return row.state == ReturnState.OPEN
