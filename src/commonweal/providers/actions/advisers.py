"""Somebody is asked into the register, says yes in their own words, is spoken for, replies, and can go at once."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta
from typing import Any
from uuid import UUID

from django.core import signing
from django.db import models, transaction
from django.db.models import Q

from commonweal.core import clock
from commonweal.core.actions.recording import acting_organisation, in_turn, record_event, saved
from commonweal.core.errors import NotFound, Refused
from commonweal.core.models import Partnership
from commonweal.core.permissions import Permission
from commonweal.core.viewer import ANONYMOUS, SYSTEM, Viewer, require
from commonweal.providers.content import read
from commonweal.providers.letters import send_letter
from commonweal.providers.models import Adviser, AdviserKind, AdviserWork, Reference
from commonweal.providers.models.advisers import RENEWED

ANSWERS_WITHIN = timedelta(days=60)
MOST_WORKS, MOST_REFERENCES, MOST_ASKED = 12, 3, 500
ADVISER, REFEREE = "providers.adviser", "providers.reference"


class Verb(models.TextChoices):
    """The deeds of the register of people."""

    ASKED = "advisers.asked"
    SAID = "advisers.said"
    WORK = "advisers.work_added"
    REFERENCE = "advisers.reference_asked"
    ANSWERED = "advisers.reference_answered"
    REPLIED = "advisers.replied"
    GONE = "advisers.gone"


@dataclass(frozen=True, slots=True, kw_only=True)
class AdviserSaid:
    """What somebody says of themselves."""

    about: str
    conflicts: str
    reach: str
    area: str = ""
    prices: str = ""
    wide: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class WorkSaid:
    """One thing they did."""

    what: str
    client: str
    since: int
    until: int | None = None


def ask_adviser(
    *, by: Viewer, partnership: Partnership, name: str, email: str, kind: AdviserKind, letter: bool = True
) -> Adviser:
    """Ask somebody into the register: a letter with their own link, and nothing is shown until they say yes.

    Asked again before they answered, they get the letter anew.
    """
    with transaction.atomic():
        require(by, Permission.BRING_EVIDENCE, partnership.pk)
        in_turn(partnership)
        whose, address = acting_organisation(by, partnership), email.strip().lower()
        waiting = Adviser.objects.filter(partnership=partnership, consented_at=None, erased_at=None)
        row = waiting.filter(email=address).first() or Adviser(partnership=partnership, email=address)
        if waiting.count() >= MOST_ASKED:
            raise Refused("Too many have been asked and have not answered yet.")
        row.asked_by, row.kind, row.name, row.asked_at = whose, kind, name.strip(), clock.now()
        saved(row)
        record_event(by=by, verb=Verb.ASKED, subject=row, partnership=partnership.pk)
    if letter:
        _posted(row.email, "Would you be on a list of people who could help?", "adviser_asked", row)
    return row


@transaction.atomic
def say_yes(*, adviser: Adviser, said: AdviserSaid) -> Adviser:
    """The person themselves, by their link: what others may read of them, from now on."""
    row = _locked(adviser)
    for name in AdviserSaid.__dataclass_fields__:
        setattr(row, name, getattr(said, name))
    row.consented_at, row.confirmed_at = row.consented_at or clock.now(), clock.now()
    saved(row)
    record_event(by=ANONYMOUS, verb=Verb.SAID, subject=row, partnership=row.partnership_id)
    return row


@transaction.atomic
def add_work(*, adviser: Adviser, said: WorkSaid) -> AdviserWork:
    """One thing they did."""
    row = _locked(adviser)
    if row.works.count() >= MOST_WORKS:
        raise Refused(f"Give at most {MOST_WORKS} things you did: the ones that tell most.")
    if said.since > clock.today().year or (said.until or 0) > clock.today().year:
        raise Refused("Give years that have begun.")
    work = saved(AdviserWork(partnership_id=row.partnership_id, adviser=row, what=said.what, client=said.client,
                             since=said.since, until=said.until))
    record_event(by=ANONYMOUS, verb=Verb.WORK, subject=work, partnership=row.partnership_id)
    return work


@transaction.atomic
def take_out_work(*, work: AdviserWork) -> None:
    """It goes with whatever was said of it."""
    _locked(work.adviser)
    work.delete()


def ask_reference(*, work: AdviserWork, name: str, email: str, letter: bool = True) -> Reference:
    """Ask somebody for whom it was done; they answer by a link, or say that they would rather not."""
    with transaction.atomic():
        adviser = _locked(work.adviser)
        if adviser.consented_at is None:
            raise Refused("Say yes first: nobody is asked about somebody who is not on the list.")
        if work.references.count() >= MOST_REFERENCES:
            raise Refused(f"At most {MOST_REFERENCES} people are asked about one thing.")
        if email.strip().lower() == adviser.email:
            raise Refused("Ask somebody else: you cannot speak for yourself.")
        row = saved(Reference(partnership_id=work.partnership_id, work=work, name=name.strip(),
                              email=email.strip().lower(), version=read("references")["version"]))
        record_event(by=ANONYMOUS, verb=Verb.REFERENCE, subject=row, partnership=work.partnership_id)
    if letter:
        _posted(row.email, f"What did {adviser.name} do for you?", "reference_asked", adviser, row)
    return row


@transaction.atomic
def answer_reference(*, reference: Reference, answers: dict[str, str] | None) -> Reference:
    """Their answers, changed as often as they wish; None where they would rather not."""
    row = Reference.objects.select_for_update().get(pk=reference.pk)
    if answers is None:
        row.answers, row.answered_at, row.declined_at, row.reply, row.replied_at = {}, None, clock.now(), "", None
    else:
        known = {one["key"] for one in read("references")["questions"]}
        row.answers = {key: words for key, words in answers.items() if key in known and words}
        row.answered_at, row.declined_at = clock.now(), None
    saved(row)
    record_event(by=ANONYMOUS, verb=Verb.ANSWERED, subject=row, partnership=row.partnership_id)
    return row


@transaction.atomic
def reply_to(*, reference: Reference, words: str) -> Reference:
    """The right of reply: it stands beside the answers, wherever these are shown."""
    _locked(reference.work.adviser)
    row = Reference.objects.select_for_update().get(pk=reference.pk)
    if row.answered_at is None:
        raise Refused("There is nothing to reply to yet.")
    row.reply, row.replied_at = words.strip(), clock.now()
    saved(row)
    record_event(by=ANONYMOUS, verb=Verb.REPLIED, subject=row, partnership=row.partnership_id)
    return row


@transaction.atomic
def let_adviser_go(*, adviser: Adviser) -> None:
    """Everything they and others said goes at once; that somebody was there is counted still."""
    row = Adviser.objects.select_for_update().get(pk=adviser.pk)
    if row.erased_at is not None:
        return
    row.works.all().delete()
    for name in ("name", "email", "about", "area", "prices", "conflicts", "reach"):
        setattr(row, name, "")
    row.wide, row.erased_at = False, clock.now()
    saved(row)
    record_event(by=SYSTEM, verb=Verb.GONE, subject=row, partnership=row.partnership_id)


def let_old_advisers_go() -> None:
    """Who never answered goes after sixty days, who has not confirmed for two years goes too."""
    now = clock.now()
    advisers, references = _silent()
    for row in advisers[:500]:
        let_adviser_go(adviser=row)
    for one in references[:500]:
        one.name, one.email = "", ""
        one.declined_at = one.declined_at or now
        saved(one)


def old_advisers() -> int:
    """How many would go now."""
    return sum(rows.count() for rows in _silent())


def _silent() -> tuple[Any, Any]:
    before = clock.now() - ANSWERS_WITHIN
    silent = Q(consented_at=None, asked_at__lt=before) | Q(confirmed_at__lt=clock.now() - RENEWED)
    references = Reference.objects.filter(answered_at=None, asked_at__lt=before).exclude(email="")
    return Adviser.objects.filter(silent, erased_at=None), references


def adviser_behind(token: str) -> Adviser:
    """The person whose link this is."""
    row = Adviser.objects.filter(pk=_key(token, ADVISER), erased_at=None).select_related("partnership").first()
    if row is None:
        raise NotFound("This link leads nowhere any more: what it stood for is deleted.")
    return row


def reference_behind(token: str) -> Reference:
    """What a referee's link stands for."""
    row = Reference.objects.filter(pk=_key(token, REFEREE)).select_related("work__adviser", "partnership").first()
    if row is None:
        raise NotFound("This link leads nowhere any more: what it stood for is deleted.")
    return row


def adviser_token(row: Adviser) -> str:
    """What their own link holds."""
    return signing.dumps(str(row.pk), salt=ADVISER)


def reference_token(row: Reference) -> str:
    """What a referee's link holds."""
    return signing.dumps(str(row.pk), salt=REFEREE)


def _posted(to: str, subject: str, letter: str, adviser: Adviser, reference: Reference | None = None) -> None:
    route = "providers:reference" if reference else "providers:adviser-own"
    token = reference_token(reference) if reference else adviser_token(adviser)
    if not send_letter(to, subject, letter, route, token, {"adviser": adviser, "reference": reference,
                                                           "days": ANSWERS_WITHIN.days}):
        raise Refused("It is kept, but the letter could not be sent just now. Give them the link yourself, or try "
                      "again later.")


def _locked(adviser: Adviser) -> Adviser:
    row: Adviser | None = Adviser.objects.select_for_update().filter(pk=adviser.pk, erased_at=None).first()
    if row is None:
        raise NotFound("This entry is deleted.")
    return row


def _key(token: str, salt: str) -> UUID:
    try:
        return UUID(signing.loads(token, salt=salt))
    except (signing.BadSignature, ValueError) as wrong:
        raise NotFound("This link is not whole. Open it as it stands in the letter.") from wrong
