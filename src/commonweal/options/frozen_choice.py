"""What a choice stood on, as one text that never changes; a later specification is written on it."""

from __future__ import annotations

import hashlib
import json
from typing import Any
from uuid import UUID

from commonweal.options.appraisal_view import AppraisalView, OptionLine
from commonweal.options.grounds import Pointed
from commonweal.options.worth import Valued

METHOD = "additive value, SMAA-2 over 65,536 Sobol points, 1"


def frozen_of(view: AppraisalView, chosen: UUID, worth: dict[UUID, Valued]) -> str:
    """The whole as sorted JSON; it names organisations and no person, so that a person can be forgotten."""
    result, recommended = view.result, view.option(view.notes.recommended)
    said = {
        "appraisal": str(view.id), "title": view.title, "question": view.question, "service": view.service,
        "where": view.where, "method": METHOD, "chosen": str(chosen),
        "recommended": recommended.title if recommended else "",
        "needs": [
            {"need": str(one.id), "title": one.title, "version": one.number, "agreed": one.agreed}
            for one in view.needs
        ],
        "outcomes": [
            {"outcome": str(one.id), "title": one.title, "version": one.number} for one in view.outcomes
        ],
        "criteria": [
            {"title": one.title, "worst": one.ends[0], "best": one.ends[1], "outcome": one.outcome}
            for one in view.criteria
        ],
        "options": [_option(view, one, worth) for one in view.options],
        "groups": [
            {"title": one.title, "took_part": one.took_part, "reason": one.reason,
             "points": [list(one.points[each.id]) for each in view.criteria]} for one in view.weighed
        ],
        "answer": result.robust.answer if result else "",
        "first": {one.title: dict(zip(result.names, one.first, strict=True)) for one in result.groups}
        if result else {},
        "gates": [
            {"gate": one.gate.key, "fields": one.fields, "does_not_apply": one.not_applying} for one in view.gates
        ],
    }
    return json.dumps(said, sort_keys=True, ensure_ascii=False)


def digest_of(frozen: str) -> str:
    """Its fingerprint."""
    return hashlib.sha256(frozen.encode()).hexdigest()


def _option(view: AppraisalView, one: OptionLine, worth: dict[UUID, Valued]) -> dict[str, Any]:
    valued = worth.get(one.id)
    return {
        "option": str(one.id), "title": one.title, "vehicle": one.vehicle.key if one.vehicle else "",
        "description": one.description, "baseline": one.baseline, "sift": str(one.sift), "why": one.sift_reason,
        "agreement": one.agreement, "net_present_value": None if valued is None else round(valued.worth.net),
        "scores": {
            each.title: [score.low, score.likely, score.high, score.evidence]
            for each in view.criteria if (score := one.scores.get(each.id)) is not None
        },
        "grounds": {
            each.title: [_ground(ground) for ground in score.grounds]
            for each in view.criteria if (score := one.scores.get(each.id)) is not None and score.grounds
        },
    }


def _ground(one: Pointed) -> dict[str, Any]:
    """What was pointed to, as it was then called."""
    return {"kind": str(one.ref.kind), "key": one.ref.key, "place": one.ref.place, "title": one.title,
            "detail": one.detail, "mark": one.mark}
