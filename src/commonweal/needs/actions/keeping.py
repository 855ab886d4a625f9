"""A partnership keeps an assessment as it stands, so that what was decided on can be shown years later."""

from __future__ import annotations

import hashlib
from dataclasses import replace

from django.db import models, transaction

from commonweal.core.actions.recording import record_event, saved
from commonweal.core.errors import Refused
from commonweal.core.models import Partnership, Person
from commonweal.core.permissions import Permission
from commonweal.core.viewer import Viewer, require
from commonweal.needs.agreed import without_people
from commonweal.needs.assessment import Assessment
from commonweal.needs.models import KeptAssessment, KeptAssessmentVersion
from commonweal.needs.replay import assessment_json


class Verb(models.TextChoices):
    """The deeds of the needs stage."""

    ASSESSMENT_KEPT = "needs.assessment_kept"


@transaction.atomic
def keep_assessment(
    *, by: Viewer, partnership: Partnership, assessment: Assessment, code: str, reason: str
) -> KeptAssessmentVersion:
    """Freeze an assessment as the next version of this place's; the same figures are not kept twice."""
    require(by, Permission.RECORD_EVIDENCE, partnership.pk)
    if by.person is None:
        raise Refused("Only a person can keep an assessment.")
    if assessment.place.invented != partnership.invented:
        raise Refused("Invented places are kept in the invented partnership, and real ones in real partnerships.")
    if not reason.strip():
        raise Refused("Say in a few words why this version is kept, such as the meeting it is for.")
    frozen = assessment_json(_to_keep(assessment))
    digest = hashlib.sha256(frozen.encode()).hexdigest()
    identity = _identity(partnership, assessment, code)
    latest = identity.versions.order_by("-number").first()
    if latest is not None and latest.digest == digest:
        raise Refused(f"Version {latest.number} already holds exactly these figures.")
    version = saved(KeptAssessmentVersion(
        partnership=partnership, identity=identity, number=identity.next_number(), reason=reason.strip(),
        kept_by=Person.objects.get(pk=by.person), headline=assessment.headline, frozen=frozen, digest=digest,
        store_version=assessment.store_version, method_version=assessment.method_version,
    ))
    record_event(
        by=by, verb=Verb.ASSESSMENT_KEPT, subject=identity, partnership=partnership.pk, version=version.number
    )
    return version


def _to_keep(assessment: Assessment) -> Assessment:
    """What the partners agreed is kept with it, by their organisations: a frozen copy names nobody."""
    return replace(assessment, agreed=without_people(assessment.agreed)) if assessment.agreed else assessment


def _identity(partnership: Partnership, assessment: Assessment, code: str) -> KeptAssessment:
    """The place's identity in this partnership, made the first time; locked while a version is added."""
    found = KeptAssessment.objects.select_for_update().filter(partnership=partnership, place_code=code).first()
    if found is None:
        found = saved(KeptAssessment(partnership=partnership, place_code=code, place_name=assessment.place.name))
    return found
