"""Partners write what is asked for, version by version, each requirement tied to what it answers."""

from __future__ import annotations

from dataclasses import dataclass
from uuid import UUID

from django.db import models, transaction

from commonweal.core.actions.recording import acting_person, record_event, saved
from commonweal.core.errors import Refused
from commonweal.core.permissions import Permission
from commonweal.core.viewer import Viewer, require
from commonweal.policy.over_specifying import flags_of
from commonweal.procurement.models import (
    Commission,
    CommissionAnswers,
    CommissionState,
    Requirement,
    Specification,
    SpecificationVersion,
)
from commonweal.procurement.specified import lays_down, words_of

MOST = 20
Links = dict[UUID, CommissionAnswers]


class Verb(models.TextChoices):
    """The deeds of specifications."""

    WRITTEN = "specification.written"


@dataclass(frozen=True, slots=True, kw_only=True)
class Required:
    """One requirement: `answers` is the id of a link from the commission to a need or an outcome, or nothing."""

    words: str
    answers: UUID | None = None
    because: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class SpecificationSaid:
    """What the specification says."""

    difference: str
    people: str
    where: str
    known: str
    missed: str
    requirements: tuple[Required, ...] = ()


@transaction.atomic
def write_specification(
    *, by: Viewer, commission: Commission, said: SpecificationSaid, over: int, reason: str = ""
) -> SpecificationVersion:
    """A next version over the one that was read (0 for the first); inputs laid down need their reason."""
    require(by, Permission.RECORD_EVIDENCE, commission.partnership_id)
    row: Commission = Commission.objects.select_for_update().get(pk=commission.pk)
    if row.state not in (CommissionState.COMING, CommissionState.PREPARING):
        raise Refused("Bidders rely on what stands, so it is changed no more.")
    links = {one.pk: one for one in row.answers.filter(removed=False).select_related("need", "outcome")}
    _sound(said, links)
    held = Specification.objects.filter(commission=row).first()
    spec = held or saved(Specification(partnership_id=row.partnership_id, commission=row))
    latest = spec.next_number() - 1
    if latest != over:
        raise Refused(f"A colleague wrote version {latest} meanwhile. Read it, then write yours over it.")
    if latest and not reason.strip():
        raise Refused("Say in a few words why it is written anew.")
    version = saved(SpecificationVersion(
        partnership_id=row.partnership_id, identity=spec, number=latest + 1, difference=said.difference.strip(),
        people=said.people.strip(), where=said.where.strip(), known=said.known.strip(), missed=said.missed.strip(),
        reason=reason.strip(), written_by=acting_person(by),
    ))
    _require_all(version, said.requirements, links)
    record_event(by=by, verb=Verb.WRITTEN, subject=spec, partnership=row.partnership_id, version=version.number)
    return version


def _sound(said: SpecificationSaid, links: Links) -> None:
    if len(said.requirements) > MOST:
        raise Refused(f"{MOST} requirements at most: a small charity must be able to read them.")
    for number, one in enumerate(said.requirements, 1):
        if one.answers is not None and one.answers not in links:
            raise Refused(f"Requirement {number} names what this commission does not answer. Choose again.")
        link = links[one.answers] if one.answers is not None else None
        flags = flags_of(one.words, words_of(link.need, link.outcome) if link else "")
        if flags and not one.because.strip():
            raise Refused(lays_down(flags[0], f"Requirement {number} says"))


def _require_all(version: SpecificationVersion, asked: tuple[Required, ...], links: Links) -> None:
    for position, one in enumerate(asked):
        link = links[one.answers] if one.answers is not None else None
        saved(Requirement(
            partnership_id=version.partnership_id, version=version, position=position, words=one.words.strip(),
            need_id=link.need_id if link else None, outcome_id=link.outcome_id if link else None,
            because=one.because.strip(),
        ))
