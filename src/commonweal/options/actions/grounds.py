"""A score is tied to what it rests on: only to what every partner may read."""

from __future__ import annotations

from typing import Any

from commonweal.core.actions.recording import saved
from commonweal.core.errors import NotFound, Refused
from commonweal.core.purpose import Purpose
from commonweal.core.viewer import Viewer
from commonweal.knowledge.queries.cases import case_known
from commonweal.needs.models import KeptAssessmentVersion
from commonweal.options.grounds import GONE, Ref
from commonweal.options.models import Ground, GroundKind, Score
from commonweal.options.queries.grounds import WORDS, evidence_rows, findings_in, ref_of
from commonweal.priorities.models import TheoryLink

MOST = 12


def rest_on(*, by: Viewer, score: Score, refs: tuple[Ref, ...]) -> None:
    """Let a score point to these and no others; what it pointed to already is not asked for again."""
    wanted = dict.fromkeys(refs)
    if len(wanted) > MOST:
        raise Refused(
            f"{score.option.title}, {score.criterion.title}: point to {MOST} things at most, the weightiest.")
    there = {ref_of(row): row for row in score.grounds.all()}
    for ref, row in there.items():
        if ref not in wanted:
            row.delete()
    for ref in wanted:
        if ref not in there:
            thing = _thing(by, score, ref)
            saved(Ground(partnership_id=score.partnership_id, score=score, kind=ref.kind, **thing))


def _thing(by: Viewer, score: Score, ref: Ref) -> dict[str, Any]:
    there = score.partnership_id
    if ref.kind == GroundKind.EVIDENCE:
        return {"evidence": _found(evidence_rows(by, there), ref)}
    if ref.kind == GroundKind.LINK:
        rows = TheoryLink.objects.visible_to(by, Purpose.ASSESSMENT).filter(partnership=there, removed=False)
        return {"link": _found(rows, ref)}
    if ref.kind == GroundKind.CASE:
        if not case_known(by, ref.key):
            raise NotFound(GONE)
        return {"case": ref.key}
    kept = _found(KeptAssessmentVersion.objects.visible_to(by, Purpose.ASSESSMENT).filter(partnership=there), ref)
    findings = findings_in(kept.frozen)
    if ref.place >= len(findings):
        raise NotFound(GONE)
    return {"assessment": kept, "finding": ref.place, "says": findings[ref.place][:WORDS]}


def _found(rows: Any, ref: Ref) -> Any:
    row = rows.filter(pk=ref.id).first()
    if row is None:
        raise NotFound(GONE)
    return row
