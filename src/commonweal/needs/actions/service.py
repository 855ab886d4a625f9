"""A service is recorded, said anew or ended; which needs it answers; what would justify one that always ran."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from dataclasses import asdict, dataclass, fields, replace
from datetime import date
from decimal import Decimal
from uuid import UUID

from django.db import models, transaction

from commonweal.core import clock
from commonweal.core.actions.recording import acting_organisation, person_of, record_event, saved
from commonweal.core.errors import NotAllowed, NotFound, Refused
from commonweal.core.models import Organisation, Partnership, PartnershipOrganisation
from commonweal.core.permissions import Permission
from commonweal.core.viewer import Viewer, acted_for, require
from commonweal.needs.card import themes
from commonweal.needs.models import (
    Answers,
    Need,
    NeedState,
    NeedVersion,
    Service,
    ServiceKind,
    ServiceNeed,
    WhyItRuns,
)
from commonweal.needs.personal_text import personal_in
from commonweal.needs.service_reading import Named

MOST = 500
EARLIEST = 1600
NOBODY_BY_NAME = "Name a body or a group, never a person, and leave out telephone numbers and e-mail addresses."


class Verb(models.TextChoices):
    """The deeds of what is provided."""

    RECORDED = "service.recorded"
    CHANGED = "service.changed"
    ENDED = "service.ended"
    JUDGED = "service.needs_said"
    ASKED = "service.question_answered"


@dataclass(frozen=True, slots=True, kw_only=True)
class ServiceSaid:
    """What is said of a service; `spend_year` is the year in which the financial year begins."""

    name: str
    kind: ServiceKind
    run_by: str
    themes: tuple[str, ...]
    reason: WhyItRuns
    site: str = ""
    areas: tuple[Named, ...] = ()
    groups: str = ""
    spend: Decimal | None = None
    spend_year: int | None = None
    spend_source: str = ""
    since: int | None = None
    reason_words: str = ""
    money_ends: date | None = None
    review: date | None = None


@dataclass(frozen=True, slots=True)
class Judged:
    """How far a service answers one need, and how that is known."""

    answers: Answers
    how_known: str = ""


@transaction.atomic
def record_service(*, by: Viewer, partnership: Partnership, said: ServiceSaid) -> Service:
    """A service of the partnership's places, for all partners who see its evidence."""
    require(by, Permission.RECORD_EVIDENCE, partnership.pk)
    if Service.objects.filter(partnership=partnership, ended=None).count() >= MOST:
        raise Refused(f"There are {MOST} services here already. End those that no longer run, or join small ones.")
    _sound(said)
    row = Service(
        partnership=partnership, said_for=acting_organisation(by, partnership), said_by=person_of(by),
    )
    return _written(by, row, said, Verb.RECORDED)


@transaction.atomic
def change_service(*, by: Viewer, service: Service, said: ServiceSaid) -> Service:
    """What is said anew of a service, by whoever runs it or recorded it; its history keeps what was said."""
    row = _own(by, service)
    _sound(said)
    return _written(by, row, said, Verb.CHANGED)


@transaction.atomic
def end_service(*, by: Viewer, service: Service) -> None:
    """It no longer runs. Again changes nothing."""
    row = _own(by, service, ended=True)
    if row.ended is None:
        row.ended = clock.today()
        saved(row)
        record_event(by=by, verb=Verb.ENDED, subject=row, partnership=row.partnership_id)


@transaction.atomic
def say_needs(*, by: Viewer, service: Service, judged: Mapping[UUID, Judged]) -> int:
    """How far the service answers the newest version of each need; how many answers changed."""
    require(by, Permission.RECORD_EVIDENCE, service.partnership_id)
    row = _locked(service)
    needs = Need.objects.filter(partnership=row.partnership_id, pk__in=judged).exclude(state=NeedState.WITHDRAWN)
    found = {need.pk: need for need in needs}
    if set(judged) - set(found):
        raise NotFound("One of these needs is not there any more. Look again, then say it.")
    changed = sum(_judged(by, row, found[key], said) for key, said in judged.items())
    if changed:
        record_event(by=by, verb=Verb.JUDGED, subject=row, partnership=row.partnership_id)
    return changed


@transaction.atomic
def answer_question(
    *, by: Viewer, service: Service, would_justify: str, asked_by: str, review: date
) -> Service:
    """What need would justify a service that always ran, who asked, and when it is looked at again."""
    row = _own(by, service)
    if not would_justify.strip() or not asked_by.strip():
        raise Refused("Say what need would justify it, and who asked. Nobody yet is an answer too.")
    if review <= clock.today():
        raise Refused("The day to look again must be after today.")
    _nobody(would_justify, asked_by)
    row.would_justify, row.asked_by, row.review = would_justify.strip(), asked_by.strip(), review
    saved(row)
    record_event(by=by, verb=Verb.ASKED, subject=row, partnership=row.partnership_id)
    return row


def _written(by: Viewer, row: Service, said: ServiceSaid, verb: Verb) -> Service:
    for field in fields(said):
        setattr(row, field.name, getattr(said, field.name))
    row.areas, row.themes = [asdict(one) for one in said.areas], list(said.themes)
    row.organisation = _partner(row.partnership, said.run_by)
    saved(row)
    record_event(by=by, verb=verb, subject=row, partnership=row.partnership_id)
    return row


def _partner(partnership: Partnership, name: str) -> Organisation | None:
    """The partner of that name, where there is one."""
    seats = PartnershipOrganisation.objects.on(clock.today()).filter(
        partnership=partnership, organisation__name__iexact=name.strip()
    )
    seat = seats.select_related("organisation").first()
    return seat.organisation if seat else None


def _sound(said: ServiceSaid) -> None:
    known = {one.key for one in themes()}
    if not said.themes or set(said.themes) - known:
        raise Refused("Choose at least one theme of the list.")
    if said.since is not None and not EARLIEST <= said.since <= clock.today().year:
        raise Refused(f"The year since when it runs must be between {EARLIEST} and this year.")
    if said.spend_year is not None and said.spend_year > clock.today().year:
        raise Refused("The financial year of the spend has not begun. Give the last one that is known.")
    if said.reason == WhyItRuns.EXTERNAL and said.money_ends is None:
        raise Refused("Say when the money from outside ends. Where that is not known, choose “Nobody here knows”.")
    _nobody(said.reason_words, said.groups, said.run_by, said.spend_source)


def _nobody(*texts: str) -> None:
    if any(one.what != "a postcode" for text in texts for one in personal_in(text)):
        raise Refused(NOBODY_BY_NAME)


def _judged(by: Viewer, service: Service, need: Need, said: Judged) -> bool:
    """Whether anything changed."""
    held = ServiceNeed.objects.filter(service=service, need=need).first()
    version = NeedVersion.objects.filter(identity=need).latest("number")
    told = (said.answers, said.how_known.strip(), version.pk)
    if held is not None and (held.answers, held.how_known, held.version_id) == told:
        return False
    if said.answers in (Answers.WHOLE, Answers.PART) and not told[1]:
        raise Refused(f"{need.title}: say in a few words how you know.")
    _nobody(told[1])
    row = held or ServiceNeed(partnership_id=service.partnership_id, service=service, need=need)
    row.answers, row.how_known, row.version = told[0], told[1], version
    row.judged_by, row.judged_on = person_of(by), clock.today()
    saved(row)
    return True


def _locked(service: Service, *, ended: bool = False) -> Service:
    row: Service = Service.objects.select_for_update().get(pk=service.pk)
    if row.ended is not None and not ended:
        raise Refused("This service no longer runs. Record it anew if it begins again.")
    return row


def _own(by: Viewer, service: Service, *, ended: bool = False) -> Service:
    """The row, locked, where the person acts for whoever runs it or recorded it."""
    require(by, Permission.RECORD_EVIDENCE, service.partnership_id)
    row = _locked(service, ended=ended)
    if acted_for(by, row.partnership_id) not in (row.organisation_id, row.said_for_id):
        raise NotAllowed("Only the organisation that runs this service, or that recorded it, can do this.")
    return row


@transaction.atomic
def bring_services(
    *, by: Viewer, partnership: Partnership, services: Iterable[tuple[ServiceSaid, Collection[str]]]
) -> tuple[int, int]:
    """A whole list, all of it or none: how many were new, and how many were here already.

    Of those only what is given (the names beside each) is said anew.
    """
    require(by, Permission.RECORD_EVIDENCE, partnership.pk)
    new = changed = 0
    for said, given in services:
        held = Service.objects.filter(
            partnership=partnership, name__iexact=said.name, run_by__iexact=said.run_by, ended=None
        ).first()
        try:
            if held is None:
                record_service(by=by, partnership=partnership, said=said)
                new += 1
            else:
                fresh = {name: getattr(said, name) for name in given}
                change_service(by=by, service=held, said=replace(_said_of(held), **fresh))
                changed += 1
        except (Refused, NotAllowed) as refusal:
            raise type(refusal)(f"{said.name}: {refusal}") from refusal
    return new, changed


def _said_of(row: Service) -> ServiceSaid:
    """What is held of a service, as it was said."""
    held = {field.name: getattr(row, field.name) for field in fields(ServiceSaid)}
    return ServiceSaid(**{
        **held, "kind": ServiceKind(row.kind), "reason": WhyItRuns(row.reason), "themes": tuple(row.themes),
        "areas": tuple(Named(**one) for one in row.areas),
    })
