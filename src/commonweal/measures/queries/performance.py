"""How every agreement stands: what is late, missing, off its way or odd, and each measure beside its target."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any
from uuid import UUID

from commonweal.agreements.models import Better, Measure, MeasureState, MeasureTarget
from commonweal.core import clock
from commonweal.core.figure import Figure, PlaceRef
from commonweal.core.models import Partnership, PartnershipPlace
from commonweal.core.permissions import Permission
from commonweal.core.purpose import Purpose
from commonweal.core.viewer import Viewer, require
from commonweal.measures.checking import Finding, findings
from commonweal.measures.models import MeasureReading, Return, ReturnPlan, ReturnState
from commonweal.measures.performance_content import performance_rules, reading_of
from commonweal.measures.periods import period_words, periods
from commonweal.measures.queries.told import Seen, Told, told_of
from commonweal.methods.progress import on_the_line, pro_rata, stands
from commonweal.options.models import Agreement
from commonweal.present.wording import spoken, written

ONE_DAY = timedelta(days=1)


@dataclass(frozen=True, slots=True)
class Named:
    """An outcome or a need that a measure answers."""

    id: UUID
    title: str


@dataclass(frozen=True, slots=True)
class Aim:
    """A target: from its first day to its last, what is expected by what has been returned, and whether all is."""

    first: date
    last: date
    target: float
    expected: float | None
    whole: bool


@dataclass(frozen=True, slots=True)
class Progress:
    """One measure: what returns tell, and where it stands (a key of content's `stands`)."""

    id: UUID
    title: str
    kind: str
    unit: str
    agreement: UUID
    agreement_title: str
    outcome: Named | None
    need: Named | None
    read: bool
    told: Told | None
    aim: Aim | None
    stands: str
    before: Told | None = None    # the last year told, where nothing is told yet of the target's own days

    @property
    def figure(self) -> Figure | None:
        """The number so far; the one before where none is returned yet."""
        told = self.told or self.before
        return told.figure if told else None


@dataclass(frozen=True, slots=True)
class Sent:
    """How an agreement's returns stand."""

    due: int
    sent: int
    on_time: int


@dataclass(frozen=True, slots=True)
class Odd:
    """Something to look at first: which kind (a key of content's `exceptions`), and since when."""

    kind: str
    agreement: UUID
    title: str
    words: str
    since: date
    returned: UUID | None = None
    measure: UUID | None = None


@dataclass(frozen=True, slots=True)
class AgreementStands:
    """One agreement: who delivers, where, how its returns and its measures stand."""

    id: UUID
    title: str
    provider: str
    place: str
    planned: bool
    sent: Sent
    measures: tuple[Progress, ...]
    parts: tuple[tuple[str, str, Told], ...]      # groups or areas, title, what is told

    def count(self, key: str) -> int:
        """How many of its measures stand so."""
        return sum(one.stands == key for one in self.measures)


@dataclass(frozen=True, slots=True)
class Performance:
    """The whole, exceptions first."""

    exceptions: tuple[Odd, ...]
    agreements: tuple[AgreementStands, ...]
    on: date

    @property
    def measures(self) -> tuple[Progress, ...]:
        """Every measure of every agreement."""
        return tuple(one for row in self.agreements for one in row.measures)

    def agreement(self, identifier: UUID) -> AgreementStands | None:
        """One of them."""
        return next((one for one in self.agreements if one.id == identifier), None)


def performance_of(viewer: Viewer, partnership: UUID) -> Performance:
    """Every agreement that runs, or ended within the last year, as it stands today."""
    require(viewer, Permission.VIEW_EVIDENCE, partnership)
    today = clock.today()
    held = _Held(viewer, partnership)
    rows = tuple(
        held.stands(one, today) for one in held.agreements
        if one.ends is None or one.ends >= today - timedelta(days=365)
    )
    shown = {one.id for one in rows}
    odd = [one for one in held.odd(today) if one.agreement in shown]
    odd.extend(_off(one, today) for row in rows for one in row.measures if one.stands == "off")
    order = ["off", "late", "missing", "odd"]
    return Performance(
        tuple(sorted(odd, key=lambda one: (order.index(one.kind), one.since, one.title))), rows, today)


class _Held:
    """Everything of one partnership, read at once."""

    def __init__(self, viewer: Viewer, partnership: UUID) -> None:
        of = {"partnership": partnership}
        self.agreements = list(Agreement.objects.visible_to(viewer, Purpose.PLANNING).filter(**of)
                               .prefetch_related("parties").order_by("title", "pk"))
        self.plans: dict[UUID, ReturnPlan] = {
            one.agreement_id: one for one in ReturnPlan.objects.visible_to(viewer, Purpose.ASSESSMENT)
            .filter(**of).select_related("agreement")}
        self.returns: dict[UUID, list[Return]] = defaultdict(list)
        rows = Return.objects.visible_to(viewer, Purpose.ASSESSMENT).filter(**of).prefetch_related("answers")
        for row in rows.order_by("first", "pk"):
            self.returns[row.plan_id].append(row)
        self.measures: dict[UUID, list[Measure]] = defaultdict(list)
        measures = Measure.objects.visible_to(viewer, Purpose.PLANNING).filter(**of, state=MeasureState.STANDS)
        for one in measures.select_related("need__identity", "outcome__identity").prefetch_related("targets"):
            self.measures[one.agreement_id].append(one)
        self.readings: dict[UUID, MeasureReading] = {
            one.measure_id: one for one in MeasureReading.objects.visible_to(viewer, Purpose.ASSESSMENT)
            .filter(**of)}
        self.place = place_of(partnership)

    def stands(self, row: Agreement, today: date) -> AgreementStands:
        """One agreement."""
        plan = self.plans.get(row.pk)
        sent = self.seen(plan)
        delivers = [one.name for one in row.parties.all() if one.part == "delivers"]
        return AgreementStands(
            row.pk, row.title, plan.provider_name if plan else " and ".join(sorted(delivers)),
            plan.place if plan else "", plan is not None, self.sent(plan, today),
            tuple(self.progress(one, row, plan, sent, today) for one in self.measures[row.pk]),
            tuple(self.parts(plan, sent)) if plan else (),
        )

    def seen(self, plan: ReturnPlan | None) -> list[Seen]:
        """Its sent returns, oldest first."""
        rows = self.returns[plan.pk] if plan else []
        return [Seen(one, {each.question: each.value for each in one.answers.all()})
                for one in rows if one.state == ReturnState.SENT]

    def sent(self, plan: ReturnPlan | None, today: date) -> Sent:
        """How many were due, were sent, and in time."""
        rows = self.returns[plan.pk] if plan else []
        gone = [one for one in rows if one.sent_at is not None]
        due = sum(one.due < today or one.sent_at is not None for one in rows)
        return Sent(due, len(gone), sum(clock.local_day(one.sent_at) <= one.due for one in gone if one.sent_at))

    def progress(
        self, measure: Measure, row: Agreement, plan: ReturnPlan | None, sent: list[Seen], today: date
    ) -> Progress:
        """One measure beside its target."""
        held = self.readings.get(measure.pk)
        reading = reading_of(held.tells) if held else None
        target = _current(measure, today)
        told = before = None
        if plan is not None and held is not None and reading is not None:
            within = [one for one in sent if target is None
                      or (one.row.first >= target.start and one.row.last < target.end)]
            told = told_of(plan, reading, held.part, within, self.place)
            before = None if told else told_of(plan, reading, held.part, _last_year(sent), self.place)
        aim = _aim(measure, target, told, reading.adds if reading else "")
        return Progress(
            measure.pk, measure.title, measure.kind, measure.unit, row.pk, row.title, _named(measure.outcome),
            _named(measure.need), reading is not None, told, aim, _stands(measure, told, aim), before)

    def parts(self, plan: ReturnPlan, sent: list[Seen]) -> list[tuple[str, str, Told]]:
        """People of each group and neighbourhood that the plan asks of, over the last year returned."""
        year = _last_year(sent)
        found = []
        for kind, key in (("groups", "group"), ("areas", "area")):
            reading = reading_of(key)
            for _, title in getattr(plan, kind):
                told = told_of(plan, reading, title, year, self.place) if reading else None
                if told is not None:
                    found.append((kind, title, told))
        return found

    def odd(self, today: date) -> list[Odd]:
        """Returns that are late, were never asked for, or hold something unlikely."""
        found = []
        for row in self.agreements:
            plan = self.plans.get(row.pk)
            if plan is None:
                if row.begins <= today and (row.ends is None or row.ends >= today):
                    found.append(Odd("missing", row.pk, row.title, "No return is laid down for it.", row.begins))
                continue
            found.extend(_late(row, one, today) for one in self.returns[plan.pk]
                         if one.sent_at is None and one.due < today)
            found.extend(self._unasked(row, plan, today))
            found.extend(self._unlikely(row, plan, today))
        return found

    def _unasked(self, row: Agreement, plan: ReturnPlan, today: date) -> list[Odd]:
        there = [(one.first, one.last) for one in self.returns[plan.pk]]
        gone = [one for one in periods(plan.begins, plan.ends, plan.every, before=today)
                if not any(first <= one.last and last >= one.first for first, last in there)]
        if not gone:
            return []
        many = "1 period is" if len(gone) == 1 else f"{len(gone)} periods are"
        words = f"{many} over and nobody asked: {period_words(gone[0].first, gone[-1].last)}."
        return [Odd("missing", row.pk, row.title, words, gone[0].last)]

    def _unlikely(self, row: Agreement, plan: ReturnPlan, today: date) -> list[Odd]:
        found: list[Odd] = []
        before: dict[str, Any] = {}
        for one in self.seen(plan):
            hits = findings(one.answers, before, today)
            if hits and one.row.last > today - timedelta(days=performance_rules().recent_days):
                found.append(_unlikely(row, one.row, hits))
            before = dict(one.answers)
        return found


def _last_year(sent: list[Seen]) -> list[Seen]:
    """The returns of the last twelve months that were returned."""
    last = max((one.row.last for one in sent), default=date.min)
    return [one for one in sent if (last - one.row.last).days < 365]


def place_of(partnership: UUID) -> PlaceRef:
    """The place that a partnership works for; its own name where it has said none."""
    row = Partnership.objects.get(pk=partnership)
    held = PartnershipPlace.objects.filter(partnership=partnership).order_by("-created", "-pk").first()
    if held is None:
        return PlaceRef("drawn", "", row.name, clock.today().year, row.invented)
    return PlaceRef(held.kind, held.code, held.name, held.vintage, row.invented)


def _current(measure: Measure, today: date) -> MeasureTarget | None:
    """The target of today; the last that is over where none runs."""
    begun = [one for one in measure.targets.all() if one.start <= today]
    return max(begun, key=lambda one: one.start, default=None)


def _aim(measure: Measure, target: MeasureTarget | None, told: Told | None, adds: str) -> Aim | None:
    if target is None:
        return None
    aim, last, days = float(target.target), target.end - ONE_DAY, (target.end - target.start).days
    if told is None:
        return Aim(target.start, last, aim, None, False)
    share = min(told.days / days, 1.0)
    if adds != "mean":
        return Aim(target.start, last, aim, pro_rata(aim, share), share > 0.99)
    if measure.baseline is None:
        return Aim(target.start, last, aim, aim, share > 0.99)
    gone = min(max((told.last - target.start + ONE_DAY).days / days, 0.0), 1.0)
    return Aim(target.start, last, aim, on_the_line(float(measure.baseline), aim, gone), share > 0.99)


def _stands(measure: Measure, told: Told | None, aim: Aim | None) -> str:
    if aim is None:
        return "untold"
    if told is None or aim.expected is None:
        return "empty"
    low, high = told.bounds
    room = performance_rules().tolerance if low == high else 0.0
    return stands(low, high, aim.expected, tolerance=room, more=measure.better == Better.MORE).value


def _named(version: Any) -> Named | None:
    return Named(version.identity_id, version.identity.title) if version is not None else None


def _off(one: Progress, today: date) -> Odd:
    assert one.told is not None
    assert one.aim is not None
    words = f"{one.title}: {off_words(one)}"
    return Odd("off", one.agreement, one.agreement_title, words, one.told.last, measure=one.id)


def off_words(one: Progress) -> str:
    """What there is beside what should be by now."""
    if one.figure is None or one.told is None or one.aim is None or one.aim.expected is None:
        return ""
    should = written(one.aim.expected, one.figure.unit, 0)
    return f"{spoken(one.figure)}, where {should} should be there by {one.told.last:%-d %B %Y}."


def _late(row: Agreement, one: Return, today: date) -> Odd:
    days = (today - one.due).days
    since = f"{days} day{'s' * (days != 1)} ago"
    words = f"{period_words(one.first, one.last)} was due on {one.due:%-d %B %Y}, {since}."
    return Odd("late", row.pk, row.title, words, one.due, returned=one.pk)


def _unlikely(row: Agreement, one: Return, hits: tuple[Finding, ...]) -> Odd:
    words = f"{period_words(one.first, one.last)}: {' '.join(hit.words for hit in hits)}"
    return Odd("odd", row.pk, row.title, words, one.last, returned=one.pk)
