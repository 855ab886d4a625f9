"""Name those who may be missed, and say at each step what is done for them or why not."""

from __future__ import annotations

from dataclasses import dataclass

from django.db import models, transaction

from commonweal.core.actions.recording import person_of, record_event, saved
from commonweal.core.errors import NotFound, Refused
from commonweal.core.models import Organisation, Partnership
from commonweal.core.permissions import Permission
from commonweal.core.viewer import Viewer, acted_for, require
from commonweal.needs.models import MissedAnswer, MissedVerdict, NamedGroup
from commonweal.needs.personal_text import warning_for
from commonweal.needs.queries.carried import carried_steps, groups_of


class Verb(models.TextChoices):
    """The deeds of carrying groups through."""

    NAMED = "needs.group_named"
    ANSWERED = "needs.group_answered"


@dataclass(frozen=True, slots=True, kw_only=True)
class Answer:
    """What is said of a group at a step."""

    group: str
    step: str
    verdict: MissedVerdict
    words: str
    onward: bool = False


@transaction.atomic
def name_group(*, by: Viewer, partnership: Partnership, title: str, why: str) -> NamedGroup:
    """Put a group or an area on the list that no rule found."""
    require(by, Permission.RECORD_EVIDENCE, partnership.pk)
    _about_nobody(title, why)
    row = saved(NamedGroup(partnership=partnership, title=title.strip(), why=why.strip(), by=person_of(by)))
    record_event(by=by, verb=Verb.NAMED, subject=row, partnership=partnership.pk)
    return row


@transaction.atomic
def answer_group(*, by: Viewer, partnership: Partnership, answer: Answer) -> MissedAnswer:
    """Say what a step does for a group, or why it sets it aside; what was said before stays readable."""
    require(by, Permission.RECORD_EVIDENCE, partnership.pk)
    if answer.step not in carried_steps():
        raise NotFound("There is no such step.")
    group = next((one for one in groups_of(by, partnership.pk) if one.key == answer.group), None)
    if group is None:
        raise NotFound("Nobody of this name is on the list of those who may be missed.")
    if not answer.words.strip():
        raise Refused("Say what is done, or why not, in a few words.")
    _about_nobody(answer.words)
    organisation = acted_for(by, partnership.pk)
    row = saved(MissedAnswer(
        partnership=partnership, group=group.key, title=group.title, step=answer.step, onward=answer.onward,
        verdict=answer.verdict, words=answer.words.strip(), by=person_of(by),
        organisation=Organisation.objects.filter(pk=organisation).first() if organisation else None,
    ))
    record_event(by=by, verb=Verb.ANSWERED, subject=row, partnership=partnership.pk)
    return row


def _about_nobody(*texts: str) -> None:
    found = warning_for(*texts)
    if found:
        raise Refused(f"{found.split('.', maxsplit=1)[0]}. A group is named, never a person: take that out.")

