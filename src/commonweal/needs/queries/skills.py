"""Who here can help, as they choose to be seen; what was asked of the viewer, and what became of it."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any
from uuid import UUID

from commonweal.core import clock
from commonweal.core.errors import NotFound
from commonweal.core.models import HeldDataset, Person
from commonweal.core.permissions import Permission
from commonweal.core.purpose import Purpose
from commonweal.core.viewer import Viewer, require, viewer_of
from commonweal.needs.models import EvidenceItem, HelpRequest, Reply, ShownAs, SkillOffer
from commonweal.needs.skills_content import skill_titles, skill_words, skills_for, skills_for_data


@dataclass(frozen=True, slots=True)
class About:
    """What help is wanted with: one piece of evidence or one data set."""

    item: UUID | None = None
    held: UUID | None = None


@dataclass(frozen=True, slots=True)
class OfferCard:
    """One offer; `name` is empty where the person shows only the organisation."""

    id: UUID
    name: str
    organisation: str
    skill: str
    skill_title: str
    hours: int
    until: date
    shown: ShownAs
    mine: bool
    over: bool


@dataclass(frozen=True, slots=True)
class HelpCard:
    """One request, as either of the two sees it; a helper who shows no name has none until they say yes."""

    id: UUID
    title: str
    about: About
    skill_title: str
    asker: str
    asked_for: str
    helper: str
    asked_at: datetime
    reply: Reply | None
    reply_title: str
    words: str
    replied_at: datetime | None
    to_me: bool


@dataclass(frozen=True, slots=True)
class Helpers:
    """Who can help with one thing: those who may see it, how many more could, and what was asked already."""

    about: About
    offers: tuple[OfferCard, ...]
    unseen: int
    asked: tuple[HelpCard, ...]
    may_ask: bool

    @property
    def unseen_words(self) -> str:
        """How many more could help if they saw it; empty where nobody."""
        return skill_words()["unseen"].format(n=self.unseen) if self.unseen else ""

    @property
    def nobody(self) -> str:
        """What is said where nobody has offered."""
        return "" if self.offers or self.unseen else skill_words()["nobody"]


def offers_for(viewer: Viewer, partnership: UUID) -> tuple[OfferCard, ...]:
    """Every offer the viewer may see, one's own first, then by skill."""
    require(viewer, Permission.VIEW_PARTNERSHIP, partnership)
    rows = _offers(viewer, partnership).select_related("person", "organisation")
    cards = [_offer(viewer, row) for row in rows.order_by("skill", "organisation__name", "person__name")]
    return tuple(sorted(cards, key=lambda card: not card.mine))


def offer_row(viewer: Viewer, partnership: UUID, offer: UUID) -> SkillOffer:
    """The row itself, for an action."""
    found: SkillOffer | None = _offers(viewer, partnership).filter(pk=offer).first()
    if found is None:
        raise NotFound("There is no such offer, or it is not shown any more.")
    return found


def helpers_with(viewer: Viewer, partnership: UUID, about: About) -> Helpers:
    """Others whose skills suit what it is, of whom only those are asked who may see it themselves."""
    rows = _offers(viewer, partnership).filter(skill__in=_suited(about)).exclude(person=viewer.person)
    found = [*rows.select_related("person", "organisation").order_by("-hours", "organisation__name", "pk")]
    seeing = {one.pk for one in {row.person for row in found} if sees(one, about)}
    return Helpers(
        about, tuple(_offer(viewer, row) for row in found if row.person_id in seeing),
        len({row.person_id for row in found} - seeing), _cards(viewer, _requests(viewer, partnership, about)),
        viewer.organisation_in(partnership) is not None or bool(viewer.organisations_in(partnership)),
    )


def sees(person: Person, about: About) -> bool:
    """Whether somebody may see what they would be asked about: under a sharing agreement as under any rule."""
    return _still_sees(viewer_of(person), about)


def _still_sees(viewer: Viewer, about: About) -> bool:
    if about.item is not None:
        return bool(EvidenceItem.objects.visible_to(viewer, Purpose.ASSESSMENT).filter(pk=about.item).exists())
    return any(
        HeldDataset.objects.visible_to(viewer, one).filter(pk=about.held, retired=None).exists() for one in Purpose
    )


def help_for(viewer: Viewer, partnership: UUID) -> tuple[HelpCard, ...]:
    """What the viewer asked and was asked, the latest first."""
    require(viewer, Permission.VIEW_PARTNERSHIP, partnership)
    return _cards(viewer, _requests(viewer, partnership).order_by("-asked_at")[:50])


def help_row(viewer: Viewer, partnership: UUID, request: UUID) -> HelpRequest:
    """One request the viewer was asked, for an action."""
    found: HelpRequest | None = _requests(viewer, partnership).filter(pk=request, helper=viewer.person).first()
    if found is None:
        raise NotFound("There is no such question, or it was put to somebody else.")
    return found


def _suited(about: About) -> tuple[str, ...]:
    if about.item is None:
        return skills_for_data()
    kind = EvidenceItem.objects.filter(pk=about.item).values_list("kind", flat=True).first()
    return skills_for(str(kind))


def _offers(viewer: Viewer, partnership: UUID) -> Any:
    return SkillOffer.objects.visible_to(viewer, Purpose.ASSESSMENT).filter(partnership=partnership)


def _requests(viewer: Viewer, partnership: UUID, about: About | None = None) -> Any:
    rows = HelpRequest.objects.visible_to(viewer, Purpose.ASSESSMENT).filter(partnership=partnership)
    return rows if about is None else rows.filter(item=about.item, held=about.held).order_by("-asked_at")


def _offer(viewer: Viewer, row: SkillOffer) -> OfferCard:
    mine = row.person_id == viewer.person
    return OfferCard(
        row.pk, row.person.name if mine or row.shown == ShownAs.NAME else "", row.organisation.name, row.skill,
        skill_titles().get(row.skill, row.skill), row.hours, row.until, ShownAs(row.shown), mine,
        row.until < clock.today(),
    )


def _cards(viewer: Viewer, rows: Iterable[HelpRequest]) -> tuple[HelpCard, ...]:
    return tuple(_help(viewer, row) for row in rows)


def _help(viewer: Viewer, row: HelpRequest) -> HelpCard:
    to_me = row.helper_id == viewer.person
    known = to_me or row.named or row.reply in (Reply.YES, Reply.LATER)
    about = About(row.item_id, row.held_id)
    what = row.item or row.held
    title = what.title if what and _still_sees(viewer, about) else "Something you may not see any more"
    return HelpCard(
        row.pk, title, about,
        skill_titles().get(row.skill, row.skill), row.asker.name, row.asked_for.name,
        row.helper.name if known else "", row.asked_at, Reply(row.reply) if row.reply else None,
        row.get_reply_display() if row.reply else "", row.words, row.replied_at, to_me,
    )
