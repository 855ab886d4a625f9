"""A question is asked, options are listed and sifted, criteria set, and the ends of their scales agreed."""

from __future__ import annotations

from dataclasses import asdict, dataclass
from decimal import Decimal
from uuid import UUID

from django.db import models, transaction

from commonweal.core import clock
from commonweal.core.actions.recording import acting_person, record_event, saved
from commonweal.core.errors import NotFound, Refused
from commonweal.core.models import Partnership
from commonweal.core.permissions import Permission
from commonweal.core.viewer import Viewer, require
from commonweal.needs.models import NeedState, NeedVersion
from commonweal.needs.personal_text import personal_in
from commonweal.options.models import (
    Agreement,
    Appraisal,
    AppraisalNeed,
    AppraisalOutcome,
    Criterion,
    Option,
    Sift,
)
from commonweal.policy.delivery_vehicles import catalogue
from commonweal.priorities.models import OutcomeState, OutcomeVersion

MOST_OPTIONS = 20
SHORT = 12
MOST_CRITERIA = 8
CHOSEN = "An option was chosen, and what that stood on stays. Begin a new appraisal for what has changed since."


class Verb(models.TextChoices):
    """The deeds of setting an appraisal up."""

    BEGUN = "appraisal.begun"
    CHANGED = "appraisal.changed"
    OPTION_ADDED = "appraisal.option-added"
    OPTION_CHANGED = "appraisal.option-changed"
    OPTION_REMOVED = "appraisal.option-removed"
    SIFTED = "appraisal.sifted"
    CRITERIA_SET = "appraisal.criteria-set"
    ENDS_AGREED = "appraisal.ends-agreed"
    ENDS_OPENED = "appraisal.ends-opened"


@dataclass(frozen=True, slots=True, kw_only=True)
class AppraisalSaid:
    """The question, and what it stands on: identities of outcomes and needs."""

    title: str
    question: str
    service: str
    where: str
    outcomes: tuple[UUID, ...] = ()
    needs: tuple[UUID, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class OptionSaid:
    """What an option says."""

    title: str
    vehicle: str = ""
    description: str = ""
    baseline: bool = False
    agreement: UUID | None = None


@dataclass(frozen=True, slots=True)
class Sifted:
    """One option kept or put aside, and why."""

    option: UUID
    sift: Sift
    reason: str


@dataclass(frozen=True, slots=True, kw_only=True)
class CriterionSaid:
    """A criterion; `pk` where it is there already. Without a unit it is rated from 0 to 100 by its two ends."""

    title: str
    worst_means: str = ""
    best_means: str = ""
    unit: str = ""
    worst: Decimal = Decimal(0)
    best: Decimal = Decimal(100)
    outcome: UUID | None = None
    pk: UUID | None = None


@transaction.atomic
def begin_appraisal(*, by: Viewer, partnership: Partnership, said: AppraisalSaid) -> Appraisal:
    """Ask a question about a service, on needs and outcomes as they are written today."""
    require(by, Permission.RECORD_EVIDENCE, partnership.pk)
    _sound(said)
    row = saved(Appraisal(partnership=partnership, title=said.title.strip(), question=said.question.strip(),
                          service=said.service, where=said.where.strip()))
    _stand(row, said)
    record_event(by=by, verb=Verb.BEGUN, subject=row, partnership=partnership.pk)
    return row


@transaction.atomic
def change_appraisal(*, by: Viewer, appraisal: Appraisal, said: AppraisalSaid) -> Appraisal:
    """Say the question anew, and what it stands on in the newest versions."""
    held = own(by, appraisal)
    _sound(said)
    held.title, held.question = said.title.strip(), said.question.strip()
    held.service, held.where = said.service, said.where.strip()
    saved(held)
    held.outcomes.all().delete()
    held.needs.all().delete()
    _stand(held, said)
    record_event(by=by, verb=Verb.CHANGED, subject=held, partnership=held.partnership_id)
    return held


@transaction.atomic
def add_from_catalogue(*, by: Viewer, appraisal: Appraisal, keys: tuple[str, ...]) -> tuple[Option, ...]:
    """Put vehicles and redesigns of the catalogue on the long list, those that are not there yet."""
    held = own(by, appraisal)
    there = set(held.options.values_list("vehicle", flat=True))
    found = [catalogue().one(key) for key in dict.fromkeys(keys) if key not in there]
    if not found:
        raise Refused("Choose at least one that is not on the list yet.")
    rows = []
    for vehicle in found:
        if vehicle is None:
            raise NotFound("One of these is not in the catalogue any more. Choose again.")
        rows.append(_option(held, OptionSaid(title=vehicle.title, vehicle=vehicle.key, description=vehicle.says)))
    record_event(by=by, verb=Verb.OPTION_ADDED, subject=held, partnership=held.partnership_id)
    return tuple(rows)


@transaction.atomic
def add_option(*, by: Viewer, appraisal: Appraisal, said: OptionSaid) -> Option:
    """Put an option of one's own on the long list."""
    held = own(by, appraisal)
    made = _option(held, said)
    record_event(by=by, verb=Verb.OPTION_ADDED, subject=made, partnership=held.partnership_id)
    return made


@transaction.atomic
def change_option(*, by: Viewer, option: Option, said: OptionSaid) -> Option:
    """Say an option anew."""
    held = own(by, option.appraisal)
    for name, value in _fields(held, said).items():
        setattr(option, name, value)
    saved(option)
    record_event(by=by, verb=Verb.OPTION_CHANGED, subject=option, partnership=held.partnership_id)
    return option


@transaction.atomic
def remove_option(*, by: Viewer, option: Option) -> None:
    """Take an option that nobody has sifted or scored off the list; others are put aside with a reason."""
    held = own(by, option.appraisal)
    if option.sift or option.scores.exists():
        raise Refused("It was sifted or scored. Put it aside with a reason instead, so that it can be seen why.")
    record_event(by=by, verb=Verb.OPTION_REMOVED, subject=option, partnership=held.partnership_id)
    option.delete()


@transaction.atomic
def sift_options(*, by: Viewer, appraisal: Appraisal, sifted: tuple[Sifted, ...]) -> None:
    """Keep options or put them aside, each with a reason."""
    held = own(by, appraisal)
    rows = {row.pk: row for row in held.options.all()}
    for one in sifted:
        row = rows.get(one.option)
        if row is None:
            raise NotFound("One of these options is not there any more. Look again.")
        impersonal(one.reason)
        if one.sift and not one.reason.strip():
            raise Refused(f"{row.title}: say why it is {'kept' if one.sift == Sift.KEPT else 'put aside'}.")
        if row.baseline and one.sift == Sift.DROPPED:
            raise Refused(f"{row.title} is what happens if nothing is changed. Keep it to compare others with.")
        row.sift, row.sift_reason = one.sift, one.reason.strip() if one.sift else ""
        saved(row)
    _short(held)
    record_event(by=by, verb=Verb.SIFTED, subject=held, partnership=held.partnership_id)


@transaction.atomic
def set_criteria(*, by: Viewer, appraisal: Appraisal, lines: tuple[CriterionSaid, ...]) -> None:
    """All criteria with their ends, as long as these are not agreed. One that is left out is gone."""
    held = own(by, appraisal)
    if held.ends_agreed_at is not None:
        raise Refused("The ends are agreed. Open them first; weights are then asked for again.")
    if not 1 <= len(lines) <= MOST_CRITERIA:
        raise Refused(f"Give from 1 to {MOST_CRITERIA} criteria. More cannot be weighed with care.")
    if len({one.title.strip().casefold() for one in lines}) != len(lines):
        raise Refused("Two criteria are the same. Each thing is weighed once.")
    rows = {row.pk: row for row in held.criteria.all()}
    kept = {one.pk for one in lines if one.pk}
    held.criteria.exclude(pk__in=kept).delete()
    outcomes = {one.outcome.identity_id: one.outcome for one in held.outcomes.select_related("outcome")}
    for position, one in enumerate(lines, start=1):
        row = rows.get(one.pk) if one.pk else None
        made = row or Criterion(partnership_id=held.partnership_id, appraisal=held)
        made.position = position
        _criterion(made, one, outcomes)
    record_event(by=by, verb=Verb.CRITERIA_SET, subject=held, partnership=held.partnership_id)


@transaction.atomic
def agree_ends(*, by: Viewer, appraisal: Appraisal) -> Appraisal:
    """Fix the criteria and the ends of their scales, before anything is weighed."""
    held = own(by, appraisal)
    if held.ends_agreed_at is not None:
        raise Refused("The ends are agreed already.")
    if not held.criteria.exists():
        raise Refused("There is no criterion yet. Set the criteria, then agree their ends.")
    held.ends_agreed_at, held.ends_agreed_by = clock.now(), acting_person(by)
    saved(held)
    record_event(by=by, verb=Verb.ENDS_AGREED, subject=held, partnership=held.partnership_id)
    return held


@transaction.atomic
def open_ends(*, by: Viewer, appraisal: Appraisal) -> Appraisal:
    """Open the ends again: scores stay, weights given for the old ends no longer count."""
    held = own(by, appraisal)
    held.ends_agreed_at = held.ends_agreed_by = None
    saved(held)
    record_event(by=by, verb=Verb.ENDS_OPENED, subject=held, partnership=held.partnership_id)
    return held


def own(by: Viewer, appraisal: Appraisal) -> Appraisal:
    """The appraisal, locked, for those who may write; refused once an option was chosen."""
    require(by, Permission.RECORD_EVIDENCE, appraisal.partnership_id)
    held: Appraisal = Appraisal.objects.select_for_update().get(pk=appraisal.pk)
    if hasattr(held, "choice"):
        raise Refused(CHOSEN)
    return held


def impersonal(*texts: str) -> None:
    """Refused where a text seems to name a person."""
    if any(personal_in(text) for text in texts):
        raise Refused("The text seems to name a person, or how to reach one. Take that out: partners read it.")


def _sound(said: AppraisalSaid) -> None:
    impersonal(said.title, said.question, said.where)
    if said.service not in {one.key for one in catalogue().services}:
        raise Refused("There is no such service. Choose one of the list.")
    if not said.outcomes and not said.needs:
        raise Refused("Choose at least one need or outcome: an option that answers none has no reason to be.")


def _stand(row: Appraisal, said: AppraisalSaid) -> None:
    there = row.partnership_id
    outcomes = OutcomeVersion.objects.filter(
        partnership=there, identity__in=said.outcomes, identity__state=OutcomeState.STANDS).latest_each()
    needs = NeedVersion.objects.filter(
        partnership=there, identity__in=said.needs).exclude(identity__state=NeedState.WITHDRAWN).latest_each()
    if len(outcomes) != len(set(said.outcomes)) or len(needs) != len(set(said.needs)):
        raise NotFound("One of these needs or outcomes is not there any more, or was withdrawn. Choose again.")
    for outcome in outcomes:
        saved(AppraisalOutcome(partnership_id=there, appraisal=row, outcome=outcome))
    for need in needs:
        saved(AppraisalNeed(partnership_id=there, appraisal=row, need=need))


def _option(held: Appraisal, said: OptionSaid) -> Option:
    if held.options.count() >= MOST_OPTIONS:
        raise Refused(f"A long list has {MOST_OPTIONS} options at most. Join some that are alike.")
    last = held.options.aggregate(top=models.Max("position"))["top"] or 0
    return saved(Option(
        partnership_id=held.partnership_id, appraisal=held, position=last + 1, **_fields(held, said)))


def _fields(held: Appraisal, said: OptionSaid) -> dict[str, object]:
    impersonal(said.title, said.description)
    if said.vehicle and catalogue().one(said.vehicle) is None:
        raise Refused("There is no such vehicle or redesign. Choose one of the list.")
    agreement = None
    if said.agreement is not None:
        agreement = Agreement.objects.filter(partnership=held.partnership_id, pk=said.agreement).first()
        if agreement is None:
            raise NotFound("There is no such agreement here.")
    text = {name: value.strip() for name, value in asdict(said).items() if isinstance(value, str)}
    return {**text, "baseline": said.baseline, "agreement": agreement}


def _short(held: Appraisal) -> None:
    """Not more than people can score with care, and with it what happens if nothing is changed."""
    kept = held.options.filter(sift=Sift.KEPT)
    if kept.count() > SHORT:
        raise Refused(f"Keep {SHORT} options at most: people cannot score more with care.")
    if not kept.exists() or kept.filter(baseline=True).exists():
        return
    base = held.options.filter(baseline=True).first()
    if base is not None:
        raise Refused(f"Keep {base.title} too: it is what happens if nothing is changed, and others are compared "
                      "with it.")
    raise Refused("None of these options is what happens if nothing is changed. Add that one to the long list, or "
                  "mark the one that is it, so that the others are compared with it.")


def _criterion(made: Criterion, said: CriterionSaid, outcomes: dict[UUID, OutcomeVersion]) -> None:
    impersonal(said.title, said.worst_means, said.best_means)
    if not said.unit.strip() and not (said.worst_means.strip() and said.best_means.strip()):
        raise Refused(f"{said.title}: say what the worst and the best end mean, or give a measure with its unit.")
    if said.outcome is not None and said.outcome not in outcomes:
        raise Refused(f"{said.title}: choose an outcome that this question stands on.")
    made.title, made.unit = said.title.strip(), said.unit.strip()
    made.worst_means, made.best_means = said.worst_means.strip(), said.best_means.strip()
    made.worst, made.best = (said.worst, said.best) if made.unit else (Decimal(0), Decimal(100))
    made.outcome = outcomes[said.outcome] if said.outcome else None
    saved(made)
