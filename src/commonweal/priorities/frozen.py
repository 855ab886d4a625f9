"""What a decision stood on, as one text that never changes: outcomes, needs, scores, weights and both orders."""

from __future__ import annotations

import hashlib
import json
from typing import Any
from uuid import UUID

from commonweal.priorities.queries.outcomes import OutcomeCard
from commonweal.priorities.queries.weighings import WeighingView, WeightsLine

METHOD = "weighted sum 1"


def frozen_of(
    view: WeighingView, outcomes: dict[Any, OutcomeCard], evidence: dict[UUID, dict[str, Any]]
) -> str:
    """The whole as sorted JSON; it names organisations and no person, so that a person can be forgotten."""
    places = {row.name: row for row in view.told.rows} if view.told else {}
    said = {
        "weighing": view.title, "version": view.number, "criteria": list(view.criteria), "method": METHOD,
        "answer": view.told.answer if view.told else "",
        "partings": [one.words for one in view.told.partings] if view.told else [],
        "want": _weights(view.want), "need": _weights(view.need),
        "candidates": [
            {
                "title": one.title, "scores": list(one.scores), "because": one.because, "must": one.must,
                "want_place": places[one.title].want_place if one.title in places else None,
                "need_place": places[one.title].need_place if one.title in places else None,
                **_outcome(outcomes.get(one.outcome), evidence),
            }
            for one in view.candidates
        ],
    }
    return json.dumps(said, sort_keys=True, ensure_ascii=False)


def digest_of(frozen: str) -> str:
    """Its fingerprint."""
    return hashlib.sha256(frozen.encode()).hexdigest()


def _weights(line: WeightsLine | None) -> dict[str, Any] | None:
    if line is None:
        return None
    return {"weights": list(line.weights), "reason": line.reason, "organisation": line.organisation}


def _outcome(card: OutcomeCard | None, evidence: dict[UUID, dict[str, Any]]) -> dict[str, Any]:
    if card is None:
        return {}
    return {
        "outcome": str(card.id), "outcome_version": card.number, "statement": card.statement,
        "needs": [
            {"need": str(one.id), "title": one.title, "version": one.number, "agreed": one.agreed,
             "evidence": evidence.get(one.id, {})}
            for one in card.needs
        ],
        "targets": [
            {
                "measure": one.indicator or one.own_measure, "place": one.place, "unit": one.unit,
                "baseline": None if one.baseline is None else str(one.baseline),
                "baseline_on": None if one.baseline_on is None else one.baseline_on.isoformat(),
                "source": one.baseline_source, "target": str(one.target), "target_on": one.target_on.isoformat(),
            }
            for one in card.targets
        ],
    }
