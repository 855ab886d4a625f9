"""A tender with sealed bids through any order of deeds, by two who bid, two who score and whoever runs it.

Each deed is done exactly where the stated way allows it and is refused whole everywhere else. Few steps each time,
10,000 in `make soak`.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from decimal import Decimal as D
from hashlib import sha256
from itertools import product
from typing import ClassVar

import pytest
from hypothesis import strategies as st
from hypothesis.stateful import invariant, rule
from tests.access.competitions import published
from tests.measures.test_life_cycles import NOW, Life, live

from commonweal.core import clock
from commonweal.core.errors import NotAllowed, NotFound
from commonweal.core.models import Event
from commonweal.core.permissions import Role
from commonweal.core.purpose import Purpose
from commonweal.core.viewer import ANONYMOUS, viewer_of
from commonweal.procurement.actions.bidding import begin_bid, change_bid, send_bid, withdraw_bid
from commonweal.procurement.actions.commission import move_commission
from commonweal.procurement.actions.competing import extend_deadline, open_bids
from commonweal.procurement.actions.deciding import DecisionSaid, decide
from commonweal.procurement.actions.scoring import (
    ScoreSaid,
    begin_moderation,
    close_moderation,
    declare_interests,
    moderate,
    name_evaluator,
    score_answer,
)
from commonweal.procurement.bidding import Bidding, own_draft, own_submission
from commonweal.procurement.models import Bid, CommissionState, Competition, Decision, Moderated, Score, Submission
from commonweal.procurement.opening import GRACE, opened_package
from commonweal.procurement.package import Said
from commonweal.procurement.queries.bids import link_behind
from commonweal.procurement.queries.ranking import ranking_of

SECRET = b"Tuesdays at the Salt Store"
SCORED = ("done", "what")
TWO = (Role.ANALYST, Role.CONTRIBUTOR)
STEPS = 5     # of going on, from the publishing to the decision


@dataclass(frozen=True)
class Sent:
    """What a receipt says, and the price in what was sent."""

    number: int
    at: datetime
    closes: datetime
    late: bool
    sha256: str
    price: int


@dataclass
class Bidder:
    """One who bids, as it should stand."""

    bid: Bid
    who: Bidding
    price: int | None = None
    saves: int = 0
    sent: list[Sent] = field(default_factory=list)
    withdrawn: bool = False

    def standing(self) -> int | None:
        """The price of what counts."""
        in_time = [one.price for one in self.sent if not one.late]
        return in_time[-1] if in_time and not self.withdrawn else None


class LifeOfTender(Life):
    """Open, bid for, extended, opened, scored, moderated, decided or withdrawn.

    It begins `come` steps on the way, so that short lives see all of it.
    """

    come: ClassVar[int] = 0

    def begin(self) -> None:
        self.now, self.events = NOW, Counter[str]()
        with clock.fixed(NOW):
            self.row = published(self.world, weights={"what": 10, "done": 10})
            self.bidders = [self.bidder(name) for name in ("Marsh End Dance", "Quay Rowing")]
        self.began = Counter(Event.objects.values_list("verb", flat=True))
        self.closes, self.moves = self.row.closes, list[tuple[datetime, datetime]]()
        self.opened, self.moderating, self.closed, self.state = False, False, False, "open"
        self.seats: dict[Role, bool | None] = {}     # whether they declared a conflict; None: not declared
        self.letters: dict[str, int] = {}
        self.scores: dict[tuple[Role, str, str], int] = {}
        self.agreed: dict[tuple[str, str], int] = {}
        for _ in range(self.come):
            self.go_on()
        assert self.over == (self.come == STEPS)

    def bidder(self, name: str) -> Bidder:
        bid, token = begin_bid(competition=self.row, name=name, contact="Jo Bloggs", reach="01234 1")
        return Bidder(bid, Bidding(ANONYMOUS, link_behind(token)))

    def done(self, deed: Callable[[], object], *verbs: str) -> bool:
        with clock.fixed(self.now):
            was_done = super().done(deed)
        self.events.update(verbs if was_done else ())
        return was_done

    @property
    def passed(self) -> bool:
        """Once opened nothing is in time, wherever the clock is set."""
        return self.now > self.closes or self.opened

    readable = property(lambda self: self.opened and self.now > self.closes)
    over = property(lambda self: self.state != "open")

    def seen_by(self, role: Role):
        return viewer_of(self.world.people[role])

    # --- bidding ---------------------------------------------------------------------------------------

    @rule(at=st.integers(0, 1), price=st.sampled_from([700_000, 800_000, 900_000, None]))
    def save(self, at: int, price: int | None) -> None:
        one = self.bidders[at]
        may = not self.passed and not self.over
        answers = {key: Said(f"{SECRET.decode()} {key}", 1) for key, _ in self.row.criteria}
        assert may == self.done(lambda: change_bid(
            who=one.who, bid=one.bid, part="all", change=lambda draft: replace(
                draft, alone=True, price=None if price is None else D(price), answers=answers)))
        if may:
            one.price, one.saves = price, one.saves + 1

    @rule(at=st.integers(0, 1))
    def send(self, at: int) -> None:
        one, kept = self.bidders[at], list[Submission]()
        late, may = self.passed, one.price is not None and not self.over
        last = one.sent[-1] if one.sent else None
        again = last is not None and (last.price, last.late) == (one.price, late) and (late or not one.withdrawn)
        verbs = () if again else ("bid.came_late" if late else "bid.sent",)
        assert may == self.done(lambda: kept.append(send_bid(who=one.who, bid=one.bid)), *verbs)
        if may and again:
            assert kept[0].number == last.number
        elif may:
            number = last.number + 1 if last else 1
            one.sent.append(Sent(number, self.now, self.closes, late, kept[0].sha256, one.price))
            one.withdrawn = one.withdrawn and late

    @rule(at=st.integers(0, 1))
    def take_back(self, at: int) -> None:
        one = self.bidders[at]
        may = not self.passed and not self.over and one.standing() is not None
        assert may == self.done(lambda: withdraw_bid(who=one.who, bid=one.bid), "bid.withdrawn")
        one.withdrawn = one.withdrawn or may

    @rule(hours=st.sampled_from([-24, 0, 1, 240]), reason=st.sampled_from(["A question came late.", " "]))
    def extend(self, hours: int, reason: str) -> None:
        to = self.closes + timedelta(hours=hours)
        may = not self.passed and not self.over and hours > 0 and bool(reason.strip())
        assert may == self.done(lambda: extend_deadline(
            by=self.by, competition=self.row, closes=to, reason=reason), "competition.extended")
        if may:
            self.moves.append((self.closes, to))
            self.closes = to

    @rule(hours=st.sampled_from([1, 24, 24 * 29]))
    def wait(self, hours: int) -> None:
        self.now += timedelta(hours=hours)

    @rule(seconds=st.sampled_from([-1, 0, 1, 60, 61]))
    def wait_for_the_deadline(self, seconds: int) -> None:
        self.now = max(self.now, self.closes + timedelta(seconds=seconds))

    @rule(hours=st.sampled_from([1, 24 * 40]))
    def set_the_clock_back(self, hours: int) -> None:
        self.now = max(NOW, self.now - timedelta(hours=hours))

    # --- running it ------------------------------------------------------------------------------------

    @rule()
    def open(self) -> None:
        may = self.opened or (self.now > self.closes + GRACE and not self.over)
        verbs = () if self.opened else ("competition.opened",)
        assert may == self.done(lambda: open_bids(by=self.by, competition=self.row), *verbs)
        if may and not self.opened:
            self.opened = True
            for one in self.bidders:
                letter = Bid.objects.get(pk=one.bid.pk).letter
                assert bool(letter) == (one.standing() is not None)
                if letter:
                    self.letters[letter] = one.standing()

    @rule(at=st.integers(0, 1))
    def name(self, at: int) -> None:
        may = self.opened and not self.over and not self.moderating
        assert may == self.done(lambda: name_evaluator(
            by=self.by, competition=self.row, person=self.world.people[TWO[at]].pk), "evaluation.named")
        if may:
            self.seats.setdefault(TWO[at], None)

    @rule(at=st.integers(0, 1), conflict=st.sampled_from([False, False, False, True]))
    def declare(self, at: int, conflict: bool) -> None:
        role = TWO[at]
        may = self.seats.get(role, False) is None and not self.over and (
            conflict or self.readable or not self.letters)     # whether their own organisation bids is looked up
        assert may == self.done(lambda: declare_interests(
            by=self.seen_by(role), competition=self.row, conflict=conflict, words="My sister runs it."),
            "evaluation.declared")
        if may:
            self.seats[role] = conflict

    @rule(at=st.integers(0, 1), letter=st.sampled_from("AB"), question=st.sampled_from([*SCORED, "safe"]),
          score=st.integers(-1, 6))
    def score(self, at: int, letter: str, question: str, score: int) -> None:
        role = TWO[at]
        may = (self.seats.get(role) is False and not self.moderating and not self.over
               and self.scoreable(letter, question, score))
        assert may == self.done(lambda: score_answer(
            by=self.seen_by(role), competition=self.row, letter=letter,
            told=ScoreSaid(question=question, score=score, reason="Fair.")), "evaluation.scored")
        if may:
            self.scores[role, letter, question] = score

    def scoreable(self, letter: str, question: str, score: int) -> bool:
        return letter in self.letters and question in SCORED and 0 <= score <= 5

    @rule()
    def begin_to_agree(self) -> None:
        full = len(self.scores) == len(TWO) * len(SCORED) * len(self.letters)
        may = self.opened and not self.over and (self.moderating or (
            [self.seats.get(role) for role in TWO] == [False, False] and full))
        verbs = () if self.moderating else ("evaluation.moderating",)
        assert may == self.done(lambda: begin_moderation(by=self.by, competition=self.row), *verbs)
        if may and not self.moderating:
            self.moderating = True
            for letter, question in product(self.letters, SCORED):
                given = {self.scores[role, letter, question] for role in TWO}
                if len(given) == 1:
                    self.agreed[letter, question] = given.pop()

    @rule(letter=st.sampled_from("AB"), question=st.sampled_from([*SCORED, "safe"]), score=st.integers(-1, 6))
    def agree(self, letter: str, question: str, score: int) -> None:
        may = self.moderating and not self.closed and not self.over and self.scoreable(letter, question, score)
        assert may == self.done(lambda: moderate(
            by=self.by, competition=self.row, letter=letter,
            told=ScoreSaid(question=question, score=score, reason="Agreed.")), "evaluation.moderated")
        if may:
            self.agreed[letter, question] = score

    @rule()
    def close(self) -> None:
        full = len(self.agreed) == len(SCORED) * len(self.letters)
        may = self.moderating and not self.over and full
        verbs = () if self.closed else ("evaluation.closed",)
        assert may == self.done(lambda: close_moderation(by=self.by, competition=self.row), *verbs)
        self.closed = self.closed or may

    @rule(choose=st.sampled_from(["best", "nobody", "Z"]))
    def choose(self, choose: str) -> None:
        letters: tuple[str, ...] = () if choose == "nobody" else (choose,)
        if choose == "best":
            letters = self.first()
        may = self.closed and not self.over and choose != "Z" and (self.readable or not self.letters)
        assert may == self.done(lambda: decide(by=self.by, competition=self.row, said=DecisionSaid(
            letters=letters, reasons="By the rules.", authority="Cabinet", decided_on=clock.today())),
            "commission.moved", "evaluation.decided")
        if may:
            self.state = "decided"

    def first(self) -> tuple[str, ...]:
        with clock.fixed(self.now):
            seen = self.closed and self.readable
            return tuple(one.letter for one in ranking_of(self.by, self.row)[:1]) if seen else ()

    @rule(sure=st.integers(0, 9))
    def call_it_off(self, sure: int) -> None:
        if sure == 7:
            verbs = () if self.over else ("commission.moved",)
            assert (self.state != "decided") == self.done(lambda: move_commission(
                by=self.by, commission=self.row.commission, to=CommissionState.WITHDRAWN), *verbs)
            self.state = "withdrawn" if self.state == "open" else self.state

    @rule()
    def go_on(self) -> None:
        """As it goes where nothing is in the way."""
        if not self.opened:
            for at in (0, 1):
                self.save(at, 800_000)
                self.send(at)
            self.wait_for_the_deadline(61)
            self.open()
        elif not self.seats:
            for at in (0, 1):
                self.name(at)
                self.declare(at, False)
        elif not self.moderating:
            for at, letter, question in product((0, 1), self.letters, SCORED):
                self.score(at, letter, question, 3 + at)
            self.begin_to_agree()
        elif not self.closed:
            for letter in self.letters:
                self.agree(letter, "what", 4)
                self.agree(letter, "done", 2)
            self.close()
        else:
            self.choose("best")

    # --- what always holds -----------------------------------------------------------------------------

    @invariant()
    def nobody_reads_a_bid_before_it_is_opened(self) -> None:
        first, other = self.bidders
        with pytest.raises(NotFound):
            own_draft(other.who, first.bid)
        with clock.fixed(self.now):
            with pytest.raises(NotAllowed):
                opened_package(self.outsider, first.bid)
            for one in self.bidders:
                letter = Bid.objects.values_list("letter", flat=True).get(pk=one.bid.pk)
                if letter and self.readable:
                    assert opened_package(self.by, one.bid).price == self.letters[letter] == one.standing()
                else:
                    with pytest.raises(NotAllowed):
                        opened_package(self.by, one.bid)
        assert Bid.objects.visible_to(self.by, Purpose.PLANNING).exists() == self.opened

    @invariant()
    def what_was_sent_is_never_lost_and_late_is_late_with_proof(self) -> None:
        for one in self.bidders:
            held = Bid.objects.get(pk=one.bid.pk)
            assert (held.saves, held.withdrawn_at is not None) == (one.saves, one.withdrawn)
            assert own_draft(one.who, held).price == one.price
            assert SECRET not in bytes(held.draft)
            rows = list(Submission.objects.filter(bid=held).order_by("number"))
            assert [(row.number, row.at, row.closes, row.late, row.sha256) for row in rows] == [
                (sent.number, sent.at, sent.closes, sent.late, sent.sha256) for sent in one.sent]
            for row in rows:
                assert row.late or row.at <= row.closes
                assert SECRET not in bytes(row.sealed)
                assert sha256(own_submission(one.who, row)).hexdigest() == row.sha256

    @invariant()
    def a_deadline_is_moved_for_all_or_for_none(self) -> None:
        held = Competition.objects.get(pk=self.row.pk)
        assert held.closes == self.closes
        assert list(held.extensions.values_list("before", "after")) == self.moves

    @invariant()
    def what_was_scored_and_agreed_stands(self) -> None:
        rows = Score.objects.filter(bid__competition=self.row)
        who = {self.world.people[role].pk: role for role in TWO}
        assert {(who[person], letter, question): score for person, letter, question, score in rows.values_list(
            "evaluator__person", "bid__letter", "question", "score")} == self.scores
        agreed = Moderated.objects.filter(bid__competition=self.row)
        assert {(letter, question): score for letter, question, score in agreed.values_list(
            "bid__letter", "question", "score")} == self.agreed

    @invariant()
    def it_stands_where_the_way_leads(self) -> None:
        held = Competition.objects.select_related("commission").get(pk=self.row.pk)
        assert held.commission.state == self.state
        assert (held.opened_at is not None) == self.opened
        assert Decision.objects.filter(competition=held).exists() == (self.state == "decided")
        stage = getattr(held, "evaluation", None)
        assert (stage is not None and stage.moderating_at is not None) == self.moderating
        assert (stage is not None and stage.closed_at is not None) == self.closed

    @invariant()
    def every_deed_has_its_event(self) -> None:
        assert Counter(Event.objects.values_list("verb", flat=True)) - self.began == self.events


@pytest.fixture(autouse=True)
def at(settings, tmp_path):
    settings.VAR, settings.BID_KEY = tmp_path, ""


@pytest.mark.parametrize("come", [0, 2, 3, STEPS])
def test_a_few_lives_of_a_tender(come, world, monkeypatch):
    monkeypatch.setattr(LifeOfTender, "come", come)
    live(LifeOfTender, world, lives=2, steps=10)


@pytest.mark.soak
@pytest.mark.parametrize("come", range(STEPS + 1))
def test_ten_thousand_steps_of_a_tender(come, world, monkeypatch):
    monkeypatch.setattr(LifeOfTender, "come", come)
    live(LifeOfTender, world, lives=100, steps=20)
