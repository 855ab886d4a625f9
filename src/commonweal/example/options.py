"""Larkmere's two questions: how its leisure centres and its libraries are run, weighed, gated and decided."""

from __future__ import annotations

from datetime import date, timedelta
from decimal import Decimal
from importlib.resources import files
from typing import TYPE_CHECKING, Any
from uuid import UUID

import numpy as np
import yaml

from commonweal.core import clock
from commonweal.core.viewer import Viewer, viewer_of
from commonweal.example.money import exact
from commonweal.needs.models import EvidenceItem, Need
from commonweal.options.actions.agreements import AgreementSaid, record_agreement
from commonweal.options.actions.appraisal import (
    AppraisalSaid,
    CriterionSaid,
    OptionSaid,
    Sifted,
    add_option,
    agree_ends,
    begin_appraisal,
    set_criteria,
    sift_options,
)
from commonweal.options.actions.choosing import Chosen, NotesSaid, answer_gate, choose_option, write_notes
from commonweal.options.actions.judging import (
    PointsSaid,
    ScoreSaid,
    add_group,
    give_group_weights,
    score_option,
    tie_money,
)
from commonweal.options.actions.money import LineSaid, add_costing, add_line
from commonweal.options.grounds import Ref
from commonweal.options.models import (
    Agreement,
    Appraisal,
    ContractCase,
    Costing,
    GroundKind,
    MoneySheet,
    Option,
    Sift,
)
from commonweal.policy.decision_gates import gates_for
from commonweal.priorities.models import Outcome, TheoryLink

if TYPE_CHECKING:
    from commonweal.core.models import Partnership
    from commonweal.example.world import World

Line = dict[str, Any]
Options = dict[str, Option]


def build_options(world: World, _rng: np.random.Generator) -> None:
    """Agreements, then each question from its options to the decision, by those who would do it, on their days."""
    assert world.partnership is not None
    content = yaml.safe_load(files("commonweal.example").joinpath("options.yaml").read_text("utf-8"))
    by = viewer_of(world.people[content["who"]])
    member = viewer_of(world.people[content["member"]])
    agreements = {one["key"]: _agreement(by, world.partnership, one) for one in content["agreements"]}
    for one in content["costings"]:
        _costing(by, one)
    for one in content["appraisals"]:
        with clock.fixed(clock.now() - timedelta(days=one["days"])):
            row, options = _asked(by, world.partnership, one, agreements)
        with clock.fixed(clock.now() - timedelta(days=one["days"] - 4)):
            _judged(by, row, options, one)
        with clock.fixed(clock.now() - timedelta(days=one["decision"]["days"] + 1)):
            _written(by, row, options, one)
        with clock.fixed(clock.now() - timedelta(days=one["decision"]["days"])):
            _decided(member, row, options, one["decision"])


def _agreement(by: Viewer, there: Partnership, line: Line) -> Agreement:
    ends = line.get("ends")
    with clock.fixed(clock.now() - timedelta(days=line["days"])):
        return record_agreement(by=by, partnership=there, said=AgreementSaid(
            **line["said"], begins=date(*line["begins"]), ends=date(*ends) if ends else None,
            parties=tuple((name, part) for name, part in line["parties"]),
            years=tuple((year, Decimal(pounds)) for year, pounds in line["years"])))


def _costing(by: Viewer, line: Line) -> None:
    costing = add_costing(by=by, sheet=MoneySheet.objects.get(title=line["sheet"]), title=line["title"])
    for one in line["lines"]:
        add_line(by=by, costing=costing, said=LineSaid(**exact(one)))


def _asked(
    by: Viewer, there: Partnership, line: Line, agreements: dict[str, Agreement]
) -> tuple[Appraisal, Options]:
    row = begin_appraisal(by=by, partnership=there, said=AppraisalSaid(
        title=line["title"], question=line["question"], service=line["service"], where=line["where"],
        outcomes=_keys(Outcome, there, line["outcomes"]), needs=_keys(Need, there, line["needs"])))
    options = {
        one["key"]: add_option(by=by, appraisal=row, said=OptionSaid(
            title=one["title"], vehicle=one["vehicle"], description=one["description"],
            baseline=one.get("baseline", False),
            agreement=agreements[one["agreement"]].pk if "agreement" in one else None))
        for one in line["options"]
    }
    sift_options(by=by, appraisal=row, sifted=tuple(
        Sifted(options[key].pk, Sift.KEPT if one["keep"] else Sift.DROPPED, one["why"])
        for key, one in line["sift"].items()))
    outcomes = dict(Outcome.objects.filter(partnership=there).values_list("title", "pk"))
    set_criteria(by=by, appraisal=row, lines=tuple(_criterion(one, outcomes) for one in line["criteria"]))
    return agree_ends(by=by, appraisal=row), options


def _criterion(line: Line, outcomes: dict[str, UUID]) -> CriterionSaid:
    ends: Line = {name: Decimal(line[name]) for name in ("worst", "best") if name in line}
    words = {name: line[name] for name in ("title", "worst_means", "best_means", "unit") if name in line}
    return CriterionSaid(**words, **ends, outcome=outcomes[line["outcome"]] if "outcome" in line else None)


def _judged(by: Viewer, row: Appraisal, options: Options, line: Line) -> None:
    criteria = list(row.criteria.order_by("position"))
    points = {(one["option"], one["criterion"]): _points(row, one) for one in line["points"]}
    for key, scores in line["scores"].items():
        option = Option.objects.get(pk=options[key].pk)
        score_option(by=by, option=option, scores=tuple(
            ScoreSaid(one.pk, Decimal(low), Decimal(likely), Decimal(high), rests, points.get((key, at), ()))
            for at, (one, (low, likely, high, rests)) in enumerate(zip(criteria, scores, strict=True), start=1)))
    for one in line["groups"]:
        group = add_group(by=by, appraisal=row, title=one["title"], took_part=one["took_part"])
        give_group_weights(by=by, group=group, reason=one["reason"], points=tuple(
            PointsSaid(each.pk, float(points), float(give))
            for each, points, give in zip(criteria, one["points"], one["give"], strict=True)))
    sheet = MoneySheet.objects.get(title=line["sheet"])
    costings = {options[one["key"]].pk: Costing.objects.get(sheet=sheet, title=one["costing"]).pk
                for one in line["options"] if "costing" in one}
    cases = {options[one["key"]].pk: ContractCase.objects.get().pk for one in line["options"] if one.get("case")}
    tie_money(by=by, appraisal=row, sheet=sheet, costings=costings, cases=cases)


def _points(row: Appraisal, line: Line) -> tuple[Ref, ...]:
    """What a score points to: evidence by its key in evidence.yaml, cases by theirs, links by their two steps."""
    content = yaml.safe_load(files("commonweal.example").joinpath("evidence.yaml").read_text("utf-8"))
    titles = {one["key"]: one["title"] for one in content["evidence"]}
    items = [EvidenceItem.objects.get(partnership=row.partnership_id, title=titles[key])
             for key in line.get("evidence", ())]
    links = [TheoryLink.objects.get(partnership=row.partnership_id, before__title=before, after__title=after)
             for before, after in line.get("links", ())]
    return (*(Ref(GroundKind.EVIDENCE, str(one.pk)) for one in items),
            *(Ref(GroundKind.CASE, key) for key in line.get("cases", ())),
            *(Ref(GroundKind.LINK, str(one.pk)) for one in links))


def _written(by: Viewer, row: Appraisal, options: Options, line: Line) -> None:
    for gate in gates_for(row.service):
        said = line["gates"][gate.key]
        answer_gate(by=by, appraisal=row, key=gate.key, fields={
            one.key: _day(said[one.key]) if one.kind == "date" else said[one.key] for one in gate.fields})
    notes = {**line["notes"], "recommended": options[line["notes"]["recommended"]].pk}
    write_notes(by=by, appraisal=row, said=NotesSaid(**notes))


def _decided(member: Viewer, row: Appraisal, options: Options, line: Line) -> None:
    assert member.person is not None
    choose_option(by=member, appraisal=row, said=Chosen(
        option=options[line["option"]].pk, body=line["body"], reasons=line["reasons"],
        conditions=line["conditions"], decided_on=clock.today(), people=(member.person,)))


def _day(days: int) -> str:
    return (clock.today() - timedelta(days=days)).isoformat()


def _keys(model: type[Outcome] | type[Need], there: Partnership, titles: list[str]) -> tuple[UUID, ...]:
    found: dict[str, UUID] = dict(model.objects.filter(partnership=there).values_list("title", "pk"))
    return tuple(found[title] for title in titles)
