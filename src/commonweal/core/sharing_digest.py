"""The fingerprint of one version of a sharing agreement: it changes with any of its terms and nothing else."""

from __future__ import annotations

import hashlib
import json

from commonweal.core.models import SharingVersion

TERMS = (
    "purposes", "why", "basis", "condition", "giver_role", "taker_role", "start", "end", "review", "retention",
    "contact", "survives", "linking",
)


def digest_of(version: SharingVersion) -> str:
    """SHA-256 of parties, data sets with their fields, and terms."""
    agreement = version.identity
    sets = sorted((str(one.held_id), sorted(one.fields)) for one in version.sets.all())
    said = {
        "agreement": agreement.pk, "number": version.number, "giver": agreement.giver_id,
        "taker": agreement.taker_id, "sets": sets, **{name: getattr(version, name) for name in TERMS},
    }
    return hashlib.sha256(json.dumps(said, sort_keys=True, default=str).encode()).hexdigest()
