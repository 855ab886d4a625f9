"""Answers are saved one at a time, kept through clashes and corrections, and sent as one return with a receipt."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from uuid import UUID

from django.db import transaction

from commonweal.core import clock
from commonweal.core.actions.recording import acting_person, person_of, record_event, saved
from commonweal.core.errors import NotFound, Refused
from commonweal.core.ids import uuid7
from commonweal.core.permissions import Permission
from commonweal.core.viewer import Viewer, require
from commonweal.measures.actions.opening import NO_LINK, link_for
from commonweal.measures.answers import Value, reason_of, value_of
from commonweal.measures.asking import Asked, asked_in
from commonweal.measures.checking import findings
from commonweal.measures.models import (
    AnswerSave,
    Channel,
    Return,
    ReturnAnswer,
    ReturnLink,
    ReturnState,
    SpokenReturn,
)
from commonweal.measures.models.verbs import Verb
from commonweal.policy.returns import QuestionKind

LETTERS = "23456789ABCDEFGHJKLMNPQRSTUVWXYZ"  # none that is taken for another
PLACES = 8
PER_PLACE = 5


@dataclass(frozen=True, slots=True, kw_only=True)
class Answering:
    """Who answers: through which link, on which device, in which way. Nothing is known of a link's holder."""

    by: Viewer
    link: ReturnLink | None = None
    device: str = ""
    channel: Channel = Channel.LINK


@dataclass(frozen=True, slots=True, kw_only=True)
class Said:
    """One answer as typed: `key` names this save, `seen` the number of the answer its writer had before them."""

    question: str
    typed: object = ""
    cannot: str = ""
    key: UUID | None = None
    seen: int = 0


@dataclass(frozen=True, slots=True)
class Kept:
    """What became of it: its number, and the answer it took the place of unseen, if any."""

    number: int
    over: ReturnAnswer | None = None


@transaction.atomic
def save_answer(*, who: Answering, to: Return, said: Said) -> Kept:
    """Keep an answer. Sent twice it is kept once; one that takes the place of another's says so, and both stay."""
    row = _let_in(who, to)
    key = said.key or uuid7()
    again = row.saves.filter(key=key).first()
    if again is not None:
        return Kept(again.number)
    return _written(who, row, said, key, _read(asked_in(row), said))


@transaction.atomic
def save_answers(*, who: Answering, to: Return, said: tuple[Said, ...]) -> tuple[Kept, ...]:
    """Keep several at once: a whole workbook, or what was said by telephone. All are kept, or none."""
    row = _let_in(who, to)
    if row.state == ReturnState.SENT or row.answers.exists():
        return tuple(save_answer(who=who, to=row, said=one) for one in said)
    asked, by = asked_in(row), person_of(who.by)
    made: list[ReturnAnswer] = []
    for one in said:
        value, cannot = _read(asked, one)
        made.append(ReturnAnswer(partnership_id=row.partnership_id, of=row, question=one.question, number=1,
                                 value=value, cannot=cannot, device=who.device))
    AnswerSave.objects.bulk_create(
        AnswerSave(partnership_id=row.partnership_id, of=row, question=held.question, number=1, value=held.value,
                   cannot=held.cannot, key=one.key or uuid7(), device=who.device, channel=who.channel, by=by)
        for one, held in zip(said, made, strict=True))
    ReturnAnswer.objects.bulk_create(made)
    return tuple(Kept(1) for _ in made)


@transaction.atomic
def nothing_happened(*, who: Answering, to: Return) -> Return:
    """Nothing happened in the period: every number is 0, and the return is sent."""
    row = _let_in(who, to)
    if row.state == ReturnState.SENT:
        raise Refused("This return has been sent. Correct its answers one by one.")
    standing = {one.question: one.number for one in row.answers.all()}
    for asked in asked_in(row):
        if asked.kind is QuestionKind.TEXT:
            continue
        typed: object = {key: 0 for key, _ in asked.parts} if asked.parts else 0
        save_answer(who=who, to=row, said=Said(question=asked.key, typed=typed, seen=standing.get(asked.key, 0)))
    row.nothing = True
    return _sent(who, row, ())


@transaction.atomic
def send_return(*, who: Answering, to: Return) -> Return:
    """Send it: refused where a question is open or an answer cannot be; what is unlikely is kept with it."""
    row = _let_in(who, to)
    if row.state == ReturnState.SENT:
        return row
    answers = {one.question: one for one in row.answers.all()}
    for asked in asked_in(row):
        if asked.key not in answers and asked.kind not in (QuestionKind.TEXT, QuestionKind.PARTS):
            raise Refused(f"Answer “{asked.words}”, or say why you cannot.")
    found = findings({key: one.value for key, one in answers.items()}, values_before(row), clock.today())
    refusing = [one.words for one in found if one.refuses]
    if refusing:
        raise Refused(" ".join(refusing))
    return _sent(who, row, tuple(one.key for one in found))


@transaction.atomic
def send_numbers(*, by: Viewer, to: Return, said: tuple[Said, ...], send: bool) -> tuple[Kept, ...]:
    """What a program of those who work here says, as one piece: where any of it is refused, nothing is kept."""
    who = Answering(by=by, channel=Channel.PROGRAM)
    kept = save_answers(who=who, to=to, said=said)
    if send:
        send_return(who=who, to=to)
    return kept


@transaction.atomic
def enter_spoken(
    *, by: Viewer, to: Return, said_by: str, said_on: date, answers: tuple[Said, ...]
) -> SpokenReturn:
    """Enter what somebody said by telephone, and send it; it says who said it, and when."""
    who = Answering(by=by, channel=Channel.SPOKEN)
    row = _let_in(who, to)
    if said_on > clock.today():
        raise Refused("The day it was said has not come yet.")
    save_answers(who=who, to=row, said=answers)
    told = saved(SpokenReturn(partnership_id=row.partnership_id, of=row, said_by=said_by.strip(), said_on=said_on,
                              entered_by=acting_person(by)))
    record_event(by=by, verb=Verb.SPOKEN, subject=row, partnership=row.partnership_id)
    send_return(who=who, to=row)
    return told


def new_link_after(*, who: Answering, to: Return) -> str:
    """The token of the link that corrects a sent return: it takes the place of the one that was used."""
    if who.link is None:
        return ""
    return link_for(who.by, to, who.link.address)[1]


def values_before(row: Return) -> dict[str, Value | None]:
    """What was answered for the period before, where that was sent."""
    last = row.plan.returns.filter(last__lt=row.first, state=ReturnState.SENT).order_by("-last").first()
    return {} if last is None else dict(last.answers.values_list("question", "value"))


def _let_in(who: Answering, to: Return) -> Return:
    """The return, locked, for the holder of a link that works, or for whoever may work in its partnership."""
    row: Return = Return.objects.select_for_update(of=("self",)).select_related("plan").get(pk=to.pk)
    if who.link is None:
        require(who.by, Permission.RECORD_EVIDENCE, row.partnership_id)
    elif who.link.of_id != row.pk or not who.link.works():
        raise NotFound(NO_LINK)
    return row


def _read(asked: tuple[Asked, ...], said: Said) -> tuple[Value | None, str]:
    """The answer that was typed, or why there is none; Refused where it is neither."""
    one = next((each for each in asked if each.key == said.question), None)
    if one is None:
        raise NotFound("This return does not ask that.")
    value, cannot = value_of(one, said.typed), reason_of(said.cannot)
    if value is None and not cannot and one.kind not in (QuestionKind.TEXT, QuestionKind.PARTS):
        raise Refused("Answer the question, or say why you cannot.")
    return value, "" if value is not None else cannot


def _written(
    who: Answering, row: Return, said: Said, key: UUID, answer: tuple[Value | None, str]
) -> Kept:
    value, cannot = answer
    held = row.answers.filter(question=said.question).first()
    late = row.state == ReturnState.SENT
    same = held is not None and (held.value, held.cannot) == (value, cannot)
    unseen = held is not None and said.seen != held.number and not _own(held, who) and not same
    number = held.number + 1 if held else 1
    facts = {"partnership_id": row.partnership_id, "of": row, "question": said.question, "number": number,
             "value": value, "cannot": cannot, "device": who.device}
    AnswerSave(**facts, key=key, seen=said.seen, over=unseen, late=late, channel=who.channel,
               by=person_of(who.by)).save()
    if late and not same:
        record_event(by=who.by, verb=Verb.CORRECTED, subject=row, partnership=row.partnership_id)
    if held is None:
        ReturnAnswer(**facts).save()
    else:
        ReturnAnswer.objects.filter(pk=held.pk).update(
            value=value, cannot=cannot, number=number, device=who.device, at=clock.now())
    return Kept(number, held if unseen else None)


def _own(held: ReturnAnswer, who: Answering) -> bool:
    """Whether the answer that stands came from this very device."""
    return bool(held.device) and held.device == who.device


def _sent(who: Answering, row: Return, warned: tuple[str, ...]) -> Return:
    row.state, row.sent_at, row.receipt = ReturnState.SENT, clock.now(), receipt_of(row.pk)
    row.warned = list(warned)
    row.save()  # nothing of it was typed: the database's own rules are enough, and many send on the last evening
    record_event(by=who.by, verb=Verb.SENT, subject=row, partnership=row.partnership_id)
    return row


def receipt_of(identifier: UUID) -> str:
    """A short number of a return, to read out on the telephone."""
    rest, found = identifier.int & ((1 << PLACES * PER_PLACE) - 1), ""
    for _ in range(PLACES):
        rest, place = divmod(rest, len(LETTERS))
        found += LETTERS[place]
    return f"{found[:4]}-{found[4:]}"


def open_questions(row: Return) -> tuple[Asked, ...]:
    """What has neither an answer nor a reason yet."""
    there = set(row.answers.values_list("question", flat=True))
    return tuple(one for one in asked_in(row) if one.key not in there)
