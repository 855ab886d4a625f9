"""Options: the catalogue is open to all; appraisals are read by those who see evidence."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from uuid import uuid4

from tests.access.deciding import DECIDE, outcomes
from tests.access.line import ANYBODY, LOGIN, MEMBERS, WORKERS, Keys, Line, partnership
from tests.world import World

from commonweal.core.permissions import Role
from commonweal.core.viewer import viewer_of
from commonweal.options.actions.agreements import AgreementSaid, record_agreement
from commonweal.options.actions.appraisal import (
    AppraisalSaid,
    CriterionSaid,
    OptionSaid,
    Sifted,
    add_from_catalogue,
    add_option,
    agree_ends,
    begin_appraisal,
    set_criteria,
    sift_options,
)
from commonweal.options.actions.choosing import Chosen, answer_gate, choose_option
from commonweal.options.actions.judging import PointsSaid, ScoreSaid, add_group, give_group_weights, score_option
from commonweal.options.models import (
    Agreement,
    Appraisal,
    ChoiceVersion,
    Criterion,
    Option,
    Sift,
    StakeholderGroup,
)
from commonweal.policy.decision_gates import gates_for

SEES = MEMBERS - {Role.PROVIDER.value}
WEIGHS = WORKERS | DECIDE
SCORES = {"As now": (20, 30), "Trust": (90, 10), "Volunteers": (10, 90)}


def begun(world: World) -> Appraisal:
    """A question with three options, one of them as now."""
    by = viewer_of(world.admin())
    made = begin_appraisal(by=by, partnership=world.partnership, said=AppraisalSaid(
        title="Libraries from 2028", question="Who should run them?", service="libraries", where="Testshire",
        outcomes=outcomes(world)[:2]))
    for name in SCORES:
        add_option(by=by, appraisal=made, said=OptionSaid(
            title=name, description=f"{name}.", baseline=name == "As now",
            vehicle={"Trust": "trust-existing", "Volunteers": "community-library"}.get(name, "in-house")))
    return made


def agreed(world: World) -> Appraisal:
    """The same with two criteria whose ends are agreed, all kept."""
    by, made = viewer_of(world.admin()), begun(world)
    set_criteria(by=by, appraisal=made, lines=(
        CriterionSaid(title="Reach", worst_means="Fewer than now", best_means="All who need it"),
        CriterionSaid(title="Hours", unit="hours a week", worst=Decimal(0), best=Decimal(100)),
    ))
    sift_options(by=by, appraisal=made, sifted=tuple(
        Sifted(pk, Sift.KEPT, "It could happen") for pk in made.options.values_list("pk", flat=True)))
    return agree_ends(by=by, appraisal=made)


def judged(world: World) -> Appraisal:
    """The same scored, and weighed by two groups that part."""
    by, made = viewer_of(world.admin()), agreed(world)
    reach, hours = made.criteria.order_by("position")
    for option in made.options.all():
        score_option(by=by, option=option, scores=tuple(
            ScoreSaid(one.pk, Decimal(value), Decimal(value), Decimal(value) + 5, "Counted in spring")
            for one, value in zip((reach, hours), SCORES[option.title], strict=True)))
    for title, points in (("Parents", (100, 10)), ("Villages", (10, 100))):
        group = add_group(by=by, appraisal=made, title=title, took_part="Twelve people in May")
        give_group_weights(by=by, group=group, reason="A meeting", points=(
            PointsSaid(reach.pk, points[0], 5), PointsSaid(hours.pk, points[1], 5)))
    return made


def gated(world: World) -> Appraisal:
    """The same with every gate answered."""
    by, made = viewer_of(world.admin()), judged(world)
    for gate in gates_for("libraries"):
        answer_gate(by=by, appraisal=made, key=gate.key, fields={
            one.key: "2026-10-01" if one.kind == "date" else "Said" for one in gate.fields})
    return made


def chosen(world: World) -> ChoiceVersion:
    """The trust, chosen."""
    made, member = gated(world), world.people[Role.ELECTED_MEMBER]
    return choose_option(by=viewer_of(member), appraisal=made, said=Chosen(
        option=made.options.get(title="Trust").pk, body="Cabinet", reasons="It reaches most.",
        decided_on=date(2026, 11, 1), people=(member.pk,), conditions="Six libraries stay."))


def contract(world: World) -> Agreement:
    there = Agreement.objects.filter(partnership=world.partnership).first()
    by = viewer_of(world.admin())
    return there or record_agreement(by=by, partnership=world.partnership, said=AgreementSaid(
        title="Library agreement", service="libraries", form="in-house", begins=date(2020, 4, 1), ends=None,
        regime="", source="Budget book", parties=(("Testshire", "pays"), ("Library team", "delivers")),
        years=(("2026-27", Decimal(900_000)),)))


def fresh(world: World) -> Appraisal:
    return Appraisal.objects.filter(partnership=world.partnership).first() or judged(world)


def at(**more: object) -> Keys:
    return lambda world: {**partnership(world), "appraisal": fresh(world).pk, **more}


def option(world: World) -> dict[str, object]:
    return {**at()(world), "option": Option.objects.filter(appraisal=fresh(world)).first().pk}


def unsifted(world: World) -> dict[str, object]:
    row = fresh(world)
    new = row.options.filter(sift="").first()
    made = new or add_from_catalogue(by=viewer_of(world.admin()), appraisal=row, keys=("stop",))[0]
    return {**at()(world), "option": made.pk}


def criterion(world: World) -> dict[str, object]:
    return {**at()(world), "criterion": fresh(world).criteria.first().pk}


def open_criterion(world: World) -> dict[str, object]:
    Appraisal.objects.filter(pk=fresh(world).pk).update(ends_agreed_at=None)
    last = fresh(world).criteria.first()
    if fresh(world).criteria.count() == 1:  # somebody before has taken the other off
        Criterion(appraisal=last.appraisal, partnership=last.partnership, title=f"Cost {uuid4()}",
                  worst_means="Dear", best_means="Cheap", position=last.position + 1).save()
    return criterion(world)


def group(world: World) -> dict[str, object]:
    return {**at()(world), "group": StakeholderGroup.objects.filter(appraisal=fresh(world)).first().pk}


def decision(world: World, **more: object) -> dict[str, object]:
    row = ChoiceVersion.objects.filter(partnership=world.partnership).first() or chosen(world)
    return {**partnership(world), "appraisal": row.identity.appraisal_id, "number": 1, **more}


def agreement(world: World) -> dict[str, object]:
    return {**partnership(world), "agreement": contract(world).pk}


def nobody(*names: str) -> Keys:
    return lambda world: {name: uuid4() for name in names}


def asks(route: str, who: frozenset[str], keys: Keys, seen_by: frozenset[str] = SEES) -> list[Line]:
    return [Line(route, who, 200, keys, seen_by=seen_by), Line(route, who, 200, keys, "post", {"x": ""}, seen_by)]


def reads(route: str, keys: Keys) -> Line:
    return Line(route, SEES, 200, keys, seen_by=SEES)


TABLE = [
    Line("options:vehicles", ANYBODY),
    Line("options:vehicle", ANYBODY, 200, lambda world: {"key": "in-house"}),
    Line("options:appraisals", SEES, 200, partnership),
    *asks("options:appraisal-begin", WORKERS, partnership, MEMBERS),
    *asks("options:agreement-begin", WORKERS, partnership, MEMBERS),
    *(reads(f"options:{name}", at()) for name in (
        "appraisal", "criteria", "scores", "groups", "what-if", "gates")),
    reads("options:options-paper", at(ending="xlsx")), reads("options:business-case", at(ending="docx")),
    *(line for name in (
        "appraisal-change", "long-list", "option-add", "criterion-add", "group-add"
    ) for line in asks(f"options:{name}", WORKERS, at())),
    *(line for name in ("notes", "tie-money", "sift") for line in (
        Line(f"options:{name}", WORKERS, 200, at(), seen_by=SEES),
        Line(f"options:{name}", WORKERS, 302, at(), "post", seen_by=SEES))),
    *asks("options:option-change", WORKERS, option), *asks("options:criterion-change", WORKERS, criterion),
    *asks("options:score", WORKERS, option), *asks("options:gate", WORKERS, at(key="finance")),
    *asks("options:weights", WEIGHS, group), *asks("options:choose", DECIDE, at()),
    Line("options:option-remove", LOGIN, 405, option),
    Line("options:option-remove", WORKERS, 302, unsifted, "post", seen_by=SEES),
    Line("options:criterion-remove", LOGIN, 405, criterion),
    Line("options:criterion-remove", WORKERS, 302, open_criterion, "post", seen_by=SEES),
    Line("options:ends", LOGIN, 405, at(deed="open")),
    Line("options:ends", WORKERS, 302, at(deed="open"), "post", seen_by=SEES),
    reads("options:choice", decision), reads("options:choice-file", lambda world: decision(world, ending="docx")),
    reads("options:agreement", agreement), *asks("options:agreement-change", WORKERS, agreement),
    Line("api:delivery_vehicles", ANYBODY),
    *(Line(f"api:{name}", ANYBODY, 404, nobody("partnership"))
      for name in ("appraisals", "choices", "agreements")),
    Line("api:appraisal_one", ANYBODY, 404, nobody("partnership", "appraisal")),
]
