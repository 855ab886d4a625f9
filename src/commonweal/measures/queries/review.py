"""Reviews: need now against then, what each agreement did for it, what is proposed, decided and carried over."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

from commonweal.agreements.models import AgreementAnswers
from commonweal.core import clock
from commonweal.core.errors import NotFound
from commonweal.core.purpose import Purpose
from commonweal.core.viewer import Viewer
from commonweal.measures.models import CarriedOver, Review, ReviewLine, ReviewVersion
from commonweal.measures.pages.performance import measure_words
from commonweal.measures.periods import after_months, period_words
from commonweal.measures.queries.performance import AgreementStands, Performance, Progress, performance_of
from commonweal.measures.queries.then_now import figures_then_now
from commonweal.measures.review_content import notice
from commonweal.measures.reviewed import (
    LineSeen,
    MeasureSeen,
    MissedSeen,
    NeedThenNow,
    Reviewed,
    digest_of,
    thawed,
)
from commonweal.needs.frozen_evidence import read_short
from commonweal.needs.models import NeedVersion, Verdict
from commonweal.needs.queries.carried import carried_for
from commonweal.needs.queries.needs import NeedCard, needs_for
from commonweal.needs.support import statement, support_sentence
from commonweal.options.models import Agreement
from commonweal.present.wording import spoken
from commonweal.priorities.models import OutcomeAnswers
from commonweal.priorities.queries.outcomes import OutcomeCard, outcomes_for

STEP = "review"
NONE = "There is no such review, or none that you may see."


@dataclass(frozen=True, slots=True)
class ReviewCard:
    """One review in the list."""

    id: UUID
    title: str
    period: str
    agreements: int
    judged: int
    number: int
    decided_on: date | None


@dataclass(frozen=True, slots=True)
class CarriedLine:
    """A piece of evidence that the next round begins with."""

    need: UUID
    need_title: str
    item_title: str
    agreement: UUID


@dataclass(frozen=True, slots=True)
class ReviewView:
    """One review: as it stands today, or as it was decided."""

    card: ReviewCard
    seen: Reviewed
    body: str
    whole: bool
    numbers: tuple[int, ...]
    carried: tuple[CarriedLine, ...]

    @property
    def decided(self) -> bool:
        """Whether what is shown is a decision."""
        return self.body != ""


def reviews_for(viewer: Viewer, partnership: UUID) -> tuple[ReviewCard, ...]:
    """Every review, the newest first."""
    rows = Review.objects.visible_to(viewer, Purpose.MONITORING).filter(partnership=partnership)
    return tuple(_card(row) for row in rows.prefetch_related("lines", "versions").order_by("-created", "-pk"))


def review_row(viewer: Viewer, partnership: UUID, review: UUID) -> Review:
    """The row itself, for an action."""
    rows = Review.objects.visible_to(viewer, Purpose.MONITORING).filter(partnership=partnership, pk=review)
    found: Review | None = rows.prefetch_related("lines", "versions").first()
    if found is None:
        raise NotFound(NONE)
    return found


def line_of(viewer: Viewer, partnership: UUID, review: UUID, agreement: UUID) -> ReviewLine:
    """One agreement of a review, for an action."""
    row = review_row(viewer, partnership, review)
    rows = ReviewLine.objects.filter(review=row, agreement=agreement)
    found = rows.select_related("agreement", "review").first()
    if found is None:
        raise NotFound("This agreement is not in the review.")
    return found


def review_for(viewer: Viewer, partnership: UUID, review: UUID, number: int | None = None) -> ReviewView:
    """As it stands today; or one version of what was decided, as it was frozen."""
    row = review_row(viewer, partnership, review)
    versions: list[ReviewVersion] = sorted(row.versions.all(), key=lambda one: one.number)
    numbers = tuple(one.number for one in versions)
    if number is None:
        return ReviewView(_card(row), seen_today(viewer, row), "", True, numbers, _carried(versions[-1:]))
    version = next((one for one in versions if one.number == number), None)
    if version is None:
        raise NotFound(NONE)
    return ReviewView(_card(row), thawed(version.frozen), version.body,
                      digest_of(version.frozen) == version.digest, numbers, _carried([version]))


def seen_today(viewer: Viewer, row: Review) -> Reviewed:
    """Everything a review stands on, today."""
    there = row.partnership_id
    found = performance_of(viewer, there)
    held = _Held(viewer, found, {one.id: one for one in needs_for(viewer, there)},
                 {one.id: one for one in outcomes_for(viewer, there)})
    lines = row.lines.select_related("agreement").prefetch_related("agreement__years", "agreement__parties")
    return Reviewed(row.title, period_words(row.first, row.last), clock.today().isoformat(),
                    tuple(held.line(one) for one in lines.order_by("agreement__title", "pk")),
                    missed_at_review(viewer, there))


def missed_at_review(viewer: Viewer, partnership: UUID) -> tuple[MissedSeen, ...]:
    """Those who may be missed, with what the review's step of the work says it does for each."""
    return tuple(
        MissedSeen(one.group.key, one.group.title, f"{one.here.verdict.label}: {one.here.words}", one.here.by)
        if one.here is not None and not one.unanswered else MissedSeen(one.group.key, one.group.title, "", "")
        for one in carried_for(viewer, partnership, STEP))


def earliest_day(agreed_on: date) -> date:
    """The first day on which less, or nothing more, may be done for those who deliver."""
    return after_months(agreed_on, notice().months)


def needs_answered(agreement: Agreement) -> tuple[NeedVersion, ...]:
    """The needs that an agreement answers, by itself or through an outcome, in the versions then read."""
    rows = AgreementAnswers.objects.filter(agreement=agreement, removed=False)
    found: dict[UUID, NeedVersion] = {}
    for row in rows.select_related("need__identity").order_by("created", "pk"):
        for version in [row.need] if row.need else _through(row.outcome_id):
            found.setdefault(version.identity_id, version)
    return tuple(found.values())


def _through(outcome: UUID | None) -> list[NeedVersion]:
    rows = OutcomeAnswers.objects.filter(version=outcome).select_related("need__identity")
    return [one.need for one in rows.order_by("need__identity__created", "pk")]


@dataclass(frozen=True, slots=True)
class _Held:
    """What every line is made from."""

    viewer: Viewer
    found: Performance
    needs: dict[UUID, NeedCard]
    outcomes: dict[UUID, OutcomeCard]

    def line(self, row: ReviewLine) -> LineSeen:
        """One agreement."""
        one, agreement = self.found.agreement(row.agreement_id), row.agreement
        delivers = " and ".join(sorted(each.name for each in agreement.parties.all() if each.part == "delivers"))
        return LineSeen(
            str(agreement.pk), agreement.title, one.provider if one else delivers,
            agreement.ends.isoformat() if agreement.ends else "", _paid(agreement), _returns(one),
            tuple(self.need(version, one, agreement) for version in needs_answered(agreement)),
            tuple(_measure(each) for each in one.measures) if one else (),
            tuple(f"{title}: {spoken(told.figure)} at least" for _, title, told in one.parts) if one else (),
            row.verdict, row.reasons, row.lessons, row.from_day.isoformat() if row.from_day else "")

    def need(self, then: NeedVersion, one: AgreementStands | None, agreement: Agreement) -> NeedThenNow:
        """A need then and now."""
        now = self.needs.get(then.identity_id)
        outcomes = [each for each in self.outcomes.values()
                    if any(ref.id == then.identity_id for ref in each.needs)]
        return NeedThenNow(
            str(then.identity_id), then.identity.title, then.number,
            clock.local_day(then.written_at).isoformat(), _statement(then), held_words(then),
            now.number if now else then.number, now.statement if now else _statement(then),
            support_sentence(now.strip) if now else "", str(now.state.label) if now else "",
            tuple(words for each in outcomes for words in _measured(each, one)),
            figures_then_now(self.viewer, then.partnership_id, agreement.begins, then.identity.theme))


def held_words(version: NeedVersion) -> str:
    """How many pieces of evidence said what when a version was put to those who sign."""
    if not version.digest:
        return "No evidence was frozen with that version."
    said: Counter[str] = Counter()
    for (_, verdict), pieces in read_short(version.stood.short).heard.items():
        said[verdict] += pieces
    total = sum(said.values())
    parts = [f"{said[key]} {words}" for key, words in (
        (Verdict.SUPPORTS.value, "for it"), (Verdict.AGAINST.value, "against"), (Verdict.MIXED.value, "mixed"),
        (Verdict.SILENT.value, "silent")) if said[key]]
    return f"{total} piece{'s' * (total != 1)} of evidence: {', '.join(parts)}." if total else "Nothing was held."


def _statement(version: NeedVersion) -> str:
    return statement(version.who, version.where, version.what)


def _measured(outcome: OutcomeCard, one: AgreementStands | None) -> Iterable[str]:
    """What was to be different, from where, and what has been measured since."""
    mine = [each for each in one.measures if each.outcome and each.outcome.id == outcome.id] if one else []
    since = "; ".join(f"{each.title}: {spoken(each.figure)}" for each in mine if each.figure)
    for target in outcome.targets:
        begun = "not measured" if target.baseline is None or target.baseline_on is None else (
            f"{target.baseline.normalize():f} on {target.baseline_on:%-d %B %Y}")
        aim = f"{target.target.normalize():f} by {target.target_on:%-d %B %Y}"
        yield (f"{outcome.title} ({target.own_measure or target.indicator}, {target.unit}): {begun}, to become "
               f"{aim}. {f'Told since under this agreement: {since}' if since else 'Not measured since'}.")


def _measure(one: Progress) -> MeasureSeen:
    return MeasureSeen(one.title, one.kind, one.figure, measure_words(one), one.stands)


def _paid(row: Agreement) -> str:
    years = sorted(row.years.all(), key=lambda one: one.year)
    if not years:
        return "No payment is entered."
    total = sum(one.pounds for one in years)
    return f"£{total:,.0f} over {len(years)} year{'s' * (len(years) != 1)}, {years[0].year} to {years[-1].year}."


def _returns(one: AgreementStands | None) -> str:
    if one is None or not one.planned:
        return "No return is laid down for it."
    return f"{one.sent.sent} of {one.sent.due} returns sent, {one.sent.on_time} in time."


def _card(row: Review) -> ReviewCard:
    newest = max(row.versions.all(), key=lambda one: one.number, default=None)
    lines = list(row.lines.all())
    return ReviewCard(row.pk, row.title, period_words(row.first, row.last), len(lines),
                      sum(one.verdict != "" for one in lines), newest.number if newest else 0,
                      newest.decided_on if newest else None)


def _carried(versions: list[ReviewVersion]) -> tuple[CarriedLine, ...]:
    rows: Any = CarriedOver.objects.filter(version__in=versions).select_related("need", "item")
    return tuple(CarriedLine(one.need_id, one.need.title, one.item.title, one.agreement_id)
                 for one in rows.order_by("need__title", "agreement__title", "pk"))
