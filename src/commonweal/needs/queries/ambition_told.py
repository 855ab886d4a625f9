"""What partners heard and stated that bears on an aim: what was read for it, and what waits to be read."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import Any
from uuid import UUID

from django.db.models import Q
from django.utils.timezone import localtime

from commonweal.core import clock
from commonweal.core.errors import NotFound
from commonweal.core.figure import Quality
from commonweal.core.permissions import Permission
from commonweal.core.purpose import Purpose
from commonweal.core.viewer import Viewer, require
from commonweal.needs.ambition_words import Sought, count_words
from commonweal.needs.content import read
from commonweal.needs.evidence_grade import grade_of, n_words
from commonweal.needs.models import AmbitionReading, Bearing, EvidenceItem, NeedState, Perspective
from commonweal.needs.queries.evidence_items import ASKED, PAGE, design_of
from commonweal.needs.queries.needs import NeedCard, needs_for
from commonweal.needs.word_index import evidence_with
from commonweal.needs.wording import fill
from commonweal.present.wording import listed


@dataclass(frozen=True, slots=True)
class Told:
    """A piece of evidence or a stated need; `bearing` is empty while nobody has read it for the aim."""

    key: UUID
    need: bool
    title: str
    says: str
    whose: str
    quality: Quality | None
    perspective: str = ""
    when: date | None = None
    limits: str = ""
    bearing: Bearing | None = None
    why: str = ""
    read_by: str = ""


@dataclass(frozen=True, slots=True)
class ToldFor:
    """All of it; `unasked` says which perspectives nobody asked, `searched` where and for what was looked."""

    read: tuple[Told, ...]
    unread: tuple[Told, ...]
    unasked: tuple[str, ...]
    searched: tuple[str, ...]


def told_for(viewer: Viewer, partnership: UUID, ambition: UUID, look: Sought) -> ToldFor:
    """What was read for the aim, whatever its words; and what fits by its words and waits, best fit first."""
    said = {row.item_id or row.need_id: row for row in _readings(ambition)}
    placed = placed_evidence(viewer, partnership)
    items = list(placed.filter(pk__in=said).select_related("organisation"))
    fitting = _fitting(placed, look)
    needs = [card for card in needs_for(viewer, partnership) if card.state is not NeedState.WITHDRAWN]
    have = [_said(of_item(row), said[row.pk]) for row in items]
    have += [_said(of_need(card), said[card.id]) for card in needs if card.id in said]
    new = [of_item(row) for row in fitting if row.pk not in said]
    new += [of_need(card) for card in needs if card.id not in said and look.fits(f"{card.title} {card.statement}")]
    new.sort(key=lambda one: -look.fits(f"{one.title} {one.says}"))
    searched = _searched(look, placed.count(), len(fitting))
    return ToldFor(tuple(have), tuple(new), _unasked(have, new), searched)


def placed_evidence(viewer: Viewer, partnership: UUID) -> Any:
    """Evidence that all partners can read: a case is the same for everybody who asks."""
    rows = EvidenceItem.objects.visible_to(viewer, Purpose.ASSESSMENT)
    return rows.filter(partnership=partnership, placed__isnull=False, withdrawn=None)


def of_item(row: EvidenceItem) -> Told:
    """A piece of evidence as a case shows it, graded by the rule of all evidence."""
    how_many = n_words(row.kind, row.answered, row.asked)
    whose = f"{Perspective(row.perspective).label}. {row.organisation.name}. {how_many}."
    quality = grade_of(design_of(row), today=clock.today()).quality
    return Told(
        row.pk, False, row.title, row.summary, whose, quality, row.perspective, row.gathered_to, row.limits
    )


def of_need(card: NeedCard) -> Told:
    """A stated need as a case shows it: it is not graded, its evidence is."""
    signed = f"{card.signed} of {card.to_sign} signed"
    whose = f"{card.side}. {card.state.label}{f', {signed}' if card.state is NeedState.PROPOSED else ''}."
    return Told(card.id, True, card.title, card.statement, whose, None)


def _readings(ambition: UUID) -> Iterable[AmbitionReading]:
    rows: Iterable[AmbitionReading] = AmbitionReading.objects.filter(ambition=ambition).select_related("read_by")
    return rows


def _fitting(placed: Any, look: Sought) -> Sequence[EvidenceItem]:
    """Evidence that fits, found in the database: by the aim's own words first, then by group and theme."""
    most = read("ambition")["most"]["looked"]
    found: dict[UUID, EvidenceItem] = {}
    for terms in (look.words, look.terms):
        rows = evidence_with(terms, within=placed.select_related("organisation"), most=most)
        found |= {row.pk: row for row in rows if row.pk not in found}
    return [*found.values()][:most]


def _said(one: Told, row: AmbitionReading) -> Told:
    by = f"{row.read_by.name}, " if row.read_by else ""
    return replace(
        one, bearing=Bearing(row.bearing), why=row.reason, read_by=f"{by}{localtime(row.read_at):%-d %B %Y}"
    )


def _unasked(have: list[Told], new: list[Told]) -> tuple[str, ...]:
    """Which of the four perspectives were not asked of this, and which were and are silent."""
    words = read("ambition")["unmeasured"]
    waiting = {one.perspective for one in new}
    said = {one: {row.bearing for row in have if row.perspective == one} for one in ASKED if one not in waiting}
    named = {
        "perspective": [one.label.lower() for one, found in said.items() if not found],
        "silent": [one.label.lower() for one, found in said.items() if found == {Bearing.SILENT}],
    }
    return tuple(fill(words[key], who=listed(names)) for key, names in named.items() if names)


def _searched(look: Sought, placed: int, fit: int) -> tuple[str, ...]:
    words, most = read("ambition")["searched"], read("ambition")["most"]["looked"]
    return (
        fill(words["words"], words=listed(look.said)) if look.words else words["nothing"],
        fill(words["evidence"], all=count_words("evidence", placed), n=f"{fit:,}"),
        *([fill(words["capped"], n=most)] if fit == most else ()),
    )


def told_of(viewer: Viewer, partnership: UUID, thing: UUID, *, need: bool) -> Told:
    """One piece of evidence, or one stated need, to be read; NotFound where not all partners can read it."""
    if need:
        found = next((one for one in needs_for(viewer, partnership) if one.id == thing), None)
        told = of_need(found) if found else None
    else:
        require(viewer, Permission.VIEW_EVIDENCE, partnership)
        row = placed_evidence(viewer, partnership).select_related("organisation").filter(pk=thing).first()
        told = of_item(row) if row else None
    if told is None:
        raise NotFound("There is no such evidence or need, or not all partners can read it.")
    return told


def reading_of(viewer: Viewer, ambition: UUID, told: Told) -> dict[str, str]:
    """What was said of it before, for a form; nothing where nobody has read it."""
    rows = AmbitionReading.objects.visible_to(viewer, Purpose.ASSESSMENT).filter(ambition=ambition)
    row = rows.filter(**{"need" if told.need else "item": told.key}).first()
    return {"bearing": row.bearing, "reason": row.reason} if row else {}


def told_more(viewer: Viewer, partnership: UUID, ambition: UUID, text: str) -> tuple[Told, ...]:
    """What nobody has read for the aim, by any words: the newest evidence, then needs."""
    said = {row.item_id or row.need_id for row in _readings(ambition)}
    rows = placed_evidence(viewer, partnership).exclude(pk__in=said).select_related("organisation")
    for word in text.split():
        rows = rows.filter(Q(title__icontains=word) | Q(summary__icontains=word))
    needs = [card for card in needs_for(viewer, partnership) if card.state is not NeedState.WITHDRAWN
             and card.id not in said and all(one.casefold() in f"{card.title} {card.statement}".casefold()
                                             for one in text.split())]
    return (*(of_item(row) for row in rows.order_by("-id")[:PAGE]), *(of_need(card) for card in needs[:PAGE]))
