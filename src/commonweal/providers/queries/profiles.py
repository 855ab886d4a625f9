"""What bodies say they can do, and who could do what is asked, or nearly."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal
from uuid import UUID

from commonweal.core import clock
from commonweal.core.queries.partnerships import partnership_for
from commonweal.core.viewer import Viewer
from commonweal.providers.classes import titles
from commonweal.providers.models import LineKind, Profile, ProfileLine, Provider
from commonweal.providers.queries.directory import Asked, Listed, listed, matching

ASK_AGAIN = timedelta(days=365)
SOON = timedelta(days=60)
MOST_COMPARED = 2_000
MOST_SHOWN = 30


@dataclass(frozen=True, slots=True)
class LineCard:
    """One line, and whether what it names has run out or soon will."""

    text: str
    until: date | None
    over: bool
    soon: bool


@dataclass(frozen=True, slots=True)
class ProfileCard:
    """What a body says of itself, and whether that is old."""

    about: str
    people: int | None
    hours: int | None
    turnover: Decimal | None
    turnover_year: str
    room: str
    wants: str
    confirmed: date
    old: bool
    lines: tuple[tuple[str, str, tuple[LineCard, ...]], ...]


@dataclass(frozen=True, slots=True)
class Able:
    """One body beside what is asked: what it meets, and what it does not."""

    listed: Listed
    meets: tuple[str, ...]
    lacks: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Needed:
    """What is asked of whoever would do it; empty parts are not asked."""

    does: str = ""
    group: str = ""
    standard: str = ""
    district: str = ""


def profile_of(provider: UUID) -> ProfileCard | None:
    """The profile of an entry that the caller has already been shown."""
    row = Profile.objects.filter(provider=provider).prefetch_related("lines").first()
    if row is None:
        return None
    today = clock.today()
    lines = [(kind, [one for one in row.lines.all() if one.kind == kind]) for kind in LineKind]
    return ProfileCard(
        row.about, row.people, row.hours, row.turnover, row.turnover_year, row.room, row.wants, row.confirmed,
        today - row.confirmed > ASK_AGAIN,
        tuple((kind.value, kind.label, tuple(_line(one.text, one.until, today) for one in found))
              for kind, found in lines if found),
    )


def _line(text: str, until: date | None, today: date) -> LineCard:
    return LineCard(text, until, bool(until and until < today), bool(until and today <= until <= today + SOON))


def own_profile(viewer: Viewer, partnership: UUID) -> tuple[Provider | None, ProfileCard | None]:
    """The entry and profile of the organisation one acts for, if it has any."""
    whose = viewer.organisation_in(partnership)
    row = Provider.objects.filter(organisation=whose).first() if whose else None
    return row, profile_of(row.pk) if row else None


def who_could(viewer: Viewer, partnership: UUID, needed: Needed) -> tuple[tuple[Able, ...], tuple[Able, ...]]:
    """Those who meet all that is asked, and those who miss one thing, of all whom the viewer may see."""
    view = partnership_for(viewer, partnership)
    districts = (needed.district,) if needed.district else tuple(one.code for one in view.places if one.code)
    rows = list(matching(viewer, Asked(districts=districts, example=view.invented)).filter(closed=False)
                .order_by("name", "id")[:MOST_COMPARED])
    if not any((needed.does, needed.group, needed.standard)):
        return (), ()
    profiles = {
        one.provider_id: one for one in Profile.objects.filter(provider__in=[row.pk for row in rows])
        .prefetch_related("lines")
    }
    cards = listed(rows)
    able = [_able(card, row, profiles.get(row.pk), needed) for card, row in zip(cards, rows, strict=True)]
    could = tuple(one for one in able if not one.lacks)
    nearly = tuple(one for one in able if len(one.lacks) == 1 and one.meets)
    return could[:MOST_SHOWN], nearly[:MOST_SHOWN]


def _able(card: Listed, row: Provider, profile: Profile | None, needed: Needed) -> Able:
    lines = list(profile.lines.all()) if profile else []
    today = clock.today()
    meets: list[str] = []
    lacks: list[str] = []
    for asked, words, met in (
        (needed.does, titles().get(needed.does, ""), needed.does in row.classes),
        (needed.group, f"reaches {needed.group}", _says(lines, LineKind.GROUP, needed.group, today)),
        (needed.standard, f"holds {needed.standard}", any(
            _says(lines, kind, needed.standard, today)
            for kind in (LineKind.STANDARD, LineKind.POLICY, LineKind.INSURANCE))),
    ):
        if asked:
            (meets if met else lacks).append(words)
    return Able(card, tuple(meets), tuple(lacks))


def _says(lines: list[ProfileLine], kind: LineKind, word: str, today: date) -> bool:
    """Whether a line of this kind holds the word and has not run out."""
    return any(
        one.kind == kind and word.casefold() in one.text.casefold()
        and not (one.until and one.until < today)
        for one in lines
    )
