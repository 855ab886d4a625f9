"""People offer a skill, change or end the offer, ask somebody for help in one press, and answer."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta

from django.db import models, transaction

from commonweal.core import clock
from commonweal.core.actions.recording import acting_organisation, acting_person, record_event, saved
from commonweal.core.errors import NotAllowed, NotFound, Refused
from commonweal.core.models import Partnership
from commonweal.core.permissions import Permission
from commonweal.core.viewer import Viewer, require
from commonweal.needs.content import read
from commonweal.needs.models import HelpRequest, Reply, ShownAs, SkillOffer
from commonweal.needs.queries.skills import About, sees
from commonweal.needs.skills_content import skill_titles

MONTH = timedelta(days=31)


class Verb(models.TextChoices):
    """The deeds of lending each other skills."""

    OFFERED = "skill.offered"
    ENDED = "skill.ended"
    ASKED = "help.asked"
    ANSWERED = "help.answered"


@dataclass(frozen=True, slots=True)
class Offered:
    """One skill, so many hours a month, until a day, seen so."""

    skill: str
    hours: int
    until: date
    shown: ShownAs


@transaction.atomic
def offer_skill(*, by: Viewer, partnership: Partnership, offered: Offered) -> SkillOffer:
    """Offer a skill to the partners, or say anew what one offers of it."""
    require(by, Permission.VIEW_PARTNERSHIP, partnership.pk)
    if offered.skill not in skill_titles():
        raise Refused("There is no such skill. Choose one of the list.")
    if not clock.today() <= offered.until <= clock.today() + read("skills")["longest_months"] * MONTH:
        raise Refused(f"Give a day from today on, within {read('skills')['longest_months']} months.")
    person, whose = acting_person(by), acting_organisation(by, partnership)
    row = SkillOffer.objects.filter(partnership=partnership, person=person, skill=offered.skill).first()
    row = row or SkillOffer(partnership=partnership, person=person, skill=offered.skill)
    row.organisation, row.hours, row.until, row.shown = whose, offered.hours, offered.until, offered.shown
    saved(row)
    record_event(by=by, verb=Verb.OFFERED, subject=row, partnership=partnership.pk)
    return row


@transaction.atomic
def end_offer(*, by: Viewer, offer: SkillOffer) -> None:
    """It is not offered any more, and nothing of it is kept."""
    if offer.person_id != by.person:
        raise NotAllowed("This is somebody else's offer. Only they end it.")
    record_event(by=by, verb=Verb.ENDED, subject=offer, partnership=offer.partnership_id)
    offer.delete()


@transaction.atomic
def ask_for_help(*, by: Viewer, offer: SkillOffer, about: About) -> HelpRequest:
    """Ask whoever offers a skill to help read one thing, which both of them may see."""
    require(by, Permission.VIEW_PARTNERSHIP, offer.partnership_id)
    asker = acting_person(by)
    if offer.person_id == by.person:
        raise Refused("This is your own offer.")
    if not sees(asker, about):
        raise NotFound("There is nothing here that you may ask about.")
    if not sees(offer.person, about):
        raise Refused("They may not see this. Put it before the partners, or agree to share it, then ask.")
    row = saved(HelpRequest(
        partnership_id=offer.partnership_id, asker=asker, helper=offer.person, skill=offer.skill,
        asked_for=acting_organisation(by, offer.partnership), named=offer.shown == ShownAs.NAME,
        item_id=about.item, held_id=about.held,
    ))
    record_event(by=by, verb=Verb.ASKED, subject=row, partnership=row.partnership_id)
    return row


@transaction.atomic
def answer_help(*, by: Viewer, request: HelpRequest, reply: Reply, words: str = "") -> None:
    """Say yes, later or no, with a few words."""
    row: HelpRequest = HelpRequest.objects.select_for_update().get(pk=request.pk)
    require(by, Permission.VIEW_PARTNERSHIP, row.partnership_id)
    if row.helper_id != by.person:
        raise NotAllowed("Somebody else was asked.")
    row.reply, row.words, row.replied_at = reply, words.strip(), clock.now()
    saved(row)
    record_event(by=by, verb=Verb.ANSWERED, subject=row, partnership=row.partnership_id)
