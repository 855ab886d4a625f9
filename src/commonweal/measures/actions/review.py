"""A review is opened, judged agreement by agreement, decided by a body, and begins the next round."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date
from uuid import UUID

from django.db import transaction

from commonweal.core import clock
from commonweal.core.actions.recording import acting_person, record_event, saved
from commonweal.core.actions.steps import reopen_step
from commonweal.core.errors import NotFound, Refused
from commonweal.core.models import Partnership
from commonweal.core.permissions import Permission
from commonweal.core.queries.steps import closing_of
from commonweal.core.viewer import Viewer, require
from commonweal.measures.models import CarriedOver, Review, ReviewDecision, ReviewLine, ReviewVersion
from commonweal.measures.models.performance_verbs import ReviewVerb
from commonweal.measures.queries.review import earliest_day, needs_answered, seen_today
from commonweal.measures.review_content import notice, review_content, verdicts
from commonweal.measures.reviewed import LineSeen, digest_of, frozen_of, thawed
from commonweal.needs.actions.evidence import Told, place_evidence, record_evidence
from commonweal.needs.actions.need import hold_evidence
from commonweal.needs.models import Need, Verdict
from commonweal.options.models import Agreement
from commonweal.present.wording import listed, spoken

MOST = 60
LINE = 1800


@dataclass(frozen=True, slots=True, kw_only=True)
class Judged:
    """What is proposed for one agreement."""

    verdict: str
    reasons: str
    from_day: date
    lessons: str = ""


@transaction.atomic
def open_review(
    *, by: Viewer, partnership: Partnership, title: str, first: date, last: date, agreements: tuple[UUID, ...]
) -> Review:
    """Look back on some agreements over some days."""
    require(by, Permission.RECORD_EVIDENCE, partnership.pk)
    rows = list(Agreement.objects.filter(partnership=partnership, pk__in=agreements))
    if not rows or len(rows) != len(set(agreements)):
        raise Refused("Choose at least one agreement from the register.")
    if len(rows) > MOST:
        raise Refused(f"Review {MOST} agreements at most in one go.")
    review = saved(Review(partnership=partnership, title=title.strip(), first=first, last=last))
    for one in rows:
        saved(ReviewLine(partnership=partnership, review=review, agreement=one))
    record_event(by=by, verb=ReviewVerb.OPENED, subject=review, partnership=partnership.pk)
    return review


@transaction.atomic
def judge_agreement(*, by: Viewer, line: ReviewLine, said: Judged) -> ReviewLine:
    """Propose what becomes of one agreement, why and from when; less or nothing only after due notice."""
    require(by, Permission.RECORD_EVIDENCE, line.partnership_id)
    row: ReviewLine = ReviewLine.objects.select_for_update().select_related("agreement").get(pk=line.pk)
    verdict = verdicts().get(said.verdict)
    if verdict is None:
        raise Refused("Choose what becomes of it from the list.")
    if not needs_answered(row.agreement):
        raise Refused("This agreement answers no need, so no decision on it could be traced to one. Say in the "
                      "register what it answers.")
    _fair(said.verdict, said.from_day, clock.today())
    row.verdict, row.reasons, row.lessons = said.verdict, said.reasons.strip(), said.lessons.strip()
    row.from_day = said.from_day
    saved(row)
    record_event(by=by, verb=ReviewVerb.JUDGED, subject=row, partnership=row.partnership_id)
    return row


@transaction.atomic
def decide_review(
    *, by: Viewer, review: Review, body: str, decided_on: date, over: int = 0, missed_because: str = ""
) -> ReviewVersion:
    """Decide it as it is judged: frozen with what it stands on. A later version supersedes it; none is altered.

    Where nobody has said what is done for some who may be missed, `missed_because` says why not.
    """
    require(by, Permission.DECIDE, review.partnership_id)
    held: Review = Review.objects.select_for_update().get(pk=review.pk)
    if held.next_number() - 1 != over:
        raise Refused("It was decided meanwhile. Read the newest version, then decide over that.")
    if decided_on > clock.today():
        raise Refused("The day is in the future. Record the decision once it is taken.")
    lines = list(held.lines.select_related("agreement"))
    waiting = [one.agreement.title for one in lines if not one.verdict]
    if waiting:
        raise Refused(f"Say first what becomes of {waiting[0]}.")
    for one in lines:
        if one.from_day:
            _fair(one.verdict, one.from_day, decided_on, one.agreement.title)
    seen = replace(seen_today(by, held), missed_because=missed_because.strip())
    if seen.unanswered and not seen.missed_because:
        raise Refused(f"Nobody has said what this review does for {listed(list(seen.unanswered[:3]))}"
                      f"{' and others' if len(seen.unanswered) > 3 else ''}. Say it, or write why not.")
    frozen = frozen_of(seen)
    version = saved(ReviewVersion(
        partnership_id=held.partnership_id, identity=held, number=held.next_number(), body=body.strip(),
        decided_on=decided_on, recorded_by=acting_person(by), frozen=frozen, digest=digest_of(frozen)))
    for one in lines:
        assert one.from_day is not None
        for need in needs_answered(one.agreement):
            saved(ReviewDecision(partnership_id=held.partnership_id, version=version, agreement=one.agreement,
                                 need=need, verdict=one.verdict, from_day=one.from_day))
    record_event(by=by, verb=ReviewVerb.DECIDED, subject=held, partnership=held.partnership_id,
                 version=version.number)
    return version


@transaction.atomic
def carry_over(
    *, by: Viewer, version: ReviewVersion, says: Mapping[tuple[UUID, UUID], Verdict], text_checked: bool = False
) -> tuple[CarriedOver, ...]:
    """Begin the next round: what came of each agreement, as evidence held against each need it answers.

    `says`, by agreement and need, is what it says of that need now; what is not in it is not carried.
    """
    require(by, Permission.RECORD_EVIDENCE, version.partnership_id)
    Review.objects.select_for_update().get(pk=version.identity_id)
    if version.number != version.identity.next_number() - 1:
        raise Refused("A newer version of this review was decided. Carry that one over.")
    seen = {one.key: one for one in thawed(version.frozen).lines}
    pairs = {(one.agreement_id, one.need.identity_id) for one in version.decisions.select_related("need")}
    if not says or not set(says) <= pairs:
        raise NotFound("Choose from the agreements and needs that were decided on.")
    there, made = set(version.carried.values_list("agreement_id", "need_id")), []
    for agreement in dict.fromkeys(key for key, _ in says):
        wanted = [(need, verdict) for (key, need), verdict in says.items()
                  if key == agreement and (key, need) not in there]
        if wanted:
            item = _evidence(by, version, seen[agreement], text_checked=text_checked)
            made += [_carried(by, version, agreement, need, item, verdict) for need, verdict in wanted]
    if not made:
        raise Refused("This has been carried over already.")
    _open_steps(by, version)
    record_event(by=by, verb=ReviewVerb.CARRIED, subject=version.identity, partnership=version.partnership_id,
                 version=version.number)
    return tuple(made)


def _open_steps(by: Viewer, version: ReviewVersion) -> None:
    """Evidence and needs are worked on again, where they were closed and the viewer may open them."""
    there, why = Partnership.objects.get(pk=version.partnership_id), f"{version.identity.title}: the next round"
    for step in ("evidence", "needs"):
        if by.may(Permission.MANAGE_PARTNERSHIP, there.pk) and closing_of(there.pk, step) is not None:
            reopen_step(by=by, partnership=there, step=step, reason=why)


def _fair(verdict: str, from_day: date, agreed_on: date, title: str = "") -> None:
    """Less, or nothing more, only once those who deliver have had their notice."""
    least = earliest_day(agreed_on)
    if verdicts()[verdict].notice and from_day < least:
        of = f"{title}: t" if title else "T"
        raise Refused(f"{of}hose who deliver are due {notice().months} months' notice. "
                      f"Choose {least:%-d %B %Y} or later.")


def _evidence(by: Viewer, version: ReviewVersion, line: LineSeen, *, text_checked: bool) -> UUID:
    """What came of an agreement, as a piece of evidence placed before the partners."""
    review, there = version.identity, Partnership.objects.get(pk=version.partnership_id)
    told = [f"{one.title}: {spoken(one.figure)} ({one.figure.period})." for one in line.measures if one.figure]
    words = " ".join([line.returns, *told, *(f"{one}." for one in line.reached),
                      f"Decided: {verdicts()[line.verdict].title.lower()}."])
    item = record_evidence(by=by, partnership=there, text_checked=text_checked, told=Told(
        title=f"What came of {line.title}: {review.title}"[:300], kind="records", perspective="providers",
        summary=words[:LINE], limits=" ".join(review_content()["unknown"][1:]),
        citation=f"{review.title}, version {version.number}, {version.body}, {version.decided_on:%-d %B %Y}; "
        f"{version.digest[:12]}",
        gathered_from=review.first, gathered_to=min(review.last, clock.today())))
    place_evidence(by=by, partnership=there, item=item.pk)
    return item.pk


def _carried(
    by: Viewer, version: ReviewVersion, agreement: UUID, need: UUID, item: UUID, verdict: Verdict
) -> CarriedOver:
    held = hold_evidence(by=by, need=Need.objects.get(pk=need), item=item, verdict=verdict,
                         note=f"Carried over from {version.identity.title}, version {version.number}.")
    return saved(CarriedOver(partnership_id=version.partnership_id, version=version, agreement_id=agreement,
                             need_id=need, item_id=held.item_id))
