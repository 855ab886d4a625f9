"""Networks of peers: for everybody who may join what they are, for members who is in and what was said."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from statistics import median
from typing import Any
from uuid import UUID

from django.db.models import Exists, OuterRef

from commonweal.core import clock
from commonweal.core.errors import NotFound
from commonweal.core.models import PartnershipRole
from commonweal.core.permissions import Permission
from commonweal.core.search.words import words_of
from commonweal.core.viewer import Viewer, require
from commonweal.knowledge.models import PeerMember, PeerNetwork, PeerQuestion

SOMEBODY = "Somebody who has left"
MOST_SHOWN, FIRST = 100, 3
STALE = timedelta(days=90)      # a question that old is asked anew rather than waits


@dataclass(frozen=True, slots=True)
class Peer:
    """One member, for members: what they can be asked, and how."""

    id: UUID
    name: str
    organisation: str
    knows: str
    reach: str
    mine: bool


@dataclass(frozen=True, slots=True)
class Answer:
    """One answer."""

    id: UUID
    who: str
    words: str
    at: datetime
    helped: bool
    mine: bool


@dataclass(frozen=True, slots=True)
class Question:
    """One question with its answers, and whom to ring where it has none."""

    id: UUID
    who: str
    words: str
    at: datetime
    mine: bool
    answers: tuple[Answer, ...]
    ring: tuple[Peer, ...]

    @property
    def answered(self) -> bool:
        """Whether anybody else has answered."""
        return any(one.who != self.who for one in self.answers)


@dataclass(frozen=True, slots=True)
class NetworkCard:
    """One network as whoever may join it sees it."""

    id: UUID
    title: str
    about: str
    among: str
    wide: bool
    elsewhere: str
    members: int
    asked: int
    answered: int
    days: float | None
    mine: bool
    waiting: int

    @property
    def told(self) -> str:
        """How it does, in a sentence."""
        if not self.members:
            return "Nobody has joined yet."
        said = f"{self.members} member{'' if self.members == 1 else 's'}."
        if self.asked:
            said += f" {self.answered} of {self.asked} question{'' if self.asked == 1 else 's'} answered"
            said += "." if self.days is None else f", half of them within {_days(self.days)}."
        return said


@dataclass(frozen=True, slots=True)
class NetworkView:
    """One network in full, for a member; for others the card alone."""

    card: NetworkCard
    peers: tuple[Peer, ...]
    questions: tuple[Question, ...]
    me: Peer | None


def networks_for(viewer: Viewer, partnership: UUID) -> tuple[NetworkCard, ...]:
    """One's own first, then those one may join."""
    require(viewer, Permission.VIEW_PARTNERSHIP, partnership)
    rows = PeerNetwork.objects.seen_from(viewer, partnership).select_related("partnership").prefetch_related(
        "members", "questions__answers")
    cards = [_card(viewer, row, partnership) for row in rows.order_by("title", "id")[:MOST_SHOWN]]
    return tuple(sorted(cards, key=lambda one: (not one.mine, one.title.casefold())))


def network_row(viewer: Viewer, partnership: UUID, network: UUID) -> PeerNetwork:
    """The row itself."""
    row: PeerNetwork | None = PeerNetwork.objects.seen_from(viewer, partnership).filter(pk=network).select_related(
        "partnership").first()
    if row is None:
        raise NotFound("There is no such network, or it is not open to you.")
    return row


def question_row(viewer: Viewer, partnership: UUID, network: UUID, question: UUID) -> PeerQuestion:
    """One question of it."""
    row: PeerQuestion | None = network_row(viewer, partnership, network).questions.filter(pk=question).first()
    if row is None:
        raise NotFound("There is no such question here.")
    return row


def network_for(viewer: Viewer, partnership: UUID, network: UUID) -> NetworkView:
    """Who is in and what was said, for members alone."""
    row = network_row(viewer, partnership, network)
    card = _card(viewer, row, partnership)
    if not card.mine:
        return NetworkView(card, (), (), None)
    still = PartnershipRole.objects.on(clock.today()).filter(person=OuterRef("person"))
    members = row.members.filter(Exists(still)).select_related("person", "organisation")
    peers = tuple(_peer(viewer, one) for one in members.order_by("person__name", "id"))
    asked = row.questions.select_related("person").prefetch_related("answers__person")[:MOST_SHOWN]
    questions = [_question(viewer, one, peers) for one in asked]
    return NetworkView(card, peers, tuple(sorted(questions, key=lambda one: one.answered)),
                       next((one for one in peers if one.mine), None))


def unanswered_for(viewer: Viewer, partnership: UUID) -> tuple[tuple[PeerNetwork, int], ...]:
    """Networks one is in with questions of others that nobody has answered, and how many."""
    rows = PeerNetwork.objects.seen_from(viewer, partnership).filter(members__person=viewer.person)
    found = []
    for row in rows.order_by("title", "id"):
        waits = row.questions.filter(answers=None, asked_at__gte=clock.now() - STALE).exclude(
            person=viewer.person).count()
        found += [(row, waits)] if waits else []
    return tuple(found)


def _card(viewer: Viewer, row: PeerNetwork, partnership: UUID) -> NetworkCard:
    questions = list(row.questions.all())
    firsts = [first for one in questions if (first := _first(one)) is not None]
    mine = viewer.person is not None and any(one.person_id == viewer.person for one in row.members.all())
    return NetworkCard(
        row.pk, row.title, row.about, row.get_among_display(), row.wide,
        "" if row.partnership_id == partnership else row.partnership.name, len(row.members.all()), len(questions),
        len(firsts), median(firsts) if firsts else None, mine,
        sum(_first(one) is None and one.person_id != viewer.person for one in questions) if mine else 0)


def _first(question: PeerQuestion) -> float | None:
    """Days until somebody else answered."""
    others = [one.answered_at for one in question.answers.all() if one.person_id != question.person_id]
    return (min(others) - question.asked_at).total_seconds() / 86_400 if others else None


def _question(viewer: Viewer, row: PeerQuestion, peers: tuple[Peer, ...]) -> Question:
    answers = tuple(Answer(one.pk, one.person.name if one.person else SOMEBODY, one.words, one.answered_at,
                           one.helped, one.person_id == viewer.person) for one in row.answers.all())
    others = tuple(one for one in peers if row.person is None or one.name != row.person.name)
    return Question(row.pk, row.person.name if row.person else SOMEBODY, row.words, row.asked_at,
                    row.person_id is not None and row.person_id == viewer.person, answers,
                    () if answers else to_ring(row.words, others))


def to_ring(words: str, peers: tuple[Peer, ...]) -> tuple[Peer, ...]:
    """Members who say that they know something of it and how to be reached, the most words in common first."""
    asked = set(words_of(words))
    scored = [(len(asked & set(words_of(one.knows))), one) for one in peers if one.reach]
    best = sorted(scored, key=lambda pair: (-pair[0], pair[1].name))
    return tuple(one for shared, one in best if shared)[:FIRST]


def _peer(viewer: Viewer, row: PeerMember) -> Peer:
    return Peer(row.pk, row.person.name, row.organisation.name, row.knows, row.reach,
                row.person_id == viewer.person)


def _days(value: Any) -> str:
    whole = max(1, round(value))
    return "a day" if whole == 1 else f"{whole} days"
