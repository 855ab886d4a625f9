"""What can be found of needs: needs, evidence, and guidance."""

from __future__ import annotations

from collections.abc import Collection, Iterator

from django.db.models import Max
from django.urls import reverse

from commonweal.core.permissions import Permission
from commonweal.core.search.gathered import chosen, fixed, still_visible
from commonweal.core.search.kinds import Doc, Kind, Scope, searchable
from commonweal.needs.models import EvidenceItem, Need, NeedState, NeedVersion
from commonweal.needs.step_guidance import in_order
from commonweal.needs.support import statement


def needs(subjects: Collection[str] | None) -> Iterator[Doc]:
    """Each in its newest version; what was withdrawn is not found."""
    rows = Need.objects.exclude(state=NeedState.WITHDRAWN).annotate(newest=Max("versions__number"))
    for row in chosen(rows, subjects):
        said = NeedVersion.objects.filter(identity=row, number=row.newest).first()
        if said is not None:
            yield Doc(str(row.pk), row.title, statement(said.who, said.where, said.what),
                      reverse("needs:need", args=[row.partnership_id, row.pk]),
                      Scope(row.partnership_id, Permission.VIEW_EVIDENCE), said.how_we_know)


def evidence(subjects: Collection[str] | None) -> Iterator[Doc]:
    """What may be seen by the partnership; its own organisation's alone is settled when it is found."""
    for row in chosen(EvidenceItem.objects.filter(withdrawn=None), subjects):
        href = reverse("needs:evidence-item", args=[row.partnership_id, row.pk])
        yield Doc(str(row.pk), row.title, row.summary, href,
                  Scope(row.partnership_id, Permission.VIEW_PARTNERSHIP), row.how_asked)


def guidance() -> Iterator[Doc]:
    """Every step."""
    for one in in_order():
        more = (*one.collect, *one.how, *one.not_conclude, *one.commissioner, *one.commissioned)
        yield Doc(one.step, one.title, one.line, reverse("needs:step", args=[one.step]), Scope(), " ".join(more))


searchable(Kind("need", "Needs", needs, still_visible(Need), Need.objects.all,
                {"needs.need": "pk", "needs.needversion": "versions"}))
searchable(Kind("evidence", "Evidence", evidence, still_visible(EvidenceItem), EvidenceItem.objects.all,
                {"needs.evidenceitem": "pk"}))
searchable(Kind("guidance", "Guidance", fixed(guidance)))
