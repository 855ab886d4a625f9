"""A partnership writes its own case; both sides agree to the text, and only then is it published."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta

from django.db import models, transaction

from commonweal.core import clock
from commonweal.core.actions.recording import (
    acting_organisation,
    acting_person,
    person_of,
    record_event,
    saved,
)
from commonweal.core.cycle import step_keys
from commonweal.core.errors import NotAllowed, Refused
from commonweal.core.models import Organisation, Partnership, PartnershipOrganisation
from commonweal.core.permissions import Permission
from commonweal.core.viewer import Viewer, acted_for, require
from commonweal.knowledge.cases import titles
from commonweal.knowledge.models import CaseAgreed, CaseStudy, CaseText, PeerOffer, SeenBy, Side
from commonweal.knowledge.queries.cases import case_known
from commonweal.policy.delivery_vehicles import catalogue

YEAR = timedelta(days=366)


class CaseVerb(models.TextChoices):
    """The deeds of case studies."""

    WRITTEN = "case.written"
    AGREED = "case.agreed"
    PUBLISHED = "case.published"
    WITHDRAWN = "case.withdrawn"
    OFFERED = "peer.offered"
    ENDED = "peer.ended"


@dataclass(frozen=True, slots=True)
class CaseSaid:
    """The text of a case as it is written."""

    title: str
    years: str
    services: tuple[str, ...]
    needs: tuple[str, ...]
    step: str
    answer: str
    did: str
    lessons: str
    vehicle: str = ""
    needed: str = ""
    money: str = ""
    results: str = ""
    results_n: str = ""
    failed: str = ""
    missing: str = ""
    contact: str = ""


@transaction.atomic
def write_case(
    *, by: Viewer, partnership: Partnership, said: CaseSaid, client: Organisation, provider: Organisation
) -> CaseStudy:
    """A first draft, by somebody of one of the two sides."""
    require(by, Permission.BRING_EVIDENCE, partnership.pk)
    here = PartnershipOrganisation.objects.on(clock.today()).filter(
        partnership=partnership, organisation__in=[client, provider]
    )
    if client.pk != provider.pk and here.values("organisation").distinct().count() != 2:
        raise Refused("Both organisations must belong to the partnership.")
    if acted_for(by, partnership.pk) not in {client.pk, provider.pk}:
        raise NotAllowed("Write a case that your own organisation had a part in.")
    case = saved(CaseStudy(partnership=partnership, client=client, provider=provider))
    _write(by, case, said)
    return case


@transaction.atomic
def rewrite_case(*, by: Viewer, case: CaseStudy, said: CaseSaid) -> CaseText:
    """A new version: both sides agree anew; what is published stays until they have."""
    require(by, Permission.BRING_EVIDENCE, case.partnership_id)
    held = _held(case)
    side_of_case(by, held)
    return _write(by, held, said)


@transaction.atomic
def agree_case(*, by: Viewer, case: CaseStudy, number: int) -> CaseAgreed:
    """One side says that this version may be published."""
    require(by, Permission.DISCUSS, case.partnership_id)
    held = _held(case)
    side = side_of_case(by, held)
    text = held.versions.order_by("-number").first()
    if text is None or text.number != number:
        raise Refused("The text has changed since you read it. Read it again.")
    if text.agreed.filter(side=side).exists():
        raise Refused("Your side has agreed already.")
    made = saved(CaseAgreed(partnership=held.partnership, version=text, side=side, person=acting_person(by)))
    record_event(by=by, verb=CaseVerb.AGREED, subject=held, partnership=held.partnership_id, version=number)
    return made


@transaction.atomic
def publish_case(*, by: Viewer, case: CaseStudy) -> CaseStudy:
    """Put the newest text into the library that everybody reads, once both sides agree to it."""
    require(by, Permission.BRING_EVIDENCE, case.partnership_id)
    held = _held(case)
    side_of_case(by, held)
    text = held.versions.order_by("-number").first()
    if text is None or text.agreed.count() < len(Side):
        raise Refused("Both sides must agree to this text before it is published.")
    held.published, held.published_at = text, clock.now()
    saved(held)
    record_event(
        by=by, verb=CaseVerb.PUBLISHED, subject=held, partnership=held.partnership_id, version=text.number
    )
    return held


@transaction.atomic
def withdraw_case(*, by: Viewer, case: CaseStudy) -> CaseStudy:
    """Take it out of the library; either side may, without asking the other."""
    require(by, Permission.DISCUSS, case.partnership_id)
    held = _held(case)
    side_of_case(by, held)
    if held.published_id is not None:
        held.published = held.published_at = None
        saved(held)
        record_event(by=by, verb=CaseVerb.WITHDRAWN, subject=held, partnership=held.partnership_id)
    return held


@transaction.atomic
def offer_peer(
    *, by: Viewer, partnership: Partnership, about: str, reach: str, until: date,
    case: str = "", seen_by: SeenBy = SeenBy.PARTNERS,
) -> PeerOffer:
    """Offer oneself to peers, for a year at most; saying it is the consent, and it can be ended in one press."""
    require(by, Permission.VIEW_PARTNERSHIP, partnership.pk)
    if not clock.today() <= until <= clock.today() + YEAR:
        raise Refused("Give a day from today on, within a year. You can offer again after it.")
    if case and not case_known(by, case):
        raise Refused("There is no such case. Choose one of the library.")
    made = saved(PeerOffer(
        partnership=partnership, person=acting_person(by), organisation=acting_organisation(by, partnership),
        about=about.strip(), reach=reach.strip(), until=until, case=case, seen_by=seen_by,
    ))
    record_event(by=by, verb=CaseVerb.OFFERED, subject=made, partnership=partnership.pk)
    return made


@transaction.atomic
def end_peer(*, by: Viewer, offer: PeerOffer) -> None:
    """The offer is over and nothing of it is kept."""
    if offer.person_id != by.person:
        raise NotAllowed("This is somebody else's offer. Only they end it.")
    record_event(by=by, verb=CaseVerb.ENDED, subject=offer, partnership=offer.partnership_id)
    offer.delete()


def side_of_case(by: Viewer, case: CaseStudy) -> Side:
    """Which side the viewer acts for; NotAllowed where it is neither."""
    acted = acted_for(by, case.partnership_id)
    if acted == case.client_id:
        return Side.CLIENT
    if acted == case.provider_id:
        return Side.PROVIDER
    raise NotAllowed("Only people of the two organisations of this case can do this.")


def _held(case: CaseStudy) -> CaseStudy:
    held: CaseStudy = CaseStudy.objects.select_for_update().get(pk=case.pk)
    return held


def _write(by: Viewer, case: CaseStudy, said: CaseSaid) -> CaseText:
    _fits(said)
    text = saved(CaseText(
        partnership=case.partnership, identity=case, number=case.next_number(), title=said.title.strip(),
        years=said.years, services=list(said.services), needs=list(said.needs), vehicle=said.vehicle,
        step=said.step, answer=said.answer, needed=said.needed, did=said.did, money=said.money,
        results=said.results, results_n=said.results_n, failed=said.failed, missing=said.missing,
        lessons=said.lessons, contact=said.contact, written_by=person_of(by),
    ))
    record_event(
        by=by, verb=CaseVerb.WRITTEN, subject=case, partnership=case.partnership_id, version=text.number
    )
    return text


def _fits(said: CaseSaid) -> None:
    """Refused where a list is strange, or where a result does not say what it rests on."""
    if not said.services or not set(said.services) <= {one.key for one in catalogue().services}:
        raise Refused("Choose at least one service from the list.")
    if not set(said.needs) <= set(titles("needs")):
        raise Refused("Choose needs from the list.")
    if said.vehicle and catalogue().one(said.vehicle) is None:
        raise Refused("Choose who ran it from the list.")
    if said.step not in step_keys():
        raise Refused("Choose a step from the list.")
    if said.results and not said.results_n:
        raise Refused("Say how many people or sites the results rest on. If nobody counted, write: not counted.")
