"""The joint statement is drawn from a closed round, and each partner signs it or says why not."""

from __future__ import annotations

import hashlib
import json
from typing import Any

from django.db import models, transaction

from commonweal.core import clock
from commonweal.core.actions.recording import acting_person, record_event, saved
from commonweal.core.errors import NotAllowed, Refused
from commonweal.core.models import Organisation, PartnershipOrganisation
from commonweal.core.permissions import Permission
from commonweal.core.viewer import Viewer, acted_for, require
from commonweal.needs.agreement import Agreement, agreement_of
from commonweal.needs.agreement_words import told
from commonweal.needs.models import Need, NeedState, NeedVersion, Objection, RankingRound
from commonweal.needs.models.joint_statement import JointAnswer, JointStatement, JointStatementVersion
from commonweal.needs.queries.ranking import round_for
from commonweal.needs.support import statement


class Verb(models.TextChoices):
    """The deeds of the joint statement."""

    WRITTEN = "statement.written"
    SIGNED = "statement.signed"
    OBJECTED = "statement.objected"


@transaction.atomic
def write_statement(*, by: Viewer, ranked: RankingRound, reason: str = "") -> JointStatementVersion:
    """A version from a round that waits for nobody: its agreed needs in order, and what is not agreed beside."""
    require(by, Permission.RECORD_EVIDENCE, ranked.partnership_id)
    require(by, Permission.VIEW_EVIDENCE, ranked.partnership_id)
    found = round_for(by, ranked.partnership_id, ranked.pk)
    if not found.card.complete:
        raise Refused(
            "This round is still open, and not every organisation that signs has ranked. The statement is written "
            "when all have, or when the round has closed."
        )
    agreed = agreement_of(found)
    if agreed is None:
        raise Refused("Fewer than two orders were given, so there is nothing to state jointly. Open a new round.")
    frozen = json.dumps(_content(agreed), sort_keys=True, ensure_ascii=False)
    identity = _identity(ranked)
    latest = identity.versions.order_by("-number").first()
    if latest is not None and latest.frozen == frozen:
        raise Refused("Nothing has changed since the newest version, so there is no new one.")
    if latest is not None and not reason.strip():
        raise Refused("Say in a few words why it is written anew: those who signed are asked again.")
    version = saved(JointStatementVersion(
        partnership_id=ranked.partnership_id, identity=identity, number=identity.next_number(), round=ranked,
        frozen=frozen, digest=hashlib.sha256(frozen.encode()).hexdigest(), reason=reason.strip(),
        written_by=acting_person(by),
    ))
    record_event(by=by, verb=Verb.WRITTEN, subject=identity, partnership=ranked.partnership_id,
                 version=version.number)
    return version


@transaction.atomic
def answer_statement(*, by: Viewer, version: JointStatementVersion, signs: bool, words: str = "") -> JointAnswer:
    """Sign the version that was read, or object with a reason, for one's own organisation."""
    partnership = version.partnership_id
    require(by, Permission.AGREE, partnership)
    JointStatement.objects.select_for_update().get(pk=version.identity_id)
    newest = JointStatementVersion.objects.filter(identity=version.identity_id).latest("number").number
    if newest != version.number:
        raise Refused(f"A newer version was written meanwhile. Read version {newest}, then decide.")
    mine = acted_for(by, partnership)
    seats = PartnershipOrganisation.objects.on(clock.today()).filter(partnership=partnership, signs_off=True)
    if mine is None or not seats.filter(organisation=mine).exists():
        raise NotAllowed("Your organisation has no seat that signs in this partnership.")
    if not signs and not words.strip():
        raise Refused("Say why, so that the next version can answer it.")
    answer = saved(JointAnswer(
        partnership_id=partnership, version=version, organisation=Organisation.objects.get(pk=mine),
        person=acting_person(by), signs=signs, words=words.strip(),
    ))
    record_event(by=by, verb=Verb.SIGNED if signs else Verb.OBJECTED, subject=version.identity,
                 partnership=partnership, version=version.number)
    return answer


def _content(agreed: Agreement) -> dict[str, Any]:
    """What the version says, so that it can be read years later as it was signed."""
    said = told(agreed)
    keys = [line.need.need for line in agreed.order]
    states = dict(Need.objects.filter(pk__in=keys).values_list("pk", "state"))
    newest = {row.identity_id: row for row in NeedVersion.objects.filter(identity__in=keys).latest_each()}
    inside = [line for line in agreed.order if states[line.need.need] == NeedState.AGREED]
    if not inside:
        raise Refused("None of the needs of this round is agreed yet. Have at least one signed by all first.")
    return {
        "needs": [_need(line.place, line.need.title, newest[line.need.need]) for line in inside],
        "not_agreed": [
            {"title": line.need.title, "objections": _objections(newest[line.need.need])}
            for line in agreed.order if line not in inside
        ],
        "rule": str(agreed.rule.label), "agreement": f"{said.answer} {said.chance}".strip(),
        "disagreement": said.split, "hangs_on": list(said.sensitivity), "missing": list(said.missing),
        "method": said.method,
    }


def _need(place: int, title: str, version: NeedVersion) -> dict[str, Any]:
    names = version.signatures.order_by("organisation__name").values_list("organisation__name", flat=True)
    return {
        "place": place, "title": title, "need": str(version.identity_id), "version": str(version.pk),
        "number": version.number, "statement": statement(version.who, version.where, version.what),
        "how_we_know": version.how_we_know, "evidence": version.digest, "signed": list(names),
    }


def _objections(version: NeedVersion) -> list[str]:
    rows = Objection.objects.filter(version=version).order_by("organisation__name")
    return [f"{name}: {reason}" for name, reason in rows.values_list("organisation__name", "reason")]


def _identity(ranked: RankingRound) -> JointStatement:
    rows = JointStatement.objects.select_for_update().filter(partnership=ranked.partnership_id)
    row: JointStatement | None = rows.first()
    return row or saved(JointStatement(partnership_id=ranked.partnership_id))

