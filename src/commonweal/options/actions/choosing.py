"""Gates are answered, the case is written, and an option is chosen: only once every gate is met."""

from __future__ import annotations

from dataclasses import asdict, dataclass
from datetime import date
from uuid import UUID

from django.db import models, transaction

from commonweal.core import clock
from commonweal.core.actions.recording import acting_person, record_event, saved
from commonweal.core.errors import NotFound, Refused
from commonweal.core.permissions import Permission
from commonweal.core.viewer import Viewer, require
from commonweal.options.actions.appraisal import impersonal, own
from commonweal.options.appraisal_view import AppraisalView
from commonweal.options.frozen_choice import digest_of, frozen_of
from commonweal.options.models import (
    Appraisal,
    CaseNotes,
    Choice,
    ChoiceTaker,
    ChoiceVersion,
    GateAnswer,
    Option,
)
from commonweal.options.queries.appraisal import appraisal_for, money_of
from commonweal.policy.decision_gates import Gate, gates_for
from commonweal.priorities.queries.deciders import deciders_of

LONGEST = 2000


class Verb(models.TextChoices):
    """The deeds of choosing."""

    GATE_ANSWERED = "appraisal.gate-answered"
    CASE_WRITTEN = "appraisal.case-written"
    CHOSEN = "appraisal.chosen"


@dataclass(frozen=True, slots=True, kw_only=True)
class NotesSaid:
    """The business case in people's words."""

    recommended: UUID | None = None
    because: str = ""
    affordable: str = ""
    bought: str = ""
    managed: str = ""
    exempt: str = ""
    exempt_why: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Chosen:
    """What was chosen, by whom, where, when, why; `over` is the version superseded, 0 for the first."""

    option: UUID
    body: str
    reasons: str
    decided_on: date
    people: tuple[UUID, ...]
    conditions: str = ""
    over: int = 0


@transaction.atomic
def answer_gate(
    *, by: Viewer, appraisal: Appraisal, key: str, fields: dict[str, str], not_applying: str = ""
) -> GateAnswer:
    """Answer a gate's fields, or say why it does not apply."""
    held = own(by, appraisal)
    gate = next((one for one in gates_for(held.service) if one.key == key), None)
    if gate is None:
        raise NotFound("There is no such gate for this service.")
    answers = _answers(gate, fields, not_applying)
    row = GateAnswer.objects.filter(appraisal=held, gate=key).first()
    made = row or GateAnswer(partnership_id=held.partnership_id, appraisal=held, gate=key)
    made.fields, made.not_applying = answers, not_applying.strip()
    made.answered_by, made.answered_at = acting_person(by), clock.now()
    saved(made)
    record_event(by=by, verb=Verb.GATE_ANSWERED, subject=held, partnership=held.partnership_id)
    return made


@transaction.atomic
def write_notes(*, by: Viewer, appraisal: Appraisal, said: NotesSaid) -> CaseNotes:
    """What is recommended and why, how it is paid for, bought and run, and what is exempt."""
    held = own(by, appraisal)
    impersonal(said.because, said.affordable, said.bought, said.managed, said.exempt)
    given = {name: value.strip() for name, value in asdict(said).items() if isinstance(value, str)}
    option = None
    if said.recommended is not None:
        option = held.options.filter(pk=said.recommended).first()
        if option is None:
            raise NotFound("There is no such option here.")
    row = CaseNotes.objects.filter(appraisal=held).first()
    made = row or CaseNotes(partnership_id=held.partnership_id, appraisal=held)
    for name, value in given.items():
        setattr(made, name, value)
    made.recommended = option
    saved(made)
    record_event(by=by, verb=Verb.CASE_WRITTEN, subject=held, partnership=held.partnership_id)
    return made


@transaction.atomic
def choose_option(*, by: Viewer, appraisal: Appraisal, said: Chosen) -> ChoiceVersion:
    """Record the decision with what it stood on; the chosen option is what a specification is written for."""
    there = appraisal.partnership_id
    require(by, Permission.DECIDE, there)
    Appraisal.objects.select_for_update().get(pk=appraisal.pk)
    view = appraisal_for(by, there, appraisal.pk)
    option = _sound(view, said)
    identity = Choice.objects.filter(appraisal=appraisal).first()
    if (identity.next_number() - 1 if identity else 0) != said.over:
        raise Refused("It was decided meanwhile. Read the newest decision, then decide over that.")
    identity = identity or saved(Choice(partnership_id=there, appraisal=appraisal))
    frozen = frozen_of(view, option, money_of(by, there, view)[1])
    version = saved(ChoiceVersion(
        partnership_id=there, identity=identity, number=identity.next_number(), body=said.body.strip(),
        option=Option.objects.get(pk=said.option), reasons=said.reasons.strip(),
        conditions=said.conditions.strip(), decided_on=said.decided_on, recorded_by=acting_person(by),
        frozen=frozen, digest=digest_of(frozen),
    ))
    _takers(version, said)
    record_event(by=by, verb=Verb.CHOSEN, subject=identity, partnership=there, version=version.number)
    return version


def _answers(gate: Gate, fields: dict[str, str], not_applying: str) -> dict[str, str]:
    if not_applying.strip():
        if not gate.may_not_apply:
            raise Refused(f"{gate.title} always applies. Answer its questions.")
        if any(fields.get(one.key, "").strip() for one in gate.fields):
            raise Refused(f"{gate.title}: answer it, or say why it does not apply; not both.")
        impersonal(not_applying)
        return {}
    answers = {one.key: fields.get(one.key, "").strip() for one in gate.fields}
    lacking = [one.label for one in gate.fields if not answers[one.key]]
    if lacking:
        ways = ", or say why the gate does not apply" if gate.may_not_apply else ""
        raise Refused(f"Still to be answered: {' '.join(lacking)} Answer{ways}.")
    if any(len(one) > LONGEST for one in answers.values()):
        raise Refused(f"An answer is longer than {LONGEST:,} letters. Say it in fewer words.")
    impersonal(*answers.values())
    return answers


def _sound(view: AppraisalView, said: Chosen) -> UUID:
    if view.unmet:
        titles = ", ".join(one.gate.title for one in view.unmet)
        raise Refused(f"The decision cannot close yet. Not answered: {titles}. Answer each gate, or say with a "
                      "reason that it does not apply.")
    if view.missing:
        raise Refused(f"The decision cannot close yet. {' '.join(view.missing)}")
    if said.option not in {one.id for one in view.short}:
        raise Refused("Choose an option of the short list.")
    if not said.reasons.strip():
        raise Refused("Say why: a decision without reasons cannot be defended.")
    impersonal(said.reasons, said.conditions)
    if said.decided_on > clock.today():
        raise Refused("The day is in the future. Record the decision once it is taken.")
    return said.option


def _takers(version: ChoiceVersion, said: Chosen) -> None:
    may = {one.person: one.organisation_id for one in deciders_of(version.partnership_id)}
    if not said.people or not set(said.people) <= set(may):
        raise Refused("Name who decided: at least one of those who may.")
    for person in dict.fromkeys(said.people):
        saved(ChoiceTaker(partnership_id=version.partnership_id, version=version, person_id=person,
                          organisation_id=may[person]))
