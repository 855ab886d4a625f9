"""A return's numbers sent by a program: the same checks and the same sentences as on its pages."""

from __future__ import annotations

from typing import Annotated, Any
from uuid import UUID

from django.http import HttpRequest
from ninja import Field, Router, Schema

from commonweal.core import clock
from commonweal.core.errors import NotFound, Refused
from commonweal.core.models import TokenScope
from commonweal.core.queries.partnerships import partnership_for
from commonweal.core.token_access import ByToken, only_here
from commonweal.core.viewer import viewer_from
from commonweal.measures.actions.answering import Answering, Said, nothing_happened, send_numbers
from commonweal.measures.api_returns import ReturnRefusal, SheetOut, sheet_out
from commonweal.measures.models import Channel
from commonweal.measures.pages.returning import clash_words
from commonweal.measures.queries.sheet import Sheet, return_row, said_of, sheet_of

router = Router(tags=["Returns"])

MOST_LETTERS = 5_000
Words = Annotated[str, Field(strict=True, max_length=MOST_LETTERS)]
Whole = Annotated[int, Field(strict=True, ge=0, le=10**12)]


class AnswerGiven(Schema):
    """One answer: `value`, or `cannot` and why. `seen` is the `number` you last read, where you read one."""

    model_config = {"extra": "forbid"}

    question: Annotated[str, Field(strict=True, max_length=40)]
    value: Whole | Words | dict[str, Whole | Words] | None = None
    cannot: Annotated[str, Field(strict=True, max_length=80)] = ""
    seen: Whole | None = None


class Sending(Schema):
    """Answers, and whether the return is sent with them. `nothing` says that nothing happened, and sends it."""

    model_config = {"extra": "forbid"}

    answers: Annotated[list[AnswerGiven], Field(max_length=40)] = []
    send: bool = False
    nothing: bool = False


class SentOut(Schema):
    """The return as it stands now; `notices` tell whose answers gave way."""

    now: SheetOut
    notices: list[str]


REFUSED: dict[int, Any] = {400: ReturnRefusal, 401: ReturnRefusal, 403: ReturnRefusal, 404: ReturnRefusal}


@router.post("/partnerships/{partnership}/returns/{returned}/answers", response={200: SentOut, **REFUSED},
             auth=ByToken(TokenScope.RETURNS), summary="Send a return's numbers", url_name="return_answers")
def return_answers(request: HttpRequest, partnership: UUID, returned: UUID, sending: Sending) -> SentOut:
    """By a token that may send returns. All of it is kept or, with a sentence that says why, nothing.

    What was sent before is corrected the same way, and the difference stays. Sending it twice does no harm.
    """
    only_here(request, partnership)
    viewer = viewer_from(request)
    partnership_for(viewer, partnership)
    row = return_row(viewer, partnership, returned)
    before = sheet_of(row, clock.today())
    notices: list[str] = []
    if sending.nothing:
        if sending.answers:
            raise Refused("Say that nothing happened, or give answers: not both.")
        nothing_happened(who=Answering(by=viewer, channel=Channel.PROGRAM), to=row)
    else:
        said = _said(sending.answers, before)
        kept = send_numbers(by=viewer, to=row, said=said, send=sending.send)
        for one, held in zip(said, kept, strict=True):
            if held.over is not None:
                asked = before.answer(one.question).asked
                notices.append(clash_words(asked, said_of(asked, held.over.value, held.over.cannot), held.over.at))
    return SentOut(now=sheet_out(sheet_of(return_row(viewer, partnership, returned), clock.today())),
                   notices=notices)


def _said(answers: list[AnswerGiven], sheet: Sheet) -> tuple[Said, ...]:
    """What was sent, as the pages would say it; Refused where it answers what is not asked."""
    found: list[Said] = []
    for one in answers:
        try:
            view = sheet.answer(one.question)
        except NotFound as missing:
            keys = ", ".join(each.asked.key for each in sheet.answers)
            raise Refused(f"“{one.question}” is not asked. This return asks: {keys}.") from missing
        if one.question in (said.question for said in found):
            raise Refused(f"“{one.question}” is answered twice. Answer it once.")
        parts = dict(view.asked.parts)
        if isinstance(one.value, dict) != bool(parts) and one.value is not None:
            wanted = f"its parts: {', '.join(parts)}" if parts else "one value"
            raise Refused(f"“{one.question}” takes {wanted}.")
        unknown = [key for key in one.value if key not in parts] if isinstance(one.value, dict) else []
        if unknown:
            raise Refused(f"“{one.question}” has no part “{unknown[0][:40]}”. Its parts: {', '.join(parts)}.")
        if one.value is None and not one.cannot and not view.optional:
            raise Refused(f"Answer “{one.question}”, or say why you cannot.")
        found.append(Said(question=one.question, typed=one.value, cannot=one.cannot,
                          seen=view.number if one.seen is None else one.seen))
    return tuple(found)
