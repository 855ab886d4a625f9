"""The evidence partners brought: page by page, one item with its grade, and each perspective at a glance."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from itertools import pairwise
from typing import Any
from uuid import UUID

from django.db.models import Count, Max, Min, Q

from commonweal.core import clock
from commonweal.core.errors import NotAllowed, NotFound
from commonweal.core.figure import Grade
from commonweal.core.permissions import Permission
from commonweal.core.purpose import Purpose
from commonweal.core.queries.sharing_behind import Behind, behind
from commonweal.core.viewer import Viewer, acted_for
from commonweal.needs.content import read
from commonweal.needs.evidence_grade import LETTERS, Design, EvidenceGrade, grade_of, n_words
from commonweal.needs.models import EvidenceItem, EvidenceKind, Need, NeedEvidence, Perspective, Verdict
from commonweal.needs.queries.grade_in_store import letter_of

PAGE, AT_A_TIME = 25, 2000
ASKED = (Perspective.USERS, Perspective.COMMUNITY, Perspective.PARTNERS, Perspective.PROVIDERS)
_DESIGN = ("kind", "perspective", "chosen", "asked_by", "covers", "gathered_to", "answered", "asked", "effective")


@dataclass(frozen=True, slots=True)
class EvidenceLine:
    """One piece of evidence as a list shows it."""

    id: UUID
    title: str
    whose: str
    kind: str
    perspective: Perspective
    gathered: date | None
    answered: int | None
    how_many: str
    grade: EvidenceGrade
    placed: bool
    withdrawn: date | None


@dataclass(frozen=True, slots=True)
class EvidencePage:
    """Some lines, newest first; `next` asks for those after them."""

    lines: tuple[EvidenceLine, ...]
    next: UUID | None


@dataclass(frozen=True, slots=True)
class Changed:
    """One correction: which field, what it said, what it says, and the day."""

    field: str
    was: str
    now: str
    day: date


@dataclass(frozen=True, slots=True)
class HeldFor:
    """A need that the evidence is held against, and what it says of it."""

    id: UUID
    title: str
    verdict: str


@dataclass(frozen=True, slots=True)
class EvidenceDetail:
    """One piece of evidence whole, with what was corrected."""

    line: EvidenceLine
    summary: str
    limits: str
    asked: int | None
    effective: float | None
    chosen: str
    asked_by: str
    how_asked: str
    covers: str
    citation: str
    withdrawn_why: str
    rests_on: str
    own: bool
    needs: tuple[HeldFor, ...]
    changes: tuple[Changed, ...]
    behind: Behind | None = None  # the agreement that opens what it rests on, for a party to it


@dataclass(frozen=True, slots=True)
class Asking:
    """The smallest acceptable way to hear a perspective, how long it takes and how good it will be."""

    smallest: str
    minutes: int
    good: str
    further: str


@dataclass(frozen=True, slots=True)
class PerspectiveLine:
    """One perspective: how many items stand, the best grade, the newest date; none is shown as missing."""

    perspective: Perspective
    items: int
    best: Grade | None
    newest: date | None
    asking: Asking

    @property
    def missing(self) -> bool:
        """Whether nobody has been heard."""
        return self.items == 0


def evidence_for(
    viewer: Viewer, partnership: UUID, purpose: Purpose, *, perspective: str | None = None, text: str = "",
    after: UUID | None = None,
) -> EvidencePage:
    """A page of what the viewer may see, newest first, after the last id of the page before."""
    rows = EvidenceItem.objects.visible_to(viewer, purpose).filter(partnership=partnership)
    if perspective:
        rows = rows.filter(perspective=perspective)
    for word in text.split():
        rows = rows.filter(Q(title__icontains=word) | Q(summary__icontains=word))
    if after:
        rows = rows.filter(id__lt=after)
    found = [*rows.select_related("organisation").order_by("-id")[: PAGE + 1]]
    return EvidencePage(
        tuple(_line(row) for row in found[:PAGE]), found[PAGE - 1].pk if len(found) > PAGE else None
    )


def may_see_evidence(viewer: Viewer, partnership: UUID) -> None:
    """Refuse whoever may neither see the partners' evidence nor bring their own."""
    if not any(viewer.may(one, partnership) for one in (Permission.VIEW_EVIDENCE, Permission.BRING_EVIDENCE)):
        raise NotAllowed("Evidence is for those who see or bring it. Ask an administrator of the partnership.")


def whole_list(viewer: Viewer, partnership: UUID) -> Iterator[EvidenceLine]:
    """Every piece the viewer may see, newest first, for a file: read some at a time, whatever there is."""
    rows = EvidenceItem.objects.visible_to(viewer, Purpose.ASSESSMENT).filter(partnership=partnership)
    rows = rows.select_related("organisation").defer("summary", "limits").order_by("-id")
    found = list(rows[:AT_A_TIME])
    while found:
        yield from map(_line, found)
        found = list(rows.filter(id__lt=found[-1].pk)[:AT_A_TIME])


def own_item(viewer: Viewer, partnership: UUID, item: UUID) -> EvidenceItem:
    """A piece of evidence of an organisation that the viewer brings evidence for; NotFound for anybody else's."""
    ours = [acted_for(viewer, partnership)] if viewer.may(Permission.BRING_EVIDENCE, partnership) else []
    rows = EvidenceItem.objects.visible_to(viewer, Purpose.ASSESSMENT).select_related("partnership")
    row: EvidenceItem | None = rows.filter(pk=item, partnership=partnership, organisation__in=ours).first()
    if row is None:
        raise NotFound("There is no such evidence, or it is another organisation's.")
    return row


def evidence_item(viewer: Viewer, item: UUID, *, partnership: UUID | None = None) -> EvidenceDetail:
    """One piece of evidence. Raises NotFound where there is none the viewer may see."""
    rows = EvidenceItem.objects.visible_to(viewer, Purpose.ASSESSMENT)
    rows = rows.select_related("organisation", "dataset__organisation")
    if partnership is not None:
        rows = rows.filter(partnership=partnership)
    row = rows.filter(pk=item).first()
    if row is None:
        raise NotFound("There is no such evidence, or its owner has not placed it before the partnership.")
    return EvidenceDetail(
        line=_line(row), summary=row.summary, limits=row.limits, asked=row.asked, effective=row.effective,
        chosen=row.get_chosen_display(), asked_by=row.get_asked_by_display(), how_asked=row.how_asked,
        covers=row.get_covers_display(), citation=row.citation, withdrawn_why=row.withdrawn_why,
        rests_on=f"{row.dataset.title}, {row.dataset.organisation.name}" if row.dataset else "",
        own=_own(viewer, row), needs=_held_for(viewer, row), changes=_changes(row, own=_own(viewer, row)),
        behind=_behind(viewer, row),
    )


def _behind(viewer: Viewer, row: EvidenceItem) -> Behind | None:
    if row.dataset_id is None:
        return None
    share = (row.dataset_id, row.organisation_id)
    found = behind(viewer, row.partnership_id, [share]).get(share)
    return found if found and found.agreement else None


def _held_for(viewer: Viewer, row: EvidenceItem) -> tuple[HeldFor, ...]:
    """The needs it is held against that the viewer may see."""
    seen = Need.objects.visible_to(viewer, Purpose.ASSESSMENT).values("pk")
    rows = NeedEvidence.objects.filter(item=row, need__in=seen).select_related("need").order_by("need__title")
    return tuple(HeldFor(one.need_id, one.need.title, str(Verdict(one.verdict).label)) for one in rows)


def perspectives_of(viewer: Viewer, partnership: UUID) -> tuple[PerspectiveLine, ...]:
    """The four perspectives as the viewer may see them, in their order; withdrawn evidence does not count."""
    rows = _standing(viewer, partnership).filter(perspective__in=ASKED).order_by().values("perspective")
    found = {
        whose: (items, LETTERS[best], newest) for whose, items, best, newest in rows.annotate(
            items=Count("*"), best=Min(letter_of(clock.today())), newest=Max("gathered_to")
        ).values_list("perspective", "items", "best", "newest")
    }
    return tuple(_perspective(one, *found.get(one, (0, None, None))) for one in ASKED)


def heard_from(viewer: Viewer, partnership: UUID) -> frozenset[Perspective]:
    """The perspectives from which anything stands that the viewer may see."""
    rows = _standing(viewer, partnership)
    return frozenset(one for one in ASKED if rows.filter(perspective=one).exists())


def heard_by_all(viewer: Viewer, partnership: UUID) -> frozenset[Perspective]:
    """The perspectives from which something stands before all partners: the same for everybody who asks."""
    rows = _standing(viewer, partnership).filter(placed__isnull=False)
    return frozenset(one for one in ASKED if rows.filter(perspective=one).exists())


def asking_of(perspective: Perspective) -> Asking:
    """The smallest acceptable way to hear a perspective."""
    return Asking(**read("evidence_asking")["perspectives"][perspective])


def _standing(viewer: Viewer, partnership: UUID) -> Any:
    return EvidenceItem.objects.visible_to(viewer, Purpose.ASSESSMENT).filter(
        partnership=partnership, withdrawn=None
    )


def design_of(row: EvidenceItem) -> Design:
    """The facts of how an item was gathered, for its grade."""
    return Design(*(getattr(row, name) for name in _DESIGN))


def _line(row: EvidenceItem) -> EvidenceLine:
    return EvidenceLine(
        id=row.pk, title=row.title, whose=row.organisation.name, kind=EvidenceKind(row.kind).label,
        perspective=Perspective(row.perspective), gathered=row.gathered_to, answered=row.answered,
        how_many=n_words(row.kind, row.answered, row.asked),
        grade=grade_of(design_of(row), today=clock.today()), placed=row.placed is not None,
        withdrawn=row.withdrawn,
    )


def _perspective(
    perspective: Perspective, items: int, best: Grade | None, newest: date | None
) -> PerspectiveLine:
    return PerspectiveLine(perspective, items, best, newest, asking_of(perspective))


def _own(viewer: Viewer, row: EvidenceItem) -> bool:
    return viewer.system or any(
        one.partnership == row.partnership_id and one.organisation == row.organisation_id for one in viewer.grants
    )


def _changes(row: EvidenceItem, *, own: bool) -> tuple[Changed, ...]:
    """What was corrected, newest first; others see only what was corrected after it was placed."""
    kept = [*row.history.order_by("history_date", "history_id")]
    return tuple(
        one for before, after in reversed([*pairwise(kept)])
        if own or before.placed for one in _between(before, after)
    )


def _between(before: Any, after: Any) -> tuple[Changed, ...]:
    hidden = {"placed", "withdrawn", "withdrawn_why", "dataset"}
    day = after.history_date.date()
    names = {field.name: str(field.verbose_name).capitalize() for field in EvidenceItem._meta.fields}
    return tuple(
        Changed(names[one.field], _said(one.old), _said(one.new), day)
        for one in after.diff_against(before).changes if one.field not in hidden
    )


def _said(value: object) -> str:
    return "" if value is None else str(value)
