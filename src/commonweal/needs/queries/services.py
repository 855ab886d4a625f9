"""What is provided today, as its partners recorded it, with the needs each service is said to answer."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any
from uuid import UUID

from django.db.models import Q

from commonweal.core import clock
from commonweal.core.errors import NotFound
from commonweal.core.permissions import Permission
from commonweal.core.purpose import Purpose
from commonweal.core.viewer import Viewer, require
from commonweal.needs.card import themes
from commonweal.needs.models import Answers, NeedState, NeedVersion, Service, ServiceKind, ServiceNeed, WhyItRuns
from commonweal.needs.service_reading import Named

CONTINUES = (WhyItRuns.HISTORICAL, WhyItRuns.UNKNOWN)


@dataclass(frozen=True, slots=True)
class Judgement:
    """How far a service answers a need; `stale` where the need was written anew since."""

    need: UUID
    answers: Answers
    how_known: str
    on: date
    stale: bool


@dataclass(frozen=True, slots=True)
class ServiceCard:
    """One service as it was last said; `mine` where the viewer acts for whoever runs or recorded it."""

    id: UUID
    name: str
    kind: ServiceKind
    run_by: str
    said_for: str
    site: str
    areas: tuple[Named, ...]
    groups: str
    themes: tuple[str, ...]
    theme_titles: tuple[str, ...]
    spend: Decimal | None
    spend_year: int | None
    spend_source: str
    since: int | None
    reason: WhyItRuns
    reason_words: str
    money_ends: date | None
    review: date | None
    would_justify: str
    asked_by: str
    ended: date | None
    mine: bool
    said: Mapping[UUID, Judgement]  # by need

    @property
    def judged(self) -> tuple[Judgement, ...]:
        """What is said of needs, in the order in which it was first said."""
        return tuple(self.said.values())

    @property
    def area_names(self) -> tuple[str, ...]:
        """The wards or places it is for; none where it is for the whole place."""
        return tuple(one.name for one in self.areas)

    @property
    def continues(self) -> bool:
        """Whether it runs because it always has, or nobody knows why."""
        return self.reason in CONTINUES

    @property
    def asked(self) -> bool:
        """Whether somebody has said what need would justify it."""
        return bool(self.would_justify)

    @property
    def serves(self) -> bool:
        """Whether it answers any need, whole or in part."""
        return any(one.answers in (Answers.WHOLE, Answers.PART) for one in self.judged)

    @property
    def year(self) -> str:
        """The financial year of the spend, as people write it."""
        return year_words(self.spend_year) if self.spend_year is not None else ""

    def of(self, need: UUID) -> Answers:
        """How far it answers a need; not known where nobody has said."""
        return self.said[need].answers if need in self.said else Answers.UNCLEAR


def year_words(first: int) -> str:
    """A financial year as people write it."""
    return f"{first}/{(first + 1) % 100:02d}"


def services_for(viewer: Viewer, partnership: UUID, *, ended: bool = False) -> tuple[ServiceCard, ...]:
    """Every service that runs, by name; or those that have ended."""
    require(viewer, Permission.VIEW_EVIDENCE, partnership)
    rows = Service.objects.visible_to(viewer, Purpose.ASSESSMENT).filter(
        partnership=partnership, ended__isnull=not ended
    )
    found = list(rows.select_related("said_for").order_by("name", "id"))
    return cards_of(viewer.organisation_in(partnership), found)


def service_for(viewer: Viewer, partnership: UUID, service: UUID) -> ServiceCard:
    """One service; NotFound where the viewer may not see it."""
    return cards_of(viewer.organisation_in(partnership), [service_row(viewer, partnership, service)])[0]


def service_row(viewer: Viewer, partnership: UUID, service: UUID) -> Service:
    """The row itself, for an action."""
    rows = Service.objects.visible_to(viewer, Purpose.ASSESSMENT).filter(partnership=partnership, pk=service)
    found: Service | None = rows.select_related("said_for").first()
    if found is None:
        raise NotFound("There is no such service, or none that you may see.")
    return found


def to_ask(viewer: Viewer, partnership: UUID) -> tuple[ServiceCard, ...]:
    """Services of the viewer's own organisation that always ran and were not asked why, or whose day has come."""
    if not viewer.may(Permission.RECORD_EVIDENCE, partnership):
        return ()
    mine, today = viewer.organisation_in(partnership), clock.today()
    if mine is None:
        return ()
    due = Q(reason__in=CONTINUES, would_justify="") | Q(review__lte=today)
    rows = Service.objects.visible_to(viewer, Purpose.ASSESSMENT).filter(
        due, Q(organisation=mine) | Q(said_for=mine), partnership=partnership, ended=None
    )
    return cards_of(mine, list(rows.select_related("said_for").order_by("name", "id")))


def cards_of(mine: UUID | None, rows: list[Service]) -> tuple[ServiceCard, ...]:
    """Rows that the viewer may see, as cards."""
    titles = {one.key: one.title for one in themes()}
    judged = _judged(rows)
    return tuple(_card(row, titles, judged.get(row.pk, {}), mine) for row in rows)


def _card(
    row: Service, titles: dict[str, str], said: Mapping[UUID, Judgement], mine: UUID | None
) -> ServiceCard:
    return ServiceCard(
        id=row.pk, name=row.name, kind=ServiceKind(row.kind), run_by=row.run_by, said_for=row.said_for.name,
        site=row.site, areas=tuple(Named(**one) for one in row.areas),
        groups=row.groups, themes=tuple(row.themes),
        theme_titles=tuple(titles.get(key, key) for key in row.themes), spend=row.spend,
        spend_year=row.spend_year, spend_source=row.spend_source, since=row.since,
        reason=WhyItRuns(row.reason), reason_words=row.reason_words, money_ends=row.money_ends, review=row.review,
        would_justify=row.would_justify, asked_by=row.asked_by, ended=row.ended, said=said,
        mine=mine is not None and mine in (row.organisation_id, row.said_for_id),
    )


def _judged(rows: list[Service]) -> dict[UUID, dict[UUID, Judgement]]:
    """What is said of needs that are not withdrawn, by service and need."""
    said = ServiceNeed.objects.filter(service__in=rows).exclude(need__state=NeedState.WITHDRAWN)
    held = list(said.order_by("created", "id").values_list(
        "service_id", "need_id", "answers", "how_known", "judged_on", "version_id"))
    latest = _latest({row[1] for row in held})
    found: defaultdict[UUID, dict[UUID, Judgement]] = defaultdict(dict)
    for service, need, answers, how_known, on, version in held:
        found[service][need] = Judgement(need, Answers(answers), how_known, on, latest.get(need) != version)
    return found


def _latest(needs: set[Any]) -> dict[UUID, UUID]:
    rows = NeedVersion.objects.filter(identity__in=needs).latest_each()
    return dict(rows.values_list("identity_id", "pk"))
