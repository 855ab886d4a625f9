"""A return and an agreement through any order of deeds: nothing is lost, each deed written down, nobody leaks.

Few steps each time, 10,000 of each in `make soak`.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from decimal import Decimal as D
from typing import ClassVar
from uuid import uuid4

import pytest
from django.db import transaction
from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, rule, run_state_machine_as_test
from tests.access.returns import agreed
from tests.agreements.test_measures_of_agreements import SAID as MEASURE
from tests.world import World

from commonweal.agreements.actions.measures import drop_measure, set_measure, take_up_measure
from commonweal.agreements.actions.terms import ClauseSaid, VariationSaid, add_clause, remove_term, vary_agreement
from commonweal.agreements.models import AgreementVariation, Clause, Measure
from commonweal.core import clock
from commonweal.core.errors import CommonwealError, NotFound
from commonweal.core.models import Event
from commonweal.core.purpose import Purpose
from commonweal.core.viewer import ANONYMOUS, viewer_of
from commonweal.measures.actions.answering import Answering, Said, nothing_happened, save_answer, send_return
from commonweal.measures.actions.opening import end_links, make_link, open_returns
from commonweal.measures.actions.plans import PlanSaid, plan_returns
from commonweal.measures.models import AnswerSave, Return, ReturnAnswer, ReturnLink
from commonweal.options.actions.agreements import AgreementSaid, change_agreement
from commonweal.options.actions.passing import PassingSaid, pass_agreement
from commonweal.options.models import Agreement
from commonweal.options.queries.agreements import agreement_for

NOW = datetime(2026, 1, 20, 10, 0, tzinfo=UTC)
QUESTIONS = ("attendances", "people", "answered", "satisfied", "different")


class Life(RuleBasedStateMachine):
    """One life from the same beginning; undone when it is over."""

    world: ClassVar[World]

    def __init__(self) -> None:
        super().__init__()
        self.undone = transaction.atomic()
        self.undone.__enter__()
        self.by, self.outsider = viewer_of(self.world.admin()), viewer_of(self.world.outsider)
        self.deeds = 0
        self.begin()
        self.before = Event.objects.count()

    def begin(self) -> None:
        """What is there first."""
        raise NotImplementedError

    def done(self, deed: Callable[[], object]) -> bool:
        """Whether it was done; refused is refused whole."""
        try:
            with transaction.atomic():
                deed()
        except CommonwealError:
            return False
        return True

    def teardown(self) -> None:
        transaction.set_rollback(True)
        self.undone.__exit__(None, None, None)


class LifeOfReturn(Life):
    """Asked, answered by link and by desk, sent, corrected; links end, time passes."""

    def begin(self) -> None:
        plan_returns(by=self.by, agreement=agreed(self.world), said=PlanSaid(
            tier=1, every=12, begins=date(2025, 1, 1), difference="they felt less alone", provider_name="Club"))
        self.row: Return = open_returns(by=self.by, partnership=self.world.partnership)[-1]
        self.links: list[ReturnLink] = []
        self.stands: dict[str, int] = {}
        self.saves, self.sent, self.receipt = 0, False, ""

    def who(self, at: int) -> Answering:
        if at == 0 or not self.links:
            return Answering(by=self.by)
        link = self.links[at % len(self.links)]
        return Answering(by=ANONYMOUS, link=ReturnLink.objects.get(pk=link.pk), device=f"d{at}")

    @rule()
    def invite(self) -> None:
        self.done(lambda: self.links.append(make_link(by=self.by, to=self.row)[0]))

    @rule()
    def call_off(self) -> None:
        if self.done(lambda: end_links(by=self.by, to=self.row)):
            with pytest.raises(NotFound):
                send_return(who=Answering(by=ANONYMOUS, link=self.fresh()), to=self.row)

    def fresh(self) -> ReturnLink:
        found: ReturnLink = self.row.links.latest("created")
        return found

    @rule(at=st.integers(0, 3), question=st.sampled_from(QUESTIONS), value=st.integers(0, 40), twice=st.booleans())
    def answer(self, at: int, question: str, value: int, twice: bool) -> None:
        said = Said(question=question, typed=str(value), key=uuid4())
        if self.done(lambda: save_answer(who=self.who(at), to=self.row, said=said)):
            self.stands[question] = value
            self.saves += 1
            if twice:
                self.done(lambda: save_answer(who=self.who(at), to=self.row, said=said))

    @rule(at=st.integers(0, 3), typed=st.sampled_from(["many", "-1", "", "1e9", "٣", "=1+1", "9" * 40]))
    def answer_nonsense(self, at: int, typed: str) -> None:
        said = Said(question="people", typed=typed)
        if self.done(lambda: save_answer(who=self.who(at), to=self.row, said=said)):
            self.stands["people"] = ReturnAnswer.objects.get(of=self.row, question="people").value
            self.saves += 1

    @rule(at=st.integers(0, 3))
    def send(self, at: int) -> None:
        self.sent = self.done(lambda: send_return(who=self.who(at), to=self.row)) or self.sent

    @rule(at=st.integers(0, 3))
    def nothing(self, at: int) -> None:
        if self.done(lambda: nothing_happened(who=self.who(at), to=self.row)):
            self.sent = True
            self.stands = dict(ReturnAnswer.objects.filter(of=self.row).values_list("question", "value"))
            self.saves = AnswerSave.objects.filter(of=self.row).count()

    @invariant()
    def no_answer_is_lost(self) -> None:
        kept = dict(ReturnAnswer.objects.filter(of=self.row).values_list("question", "value"))
        assert kept == self.stands
        assert AnswerSave.objects.filter(of=self.row).count() == self.saves
        numbers = ReturnAnswer.objects.filter(of=self.row).values_list("number", flat=True)
        assert sum(numbers) == self.saves

    @invariant()
    def what_was_sent_stays_sent(self) -> None:
        self.row.refresh_from_db()
        assert (self.row.state == "sent") == self.sent
        if self.sent:
            assert self.row.receipt == (self.receipt or self.row.receipt)
            self.receipt = self.row.receipt
            assert Event.objects.filter(verb="return.sent", subject_id=self.row.pk).count() == 1

    @invariant()
    def nobody_else_reads_it(self) -> None:
        for model in (Return, ReturnAnswer, AnswerSave):
            assert not model.objects.visible_to(self.outsider, Purpose.PLANNING).exists()


class LifeOfAgreement(Life):
    """Entered, put right, varied, passed on, measured; terms come and go."""

    def begin(self) -> None:
        self.row = agreed(self.world)
        self.said = AgreementSaid(
            title=self.row.title, service=self.row.service, form="grant", begins=date(2024, 1, 1), ends=None,
            regime="", source="Register", parties=(("Testshire Council", "pays"), ("Dance Club", "delivers")),
            years=(("2024-25", D(4000)),))
        self.signed = {"Testshire Council", "Dance Club"}
        self.varied, self.clauses, self.ends = 0, 0, None

    def counted(self, deed: Callable[[], object]) -> bool:
        if self.done(deed):
            self.deeds += 1
            return True
        return False

    @rule(pounds=st.integers(-5, 10**6), ends=st.sampled_from([None, 400, 900, -900]))
    def put_right(self, pounds: int, ends: int | None) -> None:
        day = None if ends is None else date(2024, 1, 1) + timedelta(days=ends)
        said = replace(self.said, years=(("2024-25", D(pounds)),), ends=day)
        if self.counted(lambda: change_agreement(by=self.by, agreement=self.row, said=said)):
            self.said, self.ends = said, day

    @rule(after=st.integers(-50, 2000), longer=st.sampled_from([None, 800, 5000, -9]))
    def vary(self, after: int, longer: int | None) -> None:
        begins = date(2024, 1, 1)
        ends = None if longer is None else begins + timedelta(days=longer)
        said = VariationSaid(agreed_on=begins + timedelta(days=after), what="More hours", reason="Need", ends=ends,
                             ground="As it provides itself")
        if self.counted(lambda: vary_agreement(by=self.by, agreement=self.row, said=said)):
            self.varied, self.ends = self.varied + 1, ends or self.ends

    @rule(party=st.sampled_from(["Testshire Council", "Dance Club", "New Council", "Nobody"]),
          to=st.sampled_from(["New Council", "Testshire Council", ""]), after=st.integers(-9, 3000))
    def pass_on(self, party: str, to: str, after: int) -> None:
        day = date(2024, 1, 1) + timedelta(days=after)
        said = PassingSaid(party=party, to=to, day=day, law="An order")
        self.counted(lambda: pass_agreement(by=self.by, agreement=self.row, said=said))

    @rule(words=st.sampled_from(["Four evenings.", "A quiet hour.", " "]))
    def require(self, words: str) -> None:
        if self.counted(lambda: add_clause(by=self.by, agreement=self.row, said=ClauseSaid(words=words))):
            self.clauses += 1

    @rule()
    def let_go(self) -> None:
        row = Clause.objects.filter(agreement=self.row, removed=False).order_by("position").first()
        if row is not None:
            self.counted(lambda: remove_term(by=self.by, term=row))

    @rule(title=st.sampled_from(["Girls", "Boys", ""]))
    def measure(self, title: str) -> None:
        self.counted(lambda: set_measure(by=self.by, agreement=self.row, said=replace(MEASURE, title=title)))

    @rule(again=st.booleans())
    def drop_or_take_up(self, again: bool) -> None:
        row = Measure.objects.filter(agreement=self.row).order_by("position").first()
        if row is not None:
            self.counted(lambda: take_up_measure(by=self.by, measure=row) if again
                         else drop_measure(by=self.by, measure=row, because="Nobody asks."))

    @rule()
    def by_somebody_else(self) -> None:
        assert not self.done(lambda: change_agreement(by=self.outsider, agreement=self.row, said=self.said))

    @invariant()
    def every_deed_is_written_down(self) -> None:
        assert Event.objects.count() - self.before == self.deeds

    @invariant()
    def what_was_agreed_stays(self) -> None:
        card = agreement_for(self.by, self.world.partnership.pk, self.row.pk)
        assert {name for name, _ in card.signed} == self.signed
        assert (card.begins, card.ends, card.regime) == (date(2024, 1, 1), self.ends, "")
        assert AgreementVariation.objects.filter(agreement=self.row).count() == self.varied
        assert Clause.objects.filter(agreement=self.row).count() == self.clauses
        assert len(card.parties) == 2

    @invariant()
    def nobody_else_reads_it(self) -> None:
        for model in (Agreement, AgreementVariation, Clause, Measure):
            assert not model.objects.visible_to(self.outsider, Purpose.PLANNING).exists()


LIVES = [LifeOfReturn, LifeOfAgreement]


def live(life: type[Life], world: World, *, lives: int, steps: int) -> None:
    life.world = world
    with clock.fixed(NOW):
        run_state_machine_as_test(life, settings=settings(
            max_examples=lives, stateful_step_count=steps, deadline=None, database=None, derandomize=lives < 99,
            suppress_health_check=list(HealthCheck)))


@pytest.mark.parametrize("life", LIVES)
def test_a_few_lives(life, world):
    live(life, world, lives=6, steps=15)


@pytest.mark.soak
@pytest.mark.parametrize("life", LIVES)
def test_ten_thousand_steps(life, world):
    live(life, world, lives=200, steps=50)
