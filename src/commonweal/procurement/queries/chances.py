"""Coming commissions and those who could do them: for each organisation its own, for the buyer who is not told."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from commonweal.core import clock
from commonweal.core.models import PartnershipPlace, PartnershipRole
from commonweal.core.permissions import ROLES, Permission
from commonweal.core.viewer import ANONYMOUS, Viewer, require
from commonweal.procurement.matching import Could, Sought, fits, reasons, telling_words
from commonweal.procurement.models import BriefLine, Chance, ChanceWish, Interest, Listing
from commonweal.procurement.models.chances import ChanceAnswer, Often
from commonweal.procurement.queries.pipeline import ComingLine, coming
from commonweal.procurement.queries.pipeline import Sought as Looked
from commonweal.providers.classes import classified, titles
from commonweal.providers.models import LineKind, ProfileLine, Provider
from commonweal.providers.queries.directory import FEW, Listed, listed

MOST = 20_000       # entries compared with one commission
MOST_SHOWN = 100


@dataclass(frozen=True, slots=True)
class ChanceCard:
    """One coming commission as one organisation's people see it, with why."""

    line: ComingLine
    reasons: tuple[str, ...]
    answer: str
    mailed_at: datetime | None


@dataclass(frozen=True, slots=True)
class Untold:
    """One organisation that could do it, whether and how it was told, and if not, why."""

    listed: Listed
    fits: tuple[str, ...]
    told: str
    why_not: str


@dataclass(frozen=True, slots=True)
class Reach:
    """Who could do a commission: those told, those not, and how many that may not be named."""

    told: tuple[Untold, ...]
    untold: tuple[Untold, ...]
    unnamed: str
    total: int
    cut: bool


def chances_for(viewer: Viewer, partnership: UUID) -> tuple[ChanceCard, ...]:
    """What is coming that the viewer's own organisation could do; what it declined comes last."""
    require(viewer, Permission.BRING_EVIDENCE, partnership)
    own = viewer.organisation_in(partnership)
    body = Provider.objects.filter(organisation=own).first() if own else None
    if body is None or own is None:
        return ()
    found = matched(_coming(partnership), body)
    held = {one.listing_id: one for one in Chance.objects.filter(organisation=own, listing__in=[
        line.id for line, _ in found])}
    cards = [ChanceCard(line, why, held[line.id].answer if line.id in held else "",
                        held[line.id].mailed_at if line.id in held else None) for line, why in found]
    return tuple(sorted(cards, key=lambda one: one.answer == ChanceAnswer.DECLINED))


def matched(lines: Iterable[ComingLine], body: Provider) -> list[tuple[ComingLine, tuple[str, ...]]]:
    """The lines that fit one body, each with its reasons."""
    could, words = _could([body])[body.pk], titles()
    told = _sought(lines)
    pairs = [(line, reasons(told[line.id], could, words)) for line in lines]
    return [(line, why) for line, why in pairs if why]


def reach_of(viewer: Viewer, partnership: UUID, listing: Listing) -> Reach:
    """For those who work on a commission: who could do it, who was told, and who was not and why."""
    require(viewer, Permission.RECORD_EVIDENCE, partnership)
    line = next((one for one in _coming(partnership) if one.id == listing.pk), None)
    if line is None:
        return Reach((), (), "", 0, cut=False)
    asked = _sought([line])[line.id]
    rows = Provider.objects.filter(merged_into=None, closed=False, example=line.invented).exclude(
        organisation=listing.commission.organisation_id)
    if asked.districts:
        rows = rows.filter(district__in=[*asked.districts, ""])
    bodies = list(rows.order_by("name", "id")[:MOST])
    could, words = _could(bodies), titles()
    able = [(one, tuple(what for part in fits(asked, could[one.pk], words) for what in part))
            for one in bodies if reasons(asked, could[one.pk], words)]
    seen = set(Provider.objects.visible_to(viewer).filter(pk__in=[one.pk for one, _ in able]).values_list(
        "pk", flat=True))
    named = [(one, why) for one, why in able if one.pk in seen]
    cards = _told([one for one, _ in named], [why for _, why in named], listing)
    hidden = len(able) - len(named)
    unnamed = ("Fewer than 5 others, or none, could do it and chose not to be seen" if hidden < FEW
               else f"About {round(hidden / FEW) * FEW} others could do it and chose not to be seen")
    told = tuple(one for one in cards if one.told)
    untold = tuple(sorted((one for one in cards if not one.told), key=lambda one: (one.why_not, one.listed.name)))
    return Reach(told[:MOST_SHOWN], untold[:MOST_SHOWN], unnamed, len(cards),
                 cut=max(len(told), len(untold)) > MOST_SHOWN)


def wish_of(viewer: Viewer, partnership: UUID) -> ChanceWish | None:
    """How the viewer wishes to be told, for the organisation they act for."""
    own = viewer.organisation_in(partnership)
    found: ChanceWish | None = ChanceWish.objects.filter(
        partnership=partnership, organisation=own, person=viewer.person).first()
    return found


def _coming(partnership: UUID) -> tuple[ComingLine, ...]:
    """What the partnership has in the calendar, as everybody reads it, and takes answers to."""
    mine = set(Listing.objects.filter(partnership=partnership, withdrawn=False).values_list("pk", flat=True))
    lines = [*coming(ANONYMOUS, Looked()), *coming(ANONYMOUS, Looked(invented=True))] if mine else []
    return tuple(line for line in lines if line.id in mine and line.open)


def _sought(lines: Iterable[ComingLine]) -> dict[UUID, Sought]:
    """What each line asks: its own public words, and the public words of what a team would do."""
    rows = {row.pk: row for row in Listing.objects.filter(pk__in=[one.id for one in lines])}
    briefs: dict[UUID, list[str]] = defaultdict(list)
    for commission, capability, group in BriefLine.objects.filter(
            brief__commission__in=[row.commission_id for row in rows.values()]).order_by("position").values_list(
            "brief__commission", "capability", "group"):
        briefs[commission].append(f"{capability} {group}")
    places: dict[UUID, list[str]] = defaultdict(list)
    for there, code in PartnershipPlace.objects.on(clock.today()).filter(
            partnership__in={row.partnership_id for row in rows.values()}).values_list("partnership", "code"):
        places[there].append(code)
    found = {}
    for line in lines:
        row = rows[line.id]
        text = " ".join([line.title, line.plain, *dict.fromkeys(briefs[row.commission_id])])
        codes = [one for one in places[row.partnership_id] if one]
        found[line.id] = Sought(frozenset(classified(text)), telling_words(text), frozenset(codes), line.place)
    return found


def _could(bodies: list[Provider]) -> dict[UUID, Could]:
    lines: dict[UUID, list[tuple[str, str]]] = defaultdict(list)
    ids = [one.pk for one in bodies if one.organisation_id]
    for start in range(0, len(ids), 500):
        rows = ProfileLine.objects.filter(profile__provider__in=ids[start:start + 500]).order_by("id")
        for provider, kind, text in rows.values_list("profile__provider", "kind", "text"):
            lines[provider].append((kind, text))
    return {one.pk: Could(
        frozenset(one.classes), tuple(text for kind, text in lines[one.pk] if kind == LineKind.ACTIVITY),
        tuple(text for kind, text in lines[one.pk] if kind == LineKind.GROUP), one.district) for one in bodies}


def _told(bodies: list[Provider], why: list[tuple[str, ...]], listing: Listing) -> list[Untold]:
    """Each with how it was told; what it answered is said only where it said that it takes part."""
    there = listing.partnership_id
    seats = _speaking(there)
    wishes = set(ChanceWish.objects.filter(partnership=there, often=Often.WEEKLY).values_list(
        "organisation_id", flat=True))
    held = {one.organisation_id: one for one in Chance.objects.filter(listing=listing)}
    names = {_plain(name) for name in Interest.objects.filter(listing=listing, erased_at=None).values_list(
        "organisation", flat=True)}
    return [Untold(card, said, *_how(body, held, names, seats, wishes))
            for body, card, said in zip(bodies, listed(bodies), why, strict=True)]


def _how(
    body: Provider, held: dict[UUID, Chance], names: set[str], seats: set[UUID], wishes: set[UUID]
) -> tuple[str, str]:
    one = held.get(body.organisation_id) if body.organisation_id else None
    if _plain(body.name) in names:
        return "It said that it might take part.", ""
    if one is not None and one.mailed_at:
        return f"Told by e-mail on {one.mailed_at:%-d %B %Y}.", ""
    if one is not None and one.answered_at:
        return f"It saw this here on {one.answered_at:%-d %B %Y}.", ""
    if body.organisation_id not in seats:
        return "", "It has no account here: ring or write to it, or ask it to join."
    if body.organisation_id not in wishes:
        return "", "It has an account and asked for no e-mail; it is shown this when it looks."
    return "", "The next weekly e-mail tells it."


def _speaking(partnership: UUID) -> set[UUID]:
    """Organisations with somebody who may answer for them."""
    speak = [role for role, may in ROLES.items() if Permission.BRING_EVIDENCE in may]
    return set(
        PartnershipRole.objects.on(clock.today())
        .filter(partnership=partnership, role__in=speak)
        .values_list("organisation_id", flat=True)
    )


def _plain(name: str) -> str:
    return " ".join(name.casefold().split())
