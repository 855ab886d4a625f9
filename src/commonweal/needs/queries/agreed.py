"""The needs a partnership has agreed, for its own assessment: nobody outside it is ever given them."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import replace
from uuid import UUID

from django.utils.timezone import localtime

from commonweal.core import clock
from commonweal.core.figure import Quality
from commonweal.core.permissions import Permission
from commonweal.core.purpose import Purpose
from commonweal.core.queries.partnerships import PartnershipView
from commonweal.core.queries.sharing_ends import Ended
from commonweal.core.viewer import Viewer, require
from commonweal.needs.agreed import AgreedNeed, AgreedNeeds, Heard, HeldEvidence, Signed, SignedStatement
from commonweal.needs.assessment import Assessment
from commonweal.needs.content import read
from commonweal.needs.evidence_grade import LETTERS, grade_of, n_words
from commonweal.needs.frozen_evidence import NOTHING, Item, Short, read_short, strongest
from commonweal.needs.models import (
    EvidenceItem,
    FrozenEvidence,
    Need,
    NeedState,
    NeedVersion,
    Objection,
    Perspective,
    SignOff,
    Verdict,
)
from commonweal.needs.queries.evidence_items import design_of
from commonweal.needs.queries.statement import StatementView, statement_for
from commonweal.needs.queries.survival import counts_words, digest_of, ended_keys, key_of, withdrawn_words
from commonweal.needs.support import statement, support_of_counts
from commonweal.needs.wording import say


def with_agreed(viewer: Viewer, view: PartnershipView, made: Assessment) -> Assessment:
    """The assessment as the partnership sees it: with what its partners agreed."""
    return replace(made, agreed=agreed_needs(viewer, view))


def agreed_needs(viewer: Viewer, view: PartnershipView) -> AgreedNeeds:
    """Every need that is agreed, in the order of the signed joint statement where there is one."""
    require(viewer, Permission.VIEW_EVIDENCE, view.id)
    rows = Need.objects.visible_to(viewer, Purpose.ASSESSMENT).filter(partnership=view.id, state=NeedState.AGREED)
    latest = NeedVersion.objects.filter(identity__in=rows.values("pk")).latest_each()
    versions = list(latest.select_related("identity").order_by("identity__created", "identity"))
    said = statement_for(viewer, view.id)
    stated = _stated(said) if said and said.agreed else None
    places = {str(one.need): one.place for one in said.needs} if said and stated else {}
    needs = sorted(_needs(viewer, versions), key=lambda need: places.get(need.id, len(places) + 1))
    return as_may_be_shown(AgreedNeeds(view.name, tuple(needs), stated))


def as_may_be_shown(agreed: AgreedNeeds) -> AgreedNeeds:
    """The same without what rested on shared data whose agreement holds no more, but for what survives it."""
    keys = [one.strongest.shared for one in agreed.needs if one.strongest]
    ended = ended_keys([*keys, *(one.against_shared for one in agreed.needs)])
    return replace(agreed, needs=tuple(_surviving(one, ended) for one in agreed.needs)) if ended else agreed


def _surviving(need: AgreedNeed, ended: dict[str, Ended]) -> AgreedNeed:
    shut, strongest, against = ended.get(need.against_shared), need.strongest, need.against
    if shut:
        against = f"{against} {counts_words(shut)}" if shut.counts else withdrawn_words(shut, digest_of(against))
    return replace(
        need, strongest=_evidence(strongest, ended) if strongest else None, against=against,
        against_shared="" if shut else need.against_shared,
    )


def _evidence(one: HeldEvidence, ended: dict[str, Ended]) -> HeldEvidence:
    shut = ended.get(one.shared)
    if shut is None:
        return one
    if shut.counts:
        return replace(one, says=f"{one.says} {counts_words(shut)}", shared="")
    said = withdrawn_words(shut, digest_of([one.title, one.whose, one.says, one.rests_on]))
    left = str(read("needs")["shared"]["not_shown"])
    return replace(one, title=shut.title, says=said, rests_on=left, quality=None, shared="")


def _needs(viewer: Viewer, versions: list[NeedVersion]) -> Iterable[AgreedNeed]:
    stood = _stood(versions)
    letter, quality = _grades(viewer, [one["id"] for each in stood.values() for items in each.best.values()
                                       for one in items])
    signed, against = _signatures(versions), _objections(versions)
    for row in versions:
        short = stood.get(row.pk, NOTHING)
        best = {verdict: next(iter(strongest(items, letter)), None) for verdict, items in short.best.items()}
        supports, speaks_against = (_held(best.get(one), quality) for one in (Verdict.SUPPORTS, Verdict.AGAINST))
        yield AgreedNeed(
            id=str(row.identity_id), title=row.identity.title, number=row.number,
            statement=statement(row.who, row.where, row.what), how_we_know=row.how_we_know,
            heard=_heard(short),
            strongest=supports, against=_against(speaks_against, against[row.identity_id]),
            signed=tuple(signed[row.pk]), against_shared=speaks_against.shared if speaks_against else "",
        )


def _heard(short: Short) -> tuple[Heard, ...]:
    return tuple(Heard(one.title, one.words, one.tone, one.items) for one in support_of_counts(short.heard))


def _stood(versions: list[NeedVersion]) -> dict[UUID, Short]:
    """What each stood on when it was put to those who sign, in short."""
    rows = FrozenEvidence.objects.filter(version__in=[row.pk for row in versions])
    return {key: read_short(short) for key, short in rows.values_list("version_id", "short")}


def _grades(viewer: Viewer, keys: list[str]) -> tuple[dict[str, int], dict[str, Quality]]:
    """The letter's place and the grade of every piece of evidence that the viewer may still look at."""
    rows = EvidenceItem.objects.visible_to(viewer, Purpose.ASSESSMENT).filter(pk__in=keys)
    quality = {str(row.pk): grade_of(design_of(row), today=clock.today()).quality for row in rows}
    return {key: LETTERS.index(one.grade) for key, one in quality.items()}, quality


def _held(best: Item | None, quality: dict[str, Quality]) -> HeldEvidence | None:
    if best is None:
        return None
    whose = f"{Perspective(best['perspective']).label}, {best['organisation']}"
    return HeldEvidence(
        best["title"], whose, best["summary"], n_words(best["kind"], best["answered"], best["asked"]),
        quality.get(best["id"]), key_of(best),
    )


def _against(evidence: HeldEvidence | None, objections: list[str]) -> str:
    """Evidence that speaks against it, else the last objection there was; empty where neither."""
    if evidence is not None:
        return f"{evidence.title} ({evidence.whose}; {evidence.rests_on}): {evidence.says}"
    return objections[-1] if objections else ""


def _signatures(versions: list[NeedVersion]) -> dict[UUID, list[Signed]]:
    found: dict[UUID, list[Signed]] = defaultdict(list)
    rows = SignOff.objects.filter(version__in=versions).select_related("organisation", "person")
    for row in rows.order_by("organisation__name"):
        day = localtime(row.signed_at).date()
        found[row.version_id].append(Signed(row.organisation.name, day, row.person.name))
    return found


def _objections(versions: list[NeedVersion]) -> dict[UUID, list[str]]:
    """What was said against any version of the same needs, oldest first."""
    found: dict[UUID, list[str]] = defaultdict(list)
    rows = Objection.objects.filter(version__identity__in=[row.identity_id for row in versions])
    for row in rows.select_related("organisation", "version").order_by("at"):
        found[row.version.identity_id].append(say(
            "agreed.objected", name=row.organisation.name, number=row.version.number, words=row.reason))
    return found


def _stated(said: StatementView) -> SignedStatement:
    return SignedStatement(
        number=said.number, order=tuple(one.title for one in said.needs), agreement=said.agreement,
        disagreement=said.disagreement,
        not_agreed=tuple(" ".join((f"{one.title}.", *one.objections)) for one in said.not_agreed),
        missing=said.missing,
        signed=tuple(
            Signed(seat.organisation, localtime(seat.at).date(), seat.person)
            for seat in said.seats if seat.at is not None
        ),
    )
