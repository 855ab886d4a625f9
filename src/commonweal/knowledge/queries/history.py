"""How a word came to mean what it means: versions with what changed, who signed, and what was said."""

from __future__ import annotations

import difflib
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from commonweal.core.permissions import ROLES, Permission
from commonweal.core.purpose import Purpose
from commonweal.core.viewer import Viewer
from commonweal.knowledge.models import CommentKind, Rule, Term, TermComment, TermVersion
from commonweal.knowledge.queries.words import word_at
from commonweal.knowledge.words import Word


@dataclass(frozen=True, slots=True)
class Piece:
    """A run of words that stayed, came in ("+") or went out ("-")."""

    mark: str
    text: str


@dataclass(frozen=True, slots=True)
class Change:
    """One part of a word's wording that changed."""

    what: str
    pieces: tuple[Piece, ...]


@dataclass(frozen=True, slots=True)
class Signed:
    """One signature."""

    organisation: str
    person: str
    at: datetime


@dataclass(frozen=True, slots=True)
class Told:
    """One version: what it changed, why, who wrote and who signed it."""

    number: int
    word: Word
    retires: bool
    reason: str
    by: str
    at: datetime
    changes: tuple[Change, ...]
    signatures: tuple[Signed, ...]
    agreed_at: datetime | None
    rule: str


@dataclass(frozen=True, slots=True)
class Comment:
    """One thing said."""

    id: UUID
    number: int
    objection: bool
    by: str
    organisation: str
    body: str
    at: datetime
    taken_back: bool
    mine: bool


def history_of(viewer: Viewer, term: Term) -> tuple[Told, ...]:
    """Every version, newest first."""
    rows = TermVersion.objects.visible_to(viewer, Purpose.ASSESSMENT).filter(identity=term)
    rows = rows.select_related("identity", "written_by", "agreement").prefetch_related(
        "signatures__organisation", "signatures__person"
    ).order_by("number")
    told: list[Told] = []
    before: Word | None = None
    for row in rows:
        now = word_at(row)
        told.append(_told(row, now, changes_between(before, now) if before else ()))
        before = now
    return tuple(reversed(told))


def comments_on(viewer: Viewer, term: Term) -> tuple[Comment, ...]:
    """What was said of every version, the newest last."""
    rows = TermComment.objects.visible_to(viewer, Purpose.ASSESSMENT).filter(version__identity=term)
    rows = rows.select_related("person", "organisation", "version").order_by("said_at", "id")
    return tuple(
        Comment(
            row.pk, row.version.number, row.kind == CommentKind.OBJECTION, row.person.name,
            row.organisation.name if row.organisation else "", row.body, row.said_at, row.taken_back is not None,
            row.person_id == viewer.person,
        )
        for row in rows
    )


def may_sign(viewer: Viewer, partnership: UUID) -> frozenset[UUID]:
    """The organisations for which the viewer may sign here."""
    return frozenset(
        g.organisation for g in viewer.deeds_in(partnership) if Permission.AGREE in ROLES[g.role]
    )


def changes_between(before: Word, now: Word) -> tuple[Change, ...]:
    """What changed from one wording to the next, part by part."""
    parts = (
        ("Word", before.label, now.label), ("In plain words", before.plain, now.plain),
        ("Also written", ", ".join(before.also), ", ".join(now.also)),
        *(
            (cell.title, _cell(before, cell.sector), _cell(now, cell.sector))
            for cell in (*now.words, *before.words)
        ),
        ("Broader", ", ".join(before.broader), ", ".join(now.broader)),
        ("Related", ", ".join(before.related), ", ".join(now.related)),
        ("Links", ", ".join(one.uri for one in before.links), ", ".join(one.uri for one in now.links)),
        ("Source", before.source, now.source),
    )
    found = {what: Change(what, pieces_of(old, new)) for what, old, new in parts if old != new}
    return tuple(found.values())


def pieces_of(old: str, new: str) -> tuple[Piece, ...]:
    """Two texts word by word: what stayed, what went out, what came in."""
    left, right = old.split(), new.split()
    pieces: list[Piece] = []
    for kind, a, b, c, d in difflib.SequenceMatcher(None, left, right, autojunk=False).get_opcodes():
        if kind == "equal":
            pieces.append(Piece("", " ".join(left[a:b])))
            continue
        if b > a:
            pieces.append(Piece("-", " ".join(left[a:b])))
        if d > c:
            pieces.append(Piece("+", " ".join(right[c:d])))
    return tuple(pieces)


def _cell(word: Word, sector: str) -> str:
    return next((f"{one.word}: {one.meaning}" for one in word.words if one.sector == sector), "")


def _told(row: TermVersion, word: Word, changes: tuple[Change, ...]) -> Told:
    agreement = getattr(row, "agreement", None)
    signatures = sorted(row.signatures.all(), key=lambda one: one.signed_at)
    return Told(
        row.number, word, row.retires, row.reason, row.written_by.name if row.written_by else "Commonweal",
        row.written_at, changes,
        tuple(Signed(one.organisation.name, one.person.name, one.signed_at) for one in signatures),
        agreement.agreed_at if agreement else None, str(Rule(agreement.rule).label) if agreement else "",
    )
