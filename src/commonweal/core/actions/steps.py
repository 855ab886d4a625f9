"""A partnership calls a step of the cycle done, or opens it again."""

from __future__ import annotations

from django.db import models, transaction

from commonweal.core.actions.recording import person_of, record_event, saved
from commonweal.core.closing import still_open
from commonweal.core.cycle import step_keys
from commonweal.core.errors import NotFound, Refused
from commonweal.core.models import Partnership, StepClosing
from commonweal.core.permissions import Permission
from commonweal.core.queries.steps import closing_of
from commonweal.core.viewer import Viewer, require

SENTENCE = 20  # characters: the shortest reason that can say anything


class Verb(models.TextChoices):
    """The deeds of closing steps."""

    CLOSED = "step.closed"
    REOPENED = "step.reopened"


@transaction.atomic
def close_step(*, by: Viewer, partnership: Partnership, step: str, reason: str = "") -> StepClosing:
    """Call a step done; where something is still open, only with a written reason, and both are kept."""
    require(by, Permission.MANAGE_PARTNERSHIP, partnership.pk)
    _known(step)
    if closing_of(partnership.pk, step) is not None:
        raise Refused("This step is closed already.")
    left = [one.title for one in still_open(by, partnership.pk, step)]
    if left and not reason.strip():
        raise Refused(
            f"{len(left)} {'is' if len(left) == 1 else 'are'} still unanswered: {'; '.join(left[:5])}"
            f"{' and others' if len(left) > 5 else ''}. Answer them, or say in a few words why the step is "
            "closed all the same."
        )
    if left and not _says_why(reason):
        raise Refused(
            "Say it in a sentence, so that those who come after know why: for example, who will be asked later, "
            "and when."
        )
    return _written(by, partnership, step, closed=True, left=left, reason=reason)


@transaction.atomic
def reopen_step(*, by: Viewer, partnership: Partnership, step: str, reason: str) -> StepClosing:
    """Open a closed step again, and say why."""
    require(by, Permission.MANAGE_PARTNERSHIP, partnership.pk)
    _known(step)
    if closing_of(partnership.pk, step) is None:
        raise Refused("This step is not closed.")
    if not reason.strip():
        raise Refused("Say in a few words why it is opened again.")
    return _written(by, partnership, step, closed=False, left=[], reason=reason)


def _says_why(reason: str) -> bool:
    """Whether it can be a sentence: a reason that names nothing helps nobody who reads it in a year."""
    return len(reason.strip()) >= SENTENCE and len(reason.split()) > 1


def _known(step: str) -> None:
    if step not in step_keys():
        raise NotFound("There is no such step.")


def _written(
    by: Viewer, partnership: Partnership, step: str, *, closed: bool, left: list[str], reason: str
) -> StepClosing:
    person = person_of(by)
    row = saved(StepClosing(
        partnership=partnership, step=step, closed=closed, left=left, reason=reason.strip(), by=person
    ))
    record_event(by=by, verb=Verb.CLOSED if closed else Verb.REOPENED, subject=row, partnership=partnership.pk)
    return row
