"""One's own partnership in the address with a thing of another's behind it: nothing is found, nothing is done."""

from __future__ import annotations

from uuid import UUID

import pytest
from django.db import transaction
from django.urls import reverse
from tests.access import ambitions, briefings, evidence, making_case, missed, need, ranking, sharing, surveys
from tests.world import signed_in

PARTS = (ambitions, briefings, evidence, making_case, missed, need, ranking, sharing, surveys)
REFUSED = {403, 404, 405}


@pytest.fixture(autouse=True)
def var(tmp_path, settings):
    settings.VAR = tmp_path


def crossed(keys: dict[str, object], own: UUID) -> dict[str, object] | None:
    """The keys with one's own partnership in place of the other; nothing where they name nothing but that."""
    if not any(isinstance(value, UUID) for name, value in keys.items() if name != "partnership"):
        return None
    return {**keys, "partnership": own}


def test_a_thing_of_another_partnership_is_not_found_under_ones_own(world):
    client, own, found, asked = signed_in(world.outsider), world.other_partnership.pk, {}, 0
    for line in (line for part in PARTS for line in part.TABLE):
        before = transaction.savepoint()  # what one line needs is no hindrance to the next
        keys = line.keys(world)
        address = crossed(keys, own) if keys.get("partnership") == world.partnership.pk else None
        if address:
            asked += 1
            answer = getattr(client, line.method)(reverse(line.route, kwargs=address), line.data)
            if answer.status_code not in REFUSED:
                found[f"{line.method} {line.route}"] = answer.status_code
        transaction.savepoint_rollback(before)
    assert found == {}
    assert asked > 40
