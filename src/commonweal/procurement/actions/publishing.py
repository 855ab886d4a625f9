"""Whoever commissions publishes a stage in the open register; nothing published is changed, only told anew."""

from __future__ import annotations

import hashlib
import json

from django.conf import settings
from django.db import models, transaction

from commonweal.core import clock
from commonweal.core.actions.recording import acting_organisation, acting_person, in_turn, record_event, saved
from commonweal.core.errors import Refused
from commonweal.core.permissions import Permission
from commonweal.core.viewer import Viewer, require
from commonweal.needs.personal_text import warning_for
from commonweal.procurement.models import Award, Commission, CommissionState, Ending, Process, Release, Stage
from commonweal.procurement.ocds.building import stage_content
from commonweal.procurement.ocds.giving import grants_of
from commonweal.procurement.ocds.register import lines_of
from commonweal.procurement.ocds.words import Json, instant

MOST = 400


class Verb(models.TextChoices):
    """The deeds of the open register."""

    PUBLISHED = "release.published"


@transaction.atomic
def publish_stage(*, by: Viewer, commission: Commission, stage: Stage) -> Release:
    """This stage as it stands now, for everybody and for good; unchanged since it was published it is refused."""
    require(by, Permission.RECORD_EVIDENCE, commission.partnership_id)
    in_turn(commission.partnership)
    row: Commission = Commission.objects.select_for_update(of=("self",)).select_related(
        "organisation", "partnership").get(pk=commission.pk)
    if acting_organisation(by, row.partnership).pk != row.organisation_id:
        raise Refused("Only whoever commissions it publishes it. Ask them.")
    lacking = not_ready(row, stage)
    if lacking:
        raise Refused(lacking)
    _nobody_named(row)
    process = _process(row)
    content = _content(row, process, stage)
    before = list(process.releases.filter(stage=stage).order_by("number"))
    digest = _digest(content)
    if before and before[-1].digest == digest:
        day = f"{before[-1].published_at:%d %B %Y}"
        raise Refused(f"It is published already, on {day}, and nothing has changed since.")
    number = process.releases.count() + 1
    if number > MOST:
        raise Refused(f"A commission is published {MOST} times at most here.")
    made = saved(Release(
        partnership_id=row.partnership_id, process=process, number=number, stage=stage, digest=digest,
        content=_stamped(content, process, row, number, again=bool(before), stage=stage),
        published_by=acting_person(by),
        lines=lines_of(row) if stage in (Stage.AWARD, Stage.CONTRACT, Stage.IMPLEMENTATION, Stage.GRANT) else [],
    ))
    record_event(by=by, verb=Verb.PUBLISHED, subject=made, partnership=row.partnership_id, version=number)
    return made


def stages_of(row: Commission) -> tuple[Stage, ...]:
    """The stages that a commission of this kind goes through."""
    if row.deal == "grant":
        return (Stage.GRANT,)
    if row.deal not in ("contract", "concession"):
        return ()
    return (Stage.PLANNING, Stage.TENDER, Stage.AWARD, Stage.CONTRACT, Stage.IMPLEMENTATION)


def not_ready(row: Commission, stage: Stage) -> str:
    """What a stage still lacks before it can be published; nothing where it is ready."""
    if stage not in stages_of(row):
        return "This stage is not one of its kind. Say first whether it is bought, given, let or traded."
    if row.state == CommissionState.WITHDRAWN:
        return "It is withdrawn. Take it up again first."
    if stage == Stage.PLANNING:
        return ""
    if stage == Stage.TENDER:
        fits = row.state in (CommissionState.OPEN, CommissionState.DECIDED)
        return "" if fits else "It is not open yet. Open it first."
    awards = list(Award.objects.filter(commission=row))
    if not awards:
        return "Nobody has entered who got it. Enter the award first."
    if stage in (Stage.AWARD, Stage.GRANT):
        return ""
    signed = [one for one in awards if one.signed_on]
    if not signed:
        return "It is not signed yet. Enter first the day it was signed."
    if stage == Stage.CONTRACT:
        return ""
    told = any(one.payments.exists() or one.milestones.exists() or one.ended_on for one in signed)
    return "" if told else "Nothing was paid or done yet. Enter a payment, a milestone or the end first."


def has_changed(process: Process, stage: Stage) -> bool:
    """Whether a stage says something else today than when it was published last, or was never published."""
    last = process.releases.filter(stage=stage).order_by("-number").first()
    return last is None or last.digest != _digest(_content(process.commission, process, stage))


def _digest(content: Json) -> str:
    return hashlib.sha256(json.dumps(content, sort_keys=True).encode()).hexdigest()


def _nobody_named(row: Commission) -> None:
    """The texts that would go out hold no name with a title, no number, e-mail address or postcode of a person."""
    texts = [row.title, row.purpose, row.place]
    for one in Award.objects.filter(commission=row).prefetch_related("milestones", "lots"):
        texts += [one.title, one.description, one.because, one.ended_because]
        texts += [*(each.title for each in one.milestones.all()), *(each.title for each in one.lots.all())]
    warning = warning_for(*texts)
    if warning:
        raise Refused(f"Nothing personal is published. {warning.split(', or say')[0].rstrip('.')}.")


def _process(row: Commission) -> Process:
    held: Process | None = Process.objects.filter(commission=row).first()
    return held or saved(Process(partnership_id=row.partnership_id, commission=row,
                                 ocid=f"{settings.OCID_PREFIX}-{row.pk.hex}"))


def _content(row: Commission, process: Process, stage: Stage) -> Json:
    if stage == Stage.GRANT:
        return {"grants": grants_of(row, settings.GRANT_PREFIX)}
    return stage_content(row, process.ocid, stage)


def _stamped(content: Json, process: Process, row: Commission, number: int, *, again: bool, stage: Stage) -> Json:
    now = instant(clock.now())
    if stage == Stage.GRANT:
        return {"grants": [one | {"dateModified": now} for one in content["grants"]]}
    over = stage == Stage.IMPLEMENTATION and row.awards.filter(ending=Ending.EARLY).exists()
    tag = [f"{stage.value}Update" if again else stage.value] + (["contractTermination"] if over else [])
    return content | {"id": f"{process.ocid}-{number:04}", "date": now, "tag": tag}
