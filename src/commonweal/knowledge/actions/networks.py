"""A network of peers is begun, joined and left; its members ask and answer each other."""

from __future__ import annotations

from uuid import UUID

from django.db import models, transaction

from commonweal.core import clock
from commonweal.core.actions.recording import acting_organisation, acting_person, in_turn, record_event, saved
from commonweal.core.errors import NotAllowed, NotFound, Refused
from commonweal.core.models import Partnership
from commonweal.core.permissions import Permission
from commonweal.core.viewer import Viewer, require
from commonweal.knowledge.models import Among, PeerAnswer, PeerMember, PeerNetwork, PeerQuestion

MOST_NETWORKS, MOST_OPEN = 30, 20
INSIDE = "Only members of the network ask and answer in it. Join it first."


class NetworkVerb(models.TextChoices):
    """The deeds of networks."""

    BEGUN = "network.begun"
    JOINED = "network.joined"
    LEFT = "network.left"
    ASKED = "network.asked"
    ANSWERED = "network.answered"
    HELPED = "network.helped"
    ENDED = "network.ended"


@transaction.atomic
def begin_network(
    *, by: Viewer, partnership: Partnership, title: str, about: str, among: Among, wide: bool
) -> PeerNetwork:
    """A new one; whoever begins it still has to join, with what they can be asked."""
    require(by, Permission.DISCUSS, partnership.pk)
    in_turn(partnership)
    if PeerNetwork.objects.filter(partnership=partnership, ended_on=None).count() >= MOST_NETWORKS:
        raise Refused(f"There are {MOST_NETWORKS} networks here already. Join one of them.")
    row = saved(PeerNetwork(partnership=partnership, title=" ".join(title.split()), about=about.strip(),
                            among=among, wide=wide))
    record_event(by=by, verb=NetworkVerb.BEGUN, subject=row, partnership=partnership.pk)
    return row


@transaction.atomic
def join_network(
    *, by: Viewer, network: PeerNetwork, partnership: Partnership, knows: str, reach: str = ""
) -> PeerMember:
    """Be in it; saying how to be reached is the consent to be rung. Again changes what was said."""
    require(by, Permission.VIEW_PARTNERSHIP, partnership.pk)
    if not PeerNetwork.objects.seen_from(by, partnership.pk).filter(pk=network.pk).exists():
        raise NotFound("There is no such network, or it is not open to you.")
    person = acting_person(by)
    row = PeerMember.objects.filter(network=network, person=person).first() or PeerMember(
        partnership_id=network.partnership_id, network=network, person=person)
    row.organisation = acting_organisation(by, partnership)
    row.knows, row.reach = knows.strip(), reach.strip()
    saved(row)
    record_event(by=by, verb=NetworkVerb.JOINED, subject=row, partnership=network.partnership_id)
    return row


@transaction.atomic
def leave_network(*, by: Viewer, network: PeerNetwork) -> None:
    """Out of it at once; a network that the last member leaves ends."""
    row = member_of(by, network)
    record_event(by=by, verb=NetworkVerb.LEFT, subject=row, partnership=network.partnership_id)
    row.delete()
    if not network.members.exists() and network.questions.exists():
        network.ended_on = clock.today()
        saved(network)
        record_event(by=by, verb=NetworkVerb.ENDED, subject=network, partnership=network.partnership_id)


@transaction.atomic
def ask_network(*, by: Viewer, network: PeerNetwork, words: str) -> PeerQuestion:
    """Ask the others."""
    member = member_of(by, network)
    if network.questions.filter(person=member.person, answers=None).count() >= MOST_OPEN:
        raise Refused("Many of your questions are not answered yet. Ring somebody about one of them.")
    row = saved(PeerQuestion(partnership_id=network.partnership_id, network=network, person=member.person,
                             words=words.strip()))
    record_event(by=by, verb=NetworkVerb.ASKED, subject=row, partnership=network.partnership_id)
    return row


@transaction.atomic
def answer_question(*, by: Viewer, question: PeerQuestion, words: str) -> PeerAnswer:
    """Answer another member, or add to one's own question."""
    member = member_of(by, question.network)
    row = saved(PeerAnswer(partnership_id=question.partnership_id, question=question, person=member.person,
                           words=words.strip()))
    record_event(by=by, verb=NetworkVerb.ANSWERED, subject=row, partnership=question.partnership_id)
    return row


@transaction.atomic
def say_helped(*, by: Viewer, question: PeerQuestion, answer: UUID) -> None:
    """Whoever asked says which answer helped."""
    if question.person_id != member_of(by, question.network).person_id:
        raise NotAllowed("Only whoever asked says what helped.")
    row = question.answers.filter(pk=answer).exclude(person=question.person_id).first()
    if row is None:
        raise NotFound("There is no such answer of somebody else.")
    row.helped = True
    saved(row)
    record_event(by=by, verb=NetworkVerb.HELPED, subject=row, partnership=question.partnership_id)


def member_of(by: Viewer, network: PeerNetwork) -> PeerMember:
    """The member who acts; refused for anybody else, and for who has left every partnership."""
    row: PeerMember | None = PeerMember.objects.filter(network=network, person=by.person).first() \
        if by.person and by.grants and network.ended_on is None else None
    if row is None:
        raise NotAllowed(INSIDE)
    return row
