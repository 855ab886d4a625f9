"""The register of people as members read it, as the person reads it, and as a referee is asked."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from commonweal.core import clock
from commonweal.core.errors import NotFound
from commonweal.core.permissions import Permission
from commonweal.core.viewer import Viewer, require
from commonweal.providers.content import read
from commonweal.providers.models import Adviser, AdviserKind, Reference
from commonweal.providers.models.advisers import RENEWED

MOST = 300


@dataclass(frozen=True, slots=True)
class Question:
    """One question of a reference; with choices, or words up to a length."""

    key: str
    words: str
    choices: tuple[tuple[str, str], ...]
    longest: int


@dataclass(frozen=True, slots=True)
class Spoken:
    """One reference: what came of asking, the answers, and the reply beside them."""

    id: UUID
    who: str
    asked_at: datetime
    answered_at: datetime | None
    declined: bool
    answers: tuple[tuple[str, str], ...]
    reply: str


@dataclass(frozen=True, slots=True)
class Work:
    """One thing that was done, and who speaks of it."""

    id: UUID
    what: str
    client: str
    years: str
    references: tuple[Spoken, ...]


@dataclass(frozen=True, slots=True)
class AdviserCard:
    """One person as they describe themselves."""

    id: UUID
    name: str
    kind: str
    about: str
    area: str
    prices: str
    conflicts: str
    reach: str
    wide: bool
    confirmed_at: datetime | None
    until: datetime | None
    asked_by: str
    works: tuple[Work, ...]
    shown: bool

    @property
    def answered(self) -> int:
        """How many references were answered."""
        return sum(one.answered_at is not None for work in self.works for one in work.references)

    @property
    def asked(self) -> int:
        """How many were asked."""
        return sum(len(work.references) for work in self.works)


@dataclass(frozen=True, slots=True)
class People:
    """The register as one partnership sees it: by name, nothing else orders it."""

    cards: tuple[AdviserCard, ...]
    waiting: int
    gone: int


def people_for(viewer: Viewer, partnership: UUID, words: str = "", kind: str = "") -> People:
    """Who could help, in order of name; those whom each word fits, in anything they say."""
    require(viewer, Permission.VIEW_PARTNERSHIP, partnership)
    rows = Adviser.objects.shown_to(viewer, partnership).filter(partnership__invented=_invented(partnership))
    if kind in AdviserKind.values:
        rows = rows.filter(kind=kind)
    cards = [_card(row) for row in _whole(rows).order_by("name", "id")[:MOST]]
    wanted = words.casefold().split()[:6]
    found = tuple(one for one in cards if all(word in _text(one) for word in wanted))
    here = Adviser.objects.filter(partnership=partnership)
    return People(found, here.filter(consented_at=None, erased_at=None).count(),
                  here.exclude(erased_at=None).count())


def adviser_for(viewer: Viewer, partnership: UUID, adviser: UUID) -> AdviserCard:
    """One of them."""
    require(viewer, Permission.VIEW_PARTNERSHIP, partnership)
    rows = Adviser.objects.shown_to(viewer, partnership).filter(partnership__invented=_invented(partnership))
    row = _whole(rows).filter(pk=adviser).first()
    if row is None:
        raise NotFound("There is no such person on the list, or none that you may see.")
    return _card(row)


def own_card(adviser: Adviser) -> AdviserCard:
    """As the person themselves reads it, by their link."""
    return _card(_whole(Adviser.objects.filter(pk=adviser.pk)).get())


def questions() -> tuple[Question, ...]:
    """What a referee is asked."""
    told = read("references")
    choices = tuple((str(key), str(words)) for key, words in told["choices"].items())
    return tuple(Question(one["key"], one["words"], choices if one["kind"] == "choice" else (),
                          one.get("longest", 0)) for one in told["questions"])


def _invented(partnership: UUID) -> bool:
    from commonweal.core.models import Partnership

    return bool(Partnership.objects.filter(pk=partnership, invented=True).exists())


def _whole(rows: Any) -> Any:
    return rows.select_related("asked_by").prefetch_related("works__references")


def _card(row: Adviser) -> AdviserCard:
    works = tuple(Work(one.pk, one.what, one.client, _years(one.since, one.until),
                       tuple(_spoken(each) for each in one.references.all())) for one in row.works.all())
    return AdviserCard(
        row.pk, row.name, AdviserKind(row.kind).label, row.about, row.area, row.prices, row.conflicts, row.reach,
        row.wide, row.confirmed_at, row.confirmed_at + RENEWED if row.confirmed_at else None, row.asked_by.name,
        works, row.consented_at is not None and row.erased_at is None)


def _spoken(row: Reference) -> Spoken:
    known = {one.key: one for one in questions()}
    answers = tuple((known[key].words, dict(known[key].choices).get(said, said))
                    for key, said in row.answers.items() if key in known)
    order = [one.words for one in known.values()]
    return Spoken(row.pk, row.name, row.asked_at, row.answered_at, row.declined_at is not None,
                  tuple(sorted(answers, key=lambda pair: order.index(pair[0]))), row.reply)


def _years(since: int, until: int | None) -> str:
    if until is None:
        return f"since {since}" if since < clock.today().year else str(since)
    return str(since) if until == since else f"{since} to {until}"


def _text(card: AdviserCard) -> str:
    works = " ".join(f"{one.what} {one.client}" for one in card.works)
    return f"{card.name} {card.about} {card.area} {works}".casefold()
