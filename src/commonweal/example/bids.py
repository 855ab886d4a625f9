"""Larkmere's competitions, run to the end: published, talked of, bid for, opened, scored, agreed, decided."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime, time, timedelta
from decimal import Decimal
from functools import partial
from importlib.resources import files
from typing import TYPE_CHECKING, Any

import numpy as np
import yaml

from commonweal.core import clock
from commonweal.core.viewer import ANONYMOUS, Viewer, viewer_of
from commonweal.example.commissions import enter_commission
from commonweal.policy.papers import score_words
from commonweal.procurement.actions.agreeing import TermsSaid, agree_terms
from commonweal.procurement.actions.bidding import begin_bid, begin_own_bid, change_bid, send_bid
from commonweal.procurement.actions.competing import (
    CompetitionSaid,
    answer_back,
    ask_back,
    extend_deadline,
    open_bids,
    publish_competition,
)
from commonweal.procurement.actions.deciding import DecisionSaid, decide
from commonweal.procurement.actions.other_ways import DirectSaid, award_directly, note_talk
from commonweal.procurement.actions.scoring import (
    ScoreSaid,
    begin_moderation,
    close_moderation,
    declare_interests,
    moderate,
    name_evaluator,
    score_answer,
)
from commonweal.procurement.bidding import Bidding
from commonweal.procurement.deadline import london_instant
from commonweal.procurement.models import Bid, Commission, Competition
from commonweal.procurement.opening import opened_package, scored_questions
from commonweal.procurement.package import Member, Package, Said, fresh
from commonweal.procurement.queries.bids import link_behind

if TYPE_CHECKING:
    from commonweal.example.world import World

Line = dict[str, Any]
LAID_DOWN = ("price_weight", "formula", "quality_floor", "several")


def build_bids(world: World, _rng: np.random.Generator) -> None:
    """Each competition in its turn, every step on its day and by its own people."""
    content = yaml.safe_load(files("commonweal.example").joinpath("bids.yaml").read_text("utf-8"))
    for line in content["competitions"]:
        row = _published(world, line)
        _bid_for(world, row, line)
        _evaluated(world, row, line, content)
    for line in content["open"]:
        _published(world, line)
    for line in content["direct"]:
        _direct(world, line)


def _ago(days: float) -> Any:
    return clock.fixed(_day(days))


def _day(days: float) -> datetime:
    """The very instant, so many days ago."""
    return clock.now() - timedelta(days=days)


def _noon(days: float) -> datetime:
    """Noon in London, so many days ago: an hour that a deadline has."""
    return london_instant(_day(days).astimezone(clock.LONDON).date(), time(12))


def _published(world: World, line: Line) -> Competition:
    told = line["commission"]
    by = viewer_of(world.people[told["who"]])
    closes, opens = _noon(line["closes"]), _day(line["published"])
    moved = line.get("moved")
    later = _noon(moved["closes"]) if moved else None
    with _ago(told["days"]):
        enter_commission(world, told)
    commission = Commission.objects.get(partnership=world.partnership, title=told["title"])
    with clock.fixed(opens):
        row = publish_competition(by=by, commission=commission, said=CompetitionSaid(
            way=line["way"], contact=line["contact"], opens=opens, closes=closes, weights=line["weights"],
            questions_by=closes - timedelta(days=7),
            floor=_pounds(line.get("floor")), ceiling=_pounds(line.get("ceiling")),
            stages=tuple(line.get("stages", ())),
            **{name: line[name] for name in LAID_DOWN if name in line}))
    for one in line["asked"]:
        with clock.fixed(opens + timedelta(days=3)):
            asked = ask_back(competition=row, words=one["words"])
        with clock.fixed(opens + timedelta(days=4)):
            answer_back(by=by, clarification=asked, words=one["answer"])
    if moved and later:
        with clock.fixed(closes - timedelta(days=5)):
            extend_deadline(by=by, competition=row, closes=later, reason=moved["reason"])
    row.refresh_from_db()
    _talked(by, row, line, until=row.closes)
    return row


def _talked(by: Viewer, row: Competition, line: Line, *, until: datetime | None = None) -> None:
    """Notes of talks, for all alike: before the deadline, or after it where terms are agreed then."""
    for one in line.get("talks", ()):
        at = _day(one["days"])
        if (at < row.closes) == (until is not None):
            with clock.fixed(at):
                note_talk(by=by, competition=row, stage=one.get("stage", ""), held_on=clock.today(),
                          words=one["words"])


def _bid_for(world: World, row: Competition, line: Line) -> None:
    for number, one in enumerate(line["bids"], start=1):
        with clock.fixed(row.opens + timedelta(days=number)):
            bid, who = _begun(world, row, one)
            change_bid(who=who, bid=bid, part="all", change=partial(_written, one=one))
        with clock.fixed(row.closes - timedelta(hours=5 * number)):
            send_bid(who=who, bid=Bid.objects.get(pk=bid.pk))


def _begun(world: World, row: Competition, one: Line) -> tuple[Bid, Bidding]:
    if "who" in one:
        by = viewer_of(world.people[one["who"]])
        return begin_own_bid(by=by, competition=row, begun=fresh(one["name"])), Bidding(by)
    bid, token = begin_bid(competition=row, name=one["name"], contact=one["contact"], reach=one["reach"])
    return bid, Bidding(ANONYMOUS, link_behind(token))


def _written(draft: Package, one: Line) -> Package:
    members = tuple(Member(**each) for each in one.get("members", ()))
    return replace(
        draft, name=one["name"], contact=one["contact"], reach=one["reach"], members=members, alone=not members,
        eligible=one.get("eligible", False), price=Decimal(one["price"]),
        answers={key: Said(words, 1) for key, words in one["answers"].items()})


def _evaluated(world: World, row: Competition, line: Line, content: Line) -> None:
    by = viewer_of(world.people[line["commission"]["who"]])
    apart = line.get("conflict") or content["conflict"]
    with _ago(line["opened"]):
        row = open_bids(by=by, competition=row)
        letters = {opened_package(by, bid).name: bid.letter for bid in row.bids.exclude(letter="")}
        for email in (*content["evaluators"], apart["who"]):
            person = world.people[email]
            name_evaluator(by=by, competition=row, person=person.pk)
            conflict = email == apart["who"]
            declare_interests(by=viewer_of(person), competition=row, conflict=conflict,
                              words=apart["words"] if conflict else "")
    with _ago(line["scored"]):
        for place, email in enumerate(content["evaluators"]):
            _scored(viewer_of(world.people[email]), row, line, letters, place)
    with _ago(line["scored"] - 1):
        begin_moderation(by=by, competition=row)
        _moderated(by, row, line, letters)
        close_moderation(by=by, competition=row)
    _talked(by, row, line)
    _agreed(by, row, line, letters)
    chosen = line["chosen"] if isinstance(line["chosen"], list) else [line["chosen"]]
    with _ago(line["decided"]):
        decide(by=by, competition=row, said=DecisionSaid(
            letters=tuple(letters[name] for name in chosen), reasons=line["reasons"], authority=line["authority"],
            decided_on=clock.today(), told_on=clock.today(), wait=line.get("wait", False)))


def _direct(world: World, line: Line) -> None:
    told = line["commission"]
    with _ago(told["days"]):
        enter_commission(world, told)
    row = Commission.objects.get(partnership=world.partnership, title=told["title"])
    with _ago(line["decided"]):
        award_directly(by=viewer_of(world.people[told["who"]]), commission=row, said=DirectSaid(
            name=line["name"], price=Decimal(line["price"]), reasons=line["reasons"], authority=line["authority"],
            decided_on=clock.today()))


def _agreed(by: Viewer, row: Competition, line: Line, letters: dict[str, str]) -> None:
    for one in line.get("agreed", ()):
        with _ago(one["days"]):
            agree_terms(by=by, competition=row, letter=letters[one["name"]], said=TermsSaid(
                held_on=clock.today(), words=one["words"], price=_pounds(one.get("price"))))


def _scored(by: Viewer, row: Competition, line: Line, letters: dict[str, str], place: int) -> None:
    words = {one.score: one.words for one in score_words()}
    for one in line["bids"]:
        for question in scored_questions(row):
            score = one["scores"][question][place]
            reason = words[score] if place else one["why"][question]
            score_answer(by=by, competition=row, letter=letters[one["name"]], told=ScoreSaid(
                question=question, score=score, reason=reason))


def _moderated(by: Viewer, row: Competition, line: Line, letters: dict[str, str]) -> None:
    """Where they differed, the score that most gave, for the reason that was written."""
    for one in line["bids"]:
        for question in scored_questions(row):
            given = one["scores"][question]
            if len(set(given)) > 1:
                moderate(by=by, competition=row, letter=letters[one["name"]], told=ScoreSaid(
                    question=question, score=sorted(given)[len(given) // 2], reason=one["why"][question]))


def _pounds(told: int | None) -> Decimal | None:
    return None if told is None else Decimal(told)
