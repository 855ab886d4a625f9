"""The needs of a partnership: the list, and one need with all that supports it and who has signed."""

from __future__ import annotations

import hashlib
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any
from uuid import UUID

from django.db.models import Count, Exists, OuterRef

from commonweal.core import clock
from commonweal.core.errors import NotFound
from commonweal.core.figure import Quality
from commonweal.core.models import PartnershipOrganisation
from commonweal.core.permissions import Permission
from commonweal.core.purpose import Purpose
from commonweal.core.viewer import Viewer, require
from commonweal.needs.content import read
from commonweal.needs.evidence_grade import grade_of, n_words
from commonweal.needs.frozen_evidence import pieces_of
from commonweal.needs.models import (
    EvidenceItem,
    FrozenEvidence,
    Need,
    NeedEvidence,
    NeedState,
    NeedVersion,
    Objection,
    Perspective,
    SignOff,
    Verdict,
)
from commonweal.needs.queries.evidence_items import design_of
from commonweal.needs.queries.survival import shown
from commonweal.needs.support import (
    PerspectiveSupport,
    missing_sentence,
    statement,
    support_of_counts,
    support_sentence,
)

PAGE, IN_ONE_GO = 25, 500
ORDER = (NeedState.PROPOSED, NeedState.DRAFT, NeedState.AGREED, NeedState.WITHDRAWN)


@dataclass(frozen=True, slots=True)
class NeedCard:
    """One need in the list."""

    id: UUID
    title: str
    statement: str
    side: str
    theme: str
    state: NeedState
    number: int
    strip: tuple[PerspectiveSupport, ...]
    signed: int
    to_sign: int
    objections: int
    waits_for_me: bool


@dataclass(frozen=True, slots=True)
class HeldLine:
    """One piece of evidence held against a need."""

    id: UUID
    title: str
    perspective: str
    organisation: str
    verdict: Verdict
    note: str
    summary: str
    limits: str
    n: str
    when: date | None
    item: UUID
    quality: Quality


@dataclass(frozen=True, slots=True)
class SeatLine:
    """One organisation that signs, and what it has said of the version shown."""

    organisation: str
    said: str          # signed, objected, or empty
    person: str
    at: datetime | None
    words: str
    mine: bool


@dataclass(frozen=True, slots=True)
class VersionLine:
    """One version in the history."""

    number: int
    statement: str
    written_by: str
    written_at: datetime
    reason: str
    signatures: int


@dataclass(frozen=True, slots=True)
class FrozenItem:
    """A piece of evidence as it stood when the version was proposed."""

    title: str
    perspective: str
    organisation: str
    verdict: Verdict
    summary: str
    n: str
    withdrawn: bool
    ended: str


@dataclass(frozen=True, slots=True)
class NeedView:
    """One need, in its newest version."""

    card: NeedCard
    who: str
    where: str
    what: str
    how_we_know: str
    support: str
    missing: str
    evidence: tuple[HeldLine, ...]
    seats: tuple[SeatLine, ...]
    versions: tuple[VersionLine, ...]
    frozen: tuple[FrozenItem, ...]
    whole: bool
    place_code: str
    stood: int = 0  # pieces there were when it was proposed

    @property
    def held(self) -> int:
        """Pieces that stand behind the four perspectives."""
        return sum(one.items for one in self.card.strip)


@dataclass(frozen=True, slots=True)
class Pages:
    """Which page of the evidence held, and of the evidence as it stood, is asked for; None for all of it."""

    held: int | None = None
    stood: int | None = None
    size: int = PAGE

    def span(self, page: int | None) -> slice:
        """The rows of a page, or of all of it."""
        return slice(None) if page is None else slice((page - 1) * self.size, page * self.size)


WHOLE = Pages()


def needs_for(viewer: Viewer, partnership: UUID) -> tuple[NeedCard, ...]:
    """Every need of the partnership, those that wait first."""
    require(viewer, Permission.VIEW_EVIDENCE, partnership)
    rows = Need.objects.visible_to(viewer, Purpose.ASSESSMENT).filter(partnership=partnership)
    cards = _cards(viewer, partnership, list(rows.order_by("created", "id")))
    return tuple(sorted(cards, key=lambda card: (not card.waits_for_me, ORDER.index(card.state))))


def waiting_needs(viewer: Viewer, partnership: UUID) -> tuple[NeedCard, ...]:
    """Those alone that wait for the viewer's organisation to sign: nothing of the others is counted."""
    require(viewer, Permission.VIEW_EVIDENCE, partnership)
    rows = Need.objects.visible_to(viewer, Purpose.ASSESSMENT).filter(
        partnership=partnership, state=NeedState.PROPOSED)
    cards = _cards(viewer, partnership, list(rows.order_by("created", "id")))
    return tuple(card for card in cards if card.waits_for_me)


def need_for(viewer: Viewer, partnership: UUID, need: UUID, *, pages: Pages = WHOLE) -> NeedView:
    """One need in full, or some of its evidence; NotFound where there is none that the viewer may see."""
    row = need_row(viewer, partnership, need)
    card = _cards(viewer, partnership, [row])[0]
    rows = row.versions.select_related("written_by").annotate(signed=Count("signatures"))
    versions = list(rows.order_by("-number"))
    latest = versions[0]
    frozen, stood, whole = _thawed(latest, pages)
    return NeedView(
        card=card, who=latest.who, where=latest.where, what=latest.what, how_we_know=latest.how_we_know,
        support=support_sentence(card.strip), missing=missing_sentence(card.strip),
        evidence=_evidence(viewer, row, pages), stood=stood, seats=_seats(viewer, partnership, latest),
        versions=_versions(versions), frozen=frozen, whole=whole, place_code=latest.place_code,
    )


def need_row(viewer: Viewer, partnership: UUID, need: UUID) -> Need:
    """The need itself, for an action; NotFound where the viewer may not see it."""
    rows = Need.objects.visible_to(viewer, Purpose.ASSESSMENT)
    found: Need | None = rows.filter(partnership=partnership, pk=need).first()
    if found is None:
        raise NotFound("There is no such need, or none that you may see.")
    return found


def evidence_choices(viewer: Viewer, partnership: UUID, need: UUID) -> tuple[tuple[str, str, str], ...]:
    """Evidence that may be held against a need: id, title, and whose it is; newest first, those not held yet."""
    held = NeedEvidence.objects.filter(need=need).values("item")
    rows = EvidenceItem.objects.visible_to(viewer, Purpose.ASSESSMENT).filter(
        partnership=partnership, placed__isnull=False, withdrawn=None
    ).exclude(pk__in=held)
    found = rows.select_related("organisation").order_by("-id")[:200]
    return tuple(
        (str(row.pk), row.title, f"{Perspective(row.perspective).label}, {row.organisation.name}") for row in found
    )


def agreed_count(viewer: Viewer, partnership: UUID) -> tuple[int, int]:
    """How many needs are agreed, and how many there are that are not withdrawn."""
    rows = Need.objects.visible_to(viewer, Purpose.ASSESSMENT).filter(partnership=partnership)
    states = list(rows.exclude(state=NeedState.WITHDRAWN).values_list("state", flat=True))
    return states.count(NeedState.AGREED), len(states)


def _cards(viewer: Viewer, partnership: UUID, needs: list[Need]) -> list[NeedCard]:
    """Cards in a fixed number of queries, however many needs there are."""
    keys = [need.pk for need in needs]
    newest = NeedVersion.objects.filter(identity__in=keys).latest_each()
    latest = {row.identity_id: row for row in newest}
    held = _pieces(partnership, keys)
    versions = [row.pk for row in latest.values()]
    signed = _by_version(SignOff.objects.filter(version__in=versions))
    against = _by_version(Objection.objects.filter(version__in=versions))
    seats = _signing(partnership)
    mine = viewer.organisation_in(partnership)
    may = viewer.may(Permission.AGREE, partnership) and mine in seats
    return [
        _card(need, latest[need.pk], held.get(need.pk, {}), signed, against, seats, mine if may else None)
        for need in needs
    ]


def _pieces(partnership: UUID, needs: list[UUID]) -> dict[UUID, Counter[tuple[str, str]]]:
    """How many standing pieces say what of each need: all that are held, counted from an index, less the shut."""
    found: dict[UUID, Counter[tuple[str, str]]] = defaultdict(Counter)
    held = NeedEvidence.objects.filter(need__in=needs)
    for need, perspective, verdict, pieces in _counted(held):
        found[need][perspective, verdict] += pieces
    shut = _shut(partnership)
    for at in range(0, len(shut), IN_ONE_GO):
        for need, perspective, verdict, pieces in _counted(held.filter(item__in=shut[at:at + IN_ONE_GO])):
            found[need][perspective, verdict] -= pieces
    return {need: +pieces for need, pieces in found.items()}


def _counted(held: Any) -> Any:
    counted = held.order_by().values("need_id", "perspective", "verdict").annotate(pieces=Count("*"))
    return counted.values_list("need_id", "perspective", "verdict", "pieces")


def _shut(partnership: UUID) -> list[UUID]:
    """Pieces that speak for nothing now: withdrawn, or resting on data whose agreement holds no more."""
    return [*{key for rows in _shut_rows(partnership) for (key,) in rows}]


def _shut_rows(partnership: UUID) -> tuple[Any, Any]:
    """Their ids: the withdrawn, and those whose agreement holds no more."""
    rows = EvidenceItem.objects.filter(partnership=partnership)
    resting = rows.filter(dataset__isnull=False)
    closed = resting.exclude(pk__in=resting.open_today().values("pk"))
    return rows.filter(withdrawn__isnull=False).values_list("pk"), closed.values_list("pk")


def _card(
    need: Need, version: NeedVersion, pieces: Mapping[tuple[str, str], int], signed: dict[UUID, set[UUID]],
    against: dict[UUID, set[UUID]], seats: dict[UUID, str], mine: UUID | None,
) -> NeedCard:
    have, objecting = signed.get(version.pk, set()), against.get(version.pk, set())
    state = NeedState(need.state)
    waits = state is NeedState.PROPOSED and mine is not None and mine not in have | objecting
    return NeedCard(
        id=need.pk, title=need.title, statement=statement(version.who, version.where, version.what),
        side=need.get_side_display(), theme=need.theme, state=state, number=version.number,
        strip=support_of_counts(pieces), signed=len(have), to_sign=len(seats), objections=len(objecting),
        waits_for_me=waits,
    )


def _by_version(rows: Any) -> dict[UUID, set[UUID]]:
    found: dict[UUID, set[UUID]] = defaultdict(set)
    for version, organisation in rows.values_list("version_id", "organisation_id"):
        found[version].add(organisation)
    return found


def _signing(partnership: UUID) -> dict[UUID, str]:
    seats = PartnershipOrganisation.objects.on(clock.today()).filter(partnership=partnership, signs_off=True)
    return dict(seats.order_by("organisation__name").values_list("organisation_id", "organisation__name"))


def _evidence(viewer: Viewer, need: Need, pages: Pages) -> tuple[HeldLine, ...]:
    """A page by perspective, then as it was held: chosen from an index alone, and only then read."""
    gone, closed = _shut_rows(need.partnership_id)
    held = NeedEvidence.objects.filter(need=need).exclude(item__in=gone).exclude(item__in=closed)
    keys = [*held.order_by("perspective", "id").values_list("pk", flat=True)[pages.span(pages.held)]]
    seen = EvidenceItem.objects.visible_to(viewer, Purpose.ASSESSMENT).filter(pk=OuterRef("item"))
    rows = NeedEvidence.objects.filter(Exists(seen), pk__in=keys) if pages.held else held.filter(Exists(seen))
    found = rows.select_related("item", "item__organisation").order_by("perspective", "id")
    return tuple(
        HeldLine(
            row.pk, row.item.title, str(Perspective(row.item.perspective).label), row.item.organisation.name,
            Verdict(row.verdict), row.note, row.item.summary, row.item.limits,
            n_words(row.item.kind, row.item.answered, row.item.asked), row.item.gathered_to, row.item_id,
            grade_of(design_of(row.item), today=clock.today()).quality,
        )
        for row in found
    )


def _seats(viewer: Viewer, partnership: UUID, version: NeedVersion) -> tuple[SeatLine, ...]:
    nothing: tuple[str, str, datetime | None, str] = ("", "", None, "")
    said: dict[UUID, tuple[str, str, datetime | None, str]] = {}
    for row in version.signatures.select_related("person"):
        said[row.organisation_id] = ("signed", row.person.name, row.signed_at, row.comment)
    for against in Objection.objects.filter(version=version).select_related("person"):
        said[against.organisation_id] = ("objected", against.person.name, against.at, against.reason)
    mine = viewer.organisation_in(partnership)
    return tuple(
        SeatLine(name, *said.get(key, nothing), key == mine)
        for key, name in _signing(partnership).items()
    )


def _versions(rows: Iterable[NeedVersion]) -> tuple[VersionLine, ...]:
    return tuple(
        VersionLine(
            row.number, statement(row.who, row.where, row.what), row.written_by.name, row.written_at, row.reason,
            row.signed,  # type: ignore[attr-defined]  # counted beside it
        )
        for row in rows
    )


def _thawed(version: NeedVersion, pages: Pages) -> tuple[tuple[FrozenItem, ...], int, bool]:
    """The evidence as it stood when this version was proposed, how much, and whether it is what was frozen."""
    if not version.digest:
        return (), 0, True
    copy = FrozenEvidence.objects.values_list("whole", flat=True).get(version=version)
    whole = hashlib.sha256(copy.encode()).hexdigest() == version.digest
    found, stood = pieces_of(copy, pages.span(pages.stood))
    return tuple(
        FrozenItem(
            item["title"], str(Perspective(item["perspective"]).label), item["organisation"],
            Verdict(item["verdict"]), item["summary"],
            "" if item.get("withdrawn") else n_words(item["kind"], item["answered"], item["asked"]),
            bool(item.get("withdrawn")), item["ended"],
        )
        for item in shown(found)
    ), stood, whole


def rule_words() -> str:
    """The rule by which support is worked out."""
    return str(read("needs")["rule"])
