"""How two organisations work together, for their own people alone: topics, never scores."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from django.db.models import QuerySet

from commonweal.core import clock
from commonweal.core.errors import NotFound
from commonweal.core.purpose import Purpose
from commonweal.core.viewer import Viewer
from commonweal.knowledge.models import AgreedAction, Pairing, PrivateScore, ScoreRound, Side
from commonweal.knowledge.relationship_content import Question, questions

NONE = "There is no such pairing here, or it is between other organisations."


@dataclass(frozen=True, slots=True)
class ActionLine:
    """One agreed action and how it stands."""

    id: UUID
    words: str
    topic: str
    owner: str
    due: date
    done_on: date | None
    mine: bool

    @property
    def late(self) -> bool:
        """Whether its day is over and it is not done."""
        return self.done_on is None and self.due < clock.today()


@dataclass(frozen=True, slots=True)
class DrawnRound:
    """A round whose topics are drawn, in words beside the round before."""

    number: int
    drawn_at: datetime
    topics: tuple[Question, ...]
    stayed: tuple[str, ...]
    gone: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class PairView:
    """A pairing as its own two organisations see it."""

    id: UUID
    client: str
    provider: str
    client_id: UUID
    provider_id: UUID
    open_round: UUID | None
    i_scored: bool
    wanting: tuple[str, ...]  # sides that have too few scorers
    drawn: tuple[DrawnRound, ...]  # newest first
    actions: tuple[ActionLine, ...]

    @property
    def name(self) -> str:
        """Both organisations."""
        return f"{self.client} and {self.provider}"

    @property
    def ready(self) -> bool:
        """Whether topics can be drawn."""
        return self.open_round is not None and not self.wanting

    @property
    def late(self) -> int:
        """How many actions are past their day."""
        return sum(one.late for one in self.actions)


def pairings_for(viewer: Viewer, partnership: UUID) -> tuple[PairView, ...]:
    """Those of the organisations the viewer belongs to here; others do not know that they exist."""
    return tuple(_view(viewer, row) for row in _mine(viewer, partnership).order_by("id"))


def pairing_for(viewer: Viewer, partnership: UUID, pairing: UUID) -> PairView:
    """One pairing; NotFound for anybody of another organisation."""
    return _view(viewer, pairing_row(viewer, partnership, pairing))


def pairing_row(viewer: Viewer, partnership: UUID, pairing: UUID) -> Pairing:
    """The record behind it, for an action."""
    row = _mine(viewer, partnership).filter(pk=pairing).first()
    if row is None:
        raise NotFound(NONE)
    found: Pairing = row
    return found


def round_row(viewer: Viewer, partnership: UUID, pairing: UUID) -> ScoreRound:
    """The round that is open; NotFound where there is none."""
    row = pairing_row(viewer, partnership, pairing).rounds.filter(drawn_at=None).first()
    if row is None:
        raise NotFound("Nobody is scoring now: the topics have been drawn.")
    found: ScoreRound = row
    return found


def own_score(viewer: Viewer, scoring: ScoreRound) -> dict[str, int]:
    """The viewer's own answers, nobody else's."""
    row = PrivateScore.objects.filter(round=scoring, person=viewer.person).first() if viewer.person else None
    return dict(row.answers) if row else {}


def action_row(viewer: Viewer, partnership: UUID, pairing: UUID, action: UUID) -> AgreedAction:
    """One action of a pairing the viewer belongs to."""
    row = pairing_row(viewer, partnership, pairing).actions.filter(pk=action).first()
    if row is None:
        raise NotFound("There is no such action here.")
    found: AgreedAction = row
    return found


def _mine(viewer: Viewer, partnership: UUID) -> QuerySet[Pairing]:
    own = viewer.organisations_in(partnership)
    seen = Pairing.objects.visible_to(viewer, Purpose.ADMINISTRATION).filter(partnership=partnership)
    return (seen.filter(client__in=own) | seen.filter(provider__in=own)).select_related("client", "provider")


def _view(viewer: Viewer, row: Pairing) -> PairView:
    rounds = list(row.rounds.order_by("number"))
    current = next((one for one in rounds if one.drawn_at is None), None)
    scores = list(current.scores.all()) if current else []
    enough = questions().scorers
    wanting = tuple(
        Side(side).label.lower() for side in Side
        if current and sum(one.side == side for one in scores) < enough
    )
    own = viewer.organisations_in(row.partnership_id)
    actions = row.actions.select_related("owner").order_by("done_on", "due", "id")
    topics = {one.key: one.topic for one in questions().questions}
    return PairView(
        row.pk, row.client.name, row.provider.name, row.client_id, row.provider_id,
        current.pk if current else None, any(one.person_id == viewer.person for one in scores), wanting,
        tuple(reversed(_drawn([one for one in rounds if one.drawn_at]))),
        tuple(
            ActionLine(one.pk, one.words, topics.get(one.topic, ""), one.owner.name, one.due, one.done_on,
                       one.owner_id in own)
            for one in actions
        ),
    )


def _drawn(rounds: list[ScoreRound]) -> list[DrawnRound]:
    told, before = [], frozenset[str]()
    names = {one.key: one.topic for one in questions().questions}
    for one in rounds:
        assert one.drawn_at is not None
        topics = questions().named(one.topics)
        stayed = tuple(name for key, name in names.items() if key in before and key in one.topics)
        gone = tuple(name for key, name in names.items() if key in before and key not in one.topics)
        told.append(DrawnRound(one.number, one.drawn_at, topics, stayed, gone))
        before = frozenset(one.topics)
    return told
