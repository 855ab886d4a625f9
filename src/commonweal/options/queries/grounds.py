"""What scores point to, as far as the viewer may see it, and what is offered to be pointed to."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Mapping
from typing import Any
from uuid import UUID

from django.db.models import Q
from django.urls import reverse

from commonweal.core.purpose import Purpose
from commonweal.core.viewer import Viewer
from commonweal.knowledge.queries.cases import Wanted, cases_for
from commonweal.needs.models import EvidenceItem, KeptAssessmentVersion
from commonweal.options.grounds import Pointed, Ref, mark_of
from commonweal.options.models import Appraisal, Ground, GroundKind
from commonweal.priorities.models import TheoryLink

MOST = 12
WORDS = 400
CLOSED = "Not for you to see, or closed since"


def grounds_of(viewer: Viewer, appraisal: Appraisal) -> dict[UUID, tuple[Pointed, ...]]:
    """What each score of an appraisal points to."""
    rows = list(Ground.objects.filter(score__option__appraisal=appraisal))
    refs = {row.pk: ref_of(row) for row in rows}
    known = named(viewer, appraisal.partnership_id, refs.values(),
                  {refs[row.pk]: row.says for row in rows if row.says})
    found: dict[UUID, tuple[Pointed, ...]] = {}
    for row in rows:
        found[row.score_id] = (*found.get(row.score_id, ()), known[refs[row.pk]])
    return {score: tuple(sorted(held, key=_order)) for score, held in found.items()}


def _order(one: Pointed) -> tuple[int, str]:
    return list(GroundKind).index(one.ref.kind), one.title


def ref_of(row: Ground) -> Ref:
    """A row as a reference."""
    kind = GroundKind(row.kind)
    key = {GroundKind.EVIDENCE: row.evidence_id, GroundKind.FINDING: row.assessment_id, GroundKind.CASE: row.case,
           GroundKind.LINK: row.link_id}[kind]
    return Ref(kind, str(key), row.finding or 0)


def named(
    viewer: Viewer, partnership: UUID, refs: Iterable[Ref], says: Mapping[Ref, str] | None = None
) -> dict[Ref, Pointed]:
    """Each thing in words; what the viewer may not see only says so. `says` holds the words of findings."""
    wanted = tuple(dict.fromkeys(refs))
    seen = {one.ref: one for one in _seen(viewer, partnership, wanted, says or {})} if wanted else {}
    return {ref: seen.get(ref, Pointed(ref, CLOSED)) for ref in wanted}


def offered(viewer: Viewer, appraisal: Appraisal, words: str = "") -> tuple[Pointed, ...]:
    """What a score may point to: what the question's needs and service lead to, or what has the words."""
    asked = words.split()[:6]
    return (*_evidence_offered(viewer, appraisal, asked), *_findings_offered(viewer, appraisal, asked),
            *_links_offered(viewer, appraisal, asked), *_cases_offered(viewer, appraisal, words if asked else ""))


def evidence_rows(viewer: Viewer, partnership: UUID) -> Any:
    """Evidence that all partners see and nobody has withdrawn: what a score may rest on."""
    return EvidenceItem.objects.visible_to(viewer, Purpose.ASSESSMENT).filter(
        partnership=partnership, placed__isnull=False, withdrawn=None)


def findings_in(frozen: str) -> tuple[str, ...]:
    """The findings of a kept version, each in its sentence."""
    return tuple(one["headline"] for one in json.loads(frozen)["assessment"]["findings"])


def _evidence_offered(viewer: Viewer, row: Appraisal, asked: list[str]) -> Iterator[Pointed]:
    rows = evidence_rows(viewer, row.partnership_id)
    if asked:
        for word in asked:
            rows = rows.filter(Q(title__icontains=word) | Q(summary__icontains=word))
    else:
        needs = row.needs.values("need__identity")
        rows = rows.filter(needs__need__in=needs).distinct()
    for one in rows.select_related("organisation").order_by("-id")[:MOST]:
        yield _evidence(one)


def _findings_offered(viewer: Viewer, row: Appraisal, asked: list[str]) -> Iterator[Pointed]:
    rows = KeptAssessmentVersion.objects.visible_to(viewer, Purpose.ASSESSMENT).filter(
        partnership=row.partnership_id)
    newest = sorted(rows.latest_each().select_related("identity"), key=lambda one: one.kept_at, reverse=True)
    found = (
        _finding(one, place, said) for one in newest[:2] for place, said in enumerate(findings_in(one.frozen))
        if all(word.casefold() in said.casefold() for word in asked)
    )
    yield from list(found)[:MOST]


def _links_offered(viewer: Viewer, row: Appraisal, asked: list[str]) -> Iterator[Pointed]:
    rows = TheoryLink.objects.visible_to(viewer, Purpose.ASSESSMENT).filter(
        partnership=row.partnership_id, removed=False).select_related("before", "after")
    for word in asked:
        rows = rows.filter(Q(before__title__icontains=word) | Q(after__title__icontains=word))
    for one in rows.order_by("created", "id")[:MOST]:
        yield _link(one)


def _cases_offered(viewer: Viewer, row: Appraisal, words: str) -> Iterator[Pointed]:
    wanted = Wanted(q=words) if words else Wanted(service=row.service)
    for one in cases_for(viewer, wanted)[:MOST]:
        yield _case(one)


def _seen(
    viewer: Viewer, partnership: UUID, refs: tuple[Ref, ...], says: Mapping[Ref, str]
) -> Iterator[Pointed]:
    def rows(kind: GroundKind, model: Any) -> Any:
        keys = [ref.id for ref in refs if ref.kind == kind]
        return model.objects.visible_to(viewer, Purpose.ASSESSMENT).filter(partnership=partnership, pk__in=keys)

    for item in rows(GroundKind.EVIDENCE, EvidenceItem).select_related("organisation"):
        yield _evidence(item)
    for link in rows(GroundKind.LINK, TheoryLink).select_related("before", "after"):
        yield _link(link)
    kept = {str(one.pk): one for one in rows(GroundKind.FINDING, KeptAssessmentVersion).select_related(
        "identity").defer("frozen")}
    for ref in refs:
        if ref.kind == GroundKind.FINDING and ref.key in kept:
            yield from _one_finding(kept[ref.key], ref, says.get(ref, ""))
    cases = {ref.key for ref in refs if ref.kind == GroundKind.CASE}
    yield from (_case(one) for one in (cases_for(viewer) if cases else ()) if one.key in cases)


def _one_finding(row: Any, ref: Ref, said: str) -> Iterator[Pointed]:
    told = (said,) if said else findings_in(row.frozen)[ref.place:ref.place + 1]
    yield from (_finding(row, ref.place, one) for one in told)


def _evidence(row: Any) -> Pointed:
    detail = row.organisation.name if row.withdrawn is None else f"{row.organisation.name}; withdrawn since"
    return Pointed(Ref(GroundKind.EVIDENCE, str(row.pk)), row.title, detail,
                   reverse("needs:evidence-item", args=[row.partnership_id, row.pk]),
                   mark_of(row.title, row.summary, row.limits, row.citation))


def _finding(row: Any, place: int, said: str) -> Pointed:
    detail = f"{row.identity.place_name}, version {row.number}"
    href = reverse("needs:kept-version", args=[row.partnership_id, row.identity_id, row.number])
    return Pointed(Ref(GroundKind.FINDING, str(row.pk), place), said, detail, href, row.digest[:16])


def _link(row: Any) -> Pointed:
    name = f"{row.before.title} → {row.after.title}"
    ref, mark = Ref(GroundKind.LINK, str(row.pk)), mark_of(name, row.why)
    there = row.partnership_id
    if row.removed:
        return Pointed(ref, name, "taken away since", reverse("priorities:theory", args=[there]), mark)
    return Pointed(ref, name, "", reverse("priorities:theory-link-page", args=[there, row.pk]), mark)


def _case(one: Any) -> Pointed:
    return Pointed(Ref(GroundKind.CASE, one.key), one.title, one.place, reverse("knowledge:case", args=[one.key]),
                   mark_of(one.title, one.answer, *one.did, *one.lessons))
