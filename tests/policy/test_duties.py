"""The duties file: cited, marked, and refused in words where an entry does not fit."""

from __future__ import annotations

import pytest

from commonweal.core.models import OrganisationKind
from commonweal.policy.duties import DutyWrong, duties, duties_for, duties_of

GOOD = {"key": "a", "kinds": ["police"], "binds": "duty", "says": "To act.", "citation": "An Act 1999, section 1",
        "year": 1999, "address": "https://www.legislation.gov.uk/", "verification": "unverified"}


def read(*rows):
    return duties_of({"kinds": ["police"], "duties": list(rows)})


def test_every_entry_names_kinds_there_are():
    kinds = {str(kind.value) for kind in OrganisationKind}
    assert {kind for duty in duties() for kind in duty.kinds} <= kinds
    assert all(str(duty.year) in duty.citation for duty in duties())


@pytest.mark.parametrize(("kind", "keys"), [
    ("company", set()), ("school", {"curriculum"}), ("district", {"best-value", "recreation", "crime"}),
])
def test_each_kind_has_its_own(kind, keys):
    assert {duty.key for duty in duties_for(kind)} == keys


@pytest.mark.parametrize(("change", "words"), [
    ({"citation": ""}, "lacks citation"), ({"binds": "wish"}, "duty or power"), ({"kinds": ["circus"]}, "circus"),
    ({"year": "long ago"}, "four digits"), ({"address": "www.gov.uk"}, "https://"),
])
def test_what_does_not_fit_is_refused_in_words(change, words):
    with pytest.raises(DutyWrong, match=words):
        read({**GOOD, **change})


def test_two_of_one_key_are_refused():
    with pytest.raises(DutyWrong, match="same key"):
        read(GOOD, GOOD)
