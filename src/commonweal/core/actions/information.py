"""Somebody asks for information: what answers it is gathered, names left out, or held back with the reason."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from django.db import models, transaction

from commonweal.core import clock
from commonweal.core.actions.recording import acting_person, record_event, saved
from commonweal.core.errors import NotFound, Refused
from commonweal.core.models import InformationItem, InformationRequest, Partnership
from commonweal.core.permissions import Permission
from commonweal.core.redaction import Redactor, names_held
from commonweal.core.viewer import Viewer, require
from commonweal.policy.information_requests import answer_by, exemptions, regimes

MOST = 200
KEPT = timedelta(days=3 * 365)


class Verb(models.TextChoices):
    """The deeds of requests for information."""

    RECEIVED = "information.received"
    GATHERED = "information.gathered"
    HELD_BACK = "information.held_back"
    ANSWERED = "information.answered"


@dataclass(frozen=True, slots=True, kw_only=True)
class Asked:
    """What was asked, under which law, by whom and when."""

    words: str
    regime: str
    received: date
    name: str = ""
    reach: str = ""


@transaction.atomic
def receive_request(*, by: Viewer, partnership: Partnership, asked: Asked) -> InformationRequest:
    """Logged, with the day its answer is due."""
    require(by, Permission.MANAGE_PARTNERSHIP, partnership.pk)
    if asked.regime not in regimes():
        raise Refused("Choose the law it is asked under")
    if asked.received > clock.today():
        raise Refused("It cannot have come after today. Check the date.")
    if asked.received.year < clock.today().year - 2:
        raise Refused("It came more than two years ago. Check the date.")
    row = saved(InformationRequest(
        partnership=partnership, regime=asked.regime, name=asked.name.strip(), reach=asked.reach.strip(),
        words=asked.words.strip(), received=asked.received, answer_by=answer_by(asked.regime, asked.received),
        by=acting_person(by),
    ))
    record_event(by=by, verb=Verb.RECEIVED, subject=row, partnership=partnership.pk)
    return row


@transaction.atomic
def gather_items(*, by: Viewer, request: InformationRequest, items: list[tuple[str, str]]) -> int:
    """Titles and words that answer it, with names left out; what is there already is not taken twice."""
    row = _open(by, request)
    redactor, there = Redactor(names_held()), set(row.items.values_list("title", "words"))
    if len(there) + len(items) > MOST:
        raise Refused(f"A bundle holds {MOST} items at most. Ask them to narrow the request.")
    count = 0
    for title, words in items:
        said = (redactor.words(title)[:400], redactor.words(words)[:20_000])
        if said in there or not said[0].strip():
            continue
        saved(InformationItem(partnership_id=row.partnership_id, request=row, title=said[0], words=said[1]))
        there.add(said)
        count += 1
    record_event(by=by, verb=Verb.GATHERED, subject=row, partnership=row.partnership_id)
    return count


@transaction.atomic
def hold_back(*, by: Viewer, item: InformationItem, exemption: str, reason: str) -> InformationItem:
    """Not released, with the exemption and why; or, with no exemption, released after all."""
    row = _open(by, item.request)
    known = exemptions().get(exemption)
    if exemption and (known is None or known.regime != row.regime):
        raise Refused("Choose a reason of the law it is asked under")
    held = InformationItem.objects.select_for_update().filter(pk=item.pk).first()
    if held is None:
        raise NotFound("There is no such item any more.")
    held.exemption, held.reason = exemption, reason.strip() if exemption else ""
    saved(held)
    record_event(by=by, verb=Verb.HELD_BACK, subject=row, partnership=row.partnership_id)
    return held


@transaction.atomic
def answer_request(*, by: Viewer, request: InformationRequest, day: date) -> InformationRequest:
    """It was sent on a day; nothing is changed after."""
    row = _open(by, request)
    if not row.received <= day <= clock.today():
        raise Refused("The day lies between the day it came and today.")
    row.answered = day
    saved(row)
    record_event(by=by, verb=Verb.ANSWERED, subject=row, partnership=row.partnership_id)
    return row


def old_askers() -> Any:
    """Requests answered three years ago that still say who asked."""
    rows = InformationRequest.objects.filter(answered__lt=clock.today() - KEPT)
    return rows.exclude(name="", reach="")


def let_askers_go() -> int:
    """Who asked goes; what was asked and answered stays."""
    return int(old_askers().update(name="", reach=""))


def _open(by: Viewer, request: InformationRequest) -> InformationRequest:
    require(by, Permission.MANAGE_PARTNERSHIP, request.partnership_id)
    row: InformationRequest = InformationRequest.objects.select_for_update(of=("self",)).get(pk=request.pk)
    if row.answered:
        raise Refused("It was answered already. Log a new request.")
    return row
