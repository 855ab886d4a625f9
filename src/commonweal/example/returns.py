"""Three years of returns from 25 agreements: most in time, some late, mended, said by telephone or odd."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from decimal import Decimal
from importlib.resources import files
from typing import TYPE_CHECKING, Any

import numpy as np
import yaml

from commonweal.agreements.actions.answers import say_answers
from commonweal.agreements.actions.measures import MeasureSaid, TargetSaid, set_measure
from commonweal.core import clock
from commonweal.core.viewer import ANONYMOUS, Viewer, viewer_of
from commonweal.measures.actions.answering import (
    Answering,
    Said,
    enter_spoken,
    nothing_happened,
    save_answer,
    save_answers,
    send_return,
)
from commonweal.measures.actions.opening import make_link, open_returns
from commonweal.measures.actions.plans import PlanSaid, plan_returns
from commonweal.measures.models import Channel, Return, ReturnPlan
from commonweal.measures.sizing import proposed_tier_of
from commonweal.needs.models import Need
from commonweal.options.actions.agreements import AgreementSaid, record_agreement
from commonweal.options.models import Agreement
from commonweal.policy.returns import return_tiers
from commonweal.priorities.models import Outcome

if TYPE_CHECKING:
    from commonweal.core.models import Partnership
    from commonweal.example.world import World

Line = dict[str, Any]
COUNCIL = "Larkmere District Council"
NEW, TURNED, SESSIONS, SPENT = 0.3, 0.05, 24, 6   # shares of people, attendances a session, pounds an attendance


@dataclass(frozen=True, slots=True)
class Scene:
    """Who asks, who helps groups, where, and the content."""

    by: Viewer
    support: Viewer
    there: Partnership
    content: Line


def build_returns(world: World, rng: np.random.Generator) -> None:
    """The agreements, what each is asked, and every return on its day."""
    assert world.partnership is not None
    content = yaml.safe_load(files("commonweal.example").joinpath("returns.yaml").read_text("utf-8"))
    scene = Scene(viewer_of(world.people[content["who"]]), viewer_of(world.people[content["support"]]),
                  world.partnership, content)
    needs = dict(Need.objects.filter(partnership=scene.there).values_list("title", "pk"))
    outcomes = dict(Outcome.objects.filter(partnership=scene.there).values_list("title", "pk"))
    lines: dict[Any, Line] = {}
    for line in content["agreements"]:
        row = _agreement(scene, line)
        lines[_plan(scene, row, line).pk] = line
        if line.get("needs") or line.get("outcomes"):
            say_answers(by=scene.by, agreement=row, needs=tuple(needs[one] for one in line.get("needs", ())),
                        outcomes=tuple(outcomes[one] for one in line.get("outcomes", ())))
    made: dict[Any, list[Return]] = {}
    for one in open_returns(by=scene.by, partnership=scene.there):
        made.setdefault(one.plan_id, []).append(one)
    for plan, line in lines.items():
        _returned(scene, made.get(plan, []), line, rng)


def april(years: int) -> date:
    """The first day of the financial year so many years from this one."""
    today = clock.today()
    return date(today.year - (today.month < 4) + years, 4, 1)


def _agreement(scene: Scene, line: Line) -> Agreement:
    if "there" in line:
        return Agreement.objects.get(partnership=scene.there, title=line["there"])
    begins = april(-line["since"])
    ends = april(line["lasts"] - line["since"]) - timedelta(days=1) if "lasts" in line else None
    years = [begins.year + one for one in range(line.get("lasts", line["since"] + 1))]
    row = record_agreement(by=scene.by, partnership=scene.there, said=AgreementSaid(
        title=line["title"], service=line["service"], form=line["form"], begins=begins, ends=ends, regime="",
        source="Council's register of grants and contracts", vat="outside",
        parties=((line.get("pays", COUNCIL), "pays"), (line["by"], "delivers")),
        years=tuple((f"{year}-{(year + 1) % 100:02}", Decimal(line["pounds"])) for year in years)))
    if "measure" in line:
        _measured(scene, row, line["measure"])
    return row


def _measured(scene: Scene, row: Agreement, line: Line) -> None:
    year = TargetSaid(start=april(0), end=april(1), target=Decimal(line["target"]))
    outcome = Outcome.objects.filter(partnership=scene.there, title=line.get("outcome", "")).first()
    set_measure(by=scene.by, agreement=row, said=MeasureSaid(
        title=line["title"], what="Different people at any session of the year.", unit=line["unit"], kind="use",
        adds="never", every="year", outcome=outcome.pk if outcome else None, targets=(year,)))


def _plan(scene: Scene, row: Agreement, line: Line) -> ReturnPlan:
    tier = proposed_tier_of(row).tier
    groups, areas = (tuple((key, title) for key, title in scene.content[name]) for name in ("groups", "areas"))
    return plan_returns(by=scene.by, agreement=row, said=PlanSaid(
        tier=tier, every=return_tiers()[tier - 1].every, begins=max(row.begins, april(-line["since"])),
        ends=row.ends, difference=line["difference"], provider_name=line["by"], groups=groups, areas=areas,
        contact_name=f"Secretary, {line['by']}"[:120], contact_phone="01632 960 100"))


def _returned(scene: Scene, rows: list[Return], line: Line, rng: np.random.Generator) -> None:
    """Every return of an agreement but the newest `unsent`, each as its line says."""
    growth = rng.normal(0.02, 0.05)
    sent = len(rows) - line.get("unsent", 0)
    for number, row in enumerate(rows[:max(sent, 0)], start=1):
        size = 1.0 if line.get("copied") else (1 + growth) ** number * rng.lognormal(0, 0.06)
        if number in line.get("jump", ()):
            size *= 5
        answers = _answers(row, line, size, rng)
        day = row.due + timedelta(days=9) if number in line.get("late", ()) else row.due - timedelta(
            days=int(rng.integers(1, 20)))
        at = datetime.combine(min(day, clock.today()), time(int(rng.integers(9, 20)), 10), clock.LONDON)
        with clock.fixed(at):
            _sent(scene, row, line, number, answers)


def _sent(scene: Scene, row: Return, line: Line, number: int, answers: Line) -> None:
    if number in line.get("spoken", ()):
        enter_spoken(by=scene.support, to=row, said_by="The treasurer", said_on=clock.today(),
                     answers=tuple(Said(question=key, typed=value) for key, value in answers.items()))
        return
    link, _ = make_link(by=scene.by, to=row)
    who = Answering(by=ANONYMOUS, link=link, device=f"{row.pk.hex[-12:]}", channel=Channel.LINK)
    if number in line.get("nothing", ()):
        nothing_happened(who=who, to=row)
        return
    slip = number in line.get("typo", ())
    typed = {**answers, "attendances": answers["attendances"] * 10} if slip else answers
    save_answers(who=who, to=row, said=tuple(Said(question=key, typed=value) for key, value in typed.items()))
    send_return(who=who, to=row)
    if slip:
        with clock.fixed(clock.now() + timedelta(days=6)):
            save_answer(who=who, to=row, said=Said(question="attendances", typed=answers["attendances"], seen=1))


def _answers(row: Return, line: Line, size: float, rng: np.random.Generator) -> Line:
    attendances, people, told, satisfied, different = line["level"]
    came = round(attendances * size)
    who = min(round(people * size), came)
    asked = who if line.get("copied") else round(who * min(1.0, told / 100 * 1.3))
    answered = min(asked, round(who * told / 100))
    values = {
        "sessions": max(1, round(came / SESSIONS)), "attendances": came, "people": who,
        "groups": {key: round(who * share) for (key, _), share in zip(
            row.plan.groups, rng.dirichlet((3, 2, 3, 4)), strict=False)},
        "new": round(who * NEW), "turned": round(who * TURNED),
        "areas": {key: round(who * share) for (key, _), share in zip(
            row.plan.areas, rng.dirichlet((3, 2, 6)), strict=False)},
        "asked": asked, "answered": answered, "satisfied": round(answered * satisfied / 100),
        "different": round(answered * different / 100), "spent": came * SPENT, "story": line["story"],
    }
    if line.get("copied"):
        values |= {"sessions": 100, "new": 100, "turned": 0}
    return {key: values[key] for key in row.asked}
