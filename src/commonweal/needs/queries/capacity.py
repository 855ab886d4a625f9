"""What holds a partner back, and what partners share: never one person's answers, never what was not shown."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum
from uuid import UUID

from commonweal.core import clock
from commonweal.core.errors import NotFound
from commonweal.core.models import PartnershipRole
from commonweal.core.purpose import Purpose
from commonweal.core.viewer import Viewer, acted_for
from commonweal.needs.capacity_content import HelpingStep, helping_steps, questions, rules, themes
from commonweal.needs.models import CapacityAnswer, CapacityRound, CapacitySheet, PlanStep


class Band(StrEnum):
    """How a theme stands, in four words rather than a score that three answers could not bear."""

    BARRIER = "barrier"
    BETWEEN = "between"
    STRENGTH = "strength"
    UNKNOWN = "unknown"


@dataclass(frozen=True, slots=True)
class ThemeLine:
    """One theme: how it stands, and how it stood the round before."""

    key: str
    title: str
    band: Band
    words: str
    before: Band | None = None

    @property
    def moved(self) -> str:
        """Then and now, in words."""
        order = {Band.BARRIER: 0, Band.BETWEEN: 1, Band.STRENGTH: 2}
        if self.before is None or Band.UNKNOWN in (self.band, self.before):
            return ""
        step = order[self.band] - order[self.before]
        return "Better than last time" if step > 0 else "Worse than last time" if step < 0 else "As last time"


@dataclass(frozen=True, slots=True)
class Result:
    """An organisation's result: from one agreed set of answers, or from so many people's."""

    lines: tuple[ThemeLine, ...]
    barriers: tuple[ThemeLine, ...]
    agreed: bool
    people: int


@dataclass(frozen=True, slots=True)
class StepLine:
    """One step of the plan."""

    id: UUID
    what: HelpingStep
    owner_id: UUID | None
    owner: str
    due: date
    done: date | None
    overdue: bool


@dataclass(frozen=True, slots=True)
class OwnCapacity:
    """The viewer's own organisation: where it is with the questions, its result, its plan."""

    organisation: str
    number: int
    answered: int
    agreed_answered: int
    asked: int
    full: int
    result: Result | None
    plan: tuple[StepLine, ...]
    hours_left: int
    shown_at: date | None
    again_from: date | None
    colleagues: tuple[tuple[UUID, str], ...]


@dataclass(frozen=True, slots=True)
class SharedTheme:
    """A theme across the partners who showed their result: how many it holds back, and who could help."""

    title: str
    held_back: int
    helpers: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class SharedCapacity:
    """The partnership's view, from what partners chose to show."""

    shown: int
    seats: int
    themes: tuple[SharedTheme, ...]


def own_capacity(viewer: Viewer, partnership: UUID) -> OwnCapacity:
    """Where the viewer's own organisation stands. Raises NotFound where they have none here."""
    organisation = acted_for(viewer, partnership)
    if organisation is None:
        raise NotFound("There is no such partnership, or you are not in it.")
    rounds = CapacityRound.objects.visible_to(viewer, Purpose.ADMINISTRATION).filter(
        partnership=partnership, organisation=organisation
    ).order_by("-number")
    latest, *earlier = [*rounds[:2]] or [None]
    roles = PartnershipRole.objects.on(clock.today()).filter(partnership=partnership, organisation=organisation)
    people = {row.person_id: row.person.name for row in roles.select_related("person").order_by("person__name")}
    plan = _plan(latest)
    return OwnCapacity(
        organisation=_name(viewer, organisation), number=latest.number if latest else 1,
        answered=_answered(latest, viewer.person), agreed_answered=_answered(latest, None), asked=len(questions()),
        full=len(_full_sheets(latest)), result=result_of(latest, earlier[0] if earlier else None), plan=plan,
        hours_left=sum(one.what.hours for one in plan if one.done is None),
        shown_at=latest.shown_at.date() if latest and latest.shown_at else None,
        again_from=latest.began + timedelta(days=rules().again_after_days) if latest else None,
        colleagues=tuple(people.items()),
    )


def own_answers(viewer: Viewer, partnership: UUID, *, agreed: bool) -> dict[str, int | None]:
    """The viewer's own answers, or the organisation's agreed ones, by question; nobody else's."""
    organisation = acted_for(viewer, partnership)
    if organisation is None or viewer.person is None:
        raise NotFound("There is no such partnership, or you are not in it.")
    latest = CapacityRound.objects.visible_to(viewer, Purpose.ADMINISTRATION).filter(
        partnership=partnership, organisation=organisation
    ).order_by("-number").first()
    return _answers(latest, None if agreed else viewer.person)


def shared_capacity(viewer: Viewer, partnership: UUID, *, seats: int) -> SharedCapacity:
    """Barriers that partners share and who could help, from results that were shown; the latest of each."""
    rows = CapacityRound.objects.visible_to(viewer, Purpose.ADMINISTRATION).filter(
        partnership=partnership, shown_at__isnull=False
    ).select_related("organisation").order_by("organisation__name", "number")
    latest = {row.organisation_id: row for row in rows}.values()
    found = tuple(
        SharedTheme(
            theme.barrier, sum(row.shown.get(theme.key) == Band.BARRIER for row in latest),
            tuple(row.organisation.name for row in latest if row.shown.get(theme.key) == Band.STRENGTH),
        )
        for theme in themes()
    )
    ordered = sorted((one for one in found if one.held_back), key=lambda one: -one.held_back)
    return SharedCapacity(len(latest), seats, tuple(ordered))


def steps_due(viewer: Viewer, partnership: UUID) -> tuple[StepLine, ...]:
    """The viewer's own organisation's steps that are not done and are due within a fortnight, or are late."""
    organisation = viewer.organisation_in(partnership)
    if organisation is None:
        return ()
    latest = CapacityRound.objects.visible_to(viewer, Purpose.ADMINISTRATION).filter(
        partnership=partnership, organisation=organisation
    ).order_by("-number").first()
    soon = clock.today() + timedelta(days=14)
    return tuple(one for one in _plan(latest) if one.done is None and one.due <= soon)


def result_of(held: CapacityRound | None, before: CapacityRound | None = None) -> Result | None:
    """A result by the rule: one full agreed set of answers, or at least three people's full sets, or none."""
    if held is None:
        return None
    sheets = _full_sheets(held)
    agreed = _answers(held, None)
    whole = len(agreed) == len(questions())
    if not whole and len(sheets) < rules().shown_from:
        return None
    means = _means([agreed] if whole else sheets)
    last = result_of(before)
    then = {line.key: line.band for line in last.lines} if last else {}
    lines = tuple(
        ThemeLine(one.key, one.title, band := _band(means[one.key]), _words(one.barrier, one.strength, band),
                  then.get(one.key))
        for one in themes()
    )
    worst = sorted((line for line in lines if line.band is Band.BARRIER), key=lambda line: means[line.key] or 0)
    return Result(lines, tuple(worst[: rules().most_barriers]), whole, 0 if whole else len(sheets))


def _means(sheets: list[dict[str, int | None]]) -> dict[str, float | None]:
    """The mean level of each theme over all answers that say something; None where none does."""
    found: dict[str, float | None] = {}
    for theme in themes():
        keys = [one.key for one in questions() if one.theme == theme.key]
        levels = [level for sheet in sheets for key in keys if (level := sheet[key]) is not None]
        found[theme.key] = sum(levels) / len(levels) if levels else None
    return found


def _band(mean: float | None) -> Band:
    if mean is None:
        return Band.UNKNOWN
    if mean < rules().barrier_below:
        return Band.BARRIER
    return Band.STRENGTH if mean >= rules().strength_from else Band.BETWEEN


def _words(barrier: str, strength: str, band: Band) -> str:
    said = {Band.BARRIER: barrier, Band.STRENGTH: strength, Band.BETWEEN: "Neither in the way nor a strength"}
    return said.get(band, "Nobody could say")


def _answers(held: CapacityRound | None, person: UUID | None) -> dict[str, int | None]:
    known = {one.key for one in questions()}
    rows = CapacityAnswer.objects.filter(sheet__round=held, sheet__person=person, question__in=known)
    return dict(rows.values_list("question", "level")) if held else {}


def _answered(held: CapacityRound | None, person: UUID | None) -> int:
    return len(_answers(held, person))


def _full_sheets(held: CapacityRound | None) -> list[dict[str, int | None]]:
    """Every person's set of answers that is whole."""
    if held is None:
        return []
    known = {one.key for one in questions()}
    sheets = CapacitySheet.objects.filter(round=held, person__isnull=False).prefetch_related("answers")
    found = [{a.question: a.level for a in sheet.answers.all() if a.question in known} for sheet in sheets]
    return [one for one in found if len(one) == len(known)]


def _plan(held: CapacityRound | None) -> tuple[StepLine, ...]:
    """The plan: what is not done first, soonest first; steps no longer in the content are left out."""
    rows = PlanStep.objects.filter(round=held).select_related("owner") if held else ()
    known, today = helping_steps(), clock.today()
    lines = [
        StepLine(row.pk, known[row.step], row.owner_id, row.owner.name if row.owner else "", row.due, row.done,
                 row.done is None and row.due < today)
        for row in rows if row.step in known
    ]
    return tuple(sorted(lines, key=lambda one: (one.done is not None, one.due)))


def _name(viewer: Viewer, organisation: UUID) -> str:
    from commonweal.core.models import Organisation

    return str(Organisation.objects.get(pk=organisation).name)
