"""Appraisals for those who may see them: rows become what pages and papers read."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any
from uuid import UUID

from commonweal.core.errors import NotFound
from commonweal.core.permissions import Permission
from commonweal.core.purpose import Purpose
from commonweal.core.viewer import Viewer, require
from commonweal.needs.models import NeedState
from commonweal.needs.support import statement
from commonweal.options.appraisal_view import (
    AppraisalView,
    CriterionLine,
    GateLine,
    GroupLine,
    NotesLine,
    OptionLine,
    ScoreLine,
    StandsOn,
)
from commonweal.options.grounds import Pointed
from commonweal.options.models import (
    Appraisal,
    ContractCase,
    Costing,
    Criterion,
    GateAnswer,
    Option,
    Score,
    Sift,
    StakeholderGroup,
    WeightSet,
)
from commonweal.options.queries.grounds import grounds_of
from commonweal.options.queries.money import SheetView, sheet_for
from commonweal.options.worth import Valued
from commonweal.policy.decision_gates import gates_for
from commonweal.policy.delivery_vehicles import catalogue

Worth = dict[UUID, Valued]
MODELS = {"option": Option, "criterion": Criterion, "group": StakeholderGroup}
MISSING = "There is no such page, or none that you may see."


def appraisals_for(viewer: Viewer, partnership: UUID) -> tuple[AppraisalView, ...]:
    """Every appraisal, the newest first."""
    require(viewer, Permission.VIEW_EVIDENCE, partnership)
    return tuple(_view(viewer, row, grounds=False) for row in _rows(viewer, partnership).order_by("-created"))


def undecided_for(viewer: Viewer, partnership: UUID) -> tuple[AppraisalView, ...]:
    """Those in which nothing is chosen yet, the newest first."""
    require(viewer, Permission.VIEW_EVIDENCE, partnership)
    rows = _rows(viewer, partnership).exclude(choice__versions__isnull=False).order_by("-created")
    return tuple(_view(viewer, row, grounds=False) for row in rows)


def appraisal_for(
    viewer: Viewer, partnership: UUID, appraisal: UUID, *, grounds: bool = True
) -> AppraisalView:
    """One; NotFound where there is none that the viewer may see. Without `grounds`: not what scores point to."""
    return _view(viewer, appraisal_row(viewer, partnership, appraisal), grounds=grounds)


def appraisal_row(viewer: Viewer, partnership: UUID, appraisal: UUID) -> Appraisal:
    """The row itself, for an action."""
    found: Appraisal | None = _rows(viewer, partnership).filter(pk=appraisal).first()
    if found is None:
        raise NotFound(MISSING)
    return found


def part_row(viewer: Viewer, appraisal: Appraisal, part: str, pk: UUID) -> Any:
    """An option, a criterion or a group of an appraisal, for an action."""
    model: Any = MODELS[part]
    found = model.objects.visible_to(viewer, Purpose.PLANNING).filter(appraisal=appraisal, pk=pk).first()
    if found is None:
        raise NotFound(MISSING)
    return found


def money_of(viewer: Viewer, partnership: UUID, view: AppraisalView) -> tuple[SheetView | None, Worth]:
    """The sheet in pounds that stands beside an appraisal, and what each tied option is worth by it."""
    if view.sheet is None:
        return None, {}
    sheet = sheet_for(viewer, partnership, view.sheet)
    by_costing = {one.option.id: one for one in sheet.valued}
    return sheet, {
        one.id: by_costing[one.costing] for one in view.options if one.costing and one.costing in by_costing
    }


def _rows(viewer: Viewer, partnership: UUID) -> Any:
    rows = Appraisal.objects.visible_to(viewer, Purpose.PLANNING).filter(partnership=partnership)
    return rows.select_related("notes", "choice")


def _view(viewer: Viewer, row: Appraisal, *, grounds: bool) -> AppraisalView:
    held = row.criteria.order_by("position", "created", "id").select_related("outcome")
    criteria = tuple(_criterion(one) for one in held)
    choice = getattr(row, "choice", None)
    number = 0 if choice is None else choice.next_number() - 1
    return AppraisalView(
        row.pk, row.title, row.question, row.service, row.where, tuple(_outcomes(row)), tuple(_needs(row)),
        criteria, tuple(_options(row, grounds_of(viewer, row) if grounds else {})),
        tuple(_groups(row, criteria)), tuple(_gates(row)), _notes(row),
        row.ends_agreed_at, row.sheet_id, (choice.pk, number) if choice is not None and number else None,
    )


def _outcomes(row: Appraisal) -> Iterable[StandsOn]:
    for one in row.outcomes.order_by("outcome__title").select_related("outcome__identity"):
        said = one.outcome
        newest = said.identity.next_number() - 1 == said.number
        yield StandsOn(said.identity_id, said.title, said.statement, said.number, newest)


def _needs(row: Appraisal) -> Iterable[StandsOn]:
    for one in row.needs.order_by("need__identity__title").select_related("need__identity"):
        said = one.need
        newest = said.identity.next_number() - 1 == said.number
        told = statement(said.who, said.where, said.what)
        yield StandsOn(said.identity_id, said.identity.title, told, said.number, newest,
                       said.identity.state == NeedState.AGREED)


def _criterion(row: Criterion) -> CriterionLine:
    return CriterionLine(row.pk, row.title, row.unit, float(row.worst), float(row.best), row.worst_means,
                         row.best_means, row.outcome.title if row.outcome else "")


def _options(row: Appraisal, pointed: dict[UUID, tuple[Pointed, ...]]) -> Iterable[OptionLine]:
    scores: dict[UUID, dict[UUID, ScoreLine]] = {}
    for each in Score.objects.filter(option__appraisal=row).select_related("organisation"):
        scores.setdefault(each.option_id, {})[each.criterion_id] = ScoreLine(
            float(each.low), float(each.likely), float(each.high), each.evidence, each.organisation.name,
            each.given_at, pointed.get(each.pk, ()))
    costings = dict(Costing.objects.filter(option__appraisal=row).values_list("option", "pk"))
    cases = dict(ContractCase.objects.filter(option__appraisal=row).values_list("option", "pk"))
    for one in row.options.order_by("position", "created", "id").select_related("agreement"):
        yield OptionLine(
            one.pk, one.title, catalogue().one(one.vehicle), one.description, one.baseline,
            one.agreement.title if one.agreement else "", one.agreement_id, Sift(one.sift), one.sift_reason,
            scores.get(one.pk, {}), costings.get(one.pk), cases.get(one.pk),
        )


def _groups(row: Appraisal, criteria: tuple[CriterionLine, ...]) -> Iterable[GroupLine]:
    newest: dict[UUID, WeightSet] = {}
    sets = WeightSet.objects.filter(group__appraisal=row).select_related("organisation")
    for one in sets.order_by("given_at", "id"):
        newest[one.group_id] = one
    for group in row.groups.order_by("position", "created", "id"):
        held = newest.get(group.pk)
        if held is None:
            yield GroupLine(group.pk, group.title, group.took_part, {}, "", "", None, False)
            continue
        points = {UUID(key): (float(pair[0]), float(pair[1])) for key, pair in held.points.items()}
        fits = set(points) == {one.id for one in criteria}
        stale = not fits or row.ends_agreed_at is None or held.given_at < row.ends_agreed_at
        yield GroupLine(group.pk, group.title, group.took_part, points, held.reason, held.organisation.name,
                        held.given_at, stale)


def _gates(row: Appraisal) -> Iterable[GateLine]:
    answers = {one.gate: one for one in GateAnswer.objects.filter(appraisal=row)}
    for gate in gates_for(row.service):
        one = answers.get(gate.key)
        yield GateLine(gate) if one is None else GateLine(gate, one.fields, one.not_applying, one.answered_at)


def _notes(row: Appraisal) -> NotesLine:
    held = getattr(row, "notes", None)
    if held is None:
        return NotesLine()
    return NotesLine(held.recommended_id, held.because, held.affordable, held.bought, held.managed, held.exempt,
                     held.exempt_why)
